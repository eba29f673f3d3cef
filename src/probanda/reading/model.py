"""What reading makes of an item: a text, its passages, and what the text says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole

MOST_FACTS, LONGEST_FACT = 80, 400
"""Facts that are kept of what a file states of itself, and code points of each."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text with one role. Passages cover the text in order; white space between them belongs to none."""

    start: int
    end: int
    role: PassageRole
    paragraph: int
    """Number of the paragraph as a reader counts them, from 1; furniture is counted too."""
    reason: str = ""
    """Why it is furniture, heading or caption; empty for body."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The text's own date, found in its words or marks, never the file's."""

    start: str
    """ISO day."""
    end: str
    reason: str
    """What it was read from, with the words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that stands in the item's bytes: where the words came from."""

    start: int
    end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True)
class Located:
    """A stretch of a text (a line, a cell) with the place where a person finds it in the item."""

    start: int
    end: int
    locator: Locator


@dataclass(frozen=True, slots=True)
class Remark:
    """A part of an item that was not read, or not taken out: what it is, why, and the next step."""

    what: str
    """`page 3`, or the name of a member or attachment as written."""
    reason: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What was read out of one item (or of one part of a very large one)."""

    item: str
    """Digest of the item."""
    words: str
    digest: str
    """SHA-256 of the words in UTF-8."""
    passages: tuple[Passage, ...]
    language: str | None
    """ISO 639-1 code, or None where it could not be told."""
    language_reason: str
    encoding: str
    encoding_reason: str
    media_type: str
    title: str | None = None
    publisher: str | None = None
    """Who published it, as the text or its marks say; None where they do not."""
    dated: Dated | None = None
    restricted_reason: str | None = None
    """Why this reads like a testimony, interview or chat; None where it does not."""
    runs: tuple[Run, ...] = ()
    """Where the words stand in the bytes; sorted by start."""
    located: tuple[Located, ...] = ()
    """Pages, boxes and cells, where the format has them; sorted by start, not overlapping."""
    remarks: tuple[Remark, ...] = ()
    """What of the item was not read: scanned pages, locked members; on the first part."""
    machine: str | None = None
    """Why these words are machine text, so that the page's picture decides; None where they are the author's own."""
    holds: int = 0
    """Members or attachments that can be taken out as items of their own; on the first part."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the file states of itself besides words (camera, time, place), by name; on the first part."""
    part: int = 0
    """Number of the part, from 0; a text up to 20 MB has one part."""
    parts: int = 1
    base: int = 0
    """Code points of the item's text before this part. Offsets of passages and runs are within the part."""

    @property
    def body(self) -> tuple[Passage, ...]:
        """Passages that may bear claims."""
        return tuple(p for p in self.passages if p.role is not PassageRole.FURNITURE)


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that could not be read: kept and registered all the same."""

    item: str
    reason: str
    fix: str
    facts: tuple[tuple[str, str], ...] = ()
    """What the file states of itself, where it is a picture, sound or video without words."""
