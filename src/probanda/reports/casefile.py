"""The frozen CaseFile: all that a report may use, filled by casework through one user's eyes.

A report reads nothing else: no store, clock, disk or settings. Everything in here was already
narrowed (restricted items left out, names masked, `--about`, `--from`, `--to`, `--only checked`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.incidents.opposed import Mark, Pair
from probanda.matrix.chart import Chart
from probanda.matrix.model import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item as the dossier lists it."""

    digest: str
    number: str
    """Registration number; outputs cite this."""
    names: tuple[str, ...]
    size: int
    media_type: str
    language: str | None
    dated: str | None
    """The text's own date as a person reads it, or None when it states none."""
    dated_reason: str | None
    title: str | None
    publisher: str | None
    label: str
    acquisitions: int
    read: str
    """How far it was read: `whole`, `kept and searchable; no reader for French yet`, ..."""
    furniture: int = 0
    """Passages kept aside as furniture."""
    claims: int = 0
    evidence: tuple[str, ...] = ()
    """Own evidence numbers of whoever holds it; printed before the registration number."""
    within: str | None = None
    """Registration number of the item it was taken out of (archive, e-mail); None where it stood by itself."""
    observed: bool = False
    """True for an observation: what a person saw or heard in a part of `recording`."""
    recording: str | None = None
    """Registration number of the picture, video or sound that it is an observation or transcript of."""
    protected: bool = False
    """True where it is restricted, so that names in it are masked."""
    machine: str | None = None
    """Why its words are machine text and the page's picture decides; None where they are the author's own."""
    source: str | None = None
    collector: str | None = None
    acquired: str | None = None
    """When it was collected, as the evidence table says."""
    conditions: str | None = None
    """Conditions under which it was given, in the words of the evidence table."""
    assessed: tuple[str, ...] = ()
    """What persons found of it, in lines: where its verification stands, grades, that it was taken back."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The printed words: a piece of a page, drawn from the item's bytes."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    page: int


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A file or item that could not be taken in or read, with the reason and the next step."""

    name: str
    number: str | None
    reason: str
    fix: str
    evidence: tuple[str, ...] = ()
    """Own evidence numbers, where it has any; printed before the registration number."""


@dataclass(frozen=True, slots=True)
class Context:
    """A quote shown in its surroundings: the words before, the quote, the words after."""

    before: str
    quote: str
    after: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An original that texts cite and nobody holds here."""

    kind: str
    words: str
    claims: tuple[str, ...]
    items: tuple[str, ...] = ()
    """Digests of items that speak of it, besides those of the claims."""
    person: bool = False
    """True where a person wrote it down; else it is proposed."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two pictures or recordings behind accounts of one incident that look alike: perhaps one, counted as two."""

    a: str
    """Registration number; of a recording with the time of its key frame: `MED-0001 at 00:00:05`."""
    b: str
    reason: str
    left: str
    """Id of an account that rests on `a`."""
    right: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How good the reader was measured to be, and on what."""

    reader: str
    gold: str
    figures: tuple[tuple[str, str], ...]
    """(field, figure), such as ("claims found, F1", "0.63"); none for a reader that was not measured."""
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One narrowed, frozen view of a case, ready to be drafted."""

    situation: str
    prefix: str
    run_at: str
    """UTC time of the run; the only thing in a report that differs between two runs."""
    version: str
    reader: str
    pack: str
    items: tuple[ItemLine, ...]
    unread: tuple[UnreadLine, ...]
    withheld: int
    """Restricted items left out."""
    included_restricted: str | None
    """The reason given for including them, or None."""
    names_masked: bool
    narrowed: tuple[str, ...]
    """The narrowing in words, such as `only claims a person has checked`; empty when nothing was narrowed."""
    claims: tuple[Claim, ...]
    contexts: Mapping[str, Context]
    """By claim id."""
    actors: tuple[ActorGroup, ...]
    incidents: tuple[Incident, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]
    suggestions: tuple[Suggestion, ...]
    wanted: tuple[Wanted, ...]
    alike: Mapping[str, tuple[LookAlike, ...]] = field(default_factory=dict)
    """By incident id."""
    measures: tuple[Measure, ...]
    """Of each reader that proposed claims here."""
    persons_named: int
    checked: int
    """How many of the claims a person has settled."""
    names: Mapping[str, str]
    """User ids to names, for `by`."""
    marks: Mapping[Pair, Mark] = field(default_factory=dict)
    """What persons say of contradictions, by the two claim ids."""
    charts: tuple[Chart, ...] = ()
    """Hypotheses that persons opened; none where the report was narrowed, since one is shown whole or not at all."""
    to_leave: bool = False
    """True for a report that is meant to leave the office: no suggestion that nobody opened is in it."""
    unopened: int = 0
    """Suggestions left out of such a report."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By claim id: the words as printed, for claims whose text is machine text; none where names are masked."""
