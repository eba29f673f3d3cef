"""What MP4, QuickTime, 3GP and HEIF files state of themselves: their boxes, walked without unpacking anything.

Boxes are a length, four letters and a body (ISO/IEC 14496-12; Apple's QuickTime File Format). Only those that hold
facts are opened, within bounds on depth, number and size; the pictures and sounds are passed over. Times count from
1 January 1904 UTC; a telephone that was set wrongly writes them wrongly.

Start with `facts_of`. Looks down to: nothing. Used by: sound_video, picture.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

MOST_BOXES, DEEPEST, LARGEST_BODY = 20_000, 10, 65_536
C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""The uuid box of a C2PA manifest (C2PA Technical Specification, BMFF-based assets)."""
_HOLDING = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"meta", b"ilst", b"edts"})
_SAID = {
    b"\xa9mak": "camera make", b"\xa9mod": "camera model", b"\xa9swr": "software", b"\xa9too": "software",
    b"\xa9xyz": "position", b"\xa9day": "date", b"\xa9nam": "title", b"\xa9cmt": "comment", b"\xa9des": "description",
    b"\xa9ART": "author", b"\xa9aut": "author", b"\xa9cpy": "copyright", b"loci": "position (box loci)",
}  # fmt: skip
_KEYS = {
    "com.apple.quicktime.make": "camera make", "com.apple.quicktime.model": "camera model",
    "com.apple.quicktime.software": "software", "com.apple.quicktime.creationdate": "recorded",
    "com.apple.quicktime.location.ISO6709": "position", "com.apple.quicktime.author": "author",
    "com.apple.quicktime.description": "description", "com.android.version": "software (Android)",
    "com.android.manufacturer": "camera make", "com.android.model": "camera model",
}  # fmt: skip
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_FOURS = re.compile(rb"[\x20-\x7e\xa9]{4}")
Fact = tuple[str, str]


@dataclass(slots=True)
class _Walk:
    file: BinaryIO
    size: int
    left: int = MOST_BOXES
    facts: list[Fact] = field(default_factory=list)
    tracks: list[dict[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    seconds: float | None = None
    broken: bool = False


def facts_of(file: BinaryIO) -> tuple[list[Fact], bool]:
    """What the boxes of an open file state, and whether its index of contents (`moov` or `meta`) was found."""
    size = file.seek(0, 2)
    walk = _Walk(file, size)
    found = False
    for kind, start, end in _boxes(walk, 0, size):
        if kind == b"ftyp":
            walk.facts.append(("brand", _plain(_body(walk, start, min(end, start + 4)))))
        elif kind in (b"moov", b"meta"):
            found = True
            _inside(walk, kind, start, end, 1)
        elif kind == b"uuid" and _body(walk, start, min(end, start + 16)) == C2PA:
            walk.facts.append(("C2PA manifest", "present; it was not checked, and proves nothing here"))
    facts = [fact for fact in walk.facts if fact[1]]
    for number, track in enumerate(walk.tracks, 1):
        told = ", ".join(value for value in (track.get("kind"), track.get("codec"), track.get("size")) if value)
        if track.get("kind") in ("picture", "sound"):
            facts.append((f"track {number}", told))
    return list(dict.fromkeys(facts)), found and not walk.broken


def _boxes(walk: _Walk, start: int, end: int, *, counted: bool = False) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the body and end of each box between two places; it ends where a box does not fit.

    `counted`: their kinds may be numbers, as among the values of QuickTime.
    """
    at = start
    while at + 8 <= end and walk.left > 0:
        walk.left -= 1
        walk.file.seek(at)
        head = walk.file.read(16)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head[:8])
        body = at + 8
        if length == 1 and len(head) == 16:
            length, body = struct.unpack(">Q", head[8:])[0], at + 16
        elif length == 0:
            length = end - at
        if length < body - at or at + length > end or not (counted or _FOURS.fullmatch(kind)):
            walk.broken = walk.broken or length > 0
            return
        yield kind, body, at + length
        at += length


def _body(walk: _Walk, start: int, end: int) -> bytes:
    walk.file.seek(start)
    return walk.file.read(min(end - start, LARGEST_BODY))


def _inside(walk: _Walk, kind: bytes, start: int, end: int, depth: int) -> None:
    if depth > DEEPEST:
        return
    if kind == b"meta" and not _FOURS.fullmatch(_body(walk, start + 4, start + 8)):
        start += 4  # a full box (version and flags) in MP4, a plain one in QuickTime
    if kind == b"trak":
        walk.tracks.append({})
    for inner, at, stop in _boxes(walk, start, end, counted=kind == b"ilst"):
        if kind == b"ilst":
            _item(walk, inner, at, stop)
        elif inner in _HOLDING:
            _inside(walk, inner, at, stop, depth + 1)
        elif inner in _OPENED:
            _OPENED[inner](walk, _body(walk, at, stop))
        elif inner in _SAID:
            walk.facts.append((_SAID[inner], _said(_body(walk, at, stop))))


def _header(walk: _Walk, body: bytes) -> None:
    """mvhd: when it was made and changed, and how long it is."""
    wide = body[:1] == b"\x01"
    form = ">QQIQ" if wide else ">IIII"
    if len(body) < 4 + struct.calcsize(form):
        return
    made, changed, scale, length = struct.unpack(form, body[4 : 4 + struct.calcsize(form)])
    for name, value in (("made", made), ("changed", changed)):
        if value and value < 1 << 33:
            at = _EPOCH + timedelta(seconds=value)
            walk.facts.append((name, at.strftime("%Y-%m-%dT%H:%M:%SZ")))
    if scale and 0 < length < (1 << (64 if wide else 32)) - 1:
        walk.seconds = length / scale
        walk.facts.append(("length", seconds(walk.seconds)))


def _track(walk: _Walk, body: bytes) -> None:
    """tkhd: width and height, and how it is to be turned."""
    at = 88 if body[:1] == b"\x01" else 76
    if not walk.tracks or len(body) < at + 8:
        return
    width, height = (n / 65536 for n in struct.unpack(">II", body[at : at + 8]))
    if width and height:
        walk.tracks[-1]["size"] = f"{width:.0f} x {height:.0f}"
        a, b = struct.unpack(">ii", body[at - 36 : at - 28])
        turned = {(0, 1): "90", (-1, 0): "180", (0, -1): "270"}.get(((a > 0) - (a < 0), (b > 0) - (b < 0)))
        if turned:
            walk.facts.append(("to be turned by", f"{turned} degrees"))


def _handler(walk: _Walk, body: bytes) -> None:
    """hdlr: what a track holds."""
    kind = {b"vide": "picture", b"soun": "sound"}.get(body[8:12])
    if kind and walk.tracks:
        walk.tracks[-1].setdefault("kind", kind)


def _codec(walk: _Walk, body: bytes) -> None:
    """stsd: how its samples are packed."""
    if walk.tracks and len(body) >= 16:
        walk.tracks[-1].setdefault("codec", _plain(body[12:16]))


def _names(walk: _Walk, body: bytes) -> None:
    """keys: the names that the boxes of `ilst` are counted by."""
    at = 8
    while at + 8 <= len(body) and len(walk.keys) < 200:
        length = struct.unpack(">I", body[at : at + 4])[0]
        if length < 8:
            return
        walk.keys.append(_plain(body[at + 8 : at + length]))
        at += length


def _item(walk: _Walk, kind: bytes, start: int, end: int) -> None:
    """One value of `ilst`: named by its letters, or by its place among the keys."""
    name = _SAID.get(kind)
    place = int.from_bytes(kind, "big")
    if name is None and 0 < place <= len(walk.keys):
        name = _KEYS.get(walk.keys[place - 1])
    if name is None:
        return
    body = _body(walk, start, end)
    if body[4:8] == b"data" and len(body) > 16:
        walk.facts.append((name, _plain(body[16:])))


_OPENED = {
    b"mvhd": _header, b"tkhd": _track, b"hdlr": _handler, b"stsd": _codec, b"keys": _names,
}  # fmt: skip


def _said(body: bytes) -> str:
    """A value of `udta`: of QuickTime a length and a language before the words, of 3GP a version before them."""
    if len(body) > 4 and struct.unpack(">H", body[:2])[0] == len(body) - 4:
        return _plain(body[4:])
    if body[4:8] == b"data":
        return _plain(body[16:])
    return _plain(body[6:] if body[:4] == b"\0\0\0\0" else body)


def _plain(data: bytes) -> str:
    words = data.split(b"\0")[0].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:300]


def seconds(length: float) -> str:
    """A length in seconds as `HH:MM:SS.mmm`."""
    from probanda.reading.timing import told

    return told(round(min(length, 1e9) * 1000))
