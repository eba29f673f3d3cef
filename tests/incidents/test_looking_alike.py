"""Accounts that rest on pictures that look alike: a pair is told, and nothing is joined by it."""

from __future__ import annotations

import pytest

from probanda.incidents.alike import LooksAlike, Picture, proposed
from probanda.incidents.kinship import KinshipKind
from probanda.incidents.model import Account, SourceKind

PLAIN, NEAR, FAR = "0f" * 16, "0f" * 15 + "0e", "3c" * 16


def account(id: str, item: str, origin: str = "") -> Account:
    return Account(id=id, teller=id, kind=SourceKind.EYEWITNESS, why="", item=item, claims=(f"c-{id}",),
                   origin=origin or id)  # fmt: skip


ACCOUNTS = (account("a1", "observation 1"), account("a2", "transcript"), account("a3", "report"))
RESTS_ON = {"observation 1": "picture", "transcript": "video"}
PICTURES = {
    "picture": [Picture("picture", PLAIN)],
    "video": [Picture("f1", FAR, "00:00:00.000"), Picture("f2", NEAR, "00:00:05.000")],
    "elsewhere": [Picture("elsewhere", PLAIN)],
}


def found(**others: object) -> tuple[LooksAlike, ...]:
    return proposed(**{"accounts": ACCOUNTS, "rests_on": RESTS_ON, "pictures": PICTURES} | others)  # type: ignore[arg-type]


def test_a_key_frame_leads_to_its_recording_and_only_what_the_incident_rests_on_is_compared() -> None:
    (two,) = found()
    assert (two.kinship.a, two.kinship.b, two.kinship.kind) == ("picture", "video", KinshipKind.LOOKS_ALIKE)
    assert (two.left, two.right, two.times) == (("a1",), ("a2",), ("", "00:00:05.000"))
    assert "1 of 128 bits" in two.kinship.reason


def test_the_very_same_key_frame_in_two_recordings_is_a_pair_and_two_frames_of_one_are_none() -> None:
    both = {"picture": [Picture("f", FAR, "1")], "video": [Picture("f", FAR, "2"), Picture("g", FAR, "3")]}
    assert [two.times for two in found(pictures=both)] == [("1", "2")]
    assert not found(pictures=both | {"picture": [Picture("h", PLAIN)]})


@pytest.mark.parametrize("pair", [("picture", "video"), ("c-a2", "c-a1"), ("transcript", "observation 1")])
def test_what_a_person_holds_apart_is_proposed_no_more(pair: tuple[str, str]) -> None:
    assert not found(apart=[pair]) and found(apart=[("c-a1", "c-a3")])


def test_accounts_that_start_in_one_place_already_are_no_question() -> None:
    assert not found(accounts=(account("a1", "observation 1", "o"), account("a2", "transcript", "o")))
