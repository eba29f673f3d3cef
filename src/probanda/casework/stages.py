"""The stages of reading, as pure functions: a batch of rows in, one row out for each.

Start with `read_files` (an item's bytes to its text) and `read_parts` (a part of a text to proposed claims). Both run
in this process or in a worker; what they need that is costly to start (a reading child, a language model) is their
actor, made once for each worker. Neither opens the record.

Looks down to: claims, reading, vault. Used by: casework (read).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from probanda.claims import Reader, reader_for
from probanda.claims.model import Reading
from probanda.kernel.errors import ItemAltered
from probanda.reading import read as read_texts
from probanda.reading.child import ReadingChild
from probanda.reading.formats import Recognised
from probanda.reading.locating import locator_of
from probanda.reading.model import Text, Unread
from probanda.vault.vault import Vault

STOPPED = "reading it stopped:"
"""How the reason begins where nothing was found out because a process ended, so that it is tried again."""
AGAIN = "It is kept and registered; the next `probanda read` tries it again."

# --- an item's bytes to its text ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileJob:
    """An item to be read."""

    digest: str
    name: str
    size: int
    """In bytes."""
    recognised: Recognised | None = None
    """What was recognised on its pages that are pictures."""


@dataclass(frozen=True, slots=True)
class Altered:
    """Bytes that are not those of the digest; the run ends with it."""

    digest: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of one item."""

    job: FileJob
    result: tuple[Text, ...] | Unread | Altered
    stopped: bool = False
    """True where the process that read it ended, so that trying again may help."""


class FileReader:
    """The actor of `read_files`: a vault to look in, and a child that meets the bytes."""

    def __init__(self, vault: Vault, child: ReadingChild) -> None:
        self.vault, self.child = vault, child


class FileReaders:
    """Makes the actor of `read_files` for one vault."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault

    @contextmanager
    def __call__(self) -> Iterator[FileReader]:
        """A reader of files; its child ends with it."""
        with ReadingChild() as child:
            yield FileReader(Vault(self._vault), child)


def read_files(reader: FileReader, jobs: Sequence[FileJob]) -> list[FileRead]:
    """Each item's text, all parts; its bytes are compared with its digest before anything is read out of them."""
    return [FileRead(job, _read_file(reader, job)) for job in jobs]


def _read_file(reader: FileReader, job: FileJob) -> tuple[Text, ...] | Unread | Altered:
    try:
        reader.vault.verify(job.digest)
    except ItemAltered:
        return Altered(job.digest)
    parts: list[Text] = []
    path = reader.vault.path_of(job.digest)
    for part in read_texts(path, job.digest, job.name, reader.child, job.recognised):
        if isinstance(part, Unread):
            return part
        parts.append(part)
    return tuple(parts)


def file_lost(job: FileJob, how: str) -> FileRead:
    """The answer for an item that ended every process that read it."""
    return FileRead(job, Unread(job.digest, f"{STOPPED[0].upper()}{STOPPED[1:]} {how}.", AGAIN), stopped=True)


# --- a part of a text to proposed claims ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartJob:
    """A part of an item's text to be read for claims, or the item alone where there is nothing to read."""

    item: str
    maker: str
    input: str
    """Digest of the item's text as the ledger has it."""
    language: str | None
    text: Text | None
    left: str | None
    """What of the item is left aside, in words."""
    read_as: str | None = None
    """Media type the item's text was read as."""


@dataclass(frozen=True, slots=True)
class PartRead:
    """What was proposed for one part."""

    item: str
    maker: str
    input: str
    reading: Reading
    stopped: bool = False


class ClaimReaders:
    """The actor of `read_parts`: a reader for each language met, its model loaded once.

    `expected`: a language that is about to be read, whose model is loaded before anything is there to read.
    """

    def __init__(self, expected: str | None = None) -> None:
        self._expected = expected
        self._known: dict[tuple[str | None, str | None], Reader | None] = {}

    def __enter__(self) -> ClaimReaders:
        get_ready = getattr(self.of(self._expected), "get_ready", None) if self._expected is not None else None
        if get_ready is not None:  # few readers have a model
            get_ready()
        return self

    def __exit__(self, *ended: object) -> None:
        self._known.clear()

    def of(self, language: str | None, read_as: str | None = None) -> Reader | None:
        """The reader for a language or a known kind of table, or None where there is none yet."""
        key = (language, read_as)
        if key not in self._known:
            self._known[key] = reader_for(*key)
        return self._known[key]


def read_parts(readers: ClaimReaders, jobs: Sequence[PartJob]) -> list[PartRead]:
    """Claims and mentions of each part; a claim gets the page and box, or the cells, where its words stand."""
    return [PartRead(job.item, job.maker, job.input, _read_part(readers, job)) for job in jobs]


def _read_part(readers: ClaimReaders, job: PartJob) -> Reading:
    reader = readers.of(job.language, job.read_as)
    if reader is None:
        shown = job.language or "a language that could not be told"
        return Reading(reader="", not_read=f"kept and searchable; no reader for {shown} yet")
    if job.text is None:
        return Reading(reader=reader.name, not_read=job.left)
    reading = reader.read(job.text)
    return replace(reading, claims=with_places(job.text, reading).claims, reader=reader.name, not_read=job.left)


def with_places(text: Text, reading: Reading) -> Reading:
    """The reading with the locator of each claim, where the text has places."""
    if not text.located:
        return reading
    claims = tuple(replace(one, locator=locator_of(text, one.start, one.end)) for one in reading.claims)
    return replace(reading, claims=claims)


def part_lost(job: PartJob, how: str) -> PartRead:
    """The answer for a part that ended every process that read it."""
    return PartRead(job.item, job.maker, job.input, Reading(reader="", not_read=f"{STOPPED} {how}"), stopped=True)


def joined(parts: Sequence[PartRead]) -> PartRead:
    """One item's parts as one reading, in their order."""
    lost = next((one for one in parts if one.stopped), None)
    readings = [one.reading for one in parts]
    whole = Reading(
        claims=tuple(c for r in readings for c in r.claims),
        mentions=tuple(m for r in readings for m in r.mentions),
        reader=next((r.reader for r in readings if r.reader), ""),
        not_read=readings[0].not_read if lost is None else lost.reading.not_read,
    )
    return PartRead(parts[0].item, parts[0].maker, parts[0].input, whole, stopped=lost is not None)
