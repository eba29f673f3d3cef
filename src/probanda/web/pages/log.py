"""The log: who decided what, when and why, newest first.

Start with `lines`. Looks down to: casework (undo), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import undo
from probanda.casework.undo import Undone
from probanda.store import listed
from probanda.store.listing import Latest
from probanda.store.model import Decision
from probanda.store.projection import ON_CLAIMS, SECOND_READING
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
    to: str
    """Where what was decided on stands; empty where it has no page."""
    verdict: str
    """What was decided of a claim: accept, correct, reject, unsure; empty for other decisions."""
    reason: str
    stands: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class Log:
    """The page."""

    lines: tuple[Line, ...]
    before: str
    """Id of the decision after which the next page goes on; empty at the end."""
    by: str = ""
    """Id of the user whose decisions are shown; empty for all."""
    kind: str = ""
    """Kind of the decisions that are shown; empty for all."""
    people: tuple[tuple[str, str], ...] = ()
    """Id and name of the users to choose from."""
    kinds: tuple[str, ...] = ()


def lines(desk: Desk, most: int, before: str = "", by: str = "", kind: str = "") -> tuple[Line, ...]:
    """The newest decisions that these eyes see, from the one before `before` on; of one user or kind where given."""
    return tuple(_line(desk, one) for one in desk.store.latest(desk.eyes, before, most, by, kind))


def lines_of(desk: Desk, decisions: Sequence[Decision]) -> tuple[Line, ...]:
    """These decisions, in their order; none can be taken back from where they are shown."""
    brought = desk.store.acquisitions(desk.eyes, [one.subject for one in decisions])
    numbers = {digest: found[0].number for digest, found in brought.items() if found}
    return tuple(_line(desk, Latest(one, numbers.get(one.subject, ""), False)) for one in decisions)


def _line(desk: Desk, one: Latest) -> Line:
    decision = one.decision
    return Line(
        id=decision.id,
        at=decision.at,
        by=desk.names.get(decision.by, ""),
        kind=decision.kind,
        subject=one.number or decision.subject[:12],
        to=_page_of(one),
        verdict=str(decision.payload.get("verdict", "")) if decision.kind in ON_CLAIMS else "",
        reason=decision.reason,
        stands=decision.stands,
        undoable=one.undoable,
    )


def _page_of(one: Latest) -> str:
    """Where the claim or the item that was decided on is read."""
    if one.decision.kind in (*ON_CLAIMS, SECOND_READING):
        return f"/claims/{one.decision.subject}"
    return f"/items/{one.number}" if one.number else ""


def page_of(desk: Desk, before: str = "", by: str = "", kind: str = "") -> Log:
    """The decisions from the one before `before` on, of one user or kind where given."""
    found = lines(desk, PAGE + 1, before, by, kind)
    rest = found[PAGE - 1].id if len(found) > PAGE else ""
    return Log(found[:PAGE], rest, by, kind, tuple(desk.names.items()), desk.store.kinds(desk.eyes))


def take_back(desk: Desk, decision: str, reason: str) -> Undone:
    """Take a decision back, by an entry of its own; what names and incidents rest on it is worked out anew."""
    with desk.deed() as store:
        done = undo.undo(store, desk.eyes, decision, reason)
    if done.decision.kind == "identity" and desk.store.ask(desk.eyes, listed.worked_out):
        desk.gather()
    return done


@get("/log", sync_to_thread=True)
def log(desk: AtDesk, before: FromQuery[str] = "", by: FromQuery[str] = "", kind: FromQuery[str] = "") -> Response[str]:
    """The log."""
    return desk.answer("log.html", page_of(desk, before, by, kind), "log")


@post("/log/{decision:str}/undo", status_code=303, sync_to_thread=True)
def taken_back(desk: AtDesk, form: AtForm, decision: FromPath[str]) -> Redirect:
    """Take a decision back."""
    take_back(desk, decision, form.get("reason", ""))
    return Redirect("/log", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (log, taken_back)
