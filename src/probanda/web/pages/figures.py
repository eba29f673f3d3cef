"""Figures with their bounds, incident by incident, and incidents counted by month, place and act.

Start with `page_of`. Nothing is added up: a bar goes from at least to at most, and each source's figure stands below.
What is counted is what was collected. Both are narrowed by act, place and days, in the address.

Looks down to: casework, incidents, reports (bars, words), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Response

from probanda.incidents.figures import Figure, Ledger, Span, ledger
from probanda.incidents.patterns import NOT_ACTS, Axis, Column, outlined
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import ActType
from probanda.reports.bound_bars import Bar, of_figure, of_span, scale_of
from probanda.reports.figure_words import CALLED
from probanda.store import counted, listed
from probanda.store.listed import Line
from probanda.web.desk import AtDesk, Desk
from probanda.web.gathering import Gathered

PAGE, LOOKED, STEP = 20, 300, 50
"""Incidents with figures on a page; how many are looked through for them at most, and how many at a time."""
EACH = 60
"""Figures of one incident that are shown."""
COLUMNS = 24
"""Places that are shown; months and acts are shown whole."""


@dataclass(frozen=True, slots=True)
class One:
    """One source's figure."""

    figure: Figure
    bar: Bar
    number: str
    """Registration number of the item."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What sources say of one population in one incident."""

    population: str
    span: Span | None
    """None where the figures count different things."""
    bar: Bar | None
    scale: int
    """Where the bars of this population end."""
    figures: tuple[One, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One incident with its figures."""

    id: str
    title: str
    populations: tuple[Counted, ...]
    cut: bool
    """More figures are told of it than are shown."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One column of a chart."""

    label: str
    certain: int
    possible: int
    unknown: bool
    to: str
    """The page narrowed to it; empty where it cannot be."""
    sure_width: float
    maybe_width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Incidents along one axis."""

    axis: str
    columns: tuple[Counting, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """Incidents along every axis."""

    charts: tuple[Chart, ...]
    incidents: int
    left_out: int
    cut: bool
    """More incidents fit than were counted."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page."""

    wanted: counted.Narrowed
    acts: tuple[str, ...]
    charts: tuple[Chart, ...]
    incidents: int
    left_out: int
    cut: bool
    told: tuple[Told, ...]
    looked: int
    """Incidents that were looked through for those with figures."""
    after: str
    """Where the next page begins; empty at the end."""
    first: bool
    question: str
    """What of the address narrows, to go on with."""
    worked_out: bool
    gathered: Gathered


def page_of(desk: Desk, wanted: counted.Narrowed, after: str = "") -> Page:
    """What was counted and what is told in numbers, narrowed. Raises WrongUsage for what is no day."""
    for day in (wanted.first, wanted.last):
        _checked(day)
    store, eyes = desk.store, desk.eyes
    patterns = counted_in(desk, wanted)
    told, looked, going_on = _told(desk, store.ask(eyes, counted.page, wanted, LOOKED + 1, after))
    return Page(
        wanted=wanted,
        acts=tuple(a.value for a in ActType if a not in NOT_ACTS),
        charts=patterns.charts,
        incidents=patterns.incidents,
        left_out=patterns.left_out,
        cut=patterns.cut,
        told=told,
        looked=looked,
        after=going_on,
        first=not after,
        question=_question(wanted),
        worked_out=store.ask(eyes, listed.worked_out),
        gathered=desk.gathered(),
    )


def _checked(day: str) -> None:
    try:
        date.fromisoformat(day or "2000-01-01")
    except ValueError as error:
        raise WrongUsage(f"{day!r} is no day.", "Write it as year-month-day: 2031-05-03.") from error


def counted_in(desk: Desk, wanted: counted.Narrowed) -> Patterns:
    """Incidents counted along each axis: once, for as long as what was gathered and decided stands."""
    return desk.shop.kept.get(("patterns", desk.rests_on, wanted), lambda: _counted(desk, wanted))


def _counted(desk: Desk, wanted: counted.Narrowed) -> Patterns:
    outlines = desk.store.ask(desk.eyes, counted.outlines, wanted)
    made = {axis: outlined(axis, outlines) for axis in (Axis.MONTH, Axis.PLACE, Axis.ACT)}
    charts = tuple(_chart(axis, one.columns, wanted) for axis, one in made.items())
    of_any = made[Axis.MONTH]
    return Patterns(charts, of_any.counted, of_any.left_out, len(outlines) == counted.MOST)


def _told(desk: Desk, lines: list[Line]) -> tuple[tuple[Told, ...], int, str]:
    """The first of these incidents with figures, how many were looked through, and the last of those where more are."""
    found: dict[str, list[str]] = {}
    looked, have = 0, list[Line]()
    while looked < min(len(lines), LOOKED) and len(have) < PAGE:
        step = lines[looked : looked + STEP]
        found |= desk.store.ask(desk.eyes, counted.with_figures, [one.id for one in step], EACH + 1)
        for one in step:
            if len(have) == PAGE:
                break
            looked += 1
            have += [one] if found.get(one.id) else []
    claims = {c.id: c for c in desk.store.claims(desk.eyes, ids={i for one in have for i in found[one.id]})}
    numbers = desk.store.ask(desk.eyes, listed.numbers, {c.item for c in claims.values()})
    told = []
    for one in have:
        ids = found[one.id]
        made = ledger(claims[i] for i in ids[:EACH] if i in claims)
        if made.figures:
            told.append(Told(one.id, one.told["title"], _populations(made, numbers), len(ids) > EACH))
    return tuple(told), looked, lines[looked - 1].id if 0 < looked < len(lines) else ""


def _populations(made: Ledger, numbers: dict[str, str]) -> tuple[Counted, ...]:
    """Each population on a scale of its own: thousands who fled would leave no room for the dead."""
    spans = {span.population: span for span in made.spans}
    found = []
    for name in dict.fromkeys(f.population for f in made.figures):
        figures, span = [f for f in made.figures if f.population == name], spans.get(name)
        scale = scale_of([span] if span else [], figures)
        shown = tuple(One(f, of_figure(f, scale), numbers.get(f.item, "")) for f in figures)
        found.append(Counted(CALLED[name], span, of_span(span, scale) if span else None, scale, shown))
    return tuple(found)


def _chart(axis: Axis, columns: tuple[Column, ...], wanted: counted.Narrowed) -> Chart:
    known = [c for c in columns if not c.unknown]
    shown = known[:COLUMNS] if axis is Axis.PLACE else known
    every = [*shown, *(c for c in columns if c.unknown)]
    most = max((len(c.certain) + len(c.possible) for c in every), default=1) or 1
    made = tuple(
        Counting(
            label=c.label, certain=len(c.certain), possible=len(c.possible), unknown=c.unknown,
            to="" if c.unknown else _to(axis, c.label, wanted),
            sure_width=round(100 * len(c.certain) / most, 2), maybe_width=round(100 * len(c.possible) / most, 2),
        )
        for c in every
    )  # fmt: skip
    return Chart(str(axis), made, len(known) - len(shown))


def _to(axis: Axis, label: str, wanted: counted.Narrowed) -> str:
    """The page narrowed to one column."""
    act, place, first, last = wanted.act, wanted.place, wanted.first, wanted.last
    if axis is Axis.PLACE:
        place = label
    elif axis is Axis.ACT:
        act = label
    else:
        year, month = map(int, label.split("-"))
        first, last = f"{label}-01", f"{label}-{monthrange(year, month)[1]}"
    return f"/figures?{_question(counted.Narrowed(act, place, first, last))}"


def _question(wanted: counted.Narrowed) -> str:
    told = {"act": wanted.act, "place": wanted.place, "first": wanted.first, "last": wanted.last}
    return urlencode({key: value for key, value in told.items() if value})


@get("/figures", sync_to_thread=True)
def figures(
    desk: AtDesk,
    act: FromQuery[str] = "",
    place: FromQuery[str] = "",
    first: FromQuery[str] = "",
    last: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """Figures and patterns."""
    wanted = counted.Narrowed(act.strip(), place.strip(), first.strip(), last.strip())
    return desk.answer("figures.html", page_of(desk, wanted, after), "figures")


PAGES: tuple[HTTPRouteHandler, ...] = (figures,)
