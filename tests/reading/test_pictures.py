"""Pictures: known by their bytes, measured without unpacking, drawn within bounds, listed for text recognition."""

from __future__ import annotations

import io
import resource
import struct
import zlib

import pytest

from probanda.reading.formats import CannotRead, Frame
from probanda.reading.formats.picture import FORMAT, draw, extract, extract_file, recognise

KINDS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")


def picture(kind: str, size: tuple[int, int] = (124, 175), mode: str = "L") -> bytes:
    """A grey picture with a black square at its upper left."""
    from PIL import Image

    one = Image.new(mode, size, 200 if mode == "L" else (200, 200, 200))
    one.paste(0 if mode == "L" else (0, 0, 0), (0, 0, 20, 20))
    out = io.BytesIO()
    one.save(out, kind)
    return out.getvalue()


def bomb(width: int = 65_535, height: int = 65_535) -> bytes:
    """A PNG of a few bytes that claims to be so large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(1000))
    chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, body, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(kind: str) -> None:
    data = picture(kind)
    assert recognise(data[:65_536], "statement.txt")
    with pytest.raises(CannotRead) as caught:
        extract(data)
    assert caught.value.reason == f"It is a {kind} picture of 124 x 175 pixels; it has no words to read."
    assert "Listed for OCR" in caught.value.fix


@pytest.mark.parametrize(
    "words", [b"BMW drivers were stopped at the checkpoint.", b"MM* is no order", b"RIFF raff", b"II"]
)
def test_words_that_begin_like_a_picture_are_none(words: bytes) -> None:
    assert not recognise(words, "picture.bmp")


@pytest.mark.parametrize("progressive", [True, False])
def test_the_size_of_a_photograph_is_read_behind_its_marks(progressive: bool) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "x" * 30_000
    out = io.BytesIO()
    Image.new("RGB", (1240, 1754)).save(out, "JPEG", exif=exif, progressive=progressive)
    with pytest.raises(CannotRead, match="1,240 x 1,754 pixels"):
        extract(out.getvalue())


@pytest.mark.parametrize("lossless", [True, False])
def test_both_kinds_of_webp_are_measured(lossless: bool) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (321, 123), (1, 2, 3, 100)).save(out, "WEBP", lossless=lossless)
    with pytest.raises(CannotRead, match="321 x 123 pixels"):
        extract(out.getvalue())


def test_a_picture_of_65535_squared_costs_nothing_and_is_not_drawn() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CannotRead, match="65,535 x 65,535 pixels; it has no words"):
        extract_file(io.BytesIO(bomb()))
    with pytest.raises(CannotRead, match="up to 40 million are drawn"):
        draw(io.BytesIO(bomb()), Frame(1))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [12, 18, 30])
def test_a_picture_cut_short_is_named_and_never_fails_otherwise(kind: str, length: int) -> None:
    data = picture(kind)[:length]
    if recognise(data, ""):
        for reading in (lambda: extract(data), lambda: draw(io.BytesIO(data), Frame(1))):
            with pytest.raises(CannotRead):
                reading()


def test_a_tiff_that_counts_its_tags_beyond_its_end_is_broken() -> None:
    with pytest.raises(CannotRead, match="broken"):
        extract(b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(24))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_picture_is_drawn_grey_with_marks_and_the_same_each_time(kind: str, mode: str) -> None:
    from PIL import Image

    data = picture(kind, mode=mode)
    drawn = draw(io.BytesIO(data), Frame(1))
    assert drawn == draw(io.BytesIO(data), Frame(1))
    with Image.open(io.BytesIO(drawn)) as one:
        assert one.format == "PNG" and one.mode == "L" and one.size == (124, 175)
        dark, light = one.getpixel((5, 5)), one.getpixel((100, 100))
    assert isinstance(dark, int) and isinstance(light, int) and dark < 60 and light > 150
    with Image.open(io.BytesIO(draw(io.BytesIO(data), Frame(1, (10, 0, 60, 50), ((30, 30, 40, 40),))))) as piece:
        assert piece.size == (50, 50)
        red, _, blue = piece.getpixel((25, 35))
    assert blue < red


def test_ink_on_a_transparent_ground_is_drawn_on_white() -> None:
    from PIL import Image

    one = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    one.paste((0, 0, 0, 255), (0, 0, 10, 10))
    out = io.BytesIO()
    one.save(out, "PNG")
    with Image.open(io.BytesIO(draw(io.BytesIO(out.getvalue()), Frame(1)))) as drawn:
        assert (drawn.getpixel((5, 5)), drawn.getpixel((40, 40))) == (0, 255)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("L", (100, 40), 128).save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(draw(io.BytesIO(out.getvalue()), Frame(1)))) as drawn:
        assert drawn.size == (40, 100)


def test_a_large_picture_is_drawn_smaller() -> None:
    from PIL import Image

    with Image.open(io.BytesIO(draw(io.BytesIO(picture("PNG", (9000, 300))), Frame(1)))) as drawn:
        assert drawn.size == (4000, 133)


def test_a_picture_has_one_page() -> None:
    with pytest.raises(CannotRead):
        draw(io.BytesIO(picture("PNG")), Frame(2))


def test_the_manifest_names_every_kind() -> None:
    assert len(FORMAT.media_types) == len(KINDS)
    assert FORMAT.extract_file is extract_file
