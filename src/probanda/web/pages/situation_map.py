"""The map of the situation: incidents as areas of what is known, near ones as one mark, people on the move as arrows.

Start with `page_of`. What has no known position is counted and listed beside. Everything leads by links: nearer,
farther, aside, into one mark, to the timeline of the same incidents.

Looks down to: incidents (whereabouts, flows), reports (map_layout), store, web.narrowing. Used by: web.pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from probanda.claims.model import Claim
from probanda.incidents import flows, whereabouts
from probanda.incidents.whereabouts import Stands
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import ActType, Status
from probanda.reports.clusters import Mark, Spot
from probanda.reports.map_layout import Drawing, Move, lay_out
from probanda.reports.mercator import DEEPEST, TALL, WIDE, Window, fitting, window_of
from probanda.store import listed, spread
from probanda.store.ahead import INCIDENTS
from probanda.store.spread import Line
from probanda.web import narrowing
from probanda.web.desk import AtDesk, Desk, period
from probanda.web.door import POLICY, SANDBOX
from probanda.web.gathering import Gathered
from probanda.web.narrowing import Narrowed
from probanda.web.tiles import Placed

PAGE = 50
NAMES = 60
"""Names without a known position that are shown, those of most incidents first."""
TWO_PLACES = 2_000
"""Incidents with two places and more whose claims are looked at for where people came from and went to."""
NONE = "none"
"""In place of a mark: what has no known position."""
STEP = 0.4
"""Part of the picture by which one goes aside."""
BROADEST = 400.0
"""Kilometres: wider areas do not decide what the first view shows, where there are others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in the list beside."""

    id: str
    title: str
    when: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """People told to have gone from one place to another."""

    key: str
    start: str
    end: str
    incidents: tuple[str, ...]
    claims: int
    bounds: tuple[tuple[str, int, int], ...]
    """(what was counted, lowest, highest number told)."""
    drawn: bool
    """False where an end has no known position."""


@dataclass(frozen=True, slots=True)
class Page:
    """The map as it is seen from here."""

    asked: Narrowed
    acts: tuple[str, ...]
    statuses: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]
    found: int
    """Incidents that fit."""
    all: int
    placed: int
    """Of those that fit, the ones with a known position."""
    cut: bool
    drawing: Drawing
    land: str
    """As the `d` of an SVG path; empty where there is none in the picture, or no borders are built in."""
    has_borders: bool
    tiles: tuple[Placed, ...]
    base: str
    """Name of one's own base map."""
    links: Mapping[str, str]
    """Query strings: nearer, farther, north, south, east, west, whole, unplaced, timeline; empty where there is
    nowhere to go."""
    into: Mapping[str, str]
    """Where a mark leads, by the id of its first spot."""
    here: tuple[float, float, int]
    """Latitude, longitude and zoom."""
    spot: str
    """The mark that was gone into: the name of its place; `none` for what has no position."""
    rows: tuple[Row, ...]
    listed: int
    """Incidents that the list has in all."""
    next: str
    ways: tuple[Way, ...]
    missing: tuple[tuple[str, str, int], ...]
    """(place as written, why it has no position, incidents)."""
    more_missing: bool
    without: int
    """Incidents of which no place is told."""
    worked_out: bool
    gathered: Gathered

    @property
    def unplaced(self) -> int:
        """Incidents that fit and stand nowhere on the map."""
        return self.found - self.placed


def page_of(desk: Desk, asked: Narrowed, at: str = "", spot: str = "", after: str = "") -> Page:
    """The map of the incidents that fit, seen from `at` (zoom/latitude/longitude; from where all are seen without),
    with the list of those in the picture, in one `spot`, or without a position, from behind the incident `after` on.
    """
    fits = narrowing.fitting(desk, asked)
    atlas = desk.shop.atlas
    where = _stands(fits.lines, desk)
    spots = _spots(where)
    window = window_of(at) or _first_view(spots)
    ways, moves, ends = _ways(desk, fits.lines)
    drawing = lay_out(spots, moves, ends, window)
    shown = _listed(drawing, spots, spot)
    lines = [line for line in fits.lines if (line.id in shown if spot != NONE else not where[line.id].at)]
    start = next((n for n, line in enumerate(lines, 1) if line.id == after), 0)
    rows = lines[start : start + PAGE]
    missing = Counter(one for stands in where.values() for one in stands.missing)
    ordered = sorted(missing.items(), key=lambda pair: (-pair[1], pair[0]))
    return Page(
        asked=asked,
        acts=tuple(kind.value for kind in ActType),
        statuses=tuple(one.value for one in Status),
        actors=fits.actors,
        found=len(fits.lines),
        all=fits.all,
        placed=sum(bool(one.at) for one in where.values()),
        cut=fits.cut,
        drawing=drawing,
        land="" if atlas.tiles else atlas.land(window),
        has_borders=atlas.has_borders,
        tiles=atlas.tiles.placed(window) if atlas.tiles else (),
        base=atlas.tiles.name if atlas.tiles else "",
        links=_links(asked, window, at),
        into={mark.spots[0].id: _into(asked, mark, window) for mark in _all_marks(drawing)},
        here=(window.latitude, window.longitude, window.zoom),
        spot=NONE if spot == NONE else next((one.name or spot for one in spots if one.id == spot), ""),
        rows=_rows(desk, [line.id for line in rows]),
        listed=len(lines),
        next=asked.query(at=window.address, spot=spot, after=rows[-1].id) if start + PAGE < len(lines) else "",
        ways=ways,
        missing=tuple((words, why.value, count) for (words, why), count in ordered[:NAMES]),
        more_missing=len(ordered) > NAMES,
        without=sum(not line.places for line in fits.lines),
        worked_out=desk.store.ask(desk.eyes, listed.worked_out),
        gathered=desk.gathered(),
    )


def _stands(lines: Sequence[Line], desk: Desk) -> dict[str, Stands]:
    """Where each incident stands; worked out once for each set of places."""
    positions = desk.shop.atlas.positions
    known: dict[tuple[str, ...], Stands] = {}
    found: dict[str, Stands] = {}
    for line in lines:
        key = (line.kind, *line.places)
        if key not in known:
            known[key] = whereabouts.stands(key[1:], line.kind, positions)
        found[line.id] = known[key]
    return found


def _spots(where: Mapping[str, Stands]) -> list[Spot]:
    """The circles with their incidents, in order of ids."""
    held: dict[str, list[str]] = {}
    stands = {one.position.id: one for found in where.values() for one in found.at}
    blurred = {one.position.id: one.blurred for found in where.values() for one in found.at if one.blurred}
    for incident, found in where.items():
        for one in found.at:
            held.setdefault(one.position.id, []).append(incident)
    return [
        Spot(id_, at.name, at.latitude, at.longitude, at.radius, tuple(held[id_]), blurred.get(id_, ""))
        for id_, at in sorted((id_, one.position) for id_, one in stands.items())
    ]


def _first_view(spots: Sequence[Spot]) -> Window:
    narrow = [one for one in spots if one.radius <= BROADEST] or spots
    return fitting((one.latitude, one.longitude, one.radius) for one in narrow)


def _listed(drawing: Drawing, spots: Sequence[Spot], spot: str) -> set[str]:
    """Incidents of one spot, or of all marks in the picture."""
    if spot:
        return {incident for one in spots if one.id == spot for incident in one.incidents}
    return {incident for mark in _all_marks(drawing) for incident in mark.incidents}


def _all_marks(drawing: Drawing) -> list[Mark]:
    return [*(one.mark for one in (*drawing.marks, *drawing.broad)), *drawing.around]


def _into(asked: Narrowed, mark: Mark, window: Window) -> str:
    """Where a mark leads: to its one incident, to the list of its one place, or nearer to its places."""
    if len(mark.incidents) == 1:
        return f"/incidents/{mark.incidents[0]}"
    if len(mark.spots) == 1 or window.zoom == DEEPEST:
        return f"/map{asked.query(at=window.address, spot=mark.spots[0].id)}"
    near = fitting(((one.latitude, one.longitude, one.radius) for one in mark.spots), DEEPEST)
    return f"/map{asked.query(at=Window(max(near.zoom, window.zoom + 1), near.latitude, near.longitude).address)}"


def _links(asked: Narrowed, window: Window, at: str) -> dict[str, str]:
    right, down = WIDE * STEP, TALL * STEP
    to = {
        "nearer": window.zoomed(1), "farther": window.zoomed(-1), "north": window.shifted(0, -down),
        "south": window.shifted(0, down), "east": window.shifted(right, 0), "west": window.shifted(-right, 0),
    }  # fmt: skip
    here = window.address
    links = {name: f"/map{asked.query(at=one.address)}" if one != window else "" for name, one in to.items()}
    return links | {
        "whole": f"/map{asked.query()}" if at else "",
        "here": f"/map{asked.query(at=here)}",
        "unplaced": f"/map{asked.query(at=here, spot=NONE)}",
        "timeline": f"/timeline{asked.query()}",
    }


def _rows(desk: Desk, ids: Sequence[str]) -> tuple[Row, ...]:
    found = desk.store.ask(desk.eyes, listed.by_id, INCIDENTS, ids)
    told = [(one.id, one.told) for one in found]
    return tuple(Row(id_, t["title"], period(desk.words, t["from"], t["to"]), tuple(t["places"])) for id_, t in told)


# --- people on the move ---------------------------------------------------------------------------


def _ways(desk: Desk, lines: Sequence[Line]) -> tuple[tuple[Way, ...], list[Move], dict[str, tuple[float, float]]]:
    """(in words, to be drawn, where they end): claims of these incidents that tell both ends of a way."""
    several = [line.id for line in lines if len(line.places) > 1][:TWO_PLACES]
    pairs = desk.store.ask(desk.eyes, spread.moving, several)
    claims = {one.id: one for one in desk.store.claims(desk.eyes, ids={claim for _, claim in pairs})}
    told: dict[tuple[str, str], list[tuple[str, Claim]]] = {}
    names: dict[str, str] = {}
    at: dict[str, tuple[float, float]] = {}
    place = _placing(desk, names, at)
    for incident, id_ in pairs:
        ends = flows.ends(claims[id_]) if id_ in claims else None
        if ends is not None:
            told.setdefault((place(ends[0]), place(ends[1])), []).append((incident, claims[id_]))
    ways = [
        Way(
            f"{start}>{end}", names[start], names[end], tuple(sorted({incident for incident, _ in both})),
            len({one.id for _, one in both}), flows.bounds(one for _, one in both), start in at and end in at,
        )
        for (start, end), both in told.items()
        if start != end
    ]  # fmt: skip
    ways.sort(key=lambda way: (-len(way.incidents), way.key))
    moves = [Move(*_ends(way), len(way.incidents), way.key) for way in ways if way.drawn]
    return tuple(ways), moves, at


def _ends(way: Way) -> tuple[str, str]:
    start, _, end = way.key.partition(">")
    return start, end


def _placing(desk: Desk, names: dict[str, str], at: dict[str, tuple[float, float]]) -> Callable[[str], str]:
    """From a place as written to its id, noting its name and where it lies; blurred as incidents are."""

    def place(words: str) -> str:
        found = whereabouts.stands((words,), ActType.DISPLACEMENT.value, desk.shop.atlas.positions).at
        id_ = found[0].position.id if found else f"written {words.replace('>', ' ')}"
        names[id_] = (found[0].position.name if found else "") or words
        if found:
            at[id_] = found[0].position.latitude, found[0].position.longitude
        return id_

    return place


# --- handlers -------------------------------------------------------------------------------------


@get("/map", sync_to_thread=True)
def situation_map(
    desk: AtDesk,
    at: FromQuery[str] = "",
    spot: FromQuery[str] = "",
    after: FromQuery[str] = "",
    act: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    place: FromQuery[str] = "",
    status: FromQuery[str] = "",
) -> Response[str]:
    """The map."""
    asked = Narrowed.of(act, actor, since, until, place, status)
    return desk.answer("map.html", page_of(desk, asked, at, spot, after), "map")


@get("/map/tiles/{zoom:int}/{x:int}/{y:int}", sync_to_thread=True)
def tile(desk: AtDesk, zoom: FromPath[int], x: FromPath[int], y: FromPath[int]) -> Response[bytes]:
    """One tile of one's own base map: a picture or nothing."""
    tiles = desk.shop.atlas.tiles
    found = tiles.tile(zoom, x, y) if tiles else None
    if found is None:
        raise NotFound("tile", f"{zoom}/{x}/{y}", "probanda serve --base-map FILE")
    return Response(found[0], media_type=found[1], headers={POLICY: SANDBOX})


PAGES: tuple[HTTPRouteHandler, ...] = (situation_map, tile)
