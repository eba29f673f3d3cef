"""Overview of the case, who asks with which token, and gathering anew.

Looks down to: web.pages (overview), web.gathering, casework (tokens). Used by: web.api.app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.casework import tokens
from probanda.web.api.asking import Reason, Sent, deed, look
from probanda.web.api.bearer import held_in
from probanda.web.desk import AtDesk
from probanda.web.gathering import Gathered
from probanda.web.pages import gathered
from probanda.web.pages.overview import Overview, page_of

ANY = ""
"""A scope that every token has."""


@dataclass(frozen=True, slots=True)
class Me:
    """Whose token this is, and what it gives."""

    case: str
    """What the case is called."""
    user: str
    token: str
    """What the token is called."""
    scopes: tuple[tokens.Scope, ...]
    until: str | None
    """Its last day, UTC; null for none."""


class End(Sent, frozen=True):
    """Why the token ends."""

    reason: Reason = ""


@look("/overview", tag="case", sync_to_thread=True)
def overview(desk: AtDesk) -> Overview:
    """What is held, read and decided; what was done last; the tasks that wait."""
    return page_of(desk, visit=False)


@look("/token", scope=ANY, tag="token", sync_to_thread=True)
def token(request: Request[Any, Any, Any], desk: AtDesk) -> Me:
    """Whose token this is, and what it gives."""
    held = held_in(request)
    return Me(desk.store.settings.situation, desk.names.get(desk.user, ""), held.name, held.scopes, held.until)


@deed("/token/end", scope=ANY, tag="token", status=204, sync_to_thread=True)
def end_token(request: Request[Any, Any, Any], desk: AtDesk, data: JSONBody[End]) -> None:
    """End the token that this is asked with: from then on it opens nothing."""
    with desk.deed() as store:
        tokens.ended(store, desk.eyes, held_in(request).id, data.reason)


@deed("/gather", tag="case", sync_to_thread=True)
def gather(desk: AtDesk) -> Gathered:
    """Begin to gather names and incidents anew; the lists of actors and incidents tell how far it is."""
    gathered.begin(desk)
    return desk.gathered()


API: tuple[HTTPRouteHandler, ...] = (overview, token, end_token, gather)
