"""Second readings: what two persons read otherwise, side by side; how far they agree; what waits for somebody else.

Start with `page_of`. Which claims this user is to read blind is told nowhere: they come in the queue among the rest,
and look like claims that nobody has decided on (`store.second`).

Looks down to: casework (second), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Response

from probanda.access.rules import Permission, may
from probanda.casework import second
from probanda.casework.second import ReadTwice
from probanda.claims.agreement import Compared
from probanda.claims.second import Figure
from probanda.kernel.errors import WrongUsage
from probanda.web.desk import AtDesk, AtForm, Desk

SHOWN = 50
"""Claims of each list on the page; the numbers are of all."""


@dataclass(frozen=True, slots=True)
class Both:
    """One claim that two persons read otherwise."""

    id: str
    quote: str
    first_by: str
    first_verdict: str
    second_by: str
    second_verdict: str
    second_reason: str
    fields: tuple[Compared, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class Waits:
    """One claim that this user read first."""

    id: str
    quote: str


@dataclass(frozen=True, slots=True)
class SecondPage:
    """The page."""

    alone: bool
    open: tuple[Both, ...]
    opened: int
    waiting: tuple[Waits, ...]
    waits: int
    figures: tuple[Figure, ...]
    read: int
    ended: int
    owner: bool
    """True where this user may give up a second reading, and add people."""


def page_of(desk: Desk) -> SecondPage:
    """How the second reading stands, as this user may know it."""
    found = second.state(desk.store, desk.eyes)
    ids = [*found.waiting[:SHOWN], *(one.claim for one in found.open[:SHOWN])]
    quotes = {c.id: c.quote for c in desk.store.claims(desk.eyes, ids=ids)} if ids else {}
    return SecondPage(
        alone=found.readers < 2,
        open=tuple(_both(desk, one, quotes.get(one.claim, "")) for one in found.open[:SHOWN]),
        opened=len(found.open),
        waiting=tuple(Waits(id_, quotes.get(id_, "")) for id_ in found.waiting[:SHOWN]),
        waits=len(found.waiting),
        figures=found.figures,
        read=found.read,
        ended=found.ended,
        owner=may(desk.store.user(desk.user), Permission.MANAGE),
    )


def _both(desk: Desk, one: ReadTwice, quote: str) -> Both:
    first, other = one.readings
    return Both(
        id=one.claim,
        quote=quote,
        first_by=desk.names.get(one.first.by, ""),
        first_verdict=first.verdict,
        second_by=desk.names.get(one.second.by, ""),
        second_verdict=other.verdict,
        second_reason=one.second.reason,
        fields=one.differences,
        seen=" ".join(d.id for d in desk.store.standing(desk.eyes, one.claim, "settle")),
    )


def settled(desk: Desk, claim: str, take: str, reason: str, seen: Sequence[str]) -> None:
    """Settle a claim as the `first` or the `second` read it; or `end`, for an owner: give the second reading up."""
    with desk.deed() as store:
        if take == "end":
            second.end(store, desk.eyes, claim, reason)
        elif take in second.TAKE:
            second.take(store, desk.eyes, claim, take, reason, seen)
        else:
            raise WrongUsage("That settles nothing.", "Take the first reading or the second, or correct the claim.")


@get("/second", sync_to_thread=True)
def show(desk: AtDesk) -> Response[str]:
    """The page."""
    return desk.answer("second.html", page_of(desk), "second")


@post("/second/{claim:str}/settle", status_code=303, sync_to_thread=True)
def settle(desk: AtDesk, form: AtForm, claim: FromPath[str]) -> Redirect:
    """Settle a claim as one of the two read it; or, for an owner, give up waiting for a second reading."""
    settled(desk, claim, form.get("take", ""), form.get("reason", ""), form.get("seen", "").split())
    return Redirect("/second", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (show, settle)
