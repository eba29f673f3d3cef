"""Bars of time say what is stated of a link and nothing more; the line runs with the direction of writing."""

from __future__ import annotations

from datetime import date

from probanda.kernel.bounds import Holds
from probanda.web.intervals import LOOKS, intervals_of, spans, ticks
from tests.casework.test_commanding import LINKS


def test_bars_cover_just_the_days_of_which_something_is_stated() -> None:
    first, last = date(2031, 4, 1), date(2031, 9, 1)
    for link in LINKS:
        found = spans(link, first, last)
        for n in range((last - first).days + 1):
            day = date.fromordinal(first.toordinal() + n)
            here = [look for start, end, look in found if start <= day < end]
            assert here == ([LOOKS[link.on(day)]] if link.on(day) in LOOKS else [])
    assert Holds.EARLIER not in LOOKS
    assert Holds.ENDED not in LOOKS


def test_time_runs_with_the_writing_and_every_bar_stays_on_the_line() -> None:
    links = list(enumerate(LINKS, start=1))
    plain, turned = (intervals_of(links, date(2031, 7, 1), turned=way) for way in (False, True))
    assert plain is not None
    assert turned is not None
    assert turned.day == plain.wide - plain.day
    assert turned.head > plain.day > plain.head
    for drawn in (plain, turned):
        bars = [span for row in drawn.rows for span in row.spans]
        assert bars
        assert all(b.x > 0 and b.x + b.wide <= drawn.wide for b in bars)
    undated = [one for one in links if not spans(one[1], date(2030, 1, 1), date(2032, 1, 1))]
    assert intervals_of(undated, date(2031, 7, 1)) is None
    assert len(ticks(date(1990, 5, 1), date(2031, 1, 1))) <= 9
    assert ticks(date(2031, 1, 5), date(2031, 3, 5)) == [(date(2031, 2, 1), "2031-02"), (date(2031, 3, 1), "2031-03")]
