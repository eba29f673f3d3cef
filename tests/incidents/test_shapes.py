"""Shapes of pictures: all that are near are found by their bands, and nothing compares all with all."""

from __future__ import annotations

import random

from probanda.incidents.shapes import BANDS, MOST_APART, Alike, _blocks, alike


def flipped(shape: int, count: int, dice: random.Random) -> int:
    for bit in dice.sample(range(128), count):
        shape ^= 1 << bit
    return shape


def test_near_shapes_are_found_as_all_pairs_would_find_them() -> None:
    dice = random.Random(11)  # noqa: S311
    first = [dice.getrandbits(128) for _ in range(60)]
    every = [*first, *(flipped(one, n % 12, dice) for n, one in enumerate(first))]
    shapes = {f"item-{n:03}": f"{one:032x}" for n, one in enumerate(every)}
    near = {
        (a, b): apart
        for a in shapes for b in shapes
        if a < b and (apart := (int(shapes[a], 16) ^ int(shapes[b], 16)).bit_count()) <= MOST_APART
    }  # fmt: skip
    assert {(one.a, one.b): one.apart for one in alike(shapes)} == near and len(near) == 40
    assert alike(dict(reversed(shapes.items()))) == alike(shapes)


def test_the_very_same_shape_many_times_is_one_star_and_not_all_pairs() -> None:
    same = {f"item-{n:04}": "0f" * 16 for n in range(1000)}
    found = alike(same)
    assert len(found) == 999 and found[0] == Alike("item-0000", "item-0001", 0)


def test_shapes_that_share_no_band_are_never_compared() -> None:
    dice = random.Random(12)  # noqa: S311
    shapes = sorted(dice.getrandbits(128) for _ in range(2000))
    assert sum(len(held) * (len(held) - 1) // 2 for held in _blocks(shapes)) < 2000 * BANDS * 2000 // 2**16
