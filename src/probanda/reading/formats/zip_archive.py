"""ZIP archives: what one holds as a list, and its members one by one, as items of their own.

Nothing is written to disk, and a name is never a path. The list of members (PKWARE APPNOTE 4.3.12) is walked here
entry by entry, since the standard library gives up the whole archive for one bad entry, and one bad entry must not hide
the others. What it states is not believed: sizes are counted, checksums compared, and members that lie over one
another (as in D. Fifield, "A better zip bomb", WOOT 2019) are refused. Stored, deflated and bzip2 members are unpacked.

Start with `members`, then `_entries`. Looks down to: bounds, zipped. Used by: formats (registry).
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member, zipped
from probanda.reading.formats.bounds import (
    BLOCK,
    BOMB_FIX,
    DAMAGED_FIX,
    LARGEST_MEMBER,
    MOST_MEMBERS,
    Budget,
    capped,
    clean,
    expanded,
    listing,
    outside,
    size_said,
    too_many,
)
from probanda.reading.model import Remark

MEDIA_TYPE = "application/zip"
LARGEST_LIST = 64_000_000
"""Bytes of an archive's list of members that are looked at."""

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_TAIL = 65_557
_ALL = 0xFFFFFFFF
_WAYS = {0: "stored", 8: "deflate", 12: "bzip2"}
_PACKED_BLOCK = 1 << 16
_LOCKED_FIX = "Ask whoever provided it for the password, unpack the archive yourself, and add the files."
_AGAIN = "It is kept and registered. Ask whoever provided it for the file again."


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member as the archive's list states it."""

    name: str
    at: int
    """Byte of the file at which its own header begins."""
    packed: int
    size: int
    checksum: int
    way: int
    locked: bool
    mode: int
    """Kind of file under Unix, as in `stat`; 0 where it does not say."""

    @property
    def folder(self) -> bool:
        return self.name.endswith("/") or stat.S_ISDIR(self.mode)

    @property
    def end(self) -> int:
        """Where it ends at the least: its header may be longer than is stated here."""
        return self.at + _LOCAL.size + self.packed


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that begin as a ZIP file; `recognise_file` then leaves office documents to their formats."""
    return head.startswith(zipped.SIGNATURES)


def recognise_file(file: BinaryIO) -> bool:
    """True for a ZIP file that is no document."""
    return zipped.kind_of(file) == "archive"


def extract_file(file: BinaryIO) -> Extracted:
    """The list of what it holds. Raises CannotRead where its list of members cannot be found."""
    plan = list(_plan(file))
    rows = [(one.entry.name, size_said(one.entry.size)) for one in plan if one.entry is not None]
    remarks = [remark for one in plan for remark in one.remarks]
    holds = sum(one.taken for one in plan)
    how = "names are in UTF-8 where they can be, else in code page 437, as the format has it"
    return listing("What this ZIP archive holds", rows, MEDIA_TYPE, remarks, holds, how)


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    import io

    return extract_file(io.BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Each member with its bytes, a remark for each that cannot be taken out. Raises CannotRead as `extract_file`."""
    return capped(_members(file))


def _members(file: BinaryIO) -> Iterator[Member | Remark]:
    for one in _plan(file):
        yield from one.remarks
        if one.entry is not None and one.taken:
            yield Member(name=one.entry.name, blocks=_blocks(file, one.entry))


# The list ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is to be done with an entry, and what is to be said of it; without entry, of the archive."""

    entry: _Entry | None
    remarks: tuple[Remark, ...]
    taken: bool = False


def _plan(file: BinaryIO) -> Iterator[_Planned]:
    """The archive in the order of its list, folders aside.

    The sizes that it states are summed up before anything is unpacked; a member that then grows beyond what was
    stated is stopped, so the bound on the whole holds for lies too.
    """
    budget = Budget(packed=file.seek(0, 2))
    entries, notes = _entries(file)
    entries, covered = _apart(entries)
    for entry in entries:
        if entry.folder and not entry.size:
            continue
        refused = _refused(entry)
        if refused is None and budget.out + entry.size > budget.most:
            refused = Remark(entry.name, budget.said(), BOMB_FIX)
        if refused is not None:
            yield _Planned(entry, (refused,))
            continue
        budget.count(entry.size)
        pointing = outside(entry.name)
        yield _Planned(entry, (pointing,) if pointing is not None else (), taken=True)
    if covered:
        said = "They lie over the bytes of other members, which no sound archive has: it may be made to do harm."
        notes = [*notes, Remark(f"{covered:,} members", said, BOMB_FIX)]
    yield _Planned(None, tuple(notes))


def _refused(entry: _Entry) -> Remark | None:
    """Why this member cannot be taken out; None where it can."""
    kind = stat.S_IFMT(entry.mode)
    if kind == stat.S_IFLNK:
        return Remark(entry.name, "It is a link to another file, not a file.", "Ask for the file that it points to.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return Remark(
            entry.name, "It is a device or channel, not a file.", "Nothing needs to be done: it holds no bytes."
        )
    if entry.locked:
        return Remark(entry.name, "It is locked with a password.", _LOCKED_FIX)
    if entry.way not in _WAYS:
        said = f"It is packed in a way that cannot be unpacked here (number {entry.way})."
        return Remark(entry.name, said, "Unpack the archive yourself and add the file.")
    if entry.size > LARGEST_MEMBER:
        return Remark(entry.name, f"It is stated to be larger than {size_said(LARGEST_MEMBER)}.", BOMB_FIX)
    return None


def _apart(entries: list[_Entry]) -> tuple[list[_Entry], int]:
    """The entries without those that begin within another's bytes, and how many these were."""
    covered: set[int] = set()
    reached = 0
    for number in sorted(range(len(entries)), key=lambda n: (entries[n].at, n)):
        if entries[number].at < reached:
            covered.add(number)
        reached = max(reached, entries[number].end)
    return [entry for number, entry in enumerate(entries) if number not in covered], len(covered)


def _entries(file: BinaryIO) -> tuple[list[_Entry], list[Remark]]:
    """The entries of the archive's list, in its order, and what is to be remarked on the list itself."""
    size, start, shift, total = _find_list(file)
    file.seek(start)
    found: list[_Entry] = []
    looked = 0
    while looked < size:
        head = file.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
            said = "The archive's list of members is damaged from here on; members behind are not known."
            return found, [Remark(f"after {len(found):,} members", said, DAMAGED_FIX)]
        if len(found) >= MOST_MEMBERS or looked > LARGEST_LIST:
            return found, [too_many(len(found), total=total if total > len(found) else None)]
        fields = _ENTRY.unpack(head)
        name, extra, comment = fields[12], fields[13], fields[14]
        more = file.read(name + extra)
        file.seek(comment, 1)
        looked += _ENTRY.size + name + extra + comment
        found.append(_entry(fields, more[:name], more[name:], shift))
    return found, []


def _find_list(file: BinaryIO) -> tuple[int, int, int, int]:
    """Length and place of the list of members, how far all places are shifted, and the number stated."""
    whole = file.seek(0, 2)
    base = max(0, whole - _TAIL)
    file.seek(base)
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise CannotRead("The ZIP archive breaks off: the list of its members at its end is missing.", _AGAIN)
    _, disk, first, _, total, size, start, _ = _END.unpack_from(tail, at)
    behind = base + at
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        file.seek(min(int.from_bytes(tail[at - 12 : at - 4], "little"), whole))
        large = file.read(_END64.size)
        place = file.tell() - len(large)
        if not large.startswith(b"PK\x06\x06"):  # bytes before the archive shift its stated place
            place = base + max(tail.rfind(b"PK\x06\x06", 0, at), 0)
            file.seek(place)
            large = file.read(_END64.size)
        if len(large) == _END64.size and large.startswith(b"PK\x06\x06"):
            *_, total, size, start = _END64.unpack(large)
            behind, disk, first = place, 0, 0
    if disk != first or disk not in (0, 0xFFFF):
        raise CannotRead(
            "It is one piece of an archive in several pieces.", "Ask for all pieces, join and unpack them."
        )
    shift = behind - size - start
    if shift < 0 or size > behind:
        raise CannotRead("The list of the archive's members is not where the archive says.", _AGAIN)
    return size, start + shift, shift, total


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> _Entry:
    _, _, system, _, _, flags, way, _, _, checksum, packed, size, *_, outer, at = fields
    extras = _extras(extra)
    wide = extras.get(1, b"")
    place = 0
    values = [size, packed, at]
    for number, value in enumerate(values):
        if value == _ALL and len(wide) >= place + 8:
            values[number] = int.from_bytes(wide[place : place + 8], "little")
            place += 8
    # Unix (3) and macOS (19) state the kind of file in the upper half.
    mode = outer >> 16 if system in (3, 19) else 0
    locked = bool(flags & 1) or way == 99
    said = clean(_name(name, bool(flags & 0x800), extras))
    return _Entry(said, values[2] + shift, values[1], values[0], checksum, way, locked, mode)


def _extras(data: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<2H", data, at)
        found.setdefault(kind, data[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def _name(name: bytes, said_utf8: bool, extras: dict[int, bytes]) -> str:
    """UTF-8 where the archive says so, has it beside (Info-ZIP, 7075), or the bytes are such; else code page 437."""
    beside = extras.get(0x7075, b"")
    if not said_utf8 and beside[:1] == b"\x01" and beside[1:5] == zlib.crc32(name).to_bytes(4, "little"):
        name = beside[5:]
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp437")


# One member ----------------------------------------------------------------------------------------


def _blocks(file: BinaryIO, entry: _Entry) -> Iterator[bytes]:
    """Its bytes; CannotRead where they are damaged, are more than was stated, or are not those of the checksum."""
    length = checksum = 0
    if not entry.size and not entry.packed:
        return
    start = _start(file, entry)
    packed = _packed(file, start, entry.packed, BLOCK if entry.way == 0 else _PACKED_BLOCK)
    for block in packed if entry.way == 0 else expanded(packed, "deflate" if entry.way == 8 else "bzip2"):
        length += len(block)
        if length > entry.size:
            raise CannotRead(f"It is larger than the archive says ({size_said(entry.size)}).", BOMB_FIX)
        checksum = zlib.crc32(block, checksum)
        yield block
    if length != entry.size:
        raise CannotRead(f"It breaks off: {length:,} of {entry.size:,} bytes are there.", DAMAGED_FIX)
    if checksum != entry.checksum:
        raise CannotRead("It is damaged: its bytes do not match the archive's checksum for them.", DAMAGED_FIX)


def _start(file: BinaryIO, entry: _Entry) -> int:
    file.seek(entry.at)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise CannotRead("It does not stand where the archive says.", DAMAGED_FIX)
    *_, name, extra = _LOCAL.unpack(head)
    return entry.at + _LOCAL.size + int(name) + int(extra)


def _packed(file: BinaryIO, start: int, length: int, step: int) -> Iterator[bytes]:
    for at in range(start, start + length, step):
        file.seek(at)  # others may have read in between
        block = file.read(min(step, start + length - at))
        if not block:
            return
        yield block


FORMAT = Format(
    name="ZIP archive",
    media_types=(MEDIA_TYPE,),
    suffixes=(".zip",),
    recognised_by="it begins with the sign of a ZIP file, and is no office document",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
