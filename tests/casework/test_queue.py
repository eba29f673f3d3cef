"""The review queue: what contradicts and what exonerates comes as often as what supports (B7)."""

from __future__ import annotations

from probanda import Case
from probanda.casework.queue import AGAINST, offered, waiting
from probanda.kernel.vocabulary import Family, Status
from tests.running import Done


def test_both_sides_come_in_turn_until_one_is_empty(done: Done) -> None:
    with Case.open(done.folder, writing=False) as case:
        offers = waiting(case.store, case.eyes)
        claims = {c.id for c in case.claims(status=Status.PROPOSED) if c.family is Family.ACT}
    assert len(offers) == len(claims)
    assert {o.claim for o in offers} == claims
    one = sum(o.why in AGAINST for o in offers)
    assert 0 < one < len(offers)
    shared = 2 * min(one, len(offers) - one)
    assert [o.why in AGAINST for o in offers[:shared]] == [True, False] * (shared // 2)


def test_one_text_has_a_queue_of_its_own(done: Done) -> None:
    with Case.open(done.folder, writing=False) as case:
        item = case.items()[3]
        here = {c.id for c in case.claims(item=item.digest)}
        offers = waiting(case.store, case.eyes, item.digest)
    assert offers
    assert {o.claim for o in offers} <= here


def test_the_next_ones_are_those_that_the_whole_queue_begins_with(done: Done) -> None:
    with Case.open(done.folder, writing=False) as case:
        offers = waiting(case.store, case.eyes)
        for many in (1, 2, 7, len(offers)):
            assert waiting(case.store, case.eyes, limit=many) == offers[:many]
        claims = {c.id: c for c in case.claims()}
        assert all(offered(case.store, case.eyes, claims[one.claim]) is one.why for one in offers[:20])
