"""What lies one step around a thing, as a small picture and the same in words: an actor, a text, an incident.

Start with `actor_page`, `text_page` and `incident_page`. No picture shows more than some forty things; what it leaves
out is counted, with the way to the list.

Looks down to: casework (surroundings, sorting), reports (origin_picture, origin_words), store, web.desk, web.drawn.
Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from probanda.casework import sorting, surroundings
from probanda.casework.surroundings import INCIDENT, SPEAKER, TEXT, VOICE, Surroundings, Thing
from probanda.claims.model import DOC
from probanda.incidents.model import Incident
from probanda.kernel.errors import NotFound
from probanda.reports import origin_picture
from probanda.reports.origin_words import STRENGTH, Branch, tree
from probanda.reports.words import SOURCE
from probanda.store import listed
from probanda.store.ahead import ACTORS, INCIDENTS
from probanda.web.desk import AtDesk, Desk
from probanda.web.drawn import Box, Line, Picture, lines_of, outline
from probanda.web.gathering import Gathered
from probanda.web.pages.chain import kind_words
from probanda.web.recorded import told, voice, worded

WIDE, TALL, GAP_X, GAP_Y, EDGE = 230, 68, 120, 12, 24
MOST_ACCOUNTS = 40
OPENED = 20
COLUMNS = (("says", "passes on", "repeats"), (), ("tied", "happened", "repeated", "tells"))
"""Which groups stand before the one in the middle, and which behind."""


@dataclass(frozen=True, slots=True)
class Row:
    """A thing as it is listed, under the number of its line."""

    number: int
    thing: Thing
    href: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One group in words."""

    what: str
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The surroundings of an actor or a text."""

    centre: Thing
    home: str
    """Address of its own page, which has the whole lists."""
    picture: Picture
    groups: tuple[Listed, ...]
    part: bool
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Openings:
    """Where a picture may be opened from: things that what was typed leads to."""

    asked: str
    things: tuple[Row, ...]
    more: bool
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Account:
    """One account of an incident in words."""

    branch: Branch
    number: str
    """Of its item; empty where it is not held."""
    href: str
    kind: str
    """How whoever stands at its start knows of it; to be said in the language of whoever looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Who repeats whom of an incident."""

    incident: Incident
    picture: Picture
    accounts: tuple[Account, ...]
    more: int
    gathered: Gathered


def openings(desk: Desk, asked: str) -> Openings:
    """The text with this number, the incident whose id begins so, and actors with these letters in a name."""
    things: list[Thing] = []
    if asked:
        try:
            number = desk.store.item(desk.eyes, asked.strip().upper()).number
            things.append(Thing(number, TEXT, number))
        except NotFound:
            pass
        held = desk.store.ask(desk.eyes, listed.begun_with, asked.strip().lower(), OPENED)
        ids = sorted({incident for _, incident in held})
        lines = desk.store.ask(desk.eyes, listed.by_id, INCIDENTS, ids)
        things += [Thing(one.id, INCIDENT, one.told["title"]) for one in lines]
    actors = desk.store.ask(desk.eyes, listed.page, ACTORS, OPENED + 1, "", "", asked) if asked else []
    things += [Thing(one.id, one.kind, one.told["name"]) for one in actors[:OPENED]]
    rows = tuple(Row(n, one, address(one)) for n, one in enumerate(things, start=1))
    return Openings(asked, rows, len(actors) > OPENED, desk.gathered())


def actor_page(desk: Desk, name: str) -> Page:
    """What lies around an actor. Raises NotFound; WrongUsage where several bear the name."""
    found = surroundings.around_actor(desk.store, desk.eyes, name)
    return _page(desk, found, f"/actors/{found.centre.key}")


def text_page(desk: Desk, number: str) -> Page:
    """Whom a text repeats, who repeats it, and what it tells of. Raises NotFound."""
    found = surroundings.around_text(desk.store, desk.eyes, number)
    return _page(desk, found, f"/items/{found.centre.key}")


def _page(desk: Desk, found: Surroundings, home: str) -> Page:
    groups, number = [], 0
    for group in found.groups:
        rows = tuple(Row(number + n, one, address(one)) for n, one in enumerate(group.things, start=1))
        number += len(rows)
        groups.append(Listed(group.what, rows, group.more))
    return Page(
        centre=found.centre,
        home=home,
        picture=star(desk, found.centre, home, groups),
        groups=tuple(groups),
        part=found.part,
        gathered=desk.gathered(),
    )


def address(thing: Thing) -> str:
    """Where one goes on from a thing; empty where it has no page of its own."""
    if not thing.linked:
        return ""
    return (
        f"/graph/{'items' if thing.kind == TEXT else 'incidents' if thing.kind == INCIDENT else 'actors'}/{thing.key}"
    )


def star(desk: Desk, centre: Thing, home: str, groups: Sequence[Listed]) -> Picture:
    """The one in the middle, what speaks at one side, and what it has to do with at the other."""
    columns = [[row for group in groups if group.what in names for row in group.rows] for names in COLUMNS]
    columns[1] = [Row(0, centre, home)]
    most = max(map(len, columns))
    tall = most * (TALL + GAP_Y) - GAP_Y
    boxes: dict[int, Box] = {}
    turned = desk.words.direction == "rtl"
    for column, rows in enumerate(columns):
        x = EDGE + (2 - column if turned else column) * (WIDE + GAP_X)
        top = EDGE + (tall - (len(rows) * (TALL + GAP_Y) - GAP_Y)) // 2
        for n, row in enumerate(rows):
            boxes[row.number] = _box(desk, row.thing, row.href, x, top + n * (TALL + GAP_Y), root=row.number == 0)
    middle = boxes[0]
    lines = [_line(boxes[row.number], middle, row.number, before=not turned) for row in columns[0]]
    lines += [_line(boxes[row.number], middle, row.number, before=turned) for row in columns[2]]
    wide = 2 * EDGE + 3 * WIDE + 2 * GAP_X
    return Picture(wide=wide, tall=tall + 2 * EDGE, boxes=tuple(boxes[n] for n in sorted(boxes)), lines=tuple(lines))


def _box(desk: Desk, thing: Thing, href: str, x: int, y: int, *, root: bool) -> Box:
    name = str(told(desk.words, thing.name).striptags()) if thing.kind == INCIDENT else voice(desk.words, thing.name)
    look = "root" if root else "" if thing.linked or thing.kind == VOICE else "want"
    shape = outline(TEXT if thing.kind == VOICE else thing.kind, x, y, WIDE, TALL)
    return Box(
        x=x, y=y, wide=WIDE, tall=TALL, shape=shape, name=lines_of(name), whole=name,
        kind=thing_words(desk, thing.kind), href=href, look=look,
    )  # fmt: skip


def _line(outer: Box, middle: Box, number: int, *, before: bool) -> Line:
    """A curve between the one in the middle and one at its side, its number beside the latter.

    `before`: it stands at the left.
    """
    y, y0, bend = outer.y + TALL // 2, middle.y + TALL // 2, GAP_X // 2
    x = outer.x + WIDE if before else outer.x
    x0 = middle.x if before else middle.x + WIDE
    sign = 1 if before else -1
    path = f"M{x} {y}C{x + sign * bend} {y} {x0 - sign * bend} {y0} {x0} {y0}"
    return Line(path=path, look="now", number=number, at=(x + sign * 22, y))


def thing_words(desk: Desk, kind: str) -> str:
    """What kind of thing it is, in words."""
    return worded(desk.words, kind) if kind in (TEXT, SPEAKER, INCIDENT, VOICE) else kind_words(desk, kind)


# --- an incident ----------------------------------------------------------------------------------


def incident_page(desk: Desk, name: str) -> Accounts:
    """Who repeats whom of an incident. Raises NotFound; WrongUsage where the letters fit several."""
    found = sorting.one_incident(desk.store, desk.eyes, name)
    branches = tree(found)
    shown = branches[:MOST_ACCOUNTS]
    numbers = desk.store.ask(desk.eyes, listed.numbers, {b.account.item for b in shown if b.account.item})
    accounts = tuple(
        Account(
            branch,
            numbers.get(branch.account.item or "", ""),
            f"/claims/{branch.account.claims[0]}" if branch.account.claims else "",
            SOURCE[branch.account.kind],
        )
        for branch in shown
    )
    return Accounts(
        incident=replace(found, accounts=(), derivations=(), reasons=()),
        picture=_accounts_drawn(desk, found, accounts),
        accounts=accounts,
        more=len(branches) - len(shown),
        gathered=desk.gathered(),
    )


def _accounts_drawn(desk: Desk, incident: Incident, accounts: Sequence[Account]) -> Picture:
    shown = [one.branch for one in accounts]
    places = origin_picture.placed(shown, origin_picture.depths(incident, shown))
    up = origin_picture.TOP - EDGE
    wide, tall = origin_picture.BOX, origin_picture.TALL
    span = max((x for x, _ in places.values()), default=0) + wide + EDGE
    turned = desk.words.direction == "rtl"
    boxes = {}
    for one in accounts:
        account = one.branch.account
        x, y = places[account.id][0], places[account.id][1] - up
        x = span - x - wide if turned else x
        teller = voice(desk.words, account.teller)
        name = f"{one.branch.label} {teller}".strip() if one.branch.depth == 0 or not one.number else one.number
        kind = SPEAKER if account.item is None else TEXT
        boxes[account.id] = Box(
            x=x, y=y, wide=wide, tall=tall, shape=outline(kind, x, y, wide, tall), name=lines_of(name, 32)[:1],
            whole=f"{name} {teller}" if account.teller != DOC and name != teller else name,
            kind=_account_words(desk, one), href=one.href,
            look="root" if account.counted else "" if account.held or account.item else "want",
        )  # fmt: skip
    first = {(b.edge.account, b.edge.source) for b in shown if b.edge is not None}
    styles = {"named": "now", "copy": "copy", "concluded": "other"}
    lines = []
    for edge in incident.derivations:
        if edge.account in boxes and edge.source in boxes:
            (a, b), bend = (boxes[edge.source], boxes[edge.account]), origin_picture.GAP_X // 2
            x, x2 = (a.x, b.x + wide) if turned else (a.x + wide, b.x)
            y, y2, bend = a.y + tall // 2, b.y + tall // 2, -bend if turned else bend
            sure = (edge.account, edge.source) in first
            look = styles[STRENGTH.get(edge.kind, "named")] if sure else "over"
            lines.append(Line(path=f"M{x} {y}C{x + bend} {y} {x2 - bend} {y2} {x2} {y2}", look=look))
    return Picture(
        wide=span,
        tall=max((box.y for box in boxes.values()), default=0) + tall + EDGE,
        boxes=tuple(boxes.values()),
        lines=tuple(lines),
    )


def _account_words(desk: Desk, one: Account) -> str:
    """The second line of its box: where it stands, or that it is not held; else whom the text names for it."""
    account = one.branch.account
    if account.item is None:
        return worded(desk.words, "held" if account.held else "not held")
    if one.branch.depth == 0:
        return one.number
    return worded(desk.words, "own voice") if account.teller == DOC else account.teller


@get("/graph", sync_to_thread=True)
def opening(desk: AtDesk, q: FromQuery[str] = "") -> Response[str]:
    """From where to open one."""
    return desk.answer("graphs.html", openings(desk, q), "actors")


@get("/graph/actors/{actor:str}", sync_to_thread=True)
def of_actor(desk: AtDesk, actor: FromPath[str]) -> Response[str]:
    """Around an actor."""
    return desk.answer("graph.html", actor_page(desk, actor), "actors")


@get("/graph/items/{number:str}", sync_to_thread=True)
def of_text(desk: AtDesk, number: FromPath[str]) -> Response[str]:
    """Around a text."""
    return desk.answer("graph.html", text_page(desk, number), "items")


@get("/graph/incidents/{incident:str}", sync_to_thread=True)
def of_incident(desk: AtDesk, incident: FromPath[str]) -> Response[str]:
    """The accounts of an incident."""
    return desk.answer("accounts.html", incident_page(desk, incident), "incidents")


PAGES: tuple[HTTPRouteHandler, ...] = (opening, of_actor, of_text, of_incident)
