"""Where places lie: a circle within which each lies, from the gazetteer or from a list of one's own; never a guess.

Start with `Positions.find`: a written name leads to one `Position`, or to the reason why there is none. Nothing is
looked up by likeness: a name has a position where the gazetteer holds it and has one, where one's own list holds it, or
where the words after a comma do (`Old Mill, Kessel` lies somewhere in Kessel). A name that several places bear has
one only where another place named beside it leaves a single reading.

Looks down to: kernel (errors), places, place words, data/positions.txt, data/sheltered.yaml. Used by: incidents.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from probanda.kernel.errors import WrongUsage
from probanda.names.letters import plain
from probanda.names.places import Place, by_id, chain, lookup, place_words
from probanda.names.unit_words import bare_word

RADII: Mapping[str, float] = {
    "state": 400, "region": 150, "governorate": 80, "district": 15, "city": 8, "town": 5, "camp": 4, "village": 3,
    "site": 2,
}  # fmt: skip
"""Kilometres of the circle for a kind of place, where the line gives none."""
SETTLED = frozenset(RADII) - {"site"}
"""Kinds of which no word makes a home or a grave: a town may be called House of the Spring."""
COLUMNS = ("name", "latitude", "longitude", "radius_km", "kind", "lies_in")
"""Columns of one's own list; the first three are needed. Several forms of a name are parted by `;`."""
_COMMA = re.compile(r"[,،(]")


class Missing(StrEnum):
    """Why a written name has no position."""

    UNKNOWN = "no known position"
    """Neither the gazetteer nor one's own list has a position for it."""
    SEVERAL = "several places bear the name"


@dataclass(frozen=True, slots=True)
class Position:
    """A circle within which a place lies, as far as is known."""

    id: str
    """Of the gazetteer; of one's own list `own/` and the folded name."""
    name: str
    kind: str
    """As in the gazetteer: state, region, governorate, district, city, town, village, camp, site."""
    latitude: float
    """Degrees, north positive."""
    longitude: float
    """Degrees, east positive."""
    radius: float
    """Kilometres."""
    holders: tuple[str, ...] = ()
    """Ids of the places it lies in, the nearest first."""
    sheltered: str = ""
    """Home, shelter, grave or interview where its kind or its words say so: it is not shown where it lies."""


@dataclass(frozen=True)
class Positions:
    """The gazetteer with one's own list before it."""

    own: Mapping[tuple[str, ...], Position] = field(default_factory=dict)

    def find(self, words: str, beside: Iterable[str] = ()) -> Position | Missing:
        """Where the place so written lies; `beside`: the other places named with it, which may tell which is meant."""
        found = self._own(words)
        if found:
            return found
        readings = lookup(words)
        if len(readings) > 1:
            readings = _narrowed(readings, beside)
        if len(readings) > 1:
            return Missing.SEVERAL
        if readings and (position := _of(readings[0].id)):
            return position
        after = _COMMA.split(words.replace(")", ""), maxsplit=1)[1:]
        return self.find(after[0], beside) if after and after[0].strip() else Missing.UNKNOWN

    def by_id(self, place: str) -> Position | None:
        """The position of a place of the gazetteer or of one's own list."""
        return next((one for one in self.own.values() if one.id == place), None) or _of(place)

    def _own(self, words: str) -> Position | None:
        return self.own.get(place_words(words)) if self.own else None


def _narrowed(readings: tuple[Place, ...], beside: Iterable[str]) -> tuple[Place, ...]:
    """The readings that lie in a place named beside, where there are such."""
    holders = {p.id for words in beside for p in lookup(words)}
    held = tuple(p for p in readings if holders & set(list(chain(p.id))[1:]))
    return held or readings


@lru_cache(maxsize=4096)
def _of(place: str) -> Position | None:
    found, at = by_id(place), _positions().get(place)
    if found is None or at is None:
        return None
    latitude, longitude, radius = at
    holders = tuple(list(chain(place))[1:])
    return Position(place, found.name, found.kind, latitude, longitude, radius or RADII[found.kind], holders)


@lru_cache(maxsize=1)
def _positions() -> dict[str, tuple[float, float, float]]:
    found: dict[str, tuple[float, float, float]] = {}
    text = files("probanda.names").joinpath("data/positions.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            id_, latitude, longitude, *radius = line.split("|")
            found[id_] = float(latitude), float(longitude), float(radius[0]) if radius else 0.0
    return found


# --- one's own list -------------------------------------------------------------------------------


def own_positions(text: str) -> Positions:
    """One's own list of places, as CSV. Raises WrongUsage that names the line."""
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines())
    lacking = [name for name in COLUMNS[:3] if name not in (rows.fieldnames or ())]
    if lacking:
        raise WrongUsage(
            f"The list of places has no column {', '.join(lacking)}.", f"Its first line is: {','.join(COLUMNS)}."
        )
    own: dict[tuple[str, ...], Position] = {}
    for number, row in enumerate(rows, 2):
        for form, position in _read(row, number):
            own[place_words(form)] = position
    held = {place_words(one.name): one for one in own.values()}
    return Positions({form: _placed(one, held) for form, one in own.items()})


def _read(row: Mapping[str, str | None], number: int) -> list[tuple[str, Position]]:
    forms = [form.strip() for form in (row["name"] or "").split(";") if form.strip()]
    kind = (row.get("kind") or "").strip().casefold()
    try:
        latitude, longitude = float(row["latitude"] or ""), float(row["longitude"] or "")
        radius = float(row.get("radius_km") or RADII.get(kind, RADII["town"]))
    except ValueError:
        forms = []
        latitude = longitude = radius = 0.0
    if not forms or not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 < radius <= 10_000):
        raise WrongUsage(
            f"Line {number} of the list of places is no name with a latitude, a longitude and a radius in kilometres.",
            "Degrees are written as 31.5, south and west with a minus.",
        )
    inside = (row.get("lies_in") or "").strip()
    where = Position(
        f"own/{' '.join(place_words(forms[0]))}", forms[0], kind, latitude, longitude, radius,
        (inside,) if inside else (), sheltered(kind) or ("" if kind in SETTLED else sheltered(forms[0])),
    )  # fmt: skip
    return [(form, where) for form in forms]


def _placed(one: Position, held: Mapping[tuple[str, ...], Position]) -> Position:
    """The same with the ids of what it lies in: other lines of the list, or a place of the gazetteer."""
    holders: list[str] = []
    inside = one.holders[0] if one.holders else ""
    while inside:
        found = held.get(place_words(inside))
        if found is None:
            readings = lookup(inside)
            holders += chain(readings[0].id) if len(readings) == 1 else ()
            break
        if found.id in holders:
            break
        holders.append(found.id)
        inside = found.holders[0] if found.holders else ""
    return Position(
        one.id, one.name, one.kind, one.latitude, one.longitude, one.radius, tuple(holders), one.sheltered
    )  # fmt: skip


# --- what is not shown where it lies --------------------------------------------------------------


@lru_cache(maxsize=65536)
def sheltered(words: str) -> str:
    """Home, shelter, grave or interview where the words name such a place; empty where they do not say so."""
    tokens = [bare_word(token) for token in plain(words).split()]
    return next(
        (id_ for key, id_ in _sheltered() if any(tokens[n : n + len(key)] == key for n in range(len(tokens)))), ""
    )


@lru_cache(maxsize=1)
def _sheltered() -> tuple[tuple[list[str], str], ...]:
    data = yaml.safe_load(files("probanda.names").joinpath("data/sheltered.yaml").read_text("utf-8"))
    return tuple(([bare_word(t) for t in plain(form).split()], row["id"]) for row in data for form in row["words"])
