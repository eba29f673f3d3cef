"""The deed that gathers names and incidents anew; pages of actors and incidents tell when it is due.

Looks down to: web.desk, web.gathering. Used by: web.pages.
"""

from __future__ import annotations

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from probanda.web.desk import AtDesk, AtForm


@post("/gather", status_code=303, sync_to_thread=True)
def gather(desk: AtDesk, form: AtForm) -> Redirect:
    """Begin to gather anew, and go back to the page it was asked on."""
    users = tuple(dict.fromkeys((desk.case.eyes.user, desk.user)))
    desk.shop.gathering.start(desk.store, users, desk.shop.writing)
    back = form.get("back", "")
    return Redirect(back if back in ("/actors", "/incidents") else "/incidents", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (gather,)
