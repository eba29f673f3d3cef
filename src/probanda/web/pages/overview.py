"""The first page: what is held, read and decided; what waits; what was done last.

Start with `page_of`. Looks down to: store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response

from probanda.kernel.vocabulary import Family, Status
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
    claims: dict[str, int]
    """By status."""
    incidents: int | None
    """None where nobody has gathered them yet."""
    contradictions: int | None
    next: str
    """Address of the first claim that waits; empty where none does."""
    last: tuple[Line, ...]
    since: Since | None
    """None on a user's first visit."""
    tasks: tuple[TaskLine, ...]


def page_of(desk: Desk) -> Overview:
    """What this user sees of the case."""
    store, eyes = desk.store, desk.eyes
    items = store.items(eyes)
    claims = [c for c in store.claims(eyes) if c.family is Family.ACT]
    incidents, contradictions = store.incidents(eyes), store.contradictions(eyes)
    counted = Counter(c.status.value for c in claims)
    return Overview(
        items=len(items),
        unread=sum(i.text_digest is None for i in items),
        restricted=sum(i.compartment != "open" for i in items),
        claims={s.value: counted[s.value] for s in Status},
        incidents=None if incidents is None else len(incidents),
        contradictions=None if contradictions is None else len(contradictions),
        next="/review" if counted[Status.PROPOSED.value] else "",
        last=lines(desk, LAST),
        since=since(desk),
        tasks=tasks(desk),
    )


@get("/", sync_to_thread=True)
def overview(desk: AtDesk) -> Response[str]:
    """The overview."""
    return Response(desk.page("overview.html", page_of(desk), "overview"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (overview,)
