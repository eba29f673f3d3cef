"""What persons have recorded of the law of one situation: kind of conflict, acceptances, thresholds, notes.

Start with `Recorded`. Every record says who decided, when and why; none of it comes from the pack or goes into it.

Looks down to: nothing. Used by: law.standing, matrix, casework.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConflictType(StrEnum):
    """How a person classified an armed conflict for one place and period (requirement C2)."""

    IAC = "iac"
    """International, occupation included (common article 2 of the Geneva Conventions)."""
    NIAC = "niac"
    """Not of an international character (common article 3; art. 8(2)(d) and (f))."""
    NONE = "none"
    """No armed conflict there at that time: no war crime is offered."""
    BOTH = "both"
    """An international and an internal conflict side by side: both kinds of crimes are offered, marked."""
    UNCLEAR = "unclear"
    """A person looked and leaves it open: both kinds of crimes are offered, marked."""


class Side(StrEnum):
    """On which side of a threshold a person sees the situation (art. 8(2)(d) and (f))."""

    ABOVE = "above"
    BELOW = "below"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who decided something, when and why."""

    decision: str
    by: str
    """The name of the user."""
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification(Signed):
    """One decision on the kind of conflict."""

    place: str
    """Empty for the whole situation."""
    date_from: str | None
    """ISO day; None where the period has no known first day. So with `date_to`."""
    date_to: str | None
    type: ConflictType
    intensity: str = ""
    """What is known of how intense the violence was, in words."""
    organisation: str = ""
    """The same of how organised the parties were."""

    @property
    def where(self) -> str:
        """Place and period in words."""
        period = f"{self.date_from or 'the first day'} to {self.date_to or 'today'}"
        return f"{self.place or 'the whole situation'}, {period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Signed):
    """That a State accepted an amendment, and when it deposited its acceptance; or that it did not (art. 121(5))."""

    state: str
    amendment: str
    on: str | None
    """ISO day; None: it is recorded that the State did not accept it."""
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Signed):
    """Where a person sees the situation as to a threshold, which is a bar and never an element (requirement C12)."""

    bar: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLawNote(Signed):
    """What a person noted of case law on a crime, mode, ground or bar, or on one of its elements."""

    entry: str
    element: int | None
    text: str
    citation: str
    court: str
    date: str

    @property
    def words(self) -> str:
        """The note with its citation, as it is printed."""
        source = ", ".join(part for part in (self.court, self.citation, self.date) if part)
        return f"{self.text} ({source}; noted by {self.by}, {self.at[:10]}; checked by nobody else.)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """All of it, each in the order of the log; empty where nothing was recorded."""

    classifications: tuple[Classification, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    notes: tuple[CaseLawNote, ...] = ()

    def notes_on(self, entry: str, element: int | None = None) -> tuple[CaseLawNote, ...]:
        """The notes on an entry as a whole, or on one of its elements."""
        return tuple(n for n in self.notes if (n.entry, n.element) == (entry, element))

    def threshold(self, bar: str) -> Threshold | None:
        """What stands of this bar; None where nobody recorded anything."""
        return next((t for t in reversed(self.thresholds) if t.bar == bar), None)


NOTHING = Recorded()
