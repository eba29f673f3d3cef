"""A title names the act in the most specific words its claims tell, place and days, and says no more than they do."""

from __future__ import annotations

from datetime import date

import pytest
from tests.incidents.factory import a_claim, exactly, gathered, incident_with

from probanda.incidents.titles import LABELS, Kind, act_words, kind_told, spelled
from probanda.kernel.vocabulary import ActType, Modality

THERE = {"at": ["Velm"], "on": "2031-05-03"}


def told(*claims) -> str:
    return kind_told(claims).words


def of(detail: str, id: str = "a", act_type: ActType = ActType.OTHER, **more):
    return a_claim(id, act_type=act_type, detail=detail, **more)


def test_the_finer_act_gives_the_name():
    claims = [of("forced-labour-trafficking", "a", **THERE), of("forced-labour-trafficking", "b", item="t2", **THERE)]
    result = gathered(*claims)
    assert incident_with(result, "a").title == "Forced labour or trafficking · Velm, 3 May 2031"


def test_a_finer_act_goes_under_any_type():
    assert told(of("property-destruction", act_type=ActType.LOOTING_PROPERTY)) == "Destruction of property"
    assert told(of("ill-treatment", act_type=ActType.TORTURE)) == "Ill-treatment"


def test_a_deed_names_the_incident_rather_than_the_dead_that_are_counted():
    shelling = a_claim("a", act_type=ActType.INDISCRIMINATE_ATTACK)
    counts = [of("casualty-count", x, act_type=ActType.KILLING) for x in "bcd"]
    assert told(shelling, *counts) == "Shelling, bombing or other attack"


def test_what_one_of_many_claims_tells_does_not_name_the_incident():
    counts = [of("casualty-count", x, act_type=ActType.KILLING) for x in "bcdef"]
    assert told(a_claim("a", act_type=ActType.SIEGE), *counts) == "Dead or wounded"


def test_crimes_that_nobody_specifies_name_it_only_where_nothing_else_is_told():
    crimes = [of("unspecified-crimes", x) for x in "bcdefgh"]
    assert told(*crimes) == "Crimes not specified"
    assert told(a_claim("a", act_type=ActType.EXECUTION), *crimes) == "Execution"
    assert told(of("", "i"), of("persecution", "j")) == "Persecution"


def test_denials_and_threats_do_not_name_what_others_say_has_happened():
    denied = [a_claim(x, act_type=ActType.EXECUTION, denied=True) for x in "abc"]
    assert told(*denied, a_claim("d", act_type=ActType.DETENTION)) == "Detention"


@pytest.mark.parametrize(
    ("modality", "how"),
    [
        (Modality.DENIED, "denied"),
        (Modality.ORDERED, "ordered"),
        (Modality.THREATENED, "threatened"),
        (Modality.CALLED_FOR, "called for"),
    ],
)
def test_an_act_that_nobody_says_has_happened_is_not_titled_as_one_that_did(modality, how):
    result = gathered(a_claim("a", modality=modality, denied=modality is Modality.DENIED, **THERE))
    assert incident_with(result, "a").title == f"Killing ({how}) · Velm, 3 May 2031"


def test_a_sentence_asked_for_is_not_said_twice_to_be_asked_for():
    asked = of("sentence-requested", act_type=ActType.PROCEDURAL, modality=Modality.CALLED_FOR)
    result = gathered(asked)
    assert incident_with(result, "a").title.startswith("Sentence requested · ")


def test_a_title_names_neither_author_nor_number():
    result = gathered(a_claim("a", by=["Northern Brigade"], of=["bakers"], count=exactly(11), **THERE))
    assert incident_with(result, "a").title == "Killing · Velm, 3 May 2031"


def test_flight_is_not_called_displacement():
    assert told(of("fled", act_type=ActType.DISPLACEMENT)) == "Flight"


def test_every_type_has_a_name_and_only_the_open_one_says_nothing():
    assert set(LABELS) == set(ActType)
    assert [t for t in ActType if Kind(t, "").open] == [ActType.OTHER]


def test_charts_tell_finer_acts_apart_only_where_the_type_says_nothing():
    assert act_words(of("persecution")) == "Persecution"
    assert act_words(of("property-seizure", act_type=ActType.LOOTING_PROPERTY)) == LABELS[ActType.LOOTING_PROPERTY]


def test_the_kind_does_not_depend_on_the_order_of_claims():
    claims = [of("persecution", "a"), a_claim("b", act_type=ActType.DETENTION), a_claim("c")]
    assert told(*claims) == told(*claims[::-1]) == "Killing"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "date not stated"),
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        ("2031-05-03", "2031-05-05", "3–5 May 2031"),
        ("2031-04-30", "2031-05-02", "30 April – 2 May 2031"),
        ("2030-12-31", "2031-01-02", "31 December 2030 – 2 January 2031"),
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2031-04-01", "2031-05-31", "April – May 2031"),
        ("2030-11-01", "2031-02-28", "November 2030 – February 2031"),
        ("2030-01-01", "2030-12-31", "2030"),
        ("2029-01-01", "2030-12-31", "2029 – 2030"),
        ("2031-05-01", "2031-05-30", "1–30 May 2031"),
    ],
)
def test_days_are_called_as_they_were_told(first, last, words):
    days = [date.fromisoformat(d) if d else None for d in (first, last)]
    assert spelled(*days) == words
