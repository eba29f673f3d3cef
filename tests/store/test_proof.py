"""`verify` is silent on a whole record, and names what was harmed: each harm is done here."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from probanda.kernel.errors import RecordAltered
from probanda.store.logfile import path_of
from probanda.store.store import DATABASE, Store
from tests.store.desk import REPORT, TESTIMONY, Desk, settings

KILLED = "the Northern Brigade killed twelve farmers"


@pytest.fixture
def filled(folder: Path) -> Path:
    """A closed case with two items, a reading, decisions of most kinds and a search table."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        desk = Desk(store, store.owner)
        digest, other = desk.add(REPORT, "report.txt"), desk.add(TESTIMONY, "words.txt", "restricted")
        (claim,) = desk.read(digest, REPORT, (KILLED,))
        desk.read(other, TESTIMONY)
        desk.settle(claim, "accept")
        left, right = (one.id for one in store.mentions(store.owner))
        desk.decide("identity", left, left=left, right=right, verdict="same", kind="actor")
        desk.decide("protect", right, words=["Northern Brigade"], kind="person")
        desk.decide("label", digest, label="public")
        assert store.verify() == []
    return folder


def altered(folder: Path, *statements: str) -> None:
    """Change the database behind the program's back."""
    raw = sqlite3.connect(folder / DATABASE)
    with raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


def faults(folder: Path) -> list[tuple[str, int]]:
    """What verify finds, reading only."""
    with Store.open(folder, writing=False) as store:
        return [(fault.what, fault.severity) for fault in store.verify()]


HARMS = {
    "a word of a decision": ("UPDATE decision SET reason = 'other' WHERE kind = 'label'", "entry"),
    "a payload": ("UPDATE decision SET payload = replace(payload, 'accept', 'reject') WHERE kind = 'settle'", "entry"),
    "who decided": ("UPDATE decision SET \"by\" = 'x' WHERE kind = 'settle'", "entry"),
    "when it was decided": ("UPDATE decision SET at = '2001-01-01T00:00:00.000Z' WHERE kind = 'label'", "entry"),
    "a salt": ("UPDATE decision SET salt = zeroblob(32) WHERE n = 2", "entry"),
    "a leaf": ("UPDATE decision SET leaf = zeroblob(9) WHERE n = 1", "entry"),
    "a decision in the middle taken out": ("DELETE FROM decision WHERE n = 2", "entry"),
    "the last decision taken out": ("DELETE FROM decision WHERE n = (SELECT max(n) FROM decision)", "checkpoint"),
    "a root": ("UPDATE checkpoint SET root = substr(root, 2) || '0'", "checkpoint"),
    "an item's compartment": ("UPDATE item SET compartment = 3 - compartment", "row"),
    "a registration number": ("UPDATE acquisition SET number = 'KRV-0009' WHERE number = 'KRV-0001'", "row"),
    "a number series": ("UPDATE series SET last = last + 1", "row"),
    "what stands": ("DELETE FROM standing WHERE kind = 'settle'", "row"),
    "an identity decision": ("UPDATE identity SET verdict = 'not the same'", "row"),
    "a protection taken away": ("DELETE FROM protected", "row"),
    "a settlement": ("UPDATE settled SET verdict = 'reject'", "row"),
    "a text": ("UPDATE text SET words = replace(words, 'twelve', 'twenty')", "row"),
    "a claim's status": ("UPDATE claim SET status = 'rejected'", "partition"),
    "a claim's place": ("UPDATE claim SET start = start + 1", "claim"),
    "a party": ("UPDATE party SET words = 'Southern Brigade' WHERE role = 'actor'", "partition"),
    "a mention": ("DELETE FROM mention WHERE n = 1", "partition"),
    "a passage": ("DELETE FROM passage WHERE n = 1", "partition"),
    "rows behind the wall brought in front": ("UPDATE mention SET compartment = 1", "row"),
    "a search row": ("DELETE FROM search_1_docsize WHERE rowid = (SELECT min(rowid) FROM search_1_docsize)", "search"),
}  # fmt: skip


@pytest.mark.parametrize("harm", sorted(HARMS))
def test_a_harm_in_the_database_is_found(filled: Path, harm: str) -> None:
    statement, what = HARMS[harm]
    altered(filled, statement)
    assert (what, 41) in faults(filled)


def test_words_changed_in_the_search_table_are_found(filled: Path) -> None:
    altered(
        filled,
        "INSERT INTO search_1(search_1, rowid, words, folded) VALUES ('delete', 2, 'The Northern Brigade denied', '')",
        "INSERT INTO search_1(rowid, words, folded) VALUES (2, 'nothing of the kind', '')",
    )
    assert ("search", 41) in faults(filled)


def test_a_flipped_byte_of_an_item_is_an_item_altered_and_named(filled: Path) -> None:
    (path,) = (p for p in (filled / "vault").rglob("*") if p.is_file() and p.read_bytes() == REPORT.encode())
    flipped = bytearray(path.read_bytes())
    flipped[5] ^= 4
    path.chmod(0o600)
    path.write_bytes(flipped)
    with Store.open(filled, writing=False) as store:
        (fault,) = store.verify()
    assert (fault.what, fault.name, fault.severity) == ("item", "KRV-0001", 40)


def test_an_item_taken_away_is_found(filled: Path) -> None:
    (path,) = (p for p in (filled / "vault").rglob("*") if p.is_file() and p.read_bytes() == TESTIMONY.encode())
    path.unlink()
    assert ("item", 40) in faults(filled)


def test_bytes_that_nobody_registered_are_found(filled: Path) -> None:
    (filled / "vault" / "letter.txt").write_text("put here by hand")
    assert faults(filled) == [("item", 41)]


def cut_log(lines: list[bytes]) -> list[bytes]:
    """All but the last three."""
    return lines[:-3]


def swap_log(lines: list[bytes]) -> list[bytes]:
    """Two entries in the other order."""
    return [*lines[:1], lines[2], lines[1], *lines[3:]]


def change_log(lines: list[bytes]) -> list[bytes]:
    """One word changed."""
    return [line.replace(b"report.txt", b"rapport.txt") for line in lines]


def grow_log(lines: list[bytes]) -> list[bytes]:
    """One more entry than there is."""
    return [*lines, lines[-1]]


@pytest.mark.parametrize("harm", [cut_log, swap_log, change_log, grow_log])
def test_a_file_copy_of_the_log_that_is_another_is_found(
    filled: Path, harm: Callable[[list[bytes]], list[bytes]]
) -> None:
    (path,) = (filled / "log").glob("*/*.jsonl")
    path.write_bytes(b"".join(harm(path.read_bytes().splitlines(keepends=True))))
    assert "log" in [what for what, _ in faults(filled)]


@pytest.mark.parametrize("page", [0, 1, 3, 30, 60])
def test_a_database_that_is_damaged_is_said_to_be(filled: Path, page: int) -> None:
    path = filled / DATABASE
    harmed = bytearray(path.read_bytes())
    for at in range(4096 * page, len(harmed), 4096):
        harmed[at : at + 100] = bytes(100)
    path.write_bytes(harmed)
    try:
        assert {severity for _, severity in faults(filled)} == {41}
    except RecordAltered as error:
        assert "record.db" in error.problem


def test_verifying_writes_nothing(filled: Path) -> None:
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    assert faults(filled) == []
    after = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    assert {p: b for p, b in after.items() if not p.name.endswith(("-wal", "-shm"))} == {
        p: b for p, b in before.items() if not p.name.endswith(("-wal", "-shm"))
    }


def test_the_log_file_holds_the_entry_its_salt_and_its_leaf_and_no_protected_part(filled: Path) -> None:
    from probanda.store.model import Deed

    with Store.open(filled, writing=True) as store:
        deed = Deed(kind="user", subject="e" * 32, payload={"name": "Ben"}, sealed=b"a name that stays here")
        store.record(store.owner, [deed])
        path, count = path_of(filled, store.settings.log), store.decision_count
        assert store.verify() == []
    lines = path.read_bytes().splitlines()
    assert len(lines) == count
    assert set(json.loads(lines[-1])) == {"entry", "leaf", "salt"}
    assert b"a name that stays here" not in path.read_bytes()


def test_a_torn_or_missing_end_of_the_log_file_is_completed_by_the_next_writer(filled: Path) -> None:
    (path,) = (filled / "log").glob("*/*.jsonl")
    whole = path.read_bytes()
    for harmed in (whole[:-40], whole[: whole[:-1].rindex(b"\n") + 1], b""):
        path.write_bytes(harmed)
        with Store.open(filled, writing=True) as store:
            assert store.verify() == []
        assert path.read_bytes() == whole


def test_the_record_can_be_copied_while_it_is_closed(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "copy")
    with Store.open(filled, writing=False) as one, Store.open(tmp_path / "copy", writing=True) as two:
        assert one.dump() == two.dump()
        assert one.root == two.root
