"""Dates as written and the days they name: what the words and the day of writing give, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.claims.times import dates_in

Read = Callable[..., Reading]

WRITTEN = "2031-06-11"
"""A Wednesday."""
NAMED_LAST = "2031-05-20"

RESOLVED = [
    ("on 4 May 2031", "4 May 2031", "2031-05-04", "2031-05-04"),
    ("on Nov. 10, 2030", "Nov. 10, 2030", "2030-11-10", "2030-11-10"),
    ("on 12 December", "12 December", "2030-12-12", "2030-12-12"),
    ("on 25/12/2030", "25/12/2030", "2030-12-25", "2030-12-25"),
    ("3 to 9 May 2031", "3 to 9 May 2031", "2031-05-03", "2031-05-09"),
    ("from 28 April to 3 May 2031", "28 April to 3 May 2031", "2031-04-28", "2031-05-03"),
    ("from December 2029 to March 2030", "December 2029 to March 2030", "2029-12-01", "2030-03-31"),
    ("late October and early November 2030", "late October and early November 2030", "2030-10-21", "2030-11-10"),
    ("in early March 2031", "early March 2031", "2031-03-01", "2031-03-10"),
    ("at the end of 2030", "the end of 2030", "2030-09-01", "2030-12-31"),
    ("mid-2029", "mid-2029", "2029-05-01", "2029-08-31"),
    ("the first week of May 2031", "the first week of May 2031", "2031-05-01", "2031-05-07"),
    ("the second half of 2030", "the second half of 2030", "2030-07-01", "2030-12-31"),
    ("in the summer of 2030", "in the summer of 2030", "2030-06-01", "2030-08-31"),
    ("in the winter of 2029", "in the winter of 2029", "2029-12-01", "2030-02-28"),
    ("in the late 1980s", "in the late 1980s", "1987-01-01", "1989-12-31"),
    ("between 2013 and 2016", "between 2013 and 2016", "2013-01-01", "2016-12-31"),
    ("early this year", "early this year", "2031-01-01", "2031-04-30"),
    ("late last year", "late last year", "2030-09-01", "2030-12-31"),
    ("earlier this month", "earlier this month", "2031-06-01", "2031-06-11"),
    ("last month", "last month", "2031-05-01", "2031-05-31"),
    ("at the beginning of this year", "the beginning of this year", "2031-01-01", "2031-04-30"),
    ("at the end of last month", "the end of last month", "2031-05-21", "2031-05-31"),
    ("on 4, 5 and 9 May 2031", "4, 5 and 9 May 2031", "2031-05-04", "2031-05-09"),
    ("the night of 12/13 May 2031", "12/13 May 2031", "2031-05-12", "2031-05-13"),
    ("in the first quarter of 2030", "the first quarter of 2030", "2030-01-01", "2030-03-31"),
    ("the last three months of 2030", "the last three months of 2030", "2030-10-01", "2030-12-31"),
    ("in December last year", "December last year", "2030-12-01", "2030-12-31"),
    ("over the weekend", "over the weekend", "2031-06-07", "2031-06-08"),
    ("over the past 24 hours", "over the past 24 hours", "2031-06-10", "2031-06-11"),
    ("since the start of the year", "since the start of the year", "2031-01-01", "2031-06-11"),
    ("in Sunday's attack", "Sunday", "2031-06-08", "2031-06-08"),
    ("the 2029 massacre", "the 2029", "2029-01-01", "2029-12-31"),
    ("late in 2030", "late in 2030", "2030-09-01", "2030-12-31"),
    ("that same night", "that same night", "2031-05-20", "2031-05-20"),
    ("last summer", "last summer", "2030-06-01", "2030-08-31"),
    ("last Friday", "last Friday", "2031-06-06", "2031-06-06"),
    ("on Tuesday", "on Tuesday", "2031-06-10", "2031-06-10"),
    ("last night", "last night", "2031-06-10", "2031-06-10"),
    ("three days ago", "three days ago", "2031-06-08", "2031-06-08"),
    ("three weeks ago", "three weeks ago", "2031-05-18", "2031-05-24"),
    ("over the past two months", "over the past two months", "2031-04-11", "2031-06-11"),
    ("since 1 February", "1 February", "2031-02-01", "2031-06-11"),
    ("the next day", "the next day", "2031-05-21", "2031-05-21"),
    ("two days later", "two days later", "2031-05-22", "2031-05-22"),
    ("late that year", "late that year", "2031-09-01", "2031-12-31"),
    ("two days after the attack of 3 May 2031", "two days after the attack of 3 May 2031", "2031-05-05", "2031-05-05"),
    ("on 12 Ramadan 1432", "12 Ramadan 1432", "2011-08-11", "2011-08-13"),
]


@pytest.mark.parametrize(("words", "text", "first", "last"), RESOLVED, ids=[r[0] for r in RESOLVED])
def test_a_date_names_these_days(words: str, text: str, first: str, last: str) -> None:
    (found,) = dates_in(words, WRITTEN, None, NAMED_LAST)
    assert (found.text, found.first, found.last) == (text, first, last)
    assert words[found.start : found.end] == found.text


LEANING = ["on Tuesday", "last month", "early this year", "yesterday", "three weeks ago", "the next day", "in March"]


@pytest.mark.parametrize("words", LEANING)
def test_without_a_day_to_lean_on_a_relative_date_stays_open(words: str) -> None:
    (found,) = dates_in(words)
    assert found.first is None
    assert found.last is None


@pytest.mark.parametrize("words", ["3/5/2031", "until May 2030", "30 February 2031"])
def test_what_cannot_be_told_stays_open(words: str) -> None:
    (found,) = dates_in(words, WRITTEN)
    assert found.first is None


@pytest.mark.parametrize(
    "words", ["They may kill", "a day after he met the elders", "they march", "40 people", "Resolution 1973", "7.62 mm"]
)
def test_these_words_are_no_date(words: str) -> None:
    assert dates_in(words, WRITTEN) == []


def test_a_day_takes_the_year_of_the_other_day_in_its_sentence() -> None:
    found = dates_in("On 11 March and again on 2 April 2012", WRITTEN)
    assert [d.first for d in found] == ["2012-03-11", "2012-04-02"]


def test_a_hijri_day_is_three_days_and_says_that_it_is_an_approximation() -> None:
    # 1 Muharram 1445 began on the evening of 18 July 2023, 1 Ramadan 1432 on that of 31 July 2011, as widely observed.
    for words, day in (("1 Muharram 1445", "2023-07-19"), ("1 Ramadan 1432", "2011-08-01")):
        (found,) = dates_in(words)
        assert found.first is not None
        assert found.last is not None
        assert found.first < day < found.last
        assert "arithmetic" in found.note


def test_only_the_day_of_writing_makes_a_relative_date_move() -> None:
    one = dates_in("last month", "2031-06-11")[0]
    other = dates_in("last month", "2031-01-11")[0]
    assert (one.first, other.first) == ("2031-05-01", "2030-12-01")


def _only(reading: Reading, word: str) -> Claim:
    found = [c for c in reading.claims if word in c.act]
    assert len(found) == 1, [c.act for c in reading.claims]
    return found[0]


def test_the_day_of_a_verdict_is_not_the_day_of_the_crime(read: Read) -> None:
    text = "A court on Tuesday convicted Oran Vesh of the murder of nine farmers in Tevra in 2019."
    assert _only(read(text, dated=WRITTEN), "murder").date_from == "2019-01-01"


def test_the_day_of_speaking_is_not_the_day_of_the_act(read: Read) -> None:
    text = "Neighbours said on Tuesday that soldiers had killed nine farmers."
    assert _only(read(text, dated=WRITTEN), "killed").date_text is None


def test_the_day_up_to_which_was_counted_is_said_of_the_number(read: Read) -> None:
    claim = _only(read("As of 3 May 2031, at least 40 people had been killed in Orla."), "killed")
    assert claim.date_from is None
    assert claim.quantity is not None
    assert claim.quantity.as_of == "2031-05-03"


def test_the_day_of_writing_in_a_dateline_is_not_the_day_of_the_act(read: Read) -> None:
    text = "ORLA, Marsafa, 7 Dec. 2030 (Kestrel Press) -- Soldiers killed nine farmers in Tevra."
    assert _only(read(text, dated="2030-12-07"), "killed").date_text is None


def test_what_is_approximate_about_a_date_is_in_the_reasons(read: Read) -> None:
    claim = _only(read("On 12 Ramadan 1432 soldiers killed nine farmers in Orla."), "killed")
    assert "arithmetic calendar" in claim.why
