"""Actors: the list, one, two beside each other; the same, not the same, unsure; a form taken out.

Looks down to: web.pages (actors). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Literal

from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.web.api.asking import Cursor, Id, Named, Paged, Reason, Sent, Value, after_of, deed, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import actors as page

TAG = "actors"


class Identity(Sent, frozen=True):
    """Whether two names are one's."""

    other: Id
    verdict: Literal["same", "different", "unsure"]
    reason: Reason = ""


class Split(Sent, frozen=True):
    """A form of a name that is another's."""

    form: Id
    reason: Reason = ""


@look("/actors", tag=TAG, sync_to_thread=True)
def actors(desk: AtDesk, kind: Value = "", q: Value = "", after: Cursor = "") -> Paged[page.Actors]:
    """The list by name, narrowed by kind and by letters of any form of the name."""
    found = page.list_of(desk, kind, q, after_of(after))
    return paged(found, found.after)


@look("/actors/{actor:str}", tag=TAG, sync_to_thread=True)
def actor(desk: AtDesk, actor: Named, after: Cursor = "") -> Paged[page.Actor]:
    """One actor: every form of the name with where it stands, and who says what, source by source."""
    found = page.page_of(desk, actor, after_of(after))
    return paged(found, found.after)


@look("/actors/{actor:str}/beside/{other:str}", tag=TAG, sync_to_thread=True)
def beside(desk: AtDesk, actor: Named, other: Named) -> page.Beside:
    """Two actors beside each other; decides nothing."""
    return page.sides_of(desk, actor, other)


@deed("/actors/{actor:str}/identity", tag=TAG, sync_to_thread=True)
def identity(desk: AtDesk, actor: Named, data: JSONBody[Identity]) -> page.Beside:
    """Record that two are the same, are not, or that it is unsure; a decision, which can be undone."""
    page.identify(desk, actor, data.other, data.verdict, data.reason)
    return page.sides_of(desk, actor, data.other)


@deed("/actors/{actor:str}/split", tag=TAG, status=204, sync_to_thread=True)
def split(desk: AtDesk, actor: Named, data: JSONBody[Split]) -> None:
    """Take a form of the name out of this actor."""
    page.taken_out(desk, actor, data.form, data.reason)


API: tuple[HTTPRouteHandler, ...] = (actors, actor, beside, identity, split)
