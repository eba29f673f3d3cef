"""Sound, video and pictures: what the file states of itself is kept; hostile headers end soon."""

from __future__ import annotations

import io
import struct

import pytest

from probanda.reading import timing
from probanda.reading.formats import CannotRead, recognise
from probanda.reading.formats.boxes import C2PA
from probanda.reading.formats.picture import extract as extract_picture
from tests.reading import making_media as media


def stated(data: bytes, name: str = "a.bin") -> tuple[str, dict[str, str]]:
    """Why it has no words, and what it states of itself."""
    form = recognise(data[:65_536], name, io.BytesIO(data))
    assert form.name == "sound or video"
    with pytest.raises(CannotRead) as caught:
        form.extract(data)
    return caught.value.reason, dict(caught.value.facts)


def test_a_video_states_length_time_place_and_device() -> None:
    reason, facts = stated(media.an_mp4(box_of_manifest()))
    assert reason == "It is an MP4 video of 00:01:40; it has no words to read."
    assert facts["made"] == "2031-05-28T14:10:00Z" and facts["length"] == "00:01:40.000"
    assert facts["position"] == "+34.81+021.40/" and facts["camera make"] == "Tern"
    assert facts["track 1"] == "picture, avc1, 320 x 240" and facts["to be turned by"] == "90 degrees"
    assert "not checked" in facts["C2PA manifest"]


def box_of_manifest() -> bytes:
    return media.box(b"uuid", C2PA, bytes(8))


@pytest.mark.parametrize(
    ("data", "kind", "length"),
    [
        (media.a_webm(), "Matroska or WebM video", "00:00:12.500"),
        (media.a_wav(), "WAV recording", "00:00:02.000"),
        (b"OggS" + bytes(40), "Ogg recording", None),
        (b"\xff\xfb\x90\x00" + bytes(413) + b"\xff\xfb\x90\x00", "MP3 recording", None),
        (media.box(b"ftyp", b"heic"), "HEIF picture", None),
    ],
)
def test_other_kinds_are_known_by_their_bytes(data: bytes, kind: str, length: str | None) -> None:
    _, facts = stated(data, "statement.txt")
    assert facts["kind"] == kind and facts.get("length") == length


def test_a_clock_that_was_never_set_states_nothing() -> None:
    assert "made" not in stated(media.an_mp4(made=0))[1]


@pytest.mark.parametrize(
    "data",
    [
        media.an_mp4()[:150],
        b"\x00\x00\x00\x10ftypisom" + bytes(4) + struct.pack(">I4sQ", 1, b"moov", 1 << 63),
        media.box(b"ftyp", b"isom") + b"\x00\x00\x00\x08moov" * 30_000,
        media.box(b"ftyp", b"isom") + media.box(b"moov", *[b""]) * 3 + b"\x00\x00\x00\x00trak",
        b"\x1aE\xdf\xa3\x01" + b"\xff" * 40,
        b"RIFF\xff\xff\xff\xffWAVEfmt \x04\x00\x00\x00\x01\x00\x01\x00",
        b"ID3\x04\x00\x00\x7f\x7f\x7f\x7fTIT2\x7f\x7f\x7f\x7f\x00\x00\x09",
    ],
)
def test_broken_and_hostile_headers_are_said_to_be_broken(data: bytes) -> None:
    reason, facts = stated(data)
    assert "no words to read" in reason and facts["kind"]


def deep() -> bytes:
    data = b""
    for _ in range(2000):
        data = media.box(b"udta", data)
    return media.box(b"ftyp", b"isom") + media.box(b"moov", data)


def test_boxes_within_boxes_end_at_a_depth() -> None:
    assert stated(deep())[1]["kind"] == "MP4 video"


def test_words_are_no_recording() -> None:
    for words in ("ID3 cards were taken from nine men.", "GGGG " * 200, "RIFFraff of the port", "fLa C\n"):
        assert recognise(words.encode(), "a.mp3").name == "plain text"
    assert recognise("\ufeffSoldiers came.".encode("utf-16-le"), "a.txt").name == "plain text"


# Pictures -----------------------------------------------------------------------------------------


def scene(side: int = 400, *, turned: bool = False, light: int = 0, quality: int = 90, exif: bool = False) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (400, 300), (90 + light, 120 + light, 160 + light))
    draw = ImageDraw.Draw(image)
    for n in range(9):
        x, y = (n * 83) % 350, (n * 131) % 260
        shade = 20 + 23 * n + light
        draw.ellipse((x, y, x + 60 + 9 * n, y + 40 + 7 * n), fill=(shade, 220 - shade // 2, shade))
    image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if turned else image
    marks = Image.Exif()
    if exif:
        marks[0x010F], marks[0x0110] = "Tern", "T9"
        marks.get_ifd(0x8769).update({0x9003: "2031:06:09 04:00:00", 0x9011: "+02:00", 0xA431: "SN 123"})
        marks.get_ifd(0x8825).update({1: "S", 2: (34.0, 48.0, 36.0), 3: "E", 4: (21.0, 24.0, 0.0)})
    out = io.BytesIO()
    image.resize((side, side * 3 // 4)).save(out, "JPEG", quality=quality, exif=marks)
    return out.getvalue()


def of_picture(data: bytes) -> dict[str, str]:
    with pytest.raises(CannotRead) as caught:
        extract_picture(data)
    return dict(caught.value.facts)


def test_a_picture_states_camera_time_and_place() -> None:
    facts = of_picture(scene(exif=True))
    assert (facts["camera make"], facts["camera model"], facts["serial number of the camera"]) == (
        "Tern",
        "T9",
        "SN 123",
    )
    assert facts["taken"] == "2031-06-09T04:00:00+02:00" and facts["position"] == "-34.810000, 21.400000"
    assert "C2PA manifest" not in facts
    manifest = b"\xff\xeb" + struct.pack(">H", 40) + b"JP\x00\x01jumb....c2pa".ljust(38, b"\0")
    assert "proves nothing" in of_picture(scene()[:2] + manifest + scene()[2:])["C2PA manifest"]


def test_smaller_lighter_and_coarser_copies_have_nearly_the_same_shape_and_other_pictures_have_not() -> None:
    whole = of_picture(scene())["shape"]

    def apart(data: bytes) -> int:
        return (int(whole, 16) ^ int(of_picture(data)["shape"], 16)).bit_count()

    assert all(apart(copy) <= 7 for copy in (scene(200), scene(light=15), scene(quality=25)))
    assert apart(scene(turned=True)) > 20


def test_marks_that_are_broken_leave_the_picture_as_it_is() -> None:
    data = scene(exif=True)
    at = data.index(b"Exif")
    harmed = data[: at + 14] + b"\xff" * 60 + data[at + 74 :]
    assert of_picture(harmed)["pixels"] == "400 x 300"


def test_parts_of_a_recording_are_told_in_one_way() -> None:
    assert timing.parted("1:20-1:24.5") == (80_000, 84_500) and timing.parted("00:01:20") == (80_000, 80_000)
    assert timing.part(80_000, 84_500) == "00:01:20.000-00:01:24.500"
    assert timing.short("00:01:20.000-00:01:24.500") == ("00:01:20", "00:01:24.500")
    for wrong in ("1:24-1:20", "99", "0:61", "now", "1:20-", "-1", "1:2:3:4"):
        assert timing.parted(wrong) is None or wrong == "99"
