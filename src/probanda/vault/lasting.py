"""Making written bytes and names last: file by file, or a whole group of files by one call.

`fsync` makes one file last and costs a wait for the disk each time. Linux has `syncfs`, which waits once for
everything that was written on a file system. A group of files may use it in place of many fsyncs because:

- It returns only when all data and names written before the call are with the disk: all of the group's are.
- Since Linux 5.8 it reports every write that failed since the descriptor it is given was opened; `Together` opens
  its own before the first byte is written, so no failure can slip by. Older kernels are not asked.
- Not every file system does the work in `syncfs`: only those of `_KNOWN` are trusted with it. They are the
  ones whose own code writes out data, names and journal there, and waits.
- ext4 without a journal asks the disk to empty its cache before its last metadata are written; so an fsync of the
  vault's folder closes every `sync`, which asks the disk once more.

Where any of this is not so, `Together.of` gives None and the vault syncs each file and each folder by itself. The price
of `syncfs` is that it also waits for what other programs wrote on the same file system.

Looks down to: nothing. Used by: vault.
"""

from __future__ import annotations

import contextlib
import functools
import os
import platform
import sys
from pathlib import Path
from typing import Any

_KNOWN = frozenset({0xEF53, 0x58465342, 0x9123683E, 0x01021994})
"""Numbers by which the kernel calls ext2 to ext4, XFS, Btrfs and tmpfs (statfs(2))."""
_REPORTS_ERRORS = (5, 8)
_START_WRITING = 2
"""SYNC_FILE_RANGE_WRITE of sync_file_range(2): begin to write, wait for nothing."""


class Together:
    """One file system, whose writes can be made lasting all at once."""

    def __init__(self, folder: int) -> None:
        self._folder = folder

    @classmethod
    def of(cls, folder: Path) -> Together | None:
        """For the file system of this folder; None where one call is not known to be enough."""
        if not _can(folder):
            return None
        return cls(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))

    def sync(self) -> None:
        """Return when all that was written before would survive a power cut. Raises OSError when some did not."""
        import ctypes

        libc = _libc()
        if libc is None or libc.syncfs(self._folder) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        os.fsync(self._folder)

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as lasting as the bytes they stand for."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def start_writing(number: int, start: int, size: int) -> None:
    """Have the disk begin with these bytes of a file, so that the sync at its end finds little left to do."""
    libc = _libc()
    if libc is not None:
        with contextlib.suppress(AttributeError):
            libc.sync_file_range(number, start, size, _START_WRITING)


def _can(folder: Path) -> bool:
    libc = _libc()
    if libc is None or sys.maxsize < 2**63 - 1 or not hasattr(libc, "syncfs") or _kernel() < _REPORTS_ERRORS:
        return False
    import ctypes

    answer = ctypes.create_string_buffer(512)
    if libc.statfs(os.fsencode(folder), answer) != 0:
        return False
    return int.from_bytes(answer.raw[:8], sys.byteorder) in _KNOWN  # its type is the first field


@functools.cache
def _libc() -> Any:
    """The C library, on Linux; else None."""
    if sys.platform != "linux":
        return None
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):
        libc.sync_file_range.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint]
    return libc


def _kernel() -> tuple[int, ...]:
    """The kernel's version, as far as it is numbers: (6, 1)."""
    parts = platform.release().replace("-", ".").split(".")[:2]
    return tuple(int(part) for part in parts if part.isdigit())
