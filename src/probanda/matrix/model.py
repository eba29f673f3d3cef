"""A suggested hypothesis, laid out element by element, with what speaks for and against it.

The machine suggests; only a person opens a hypothesis. No score, ever: a status in words. Start with `Suggestion`.

Looks down to: law.model, kernel. Used by: matrix, reports, casework.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from probanda.kernel.vocabulary import Side
from probanda.law.model import NOT_OFFICIAL


class CellStatus(StrEnum):
    """What there is for one element; the machine never says that a standard of proof is met."""

    UNSUPPORTED = "unsupported"
    ONE_ORIGIN = "one origin only"
    HEARSAY = "hearsay only"
    MIXED = "several origins"
    CONTRADICTED = "contradicted"


class Role(StrEnum):
    """What a piece of evidence is for, in a matrix."""

    CRIME_BASE = "crime base"
    """That the acts happened, whoever did them."""
    LINKAGE = "linkage"
    """What ties the person of interest to the acts."""
    CONTEXTUAL = "contextual"
    """The setting that makes an act an international crime: the armed conflict, the attack, the policy."""


class Bearing(StrEnum):
    """How a piece of evidence bears on an element."""

    DIRECT = "direct"
    """Its words say what the element asks."""
    CIRCUMSTANTIAL = "circumstantial"
    """The element could be inferred from it, and a person would have to draw the inference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Claims in a cell that one rule proposed for one reason."""

    claims: tuple[str, ...]
    """In order of id."""
    side: Side
    rule: str
    """Name of the rule, such as `own-hand` or `elsewhere`."""
    role: Role
    bearing: Bearing
    says: str
    """The rule's sentence: why they stand here, and what they do not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground of the checklist that could exclude responsibility (art. 31 to 33); never an element."""

    id: str
    title: str
    open: bool
    """False where the Statute rules it out for this crime (art. 33(2))."""
    searched: bool
    """False where no rule looks for it."""
    claims: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A claim of the same incidents that is evidence in no cell, with why."""

    claim: str
    why: str


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
    """Which rule looked, what it took for support, and what that does not show."""
    origins: int = 0
    """The supporting claims that could be traced go back to at most this many origins."""
    untraced: int = 0
    """Supporting accounts that could not be traced."""
    unlisted: int = 0
    """Supporting claims beyond those listed, where very many speak to the element."""
    unlisted_against: int = 0
    common_key: str | None = None
    """Elements with the same key are shared by many crimes: one finding can serve many cells."""
    role: Role = Role.CRIME_BASE
    """What evidence in this cell is for; it follows from the kind of element and from whose element it is."""
    circumstantial: tuple[str, ...] = ()
    """Claims of either side from which the element could only be inferred; all others speak to it directly."""
    notes: tuple[str, ...] = ()
    """What must be read with the element: that its words are unchecked, and what users noted of case law."""
    words: str = NOT_OFFICIAL
    """That the text is not the official one, wherever the cell goes."""
    placed: tuple[Placed, ...] = ()
    """The listed claims of both sides by the rule that proposed them, those for it first; each once for a side."""


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
    """Every element of the crime in the official order, then every element of the mode."""
    notes: tuple[str, ...] = ()
    actor_kind: str = ""
    """person, unit, body or State; only a person can be tried (art. 25(1))."""
    reasons_for: tuple[str, ...] = ()
    """Why this is suggested, a sentence each."""
    reasons_against: tuple[str, ...] = ()
    """What speaks against opening it, a sentence each; looked for as diligently (art. 54(1)(a))."""
    shared_with: tuple[str, ...] = ()
    """Ids of the other suggestions that rest on some of the same claims; none hides another."""
    grounds: tuple[Ground, ...] = ()
    """The checklist of grounds that exclude responsibility, in the pack's order."""
    kept_out: tuple[KeptOut, ...] = ()
    """Claims of the same incidents that stand in no cell: law as restated by a text, proceedings, impunity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An element that is not, or not well, supported, with what would help."""

    suggestion: str
    actor_name: str
    crime: str
    mode: str
    part: str
    element: int
    text: str
    status: CellStatus
    searched_for: bool
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A claim that names an author and points to no crime or mode, with why."""

    claim: str
    actor_name: str
    reason: str
    noted: bool = False
    """True where the matrix mentions it on the actor's other layouts (shelter after the fact)."""
    belongs: str = ""
    """Where such a claim is charted instead, if anywhere (admissibility, offences against justice)."""
