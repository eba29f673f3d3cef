"""What is told of time is never more than was told: inside, around, before, after, ended, begun, unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.kernel.bounds import EVER, Bounds, Holds, first_day, last_day

SPAN = Bounds(first_precise="2031-03-05", last_precise="2031-08-20")


@pytest.mark.parametrize(
    ("bounds", "day", "wanted"),
    [
        (SPAN, "2031-05-01", Holds.STATED),
        (SPAN, "2031-03-05", Holds.STATED),
        (SPAN, "2031-03-04", Holds.LATER),
        (SPAN, "2031-08-21", Holds.EARLIER),
        (Bounds(first_precise="2031-03-05", last_precise="2031-08-20", starting=True), "2031-03-04", Holds.NOT_YET),
        (Bounds(first_precise="2031-03-05", last_precise="2031-08-20", ending=True), "2031-08-21", Holds.ENDED),
        (Bounds(first_precise="2031", last_precise="2031"), "2031-05-01", Holds.WITHIN),
        (Bounds(first_precise="2030", last_precise="2032-06"), "2031-05-01", Holds.STATED),
        (Bounds(first_precise="2030", last_precise="2032-06"), "2030-12-30", Holds.WITHIN),
        (Bounds(first_imprecise="2031-04-15", last_imprecise="2031-04-17"), "2031-04-16", Holds.WITHIN),
        (Bounds(first_imprecise="2031-04-15", last_imprecise="2031-04-17"), "2031-04-18", Holds.EARLIER),
        (Bounds(first_imprecise=EVER, last_imprecise="2031-04-17"), "1990-01-01", Holds.WITHIN),
        (Bounds(first_precise="2031-03-05"), "2031-03-05", Holds.WITHIN),
        (Bounds(first_precise="2031-03-05"), "2031-03-06", Holds.EARLIER),
        (Bounds(last_precise="2031-03-05"), "2031-03-04", Holds.LATER),
        (Bounds(), "2031-03-05", Holds.UNDATED),
        (Bounds(first_precise="soon"), "2031-03-05", Holds.UNDATED),
    ],
)
def test_a_day_is_inside_around_or_outside_what_is_told(bounds: Bounds, day: str, wanted: Holds) -> None:
    assert bounds.on(date.fromisoformat(day)) is wanted


@pytest.mark.parametrize("words", ["2031-13", "2031-02-30", "31", "", "2031-5-3"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert first_day(words) is None
    assert last_day(words) is None


def test_a_month_and_a_year_mean_all_their_days() -> None:
    assert (first_day("2032-02"), last_day("2032-02")) == (date(2032, 2, 1), date(2032, 2, 29))
    assert (first_day("2032"), last_day("2032")) == (date(2032, 1, 1), date(2032, 12, 31))


days = st.dates(date(2030, 1, 1), date(2033, 1, 1))


@given(days, days, days)
def test_nothing_is_stated_outside_the_precise_bounds(one: date, other: date, asked: date) -> None:
    low, high = sorted((one, other))
    said = Bounds(first_precise=low.isoformat(), last_precise=high.isoformat()).on(asked)
    assert (said is Holds.STATED) == (low <= asked <= high)
