"""What consolidation reads off a claim once names are linked: keys for place, author, speaker and days.

Start with `Facts`, then `Reader.facts`. A key is the id of a linked actor or place, or `words:` and the folded words.

Looks down to: claims, incidents.families, places, words. Used by: ties, told, links, consolidation, origins, versions,
contradictions.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.incidents.families import ActFamily, family
from probanda.incidents.places import Places, PlacesTold, Within
from probanda.incidents.words import COMMON, LOCATING, content, folded, is_named
from probanda.kernel.vocabulary import Modality
from probanda.names.places import lookup

TO_COME = frozenset({Modality.ORDERED, Modality.THREATENED, Modality.CALLED_FOR})
"""Ways of saying that can speak of an event before its day."""
WIDE_DAYS = 31
"""A period longer than this says when a conflict was, not when an event was."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One claim with its keys."""

    claim: Claim
    text: str
    """The item it stands in, or the founder of the copies that this item belongs to."""
    family: ActFamily
    places: frozenset[str]
    """Keys of the finest places named."""
    authors: frozenset[str]
    named: frozenset[str]
    """Keys of those authors that bear a name: only two of these can be said to differ."""
    victims: frozenset[str]
    """Content words of the victims."""
    hit: frozenset[str]
    """The same, with what was hit or stands where it happened: camp, clinic."""
    speaker: str | None
    """Key of the innermost speaker when it is a name; None for the publication's own voice and for the unnamed."""
    chain: frozenset[str]
    """Keys of all named speakers, from the innermost outwards."""
    first: int | None
    """First day, as a proleptic ordinal; None when not stated."""
    last: int | None
    cited: str | None
    targets: frozenset[str]
    """Keys of those whom a proceeding or the like concerns: authors and victims, but no courts and no speakers."""
    told: int | None = None
    """Last day of its text's own date, as an ordinal: what is told as done was done by then."""

    @property
    def dated(self) -> bool:
        """True when the claim says on which day, or within about a month, it happened."""
        return self.first is not None and self.last is not None and self.last - self.first <= WIDE_DAYS

    def told_before(self, other: Facts) -> bool:
        """True when this states no day, tells of something done, and its text is older than the other's first day."""
        if self.first is not None or self.told is None or other.first is None or self.claim.modality in TO_COME:
            return False
        return other.claim.modality not in TO_COME and other.first > self.told + 1  # a day, for time zones

    def gap(self, other: Facts) -> int | None:
        """Days between two stated times (0 when they overlap); None when one of them states none."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return None
        return max(0, self.first - other.last, other.first - self.last)


@dataclass(frozen=True, slots=True)
class _Written:
    """What the names of one text tell of names elsewhere."""

    linked: frozenset[tuple[str, str]]
    """(folded words, actor) of names that were linked."""
    unlinked: frozenset[tuple[str, str]]
    """(folded words, words as written) of names that were not."""
    places: PlacesTold


class Reader:
    """Turns claims into facts, given who is who; it knows what all its texts tell of names and places.

    Texts are taken in two rounds: `take` all of them, then `locate` all (what lies in what is told by names too).
    """

    def __init__(self, actor_of: Mapping[str, str], names: Mapping[str, str], within: Within | None) -> None:
        self._actor_of, self._names = actor_of, names
        self._linked: dict[str, Counter[str]] = {}
        """Folded words -> actor -> texts in which they are linked to it."""
        self._unlinked: dict[str, Counter[str]] = {}
        """Folded words -> words as written -> texts in which they are linked to nobody."""
        self._texts: dict[str, _Written] = {}
        self._touched: dict[str, tuple[str | None, str]] = {}
        self.places = Places(self.name, within)

    def take(self, item: str, claims: Sequence[Claim]) -> None:
        """Take in the names of one text, given all its claims."""
        self._texts[item] = self._written(claims)
        self._count(self._texts[item], 1)

    def locate(self, item: str, claims: Sequence[Claim]) -> None:
        """Take in (anew, if it was taken before) what a text tells of places."""
        before = self._texts[item]
        self.places.drop(before.places)
        self._texts[item] = replace(before, places=self.places.told(claims, self.place))
        self.places.take(self._texts[item].places)

    def drop(self, item: str) -> None:
        """Forget what one text told."""
        written = self._texts.pop(item)
        self._count(written, -1)
        self.places.drop(written.places)

    def renewed(self) -> list[str]:
        """Folded words that lead elsewhere, or are written otherwise, than when last asked."""
        found = sorted(w for w, before in self._touched.items() if (self._only(w), self._spelled(w)) != before)
        self._touched = {}
        for words in found:
            self.places.renamed(f"words:{words}")
        return found

    def _written(self, claims: Iterable[Claim]) -> _Written:
        linked: set[tuple[str, str]] = set()
        unlinked: set[tuple[str, str]] = set()
        for claim in claims:
            who: tuple[Named | Actor, ...] = (*claim.speakers, *claim.actors, *claim.victims)
            for n in (*who, *claim.places):
                actor = self._actor_of.get(n.mention or "")
                if n in claim.places and (inner := _named_in(n.words)) != n.words:
                    unlinked.add((folded(inner), inner))
                if actor is None:
                    unlinked.add((folded(n.words), n.words))
                elif n in who and is_named(n.words):
                    linked.add((folded(n.words), actor))
        return _Written(frozenset(linked), frozenset(unlinked), PlacesTold(frozenset(), frozenset()))

    def _count(self, written: _Written, by: int) -> None:
        for counts, pairs in ((self._linked, written.linked), (self._unlinked, written.unlinked)):
            for words, what in pairs:
                self._touched.setdefault(words, (self._only(words), self._spelled(words)))
                counter = counts.setdefault(words, Counter())
                counter[what] += by
                if not counter[what]:
                    del counter[what]
                if not counter:
                    del counts[words]

    def _only(self, words: str) -> str | None:
        """The one actor to whom the linked names that are written so lead; None where they lead to several."""
        actors = self._linked.get(words, ())
        return next(iter(actors)) if len(actors) == 1 else None

    def _spelled(self, words: str) -> str:
        """The folded words as written (of several ways to write them, the first by code point)."""
        return min(self._unlinked.get(words, (words,)))

    def uses(self, claim: Claim, publisher: str | None = None) -> list[str]:
        """Folded words by which this claim names somebody who was not linked: what is known of them bears on it."""
        named: tuple[Named | Actor, ...] = (*claim.speakers, *claim.actors, *claim.victims, *claim.places)
        words = {folded(n.words) for n in named if n.mention is None or n.mention not in self._actor_of}
        words |= {folded(inner) for n in claim.places if (inner := _named_in(n.words)) != n.words}
        words |= {folded(w) for w in (publisher, claim.cited.of if claim.cited else None) if w}
        return sorted(words)

    def key(self, named: Named | str, mention: str | None = None) -> str:
        """The key of a name: the linked actor's id, else its folded words."""
        words, mention = (named, mention) if isinstance(named, str) else (named.words, named.mention)
        if mention is not None and mention in self._actor_of:
            return self._actor_of[mention]
        fold = folded(words)
        return self._only(fold) or f"words:{fold}"

    def name(self, key: str) -> str:
        """A key's name for a sentence."""
        found = self._names.get(key)
        if found is not None:
            return found
        return self._spelled(key.removeprefix("words:"))

    def place(self, words: str, mention: str | None) -> str | None:
        """The key of a place that has a name; None for `the church`, another one in every town, and for counts."""
        named = _named_in(words)
        key = self._actor_of.get(mention or "", "") if named == words else ""
        key = key or f"words:{folded(named)}"
        own = is_named(named) or bool(lookup(named))  # `back yard` is none, whatever a text in capitals makes of it
        return key if own and is_named(self.name(key)) and not words[:1].isdigit() else None

    def named(self, speaker: Named) -> str | None:
        """The key of a speaker with a name; None for `@doc`, `residents`, `officials`."""
        if speaker.words == DOC:
            return None
        key = self.key(speaker)
        return key if is_named(self.name(key)) else None

    def facts(self, claim: Claim, text: str) -> Facts:
        """What this claim states, as keys; `text` is its item, or the founder of that item's copies."""
        places = frozenset(k for n in claim.places if (k := self.place(n.words, n.mention)) is not None)
        victims = frozenset(w for n in claim.victims for w in content(n.words))
        unnamed = (n.words for n in claim.places if self.place(n.words, n.mention) is None)
        authors = frozenset(self.key(a.words, a.mention) for a in claim.actors)
        chain = frozenset(k for s in claim.speakers if (k := self.named(s)) is not None)
        targets = authors | frozenset(self.key(n) for n in claim.victims)
        if claim.cited is not None and claim.cited.of and is_named(claim.cited.of):
            targets |= {self.key(claim.cited.of)}
        return Facts(
            claim,
            text,
            family(claim),
            self.places.finest(places),
            authors,
            frozenset(a for a in authors if is_named(self.name(a))),
            victims,
            victims | _standing(claim) | {w for words in unnamed for w in content(words)},
            self.named(claim.innermost),
            chain,
            *days(claim.date_from, claim.date_to),
            self.cited(claim),
            frozenset(t for t in targets - chain if not _is_court(self.name(t))),
        )

    def cited(self, claim: Claim) -> str | None:
        """The key of the original a claim rests on; None where its words name nothing (`a video`, `reports`)."""
        cited = claim.cited
        if cited is None:
            return None
        if cited.of and is_named(cited.of):
            return f"{cited.kind}:{self.key(cited.of)}"
        return f"{cited.kind}:{folded(cited.words)}" if is_named(cited.words) else None


_AT = re.compile(r"\s+(?:in|of|near|at|on|outside|inside|around|within|from|à|de|près de|dans)\s+")


def _named_in(words: str) -> str:
    """The name in a description of a place: Dorn in `a clinic in Dorn`; other words are a name as they are."""
    head, *tail = _AT.split(words, maxsplit=1)
    return tail[0] if tail and not is_named(head) and is_named(tail[0]) else words


def _standing(claim: Claim) -> frozenset[str]:
    """What stands at the places named, by their own words: the camp of `Tal Refugee Camp`."""
    words = {t for n in claim.places for t in folded(n.words).split() if t in COMMON and t not in LOCATING}
    return frozenset(w for t in words for w in content(t))


_COURT = ("court", "tribunal", "prosecut", "chamber", "council", "commission", "ministry", "police", "judge", "union")


def _is_court(name: str) -> bool:
    """True for a court, prosecutor, ministry or the like, by its words, and for short acronyms."""
    return any(stem in name.casefold() for stem in _COURT) or (name.isupper() and 2 <= len(name) <= 5)


def days(first: str | None, last: str | None) -> tuple[int | None, int | None]:
    """First and last day of an ISO interval (days, months or years) as ordinals; None where there is none."""
    start, end = _day(first, False), _day(last or first, True)
    if start is None or end is None or end < start:
        return None, None
    return start, end


def _day(text: str | None, last: bool) -> int | None:
    if not text:
        return None
    try:
        parts = [int(p) for p in text[:10].split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        day = parts[2] if len(parts) > 2 else (monthrange(year, month)[1] if last else 1)
        return date(year, month, day).toordinal()
    except (ValueError, IndexError):
        return None
