"""Claims: of an item, the queue, one; settling, undoing and adding them; second readings.

Every deed says what was seen: the ids of the decisions that stood (`seen` of the claim). Where others stand by then, it
is refused with 409 and told what stands now.

Looks down to: web.pages (reader, second), casework (decide, queue, second), claims, store. Used by: web.api.app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter

from probanda.casework import decide, queue
from probanda.casework import second as reading
from probanda.casework.queue import Offer
from probanda.claims.model import Claim
from probanda.store import window
from probanda.store.errors import BeingRead, DecidedMeanwhile
from probanda.web.api.asking import (
    Cursor,
    Id,
    Named,
    Paged,
    Place,
    Reason,
    Sent,
    after_of,
    deed,
    look,
    paged,
)
from probanda.web.api.problems import Refused, Standing
from probanda.web.desk import AtDesk, Desk
from probanda.web.pages import reader, second
from probanda.web.pages.reader import Card

TAG = "claims"
PAGE = 100
Fields = dict[Id, Annotated[str, msgspec.Meta(max_length=10_000)]]
"""Field of a claim -> its value, as `probanda claims correct --set` takes them."""
Seen = list[Id]
"""Ids of the decisions that stood when the claim was looked at: `seen` of the claim."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One claim as it stands, with all that was decided of it."""

    claim: Claim
    number: str
    """Registration number of its item."""
    card: Card
    seen: tuple[str, ...]
    """Ids of the decisions that stand: send them back with a deed."""
    offered: str
    """Why the queue offers it; empty for one that does not wait."""


class Settle(Sent, frozen=True):
    """How a person reads a claim."""

    verdict: Literal["accept", "correct", "reject", "unsure"]
    seen: Seen
    changes: Fields = msgspec.field(default_factory=dict)
    """What is otherwise; for `correct` alone."""
    reason: Reason = ""


class Undo(Sent, frozen=True):
    """Taking back what stands on a claim."""

    seen: Seen
    reason: Reason = ""


class New(Sent, frozen=True):
    """A claim of one's own on words of a text, by their offsets in code points, end exclusive."""

    start: Place
    end: Place
    fields: Fields
    """At least `act_type` and `modality`."""
    reason: Reason = ""


class Twice(Sent, frozen=True):
    """Which of two readings settles a claim; `end` gives up waiting for the second."""

    take: Literal["first", "second", "end"]
    seen: Seen
    reason: Reason = ""


@look("/items/{number:str}/claims", tag=TAG, sync_to_thread=True)
def item_claims(desk: AtDesk, number: Named, after: Cursor = "") -> Paged[tuple[Claim, ...]]:
    """The claims of an item, in the order of its text."""
    row = desk.store.item(desk.eyes, number)
    found = desk.store.ask(desk.eyes, window.following, row.digest, after_of(after), PAGE + 1)
    return paged(tuple(found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else "")


@look("/claims/queue", tag=TAG, sync_to_thread=True)
def claims_queue(desk: AtDesk, most: Annotated[int, QueryParameter(ge=1, le=PAGE)] = 20) -> tuple[Offer, ...]:
    """The first claims that wait, and why each is offered: what speaks against comes as often as what supports."""
    return tuple(queue.waiting(desk.store, desk.eyes, limit=most))


@look("/claims/{claim:str}", tag=TAG, sync_to_thread=True)
def claim_one(desk: AtDesk, claim: Named) -> Settled:
    """One claim, by its id or the first digits of it."""
    return _settled(desk, desk.store.claim(desk.eyes, claim))


@deed("/claims/{claim:str}/settle", tag=TAG, sync_to_thread=True)
def claim_settle(desk: AtDesk, claim: Named, data: JSONBody[Settle]) -> Settled:
    """Accept, correct, reject, or leave unsure. Raises 409 where something else stands than what was seen."""
    found = desk.store.claim(desk.eyes, claim)
    changes = dict(data.changes) or None
    try:
        with desk.deed() as store:
            done = reading.settle(
                store, desk.eyes, found.id, data.verdict, changes=changes, reason=data.reason, over=data.seen
            )
    except (DecidedMeanwhile, BeingRead) as refusal:
        raise _meanwhile(desk, found.id, refusal) from refusal
    return _settled(desk, done)


@deed("/claims/{claim:str}/undo", tag=TAG, sync_to_thread=True)
def claim_undo(desk: AtDesk, claim: Named, data: JSONBody[Undo]) -> Settled:
    """Take back the decision that stands on it, where it is the one that was seen."""
    found = desk.store.claim(desk.eyes, claim)
    with desk.deed() as store:
        standing = [d.id for d in store.standing(desk.eyes, found.id, "settle")]
        if standing and set(standing) != set(data.seen):
            refusal = DecidedMeanwhile(found.id, standing, "Something else stands than what you saw.")
            raise _meanwhile(desk, found.id, refusal)
        decide.undo(store, desk.eyes, found.id, data.reason)
    return _settled(desk, desk.store.claim(desk.eyes, found.id))


@deed("/items/{number:str}/claims", tag=TAG, status=201, sync_to_thread=True)
def claim_new(desk: AtDesk, number: Named, data: JSONBody[New]) -> Settled:
    """Add a claim of one's own."""
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        made = decide.add_claim(store, desk.eyes, row.digest, data.start, data.end, data.fields, data.reason)
    return _settled(desk, made)


@look("/second", tag=TAG, sync_to_thread=True)
def second_readings(desk: AtDesk) -> second.SecondPage:
    """What two persons read otherwise, how far readers agree, and what this user read first and waits."""
    return second.page_of(desk)


@deed("/second/{claim:str}", tag=TAG, sync_to_thread=True)
def second_settle(desk: AtDesk, claim: Named, data: JSONBody[Twice]) -> Settled:
    """Settle a claim that two persons read otherwise as one of them read it."""
    found = desk.store.claim(desk.eyes, claim)
    try:
        second.settled(desk, found.id, data.take, data.reason, data.seen)
    except DecidedMeanwhile as refusal:
        raise _meanwhile(desk, found.id, refusal) from refusal
    return _settled(desk, desk.store.claim(desk.eyes, found.id))


def _settled(desk: Desk, claim: Claim) -> Settled:
    number = desk.store.item(desk.eyes, claim.item).number
    card = reader.card_of(desk, claim)
    why = queue.offered(desk.store, desk.eyes, claim)
    return Settled(claim, number, card, tuple(card.seen.split()), why.value if why else "")


def _meanwhile(desk: Desk, claim: str, refusal: DecidedMeanwhile | BeingRead) -> Refused:
    """The refusal, with what stands now as these eyes may know it."""
    past = {d.id: d for d in desk.store.standing(desk.eyes, claim, "settle")}
    standing = tuple(
        Standing(d.id, str(d.payload.get("verdict", d.kind)), desk.names.get(d.by, ""), d.at, d.reason)
        for d in past.values()
    )
    return Refused(409, refusal.problem, "Look at what stands now, and decide again if you still want to.",
                   standing=standing)  # fmt: skip


API: tuple[HTTPRouteHandler, ...] = (
    item_claims, claims_queue, claim_one, claim_settle, claim_undo, claim_new, second_readings, second_settle,
)  # fmt: skip
