"""One cell of a matrix: what stands for and against, who looked, gaps, tasks, assessments; and every deed in it.

Start with `page_of`. Each form names the decisions of the cell that stood when the page was made; a deed is refused
where others stand by then, and the page comes back with what was typed.

Looks down to: casework, matrix, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import hypothesizing, inquiring, matrix_charts, matrix_moves, tasking
from probanda.claims.model import Claim
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.kernel.vocabulary import Side, Status
from probanda.law.model import Stage
from probanda.matrix.chart import Chart, Row
from probanda.matrix.gaps import gaps
from probanda.matrix.hypothesis import Needs, Says
from probanda.matrix.model import Bearing, Role
from probanda.store import listed
from probanda.store.errors import DecidedMeanwhile
from probanda.store.store import Store
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.pages.matrix import Cell, cell_of, chart_of, slot_named

NEAR = 30
"""Claims of the same incidents that are offered at a time."""
INCIDENTS = 12
"""Incidents of a hypothesis of which claims are offered."""


@dataclass(frozen=True, slots=True)
class Near:
    """A claim of the hypothesis's incidents that stands nowhere in this cell."""

    claim: Claim
    number: str


@dataclass(frozen=True, slots=True)
class Past:
    """One decision in this cell."""

    kind: str
    verdict: str
    by: str
    at: str
    reason: str
    stands: bool
    undoes: str
    """Ids of what is taken back with it; empty where it no longer stands."""


@dataclass(frozen=True, slots=True)
class Page:
    """The cell."""

    chart: Chart
    cell: Cell
    names: dict[str, str]
    before: str
    """The element before this one; empty for the first."""
    after: str
    seen: str
    """Ids of the decisions that stand in the cell."""
    near: tuple[Near, ...]
    near_from: int
    near_after: int | None
    stages: tuple[Stage, ...]
    past: tuple[Past, ...]
    answers: tuple[str, ...]
    needs: tuple[str, ...]
    roles: tuple[str, ...]
    bearings: tuple[str, ...]
    told: tuple[str, str] = ("", "")
    """What refused a deed, and the next step."""
    typed: tuple[tuple[str, str], ...] = ()
    """What was typed into the form that was refused."""

    def was(self, field: str) -> str:
        """What was typed into a field before the deed was refused."""
        return dict(self.typed).get(field, "")


def page_of(desk: Desk, name: str, element: str, near: int = 0) -> Page:
    """One cell of a hypothesis that a person opened. Raises NotFound; WrongUsage."""
    store, eyes = desk.store, desk.eyes
    chart, opened = chart_of(desk, name)
    if not opened:
        raise NotFound("hypothesis", name, "probanda matrix")
    row = slot_named(chart, element)
    order = [r.slot.called for r in chart.rows]
    at = order.index(row.slot.called)
    offered = _near(desk, chart, row)
    here = offered[near : near + NEAR]
    claims = {c.id: c for c in store.claims(eyes, ids=here)}
    numbers = store.ask(eyes, listed.numbers, {c.item for c in claims.values()})
    pack = matrix_charts.law_of(matrix_charts.laws(store, eyes), chart.decided.hypothesis.pack)
    return Page(
        chart=chart,
        cell=cell_of(row, [g for g in gaps([chart]) if g.slot == row.slot]),
        names=desk.names,
        before=order[at - 1] if at else "",
        after=order[at + 1] if at + 1 < len(order) else "",
        seen=" ".join(matrix_moves.stands(chart.decided, row.slot)),
        near=tuple(
            Near(claims[i], numbers.get(claims[i].item, ""))
            for i in here
            if i in claims and claims[i].status is not Status.REJECTED
        ),
        near_from=near,
        near_after=near + NEAR if near + NEAR < len(offered) else None,
        stages=tuple(pack.stages),
        past=tuple(
            Past(d.decision.kind, str(d.decision.payload.get("verdict", "")), desk.names.get(d.decision.by, ""),
                 d.decision.at, d.decision.reason, d.decision.stands, " ".join(d.together) if d.decision.stands else "")
            for d in matrix_moves.history(store, eyes, chart, row.slot)
        ),
        answers=tuple(Says), needs=tuple(Needs), roles=tuple(Role), bearings=tuple(Bearing),
    )  # fmt: skip


def _near(desk: Desk, chart: Chart, row: Row) -> list[str]:
    """Claims of the hypothesis's incidents that stand nowhere in this cell, by incident."""
    stood = {e.ref.id for side in Side for e in row.column(side)}
    ids = chart.decided.hypothesis.incidents[:INCIDENTS]
    found = [desk.store.ask(desk.eyes, listed.incident, i, whole=False) for i in ids]
    return [c for one in found if one is not None for c in one.claims if c not in stood]


@get("/matrix/{hypothesis:str}/{element:str}", sync_to_thread=True)
def cell(desk: AtDesk, hypothesis: FromPath[str], element: FromPath[str], near: FromQuery[int] = 0) -> Response[str]:
    """The cell."""
    return desk.answer("cell.html", page_of(desk, hypothesis, element, max(0, near)), "matrix")


# --- deeds ----------------------------------------------------------------------------------------


def done(
    desk: Desk, form: dict[str, str], hypothesis: str, element: str, deed: Callable[[Store, Chart, Row], object]
) -> Redirect | Response[str]:
    """Do a deed in a cell that stands as it was seen; else the page again, with what others did."""
    try:
        with desk.deed() as store:
            chart, row = hypothesizing.row_of(store, desk.eyes, hypothesis, element)
            matrix_moves.as_seen(store, desk.eyes, chart, row.slot, form.get("seen", "").split())
            deed(store, chart, row)
    except DecidedMeanwhile as refusal:
        page = replace(
            page_of(desk, hypothesis, element), typed=tuple(sorted(form.items())),
            told=(refusal.problem, "See what stands in the cell now, and do it again if you still want to."),
        )  # fmt: skip
        return desk.answer("cell.html", page, "matrix", status=409)
    return Redirect(f"/matrix/{hypothesis}/{element}", status_code=303)


@post("/matrix/{hypothesis:str}/{element:str}/move", status_code=303, sync_to_thread=True)
def move(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Put what is ticked or named for or against, or take it out."""
    other = form.get("other", "").strip()
    to, reason = form.get("to", ""), form.get("reason", "")
    role, bearing, note = form.get("role") or None, form.get("bearing") or None, form.get("note", "")

    def deed(store: Store, chart: Chart, row: Row) -> None:
        ticked = form.get("what", "").split()
        eyes, incident = desk.eyes, form.get("kind") == "incident"
        for named, is_incident in (([other] if other else [], incident), (ticked, False)):
            if named or not (other or ticked):
                matrix_moves.move(
                    store, eyes, hypothesis, element, named, to, reason,
                    incident=is_incident, role=role, bearing=bearing, note=note,
                )  # fmt: skip

    return done(desk, form, hypothesis, element, deed)


@post("/matrix/{hypothesis:str}/{element:str}/infer", status_code=303, sync_to_thread=True)
def infer(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Draw a conclusion from what is ticked: a signed finding of its own."""
    basis = [*form.get("what", "").split(), *form.get("other", "").split()]
    return done(
        desk, form, hypothesis, element,
        lambda store, chart, row: hypothesizing.infer(
            store, desk.eyes, hypothesis, element, form.get("says", ""), _based(row, basis), form.get("reason", ""),
            side=form.get("side", "for"), standard=form.get("standard", "").strip() or None,
        ),
    )  # fmt: skip


def _based(row: Row, basis: list[str]) -> list[str]:
    """Ids as `infer` takes them: incidents say that they are."""
    kinds = {e.ref.id: str(e.ref.kind) for side in Side for e in row.column(side)}
    return [f"incident:{one}" if kinds.get(one) == "incident" else one for one in basis]


@post("/matrix/{hypothesis:str}/{element:str}/assess", status_code=303, sync_to_thread=True)
def assess(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Assess it against the standard of a stage, in one's own name."""
    says, stage, reason = form.get("says", ""), form.get("stage", ""), form.get("reason", "")
    return done(
        desk, form, hypothesis, element,
        lambda store, chart, row: hypothesizing.assess(store, desk.eyes, hypothesis, element, says, stage, reason),
    )  # fmt: skip


@post("/matrix/{hypothesis:str}/{element:str}/searched", status_code=303, sync_to_thread=True)
def searched(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Record that somebody looked, also where nothing came of it."""
    told = {key: form.get(key, "").strip() for key in ("where", "when", "found", "who", "inquiry", "reason")}

    def deed(store: Store, chart: Chart, row: Row) -> None:
        named = inquiring.one(store, desk.eyes, told["inquiry"]).id if told["inquiry"] else None
        hypothesizing.searched(
            store, desk.eyes, hypothesis, element, form.get("side", ""), told["where"], told["when"],
            found=told["found"], who=told["who"] or None, inquiry=named, reason=told["reason"],
        )  # fmt: skip

    return done(desk, form, hypothesis, element, deed)


@post("/matrix/{hypothesis:str}/{element:str}/task", status_code=303, sync_to_thread=True)
def task(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Add a task to the gap; assign one, add a line to it, or close it with what came of it."""
    which, words, what = form.get("task", ""), form.get("words", ""), form.get("deed", "add")

    def deed(store: Store, chart: Chart, row: Row) -> None:
        eyes = desk.eyes
        if what != "add" and which not in {t.id for t in row.tasks}:
            raise NotFound("task", which, "probanda matrix task list")
        if what == "add":
            needs, to = form.get("needs", ""), form.get("assigned", "").strip()
            tasking.add(store, eyes, hypothesis, element, needs, words, assigned=to)
        elif what == "assign":
            tasking.assign(store, eyes, which, words)
        elif what == "log":
            tasking.log(store, eyes, which, words)
        elif what == "close":
            tasking.close(store, eyes, which, words)
        else:
            raise WrongUsage("That is nothing that is done to a task.", "Add it, give it to somebody, log, or close.")

    return done(desk, form, hypothesis, element, deed)


@post("/matrix/{hypothesis:str}/{element:str}/undo", status_code=303, sync_to_thread=True)
def take_back(
    desk: AtDesk, form: AtForm, hypothesis: FromPath[str], element: FromPath[str]
) -> Redirect | Response[str]:  # fmt: skip
    """Take back what was decided here."""
    ids = form.get("decisions", "").split()
    return done(
        desk, form, hypothesis, element,
        lambda store, chart, row: matrix_moves.take_back(
            store, desk.eyes, chart, row.slot, ids, form.get("reason", "")
        ),
    )  # fmt: skip


PAGES: tuple[HTTPRouteHandler, ...] = (cell, move, infer, assess, searched, task, take_back)
