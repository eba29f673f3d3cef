"""Who may do what: the table, row by row."""

from __future__ import annotations

import pytest

from probanda.access.eyes import OPEN, compartment_of
from probanda.access.rules import NEEDS, NotAllowed, Permission, User, demand, eyes_of, may


def a_user(*clearances: str, owner: bool = False) -> User:
    return User(id="a" * 32, name="Ilse", clearances=frozenset(clearances), owner=owner)


ALL = ["open", "restricted", "sgbv", "restricted+witness", "witness"]


def test_every_permission_stands_in_the_table_and_needs_something():
    assert set(NEEDS) == set(Permission)
    assert all(rows and all(rows) for rows in NEEDS.values())


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        (a_user(), {"open"}),
        (a_user("restricted"), {"open", "restricted"}),
        (a_user("witness"), {"open", "witness"}),
        (a_user("witness", "restricted"), {"open", "restricted", "witness", "restricted+witness"}),
        (a_user("names"), {"open"}),
        (a_user(owner=True), set(ALL)),
    ],
)
def test_a_user_sees_what_is_open_and_compartments_whose_every_label_he_is_cleared_for(user, seen):
    eyes = eyes_of(user, ALL)
    assert eyes.compartments == seen
    assert eyes.user == user.id


def test_the_open_compartment_is_seen_even_when_nobody_lists_it():
    assert eyes_of(a_user(), []).compartments == {OPEN}


def test_the_name_of_a_sight_does_not_depend_on_the_order_of_compartments():
    assert eyes_of(a_user(owner=True), ALL).sight == eyes_of(a_user(owner=True), reversed(ALL)).sight


ALLOWED = {
    Permission.READ_CLAIM: "nobody restricted names owner",
    Permission.DECIDE: "nobody restricted names owner",
    Permission.EXPORT: "nobody restricted names owner",
    Permission.INCLUDE_RESTRICTED: "restricted names owner",
    Permission.SEE_NAMES: "names owner",
    Permission.MANAGE: "owner",
}
USERS = {
    "nobody": a_user(),
    "restricted": a_user("restricted"),
    "names": a_user("restricted", "names"),
    "owner": a_user(owner=True),
}


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_is_held_by_those_who_meet_a_row(permission):
    assert {name for name, user in USERS.items() if may(user, permission)} == set(ALLOWED[permission].split())


@pytest.mark.parametrize("permission", [Permission.READ_CLAIM, Permission.DECIDE, Permission.EXPORT])
def test_nothing_is_done_with_what_one_may_not_see(permission):
    walled = compartment_of(["internal", "witness"])
    assert not may(a_user("restricted", "names"), permission, walled)
    assert may(a_user("witness"), permission, walled)


def test_a_clearance_for_names_alone_shows_no_name():
    assert not may(a_user("names"), Permission.SEE_NAMES)


def test_a_refusal_names_the_permission_and_nothing_behind_the_wall():
    with pytest.raises(NotAllowed) as caught:
        demand(a_user(), Permission.READ_CLAIM, "witness+sgbv")
    assert "read-claim" in caught.value.problem
    assert "witness" not in str(caught.value)
    demand(a_user(owner=True), Permission.READ_CLAIM, "witness+sgbv")
