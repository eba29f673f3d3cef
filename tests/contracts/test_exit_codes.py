"""How commands end: each code is part of the promise, and each story here ends with one of them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import probanda
from probanda import Case
from probanda.cli.main import main
from probanda.kernel.errors import ProbandaError

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_AN_ERROR = {0, 3, 130}
"""Done, done in part, interrupted: codes that no error class has."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report and a case folder that holds it, not read yet."""
    folder = tmp_path_factory.mktemp("exit")
    (folder / "report.txt").write_text("The harbour was quiet on 4 June 2031.\n", "utf-8")
    with Case.new(folder / "case", prefix="MAR") as case:
        case.add([folder / "report.txt"])
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """The case folder of a copy of it."""
    shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here" / "case"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command printed before it ended."""

    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program in this process, as its entry point does; fails when it ends with another code."""

    def here(*words: object, code: int = 0) -> Ended:
        monkeypatch.setattr(sys, "argv", ["probanda", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        said = Ended(*capsys.readouterr())
        assert (end.value.code or 0) == code, said
        return said

    return here


def kinds_of_error() -> set[type[ProbandaError]]:
    """Every class of error in the package."""
    for module in pkgutil.walk_packages(probanda.__path__, "probanda."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found, new = set(), {ProbandaError}
    while new:
        found |= new
        new = {below for kind in new for below in kind.__subclasses__()} - found
    return found


# --- what the docs promise


def test_the_page_names_the_codes_that_there_are() -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8").split("## How commands end\n", 1)[1].split("\n## ", 1)[0]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.M)}
    assert told == {kind.exit_code for kind in kinds_of_error()} | WITHOUT_AN_ERROR


def test_help_names_the_same_codes(run: Run) -> None:
    words = " ".join(run("--help").stdout.split())
    told = {int(n) for n in re.findall(r"\b(\d+) (?:done|error|wrong|an item|log or|case folder|interrupted)", words)}
    assert told == {kind.exit_code for kind in kinds_of_error()} | WITHOUT_AN_ERROR


def test_every_kind_of_error_says_when_it_happens() -> None:
    for kind in kinds_of_error():
        assert (kind.__doc__ or "").strip(), kind.__name__


# --- the stories


def test_0_done(run: Run, case: Path) -> None:
    assert "MAR-0001" in run("-C", case, "items").stdout


def test_0_also_with_duplicates(run: Run, case: Path) -> None:
    assert "there already" in run("-C", case, "add", case.parent / "report.txt").stdout


def test_1_an_error_with_a_next_step(run: Run, case: Path) -> None:
    problem, fix = run("-C", case, "claims", "show", "ffffffff", code=1).stderr.splitlines()
    assert "ffffffff" in problem
    assert "probanda claims list" in fix


@pytest.mark.parametrize(
    "words",
    [
        ["export", "cartoons"],
        ["--no-such-option"],
        ["label", "MAR-0001", "secret"],
        ["claims", "add", "MAR-0001", "0", "9999", "--set", "act_type=other", "--set", "modality=reported"],
        ["export", "claims", "--from", "yesterday"],
        ["export", "claims", "--with-names", "no reason for the rest"],
        ["report", "--include-restricted", " "],
    ],
)
def test_2_wrong_usage(run: Run, case: Path, words: list[str]) -> None:
    assert run("-C", case, *words, code=2).stderr.strip()


def test_2_a_folder_that_is_no_case(run: Run, tmp_path: Path) -> None:
    assert "probanda new" in run("-C", tmp_path, "items", code=2).stderr


def test_3_some_files_could_not_be_taken_in(run: Run, case: Path) -> None:
    more = case.parent / "more"
    more.mkdir()
    (more / "outside.txt").symlink_to(case.parent / "report.txt")
    (more / "second.txt").write_text("Calm returned.\n", "utf-8")
    done = run("-C", case, "add", more, code=3)
    assert "MAR-0002" in done.stdout
    assert "outside.txt" in done.stderr


def test_40_an_item_altered_or_lost(run: Run, case: Path) -> None:
    (item,) = (case / "vault").glob("??/*")
    item.chmod(0o644)
    item.write_bytes(item.read_bytes().replace(b"quiet", b"loud "))
    assert "MAR-0001" in run("-C", case, "verify", code=40).stdout
    item.unlink()
    assert "MAR-0001" in run("-C", case, "verify", code=40).stdout


def test_41_the_log_altered(run: Run, case: Path) -> None:
    (log,) = case.glob("log/*/000001.jsonl")
    log.write_text(log.read_text("utf-8").replace("report.txt", "rapport.tx"), "utf-8")
    run("-C", case, "verify", code=41)


def test_40_where_both_are_altered(run: Run, case: Path) -> None:
    (item,) = (case / "vault").glob("??/*")
    item.unlink()
    (log,) = case.glob("log/*/000001.jsonl")
    log.write_text(log.read_text("utf-8").replace("report.txt", "rapport.tx"), "utf-8")
    run("-C", case, "verify", code=40)


def test_42_another_process_writes_here(run: Run, case: Path) -> None:
    with Case.open(case):
        assert "in use" in run("-C", case, "label", "MAR-0001", "public", code=42).stderr


def test_130_interrupted_and_it_is_said_how_to_go_on(case: Path) -> None:
    script = f"""
import os, signal, sys
sys.argv = ["probanda", "-C", {str(case)!r}, "items"]
from probanda.casework.case import Case
Case.items = lambda self: os.kill(os.getpid(), signal.SIGINT)
from probanda.cli.main import main
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "run the same command again" in done.stderr
