"""Prepared names of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.names.compare import Kind, compare, prepare
from probanda.names.model import Match, Sameness
from probanda.names.place_parts import read_place_words


def places(a: str, b: str) -> Match:
    return compare(prepare(a, Kind.PLACE), prepare(b, Kind.PLACE))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tarhuna", "Tarhouna"),
        ("Tarhuna", "ترهونة"),
        ("Tarhuna, Libya", "ترهونة"),
        ("Al-Zamzukiya", "الزمزوقية"),
        ("Wadi Zamzuk", "Oued Zamzouk"),
        ("Jebel Qarmoun", "جبل قرمون"),
        ("Kafr Zamzuk", "Kafrzamzouk"),
        ("village of Zamzuk", "Zamzuk"),
        ("Bou Qarmoun", "Abu Garmun"),
        ("Kyiv", "Киев"),
        ("Cairo", "القاهرة"),
        ("Varovitsa", "Варовица"),
        ("Old Zamzuk", "زمزوق القديمة"),
    ],
)
def test_spellings_and_exonyms_of_one_place_meet(a: str, b: str) -> None:
    assert places(a, b).same is Sameness.SAME, (places(a, b).value, places(a, b).reason)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("New Zamzuk", "Zamzuk"),
        ("North Zamzuk", "South Zamzuk"),
        ("Zamzuk Province", "Zamzuk"),
        ("Zamzuk airport", "Zamzuk"),
        ("Zamzuk prison", "Zamzuk camp"),
        ("Tripoli, Lebanon", "Tripoli, Libya"),
        ("Kafr Zamzuk", "Kafr Qarmoun"),
        ("Zamzuk 1", "Zamzuk 2"),
        ("Aleppo", "Aleppo governorate"),
    ],
)
def test_a_qualifier_or_what_a_place_lies_in_is_not_the_place(a: str, b: str) -> None:
    assert places(a, b).same is Sameness.NOT_SAME, (places(a, b).value, places(a, b).reason)


def test_every_exonym_is_a_name_of_its_place() -> None:
    for line in read_place_words()["exonyms"]:
        for form in line:
            found = places(str(line[0]), str(form))
            assert found.same is Sameness.SAME, (line[0], form, found.reason)


@given(st.text(max_size=25), st.text(max_size=25))
def test_the_answer_is_the_same_whichever_name_stands_first(a: str, b: str) -> None:
    assert abs(places(a, b).value - places(b, a).value) < 1e-9
    assert places(a, b).reason
