"""The case matrix: hypotheses, one as a matrix, a cell, and every deed of a cell.

A cell comes with `seen`, the decisions that stand in it; a deed names them, and is refused with 409 where others stand.

Looks down to: web.pages (hypotheses, matrix, cell), casework. Used by: web.api.app.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.casework import hypothesizing, matrix_moves, tasking
from probanda.kernel.errors import NotFound
from probanda.matrix.chart import Chart, Row
from probanda.store.errors import DecidedMeanwhile
from probanda.store.store import Store
from probanda.web.api.asking import Cursor, Id, Named, Offset, Paged, Reason, Sent, Value, after_of, deed, look, paged
from probanda.web.api.problems import Refused, Standing
from probanda.web.desk import AtDesk, Desk
from probanda.web.pages import cell, hypotheses
from probanda.web.pages import matrix as page

TAG = "matrix"
Ids = Annotated[list[Id], msgspec.Meta(max_length=1000)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Long = Annotated[str, msgspec.Meta(max_length=10_000)]


class Open(Sent, frozen=True):
    """A hypothesis: from a suggestion, or on a person, a crime and a mode."""

    reason: Reason
    suggestion: Id | None = None
    person: Id | None = None
    crime: Id | None = None
    mode: Id | None = None
    incidents: Ids = msgspec.field(default_factory=list)


class Close(Sent, frozen=True):
    """Why a hypothesis is closed, and on what that rests."""

    reason: Reason
    on: Ids = msgspec.field(default_factory=list)


class Reopen(Sent, frozen=True):
    """Taking the closing back that was seen: its decision."""

    seen: Ids
    reason: Reason = ""


class Marks(Sent, frozen=True):
    """The marks of which cell were seen; of all without one."""

    element: Id | None = None


class InCell(Sent, frozen=True):
    """What every deed in a cell says."""

    seen: Ids
    """The decisions that stood in the cell: `seen` of the cell, which parts them by spaces."""
    reason: Reason = ""


class Move(InCell, frozen=True):
    """Things put on a side of the cell, or taken out of it."""

    what: Ids = msgspec.field(default_factory=list)
    """Ids of claims or findings; of incidents with `incident`."""
    to: Literal["for", "against", "out"] = "for"
    incident: bool = False
    role: Id | None = None
    bearing: Id | None = None
    note: Long = ""


class Infer(InCell, frozen=True):
    """A conclusion, signed, on a basis: ids of claims or findings, `incident:ID` for an incident."""

    says: Long = ""
    basis: Ids = msgspec.field(default_factory=list)
    side: Literal["for", "against"] = "for"
    standard: Short | None = None


class Assess(InCell, frozen=True):
    """What somebody finds of an element against the standard of a stage."""

    says: Short = ""
    stage: Short = ""


class Searched(InCell, frozen=True):
    """Where somebody looked for a side, and what came of it; nothing is said by an empty `found`."""

    side: Literal["for", "against"] = "for"
    where: Short = ""
    when: Short = ""
    found: Long = ""
    who: Short | None = None


class Task(InCell, frozen=True):
    """What would fill a gap: added, given to somebody, logged, closed."""

    deed: Literal["add", "assign", "log", "close"] = "add"
    task: Short = ""
    """Id of the task, except to add one."""
    words: Long = ""
    """What is to be done; to whom it is given; what was done; what came of it."""
    needs: Short = ""
    assigned: Short = ""


class TakenBack(InCell, frozen=True):
    """Decisions of the cell that are taken back."""

    decisions: Ids = msgspec.field(default_factory=list)


@look("/hypotheses", tag=TAG, sync_to_thread=True)
def hypotheses_list(desk: AtDesk, who: Value = "", after: Cursor = "") -> Paged[hypotheses.Page]:
    """What persons opened, and what rules suggest; `who` narrows the suggestions by letters of a name."""
    told = after_of(after)
    if (told and not told.isascii()) or (told and not told.isdigit()) or len(told) > 15:
        raise Refused(422, "`after` is no cursor of this list.", "Send `next` of the page before, as it is.")
    found = hypotheses.list_of(desk, int(told) if told else -1, who.strip())
    return paged(found, "" if found.after is None else str(found.after))


@deed("/hypotheses", tag=TAG, status=201, sync_to_thread=True)
def hypothesis_open(desk: AtDesk, data: JSONBody[Open]) -> page.Page:
    """Open a hypothesis."""
    with desk.deed() as store:
        made = hypothesizing.open_(
            store, desk.eyes, data.reason, suggestion=data.suggestion, person=data.person, crime=data.crime,
            mode=data.mode, incidents=data.incidents,
        )  # fmt: skip
    return page.page_of(desk, made)


@look("/matrix/{hypothesis:str}", tag=TAG, sync_to_thread=True)
def matrix(desk: AtDesk, hypothesis: Named) -> page.Page:
    """One hypothesis or suggestion as a matrix: elements, both columns, status in words, gaps."""
    return page.page_of(desk, hypothesis)


@deed("/hypotheses/{hypothesis:str}/close", tag=TAG, sync_to_thread=True)
def hypothesis_close(desk: AtDesk, hypothesis: Named, data: JSONBody[Close]) -> page.Page:
    """Close it."""
    with desk.deed() as store:
        hypothesizing.close(store, desk.eyes, hypothesis, data.reason, data.on)
    return page.page_of(desk, hypothesis)


@deed("/hypotheses/{hypothesis:str}/reopen", tag=TAG, sync_to_thread=True)
def hypothesis_reopen(desk: AtDesk, hypothesis: Named, data: JSONBody[Reopen]) -> page.Page:
    """Take the closing back that was seen."""
    page.opened_again(desk, hypothesis, " ".join(data.seen), data.reason)
    return page.page_of(desk, hypothesis)


@deed("/hypotheses/{hypothesis:str}/seen", tag=TAG, sync_to_thread=True)
def hypothesis_seen(desk: AtDesk, hypothesis: Named, data: JSONBody[Marks]) -> page.Page:
    """Say that the marks of one cell, or of all, were seen."""
    with desk.deed() as store:
        hypothesizing.seen(store, desk.eyes, hypothesis, data.element)
    return page.page_of(desk, hypothesis)


@look("/matrix/{hypothesis:str}/{element:str}", tag=TAG, sync_to_thread=True)
def matrix_cell(desk: AtDesk, hypothesis: Named, element: Named, near: Offset = 0) -> cell.Page:
    """One cell (`1`, `2` of the crime; `m1`, `m2` of the mode), with all that was decided in it."""
    return cell.page_of(desk, hypothesis, element, near)


@deed("/matrix/{hypothesis:str}/{element:str}/move", tag=TAG, sync_to_thread=True)
def cell_move(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[Move]) -> cell.Page:
    """Put things for or against, or take them out."""
    return _done(
        desk, hypothesis, element, data,
        lambda store, chart, row: matrix_moves.move(
            store, desk.eyes, hypothesis, element, data.what, data.to, data.reason, incident=data.incident,
            role=data.role, bearing=data.bearing, note=data.note,
        ),
    )  # fmt: skip


@deed("/matrix/{hypothesis:str}/{element:str}/infer", tag=TAG, sync_to_thread=True)
def cell_infer(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[Infer]) -> cell.Page:
    """Draw a conclusion: a signed finding of the token's user, which falls with its basis."""
    return _done(
        desk, hypothesis, element, data,
        lambda store, chart, row: hypothesizing.infer(
            store, desk.eyes, hypothesis, element, data.says, data.basis, data.reason, side=data.side,
            standard=data.standard,
        ),
    )  # fmt: skip


@deed("/matrix/{hypothesis:str}/{element:str}/assess", tag=TAG, sync_to_thread=True)
def cell_assess(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[Assess]) -> cell.Page:
    """Assess it against the standard of a stage, in the name of the token's user."""
    return _done(
        desk, hypothesis, element, data,
        lambda store, chart, row: hypothesizing.assess(
            store, desk.eyes, hypothesis, element, data.says, data.stage, data.reason
        ),
    )  # fmt: skip


@deed("/matrix/{hypothesis:str}/{element:str}/searched", tag=TAG, sync_to_thread=True)
def cell_searched(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[Searched]) -> cell.Page:
    """Record that somebody looked, also where nothing came of it."""
    return _done(
        desk, hypothesis, element, data,
        lambda store, chart, row: hypothesizing.searched(
            store, desk.eyes, hypothesis, element, data.side, data.where, data.when, found=data.found, who=data.who,
            reason=data.reason,
        ),
    )  # fmt: skip


@deed("/matrix/{hypothesis:str}/{element:str}/task", tag=TAG, sync_to_thread=True)
def cell_task(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[Task]) -> cell.Page:
    """Add a task to the gap; give one to somebody, log what was done, or close it with what came of it."""

    def do(store: Store, chart: Chart, row: Row) -> None:
        if data.deed != "add" and data.task not in {one.id for one in row.tasks}:
            raise NotFound("task", data.task, "probanda matrix task list")
        if data.deed == "add":
            tasking.add(store, desk.eyes, hypothesis, element, data.needs, data.words, assigned=data.assigned)
        elif data.deed == "assign":
            tasking.assign(store, desk.eyes, data.task, data.words)
        elif data.deed == "log":
            tasking.log(store, desk.eyes, data.task, data.words)
        else:
            tasking.close(store, desk.eyes, data.task, data.words)

    return _done(desk, hypothesis, element, data, do)


@deed("/matrix/{hypothesis:str}/{element:str}/undo", tag=TAG, sync_to_thread=True)
def cell_undo(desk: AtDesk, hypothesis: Named, element: Named, data: JSONBody[TakenBack]) -> cell.Page:
    """Take back what was decided here."""
    return _done(
        desk, hypothesis, element, data,
        lambda store, chart, row: matrix_moves.take_back(
            store, desk.eyes, chart, row.slot, data.decisions, data.reason
        ),
    )  # fmt: skip


def _done(
    desk: Desk, hypothesis: str, element: str, told: InCell, do: Callable[[Store, Chart, Row], object]
) -> cell.Page:
    """Do a deed in a cell that stands as it was seen, and give the cell. Raises Refused 409 with what stands now."""
    try:
        with desk.deed() as store:
            chart, row = hypothesizing.row_of(store, desk.eyes, hypothesis, element)
            matrix_moves.as_seen(store, desk.eyes, chart, row.slot, told.seen)
            do(store, chart, row)
    except DecidedMeanwhile as refusal:
        now = desk.store.named_decisions(desk.eyes, refusal.standing)
        standing = tuple(Standing(d.id, d.kind, desk.names.get(d.by, ""), d.at, d.reason) for d in now)
        raise Refused(
            409, refusal.problem, "See what stands in the cell now, and do it again if you still want to.",
            standing=standing,
        ) from refusal  # fmt: skip
    return cell.page_of(desk, hypothesis, element)


API: tuple[HTTPRouteHandler, ...] = (
    hypotheses_list, hypothesis_open, matrix, hypothesis_close, hypothesis_reopen, hypothesis_seen, matrix_cell,
    cell_move, cell_infer, cell_assess, cell_searched, cell_task, cell_undo,
)  # fmt: skip
