"""Which places are the same, inside one another, or apart, as far as gazetteer and texts tell.

Start with `Places.compare`. What neither the gazetteer nor a text says is inside another place counts as apart: joining
events at two places is left to a person.

Looks down to: names, claims, incidents.words. Used by: facts, ties, told, links, consolidation, contradictions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import permutations

from probanda.claims.model import Claim
from probanda.incidents.words import folded, is_named, word_set
from probanda.names.places import lookup

Within = Callable[[str, str], bool | None]
"""`within(inner, outer)` by names: True, False, or None when not known."""

WIDE_KINDS = frozenset({"state", "governorate"})
"""Kinds of place in which two events of one day are most often two events."""
TOGETHER = 40
"""Places of one text that are compared with each other; a text that names more is a list, and tells nothing by it."""

_PARTS = word_set(
    "eastern western northern southern central greater outer inner old downtown prison jail camp hospital airport "
    "airbase school church mosque university market square suburb suburbs outskirts district province governorate "
    "department region state county city town village port harbour barracks area refugee quarter"
)
"""Words that, beside a place's name, name a part of it, its surroundings, or the same place more fully."""

_SAME_PLACE = word_set("area areas region town village city municipality of the")
"""Words that, beside a name, change nothing about which place is meant."""

_AREAS = word_set("state province governorate district region county department territory")


class Where(StrEnum):
    """How the places of two claims stand to each other."""

    SAME = "same"
    SAME_WIDE = "same, but wide"
    """The same place, and one that is known to hold others: a country, a province."""
    INSIDE = "one inside the other"
    PERHAPS = "perhaps one inside the other"
    """One is a State, a province or the like, and nobody here knows whether the other lies in it."""
    UNSTATED = "not stated by both"
    APART = "apart"


class Places:
    """What is known of the places that these claims name; answers are remembered, never guessed."""

    def __init__(
        self,
        claims: Iterable[Claim],
        key_of: Callable[[str, str | None], str | None],
        names: Mapping[str, str],
        within: Within | None,
    ) -> None:
        self._names, self._within = names, within
        self._known: dict[tuple[str, str], bool | None] = {}
        self._told: set[tuple[str, str]] = set()
        by_item: dict[str, set[str]] = {}
        for claim in claims:
            named = {k: n.words for n in claim.places if (k := key_of(n.words, n.mention)) is not None}
            by_item.setdefault(claim.item, set()).update(named)
            self._told |= {(a, b) for a, b in permutations(sorted(named), 2) if _tells(claim.quote, named[a], named[b])}
        # Two texts may tell it both ways round; then neither is believed.
        self._told -= {(b, a) for a, b in self._told} & self._told
        self.outer: dict[str, frozenset[str]] = {}
        near = {(a, b) for keys in by_item.values() if len(keys) <= TOGETHER for a, b in permutations(sorted(keys), 2)}
        held: dict[str, set[str]] = {}
        for inner, outer in sorted(near | self._told):
            if self.inside(inner, outer):
                held.setdefault(inner, set()).add(outer)
        self.outer = {inner: _all_around(inner, held) for inner in held}
        self.wide = frozenset(p for p in sorted({k for keys in by_item.values() for k in keys}) if self._is_wide(p))

    def _is_wide(self, key: str) -> bool:
        """A State or province by the gazetteer; else a place that holds two others which do not just bear its name."""
        kinds = {place.kind for place in lookup(self.name(key))}
        if kinds and kinds <= WIDE_KINDS:
            return True
        inner = [p for p, around in self.outer.items() if key in around and not _part_of(self.name(p), self.name(key))]
        return len(inner) > 1

    def name(self, key: str) -> str:
        """The name by which a place is known here."""
        return self._names.get(key, key.removeprefix("words:"))

    def stem(self, key: str) -> str:
        """The name without words for parts and surroundings: under it, places that may be one or nested meet."""
        words = folded(self.name(key)).split()
        return " ".join(w for w in words if w not in _PARTS | _SAME_PLACE) or " ".join(words)

    def inside(self, inner: str, outer: str) -> bool:
        """True when the gazetteer, a text or the names themselves say that one place lies in the other."""
        if outer in self.outer.get(inner, ()):
            return True
        pair = (inner, outer)
        if pair not in self._known:
            answer = self._within(self.name(inner), self.name(outer)) if self._within else None
            if answer is None and self._within and self._within(self.name(outer), self.name(inner)):
                answer = False
            self._known[pair] = answer
        answer = self._known[pair]
        return answer if answer is not None else pair in self._told or _part_of(self.name(inner), self.name(outer))

    def finest(self, keys: frozenset[str]) -> frozenset[str]:
        """Of the places of one claim, those that hold none of the others."""
        if len(keys) < 2:
            return keys
        fine = frozenset(k for k in keys if not any(self.inside(o, k) for o in keys if o != k))
        return fine or keys

    def compare(self, left: frozenset[str], right: frozenset[str]) -> Where:
        """How two sets of finest places stand to each other."""
        if not left or not right:
            return Where.UNSTATED
        shared = left & right
        if shared:
            return Where.SAME if any(p not in self.wide for p in shared) else Where.SAME_WIDE
        if any(_one_name(self.name(a), self.name(b)) for a in left for b in right):
            return Where.SAME
        if any(self.inside(a, b) or self.inside(b, a) for a in left for b in right):
            return Where.INSIDE
        return Where.PERHAPS if any(self._may_hold(a, b) for a in left for b in right) else Where.APART

    def _unknown(self, a: str, b: str) -> bool:
        return self._known.get((a, b)) is None and self._known.get((b, a)) is None

    def _may_hold(self, a: str, b: str) -> bool:
        """Nothing says whether one holds the other, and one could: a State or province, and a place no gazetteer holds;
        or a place with the name of an area, and one without, in one wider place.
        """
        if (a in self.wide) != (b in self.wide) and self._unknown(a, b):
            return not lookup(self.name(b if a in self.wide else a))
        if (len(_AREAS & set(folded(self.name(a)).split())) > 0) == (
            len(_AREAS & set(folded(self.name(b)).split())) > 0
        ):
            return False
        return self._unknown(a, b) and bool(self.outer.get(a, frozenset()) & self.outer.get(b, frozenset()))


def _all_around(inner: str, held: Mapping[str, set[str]]) -> frozenset[str]:
    """Every place around this one, those around these too."""
    found: set[str] = set()
    waiting = [inner]
    while waiting:
        new = held.get(waiting.pop(), set()) - found - {inner}
        found |= new
        waiting += sorted(new)
    return frozenset(found)


def _one_name(left: str, right: str) -> bool:
    """`Dorn`, `the town of Dorn` and `Dorn area` name one place; a province may bear the name of its town."""
    x, y = (frozenset(folded(n).split()) - _SAME_PLACE for n in (left, right))
    return bool(x) and x == y and is_named(left) and is_named(right)


def _part_of(inner: str, outer: str) -> bool:
    """`Eastern Dorn` and `Dorn Prison` are in or at Dorn; `South Dorn` may be another country."""
    more, less = set(folded(inner).split()), set(folded(outer).split())
    return bool(less) and less < more and more - less <= _PARTS and is_named(outer)


def _tells(quote: str, inner: str, outer: str) -> bool:
    """True for `Inner, Outer`, `Inner in Outer`, `Inner (Outer)`, `Outer's Inner`; not inside an enumeration."""
    a, b = re.escape(inner), re.escape(outer)
    ends = r"(?!\w)(?!\s*(?:,\s*\w+)?,?\s+(?:and|or)\s+[A-Z])"
    before = r"(?<!and )(?<!or )(?<!\w)"
    shapes = (
        rf"{before}{a},?\s+(?:in|of)\s+(?:\w+\s+){{0,3}}?{b}(?!\w)",
        rf"{before}{a}\s*(?:,|\()\s*{b}{ends}",
        rf"{before}{b}['’]s?\s+(?:\w+\s+){{0,2}}?{a}(?!\w)",
    )
    return any(re.search(s, quote) for s in shapes)
