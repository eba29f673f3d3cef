"""A clean close seals the record; a writer takes the seal away first; settings, keys and strays are covered too."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from probanda.casework.check import Proof, verify_folder
from probanda.kernel.errors import ProbandaError, RecordAltered, WrongUsage
from probanda.store import seal
from probanda.store.store import DATABASE, Store
from tests.store.desk import settings
from tests.store.harm import a_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case that is copied for each test."""
    return a_case(tmp_path_factory.mktemp("seal") / "case")


@pytest.fixture
def closed(made: Path, tmp_path: Path) -> Path:
    """A closed case."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def faults(folder: Path) -> list[tuple[str, str]]:
    """What verify finds and what it calls it."""
    return [(fault.what, fault.name) for fault in verify_folder(folder).faults]


def remarks(folder: Path) -> list[tuple[str, str]]:
    """What verify remarks on a folder without a fault."""
    proof = verify_folder(folder)
    assert proof.faults == ()
    assert proof.severity == 0
    return [(one.what, one.name) for one in proof.remarks]


# --- the seal -------------------------------------------------------------------------------------


def test_a_clean_close_leaves_a_seal_and_no_file_of_sqlite(closed: Path) -> None:
    assert seal.look(closed).sealed
    names = {path.name for path in closed.iterdir()}
    assert names == {"case.toml", DATABASE, seal.NAME, "vault", "log", "tmp", "keys", ".lock"}
    assert remarks(closed) == []


def test_the_seal_can_be_checked_with_blake3_and_a_page_of_format_alone(closed: Path) -> None:
    from blake3 import blake3

    head, about, *digests, stamp, last = (closed / seal.NAME).read_text("ascii").splitlines()
    data = (closed / DATABASE).read_bytes()
    assert head == "probanda seal 1"
    assert about == f"{DATABASE} {len(data)} 65536"
    assert digests == [blake3(data[at : at + 65536]).hexdigest() for at in range(0, len(data), 65536)]
    _, digest, name = stamp.split(" ")
    assert digest == blake3((closed / name).read_bytes()).hexdigest()
    body = (closed / seal.NAME).read_bytes().rpartition(b"seal ")[0]
    assert last == f"seal {blake3(body).hexdigest()}"


def test_reading_leaves_the_seal_and_a_writer_that_writes_nothing_leaves_it_too(closed: Path) -> None:
    before = ((closed / seal.NAME).read_bytes(), (closed / seal.NAME).stat().st_mtime_ns)
    for writing in (False, True):
        with Store.open(closed, writing=writing) as store:
            store.items(store.owner)
    assert ((closed / seal.NAME).read_bytes(), (closed / seal.NAME).stat().st_mtime_ns) == before


def test_the_seal_is_gone_before_the_first_write_and_back_after_a_clean_close(closed: Path) -> None:
    with Store.open(closed, writing=True) as store:
        assert (closed / seal.NAME).exists()
        with store._writing():
            assert not (closed / seal.NAME).exists()
        store.add_user(store.owner, "Ben")
        assert not (closed / seal.NAME).exists()
        assert store.verify() == []
    assert seal.look(closed) == seal.Look(sealed=True)


def test_a_run_that_was_cut_off_is_remarked_on_and_is_no_fault(closed: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from probanda.store.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), writing=True); store.add_user(store.owner, 'Ben'); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(closed)], check=False).returncode == 9
    assert ("seal", seal.NAME) in remarks(closed)
    with Store.open(closed, writing=True):
        pass
    assert remarks(closed) == []


def test_a_reader_is_told_nothing_wrong_while_another_process_writes(closed: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from probanda.store.store import Store\n"
        "with Store.open(Path(sys.argv[1]), writing=True) as store:\n"
        "    store.add_user(store.owner, 'Ben'); print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        assert remarks(closed) == []
        other.communicate()
    assert remarks(closed) == []


def test_changes_by_another_program_are_found_by_block_even_where_they_wait_beside_the_record(closed: Path) -> None:
    raw = sqlite3.connect(closed / DATABASE)
    raw.execute("PRAGMA wal_autocheckpoint=0")
    with raw:
        raw.execute("CREATE TABLE note(words)")
    assert ("database", f"{DATABASE}-wal") in faults(closed)
    raw.close()
    assert "block" in [what for what, _ in faults(closed)]


def cut(path: Path) -> None:
    """The end of the file taken away."""
    path.write_bytes(path.read_bytes()[:-4096])


def grown(path: Path) -> None:
    """Something put behind its end."""
    path.write_bytes(path.read_bytes() + bytes(4096))


def no_database(path: Path) -> None:
    """Not a database any more."""
    path.write_bytes(b"x" * path.stat().st_size)


@pytest.mark.parametrize("harm", [cut, grown, no_database])
def test_a_record_that_cannot_even_be_opened_is_named(closed: Path, harm: Callable[[Path], None]) -> None:
    harm(closed / DATABASE)
    proof = verify_folder(closed)
    assert "block" in [fault.what for fault in proof.faults]
    assert proof.severity == 41


def test_a_folder_without_a_key_and_a_seal_gets_them_at_the_next_opening_for_writing(closed: Path) -> None:
    old = as_before_keys(closed)
    with Store.open(old, writing=True) as store:
        assert store.checkpoint() is None
    assert remarks(old) == []
    with Store.open(old, writing=False) as store:
        told = [one.kind for one in store.decisions(store.owner)]
        assert told[-3:] == ["key", "key", "settings"]
        assert store.checkpoint() is not None


def as_before_keys(folder: Path) -> Path:
    """The folder without key, settings and notes in its log, as the version before these made it."""
    from probanda.store import checkpoints
    from tests.store.harm import history_of, rewrite

    with Store.open(folder, writing=True) as store:
        keep = [one for one in history_of(store) if one.kind not in ("key", "settings")]
        rewrite(store, keep)
        with store._writing() as connection:
            connection.exec_driver_sql("UPDATE checkpoint SET note = NULL")
        checkpoints.path_of(folder, store.settings.log).unlink(missing_ok=True)
        store._engine.dispose()
    (folder / checkpoints.LOG_KEY).unlink()
    (folder / seal.NAME).unlink(missing_ok=True)
    return folder


def test_the_files_of_time_stamps_are_covered_by_the_seal(closed: Path) -> None:
    (log,) = (closed / "log").iterdir()
    with Store.open(closed, writing=True) as store:
        store.add_user(store.owner, "Ben")
        (log / "stamps").mkdir(exist_ok=True)
        for ending in ("txt", "pem"):
            (log / "stamps" / f"4-1.{ending}").write_bytes(b"a stamp\n")
    assert remarks(closed) == []
    name = f"log/{log.name}/stamps/4-1.pem"
    (closed / name).write_bytes(b"a stamq\n")
    assert faults(closed) == [("stamp", name)]
    (closed / name).unlink()
    assert faults(closed) == [("stamp", name)]


# --- settings -------------------------------------------------------------------------------------


def by_hand(folder: Path, old: str, new: str) -> None:
    """Change `case.toml` with an editor."""
    words = (folder / "case.toml").read_text("utf-8")
    assert old in words
    (folder / "case.toml").write_text(words.replace(old, new), "utf-8")


def test_a_change_of_settings_by_hand_is_reported_until_it_is_accepted(closed: Path) -> None:
    by_hand(closed, "Karvel since 2031", "Karvel, 2031 to 2033")
    (fault,) = verify_folder(closed).faults
    assert (fault.what, fault.name) == ("settings", "case.toml")
    assert "'Karvel since 2031'" in fault.problem and "settings accept" in fault.problem
    with Store.open(closed, writing=True) as store:
        assert store.accept_settings(store.owner, "the ministry's wording")
        assert not store.accept_settings(store.owner)
    assert remarks(closed) == []


def test_settings_that_are_set_by_command_are_a_decision(closed: Path) -> None:
    with Store.open(closed, writing=True) as store:
        store.set_setting(store.owner, "situation", "Karvel, 2031 to 2033", "it ended")
        assert store.settings.situation == "Karvel, 2031 to 2033"
        with pytest.raises(WrongUsage, match="situation, prefix"):
            store.set_setting(store.owner, "log", "f" * 32)
        with pytest.raises(WrongUsage):
            store.set_setting(store.owner, "prefix", "two\nlines")
    with Store.open(closed, writing=False) as store:
        assert store.settings.situation == "Karvel, 2031 to 2033"
        (one,) = [one for one in store.decisions(store.owner) if one.kind == "settings" and one.stands]
        assert one.reason == "it ended"
    assert remarks(closed) == []


def test_a_change_by_hand_is_not_overwritten_by_a_command(closed: Path) -> None:
    by_hand(closed, "KRV", "KRW")
    with Store.open(closed, writing=True) as store, pytest.raises(ProbandaError, match="changed by hand"):
        store.set_setting(store.owner, "situation", "other")


def test_a_change_of_settings_that_was_cut_off_is_completed_by_the_next_writer(closed: Path) -> None:
    before = (closed / "case.toml").read_bytes()
    with Store.open(closed, writing=True) as store:
        store.set_setting(store.owner, "situation", "Karvel, 2031 to 2033")
    after = (closed / "case.toml").read_bytes()
    (closed / "case.toml").write_bytes(before)
    (closed / seal.NAME).unlink()
    assert ("settings", "case.toml") in remarks(closed)
    with Store.open(closed, writing=True) as store:
        assert store.settings.situation == "Karvel, 2031 to 2033"
    assert (closed / "case.toml").read_bytes() == after


def test_settings_that_name_another_log_let_nobody_write(closed: Path) -> None:
    with Store.open(closed, writing=False) as store:
        log = store.settings.log
    by_hand(closed, log, "f" * 32)
    assert ("settings", "case.toml") in faults(closed)
    with pytest.raises(RecordAltered, match="another case or log"):
        Store.open(closed, writing=True)
    assert not (closed / "log" / ("f" * 32)).exists()


def test_settings_that_cannot_be_read_are_named_by_verify(closed: Path) -> None:
    (closed / "case.toml").write_text("situation = ")
    assert faults(closed) == [("settings", "case.toml")]


# --- keys and strays ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["keys/log.key", "keys/mask.key"])
def test_a_key_that_is_another_is_a_fault_and_one_that_is_missing_a_remark(closed: Path, name: str) -> None:
    (closed / name).write_bytes(bytes(32))
    assert faults(closed) == [("key", name)]
    (closed / name).unlink()
    assert remarks(closed) == [("key", name)]


def test_what_does_not_belong_in_the_folder_is_named(closed: Path) -> None:
    (closed / "dossier.html").write_text("printed")
    assert remarks(closed) == [("stray", "dossier.html")]
    strays = ["keys/old.key", "log/letter.txt", "tmp/part.pdf", "vault/tmp/0123.part", "other/deep/file"]
    for name in strays:
        (closed / name).parent.mkdir(parents=True, exist_ok=True)
        (closed / name).write_text("put here by hand")
    assert {name for what, name in faults(closed) if what == "stray"} == set(strays)


def test_verify_says_the_same_as_json_and_ends_with_the_worst(closed: Path) -> None:
    def verified() -> tuple[int, str]:
        command = [sys.executable, "-m", "probanda.cli.main", "-C", str(closed), "verify", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    (closed / "dossier.html").write_text("printed")
    code, said = verified()
    assert code == 0
    assert [json.loads(line)["severity"] for line in said.splitlines()] == [0]
    (closed / "keys/log.key").write_bytes(bytes(32))
    code, said = verified()
    assert code == 41
    assert [json.loads(line)["what"] for line in said.splitlines()] == ["key", "stray"]


def test_settings_of_two_cases_differ_in_their_ids() -> None:
    assert settings().log != settings().log
    assert Proof(faults=(), remarks=()).severity == 0
