"""Links between claims that may tell of one event, strong to weak, each with its reason in words.

Start with `links`. Claims meet only under shared keys (place and kind of act, author and kind of act, cited original,
text, copies of a text); within a block each claim meets its nearest few by day or by position, never all. What keeps
claims apart is `ties.conflict`; links within one text are made in `told`.

Looks down to: incidents.ties, told, facts, families, places, words. Used by: consolidation, origins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from probanda.claims.model import Claim
from probanda.incidents.facts import WIDE_DAYS, Facts
from probanda.incidents.families import BY_TARGET, ActFamily
from probanda.incidents.places import Places, Where
from probanda.incidents.ties import NEAREST, Link, Strength, blocks, conflict, tie
from probanda.incidents.told import paragraphs_apart, within_texts
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import ActType, Polarity

WEEK = 7
"""Days between the dates of two texts in which the same author is not often said to have hit the same thing twice."""
MONTH = 31
"""Days between the dates of two texts that may speak of the same undated event."""


RECORDINGS = frozenset({"video", "image", "letter", "post", "broadcast"})
"""Originals that show or give one thing; a report or a statement may speak of many events."""


def links(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> list[Link]:
    """All links worth following, sorted from strong to weak, ids breaking ties; the strongest for each pair.

    `dated`: item -> first and last day of the text's own date.
    """
    found: dict[tuple[str, str], Link] = {}
    makers: tuple[Iterable[Link], ...] = (
        _copies(facts),
        _cited(facts, places),
        within_texts(facts, places),
        _at_places(facts, places, dated),
        _by_author(facts, places),
        _by_parties(facts, places, dated),
    )
    for made in makers:
        for link in made:
            pair = (link.a, link.b)
            if pair not in found or link < found[pair]:
                found[pair] = link
    return sorted(found.values())


def _copies(facts: Sequence[Facts]) -> Iterator[Link]:
    for _, block in blocks(facts, lambda f: [same_in_copies(f)]):
        for a, b in pairwise(block):
            if a.claim.item != b.claim.item:
                yield tie(Strength.COPY, a, b, "The same words in a copy of the same text.")


def same_in_copies(f: Facts) -> tuple[str, ...]:
    """The key under which one claim meets itself in copies of its text."""
    claim = f.claim
    return f.text, folded(claim.quote), folded(claim.act), claim.act_type, claim.polarity, folded(claim.innermost.words)


def _cited(facts: Sequence[Facts], places: Places) -> Iterator[Link]:
    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET:
            return [(f.family, t, f.claim.act_detail or "", proceeding(f.claim)) for t in sorted(f.targets)]
        return [(f.cited, f.family)] if f.cited and f.cited.partition(":")[0] in RECORDINGS else []

    for key, block in blocks(facts, keys):
        for a, b in pairwise(block):
            if a.family in BY_TARGET:
                if not conflict(a, b, places) and _one_step(a, b, places):
                    yield tie(Strength.CITED, a, b, "The same kind of step, concerning the same person or body.")
            else:
                yield tie(Strength.CITED, a, b, f"Both rest on the same {key[0].partition(':')[0]}.")


_PROCEEDINGS = (
    *("warrant", "indict", "charge", "complaint", "sanction", "convict", "sentence", "trial", "referral"),
    *("investigat", "inquir", "arrest", "extradit", "surrender", "lawsuit", "ruling", "report"),
)
"""Stems that name a kind of proceeding, the more telling ones first: an arrest warrant is a warrant."""


def _one_step(a: Facts, b: Facts, places: Places) -> bool:
    """True when two acts that concern one person are one: a proceeding of one kind anywhere, others nearby only."""
    if a.family is ActFamily.PROCEEDINGS:
        return proceeding(a.claim) != ""
    if a.family is ActFamily.IMPUNITY and places.compare(a.places, b.places) is Where.SAME:
        return True
    return a.claim.item == b.claim.item and paragraphs_apart(*sorted((a, b), key=lambda f: f.claim.start)) <= 2


def proceeding(claim: Claim) -> str:
    """The kind of proceeding by its own word in act or quote: warrant, complaint, trial; empty where none stands."""
    if claim.act_type is not ActType.PROCEDURAL:
        return ""
    original = claim.cited.kind if claim.cited is not None else ""
    for words in (folded(claim.act), original, folded(claim.quote)):
        for stem in _PROCEEDINGS:
            if stem in words:
                return stem
    return ""


def _at_places(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET:
            return []
        around = {q for p in f.places for q in (p, *places.outer.get(p, ()))}
        around |= {f"name:{places.stem(p)}" for p in f.places}
        return [(p, f.family) for p in around]

    for _, block in blocks(facts, keys):
        yield from _by_day(block, places)
        for key, finer in blocks(block, _ties):
            yield from _nearest(finer, places, key, dated)
        yield from _by_text(block, places, dated)


def _by_day(block: Sequence[Facts], places: Places) -> Iterator[Link]:
    """Claims of one place and kind of act whose days meet, each with its nearest by first day."""
    days = sorted((f for f in block if f.dated), key=lambda f: (f.first or 0, f.last or 0, f.claim.id))
    for i, later in enumerate(days):
        for earlier in days[max(0, i - NEAREST) : i]:
            if earlier.gap(later) or conflict(earlier, later, places):
                continue
            if places.compare(earlier.places, later.places) is Where.SAME:
                why = "The same kind of act at the same place, at times that meet."
                yield tie(Strength.PLACE_AND_TIME, earlier, later, why)
            elif min(_span(earlier), _span(later)) <= 2 and _stands(earlier, later, places):
                why = "The same kind of act at times that meet; one place lies in the other, or both name a wide place."
                yield tie(Strength.WIDE_PLACE_AND_TIME, earlier, later, why)


def _stands(a: Facts, b: Facts, places: Places) -> bool:
    """Where it is open whether one place holds the other, only the same author or the same people hit tie the two."""
    known = places.compare(a.places, b.places) is not Where.PERHAPS
    return known or bool(a.authors & b.authors or a.hit & b.hit)


def _ties(f: Facts) -> list[tuple[str, ...]]:
    """What may tie claims of one place whose days are not both stated: author, what was hit, number, denial."""
    ties: list[tuple[str, ...]] = [("author", a) for a in f.authors]
    ties += [("hit", v) for v in f.hit]
    q = f.claim.quantity
    if q is not None and (q.value or 0) > 9:
        ties.append(("number", f"{q.value}"))
    return ties


def _nearest(
    block: Sequence[Facts], places: Places, key: tuple[str, ...], dated: Mapping[str, tuple[int, int]]
) -> Iterator[Link]:
    kind = {"author": "the same author", "hit": "the same people or thing hit", "number": "the same number"}[key[0]]
    for a, b in _windows(block, dated):
        if conflict(a, b, places):
            continue
        where, gap = places.compare(a.places, b.places), a.gap(b)
        both = bool(a.hit & b.hit) and (gap is not None or len(a.hit & b.hit) > 1 or bool(a.authors & b.authors))
        if where is Where.SAME or both:
            yield tie(Strength.PLACE_AND_PARTIES, a, b, f"The same kind of act and place, and {kind}.")


def _by_text(block: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    """Undated accounts of one narrow place: denials answer them; texts of one time may speak of one event."""
    for a, b in _windows(block, dated):
        if places.compare(a.places, b.places) is not Where.SAME or conflict(a, b, places):
            continue
        if (a.claim.polarity is Polarity.NEGATIVE) != (b.claim.polarity is Polarity.NEGATIVE):
            yield tie(
                Strength.DENIAL, a, b, "One denies the same kind of act at the same place that the other alleges."
            )
        elif a.gap(b) is None and _texts_near(a, b, dated):
            why = "The same kind of act at the same place, in texts of the same weeks; no date speaks against it."
            yield tie(Strength.TEXTS_OF_ONE_TIME, a, b, why)


def _windows(block: Sequence[Facts], dated: Mapping[str, tuple[int, int]]) -> Iterator[tuple[Facts, Facts]]:
    """Each claim with its nearest by stated day, else by the date of its text, else by id."""

    def when(f: Facts) -> tuple[int, str]:
        if f.first is not None:
            return f.first, f.claim.id
        return dated.get(f.claim.item, (0, 0))[0], f.claim.id

    ranked = sorted(block, key=when)
    for i, later in enumerate(ranked):
        for earlier in ranked[max(0, i - NEAREST) : i]:
            yield earlier, later


def _texts_near(a: Facts, b: Facts, dated: Mapping[str, tuple[int, int]], most: int = MONTH) -> bool:
    """True when the texts (or a claim's day and the other's text) are at most so many days apart."""
    left = (a.first, a.last) if a.first is not None else dated.get(a.claim.item)
    right = (b.first, b.last) if b.first is not None else dated.get(b.claim.item)
    if left is None or right is None or None in left or None in right:
        return False
    return max(0, (left[0] or 0) - (right[1] or 0), (right[0] or 0) - (left[1] or 0)) <= most


def _span(f: Facts) -> int:
    return (f.last or 0) - (f.first or 0) if f.first is not None else WIDE_DAYS


def _by_author(facts: Sequence[Facts], places: Places) -> Iterator[Link]:
    """A claim that states no place meets claims of the same author and kind of act on the same day, no others."""

    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET or not f.dated or _span(f) > 2:
            return []
        return [(a, f.family) for a in f.authors]

    for _, block in blocks(facts, keys):
        days = sorted(block, key=lambda f: (f.first or 0, f.claim.id))
        for i, later in enumerate(days):
            for earlier in days[max(0, i - NEAREST) : i]:
                unplaced = not earlier.places or not later.places
                if unplaced and not earlier.gap(later) and not conflict(earlier, later, places):
                    why = "The same author and kind of act on the same day; one account names no place."
                    yield tie(Strength.AUTHOR_AND_TIME, earlier, later, why)


def _by_parties(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    """A claim that states no place meets claims on the same author and thing hit, in texts of the same week."""

    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET or (f.first is None and f.claim.item not in dated):
            return []
        return [(a, f.family, v) for a in f.authors for v in f.hit]

    for _, block in blocks(facts, keys):
        for a, b in _windows(block, dated):
            unplaced = not a.places or not b.places
            if unplaced and _texts_near(a, b, dated, WEEK) and not conflict(a, b, places):
                why = "The same author, kind of act and thing hit, in texts of one week; one account names no place."
                yield tie(Strength.TEXTS_OF_ONE_TIME, a, b, why)
