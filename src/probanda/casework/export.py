"""Export: the rows of one kind as JSON lines; it prints what stands and never computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from probanda.access.eyes import Eyes
from probanda.casework import rows
from probanda.casework.hand_on import hand_on
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing, View
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Family
from probanda.store.codec import plain
from probanda.store.store import Store


def _claims(seen: View) -> Iterator[rows.Row]:
    return rows.claim_rows((*seen.claims, *seen.rejected), seen.names, seen.numbers, seen.actor_of, Family.ACT)


def _ties(seen: View) -> Iterator[rows.Row]:
    return rows.claim_rows((*seen.claims, *seen.rejected), seen.names, seen.numbers, seen.actor_of, Family.TIE)


def _mentions(seen: View) -> Iterator[rows.Row]:
    return rows.mention_rows(seen.mentions, seen.names, seen.actor_of)


def _hypotheses(seen: View) -> Iterator[rows.Row]:
    for suggestion in sorted(seen.suggestions, key=lambda s: s.id):
        yield plain(suggestion)


KINDS: dict[str, Callable[[View], Iterator[rows.Row]]] = {
    "claims": _claims,
    "ties": _ties,
    "mentions": _mentions,
    "actors": lambda seen: rows.actor_rows(seen.actors),
    "incidents": lambda seen: rows.incident_rows(seen.result.incidents),
    "contradictions": lambda seen: rows.contradiction_rows(seen.result.contradictions, seen.marks),
    "figures": lambda seen: rows.figure_rows(seen.claims, seen.result.incidents, seen.numbers),
    "origins": lambda seen: rows.origin_rows(seen.result.origins, seen.names),
    "accounts": lambda seen: rows.account_rows(seen.result.incidents, seen.names, seen.numbers),
    "matrix": _hypotheses,
}
"""What can be exported."""

WORKED_OUT = ("actors", "incidents", "contradictions", "figures", "origins", "accounts", "matrix")
"""Kinds that somebody must have worked out first: an export never computes."""


def export(
    store: Store, eyes: Eyes, kind: str, narrowing: Narrowing, sharing: Sharing
) -> tuple[View, Iterator[rows.Row]]:
    """The view an export was made from (for what it withholds) and its rows.

    Raises WrongUsage for an unknown kind, ProbandaError where the step that makes the rows was not run.
    """
    if kind not in KINDS:
        raise WrongUsage(f"There is no export called {kind}.", "Kinds: " + ", ".join(KINDS) + ".")
    seen = hand_on(store, eyes, narrowing, sharing)
    if kind in WORKED_OUT and not seen.worked_out:
        raise ProbandaError(
            f"No {kind} were worked out yet, so there are none to export (which is not the same as none found).",
            "Run `probanda incidents` first" + (" and `probanda matrix`." if kind == "matrix" else "."),
        )
    return seen, KINDS[kind](seen)
