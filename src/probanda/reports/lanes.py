"""The timeline: how many incidents each decade, year, month or day holds for certain, and how many perhaps.

Start with `Span.of` (what the address asks for) and `columns`. An incident whose days all lie in a column counts as in
it; one whose days reach beyond counts as perhaps in each that they touch. What has no end that is told is perhaps in
every later column.

Looks down to: dates. Used by: web.pages.timeline.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from probanda.reports.dates import first_day, last_day

MOST_YEARS = 15
"""Years that stand side by side; of a longer time decades do."""
MOST_DECADES = 30


@dataclass(frozen=True, slots=True)
class Dated:
    """One incident with its days."""

    id: str
    first: date | None
    """None where no beginning is told."""
    last: date | None
    """None where no end is told."""

    @property
    def is_day(self) -> bool:
        """True where one day is told."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with a name that stands in an address: `2030s`, `2031`, `2031-05`, `2031-05-03`; empty for
    all."""

    name: str
    first: date
    last: date

    @classmethod
    def of(cls, name: str) -> Span | None:
        """The span of this name; None for what names none."""
        try:
            if name.endswith("0s") and len(name) == 5:
                return cls(name, date(int(name[:4]), 1, 1), date(int(name[:4]) + 9, 12, 31))
            first, last = first_day(name), last_day(name)
            return cls(name, date(*first), date(*last)) if first and last and len(name) in (4, 7, 10) else None
        except ValueError:
            return None

    @property
    def around(self) -> str:
        """Name of the next wider span; empty for all."""
        if len(self.name) == 10:
            return self.name[:7]
        if len(self.name) == 7:
            return self.name[:4]
        return "" if self.name.endswith("s") else f"{self.name[:3]}0s"

    def beside(self, by: int) -> str:
        """Name of the span of its kind before (-1) or after (1); empty at the end of the calendar."""
        try:
            day = self.first - timedelta(days=1) if by < 0 else self.last + timedelta(days=1)
        except OverflowError:
            return ""
        if day.year < 1000:
            return ""
        return f"{day.year // 10}0s" if self.name.endswith("s") else day.isoformat()[: len(self.name)]


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its span, what it holds for certain, what perhaps."""

    span: Span
    certain: int
    possible: int


def dated(id_: str, start: str | None, end: str | None) -> Dated | None:
    """An incident with its days, which are ISO dates of a day, a month or a year; None where nothing dates it."""
    first, last = _days(start, end)
    return Dated(id_, first, last) if first or last else None


@lru_cache(maxsize=65536)
def _days(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    first, last = first_day(start), last_day(end)
    return date(*first) if first else None, date(*last) if last else None


def whole(incidents: Sequence[Dated]) -> str:
    """Name of the narrowest span, down to a year, that holds every day told; empty for all where no decade does."""
    days = sorted(day for one in incidents for day in (one.first, one.last) if day)
    if days and days[0].year == days[-1].year:
        return f"{days[0].year:04}"
    return ""


def columns(incidents: Sequence[Dated], span: Span | None) -> tuple[Column, ...]:
    """The bars of a span, or of all time that is told; empty where nothing is dated."""
    spans = _parts(span) if span else _all(incidents)
    if not spans:
        return ()
    starts = [one.first for one in spans]
    certain, touched = [0] * len(spans), [0] * (len(spans) + 1)
    for one in incidents:
        low = _at(starts, one.first) if one.first else 0
        high = _at(starts, one.last) if one.last else len(spans) - 1
        low = max(low, 0)
        if high < low or (one.first and one.first > spans[-1].last) or (one.last and one.last < spans[0].first):
            continue
        held = one.first is not None and one.last is not None and low == high
        if held and one.first >= spans[low].first and one.last <= spans[low].last:  # type: ignore[operator]
            certain[low] += 1
        else:
            touched[low] += 1
            touched[high + 1] -= 1
    possible, running = [], 0
    for n in range(len(spans)):
        running += touched[n]
        possible.append(running)
    return tuple(Column(s, c, p) for s, c, p in zip(spans, certain, possible, strict=True))


def within(incidents: Iterable[Dated], span: Span | None) -> list[Dated]:
    """Those that may lie in a span, in order of days."""
    found = [
        one
        for one in incidents
        if span is None
        or ((one.first is None or one.first <= span.last) and (one.last is None or one.last >= span.first))
    ]
    return sorted(found, key=lambda one: (one.first or date.min, one.last or date.max, one.id))


def _at(starts: Sequence[date], day: date) -> int:
    """The last column that begins on this day or before; -1 before the first."""
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= day:
            low = middle + 1
        else:
            high = middle
    return low - 1


def _parts(span: Span) -> list[Span]:
    year, month = span.first.year, span.first.month
    if span.name.endswith("s"):
        return [_span(f"{y:04}") for y in range(year, year + 10)]
    if len(span.name) == 4:
        return [_span(f"{year:04}-{m:02}") for m in range(1, 13)]
    days = calendar.monthrange(year, month)[1]
    here = [_span(f"{year:04}-{month:02}-{d:02}") for d in range(1, days + 1)]
    return here if len(span.name) == 7 else [one for one in here if one.name == span.name]


def _all(incidents: Sequence[Dated]) -> list[Span]:
    """Years where there are few, else decades; of more decades than a picture holds, the last."""
    years = [day.year for one in incidents for day in (one.first, one.last) if day]
    if not years:
        return []
    first, last = max(1000, min(years)), max(years)
    if last - first < MOST_YEARS:
        return [_span(f"{y:04}") for y in range(first, last + 1)]
    return [_span(f"{d}0s") for d in range(first // 10, last // 10 + 1)][-MOST_DECADES:]


def _span(name: str) -> Span:
    found = Span.of(name)
    assert found is not None  # noqa: S101 - made from a date
    return found
