"""Where bars of bounds begin and end on a scale from nothing to the highest number: start with `scaled`.

A figure is drawn from its minimum to its maximum. Where no maximum is stated the bar is open: it runs to the end of the
scale and is drawn so; where no minimum is, it begins at nothing and is open there. `About so many` is a mark without a
bar, since it bounds nothing. All numbers are of 100, so that a page can draw them at any width and turn them round.

Looks down to: incidents.figures. Used by: web.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probanda.incidents.figures import Figure, Span

ROOM = 1.15
"""The scale goes on this much beyond the highest number, so that an open bar is seen to go on."""
LEAST = 0.8
"""The least width of a bar that says one number exactly."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in hundredths of the scale."""

    start: float
    width: float
    open_above: bool
    """No maximum is stated."""
    open_below: bool
    """No minimum is stated."""
    marks: tuple[float, ...]
    """Numbers said to be about so many."""

    @property
    def drawn(self) -> bool:
        """False where nothing bounds it and only marks are to be seen."""
        return self.width > 0


def scale_of(spans: Sequence[Span], figures: Sequence[Figure]) -> int:
    """The highest number that any of these names; 1 where none does."""
    named = [n for s in spans for n in (s.low, s.high, *s.about)] + [
        n for f in figures for n in (f.min, f.max, f.value)
    ]
    return max((n for n in named if n), default=1)


def of_span(span: Span, scale: int) -> Bar:
    """The span of what sources say: from the lowest minimum to the highest maximum, open where one states none."""
    marks = tuple(_at(n, scale) for n in span.about)
    return _bar(span.low, None if span.open_above else span.high, scale, marks)


def of_figure(figure: Figure, scale: int) -> Bar:
    """One source's figure."""
    bare = figure.min is None and figure.max is None
    marks = (_at(figure.value, scale),) if bare and figure.value is not None else ()
    return _bar(figure.min, figure.max, scale, marks)


def _bar(low: int | None, high: int | None, scale: int, marks: tuple[float, ...]) -> Bar:
    if low is None and high is None:
        return Bar(0, 0, False, False, marks)
    start = _at(low or 0, scale)
    end = 100.0 if high is None else _at(high, scale)
    return Bar(start, max(LEAST, round(end - start, 2)), high is None, low is None, marks)


def _at(number: int, scale: int) -> float:
    return round(100 * number / (scale * ROOM), 2)
