"""Keys that names of one bearer share, and blocks that nobody compares all with all."""

from __future__ import annotations

import pytest

from probanda.names.blocking import candidates, keys
from probanda.names.compare import Kind, prepare


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Tarik Qarmouni", "طارق القرموني", Kind.PERSON),
        ("Qarmouni, Tarik", "Tareq Omar Garmuni", Kind.PERSON),
        ("Khaled Naftar", "Kaled Naftar", Kind.PERSON),
        ("Lin Meizhen", "Lin Mei Zhen", Kind.PERSON),
        ("Hemti", "حمتي", Kind.PERSON),
        ("17th Brigade", "اللواء السابع عشر", Kind.UNIT),
        ("Coastal Rescue Front", "CRF", Kind.UNIT),
        ("Ministry of Justice", "وزارة العدل", Kind.UNIT),
        ("Kyiv", "Киев", Kind.PLACE),
        ("Kafr Zamzuk", "كفر زمزوق", Kind.PLACE),
    ],
)
def test_names_that_may_be_one_share_a_key(a: str, b: str, kind: Kind) -> None:
    assert set(keys(prepare(a, kind))) & set(keys(prepare(b, kind)))


def test_brothers_share_no_key() -> None:
    assert not set(keys(prepare("Tarik Qarmouni"))) & set(keys(prepare("Munir Qarmouni")))


def test_each_pair_is_proposed_once_in_the_order_of_the_left_side() -> None:
    left = [prepare(n) for n in ("Tarik Omar Qarmouni", "Lin Meizhen")]
    right = [prepare(n) for n in ("Meizhen Lin", "Tareq Omar Garmouni", "Olga Varenko")]
    assert list(candidates(left, right).pairs()) == [(0, 1), (1, 0)]


def test_a_block_above_the_cap_is_left_out_and_named() -> None:
    many = [prepare("Tarik Qarmouni")] * 5
    found = candidates(many, [prepare("Tareq Garmouni"), prepare("Olga Varenko")], cap=4)
    assert not list(found.pairs())
    assert [(b.left, b.right) for b in found.left_out] == [(5, 1)]
    assert found.left_out[0].key in keys(many[0])
