"""Tar archives, packed or not, and single files packed with gzip, bzip2 or xz: what one holds, and its members.

The archive is walked once from front to back, as a tape, in blocks: memory stays bounded, nothing is written, and no
link is followed. The headers (POSIX.1-2017, pax, "ustar Interchange Format"; GNU long names) are read here and not by
the standard library's tarfile, which holds a long name or extended header of any size in memory.

Start with `members`, then `_walk`. Looks down to: bounds, formats. Used by: formats (registry).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member
from probanda.reading.formats.bounds import (
    BLOCK,
    BOMB_FIX,
    DAMAGED_FIX,
    LARGEST_MEMBER,
    MOST_MEMBERS,
    Budget,
    Way,
    capped,
    clean,
    expanded,
    listing,
    outside,
    size_said,
    too_many,
)
from probanda.reading.model import Remark

MEDIA_TYPE = "application/x-tar"
MOST_HEADERS = 200_000
"""Headers of one archive that are looked at, folders and links included."""
LONGEST_HEADER = 1 << 20
"""Bytes of a long name or extended header; what is longer is passed over."""
LISTED = 1_000_000_000
"""Bytes of a packed archive that are unpacked for its list; `members` goes on to the end."""

_PACKED: tuple[tuple[re.Pattern[bytes], Way, str], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip", "application/gzip"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2", "application/x-bzip2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz", "application/x-xz"),
)
_UNIT = 512
_PACKED_BLOCK = 1 << 16
_NO_FILE = {
    b"1": "It is a link to another member, not a file.",
    b"2": "It is a link to another file, not a file.",
    b"3": "It is a device, not a file.",
    b"4": "It is a device, not a file.",
    b"6": "It is a channel between programs, not a file.",
}
_OF_TAPE = {
    b"M": "It is the second piece of a file that begins in another archive.",
    b"S": "It is a file with holes, which is written in a way that is not read here.",
}
_NO_FILE_FIX = "Nothing needs to be done: it holds no bytes of its own."
_UNPACK_FIX = "Unpack the archive yourself and add the file."
_END_FIX = "The archive is kept as it is. Ask whoever provided it for it again."


def recognise(head: bytes, name: str) -> bool:
    """True for the signs of gzip, bzip2 and xz, and for a sound tar header with `ustar` at 257 or in a `.tar`."""
    if any(sign.match(head) for sign, _, _ in _PACKED):
        return True
    return _is_tar(head[:_UNIT]) and (head[257:262] == b"ustar" or name.lower().endswith(".tar"))


def extract_file(file: BinaryIO) -> Extracted:
    """The list of what it holds. Raises CannotRead where not even its beginning can be unpacked."""
    opened = _opened(file, LISTED)
    if opened.single is not None:
        rows = [(opened.single, "one packed file")]
        how = "the name is the one that the packed file gives"
        return listing("What this packed file holds", rows, opened.media_type, (), 1, how)
    found: list[tuple[str, str]] = []
    notes: list[Remark] = []
    for one in _walk(opened):
        if isinstance(one, Remark):
            notes.append(one)
        else:
            found.append((one.name, size_said(one.size)))
    how = "names are in UTF-8 where they can be, else in windows-1252"
    return listing("What this tar archive holds", found, opened.media_type, notes, len(found), how)


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(io.BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Each member with its bytes, and a remark for what cannot be taken out. Raises CannotRead as `extract_file`."""
    opened = _opened(file, None)
    if opened.single is not None:
        yield Member(name=opened.single, blocks=opened.tape.rest())
        return
    for one in capped(_walk(opened)):
        yield one if isinstance(one, Remark) else Member(name=one.name, blocks=opened.tape.blocks(one.size))


# The tape ------------------------------------------------------------------------------------------


class _Halted(Exception):
    """The list was to look no further."""


class _Tape:
    """Bytes from front to back. `left` is what of the member in hand was not read yet."""

    def __init__(self) -> None:
        self.at = 0
        self.left = 0
        self._turn = 0

    def take(self, length: int) -> None:
        """The next `length` bytes are a member's."""
        self.left = length
        self._turn += 1

    def read(self, length: int) -> bytes:
        """Up to `length` bytes, fewer only at the end."""
        raise NotImplementedError

    def skip(self, length: int) -> None:
        """Go on by `length` bytes; past the end where there are fewer."""
        raise NotImplementedError

    def blocks(self, length: int) -> Iterator[bytes]:
        """The bytes of the member in hand. Raises CannotRead where they break off, or the next is in hand already."""
        turn = self._turn
        return self._drawn(turn, length)

    def _drawn(self, turn: int, length: int) -> Iterator[bytes]:
        if turn != self._turn:
            raise CannotRead("It was passed by: a packed archive is read from front to back once.", _UNPACK_FIX)
        while self.left:
            block = self.read(min(BLOCK, self.left))
            if not block:
                raise CannotRead(f"It breaks off: {length - self.left:,} of {length:,} bytes are there.", DAMAGED_FIX)
            self.left -= len(block)
            yield block

    def rest(self) -> Iterator[bytes]:
        """All that is left."""
        while block := self.read(BLOCK):
            yield block


class _Plain(_Tape):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def read(self, length: int) -> bytes:
        self._file.seek(self.at)
        block = self._file.read(length)
        self.at += len(block)
        return block

    def skip(self, length: int) -> None:
        self.at += length


class _Unpacked(_Tape):
    def __init__(self, file: BinaryIO, way: Way, most: int | None) -> None:
        super().__init__()
        self._blocks = expanded(_packed_blocks(file), way, Budget())
        self._most = most
        self._kept = b""
        self._fault: CannotRead | None = None

    def read(self, length: int) -> bytes:
        pieces: list[bytes] = []
        missing = length
        while missing:
            if not self._kept:
                if self._most is not None and self.at > self._most:
                    raise _Halted
                self._kept = self._unpack()
                if not self._kept:
                    break
            piece, self._kept = self._kept[:missing], self._kept[missing:]
            pieces.append(piece)
            missing -= len(piece)
            self.at += len(piece)
        return b"".join(pieces)

    def skip(self, length: int) -> None:
        while length > 0:
            block = self.read(min(length, BLOCK))
            if not block:
                return
            length -= len(block)

    def _unpack(self) -> bytes:
        """The next block. What went wrong once stays the reason, for each who asks again."""
        if self._fault is None:
            try:
                return next(self._blocks, b"")
            except CannotRead as fault:
                self._fault = fault
        raise self._fault

    def put_back(self, block: bytes) -> None:
        """Have these bytes, just read, read again."""
        self._kept = block + self._kept
        self.at -= len(block)


def _packed_blocks(file: BinaryIO) -> Iterator[bytes]:
    at = 0
    while True:
        file.seek(at)  # others may have read in between
        block = file.read(_PACKED_BLOCK)
        if not block:
            return
        at += len(block)
        yield block


@dataclass(frozen=True, slots=True)
class _Opened:
    tape: _Tape
    media_type: str
    single: str | None = None
    """The name of the one file, where it is no tar archive that was packed."""


def _opened(file: BinaryIO, most: int | None) -> _Opened:
    file.seek(0)
    head = file.read(_UNIT)
    for sign, way, media_type in _PACKED:
        if sign.match(head):
            tape = _Unpacked(file, way, most)
            first = tape.read(_UNIT)
            tape.put_back(first)
            return _Opened(tape, media_type, None if _is_tar(first) else _packed_name(head))
    return _Opened(_Plain(file), MEDIA_TYPE)


def _packed_name(head: bytes) -> str:
    """The name of the file that was packed, as gzip (RFC 1952, FNAME) may give it; `contents` else."""
    if head.startswith(b"\x1f\x8b\x08") and head[3:4] and head[3] & 8:
        at = 10
        if head[3] & 4:
            at += 2 + int.from_bytes(head[10:12], "little")
        name, ended, _ = head[at:].partition(b"\0")
        if ended and name:
            return clean(_words(name))
    return "contents"


# Headers -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    size: int


@dataclass(slots=True)
class _Next:
    """What long names and extended headers say of the member that follows."""

    name: str | None = None
    size: int | None = None
    holes: bool = False
    fields: dict[bytes, bytes] = field(default_factory=dict)


def _walk(opened: _Opened) -> Iterator[_Entry | Remark]:
    """Each file of the archive in order; what is left of its bytes is passed over when the next is asked for."""
    try:
        yield from _headers(opened.tape)
    except _Halted:
        yield Remark(
            f"what stands behind the first {size_said(LISTED)}",
            "The archive is long and packed: its list ends here. All of its members are taken out as items.",
            "Nothing needs to be done: see the items that were taken out of it.",
        )
    except CannotRead as reason:
        yield Remark("the rest of the archive", reason.reason, reason.fix)


def _headers(tape: _Tape) -> Iterator[_Entry | Remark]:
    said = _Next()
    shown = 0
    for _ in range(MOST_HEADERS):
        header = tape.read(_UNIT)
        if len(header) < _UNIT or not header.strip(b"\0"):
            yield from _at_end(tape, header)
            return
        size = _number(header[124:136])
        if not _is_tar(header) or size is None:
            place = f"what stands behind byte {tape.at - _UNIT:,}"
            yield Remark(place, "The archive is damaged here: what follows cannot be told apart.", _END_FIX)
            return
        kind = header[156:157]
        if kind in (b"L", b"K", b"x", b"g", b"X"):
            _note(said, kind, _small(tape, size))
            continue
        name = said.name if said.name is not None else _own_name(header)
        name = clean(name)
        if kind not in _NO_FILE and kind != b"5":
            size = said.size if said.size is not None else size
            tape.take(size)
        padding = -size % _UNIT
        if shown >= MOST_MEMBERS:
            yield too_many(shown)
            return
        for one in _told(name, kind, size, said.holes):
            shown += isinstance(one, _Entry)
            yield one
        if tape.left or (kind not in _NO_FILE and kind != b"5"):
            tape.skip(tape.left + padding)
            tape.left = 0
        said = _Next()
    yield too_many(MOST_HEADERS, "headers")


def _told(name: str, kind: bytes, size: int, holes: bool) -> Iterator[_Entry | Remark]:
    """What is to be said of one member: nothing of folders and volume names."""
    if kind in (b"5", b"V", b"D") or (kind == b"\0" and name.endswith("/")):
        return
    if kind in _NO_FILE:
        yield Remark(name, _NO_FILE[kind], _NO_FILE_FIX)
    elif kind in _OF_TAPE or holes:
        yield Remark(name, _OF_TAPE[b"S"] if holes else _OF_TAPE[kind], _UNPACK_FIX)
    elif size > LARGEST_MEMBER:
        yield Remark(name, f"It is stated to be larger than {size_said(LARGEST_MEMBER)}.", BOMB_FIX)
    else:
        pointing = outside(name)
        if pointing is not None:
            yield pointing
        yield _Entry(name, size)


def _at_end(tape: _Tape, header: bytes) -> Iterator[Remark]:
    """An archive ends with two blocks of zeros, and more zeros up to a round length."""
    if len(header) < _UNIT:
        yield Remark("the end of the archive", "It breaks off: the sign of its end is missing.", _END_FIX)
        return
    if tape.read(BLOCK).strip(b"\0"):
        yield Remark(
            f"what stands behind byte {tape.at:,}",
            "There are bytes behind the end of the archive; programs for archives do not show them.",
            "Have the end of the file looked at: it may be a second archive.",
        )


def _small(tape: _Tape, size: int) -> bytes | None:
    """The bytes of a header that follows; None where they are too many to be one."""
    if size > LONGEST_HEADER:
        tape.skip(size + -size % _UNIT)
        return None
    return tape.read(size + -size % _UNIT)[:size]


def _note(said: _Next, kind: bytes, data: bytes | None) -> None:
    if data is None or kind in (b"K", b"g"):
        return
    if kind == b"L":
        said.name = _words(data.split(b"\0", 1)[0])
        return
    for key, value in _records(data):
        if key in (b"path", b"GNU.sparse.name"):
            said.name = _words(value)
        elif key == b"size" and value.isdigit() and len(value) <= 18:
            said.size = int(value)
        elif key.startswith(b"GNU.sparse."):
            said.holes = True


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records of an extended header: `length key=value\\n` each."""
    at = 0
    while at < len(data):
        length, space, _ = data[at : at + 20].partition(b" ")
        if not space or not length.isdigit() or not len(length) + 1 < int(length) <= len(data) - at:
            return
        key, equals, value = data[at + len(length) + 1 : at + int(length)].partition(b"=")
        if not equals or not value.endswith(b"\n"):
            return
        yield key, value[:-1]
        at += int(length)


def _own_name(header: bytes) -> str:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0]
    if prefix and header[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    return _words(name)


def _words(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp1252", "replace")


def _is_tar(header: bytes) -> bool:
    """True for a header whose checksum is right: the sum of its bytes, with the checksum's own taken as blanks."""
    if len(header) < _UNIT:
        return False
    stated = _number(header[148:156])
    return stated is not None and stated == sum(header) - sum(header[148:156]) + 8 * 32


def _number(digits: bytes) -> int | None:
    """An octal number, or GNU's binary one where the first bit is set; None for what is no number, or below zero."""
    if digits[0] == 0x80:
        return int.from_bytes(digits[1:], "big")
    text = digits.split(b"\0", 1)[0].strip()
    if not text:
        return 0
    return int(text, 8) if re.fullmatch(rb"[0-7]+", text) else None


FORMAT = Format(
    name="tar archive or packed file",
    media_types=(MEDIA_TYPE, "application/gzip", "application/x-bzip2", "application/x-xz"),
    suffixes=(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".gz", ".bz2", ".xz"),
    recognised_by="it begins with the sign of gzip, bzip2 or xz, or with a tar header",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
