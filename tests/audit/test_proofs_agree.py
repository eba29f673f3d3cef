"""Roots and proofs of trees of 1 to 2,048 leaves: ours, a second implementation's, and the stranger's script's agree.

By day a tenth is done, chosen so that every kind of size is met over ten sizes in a row; by night the whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256

import pytest
from tests.audit.independent import Definition, grew, includes

from probanda.audit.tree import (
    Edge,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from probanda.casework.verify_bundle import roots_over

LARGEST, ALL_PAIRS = 2048, 256
LEAVES = [sha256(b"\x00" + str(n).encode()).digest() for n in range(LARGEST)]
HEX = [leaf.hex() for leaf in LEAVES]
DEFINED = Definition(LEAVES)
SELECTED = [257, 511, 512, 513, 1000, 1023, 1024, 1025, 1536, 2047, 2048]
"""Sizes at which all indices are tried: around powers of two, sums of two of them, and one with nothing to it."""

by_day_and_by_night = pytest.mark.parametrize(
    "step", [pytest.param(10, id="a tenth"), pytest.param(1, id="all", marks=pytest.mark.nightly)]
)


def the_stranger_agrees(n: int, size: int, proof: list[bytes]) -> bool:
    return roots_over(n, n + 1, size, LEAVES[n], proof)[1] == DEFINED.mth(0, size)


def the_stranger_agrees_that_it_grew(old: int, size: int, proof: list[bytes]) -> bool:
    """By the script's rule: where the old tree is full it is itself the first node."""
    low = old & -old
    steps = [DEFINED.mth(0, old)] * (low == old) + proof
    return roots_over(old - low, old, size, steps[0], steps[1:]) == (DEFINED.mth(0, old), DEFINED.mth(0, size))


def inclusion_agrees(n: int, size: int) -> None:
    ours, defined, root = inclusion_proof(HEX[:size], n), DEFINED.path(n, 0, size), DEFINED.mth(0, size)
    assert ours == [node.hex() for node in defined], f"leaf {n} of {size}"
    assert verify_inclusion(HEX[n], n, size, ours, root.hex())
    assert includes(LEAVES[n], n, size, defined, root)
    assert the_stranger_agrees(n, size, defined)


def consistency_agrees(old: int, size: int) -> None:
    ours, defined = consistency_proof(HEX[:size], old), DEFINED.proof(old, size)
    before, after = DEFINED.mth(0, old), DEFINED.mth(0, size)
    assert ours == [node.hex() for node in defined], f"from {old} to {size}"
    assert verify_consistency(old, size, before.hex(), after.hex(), ours)
    assert grew(old, size, before, after, defined)
    assert the_stranger_agrees_that_it_grew(old, size, defined)


def test_roots_agree_for_every_size():
    edge = Edge()
    for size, leaf in enumerate(HEX, start=1):
        edge.append(leaf)
        assert edge.root() == DEFINED.mth(0, size).hex(), size


@by_day_and_by_night
def test_inclusion_agrees_for_all_leaves_of_all_sizes_to_256(step):
    for number, (size, n) in enumerate((all_, m) for all_ in range(1, ALL_PAIRS + 1) for m in range(all_)):
        if number % step == 0 or size < 20:
            inclusion_agrees(n, size)


@by_day_and_by_night
def test_consistency_agrees_for_all_pairs_of_sizes_to_256(step):
    for number, (size, old) in enumerate((all_, m) for all_ in range(2, ALL_PAIRS + 1) for m in range(1, all_)):
        if number % step == 0 or size < 20:
            consistency_agrees(old, size)


@by_day_and_by_night
def test_proofs_agree_for_some_leaves_of_every_size_to_2048(step):
    draw = random.Random(6962)  # noqa: S311 (the choice has to be the same each time)
    for size in range(ALL_PAIRS + 1 + draw.randrange(step), LARGEST + 1, step):
        for n in {0, size - 1, draw.randrange(size)}:
            inclusion_agrees(n, size)
        for old in {1, size - 1, draw.randrange(1, size)}:
            consistency_agrees(old, size)


@pytest.mark.nightly
@pytest.mark.parametrize("size", SELECTED)
def test_proofs_agree_for_all_leaves_and_beginnings_of_selected_sizes(size):
    for n in range(size):
        inclusion_agrees(n, size)
        if n:
            consistency_agrees(n, size)


def a_change(draw: random.Random, proof: list[str]) -> list[str]:
    """The proof with one hash flipped in one bit, left out, doubled, replaced or added, or with two exchanged."""
    changed, at = list(proof), draw.randrange(len(proof)) if proof else 0
    way = draw.choice(["flip", "drop", "double", "replace", "exchange"]) if proof else "add"
    if way == "flip":
        changed[at] = f"{int(proof[at], 16) ^ 1 << draw.randrange(256):064x}"
    elif way == "drop":
        del changed[at]
    elif way == "double":
        changed.insert(at, changed[at])
    elif way == "replace":
        changed[at] = draw.choice(HEX)
    elif way == "exchange":
        other = draw.randrange(len(proof))
        changed[at], changed[other] = changed[other], changed[at]
    if way == "add" or changed == proof:  # an exchange with itself, say, changed nothing
        changed.insert(draw.randint(0, len(proof)), draw.choice(HEX))
    return changed


def flipped(text: str, draw: random.Random) -> str:
    return f"{int(text, 16) ^ 1 << draw.randrange(256):064x}"


def script_believes(start: int, end: int, size: int, first: str, steps: list[str], roots: tuple[str, str]) -> bool:
    """Whether the stranger's script comes to these roots; of the old one "" says that it does not matter."""
    try:
        found = roots_over(start, end, size, bytes.fromhex(first), [bytes.fromhex(step) for step in steps])
    except ValueError:
        return False
    return roots[0] in ("", found[0].hex()) and found[1].hex() == roots[1]


def lies_about_leaves(draw: random.Random) -> Iterator[bool]:
    """Whether each of four false statements on one leaf was believed by any of the three."""
    size = draw.randint(2, LARGEST)
    n, root = draw.randrange(size), DEFINED.mth(0, size).hex()
    proof = [node.hex() for node in DEFINED.path(n, 0, size)]
    other = draw.choice([m for m in (n - 1, n + 1, n ^ 1, size - 1, 0) if m != n and 0 <= m < size])
    for leaf, place, steps, end in (
        (HEX[n], n, a_change(draw, proof), root),
        (flipped(HEX[n], draw), n, proof, root),
        (HEX[n], other, proof, root),
        (HEX[n], n, proof, flipped(root, draw)),
    ):
        second = includes(bytes.fromhex(leaf), place, size, [bytes.fromhex(x) for x in steps], bytes.fromhex(end))
        third = script_believes(place, place + 1, size, leaf, steps, ("", end))
        yield verify_inclusion(leaf, place, size, steps, end) or second or third


def lies_about_growth(draw: random.Random) -> Iterator[bool]:
    """The same for four false statements on a beginning: that nothing in it was changed."""
    size = draw.randint(2, LARGEST)
    old = draw.randrange(1, size)
    before, after = DEFINED.mth(0, old).hex(), DEFINED.mth(0, size).hex()
    proof = [node.hex() for node in DEFINED.proof(old, size)]
    other = draw.choice([m for m in (old - 1, old + 1) if 0 < m < size] or [size])
    for beginning, first, steps, end in (
        (old, before, a_change(draw, proof), after),
        (old, flipped(before, draw), proof, after),
        (old, before, proof, flipped(after, draw)),
        (other, before, proof, after),
    ):
        second = grew(beginning, size, bytes.fromhex(first), bytes.fromhex(end), [bytes.fromhex(x) for x in steps])
        low = beginning & -beginning
        whole = [first] * (low == beginning) + steps
        third = bool(whole) and script_believes(beginning - low, beginning, size, whole[0], whole[1:], (first, end))
        yield verify_consistency(beginning, size, first, end, steps) or second or third


@pytest.mark.parametrize(
    "count", [pytest.param(20_000, id="20,000"), pytest.param(1_000_000, id="a million", marks=pytest.mark.nightly)]
)
def test_no_tampered_proof_is_believed(count):
    draw = random.Random(9162)  # noqa: S311
    tried = believed = 0
    while tried < count:
        for lie in (lies_about_leaves, lies_about_growth):
            found = list(lie(draw))
            tried, believed = tried + len(found), believed + sum(found)
    assert believed == 0, f"{believed} of {tried} believed"
