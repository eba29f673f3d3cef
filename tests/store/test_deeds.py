"""Deeds: recorded once, wholly, over what stands, and undone by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from probanda.kernel.digests import random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Modality, Status
from probanda.store.errors import DecidedMeanwhile, StillStoodOn
from probanda.store.model import Deed
from tests.store.desk import REPORT, TESTIMONY, Desk

KILLED = "the Northern Brigade killed twelve farmers"
DENIED = "The Northern Brigade denied that it had killed anyone."


def test_the_same_deed_sent_twice_is_one_decision(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    deed = Deed(kind="label", subject=digest, payload={"label": "restricted"})
    before = desk.store.decision_count
    desk.store.record(desk.eyes, [deed])
    assert desk.store.record(desk.eyes, [deed, deed]) == [deed.id, deed.id]
    assert desk.store.decision_count == before + 1


def test_an_id_used_for_another_deed_is_refused(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    deed = Deed(kind="label", subject=digest, payload={"label": "restricted"})
    desk.store.record(desk.eyes, [deed])
    with pytest.raises(ProbandaError, match="another decision"):
        desk.store.record(desk.eyes, [replace(deed, kind="user", payload={"name": "Ina"})])


def test_a_batch_with_one_deed_that_fails_leaves_nothing_behind(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    before = desk.store.dump()
    deeds = [
        Deed(kind="label", subject=digest, payload={"label": "restricted"}),
        Deed(kind="label", subject="0" * 64, payload={"label": "public"}),
    ]
    with pytest.raises(NotFound):
        desk.store.record(desk.eyes, deeds)
    assert desk.store.dump() == before
    assert desk.store.verify() == []


def test_the_same_bytes_twice_are_one_item_with_two_acquisitions_each_with_its_number(desk: Desk) -> None:
    digest = desk.add(REPORT, "b.txt")
    assert desk.add(REPORT, "a.txt") == digest
    (item,) = desk.store.items(desk.eyes)
    assert (item.number, item.doc, item.names, item.acquisitions) == ("KRV-0001", "a.txt", ("a.txt", "b.txt"), 2)
    assert [one.number for one in desk.store.acquisitions_of(desk.eyes, digest)] == ["KRV-0001", "KRV-0002"]


def test_numbers_are_counted_apart_in_each_compartment(desk: Desk) -> None:
    for place, label in enumerate(("internal", "restricted", "public", "restricted", "witness")):
        desk.add(f"Words {place}.\n", f"{place}.txt", label)
    numbers = [item.number for item in desk.store.items(desk.eyes)]
    assert numbers[:4] == ["KRV-0001", "KRVR-0001", "KRV-0002", "KRVR-0002"]


def test_an_item_is_found_by_number_digest_and_name(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    for name in ("KRV-0001", digest, digest[:12], "report.txt"):
        assert desk.store.item(desk.eyes, name).digest == digest
    with pytest.raises(NotFound):
        desk.store.item(desk.eyes, "KRV-0002")


def test_a_name_that_is_not_utf_8_is_kept_as_it_was(desk: Desk) -> None:
    name = b"caf\xe9\n\xe2\x80\xae.txt".decode("utf-8", "surrogateescape")
    digest = desk.add(REPORT, name)
    assert desk.store.item(desk.eyes, digest).names == (name,)
    assert desk.store.verify() == []


def test_a_claim_is_accepted_corrected_and_undone_step_by_step(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    start = desk.store.dump(log=False)
    first = desk.settle(claim, "accept")
    accepted = desk.store.claim(desk.eyes, claim.id)
    assert (accepted.status, accepted.by) == (Status.CHECKED, desk.eyes.user)
    second = desk.settle(claim, "correct", over=(first,), modality=Modality.REPORTED)
    assert desk.store.claim(desk.eyes, claim.id).modality is Modality.REPORTED
    with pytest.raises(StillStoodOn, match=second):
        desk.decide("withdraw", first)
    desk.decide("withdraw", second)
    assert desk.store.claim(desk.eyes, claim.id) == accepted
    desk.decide("withdraw", first)
    assert desk.store.claim(desk.eyes, claim.id) == claim
    assert desk.store.dump(log=False) == start
    assert [one.kind for one in desk.store.history(desk.eyes, claim.id)] == ["settle", "settle", "withdraw", "withdraw"]
    assert desk.store.verify() == []


def test_an_undoing_can_be_undone(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    gone = desk.decide("withdraw", desk.settle(claim, "unsure"))
    with pytest.raises(DecidedMeanwhile):
        desk.decide("withdraw", desk.store.history(desk.eyes, claim.id)[0].id)
    desk.decide("withdraw", gone)
    assert desk.store.claim(desk.eyes, claim.id).status is Status.UNSURE


def test_an_undoing_is_not_undone_over_what_was_decided_since(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    gone = desk.decide("withdraw", desk.settle(claim, "unsure"))
    desk.settle(claim, "accept")
    with pytest.raises(DecidedMeanwhile):
        desk.decide("withdraw", gone)


def test_a_decision_that_does_not_name_what_stands_is_refused_and_shows_whose_it_is(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    first = desk.settle(claim, "accept")
    with pytest.raises(DecidedMeanwhile, match="Ada Lorin") as caught:
        desk.settle(claim, "reject")
    assert caught.value.standing == (first,)
    desk.decide("withdraw", first)
    with pytest.raises(DecidedMeanwhile, match="no longer stands"):
        desk.settle(claim, "reject", over=(first,))


def test_registrations_and_users_are_not_undone(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (registered,) = desk.store.decisions(desk.eyes, digest)
    with pytest.raises(WrongUsage):
        desk.decide("withdraw", registered.id)


def test_words_that_do_not_stand_in_the_text_cannot_be_settled(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    anchor = {"item": digest, "text": digest, "start": 0, "end": 4, "exact": "Folk", "before": "", "after": ""}
    told = {"verdict": "accept", "claim": {"id": claim.id, "item": digest}, "anchor": anchor}
    with pytest.raises(ProbandaError, match="do not stand"):
        desk.store.record(desk.eyes, [Deed(kind="settle", subject=claim.id, payload=told)])


def test_identity_decisions_are_one_whichever_end_is_named_first(desk: Desk) -> None:
    digest, other = desk.add(REPORT, "report.txt"), desk.add(TESTIMONY, "other.txt")
    desk.read(digest, REPORT)
    desk.read(other, TESTIMONY)
    left, right = sorted(one.id for one in desk.store.mentions(desk.eyes))
    first = desk.decide("identity", right, left=right, right=left, verdict="same", kind="actor")
    with pytest.raises(DecidedMeanwhile):
        desk.decide("identity", left, left=left, right=right, verdict="not the same", kind="actor")
    desk.decide("identity", left, (first,), left=left, right=right, verdict="not the same", kind="actor")
    (held,) = desk.store.identity_decisions(desk.eyes, "actor")
    assert (held.left, held.right, held.verdict) == (left, right, "not the same")
    assert desk.store.identity_decisions(desk.eyes, "incident") == []


def test_a_protected_person_is_listed_until_that_is_undone(desk: Desk) -> None:
    desk.read(desk.add(REPORT, "report.txt"), REPORT)
    (mention,) = desk.store.mentions(desk.eyes)
    made = desk.decide("protect", mention.id, words=["Northern Brigade"], kind="person")
    (held,) = desk.store.protected(desk.eyes)
    assert (held.mention, held.words) == (mention.id, ("Northern Brigade",))
    desk.decide("withdraw", made)
    assert desk.store.protected(desk.eyes) == []


def test_the_order_of_deeds_on_different_subjects_changes_no_state(another: Callable[[str], Desk]) -> None:
    states = []
    for name, flip in (("one", False), ("two", True)):
        desk = another(name)
        digest = desk.add(REPORT, "report.txt")
        claims = desk.read(digest, REPORT, (KILLED, DENIED))
        for claim in reversed(claims) if flip else claims:
            desk.settle(claim, "accept")
        states.append([replace(c, by=None, at=None) for c in desk.store.claims(desk.eyes)])
    assert states[0] == states[1]


def test_unknown_kinds_and_missing_fields_are_named(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="sing"):
        desk.decide("sing", random_id())
    with pytest.raises(WrongUsage, match="name"):
        desk.decide("user", random_id())
