"""The one way bytes get into the vault: copied, hashed on the way, made read-only, synced.

Start with `copy_file`. `plainly` turns what the system says into words with a next step.

Looks down to: kernel. Used by: vault.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from probanda.kernel.digests import Digest
from probanda.kernel.errors import ProbandaError
from probanda.vault.checked import CHUNK, NotAFile, open_file


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


def copy_file(source: Path, target: Path) -> tuple[Digest, int]:
    """As `copy`, from an ordinary file that nobody wrote to meanwhile (by its size and time; else _Changed)."""
    with os.fdopen(open_file(source), "rb", buffering=0) as stream:
        before = os.fstat(stream.fileno())
        digest, size = copy(stream, target)
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise _Changed
    return digest, size


def copy(source: BinaryIO | io.FileIO, target: Path) -> tuple[Digest, int]:
    """Copy to a new file, synced and read-only. Returns digest and size in bytes."""
    whole = hashlib.sha256()
    size = 0
    with target.open("xb", buffering=0) as out:
        while chunk := source.read(CHUNK):
            whole.update(chunk)
            size += len(chunk)
            rest = memoryview(chunk)
            while rest:  # an unbuffered file may take less than it is given
                rest = rest[out.write(rest) :]
        os.fchmod(out.fileno(), 0o444)
        os.fsync(out.fileno())
    return whole.hexdigest(), size


@contextlib.contextmanager
def plainly(name: str) -> Iterator[None]:
    """Say what went wrong with this source in words, with the next step."""
    try:
        yield
    except _Changed:
        raise SourceChanged(name) from None
    except NotAFile:
        raise NotPreserved(f"{name} is no ordinary file.", "Save what it holds to a file and add that.") from None
    except OSError as error:
        raise _not_preserved(name, error) from error


def _not_preserved(name: str, error: OSError) -> NotPreserved:
    words = os.strerror(error.errno) if error.errno else str(error)
    fix = "Check the disk and your rights in the case folder, then run the command again; what was done stays done."
    if isinstance(error, FileNotFoundError):
        fix = "It may have been moved since it was found: add it again from where it is."
    elif error.errno in {errno.ENOSPC, errno.EDQUOT}:
        fix = "Make room on the disk of the case folder, then run the command again; what was done stays done."
    return NotPreserved(f"{name} could not be taken in: {words}.", fix)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as lasting as the bytes they stand for."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)
