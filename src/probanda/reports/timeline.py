"""Intervals laid on a line: positions in thousandths of the width, and lanes so that none covers another.

Pure geometry; the page draws it and `parts.chronology` says the same in words.

Looks down to: record, dates. Used by: parts.chronology.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from probanda.reports.dates import first_day, last_day
from probanda.reports.record import Bar, Tick

WIDTH = 1000
LABEL = 62
"""Room a label takes, in thousandths."""
EDGE = 30
"""Room kept at either end, in thousandths, so that open arrows can be seen."""
MOST = 48
"""More bars than this make a picture nobody can read; the table has them all."""


@dataclass(frozen=True, slots=True)
class Span:
    """One interval to be drawn: ISO bounds, of which one may be missing."""

    label: str
    target: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Bars and ticks in their places."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    lanes: int


def lay_out(spans: Sequence[Span]) -> Layout | None:
    """Places for these intervals, earliest first; None where fewer than two have a date."""
    dated = [(s, *_days(s)) for s in spans]
    known = [(s, a, b) for s, a, b in dated if a is not None and b is not None]
    if len(known) < 2:
        return None
    known.sort(key=lambda x: (x[1], x[2], x[0].label))
    known = known[:MOST]
    low, high = min(a for _, a, _ in known), max(b for _, _, b in known)
    if low == high:
        low, high = low - 15, high + 15
    bars: list[Bar] = []
    ends: list[int] = []
    for span, start, end in known:
        at = _at(start, low, high)
        wide = max(_at(end, low, high) - at, 6)
        lane = next((n for n, taken in enumerate(ends) if taken + 8 <= at), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = at + wide + LABEL
        bars.append(Bar(span.label, span.target, at, wide, lane, start == end, span.start is None, span.end is None))
    return Layout(tuple(bars), _ticks(low, high), len(ends))


def _days(span: Span) -> tuple[int | None, int | None]:
    first, last = first_day(span.start or span.end), last_day(span.end or span.start)
    if first is None or last is None:
        return None, None
    a, b = date(*first).toordinal(), date(*last).toordinal()
    return min(a, b), max(a, b)


def _at(day: int, low: int, high: int) -> int:
    room = WIDTH - 2 * EDGE - LABEL
    return EDGE + (day - low) * room // (high - low)


def _ticks(low: int, high: int) -> tuple[Tick, ...]:
    """Years where the line spans several, months where it spans a few, else its two ends."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    starts = [date(y, 1, 1) for y in range(first.year, last.year + 2)]
    if len([d for d in starts if low <= d.toordinal() <= high]) < 2:
        starts = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
        form = "%Y-%m"
    else:
        form = "%Y"
    inside = [d for d in starts if low <= d.toordinal() <= high]
    if len(inside) < 2:
        inside, form = [first, last], "%Y-%m-%d"
    step = -(-len(inside) // 8)
    return tuple(Tick(d.strftime(form), _at(d.toordinal(), low, high)) for d in inside[::step])
