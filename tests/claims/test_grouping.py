"""What belongs together, measured: thing by thing, and pair by pair."""

from __future__ import annotations

import random

import pytest

from probanda.claims.grouping import b_cubed, pairs_found, share_found


def test_groups_against_themselves_are_right_whatever_they_are_called() -> None:
    expected = {"a": "one", "b": "one", "c": "two"}
    found = b_cubed("kind", expected, {"a": "x", "b": "x", "c": "y"})
    assert (found.precision, found.recall, found.f1, found.expected) == (1.0, 1.0, 1.0, 3)


def test_each_thing_is_asked_for_its_companions() -> None:
    # a and b belong together, c and d too; proposed: a, b, c in one, d alone
    found = b_cubed("kind", {"a": "1", "b": "1", "c": "2", "d": "2"}, {"a": "x", "b": "x", "c": "x", "d": "y"})
    assert found.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_what_was_not_grouped_stands_alone() -> None:
    found = b_cubed("kind", {"a": "1", "b": "1"}, {})
    assert (found.precision, found.recall) == (1.0, 0.5)


def test_the_short_sum_is_the_mean_over_things() -> None:
    rnd = random.Random(11)  # noqa: S311 - an example, no secret
    expected = {n: str(rnd.randrange(6)) for n in range(60)}
    proposed = {n: str(rnd.randrange(9)) for n in range(55)}
    own = {n: proposed.get(n, f"alone {n}") for n in expected}
    precisions, recalls = [], []
    for n, group in expected.items():
        with_it = {m for m in expected if own[m] == own[n]}
        belong = {m for m, other in expected.items() if other == group}
        precisions.append(len(with_it & belong) / len(with_it))
        recalls.append(len(with_it & belong) / len(belong))
    found = b_cubed("kind", expected, proposed)
    assert found.precision == pytest.approx(sum(precisions) / 60)
    assert found.recall == pytest.approx(sum(recalls) / 60)


def test_pairs_count_whichever_comes_first() -> None:
    found = pairs_found("kind", {frozenset("ab"), frozenset("cd")}, {frozenset("ba"), frozenset("ac"), frozenset("bd")})
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == 0.5


def test_where_the_gold_names_only_some_there_is_no_precision() -> None:
    found = share_found("kind", 1, 4)
    assert (found.precision, found.recall, found.f1) == (None, 0.25, None)
    assert share_found("kind", 0, 0).recall == 1.0
