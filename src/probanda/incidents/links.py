"""Where claims of different texts meet, and what may tie two that meet, each with its reason in words.

Start with `seats`: the blocks in which a claim takes a place, such as the killings at Dorn, in order of day. In a block
each claim meets its nearest few (`REACH`), never all; `judge` says whether two that meet are linked. What keeps claims
apart is `ties.conflict`; links within one text are made in `told`; `web` keeps the blocks and the links.

Looks down to: incidents.ties, told, facts, families, places, words. Used by: web, origins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from probanda.claims.model import Claim
from probanda.incidents.facts import WIDE_DAYS, Facts
from probanda.incidents.families import BY_TARGET, ActFamily
from probanda.incidents.places import Places, Where
from probanda.incidents.ties import NEAREST, Link, Strength, conflict, tie
from probanda.incidents.told import paragraphs_apart
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import ActType, Polarity

WEEK = 7
"""Days between the dates of two texts in which the same author is not often said to have hit the same thing twice."""
MONTH = 31
"""Days between the dates of two texts that may speak of the same undated event."""


RECORDINGS = frozenset({"video", "image", "letter", "post", "broadcast"})
"""Originals that show or give one thing; a report or a statement may speak of many events."""


Key = tuple[str, ...]
"""A block: the kind of meeting, then what its claims share."""
Order = tuple[int, int, str]
"""Where a claim sits in a block: by days, then by id."""
Dated = Mapping[str, tuple[int, int]]
"""Item -> first and last day of the text's own date."""


def seats(f: Facts, places: Places, dated: Dated) -> Iterator[tuple[Key, Order]]:
    """The blocks in which this claim meets others, each once."""
    by_id = (0, 0, f.claim.id)
    yield ("copy", *same_in_copies(f)), by_id
    if f.family in BY_TARGET:
        for target in f.targets:
            yield ("target", f.family, target, f.claim.act_detail or "", proceeding(f.claim)), by_id
        return
    if f.cited and f.cited.partition(":")[0] in RECORDINGS:
        yield ("cited", f.cited, f.family), by_id
    told = dated.get(f.claim.item)
    when = (f.first if f.first is not None else told[0] if told else 0, 0, f.claim.id)
    by_day = (f.first or 0, f.last or 0, f.claim.id)
    around = {q for p in f.places for q in (p, *places.around(p))} | {f"name:{places.stem(p)}" for p in f.places}
    for place in around:
        if f.dated:
            yield ("day", place, f.family), by_day
        for kind, shared in _shared(f):
            yield (kind, place, f.family, shared), when
        yield ("text", place, f.family), when
    if f.dated and _span(f) <= 1:
        for sound in {s for p in f.places if (s := places.sound(p))}:
            yield ("sound and day", sound, f.family, str(f.first)), by_id
    for author in f.authors:
        if f.dated and _span(f) <= 2:
            yield ("author and day", author, f.family), (f.first or 0, 0, f.claim.id)
        if f.first is not None or told:
            for hit in f.hit:
                yield ("author and hit", author, f.family, hit), when


def _shared(f: Facts) -> Iterator[tuple[str, str]]:
    """What may tie claims of one place whose days are not both stated: author, what was hit, number."""
    for author in f.authors:
        yield "place and author", author
    for hit in f.hit:
        yield "place and hit", hit
    q = f.claim.quantity
    if q is not None and (q.value or 0) > 9:
        yield "place and number", f"{q.value}"


def judge(key: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    """The link between two claims that meet in this block, `a` sitting before `b`; None where nothing ties them."""
    return _JUDGES[key[0]](key, a, b, places, dated)


def _copies(_: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    if a.claim.item == b.claim.item:
        return None
    return tie(Strength.COPY, a, b, "The same words in a copy of the same text.")


def same_in_copies(f: Facts) -> tuple[str, ...]:
    """The key under which one claim meets itself in copies of its text."""
    claim = f.claim
    return f.text, folded(claim.quote), folded(claim.act), claim.act_type, claim.polarity, folded(claim.innermost.words)


def _target(_: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    if conflict(a, b, places) or not _one_step(a, b, places):
        return None
    return tie(Strength.CITED, a, b, "The same kind of step, concerning the same person or body.")


def _cited(key: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    return tie(Strength.CITED, a, b, f"Both rest on the same {key[1].partition(':')[0]}.")


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


def _by_day(_: Key, earlier: Facts, later: Facts, places: Places, dated: Dated) -> Link | None:
    """Claims of one place and kind of act whose days meet."""
    if earlier.gap(later) or conflict(earlier, later, places):
        return None
    if places.compare(earlier.places, later.places) is Where.SAME:
        why = "The same kind of act at the same place, at times that meet."
        return tie(Strength.PLACE_AND_TIME, earlier, later, why)
    if min(_span(earlier), _span(later)) <= 2 and _stands(earlier, later, places):
        why = "The same kind of act at times that meet; one place lies in the other, or both name a wide place."
        return tie(Strength.WIDE_PLACE_AND_TIME, earlier, later, why)
    return None


def _by_sound(_: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    """Claims of one day and kind of act at a place that one text writes in Latin letters and the other in Arabic."""
    if not any(places.sound_alike(p, q) for p in a.places for q in b.places) or conflict(a, b, places):
        return None
    why = "The same kind of act on the same day, at places whose names are written in other letters and sound alike."
    return tie(Strength.WIDE_PLACE_AND_TIME, a, b, why)


def _stands(a: Facts, b: Facts, places: Places) -> bool:
    """Where it is open whether one place holds the other, only the same author or the same people hit tie the two."""
    known = places.compare(a.places, b.places) is not Where.PERHAPS
    return known or bool(a.authors & b.authors or a.hit & b.hit)


_SHARED = {
    "place and author": "the same author",
    "place and hit": "the same people or thing hit",
    "place and number": "the same number",
}


def _by_place(key: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    if conflict(a, b, places):
        return None
    where, gap = places.compare(a.places, b.places), a.gap(b)
    both = bool(a.hit & b.hit) and (gap is not None or len(a.hit & b.hit) > 1 or bool(a.authors & b.authors))
    if where is not Where.SAME and not both:
        return None
    return tie(Strength.PLACE_AND_PARTIES, a, b, f"The same kind of act and place, and {_SHARED[key[0]]}.")


def _by_text(_: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    """Undated accounts of one narrow place: denials answer them; texts of one time may speak of one event."""
    if conflict(a, b, places) or places.compare(a.places, b.places) is not Where.SAME:
        return None
    if (a.claim.polarity is Polarity.NEGATIVE) != (b.claim.polarity is Polarity.NEGATIVE):
        why = "One denies the same kind of act at the same place that the other alleges."
        return tie(Strength.DENIAL, a, b, why)
    if a.gap(b) is None and _texts_near(a, b, dated):
        why = "The same kind of act at the same place, in texts of the same weeks; no date speaks against it."
        return tie(Strength.TEXTS_OF_ONE_TIME, a, b, why)
    return None


def _texts_near(a: Facts, b: Facts, dated: Mapping[str, tuple[int, int]], most: int = MONTH) -> bool:
    """True when the texts (or a claim's day and the other's text) are at most so many days apart."""
    left = (a.first, a.last) if a.first is not None else dated.get(a.claim.item)
    right = (b.first, b.last) if b.first is not None else dated.get(b.claim.item)
    if left is None or right is None or None in left or None in right:
        return False
    return max(0, (left[0] or 0) - (right[1] or 0), (right[0] or 0) - (left[1] or 0)) <= most


def _span(f: Facts) -> int:
    return (f.last or 0) - (f.first or 0) if f.first is not None else WIDE_DAYS


def _by_author(_: Key, earlier: Facts, later: Facts, places: Places, dated: Dated) -> Link | None:
    """A claim that states no place meets claims of the same author and kind of act on the same day, no others."""
    unplaced = not earlier.places or not later.places
    if not unplaced or earlier.gap(later) or conflict(earlier, later, places):
        return None
    why = "The same author and kind of act on the same day; one account names no place."
    return tie(Strength.AUTHOR_AND_TIME, earlier, later, why)


def _by_parties(_: Key, a: Facts, b: Facts, places: Places, dated: Dated) -> Link | None:
    """A claim that states no place meets claims on the same author and thing hit, in texts of the same week."""
    unplaced = not a.places or not b.places
    if not unplaced or not _texts_near(a, b, dated, WEEK) or conflict(a, b, places):
        return None
    why = "The same author, kind of act and thing hit, in texts of one week; one account names no place."
    return tie(Strength.TEXTS_OF_ONE_TIME, a, b, why)


_JUDGES: dict[str, Callable[[Key, Facts, Facts, Places, Dated], Link | None]] = {
    "copy": _copies,
    "target": _target,
    "cited": _cited,
    "day": _by_day,
    "sound and day": _by_sound,
    "place and author": _by_place,
    "place and hit": _by_place,
    "place and number": _by_place,
    "text": _by_text,
    "author and day": _by_author,
    "author and hit": _by_parties,
}
BEST = {
    "copy": Strength.COPY,
    "target": Strength.CITED,
    "cited": Strength.CITED,
    "day": Strength.PLACE_AND_TIME,
    "sound and day": Strength.WIDE_PLACE_AND_TIME,
    "place and author": Strength.PLACE_AND_PARTIES,
    "place and hit": Strength.PLACE_AND_PARTIES,
    "place and number": Strength.PLACE_AND_PARTIES,
    "text": Strength.DENIAL,
    "author and day": Strength.AUTHOR_AND_TIME,
    "author and hit": Strength.TEXTS_OF_ONE_TIME,
}
"""The strongest link that claims can have by meeting in a block of each kind."""
REACH = {kind: 1 if kind in ("copy", "target", "cited") else NEAREST for kind in _JUDGES}
"""How many claims before and after its own seat a claim meets in a block of each kind."""
