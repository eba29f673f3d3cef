"""ASSURANCE T16: the same input gives the same ids and bytes, whatever the hash seed, the workers and the locale."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow.many import texts

EXPORTS = """
import hashlib, json, sys, tempfile
from pathlib import Path
from probanda import Case
from probanda.casework import read
read.LITTLE, read.AT_ONCE = 0, 1
with tempfile.TemporaryDirectory() as scratch, Case.new(scratch + "/case", situation="Marsafa", prefix="MAR") as case:
    case.add([Path(sys.argv[1])])
    read.read(case.store, case.eyes, workers=int(sys.argv[2]))
    case.incidents()
    for kind in ("claims", "ties", "mentions", "actors", "incidents", "contradictions", "origins"):
        rows = "".join(json.dumps(row) + chr(10) for row in case.export(kind))
        print(kind, rows.count(chr(10)), hashlib.sha256(rows.encode()).hexdigest())
"""
LOCALES = ("C.UTF-8", "C", "tr_TR.UTF-8")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve short reports."""
    return texts(tmp_path_factory.mktemp("same") / "reports", 12)


def exported(reports: Path, workers: int, seed: int, locale: str) -> str:
    """Count and digest of each export of a fresh case, made in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", EXPORTS, str(reports), str(workers)],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "LC_ALL": locale, "LANG": locale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def same_for(reports: Path, runs: list[tuple[int, int, str]]) -> None:
    found = {run: exported(reports, *run) for run in runs}
    first = next(iter(found.values()))
    assert int(first.split()[1]) >= 12, first
    assert {run: out for run, out in found.items() if out != first} == {}, first


@pytest.mark.slow
def test_the_same_output_for_one_two_and_four_workers(reports: Path) -> None:
    same_for(reports, [(1, 0, LOCALES[0]), (2, 1, LOCALES[1]), (4, 20310504, LOCALES[2])])


@pytest.mark.slow
@pytest.mark.nightly
def test_the_same_output_twenty_of_twenty(reports: Path) -> None:
    chosen = zip(itertools.cycle((1, 2, 4, 8)), range(20), itertools.cycle(LOCALES), strict=False)
    same_for(reports, list(chosen))
