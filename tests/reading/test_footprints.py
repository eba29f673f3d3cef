"""Where satellites' pictures lie and when they were taken: by their tags, by notes beside them; never guessed."""

from __future__ import annotations

import io
import json
import struct

import pytest

from probanda.reading.beside import STAC, notes_of
from probanda.reading.footprints import FOOTPRINT, corners_of, hull, moment_of, told
from probanda.reading.formats import CannotRead
from probanda.reading.formats.geotiff import facts_of, from_utm
from probanda.reading.formats.picture import extract
from tests.reading.making_media import UTM_34N, a_geotiff, a_stac_item

DEGREES = (1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326)


def facts(data: bytes) -> dict[str, str]:
    return dict(facts_of(io.BytesIO(data)))


def box(words: str) -> tuple[float, ...]:
    """South, west, north, east of a footprint, to a hundred-thousandth of a degree."""
    corners = corners_of(words)
    ends = (f(c[i] for c in corners) for f, i in ((min, 0), (min, 1), (max, 0), (max, 1)))
    return tuple(round(one, 5) for one in ends)


def test_points_of_utm_become_degrees() -> None:
    lat, lon = from_utm(630_084, 4_833_438, 17, south=False) or (0, 0)  # as printed for a well-known tower
    assert (lat, lon) == pytest.approx((43 + 38 / 60 + 33.24 / 3600, -(79 + 23 / 60 + 13.7 / 3600)), abs=1e-5)
    # Lengths of the meridian of WGS 84 to 45 and 90 degrees.
    assert from_utm(500_000, 4_984_944.378 * 0.9996, 31, south=False) == pytest.approx((45, 3), abs=1e-8)
    assert from_utm(500_000, 10_000_000 - 4_984_944.378 * 0.9996, 31, south=True) == pytest.approx((-45, 3), abs=1e-8)
    assert from_utm(9e9, 0, 31, south=False) is None and from_utm(float("nan"), 0, 31, south=True) is None


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (a_geotiff(DEGREES, pixel=0.01, east=21.0, north=34.5), (33.7, 21.0, 34.5, 22.0)),
        (a_geotiff(DEGREES, scale=(0.01, 0.01, 0.0), tie=(50.0, 40.0, 0.0, 21.0, 34.5, 0.0)),
         (34.1, 20.5, 34.9, 21.5)),
        (a_geotiff((*DEGREES[:11], 2, *DEGREES[12:]), pixel=0.02, east=21.0, north=34.5), (32.91, 20.99, 34.51, 22.99)),
        (a_geotiff(DEGREES, matrix=(0.0, 0.01, 0, 21.0, 0.01, 0.0, 0, 34.0, 0, 0, 0, 0, 0, 0, 0, 1)),
         (34.0, 21.0, 35.0, 21.8)),
        (a_geotiff((*UTM_34N[:-1], 3857), pixel=1000.0, east=2_226_389.815865, north=0.0),
         (-0.71863, 20.0, 0.0, 20.89832)),
        (a_geotiff(), (34.33409, 21.0, 34.3413, 21.01087)),
        (a_geotiff(big=True), (34.33409, 21.0, 34.3413, 21.01087)),
    ],
    ids=["degrees", "tie point inside", "middle of a pixel", "turned", "Web Mercator", "UTM", "BigTIFF"],
)  # fmt: skip
def test_the_corners_of_a_geotiff_are_a_footprint(data: bytes, where: tuple[float, ...]) -> None:
    found = facts(data)
    assert box(found[FOOTPRINT]) == where and found["made"] == "2031-06-09T10:20:30 (no zone stated)"


def test_other_coordinate_systems_are_named_and_not_converted() -> None:
    found = facts(a_geotiff((*UTM_34N[:-1], 2154)))
    assert found["coordinate system"] == "EPSG:2154" and FOOTPRINT not in found
    assert found[f"{FOOTPRINT} not converted"].startswith("3800000.000, 500000.000; ")
    feet = (1, 1, 0, 4, *UTM_34N[4:], 3076, 0, 1, 9002)
    assert FOOTPRINT not in facts(a_geotiff(feet))
    warped = a_geotiff(scale=(1.0, 1.0, 0.0), tie=(0.0,) * 12)
    assert f"{FOOTPRINT} not known" in facts(warped)


def test_a_picture_too_large_to_be_drawn_states_its_place_all_the_same() -> None:
    data = a_geotiff()
    large = data.replace(struct.pack("<HHII", 256, 4, 1, 100), struct.pack("<HHII", 256, 4, 1, 60_000))
    large = large.replace(struct.pack("<HHII", 257, 4, 1, 80), struct.pack("<HHII", 257, 4, 1, 60_000))
    with pytest.raises(CannotRead) as caught:
        extract(large)
    assert FOOTPRINT in dict(caught.value.facts) and "60,000 x 60,000" in caught.value.reason


def test_gdals_own_time_of_a_satellite_is_when_it_was_taken() -> None:
    said = (
        b'<GDALMetadata><Item name="ACQUISITIONDATETIME" domain="IMAGERY">2031-06-08 01:02:03</Item></GDALMetadata>\0'
    )
    data = a_geotiff()
    order, start = "<", int.from_bytes(data[4:8], "little")
    (count,) = struct.unpack_from(order + "H", data, start)
    body = data[start + 2 : start + 2 + 12 * count]
    at = len(data)
    entries = body + struct.pack("<HHII", 42112, 2, len(said), at)
    whole = data + said + struct.pack("<H", count + 1) + entries + bytes(4)
    whole = whole[:4] + struct.pack("<I", at + len(said)) + whole[8:]
    assert facts(whole)["taken"] == "2031-06-08T01:02:03Z"


@pytest.mark.parametrize("length", [0, 3, 8, 9, 40, 200, 330])
def test_broken_tags_are_no_facts_and_no_error(length: int) -> None:
    whole = a_geotiff()
    place = int.from_bytes(whole[4:8], "little")
    facts(whole[: place + length])
    facts(whole[:8] + b"\xff" * 400)
    facts(a_geotiff(DEGREES, scale=(float("nan"), 1e308, 0.0), tie=(1e308, 0, 0, 1e308, float("inf"), 0.0)))


def test_a_stac_item_speaks_of_its_files_with_place_and_time() -> None:
    notes = list(notes_of(a_stac_item("b04.tif", "visual.tif")))
    assert [(one.kind, one.files) for one in notes] == [(STAC, ("b04.tif",)), (STAC, ("visual.tif",)), (STAC, ())]
    said = dict(notes[1].facts)
    assert (said["datetime"], said["asset"], said["platform"]) == ("2031-06-20T10:20:31Z", "visual", "marsat-1")
    assert box(said[FOOTPRINT]) == (34.3, 21.0, 34.31, 21.01)


def test_a_digest_in_a_stac_item_is_that_of_the_file() -> None:
    whole = json.loads(a_stac_item("b04.tif"))
    whole["assets"]["b04"]["file:checksum"] = "1220" + "AB" * 32
    first, _ = notes_of(json.dumps(whole).encode())
    assert first.digests == ("ab" * 32,)


@pytest.mark.parametrize(
    "geometry", [None, 3, {"coordinates": [[["x", None], [1e999, 2]]]}, {"coordinates": [[[[]]]]}, {"type": []}]
)
def test_a_stac_item_without_a_sound_place_has_its_box_or_none(geometry: object) -> None:
    whole = json.loads(a_stac_item()) | {"geometry": geometry}
    (note,) = notes_of(json.dumps(whole).encode())
    assert FOOTPRINT not in dict(note.facts)
    (note,) = notes_of(json.dumps(whole | {"bbox": [21, 34, 0, 22, 35, 9]}).encode())
    assert box(dict(note.facts)[FOOTPRINT]) == (34, 21, 35, 22)


def test_what_lies_across_180_degrees_stays_small() -> None:
    halves = [(10.0, 179.0), (11.0, 180.0), (10.0, 180.0), (10.0, -180.0), (11.0, -180.0), (10.5, -179.0)]
    assert box(told(hull(halves))) == (10, 179, 11, 181)


def test_round_footprints_are_told_by_their_box() -> None:
    import math

    circle = [(math.sin(n), math.cos(n)) for n in range(500)]
    assert len(hull(circle)) == 4


@pytest.mark.parametrize(
    ("first", "then", "before"),
    [
        ("2031-06-09T10:00:00Z", "2031-06-09T12:30:00+02:00", True),
        ("2031-06-09T10:00:00Z", "2031-06-09T12:00:00+02:00", False),
        ("2031-06-09", "2031-06-09T12:00:00Z", False), ("2031-06-09", "2031-06-10T00:00:01", True),
        ("2031-06-09T10:00:00 (no zone stated)", "2031-06-09T20:00:00Z", False),
        ("2031-06-09T10:00:00", "2031-06-10T00:00:01Z", True), ("2031-06-09T10:00", "2031-06-09T10:01:00", True),
    ],
)  # fmt: skip
def test_one_time_is_before_another_only_where_that_is_sure(first: str, then: str, before: bool) -> None:
    one, other = moment_of(first), moment_of(then)
    assert one is not None and other is not None
    assert one.before(other) is before and not other.before(one)


def test_what_is_no_time_is_none() -> None:
    assert all(
        moment_of(words) is None for words in ("", "yesterday", "2031-13-01", "2031", "9999-12-31T23:59:59-14:00")
    )
    assert moment_of("2031-06-02", "2031-06-01") is None
    whole = moment_of("2031-06-01T00:00:00Z", "2031-06-30T00:00:00Z")
    inside = moment_of("2031-06-15T00:00:00Z")
    assert whole and inside and not whole.before(inside) and not inside.before(whole)
