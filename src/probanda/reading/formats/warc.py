"""WARC files, packed or not: the captured pages in one as a list, and each as an item of its own.

The file is walked from front to back; what a record is, `warc_records` says, and which records are items, `web_pages`.

Start with `members`. Looks down to: web_pages, bounds. Used by: formats (registry), wacz.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member
from probanda.reading.formats.bounds import DAMAGED_FIX, Budget, capped, expanded, listing
from probanda.reading.formats.warc_records import SIGN
from probanda.reading.formats.web_pages import Chosen, Looked, chosen, inside_said, looked, row_of, taken
from probanda.reading.model import Remark

MEDIA_TYPE = "application/warc"
LISTED = 1_000_000_000
"""Bytes, unpacked, that are walked for the list; `members` goes on to the end."""
PACKED_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
HOW = "addresses and times are those that the archive states"


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that begin with the version line of a WARC record, or with a gzip stream that does."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith((SIGN + b"0.", SIGN + b"1."))


def extract_file(file: BinaryIO) -> Extracted:
    """The list of the pages in it."""
    tape = _Warc(file)
    found = Looked()
    for _ in looked([("", tape.opened)], found, LISTED):
        pass
    plan, missing = chosen(found)
    remarks = [*tape.remarks, *found.remarks, *missing]
    return listed_of("What this web archive holds", plan, found, MEDIA_TYPE, remarks)


def listed_of(
    title: str,
    plan: Sequence[Chosen],
    found: Looked,
    media_type: str,
    remarks: Iterable[Remark],
    said: Iterable[str] = (),
) -> Extracted:
    """The list of a web archive: its pages, what stays inside, and what else is `said` of it."""
    rows = [row_of(one) for one in plan]
    rows += [(one, "") for one in (inside_said(found), _halted_said(found), *said) if one]
    # What was not walked for the list can hold pages: then the members are looked for all the same.
    return listing(title, rows, media_type, remarks, max(len(plan), int(found.halted)), HOW)


def _halted_said(found: Looked) -> str:
    return f"the list ends after {found.seen:,} records; what is behind them is taken out too" if found.halted else ""


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(io.BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark | None]:
    """Each captured page with its bytes and what its capture says, and a remark for what is wrong."""
    return capped(_members(file))


def _members(file: BinaryIO) -> Iterator[Member | Remark | None]:
    tape = _Warc(file)
    opened = [("", tape.opened)]
    found = Looked()
    yield from looked(opened, found)
    plan, missing = chosen(found)
    yield from (*tape.remarks, *found.remarks, *missing)
    yield from taken(opened, plan, Budget(packed=tape.size))


class _Warc:
    """A WARC file that can be opened from its beginning again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, 2)
        self.remarks: list[Remark] = []

    def opened(self) -> Iterator[bytes]:
        """Its bytes, unpacked; what cannot be unpacked becomes a remark."""
        self.remarks.clear()
        return unpacked(self._blocks(), self.size, "the archive", self.remarks)

    def _blocks(self) -> Iterator[bytes]:
        at = 0
        while True:
            self._file.seek(at)  # others may have read in between
            block = self._file.read(PACKED_BLOCK)
            if not block:
                return
            at += len(block)
            yield block


def unpacked(blocks: Iterator[bytes], size: int, name: str, remarks: list[Remark]) -> Iterator[bytes]:
    """The bytes of a WARC file, out of gzip where they are in it; damage ends them, with a remark."""
    first = next(blocks, b"")
    if not first.startswith(_GZIP):
        yield first
        yield from blocks
        return
    budget = Budget()
    try:
        yield from expanded(_chained(first, blocks), "gzip", budget)
    except CannotRead as fault:
        remarks.append(Remark(f"{name}, from about byte {budget.packed:,}", fault.reason, fault.fix))
        return
    if budget.packed < size:
        said = "What stands here is not packed as the rest is; records behind it are not read."
        remarks.append(Remark(f"{name}, from about byte {budget.packed:,}", said, DAMAGED_FIX))


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


FORMAT = Format(
    name="web archive (WARC)",
    media_types=(MEDIA_TYPE,),
    suffixes=(".warc", ".warc.gz"),
    recognised_by="it begins with the version line of a WARC record, or is a gzip file of which that is true",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
