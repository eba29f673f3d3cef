"""Which places are the same, inside one another, or apart, as far as gazetteer and texts tell.

Start with `Places.compare`. What neither the gazetteer nor a text says is inside another place counts as apart: joining
events at two places is left to a person.

Looks down to: names, claims, incidents.words. Used by: facts, ties, told, links, consolidation, contradictions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice, permutations

from probanda.claims.model import Claim
from probanda.incidents.words import folded, is_named, word_set
from probanda.names.compare import Kind, compare, prepare
from probanda.names.letters import is_arabic
from probanda.names.model import Sameness
from probanda.names.places import lookup, place_key

Within = Callable[[str, str], bool | None]
"""`within(inner, outer)` by names: True, False, or None when not known."""

WIDE_KINDS = frozenset({"state", "governorate"})
"""Kinds of place in which two events of one day are most often two events."""
REMEMBERED = 500_000
"""Pairs of sets of places whose comparison is kept for the next time."""
TOGETHER = 40
"""Places of one text that are compared with each other; a text that names more is a list, and tells nothing by it."""

_PARTS = word_set(
    "eastern western northern southern central greater outer inner old downtown prison jail camp hospital airport "
    "airbase school church mosque university market square suburb suburbs outskirts district province governorate "
    "department region state county city town village port harbour barracks area refugee quarter "
    "station checkpoint clinic headquarters compound crossing"
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


@dataclass(frozen=True, slots=True)
class PlacesTold:
    """What one text tells of places: pairs of keys, the inner one first."""

    said: frozenset[tuple[str, str]]
    """In words: `Inner, Outer`."""
    static: frozenset[tuple[str, str]]
    """It names both, and gazetteer or names say the rest."""


class Places:
    """What is known of the places that claims name: what texts tell, by text, and what the gazetteer and names say.

    `take` and `drop` count what one text tells; nothing else is remembered, so the order of texts changes nothing.
    """

    def __init__(self, names: Callable[[str], str], within: Within | None) -> None:
        self._name_of, self._within = names, within
        self._known: dict[tuple[str, str], bool | None] = {}
        """What the gazetteer answers, by names."""
        self._told: Counter[tuple[str, str]] = Counter()
        """(inner, outer) -> texts that say so."""
        self._beside: Counter[tuple[str, str]] = Counter()
        """(inner, outer) that gazetteer or names put one into the other -> texts that name both."""
        self._around: dict[str, set[str]] = {}
        self._inner: dict[str, set[str]] = {}
        self._nature: dict[str, tuple[frozenset[str], bool]] = {}
        self._compared: dict[tuple[frozenset[str], frozenset[str]], Where] = {}
        self._before: dict[str, tuple[frozenset[str], bool]] = {}

    def take(self, tells: PlacesTold) -> None:
        """Count what a text tells."""
        self._count(tells, 1)

    def drop(self, tells: PlacesTold) -> None:
        """Forget what a text told, given as it was taken."""
        self._count(tells, -1)

    def renamed(self, key: str) -> None:
        """Its name is another now."""
        self._ask_again({key, *_all_around(key, self._around), *_all_around(key, self._inner)})

    def changed(self) -> list[str]:
        """Places of which something else is known than when it was last asked, since `changed` was last called."""
        found = sorted(k for k, before in self._before.items() if self.nature(k) != before)
        self._before = {}
        return found

    def _ask_again(self, keys: Iterable[str]) -> None:
        self._compared.clear()
        for key in keys:
            if key in self._nature:
                self._before.setdefault(key, self._nature.pop(key))

    def told(self, claims: Iterable[Claim], key_of: Callable[[str, str | None], str | None]) -> PlacesTold:
        """What one text, given all its claims, tells of the places it names."""
        keys: set[str] = set()
        said: set[tuple[str, str]] = set()
        for claim in claims:
            named = {k: n.words for n in claim.places if (k := key_of(n.words, n.mention)) is not None}
            keys.update(named)
            said |= {(a, b) for a, b in permutations(sorted(named), 2) if _tells(claim.quote, named[a], named[b])}
        near = permutations(sorted(keys), 2) if len(keys) <= TOGETHER else ()
        static = {(a, b) for a, b in near if self._by_name(a, b)}
        return PlacesTold(frozenset(said), frozenset(static))

    def _by_name(self, inner: str, outer: str) -> bool:
        """True where gazetteer or names alone say that one place lies in the other."""
        answer = self._answer(inner, outer)
        return answer if answer is not None else _part_of(self.name(inner), self.name(outer))

    def _answer(self, inner: str, outer: str) -> bool | None:
        """What the gazetteer says; a place that holds another does not lie in it."""
        if self._within is None:
            return None
        pair = self.name(inner), self.name(outer)
        if pair not in self._known:
            answer = self._within(*pair)
            self._known[pair] = False if answer is None and self._within(pair[1], pair[0]) else answer
        return self._known[pair]

    def _count(self, tells: PlacesTold, by: int) -> None:
        pairs = tells.said | tells.static
        for counter, found in ((self._told, tells.said), (self._beside, tells.static)):
            for pair in found:
                counter[pair] += by
                if not counter[pair]:
                    del counter[pair]
        for inner, outer in sorted(pairs | {(b, a) for a, b in pairs}):
            held = outer in self._around.get(inner, ())
            holds = self._holds(inner, outer)
            if held is not holds:
                self._ask_again({inner, outer, *_all_around(outer, self._around), *_all_around(inner, self._inner)})
                for near, a, b in ((self._around, inner, outer), (self._inner, outer, inner)):
                    if holds:
                        near.setdefault(a, set()).add(b)
                    else:
                        near[a].discard(b)
                self._ask_again({*_all_around(outer, self._around), *_all_around(inner, self._inner)})

    def _holds(self, inner: str, outer: str) -> bool:
        """Whether one place is taken to lie directly in the other. Two texts may tell it both ways round; then neither
        is believed."""
        if (inner, outer) in self._beside:
            return True
        told = (inner, outer) in self._told and (outer, inner) not in self._told
        return told and self._answer(inner, outer) is None

    def nature(self, key: str) -> tuple[frozenset[str], bool]:
        """All places around this one, and whether it is wide: what of a place bears on its claims."""
        if key not in self._nature:
            self._nature[key] = _all_around(key, self._around), self._is_wide(key)
        return self._nature[key]

    def around(self, key: str) -> frozenset[str]:
        """Every place around this one."""
        return self.nature(key)[0]

    def wide(self, key: str) -> bool:
        """True for a place that is known to hold others: a country, a province."""
        return self.nature(key)[1]

    def _is_wide(self, key: str) -> bool:
        """A State or province by the gazetteer; else a place that holds two others which do not just bear its name."""
        kinds = {place.kind for place in _lookup(self.name(key))}
        if kinds and kinds <= WIDE_KINDS:
            return True
        inner = (p for p in _all_around(key, self._inner) if not _part_of(self.name(p), self.name(key)))
        return len(list(islice(inner, 2))) > 1

    def name(self, key: str) -> str:
        """The name by which a place is known here."""
        return self._name_of(key)

    def stem(self, key: str) -> str:
        """The name without words for parts and surroundings: under it, places that may be one or nested meet."""
        words = folded(self.name(key)).split()
        return " ".join(w for w in words if w not in _PARTS | _SAME_PLACE) or " ".join(words)

    def inside(self, inner: str, outer: str) -> bool:
        """True when the gazetteer, a text or the names themselves say that one place lies in the other."""
        return outer in self.around(inner) or self._by_name(inner, outer)

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
        pair = left, right
        if pair not in self._compared:
            if len(self._compared) > REMEMBERED:
                self._compared.clear()
            self._compared[pair] = self._compare(left, right)
        return self._compared[pair]

    def _compare(self, left: frozenset[str], right: frozenset[str]) -> Where:
        shared = left & right
        if shared:
            return Where.SAME if any(not self.wide(p) for p in shared) else Where.SAME_WIDE
        if any(_one_name(self.name(a), self.name(b)) for a in left for b in right):
            return Where.SAME
        if any(self.inside(a, b) or self.inside(b, a) for a in left for b in right):
            return Where.INSIDE
        perhaps = any(self._may_hold(a, b) or self.sound_alike(a, b) for a in left for b in right)
        return Where.PERHAPS if perhaps else Where.APART

    def sound(self, key: str) -> str:
        """A key under which the name meets spellings of it in other letters; empty for places of the gazetteer."""
        name = self.name(key)
        return "" if _lookup(name) else place_key(name)

    def sound_alike(self, a: str, b: str) -> bool:
        """True where one name is in Latin letters and one in Arabic, which may spell one name no gazetteer holds."""
        one, other = self.name(a), self.name(b)
        return is_arabic(one) != is_arabic(other) and not (_lookup(one) or _lookup(other)) and _one_sound(one, other)

    def _unknown(self, a: str, b: str) -> bool:
        return self._answer(a, b) is None and self._answer(b, a) is None

    def _may_hold(self, a: str, b: str) -> bool:
        """Nothing says whether one holds the other, and one could: a State or province, and a place no gazetteer holds;
        or a place with the name of an area, and one without, in one wider place.
        """
        if self.wide(a) != self.wide(b) and self._unknown(a, b):
            return not _lookup(self.name(b if self.wide(a) else a))
        if _is_area(self.name(a)) == _is_area(self.name(b)):
            return False
        return self._unknown(a, b) and bool(self.around(a) & self.around(b))


_lookup = lru_cache(maxsize=65536)(lookup)


def _all_around(inner: str, held: Mapping[str, set[str]]) -> frozenset[str]:
    """Every place around this one, those around these too."""
    found: set[str] = set()
    waiting = [inner]
    while waiting:
        new = held.get(waiting.pop(), set()) - found - {inner}
        found |= new
        waiting += sorted(new)
    return frozenset(found)


@lru_cache(maxsize=65536)
def _is_area(name: str) -> bool:
    return not _AREAS.isdisjoint(folded(name).split())


@lru_cache(maxsize=262144)
def _one_name(left: str, right: str) -> bool:
    """`Dorn`, `the town of Dorn` and `Dorn area` name one place; a province may bear the name of its town."""
    x, y = (frozenset(folded(n).split()) - _SAME_PLACE for n in (left, right))
    return bool(x) and x == y and is_named(left) and is_named(right)


@lru_cache(maxsize=65536)
def _one_sound(left: str, right: str) -> bool:
    if place_key(left) != place_key(right):
        return False
    return compare(prepare(left, Kind.PLACE), prepare(right, Kind.PLACE)).same is Sameness.SAME


@lru_cache(maxsize=262144)
def _part_of(inner: str, outer: str) -> bool:
    """`Eastern Dorn` and `Dorn Prison` are in or at Dorn; `South Dorn` may be another country."""
    more, less = set(folded(inner).split()), set(folded(outer).split())
    return bool(less) and less < more and more - less <= _PARTS and is_named(outer)


def _tells(quote: str, inner: str, outer: str) -> bool:
    """True for `Inner, Outer`, `Inner in Outer`, `Inner (Outer)`, `Outer's Inner`; not inside an enumeration."""
    if inner not in quote or outer not in quote:
        return False
    inners, outers = ([(s, s + len(words)) for s in _found(quote, words)] for words in (inner, outer))
    for first, second, shapes in ((inners, outers, _HOLDS), (outers, inners, _HELD)):
        for start, end in first:
            if not _OPENS.match(quote, start):
                continue
            for begin, stop in second:
                if any(between.fullmatch(quote, end, begin) and ends.match(quote, stop) for between, ends in shapes):
                    return True
    return False


# Patterns without the names: compiled once, however many places there are.
_OPENS = re.compile(r"(?<!and )(?<!or )(?<!\w)")
_ENDS = re.compile(r"(?!\w)")
_ENDS_ALONE = re.compile(r"(?!\w)(?!\s*(?:,\s*\w+)?,?\s+(?:and|or)\s+[A-Z])")
_HOLDS = (
    (re.compile(r",?\s+(?:in|of)\s+(?:\w+\s+){0,3}?"), _ENDS),
    (re.compile(r"\s*(?:,|\()\s*"), _ENDS_ALONE),
)
"""What stands between the inner place and the outer one, and after."""
_HELD = ((re.compile(r"['’]s?\s+(?:\w+\s+){0,2}?"), _ENDS),)
"""The same where the outer one stands first."""


def _found(quote: str, words: str) -> Iterator[int]:
    """Where these words begin."""
    start = quote.find(words)
    while start >= 0:
        yield start
        start = quote.find(words, start + 1)
