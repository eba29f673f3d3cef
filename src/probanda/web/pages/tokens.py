"""Tokens by which programs ask for a user: one's own, for owners those of all; a new one, shown once; ending one.

Start with `page_of`. While the server is open no command can end a token, so that it must be done here.

Looks down to: casework (tokens), web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Response

from probanda.casework import tokens
from probanda.casework.clock import now
from probanda.casework.tokens import Scope
from probanda.web.desk import AtDesk, AtForm, Desk


@dataclass(frozen=True, slots=True)
class Line:
    """One token."""

    id: str
    name: str
    user: str
    mine: bool
    scopes: tuple[str, ...]
    until: str
    made_at: str
    ended_at: str
    """When it was ended, or its last day where that is past; empty while it is good."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The page."""

    lines: tuple[Line, ...]
    scopes: tuple[str, ...]
    shown: str = ""
    """A token that was made just now: it is shown this once."""
    name: str = ""


def page_of(desk: Desk, shown: str = "", name: str = "") -> Tokens:
    """The tokens that this user may end, those that are good first, the newest before the others."""
    found = [_line(desk, one) for one in reversed(tokens.listed(desk.store, desk.eyes))]
    return Tokens(tuple(sorted(found, key=lambda one: bool(one.ended_at))), tuple(map(str, Scope)), shown, name)


def _line(desk: Desk, one: tokens.Token) -> Line:
    past = (one.until or "") if one.is_over(now()) else ""
    return Line(
        one.id, one.name, desk.names.get(one.user, ""), one.user == desk.user, tuple(map(str, one.scopes)),
        one.until or "", one.made_at, one.ended_at or past,
    )  # fmt: skip


@get("/tokens", sync_to_thread=True)
def show(desk: AtDesk) -> Response[str]:
    """The page."""
    return desk.answer("tokens.html", page_of(desk), "tokens")


@post("/tokens/add", status_code=200, sync_to_thread=True)
def add(desk: AtDesk, form: AtForm) -> Response[str]:
    """A token of one's own: the answer shows it, and no page does again."""
    scopes, until = form.get("scope", "").split(), form.get("until", "").strip() or None
    with desk.deed() as store:
        made, words = tokens.made(store, desk.eyes, form.get("name", ""), scopes, until=until)
    return desk.answer("tokens.html", page_of(desk, words, made.name), "tokens")


@post("/tokens/{token:str}/end", status_code=303, sync_to_thread=True)
def end(desk: AtDesk, form: AtForm, token: FromPath[str]) -> Redirect:
    """End a token."""
    with desk.deed() as store:
        tokens.ended(store, desk.eyes, token, form.get("reason", ""))
    return Redirect("/tokens", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (show, add, end)
