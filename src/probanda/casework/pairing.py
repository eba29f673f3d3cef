"""Pictures of one place from different times, as pairs to compare; whether anything changed is for a person to see.

Where a picture lies and when it was taken is what its file states (`footprint`, `taken`, `made`) or a STAC item beside
it (`footprint`, `datetime`); the note is preferred, being written of that picture by whoever gave it out. Several
pictures of one STAC item (its bands, a preview) are one view: one of them stands for all.

Start with `all_pairs` and `pairs_of`. Looks down to: reading, incidents, store, beside. Used by: case, cli, web (item).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import beside
from probanda.incidents.before_after import Pair, Scene, pairs, with_one
from probanda.reading.beside import STAC
from probanda.reading.footprints import DATETIME, ENDS, FOOTPRINT, MADE, STARTS, TAKEN, Moment, corners_of, moment_of
from probanda.reading.formats.picture import MOST_PIXELS
from probanda.store import placed
from probanda.store.model import Decision, ItemRow
from probanda.store.store import Store

VISUAL = "visual"
"""Name of the asset that STAC's best practices give to the picture for the eye."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture with its time, as stated and by whom."""

    row: ItemRow
    taken: str
    fact: str
    """The name under which it is stated: `datetime` of a note, `taken` or `made` of the file."""
    note: str
    """Registration number of the note that states it; empty for the file itself."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two pictures to compare: the earlier one first."""

    before: View
    after: View
    share: float
    """Of the smaller footprint that lies within the other."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture whose place and time are stated."""

    scene: Scene
    fact: str
    note: str
    group: str
    """The note that it belongs to, else the picture itself."""
    rank: tuple[bool, bool, str]
    """The first of a group stands for it."""


def all_pairs(store: Store, eyes: Eyes) -> list[Compared]:
    """Every pair that these eyes see, in order of time."""
    known = _known(store, eyes)
    return _compared(store, eyes, known, pairs([known[digest].scene for digest in _one_of_each(known.values())]))


def pairs_of(store: Store, eyes: Eyes, row: ItemRow) -> list[Compared]:
    """The pairs of one picture, those next in time before and behind it; none where its place or time is not stated."""
    if not may_be_placed(store, eyes, row):
        return []
    known = _known(store, eyes)
    mine = known.get(row.digest)
    if mine is None:
        return []
    others = [d for d in _one_of_each(known.values()) if known[d].group != mine.group]
    return _compared(store, eyes, known, with_one(mine.scene, [known[digest].scene for digest in others]))


def may_be_placed(store: Store, eyes: Eyes, row: ItemRow) -> bool:
    """True where the file of an item, or a note beside it, states where it lies; asked of one item, it looks at no
    other."""
    if row.destroyed:
        return False
    return FOOTPRINT in dict(row.facts) or any(_is_note(d) for d in store.decisions(eyes, row.digest))


def can_be_drawn(facts: Mapping[str, str]) -> bool:
    """False for a picture of more pixels than are unpacked, as whole scenes of satellites have."""
    width, _, height = facts.get("pixels", "").partition(" x ")
    return width.isdecimal() and height.isdecimal() and int(width) * int(height) <= MOST_PIXELS


def _is_note(one: Decision) -> bool:
    told = one.payload.get(beside.KEY) if one.kind == beside.STATED and one.stands else None
    return isinstance(told, dict) and told["kind"] == STAC


def _known(store: Store, eyes: Eyes) -> dict[str, _Placed]:
    """Every picture whose place and time are stated, by digest."""
    notes = {one.subject: one.payload[beside.KEY] for one in store.ask(eyes, placed.noted, STAC) if _is_note(one)}
    facts = store.ask(eyes, placed.stating, FOOTPRINT)
    facts |= store.ask(eyes, placed.stated, notes.keys() - facts.keys())
    found = ((digest, _placed(digest, told, notes.get(digest))) for digest, told in facts.items())
    return {digest: one for digest, one in found if one is not None}


def _placed(digest: str, facts: Mapping[str, str], note: Any) -> _Placed | None:
    told = {str(name): str(value) for name, value in note["facts"]} if note is not None else {}
    corners = corners_of(told.get(FOOTPRINT, "")) or corners_of(facts.get(FOOTPRINT, ""))
    moment, fact = _time(facts, told)
    if not corners or moment is None:
        return None
    return _Placed(
        scene=Scene(digest, corners, moment),
        fact=fact,
        note=str(note["number"]) if fact == DATETIME else "",
        group=digest if note is None else str(note["item"]),
        rank=(not can_be_drawn(facts), told.get("asset") != VISUAL, digest),  # one that was made for the eye, if any
    )


def _time(facts: Mapping[str, str], told: Mapping[str, str]) -> tuple[Moment | None, str]:
    """When it was taken, and under which name that is stated.

    The time at which a file was made comes last, since it may be that of processing.
    """
    stated = moment_of(told.get(DATETIME, "")) or moment_of(told.get(STARTS, ""), told.get(ENDS, ""))
    if stated is not None:
        return stated, DATETIME
    for name in (TAKEN, MADE):
        moment = moment_of(facts.get(name, ""))
        if moment is not None:
            return moment, name
    return None, ""


def _one_of_each(known: Iterable[_Placed]) -> list[str]:
    """Of each group the picture that stands for it."""
    first: dict[str, _Placed] = {}
    for one in known:
        held = first.setdefault(one.group, one)
        if one.rank < held.rank:
            first[one.group] = one
    return [one.scene.item for one in first.values()]


def _compared(store: Store, eyes: Eyes, known: Mapping[str, _Placed], found: Sequence[Pair]) -> list[Compared]:
    """The pairs with what a person is shown of them."""
    wanted = {digest for one in found for digest in (one.before, one.after)}
    rows = {row.digest: row for row in store.items(eyes, sorted(wanted)) if not row.destroyed} if wanted else {}
    views = {
        digest: View(row, known[digest].scene.taken.words, known[digest].fact, known[digest].note)
        for digest, row in rows.items()
    }
    return [
        Compared(views[one.before], views[one.after], one.share)
        for one in found
        if one.before in views and one.after in views
    ]
