"""Land and borders out of TopoJSON, as one line of an SVG picture: joined, projected, made coarser, cut to the window.

Start with `degrees_of` and `Borders.of`, then `path`. TopoJSON keeps each shared line once: an arc is a first point and
then steps, all of them whole numbers on a grid, and a ring is a list of arcs, of which a negative one (~n) runs
backwards (TopoJSON format, section 2). Borders are drawn as whoever made the file drew them, and take no position.

Looks down to: mercator. Used by: web.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from probanda.reports.mercator import FARTHEST, TALL, WIDE, Window

Ring = NDArray[np.float64]
"""Points of a closed line on the unit square, one a row."""
Line = list[tuple[int, int]]
"""Points in whole pixels of the picture."""
FINE = 10_000
"""Parts of a degree in which points are kept: eleven metres, finer than any of the files."""
MARGIN = 8
"""Pixels beyond the picture at which lines are cut, so that no cut edge shows."""
SIDES = ((0, -MARGIN, 1), (0, WIDE + MARGIN, -1), (1, -MARGIN, 1), (1, TALL + MARGIN, -1))
"""The sides of the window: axis, pixel, and on which side of it the window lies."""


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """The rings of all countries on the unit square, one behind the other."""

    points: NDArray[np.float64]
    starts: NDArray[np.int64]
    """Where each ring begins, and the end of the last."""
    boxes: NDArray[np.float64]
    """Left, top, right, bottom of each ring."""

    @classmethod
    def of(cls, degrees: NDArray[np.int32], starts: NDArray[np.int64]) -> Borders:
        """Out of longitudes and latitudes in ten-thousandths of a degree, as `degrees_of` gives them."""
        points = _projected(degrees / FINE)
        least, most = (f.reduceat(points, starts[:-1], axis=0) for f in (np.minimum, np.maximum))
        return cls(points, starts, np.concatenate([least, most], axis=1))

    def path(self, window: Window) -> str:
        """The land in the window as the `d` of one SVG path, in whole pixels; filled by the even-odd rule."""
        corner, size = np.array(window.corner), window.size
        low, high = corner - MARGIN, corner + np.array([WIDE + MARGIN, TALL + MARGIN])
        boxes = self.boxes * size
        near = _all([boxes[:, :2] <= high, boxes[:, 2:] >= low])
        near &= (boxes[:, 2:] - boxes[:, :2]).max(axis=1) >= 1  # smaller than a pixel: nothing to see
        inside = _all([boxes[:, :2] >= low, boxes[:, 2:] <= high])
        parts: list[str] = []
        for n in np.flatnonzero(near):
            ring = self.points[self.starts[n] : self.starts[n + 1]] * size - corner
            whole = _coarser(np.rint(ring if inside[n] else _without_far(ring)).astype(np.int64))
            parts.append(_drawn(whole if inside[n] else _cut(whole)))
        return "".join(parts)


def degrees_of(topology: str) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """(longitude and latitude in ten-thousandths of a degree, where each ring begins) out of a TopoJSON file's words.

    Raises ValueError, KeyError, TypeError or IndexError for what is none.
    """
    told = json.loads(topology)
    arcs = [_arc(arc, told.get("transform")) for arc in told["arcs"]]
    shapes = told["objects"]
    rings = [
        whole
        for shape in ([shapes["countries"]] if "countries" in shapes else shapes.values())
        for ring in _rings(shape)
        if ring
        for whole in _unrolled(np.concatenate([_run(arcs, n)[int(k > 0) :] for k, n in enumerate(ring)]))
    ]
    if not rings:
        raise ValueError("no ring")
    starts = np.cumsum([0, *map(len, rings)], dtype=np.int64)
    return np.rint(np.concatenate(rings) * FINE).astype(np.int32), starts


def _all(tests: list[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Rows of which every column of every test is true."""
    true: NDArray[np.bool_] = np.logical_and.reduce(np.concatenate(tests, axis=1), axis=1)
    return true


def _arc(steps: list[list[int]], transform: dict[str, Any] | None) -> Ring:
    points = np.array(steps, dtype=np.float64)[:, :2]
    if transform is None:
        return points
    placed: Ring = np.cumsum(points, axis=0) * transform["scale"] + transform["translate"]
    return placed


def _run(arcs: list[Ring], n: int) -> Ring:
    return arcs[n] if n >= 0 else arcs[~n][::-1]


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    if shape["type"] == "GeometryCollection":
        for one in shape["geometries"]:
            yield from _rings(one)
    elif shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _unrolled(ring: Ring) -> list[Ring]:
    """A ring that crosses the meridian of 180 degrees as it goes on beyond it, and once more on the other side.

    One that runs round a pole is closed along the pole.
    """
    jumps = np.diff(ring[:, 0])
    if not (np.abs(jumps) > 180).any():
        return [ring]
    turns = np.concatenate([[0], np.cumsum(np.where(jumps > 180, -360, np.where(jumps < -180, 360, 0)))])
    ring = ring + np.stack([turns, np.zeros(len(ring))], axis=1)
    if abs(ring[-1, 0] - ring[0, 0]) > 180:
        pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
        ring = np.concatenate([ring, [[ring[-1, 0], pole], [ring[0, 0], pole]]])
    west, east = ring[:, 0].min(), ring[:, 0].max()
    return [ring + np.array([turn, 0]) for turn in (-360, 0, 360) if east + turn > -180 and west + turn < 180]


def _projected(ring: Ring) -> Ring:
    sine = np.sin(np.radians(np.clip(ring[:, 1], -FARTHEST, FARTHEST)))
    return np.stack([ring[:, 0] / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)], axis=1)


def _without_far(ring: Ring) -> Ring:
    """Without points that lie beyond one side of the window with both their neighbours: what is cut stays the same."""
    for axis, bound, sign in SIDES:
        far = (ring[:, axis] - bound) * sign < 0
        ring = ring[~(far & np.roll(far, 1) & np.roll(far, -1))]
    return ring


def _coarser(points: NDArray[np.int64]) -> Line:
    """Without points that fall on the pixel of the one before: the nearer one looks, the more of them stay."""
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return list(map(tuple, points[moved].tolist()))


def _cut(ring: Line) -> Line:
    """The part of a closed line within the window (Sutherland and Hodgman, 1974)."""
    for axis, bound, sign in SIDES:
        kept: Line = []
        for n, here in enumerate(ring):
            before = ring[n - 1]
            is_in, was_in = (here[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
            if is_in != was_in:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                other = round(before[1 - axis] + share * (here[1 - axis] - before[1 - axis]))
                kept.append((bound, other) if axis == 0 else (other, bound))
            if is_in:
                kept.append(here)
        ring = kept
    return ring


def _drawn(ring: Line) -> str:
    if len(ring) < 3:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps).replace(' -', '-')}z"
