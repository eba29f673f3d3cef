"""Where a satellite's or an aircraft's picture lies on the earth, and when it was taken, by the tags of a GeoTIFF.

Corners are counted from what the tags say of pixels (OGC 19-008r4, GeoTIFF 1.1, clauses 7 and 8): a scale and a tie
point, or a matrix. They become degrees for WGS 84 (and for ETRS89 and NAD83, which lie within two metres of it), for
its UTM zones and for Web Mercator. Any other coordinate system is named, and its corners are not converted.

All of it is stated by whoever made the file. Start with `facts_of`. Looks down to: tiff_tags, footprints. Used by:
picture.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from probanda.reading.footprints import FOOTPRINT, MADE, NO_ZONE, TAKEN, Corner, hull, told
from probanda.reading.formats.tiff_tags import Tags, directory

Fact = tuple[str, str]
_WIDTH, _HEIGHT, _DATETIME = 256, 257, 306
_SCALE, _TIES, _MATRIX, _KEYS, _METADATA = 33550, 33922, 34264, 34735, 42112
_MODEL, _RASTER, _GEOGRAPHIC, _ANGLE, _PROJECTED, _LENGTH = 1024, 1025, 2048, 2054, 3072, 3076
_DEGREE, _METRE, _POINT = 9102, 9001, 2
_DEGREES = {4326: "WGS 84", 4258: "ETRS89", 4269: "NAD83"}
_MERCATOR = 3857
_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)", re.ASCII)
_ITEM = re.compile(r'<Item\s+name="(\w{1,40})"[^>]{0,200}?domain="IMAGERY"[^>]{0,200}>([^<]{1,200})</Item>', re.ASCII)
"""What GDAL writes of a satellite's picture into its own tag, in the domain that it has for that."""
_IMAGERY = {"SATELLITEID": "satellite", "CLOUDCOVER": "cloud cover"}

# WGS 84 and the numbers of UTM.
_A, _F, _K0 = 6_378_137.0, 1 / 298.257223563, 0.9996
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (_N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96, _N**2 / 48 + _N**3 / 15, 17 * _N**3 / 480)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)


def facts_of(file: BinaryIO) -> list[Fact]:
    """What the tags of an open TIFF state of place and time; empty for one that is no GeoTIFF, or is broken."""
    try:
        tags = directory(file)
    except (struct.error, OSError, ValueError):
        return []
    if _KEYS not in tags:
        return []
    found = [*_placed(tags), *_times(tags)]
    return [(name, words[:1000]) for name, words in found]


def _placed(tags: Tags) -> Iterator[Fact]:
    keys = _keys(tags)
    name, convert = _system(keys)
    if name:
        yield "coordinate system", name
    corners = _corners(tags, keys)
    if not corners:
        yield f"{FOOTPRINT} not known", "no scale and tie point, and no matrix, says where its pixels lie"
    elif convert is None:
        yield f"{FOOTPRINT} not converted", "; ".join(f"{y:.3f}, {x:.3f}" for x, y in corners)
    else:
        around = hull(place for x, y in corners if (place := convert(x, y)) is not None)
        yield (FOOTPRINT, told(around)) if around else (f"{FOOTPRINT} not known", "its corners are no places on earth")


def _times(tags: Tags) -> Iterator[Fact]:
    """When it was taken, by the entry that GDAL writes for that, in UTC; else when the file was made (TIFF 6.0)."""
    told_of = dict(_ITEM.findall(_text(tags.get(_METADATA))))
    taken = _TIME.search(told_of.get("ACQUISITIONDATETIME", ""))
    if taken is not None:
        yield TAKEN, "{}-{}-{}T{}Z".format(*taken.groups())
    yield from ((name, words.strip()) for key, name in _IMAGERY.items() if (words := told_of.get(key)))
    made = _TIME.fullmatch(_text(tags.get(_DATETIME)))
    if made is not None and made[1] != "0000":
        yield MADE, "{}-{}-{}T{}".format(*made.groups()) + NO_ZONE


def _text(value: Any) -> str:
    words = value.split(b"\0")[0].decode("utf-8", "replace") if isinstance(value, bytes) else ""
    return "".join(c if c.isprintable() else " " for c in words).strip()


# Coordinate systems -------------------------------------------------------------------------------


def _keys(tags: Tags) -> dict[int, int]:
    """The keys of the directory that hold a short number themselves."""
    listed = tags.get(_KEYS)
    if not isinstance(listed, tuple):
        return {}
    fours = (listed[n : n + 4] for n in range(4, len(listed) - 3, 4))
    return {key: value for key, place, count, value in fours if place == 0 and count == 1}


Convert = Callable[[float, float], Corner | None]


def _system(keys: dict[int, int]) -> tuple[str, Convert | None]:
    """Name of the coordinate system, and how its x and y become degrees; None where that is not known here."""
    projected, geographic = keys.get(_PROJECTED), keys.get(_GEOGRAPHIC)
    if keys.get(_MODEL) == 2 and geographic in _DEGREES:
        fits = keys.get(_ANGLE, _DEGREE) == _DEGREE
        return f"{_DEGREES[geographic]} (EPSG:{geographic})", _as_degrees if fits else None
    if keys.get(_MODEL) == 1 and projected is not None and keys.get(_LENGTH, _METRE) == _METRE:
        zone, south = projected % 100, projected // 100 == 327
        if projected // 100 in (326, 327) and 1 <= zone <= 60:
            name = f"WGS 84 / UTM zone {zone}{'S' if south else 'N'} (EPSG:{projected})"
            return name, lambda x, y: from_utm(x, y, zone, south=south)
        if projected == _MERCATOR:
            return f"Web Mercator (EPSG:{projected})", _from_mercator
    code = projected or geographic
    return f"EPSG:{code}" if code is not None and code < 32_767 else "one of its own", None


def _as_degrees(x: float, y: float) -> Corner | None:
    return (y, x) if abs(y) <= 90 and abs(x) <= 360 else None


def _from_mercator(x: float, y: float) -> Corner | None:
    if not (abs(x) <= 21_000_000 and abs(y) <= 40_000_000):
        return None
    return math.degrees(math.atan(math.sinh(y / _A))), math.degrees(x / _A)


def from_utm(east: float, north: float, zone: int, *, south: bool) -> Corner | None:
    """Latitude and longitude of a point of a UTM zone of WGS 84, to a millimetre (Krüger's series to the third order);
    None for one that lies far outside the zone."""
    if not (abs(east - 500_000) <= 1_500_000 and -1_000_000 <= north <= 11_000_000):
        return None
    up = (north - (10_000_000 if south else 0)) / (_K0 * _RADIUS)
    out = (east - 500_000) / (_K0 * _RADIUS)
    even = [(2 * j, factor) for j, factor in enumerate(_BETA, 1)]
    xi = up - sum(b * math.sin(j * up) * math.cosh(j * out) for j, b in even)
    eta = out - sum(b * math.cos(j * up) * math.sinh(j * out) for j, b in even)
    chi = math.asin(max(-1.0, min(1.0, math.sin(xi) / math.cosh(eta))))
    lat = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(_DELTA, 1))
    lon = math.atan2(math.sinh(eta), math.cos(xi))
    return math.degrees(lat), zone * 6 - 183 + math.degrees(lon)


# Corners ------------------------------------------------------------------------------------------


def _corners(tags: Tags, keys: dict[int, int]) -> list[tuple[float, float]]:
    """The four corners, x and y of its coordinate system; empty where the tags do not say."""
    size = (_first(tags, _WIDTH), _first(tags, _HEIGHT))
    if not all(size):
        return []
    half = 0.5 if keys.get(_RASTER) == _POINT else 0.0  # a tie point is the middle of a pixel, or its corner
    place = _by_matrix(tags) or _by_scale(tags)
    if place is None:
        return []
    a, b, c, d, e, f = place
    ends = [(i * size[0] - half, j * size[1] - half) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
    found = [(a * i + b * j + c, d * i + e * j + f) for i, j in ends]
    return found if all(math.isfinite(one) for corner in found for one in corner) else []


def _first(tags: Tags, tag: int) -> float:
    value = tags.get(tag)
    return float(value[0]) if isinstance(value, tuple) else 0.0


def _by_matrix(tags: Tags) -> tuple[float, ...] | None:
    m = tags.get(_MATRIX)
    return (m[0], m[1], m[3], m[4], m[5], m[7]) if isinstance(m, tuple) and len(m) == 16 else None


def _by_scale(tags: Tags) -> tuple[float, ...] | None:
    scale, tie = tags.get(_SCALE), tags.get(_TIES)
    if not (isinstance(scale, tuple) and isinstance(tie, tuple) and len(scale) >= 2 and len(tie) == 6):
        return None  # of several tie points without a matrix the picture is warped
    across, down = scale[0], scale[1]
    return (across, 0.0, tie[3] - tie[0] * across, 0.0, -down, tie[4] + tie[1] * down)
