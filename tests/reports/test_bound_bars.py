"""Bars of bounds: where they begin and end, and when they are open."""

from __future__ import annotations

from probanda.incidents.figures import ledger
from probanda.kernel.quantities import Quantity
from probanda.reports.bound_bars import of_figure, of_span, scale_of
from tests.incidents.factory import a_claim


def told(*numbers: tuple[int | None, int | None, int | None]):
    made = ledger(
        a_claim(f"c{n}", f"t{n}", count=Quantity(text="so many", value=value, min=low, max=high, unit="killed"))
        for n, (value, low, high) in enumerate(numbers)
    )
    return made.spans[0], made.figures, scale_of(made.spans, made.figures)


def test_a_bar_goes_from_at_least_to_at_most_and_leaves_room_beyond():
    span, figures, scale = told((None, 20, 40), (60, 60, 60))
    bar = of_span(span, scale)
    assert scale == 60
    assert (bar.open_above, bar.open_below, bar.marks) == (False, False, ())
    assert 0 < bar.start < of_figure(figures[1], scale).start < 100
    assert round(bar.start + bar.width, 1) == round(of_figure(figures[1], scale).start, 1)


def test_a_bar_without_a_maximum_is_open_to_the_end_of_the_scale():
    span, figures, scale = told((None, 400, None), (30, 30, 30))
    assert of_span(span, scale).open_above
    assert of_span(span, scale).start + of_span(span, scale).width == 100
    assert not of_figure(figures[1], scale).open_above


def test_about_so_many_bounds_nothing_and_is_a_mark():
    span, figures, scale = told((400, None, None))
    assert not of_span(span, scale).drawn
    assert of_figure(figures[0], scale).marks == of_span(span, scale).marks != ()
