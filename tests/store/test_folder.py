"""The case folder: made once, opened by one writer, read by many, and left whole by whatever goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from probanda.kernel.errors import CaseInUse, NotACaseFolder, ProbandaError
from probanda.store.errors import AlreadyACase, CannotWrite, NotEmpty, ReadOnly
from probanda.store.settings import read_settings, write_settings
from probanda.store.store import DATABASE, MAKING, Store
from tests.store.desk import REPORT, Desk, settings


def test_a_new_case_is_empty_whole_and_has_its_owner(folder: Path) -> None:
    with Store.create(folder, settings(), "Ada Lorin") as store:
        assert list(store.users().values()) == ["Ada Lorin"]
        assert store.items(store.owner) == []
        kinds = [one.kind for one in store.decisions(store.owner)]
        assert kinds == ["user", "key", "key", "settings"]
        assert len(store.key) == 32
        assert store.verify() == []
    assert (folder / "keys" / "mask.key").stat().st_mode & 0o777 == 0o600


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    from dataclasses import replace

    given = replace(settings(), situation='Karvel "since" \\ 2031\n\t\x7f\u202e é ع 𐍈')
    write_settings(tmp_path, given)
    assert read_settings(tmp_path) == given


def test_a_folder_with_other_things_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(NotEmpty, match="holiday"):
        Store.create(folder, settings(), "Ada")
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_a_case_is_not_made_over_a_case(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    with pytest.raises(AlreadyACase):
        Store.create(folder, settings(), "Ada")


def test_a_half_made_case_can_be_made_again(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    (folder / MAKING).touch()
    (folder / "case.toml").unlink()
    with Store.create(folder, settings(), "Ina") as store:
        assert list(store.users().values()) == ["Ina"]
        assert store.verify() == []
    assert not (folder / MAKING).exists()


def test_what_is_no_case_folder_is_said_to_be_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(NotACaseFolder):
            Store.open(path, writing=False)


def test_settings_that_cannot_be_read_are_named(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    (folder / "case.toml").write_text("situation = ")
    with pytest.raises(ProbandaError, match=r"case\.toml"):
        Store.open(folder, writing=False)


def test_a_second_writer_is_told_who_holds_the_case_and_a_reader_is_not_kept_out(desk: Desk, folder: Path) -> None:
    with pytest.raises(CaseInUse, match=str(os.getpid())) as caught:
        Store.open(folder, writing=True)
    assert caught.value.exit_code == 42
    with Store.open(folder, writing=False) as reader:
        digest = desk.add(REPORT, "report.txt")
        assert [item.digest for item in reader.items(reader.owner)] == [digest]
        assert reader.verify() == []


def test_a_second_process_is_kept_out_until_the_first_ends(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    code = (
        "import sys; from pathlib import Path; from probanda.store.store import Store\n"
        "with Store.open(Path(sys.argv[1]), writing=True): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(CaseInUse):
            Store.open(folder, writing=True)
        other.kill()
    Store.open(folder, writing=True).close()


def test_a_reader_does_not_write(desk: Desk, folder: Path) -> None:
    with Store.open(folder, writing=False) as reader, pytest.raises(ReadOnly):
        reader.add_user(reader.owner, "Ben")


def test_a_missing_database_is_no_empty_one(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    (folder / DATABASE).unlink()
    with pytest.raises(ProbandaError, match=r"record\.db"):
        Store.open(folder, writing=True)
    assert not (folder / DATABASE).exists()


def test_a_full_disk_is_said_in_words_and_leaves_the_record_whole(desk: Desk, folder: Path) -> None:
    digest = desk.add(REPORT, "report.txt")
    from tests.store.desk import a_text

    with desk.store._engine.connect() as raw:  # as if the disk ended a few pages on
        pages = raw.exec_driver_sql("PRAGMA page_count").scalar_one()
        limit = f"PRAGMA max_page_count = {pages + 2}"
    for _ in range(4):  # on each connection of the pool
        with desk.store._engine.connect() as raw:
            raw.exec_driver_sql(limit)
    before = desk.store.dump()
    with pytest.raises(CannotWrite, match=str(folder)):
        desk.store.commit_text([a_text(digest, "words " * 20_000)], "text 1")
    assert desk.store.dump() == before
    assert desk.store.verify() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_named_and_can_still_be_read(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with pytest.raises(CannotWrite, match=str(folder)):
            Store.open(folder, writing=True)
        with Store.open(folder, writing=False) as store:
            assert store.decision_count == 4
    finally:
        for path in (folder, *folder.iterdir()):
            path.chmod(0o700)


def test_the_front_door_does_not_load_the_database_layer() -> None:
    code = "import sys, probanda.store, probanda.store.model; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_opening_a_current_case_does_not_load_the_migrations(folder: Path) -> None:
    Store.create(folder, settings(), "Ada").close()
    code = (
        "import sys; from pathlib import Path; from probanda.store.store import Store\n"
        "Store.open(Path(sys.argv[1]), writing=True).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
