"""The front door for comparing names: prepare each once, compare as often as needed.

    a = prepare("Gen. Khaled al-Sarafi")
    b = prepare("خالد الصرافي")
    match = compare(a, b)
    match.value, match.same, match.reason

Looks down to: parts, people, unit_parts, units, place_parts, place_pairs. Used by: blocking, casework.
"""

from __future__ import annotations

from enum import StrEnum

from probanda.names.model import Match
from probanda.names.parts import PersonParts, take_apart
from probanda.names.people import compare_people
from probanda.names.place_pairs import compare_places
from probanda.names.place_parts import PlaceParts, take_place_apart
from probanda.names.unit_parts import UnitParts, take_unit_apart
from probanda.names.units import compare_units

Prepared = PersonParts | UnitParts | PlaceParts


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    UNIT = "unit"
    """Units and bodies of every kind: brigades, ministries, courts, companies, NGOs, ships."""
    PLACE = "place"


def prepare(name: str, kind: Kind = Kind.PERSON) -> Prepared:
    """Take a written name apart, for comparing it with others of its kind; no error for any words."""
    if kind is Kind.UNIT:
        return take_unit_apart(name)
    return take_place_apart(name) if kind is Kind.PLACE else take_apart(name)


def compare(a: Prepared, b: Prepared) -> Match:
    """Compare two prepared names of one kind; symmetric. Raises TypeError for names of two kinds."""
    if isinstance(a, PersonParts) and isinstance(b, PersonParts):
        return compare_people(a, b)
    if isinstance(a, UnitParts) and isinstance(b, UnitParts):
        return compare_units(a, b)
    if isinstance(a, PlaceParts) and isinstance(b, PlaceParts):
        return compare_places(a, b)
    raise TypeError("names of two kinds; prepare both with the same kind")
