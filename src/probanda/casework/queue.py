"""The review queue: which claims wait for a person, in which order, and why each comes now.

Start with `waiting`. Claims that contradict others, deny, or speak for a person of interest come at the same rate as
those that support (requirement B7; art. 54(1)(a)): one of each in turn, until one side is empty, and first the side of
which fewer were settled so far. A queue ordered by what helps a case most would let nobody see what speaks against it
until the time is spent. Within each side those come first on which most rests, then the texts in the order they were
taken in. The rule stands here; `store.waiting` finds the claims of each kind by an index.

Looks down to: store, claims, access, kernel. Used by: web, cli.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from probanda.access.eyes import Eyes
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family, Status
from probanda.store import waiting as found
from probanda.store.store import Store
from probanda.store.waiting import Facts


class Why(StrEnum):
    """Why a claim is offered."""

    AGAINST = "speaks against an element of a hypothesis"
    OPPOSES = "contradicts another claim"
    DENIES = "denies"
    SUPPORTS = "supports an element of a hypothesis"
    WAITS = "nobody has looked at it"


AGAINST = frozenset({Why.AGAINST, Why.OPPOSES, Why.DENIES})
"""The side that has to be seen as often as the other."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One claim that waits."""

    claim: str
    why: Why


def waiting(store: Store, eyes: Eyes, item: str | None = None, limit: int | None = None) -> list[Offer]:
    """The proposed claims of acts that these eyes see, of one item or of all, in the order they are offered.

    `limit`: the first so many; what is found for them does not grow with the case.
    """
    row = None if item is None else store.ask(eyes, found.number, item)
    if item is not None and row is None:
        return []
    one, other = store.ask(eyes, found.settled, row)
    first, then = (True, False) if one <= other else (False, True)
    ahead = _side(store, eyes, limit, row, against=first)
    if limit == 1 and ahead:
        return ahead
    offers = list(_in_turn(ahead, _side(store, eyes, limit, row, against=then)))
    return offers if limit is None else offers[:limit]


def offered(store: Store, eyes: Eyes, claim: Claim) -> Why | None:
    """Why the queue offers this claim; None for one that does not wait."""
    if claim.status is not Status.PROPOSED or claim.family is not Family.ACT:
        return None
    return next((_why(told) for told in store.ask(eyes, found.facts, [claim.id])), None)


def _side(store: Store, eyes: Eyes, limit: int | None, item: int | None, *, against: bool) -> list[Offer]:
    """The claims of one side: those that cells rest on by how many, then the others in the order of the texts."""
    told: list[Facts] = store.ask(eyes, found.heavy, limit, item, against=against)
    if limit is None or len(told) < limit:
        rest = None if limit is None else limit - len(told)
        told += store.ask(eyes, found.disputed if against else found.others, rest, item)
    return [Offer(one.claim, _why(one)) for one in told]


def _why(told: Facts) -> Why:
    if told.against:
        return Why.AGAINST
    if told.opposed:
        return Why.OPPOSES
    if told.denies:
        return Why.DENIES
    return Why.SUPPORTS if told.supporting else Why.WAITS


def _in_turn(one: list[Offer], other: list[Offer]) -> Iterator[Offer]:
    for pair in zip_longest(one, other):
        yield from (offer for offer in pair if offer is not None)
