"""Where an incident is drawn: circles the size of what is known, homes and graves no finer than their district.

Start with `stands`. An incident stands at the finest of its places that have a position; those without one are told
beside. Nothing is placed by guess (names/positions.py).

What is blurred: a place that is a home, a shelter, a grave or a place of interviews, by its kind in one's own list or
by its words (names/data/sheltered.yaml), and every place of an incident that is a mass grave. Its circle is that of the
smallest area of a district's size that is known to hold it; where none is known, the cell of a grid of a quarter of a
degree in which it lies, so that looking closer tells no more. A place whose words do not say what it is is shown where
it lies: its item's label decides who sees it at all.

Looks down to: names (positions), kernel. Used by: reports, web.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from probanda.kernel.vocabulary import ActType
from probanda.names.places import lookup
from probanda.names.positions import Missing, Position, Positions, sheltered

CELL = 0.25
"""Degrees: side of the cell that stands for a place which is not shown where it lies and whose district is unknown."""
KM = 111.2
"""Kilometres of a degree of latitude."""
DISTRICT = 10.0, 100.0
"""Kilometres of radius: a smaller area is no district, and hides no house in it; a wider one tells less than is safe to
tell."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One circle at which an incident stands."""

    position: Position
    blurred: str = ""
    """Home, shelter, grave or interview, where it is shown no finer than its district for that reason."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an incident stands, and which of its places have no position."""

    at: tuple[Stand, ...]
    missing: tuple[tuple[str, Missing], ...]
    """(place as written, why)."""


def stands(places: Sequence[str], act: str, positions: Positions) -> Stands:
    """The circles of one incident with these places; `act` is the value of its act type."""
    found: dict[str, Stand] = {}
    missing: list[tuple[str, Missing]] = []
    for n, words in enumerate(places):
        position = positions.find(words, (*places[:n], *places[n + 1 :]))
        if isinstance(position, Missing):
            missing.append((words, position))
            continue
        stand = Stand(position, _hidden(words, act, position))
        held = found.get(position.id)
        if held is None or (stand.blurred and not held.blurred):
            found[position.id] = stand
    around = {holder for stand in found.values() for holder in stand.position.holders}
    finest = [stand for id_, stand in found.items() if id_ not in around]
    drawn = {one.position.id: one for one in (blurred(stand, positions) for stand in finest)}
    return Stands(tuple(drawn.values()), tuple(missing))


def _hidden(words: str, act: str, position: Position) -> str:
    if act == ActType.MASS_GRAVE.value:
        return "grave"
    return position.sheltered or ("" if lookup(words) else sheltered(words))


def blurred(stand: Stand, positions: Positions) -> Stand:
    """The same, no finer than its district where it must not be shown where it lies."""
    if not stand.blurred:
        return stand
    one = stand.position
    if one.kind in _AREAS and one.radius >= DISTRICT[0]:
        return stand  # wide as it is
    for holder in one.holders:
        area = positions.by_id(holder)
        if area is not None and DISTRICT[0] <= area.radius <= DISTRICT[1] and not area.sheltered:
            return replace(stand, position=area)
    return replace(stand, position=_cell(one))


_AREAS = frozenset({"state", "region", "governorate", "district"})


def _cell(one: Position) -> Position:
    """The cell of the grid in which it lies: its middle, and a circle that holds all of the cell."""
    latitude, longitude = ((math.floor(at / CELL) + 0.5) * CELL for at in (one.latitude, one.longitude))
    radius = CELL / 2 * math.sqrt(2) * KM
    id_ = f"cell/{latitude:.3f}/{longitude:.3f}"
    return replace(
        one, id=id_, name="", kind="district", latitude=latitude, longitude=longitude, radius=radius, sheltered=""
    )
