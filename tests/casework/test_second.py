"""The second reading: drawn by the log alone, read blind, compared and settled."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from probanda import Case
from probanda.access.eyes import Eyes
from probanda.access.rules import NotAllowed
from probanda.audit.log import SALT_BYTES, Entry, make_leaf
from probanda.casework import decide, second, users
from probanda.claims.model import DOC, Claim, Named
from probanda.claims.second import Reading, alpha, differences, figures
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import ActType, Family, Modality, Status
from probanda.store import second as drawing
from probanda.store.errors import BeingRead
from probanda.store.model import Deed
from tests.running import Done


@pytest.fixture
def case(done: Done, tmp_path: Path) -> Iterator[Case]:
    with Case.open(Path(shutil.copytree(done.folder, tmp_path / "case"))) as case:
        yield case


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every settled claim is drawn."""
    monkeypatch.setattr(drawing, "BELOW", "g")


def acts(case: Case) -> list[Claim]:
    return [c for c in case.claims(status="proposed") if c.family is Family.ACT]


def colleague(case: Case, name: str = "M. Ode") -> Eyes:
    return case.store.eyes(users.added(case.store, case.eyes, name, clearances=["restricted"])).blinded()


def test_about_one_decision_in_ten_is_drawn_whatever_it_says(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "BELOW", f"{2**256 // 10:064x}")
    claims = acts(case)[:20]
    for claim in claims:
        case.reject(claim.id)
    hashes = case.store.leaf_hashes(case.store.settings.log)[-len(claims) :]
    drawn = {c.id for c, one in zip(claims, hashes, strict=True) if drawing.is_drawn(one)}
    assert set(case.store.waiting_for_second(case.eyes)) == drawn
    one = case.store.standing(case.eyes, claims[0].id)[0]
    entry = Entry(id=one.id, kind=one.kind, subject=one.subject, over=(), seen=(), by=one.by, reason="",
                  payload=one.payload, labels=(), at=one.at)  # fmt: skip
    for verdict in ("accept", "reject"):  # the same words again and again: only the salt differs
        told = replace(entry, payload={**one.payload, "verdict": verdict})
        leaves = [leaf(told) for _ in range(4_000)]
        assert 400 - 95 < sum(drawing.is_drawn(hash_) for hash_ in leaves) < 400 + 95  # five standard deviations


def leaf(entry: Entry) -> str:
    salts = secrets.token_bytes(2 * SALT_BYTES)
    return make_leaf(entry, log="l", n=1, salt=salts[:32], sealed=b"", sealed_salt=salts[32:]).hash


@pytest.mark.usefixtures("drawn")
def test_while_it_waits_the_first_cannot_edit_it_and_the_second_sees_a_claim_that_nobody_touched(case: Case) -> None:
    claim, other = acts(case)[:2]
    before = case.store.claim(case.eyes, claim.id)
    case.correct(claim.id, {"modality": "denied"}, reason="the first thinks so")
    case.unsure(claim.id)  # alone in the case, one changes one's mind as one likes
    case.correct(claim.id, {"modality": "denied"}, reason="the first thinks so")
    eyes = colleague(case)
    for deed in (lambda: case.accept(claim.id), lambda: case.undo(claim.id)):
        with pytest.raises(BeingRead, match="by M"):
            deed()
    store = case.store
    assert store.claim(eyes, claim.id) == before == next(c for c in store.claims(eyes) if c.id == claim.id)
    assert claim.id in {c.id for c in store.claims(eyes, status="proposed")}
    assert claim.id not in {c.id for c in store.claims(eyes, status="corrected")}
    assert store.history(eyes, claim.id) == store.standing(eyes, claim.id) == []
    assert all(d.subject != claim.id for d in store.decisions(eyes))
    assert all(d.subject != claim.id for d in store.citing(eyes, [claim.item]))
    assert store.settlement(eyes, claim.id) is None
    with pytest.raises(BeingRead):  # who has seen what the first did is no blind reader
        decide.settle(store, store.eyes(eyes.user), claim.id, "accept")

    second.settle(store, eyes, claim.id, "accept", reason="so it stands there")
    assert store.claim(eyes, claim.id).modality is Modality.DENIED
    (twice,) = second.state(store, eyes).open
    assert [(d.field, d.first, d.second) for d in twice.differences] == [
        ("modality", ("denied",), (before.modality.value,))
    ]
    taken = second.take(store, eyes, claim.id, "second", "read again together")
    assert (taken.status, taken.modality) == (Status.CHECKED, before.modality)
    assert second.state(store, eyes).open == ()
    case.reject(claim.id)  # the review is over: decisions go on as ever

    case.accept(other.id)
    waiting = store.waiting_for_second(case.eyes)[other.id]
    told = {"of": waiting.decision, "verdict": "accept", **decide.told(store, case.eyes, other)}
    with pytest.raises(WrongUsage, match="another person"):
        store.record(case.eyes, [Deed(kind="second-reading", subject=other.id, payload=told)])
    with pytest.raises(NotAllowed):
        second.end(store, eyes, other.id, "I would rather not")
    with pytest.raises(WrongUsage, match="reason"):
        second.end(store, case.eyes, other.id, " ")
    second.end(store, case.eyes, other.id, "the colleague left")
    assert case.unsure(other.id).status is Status.UNSURE
    assert (second.state(store, eyes).read, second.state(store, eyes).ended) == (1, 1)
    assert store.verify() == []


def test_alpha_is_that_of_the_textbook() -> None:
    """Ten claims, of which four are read otherwise; six of the twenty values are 1 and fourteen are 0."""
    pairs = list(zip("0100000010", "1110010000", strict=True))
    assert alpha(pairs) == pytest.approx(1 - 19 * 8 / (2 * 6 * 14))  # 0.095
    assert alpha([("a", "b"), ("b", "a")]) == pytest.approx(-0.5)
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("a", "a")]) is None
    assert alpha([]) is None


def test_fields_are_compared_where_both_say_what_they_are() -> None:
    claim = Claim(
        id="c", item="i", start=0, end=4, quote="shot", act="shot", act_start=0, act_end=4,
        act_type=ActType.KILLING, modality=Modality.ALLEGED, speakers=(Named(DOC),),
        victims=(Named("two bakers"),), reader="r", why="",
    )  # fmt: skip
    other = replace(claim, modality=Modality.REPORTED, victims=(Named("bakers"),))
    pairs = [
        (Reading("accept", claim), Reading("correct", other)),
        (Reading("accept", claim), Reading("accept", claim)),
        (Reading("accept", claim), Reading("reject", claim)),
        (Reading("unsure", claim), Reading("unsure", other)),
    ]
    told = {one.field: (one.n, one.agreed) for one in figures(pairs)}
    assert told["verdict"] == (4, 3)
    assert (told["modality"], told["act_type"], told["victims"]) == ((2, 1), (2, 2), (2, 2))
    assert told["actors"] == (0, 0)  # neither says anything: not counted as agreement
    by = {one.field: one for one in figures(pairs)}
    assert by["verdict"].alpha == pytest.approx(1 - 7 * 2 / (64 - 25 - 4 - 1))
    assert by["modality"].alpha == pytest.approx(0)
    assert by["victims"].alpha is None
    assert by["actors"].share is None
    assert [[one.field for one in differences(a, b)] for a, b in pairs] == [["modality"], [], ["verdict"], []]
