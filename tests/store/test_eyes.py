"""Two users, two compartments: what one may not see changes no byte of what he is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from probanda.access.eyes import OPEN, Eyes
from probanda.actors.model import ActorGroup, Membership
from probanda.incidents.model import Consolidation, Contradiction, Incident, Origin
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import ActType, ContradictionKind, MentionKind, OriginKind
from tests.store.desk import REPORT, TESTIMONY, Desk

KILLED = "the Northern Brigade killed twelve farmers"
HIDDEN = "The Northern Brigade killed the miller, farmers told the monitors. The mill of Tamrit burned.\n"

MADE_AT_RANDOM = re.compile(r"decision='[0-9a-f]{32}'|20\d\d-\d\d-\d\dT[0-9:.]+Z")
"""Ids and times of decisions differ between any two worlds."""


def given(desk: Desk, eyes: Eyes) -> list[Any]:
    """All that a user can ask for."""
    store = desk.store
    items = store.items(eyes)
    return [
        items, store.claims(eyes), store.mentions(eyes), store.identity_decisions(eyes), store.protected(eyes),
        store.actors(eyes), store.incidents(eyes), store.origins(eyes), store.contradictions(eyes),
        [list(store.texts(eyes, item.digest)) for item in items],
        [store.passages(eyes, item.digest) for item in items],
        [store.acquisitions_of(eyes, item.digest) for item in items],
        [store.search(eyes, words) for words in ("farmers", "mill", "Northern Brigade", "Tamrit killed", "miller")],
        [d.payload for d in store.decisions(eyes) if d.kind not in ("user", "key", "settings")],
        store.counts(eyes), store.listed(eyes, {}), store.listed(eyes, {"label": "internal", "review": "open"}),
        [(one.number, one.undoable, one.decision.kind) for one in store.latest(eyes)
         if one.decision.kind not in ("user", "key", "settings")],
    ]  # fmt: skip


def consolidated(desk: Desk, eyes: Eyes) -> None:
    """One incident, actor, origin and contradiction from whatever these eyes see."""
    claims = [one.id for one in desk.store.claims(eyes)]
    mentions = [one.id for one in desk.store.mentions(eyes)]
    told: dict[str, Any] = {"act_type": ActType.KILLING, "date_from": None, "date_to": None, "places": ()}
    result = Consolidation(
        (Incident(id=min(claims), title=f"{len(claims)} claims", claims=tuple(claims), versions=(), **told),),
        (Origin(id=min(claims), kind=OriginKind.ACCOUNT, claims=tuple(claims), reason="one account"),),
        (Contradiction(id="0" * 32, a=claims[0], b=claims[-1], kind=ContradictionKind.NUMBER, reason="apart"),),
    )
    members = tuple(Membership(one, "same name") for one in mentions)
    group = ActorGroup(id=min(mentions), kind=MentionKind.UNIT, name="Northern Brigade", variants=(), members=members)
    desk.store.commit_consolidation(eyes.sight, [group], result, "c 1", "inputs")


@pytest.fixture(params=["labelled when taken in", "labelled later", "proposed by its text"])
def hide(request: pytest.FixtureRequest) -> Callable[[Desk], str]:
    """Bring an item that goes behind the wall, in each of the three ways."""

    def bring(desk: Desk) -> str:
        how = request.param
        digest = desk.add(HIDDEN, "0-first.txt", "restricted" if how == "labelled when taken in" else "internal")
        told = {"restricted_reason": "it speaks as I"} if how == "proposed by its text" else {}
        desk.read(digest, HIDDEN, ("The Northern Brigade killed the miller",), **told)
        if how == "labelled later":
            desk.decide("label", digest, label="restricted")
        return digest

    return bring


def test_two_worlds_that_differ_behind_the_wall_are_the_same_bytes_in_front(
    another: Callable[[str], Desk], hide: Callable[[Desk], str]
) -> None:
    worlds = []
    for name in ("without", "with"):
        desk = another(name)
        digest = desk.add(REPORT, "report.txt")
        (claim,) = desk.read(digest, REPORT, (KILLED,))
        desk.settle(claim, "accept")
        if name == "with":
            hidden = hide(desk)
            (other,) = desk.store.claims(desk.eyes, item=hidden)
            desk.settle(other, "accept")
            (mention,) = desk.store.mentions(desk.eyes, hidden)
            (visible,) = desk.store.mentions(desk.eyes, digest)
            desk.decide("identity", mention.id, left=mention.id, right=visible.id, verdict="same", kind="actor")
            desk.decide("protect", mention.id, words=["Northern Brigade"], kind="person")
            consolidated(desk, desk.eyes)
        walled = desk.store.eyes(desk.store.add_user(desk.eyes, "Ben"))
        consolidated(desk, walled)
        worlds.append(repr(given(desk, walled)).replace(desk.eyes.user, "owner"))
        assert len(desk.store.items(desk.eyes)) == (2 if name == "with" else 1)
    assert MADE_AT_RANDOM.sub("", worlds[0]) == MADE_AT_RANDOM.sub("", worlds[1])


def test_a_hidden_id_and_an_unknown_one_get_the_same_answer(desk: Desk, hide: Callable[[Desk], str]) -> None:
    hidden = hide(desk)
    (claim,) = desk.store.claims(desk.eyes)
    (mention,) = desk.store.mentions(desk.eyes)
    made = desk.decide("protect", mention.id, words=["Northern Brigade"])
    walled = desk.store.eyes(desk.store.add_user(desk.eyes, "Ben"))
    ben = Desk(desk.store, walled)

    def answer(ask: Callable[[str], Any], name: str) -> str:
        with pytest.raises(NotFound) as caught:
            ask(name)
        return str(caught.value).replace(name, "NAME").replace(name[:12], "NAME")

    unknown = "e" * 64
    pairs: list[tuple[Callable[[str], Any], str, str]] = [
        (lambda name: ben.store.item(walled, name), hidden, unknown),
        (lambda name: ben.store.item(walled, name), "KRVR-0001", "KRVR-0009"),
        (lambda name: list(ben.store.texts(walled, name)), hidden, unknown),
        (lambda name: ben.store.words(walled, name, 0, 9), hidden, unknown),
        (lambda name: ben.store.claims(walled, item=name), hidden, unknown),
        (lambda name: ben.store.claim(walled, name), claim.id, unknown[:32]),
        (lambda name: ben.decide("label", name, label="public"), hidden, unknown),
        (lambda name: ben.decide("protect", name, words=["x"]), mention.id, unknown[:32]),
        (lambda name: ben.decide("withdraw", name), made, unknown[:32]),
    ]
    for ask, there, not_there in pairs:
        assert answer(ask, there) == answer(ask, not_there)
    assert ben.store.claims(walled, ids=[claim.id]) == []
    assert ben.store.history(walled, claim.id) == []


def test_a_person_lifts_what_a_machine_proposed_to_restrict(desk: Desk) -> None:
    digest = desk.add(TESTIMONY, "words.txt")
    desk.read(digest, TESTIMONY, restricted_reason="it speaks as I")
    assert desk.store.items(desk.eyes.only_open()) == []
    assert desk.store.item(desk.eyes, digest).proposed_restricted == "it speaks as I"
    made = desk.decide("label", digest, label="internal")
    assert desk.store.search(desk.eyes.only_open(), "teacher")
    assert desk.store.item(desk.eyes, digest).proposed_restricted is None
    desk.decide("withdraw", made)
    assert desk.store.items(desk.eyes.only_open()) == []
    assert desk.store.verify() == []


def test_decisions_on_an_item_move_with_it(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    desk.settle(claim, "accept")
    narrow = desk.eyes.only_open()
    assert len(desk.store.decisions(narrow, claim.id)) == 1
    desk.decide("label", digest, label="restricted")
    assert desk.store.decisions(narrow, claim.id) == []
    assert desk.store.claims(narrow) == []
    assert desk.store.verify() == []


def test_the_same_bytes_behind_a_wall_and_in_front_show_each_user_his_own_number(desk: Desk) -> None:
    desk.add(REPORT, "secret.txt", "restricted")
    desk.add(REPORT, "plain.txt")
    (mine,) = desk.store.items(desk.eyes.only_open())
    assert (mine.number, mine.names, mine.acquisitions) == ("KRV-0001", ("plain.txt",), 1)
    (whole,) = desk.store.items(desk.eyes)
    assert (whole.number, whole.acquisitions) == ("KRVR-0001", 2)


def test_a_user_cleared_for_one_label_sees_that_compartment_and_no_other(desk: Desk) -> None:
    desk.add("One.\n", "one.txt", "witness")
    desk.add("Two.\n", "two.txt", "lead-only")
    eyes = desk.store.eyes(desk.store.add_user(desk.eyes, "Ben", ["witness"]))
    assert [item.doc for item in desk.store.items(eyes)] == ["one.txt"]
    assert eyes.compartments == {OPEN, "witness"}


def test_a_sight_that_was_not_worked_out_is_not_an_empty_one(desk: Desk) -> None:
    desk.read(desk.add(REPORT, "report.txt"), REPORT, (KILLED,))
    assert desk.store.incidents(desk.eyes) is None
    consolidated(desk, desk.eyes)
    incidents = desk.store.incidents(desk.eyes)
    assert incidents is not None
    assert len(incidents) == 1
    assert desk.store.actors(desk.eyes.only_open()) is None
    assert desk.store.suggestions(desk.eyes) is None
