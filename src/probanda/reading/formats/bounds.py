"""What archives and mailboxes share: how much may come out of one, how it is unpacked, and how its list is written.

Start with `Budget`. Packed bytes can grow a thousandfold and more, and stated sizes may be lies, so bytes are counted
as they come out. A name that an archive gives is shown and recorded, and is never a path here.

Looks down to: formats, model. Used by: zip_archive, tar_archive, mbox, eml.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Mark
from probanda.reading.model import Remark

RATIO = 200
"""Bytes that may come out for each packed byte. Logs and tables pack about 1:30, zeros 1:1000 and more."""
FLAT = 100_000_000
"""Bytes that may come out of any archive, whatever its ratio: small archives of logs are no bombs."""
LARGEST_MEMBER = 200_000_000_000
"""Bytes of one member."""
MOST_MEMBERS = 20_000
"""Members of one archive that are listed and taken out."""
MOST_REMARKS = 200
"""Remarks on one archive; what is beyond is counted in one more."""
BLOCK = 1 << 20
"""Bytes of a block of a member."""
MEMORY_TO_UNPACK = 256 << 20
"""Bytes of memory for one xz stream; `xz -9` needs 65 MiB."""
LONGEST_NAME = 1_000
"""Code points of a member's name."""
BOMB_FIX = (
    "It is kept and registered. Ask whoever provided it what it holds; if it is sound, unpack it yourself and add the "
    "files."
)
DAMAGED_FIX = "The archive is kept as it is. Ask whoever provided it for it again, or for this file alone."
LIST_REASON = "list of what the archive holds"

_One = TypeVar("_One")
Way = Literal["deflate", "gzip", "bzip2", "xz"]
_DAMAGE = (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError)
_SIGNS: dict[Way, bytes] = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_OUTSIDE = re.compile(r"\A(?:[/\\]|[A-Za-z]:)|(?:\A|[/\\])\.\.(?:[/\\]|\Z)")


@dataclass(slots=True)
class Budget:
    """How much may still come out of one archive. Shared by all its members, and counted as the bytes come."""

    packed: int = 0
    """Packed bytes this is measured by; where they come one after another, `expanded` adds them."""
    out: int = 0

    @property
    def most(self) -> int:
        """Bytes that may come out in all."""
        return RATIO * self.packed + FLAT

    def count(self, length: int) -> None:
        """Raises CannotRead where `length` bytes more are too many."""
        self.out += length
        if self.out > self.most:
            raise CannotRead(self.said(), BOMB_FIX)

    def said(self) -> str:
        """In words, that it was too much."""
        most, packed = size_said(self.most), size_said(self.packed)
        return f"It expands to more than {most} from {packed}, far more than documents do: it may be made to do harm."


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Zlib:
    """zlib with the face that bz2 and lzma have."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(found) < max_length
        return found


def _unpacker(way: Way) -> _Unpacker:
    if way == "deflate":
        return _Zlib(-15)
    if way == "gzip":
        return _Zlib(31)
    if way == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY_TO_UNPACK)


def expanded(packed: Iterable[bytes], way: Way, budget: Budget | None = None) -> Iterator[bytes]:
    """What these packed blocks (of some 64 KB) expand to, in blocks of at most 1 MB.

    gzip, bzip2 and xz files may be several streams on end; bytes behind the last that are no stream are passed over, as
    the common programs do. A `budget` is told what goes in and counts what comes out. Raises CannotRead for damage,
    bytes that break off, and too much.
    """
    try:
        yield from _streams(packed, way, budget)
    except MemoryError:
        raise CannotRead("Unpacking it needs too much memory.", BOMB_FIX) from None
    except _DAMAGE as fault:
        if isinstance(fault, lzma.LZMAError) and "emory" in str(fault):
            said = f"Unpacking it needs more than {MEMORY_TO_UNPACK >> 20} MiB of memory."
            raise CannotRead(said, BOMB_FIX) from None
        raise CannotRead("It is damaged: its packed bytes cannot be unpacked.", DAMAGED_FIX) from None


def _streams(packed: Iterable[bytes], way: Way, budget: Budget | None) -> Iterator[bytes]:
    unpacker = _unpacker(way)
    kept = b""
    for block in packed:
        if budget is not None:
            budget.packed += len(block)
        data = kept + block
        kept = b""
        while data or not unpacker.needs_input:
            if unpacker.eof:
                if len(data) < 6:  # too little to tell whether another stream begins
                    kept = data
                    break
                if way == "deflate" or not data.startswith(_SIGNS[way]):
                    return
                unpacker = _unpacker(way)
            found = unpacker.decompress(data, BLOCK)
            data = unpacker.unused_data if unpacker.eof else b""
            if found:
                if budget is not None:
                    budget.count(len(found))
                yield found
            elif not data:
                break
    if not unpacker.eof:
        raise CannotRead("It breaks off before its end.", DAMAGED_FIX)


def size_said(size: int) -> str:
    """A size in words: exact up to 1 MB."""
    return f"{size:,} bytes" if size < 1_000_000 else f"{size // 1_000_000:,} MB"


def clean(name: str) -> str:
    """A name as written, with a sign for what cannot be shown or kept (NUL, line breaks), cut where it is endless."""
    shown = _UNSHOWN.sub("\ufffd", name[: LONGEST_NAME + 1])
    return shown if len(shown) <= LONGEST_NAME else shown[:LONGEST_NAME] + "…"


def outside(name: str) -> Remark | None:
    """A remark on a name that, taken for a path, would lead out of its folder."""
    if not _OUTSIDE.search(name):
        return None
    return Remark(
        name,
        "Its name points outside the archive's folder, as archives made to do harm have it. It is only a name here: "
        "the file is taken out like the others.",
        "Nothing needs to be done. Be careful when you unpack this archive with another program.",
    )


def capped(found: Iterable[_One | Remark]) -> Iterator[_One | Remark]:
    """The same, with at most `MOST_REMARKS` remarks and one more that counts the rest."""
    remarks = 0
    for one in found:
        if isinstance(one, Remark):
            remarks += 1
            if remarks > MOST_REMARKS:
                continue
        yield one
    if remarks > MOST_REMARKS:
        yield Remark(
            f"{remarks - MOST_REMARKS:,} more remarks",
            "There is more to say on what it holds than can be listed one by one.",
            "Have a look at it with a program for archives.",
        )


def too_many(shown: int, what: str = "files", total: int | None = None) -> Remark:
    """The remark that closes a list cut short."""
    left = f"{total - shown:,} further {what}" if total is not None else f"further {what}"
    return Remark(
        left,
        f"Only the first {shown:,} {what} of an archive are listed and taken out.",
        "Unpack it yourself and add the files, or ask for it in smaller archives.",
    )


def listing(
    title: str, rows: Sequence[tuple[str, str]], media_type: str, remarks: Iterable[Remark], holds: int, how: str
) -> Extracted:
    """An archive's text: a line for each thing it holds (its name, and what is said of it), all of it furniture."""
    lines = [f"{title}: {len(rows):,} listed", *(f"{name} ({said})" if said else name for name, said in rows)]
    words = "\n\n".join(lines)
    return Extracted(
        words=words,
        runs=(),
        encoding="utf-8",
        encoding_reason=how,
        media_type=media_type,
        marks=(Mark(0, len(words), PassageRole.FURNITURE, LIST_REASON),),
        remarks=tuple(capped(remarks)),
        holds=holds,
    )
