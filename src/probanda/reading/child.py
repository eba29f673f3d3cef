"""Reading in a child process: parsers meet hostile bytes where they can harm nothing.

Start with `ReadingChild`: `read_parts` gives the texts of a file, `members` what it holds, `draw` a page as a picture,
`pages` their count, `recognise` the words on one, `notes` what it says of files beside it. The parent opens the file
read-only and passes the open descriptor; the child answers in frames, one for each part, and never writes anywhere. It
has next to no environment, and lives within `confine`: 1 GiB of address space, 60 s of processor time an answer (170 s
to recognise a page), and on Linux a filter of the kernel that refuses sockets, programs and writing. A child that dies,
hangs or talks nonsense costs one file, which is `Unread` with the reason; the next file gets a new child. One child
serves many files, so that the language model is loaded once.

A frame is a length of eight bytes and JSON, or JSON that names so many bytes which follow: nothing of the child's
answer is ever executed, and the parent checks it.

Looks down to: kernel, model, confine and parts (in the child only). Used by: reading (front door), casework.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from probanda.kernel.errors import ProbandaError
from probanda.reading.confine import CPU_SECONDS, MEMORY, confine, renew_time
from probanda.reading.model import Remark, Text, Unread
from probanda.reading.recognition import PageWords, Recogniser, Tesseract, page_from, plain
from probanda.reading.wire import facts_from, remark_from, text_from, to_wire

if TYPE_CHECKING:
    from probanda.reading.beside import Note
    from probanda.reading.formats import Format, Frame, Member, Recognised

WALL_SECONDS = 180.0
"""Time the parent waits for one part before it ends the child."""
RECOGNITION_SECONDS = 170
"""Processor time for recognising one page."""
LARGEST_FRAME = 512_000_000
BLOCK = 1 << 20
"""Most bytes of a member in one frame."""
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

    def read(
        self, path: Path, digest: str, name: str, recognised: Recognised | None = None
    ) -> tuple[Text, ...] | Unread:
        """All parts of one file, or why it could not be read. For very large files prefer `read_parts`."""
        texts: list[Text] = []
        for answer in self.read_parts(path, digest, name, recognised):
            if isinstance(answer, Unread):
                return answer
            texts.append(answer)
        return tuple(texts)

    def read_parts(
        self, path: Path, digest: str, name: str, recognised: Recognised | None = None
    ) -> Iterator[Text | Unread]:
        """The parts of one file as they are read; an `Unread`, if any, comes last. Raises nothing for bad bytes."""
        asked: dict[str, Any] = {"want": "text", "name": name}
        if recognised is not None:
            asked["maker"] = recognised.maker
            asked["pages"] = [plain(page) for _, page in sorted(recognised.pages.items())]
        for frame in self._talk(path, asked, "text"):
            if isinstance(frame, Unread):
                yield replace(frame, item=digest)
            else:
                yield text_from(frame["text"], digest)

    def members(self, path: Path, name: str) -> Iterator[Member | Remark | Unread]:
        """What an item holds, one by one; the blocks of a member are drawn before the next is asked for.

        A `Member`'s blocks raise CannotRead where this member alone is given up. An `Unread`, if any, comes last.
        """
        from probanda.reading.formats import Member
        from probanda.reading.formats.captured import from_wire

        kinds = ("member", "remark", "block", "lost", "at_work")
        talk = self._talk(path, {"want": "members", "name": name}, *kinds)
        for frame in talk:
            if isinstance(frame, Unread):
                yield frame
            elif "remark" in frame:
                yield remark_from(frame["remark"])
            elif "member" in frame:
                told = frame["member"]
                kind = told["media_type"]
                blocks = _Blocks(talk)
                yield Member(
                    name=str(told["name"]), blocks=blocks, media_type=None if kind is None else str(kind),
                    capture=from_wire(told["capture"]),
                )  # fmt: skip
                for _ in blocks.rest():
                    pass

    def notes(self, path: Path, name: str) -> Iterator[Note]:
        """What a small file says of files beside it; none where it is of no kind known, or cannot be read."""
        from probanda.reading.beside import Note

        for frame in self._talk(path, {"want": "notes", "name": name}, "note"):
            if not isinstance(frame, Unread):
                told = frame["note"]
                yield Note(
                    kind=str(told["kind"]), files=tuple(map(str, told["files"])),
                    digests=tuple(map(str, told["digests"])),
                    facts=tuple((str(key), str(value)) for key, value in told["facts"]),
                )  # fmt: skip

    def draw(self, path: Path, name: str, frame: Frame) -> bytes | Unread:
        """A page of an item, or a piece of one, as a PNG; or why it cannot be drawn."""
        asked = {"want": "draw", "name": name, **asdict(frame)}
        answer = self._only(path, asked, "picture")
        return answer if isinstance(answer, Unread) else bytes(answer["bytes"])

    def still(self, path: Path) -> bytes | Unread:
        """A picture drawn anew as a small JPEG in colours, without anything else that its file held."""
        answer = self._only(path, {"want": "still", "name": ""}, "still")
        return answer if isinstance(answer, Unread) else bytes(answer["bytes"])

    def wordless(self, path: Path, name: str) -> list[int] | Unread:
        """Numbers of the pages of an item that are pictures without words, from 1; or why that cannot be told."""
        answer = self._only(path, {"want": "wordless", "name": name}, "wordless")
        return answer if isinstance(answer, Unread) else [int(number) for number in answer["wordless"]]

    def recognise(
        self, path: Path, name: str, page: int, recogniser: Recogniser, languages: Sequence[str]
    ) -> PageWords | Unread:
        """The words on one page of an item, recognised on its picture; or why they cannot be."""
        asked = {
            "want": "recognise", "name": name, "page": page, "library": recogniser.library,
            "models": recogniser.models, "languages": list(languages),
        }  # fmt: skip
        answer = self._only(path, asked, "recognised")
        if isinstance(answer, Unread):
            return answer
        try:
            return page_from(answer["recognised"])
        except (TypeError, ValueError):
            return Unread("", "The reader gave no words that can be used.", "Run the command again.")

    def pages(self, path: Path, name: str) -> int | Unread:
        """How many pages of an item can be drawn, 0 where its kind has none; or why they cannot be counted."""
        answer = self._only(path, {"want": "pages", "name": name}, "pages")
        return answer if isinstance(answer, Unread) else int(answer["pages"])

    def _only(self, path: Path, request: dict[str, Any], kind: str) -> dict[str, Any] | Unread:
        """The one frame of this kind that answers a request. The talk is heard to its end: the child goes on living."""
        answers = list(self._talk(path, request, kind))
        return answers[-1] if answers else Unread("", "The reader gave no answer.", "Run the command again.")

    def _talk(self, path: Path, request: dict[str, Any], *kinds: str) -> Iterator[dict[str, Any] | Unread]:
        """The frames of these kinds that answer a request; an `Unread` comes last where there is one."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as fault:
            yield Unread(
                "", f"The file could not be opened ({fault.strerror}).", "Check that it is there and readable."
            )
            return
        done = False
        try:
            self._ready()
        except OSError as fault:  # of this machine, not of the file: nothing is to be remembered of it
            os.close(descriptor)
            raise ProbandaError(
                f"The process that reads files could not be started: {fault.strerror or fault}.",
                "Close other programs or free memory, then run the command again; what was read stays.",
            ) from fault
        try:
            self._ask(descriptor, request)
            while not done:
                frame = self._answer()
                done = not any(kind in frame for kind in kinds)
                if not done:
                    yield frame
                elif "unread" in frame:
                    reason, fix = frame["unread"]
                    yield Unread("", str(reason), str(fix), facts_from(frame.get("facts", [])))
        except (_Ended, ValueError, KeyError, TypeError, OSError) as fault:
            why = str(fault) if isinstance(fault, _Ended) else "the reader gave an answer that cannot be used"
            done = False
            yield Unread(
                "",
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

    def _ready(self) -> None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()

    def _ask(self, descriptor: int, request: dict[str, Any]) -> None:
        assert self._channel is not None  # noqa: S101 (set by _start)
        body = json.dumps(request).encode()
        socket.send_fds(self._channel, [_LENGTH.pack(len(body)) + body], [descriptor])

    def _answer(self) -> dict[str, Any]:
        deadline = time.monotonic() + self._wall
        length = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))[0]
        if length > LARGEST_FRAME:
            raise _Ended("its words came out far longer than the file")
        frame = json.loads(self._receive(length, deadline))
        if not isinstance(frame, dict):
            raise _Ended("the reader gave an answer that cannot be used")
        follow = frame.get("follow", 0)
        if follow:
            if not isinstance(follow, int) or not 0 < follow <= LARGEST_FRAME:
                raise _Ended("the reader gave an answer that cannot be used")
            frame["bytes"] = self._receive(follow, deadline)
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
            return f"the reader broke down on it (signal {-code}), as with files that are damaged or made to do harm"
        return f"the reader ended with code {code}"


class _Blocks:
    """The bytes of one member, drawn from the talk until its last block."""

    def __init__(self, talk: Iterator[dict[str, Any] | Unread]) -> None:
        self._talk, self._ended = talk, False

    def __iter__(self) -> Iterator[bytes]:
        from probanda.reading.formats import CannotRead

        while not self._ended:
            frame = next(self._talk, None)
            if frame is None or isinstance(frame, Unread):
                self._ended = True
                lost = frame or Unread("", "The reader gave an answer that cannot be used.", "Run the command again.")
                raise CannotRead(lost.reason, lost.fix)
            if "lost" in frame:
                self._ended = True
                reason, fix = frame["lost"]
                raise CannotRead(str(reason), str(fix))
            self._ended = not frame.get("block")
            if not self._ended:
                yield frame["bytes"]

    def rest(self) -> Iterator[bytes]:
        """What was left undrawn, faults passed over."""
        from probanda.reading.formats import CannotRead

        try:
            yield from self
        except CannotRead:
            return


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
        "OMP_THREAD_LIMIT": "1",  # Tesseract asks for threads by number, and the filter refuses new ones
    }


# In the child ------------------------------------------------------------------------------------


def main() -> None:
    """Serve files over the socket whose descriptor is the first argument, until the parent closes it."""
    confine()
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
            _serve(channel, file, request)


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


def _serve(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats import CannotRead

    renew_time()
    try:
        _ANSWERS[request["want"]](channel, file, request)
        _send(channel, {"end": True})
    except CannotRead as reason:
        _send(channel, {"unread": [reason.reason, reason.fix], "facts": [list(one) for one in reason.facts]})
    except MemoryError:
        fix = "It is kept and registered. Cut it into smaller files."
        _send(channel, {"unread": [f"Reading it needs more than {MEMORY >> 20} MiB of memory.", fix]})
    except RecursionError:
        fix = "It is kept and registered. Ask for a plainer copy of it, or add its words as plain text."
        _send(channel, {"unread": ["Its parts are nested too deeply to be read.", fix]})
    except Exception as fault:
        # A fault of ours: the file is kept, the others go on, and the kind of fault is named for whoever mends it.
        fix = "It is kept and registered. Report this with the kind of file; its words can be added as plain text."
        _send(channel, {"unread": [f"The reader failed on it ({type(fault).__name__}).", fix]})


def _send_texts(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.parts import texts_of

    for text in texts_of(file, "", str(request["name"]), _recognised(request)):
        _send(channel, {"text": to_wire(text)})
        renew_time()


def _recognised(request: dict[str, Any]) -> Recognised | None:
    if "pages" not in request:
        return None
    from probanda.reading.formats import Recognised

    pages = [page_from(data) for data in request["pages"]]
    return Recognised(str(request["maker"]), {page.page: page for page in pages})


def _send_wordless(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    form = _form_of(file, request)
    _send(channel, {"wordless": list(form.recognising.wordless(file)) if form.recognising is not None else []})


def _send_recognised(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats import CannotRead

    form = _form_of(file, request)
    if form.recognising is None:
        raise CannotRead(f"A {form.name} has no pages on which words are recognised.", "Read its text instead.")
    renew_time(RECOGNITION_SECONDS)
    drawn = form.recognising.pixels(file, request["page"])
    try:
        engine = _engine(request["library"], request["models"], tuple(request["languages"]))
        page = engine.words_of(request["page"], drawn.grey, drawn.scale, drawn.dots)
    except OSError as fault:
        raise CannotRead(f"Text recognition failed: {fault}.", "Install Tesseract again.") from fault
    _send(channel, {"recognised": plain(page)})


@cache
def _engine(library: str, models: str, languages: tuple[str, ...]) -> Tesseract:
    return Tesseract(library, models, languages)


def _form_of(file: BinaryIO, request: dict[str, Any]) -> Format:
    from probanda.reading.formats import HEAD, recognise

    form = recognise(file.read(HEAD), str(request["name"]), file)
    file.seek(0)
    return form


def _send_members(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats import CannotRead
    from probanda.reading.formats.captured import to_wire as to_captured_wire

    form = _form_of(file, request)
    if form.members is None:
        return
    for one in form.members(file):
        if one is None:
            _send(channel, {"at_work": True})
            renew_time()
            continue
        if isinstance(one, Remark):
            _send(channel, {"remark": [one.what, one.reason, one.fix]})
            continue
        told = {"name": one.name, "media_type": one.media_type, "capture": to_captured_wire(one.capture)}
        _send(channel, {"member": told})
        drawn = 0
        try:
            for block in one.blocks:
                for at in range(0, len(block), BLOCK):
                    piece = block[at : at + BLOCK]
                    _send(channel, {"block": True, "follow": len(piece)}, piece)
                    drawn += len(piece)
                if drawn >= 16 * BLOCK:
                    drawn = 0
                    renew_time()
            _send(channel, {"block": False})
        except CannotRead as reason:
            _send(channel, {"lost": [reason.reason, reason.fix]})
        renew_time()


def _send_notes(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.beside import LARGEST, notes_of

    data = file.read(LARGEST + 1)
    for note in notes_of(data) if len(data) <= LARGEST else ():
        _send(channel, {"note": asdict(note)})


def _send_picture(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats import CannotRead, Frame

    form = _form_of(file, request)
    if form.draw is None:
        raise CannotRead(f"A {form.name} has no pages that can be drawn.", "Open its text instead.")
    piece = request["piece"]
    frame = Frame(
        page=request["page"],
        piece=tuple(piece) if piece else None,
        marked=tuple(tuple(box) for box in request["marked"]),
        dots=request["dots"],
        colour=bool(request["colour"]),
        side=request["side"],
    )
    picture = form.draw(file, frame)
    _send(channel, {"picture": True, "follow": len(picture)}, picture)


def _send_still(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats.picture import still

    picture = still(file)
    _send(channel, {"still": True, "follow": len(picture)}, picture)


def _send_pages(channel: socket.socket, file: BinaryIO, request: dict[str, Any]) -> None:
    from probanda.reading.formats import HEAD, recognise

    form = recognise(file.read(HEAD), str(request["name"]), file)
    file.seek(0)
    _send(channel, {"pages": form.pages(file) if form.pages is not None else 0})


_ANSWERS: dict[str, Callable[[socket.socket, BinaryIO, dict[str, Any]], None]] = {
    "text": _send_texts,
    "members": _send_members,
    "draw": _send_picture,
    "notes": _send_notes,
    "wordless": _send_wordless,
    "recognise": _send_recognised,
    "pages": _send_pages,
    "still": _send_still,
}


def _send(channel: socket.socket, frame: dict[str, Any], follow: bytes = b"") -> None:
    body = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    channel.sendall(_LENGTH.pack(len(body)))
    channel.sendall(body)
    if follow:
        channel.sendall(follow)


if __name__ == "__main__":
    main()
