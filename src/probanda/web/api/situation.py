"""The situation: incidents on the map and on the timeline, narrowed alike, each with what is known of place and day.

Looks down to: web.pages (situation_map, timeline), web.narrowing. Used by: web.api.app.
"""

from __future__ import annotations

from litestar.handlers import HTTPRouteHandler

from probanda.web.api.asking import Cursor, Paged, Value, after_of, look, paged
from probanda.web.desk import AtDesk
from probanda.web.narrowing import Narrowed
from probanda.web.pages import situation_map, timeline

TAG = "situation"


@look("/map", tag=TAG, sync_to_thread=True)
def on_map(
    desk: AtDesk,
    at: Value = "",
    spot: Value = "",
    act: Value = "",
    actor: Value = "",
    since: Value = "",
    until: Value = "",
    place: Value = "",
    status: Value = "",
    after: Cursor = "",
) -> Paged[situation_map.Page]:
    """Incidents as areas of what is known, seen from `at` (zoom/latitude/longitude); from where all are seen without.

    `spot`: the incidents of one mark; `none` for those without a known position, which are counted and listed too.
    """
    asked = Narrowed.of(act, actor, since, until, place, status)
    found = situation_map.page_of(desk, asked, at, spot, after_of(after))
    return paged(found, found.rows[-1].id if found.next else "")


@look("/timeline", tag=TAG, sync_to_thread=True)
def on_timeline(
    desk: AtDesk,
    span: Value = "",
    act: Value = "",
    actor: Value = "",
    since: Value = "",
    until: Value = "",
    place: Value = "",
    status: Value = "",
    after: Cursor = "",
) -> Paged[timeline.Page]:
    """How many incidents each decade, year, month or day holds, for certain and perhaps; `span`: 2030s, 2031, 2031-05.

    `none` for those without a date.
    """
    asked = Narrowed.of(act, actor, since, until, place, status)
    found = timeline.page_of(desk, asked, span, after_of(after))
    return paged(found, found.rows[-1].id if found.next else "")


API: tuple[HTTPRouteHandler, ...] = (on_map, on_timeline)
