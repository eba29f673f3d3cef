"""A suggested hypothesis, laid out element by element, with what speaks for and against it.

The machine suggests; only a person opens a hypothesis. No score, ever: a status in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellStatus(StrEnum):
    """What there is for one element; the machine never says that a standard of proof is met."""

    UNSUPPORTED = "unsupported"
    ONE_ORIGIN = "one origin only"
    HEARSAY = "hearsay only"
    MIXED = "several origins"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Claims for and against one element, with the gap."""

    element: int
    part: str
    """`crime` or `mode`: whose element it is."""
    text: str
    type: str
    status: CellStatus
    supporting: tuple[str, ...] = ()
    """Claim ids."""
    against: tuple[str, ...] = ()
    searched_for: bool = True
    """False where no rule looks for support of this element (it is then `not looked for`)."""
    searched_against: bool = False
    gap: str = ""
    """What is missing and what would help; empty only where nothing is."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question laid out for examination: one actor, one crime, one mode of liability."""

    id: str
    actor: str
    actor_name: str
    crime: str
    crime_title: str
    mode: str
    mode_title: str
    article: str
    pack: str
    """Name, version and digest of the law pack."""
    claims: tuple[str, ...]
    """Claims that made the machine suggest this."""
    incidents: tuple[str, ...]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()
