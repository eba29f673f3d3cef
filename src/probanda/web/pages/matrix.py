"""One hypothesis, or one suggestion, as a matrix: elements as rows, both columns, status in words, gaps; and its deeds.

Start with `page_of`. What is proposed was laid out before: a page loads what is cited here and thinks nothing anew.
A cell's own page is in `cell`, the list in `hypotheses`.

Looks down to: casework, matrix, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Response

from probanda.casework import hypothesizing, matrix_charts, matrix_laying, undo
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.kernel.vocabulary import Side
from probanda.matrix.chart import HEARSAY, INFERRED, NOTHING, Chart, Drawn, Entry, Row, TakenOut
from probanda.matrix.gaps import Gap, gaps
from probanda.matrix.hypothesis import Kind, Search, Weighed
from probanda.matrix.model import KeptOut, Suggestion
from probanda.store import laid
from probanda.web.desk import AtDesk, AtForm, Desk

SHOWN = 6
"""Things that one column of the matrix shows; the cell's own page shows all."""
BESIDE = 60
"""Claims shown that were kept out of every cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a column."""

    entry: Entry
    to: str
    """Where it is read; empty for a finding."""
    echo: bool
    """True where the one above it starts at the same place: the two are counted as one origin."""


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a cell. An empty one says why it is empty."""

    side: str
    lines: tuple[Line, ...]
    more: int
    """Things in it that are not shown here."""
    unlisted: int
    """Claims that a rule found beyond those listed."""
    findings: tuple[Drawn, ...]
    weight: Weighed
    searches: tuple[Search, ...]
    ruled: bool
    """A rule went through the claims for this side."""
    taken: tuple[TakenOut, ...]
    """What stood here and was taken out."""

    @property
    def empty(self) -> bool:
        """True where nothing stands in it."""
        return not self.lines and not self.findings


@dataclass(frozen=True, slots=True)
class Cell:
    """One row."""

    row: Row
    called: str
    columns: tuple[Column, Column]
    shape: str
    """How the status is drawn: none, one, opp, or empty; its words are with it."""
    evidence: str
    """`nothing`, `hearsay only`, `inferred`, or empty: then the columns' counts say it."""
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The matrix."""

    chart: Chart
    opened: bool
    """False for a suggestion: rules made it, and nobody opened it."""
    cells: tuple[Cell, ...]
    names: dict[str, str]
    suggestion: Suggestion | None
    kept_out: tuple[tuple[KeptOut, str], ...]
    """Each with where it stands."""
    more_kept_out: int
    undone_by: str
    """The decision that closed it, to be taken back; empty where it is open."""
    older: bool
    """What rules propose was laid out before the last decisions."""
    marks: int


def chart_of(desk: Desk, name: str) -> tuple[Chart, bool]:
    """The chart of a hypothesis, else of a suggestion; true for the first. Raises NotFound; WrongUsage."""
    return desk.shop.kept.get(("chart", desk.rests_on, name), lambda: _charted(desk, name))


def _charted(desk: Desk, name: str) -> tuple[Chart, bool]:
    try:
        return matrix_charts.one(desk.store, desk.eyes, name), True
    except NotFound:
        fits = desk.store.ask(desk.eyes, laid.begun_with, name)
        if len(fits) != 1:
            raise
        return matrix_charts.suggested(desk.store, desk.eyes, fits[0]), False


def page_of(desk: Desk, name: str) -> Page:
    """One hypothesis or suggestion by its id or first letters. Raises NotFound; WrongUsage."""
    chart, opened = chart_of(desk, name)
    lacking = gaps([chart])
    machine = chart.machine
    kept = machine.kept_out if machine else ()
    claims = desk.store.claims(desk.eyes, ids={k.claim for k in kept[:BESIDE]})
    numbers = {r.digest: r.number for r in desk.store.items(desk.eyes, {c.item for c in claims})}
    where = {c.id: f"{numbers[c.item]} {c.start}-{c.end}" for c in claims}
    closing = chart.decided.closing
    return Page(
        chart=chart,
        opened=opened,
        cells=tuple(cell_of(row, [g for g in lacking if g.slot == row.slot], SHOWN) for row in chart.rows),
        names=desk.names,
        suggestion=machine,
        kept_out=tuple((k, where[k.claim]) for k in kept[:BESIDE] if k.claim in where),
        more_kept_out=max(0, len(kept) - BESIDE),
        undone_by=closing.decision if closing else "",
        older=not matrix_laying.is_current(desk.store, desk.eyes),
        marks=sum(len(r.marks) for r in chart.rows) + len(chart.marks) if opened else 0,
    )


def cell_of(row: Row, lacking: Sequence[Gap], most: int | None = None) -> Cell:
    """One row, with at most so many things in a column."""
    plain = {NOTHING: "nothing", HEARSAY: "hearsay", INFERRED: "inferred"}.get(row.evidence, "")
    shape = {"nothing": "none", "hearsay": "one", "inferred": "one"}.get(plain, "")
    if row.standing(Side.FOR) and row.standing(Side.AGAINST):
        shape = "opp"
    elif not plain and row.for_weight.origins + row.for_weight.untraced == 1:
        shape = "one"
    columns = (_column(row, Side.FOR, most), _column(row, Side.AGAINST, most))
    return Cell(row, row.slot.called, columns, shape, plain, tuple(lacking))


def _column(row: Row, side: Side, most: int | None) -> Column:
    weight = row.for_weight if side is Side.FOR else row.against_weight
    entries = by_start(row.column(side), weight)
    shown = entries if most is None else entries[:most]
    return Column(
        side=str(side),
        lines=tuple(shown),
        more=len(entries) - len(shown),
        unlisted=row.unlisted if side is Side.FOR else 0,
        findings=tuple(d for d in row.drawn if d.finding.side is side),
        weight=weight,
        searches=tuple(s for s in row.searches if s.side is side),
        ruled=row.rule_for if side is Side.FOR else row.rule_against,
        taken=tuple(t for t in row.taken if t.act.side is side),
    )


def by_start(entries: Sequence[Entry], weight: Weighed) -> list[Line]:
    """What stands in a column, in its order; what starts where an earlier one starts stands below that one."""
    starts = dict(weight.starts)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        key = starts.get(entry.ref.id, f"alone {entry.ref.kind} {entry.ref.id}")
        groups.setdefault(key, []).append(entry)
    return [Line(entry, address(entry), n > 0) for group in groups.values() for n, entry in enumerate(group)]


def address(entry: Entry) -> str:
    """Where a claim or incident is read."""
    if entry.ref.kind is Kind.FINDING or entry.shown.gone.startswith("it is not here"):
        return ""
    return f"/{'claims' if entry.ref.kind is Kind.CLAIM else 'incidents'}/{entry.ref.id}"


def slot_named(chart: Chart, element: str) -> Row:
    """The row of an element: `1`, `2` of the crime; `m1`, `m2` of the mode. Raises NotFound."""
    row = next((r for r in chart.rows if r.slot.called == element.strip().casefold()), None)
    if row is None:
        raise NotFound("element", element, "probanda matrix show")
    return row


@get("/matrix/{hypothesis:str}", sync_to_thread=True)
def matrix(desk: AtDesk, hypothesis: FromPath[str]) -> Response[str]:
    """The matrix."""
    return desk.answer("matrix.html", page_of(desk, hypothesis), "matrix")


@post("/hypotheses/{hypothesis:str}/close", status_code=303, sync_to_thread=True)
def close(desk: AtDesk, form: AtForm, hypothesis: FromPath[str]) -> Redirect:
    """Close it, with the reason and what that rests on."""
    with desk.deed() as store:
        hypothesizing.close(store, desk.eyes, hypothesis, form.get("reason", ""), form.get("on", "").split())
    return Redirect(f"/matrix/{hypothesis}", status_code=303)


def opened_again(desk: Desk, hypothesis: str, seen: str, reason: str) -> None:
    """Take the closing back that was seen. Raises WrongUsage where another closing stands by now."""
    with desk.deed() as store:
        chart = matrix_charts.one(store, desk.eyes, hypothesis)
        closing = chart.decided.closing
        if closing is None or closing.decision != seen:
            raise WrongUsage("What you saw no longer stands.", "Load the page anew and see what does.")
        of = chart.decided.hypothesis.id
        undo.undo(store, desk.eyes, closing.decision, reason, subject=of)


@post("/hypotheses/{hypothesis:str}/reopen", status_code=303, sync_to_thread=True)
def reopen(desk: AtDesk, form: AtForm, hypothesis: FromPath[str]) -> Redirect:
    """Take the closing back."""
    opened_again(desk, hypothesis, form.get("seen", ""), form.get("reason", ""))
    return Redirect(f"/matrix/{hypothesis}", status_code=303)


@post("/hypotheses/{hypothesis:str}/seen", status_code=303, sync_to_thread=True)
def seen(desk: AtDesk, form: AtForm, hypothesis: FromPath[str]) -> Redirect:
    """Say that the marks of one cell, or of all, were seen."""
    element = form.get("element") or None
    with desk.deed() as store:
        hypothesizing.seen(store, desk.eyes, hypothesis, element)
    return Redirect(f"/matrix/{hypothesis}" + (f"/{element}" if element else ""), status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (matrix, close, reopen, seen)
