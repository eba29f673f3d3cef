"""The list of hypotheses that persons opened, then what rules suggest; opening one, and laying the matrix out anew.

Start with `list_of`. The list charts nothing: it says what persons decided, which the log holds.

Looks down to: casework, law, matrix, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Redirect, Response

from probanda.casework import hypothesizing, matrix_charts, matrix_decided, matrix_laying
from probanda.matrix.hypothesis import Decided, Says
from probanda.store import laid
from probanda.web.desk import COUNTED, AtDesk, AtForm, Desk
from probanda.web.gathering import Gathered

PAGE = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One hypothesis that a person opened."""

    id: str
    name: str
    crime: str
    crime_title: str
    mode: str
    by: str
    at: str
    reason: str
    closed: str
    """Why it was closed; empty while it is open."""
    elements: int
    assessed: int
    """Elements that somebody assessed; whether that still rests on what stands, the matrix tells."""
    tasks: int
    """Tasks that are open."""


@dataclass(frozen=True, slots=True)
class Page:
    """The list."""

    opened: tuple[Line, ...]
    suggested: tuple[laid.Outline, ...]
    found: int
    """Suggestions in all, as far as `COUNTED`."""
    after: int | None
    """Where the next page of them begins."""
    who: str
    first: bool
    laid_out: bool
    older: bool
    gathered: Gathered
    crimes: tuple[tuple[str, str], ...]
    """Id and title of each crime of the law packs in use."""
    modes: tuple[tuple[str, str], ...]


def list_of(desk: Desk, after: int = -1, who: str = "") -> Page:
    """What was opened, and one page of what is suggested."""
    store, eyes = desk.store, desk.eyes
    every = matrix_decided.decided(store, eyes)
    found = store.ask(eyes, laid.page, PAGE + 1, after, who)
    held = _held(desk, every)
    packs = matrix_charts.laws(store, eyes)
    laid_out = matrix_laying.is_laid_out(store, eyes)
    return Page(
        opened=tuple(_line(desk, one) for one in every),
        suggested=tuple(one for one in found[:PAGE] if (one.actor, one.crime, one.mode) not in held),
        found=store.ask(eyes, laid.most, COUNTED),
        after=found[PAGE - 1].place if len(found) > PAGE else None,
        who=who,
        first=after < 0,
        laid_out=laid_out,
        older=laid_out and not matrix_laying.is_current(store, eyes),
        gathered=desk.shop.gathering.state(store, eyes),
        crimes=tuple((c.id, c.title) for pack in packs for c in pack.crimes),
        modes=tuple((m.id, m.title) for pack in packs for m in pack.modes),
    )


def _held(desk: Desk, every: list[Decided]) -> set[tuple[str, str, str]]:
    """Person, crime and mode of what is open already."""
    known = desk.store.bound(desk.eyes, {m for d in every for m in (d.hypothesis.actor, *d.hypothesis.names)})
    held = set()
    for h in (d.hypothesis for d in every if d.closing is None):
        who = next((known[m].actor for m in (h.actor, *h.names) if m in known), h.actor)
        held.add((who, h.crime, h.mode))
    return held


def _line(desk: Desk, one: Decided) -> Line:
    h = one.hypothesis
    return Line(
        id=h.id, name=h.actor_name, crime=h.crime, crime_title=h.crime_title, mode=h.mode,
        by=desk.names.get(h.by, ""), at=h.at, reason=h.reason, closed=one.closing.reason if one.closing else "",
        elements=len(h.elements), assessed=len({a.slot for a in one.assessments if a.says is not Says.OPEN}),
        tasks=sum(not t.closed for t in one.tasks),
    )  # fmt: skip


@get("/hypotheses", sync_to_thread=True)
def hypotheses(desk: AtDesk, after: FromQuery[int] = -1, who: FromQuery[str] = "") -> Response[str]:
    """The list."""
    return desk.answer("hypotheses.html", list_of(desk, after, who.strip()), "matrix")


@post("/hypotheses/open", status_code=303, sync_to_thread=True)
def open_(desk: AtDesk, form: AtForm) -> Redirect:
    """Open one, from a suggestion or on a person, a crime and a mode."""
    told = {key: form.get(key, "").strip() or None for key in ("suggestion", "person", "crime", "mode")}
    if told["suggestion"]:
        told = {"suggestion": told["suggestion"]}
    with desk.deed() as store:
        made = hypothesizing.open_(
            store, desk.eyes, form.get("reason", ""), incidents=form.get("incidents", "").split(), **told
        )
    return Redirect(f"/matrix/{made}", status_code=303)


@post("/hypotheses/lay-out", status_code=303, sync_to_thread=True)
def lay_out(desk: AtDesk, form: AtForm) -> Redirect:
    """Lay out anew what rules propose: at once in a small case, in a process of its own in a large one."""
    users = tuple(dict.fromkeys((desk.case.eyes.user, desk.user)))
    gathering = desk.shop.gathering
    if gathering.is_quick(desk.store, desk.eyes):
        with desk.deed() as store:
            matrix_laying.here(store, users)
    else:
        gathering.start(desk.store, users, desk.shop.writing, matrix_laying.elsewhere)
    return Redirect("/hypotheses", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (hypotheses, open_, lay_out)
