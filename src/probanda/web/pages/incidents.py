"""Incidents: the list, and one with its versions side by side, its accounts, its contradictions; sorting its claims.

Start with `list_of` and `page_of`. Looks down to: casework (sorting), reports (pictures), incidents, store, web.desk.
Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import looks, matrix_about, opposing, sorting
from probanda.casework.matrix_about import Place
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident
from probanda.incidents.opposed import Mark
from probanda.kernel.errors import WrongUsage
from probanda.reports.casefile import LookAlike
from probanda.reports.origin_picture import drawn
from probanda.store import listed
from probanda.store.ahead import INCIDENTS
from probanda.web.desk import COUNTED, AtDesk, AtForm, Desk, period
from probanda.web.gathering import Gathered

PAGE = 100
CLAIMS, CITED, OPPOSED = 200, 60, 100
"""On one page of an incident: its claims, those that each version cites, its contradictions."""


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
    """As far as `COUNTED`."""
    after: str
    worked_out: bool
    gathered: Gathered


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
    """The claims that this page shows or cites."""
    shown: tuple[str, ...]
    start: int
    later: int | None
    """Where the next claims begin; None after the last."""
    contradictions: tuple[Sides, ...]
    more_opposed: bool
    around: tuple[tuple[str, str, str], ...]
    """(id, title, reason) of the incidents it lies in."""
    picture: str
    """Address of the picture of its accounts."""
    alike: tuple[LookAlike, ...]
    """Pictures and recordings behind its accounts that look alike."""
    gathered: Gathered
    cells: tuple[Place, ...]
    """Hypotheses and suggestions of which cells hold its claims."""


def list_of(desk: Desk, after: str = "") -> Incidents:
    """The incidents that these eyes see."""
    store, eyes = desk.store, desk.eyes
    found = store.ask(eyes, listed.page, INCIDENTS, PAGE + 1, after)
    return Incidents(
        tuple(_line(desk, one) for one in found[:PAGE]),
        store.ask(eyes, listed.most, INCIDENTS, COUNTED),
        found[PAGE - 1].id if len(found) > PAGE else "",
        store.ask(eyes, listed.worked_out),
        desk.gathered(),
    )


def _line(desk: Desk, one: listed.Line) -> Line:
    told = one.told
    return Line(
        one.id, told["title"], one.kind, period(desk.words, told["from"], told["to"]), tuple(told["places"]),
        told["claims"], told["says"], told["versions"],
    )  # fmt: skip


def page_of(desk: Desk, name: str, start: int = 0) -> Page:
    """One incident, its claims from `start` on. Raises NotFound; WrongUsage where the letters fit several."""
    store, eyes = desk.store, desk.eyes
    found = store.ask(eyes, listed.incident, sorting.named(store, eyes, name), whole=False)
    assert found is not None  # noqa: S101 - it was named a moment ago
    shown = found.claims[start : start + CLAIMS]
    opposed = store.ask(eyes, listed.contradictions, found.id, OPPOSED + 1)
    cited = {c for v in found.versions + found.differing for c in (*v.claims[:CITED], *v.against[:CITED])}
    claims = {c.id: c for c in store.claims(eyes, ids={*shown, *cited, *(i for c in opposed for i in (c.a, c.b))})}
    numbers = store.ask(eyes, listed.numbers, {c.item for c in claims.values()})
    reasons = store.ask(eyes, listed.reasons, found.id, shown)
    told = {i: Told(c, numbers.get(c.item, ""), reasons.get(i, "")) for i, c in claims.items()}
    marks = opposing.marks(store, eyes, opposed)
    titles = {
        i.id: i.told["title"] for i in store.ask(eyes, listed.by_id, INCIDENTS, [p.incident for p in found.part_of])
    }
    return Page(
        incident=found,
        when=period(desk.words, found.date_from, found.date_to),
        told=told,
        shown=shown,
        start=start,
        later=start + CLAIMS if start + CLAIMS < len(found.claims) else None,
        contradictions=tuple(
            Sides(c, told[c.a], told[c.b], marks.get((min(c.a, c.b), max(c.a, c.b))))
            for c in opposed[:OPPOSED]
            if c.a in told and c.b in told
        ),
        more_opposed=len(opposed) > OPPOSED,
        around=tuple((p.incident, titles.get(p.incident, ""), p.reason) for p in found.part_of),
        picture=f"/incidents/{found.id}/accounts.svg",
        alike=looks.of_incident(store, eyes, found.id, {c.item for c in claims.values()}),
        gathered=desk.gathered(),
        cells=matrix_about.cells_of(store, eyes, found),
    )


@get("/incidents", sync_to_thread=True)
def incidents(desk: AtDesk, after: FromQuery[str] = "") -> Response[str]:
    """The list."""
    return desk.answer("incidents.html", list_of(desk, after), "incidents")


@get("/incidents/{incident:str}", sync_to_thread=True)
def incident(desk: AtDesk, incident: FromPath[str], start: FromQuery[int] = 0) -> Response[str]:
    """One incident."""
    return desk.answer("incident.html", page_of(desk, incident, max(0, start)), "incidents")


@get("/incidents/{incident:str}/accounts.svg", sync_to_thread=True)
def accounts(desk: AtDesk, incident: FromPath[str]) -> Response[str]:
    """The picture of its accounts, drawn by us: nothing in it is live."""
    found = sorting.one_incident(desk.store, desk.eyes, incident)
    numbers = desk.store.ask(desk.eyes, listed.numbers, {a.item for a in found.accounts if a.item})
    return Response(drawn(found, numbers), media_type="image/svg+xml")


def sort(desk: Desk, incident: str, deed: str, claims: Sequence[str], other: str, reason: str) -> str:
    """Add a claim, take some out, move some, split some off, join another incident; or undo the last of these.

    Gives the id of the incident in which what stayed lies now.
    """
    with desk.deed() as store:
        eyes = desk.eyes
        home = sorting.one_incident(store, eyes, incident)
        stays = next((c for c in home.claims if c not in claims), home.id)
        if deed == "add":
            sorting.add(store, eyes, other, home.id, reason)
        elif deed == "take":
            for one in claims:
                sorting.take(store, eyes, one, home.id, reason)
        elif deed == "move":
            sorting.move(store, eyes, claims, home.id, other, reason)
        elif deed == "split":
            sorting.split(store, eyes, home.id, claims, reason)
        elif deed == "merge":
            sorting.merge(store, eyes, home.id, other, reason)
        elif deed == "undo":
            sorting.undo(store, eyes, reason)
        else:
            raise WrongUsage("That is nothing that is done to an incident.", "Add, take out, move, split off, or join.")
    desk.gather()
    return sorting.named(desk.store, desk.eyes, stays)


@post("/incidents/{incident:str}/claims", status_code=303, sync_to_thread=True)
def sorted_(desk: AtDesk, form: AtForm, incident: FromPath[str]) -> Redirect:
    """Sort its claims."""
    home = sort(
        desk, incident, form.get("deed", ""), form.get("claims", "").split(), form.get("other", "").strip(),
        form.get("reason", ""),
    )  # fmt: skip
    return Redirect(f"/incidents/{home}", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (incidents, incident, accounts, sorted_)
