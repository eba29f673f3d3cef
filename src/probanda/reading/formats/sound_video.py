"""Sound and video: known by their first bytes, with what their headers state (length, time, device, place).

They have no words to read. Nothing is decoded: that is for programs made for it, away from the case. What the headers
state is kept as facts "stated by the file", and nothing rests on it.

Start with `extract_file`. MP4, QuickTime and 3GP are walked by `boxes`, Matroska and WebM by `ebml`.

Looks down to: formats, boxes, ebml. Used by: formats (registry).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, boxes, ebml
from probanda.reading.formats.boxes import Fact, seconds

KIND, LENGTH = "kind", "length"
"""Names of two facts that the program itself asks for."""
_FIX = (
    "It is kept and registered. Lay a transcript with times (.srt, .vtt) of the same name beside it and add it, or say "
    "what is seen and heard in a part of it: `probanda observe`."
)
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (b"OggS", "Ogg recording"),
    (b"fLaC", "FLAC recording"),
    *((b"ID3" + bytes([version]), "MP3 recording") for version in (2, 3, 4)),
    (b"#!AMR", "AMR recording"),
    (b"FLV\x01", "Flash video"),
    (b"\x00\x00\x01\xba", "MPEG video"),
    (b"\x00\x00\x01\xb3", "MPEG video"),
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", "Windows Media recording"),
)
_BRANDS: tuple[tuple[bytes, str], ...] = (
    *((brand, "HEIF picture") for brand in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"hevc")),
    (b"qt  ", "QuickTime video"), (b"3g", "3GP video"), (b"M4A", "M4A recording"),
)  # fmt: skip
_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def recognise(head: bytes, _name: str) -> bool:
    """True for the first bytes of sound and video of the usual kinds."""
    return _kind(head) is not None


def extract(data: bytes) -> Extracted:
    """Raises CannotRead with what the headers state."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """Raises CannotRead with what the headers of this open file state: there are no words in it."""
    file.seek(0)
    head = file.read(65_536)
    kind = _kind(head) or "recording"
    facts: list[Fact] = []
    sound = True
    read = next((read for start, read in _HEADERS if head[: len(start)] == start), None)
    if head[4:8] == b"ftyp" or head[4:8] in _QUICKTIME:
        read = boxes.facts_of
    elif head[:4] == b"RIFF":
        read = _riff
    try:
        if read is not None:
            facts, sound = read(file)
    except (struct.error, IndexError, ValueError, OverflowError):
        sound = False
    length = dict(facts).get(LENGTH)
    told = f" of {length.removesuffix('.000')}" if length else ""
    state = "" if sound else " Its header is broken or cut short: less is stated than such files state."
    raise CannotRead(f"It is {_a(kind)}{told}; it has no words to read.{state}", _FIX, [(KIND, kind), *facts])


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'AEO' or kind[:2] == 'MP' or kind[:3] == 'M4A' else 'a'} {kind}"


def _kind(head: bytes) -> str | None:
    kind = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if kind is None and head[4:8] == b"ftyp":
        kind = next((kind for brand, kind in _BRANDS if head[8:12].startswith(brand)), "MP4 video")
    if kind is None and head[:4] == b"RIFF":
        kind = {b"WAVE": "WAV recording", b"AVI ": "AVI video"}.get(head[8:12])
    if kind is None and head[4:8] in _QUICKTIME and int.from_bytes(head[:4], "big") >= 8:
        kind = "QuickTime video"
    if kind is not None:
        return kind
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47 and b"\0" in head[:376]:
        return "MPEG video"
    return "MP3 recording" if _is_mp3(head) else None


def _is_mp3(head: bytes) -> bool:
    """True for two frames of layer III, the second where the first ends."""
    length = _frame(head[:4])
    return length is not None and _frame(head[length : length + 4]) is not None


def _frame(head: bytes) -> int | None:
    """Bytes of the frame that begins so (ISO/IEC 11172-3, 13818-3); None where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate == 3 or bits in (0, 15):
        return None
    kilobits = _BITS[3 if version == 3 else 2][bits]
    return (144 if version == 3 else 72) * kilobits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


# Headers ------------------------------------------------------------------------------------------


def _riff(file: BinaryIO) -> tuple[list[Fact], bool]:
    """WAV and AVI: chunks of four letters and a length (Microsoft and IBM, RIFF)."""
    size = file.seek(0, 2)
    facts: list[Fact] = []
    rate, at = 0, 12
    for _ in range(2000):
        if at + 8 > size:
            break
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        body = file.read(min(length, 4096)) if kind in (b"fmt ", b"bext", b"LIST") else b""
        if kind == b"fmt ":
            channels, hertz, rate = struct.unpack("<2xHII", body[:12])
            facts.append(("track 1", f"sound, {channels} channels, {hertz} Hz"))
        elif kind == b"data" and rate:
            facts.append((LENGTH, seconds(min(length, size - at - 8) / rate)))
        elif kind == b"bext":
            facts += [("author", _plain(body[256:288])), ("recorded", _plain(body[320:338]))]
        elif kind == b"LIST" and body[:4] == b"INFO":
            facts += _info(body[4:])
        elif kind == b"LIST" and body[:4] == b"hdrl" and body[4:8] == b"avih":
            micro, frames, width, height = struct.unpack("<I12xI12xII", body[12:52])
            facts += [(LENGTH, seconds(micro * frames / 1e6)), ("track 1", f"picture, {width} x {height}")]
        at += 8 + length + (length & 1)
    return [fact for fact in facts if fact[1]], any(name == LENGTH for name, _ in facts)


_INFO = {b"ICRD": "date", b"ISFT": "software", b"IART": "author", b"INAM": "title", b"ICMT": "comment"}


def _info(body: bytes) -> list[Fact]:
    facts, at = [], 0
    while at + 8 <= len(body):
        kind, length = struct.unpack("<4sI", body[at : at + 8])
        if kind in _INFO:
            facts.append((_INFO[kind], _plain(body[at + 8 : at + 8 + length])))
        at += 8 + length + (length & 1)
    return facts


def _flac(file: BinaryIO) -> tuple[list[Fact], bool]:
    file.seek(8)
    packed = int.from_bytes(file.read(34)[10:18], "big")
    rate, count = packed >> 44, packed & ((1 << 36) - 1)
    facts = [("track 1", f"sound, {(packed >> 41 & 7) + 1} channels, {rate} Hz")]
    return ([(LENGTH, seconds(count / rate)), *facts], True) if rate and count else (facts, bool(rate))


def _id3(file: BinaryIO) -> tuple[list[Fact], bool]:
    """Words of an ID3v2.3 or v2.4 tag."""
    file.seek(0)
    head = file.read(10)
    body = file.read(min(_seven(head[6:10]), 65_536))
    facts, at = [], 0
    while at + 11 <= len(body):
        kind = body[at : at + 4]
        if not kind.isalnum():
            break
        length = _seven(body[at + 4 : at + 8]) if head[3] == 4 else int.from_bytes(body[at + 4 : at + 8], "big")
        if kind in _FRAMES:
            code = {0: "latin-1", 1: "utf-16", 2: "utf-16-be"}.get(body[at + 10], "utf-8")
            facts.append(
                (_FRAMES[kind], " ".join(body[at + 11 : at + 10 + length].decode(code, "replace").split("\0")))
            )
        at += 10 + max(length, 0)
    return [(name, value.strip()) for name, value in facts if value.strip()], True


_FRAMES = {
    b"TDRC": "date",
    b"TYER": "date",
    b"TPE1": "author",
    b"TIT2": "title",
    b"TSSE": "software",
    b"TENC": "software",
}


def _seven(four: bytes) -> int:
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(four)))


def _plain(data: bytes) -> str:
    words = data.split(b"\0")[0].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:300]


_HEADERS: tuple[tuple[bytes, Callable[[BinaryIO], tuple[list[Fact], bool]]], ...] = (
    (b"\x1aE\xdf\xa3", ebml.facts_of),
    (b"fLaC", _flac),
    (b"ID3", _id3),
)

FORMAT = Format(
    name="sound or video",
    media_types=("video/mp4", "video/quicktime", "video/webm", "audio/mpeg", "audio/wav", "audio/ogg", "audio/flac"),
    suffixes=(
        ".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".flv", ".wmv", ".mp3", ".m4a",
        ".wav", ".ogg", ".oga", ".opus", ".flac", ".amr", ".wma", ".heic", ".avif",
    ),
    recognised_by="the first bytes of the usual containers",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
)  # fmt: skip
