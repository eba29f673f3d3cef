"""One writer at a time in a case folder: a lock the system frees when its holder dies, however it dies.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from pathlib import Path

from probanda.kernel.errors import CaseInUse

NAME = ".lock"
TRIES, PAUSE = 10, 0.01
"""A lock without a name in it is held for a moment: by who just takes it, or by who only asks (`is_held`)."""


class WritersLock:
    """Holds `.lock` until `free`; the holder's process and command stand in it for others to read."""

    def __init__(self, folder: Path) -> None:
        """Take the lock at once. Raises CaseInUse, naming the holder."""
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        holder = _taken(self._file)
        if holder is not None:
            os.close(self._file)
            raise CaseInUse(str(folder), holder)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"process {os.getpid()} ({_command()})\n".encode("utf-8", "replace"), 0)

    def free(self) -> None:
        """Let others write."""
        os.ftruncate(self._file, 0)
        os.close(self._file)


def _taken(file: int) -> str | None:
    """Take the lock and give None, or give who holds it."""
    for again in range(TRIES, -1, -1):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 4096, 0).decode("utf-8", "replace").strip()
            if holder:
                return holder
            if again:
                time.sleep(PAUSE)
        else:
            return None
    return "another process"


def is_held(folder: Path) -> bool:
    """True when some process is writing in this folder."""
    try:
        file = os.open(folder / NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _command() -> str:
    """The command as typed, without the path of the program and cut short."""
    words = [Path(sys.argv[0]).name or "python", *sys.argv[1:]] if sys.argv else ["python"]
    return " ".join(words)[:200].replace("\n", " ")
