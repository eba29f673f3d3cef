"""Before and after: all pairs of one place are found by the grid, and nothing compares all with all."""

from __future__ import annotations

import random

import pytest

from probanda.incidents import before_after
from probanda.incidents.before_after import MOST_PAIRS, Pair, Scene, overlap, pairs, with_one
from probanda.reading.footprints import Corner, hull, moment_of


def square(lat: float, lon: float, side: float) -> tuple[Corner, ...]:
    return hull([(lat, lon), (lat + side, lon), (lat + side, lon + side), (lat, lon + side)])


def scene(item: str, lat: float, lon: float, side: float, day: int) -> Scene:
    moment = moment_of(f"2031-{1 + day // 28:02}-{1 + day % 28:02}T10:00:00Z")
    assert moment is not None
    return Scene(item, square(lat, lon, side), moment)


def test_the_grid_finds_what_comparing_all_would_find() -> None:
    dice = random.Random(7)  # noqa: S311
    every = [
        scene(f"{n:03}", dice.uniform(-1, 1), dice.uniform(178.5, 181.5) - dice.choice((0, 360)),
              dice.choice((0.004, 0.03, 0.2, 1.1)), dice.randrange(200))
        for n in range(150)
    ]  # fmt: skip
    expected = {
        (a.item, b.item)
        for a in every for b in every
        if a.taken.before(b.taken) and overlap(a.corners, b.corners) >= 0.5
    }  # fmt: skip
    counts = {a: sum(x == a for x, _ in expected) for a, _ in expected}
    found = {(one.before, one.after) for one in pairs(every)}
    assert found <= expected and len(found) > 60
    few = {a for a, count in counts.items() if count <= MOST_PAIRS}
    assert {one for one in expected if one[0] in few} <= found
    assert pairs(every) == pairs(every[::-1])
    for mine in every[:30]:
        of_mine = {one for one in expected if mine.item in one}
        told = {(p.before, p.after) for p in with_one(mine, every)}
        assert told <= of_mine and (len(of_mine) > MOST_PAIRS or told == of_mine)


def test_half_of_the_smaller_one_must_lie_within_the_other() -> None:
    large = square(0, 0, 4)
    assert overlap(large, square(1, 1, 1)) == pytest.approx(1)
    assert overlap(square(1, 3.5, 1), large) == pytest.approx(0.5)
    assert overlap(large, square(1, 3.6, 1)) == pytest.approx(0.4)
    assert overlap(large, square(9, 9, 1)) == 0
    turned = hull([(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)])
    assert overlap(square(0, 0, 1), turned) == pytest.approx(1) and overlap(square(0, 0, 0.5), turned) == pytest.approx(
        0.5
    )


def test_pairs_are_in_order_of_time_whatever_the_order_of_items() -> None:
    found = pairs([scene("c", 0, 0, 1, 3), scene("a", 0, 0, 1, 9), scene("b", 0, 0.1, 1, 1), scene("d", 5, 5, 1, 2)])
    assert [(one.before, one.after) for one in found] == [("b", "c"), ("b", "a"), ("c", "a")]
    assert found[2] == Pair("c", "a", pytest.approx(1))
    assert not pairs([scene("a", 0, 0, 1, 1), scene("b", 0, 0, 1, 1)])


def test_many_pictures_of_one_place_are_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0

    def counted(a: tuple[Corner, ...], b: tuple[Corner, ...]) -> float:
        nonlocal count
        count += 1
        return overlap(a, b)

    monkeypatch.setattr(before_after, "overlap", counted)
    apart = [scene(f"x{n}", n % 60, n / 3, 0.5, n % 300) for n in range(900)]
    daily = [scene(f"y{n:03}", -20, 20, 0.5, n) for n in range(300)]
    found = pairs([*apart, *daily])
    assert sum(one.before == "y000" for one in found) == MOST_PAIRS and count < 300 * (MOST_PAIRS + 1) + 900
