"""The facts of one incident and one person of interest, as given by hand or filled from a case: start with `Facts`.

Whatever nobody has said is None or `unknown`; what somebody looked for and did not find is `NEVER`, an empty tuple,
or `no`. The two are never mixed (DESIGN, promise 3). What the keys of a file mean is `facts_keys`, how they are
read `facts_read`.

Looks down to: law.answers, law.when. Used by: the modules of jurisdiction in this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from probanda.law.answers import NO, UNKNOWN, YES, Answer
from probanda.law.when import Time

NOWHERE = "none"
"""As a place's State: no State's territory, such as the high seas."""
THE_COURT = "the court"


class Kind(StrEnum):
    """What an instrument is."""

    COUNCIL = "Council referral"
    """Art. 13(b)."""
    STATE = "State referral"
    """Art. 13(a), 14."""
    OWN_MOTION = "own motion"
    """Art. 13(c), 15: the Prosecutor's own motion."""
    DECLARATION = "declaration"
    """Art. 12(3): a State that is no Party accepts the jurisdiction."""


def folded(name: str) -> str:
    """A State's or place's name as it is compared: without case, with single spaces."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere it may have happened."""

    name: str
    state: str | None = None
    """On whose territory; `NOWHERE`; None where nobody says."""
    registered_in: str | None = None
    """State of registration of a vessel or aircraft."""
    aboard: bool = False
    """On a vessel or aircraft."""
    within: tuple[str, ...] = ()
    """Larger places that hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggression:
    """What art. 15 bis asks of an act of aggression."""

    by: str | None = None
    against: str | None = None
    council_found_it: Time | None = None
    notified: Time | None = None
    """When the Secretary-General was told of the situation (15 bis (6))."""
    division_authorised: Time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What is said to have happened."""

    title: str = ""
    crimes: tuple[str, ...] = ()
    when: Time | None = None
    places: tuple[Place, ...] | None = None
    """It happened at one of them."""
    parts: tuple[Place, ...] | None = None
    """Parts of it happened at each of them."""
    authorised_operation: Answer = UNKNOWN
    """In an operation that the Security Council set up or allowed."""
    aggression: Aggression | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The person of interest."""

    name: str = ""
    kind: str | None = None
    nationalities: tuple[str, ...] | None = None
    """All of them; empty for a person without any."""
    born: Time | None = None
    could_direct_state: Answer = UNKNOWN
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How one State stands to the Statute."""

    name: str
    party: Answer = UNKNOWN
    """Whether it ever joined."""
    deposited: Time | None = None
    in_force: Time | None = None
    withdrawal_notified: Time | None = None
    """NEVER where it gave no notice of withdrawal."""
    withdrawal_effect: Time | None = None
    amendments: Mapping[str, Time] = field(default_factory=lambda: MappingProxyType({}))
    """Amendment -> when its acceptance was deposited; NEVER where it was not accepted."""
    opted_out_of_aggression: Time | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that the text of an instrument leaves out."""

    text: str
    article: str = ""
    """Where it stands in the instrument."""
    nationals_of: tuple[str, ...] = ()
    nationals_of_states_not_party: bool = False
    excepted: tuple[str, ...] = ()
    only_in_authorised_operation: bool = False
    applies: Answer | None = None
    """Answered by hand; None where the facts above answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A referral, a declaration, or an investigation of the Prosecutor's own motion: an object of its own (D2, D8)."""

    id: str
    kind: Kind | None = None
    title: str = ""
    by: str | None = None
    lodged: Time | None = None
    start: Time | None = None
    end: Time | None = None
    situation: tuple[str, ...] = ()
    limits: tuple[Limit, ...] | None = None
    decision: str | None = None
    """Of a Chamber on the Prosecutor's own motion: granted, refused or pending."""
    decided: Time | None = None
    reporting: str = ""
    unchecked: str = ""
    """What was not checked, where the entry comes from the pack."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """A request of the Security Council to pause (art. 16)."""

    id: str
    requested: Time | None = None
    start: Time | None = None
    end: Time | None = None
    renews: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice to a State before an investigation, and what came of it (art. 18)."""

    id: str
    to: str = ""
    instrument: str | None = None
    received: Time | None = None
    answered: Time | None = None
    asks_deferral: Answer = UNKNOWN
    chamber: str | None = None
    """authorised, refused, none; None where nobody says."""
    chamber_day: Time | None = None
    deferred: Time | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A challenge to jurisdiction or admissibility (art. 19)."""

    id: str
    by: str = ""
    who: str | None = None
    ground: str | None = None
    """jurisdiction or admissibility."""
    tried_before: Answer = UNKNOWN
    """It rests on 17(1)(c)."""
    made: Time | None = None
    earlier: int | None = None
    """How many challenges the same person or State brought before."""
    leave: Answer = UNKNOWN
    decided: Time | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a person recorded of one question, with reason and sources."""

    answer: Answer = UNKNOWN
    reason: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """A proceeding of a State, or of the Court itself, as the admissibility grid asks for it."""

    id: str
    state: str | None = None
    court: str = ""
    stage: str | None = None
    searched: str = ""
    opened: Time | None = None
    decided: Time | None = None
    has_jurisdiction: Judged = Judged()
    same_person: Judged = Judged()
    same_conduct: Judged = Judged()
    shielding: Judged = Judged()
    delay: Judged = Judged()
    not_independent: Judged = Judged()
    inability: Judged = Judged()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateConduct:
    """What a State did or left undone: a fact for admissibility and cooperation, never a crime (D5)."""

    state: str
    kind: str
    what: str
    when: Time | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a body decided on jurisdiction or admissibility; kept under its name, applied to nothing."""

    body: str
    decision: str
    article: str = ""
    day: Time | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One text on gravity with where it stands."""

    text: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the questions are asked of."""

    incident: Incident = Incident()
    person: Person = Person()
    states: tuple[State, ...] = ()
    instruments: tuple[Instrument, ...] | None = None
    deferrals: tuple[Deferral, ...] | None = None
    notices: tuple[Notice, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    proceedings: tuple[Proceeding, ...] | None = None
    conduct_of_states: tuple[StateConduct, ...] = ()
    gravity: Mapping[str, tuple[Cited, ...]] = field(default_factory=lambda: MappingProxyType({}))
    trial_began: Time | None = None
    stage: str | None = None
    as_of: date | None = None

    def state(self, name: str) -> State:
        """The State of this name; one of which nothing is known where the facts do not speak of it."""
        wanted = folded(name)
        return next((s for s in self.states if folded(s.name) == wanted), State(name=name))


def answer_of(value: bool | None) -> Answer:
    """Yes, no, or unknown for None."""
    return UNKNOWN if value is None else YES if value else NO
