"""The people of the case: who they are, what they are cleared for; a link to come in for each; somebody new.

Start with `page_of`. For whoever manages the case (`access.rules`). A link is shown once, is good once, and ends with
the server, as does the visit it opens.

Looks down to: casework (users), access, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect, Response

from probanda.access.rules import Permission, demand
from probanda.casework import users
from probanda.casework.users import UserRow
from probanda.web.desk import AtDesk, AtForm, Desk


@dataclass(frozen=True, slots=True)
class People:
    """The page."""

    users: tuple[UserRow, ...]
    me: str
    link: str = ""
    """A link that was made just now: it is shown this once."""
    link_for: str = ""


def page_of(desk: Desk, link: str = "", link_for: str = "") -> People:
    """All users. Raises NotAllowed."""
    demand(desk.store.user(desk.user), Permission.MANAGE)
    return People(tuple(users.listed(desk.store)), desk.user, link, link_for)


@get("/people", sync_to_thread=True)
def show(desk: AtDesk) -> Response[str]:
    """The page."""
    return desk.answer("people.html", page_of(desk), "people")


@post("/people/link", status_code=200, sync_to_thread=True)
def link(request: Request[Any, Any, State], desk: AtDesk, form: AtForm) -> Response[str]:
    """A link for one user: the answer shows it, and no page does again."""
    demand(desk.store.user(desk.user), Permission.MANAGE)
    user = desk.store.user(form.get("user", ""))
    address = f"{request.base_url}".rstrip("/") + f"/enter/{request.app.state.door.link(user.id)}"
    return desk.answer("people.html", page_of(desk, address, user.name), "people")


@post("/people/add", status_code=303, sync_to_thread=True)
def add(desk: AtDesk, form: AtForm) -> Redirect:
    """Somebody new. Labels of the clearance are parted by spaces or commas."""
    labels = form.get("clearances", "").replace(",", " ").split()
    with desk.deed() as store:
        users.added(store, desk.eyes, form.get("name", ""), form.get("code") or None, labels)
    return Redirect("/people", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (show, link, add)
