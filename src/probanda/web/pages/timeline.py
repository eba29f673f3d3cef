"""The timeline of the situation: how many incidents each decade, year, month or day holds, for certain and perhaps.

Start with `page_of`. A bar leads into its own time; the incidents of the time in view stand below as intervals, each
with its page. What has no date is counted and listed beside. The same narrowing as on the map.

Looks down to: reports (lanes), store, web.narrowing. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Response

from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import ActType, Status
from probanda.reports import lanes
from probanda.reports.lanes import Column, Dated, Span
from probanda.reports.words import MONTHS
from probanda.store import listed
from probanda.store.ahead import INCIDENTS
from probanda.web import narrowing
from probanda.web.desk import AtDesk, Desk, period
from probanda.web.gathering import Gathered
from probanda.web.narrowing import Narrowed

PAGE = 40
NONE = "none"
"""In place of a span: what has no date."""
WIDE, TALL, FOOT, EDGE = 960, 190, 34, 8
"""Pixels: of the bars' picture, of the tallest bar, of what stands below, of the room at either end."""
LANE = 22
"""Pixels of one interval below."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column in its place."""

    label: str
    certain: int
    possible: int
    x: int
    width: int
    sure: int
    """Height of the part that is certain, in pixels."""
    maybe: int
    """Height of the part above it."""
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """One incident with its days as an interval."""

    id: str
    title: str
    when: str
    places: tuple[str, ...]
    x: int = 0
    width: int = 0
    exact: bool = False
    """True where one day is told."""
    before: bool = False
    """It may begin before what is shown."""
    after: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The timeline as it is seen from here."""

    asked: Narrowed
    acts: tuple[str, ...]
    statuses: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]
    found: int
    all: int
    cut: bool
    span: str
    """What is looked at: `2031`, `2031-05`; empty for all, `none` for what has no date."""
    label: str
    bars: tuple[Bar, ...]
    most: int
    rows: tuple[Row, ...]
    listed: int
    next: str
    links: Mapping[str, str]
    """Where to go: wider, before, after, all, map, undated."""
    undated: int
    worked_out: bool
    gathered: Gathered
    wide: int = WIDE
    tall: int = TALL
    foot: int = FOOT
    lane: int = LANE


def page_of(desk: Desk, asked: Narrowed, named: str = "", after: str = "") -> Page:
    """The timeline of the incidents that fit, of the span of this name, the list from behind the incident `after` on.

    Raises WrongUsage for a name of no span.
    """
    span = Span.of(named) if named not in ("", NONE, "all") else None
    if span is None and named not in ("", NONE, "all"):
        raise WrongUsage(f"{named[:40]} is no time.", "Write it as 2030s, 2031, 2031-05 or 2031-05-03.")
    fits = narrowing.fitting(desk, asked)
    days = [fits.days[line.id] for line in fits.lines if line.id in fits.days]
    if not named:
        span = Span.of(lanes.whole(days))
    columns = lanes.columns(days, span)
    if named == NONE:
        inside = [line.id for line in fits.lines if line.id not in fits.days]
    else:
        inside = [one.id for one in lanes.within(days, span)]
    start = next((n for n, id_ in enumerate(inside, 1) if id_ == after), 0)
    shown = inside[start : start + PAGE]
    return Page(
        asked=asked,
        acts=tuple(kind.value for kind in ActType),
        statuses=tuple(one.value for one in Status),
        actors=fits.actors,
        found=len(fits.lines),
        all=fits.all,
        cut=fits.cut,
        span=NONE if named == NONE else span.name if span else "",
        label=_label(desk, span) if span else "",
        bars=_bars(desk, asked, columns),
        most=max((one.certain + one.possible for one in columns), default=0),
        rows=_rows(desk, shown, fits.days, columns),
        listed=len(inside),
        next=f"/timeline{asked.query(span=named, after=shown[-1])}" if start + PAGE < len(inside) else "",
        links=_links(asked, span, named),
        undated=len(fits.lines) - len(days),
        worked_out=desk.store.ask(desk.eyes, listed.worked_out),
        gathered=desk.gathered(),
    )


def _bars(desk: Desk, asked: Narrowed, columns: Sequence[Column]) -> tuple[Bar, ...]:
    most = max((one.certain + one.possible for one in columns), default=0) or 1
    room = (WIDE - 2 * EDGE) / max(1, len(columns))
    bars = []
    for n, one in enumerate(columns):
        x = round(EDGE + n * room)
        sure, whole = (_height(count, most) for count in (one.certain, one.certain + one.possible))
        bars.append(
            Bar(
                _short(desk, one.span, len(columns)), one.certain, one.possible, x + 1,
                max(2, round(EDGE + (n + 1) * room) - x - 2), sure, whole - sure,
                f"/timeline{asked.query(span=one.span.name)}",
            )
        )  # fmt: skip
    return tuple(bars)


def _height(count: int, most: int) -> int:
    """At least two pixels for what is there."""
    return max(2, round(TALL * count / most)) if count else 0


def _short(desk: Desk, span: Span, many: int) -> str:
    if span.name.endswith("s"):
        return f"{span.first.year}–{span.last.year}"
    if len(span.name) == 7:
        return desk.words.say(MONTHS[span.first.month - 1])
    return str(span.first.day) if len(span.name) == 10 and many > 1 else _label(desk, span)


def _label(desk: Desk, span: Span) -> str:
    if span.name.endswith("s"):
        return f"{span.first.year}–{span.last.year}"
    return period(desk.words, span.name, span.name)


def _rows(desk: Desk, ids: Sequence[str], days: Mapping[str, Dated], columns: Sequence[Column]) -> tuple[Row, ...]:
    """These incidents, in this order."""
    told = {one.id: one.told for one in desk.store.ask(desk.eyes, listed.by_id, INCIDENTS, ids)}
    found = [
        Row(id_, told[id_]["title"], period(desk.words, told[id_]["from"], told[id_]["to"]), tuple(told[id_]["places"]))
        for id_ in ids
        if id_ in told
    ]
    return tuple(_placed(row, days.get(row.id), columns) for row in found)


def _placed(row: Row, days: Dated | None, columns: Sequence[Column]) -> Row:
    """The same with its interval in the picture, where it is dated."""
    if days is None or not columns:
        return row
    low, high = columns[0].span.first, columns[-1].span.last
    first, last = max(days.first or date.min, low), min(days.last or date.max, high)
    room = (WIDE - 2 * EDGE) / ((high - low).days + 1)
    x = round(EDGE + (first - low).days * room)
    return Row(
        row.id, row.title, row.when, row.places, x, max(3, round(EDGE + ((last - low).days + 1) * room) - x),
        days.is_day, days.first is None or days.first < low, days.last is None or days.last > high,
    )  # fmt: skip


def _links(asked: Narrowed, span: Span | None, named: str) -> dict[str, str]:
    def to(name: str) -> str:
        return f"/timeline{asked.query(span=name)}" if name else ""

    of_time = {"since": span.first.isoformat(), "until": span.last.isoformat()} if span and named else {}
    return {
        "wider": to(span.around or "all") if span else "",
        "before": to(span.beside(-1)) if span else "",
        "after": to(span.beside(1)) if span else "",
        "all": to("all") if span else "",
        "map": f"/map{asked.query(**of_time)}",
        "undated": to(NONE),
        "dated": f"/timeline{asked.query()}",
    }


@get("/timeline", sync_to_thread=True)
def timeline(
    desk: AtDesk,
    span: FromQuery[str] = "",
    after: FromQuery[str] = "",
    act: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    place: FromQuery[str] = "",
    status: FromQuery[str] = "",
) -> Response[str]:
    """The timeline."""
    asked = Narrowed.of(act, actor, since, until, place, status)
    return desk.answer("timeline.html", page_of(desk, asked, span, after), "timeline")


PAGES: tuple[HTTPRouteHandler, ...] = (timeline,)
