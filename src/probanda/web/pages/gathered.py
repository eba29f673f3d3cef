"""The deed that gathers names and incidents anew; pages of actors and incidents tell when it is due.

Looks down to: web.desk, web.gathering. Used by: web.pages.
"""

from __future__ import annotations

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from probanda.web.desk import AtDesk, AtForm, Desk


def begin(desk: Desk) -> None:
    """Begin to gather for the owner of the server and for whoever asks."""
    users = tuple(dict.fromkeys((desk.case.eyes.user, desk.user)))
    desk.shop.gathering.start(desk.store, users, desk.shop.writing)


@post("/gather", status_code=303, sync_to_thread=True)
def gather(desk: AtDesk, form: AtForm) -> Redirect:
    """Begin to gather anew, and go back to the page it was asked on."""
    begin(desk)
    back = form.get("back", "")
    return Redirect(back if back in ("/actors", "/incidents", "/chain") else "/incidents", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (gather,)
