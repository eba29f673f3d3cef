"""Persons, units, bodies, States and places: the list, one actor's page, and two side by side.

Start with `list_of`, `page_of` and `sides_of`. What sources say stands source by source, never blended.

Looks down to: casework (profile), actors, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import profile
from probanda.casework.profile import Likeness, Profile
from probanda.store import listed
from probanda.store.ahead import ACTORS, INCIDENTS
from probanda.web.desk import COUNTED, AtDesk, AtForm, Desk
from probanda.web.gathering import Gathered

PAGE = 200
LOOKED = 300
"""Places and claims of one actor on one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One actor in the list."""

    id: str
    name: str
    kind: str
    others: tuple[str, ...]
    mentions: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Actors:
    """The list; `worked_out` is False where nobody has run `incidents`."""

    lines: tuple[Line, ...]
    kinds: tuple[tuple[str, int], ...]
    """Counts stop at `COUNTED`, as does `found`."""
    kind: str
    asked: str
    found: int
    after: str
    worked_out: bool
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor's page; of very many places and claims a part."""

    profile: Profile
    incidents: tuple[tuple[str, str], ...]
    """(id, title) of the incidents with a claim that names it, of the claims shown."""
    places: int
    """Mentions it has in all."""
    looked: int
    """Mentions that were looked at for the forms of the name."""
    after: str
    """The last claim shown, where more follow."""
    gathered: Gathered


def list_of(desk: Desk, kind: str = "", asked: str = "", after: str = "") -> Actors:
    """Actors by name, narrowed by kind and by letters of any form of the name."""
    store, eyes = desk.store, desk.eyes
    lines = store.ask(eyes, listed.page, ACTORS, PAGE + 1, after, kind, asked)
    return Actors(
        tuple(map(_line, lines[:PAGE])),
        tuple(store.ask(eyes, listed.kinds, ACTORS, COUNTED, asked).items()),
        kind,
        asked,
        store.ask(eyes, listed.most, ACTORS, COUNTED, kind, asked),
        lines[PAGE - 1].id if len(lines) > PAGE else "",
        store.ask(eyes, listed.worked_out),
        desk.gathered(),
    )


def _line(line: listed.Line) -> Line:
    told = line.told
    return Line(line.id, told["name"], line.kind, tuple(told["others"]), told["mentions"], told["conflicts"])


def page_of(desk: Desk, name: str, after: str = "") -> Actor:
    """One actor. Raises NotFound; WrongUsage where several bear the name."""
    store, eyes = desk.store, desk.eyes
    found = profile.profile_of(store, eyes, name, most=LOOKED, after=after)
    said = [row.claim.id for _, rows in found.sources for row in rows]
    incidents = store.ask(eyes, listed.holding, listed.CLAIM_IN_INCIDENT, said)
    (line,) = store.ask(eyes, listed.by_id, ACTORS, [found.actor.id])
    return Actor(
        profile=found,
        incidents=tuple((i.id, i.told["title"]) for i in store.ask(eyes, listed.by_id, INCIDENTS, incidents)),
        places=line.told["mentions"],
        looked=sum(len(stands) for _, stands in found.forms),
        after=found.last if len(said) == LOOKED else "",
        gathered=desk.gathered(),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """Two actors side by side."""

    likeness: Likeness
    gathered: Gathered


def sides_of(desk: Desk, left: str, right: str) -> Beside:
    """Two actors side by side; decides nothing. Raises NotFound, WrongUsage."""
    return Beside(profile.likeness(desk.store, desk.eyes, left, right, most=LOOKED), desk.gathered())


def identify(desk: Desk, left: str, right: str, verdict: str, reason: str) -> None:
    """Record that two are the same, are not, or that it is unsure. Raises as `profile.settle`."""
    with desk.deed() as store:
        profile.settle(store, desk.eyes, left, right, verdict, reason)
    desk.gather()


def taken_out(desk: Desk, actor: str, form: str, reason: str) -> None:
    """Take a form of the name out of this actor. Raises as `profile.split`."""
    with desk.deed() as store:
        profile.split(store, desk.eyes, actor, [form], reason)
    desk.gather()


@get("/actors", sync_to_thread=True)
def actors(
    desk: AtDesk, kind: FromQuery[str] = "", q: FromQuery[str] = "", after: FromQuery[str] = ""
) -> Response[str]:
    """The list."""
    return desk.answer("actors.html", list_of(desk, kind, q, after), "actors")


@get("/actors/{actor:str}", sync_to_thread=True)
def actor(desk: AtDesk, actor: FromPath[str], after: FromQuery[str] = "") -> Response[str]:
    """One actor."""
    return desk.answer("actor.html", page_of(desk, actor, after), "actors")


@get("/actors/{actor:str}/beside", sync_to_thread=True)
def beside(desk: AtDesk, actor: FromPath[str], other: FromQuery[str] = "") -> Response[str]:
    """Two side by side."""
    return desk.answer("beside.html", sides_of(desk, actor, other), "actors")


@post("/actors/{actor:str}/identity", status_code=303, sync_to_thread=True)
def decide(desk: AtDesk, form: AtForm, actor: FromPath[str]) -> Redirect:
    """Same, not the same, or unsure."""
    other = form.get("other", "")
    identify(desk, actor, other, form.get("verdict", ""), form.get("reason", ""))
    return Redirect(f"/actors/{actor}/beside?other={other}", status_code=303)


@post("/actors/{actor:str}/split", status_code=303, sync_to_thread=True)
def split(desk: AtDesk, form: AtForm, actor: FromPath[str]) -> Redirect:
    """Take a form of the name out of this actor."""
    taken_out(desk, actor, form.get("form", ""), form.get("reason", ""))
    return Redirect(f"/actors/{actor}", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (actors, actor, beside, decide, split)
