"""The log: who decided what, when and why, newest first.

Start with `lines`. Looks down to: casework (undo), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import undo
from probanda.store import listed
from probanda.web.desk import AtDesk, AtForm, Desk

PAGE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One decision."""

    id: str
    at: str
    by: str
    kind: str
    subject: str
    reason: str
    stands: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class Log:
    """The page."""

    lines: tuple[Line, ...]
    before: str
    """Id of the decision after which the next page goes on; empty at the end."""


def lines(desk: Desk, most: int, before: str = "") -> tuple[Line, ...]:
    """The newest decisions that these eyes see, from the one before `before` on."""
    every = desk.store.decisions(desk.eyes)[::-1]
    numbers = {row.digest: row.number for row in desk.store.items(desk.eyes)}
    undoable = {d.id for d in undo.undoable(desk.store, desk.eyes)}
    start = next((n + 1 for n, d in enumerate(every) if d.id == before), 0)
    return tuple(
        Line(
            d.id,
            d.at,
            desk.names.get(d.by, ""),
            d.kind,
            numbers.get(d.subject, d.subject[:12]),
            d.reason,
            d.stands,
            d.id in undoable,
        )
        for d in every[start : start + most]
    )


@get("/log", sync_to_thread=True)
def log(desk: AtDesk, before: FromQuery[str] = "") -> Response[str]:
    """The log."""
    found = lines(desk, PAGE + 1, before)
    page = Log(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else "")
    return Response(desk.page("log.html", page, "log"), media_type="text/html; charset=utf-8")


@post("/log/{decision:str}/undo", status_code=303, sync_to_thread=True)
def take_back(desk: AtDesk, form: AtForm, decision: FromPath[str]) -> Redirect:
    """Take a decision back, by an entry of its own; what names and incidents rest on it is worked out anew."""
    with desk.deed() as store:
        done = undo.undo(store, desk.eyes, decision, form.get("reason", ""))
    if done.decision.kind == "identity" and desk.store.ask(desk.eyes, listed.worked_out):
        desk.gather()
    return Redirect("/log", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (log, take_back)
