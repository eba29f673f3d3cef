"""A tar file in the strictest form: whatever differs by one bit from what we would have written is refused.

An ordinary `tar` program unpacks it. Our own reader takes no such freedom: each header must be, byte for byte,
the one that name, size and time give, padding must be zeros, and after the end there is nothing. So no bit of a
backup is without a check. Start with `Writer`, then `members`. Both hold one piece of a file in memory at a time.

Looks down to: kernel. Used by: casework.backup.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from probanda.kernel.digests import Digest

BLOCK = tarfile.BLOCKSIZE
PIECE = 1 << 20
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_NAME = re.compile(rf"(?=.{{1,99}}\Z){_PART}(/{_PART}){{0,3}}", re.ASCII)


class Torn(Exception):
    """The archive is not what was written: what is wrong, and after which member."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def is_plain_name(name: str) -> bool:
    """True for a relative path of at most four parts that leads nowhere else: no dots in front, no links, no roots."""
    return _NAME.fullmatch(name) is not None


class Writer:
    """Writes members one after the other; call `end` when all are in."""

    def __init__(self, out: BinaryIO, seconds: int) -> None:
        """`seconds`: the time since 1970 that all members bear."""
        self._out, self._seconds = out, seconds
        self._written = 0

    def add(self, name: str, source: BinaryIO, size: int) -> Digest:
        """Copy `size` bytes in under a name; gives their SHA-256.

        Raises Torn when the source has fewer or more bytes: it changed while it was copied.
        """
        self._write(header(name, size, self._seconds))
        whole, left = hashlib.sha256(), size
        while piece := source.read(min(PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise Torn(f"{name} grew while it was copied")
            whole.update(piece)
            self._write(piece)
        if left:
            raise Torn(f"{name} shrank while it was copied")
        self._write(b"\0" * (-size % BLOCK))
        return whole.hexdigest()

    def end(self) -> None:
        """Two empty blocks, filled up to a whole record, as tar has it."""
        self._write(b"\0" * (2 * BLOCK))
        self._write(b"\0" * (-self._written % tarfile.RECORDSIZE))

    def _write(self, piece: bytes) -> None:
        self._out.write(piece)
        self._written += len(piece)


def header(name: str, size: int, seconds: int) -> bytes:
    """The one header that a member of this name, size and time has. Raises ValueError for a name we never write."""
    if not is_plain_name(name):
        raise ValueError(f"not a name for a member of a backup: {name!r}")
    info = tarfile.TarInfo(name)
    info.size, info.mtime = size, seconds
    info.mode = 0o444 if name.startswith("vault/") else 0o600
    return info.tobuf(tarfile.GNU_FORMAT)  # beyond 8 GiB the size is written as GNU tar does


@dataclass(slots=True)
class Member:
    """One member, its bytes still to be read: read all of them before the next is asked for."""

    name: str
    size: int
    _source: BinaryIO

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, piece by piece. Raises Torn when the archive ends before them."""
        left = self.size
        while left:
            piece = self._source.read(min(PIECE, left))
            if not piece:
                raise Torn(f"it ends in the middle of {self.name}")
            left -= len(piece)
            yield piece


def members(source: BinaryIO) -> Iterator[Member]:
    """The members in their order. Raises Torn at the first byte that `Writer` would not have written."""
    last = ""
    size = 0
    while True:
        block = source.read(BLOCK)
        size += len(block)
        where = f"after {last}" if last else "at its beginning"
        if len(block) < BLOCK:
            raise Torn(f"it ends {where}, without its end mark")
        if block == b"\0" * BLOCK:
            _end(source, size, where)
            return
        member = _member(block, source, where)
        yield member
        padding = -member.size % BLOCK
        if source.read(padding) != b"\0" * padding:
            raise Torn(f"what fills the last block of {member.name} is not as written")
        size += member.size + padding
        last = member.name


def _member(block: bytes, source: BinaryIO, where: str) -> Member:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        if info.size < 0 or header(info.name, info.size, int(info.mtime)) != block:
            raise Torn(f"the header {where} is not as written")
    except (tarfile.HeaderError, ValueError) as error:
        raise Torn(f"the header {where} is not as written") from error
    return Member(info.name, info.size, source)


def _end(source: BinaryIO, size: int, where: str) -> None:
    expected = BLOCK + -(size + BLOCK) % tarfile.RECORDSIZE
    if source.read(expected + 1) != b"\0" * expected:
        raise Torn(f"its end {where} is not as written")
