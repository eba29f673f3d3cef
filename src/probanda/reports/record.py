"""The dossier as one frozen record: what the page, and later the PDF and the DOCX, are drawn from.

Start with `Dossier`, then `Section`. A line is a run of pieces, and each piece says whose voice it
is in: the system's words, a name, the exact words of a source, a note's number. A renderer needs
nothing else, and may not mix the voices.

Looks down to: casefile (pictures). Used by: every drafting module here, page, text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from probanda.reports.casefile import Picture


class Voice(StrEnum):
    """Whose words a piece is, and so how it is set."""

    WORDS = "words"
    """The system's own words, in the interface language."""
    STRONG = "strong"
    """The system's own words, to be seen first."""
    NAME = "name"
    """A name as the dossier lists it; isolated, so that it cannot reorder what stands around it."""
    FORM = "form"
    """A name or phrase as a source writes it; evidence, and isolated."""
    QUOTE = "quote"
    """Exact words of a source."""
    GIVEN = "given"
    """System words in English from data (law pack, reasons of other rooms), not translated here."""
    CODE = "code"
    """Digits, offsets, commands, ids."""
    DIGEST = "digest"
    """A digest: long, copied whole, broken anywhere."""
    NOTE = "note"
    """A note's number; `target` is the note."""
    LINK = "link"
    """Words that lead to another place in the dossier; `target` is its id."""
    STATUS = "status"
    """A status as a shape and a word; `target` is the status."""
    BREAK = "break"
    """The start of a new line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one voice."""

    voice: Voice
    text: str
    language: str | None = None
    target: str = ""
    first: bool = False
    """True for the first reference to a note: the note leads back here."""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One or more sentences that stand together; the unit of lists and cells."""

    pieces: Pieces
    echo: bool = False
    """True where this repeats the origin of the line above it."""
    id: str = ""
    """What links lead here, where some do."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; numbered where `number` is above 0."""

    kind: ClassVar[str] = "paragraph"
    pieces: Pieces
    number: int = 0
    role: str = ""
    """`lead` for the sentence on origins, `aside` for a remark of the system, else empty."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines under a short label."""

    kind: ClassVar[str] = "listing"
    label: Pieces
    lines: tuple[Line, ...]
    role: str = ""
    """`apart` for what does not say that something happened, `compact` for long lists, `index` for links, or empty."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines, and what kind of cell it is (`for`, `against`, `gap`, `status-...` or empty)."""

    lines: tuple[Line, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, then its cells. A group row has a head only, and spans the table."""

    head: Cell
    cells: tuple[Cell, ...] = ()
    group: bool = False
    role: str = ""
    """`differs` where the versions part, else empty."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption for those who hear it; `heads` has one entry more than a row has cells."""

    kind: ClassVar[str] = "table"
    caption: str
    heads: tuple[Pieces, ...]
    rows: tuple[Row, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two statements that cannot both hold, side by side, with what they disagree on."""

    kind: ClassVar[str] = "opposed"
    title: Pieces
    left: Line
    right: Line
    reason: Pieces


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on the timeline; positions in thousandths of the width, from the line's start."""

    label: str
    target: str
    start: int
    width: int
    lane: int
    exact: bool
    """True for a single day; wider intervals are hatched, because the day is not known."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the timeline's axis."""

    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of the intervals; the table beside it holds the same in words."""

    kind: ClassVar[str] = "timeline"
    title: str
    description: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    lanes: int
    mirrored: bool
    """True where writing, and so time, runs from right to left."""


Block = Paragraph | Listing | Table | Opposed | Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the dossier with its heading; `level` is the heading's level in the page."""

    id: str
    number: str
    title: Pieces
    level: int
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()
    role: str = ""
    """`incident`, `suggestion` (can be folded away on a screen), or empty."""
    listed: bool = False
    """True where the contents list names it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the cover: what it is about, and what it says."""

    label: str
    lines: tuple[Line, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where a sentence comes from: item, paragraph, offsets, who says it, and the exact words in context."""

    number: int
    place: Pieces
    """Registration number, paragraph, offsets."""
    said: Pieces
    """Speakers outermost first, modality, status."""
    before: str
    quote: str
    after: str
    language: str | None
    remarks: tuple[Line, ...] = ()
    cut: bool = False
    """True where the text has more before the words shown."""
    picture: Picture | None = None
    """The words as printed, where the text is machine text."""
    picture_alt: str = ""
    """What the picture shows, in words of the system; its words are the quote's."""
    claim: str = ""
    """Id of the claim the note is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The whole working dossier, drafted and worded; deterministic but for `run`."""

    language: str
    direction: str
    title: str
    kicker: str
    stamp: str
    stamp_lines: tuple[Line, ...]
    running_head: str
    run_label: str
    run: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    notes_title: str
    notes_lead: str
    run_at: str = ""
    """The run in ISO 8601, for the properties of a file; `run` says it in words."""
