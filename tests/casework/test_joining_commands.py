"""The commands of people who work apart, and of two who destroy: what they print, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from probanda import Case
from probanda.casework.bundle import bundle
from tests.casework.typing_in import typed

pytestmark = pytest.mark.slow

SHELLED = "Soldiers of the Third Brigade shelled Orvane on 3 May 2031. Five people were killed, a nurse said.\n"
BURNED = "The village of Tessal was burned on 9 June 2031. Militiamen shot two farmers, residents said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed case with one item; nothing in it is read."""
    with Case.new(tmp_path / "case", situation="Marsafa", prefix="MAR", name="Ada") as case:
        add(case, tmp_path / "a.txt", SHELLED)
    return tmp_path / "case"


@pytest.fixture
def north(folder: Path) -> Path:
    """A copy of it with a log of its own."""
    copy = folder.with_name("north")
    shutil.copytree(folder, copy)
    typed(copy, "log", "new", "--prefix", "MARN")
    return copy


def add(case: Case, path: Path, words: str) -> None:
    path.write_text(words)
    case.add([path])


def rows(done: Result) -> list[dict[str, Any]]:
    """What `--json` printed, an object a line."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def with_keys(folder: Path) -> None:
    """A second user, and keys for both."""
    typed(folder, "user", "add", "Ben", "--clearance", "restricted")
    typed(folder, "user", "key", "Ada")
    typed(folder, "user", "key", "Ben")


def asked(folder: Path, *words: str) -> str:
    """The id of a request to destroy, which is made here."""
    done = typed(folder, "destroy", "ask", *words, "--reason", "consent withdrawn", "--json")
    return str(rows(done)[0]["id"])


# --- log


def test_a_copy_that_gets_a_log_of_its_own_shows_both(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    (made,) = rows(typed(copy, "log", "new", "--prefix", "MARN", "--reason", "goes north", "--json"))
    assert made["prefix"] == "MARN"
    told = rows(typed(copy, "log", "list", "--json"))
    assert {(one["log"] == made["log"], one["own"], one["prefix"], one["whole"]) for one in told} == {
        (False, False, "MAR", True), (True, True, "MARN", True)
    }  # fmt: skip
    said = typed(copy, "log", "list").stdout.splitlines()
    assert [("another device" in line, "this device" in line) for line in said] == [(True, False), (False, True)]
    typed(copy, "verify")


def test_a_log_of_its_own_needs_a_prefix(folder: Path) -> None:
    before = typed(folder, "log", "list").stdout
    typed(folder, "log", "new", code=2)
    typed(folder, "log", "new", "--prefix", " ", code=2)
    assert typed(folder, "log", "list").stdout == before


def test_a_folder_made_by_restore_begins_a_log_of_its_own_at_the_first_write(folder: Path) -> None:
    again = folder.with_name("again")
    typed(folder, "backup", "--out", folder.with_name("kept.tar"))
    typed(folder, "restore", folder.with_name("kept.tar"), again)
    assert [one["own"] for one in rows(typed(again, "log", "list", "--json"))] == [True]
    typed(again, "label", "MAR-0001", "public")
    assert [one["own"] for one in rows(typed(again, "log", "list", "--json"))] == [False, True]
    typed(folder, "label", "MAR-0001", "restricted")
    typed(folder, "import", again)
    assert [one["kind"] for one in rows(typed(folder, "conflicts", "--json"))] == ["label"]


# --- import and conflicts


def test_import_tells_what_came_and_a_second_time_that_nothing_did(folder: Path, north: Path, tmp_path: Path) -> None:
    with Case.open(north) as case:
        add(case, tmp_path / "b.txt", BURNED)
    (row,) = rows(typed(folder, "import", north, "--json"))
    assert (row["kind"], row["items"], row["conflicts"], len(row["logs"])) == ("folder", 1, 0, 2)
    assert row["entries"] == sum(one["new"] for one in row["logs"]) > 0
    assert all(one["whole"] for one in row["logs"])
    assert "Nothing new." in typed(folder, "import", north).output
    assert "MARN-0001" in typed(folder, "items").stdout


def test_import_says_what_to_do_next(folder: Path, north: Path, tmp_path: Path) -> None:
    with Case.open(north) as case:
        add(case, tmp_path / "b.txt", BURNED)
    said = typed(folder, "import", north).output
    assert "1 new file in the vault" in said
    assert "probanda read" in said
    typed(north, "label", "MAR-0001", "public")
    said = typed(folder, "import", north).output
    assert "0 new files" in said
    assert "probanda read" not in said
    assert "probanda incidents" in said


def test_a_conflict_names_both_and_the_command_that_settles_it_does(folder: Path, north: Path) -> None:
    typed(folder, "label", "MAR-0001", "public")
    typed(north, "label", "MAR-0001", "restricted", "--reason", "names a nurse")
    assert "1 conflict: see" in typed(folder, "import", north).output
    done = typed(folder, "conflicts")
    assert done.stdout.startswith("label MAR-0001\n")
    assert "restricted (names a nurse)" in done.stdout
    assert "Settle it: probanda label MAR-0001 LABEL" in done.output
    (row,) = rows(typed(folder, "conflicts", "--json"))
    assert (row["kind"], row["called"]) == ("label", "MAR-0001")
    assert {(one["by"], one["says"]) for one in row["decisions"]} == {("Ada", "public"), ("Ada", "restricted")}
    typed(folder, "label", "MAR-0001", "internal")
    assert "No conflicts." in typed(folder, "conflicts").output
    assert typed(folder, "conflicts", "--json").stdout == ""


def test_a_claim_in_conflict_is_shown_with_its_words(folder: Path) -> None:
    with Case.open(folder) as case:
        case.read()
        claim = next(one for one in case.claims() if "shelled" in one.act)
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    typed(copy, "log", "new", "--prefix", "MARN")
    typed(folder, "claims", "accept", claim.id)
    typed(copy, "claims", "reject", claim.id)
    typed(folder, "import", copy)
    done = typed(folder, "conflicts")
    assert done.stdout.startswith(f'claim {claim.id[:12]} "Soldiers of the Third Brigade')
    assert f"claims accept|correct|reject|unsure {claim.id[:12]}" in done.output
    typed(folder, "claims", "accept", claim.id[:12], "--reason", "we talked")
    assert "No conflicts." in typed(folder, "conflicts").output


def test_a_decision_taken_back_there_and_decided_over_here_says_which_stands(folder: Path) -> None:
    typed(folder, "label", "MAR-0001", "public")
    (first,) = [one["id"] for one in rows(typed(folder, "undo", "--json")) if one["kind"] == "label"]
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    typed(copy, "log", "new", "--prefix", "MARN")
    typed(copy, "undo", first)
    typed(folder, "label", "MAR-0001", "internal")
    typed(folder, "import", copy)
    done = typed(folder, "conflicts")
    assert "undone MAR-0001" in done.stdout
    (later,) = [one["decision"] for one in rows(typed(folder, "conflicts", "--json"))[0]["decisions"][1:]]
    assert f"probanda undo {later[:12]}" in done.output
    typed(folder, "undo", later[:12])
    assert "No conflicts." in typed(folder, "conflicts").output


def test_import_names_what_was_decided_over_there(folder: Path) -> None:
    typed(folder, "label", "MAR-0001", "restricted")
    (first,) = [one["id"] for one in rows(typed(folder, "undo", "--json")) if one["kind"] == "label"]
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    typed(copy, "log", "new", "--prefix", "MARN")
    typed(copy, "label", "MAR-0001", "public")
    again = folder.with_name("again")
    shutil.copytree(folder, again)
    said = typed(folder, "import", copy).output
    assert "1 decision made here no longer stands" in said
    assert first[:12] in said
    (row,) = rows(typed(again, "import", copy, "--json"))
    assert (row["no_longer_stand"], row["conflicts"]) == ([first], 0)
    assert "no longer stand" not in typed(folder, "import", copy).output


def test_a_number_given_twice_is_asked_back_with_the_marks(folder: Path, tmp_path: Path) -> None:
    with Case.new(tmp_path / "other", situation="Marsafa", prefix="MAR", name="Eli") as case:
        add(case, tmp_path / "b.txt", BURNED)
    typed(folder, "import", tmp_path / "other")
    marked = [line.split()[0] for line in typed(folder, "items").stdout.splitlines()]
    logs = {f"MAR-0001@{one['log'][:4]}" for one in rows(typed(folder, "log", "list", "--json"))}
    assert set(marked) == logs
    typed(folder, "items", "MAR-0001", code=2)
    for number in marked:
        assert number in typed(folder, "items", number).stdout


def test_a_bundle_is_shown_as_held_in_part(folder: Path, tmp_path: Path) -> None:
    with Case.new(tmp_path / "other", situation="Marsafa", prefix="OTH", name="Eli") as case:
        add(case, tmp_path / "b.txt", BURNED)
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    assert "held in part" in typed(folder, "import", tmp_path / "bundle").stdout
    (part,) = [one for one in rows(typed(folder, "log", "list", "--json")) if not one["own"]]
    assert part["entries"] < part["size"]
    assert f"{part['entries']} of {part['size']} entries, each proved" in typed(folder, "log", "list").stdout
    typed(folder, "verify")


def test_what_cannot_be_imported_ends_with_its_code_and_changes_nothing(
    folder: Path, north: Path, tmp_path: Path
) -> None:
    before = rows(typed(folder, "log", "list", "--json"))
    typed(folder, "import", code=2)
    typed(folder, "import", tmp_path / "nowhere", code=2)
    typed(folder, "import", folder, code=2)
    with Case.open(north):
        typed(folder, "import", north, code=42)
    with Case.open(folder):
        typed(folder, "import", north, code=42)
    item = next((north / "vault").glob("??/*"))
    item.chmod(0o644)
    item.write_bytes(b"other bytes")
    typed(folder, "import", north, code=41)
    assert rows(typed(folder, "log", "list", "--json")) == before


def test_a_fork_ends_with_41(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    typed(folder, "label", "MAR-0001", "public")
    typed(copy, "label", "MAR-0001", "restricted")
    done = typed(folder, "import", copy, code=41)
    assert "continued in two places" in str(done.exception)
    assert "No conflicts." in typed(folder, "conflicts").output


# --- destroy


def test_asking_destroys_nothing_and_says_who_may_decide(folder: Path) -> None:
    with_keys(folder)
    assert "Nobody asks" in typed(folder, "destroy", "list").output
    said = typed(folder, "destroy", "ask", "MAR-0001", "--reason", "consent withdrawn").output
    assert "item MAR-0001" in said
    assert "Nothing is destroyed yet" in said
    assert "asked by Ada" in typed(folder, "destroy", "list").stdout
    (row,) = rows(typed(folder, "destroy", "list", "--json"))
    assert (row["what"], row["called"], row["by"], row["with_custody"]) == ("item", "MAR-0001", "Ada", False)
    assert any((folder / "vault").glob("??/*"))
    typed(folder, "undo", row["id"])
    assert typed(folder, "destroy", "list", "--json").stdout == ""


def test_another_user_decides_and_known_copies_are_named(folder: Path) -> None:
    with_keys(folder)
    typed(folder, "backup", "--out", folder.with_name("kept.tar"))
    said = typed(folder, "destroy", "ask", "MAR-0001", "--with-custody", "--reason", "consent withdrawn").output
    assert "The backup kept.tar of " in said
    (row,) = rows(typed(folder, "destroy", "list", "--json"))
    done = typed(folder, "--as", "Ben", "destroy", "confirm", row["id"][:6], "--reason", "letter checked", "--json")
    (told,) = rows(done)
    assert (told["what"], told["called"]) == ("item", "MAR-0001")
    assert [(one["kind"], one["name"]) for one in told["copies"]] == [("backup", "kept.tar")]
    assert "(words destroyed)" in typed(folder, "items").stdout
    typed(folder, "verify")


def test_the_words_of_a_decision_are_named_by_its_kind(folder: Path) -> None:
    with_keys(folder)
    typed(folder, "label", "MAR-0001", "restricted", "--reason", "Nadira Velun speaks")
    (label,) = [one["id"] for one in rows(typed(folder, "undo", "--json")) if one["kind"] == "label"]
    request = asked(folder, label[:8])
    done = typed(folder, "--as", "Ben", "destroy", "confirm", request, "--reason", "yes")
    assert done.stdout == "Destroyed: the words of a decision (label).\n"
    lines = b"".join(path.read_bytes() for path in sorted(folder.glob("log/*/*.jsonl")))
    assert b"Velun" not in lines
    typed(folder, "verify")


def test_one_user_without_another_a_key_or_a_reason_destroys_nothing(folder: Path) -> None:
    typed(folder, "destroy", "ask", "MAR-0001", "--reason", "withdrawn", code=1)  # nobody has a key
    with_keys(folder)
    typed(folder, "destroy", "ask", "MAR-0001", code=2)
    typed(folder, "destroy", "ask", "MAR-0001", "--reason", " ", code=2)
    typed(folder, "destroy", "ask", "MAR-0009", "--reason", "withdrawn", code=1)
    request = asked(folder, "MAR-0001")
    typed(folder, "destroy", "confirm", request, "--reason", "I am sure", code=2)
    typed(folder, "--as", "Ben", "destroy", "confirm", request, code=2)
    typed(folder, "--as", "Ben", "destroy", "confirm", "0123456789", "--reason", "yes", code=1)
    assert "(words destroyed)" not in typed(folder, "items").stdout


def test_a_folder_that_destroyed_destroys_elsewhere_only_when_it_is_said(folder: Path, north: Path) -> None:
    with_keys(folder)
    typed(folder, "--as", "Ben", "destroy", "confirm", asked(folder, "MAR-0001"), "--reason", "letter checked")
    done = typed(north, "import", folder, code=2)
    assert "MAR-0001" in str(done.exception)
    assert "--accept-destroyed" in str(done.exception)
    assert any((north / "vault").glob("??/*"))
    typed(north, "import", folder, "--accept-destroyed")
    assert not [path for path in (north / "vault").glob("??/*") if path.is_file()]
    typed(north, "verify")
