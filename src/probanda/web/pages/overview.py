"""The first page: what is held, read and decided; what waits; what was done last.

Start with `page_of`. Looks down to: store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response

from probanda.access.rules import Permission, may
from probanda.kernel.vocabulary import Status
from probanda.web.desk import AtDesk, Desk
from probanda.web.pages.log import Line, lines
from probanda.web.pages.since import Since, TaskLine, since, tasks

LAST = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """The page."""

    items: int
    unread: int
    restricted: int
    claims: Mapping[str, int]
    """By status."""
    incidents: int | None
    """None where nobody has gathered them yet."""
    contradictions: int | None
    next: str
    """Address of the first claim that waits; empty where none does."""
    last: tuple[Line, ...]
    since: Since | None
    """None on a user's first visit, and for programs."""
    tasks: tuple[TaskLine, ...]
    manages: bool
    """True for whoever manages the case: others have no page of people."""


def page_of(desk: Desk, *, visit: bool = True) -> Overview:
    """What this user sees of the case. `visit`: False where nobody looks, so that it is no visit of theirs."""
    counts = desk.store.counts(desk.eyes)
    return Overview(
        items=counts.items,
        unread=counts.unread,
        restricted=counts.restricted,
        claims=counts.claims,
        incidents=counts.incidents,
        contradictions=counts.contradictions,
        next="/review" if counts.claims[Status.PROPOSED.value] else "",
        last=lines(desk, LAST),
        since=since(desk) if visit else None,
        tasks=tasks(desk),
        manages=may(desk.store.user(desk.user), Permission.MANAGE),
    )


@get("/", sync_to_thread=True)
def overview(desk: AtDesk) -> Response[str]:
    """The overview."""
    return desk.answer("overview.html", page_of(desk), "overview")


PAGES: tuple[HTTPRouteHandler, ...] = (overview,)
