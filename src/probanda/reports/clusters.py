"""Many circles on a map as a few hundred marks: those that are near each other at this zoom stand as one.

Start with `marks`. The cell of a grid (64 px of the whole earth at the zoom) holds one mark, so that a mark does not
change when the window moves. The mark of several circles is the circle around all of them: what is known is that each
incident lies somewhere within. An area that is wide in the picture (a country, a province) is a mark of its own and
takes no others in, so that what is known only roughly never sharpens into what is known well.

Looks down to: mercator. Used by: reports.map_layout.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from probanda.reports.mercator import TALL, WIDE, Window, unit

CELL = 64
BROAD = 48.0
"""Pixels of radius from which a circle is drawn as an area of its own."""
MOST = 400
"""Marks in one picture; those of most incidents first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One circle and the incidents that stand at it."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius: float
    """Kilometres."""
    incidents: tuple[str, ...]
    blurred: str = ""
    """Why it is shown no finer than its district."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the picture."""

    x: float
    y: float
    radius: float
    """Pixels."""
    spots: tuple[Spot, ...]
    """Of most incidents first."""
    incidents: tuple[str, ...]
    """Each once, in order of ids."""
    broad: bool = False
    """True for an area that is wide in the picture."""


def marks(spots: Iterable[Spot], window: Window) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """(marks in the picture, areas that hold the whole picture), those of most incidents first."""
    cells: dict[tuple[int, int], list[Spot]] = {}
    found: list[Mark] = []
    around: list[Mark] = []
    for spot in sorted(spots, key=lambda s: s.id):
        radius = window.pixels(spot.latitude, spot.radius)
        x, y = window.point(spot.latitude, spot.longitude)
        if radius >= BROAD:
            mark = Mark(x, y, radius, (spot,), tuple(sorted(spot.incidents)), broad=True)
            if _holds_all(mark):
                around.append(mark)
            elif _in_picture(mark):
                found.append(mark)
        else:
            across, down = (at * window.size / CELL for at in unit(spot.latitude, spot.longitude))
            cells.setdefault((math.floor(across), math.floor(down)), []).append(spot)
    found += [mark for held in cells.values() if _in_picture(mark := _around(held, window))]
    found.sort(key=lambda m: (-len(m.incidents), m.spots[0].id))
    around.sort(key=lambda m: (-len(m.incidents), m.spots[0].id))
    return tuple(found[:MOST]), tuple(around)


def _around(spots: list[Spot], window: Window) -> Mark:
    """The circle around these circles: its middle is the middle of the box around them."""
    round_ = [
        (*window.point(s.latitude, s.longitude), window.pixels(s.latitude, s.radius)) for s in spots
    ]  # fmt: skip
    x = (min(a - r for a, _, r in round_) + max(a + r for a, _, r in round_)) / 2
    y = (min(b - r for _, b, r in round_) + max(b + r for _, b, r in round_)) / 2
    radius = max(math.hypot(a - x, b - y) + r for a, b, r in round_)
    ordered = sorted(spots, key=lambda s: (-len(s.incidents), s.id))
    incidents = sorted({one for s in spots for one in s.incidents})
    return Mark(x, y, radius, tuple(ordered), tuple(incidents))


def _in_picture(mark: Mark) -> bool:
    x, y = max(0.0, min(WIDE, mark.x)), max(0.0, min(TALL, mark.y))
    return math.hypot(mark.x - x, mark.y - y) <= mark.radius


def _holds_all(mark: Mark) -> bool:
    return all(math.hypot(mark.x - x, mark.y - y) <= mark.radius for x in (0, WIDE) for y in (0, TALL))
