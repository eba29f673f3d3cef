"""Regions are measured in the picture as people see it."""

from __future__ import annotations

import io

from PIL import Image

from probanda.casework.observing import seen_size
from probanda.store.model import ItemRow
from tests.reading import making_media as media
from tests.reading.test_sound_video import of_picture, stated


def row(facts: dict[str, str]) -> ItemRow:
    return ItemRow(
        digest="0", size=1, media_type="image/jpeg", number="A-1", names=(), label="internal", compartment="open",
        acquisitions=1, facts=tuple(facts.items()),
    )  # fmt: skip


def test_what_a_camera_says_is_to_be_turned_is_measured_turned() -> None:
    out, marks = io.BytesIO(), Image.Exif()
    marks[0x0112] = 6
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=marks)
    facts = of_picture(out.getvalue())
    assert (facts["pixels"], facts["to be turned by"]) == ("40 x 30", "90 degrees")
    assert seen_size(row(facts)) == (30, 40)
    assert seen_size(row(stated(media.an_mp4())[1])) == (240, 320)  # a track of 320 x 240, turned likewise
    assert seen_size(row(stated(media.a_wav())[1])) is None
