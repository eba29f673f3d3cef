"""What Matroska and WebM files state of themselves: length, time, programs, tracks; nothing is unpacked.

An element is an identifier, a length and a body (RFC 8794, RFC 9559). Only the segment's `Info`, `Tracks` and what
holds them are opened, within bounds. Dates count in nanoseconds from 1 January 2001 UTC.

Start with `facts_of`. Looks down to: boxes (length as words). Used by: sound_video.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from probanda.reading.formats.boxes import Fact, seconds

MOST, LARGEST_BODY = 20_000, 4096
_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_HOLDING = (_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO)
_SCALE, _LENGTH, _DATE, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0x4461, 0xB0, 0xBA
_WORDS = {0x7BA9: "title", 0x4D80: "software", 0x5741: "software", 0x86: "codec"}
_UNKNOWN = (1 << 56) - 1
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)


def facts_of(file: BinaryIO) -> tuple[list[Fact], bool]:
    """What an open file states, and whether its length was found."""
    size = file.seek(0, 2)
    facts: list[Fact] = []
    numbers: dict[int, float] = {}
    codecs: list[str] = []
    for key, body in _values(file, size):
        if key in _WORDS:
            words = " ".join(body.split(b"\0")[0].decode("utf-8", "replace").split())[:200]
            (codecs.append(words) if key == 0x86 else facts.append((_WORDS[key], words)))
        elif key == _DATE and len(body) == 8:
            moment = struct.unpack(">q", body)[0] / 1e9
            if abs(moment) < 1e10:
                facts.append(("made", (_EPOCH + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")))
        elif key == _LENGTH and len(body) in (4, 8):
            numbers[key] = struct.unpack(">f" if len(body) == 4 else ">d", body)[0]
        elif key in (_SCALE, _WIDTH, _HEIGHT):
            numbers.setdefault(key, int.from_bytes(body, "big"))
    length = numbers.get(_LENGTH, 0.0) * numbers.get(_SCALE, 1_000_000) / 1e9
    if 0 < length < 1e9:
        facts.insert(0, ("length", seconds(length)))
    if numbers.get(_WIDTH) and numbers.get(_HEIGHT):
        facts.append(("pixels", f"{numbers[_WIDTH]:.0f} x {numbers[_HEIGHT]:.0f}"))
    facts += [(f"track {n}", one) for n, one in enumerate(codecs, 1)]
    return list(dict.fromkeys(fact for fact in facts if fact[1])), 0 < length < 1e9


def _values(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    """Elements that hold values, in order; those that hold others are gone into, the rest is passed over."""
    at = 0
    for _ in range(MOST):
        file.seek(at)
        head = file.read(12)
        key, first = _number(head, keep=True)
        length, second = _number(head[first:], keep=False)
        if not first or not second:
            return
        body = at + first + second
        if key in _HOLDING:
            at = body
            continue
        if length == _UNKNOWN or body + length > size:
            return
        if length <= LARGEST_BODY and (key in _WORDS or key in (_SCALE, _LENGTH, _DATE, _WIDTH, _HEIGHT)):
            file.seek(body)
            yield key, file.read(length)
        at = body + length


def _number(data: bytes, *, keep: bool) -> tuple[int, int]:
    """A number of variable length and its bytes; `keep` its marker, as identifiers do. (0, 0) where there is none."""
    if not data or not data[0]:
        return 0, 0
    width = 9 - data[0].bit_length()
    if len(data) < width:
        return 0, 0
    value = int.from_bytes(data[:width], "big")
    if keep:
        return value, width
    value &= (1 << 7 * width) - 1
    return (_UNKNOWN if value == (1 << 7 * width) - 1 else value), width
