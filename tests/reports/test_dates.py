"""Intervals as a person reads them, and as bars on a line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from probanda.reports.dates import run_time, spoken, year_stated
from probanda.reports.timeline import Span, lay_out
from probanda.reports.words import Words


@pytest.mark.parametrize(
    ("start", "end", "read"),
    [
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        ("2031-05-03", "2031-05-05", "3–5 May 2031"),
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-05-01", "2031-06-30", "May to June 2031"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2029-01-01", "2031-12-31", "2029 to 2031"),
        ("2031-05-28", "2031-06-02", "28 May 2031 to 2 June 2031"),
        ("2031-05", "2031-05", "May 2031"),
        ("2031", None, "2031 or later; no end stated"),
        (None, "2031-05-03", "3 May 2031 or earlier; no start stated"),
        (None, None, "no date stated"),
        ("in spring", None, "in spring"),
        ("2031-13-40", "2031-13-41", "2031-13-40 – 2031-13-41"),
    ],
)
def test_an_interval_is_read_as_a_person_reads_it(start: str | None, end: str | None, read: str) -> None:
    assert spoken(Words(), start, end) == read


def test_a_year_that_no_text_states_stands_in_brackets() -> None:
    assert spoken(Words(), "2031-04-15", "2031-04-17", year_stated=False) == "15–17 April [2031]"


def test_the_year_is_found_in_digits_of_any_script() -> None:
    assert year_stated("2031-05-03", "٣ أيار ٢٠٣١")
    assert not year_stated("2031-05-03", "3 May")


def test_the_time_of_a_run_is_read_and_an_odd_one_is_shown_as_it_is() -> None:
    assert run_time(Words(), "2031-07-02T09:12:00Z") == "2 July 2031, 09:12 UTC"
    assert run_time(Words(), "sometime") == "sometime"


def test_no_bar_of_the_timeline_covers_another() -> None:
    spans = [Span(f"I-{n}", f"I-{n}", f"2031-05-{n:02}", f"2031-05-{n + 4:02}") for n in range(1, 20)]
    layout = lay_out(spans)
    assert layout is not None
    assert layout.lanes > 1
    for lane in range(layout.lanes):
        bars = sorted((b.start, b.start + b.width) for b in layout.bars if b.lane == lane)
        assert all(end < start for (_, end), (start, _) in pairwise(bars))
    assert all(b.start >= 0 and b.start + b.width <= 1000 for b in layout.bars)


def test_an_unknown_end_is_drawn_open_and_a_single_day_solid() -> None:
    layout = lay_out([Span("I-1", "I-1", "2029", None), Span("I-2", "I-2", "2031-05-03", "2031-05-03")])
    assert layout is not None
    assert [(b.label, b.open_end, b.exact) for b in layout.bars] == [("I-1", True, False), ("I-2", False, True)]


def test_one_date_alone_makes_no_picture() -> None:
    assert lay_out([Span("I-1", "I-1", "2031-05-03", "2031-05-03"), Span("I-2", "I-2", None, None)]) is None
