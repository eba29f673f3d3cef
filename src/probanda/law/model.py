"""Crimes, elements, modes of liability, bars and standards of proof, as data (law pack).

Start with `LawPack`. Whatever is said here comes from `packs/<name>/*.yaml`; `pack.load` fills it.

Looks down to: nothing. Used by: law.pack, law.pointing, matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NOT_OFFICIAL = "not the official text"
"""Printed with every element wherever it goes: the words are ours, and nobody may take them for the source's."""
OF_PERSON, OF_INCIDENT = "of-person", "of-incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueList:
    """Words that a rule of the matrix looks for. They say where to look and prove nothing."""

    name: str
    words: tuple[str, ...]
    """Lower case; a star at the end stands for any ending."""
    but_not: tuple[str, ...] = ()
    """Phrases blotted out before the words are looked for."""
    why: str = ""
    roles: bool = False
    """True where they are looked for in the words for act, victims, places and means, not in all that is quoted."""
    examples: tuple[str, ...] = ()
    """Sentences in which the list has a word."""
    not_examples: tuple[str, ...] = ()
    """Sentences in which it must have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of construction: how elements are to be read."""

    id: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What must be clear of the way before a crime can be tried; never an element (C12)."""

    id: str
    applies: tuple[str, ...]
    """Beginnings of crimes' ids; empty for every crime."""
    blocks: str
    test: str
    threshold: bool = False
    """True for a threshold of internal conflict: a person records once for the situation on which side it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of proceedings with its standard of proof. The system never says that one is met (C8)."""

    rank: int
    stage: str
    article: str
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """An amendment that added crimes; it counts for each State that accepted it, a year after that (art. 121(5))."""

    id: str
    adopted: date
    instrument: str
    rule: str
    """The in-force rule of its crimes, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """The day before which nothing in the pack was a crime there."""

    day: date
    since: str
    """What crimes of that day say under `since`."""
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A ground that excludes responsibility (art. 31 to 33); never an element."""

    id: str
    title: str
    conditions: str
    cues: tuple[str, ...] = ()
    """Names of the cue lists a rule looks for; empty where none does (`not looked for`)."""
    where: str = OF_PERSON
    """In which claims it looks: `of-person`, those that name the person; `of-incident`, those of the incidents too."""
    not_for: tuple[str, ...] = ()
    """Beginnings of the ids of crimes for which the ground is ruled out."""
    ruled_out: str = ""
    """Why it is ruled out for these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentAct:
    """A kind of act that points to no crime of the pack, with why."""

    act: str
    """An act type, `act_type/detail` or `*/detail`."""
    why: str
    noted: bool = False
    """True where a matrix on the same actor mentions it all the same (shelter after the fact, C13)."""
    belongs: str = ""
    """Where such a fact is weighed instead (admissibility, offences against justice); empty where nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMode:
    """A value of involvement that points to no mode of the pack, with why."""

    involvement: str
    why: str
    noted: bool = False
    belongs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a crime or mode, in our own words."""

    no: int
    type: str
    """conduct, consequence, circumstance, mental, contextual."""
    text: str
    article: str = ""
    """The provision these words restate."""
    common_key: str | None = None
    """Elements with the same key are shared by many crimes: one finding can serve many cells."""
    acts: tuple[str, ...] = ()
    """Act types (or details) of claims that speak to this element."""
    fill: str = ""
    """What would help to fill a gap here: claims, ties, findings."""
    example: str = ""
    """An invented sentence in which the element might show."""
    undermine: str = ""
    """What could speak against the element, for the person who looks."""
    note: str = ""
    """What is often got wrong here."""
    unchecked: bool = False
    """True where the words follow case law that was not checked, or belong to a crime whose elements nobody checked."""
    look: str = ""
    """Name of the matrix rule that looks for claims; empty where none does (`not looked for`)."""
    cues: tuple[str, ...] = ()
    """Names of the cue lists that rule uses."""
    against: tuple[str, ...] = ()
    """Names of cue lists whose words, said of the victims, speak against the element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crime:
    """A crime of the Statute with all its elements, contextual ones too."""

    id: str
    title: str
    family: str
    conflict: str | None
    """IAC, NIAC or None."""
    in_force: str
    article: str
    edition: str
    elements: tuple[Element, ...]
    acts: tuple[str, ...]
    """Kinds of act that point to this crime: `act_type`, `act_type/detail` or `*/detail`."""
    verified: bool
    """True only once a lawyer has reviewed the words."""
    note: str = ""
    since: str = "1998/2002"
    """When the crime came into the Statute: 1998/2002, or the year of its amendment."""
    verification: str = ""
    """What was checked, and what was not, in words."""
    needs: str = ""
    """What a claim must say besides the act: a word of the cue list of this name, `order`, or nothing."""
    why_pointed: str = ""
    """Why such a claim points here, and what it does not show; printed with every layout."""
    by_words: bool = False
    """True where the conduct is itself an order or declaration, which whoever gives it commits with their own hand."""
    twin: str | None = None
    """Id of the crime of the same conduct in the other kind of conflict; None where there is none."""
    amendment: str = ""
    """Id of the amendment that brought it; such a crime counts only for States that accepted it (C4)."""
    suggested: bool = True
    """False where no claim alone makes the matrix lay the crime out; a person does."""
    unchecked: bool = False
    """True where nobody could check the number of elements; `verification` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A mode of liability with its elements."""

    id: str
    title: str
    article: str
    elements: tuple[Element, ...]
    involvements: tuple[str, ...]
    """Involvement values that point to this mode."""
    details: tuple[str, ...] = ()
    """Act details that point to this mode and to none of the others (an attempt); empty for all other acts."""
    only: tuple[str, ...] = ()
    """Beginnings of the ids of the crimes that can be laid out in this mode; empty for every crime."""
    note: str = ""

    def fits(self, crime: Crime) -> bool:
        """True where the Statute has this mode for this crime (incitement, art. 25(3)(e), is for genocide alone)."""
        return not self.only or crime.id.startswith(self.only)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPack:
    """One versioned set, stamped with the digest of its files."""

    name: str
    version: str
    digest: str
    edition: str
    crimes: tuple[Crime, ...]
    """In the order of the Statute."""
    modes: tuple[Mode, ...]
    statement: str = ""
    """What the words are and who has reviewed them, to be printed with them."""
    terms: tuple[str, ...] = ()
    """Terms of art that may stand here in the words of the official text."""
    rules: tuple[Rule, ...] = ()
    bars: tuple[Bar, ...] = ()
    stages: tuple[Stage, ...] = ()
    """By rank."""
    exclusions: tuple[Exclusion, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    first: FirstDay | None = None
    """None where the pack does not say from when it counts: then no day is ever said to be in force."""
    silent: tuple[SilentAct, ...] = ()
    not_modes: tuple[NotMode, ...] = ()
    cues: tuple[CueList, ...] = ()

    def crime(self, crime_id: str) -> Crime:
        """The crime of this id; KeyError where the pack has none."""
        return {c.id: c for c in self.crimes}[crime_id]

    def mode(self, mode_id: str) -> Mode:
        """The mode of this id; KeyError where the pack has none."""
        return {m.id: m for m in self.modes}[mode_id]

    def amendment(self, amendment_id: str) -> Amendment:
        """The amendment of this id; KeyError where the pack has none."""
        return {a.id: a for a in self.amendments}[amendment_id]

    def cue_list(self, name: str) -> CueList:
        """The cue list of this name; KeyError where the pack has none."""
        return {c.name: c for c in self.cues}[name]

    def aside(self) -> tuple[SilentAct | NotMode, ...]:
        """Kinds of act and of involvement that point to no crime or mode, each with why."""
        return (*self.silent, *self.not_modes)

    def bars_of(self, crime: Crime) -> tuple[Bar, ...]:
        """The bars that stand before this crime, in the pack's order."""
        return tuple(b for b in self.bars if not b.applies or crime.id.startswith(b.applies))

    @property
    def stamp(self) -> str:
        """Name, version and the beginning of the digest, as every matrix keeps it (C14)."""
        return f"{self.name} {self.version} ({self.digest[:12]})"
