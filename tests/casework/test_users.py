"""Users: told apart by name and code, deciding in their own name, with keys that vouch for one another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.access.rules import NotAllowed
from probanda.audit.keys import PublicKey
from probanda.casework import custody, users
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from tests.casework.typing_in import typed
from tests.store.desk import REPORT, TESTIMONY, Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case with one open item and one restricted, and a second user."""
    with Case.new(tmp_path / "case", prefix="KRV", name="Ada Lorin") as case:
        desk = Desk(case.store, case.eyes)
        desk.add(REPORT, "report.txt")
        desk.add(TESTIMONY, "testimony.txt", "restricted")
        users.added(case.store, case.eyes, "M. Ode", "INV-07")
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    """That case, as its owner has it open."""
    with Case.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("name", ["M. Ode", "m. ode", "INV-07", "inv-07"])
def test_a_user_is_found_by_name_or_code(case: Case, name: str) -> None:
    (wanted,) = [user for user, called in case.store.users().items() if called == "M. Ode"]
    assert users.found(case.store, name) == wanted
    assert users.found(case.store, wanted) == users.found(case.store, wanted[:8]) == wanted


@pytest.mark.parametrize("name", ["", "Nobody", "INV", "0"])
def test_nobody_else_is_found(case: Case, name: str) -> None:
    with pytest.raises(NotFound):
        users.found(case.store, name)


@pytest.mark.parametrize(("name", "code"), [("M. ODE", None), ("Another", "inv-07"), ("ada lorin", "INV-01")])
def test_a_name_or_code_in_use_is_refused(case: Case, name: str, code: str | None) -> None:
    with pytest.raises(ProbandaError, match="already"):
        users.added(case.store, case.eyes, name, code)
    assert len(users.listed(case.store)) == 2


def test_a_user_without_a_name_is_refused(case: Case) -> None:
    with pytest.raises(WrongUsage):
        users.added(case.store, case.eyes, "  ")


def test_decisions_are_recorded_by_the_user_who_acts(folder: Path) -> None:
    with Case.open(folder, user="INV-07") as case:
        custody.add(case.store, case.eyes, "KRV-0001", "analysed")
        (line,) = [one for one in custody.chain(case.store, case.eyes, "KRV-0001") if one.what == "analysed"]
        assert case.store.users()[line.recorded_by] == "M. Ode"
    with Case.open(folder) as case:
        assert custody.chain(case.store, case.eyes, "KRV-0001")[-1].recorded_by != case.eyes.user


def test_another_user_sees_what_is_open_and_manages_nothing(folder: Path) -> None:
    with Case.open(folder, user="M. Ode") as case:
        assert [row.number for row in case.items()] == ["KRV-0001"]
        with pytest.raises(NotFound):
            custody.chain(case.store, case.eyes, "KRVR-0001")
        with pytest.raises(NotAllowed):
            users.added(case.store, case.eyes, "Friend", clearances=["restricted"])
        with pytest.raises(NotAllowed):
            users.give_key(case.store, case.eyes, "Ada Lorin")
        users.give_key(case.store, case.eyes, "M. Ode")


def test_a_clearance_opens_what_it_names(case: Case, folder: Path) -> None:
    users.added(case.store, case.eyes, "O. Sand", clearances=["restricted"])
    case.close()
    with Case.open(folder, user="O. Sand") as again:
        assert len(again.items()) == 2


def test_whoever_takes_an_item_in_is_told_its_number_even_behind_a_wall(folder: Path, tmp_path: Path) -> None:
    for name, label in (("letter.txt", "restricted"), ("note.txt", "witness")):
        (tmp_path / name).write_text(f"The words of {name}.\n")
        with Case.open(folder) as case:
            users.added(case.store, case.eyes, f"Who brings {name}")
        with Case.open(folder, user=f"Who brings {name}") as case:
            (taken,) = case.add([tmp_path / name], label=label).taken
            assert taken.number
            assert all(row.number != taken.number for row in case.items())


def test_opening_as_nobody_leaves_the_case_free_for_others(folder: Path) -> None:
    with pytest.raises(NotFound):
        Case.open(folder, user="Nobody")
    Case.open(folder).close()


def test_the_secret_half_is_for_its_owner_alone_and_only_the_public_half_is_recorded(case: Case) -> None:
    public = users.give_key(case.store, case.eyes, "M. Ode")
    user = users.found(case.store, "M. Ode")
    path = users.key_path(case.store, user)
    assert path.stat().st_mode & 0o777 == 0o600
    (row,) = [row for row in users.listed(case.store) if row.id == user]
    assert (row.key, row.keys) == (public.text, 1)
    secret = users.signing_key(case.store, user)
    assert secret is not None and secret.public(public.name) == public
    assert public.verifies(secret.sign(b"words"), b"words")
    assert "Ode" not in public.text
    for copy in case.store.folder.glob("log/*/*"):
        assert path.read_bytes().hex() not in copy.read_text("utf-8")
    assert case.verify() == []


def test_a_new_key_is_countersigned_by_the_old(case: Case) -> None:
    old, new = (users.give_key(case.store, case.eyes, "M. Ode") for _ in range(2))
    user = users.found(case.store, "M. Ode")
    first, second = [d for d in case.store.decisions(case.eyes, user) if d.kind == "user-key"]
    assert (first.stands, second.stands, second.over) == (False, True, (first.id,))
    message = users.change_message(case.store.settings.case, user, new.text)
    signature = bytes.fromhex(second.payload["countersigned"])
    assert PublicKey.parse(first.payload["key"]) == old
    assert old.verifies(signature, message) and not new.verifies(signature, message)
    assert case.verify() == []


def test_without_the_old_key_a_new_one_needs_a_reason_and_nobody_vouches_for_it(case: Case) -> None:
    users.give_key(case.store, case.eyes, "M. Ode")
    user = users.found(case.store, "M. Ode")
    users.key_path(case.store, user).unlink()
    with pytest.raises(ProbandaError, match="cannot vouch"):
        users.give_key(case.store, case.eyes, "M. Ode")
    with pytest.raises(WrongUsage, match="reason"):
        users.give_key(case.store, case.eyes, "M. Ode", lost=True)
    users.give_key(case.store, case.eyes, "M. Ode", lost=True, reason="the laptop was seized")
    d = case.store.standing(case.eyes, user, "user-key")[-1]
    assert (d.payload["countersigned"], d.payload["lost"], d.reason) == (None, True, "the laptop was seized")


def test_a_run_cut_off_before_the_key_came_into_its_place_loses_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.give_key(case.store, case.eyes, "M. Ode")
    user = users.found(case.store, "M. Ode")

    def killed(waiting: Path, home: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(users, "_into_place", killed)
        users.give_key(case.store, case.eyes, "M. Ode")
    assert users.signing_key(case.store, user) is not None
    assert len(list(case.store.folder.glob("keys/*.part"))) == 1
    case.close()
    with Case.open(case.store.folder) as again:
        assert list(again.store.folder.glob("keys/*.part")) == []
        assert users.signing_key(again.store, user) is not None and again.verify() == []
        third_key_is_vouched_for_by_the_second(again, user)


def third_key_is_vouched_for_by_the_second(case: Case, user: str) -> None:
    """The key of the run that was cut off is the one that signs the next."""
    third = users.give_key(case.store, case.eyes, "M. Ode")
    keys = [d.payload for d in case.store.decisions(case.eyes, user) if d.kind == "user-key"]
    assert len(keys) == 3 and keys[2]["key"] == third.text
    message = users.change_message(case.store.settings.case, user, third.text)
    assert PublicKey.parse(keys[1]["key"]).verifies(bytes.fromhex(keys[2]["countersigned"]), message)


def test_the_commands_act_for_whom_they_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = typed(folder, "user", "list", "--json").stdout.splitlines()
    assert [json.loads(line)["code"] for line in listed] == [None, "INV-07"]
    typed(folder, "--as", "M. Ode", "custody", "add", "KRV-0001", "analysed")
    monkeypatch.setenv("PROBANDA_USER", "INV-07")
    decision = json.loads(typed(folder, "custody", "add", "KRV-0001", "moved", "--json").stdout)["decision"]
    monkeypatch.delenv("PROBANDA_USER")
    told = [json.loads(line) for line in typed(folder, "undo", "--json").stdout.splitlines()]
    assert [row["by"] for row in told] == ["M. Ode", "M. Ode"]
    typed(folder, "undo", decision[:8], "--reason", "it was not moved")
    typed(folder, "--as", "Nobody", "items", code=1)
