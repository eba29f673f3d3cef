"""The review queue: which claims wait for a person, in which order, and why each comes now.

Start with `waiting`. Claims that contradict others, deny, or speak for a person of interest come at the same rate as
those that support (requirement B7; art. 54(1)(a)): one of each in turn, until one side is empty, and first the side of
which fewer were settled so far. A queue ordered by what helps a case most would let nobody see what speaks against it
until the time is spent. Within each side those come first on which most rests, then the order of the texts.

Looks down to: store, claims, access, kernel. Used by: web, cli.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from probanda.access.eyes import Eyes
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family, Modality, Polarity, Status
from probanda.store.store import Store


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


def waiting(store: Store, eyes: Eyes, item: str | None = None) -> list[Offer]:
    """The proposed claims of acts that these eyes see, of one item or of all, in the order they are offered."""
    claims = [c for c in store.claims(eyes, item=item) if c.family is Family.ACT]
    against: Counter[str] = Counter()
    supporting: Counter[str] = Counter()
    for suggestion in store.suggestions(eyes) or ():
        for cell in suggestion.cells:
            against.update(cell.against)
            supporting.update(cell.supporting)
    opposed = {i for c in store.contradictions(eyes) or () for i in (c.a, c.b)}
    one: list[tuple[Offer, int]] = []
    other: list[tuple[Offer, int]] = []
    settled = 0
    for claim in claims:
        why = _why(claim, against, supporting, opposed)
        if claim.status is not Status.PROPOSED:
            settled += 1 if why in AGAINST else -1
        elif why in AGAINST:
            one.append((Offer(claim.id, why), against[claim.id]))
        else:
            other.append((Offer(claim.id, why), supporting[claim.id]))
    first, then = (one, other) if settled <= 0 else (other, one)
    return list(_in_turn(_by_weight(first), _by_weight(then)))


def _why(claim: Claim, against: Counter[str], supporting: Counter[str], opposed: set[str]) -> Why:
    if claim.id in against:
        return Why.AGAINST
    if claim.id in opposed:
        return Why.OPPOSES
    if claim.polarity is Polarity.NEGATIVE or claim.modality is Modality.DENIED:
        return Why.DENIES
    return Why.SUPPORTS if claim.id in supporting else Why.WAITS


def _by_weight(offers: Iterable[tuple[Offer, int]]) -> list[Offer]:
    """Those on which most cells rest first; the order of the texts among equals."""
    return [offer for offer, _ in sorted(offers, key=lambda pair: -pair[1])]


def _in_turn(one: list[Offer], other: list[Offer]) -> Iterator[Offer]:
    for pair in zip_longest(one, other):
        yield from (offer for offer in pair if offer is not None)
