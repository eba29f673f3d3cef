"""The formats this house can read: one file each, with a manifest and one function from bytes to words.

Start with `Format` (the manifest), then `Extracted` (what a format gives), then `recognise`. To add a
format, write `formats/yours.py` with a `FORMAT = Format(...)`, and name the module in `MODULES`; nothing
else changes. Formats are asked in that order, and the first that recognises the bytes reads them.

Looks down to: kernel. Used by: reading (making, child).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats.captured import Captured
from probanda.reading.model import Located, Remark, Run
from probanda.reading.recognition import PageWords

MODULES = (
    "pdf", "docx", "odt", "xlsx", "wacz", "chat_zip", "zip_archive", "warc", "tar_archive", "rtf", "picture",
    "sound_video", "telegram", "telegram_html", "captions", "observation", "bayanat", "whatsapp", "followthemoney",
    "atlos", "sheet", "record_table", "eml", "mbox", "html", "csv_table", "plain",
)  # fmt: skip
"""Modules of this package that hold a `FORMAT`, most telling signs first."""

HEAD = 65_536
"""Bytes of an item that `recognise` is shown."""


class CannotRead(Exception):
    """A format gives up on these bytes, with the reason and what a person could do.

    `facts`: what the file states of itself, where it is sound and merely has no words.
    """

    def __init__(self, reason: str, fix: str, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(reason)
        self.reason, self.fix, self.facts = reason, fix, tuple(facts)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the words to which the format's own structure gives a role."""

    start: int
    end: int
    role: PassageRole
    reason: str


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date of publication as the format's marks give it: the value, and the mark it stood in."""

    value: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a format reads out of bytes: the words, where they stand, and what the marks say."""

    words: str
    runs: tuple[Run, ...]
    """Sorted by start; line breaks that a format puts between blocks stand in no run."""
    encoding: str
    encoding_reason: str
    media_type: str
    marks: tuple[Mark, ...] = ()
    """In order of start; they may nest."""
    title: str | None = None
    published: tuple[DateMark, ...] = ()
    """Most telling mark first."""
    publisher: str | None = None
    language: str | None = None
    """What the format's own marks say, such as `lang="fr"`; the words decide."""
    located: tuple[Located, ...] = ()
    """Pages, boxes, cells; sorted by start, not overlapping."""
    remarks: tuple[Remark, ...] = ()
    """Parts that were not read, each with reason and next step."""
    machine: str | None = None
    """Why the words are machine text (a PDF's text layer, say) and the page's picture decides; None else."""
    holds: int = 0
    """How many members or attachments `Format.members` can take out."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the file states of itself besides words, by name."""
    restricted: str | None = None
    """Why the format itself speaks for withholding it (a chat is written to those in it); the words may do so too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Something that an item holds and that is an item of its own: a member of an archive, an attachment."""

    name: str
    """As written in the item, with its folders; it is shown and recorded, and never used as a path."""
    blocks: Iterable[bytes]
    """Its bytes, drawn before the next member is asked for. Raising CannotRead gives up this member only."""
    media_type: str | None = None
    """What the item says it is; the bytes decide."""
    capture: Captured | None = None
    """What a web archive says of how it was captured."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of a page to be drawn: the page from 1, the piece (left, top, right, bottom in points; None for the
    whole page), and the boxes to be marked on it."""

    page: int
    piece: tuple[int, int, int, int] | None = None
    marked: tuple[tuple[int, int, int, int], ...] = ()
    dots: int = 110
    """Pixels per inch."""
    colour: bool = False
    """In its own colours; else in grey, which is all that words need."""
    side: int = 4000
    """Most pixels of a side; never more than these."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as a picture, for text recognition."""

    grey: Any
    """Pillow, mode L."""
    scale: float = 1.0
    """Pixels to a point of the page's boxes."""
    dots: int = 0
    """Pixels per inch; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on pages of an item, and by what."""

    maker: str
    pages: Mapping[int, PageWords]


@dataclass(frozen=True, slots=True)
class Recognising:
    """How words are recognised on the pages of a format that are pictures."""

    wordless: Callable[[BinaryIO], Sequence[int]]
    """Numbers, from 1, of the pages that are pictures and have no words. Raises CannotRead."""
    pixels: Callable[[BinaryIO, int], Pixels]
    """One page drawn. Raises CannotRead."""
    extract: Callable[[BinaryIO, Recognised], Extracted]
    """Words of an open file with those recognised in their places. Raises CannotRead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format's manifest."""

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    recognised_by: str
    """In words, how it is recognised: for people and for the list of formats."""
    recognise: Callable[[bytes, str], bool]
    """Given the first `HEAD` bytes and the file's name; the bytes decide, the name only helps."""
    recognise_file: Callable[[BinaryIO], bool] | None = None
    """Where the head is not enough (what a ZIP holds): asked after `recognise`, with the open file at its start."""
    extract: Callable[[bytes], Extracted]
    """Whole bytes to words. Raises CannotRead; anything else it raises is caught around it, whatever the bytes are."""
    extract_file: Callable[[BinaryIO], Extracted] | None = None
    """The same from an open file, for formats that need not hold all bytes in memory; used instead where given."""
    members: Callable[[BinaryIO], Iterator[Member | Remark | None]] | None = None
    """What the item holds, one by one, with a remark for what cannot be taken out. Raises CannotRead.

    A None in between is a sign of life, from a format that has to walk far before it finds a member.
    """
    pages: Callable[[BinaryIO], int] | None = None
    """How many pages `draw` can draw. Raises CannotRead."""
    draw: Callable[[BinaryIO, Frame], bytes] | None = None
    """A page, or a piece of one, as a PNG; the same bytes for the same input. Raises CannotRead."""
    recognising: Recognising | None = None
    """For formats whose pages can be pictures."""


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format, in the order in which they are asked."""
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in MODULES)


def recognise(head: bytes, name: str, file: BinaryIO | None = None) -> Format:
    """The format that reads bytes which begin so; `file` lets formats look further where the head is not enough.

    Raises CannotRead where there is none, saying what the bytes look like.
    """
    if not head:
        raise CannotRead(
            "The file is empty: it holds no bytes.",
            "Ask whoever provided it for the file again; the empty one stays registered.",
        )
    for form in all_formats():
        if form.media_types[0] == "text/plain":
            _refuse_known(head)
        if form.recognise(head, name) and (form.recognise_file is None or file is None or _looked(form, file)):
            return form
    raise CannotRead(
        "It is not text: too many of its bytes stand for no character.",
        "It is kept and registered. Say what it is, or add a transcript of it as plain text.",
    )


def _looked(form: Format, file: BinaryIO) -> bool:
    assert form.recognise_file is not None  # noqa: S101 (asked by recognise)
    file.seek(0)
    return form.recognise_file(file)


def _refuse_known(head: bytes) -> None:
    """Raises CannotRead for bytes that some other kind is known by: a picture called `.txt` is not words."""
    kind = _known_kind(head)
    if kind is not None:
        raise CannotRead(
            f"It is {kind}, which cannot be read yet.",
            "It is kept and registered. Add a transcript of it as plain text or HTML to have its words read.",
        )


# First bytes of common kinds. They are named so that a person knows what was kept unread, and so that a
# picture called `.txt` is never taken for words.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_AT_FOUR = ((b"ftyp", "an MP4 or QuickTime video"),)
_AT_EIGHT = ((b"WAVE", "a WAV recording"), (b"WEBP", "a WebP picture"), (b"AVI ", "an AVI video"))


def _known_kind(head: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    for signature, kind in _AT_FOUR:
        if head[4:8] == signature:
            return kind
    if head.startswith(b"RIFF"):
        for signature, kind in _AT_EIGHT:
            if head[8:12] == signature:
                return kind
    return None
