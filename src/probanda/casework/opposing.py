"""Contradictions and what persons say of them: real, only apparent, or resolved by a finding; with the reason.

Start with `mark`; `marks` gives those that stand, by pair of claims. A mark hides nothing: both sides stay side by
side, in the dossier too, with the mark beside them. It hangs on the two claims and not on the proposal, so that it
outlasts a new reading; `undo` takes it away.

Looks down to: store, incidents, kernel. Used by: casework (hand_on), cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from probanda.access.eyes import Eyes
from probanda.casework.assessing import findings
from probanda.incidents.model import Contradiction
from probanda.incidents.opposed import APPARENT, REAL, RESOLVED, WHY_APPARENT, Mark, Pair
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store import listed
from probanda.store.model import Deed
from probanda.store.projection import CONTRADICTION
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name a contradiction."""


def named(found: Iterable[Contradiction], name: str) -> Contradiction:
    """The contradiction with this id or its first letters. Raises NotFound; WrongUsage where they fit several."""
    fits = [c for c in found if c.id == name or (len(name) >= SHORTEST_ID and c.id.startswith(name))]
    if not fits:
        raise NotFound("contradiction", name, "probanda contradictions list")
    if len(fits) > 1:
        raise WrongUsage(f"{name} begins several ids of contradictions.", "Give more of its letters.")
    return fits[0]


def mark(store: Store, eyes: Eyes, name: str, what: str, reason: str, *, because: str | None = None) -> str:
    """Record what a person says of a contradiction, over what stood before; gives the decision's id.

    `because`: for `apparent` one of `WHY_APPARENT`; for `resolved` the decision of a finding that stands. Raises
    NotFound, WrongUsage.
    """
    one = named(store.contradictions(eyes) or (), name)
    if what not in (REAL, APPARENT, RESOLVED):
        raise WrongUsage(f"{what!r} is no mark of a contradiction.", f"Use {REAL}, {APPARENT} or {RESOLVED}.")
    told = {
        "a": one.a,
        "b": one.b,
        "mark": what,
        "because": _because(store, eyes, what, because),
        "kind": str(one.kind),
    }
    subject = min(one.a, one.b)
    over = tuple(
        d.id for d in store.standing(eyes, subject, CONTRADICTION) if {d.payload["a"], d.payload["b"]} == {one.a, one.b}
    )
    return store.record(eyes, [Deed(kind=CONTRADICTION, subject=subject, payload=told, reason=reason, over=over)])[0]


def _because(store: Store, eyes: Eyes, what: str, because: str | None) -> str | None:
    if what == APPARENT:
        if because not in WHY_APPARENT:
            raise WrongUsage(
                "Why is it only apparent?", "Say --because " + "; ".join(f"{k}: {w}" for k, w in WHY_APPARENT.items())
            )
        return because
    if what == REAL:
        if because is not None:
            raise WrongUsage(
                "A real contradiction needs no --because.", "Leave it out; --reason says what it rests on."
            )
        return None
    fits = [
        f for f in findings(store, eyes) if because and len(because) >= SHORTEST_ID and f.decision.startswith(because)
    ]
    if len(fits) != 1:
        raise ProbandaError(
            "A contradiction is resolved by a finding, and there is none with this id that stands.",
            "Make one with `probanda assess verified` or `refuted`, and give its decision: --because DECISION.",
        )
    return fits[0].decision


def marks(store: Store, eyes: Eyes, found: Iterable[Contradiction] | None = None) -> dict[Pair, Mark]:
    """The marks that stand, by the two claim ids in order; where joined logs differ, the later one.

    `found`: of these contradictions alone.
    """
    names = store.users()
    if found is None:
        standing = store.of_kind(eyes, CONTRADICTION)
    else:
        standing = store.ask(eyes, listed.standing_on, {min(c.a, c.b) for c in found}, CONTRADICTION)
    return {
        (str(d.payload["a"]), str(d.payload["b"])): Mark(
            a=str(d.payload["a"]), b=str(d.payload["b"]), mark=str(d.payload["mark"]),
            because=None if d.payload.get("because") is None else str(d.payload["because"]),
            by=d.by, name=names.get(d.by, d.by), at=d.at, reason=d.reason, decision=d.id,
        )
        for d in standing
    }  # fmt: skip


def not_proposed(marked: Mapping[Pair, Mark], found: Iterable[Contradiction]) -> list[Mark]:
    """Marks on pairs that are not proposed now: after another reading, or outside what was asked for."""
    proposed = {(c.a, c.b) for c in found}
    return [one for pair, one in sorted(marked.items()) if pair not in proposed]
