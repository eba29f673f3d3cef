"""The one way bytes get into the vault: copied, hashed on the way, made read-only.

Start with `copy_file`. `plainly` turns what the system says into words with a next step.

Looks down to: kernel. Used by: vault.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from probanda.kernel.errors import ProbandaError
from probanda.vault.checked import CHUNK, NotAFile, open_file
from probanda.vault.finding import shown
from probanda.vault.hashing import Digests, Hashing
from probanda.vault.lasting import start_writing

Source = BinaryIO | Path
"""What can be taken in: an ordinary file by its path, or a stream."""

_STRETCH = 32 << 20
"""Bytes of a large file after which the disk is told to begin with them."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


class NotPreserved(ProbandaError):
    """A file could not be taken into the vault; the vault is as it was."""


class SourceChanged(NotPreserved):
    """A file was written to while it was being read, so that what was read may never have been its content."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} changed while it was being read, and was not taken in.",
            "Wait until nothing writes to it (a download, a recording, a synchronised folder), then add it again.",
        )


class _Changed(Exception):
    """The source's size or time moved while it was read."""


def copy_file(source: Path, target: str, *, sync: bool) -> tuple[Digests, int]:
    """As `copy`, from an ordinary file that nobody wrote to meanwhile (by its size and time; else _Changed)."""
    with os.fdopen(open_file(source), "rb", buffering=0) as stream:
        before = os.fstat(stream.fileno())
        # No more room than the file needs: thousands of small ones would else wait for a megabyte each.
        digests, size = copy(stream, target, sync=sync, block=min(CHUNK, before.st_size + 1))
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise _Changed
    return digests, size


def copy(source: BinaryIO | io.FileIO, target: str, *, sync: bool, block: int = CHUNK) -> tuple[Digests, int]:
    """Copy to a new file, read-only and, where `sync` is said, lasting. Returns its digests and its size in bytes.

    Without `sync` the bytes may be lost in a power cut until somebody makes them last.
    """
    number = os.open(target, _NEW, 0o600)
    try:
        with Hashing() as hashing:
            begun = 0
            while found := source.read(block):
                hashing.update(found)
                _write_all(number, found)
                if hashing.size - begun >= _STRETCH:
                    start_writing(number, begun, hashing.size - begun)
                    begun = hashing.size
            digests = hashing.digests()
        os.fchmod(number, 0o444)
        if sync:
            os.fsync(number)
    finally:
        os.close(number)
    return digests, hashing.size


def _write_all(number: int, block: bytes) -> None:
    written = os.write(number, block)
    while written < len(block):  # a file may take less than it is given
        written += os.write(number, memoryview(block)[written:])


@contextlib.contextmanager
def plainly(source: Source | str) -> Iterator[None]:
    """Say what went wrong with this source, or with what these words name, in words, with the next step."""
    try:
        yield
    except _Changed:
        raise SourceChanged(_name(source)) from None
    except NotAFile:
        fix = "Save what it holds to a file and add that."
        raise NotPreserved(f"{_name(source)} is no ordinary file.", fix) from None
    except OSError as error:
        raise not_preserved(source, error) from error


def not_preserved(source: Source | str, error: OSError) -> NotPreserved:
    """What the system said of this source, in words."""
    name = _name(source)
    words = os.strerror(error.errno) if error.errno else str(error)
    fix = "Check the disk and your rights in the case folder, then run the command again; what was done stays done."
    if isinstance(error, FileNotFoundError):
        fix = "It may have been moved since it was found: add it again from where it is."
    elif error.errno in {errno.ENOSPC, errno.EDQUOT}:
        fix = "Make room on the disk of the case folder, then run the command again; what was done stays done."
    return NotPreserved(f"{name} could not be taken in: {words}.", fix)


def _name(source: Source | str) -> str:
    if isinstance(source, str):
        return source
    return shown(os.fspath(source)) if isinstance(source, Path) else "The stream"
