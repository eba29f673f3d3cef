"""Persons, units, bodies, States and places: the list, one actor's page, and two side by side.

Start with `list_of`, `page_of` and `sides_of`. What sources say stands source by source, never blended.

Looks down to: casework (profile), actors, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.actors.model import ActorGroup
from probanda.casework import profile
from probanda.casework.profile import Likeness, Profile
from probanda.names.folding import fold
from probanda.web.desk import AtDesk, AtForm, Desk

PAGE = 200


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
    kind: str
    asked: str
    found: int
    after: str
    worked_out: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor's page."""

    profile: Profile
    incidents: tuple[tuple[str, str], ...]
    """(id, title) of the incidents with a claim that names it."""


def list_of(desk: Desk, kind: str = "", asked: str = "", after: str = "") -> Actors:
    """Actors by name, narrowed by kind and by letters of any form of the name."""
    groups = desk.store.actors(desk.eyes)
    wanted = fold(asked)
    named = [g for g in groups or () if not wanted or any(wanted in fold(v) for v in g.variants)]
    counts = Counter(g.kind.value for g in named)
    fits = sorted((g for g in named if kind in ("", g.kind.value)), key=lambda g: (g.name.casefold(), g.id))
    rest = fits[next((n + 1 for n, g in enumerate(fits) if g.id == after), 0) :]
    return Actors(
        tuple(map(_line, rest[:PAGE])),
        tuple(sorted(counts.items())),
        kind,
        asked,
        len(fits),
        rest[PAGE - 1].id if len(rest) > PAGE else "",
        groups is not None,
    )


def _line(group: ActorGroup) -> Line:
    others = tuple(v for v in group.variants if v != group.name)
    return Line(group.id, group.name, group.kind.value, others[:4], len(group.members), len(group.conflicts))


def page_of(desk: Desk, name: str) -> Actor:
    """One actor. Raises NotFound; WrongUsage where several bear the name."""
    found = profile.profile_of(desk.store, desk.eyes, name)
    claims = {said.claim.id for _, rows in found.sources for said in rows}
    incidents = [i for i in desk.store.incidents(desk.eyes) or () if claims & set(i.claims)]
    ordered = sorted(incidents, key=lambda i: (i.date_from or "9999", i.id))
    return Actor(found, tuple((i.id, i.title) for i in ordered))


def sides_of(desk: Desk, left: str, right: str) -> Likeness:
    """Two actors side by side; decides nothing. Raises NotFound, WrongUsage."""
    return profile.likeness(desk.store, desk.eyes, left, right)


@get("/actors", sync_to_thread=True)
def actors(
    desk: AtDesk, kind: FromQuery[str] = "", q: FromQuery[str] = "", after: FromQuery[str] = ""
) -> Response[str]:
    """The list."""
    return _html(desk, "actors.html", list_of(desk, kind, q, after))


@get("/actors/{actor:str}", sync_to_thread=True)
def actor(desk: AtDesk, actor: FromPath[str]) -> Response[str]:
    """One actor."""
    return _html(desk, "actor.html", page_of(desk, actor))


@get("/actors/{actor:str}/beside", sync_to_thread=True)
def beside(desk: AtDesk, actor: FromPath[str], other: FromQuery[str] = "") -> Response[str]:
    """Two side by side."""
    return _html(desk, "beside.html", sides_of(desk, actor, other))


@post("/actors/{actor:str}/identity", status_code=303, sync_to_thread=True)
def decide(desk: AtDesk, form: AtForm, actor: FromPath[str]) -> Redirect:
    """Same, not the same, or unsure; the groups are worked out anew."""
    other = form.get("other", "")
    with desk.deed() as store:
        profile.settle(store, desk.eyes, actor, other, form.get("verdict", ""), form.get("reason", ""))
        desk.case.incidents()
    return Redirect(f"/actors/{actor}/beside?other={other}", status_code=303)


@post("/actors/{actor:str}/split", status_code=303, sync_to_thread=True)
def split(desk: AtDesk, form: AtForm, actor: FromPath[str]) -> Redirect:
    """Take a form of the name out of this actor."""
    with desk.deed() as store:
        profile.split(store, desk.eyes, actor, [form.get("form", "")], form.get("reason", ""))
        desk.case.incidents()
    return Redirect(f"/actors/{actor}", status_code=303)


def _html(desk: Desk, template: str, record: object) -> Response[str]:
    return Response(desk.page(template, record, "actors"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (actors, actor, beside, decide, split)
