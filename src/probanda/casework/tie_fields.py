"""Fields of a tie as a person types them: its two ends, role, title, rank, and when it held.

Start with `corrected_tie`. Looks down to: claims, kernel. Used by: decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from probanda.claims.model import Named, Tie
from probanda.kernel.bounds import EVER, Bounds, first_day
from probanda.kernel.errors import WrongUsage

WORDS = ("role", "title", "rank")
ENDS = {"from": "left", "to": "right"}
DAYS = ("first_precise", "last_precise", "first_imprecise", "last_imprecise")
TOLD = ("starting", "ending")
TIE_FIELDS = (*ENDS, *WORDS, *DAYS, *TOLD)
"""Fields that only a tie has."""


def corrected_tie(tie: Tie, changes: Mapping[str, str]) -> Tie:
    """The tie with these fields; an empty value is what nobody tells. Raises WrongUsage for a value it cannot have."""
    new: dict[str, str | Named | Bounds | None] = {}
    bounds: dict[str, str | bool | None] = {}
    for name, value in changes.items():
        if name in ENDS:
            new[ENDS[name]] = _end(tie, name, value)
        elif name in WORDS:
            new[name] = value or None
        elif name in DAYS:
            bounds[name] = _day(name, value)
        else:
            bounds[name] = _told(name, value)
    if bounds:
        new["bounds"] = replace(tie.bounds or Bounds(), **bounds)  # type: ignore[arg-type]
    return replace(tie, **new)  # type: ignore[arg-type]


def _end(tie: Tie, name: str, value: str) -> Named:
    if not value:
        raise WrongUsage(f"A tie needs its {name}.", "Reject the claim where nobody stands there.")
    known = {one.words: one for one in (tie.left, tie.right)}
    return known.get(value, Named(value))


def _day(name: str, value: str) -> str | None:
    if (value and first_day(value) is None) or (value == EVER and name != "first_imprecise"):
        raise WrongUsage(f"{value} is no {name}.", "Write 2031, 2031-05 or 2031-05-03, or nothing.")
    return value or None


def _told(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no", "y", "n"):
        raise WrongUsage(f"{value} is no answer to {name}.", "Write yes or no.")
    return value.lower().startswith("y")
