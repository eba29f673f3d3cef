"""The evaluation texts, where their folder is at hand: seed checks and the reading scores, with the issue's floors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import brief, lines

pytestmark = pytest.mark.slow

KINDS = ("claims", "mentions", "incidents", "contradictions", "origins")


def _exports(reports: Path, out: Path) -> dict[str, Path]:
    folder = brief(reports, out).folder
    files = {}
    for kind in KINDS:
        files[kind] = out.with_name(f"{kind}.jsonl")
        files[kind].write_text(lines(folder, kind), "utf-8")
    return files


def test_at_least_ten_of_the_fifteen_seed_checks_pass(evaluation: Path, tmp_path: Path) -> None:
    files = _exports(evaluation / "corpus" / "seeds", tmp_path / "seeds.html")
    options = [x for kind in KINDS for x in (f"--{kind}", str(files[kind]))]
    checker = evaluation / "corpus" / "check_expected.py"
    said = subprocess.run([sys.executable, str(checker), *options], capture_output=True, text=True, check=False).stdout
    passed = sum(line.split()[1] == "pass" for line in said.splitlines() if line[:2].strip().isdigit())
    assert passed >= 10, said


def test_reading_scores_reach_the_floors_and_every_quote_is_exact(evaluation: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(evaluation / "eval" / "reading" / "docs", docs)
    files = _exports(docs, tmp_path / "docs.html")
    for line in files["claims"].read_text("utf-8").splitlines():
        c = json.loads(line)
        words = (docs / c["doc"]).read_bytes().decode("utf-8")
        assert words[c["start"] : c["end"]] == c["quote"]
    score = evaluation / "eval" / "reading" / "score.py"
    command = [sys.executable, str(score), "--claims", str(files["claims"]), "--json", str(tmp_path / "scores.json")]
    subprocess.run(command, capture_output=True, text=True, check=True)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["claim detection"]["f1"] >= 0.60
    assert scores["speaker (innermost)"]["f1"] >= 0.35
