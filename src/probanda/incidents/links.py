"""Links between claims that may tell of one event, strong to weak, each with its reason in words.

Start with `links`. Claims meet only under shared keys (place and kind of act, author and kind of act, cited original,
text, copies of a text); within a block each claim meets its nearest few by day or by position, never all. What keeps
claims apart is in `conflict`.

Looks down to: incidents.facts, families, places. Used by: consolidation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from probanda.claims.model import Claim
from probanda.incidents.facts import WIDE_DAYS, Facts
from probanda.incidents.families import BY_TARGET, EPISODE, ActFamily, may_be_one_event
from probanda.incidents.places import Places, Where
from probanda.incidents.words import content, folded
from probanda.kernel.vocabulary import ActType, Modality, Polarity

NEAREST = 8
"""How many neighbours a claim meets in a block that is sorted by day or by position."""
NEXT_DAY = 1
"""Days by which accounts of one event in different texts may differ: nights, and time zones."""
WEEK = 7
"""Days between the dates of two texts in which the same author is not often said to have hit the same thing twice."""
SHORT_TEXT = 3000
"""Code points between the first and the last claim of a text that is taken to tell of one place."""
MONTH = 31
"""Days between the dates of two texts that may speak of the same undated event."""
NEXT_SENTENCE = 120
"""Code points after which a claim without place, time or parties no longer leans on the one before it."""
CLOSE = 300
"""Code points between two claims that stand side by side; as many make a paragraph where these are not known."""


RECORDINGS = frozenset({"video", "image", "letter", "post", "broadcast"})
"""Originals that show or give one thing; a report or a statement may speak of many events."""


class Strength(IntEnum):
    """How strong a link is: the lower, the sooner it is followed."""

    COPY = 0
    CITED = 1
    SENTENCE = 2
    ORDER = 3
    PLACE_AND_TIME = 4
    ANSWER = 5
    BESIDE = 6
    SAME_TEXT = 7
    CARRIED = 8
    PLACE_AND_PARTIES = 9
    DENIAL = 10
    WIDE_PLACE_AND_TIME = 11
    AUTHOR_AND_TIME = 12
    EPISODE = 13
    TEXTS_OF_ONE_TIME = 14


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two claims that may tell of one event, and why."""

    strength: Strength
    a: str
    b: str
    reason: str


def conflict(left: Facts, right: Facts, places: Places) -> str | None:
    """Why two claims cannot be about one event; None when nothing keeps them apart."""
    if not may_be_one_event(left.family, right.family):
        return f"{left.family} and {right.family} are different allegations"
    if left.family in BY_TARGET and left.targets and right.targets and not left.targets & right.targets:
        return "they concern different persons or bodies"
    if places.compare(left.places, right.places) is Where.APART:
        return "they name different places"
    gap = left.gap(right)
    if gap and (gap > NEXT_DAY or left.claim.item == right.claim.item):
        return "their dates do not meet"
    return None


def links(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> list[Link]:
    """All links worth following, sorted from strong to weak, ids breaking ties; the strongest for each pair.

    `dated`: item -> first and last day of the text's own date.
    """
    found: dict[tuple[str, str], Link] = {}
    makers: tuple[Iterable[Link], ...] = (
        _copies(facts),
        _cited(facts, places),
        _within_texts(facts, places),
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


def _link(strength: Strength, a: Facts, b: Facts, reason: str) -> Link:
    first, second = sorted((a.claim.id, b.claim.id))
    return Link(strength, first, second, reason)


def _blocks(
    facts: Iterable[Facts], keys: Callable[[Facts], Iterable[tuple[str, ...]]]
) -> Iterator[tuple[tuple[str, ...], list[Facts]]]:
    """Facts that share a key, for each key that at least two have, in a fixed order."""
    found: dict[tuple[str, ...], list[Facts]] = {}
    for f in facts:
        for key in sorted(set(keys(f))):
            found.setdefault(key, []).append(f)
    for key in sorted(found):
        if len(found[key]) > 1:
            yield key, sorted(found[key], key=lambda f: f.claim.id)


def _copies(facts: Sequence[Facts]) -> Iterator[Link]:
    for _, block in _blocks(facts, lambda f: [same_in_copies(f)]):
        for a, b in pairwise(block):
            if a.claim.item != b.claim.item:
                yield _link(Strength.COPY, a, b, "The same words in a copy of the same text.")


def same_in_copies(f: Facts) -> tuple[str, ...]:
    """The key under which one claim meets itself in copies of its text."""
    claim = f.claim
    return f.text, folded(claim.quote), folded(claim.act), claim.act_type, claim.polarity, folded(claim.innermost.words)


def _cited(facts: Sequence[Facts], places: Places) -> Iterator[Link]:
    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET:
            return [(f.family, t, f.claim.act_detail or "", proceeding(f.claim)) for t in sorted(f.targets)]
        return [(f.cited, f.family)] if f.cited and f.cited.partition(":")[0] in RECORDINGS else []

    for key, block in _blocks(facts, keys):
        for a, b in pairwise(block):
            if a.family in BY_TARGET:
                if not conflict(a, b, places) and _one_step(a, b, places):
                    yield _link(Strength.CITED, a, b, "The same kind of step, concerning the same person or body.")
            else:
                yield _link(Strength.CITED, a, b, f"Both rest on the same {key[0].partition(':')[0]}.")


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
    return a.claim.item == b.claim.item and _paragraphs_apart(*sorted((a, b), key=lambda f: f.claim.start)) <= 2


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


def _within_texts(facts: Sequence[Facts], places: Places) -> Iterator[Link]:
    for _, block in _blocks(facts, lambda f: [(f.claim.item,)]):
        told = sorted(block, key=lambda f: (f.claim.start, f.claim.end, f.claim.id))
        for i, later in enumerate(told):
            for earlier in told[max(0, i - NEAREST) : i]:
                if not conflict(earlier, later, places):
                    yield from _told_together(earlier, later, places)
            yield from _carried(later, told[max(0, i - NEAREST) : i], places)
            if later.claim.polarity is Polarity.NEGATIVE:
                yield from _answers(later, told[:i] + told[i + 1 :], places)
        yield from _one_place(told, places)


def _told_together(a: Facts, b: Facts, places: Places) -> Iterator[Link]:
    """Two claims of one text, near each other, that nothing keeps apart."""
    one_kind = a.family is b.family
    where = places.compare(a.places, b.places)
    if a.family in BY_TARGET:
        return
    meet = where is Where.SAME or _authors_agree(a, b) or a.speaker in b.authors or b.speaker in a.authors
    if not meet:
        return
    if a.claim.end > b.claim.start and (one_kind or where in (Where.SAME, Where.UNSTATED)):
        yield _link(Strength.SENTENCE, a, b, "Told in the same sentence.")
    if one_kind and a.family is ActFamily.QUARTER and _orderers_agree(a, b):
        yield _link(Strength.ORDER, a, b, "The same text speaks of the same kind of order by the same person.")
    apart = _paragraphs_apart(a, b)
    bare = not (b.places or b.authors or b.hit or b.first is not None)
    between = b.claim.start - a.claim.end
    beside = (apart == 0 and between <= CLOSE) or (bare and between <= NEXT_SENTENCE)
    shared = content(a.claim.act) & content(b.claim.act) or a.hit & b.hit or a.authors & b.authors
    answer = (a.claim.polarity is Polarity.NEGATIVE) != (b.claim.polarity is Polarity.NEGATIVE)
    if one_kind and not answer and (beside or (apart <= 2 and (shared or where is Where.SAME))):
        yield _link(Strength.BESIDE, a, b, "Told side by side in the same text, of the same kind of act.")
    around = (where is Where.SAME_WIDE and apart <= 2 and shared) or (where is Where.INSIDE and apart <= 3)
    if one_kind and (where is Where.SAME or around):
        yield _link(
            Strength.SAME_TEXT, a, b, "The same text tells of the same kind of act at the same place, or one in it."
        )
    if where is Where.SAME and not one_kind and apart <= 3 and _authors_agree(a, b):
        yield _link(Strength.EPISODE, a, b, "The same text tells both as one course of events at the same place.")


def _carried(later: Facts, before: Sequence[Facts], places: Places) -> Iterator[Link]:
    """A claim with parties and no place of its own is told of the place that the text named last for that kind of act.

    Only a claim that states a place carries it on, and two paragraphs far: so nothing is chained through the text.
    """
    if later.places or not (later.authors or later.hit) or later.family in BY_TARGET:
        return
    for earlier in reversed(before):
        if earlier.family is later.family and earlier.places:
            near = _paragraphs_apart(earlier, later) <= 2 and _authors_agree(earlier, later)
            if near and earlier.claim.polarity is later.claim.polarity and not conflict(earlier, later, places):
                why = "The same text tells of the same kind of act shortly before, and names no other place since."
                yield _link(Strength.CARRIED, earlier, later, why)
            return


def _one_place(told: Sequence[Facts], places: Places) -> Iterator[Link]:
    """Where a short text places harm at one narrow place only, claims of the same kind without a place are of there."""
    harm = [f for f in told if f.family in EPISODE]
    placed = [f for f in harm if f.places]
    if (
        not placed
        or harm[-1].claim.end - harm[0].claim.start > SHORT_TEXT
        or any(f.places & places.wide for f in placed)
    ):
        return
    if any(places.compare(placed[0].places, f.places) is not Where.SAME for f in placed):
        return
    for f in harm:
        of_kind = [p for p in placed if p.family is f.family and p.claim.polarity is f.claim.polarity]
        if f.places or not of_kind:
            continue
        nearest = min(of_kind, key=lambda p: (abs(p.claim.start - f.claim.start), p.claim.id))
        if _authors_agree(f, nearest) and not conflict(f, nearest, places):
            yield _link(Strength.CARRIED, f, nearest, "The same kind of act, in a text that speaks of one place only.")


def _answers(denial: Facts, others: Sequence[Facts], places: Places) -> Iterator[Link]:
    """A denial answers the nearest allegation in its text, one against its own author first."""
    open_ = [f for f in others if f.claim.asserts_event and not conflict(denial, f, places)]
    if not open_ or denial.family not in EPISODE | {ActFamily.QUARTER, ActFamily.OPERATIONS}:
        return

    def nearness(f: Facts) -> tuple[bool, bool, bool, int, str]:
        named = not (f.authors & (denial.authors | {denial.speaker or ""}))
        after = f.claim.start > denial.claim.start
        return f.family is not denial.family, named, after, abs(f.claim.start - denial.claim.start), f.claim.id

    nearest = min(open_, key=nearness)
    yield _link(
        Strength.ANSWER, denial, nearest, "A denial, joined to the allegation it stands nearest to in its text."
    )


def _paragraphs_apart(a: Facts, b: Facts) -> int:
    if a.claim.paragraph is not None and b.claim.paragraph is not None:
        return abs(a.claim.paragraph - b.claim.paragraph)
    return max(0, b.claim.start - a.claim.end) // CLOSE


def _authors_agree(a: Facts, b: Facts) -> bool:
    """True unless the two name different authors: then a place they share, or one accusing the other, must tie them."""
    return not a.named or not b.named or bool(a.authors & b.authors)


def _orderers_agree(a: Facts, b: Facts) -> bool:
    """True when nothing says that two orders come from different people; who speaks an order is its author."""
    left, right = (
        f.authors | ({f.speaker} if f.speaker and f.claim.modality is Modality.ORDERED else set()) for f in (a, b)
    )
    return not left or not right or bool(left & right)


def _at_places(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET:
            return []
        around = {q for p in f.places for q in (p, *places.outer.get(p, ()))}
        around |= {f"name:{places.stem(p)}" for p in f.places}
        return [(p, f.family) for p in around]

    for _, block in _blocks(facts, keys):
        yield from _by_day(block, places)
        for key, finer in _blocks(block, _ties):
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
                yield _link(Strength.PLACE_AND_TIME, earlier, later, why)
            elif min(_span(earlier), _span(later)) <= 2 and _stands(earlier, later, places):
                why = "The same kind of act at times that meet; one place lies in the other, or both name a wide place."
                yield _link(Strength.WIDE_PLACE_AND_TIME, earlier, later, why)


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
            yield _link(Strength.PLACE_AND_PARTIES, a, b, f"The same kind of act and place, and {kind}.")


def _by_text(block: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    """Undated accounts of one narrow place: denials answer them; texts of one time may speak of one event."""
    for a, b in _windows(block, dated):
        if places.compare(a.places, b.places) is not Where.SAME or conflict(a, b, places):
            continue
        if (a.claim.polarity is Polarity.NEGATIVE) != (b.claim.polarity is Polarity.NEGATIVE):
            yield _link(
                Strength.DENIAL, a, b, "One denies the same kind of act at the same place that the other alleges."
            )
        elif a.gap(b) is None and _texts_near(a, b, dated):
            why = "The same kind of act at the same place, in texts of the same weeks; no date speaks against it."
            yield _link(Strength.TEXTS_OF_ONE_TIME, a, b, why)


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

    for _, block in _blocks(facts, keys):
        days = sorted(block, key=lambda f: (f.first or 0, f.claim.id))
        for i, later in enumerate(days):
            for earlier in days[max(0, i - NEAREST) : i]:
                unplaced = not earlier.places or not later.places
                if unplaced and not earlier.gap(later) and not conflict(earlier, later, places):
                    why = "The same author and kind of act on the same day; one account names no place."
                    yield _link(Strength.AUTHOR_AND_TIME, earlier, later, why)


def _by_parties(facts: Sequence[Facts], places: Places, dated: Mapping[str, tuple[int, int]]) -> Iterator[Link]:
    """A claim that states no place meets claims on the same author and thing hit, in texts of the same week."""

    def keys(f: Facts) -> list[tuple[str, ...]]:
        if f.family in BY_TARGET or (f.first is None and f.claim.item not in dated):
            return []
        return [(a, f.family, v) for a in f.authors for v in f.hit]

    for _, block in _blocks(facts, keys):
        for a, b in _windows(block, dated):
            unplaced = not a.places or not b.places
            if unplaced and _texts_near(a, b, dated, WEEK) and not conflict(a, b, places):
                why = "The same author, kind of act and thing hit, in texts of one week; one account names no place."
                yield _link(Strength.TEXTS_OF_ONE_TIME, a, b, why)
