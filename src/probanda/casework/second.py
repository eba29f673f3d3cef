"""The second reading: another person reads a drawn claim blind, both are laid side by side, and somebody settles it.

Start with `settle`, which pages and commands call for every verdict on a claim: it records a second reading where these
eyes are to give one, and a decision like any other where not. Then `state`, all that the page shows. Which claims are
drawn, and what is kept from whom, is in `store.second`.

Looks down to: decide, store, claims, access, kernel. Used by: web, cli.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probanda.access.eyes import Eyes
from probanda.access.rules import Permission, demand
from probanda.casework import decide
from probanda.claims import second
from probanda.claims.agreement import Compared
from probanda.claims.model import Claim
from probanda.claims.second import Figure, Reading
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.store.codec import formed
from probanda.store.deeds import ENDED
from probanda.store.model import Decision, Deed
from probanda.store.projection import SECOND_READING
from probanda.store.store import Store

TAKE = ("first", "second")
"""Whose reading settles a claim that two persons read otherwise."""


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """One claim with both readings."""

    claim: str
    first: Decision
    second: Decision
    readings: tuple[Reading, Reading]
    differences: tuple[Compared, ...]

    @property
    def settled(self) -> bool:
        """True where nothing is left to settle: both agree, or the first reading was decided over since."""
        return not self.differences or not self.first.stands


@dataclass(frozen=True, slots=True)
class Second:
    """How the second reading stands, as one user may know it."""

    readers: int
    """Users of the case: with one alone nobody can read a second time."""
    waiting: tuple[str, ...]
    """Claims that this user read first, and that wait for somebody else. Others' are not told."""
    open: tuple[ReadTwice, ...]
    """Read otherwise by two, and not settled."""
    figures: tuple[Figure, ...]
    read: int
    ended: int
    """Second readings that an owner gave up."""


def settle(
    store: Store, eyes: Eyes, claim_id: str, verdict: str, *, changes: Mapping[str, str] | None = None,
    reason: str = "", over: Sequence[str] | None = None,
) -> Claim:  # fmt: skip
    """`decide.settle`; through blind eyes that are to read this claim a second time, a second reading instead."""
    found = store.claim(eyes, claim_id)
    if not waits_for(store, eyes, found.id):
        return decide.settle(store, eyes, found.id, verdict, changes=changes, reason=reason, over=over)
    decide.check_verdict(verdict, changes)
    of = store.waiting_for_second(eyes, [found.id])[found.id].decision
    told = decide.told(store, eyes, decide.corrected(found, changes or {}))
    payload = {"of": of, "verdict": verdict, **told}
    store.record(eyes, [Deed(kind=SECOND_READING, subject=found.id, payload=payload, reason=reason)])
    return store.claim(eyes, found.id)


def waits_for(store: Store, eyes: Eyes, claim: str) -> bool:
    """True where these eyes are to read this claim a second time, and have been told nothing of the first."""
    one = store.waiting_for_second(eyes, [claim]).get(claim)
    return eyes.blind and one is not None and one.first != eyes.user


def is_held(store: Store, eyes: Eyes, claim: str) -> bool:
    """True where this user read the claim first, and cannot edit it until somebody else has read it."""
    one = store.waiting_for_second(eyes, [claim]).get(claim)
    return one is not None and one.first == eyes.user and bool(store.others(one))


def end(store: Store, eyes: Eyes, claim_id: str, reason: str) -> None:
    """Give up waiting for a second reader; who manages the case may, with a reason. The log keeps that it was done."""
    demand(store.user(eyes.user), Permission.MANAGE)
    claim = store.claim(eyes, claim_id).id
    one = store.waiting_for_second(eyes, [claim]).get(claim)
    if one is None:
        raise ProbandaError(
            f"Claim {claim[:12]} waits for no second reading.", "See which do with `probanda claims second`."
        )
    payload = {"of": one.decision, "verdict": ENDED}
    store.record(eyes, [Deed(kind=SECOND_READING, subject=claim, payload=payload, reason=reason)])


def take(store: Store, eyes: Eyes, claim_id: str, which: str, reason: str = "", over: Sequence[str] = ()) -> Claim:
    """Settle a claim that two persons read otherwise as one of them read it, by a decision like any other.

    `over`: the decisions that were seen standing; where none are given, those that stand now.
    """
    if which not in TAKE:
        raise WrongUsage(f"{which} is neither reading.", "Take the first or the second; or correct the claim.")
    claim = store.claim(eyes, claim_id).id
    found = next((one for one in read_twice(store, eyes, [claim]) if not one.settled), None)
    if found is None:
        raise ProbandaError(
            f"Claim {claim[:12]} has no two readings that differ and wait.", "See `probanda claims second`."
        )
    one = found.readings[TAKE.index(which)]
    standing = tuple(over) or tuple(d.id for d in store.standing(eyes, claim, "settle"))
    payload = {"verdict": one.verdict, **decide.told(store, eyes, one.claim), "after": found.second.id}
    store.record(eyes, [Deed(kind="settle", subject=claim, payload=payload, reason=reason, over=standing)])
    return store.claim(eyes, claim)


def read_twice(store: Store, eyes: Eyes, claims: Sequence[str] | None = None) -> list[ReadTwice]:
    """Every claim that two persons read, or those among some, in the order of the second readings."""
    if claims is None:
        found = store.of_kind(eyes, SECOND_READING)
    else:
        found = [d for claim in claims for d in store.standing(eyes, claim, SECOND_READING)]
    found = [d for d in found if d.payload["verdict"] != ENDED and "claim" in d.payload]
    firsts = {d.id: d for d in store.named_decisions(eyes, [str(d.payload["of"]) for d in found])}
    return [
        _read_twice(firsts[str(d.payload["of"])], d)
        for d in found
        if "claim" in firsts.get(str(d.payload["of"]), d).payload and str(d.payload["of"]) in firsts
    ]


def _read_twice(first: Decision, other: Decision) -> ReadTwice:
    readings = _reading(first), _reading(other)
    return ReadTwice(first.subject, first, other, readings, second.differences(*readings))


def _reading(decision: Decision) -> Reading:
    told: Any = decision.payload
    return Reading(str(told["verdict"]), formed(Claim, told["claim"]))


def state(store: Store, eyes: Eyes) -> Second:
    """How the second reading stands for these eyes."""
    found = read_twice(store, eyes)
    ended = sum(d.payload["verdict"] == ENDED for d in store.of_kind(eyes, SECOND_READING))
    mine = [one.claim for one in store.waiting_for_second(eyes).values() if one.first == eyes.user]
    return Second(
        readers=len(store.users()),
        waiting=tuple(sorted(mine)),
        open=tuple(one for one in found if not one.settled),
        figures=second.figures([one.readings for one in found]),
        read=len(found),
        ended=ended,
    )
