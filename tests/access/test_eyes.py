"""Eyes: what labels close, and how eyes are narrowed."""

from __future__ import annotations

from itertools import permutations

import pytest

from probanda.access.eyes import OPEN, RESTRICTED, Eyes, compartment_of


@pytest.mark.parametrize(
    ("labels", "compartment"),
    [
        ([], OPEN),
        (["public"], OPEN),
        (["public", "internal"], OPEN),
        (["internal", "restricted"], RESTRICTED),
        (["witness", "restricted", "witness"], "restricted+witness"),
    ],
)
def test_only_labels_that_restrict_make_a_compartment_and_their_order_does_not_matter(labels, compartment):
    assert {compartment_of(order) for order in permutations(labels)} == {compartment}


def test_eyes_can_be_narrowed_and_never_widened():
    eyes = Eyes("a" * 32, frozenset({OPEN, RESTRICTED}))
    assert eyes.sees(RESTRICTED)
    assert not eyes.without(RESTRICTED).sees(RESTRICTED)
    assert eyes.only_open().compartments == {OPEN}
    assert Eyes("a" * 32, frozenset({RESTRICTED})).only_open().compartments == frozenset()
    assert eyes.sight != eyes.only_open().sight
