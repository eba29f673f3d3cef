"""What a person may say of a proposed contradiction, as a record; and how that is put in words.

Looks down to: nothing. Used by: reports, casework, cli.
"""

from __future__ import annotations

from dataclasses import dataclass

REAL, APPARENT, RESOLVED = "real", "apparent", "resolved"
WHY_APPARENT = {
    "population": "the two speak of different people or things",
    "later": "one is a later count or account",
    "sense": "a word is meant in two senses",
    "event": "the two speak of different events",
}
"""Why a contradiction may be only apparent."""

Pair = tuple[str, str]
"""Ids of two claims, the lesser first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one person said of two claims. It hides nothing."""

    a: str
    b: str
    mark: str
    """real, apparent or resolved."""
    because: str | None
    """Of `apparent` one of `WHY_APPARENT`; of `resolved` the decision of the finding; else None."""
    by: str
    """The user's id."""
    name: str
    """The user's name, for pages; exports give the id alone."""
    at: str
    reason: str
    """Kept in the case: it may name a witness, so no report prints it."""
    decision: str


def words(mark: Mark) -> str:
    """`marked as apparent: one is a later count or account`."""
    if mark.mark == APPARENT:
        return f"marked as apparent: {WHY_APPARENT.get(mark.because or '', mark.because or '')}"
    if mark.mark == RESOLVED:
        return f"marked as resolved by the finding {(mark.because or '')[:12]}"
    return "marked as real"
