"""The chain of command: whom claims place in one, the chart around one of them on a day, and who was there that day.

Start with `list_of`, `page_of` and `there_of`. A link is solid only where a source speaks of the day; its sources stand
below it, and what does not go together stands side by side.

Looks down to: casework (commanding), actors.command, reports (chain_picture, chain_words), store, web.desk, web.drawn.
Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Response

from probanda.actors.command import NOW, OVER, Change, Conflict, Evidence, Link, Node
from probanda.actors.control import Sign
from probanda.actors.posts import heads
from probanda.casework import clock, commanding
from probanda.casework.chains import OWN_TIME, UNNAMED, ChainView
from probanda.casework.commanding import Chart
from probanda.claims.model import Claim
from probanda.kernel.bounds import EVER, Holds
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import TieKind
from probanda.reports import chain_picture
from probanda.reports.chain_words import Row, rows_of
from probanda.store import listed
from probanda.store.ahead import COMMAND, INCIDENTS
from probanda.web.desk import COUNTED, AtDesk, Desk, period, vocabulary
from probanda.web.drawn import Box, Line, Picture, lines_of, outline
from probanda.web.gathering import Gathered
from probanda.web.intervals import Intervals, intervals_of
from probanda.web.recorded import worded

PAGE = 100
SOURCES = 6
"""Of one link that stand on a page; the others are counted."""
MOST_BOXES = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """One of those whom claims place in a chart."""

    id: str
    name: str
    kind: str
    links: int


@dataclass(frozen=True, slots=True)
class Charts:
    """The list: whoever stands in most links first."""

    lines: tuple[Listed, ...]
    asked: str
    found: int
    after: str
    worked_out: bool
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Source:
    """One claim that states a link."""

    evidence: Evidence
    number: str
    span: tuple[int, int]
    sure: str
    """The time all through which it is told to have held; empty where none is told."""
    some: str
    """The time within which it is told to have held at some time."""
    until: str
    """The same, where nothing says from when: the day before which."""
    of_text: bool
    """True where the time is the day of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A link as it is listed."""

    number: int
    first: Node
    second: Node
    way: str
    """The post, or `under`, `of` and the like as the claim has it; empty where there are no words for it."""
    kind: str
    holds: str
    style: str
    """`now`, `other`, `over`: as it is drawn."""
    near: str
    """The day nearest to the one asked for of which it is told; empty where none is."""
    away: int
    begun: str
    """The day on which it is told to have begun, where nothing says whether it still held."""
    up: bool
    command: bool
    sources: tuple[Source, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign of control in fact, apart from any post."""

    sign: Sign
    number: str
    span: tuple[int, int]
    when: str


@dataclass(frozen=True, slots=True)
class Versus:
    """Links that do not go together."""

    says: str
    sides: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An incident of those in view."""

    id: str
    title: str
    when: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A day of the slider."""

    day: str
    words: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A link of which something else is told from a day on."""

    day: str
    words: Said
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Quarrel:
    """Links that do not go together for a time."""

    says: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is told otherwise on a later day than on an earlier one."""

    first: str
    last: str
    begun: tuple[Turn, ...]
    ended: tuple[Turn, ...]
    otherwise: tuple[Turn, ...]
    disputed: tuple[Quarrel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The chart around one actor on a day."""

    id: str
    name: str
    kind: str
    day: str
    words: str
    levels: int
    picture: Picture
    undrawn: int
    rows: tuple[Said, ...]
    conflicts: tuple[Versus, ...]
    gaps: tuple[str, ...]
    signs: tuple[Shown, ...]
    intervals: Intervals | None
    steps: tuple[Step, ...]
    at: int
    """The step that the day lies in; -1 before the first."""
    cut: bool
    incidents: tuple[Told, ...]
    compared: Compared | None
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with where it stands."""

    claim: Claim
    number: str


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody connected with an incident, and what is said to have stood over them that day."""

    id: str
    name: str
    kind: str
    chart: str
    """Address of the chart around them on the day."""
    claims: tuple[Cited, ...]
    """Claims of the incident that name them as author; of a lead none."""
    area: tuple[Said, ...]
    """Of a lead: where it is said to operate."""
    over: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Who is said to have been at an incident on a day."""

    id: str
    title: str
    day: str
    words: str
    named: tuple[Someone, ...]
    leads: tuple[Someone, ...]
    cut: bool
    gathered: Gathered


def list_of(desk: Desk, asked: str = "", after: str = "") -> Charts:
    """Whom claims place in a chart of command, narrowed by letters of any form of the name."""
    store, eyes = desk.store, desk.eyes
    lines = store.ask(eyes, listed.page, COMMAND, PAGE + 1, after, "", asked)
    return Charts(
        tuple(Listed(one.id, one.told["name"], one.kind, one.told["links"]) for one in lines[:PAGE]),
        asked,
        store.ask(eyes, listed.most, COMMAND, COUNTED, "", asked),
        lines[PAGE - 1].id if len(lines) > PAGE else "",
        store.ask(eyes, listed.worked_out),
        desk.gathered(),
    )


def page_of(
    desk: Desk, name: str, *, on: str = "", step: int | None = None, levels: int = commanding.LEVELS,
    first: str = "", last: str = "",
) -> Page:  # fmt: skip
    """The chart around an actor on a day, or at a step of the slider; with `first` and `last`, what changed between.

    Raises NotFound; WrongUsage where several bear the name, and for what is no day.
    """
    today = date.fromisoformat(clock.now()[:10])
    chart = commanding.chart_of(
        desk.store, desk.eyes, name, today=today, day=_day(on), step=step, levels=levels
    )  # fmt: skip
    chain = chart.view.chain
    says = _Says(desk, chart.view, chart)
    listed_rows = rows_of(chain, chart.view.beside)
    rows = tuple(says.row(row) for row in listed_rows)
    level = chain_picture.levels(chain)
    places = chain_picture.placed(chain, level, MOST_BOXES, 0)
    steps = tuple(Step(day.isoformat(), spoken(desk, day)) for day in chart.days)
    return Page(
        id=chain.centre,
        name=chain.nodes[chain.centre].name,
        kind=chain.nodes[chain.centre].kind,
        day=chain.day.isoformat(),
        words=spoken(desk, chain.day),
        levels=chart.levels,
        picture=_picture(desk, chart, rows, places),
        undrawn=len(level) - len(places),
        rows=rows,
        conflicts=tuple(_versus(one, rows, chart) for one in chain.conflicts),
        gaps=tuple(gap.says for gap in chain.gaps),
        signs=tuple(
            Shown(s, chart.numbers.get(s.item, ""), chart.spans[s.claim], period(desk.words, s.date_from, s.date_to))
            for s in chart.view.signs
        ),
        intervals=intervals_of(
            [(row.number, row.link) for row in listed_rows], chain.day, turned=desk.words.direction == "rtl"
        ),
        steps=steps,
        at=sum(day <= chain.day for day in chart.days) - 1,
        cut=chart.cut,
        incidents=_incidents(desk, chart),
        compared=_compared(desk, chart, says, first, last) if first or last else None,
        gathered=desk.gathered(),
    )


def _day(iso: str) -> date | None:
    """The day that was asked for; None for no words. Raises WrongUsage for words that are no day."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError as error:
        raise WrongUsage(f"{iso} is no day.", "Write it as 2031-05-03.") from error


def spoken(desk: Desk, day: date) -> str:
    """A day in the words of whoever looks."""
    return period(desk.words, day.isoformat(), day.isoformat())


def address(key: str, day: str, levels: int = commanding.LEVELS) -> str:
    """Where the chart around an actor on a day stands."""
    asked = {"on": day} | ({"levels": levels} if levels != commanding.LEVELS else {})
    return f"/chain/{key}?{urlencode(asked)}"


class _Says:
    """Links of one chain, made ready to be listed."""

    def __init__(self, desk: Desk, view: ChainView, of: Chart | commanding.There) -> None:
        self._desk, self._view, self._of = desk, view, of
        self._nodes = {**of.nodes, **view.chain.nodes}
        self._beside = [step.link for step in view.beside]

    def row(self, row: Row) -> Said:
        """A link of the chain on its day."""
        return self.link(row.link, self._view.chain.day, row.number, up=row.up)

    def link(self, link: Link, day: date, number: int = 0, *, up: bool = False) -> Said:
        """A link on any day."""
        over = link.kind is TieKind.POSTING and heads(link.role)
        first, second = (link.upper, link.lower) if over else (link.lower, link.upper)
        holds, near = link.on(day), link.nearest(day)
        begun = [e.bounds.outer[0] for e in link.evidence if e.bounds.starting and not e.bounds.ending]
        since = max((d for d in begun if d is not None and d <= day), default=None)
        return Said(
            number=number,
            first=self._nodes[first],
            second=self._nodes[second],
            way=link.role,
            kind=link.kind.value,
            holds=holds.value,
            style="now" if holds in NOW else "over" if holds in OVER else "other",
            near=spoken(self._desk, near[0]) if near else "",
            away=near[1] if near else 0,
            begun=spoken(self._desk, since) if since and holds is Holds.EARLIER else "",
            up=up,
            command=all(link is not one for one in self._beside),
            sources=tuple(self._source(one) for one in link.evidence[:SOURCES]),
            more=max(0, len(link.evidence) - SOURCES),
        )

    def _source(self, one: Evidence) -> Source:
        words, bounds = self._desk.words, one.bounds
        ever = bounds.first_imprecise == EVER
        return Source(
            evidence=one,
            number=self._of.numbers.get(one.item, ""),
            span=self._of.spans.get(one.claim, (0, 0)),
            sure=period(words, bounds.first_precise, bounds.last_precise),
            some="" if ever else period(words, bounds.first_imprecise, bounds.last_imprecise),
            until=period(words, bounds.last_imprecise, bounds.last_imprecise) if ever else "",
            of_text=one.basis not in ("", OWN_TIME),
        )

    def turn(self, change: Change) -> Turn:
        """A change in what is told."""
        said = self.link(change.link, change.day)
        return Turn(spoken(self._desk, change.day), said, change.before.value, change.after.value)


def _versus(one: Conflict, rows: Sequence[Said], chart: Chart) -> Versus:
    """Both sides of a conflict, as they are listed."""
    links = {row.number: row.link for row in rows_of(chart.view.chain, chart.view.beside)}
    here = [row for row in rows if links[row.number].id in one.links and links[row.number].lower == one.about]
    return Versus(one.says, tuple(row for row in here if row.style == "now"))


def _picture(
    desk: Desk, chart: Chart, rows: Sequence[Said], places: Mapping[str, chain_picture.Point]
) -> Picture:  # fmt: skip
    """The boxes by level, the lines with the numbers of the rows below."""
    chain = chart.view.chain
    edge, wide, tall = chain_picture.EDGE, chain_picture.BOX, chain_picture.TALL
    boxes = []
    for key, (x, y) in places.items():
        node, top = chain.nodes[key], y + edge
        named = not key.startswith(UNNAMED)
        boxes.append(Box(
            x=x, y=top, wide=wide, tall=tall, shape=outline(node.kind, x, top, wide, tall), name=lines_of(node.name),
            whole=node.name, kind=kind_words(desk, node.kind),
            href=address(key, chain.day.isoformat(), chart.levels) if named else "",
            look="root" if key == chain.centre else "" if named else "want",
        ))  # fmt: skip
    style = {row.number: row.style for row in rows}
    lines = []
    for row, (x1, y1), (x2, y2) in chain_picture.ends(rows_of(chain, chart.view.beside), places):
        at = (x1 + (x2 - x1) * 2 // 5, y1 + (y2 - y1) * 2 // 5 + edge)
        path = f"M{x1} {y1 + edge}L{x2} {y2 + edge}"
        lines.append(Line(path=path, look=style[row.number], number=row.number, at=at))
    return Picture(
        wide=max(x for x, _ in places.values()) + wide + edge,
        tall=max(y for _, y in places.values()) + tall + 2 * edge,
        boxes=tuple(boxes),
        lines=tuple(lines),
    )


def kind_words(desk: Desk, kind: str) -> str:
    """What kind of actor it is, in words; of those whom nobody linked to a name that they are none."""
    return worded(desk.words, kind) if kind == UNNAMED else vocabulary(desk.words)["kind_words"](kind)


def there_of(desk: Desk, incident: str, on: str = "") -> There:
    """Who is said to have been at an incident; on the first day that its claims give, where none is asked for.

    Raises NotFound; WrongUsage where the letters fit several, for what is no day, and where no claim gives one.
    """
    found = commanding.there(desk.store, desk.eyes, incident, _day(on))
    one = found.incident
    return There(
        id=one.id,
        title=one.title,
        day=found.day.isoformat(),
        words=spoken(desk, found.day),
        named=tuple(_someone(desk, someone, found) for someone in found.present if not someone.areas),
        leads=tuple(_someone(desk, someone, found) for someone in found.present if someone.areas),
        cut=found.cut,
        gathered=desk.gathered(),
    )


def _someone(desk: Desk, one: commanding.Someone, found: commanding.There) -> Someone:
    view = one.view
    node = view.chain.nodes[view.chain.centre]
    says = _Says(desk, view, found)
    return Someone(
        node.key,
        node.name,
        node.kind,
        address(node.key, found.day.isoformat()),
        tuple(Cited(claim, found.numbers.get(claim.item, "")) for claim in one.claims[:SOURCES]),
        tuple(says.link(link, found.day) for link in one.areas),
        tuple(says.row(row) for row in rows_of(view.chain) if row.up),
    )


def _incidents(desk: Desk, chart: Chart) -> tuple[Told, ...]:
    """Incidents of those in view, the nearest to the day first."""
    near = commanding.incidents_near(desk.store, desk.eyes, chart)
    lines = {one.id: one.told for one in desk.store.ask(desk.eyes, listed.by_id, INCIDENTS, [n.incident for n in near])}
    nodes = chart.view.chain.nodes
    return tuple(
        Told(
            one.incident,
            lines[one.incident]["title"],
            period(desk.words, lines[one.incident]["from"], lines[one.incident]["to"]),
            tuple(nodes[key].name for key in one.actors),
        )
        for one in near
        if one.incident in lines
    )


def _compared(desk: Desk, chart: Chart, says: _Says, first: str, last: str) -> Compared:
    """What changed between two days; where one is missing, the chart's own day stands for it."""
    start, end = _day(first) or chart.view.chain.day, _day(last) or chart.view.chain.day
    found = commanding.between(chart.links, chart.nodes, start, end)
    return Compared(
        first=start.isoformat(),
        last=end.isoformat(),
        begun=tuple(map(says.turn, found.begun)),
        ended=tuple(map(says.turn, found.ended)),
        otherwise=tuple(map(says.turn, found.otherwise)),
        disputed=tuple(
            Quarrel(d.conflict.says, spoken(desk, d.first), spoken(desk, d.last) if d.last else "")
            for d in found.disputed
        ),
    )


@get("/chain", sync_to_thread=True)
def charts(desk: AtDesk, q: FromQuery[str] = "", after: FromQuery[str] = "") -> Response[str]:
    """The list."""
    return desk.answer("charts.html", list_of(desk, q, after), "chain")


@get("/chain/{actor:str}", sync_to_thread=True)
def chart(
    desk: AtDesk, actor: FromPath[str], on: FromQuery[str] = "", step: FromQuery[int] = -1,
    levels: FromQuery[int] = commanding.LEVELS,
    start: Annotated[str, QueryParameter(name="from")] = "", end: Annotated[str, QueryParameter(name="to")] = "",
) -> Response[str]:  # fmt: skip
    """The chart around one actor."""
    at = step if step >= 0 else None
    return desk.answer(
        "chain.html", page_of(desk, actor, on=on, step=at, levels=levels, first=start, last=end), "chain"
    )


@get("/incidents/{incident:str}/there", sync_to_thread=True)
def there(desk: AtDesk, incident: FromPath[str], on: FromQuery[str] = "") -> Response[str]:
    """Who is said to have been there."""
    return desk.answer("there.html", there_of(desk, incident, on), "incidents")


PAGES: tuple[HTTPRouteHandler, ...] = (charts, chart, there)
