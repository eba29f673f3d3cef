"""Full names, short forms, fathers and sons. All persons are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.names.model import Form, Verdict
from probanda.names.persons import compare_persons, person_name


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Tarik Qarmouni", "Tareq Garmuni", Verdict.SAME),
        ("Gen. Tarik Qarmouni", "TARIK QARMOUNI", Verdict.SAME),
        ("Tarik al-Qarmouni", "طارق القرموني", Verdict.SAME),
        ("Field Marshal Tarik bin Zayd Qarmouni", "Tarik Zayd Qarmouni", Verdict.SAME),
        ("Tarik Zayd Busafi al-Qarmouni", "Tarik al-Qarmouni", Verdict.COMPATIBLE),
        ("Qarmouni", "Tarik al-Qarmouni", Verdict.COMPATIBLE),
        ("President Qarmouni", "Tarik al-Qarmouni", Verdict.COMPATIBLE),
        ("T. Qarmouni", "Tarik Qarmouni", Verdict.COMPATIBLE),
        ("Seif al-Nur", "Saif al-Nur Qarmouni", Verdict.COMPATIBLE),
        ("Tarik Qarmouni", "Munir Qarmouni", Verdict.DIFFERENT),
        ("M. Qarmouni", "Tarik Qarmouni", Verdict.DIFFERENT),
        ("Tarik Qarmouni", "Tarik Belhadi", Verdict.DIFFERENT),
        ("Tarik Zayd Qarmouni", "Tarik Omar Qarmouni", Verdict.DIFFERENT),
        ("Peter Varrow Jr.", "Peter Varrow Sr.", Verdict.DIFFERENT),
        ("Peter Varrow Jr.", "Peter Varrow", Verdict.OPEN),
        ("Zayd Qarmouni", "Tarik Zayd Qarmouni", Verdict.OPEN),
        ("Qarmouni Tarik", "Tarik Qarmouni", Verdict.OPEN),
        ("Tarik", "Tarik Qarmouni", Verdict.OPEN),
        ("the General", "Tarik Qarmouni", Verdict.OPEN),
    ],
)
def test_two_names(a, b, verdict):
    assert compare_persons(a, b).verdict is verdict, compare_persons(a, b).reason
    assert compare_persons(b, a).verdict is verdict


def test_every_verdict_gives_its_reason():
    assert compare_persons("Tarik Qarmouni", "Munir Qarmouni").reason == "one family name, but other given names"
    assert compare_persons("Qarmouni", "Tarik Qarmouni").form is Form.FAMILY_ONLY


@pytest.mark.parametrize(
    "words",
    ["Peruvian General Tarik Qarmouni", "renegade Peruvian commander Tarik Qarmouni", "VPC prosecutor Tarik Qarmouni"],
)
def test_what_describes_a_person_before_a_title_is_no_name(words):
    assert person_name(words).tokens == ("tarik", "qarmouni")


@pytest.mark.parametrize(
    ("words", "tokens"),
    [("al-Qarmouni", ("qarmouni",)), ("van Varrow", ("van", "varrow")), ("Jordan Varrow", ("jordan", "varrow"))],
)
def test_particles_and_names_like_those_of_states_stay(words, tokens):
    assert person_name(words).tokens == tokens


def test_a_title_is_kept_beside_the_name():
    name = person_name("Lt. Gen. Tarik Qarmouni")
    assert name.titles == ("lt gen",)
    assert name.tokens == ("tarik", "qarmouni")


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_verdict_is_symmetric_whatever_is_written(a, b):
    assert compare_persons(a, b).verdict is compare_persons(b, a).verdict
