"""Figures with their bounds, and incidents counted by month, place and act.

Looks down to: web.pages (figures), store (counted). Used by: web.api.app.
"""

from __future__ import annotations

from litestar.handlers import HTTPRouteHandler

from probanda.store.counted import Narrowed
from probanda.web.api.asking import Cursor, Paged, Value, after_of, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import figures as page


@look("/figures", tag="figures", sync_to_thread=True)
def figures(
    desk: AtDesk, act: Value = "", place: Value = "", first: Value = "", last: Value = "", after: Cursor = ""
) -> Paged[page.Page]:
    """Who counted whom, incident by incident, from at least to at most; nothing is added up. Days as 2031-05-03."""
    wanted = Narrowed(act.strip(), place.strip(), first.strip(), last.strip())
    found = page.page_of(desk, wanted, after_of(after))
    return paged(found, found.after)


API: tuple[HTTPRouteHandler, ...] = (figures,)
