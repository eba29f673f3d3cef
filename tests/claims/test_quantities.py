"""Numbers as a source gives them, with their bounds, and numbers that count nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Reading
from probanda.claims.quantities import quantities_in, span_in

Read = Callable[..., Reading]

COUNTED = [
    ("42 people", "42", 42, 42, 42),
    ("1,600 civilians", "1,600", 1600, 1600, 1600),
    ("twenty-five men", "twenty-five", 25, 25, 25),
    ("two hundred and six dead", "two hundred and six", 206, 206, 206),
    ("1.5 million people", "1.5 million", 1500000, 1500000, 1500000),
    ("a dozen farmers", "a dozen", 12, 12, 12),
    ("half a dozen men", "half a dozen", 6, 6, 6),
    ("more than 400 people", "more than 400", 400, 401, None),
    ("at least 12 were killed", "at least 12", 12, 12, None),
    ("no fewer than twenty-five", "no fewer than twenty-five", 25, 25, None),
    ("40 or more men", "40 or more", 40, 40, None),
    ("as many as 99 villagers", "as many as 99", 99, None, 99),
    ("fewer than ten", "fewer than ten", 10, None, 9),
    ("about 400 people", "about 400", 400, None, None),
    ("some forty men", "some forty", 40, None, None),
    ("100-odd men", "100-odd", 100, None, None),
    ("34 to 44 civilians", "34 to 44", None, 34, 44),
    ("between 85 and 110 persons", "between 85 and 110", None, 85, 110),
    ("20-30 men", "20-30", None, 20, 30),
    ("two or three men", "two or three", None, 2, 3),
    ("approx. 70 people", "approx. 70", 70, None, None),
    ("dozens of people", "dozens", None, 20, None),
    ("several hundred people", "several hundred", None, 200, None),
]


@pytest.mark.parametrize(("words", "text", "value", "low", "high"), COUNTED, ids=[c[0] for c in COUNTED])
def test_a_number_has_these_bounds(words: str, text: str, value: int | None, low: int | None, high: int | None) -> None:
    ((span, found),) = quantities_in(words)
    assert (found.text, found.value, found.min, found.max) == (text, value, low, high)
    assert span.of(words) == found.text


@pytest.mark.parametrize(
    "words",
    [
        "Vesh, 71, was acquitted",
        "a 34-year-old teacher",
        "boys under fifteen, said the nurse",
        "boys aged 9 and older",
        "as young as twelve",
        "50 km from Orla",
        "$10,000",
        "10,000 dollars",
        "at 2:53 p.m.",
        "at 2300 on Friday",
        "for three days",
        "25 years in prison",
        "the 4th brigade",
        "Camp 5",
        "Article 8",
        "a two-vehicle patrol",
        "122 mm rockets",
        "40 per cent",
        "Not one prisoner was harmed",
        "3.2 on the scale",
    ],
)
def test_these_numbers_count_nobody(words: str) -> None:
    assert quantities_in(words) == []


def test_a_span_of_time_is_read_where_it_is_what_is_counted() -> None:
    years = span_in("sentenced him to more than 25 years")
    assert years is not None
    assert (years.value, years.min, years.unit) == (25, 26, "years")
    days = span_in("the 140-day siege")
    assert days is not None
    assert (days.value, days.unit) == (140, "days")
    assert span_in("a 34-year-old teacher") is None


READ = [
    ("Soldiers killed at least 14 people in Orla.", "killed", "at least 14", "people"),
    ("Rebels beat a family of five in Orla.", "beat", "five", "family"),
    ("Doctors recorded 18 reports of rape by militiamen.", "rape", "18", "reports"),
    ("The 140-day siege of Orla by the militia ended.", "siege", "140-day", "days"),
]


@pytest.mark.parametrize(("words", "act", "text", "unit"), READ, ids=[r[0] for r in READ])
def test_the_number_of_a_claim_is_that_of_those_hit(words: str, act: str, text: str, unit: str, read: Read) -> None:
    found = [c.quantity for c in read(words).claims if act in c.act]
    assert found
    assert found[0] is not None
    assert (found[0].text, found[0].unit) == (text, unit)


def test_those_who_did_it_are_counted_as_such_where_nobody_else_is(read: Read) -> None:
    claim = read("Six soldiers raped the teacher in Orla.").claims[0]
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.unit) == (6, "authors")
    both = read("Six soldiers killed nine farmers in Orla.").claims[0]
    assert both.quantity is not None
    assert both.quantity.value == 9


def test_a_date_is_no_quantity(read: Read) -> None:
    claim = read("Soldiers killed the mayor of Orla on 19 June 2031.").claims[0]
    assert claim.quantity is None
