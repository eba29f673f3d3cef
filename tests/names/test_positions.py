"""Where places lie: the gazetteer's circles, one's own list, and what is never shown where it lies."""

from __future__ import annotations

import math
from importlib.resources import files

import pytest
import yaml

from probanda.kernel.errors import WrongUsage
from probanda.names.places import by_id, lookup
from probanda.names.positions import RADII, Missing, Position, Positions, own_positions, sheltered

OWN = """name,latitude,longitude,radius_km,kind,lies_in
Marsafa;مرصفا,31.0,-40.6,220,state,
Orlo,31.5,-41,8,city,Marsafa
the red house,31.512,-41.021,1,home,Orlo
Beit Orlo,31.6,-41.1,3,village,Orlo
"""


def lines() -> list[list[str]]:
    text = files("probanda.names").joinpath("data/positions.txt").read_text("utf-8")
    return [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]


def apart(a: Position, b: Position) -> float:
    """Kilometres between two middles."""
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    across = math.radians(a.longitude - b.longitude)
    half = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def test_every_position_is_of_a_place_of_the_gazetteer_and_on_the_earth() -> None:
    assert len({row[0] for row in lines()}) == len(lines())
    for id_, latitude, longitude, *radius in lines():
        place = by_id(id_)
        assert place is not None, id_
        assert place.kind in RADII
        assert -90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180
        assert not radius or 0 < float(radius[0]) <= 4_000


def test_what_lies_in_a_place_lies_in_its_circle() -> None:
    for id_, *_ in lines():
        inner = Positions().by_id(id_)
        assert inner is not None
        for holder in inner.holders:
            outer = Positions().by_id(holder)
            if outer is not None:
                assert apart(inner, outer) <= outer.radius, (id_, holder)


def test_a_name_that_several_places_bear_has_no_position_until_another_place_tells() -> None:
    places = Positions()
    assert len(lookup("Tripoli")) > 1
    assert places.find("Tripoli") is Missing.SEVERAL
    found = places.find("Tripoli", ["Lebanon"])
    assert isinstance(found, Position) and found.id == "lb/tripoli"


def test_a_place_that_nobody_knows_has_no_position_but_one_in_a_known_town_lies_there() -> None:
    places = own_positions(OWN)
    assert places.find("Kessel") is Missing.UNKNOWN
    found = places.find("Old Mill, Orlo")
    assert isinstance(found, Position) and found.name == "Orlo"
    assert places.find("Orlo Mill") is Missing.UNKNOWN, "likeness is no position"


def test_an_own_list_has_forms_holders_and_kinds() -> None:
    places = own_positions(OWN)
    assert places.find("مرصفا") == places.find("Marsafa")
    house = places.find("The Red House")
    assert isinstance(house, Position)
    assert (house.sheltered, house.holders) == ("home", ("own/orlo", "own/marsafa"))
    village = places.find("Beit Orlo")
    assert isinstance(village, Position) and not village.sheltered, "the kind tells more than a word of the name"


@pytest.mark.parametrize(
    "words", ["name,latitude\nOrlo,1\n", "name,latitude,longitude\nOrlo,95,0\n", "name,latitude,longitude\n,1,1\n"]
)
def test_an_own_list_that_is_none_is_refused_in_words(words: str) -> None:
    with pytest.raises(WrongUsage):
        own_positions(words)


def test_words_for_homes_shelters_graves_and_interviews_are_known_by_their_examples() -> None:
    data = yaml.safe_load(files("probanda.names").joinpath("data/sheltered.yaml").read_text("utf-8"))
    for row in data:
        assert sheltered(row["example"]) == row["id"]
        for form in row["words"]:
            assert sheltered(form), form
    assert [sheltered(words) for words in ("the fish market", "Hill 40", "سوق السمك", "la place")] == [""] * 4
