"""Undo: any decision that may be taken back, by an entry of its own; the decision itself stays in the log.

Start with `undo`. What stands on a decision must be undone first, and is named. A label that others followed (the
members of an archive) is taken back with them, so that nothing stays open behind what was closed again.

Looks down to: store, kernel. Used by: cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.model import Decision, Deed
from probanda.store.projection import may_be_undone
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name a decision."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What `undo` did."""

    decision: Decision
    followed: tuple[Decision, ...]
    """Labels that had followed it and were taken back with it."""


def undoable(store: Store, eyes: Eyes) -> list[Decision]:
    """The decisions that stand and may be taken back, the latest first; undoings, which stand too, among them."""
    told = store.decisions(eyes)
    gone = _taken_back(told)
    return [
        d
        for d in reversed(told)
        if may_be_undone(d.kind, d.payload) and (d.stands or (d.kind == "withdraw" and d.id not in gone))
    ]


def undo(store: Store, eyes: Eyes, decision: str, reason: str = "", *, subject: str | None = None) -> Undone:
    """Withdraw one decision by its id, or its first letters; of a withdrawal: what it took back stands again.

    `subject`: what it was about, where that is known: then the rest of the log is not read.

    Raises NotFound; WrongUsage for a fact such as a registration, or where the letters fit several;
    StillStoodOn, naming the decisions that stand on it; ProbandaError where it was undone already.
    """
    told = store.decisions(eyes, subject)
    one = _named(told, decision)
    if not may_be_undone(one.kind, one.payload):
        raise WrongUsage(
            f"Decision {one.id[:12]} ({one.kind}) records a fact and cannot be undone.",
            "Record what is right as a new decision beside it.",
        )
    if one.id in _taken_back(told):
        raise ProbandaError(
            f"Decision {one.id[:12]} ({one.kind}) was undone already.",
            "See what can be undone with `probanda undo`; nothing was recorded.",
        )
    followed = _followed(told, one)
    why = f"Follows the undoing of {one.id}."
    deeds = [Deed(kind="withdraw", subject=one.id, payload={}, reason=reason)]
    deeds += [Deed(kind="withdraw", subject=d.id, payload={"follows": one.id}, reason=why) for d in followed]
    store.record(eyes, deeds)
    return Undone(one, tuple(followed))


def _taken_back(told: Sequence[Decision]) -> set[str]:
    """Ids of the decisions that an undoing took back which was not itself taken back."""
    undoings: dict[str, list[str]] = defaultdict(list)
    for d in told:
        if d.kind == "withdraw":
            undoings[d.subject].append(d.id)
    gone: set[str] = set()
    for d in reversed(told):  # an undoing stands behind what it takes back
        if any(one not in gone for one in undoings.get(d.id, ())):
            gone.add(d.id)
    return gone


def _named(told: Sequence[Decision], decision: str) -> Decision:
    fits = [d for d in told if d.id == decision or (len(decision) >= SHORTEST_ID and d.id.startswith(decision))]
    if not fits:
        raise NotFound("decision", decision, "probanda undo")
    if len(fits) > 1:
        raise WrongUsage(f"{decision} begins several ids of decisions.", "Give more of its letters.")
    return fits[0]


def _followed(told: Sequence[Decision], one: Decision) -> list[Decision]:
    """Labels recorded right behind this one because of it, as far as they still stand.

    A deed and those that follow it are written in one transaction, so they are neighbours in the log.
    """
    if one.kind != "label":
        return []
    found = []
    for d in told[told.index(one) + 1 :]:
        if d.kind != "label" or d.payload.get("follows") != one.subject:
            break
        found.append(d)
    return [d for d in found if d.stands]
