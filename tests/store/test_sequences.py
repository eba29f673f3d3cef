"""Any sequence of deeds leaves a record that follows from its decisions alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from probanda.kernel.errors import ProbandaError
from probanda.store.store import Store
from tests.store.desk import REPORT, TESTIMONY, Desk

KILLED = "the Northern Brigade killed twelve farmers"


def _step(desk: Desk, dice: random.Random) -> None:
    """One deed at random; those the store refuses are refused wholly."""
    store, eyes = desk.store, desk.eyes
    claims, mentions, items = store.claims(eyes), store.mentions(eyes), store.items(eyes)
    live = [one for one in store.decisions(eyes) if one.kind != "user"]
    item, claim = dice.choice(items), dice.choice(claims)
    over = tuple(one.id for one in store.standing(eyes, claim.id))
    labelled = tuple(one.id for one in store.standing(eyes, item.digest, "label"))
    left, right = sorted(one.id for one in mentions)[:2]
    deeds: list[Callable[[], object]] = [
        lambda: desk.settle(claim, dice.choice(["accept", "reject", "unsure"]), over=over),
        lambda: desk.settle(claim, "accept"),
        lambda: desk.decide("label", item.digest, labelled, label=dice.choice(["public", "restricted", "witness"])),
        lambda: desk.decide("withdraw", dice.choice(live).id),
        lambda: desk.decide("protect", left, words=["Northern Brigade"]),
        lambda: desk.decide("identity", left, left=left, right=right, verdict="same"),
        lambda: desk.add(dice.choice([REPORT, TESTIMONY]), "again.txt", dice.choice(["internal", "restricted"])),
    ]
    before = store.dump()
    try:
        dice.choice(deeds)()
    except ProbandaError:
        assert store.dump() == before


@pytest.mark.parametrize("seed", range(3))
def test_state_follows_from_decisions_after_any_sequence(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    first, second = desk.add(REPORT, "report.txt"), desk.add(TESTIMONY, "words.txt", "restricted")
    desk.read(first, REPORT, (KILLED, "The Northern Brigade denied that it had killed anyone."))
    desk.read(second, TESTIMONY, restricted_reason="it speaks as I")
    for _ in range(25):
        # Labels such as `witness` make compartments that the owner sees from then on.
        desk.eyes = desk.store.owner
        _step(desk, dice)
    assert desk.store.verify() == []


def test_undoing_every_deed_in_turn_leads_back_to_the_state_before(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    (mention,) = desk.store.mentions(desk.eyes)
    states = [desk.store.dump(log=False)]
    made: list[str] = []
    deeds: list[Callable[[], str]] = [
        lambda: desk.settle(claim, "accept"),
        lambda: desk.decide("label", digest, label="restricted"),
        lambda: desk.settle(claim, "reject", over=(made[0],)),
        lambda: desk.decide("protect", mention.id, words=["Northern Brigade"]),
        lambda: desk.decide("label", digest, (made[1],), label="public"),
    ]
    for deed in deeds:
        made.append(deed())
        states.append(desk.store.dump(log=False))
    while made:
        assert desk.store.dump(log=False) == states.pop()
        desk.decide("withdraw", made.pop())
    assert desk.store.dump(log=False) == states.pop()


def test_a_store_opened_again_says_the_same(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    desk.read(digest, REPORT, (KILLED,))
    with Store.open(desk.store.folder, writing=False) as again:
        assert again.dump() == desk.store.dump()
        assert again.claims(again.owner) == desk.store.claims(desk.eyes)
