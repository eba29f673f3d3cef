"""An HTTP answer as a web archive keeps it: its head, and its body as a reader of the page got it.

Bodies are kept as they came over the wire, or already unpacked with the headers left as they were; the bytes decide
(RFC 9110, RFC 9112). What comes out is counted.

Start with `answer_of` and `body`. Looks down to: bounds, warc_records. Used by: web_pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probanda.reading.formats import CannotRead
from probanda.reading.formats.bounds import DAMAGED_FIX, Budget, expanded
from probanda.reading.formats.warc_records import Tape, fields, pairs

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b[^\r\n]{0,200}")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]{0,8}(?:;[^\r\n]{0,1000})?\r?\n")
_NEXT_SIZE = re.compile(rb"\r?\n" + _SIZE.pattern)
_LONGEST_SIZE = 1_100
_RANGE = re.compile(r"bytes 0-(\d{1,15})/(\d{1,15})")
_UNPACK_FIX = "It stays in the archive. Have it captured again, or unpack it with a program for web archives."


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an HTTP answer."""

    status: int
    line: str
    headers: tuple[tuple[str, str], ...]
    chunked: bool
    packed: tuple[str, ...]
    """How the body is packed, outermost last, as stated."""
    media_type: str
    location: str | None
    whole: bool
    """True for a 200, and for a range that is all there is."""


def answer_of(head: bytes) -> Answer | None:
    """The head as said by its bytes; None where it is none of HTTP."""
    line = _STATUS.match(head)
    if line is None:
        return None
    told = fields(head)
    status = int(line[1])
    packed = tuple(one.strip().lower() for one in told.get("content-encoding", "").split(",")[:8] if one.strip())
    span = _RANGE.match(told.get("content-range", ""))
    whole = status == 200 or (status == 206 and span is not None and int(span[1]) + 1 == int(span[2]))
    return Answer(
        status=status,
        line=line[0].decode("latin-1"),
        headers=tuple(pairs(head)),
        chunked="chunked" in told.get("transfer-encoding", "").lower(),
        packed=tuple(one for one in packed if one != "identity"),
        media_type=media_type_of(told.get("content-type", "")),
        location=told.get("location") if 300 <= status < 400 else None,
        whole=whole,
    )


def media_type_of(said: str) -> str:
    """A media type without its parameters, in small letters."""
    return said.partition(";")[0].strip().lower()[:100]


def body(blocks: Iterable[bytes], answer: Answer, budget: Budget) -> Iterator[bytes]:
    """The body, put together and unpacked. Raises CannotRead for damage, too much, and unknown ways of packing."""
    found: Iterable[bytes] = _unchunked(blocks) if answer.chunked else blocks
    for way in reversed(answer.packed):
        found = _unpacked(found, way, budget)
    yield from found


def _unpacked(blocks: Iterable[bytes], way: str, budget: Budget) -> Iterator[bytes]:
    first, rest = _peek(blocks)
    if way in ("gzip", "x-gzip"):
        yield from expanded(rest, "gzip", budget) if first.startswith(b"\x1f\x8b") else rest
    elif way == "deflate" and first:
        if len(first) >= 2 and first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0:
            rest = _without(rest, 2)  # the two bytes of zlib around it (RFC 1950)
        yield from expanded(rest, "deflate", budget)
    elif not first or first.lstrip()[:1] == b"<":
        yield from rest  # it was unpacked when it was captured, as its first sign shows
    else:
        raise CannotRead(f"It is packed in a way that cannot be unpacked here ({way[:20]}).", _UNPACK_FIX)


def _peek(blocks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    source = iter(blocks)
    first = b""
    for block in source:
        first += block
        if len(first) >= 2:
            break
    return first, _with(first, source)


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _without(blocks: Iterator[bytes], count: int) -> Iterator[bytes]:
    for block in blocks:
        yield block[count:]
        count = max(0, count - len(block))


def _unchunked(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks joined; the bytes as they are where the first is no chunk."""
    tape = Tape(blocks)
    size = tape.match(_SIZE, _LONGEST_SIZE)
    if size is None:
        yield from tape.take(1 << 62)
        return
    while left := int(size[1], 16):
        for piece in tape.take(left):
            left -= len(piece)
            yield piece
        if left:
            raise CannotRead("It breaks off before its end.", DAMAGED_FIX)
        size = tape.match(_NEXT_SIZE, _LONGEST_SIZE)
        if size is None:
            raise CannotRead("Its pieces cannot be put together: the bytes do not say how long each is.", DAMAGED_FIX)
