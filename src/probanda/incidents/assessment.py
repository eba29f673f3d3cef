"""What persons of the office find of a source, a claim, and whether something is verified: grades, sheets, findings.

Start with `sheet_of`, which says where one subject stands. Grades are the two of the Admiralty code, set apart from
each other (requirement B2): the source from A to F, the information from 1 to 6; F and 6 say that it cannot be judged.
A sheet has the three parts of a verification (B1; Berkeley Protocol, evaluating sources and content): each is open
until a person closes it with a reason. That something is verified, or refuted, is found by two persons (I2); that two
accounts are independent is only ever found, never worked out. Nothing here is a probability, and nothing adds up.

Looks down to: kernel. Used by: casework.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Scale(StrEnum):
    """Which of the two grades."""

    SOURCE = "source"
    INFORMATION = "information"


GRADES: Mapping[Scale, Mapping[str, str]] = {
    Scale.SOURCE: {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "reliability cannot be judged",
    },
    Scale.INFORMATION: {
        "1": "confirmed by other sources",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "truth cannot be judged",
    },
}
"""The Admiralty code (STANAG 2511): what each grade says. A grade is one person's on one day."""

CONFIRMED = "1"
"""The grade that says other sources confirm it: it needs a finding that another account is independent (B2, B3)."""


class Part(StrEnum):
    """The three parts of a verification sheet."""

    SOURCE = "source"
    CONTENT = "content"
    TECHNICAL = "technical"


QUESTIONS: Mapping[Part, tuple[str, ...]] = {
    Part.SOURCE: (
        "Who made it, who published it first, and how is that known?",
        "Was the maker there, or does the account come from somebody else?",
        "What interest might the source have, and what has it got right or wrong before?",
        "Does the account go back to the same origin as others that seem to confirm it?",
    ),
    Part.CONTENT: (
        "Do place, time and persons fit what is seen, heard or told in it?",
        "Is it consistent in itself, and with accounts of another origin?",
        "What would one expect to find if it were true, and is that there?",
        "What speaks against it, and was that looked for?",
    ),
    Part.TECHNICAL: (
        "Are the bytes those that were collected, and is the chain of custody without a gap?",
        "What do the file's own data say of device, time and place, and could they have been changed?",
        "Was it published before, under another date or place?",
        "Are there marks of editing, cutting, or of making by a program?",
    ),
}
"""What to look at before a part is closed; a checklist for a person, which nothing ticks off by itself."""


class Finds(StrEnum):
    """What a finding says."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    INDEPENDENT = "independent"


NEED_TWO = frozenset({Finds.VERIFIED, Finds.REFUTED})
"""Findings that count only when two persons made them (I2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade as one person gave it."""

    subject: str
    scale: Scale
    grade: str
    by: str
    """Id of the user."""
    at: str
    reason: str
    decision: str
    rests_on: str | None = None
    """For the grade `1`: the finding of independence that it stands on."""

    @property
    def words(self) -> str:
        """What the grade says."""
        return GRADES[self.scale][self.grade]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A part of a sheet that a person closed, with what was found and why."""

    subject: str
    part: Part
    found: str
    by: str
    at: str
    reason: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A signed assessment by a person of the office."""

    subject: str
    finds: Finds
    by: str
    at: str
    reason: str
    decision: str
    standard: str | None = None
    """The standard of proof it was made against, as the person named it."""
    other: str | None = None
    """For `independent`: the other account's claim."""
    signed: bool = False
    """True where the signature of its author's key holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where one subject stands: its parts, grades and findings, and in words what follows."""

    subject: str
    parts: Mapping[Part, Closed | None]
    grades: tuple[Grade, ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    """What no longer rests on what it was made on, in sentences."""

    @property
    def open(self) -> tuple[Part, ...]:
        """Parts that nobody has closed."""
        return tuple(part for part in Part if self.parts[part] is None)

    @property
    def state(self) -> Finds | None:
        """What two persons found and nobody found otherwise; None for all else: the default is `not verified`."""
        said = {finds: {f.by for f in self.findings if f.finds is finds} for finds in NEED_TWO}
        held = [finds for finds in sorted(said) if said[finds]]
        return held[0] if len(held) == 1 and len(said[held[0]]) > 1 else None


def sheet_of(
    subject: str,
    parts: Iterable[Closed] = (),
    grades: Iterable[Grade] = (),
    findings: Iterable[Finding] = (),
    standing: Iterable[str] = (),
) -> Sheet:
    """The sheet of one subject out of what stands about anything; `standing`: ids of all decisions that stand."""
    closed: dict[Part, Closed | None] = dict.fromkeys(Part)
    for one in sorted((p for p in parts if p.subject == subject), key=lambda p: (p.at, p.decision)):
        closed[one.part] = one
    mine = tuple(
        sorted((g for g in grades if g.subject == subject), key=lambda g: (g.scale, g.grade, g.at, g.decision))
    )
    found = tuple(
        sorted((f for f in findings if subject in (f.subject, f.other)), key=lambda f: (f.finds, f.at, f.decision))
    )
    sheet = Sheet(subject=subject, parts=closed, grades=mine, findings=found)
    return Sheet(subject=subject, parts=closed, grades=mine, findings=found,
                 remarks=tuple(_remarks(sheet, set(standing))))  # fmt: skip


def _remarks(sheet: Sheet, standing: set[str]) -> Iterable[str]:
    for grade in sheet.grades:
        if grade.rests_on and grade.rests_on not in standing:
            yield (
                f"The grade {grade.grade} stood on the finding {grade.rests_on[:12]}, which was taken back: "
                "give another grade, or find again."
            )
    scales: dict[Scale, set[str]] = {}
    for grade in sheet.grades:
        scales.setdefault(grade.scale, set()).add(grade.grade)
    for scale, given in sorted(scales.items()):
        if len(given) > 1:
            yield f"Graded differently as {scale}: {', '.join(sorted(given))}. It stays open until one grade is given."
    if any(f.finds in NEED_TWO for f in sheet.findings) and sheet.open:
        yield f"A finding stands while a part of the sheet is open: {', '.join(sheet.open)}."
    if len({f.finds for f in sheet.findings if f.finds in NEED_TWO}) > 1:
        yield "One person found it verified, and one refuted: it is neither until one of them takes that back."


def state_words(sheet: Sheet, names: Mapping[str, str]) -> str:
    """Where verification stands, in a line: `not verified` unless two persons found otherwise (B1, I2)."""
    made = [f for f in sheet.findings if f.finds in NEED_TWO]
    who = {finds: sorted({names.get(f.by, f.by) for f in made if f.finds is finds}) for finds in NEED_TWO}
    if sheet.state is not None:
        return f"found {sheet.state} by {' and '.join(who[sheet.state])}"
    if len([finds for finds in who if who[finds]]) > 1:
        return "not verified: persons found differently"
    for finds in sorted(NEED_TWO):
        if who[finds]:
            return f"not verified: {who[finds][0]} found it {finds}, and a second person has not looked yet"
    if sheet.open:
        return f"not verified: {_listed([str(p) for p in sheet.open])} open"
    return "not verified: all three parts are closed, and nobody made a finding"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
