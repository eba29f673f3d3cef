"""Web Mercator: places on the round earth as points of a flat picture, and the window through which one looks.

Start with `Window`. Zoom 0 shows the earth in a square of 256 px; each further zoom doubles it (EPSG:3857, as tile maps
use it). North of 85.05 degrees, and south, nothing is shown.

Looks down to: nothing. Used by: reports (clusters, borders, map_layout), web.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

TILE = 256
FARTHEST = 85.0511
"""Degrees of latitude at which the square ends."""
DEEPEST = 16
CIRCUMFERENCE = 40_075.0
"""Kilometres round the equator."""
WIDE, TALL = 960, 600
"""Pixels of the picture."""


def unit(latitude: float, longitude: float) -> tuple[float, float]:
    """A place on the unit square: 0, 0 is the upper left corner."""
    sine = math.sin(math.radians(max(-FARTHEST, min(FARTHEST, latitude))))
    return longitude / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def degrees(x: float, y: float) -> tuple[float, float]:
    """(latitude, longitude) of a point of the unit square."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))), (x - 0.5) * 360


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at: a middle and a zoom."""

    zoom: int
    latitude: float
    longitude: float

    @property
    def size(self) -> float:
        """Pixels of the whole earth."""
        return TILE * 2.0**self.zoom

    @property
    def corner(self) -> tuple[float, float]:
        """The upper left corner of the picture, in pixels of the whole earth."""
        x, y = unit(self.latitude, self.longitude)
        return x * self.size - WIDE / 2, y * self.size - TALL / 2

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """A place in pixels of the picture."""
        (x, y), (left, top) = unit(latitude, longitude), self.corner
        return x * self.size - left, y * self.size - top

    def pixels(self, latitude: float, kilometres: float) -> float:
        """How long so many kilometres are here."""
        across = CIRCUMFERENCE * math.cos(math.radians(max(-FARTHEST, min(FARTHEST, latitude))))
        return kilometres / across * self.size

    def shifted(self, right: float, down: float) -> Window:
        """The window moved by so many pixels."""
        left, top = self.corner
        at = degrees((left + WIDE / 2 + right) / self.size, (top + TALL / 2 + down) / self.size)
        return Window(self.zoom, *_on_earth(*at))

    def zoomed(self, by: int) -> Window:
        """The window nearer or farther."""
        return Window(max(0, min(DEEPEST, self.zoom + by)), self.latitude, self.longitude)

    @property
    def address(self) -> str:
        """As it stands in a query string: zoom, latitude, longitude."""
        return f"{self.zoom}/{self.latitude:.4f}/{self.longitude:.4f}"


def _on_earth(latitude: float, longitude: float) -> tuple[float, float]:
    return max(-FARTHEST, min(FARTHEST, latitude)), max(-180.0, min(180.0, longitude))


def window_of(address: str) -> Window | None:
    """The window that an address names; None for what is none."""
    try:
        zoom, latitude, longitude = address.split("/")
        at = float(latitude), float(longitude)
        if not all(map(math.isfinite, at)):
            return None
        return Window(max(0, min(DEEPEST, int(zoom))), *_on_earth(*at))
    except ValueError:
        return None


def fitting(circles: Iterable[tuple[float, float, float]], deepest: int = 11) -> Window:
    """The nearest window that holds all these circles (latitude, longitude, kilometres); the earth where there are
    none."""
    boxes = []
    for latitude, longitude, kilometres in circles:
        x, y = unit(latitude, longitude)
        around = Window(0, 0, 0).pixels(latitude, kilometres) / TILE
        boxes.append((x - around, y - around, x + around, y + around))
    if not boxes:
        return Window(1, 20.0, 0.0)
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    room = [math.log2(0.84 * side / TILE / long) for side, long in ((WIDE, right - left), (TALL, bottom - top)) if long]
    zoom = max(0, min(deepest, math.floor(min(room, default=deepest))))
    return Window(zoom, *_on_earth(*degrees((left + right) / 2, (top + bottom) / 2)))


def meridians(window: Window) -> tuple[tuple[str, tuple[tuple[int, float], ...]], ...]:
    """The lines of the graticule in the picture: ("x" or "y", (pixel, degrees) ...), some five to ten of each."""
    left, top = window.corner
    north, west = degrees(left / window.size, top / window.size)
    south, east = degrees((left + WIDE) / window.size, (top + TALL) / window.size)
    step = next((s for s in _STEPS if (east - west) / s <= 9), _STEPS[-1])
    along = [(round(window.point(0, lon)[0]), lon) for lon in _multiples(max(-180, west), min(180, east), step)]
    down = [
        (round(window.point(lat, 0)[1]), lat) for lat in _multiples(max(-80, south), min(80, north), step)
    ]  # fmt: skip
    return ("x", tuple(along)), ("y", tuple(down))


_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(n * step, 4) for n in range(first, last + 1)]
