"""What persons decide of a case matrix: a hypothesis opened and closed, and all that was put, found, assessed in it.

Start with `Hypothesis`, then `Decided`, which holds everything decided about one. The machine only suggests
(`model.Suggestion`); what is said here, a named person said. An inference is a finding of its own with its basis
(requirement C6; Elements of Crimes, general introduction para 3; art. 30). An assessment names the stage whose standard
it speaks of (C8; art. 15, 53, 58, 61, 66) and is never worked out.

Looks down to: matrix.model, kernel. Used by: matrix (chart, marks, gaps), reports, casework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from probanda.kernel.vocabulary import Side
from probanda.matrix.model import Bearing, Role

CRIME, MODE = "crime", "mode"
"""The two parts of a matrix: the elements of the crime, and those of the mode of liability."""


class Kind(StrEnum):
    """What can be cited in a cell."""

    CLAIM = "claim"
    INCIDENT = "incident"
    FINDING = "finding"


class Verdict(StrEnum):
    """What a person did with something in a cell."""

    PUT = "put"
    TAKEN = "taken"
    """Taken out, with a reason; it stays to be seen as such."""


class Says(StrEnum):
    """What an assessment says of an element."""

    MET = "met"
    NOT_MET = "not met"
    OPEN = "cannot be said"
    """Looked at, and left open."""


class Needs(StrEnum):
    """What kind of thing would fill a gap."""

    WITNESS = "witness"
    DOCUMENT = "document"
    IMAGE = "image"
    EXPERT = "expert"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Which element of a hypothesis: part (`crime` or `mode`) and number."""

    part: str
    element: int

    @property
    def called(self) -> str:
        """As a person writes it: `1` for an element of the crime, `m1` for one of the mode."""
        return f"{'m' if self.part == MODE else ''}{self.element}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Something cited: a claim, an incident, or a finding (by the id of its decision)."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """An element as the law pack had it when the hypothesis was opened; a newer pack rewrites nothing (C14)."""

    part: str
    no: int
    type: str
    text: str
    common_key: str | None = None
    fill: str = ""
    undermine: str = ""

    @property
    def slot(self) -> Slot:
        """Where it stands."""
        return Slot(self.part, self.no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decided something, when and why, and under which id it stands in the log."""

    by: str = ""
    """User id."""
    at: str = ""
    reason: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Act):
    """A person of interest, a crime, a mode and incidents, opened by a person for examination. Nobody is charged."""

    id: str
    actor: str
    """Anchor of the person: a mention or handle; who that is now, identity decisions say."""
    actor_name: str
    actor_kind: str = ""
    crime: str
    crime_title: str
    mode: str
    mode_title: str
    article: str
    pack: str
    """Stamp of the law pack it was opened with."""
    elements: tuple[Charted, ...]
    """All of them, contextual ones too: of the crime in the official order, then of the mode."""
    claims: tuple[str, ...] = ()
    """Why it was opened: claims that point there."""
    incidents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Mentions by which those claims name the person."""
    suggestion: str | None = None
    """The machine's suggestion it was opened from; None where a person laid it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Act):
    """A hypothesis closed: the reason, and what it rests on."""

    cites: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InCell(Act):
    """Something that a person put into a cell, or took out of it."""

    slot: Slot
    side: Side
    verdict: Verdict
    ref: Ref
    role: Role | None = None
    bearing: Bearing | None = None
    note: str = ""
    within: str = ""
    """Compartment of what is cited when this was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Act):
    """A conclusion that a person draws from a basis, signed: for one cell, or for every cell of a common element."""

    slot: Slot | None
    """None where it serves all cells with this `key`."""
    key: str | None = None
    says: str
    side: Side = Side.FOR
    cites: tuple[Ref, ...] = ()
    """The basis: take any of it away and the conclusion no longer stands."""
    standard: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Act):
    """A signed act: what one person says of an element at a stage, with what the cell held then."""

    slot: Slot
    stage: str
    standard: str = ""
    """The stage's standard of proof, as the law pack had it (C9)."""
    says: Says
    cites: tuple[Ref, ...] = ()
    """What the cell held, on both sides, when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Act):
    """That somebody looked for something on one side of a cell: who, where, when, and what came of it."""

    slot: Slot
    side: Side
    who: str
    where: str
    when: str
    found: str = ""
    """In words; empty: nothing."""
    inquiry: str = ""
    """Id of the inquiry in which it was looked; its question and places are filled in as far as a user sees them."""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine(Act):
    """What was done about a task."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Act):
    """What would fill a gap, as something to be done."""

    id: str
    slot: Slot
    needs: Needs
    what: str
    assigned: str = ""
    """Who does it, as written; empty: nobody yet."""
    closed: str = ""
    """What came of it; empty while it is open."""
    lines: tuple[TaskLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Act):
    """What a person has seen of a cell: what stood in it, and which marks."""

    slot: Slot
    marks: tuple[str, ...] = ()
    """Keys of the marks seen."""
    cites: tuple[Ref, ...] = ()
    """Claims that the machine proposed here then."""
    within: str = ""
    """Compartment in which those lay."""
    names: tuple[str, ...] = ()
    """Mentions by which those claims name the person of interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Act):
    """That an item or a claim is said to have been gained by a breach of rights (art. 69(7); requirement I4)."""

    subject: str
    on: str
    """item or claim."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that stands about one hypothesis, as one user sees it."""

    hypothesis: Hypothesis
    closing: Closing | None = None
    in_cells: tuple[InCell, ...] = ()
    inferences: tuple[Finding, ...] = ()
    contextual: tuple[Finding, ...] = ()
    """Findings on common elements that this hypothesis has."""
    assessments: tuple[Assessment, ...] = ()
    searches: tuple[Search, ...] = ()
    tasks: tuple[Task, ...] = ()
    seen: tuple[Seen, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Decisions on one thing that contradict each other, since devices that worked apart made them; in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What something cited leads to, as far as one user sees it."""

    ref: Ref
    words: str
    """A claim's quote, an incident's title, what a finding says."""
    where: str = ""
    """Registration number and offsets; who found it."""
    said_by: tuple[str, ...] = ()
    """Chain of speakers, outermost first."""
    modality: str = ""
    status: str = ""
    """proposed, checked, corrected, unsure."""
    claims: tuple[str, ...] = ()
    """The claims behind it: itself, or those of the incident that say it happened."""
    mentions: tuple[str, ...] = ()
    """Mentions that its claims name in any role."""
    linked: bool = False
    """True where it names the person of interest by a mention that only a machine linked to that person."""
    unverified: tuple[str, ...] = ()
    """Registration numbers of the items it rests on that nobody has found verified."""
    within: str = ""
    """Compartment in which it lies now."""
    retracted: str = ""
    """The flag of a claim that its source took back or corrected; empty otherwise."""
    flags: tuple[str, ...] = ()
    """What persons noted of how it was gained (art. 69(7))."""
    gone: str = ""
    """Why it no longer counts: rejected, withdrawn, its words destroyed, out of sight; empty while it counts."""


Shelf = Mapping[Ref, Shown]
"""What everything cited in a hypothesis leads to."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How many origins stand behind some claims, at most."""

    origins: int = 0
    untraced: int = 0
    hearsay: bool = False
    claims: tuple[str, ...] = field(default=())
    starts: tuple[tuple[str, str], ...] = field(default=())
    """(claim, where its account starts): claims with one start are counted as one."""


UNWEIGHED = Weighed()
"""Of no claims."""
