"""Pictures of one place from different times, in pairs to compare: before and after. That they differ is not told here.

Two pictures are a pair where their footprints overlap by at least half of the smaller one and one was surely taken
before the other, as files or notes beside them state. A footprint lies in the few cells of a grid that is as coarse as
it is large, and is compared with those that share a cell, of its own grid or of a coarser one.

Start with `pairs`. Looks down to: reading.footprints. Used by: casework.pairing.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from probanda.reading.footprints import Corner, Moment

LEAST_SHARE = 0.5
"""Of the smaller footprint that must lie within the other."""
MOST_PAIRS = 12
"""Later pictures that one is paired with, next in time first: a place that is filmed daily would fill the list."""
MOST_TRIED = 200
"""Pictures of the same cells with which one is compared, those next in time first."""
_FINEST, _COARSEST = -14, 8
"""Cells of 2 ** -14 degrees (seven metres) to 256 degrees."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with its place and time."""

    item: str
    corners: tuple[Corner, ...]
    """Convex, as `footprints.hull` gives them."""
    taken: Moment


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures to compare; `before` was taken first."""

    before: str
    after: str
    share: float
    """Of the smaller footprint that lies within the other, from a half to 1."""


Cell = tuple[int, int, int]
"""Grid, and the numbers of a cell in it."""


def pairs(scenes: Sequence[Scene]) -> tuple[Pair, ...]:
    """The pairs among these pictures, in order of time, then of items. The same for any order of `scenes`."""
    ordered = sorted((one for one in scenes if one.corners), key=lambda one: (one.taken.start, one.item))
    grid = _Grid(ordered)
    found = []
    for n, one in enumerate(ordered):
        count = 0
        for other in grid.later(n):
            share = overlap(one.corners, other.corners) if one.taken.before(other.taken) else 0.0
            if share >= LEAST_SHARE:
                found.append(Pair(one.item, other.item, share))
                count += 1
                if count == MOST_PAIRS:
                    break
    return tuple(found)


def with_one(scene: Scene, others: Sequence[Scene]) -> tuple[Pair, ...]:
    """The pairs of one picture with others: those next before and behind it in time, in order of time."""
    box = _box(scene.corners)
    touching = (one for one in others if one.corners and _touch(box, _box(one.corners)))
    ordered = sorted(touching, key=lambda one: (one.taken.start, one.item))
    near = [(one, share) for one in ordered if (share := overlap(scene.corners, one.corners)) >= LEAST_SHARE]
    earlier = [Pair(one.item, scene.item, share) for one, share in near if one.taken.before(scene.taken)]
    later = [Pair(scene.item, one.item, share) for one, share in near if scene.taken.before(one.taken)]
    return (*earlier[-MOST_PAIRS:], *later[:MOST_PAIRS])


class _Grid:
    """Pictures by the cells that they touch, each in the grid that is as coarse as it is large."""

    def __init__(self, ordered: Sequence[Scene]) -> None:
        self._ordered = ordered
        self._boxes = [_box(one.corners) for one in ordered]
        self._levels = [_level(box) for box in self._boxes]
        self._own: Mapping[Cell, list[int]] = defaultdict(list)
        """Of each cell the pictures of its own grid, in order of time."""
        self._finer: Mapping[Cell, list[int]] = defaultdict(list)
        """Of each cell of a grid in use those of finer grids that touch it."""
        used = sorted(set(self._levels))
        for n, box in enumerate(self._boxes):
            for level in used:
                if level >= self._levels[n]:
                    where = self._own if level == self._levels[n] else self._finer
                    for cell in _cells(box, level):
                        where[cell].append(n)
        self._used = used

    def later(self, n: int) -> Iterator[Scene]:
        """Those behind the n-th in time that share a cell with it, next in time first; at most `MOST_TRIED`."""
        near: set[int] = set()
        for level in self._used:
            if level >= self._levels[n]:
                own = level == self._levels[n]
                for cell in _cells(self._boxes[n], level):
                    for listed in (self._own.get(cell, []), self._finer.get(cell, []) if own else []):
                        start = bisect_left(listed, n + 1)
                        near.update(listed[start : start + MOST_TRIED])
        yield from (self._ordered[m] for m in sorted(near)[:MOST_TRIED])


Box = tuple[float, float, float, float]
"""South, west, north, east."""


def _box(corners: Sequence[Corner]) -> Box:
    """The box around it, with its west between -180 and 180 degrees."""
    lats, lons = [lat for lat, _ in corners], [lon for _, lon in corners]
    turns = 360 * math.floor((min(lons) + 180) / 360)
    return min(lats), min(lons) - turns, max(lats), max(lons) - turns


def _touch(a: Box, b: Box) -> bool:
    """True where two boxes meet, on either side of 180 degrees."""
    east = any(a[1] <= b[3] + turn and b[1] + turn <= a[3] for turn in (-360, 0, 360))
    return east and a[0] <= b[2] and b[0] <= a[2]


def _level(box: Box) -> int:
    """The finest grid whose cells are no smaller than the box, so that it touches four of them at most."""
    side = max(box[2] - box[0], box[3] - box[1])
    return min(_COARSEST, max(_FINEST, math.ceil(math.log2(side)) if side > 0 else _FINEST))


def _cells(box: Box, level: int) -> list[Cell]:
    """The cells of a grid that a box touches; what lies across 180 degrees touches cells at both ends of the map."""
    size = 2.0**level
    south, west, north, east = box
    parts = [(west, east), (west - 360, east - 360)] if east >= 180 else [(west, east)]
    rows = range(math.floor(south / size), math.floor(north / size) + 1)
    columns = dict.fromkeys(x for w, e in parts for x in range(math.floor(w / size), math.floor(e / size) + 1))
    return [(level, y, x) for y in rows for x in columns]


# How much of one lies in the other ----------------------------------------------------------------


def overlap(a: Sequence[Corner], b: Sequence[Corner]) -> float:
    """Share of the smaller of two convex footprints that lies within the other, from 0 to 1.

    Areas are those of a map on which degrees of longitude are as long as they are in the middle of the first.
    """
    middle = sum(lon for _, lon in a) / len(a)
    wide = math.cos(math.radians(sum(lat for lat, _ in a) / len(a)))
    one, other = (_flat(corners, middle, wide) for corners in (a, b))
    smaller = min(_area(one), _area(other))
    return min(1.0, _area(_clipped(one, other)) / smaller) if smaller > 0 else 0.0


Point = tuple[float, float]


def _flat(corners: Sequence[Corner], middle: float, wide: float) -> list[Point]:
    """x and y, on the side of 180 degrees that is nearer to `middle`; counter-clockwise."""
    turns = round((sum(lon for _, lon in corners) / len(corners) - middle) / 360)
    points = [((lon - 360 * turns - middle) * wide, lat) for lat, lon in corners]
    return points if _signed(points) >= 0 else points[::-1]


def _signed(points: Sequence[Point]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, [*points[1:], *points[:1]], strict=True)) / 2


def _area(points: Sequence[Point]) -> float:
    return abs(_signed(points)) if len(points) >= 3 else 0.0


def _clipped(subject: list[Point], window: Sequence[Point]) -> list[Point]:
    """What of a polygon lies within a convex one (Sutherland and Hodgman)."""
    for n, (x, y) in enumerate(window):
        u, v = window[(n + 1) % len(window)]
        inside = [(u - x) * (q - y) - (v - y) * (p - x) for p, q in subject]
        kept: list[Point] = []
        for m, point in enumerate(subject):
            before = m - 1
            if (inside[m] >= 0) != (inside[before] >= 0):
                part = inside[before] / (inside[before] - inside[m])
                (p, q), (r, s) = subject[before], point
                kept.append((p + part * (r - p), q + part * (s - q)))
            if inside[m] >= 0:
                kept.append(point)
        subject = kept
    return subject
