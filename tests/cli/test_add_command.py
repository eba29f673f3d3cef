"""`add` tells what it takes in as it goes, and `--watch` ends with a count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from probanda import Case
from probanda.casework import take_in
from probanda.cli.main import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Case.new(tmp_path / "case", prefix="MAR").close()
    (tmp_path / "in").mkdir()
    return tmp_path


def run(*words: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def test_files_are_told_group_by_group_and_those_refused_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in, "GROUP", 2)
    monkeypatch.setattr("probanda.vault.finding.AT_ONCE", 2)
    for n in range(5):
        (folder / "in" / f"{n}.txt").write_text(str(n))
    (folder / "in" / "3.link").symlink_to("/nowhere")
    told = run("-C", folder / "case", "add", folder / "in", code=3)
    assert [line.split()[0] for line in told.splitlines() if "taken in" in line and line.startswith("MAR")] == [
        f"MAR-000{n + 1}" for n in range(5)
    ]
    assert "Not taken in: 3.link" in told


def test_watching_ends_with_a_count_and_speaks_of_no_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "in" / "a.txt").write_text("a")
    (folder / "in" / "b.txt").write_text("a")

    def watch(case: Case, folders: list[Path], **how: Any) -> Iterator[take_in.TakenIn]:
        yield case.add(folders, **how)
        yield case.add(folders, **how)
        raise KeyboardInterrupt

    monkeypatch.setattr(Case, "watch", watch)
    told = run("-C", folder / "case", "add", folder / "in", "--watch")
    assert "Ended. Taken in: 2; there already: 2; could not be taken in: 0." in told
    run("-C", folder / "case", "add", folder / "in", "--watch", "--table", "t.csv", code=1)
