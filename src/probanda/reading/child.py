"""Reading in a child process: parsers meet hostile bytes where they can harm nothing.

Start with `ReadingChild`. The parent opens the file read-only and passes the open descriptor; the child answers with
texts, one frame a part, and never writes anywhere. It has next to no environment, and limits: 1 GiB of address
space, 60 s of processor time a part, no files of any size written, few descriptors, no core dumps. A child that dies,
hangs or talks nonsense costs one file, which is `Unread` with the reason; the next file gets a new child. One child
serves many files, so that the language model is loaded once.

Frames are a length of eight bytes and JSON: nothing of the child's answer is ever executed, and the parent checks it.

Looks down to: model, parts (in the child only). Used by: reading (front door), casework.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from probanda.reading.model import Text, Unread
from probanda.reading.wire import text_from, to_wire

MEMORY = 1 << 30
"""Bytes of address space of the child."""
CPU_SECONDS = 60
"""Processor time for one part of a text (a text up to 20 MB is one part)."""
WALL_SECONDS = 180.0
"""Time the parent waits for one part before it ends the child."""
DESCRIPTORS = 64
LARGEST_FRAME = 512_000_000
_LENGTH = struct.Struct(">Q")


class _Ended(Exception):
    """The child ended, hung or spoke nonsense; the words say which."""


class ReadingChild:
    """A child that reads files one after another; use as a context manager.

    Not to be shared between threads or used after a fork: give each worker its own.
    """

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall = wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def __enter__(self) -> ReadingChild:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, digest: str, name: str) -> tuple[Text, ...] | Unread:
        """All parts of one file, or why it could not be read. For very large files prefer `read_parts`."""
        texts: list[Text] = []
        for answer in self.read_parts(path, digest, name):
            if isinstance(answer, Unread):
                return answer
            texts.append(answer)
        return tuple(texts)

    def read_parts(self, path: Path, digest: str, name: str) -> Iterator[Text | Unread]:
        """The parts of one file as they are read; an `Unread`, if any, comes last. Raises nothing for bad bytes."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as fault:
            yield Unread(
                digest, f"The file could not be opened ({fault.strerror}).", "Check that it is there and readable."
            )
            return
        done = False
        try:
            self._ask(descriptor, name)
            while not done:
                frame = self._answer()
                done = "text" not in frame
                if not done:
                    yield text_from(frame["text"], digest)
                elif "unread" in frame:
                    reason, fix = frame["unread"]
                    yield Unread(digest, str(reason), str(fix))
        except (_Ended, ValueError, KeyError, TypeError, OSError) as fault:
            why = str(fault) if isinstance(fault, _Ended) else "the reader gave an answer that cannot be used"
            done = False
            yield Unread(
                digest,
                f"Reading stopped: {why}.",
                "It is kept and registered. Cut it into smaller files, or add its words as plain text.",
            )
        finally:
            os.close(descriptor)
            if not done:  # also when the caller wants no more parts: the next file must not get this one's answers
                self.close()

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    # The talk

    def _start(self) -> None:
        here, there = socket.socketpair()
        here.settimeout(self._wall)
        with there:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-P", "-s", "-B", "-m", __name__, str(there.fileno())],
                pass_fds=(there.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        self._channel = here

    def _ask(self, descriptor: int, name: str) -> None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        assert self._channel is not None  # noqa: S101 (set by _start)
        body = json.dumps({"name": name}).encode()
        socket.send_fds(self._channel, [_LENGTH.pack(len(body)) + body], [descriptor])

    def _answer(self) -> dict[str, Any]:
        deadline = time.monotonic() + self._wall
        length = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))[0]
        if length > LARGEST_FRAME:
            raise _Ended("its words came out far longer than the file")
        frame = json.loads(self._receive(length, deadline))
        if not isinstance(frame, dict):
            raise _Ended("the reader gave an answer that cannot be used")
        return frame

    def _receive(self, length: int, deadline: float) -> bytes:
        assert self._channel is not None  # noqa: S101 (set by _start)
        parts = bytearray()
        while len(parts) < length:
            left = deadline - time.monotonic()
            if left <= 0:
                raise _Ended(f"it took longer than {self._wall:.0f} s")
            self._channel.settimeout(left)
            try:
                block = self._channel.recv(min(1 << 20, length - len(parts)))
            except TimeoutError:
                raise _Ended(f"it took longer than {self._wall:.0f} s") from None
            if not block:
                raise _Ended(self._how_it_ended())
            parts += block
        return bytes(parts)

    def _how_it_ended(self) -> str:
        if self._process is None:
            return "the reader was closed"
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "the reader closed its channel"
        if code == -signal.SIGXCPU:
            return f"it took more than {CPU_SECONDS} s of processor time"
        if code < 0:
            return f"the reader was ended by signal {-code}"
        return f"the reader ended with code {code}"


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {
        "PATH": os.defpath,
        "PYTHONPATH": root,
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        # Each thread of the linear algebra library would take address space of its own.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


# In the child ------------------------------------------------------------------------------------


def main() -> None:
    """Serve files over the socket whose descriptor is the first argument, until the parent closes it."""
    _limit()
    channel = socket.socket(fileno=int(sys.argv[1]))
    while True:
        request, descriptor = _request(channel)
        if request is None or descriptor is None:
            return
        try:
            file = os.fdopen(descriptor, "rb")
        except OSError as fault:  # a folder, say
            _send(
                channel, {"unread": [f"It is not a file that can be read ({fault.strerror}).", "Name a file instead."]}
            )
            continue
        with file:
            _serve(channel, file, str(request["name"]))


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
    ):
        # A system that does not know a limit, or already has a lower one, keeps its own.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _renew_time() -> None:
    """Allow `CPU_SECONDS` more from here on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, hard))


def _request(channel: socket.socket) -> tuple[dict[str, Any] | None, int | None]:
    first, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, 1)
    if len(first) < _LENGTH.size or not descriptors:
        return None, None
    body = b""
    length = _LENGTH.unpack(first)[0]
    while len(body) < length:
        block = channel.recv(length - len(body))
        if not block:
            return None, None
        body += block
    request: dict[str, Any] = json.loads(body)
    return request, descriptors[0]


def _serve(channel: socket.socket, file: Any, name: str) -> None:
    from probanda.reading.formats import CannotRead
    from probanda.reading.parts import texts_of

    _renew_time()
    try:
        for text in texts_of(file, "", name):
            _send(channel, {"text": to_wire(text)})
            _renew_time()
        _send(channel, {"end": True})
    except CannotRead as reason:
        _send(channel, {"unread": [reason.reason, reason.fix]})
    except MemoryError:
        fix = "It is kept and registered. Cut it into smaller files."
        _send(channel, {"unread": [f"Reading it needs more than {MEMORY >> 20} MiB of memory.", fix]})
    except Exception as fault:
        # A fault of ours: the file is kept, the others go on, and the kind of fault is named for whoever mends it.
        fix = "It is kept and registered. Report this with the kind of file; its words can be added as plain text."
        _send(channel, {"unread": [f"The reader failed on it ({type(fault).__name__}).", fix]})


def _send(channel: socket.socket, frame: dict[str, Any]) -> None:
    body = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    channel.sendall(_LENGTH.pack(len(body)))
    channel.sendall(body)


if __name__ == "__main__":
    main()
