"""Pictures: known by their first bytes, measured by their header, and drawn small. They have no words to read.

A picture is kept, registered and listed for text recognition. Its size is read without unpacking it: a picture of
65,535 by 65,535 pixels costs no more than another. `draw` unpacks pictures up to 40 million pixels only.

Start with `extract_file`. What it states of itself: `picture_facts`.

Looks down to: formats, formats.pdf_pages (PNG), picture_facts, tiff_tags, geotiff. Used by: formats (registry).
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from probanda.reading.formats import (
    CannotRead,
    Extracted,
    Format,
    Frame,
    Pixels,
    Recognised,
    Recognising,
    geotiff,
)
from probanda.reading.formats.pdf_pages import LARGEST_SIDE, as_png
from probanda.reading.formats.picture_facts import SHAPE, facts_of, shape_of
from probanda.reading.formats.tiff_tags import SIGNS, directory
from probanda.reading.recognised import machine_of, piece_of, remarks_on, together

MOST_PIXELS = 40_000_000
"""Pixels up to which a picture is unpacked to be drawn: 160 MB at four bytes each."""

_SHAPED = 64
"""Pixels a side from which its shape is told; a JPEG is unpacked no finer."""
STILL = 640
"""Pixels a side of a key frame."""
MOST_PAGES = 5000
"""Pages of one TIFF that are looked at."""

_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "image/png"),
    (b"\xff\xd8\xff", "JPEG", "image/jpeg"),
    (b"GIF87a", "GIF", "image/gif"),
    (b"GIF89a", "GIF", "image/gif"),
    *((sign, "TIFF", "image/tiff") for sign in SIGNS),
)
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""Lengths that the second header of a BMP can have; its signature of two letters alone would take in words."""
_FIX = (
    "It is kept and registered. Listed for OCR: `probanda ocr` recognises its words where Tesseract is installed. Or "
    "add a transcript of it, or a description of what it shows, as plain text."
)
_NO_WORDS = "It is kept and registered. Add a transcript of it, or a description of what it shows, as plain text."


def recognise(head: bytes, _name: str) -> bool:
    """True for the first bytes of a PNG, JPEG, GIF, TIFF, BMP or WebP picture."""
    return _kind(head) is not None


def extract(data: bytes) -> Extracted:
    """Raises CannotRead with the size of the picture: it has no words that could be read."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """Raises CannotRead with the size of the picture in this open file: it has no words that could be read."""
    kind = _kind_of(file)
    size = _size(file, kind)
    if size is None:
        raise CannotRead(
            f"It is a {kind} picture that is broken: its size cannot be read.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        )
    said = f"It is a {kind} picture of {size[0]:,} x {size[1]:,} pixels; it has no words to read."
    raise CannotRead(said, _FIX, facts(file, kind, size))


def facts(file: BinaryIO, kind: str, size: tuple[int, int] | None) -> list[tuple[str, str]]:
    """What this picture states of itself, and its shape; of a broken one what can be had."""
    found = [("kind", f"{kind} picture")]
    if size is not None:
        found.append(("pixels", f"{size[0]} x {size[1]}"))
    found += geotiff.facts_of(file) if kind == "TIFF" else []
    with suppress(CannotRead), _opened(file) as picture:
        found += [fact for fact in facts_of(picture, file) if fact not in found]
    with suppress(CannotRead):
        shape = shape_of(_whole(file, 1, most=_SHAPED))
        if shape is not None:
            found.append((SHAPE, shape))
    return found


def draw(file: BinaryIO, frame: Frame) -> bytes:
    """The picture, or a piece of it (points are its pixels, turned as its camera says), as a PNG.

    Raises CannotRead where it is broken, has more than 40 million pixels, or for a page that it does not have.
    """
    most = LARGEST_SIDE if frame.piece or frame.marked else _side(frame)  # boxes are of the picture at its largest
    return _drawn(_whole(file, frame.page, "RGB" if frame.colour else "L", most), frame)


def still(file: BinaryIO) -> bytes:
    """The picture drawn anew as a JPEG of at most `STILL` pixels a side. Raises CannotRead as `draw` does."""
    whole = _whole(file, 1, "RGB", STILL)
    whole.thumbnail((STILL, STILL))
    written = io.BytesIO()
    whole.save(written, "JPEG", quality=85)
    return written.getvalue()


def page_count(file: BinaryIO) -> int:
    """One, or as many as a TIFF holds. Raises CannotRead where it is broken."""
    with _opened(file) as picture:
        return min(_frames(picture), MOST_PAGES)


def wordless(file: BinaryIO) -> list[int]:
    """Its pages: one, or as many as a TIFF holds. Raises CannotRead where it is broken or too large."""
    with _opened(file) as picture:
        return list(range(1, min(_frames(picture), MOST_PAGES) + 1))


def pixels(file: BinaryIO, page: int) -> Pixels:
    """A page as a grey picture; its points are its pixels. Raises CannotRead as `draw` does."""
    return Pixels(_whole(file, page))


def extract_recognised(file: BinaryIO, recognised: Recognised) -> Extracted:
    """The words recognised on it. Raises CannotRead where none were found."""
    kind = _kind_of(file)
    whole = together(piece_of(page) for _, page in sorted(recognised.pages.items()))
    if not whole.words:
        raise CannotRead(f"It is a {kind} picture; text recognition found no words on it.", _NO_WORDS,
                         facts(file, kind, _size(file, kind)))  # fmt: skip
    return Extracted(
        words=whole.words,
        runs=(),
        encoding="picture",
        encoding_reason="letters as they were recognised",
        media_type=f"image/{kind.lower()}",
        located=whole.located,
        remarks=tuple(remarks_on(recognised.pages)),
        facts=tuple(facts(file, kind, _size(file, kind))),
        machine=machine_of(recognised.maker),
    )


def _whole(file: BinaryIO, page: int, mode: str = "L", most: int = LARGEST_SIDE) -> Any:
    """A page of the picture, grey unless `mode` is RGB, turned as its camera says; `most` pixels a side will do."""
    from PIL import Image, ImageOps

    with _opened(file) as picture:
        if not 1 <= page <= _frames(picture):
            raise CannotRead(f"A picture has one page; there is no page {page:,}.", "Name page 1.")
        if page > 1:
            picture.seek(page - 1)
        _refuse_large(picture.size)
        picture.draft(mode, (most, most))
        return _on_white(ImageOps.exif_transpose(picture), Image, mode)


def _frames(picture: Any) -> int:
    """Pages: pictures of a TIFF are pages of a scan; those of a GIF are not."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def _refuse_large(size: tuple[int, int] | None) -> None:
    if size is not None and size[0] * size[1] > MOST_PIXELS:
        raise CannotRead(
            f"The picture has {size[0]:,} x {size[1]:,} pixels; up to {MOST_PIXELS // 1_000_000} million are drawn.",
            "Open the original with a picture program, away from the network.",
        )


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Any]:
    """The picture (Pillow), not yet unpacked. Whatever the decoders raise, here or inside, comes out as CannotRead."""
    from PIL import Image

    kind = _kind_of(file)
    _refuse_large(_size(file, kind))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on broken marks; what matters is whether it can be drawn
            with Image.open(file, formats=[kind]) as picture:
                yield picture
    except (CannotRead, MemoryError):
        raise
    except Exception as fault:  # the decoders raise many kinds of errors for broken bytes
        raise CannotRead(
            f"The {kind} picture is broken and cannot be drawn.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        ) from fault


def _side(frame: Frame) -> int:
    return min(max(frame.side, 16), LARGEST_SIDE)


def _drawn(drawn: Any, frame: Frame) -> bytes:
    left, top, right, bottom = frame.piece or (0, 0, *drawn.size)
    left, top = max(0, min(left, drawn.width - 1)), max(0, min(top, drawn.height - 1))
    right, bottom = max(left + 1, min(right, drawn.width)), max(top + 1, min(bottom, drawn.height))
    piece = drawn.crop((left, top, right, bottom))
    scale = min(1.0, _side(frame) / max(piece.size))
    if scale < 1:
        piece = piece.resize((max(1, int(piece.width * scale)), max(1, int(piece.height * scale))))
    marked = [tuple((v - o) * scale for v, o in zip(box, (left, top) * 2, strict=True)) for box in frame.marked]
    return as_png(piece, marked)


def _on_white(picture: Any, image: Any, mode: str) -> Any:
    """With white where the picture is transparent: black words on nothing would else be drawn black on black."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert(mode)
    layered = picture.convert("RGBA")
    white = image.new("RGBA", layered.size, (255, 255, 255, 255))
    return image.alpha_composite(white, layered).convert(mode)


# Headers -----------------------------------------------------------------------------------------


def _kind(head: bytes) -> str | None:
    for signature, kind, _ in _KINDS:
        if head.startswith(signature):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith(b"BM") and len(head) >= 26 and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        return "BMP"
    return None


def _kind_of(file: BinaryIO) -> str:
    file.seek(0)
    kind = _kind(file.read(64))
    if kind is None:
        raise CannotRead("It is not a picture of a known kind.", "It is kept and registered. Say what it is.")
    return kind


def _size(file: BinaryIO, kind: str) -> tuple[int, int] | None:
    """Width and height in pixels as the header gives them, or None where it is broken. Nothing is unpacked."""
    file.seek(0)
    head = file.read(64)
    try:
        if kind == "PNG":
            size = struct.unpack(">II", head[16:24])
        elif kind == "GIF":
            size = struct.unpack("<HH", head[6:10])
        elif kind == "BMP":
            size = struct.unpack("<HH", head[18:22]) if head[14] == 12 else struct.unpack("<ii", head[18:26])
        elif kind == "WEBP":
            size = _webp_size(head)
        elif kind == "JPEG":
            size = _jpeg_size(file)
        else:
            size = _tiff_size(file)
    except (struct.error, IndexError, KeyError, TypeError, ValueError, OSError):
        return None
    width, height = size[0], abs(size[1])
    return (width, height) if width > 0 and height > 0 else None


def _webp_size(head: bytes) -> tuple[int, int]:
    chunk = head[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


_MOST_SEGMENTS = 2000
_NO_FRAME = (0xC4, 0xC8, 0xCC)


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    """From the first frame header (SOF), segment by segment."""
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        sign, code = file.read(1)[0], file.read(1)[0]
        while code == 0xFF:
            code = file.read(1)[0]
        if sign != 0xFF:
            raise KeyError(sign)
        if code == 0x01 or 0xD0 <= code <= 0xD8:
            continue
        length = int.from_bytes(file.read(2), "big")
        if 0xC0 <= code <= 0xCF and code not in _NO_FRAME:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        if length < 2:
            raise KeyError(length)
        file.seek(length - 2, 1)
    raise KeyError("no frame")


def _tiff_size(file: BinaryIO) -> tuple[int, int]:
    """From the tags 256 and 257 of the first directory."""
    tags = directory(file)
    return int(tags[256][0]), int(tags[257][0])


FORMAT = Format(
    name="picture",
    media_types=("image/png", "image/jpeg", "image/gif", "image/tiff", "image/bmp", "image/webp"),
    suffixes=(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"),
    recognised_by="the first bytes of PNG, JPEG, GIF, TIFF, BMP and WebP files",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
    pages=page_count,
    draw=draw,
    recognising=Recognising(wordless, pixels, extract_recognised),
)
