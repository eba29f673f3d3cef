"""Where incidents are drawn: areas of what is known, homes and graves no finer than their district; ways of people."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.flows import bounds, ends, flows
from probanda.incidents.whereabouts import DISTRICT, KM, stands
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Modality
from probanda.names.positions import Missing, own_positions

PLACES = own_positions(
    """name,latitude,longitude,radius_km,kind,lies_in
Marsafa,31.0,-40.6,220,state,
the Salt Coast,31.3,-41.2,40,district,Marsafa
Orlo,31.5,-41,8,city,the Salt Coast
Tarn,30.4,-40.1,5,town,Marsafa
the house of the miller,31.512,-41.021,1,home,Orlo
the well,30.412,-40.108,1,grave,Tarn
"""
)


def at(*places: str, act: str = "killing") -> list[tuple[str, str]]:
    return [(one.position.name, one.blurred) for one in stands(places, act, PLACES).at]


def test_an_incident_stands_at_the_finest_of_its_places() -> None:
    assert at("Marsafa", "Orlo") == [("Orlo", "")]
    assert at("Orlo", "Tarn") == [("Orlo", ""), ("Tarn", "")]


def test_what_has_no_position_is_told_and_places_nothing() -> None:
    found = stands(("Kessel",), "killing", PLACES)
    assert (found.at, found.missing) == ((), (("Kessel", Missing.UNKNOWN),))


def test_a_home_is_shown_as_its_district() -> None:
    assert at("the house of the miller") == [("the Salt Coast", "home")]
    assert at("the house of the miller", "Orlo") == [("the Salt Coast", "home")]


def test_a_home_known_only_by_its_words_is_shown_as_the_district_of_its_town() -> None:
    assert at("the apartment of a nurse, Orlo") == [("the Salt Coast", "home")]


@pytest.mark.parametrize(("places", "act"), [(("the well",), "killing"), (("Tarn",), "mass-grave")])
def test_a_grave_without_a_known_district_is_somewhere_in_a_cell_that_looking_closer_does_not_divide(
    places: tuple[str, ...], act: str
) -> None:
    (one,) = stands(places, act, PLACES).at
    cell = one.position
    assert (one.blurred, cell.name) == ("grave", "")
    assert cell.radius > DISTRICT[0]
    known = PLACES.find(places[0])
    assert not isinstance(known, Missing)
    down, across = known.latitude - cell.latitude, known.longitude - cell.longitude
    assert math.hypot(down, across) * KM <= cell.radius
    assert (cell.latitude, cell.longitude) != (known.latitude, known.longitude)
    moved = replace(known, latitude=known.latitude + 0.01)
    near = own_positions(f"name,latitude,longitude\nnear grave,{moved.latitude},{moved.longitude}\n")
    assert stands(("near grave",), act, near).at[0].position.id == cell.id


# --- people on the move ---------------------------------------------------------------------------


def told(quote: str, *places: str, modality: Modality = Modality.REPORTED, text: str = "", n: int = 0) -> Claim:
    return Claim(
        id=f"c{quote}", item="i", start=0, end=len(quote), quote=quote, act="fled", act_start=0, act_end=4,
        act_type=ActType.DISPLACEMENT, modality=modality, speakers=(Named(DOC),), places=tuple(map(Named, places)),
        quantity=Quantity(text=text, value=n, min=n, max=n, unit="families") if n else None, reader="test", why="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "places", "way"),
    [
        ("sixty families fled from Orlo to Tarn", ("Orlo", "Tarn"), ("Orlo", "Tarn")),
        ("they went to Tarn from the town of Orlo", ("Orlo", "Tarn"), ("Orlo", "Tarn")),
        ("moved from Orlo into the camp at Tarn", ("Orlo", "Tarn", "camp"), ("Orlo", "camp, Tarn")),
        ("des familles ont fui d'Orlo vers Tarn", ("Orlo", "Tarn"), ("Orlo", "Tarn")),
        ("les habitants, expulsés de la ville d'Orlo à Tarn", ("Orlo", "Tarn"), ("Orlo", "Tarn")),
        ("نزحت عائلات من أورلو إلى تارن", ("أورلو", "تارن"), ("أورلو", "تارن")),
        ("families of Orlo were displaced near Tarn", ("Orlo", "Tarn"), None),
        ("l'armée d'Orlo a déplacé hier des familles vers Tarn", ("Orlo", "Tarn"), None),
        ("fled from Orlo and from Kessel to Tarn", ("Orlo", "Kessel", "Tarn"), None),
    ],
)
def test_a_way_has_two_ends_only_where_the_words_tell_which_is_which(
    quote: str, places: tuple[str, ...], way: tuple[str, str] | None
) -> None:
    assert ends(told(quote, *places)) == way


def test_a_threat_of_driving_people_out_is_no_way() -> None:
    assert ends(told("fled from Orlo to Tarn", "Orlo", "Tarn", modality=Modality.THREATENED)) is None


def test_numbers_of_a_way_are_bounds_and_never_added() -> None:
    both = [
        told("20 families fled from Orlo to Tarn", "Orlo", "Tarn", n=20),
        told("60 families fled from Orlo to Tarn", "Orlo", "Tarn", n=60),
    ]
    (way,) = flows(both)
    assert (way.start, way.end, len(way.claims)) == ("Orlo", "Tarn", 2)
    assert way.bounds == bounds(both) == (("families", 20, 60),)
