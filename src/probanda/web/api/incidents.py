"""Incidents: the list, one with its versions, accounts and contradictions; sorting its claims.

Looks down to: web.pages (incidents). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.web.api.asking import Cursor, Id, Named, Offset, Paged, Reason, Sent, after_of, deed, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import incidents as page

TAG = "incidents"


class Sort(Sent, frozen=True):
    """What is done to an incident."""

    deed: Literal["add", "take", "move", "split", "merge", "undo"]
    """add the claim `other`; take `claims` out; move them to the incident `other`; split them off; merge with the
    incident `other`; undo the last of these."""
    claims: Annotated[list[Id], msgspec.Meta(max_length=1000)] = msgspec.field(default_factory=list)
    other: Annotated[str, msgspec.Meta(max_length=200)] = ""
    reason: Reason = ""


@look("/incidents", tag=TAG, sync_to_thread=True)
def incidents(desk: AtDesk, after: Cursor = "") -> Paged[page.Incidents]:
    """The list, in order of days; what has no day stands at the end."""
    found = page.list_of(desk, after_of(after))
    return paged(found, found.after)


@look("/incidents/{incident:str}", tag=TAG, sync_to_thread=True)
def incident(desk: AtDesk, incident: Named, start: Offset = 0) -> page.Page:
    """One incident: its versions side by side, its accounts and where they start, its contradictions with both quotes.

    `start`: the first of its claims that is shown; `later` says where the next begin.
    """
    return page.page_of(desk, incident, start)


@deed("/incidents/{incident:str}/claims", tag=TAG, sync_to_thread=True)
def sort(desk: AtDesk, incident: Named, data: JSONBody[Sort]) -> page.Page:
    """Sort its claims. Answers with the incident in which what stayed lies now."""
    home = page.sort(desk, incident, data.deed, data.claims, data.other.strip(), data.reason)
    return page.page_of(desk, home)


API: tuple[HTTPRouteHandler, ...] = (incidents, incident, sort)
