"""Verify from the browser: items, log and record compared, in the background; what was found last, and what to do.

Start with `page_of`. For whoever manages the case: what is found names things that others may not see.

Looks down to: access, web.checking, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect, Response

from probanda.access.rules import Permission, demand
from probanda.store.model import Fault
from probanda.web import checking
from probanda.web.desk import AtDesk, AtForm, Desk

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Verifying:
    """The page."""

    running: bool
    done: int
    of: int
    at: str
    """When the last run ended; empty where none was made."""
    quick: bool
    entries: int
    root: str
    failed: str
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    more: int
    """Faults that are not shown."""


def page_of(desk: Desk) -> Verifying:
    """How far a run is, and what the last one found. Raises NotAllowed."""
    demand(desk.store.user(desk.user), Permission.MANAGE)
    run, found = desk.shop.checking, checking.last(desk.shop.notes)
    faults = tuple(one for one in found.faults if one.severity) if found else ()
    remarks = tuple(one for one in found.faults if not one.severity) if found else ()
    return Verifying(
        running=run.running,
        done=run.done,
        of=run.of,
        at=found.at if found else "",
        quick=bool(found and found.quick),
        entries=found.entries if found else 0,
        root=found.root if found else "",
        failed=found.failed if found else "",
        faults=faults[:SHOWN],
        remarks=remarks[:SHOWN],
        more=max(0, len(faults) - SHOWN),
    )


def begin(desk: Desk, *, quick: bool) -> None:
    """Begin a run, unless one is under way. Raises NotAllowed."""
    demand(desk.store.user(desk.user), Permission.MANAGE)
    desk.shop.checking.start(desk.store, desk.shop.notes, quick=quick, quiet=desk.deed)


@get("/verify", sync_to_thread=True)
def show(desk: AtDesk) -> Response[str]:
    """The page."""
    return desk.answer("verifying.html", page_of(desk), "log")


@post("/verify/start", status_code=303, sync_to_thread=True)
def start(desk: AtDesk, form: AtForm) -> Redirect:
    """Begin a run."""
    begin(desk, quick=form.get("how") == "quick")
    return Redirect("/verify", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (show, start)
