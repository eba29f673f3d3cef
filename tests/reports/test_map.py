"""Projection, clusters, borders, arrows, and the columns of the timeline: pure, and the same whatever the order."""

from __future__ import annotations

import itertools
import json
import math
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.reports import lanes
from probanda.reports.borders import Borders, degrees_of
from probanda.reports.clusters import MOST, Spot, marks
from probanda.reports.map_layout import Move, lay_out
from probanda.reports.mercator import TALL, WIDE, Window, degrees, fitting, unit, window_of


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_a_place_comes_back_from_the_flat_picture(latitude: float, longitude: float) -> None:
    back = degrees(*unit(latitude, longitude))
    assert math.isclose(back[0], latitude, abs_tol=1e-9) and math.isclose(back[1], longitude, abs_tol=1e-9)


def test_the_projection_is_that_of_tile_maps() -> None:
    assert unit(0, 0) == (0.5, 0.5)
    assert [round(v, 5) for v in unit(85.0511287798, 180)] == [1, 0]
    x, y = unit(52.52, 13.405)  # the tile of this place at zoom 10, as every tile map numbers it
    assert (int(x * 1024), int(y * 1024)) == (550, 335)


def test_a_window_keeps_its_address_and_refuses_what_is_none() -> None:
    window = Window(7, 31.5, -41.25)
    assert window_of(window.address) == window
    assert [window_of(words) for words in ("", "7/x/1", "7/nan/1", "<b>", "7/1")] == [None] * 5
    assert window.shifted(100, -50).shifted(-100, 50).address == window.address


def test_the_first_view_holds_every_circle() -> None:
    circles = [(31.5, -41.0, 8.0), (30.4, -40.1, 5.0), (31.0, -40.6, 90.0)]
    window = fitting(circles)
    for latitude, longitude, km in circles:
        (x, y), r = window.point(latitude, longitude), window.pixels(latitude, km)
        assert x - r >= 0 and x + r <= WIDE and y - r >= 0 and y + r <= TALL
    assert fitting([]).zoom == 1


# --- clusters -------------------------------------------------------------------------------------


def spot(n: int, latitude: float, longitude: float, radius: float = 3.0) -> Spot:
    return Spot(f"s{n:05}", f"Place {n}", latitude, longitude, radius, (f"i{n}",))


def scattered(many: int) -> list[Spot]:
    rng = random.Random(7)  # noqa: S311
    return [spot(n, rng.uniform(28, 34), rng.uniform(-45, -36), rng.choice((1, 3, 8))) for n in range(many)]


def test_twenty_thousand_places_are_a_few_hundred_marks_and_no_incident_is_lost() -> None:
    spots = scattered(20_000)
    found, _ = marks(spots, fitting((s.latitude, s.longitude, s.radius) for s in spots))
    assert 20 < len(found) <= MOST
    assert {i for m in found for i in m.incidents} == {i for s in spots for i in s.incidents}
    shuffled = random.Random(1).sample(spots, len(spots))  # noqa: S311
    assert marks(shuffled, fitting((s.latitude, s.longitude, s.radius) for s in spots))[0] == found


def test_the_circle_of_a_mark_holds_the_circles_of_its_places() -> None:
    window = Window(8, 31, -40)
    for mark in marks(scattered(300), window)[0]:
        for one in mark.spots:
            x, y = window.point(one.latitude, one.longitude)
            assert math.hypot(x - mark.x, y - mark.y) + window.pixels(one.latitude, one.radius) <= mark.radius + 1e-6


def test_a_mark_does_not_change_when_the_window_moves() -> None:
    spots, window = scattered(200), Window(8, 31, -40)
    here = {m.spots for m in marks(spots, window)[0]}
    beside = {m.spots for m in marks(spots, window.shifted(37, -23))[0]}
    assert len(here & beside) > len(here) * 0.7


def test_what_is_known_only_roughly_is_an_area_of_its_own_and_holds_the_picture_where_one_looks_closer() -> None:
    country, town = spot(1, 31, -40, 300), spot(2, 31, -40, 4)
    found, around = marks([country, town], Window(6, 31, -40))
    assert sorted((m.broad, len(m.spots)) for m in found) == [(False, 1), (True, 1)] and not around
    (area,) = lay_out([country, town], [], {}, Window(6, 31, -40)).broad
    assert round(math.hypot(area.x - area.mark.x, area.y - area.mark.y)) == area.area, "its number is on its rim"
    found, around = marks([country, town], Window(11, 31, -40))
    assert [m.spots[0] for m in around] == [country]


def test_arrows_grow_with_incidents_and_there_and_back_are_two() -> None:
    ends = {"a": (31.5, -41.0), "b": (30.4, -40.1)}
    drawn = lay_out([], [Move("a", "b", 1, "a>b"), Move("b", "a", 8, "b>a")], ends, Window(8, 31, -40.5))
    wide, thin = drawn.arrows
    assert (wide.key, thin.key) == ("b>a", "a>b") and wide.width > thin.width
    assert wide.curve.split("Q")[1] != thin.curve.split("Q")[1]


def test_names_beside_marks_do_not_cover_each_other() -> None:
    placed = lay_out(scattered(400), [], {}, Window(7, 31, -40.5)).marks
    assert any(one.named for one in placed) and not all(one.named for one in placed)


# --- borders --------------------------------------------------------------------------------------

SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [-10, -10]},
    "arcs": [[[20, 0], [0, 40]], [[20, 40], [-20, 0], [0, -40], [20, 0]], [[20, 0], [20, 0], [0, 40], [-20, 0]]],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]]},
            ],
        }
    },
}
"""Two countries that share a line: the second runs along it backwards."""


def test_topojson_is_read_back_into_closed_rings_with_the_shared_line_in_both() -> None:
    points, starts = degrees_of(json.dumps(SQUARES))
    first, second = (points[a:b] / 10_000 for a, b in itertools.pairwise(starts))
    assert first.tolist() == [[0, -10], [0, 10], [-10, 10], [-10, -10], [0, -10]]
    assert second.tolist() == [[0, -10], [10, -10], [10, 10], [0, 10], [0, -10]]


def test_land_beyond_the_last_meridian_stands_on_both_sides_and_is_drawn_without_a_line_across() -> None:
    east = [[170, 60], [-170, 60], [-170, 70], [170, 70], [170, 60]]
    pole = [[-170, -80], [0, -75], [170, -80], [-170, -80]]
    world = {
        "arcs": [east, pole],
        "objects": {
            "countries": {"type": "MultiPolygon", "arcs": [[[0]], [[1]]]}, "land": {"type": "Polygon", "arcs": [[0]]},
        },
    }  # fmt: skip
    points, starts = degrees_of(json.dumps(world))
    rings = [(points[a:b] / 10_000).tolist() for a, b in itertools.pairwise(starts)]
    assert {(ring[0][0], ring[1][0]) for ring in rings if ring[0][1] == 60} == {(170, 190), (-190, -170)}
    assert len([ring for ring in rings if ring[0][1] == 60]) == 2, "the land once, not again as all land together"
    assert all([190.0, -90.0] in ring or [-170.0, -90.0] in ring for ring in rings if ring[0][1] != 60)


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"arcs": [], "objects": {}}', '{"arcs": [[]], "objects": {}}'])
def test_what_is_no_topojson_is_refused(words: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, IndexError)):
        degrees_of(words)


def test_land_is_cut_to_the_window_and_coarser_from_afar() -> None:
    many = [[round(900 * math.cos(n / 500)), round(900 * math.sin(n / 500))] for n in range(3142)]
    steps = [many[0], *([x - u, y - v] for (u, v), (x, y) in itertools.pairwise(many))]
    world = {
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]}, "arcs": [steps],
        "objects": {"land": {"type": "Polygon", "arcs": [[0]]}},
    }  # fmt: skip
    land = Borders.of(*degrees_of(json.dumps(world)))
    afar, near = land.path(Window(2, 0, 0)), land.path(Window(9, 9, 0))
    assert afar.count(" ") < 400 and afar.startswith("M") and afar.endswith("z")
    assert land.path(Window(9, 60, 60)) == ""
    assert land.path(Window(12, 0, 0)) == "M968 608l0-616-976 0 0 616z", "far from its line all of the picture is land"
    assert near != afar


# --- the timeline ---------------------------------------------------------------------------------


def test_an_interval_is_perhaps_in_every_column_it_touches_and_a_day_is_certain_in_one() -> None:
    told = [
        lanes.dated("a", "2031-05-03", "2031-05-03"), lanes.dated("b", "2031-04-20", "2031-05-02"),
        lanes.dated("c", "2031", "2031"), lanes.dated("d", "2031-05", None), lanes.dated("e", "2031-05", "2031-05"),
    ]  # fmt: skip
    days = [one for one in told if one]
    months = {c.span.name: (c.certain, c.possible) for c in lanes.columns(days, lanes.Span.of("2031"))}
    assert [months[f"2031-{m:02}"] for m in (3, 4, 5, 6)] == [(0, 1), (0, 2), (2, 3), (0, 2)]
    (year,) = lanes.columns(days, None)
    assert (year.span.name, year.certain, year.possible) == ("2031", 4, 1)
    in_may = [one.id for one in lanes.within(days, lanes.Span.of("2031-05-03"))]
    assert in_may == ["c", "e", "d", "a"]


def test_what_no_day_dates_is_not_on_the_line() -> None:
    assert lanes.dated("x", None, None) is None
    assert lanes.dated("x", "soon", None) is None
    assert lanes.columns([], None) == ()


def test_spans_lead_wider_and_aside_and_stop_where_the_calendar_does() -> None:
    day = lanes.Span.of("2031-12-31")
    assert day is not None
    assert (day.around, day.beside(1), day.beside(-1)) == ("2031-12", "2032-01-01", "2031-12-30")
    year, ten = lanes.Span.of("2031"), lanes.Span.of("2030s")
    assert year and ten
    assert (year.around, ten.around, ten.beside(1), ten.last) == ("2030s", "", "2040s", date(2039, 12, 31))
    assert [lanes.Span.of(words) for words in ("", "soon", "2031-13", "99", "0000s", "2031s")] == [None] * 6
    last = lanes.Span.of("9990s")
    assert last is not None and last.beside(1) == ""


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 900)), max_size=20))
def test_every_dated_incident_stands_in_some_column_of_all_time(told: list[tuple[date, int]]) -> None:
    days = [lanes.Dated(str(n), d, date.fromordinal(d.toordinal() + long)) for n, (d, long) in enumerate(told)]
    columns = lanes.columns(days, None)
    assert sum(c.certain for c in columns) <= len(days) <= sum(c.certain + c.possible for c in columns)
    assert len(columns) <= 30
