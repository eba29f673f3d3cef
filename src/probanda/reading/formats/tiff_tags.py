"""The tags of a TIFF file's first picture, without unpacking it: for those too large to be opened, as satellites' are.

Classic TIFF (TIFF 6.0, section 2) and BigTIFF. A value that is too long, or lies outside the file, is left out.
Start with `directory`. Looks down to: nothing. Used by: picture, geotiff.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

SIGNS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
MOST_ENTRIES = 512
LONGEST = 65_536
"""Bytes of one value."""
FURTHEST = 1 << 62
_KINDS = {1: "B", 2: "s", 3: "H", 4: "I", 9: "i", 11: "f", 12: "d", 16: "Q"}
"""Types of values that are read: bytes, text, whole numbers, and numbers with a fraction."""

Tags = Mapping[int, tuple[Any, ...] | bytes]


def directory(file: BinaryIO) -> dict[int, tuple[Any, ...] | bytes]:
    """Numbers, or bytes of a text, by tag. Raises struct.error where there is no directory."""
    file.seek(0)
    head = file.read(16)
    order, big = "<" if head[:1] == b"I" else ">", b"+" in head[2:4]
    at, count, entry = ("Q", "Q", "HHQ8s") if big else ("I", "H", "HHI4s")
    start = 8 if big else 4
    (place,) = struct.unpack(order + at, head[start : start + struct.calcsize("=" + at)])
    if place > FURTHEST:
        raise struct.error("the directory lies behind the end of any file")
    file.seek(place)
    (many,) = struct.unpack(order + count, file.read(struct.calcsize("=" + count)))
    size = struct.calcsize("=" + entry)
    listed = file.read(size * min(many, MOST_ENTRIES))
    found: dict[int, tuple[Any, ...] | bytes] = {}
    for n in range(len(listed) // size):
        tag, kind, times, value = struct.unpack_from(order + entry, listed, n * size)
        read = _value(file, order + _KINDS.get(kind, ""), order + at, times, value)
        if read is not None:
            found.setdefault(tag, read)
    return found


def _value(file: BinaryIO, kind: str, at: str, times: int, held: bytes) -> tuple[Any, ...] | bytes | None:
    if len(kind) < 2:
        return None
    long = struct.calcsize("=" + kind[1]) * times
    if not 0 < long <= LONGEST:
        return None
    if long > len(held):
        (place,) = struct.unpack(at, held)
        if place > FURTHEST:
            return None
        file.seek(place)
        held = file.read(long)
    if len(held) < long:
        return None
    return held[:long] if kind[1] == "s" else struct.unpack(f"{kind[0]}{times}{kind[1]}", held[:long])
