"""The chain of command on a day, who was there at an incident, and what lies one step around a thing.

Looks down to: web.pages (chain, graph), casework (commanding). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Annotated

from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from probanda.casework.commanding import LEVELS
from probanda.web.api.asking import Cursor, Named, Paged, Value, after_of, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import chain as page
from probanda.web.pages import graph

TAG = "chain"


@look("/chain", tag=TAG, sync_to_thread=True)
def charts(desk: AtDesk, q: Value = "", after: Cursor = "") -> Paged[page.Charts]:
    """Whom claims place in a chart of command, whoever stands in most links first; narrowed by letters of a name."""
    found = page.list_of(desk, q, after_of(after))
    return paged(found, found.after)


@look("/chain/{actor:str}", tag=TAG, sync_to_thread=True)
def chart(
    desk: AtDesk,
    actor: Named,
    on: Value = "",
    levels: Annotated[int, QueryParameter(ge=1, le=9)] = LEVELS,
    first: Value = "",
    last: Value = "",
) -> page.Page:
    """The chart around one actor on a day, each link with its sources, conflicts side by side.

    `first` and `last`: two days between which it is told what changed.
    """
    return page.page_of(desk, actor, on=on, levels=levels, first=first, last=last)


@look("/incidents/{incident:str}/there", tag=TAG, sync_to_thread=True)
def there(desk: AtDesk, incident: Named, on: Value = "") -> page.There:
    """Who is said to have been at an incident on a day, and what is said to have stood over them."""
    return page.there_of(desk, incident, on)


@look("/graph/actors/{actor:str}", tag=TAG, sync_to_thread=True)
def around_actor(desk: AtDesk, actor: Named) -> graph.Page:
    """What lies one step around an actor."""
    return graph.actor_page(desk, actor)


@look("/graph/items/{number:str}", tag=TAG, sync_to_thread=True)
def around_text(desk: AtDesk, number: Named) -> graph.Page:
    """Whom a text repeats, who repeats it, and what it tells of."""
    return graph.text_page(desk, number)


@look("/graph/incidents/{incident:str}", tag=TAG, sync_to_thread=True)
def around_incident(desk: AtDesk, incident: Named) -> graph.Accounts:
    """The accounts of an incident: who repeats whom."""
    return graph.incident_page(desk, incident)


API: tuple[HTTPRouteHandler, ...] = (charts, chart, there, around_actor, around_text, around_incident)
