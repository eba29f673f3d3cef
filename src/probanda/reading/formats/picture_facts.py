"""What a picture states of itself: camera, time, place, program (EXIF), whether a C2PA manifest is in it; its shape.

All of it is written by whoever made or changed the file, and can be changed by anyone: it is kept as stated, and
nothing rests on it. `shape_of` is a fingerprint of what the picture looks like, by which smaller, brighter and newly
packed copies are found; it says nothing of what is seen.

Tags are those of EXIF 2.32 (CIPA DC-008). Start with `facts_of`. Looks down to: nothing. Used by: picture.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

Fact = tuple[str, str]
SHAPE = "shape"
"""Name of the fact that `shape_of` gives."""
LEAST_MARKED = 12
"""Bits that must be set (and as many not): a blank page looks like every other."""
STEP = 3
"""Steps of grey (of 256) by which two neighbours must differ to count as darker and lighter."""
_C2PA_SAID = "present; it was not checked, and proves nothing here"
_FIRST = {
    0x010F: "camera make", 0x0110: "camera model", 0x0131: "software", 0x0132: "changed", 0x010E: "description",
    0x013B: "author", 0x8298: "copyright",
}  # fmt: skip
_TURNED = {3: "180", 4: "180", 5: "90", 6: "90", 7: "270", 8: "270"}
"""Orientation -> degrees clockwise, whether it is mirrored or not."""
_TAKEN, _TAKEN_PART, _TAKEN_ZONE = 0x9003, 0x9291, 0x9011
_MADE, _MADE_ZONE = 0x9004, 0x9012
_MORE = {
    0xA431: "serial number of the camera", 0xA430: "owner of the camera", 0xA433: "lens make", 0xA434: "lens model",
    0xA435: "serial number of the lens", 0xA420: "number of the picture", 0x9286: "comment",
}  # fmt: skip
_MOST_SEGMENTS = 2000


def facts_of(picture: Any, file: BinaryIO) -> list[Fact]:
    """What an opened picture (Pillow) states; the file it was opened from."""
    facts: list[Fact] = []
    exif = _tags(picture)
    facts += _named(exif, _FIRST)
    if turned := _TURNED.get(exif.get(0x0112)):
        facts.append(("to be turned by", f"{turned} degrees"))
    more, place = _inner(exif, 0x8769), _inner(exif, 0x8825)
    facts += _moment("taken", more, _TAKEN, _TAKEN_ZONE, _TAKEN_PART)
    facts += _moment("made", more, _MADE, _MADE_ZONE)
    facts += _named(more, _MORE)
    facts += _place(place)
    if 0x927C in more:
        facts.append(("notes of the maker", "present; not read"))
    facts += [(name, words) for name in ("Software", "Author", "Creation Time", "comment")
              if (words := _plain(getattr(picture, "info", {}).get(name)))]  # fmt: skip
    if _has_manifest(file, str(picture.format)):
        facts.append(("C2PA manifest", _C2PA_SAID))
    return list(dict.fromkeys(fact for fact in facts if fact[1]))


def shape_of(grey: Any) -> str | None:
    """128 bits in hexadecimal: where the picture gets darker to the right, then downwards, on a grid of 8 by 8.

    `grey` is a picture in grey (Pillow, mode L). None for one that is too plain to be told from others.
    """
    bits = 0
    for size, right, down in (((9, 8), 1, 0), ((8, 9), 0, 1)):
        small = grey.resize(size, 4)  # BOX: the mean of what lies there
        width, _ = size
        data = small.tobytes()
        for y in range(8):
            for x in range(8):
                here, there = data[y * width + x], data[(y + down) * width + x + right]
                bits = bits << 1 | (here - there >= STEP)
    return f"{bits:032x}" if LEAST_MARKED <= bits.bit_count() <= 128 - LEAST_MARKED else None


def _tags(picture: Any) -> Any:
    try:
        return picture.getexif()
    except Exception:  # whatever the decoder raises for broken marks: the picture itself may be sound
        return {}


def _inner(exif: Any, tag: int) -> Mapping[int, Any]:
    try:
        return dict(exif.get_ifd(tag)) if exif else {}
    except Exception:
        return {}


def _named(tags: Mapping[int, Any], names: Mapping[int, str]) -> Iterator[Fact]:
    for tag, name in names.items():
        if words := _plain(tags.get(tag)):
            yield name, words


def _moment(name: str, tags: Mapping[int, Any], at: int, zone: int, part: int = 0) -> Iterator[Fact]:
    """`2031:06:09 04:00:00` as ISO, with its fraction and zone where they are stated; without a zone else."""
    words = _plain(tags.get(at))
    if len(words) == 19 and words[4] == words[7] == ":":
        words = f"{words[:4]}-{words[5:7]}-{words[8:10]}T{words[11:]}"
        fraction = _plain(tags.get(part)) if part else ""
        words += f".{fraction}" if fraction.isdecimal() else ""
        offset = _plain(tags.get(zone))
        words += offset if offset else " (no zone stated)"
    if any("1" <= c <= "9" for c in words):  # clocks that were never set write nothing but noughts
        yield name, words


def _place(tags: Mapping[int, Any]) -> Iterator[Fact]:
    latitude, longitude = (_degrees(tags.get(n), tags.get(n - 1)) for n in (2, 4))
    if latitude is not None and longitude is not None:
        yield "position", f"{latitude:.6f}, {longitude:.6f}"
    for tag, name, unit in ((6, "height", " m"), (17, "direction of the picture", " degrees")):
        value = _number(tags.get(tag))
        if value is not None:
            below = "-" if tag == 6 and tags.get(5) in (1, b"\x01") else ""
            yield name, f"{below}{value:.1f}{unit}"
    day, clock = _plain(tags.get(29)), tags.get(7)
    if day and isinstance(clock, tuple) and len(clock) == 3:
        parts = [_number(one) for one in clock]
        if all(one is not None and one < 62 for one in parts):
            yield (
                "time of the satellites",
                f"{day.replace(':', '-')}T" + ":".join(f"{int(n or 0):02}" for n in parts) + "Z",
            )


def _degrees(value: Any, side: Any) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    parts = [_number(one) for one in value]
    if any(one is None for one in parts):
        return None
    degrees = sum((one or 0.0) / 60**place for place, one in enumerate(parts))
    turned = -degrees if _plain(side).upper()[:1] in ("S", "W") else degrees
    return turned if abs(turned) <= 180 else None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if abs(number) < 1e9 else None  # also False for what is no number


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\0\0\0").split(b"\0")[0].decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    words = value.split("\0")[0]
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:300]


# C2PA ---------------------------------------------------------------------------------------------


def _has_manifest(file: BinaryIO, kind: str) -> bool:
    """True where the file carries a C2PA manifest (C2PA Technical Specification, embedding); it is not opened."""
    look = {"JPEG": _in_jpeg, "PNG": _in_png, "WEBP": _in_webp}.get(kind)
    try:
        return look is not None and look(file)
    except (struct.error, IndexError):
        return False


def _in_jpeg(file: BinaryIO) -> bool:
    """In an APP11 segment with a JUMBF box labelled c2pa."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] == 0xDA:
            return False
        length = int.from_bytes(head[2:4], "big")
        if head[1] == 0xEB and b"c2pa" in file.read(min(length, 4096)):
            return True
        at += 2 + max(length, 2)
    return False


def _in_png(file: BinaryIO) -> bool:
    """In a chunk caBX."""
    at = 8
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind == b"caBX":
            return True
        at += 12 + length
    return False


def _in_webp(file: BinaryIO) -> bool:
    """In a chunk C2PA."""
    at = 12
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        if kind == b"C2PA":
            return True
        at += 8 + length + (length & 1)
    return False
