"""The page of one item: the original beside its text, how it came, its custody, and what was made from it.

Start with `page_of`. Proofs and the verification sheet have pages of their own (`proofs`, `sheet`): the first reads the
whole item and the whole log, the second is printed.

Looks down to: store, casework, web.desk, web.pages (items, originals). Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from probanda.casework import custody, observing, pairing, properties, recordings
from probanda.casework.custody import AcquisitionFacts, CustodyLine
from probanda.casework.pairing import Compared, View
from probanda.casework.properties import Derivative, Property
from probanda.casework.view import is_restricted
from probanda.reading.messages import OBSERVED
from probanda.store import views, window
from probanda.store.model import ItemRow
from probanda.web.desk import AtDesk, Desk
from probanda.web.pages.items import Line, line_of
from probanda.web.pages.originals import Original, is_veiled, original_of

HELD = 200
"""Members that the page names; the list of items has them all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two pictures to compare."""

    number: str
    name: str
    taken: str
    """When it was taken, as stated: a day or time of ISO 8601."""
    fact: str
    """The name under which that is stated: `datetime` of a note, `taken` or `made` of the file."""
    note: str
    """Registration number of the note that states it; empty for the file itself."""
    drawn: bool
    """False where it has more pixels than are drawn."""
    veiled: bool
    here: bool
    """True for the item whose page this is."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pictures of one place; what differs between them is for a person to see."""

    before: Side
    after: Side
    share: int
    """How much of the smaller lies within the other, in percent."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item."""

    row: ItemRow
    line: Line
    restricted: bool
    original: Original
    acquisitions: tuple[AcquisitionFacts, ...]
    claims: int
    """Of acts, as the reader counts them."""
    custody: tuple[tuple[CustodyLine, str], ...]
    """Each line with the name of who recorded it."""
    decided: tuple[tuple[str, str, str, str], ...]
    """What else was decided of it: (at, by, kind, reason)."""
    parents: tuple[ItemRow, ...]
    frames: tuple[tuple[ItemRow, str], ...]
    """Key frames that a program took of it, each with its time in the video."""
    framed: bool
    """True for a key frame of its parent."""
    members: tuple[ItemRow, ...]
    more_members: int
    timed: bool | None
    """True for sound and video, False for pictures, None for what is neither."""
    observed: bool
    """True for an observation of its parent."""
    derivatives: tuple[Derivative, ...]
    """Texts that were read out of it."""
    compared: tuple[Comparison, ...]
    """It and pictures of the same place from other times, in order of time."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is known of how well it is preserved, and what is missing; computed for this page."""

    row: ItemRow
    restricted: bool
    properties: tuple[Property, ...]


def page_of(desk: Desk, name: str, page: int = 1) -> Item:
    """One item, with this page of its original. Raises NotFound."""
    store, eyes = desk.store, desk.eyes
    row = store.item(eyes, name)
    held = store.ask(eyes, views.taken_out_of, row.digest)
    parents = store.items(eyes, row.parents) if row.parents else []
    members = store.items(eyes, held[:HELD])
    frames = _frames(desk, [row, *parents, *members])
    decisions = store.history(eyes, row.digest)
    chain = custody.chain_of(row.digest, decisions, desk.names)
    return Item(
        row=row,
        line=line_of(row),
        restricted=is_restricted(row),
        original=original_of(desk, row, page),
        acquisitions=tuple(custody.acquisitions(store, eyes, row.digest)),
        claims=store.ask(eyes, window.counts, row.digest)[0],
        custody=tuple((line, desk.names.get(line.recorded_by, "")) for line in chain),
        decided=tuple(
            (d.at, desk.names.get(d.by, ""), d.kind, d.reason)
            for d in decisions
            if d.kind not in ("register", custody.CUSTODY)
        ),
        parents=tuple(parents),
        timed=observing.has_time(row),
        observed=row.read_as == OBSERVED,
        frames=tuple((one, frames[one.digest].time.removesuffix(".000")) for one in members if one.digest in frames),
        framed=row.digest in frames,
        members=tuple(one for one in members if one.digest not in frames),
        more_members=max(0, len(held) - HELD),
        derivatives=tuple(properties.texts_of(store, eyes, row.digest)),
        compared=tuple(_comparison(one, row.digest) for one in pairing.pairs_of(store, eyes, row)),
    )


def _frames(desk: Desk, rows: Sequence[ItemRow]) -> Mapping[str, recordings.KeyFrame]:
    """The key frames among these items; one may have been taken out of further videos."""
    known = {one.digest for one in rows}
    further = sorted({parent for one in rows for parent in one.parents} - known)
    return recordings.frames([*rows, *(desk.store.items(desk.eyes, further) if further else ())])


def _comparison(one: Compared, here: str) -> Comparison:
    return Comparison(_side(one.before, here), _side(one.after, here), round(100 * one.share))


def _side(view: View, here: str) -> Side:
    row = view.row
    return Side(
        row.number, row.doc, view.taken, view.fact, view.note, pairing.can_be_drawn(dict(row.facts)), is_veiled(row),
        row.digest == here,
    )  # fmt: skip


def proofs_of(desk: Desk, name: str) -> Proofs:
    """The six properties of a preserved item. Raises NotFound."""
    row = desk.store.item(desk.eyes, name)
    return Proofs(row, is_restricted(row), tuple(properties.report(desk.store, desk.eyes, row.digest)))


@get("/items/{number:str}", sync_to_thread=True)
def item(desk: AtDesk, number: FromPath[str], page: FromQuery[int] = 1) -> Response[str]:
    """One item."""
    return desk.answer("item.html", page_of(desk, number, page), "items")


@get("/items/{number:str}/proofs", sync_to_thread=True)
def proofs(desk: AtDesk, number: FromPath[str]) -> Response[str]:
    """Its proofs, checked now."""
    return desk.answer("proofs.html", proofs_of(desk, number), "items")


PAGES: tuple[HTTPRouteHandler, ...] = (item, proofs)
