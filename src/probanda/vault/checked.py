"""Bytes that are checked while they are read, so that no use of an item can skip the check.

Start with `CheckedBytes`. `open_file` opens an ordinary file and nothing else, whatever has taken its place.

Looks down to: kernel. Used by: vault.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from probanda.kernel.digests import Digest
from probanda.kernel.errors import ItemAltered, ProbandaError

CHUNK = 1 << 20
"""Bytes read at a time."""

# A pipe would hang at opening without O_NONBLOCK, and a link may have taken the file's place since it was found.
_SAFELY = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW


class ItemMissing(ItemAltered):
    """A preserved item is no longer in the vault."""

    def __init__(self, item: str) -> None:
        self.item, self.expected, self.found = item, item, ""
        ProbandaError.__init__(
            self,
            f"Item {item} is missing: no file of that digest is in the vault.",
            "Leave the vault as it is, run `probanda verify` for the whole picture, and restore it from a second copy.",
        )


class ItemUnreadable(ItemAltered):
    """The disk does not give a preserved item's bytes, so nobody can say whether they still match."""

    def __init__(self, item: str, error: OSError) -> None:
        self.item, self.expected, self.found = item, item, ""
        ProbandaError.__init__(
            self,
            f"Item {item} cannot be read: {os.strerror(error.errno or errno.EIO)}.",
            "Check the disk and your right to read the vault; if the disk is failing, restore it from a second copy.",
        )


class CheckedBytes(io.RawIOBase):
    """A stream over an item that compares its digest when the last byte has gone by.

    Read forward only. The check cannot be forgotten: the read that would return the end raises
    ItemAltered instead, and a clean end of the `with` block reads what was left unread.
    """

    def __init__(self, raw: io.FileIO | BinaryIO, digest: Digest) -> None:
        super().__init__()
        self._raw = raw
        self._expected = digest
        self._hash = hashlib.sha256()
        self._ended = False

    def readable(self) -> bool:
        """Always: there is nothing else to do with it."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes, or all; empty at the end. Raises ItemAltered at the end of altered bytes."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self._next(CHUNK), b""))
        return self._next(size)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As `read`, into a buffer; what buffered readers call."""
        found = self._next(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            if kind is None:
                while self._next(CHUNK):
                    pass
        finally:
            self.close()

    def close(self) -> None:
        """Close the file. (Leaving the `with` block checks the rest first; closing by hand does not.)"""
        if not self.closed:
            self._raw.close()
        super().close()

    def _next(self, size: int) -> bytes:
        try:
            found = self._raw.read(size) or b"" if size and not self._ended else b""
        except OSError as error:
            raise ItemUnreadable(self._expected, error) from error
        self._hash.update(found)
        if size and not found and not self._ended:
            self._ended = True
            if self._hash.hexdigest() != self._expected:
                raise ItemAltered(self._expected, self._expected, self._hash.hexdigest())
        return found


class NotAFile(Exception):
    """A link, folder, pipe or device where a file was expected."""


def open_file(path: Path | str) -> int:
    """A descriptor of an ordinary file. Raises NotAFile for anything else, OSError as the system gives it."""
    try:
        number = os.open(path, _SAFELY)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:  # a link; a socket
            raise NotAFile from error
        raise
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise NotAFile
    return number
