"""Where everything on the map goes: land, lines of the graticule, areas, marks with their counts, arrows.

Start with `lay_out`; the template draws what it says and puts the same into words. What is wide lies below what is
small. Numbers only: no words, no colour.

Looks down to: mercator, clusters. Used by: web.pages.situation_map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from probanda.reports.clusters import Mark, Spot, marks
from probanda.reports.mercator import TALL, WIDE, Window, meridians

LEAST = 13.0
"""Pixels of radius below which a mark could not be hit by a hand, nor hold its number."""
LETTER, LONGEST = 7, 28
"""Pixels that a letter of a name takes, and letters of the longest name that is written beside its mark."""
ARROWS = 120
"""Arrows in one picture; those of most incidents first."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One mark in its place."""

    mark: Mark
    x: int
    y: int
    area: int
    """Radius of the circle of what is known, in pixels."""
    disc: int
    """Radius of the disc that holds the number."""
    named: int = 0
    """On which side there is room for its name: 1 right, -1 left, 0 on neither."""

    @property
    def is_area(self) -> bool:
        """True where the circle of what is known is seen around the disc."""
        return self.area > self.disc + 1


@dataclass(frozen=True, slots=True)
class Move:
    """An arrow to be drawn: between two places, told of so many incidents."""

    start: str
    """Id of a place."""
    end: str
    incidents: int
    key: str
    """By which the page finds its words."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow in its place: a curve, a head, a width."""

    key: str
    curve: str
    head: str
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, from the ground up."""

    meridians: tuple[tuple[int, float], ...]
    parallels: tuple[tuple[int, float], ...]
    broad: tuple[Drawn, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Drawn, ...]
    around: tuple[Mark, ...]
    """Areas that hold the whole picture: told in words only."""
    wide: int = WIDE
    tall: int = TALL


def lay_out(
    spots: Sequence[Spot], moves: Iterable[Move], ends: Mapping[str, tuple[float, float]], window: Window
) -> Drawing:
    """The picture of these spots and moves in this window; `ends` gives latitude and longitude of where moves end."""
    found, around = marks(spots, window)
    along, down = meridians(window)
    placed = _named([_placed(mark) for mark in found])
    ordered = sorted(moves, key=lambda m: (-m.incidents, m.key))[:ARROWS]
    arrows = tuple(arrow for move in ordered if (arrow := _arrow(move, ends, window)) is not None)
    return Drawing(
        along[1],
        down[1],
        tuple(sorted((one for one in placed if one.mark.broad), key=lambda one: -one.area)),
        arrows,
        tuple(one for one in placed if not one.mark.broad),
        around,
    )


def _placed(mark: Mark) -> Drawn:
    disc = LEAST + 2.2 * math.log10(max(1, len(mark.incidents)))
    x, y = mark.x, mark.y
    if (
        mark.broad
    ):  # its number stands on its rim: in its middle it would look like a place; and it stays in the picture
        x, y = max(disc, min(WIDE - disc, x)), max(disc, min(TALL - disc, y - mark.radius))
    return Drawn(mark, round(x), round(y), round(mark.radius), round(disc))


def _named(placed: list[Drawn]) -> list[Drawn]:
    """The same, those of most incidents named first where no name or disc covers another."""
    taken = [(one.x - one.disc, one.y - one.disc, one.x + one.disc, one.y + one.disc) for one in placed]
    named = []
    for n, one in enumerate(placed):
        name = one.mark.spots[0].name
        side = next((s for s in (1, -1) if 0 < len(name) <= LONGEST and _is_free(_box(one, name, s), taken, n)), 0)
        if side:
            taken.append(_box(one, name, side))
        named.append(replace(one, named=side))
    return named


def _box(one: Drawn, name: str, side: int) -> tuple[int, int, int, int]:
    """What a name takes on this side of its disc: left, top, right, bottom."""
    ends = one.x + side * (one.disc + 1), one.x + side * (one.disc + 4 + LETTER * len(name))
    return min(ends), one.y - 8, max(ends), one.y + 8


def _is_free(box: tuple[int, int, int, int], taken: Sequence[tuple[int, int, int, int]], own: int) -> bool:
    """True where nothing but its own disc stands in a box within the picture."""
    if box[0] < 0 or box[2] > WIDE:
        return False
    return not any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
        for n, (left, top, right, bottom) in enumerate(taken)
        if n != own
    )


def _arrow(move: Move, ends: Mapping[str, tuple[float, float]], window: Window) -> Arrow | None:
    """A curve that bends to its right, so that there and back are two; None where it would be shorter than a mark or
    neither end is in sight."""
    (x, y), (u, v) = (window.point(*ends[end]) for end in (move.start, move.end))
    long = math.hypot(u - x, v - y)
    if long < 2 * LEAST or not any(0 <= a <= WIDE and 0 <= b <= TALL for a, b in ((x, y), (u, v))):
        return None
    across, down = (u - x) / long, (v - y) / long
    x, y, u, v = x + across * LEAST, y + down * LEAST, u - across * LEAST, v - down * LEAST
    bend = min(60.0, long / 5)
    middle = (x + u) / 2 - down * bend, (y + v) / 2 + across * bend
    width = round(1.5 + 1.5 * math.log2(move.incidents), 1)
    curve = f"M{x:.0f} {y:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {u:.0f} {v:.0f}"
    return Arrow(move.key, curve, _head(middle, (u, v), width), width)


def _head(before: tuple[float, float], tip: tuple[float, float], width: float) -> str:
    long = math.hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    across, down = (tip[0] - before[0]) / long, (tip[1] - before[1]) / long
    size = 7 + width
    base = tip[0] - across * size, tip[1] - down * size
    side = size * 0.5
    return (
        f"M{tip[0]:.0f} {tip[1]:.0f}L{base[0] - down * side:.0f} {base[1] + across * side:.0f} "
        f"{base[0] + down * side:.0f} {base[1] - across * side:.0f}z"
    )
