"""A program of others, run on an item's bytes within limits: it meets hostile bytes, as our own parsers do.

`started` runs it in a session of its own, with the item as its standard input, next to no environment, no network, a
bound on memory, processor time and files, and on Linux behind the filter of the kernel (`confine_program`). However the
block is left, the program and all that it started are ended.

    with started([ffmpeg, ...], Limits(), item) as process:
        ...

This file is also what the new process runs first: it puts the limits on itself, then becomes the program.

Looks down to: confine. Used by: key_frames, speech.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from probanda.reading.confine import confine_program

PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"
_DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use."""

    memory: int = 2 << 30
    """Bytes of address space."""
    seconds: int = 900
    """Of processor time, over all its threads."""
    wall: int = 1800
    """Seconds until it is ended, whatever it does; kept by whoever reads its answer (`blocks`)."""
    largest_file: int = 0
    """Bytes of a file that it may write; 0: it writes none."""


class TookTooLong(Exception):
    """The program was not done within its time."""


@contextmanager
def started(
    command: Sequence[str], limits: Limits, item: BinaryIO, *, hand: Sequence[int] = (), folder: str = "/"
) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work, its output in `stdout`. `hand`: further descriptors that it gets, under their numbers."""
    own = [sys.executable, "-P", "-s", "-B", "-m", __name__, json.dumps(asdict(limits)), *command]
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and module, which becomes the program)
        own, stdin=item, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=tuple(hand), cwd=folder,
        start_new_session=True, env={"PATH": PATH, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def blocks(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """What it gives on its output, block by block. Raises TookTooLong."""
    assert process.stdout is not None  # noqa: S101 (set by `started`)
    deadline = time.monotonic() + limits.wall
    descriptor = process.stdout.fileno()
    while True:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TookTooLong
        block = os.read(descriptor, 1 << 20)
        if not block:
            return
        yield block


def ended(process: subprocess.Popen[bytes]) -> str:
    """How a program ended that closed its output, in words; empty where all was well."""
    try:
        code = process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        return "it closed its output and went on"
    if code == -signal.SIGXCPU:
        return "it used up the processor time that it may use"
    if code == -signal.SIGKILL:
        return "the system ended it, for more time or memory than there is"
    if code < 0:
        return f"it broke down (signal {-code}), as with files that are damaged or made to do harm"
    return f"it ended with code {code}" if code else ""


def main() -> None:
    """Put the limits of the first argument on this process, and become the program that the others name."""
    limits = Limits(**json.loads(sys.argv[1]))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    confine_program(limits.memory, limits.seconds, limits.largest_file)
    command = sys.argv[2:]
    os.execve(command[0], command, {"PATH": PATH, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"})  # noqa: S606


if __name__ == "__main__":
    main()
