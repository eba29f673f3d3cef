"""Shared by all tests: what they need of the machine, and where the evaluation folder lies."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import typer.testing
from hypothesis import settings

from probanda.store import second
from tests.running import Done, brief

settings.register_profile("no clock", deadline=None)  # how long an example takes says nothing on a busy machine
settings.load_profile("no clock")

# The commands are put together once a process, as when a person runs one: tests run thousands, at 80 ms each.
put_together = functools.cache(typer.main.get_command)
for place, name in ((typer.main, "get_command"), (typer.testing, "_get_command")):
    setattr(place, name, put_together)

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests go first: the longest files last would leave one core with nothing to do."""
    items.sort(key=lambda one: not one.nodeid.startswith("tests/web/"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.needs(program)`: left out with its reason where the program is missing, unless nothing may be."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                reason = f"left out for want of the program {program}"
                if os.environ.get("PROBANDA_COMPLETE"):
                    pytest.fail(reason)
                pytest.skip(reason)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No claim is drawn for a second reading: else one test in ten that decides twice would be held up. Tests of the
    second reading set what is drawn themselves."""
    monkeypatch.setattr(second, "BELOW", "")


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample case that ships with the project."""
    return ROOT / "examples" / "marsafa"


@pytest.fixture(scope="session")
def done(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The sample case, briefed once for all tests that only look at it."""
    out = tmp_path_factory.mktemp("sample") / "dossier.html"
    told = ["--situation", "Marsafa since the spring of 2031", "--prefix", "MAR"]
    told += ["--table", str(sample.with_name("marsafa-evidence.csv"))]
    told += [word for form in ("pdf", "docx") for word in ("--out", str(out.with_suffix(f".{form}")))]
    return brief(sample, out, *told, code=3)  # one item is a scan, which waits for OCR


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser of this machine: one for all tests of a run, since its driver allows no second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder with the evaluation texts, named by PROBANDA_EVAL (default: ../shared beside the checkout)."""
    folder = Path(os.environ.get("PROBANDA_EVAL", ROOT.parent / "shared"))
    if not (folder / "corpus" / "check_expected.py").exists():
        pytest.skip("the evaluation folder is not here (PROBANDA_EVAL names it)")
    return folder
