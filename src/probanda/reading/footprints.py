"""Where a picture lies on the earth, and when it was taken, as facts in words: written by readers, read by whoever
compares.

A footprint is a list of corners, `latitude, longitude; latitude, longitude; ...`, in degrees of WGS 84. Only its convex
hull is kept: it has few corners, and that is enough to tell which pictures show one place. A moment is what a file or a
note beside it states, between two ends where it states no more.

Start with `told` and `corners_of`, `Moment` and `moment_of`. Looks down to: nothing. Used by: formats.geotiff, beside,
incidents.before_after.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Corner = tuple[float, float]
"""Latitude and longitude in degrees. A footprint that lies across 180 degrees goes on beyond them."""

FOOTPRINT = "footprint"
TAKEN, MADE = "taken", "made"
"""Names of facts. `made` is the time at which a file was written or processed, where it states no other."""
TIMES = DATETIME, STARTS, ENDS = "datetime", "start_datetime", "end_datetime"
"""Names by which STAC gives the time of a picture, or both ends of it where it was put together from several."""
MOST_CORNERS = 32
NO_ZONE = " (no zone stated)"
ZONES_APART = timedelta(hours=14)
"""A clock whose zone is not stated may be so far from UTC."""
_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,12})?)?\s?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII | re.I
)


def hull(points: Iterable[Corner]) -> tuple[Corner, ...]:
    """The convex hull, counter-clockwise in longitude and latitude (Andrew's monotone chain); its box where it has more
    than `MOST_CORNERS` corners. Empty for what has no extent.

    What spans more than half the earth is taken to lie across 180 degrees, as GeoJSON cuts it there (RFC 7946, 3.1.9).
    """
    flat = sorted({(lon, lat) for lat, lon in points if -90 <= lat <= 90 and -360 <= lon <= 360})
    if flat and flat[-1][0] - flat[0][0] > 180:
        flat = sorted({(lon + 360 if lon < 0 else lon, lat) for lon, lat in flat})
    if len(flat) < 3 or flat[-1][0] - flat[0][0] > 180:
        return ()
    around = _half(flat)[:-1] + _half(flat[::-1])[:-1]
    if len(around) > MOST_CORNERS:
        south, north = min(lat for _, lat in around), max(lat for _, lat in around)
        west, east = flat[0][0], flat[-1][0]
        around = [(west, south), (east, south), (east, north), (west, north)]
    return tuple((lat, lon) for lon, lat in around) if len(around) >= 3 else ()


def _half(points: Sequence[Corner]) -> list[Corner]:
    found: list[Corner] = []
    for x, y in points:
        while len(found) >= 2 and _turn(found[-2], found[-1], (x, y)) <= 0:
            found.pop()
        found.append((x, y))
    return found


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def told(corners: Iterable[Corner]) -> str:
    """A footprint in words, to a tenth of a metre; empty for none."""
    return "; ".join(f"{lat:.6f}, {lon:.6f}" for lat, lon in corners)


def corners_of(words: str) -> tuple[Corner, ...]:
    """A footprint from its words; empty for anything else."""
    found = []
    for part in words.split(";")[: MOST_CORNERS + 1]:
        try:
            lat, lon = (float(one) for one in part.split(","))
        except ValueError:
            return ()
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return ()
        found.append((lat, lon))
    return hull(found)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stated time: its words, the two ends of it, and whether its distance from UTC is stated."""

    words: str
    start: datetime
    """In UTC, or by a clock of which nobody knows the zone."""
    end: datetime
    zoned: bool

    def before(self, other: Moment) -> bool:
        """True where this one surely ended before the other began; clocks without a zone are trusted to 14 hours."""
        doubt = ZONES_APART if self.zoned != other.zoned else timedelta(0)
        return self.end + doubt < other.start


def moment_of(words: str, until: str = "") -> Moment | None:
    """A stated day or time as ISO 8601 has it; `until`: its other end, where one is stated. None for anything else."""
    first, last = _ends(words), _ends(until or words)
    if first is None or last is None or last[1] < first[0]:
        return None
    said = f"{words} to {until}" if until and until != words else words
    return Moment(said, first[0], last[1], first[2] and last[2])


def _ends(words: str) -> tuple[datetime, datetime, bool] | None:
    """The first and last second of what is stated, and whether in UTC."""
    found = _TIME.fullmatch(words.removesuffix(NO_ZONE).strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(one or 0) for one in found.groups()[:6])
    try:
        start = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) - _offset(found[7])
        last = 86_399 if found[4] is None else 59 if found[6] is None else 0
        return start, start + timedelta(seconds=last), found[7] is not None
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone in "Zz":
        return timedelta(0)
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)
