"""Incidents: the list, and one with its versions side by side, its accounts, its contradictions; sorting its claims.

Start with `list_of` and `page_of`. Looks down to: casework (sorting), reports (pictures), incidents, store, web.desk.
Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import opposing, sorting
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident
from probanda.incidents.opposed import Mark
from probanda.kernel.errors import WrongUsage
from probanda.reports.origin_picture import drawn
from probanda.web.desk import AtDesk, AtForm, Desk, period

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in the list."""

    id: str
    title: str
    act: str
    when: str
    places: tuple[str, ...]
    claims: int
    says: str
    versions: int


@dataclass(frozen=True, slots=True)
class Incidents:
    """The list, in order of days; what has no day stands at the end."""

    lines: tuple[Line, ...]
    found: int
    after: str
    worked_out: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with where it stands."""

    claim: Claim
    number: str
    why: str


@dataclass(frozen=True, slots=True)
class Sides:
    """One contradiction with both its claims."""

    found: Contradiction
    a: Told
    b: Told
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Page:
    """One incident."""

    incident: Incident
    when: str
    told: Mapping[str, Told]
    contradictions: tuple[Sides, ...]
    around: tuple[tuple[str, str, str], ...]
    """(id, title, reason) of the incidents it lies in."""
    picture: str
    """Address of the picture of its accounts."""


def list_of(desk: Desk, after: str = "") -> Incidents:
    """The incidents that these eyes see."""
    every = desk.store.incidents(desk.eyes)
    ordered = sorted(every or (), key=lambda i: (i.date_from or "9999", i.title.casefold(), i.id))
    rest = ordered[next((n + 1 for n, i in enumerate(ordered) if i.id == after), 0) :]
    lines = tuple(
        Line(
            i.id, i.title, i.act_type.value, period(desk.words, i.date_from, i.date_to),
            tuple(dict.fromkeys(i.places)), len(i.claims), i.corroboration.says, len(i.versions),
        )
        for i in rest[:PAGE]
    )  # fmt: skip
    return Incidents(lines, len(ordered), rest[PAGE - 1].id if len(rest) > PAGE else "", every is not None)


def page_of(desk: Desk, name: str) -> Page:
    """One incident. Raises NotFound; WrongUsage where the letters fit several."""
    store, eyes = desk.store, desk.eyes
    found = sorting.one_incident(store, eyes, name)
    opposed = [c for c in store.contradictions(eyes) or () if c.a in found.claims or c.b in found.claims]
    wanted = {*found.claims, *(i for c in opposed for i in (c.a, c.b))}
    claims = {c.id: c for c in store.claims(eyes, ids=wanted)}
    numbers = {row.digest: row.number for row in store.items(eyes, {c.item for c in claims.values()})}
    reasons = dict(found.reasons)
    told = {i: Told(c, numbers.get(c.item, ""), reasons.get(i, "")) for i, c in claims.items()}
    marks = opposing.marks(store, eyes)
    titles = {i.id: i.title for i in store.incidents(eyes) or ()}
    return Page(
        incident=found,
        when=period(desk.words, found.date_from, found.date_to),
        told=told,
        contradictions=tuple(
            Sides(c, told[c.a], told[c.b], marks.get((min(c.a, c.b), max(c.a, c.b))))
            for c in opposed
            if c.a in told and c.b in told
        ),
        around=tuple((p.incident, titles.get(p.incident, ""), p.reason) for p in found.part_of),
        picture=f"/incidents/{found.id}/accounts.svg",
    )


@get("/incidents", sync_to_thread=True)
def incidents(desk: AtDesk, after: FromQuery[str] = "") -> Response[str]:
    """The list."""
    return _html(desk, "incidents.html", list_of(desk, after))


@get("/incidents/{incident:str}", sync_to_thread=True)
def incident(desk: AtDesk, incident: FromPath[str]) -> Response[str]:
    """One incident."""
    return _html(desk, "incident.html", page_of(desk, incident))


@get("/incidents/{incident:str}/accounts.svg", sync_to_thread=True)
def accounts(desk: AtDesk, incident: FromPath[str]) -> Response[str]:
    """The picture of its accounts, drawn by us: nothing in it is live."""
    found = sorting.one_incident(desk.store, desk.eyes, incident)
    numbers = {row.digest: row.number for row in desk.store.items(desk.eyes)}
    return Response(drawn(found, numbers), media_type="image/svg+xml")


@post("/incidents/{incident:str}/claims", status_code=303, sync_to_thread=True)
def sort(desk: AtDesk, form: AtForm, incident: FromPath[str]) -> Redirect:
    """Add a claim, take some out, split some off, join another incident; or undo the last of these."""
    deed, reason, other = form.get("deed", ""), form.get("reason", ""), form.get("other", "").strip()
    chosen = form.get("claims", "").split()
    with desk.deed() as store:
        eyes = desk.eyes
        home = sorting.one_incident(store, eyes, incident)
        stays = next((c for c in home.claims if c not in chosen), home.id)
        if deed == "add":
            sorting.add(store, eyes, other, home.id, reason)
        elif deed == "take":
            for one in chosen:
                sorting.take(store, eyes, one, home.id, reason)
        elif deed == "split":
            sorting.split(store, eyes, home.id, chosen, reason)
        elif deed == "merge":
            sorting.merge(store, eyes, home.id, other, reason)
        elif deed == "undo":
            sorting.undo(store, eyes, reason)
        else:
            raise WrongUsage("That is nothing that is done to an incident.", "Add, take out, split off, or join.")
        desk.case.incidents()
        gone = sorting.one_incident(store, eyes, stays)
    return Redirect(f"/incidents/{gone.id}", status_code=303)


def _html(desk: Desk, template: str, record: object) -> Response[str]:
    return Response(desk.page(template, record, "incidents"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (incidents, incident, accounts, sort)
