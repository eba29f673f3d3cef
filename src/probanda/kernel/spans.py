"""Where words stand: spans, locators, and the anchor that finds words again after a new reading."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 32
"""Code points kept before and after an anchor's words (RECORD section 2)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text in code points, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """True when the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where words stand in an item as a person finds them: page and box, cell, message, time in a recording."""

    page: int | None = None
    """From 1, as the file counts, whatever number is printed on it."""
    page_to: int | None = None
    """The last page where the words run over several; else None."""
    box: tuple[int, int, int, int] | None = None
    """Left, top, right, bottom on `page`, in whole points (1/72 inch) from its top left corner as it is shown;
    without a page in pixels of the picture, or of the frames of the video, of which the words speak."""
    cell: str | None = None
    """`Sheet!B7`, or `Sheet!B7:D7` where the words run over several; of a CSV file `B7`."""
    message: int | None = None
    """A message of a chat, from 1 in the order of the file; lines of the program between them are not counted."""
    sent: str | None = None
    """When it was sent: ISO, to the minute or second, without a zone where the file names none."""
    time: str | None = None
    """The part of a recording that the words transcribe or tell of: `HH:MM:SS.mmm-HH:MM:SS.mmm` from its start."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The exact words something rests on, where they stand, and what stands around them."""

    item: str
    """Digest of the item."""
    text: str
    """Digest of the text's words."""
    start: int
    end: int
    exact: str
    before: str
    after: str

    @classmethod
    def at(cls, item: str, text_digest: str, words: str, start: int, end: int) -> Anchor:
        """The anchor of `words[start:end]`, with up to 32 code points on either side."""
        return cls(
            item,
            text_digest,
            start,
            end,
            words[start:end],
            words[max(0, start - CONTEXT) : start],
            words[end : end + CONTEXT],
        )

    def stands_in(self, words: str) -> bool:
        """True when these words, with what stands around them, are still at this place."""
        return (
            words[self.start : self.end] == self.exact
            and words[max(0, self.start - CONTEXT) : self.start] == self.before
            and words[self.end : self.end + CONTEXT] == self.after
        )
