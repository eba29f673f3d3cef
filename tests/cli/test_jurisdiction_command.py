"""`law jurisdiction`: answers for a file of facts, outside any case folder, with nothing left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.running import run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The example, as a user would save it."""
    file = tmp_path / "facts.json"
    file.write_text(run("law", "jurisdiction", "--example", cwd=tmp_path).stdout, encoding="utf-8")
    return file


def test_the_example_is_answered_outside_a_case_folder(facts: Path) -> None:
    """D1, D8, C9."""
    done = run("law", "jurisdiction", "--facts", facts.name, cwd=facts.parent)
    assert "As known on 2031-09-01" in done.stdout and "reasonable basis" in done.stdout
    assert "This is no finding" in done.stdout and "admissible: UNKNOWN" in done.stdout
    assert [f.name for f in facts.parent.iterdir()] == [facts.name]


def test_a_declaration_lodged_later_is_not_known_before_and_is_named(facts: Path) -> None:
    """D8."""
    done = run("law", "jurisdiction", "--facts", facts.name, "--as-of", "2031-07-31", "--json", cwd=facts.parent)
    out = json.loads(done.stdout)
    covers = {b["id"]: b["covers"] for b in out["bases"]}
    assert covers["declaration"] == "no" and covers["resolution 7"] == "yes"
    assert out["not_known_then"] == ["declaration (2031-08-01)"] and "declaration" in done.stderr
    assert out["standard_of_proof"] and out["no_finding"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('{"incident": {"where": 1}}', 1, "incident.where"),
        ('{"incident": {}, "incident": {}}', 1, "twice"),
        ('{"incident": }', 1, "line 1"),
        ("[]", 1, "not an object"),
    ],
)
def test_facts_that_cannot_be_asked_are_refused(facts: Path, text: str, code: int, words: str) -> None:
    facts.write_text(text, encoding="utf-8")
    assert words in run("law", "jurisdiction", "--facts", facts.name, cwd=facts.parent, code=code).stderr


def test_wrong_usage_says_what_to_do(facts: Path) -> None:
    assert "--example" in run("law", "jurisdiction", cwd=facts.parent, code=2).stderr
    assert "cannot be read" in run("law", "jurisdiction", "--facts", "x.json", cwd=facts.parent, code=2).stderr
    late = run("law", "jurisdiction", "--facts", facts.name, "--as-of", "May", cwd=facts.parent, code=2)
    assert "2031-05-03" in late.stderr


def test_the_schema_is_json(tmp_path: Path) -> None:
    assert "incident" in json.loads(run("law", "jurisdiction", "--schema", cwd=tmp_path).stdout)["properties"]
