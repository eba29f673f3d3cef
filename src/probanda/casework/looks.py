"""Pictures and key frames that look alike: in pairs over the case, and behind the accounts of each incident.

Start with `pairs` (all pictures) and `behind` (one incident after another; `told` for a
view, `of_incident` for a page). What is compared are
the shapes that reading kept of each picture; key frames stand for the recording they were taken from. Frames of one
recording are never a pair.

Looks down to: recordings, view, incidents, reports.casefile, store. Used by: case, cli, draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probanda.access.eyes import Eyes
from probanda.actors.model import IdentityDecision
from probanda.casework import recordings
from probanda.casework.view import View
from probanda.incidents.alike import LooksAlike, Picture, proposed
from probanda.incidents.model import Incident
from probanda.incidents.shapes import alike
from probanda.reading.formats.picture_facts import SHAPE
from probanda.reports.casefile import LookAlike
from probanda.store import listed, views
from probanda.store.model import ItemRow
from probanda.store.store import Store

ON_PAGE = 100
"""Items of an incident, and key frames of a video, that its page looks at; `origins` and the dossier look at all."""


def pairs(rows: Sequence[ItemRow]) -> list[tuple[ItemRow, ItemRow, int]]:
    """Pictures that look alike, in the order of these rows, with the bits of 128 that differ. A proposal."""
    there = {row.digest: (n, row) for n, row in enumerate(rows) if not row.destroyed}
    frames = recordings.frames(rows)
    shapes = {digest: shape for digest, (_, row) in there.items() if (shape := _shape(row))}
    found = []
    for one in alike(shapes):
        mine, other = frames.get(one.a), frames.get(one.b)
        if mine is None or other is None or set(mine.of).isdisjoint(other.of):
            found.append((*sorted((there[one.a][0], there[one.b][0])), one.apart))
    by_place = dict(there.values())
    return [(by_place[a], by_place[b], apart) for a, b, apart in sorted(found)]


def behind(
    incidents: Iterable[Incident], rows: Sequence[ItemRow], decisions: Sequence[IdentityDecision]
) -> dict[str, tuple[LooksAlike, ...]]:
    """By incident, the pictures and recordings behind its accounts that look alike; none for most.

    `decisions`: those of kind origin. Only pictures of one incident are compared with one another.
    """
    rests_on = _rests_on(rows)
    pictures = _pictures(rows)
    rests_on = {item: medium for item, medium in rests_on.items() if medium in pictures}
    if not rests_on:
        return {}
    apart = [(d.left, d.right) for d in decisions if d.kind == "origin" and d.verdict == "not the same"]
    found = {i.id: proposed(i.accounts, rests_on, pictures, apart) for i in incidents}
    return {incident: ones for incident, ones in found.items() if ones}


def told(store: Store, seen: View) -> dict[str, tuple[LookAlike, ...]]:
    """The same with registration numbers, of a view that may be handed on."""
    found = behind(seen.result.incidents, seen.items, store.identity_decisions(seen.eyes, "origin"))
    return {i: tuple(sorted((_told(one, seen.numbers) for one in ones), key=_numbers)) for i, ones in found.items()}


def of_incident(store: Store, eyes: Eyes, incident: str, items: Iterable[str]) -> tuple[LookAlike, ...]:
    """Those of one incident among the items that its page cites: nothing else of the case is loaded.

    Transcripts that only their names tie to a recording are left out, since a name is found by going through all items.
    """
    rows = {row.digest: row for row in store.items(eyes, sorted(set(items))[:ON_PAGE])}
    for _ in range(2):  # an observation leads to a picture, and where that is a key frame, to its video
        missing = {parent for row in rows.values() for parent in row.parents} - rows.keys()
        rows |= {row.digest: row for row in store.items(eyes, sorted(missing))} if missing else {}
    for video in [row for row in rows.values() if recordings.is_video(row)]:
        taken = store.ask(eyes, views.taken_out_of, video.digest)[:ON_PAGE]
        rows |= {row.digest: row for row in store.items(eyes, taken)} if taken else {}
    if sum(_shape(row) is not None for row in rows.values()) < 2:
        return ()
    whole = store.ask(eyes, listed.incident, incident)
    if whole is None:
        return ()
    found = behind([whole], tuple(rows.values()), store.identity_decisions(eyes, "origin")).get(whole.id, ())
    numbers = {digest: row.number for digest, row in rows.items()}
    return tuple(sorted((_told(one, numbers) for one in found), key=_numbers))


def _told(one: LooksAlike, numbers: Mapping[str, str]) -> LookAlike:
    kin = one.kinship
    ends = ((numbers[kin.a], one.times[0], one.left[0]), (numbers[kin.b], one.times[1], one.right[0]))
    (a, a_at, left), (b, b_at, right) = sorted(ends)
    return LookAlike(_placed(a, a_at), _placed(b, b_at), kin.reason, left, right)


def _placed(number: str, at: str) -> str:
    return f"{number} at {at.removesuffix('.000')}" if at else number


def _numbers(two: LookAlike) -> tuple[str, str]:
    return two.a, two.b


def _shape(row: ItemRow) -> str | None:
    return dict(row.facts).get(SHAPE)


def _pictures(rows: Sequence[ItemRow]) -> Mapping[str, Sequence[Picture]]:
    """By picture or recording, what it is compared by."""
    frames = recordings.frames(rows)
    found: dict[str, list[Picture]] = {}
    for row in rows:
        shape = _shape(row)
        if shape is None or row.destroyed:
            continue
        frame = frames.get(row.digest)
        for medium in frame.of if frame is not None else (row.digest,):
            found.setdefault(medium, []).append(Picture(row.digest, shape, frame.time if frame is not None else ""))
    return found


def _rests_on(rows: Sequence[ItemRow]) -> dict[str, str]:
    """Item -> the picture or recording on which its words rest; a frame leads to its recording."""
    frames = recordings.frames(rows)
    found = recordings.held_by(rows) | {row.digest: row.digest for row in rows if _shape(row)}
    return {item: frames[medium].of[0] if medium in frames else medium for item, medium in found.items()}
