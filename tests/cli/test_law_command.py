"""`law list|show|search|compare|check|export`: outside any case folder, and nothing is left behind."""

from __future__ import annotations

import json
from pathlib import Path

from tests.running import run

CODE = Path(__file__).resolve().parents[1] / "law" / "packs" / "marsafa_code"


def test_the_whole_pack_is_one_json_object_outside_a_case_folder(tmp_path: Path) -> None:
    done = run("law", "export", "--json", cwd=tmp_path)
    out = json.loads(done.stdout)
    assert len(out["crimes"]) == 103 and len(out["digest"]) == 64
    assert not list(tmp_path.iterdir())


def test_a_crime_is_shown_with_a_warning_that_the_words_are_ours(tmp_path: Path) -> None:
    done = run("law", "show", "8.2.e.x", cwd=tmp_path)
    assert done.stdout.count("not the official text") == 5
    assert "not the official text" in done.stderr and "never that a standard of proof is met" in done.stderr


def test_what_is_not_there_ends_with_an_error_and_the_next_step(tmp_path: Path) -> None:
    done = run("law", "show", "99(z)", cwd=tmp_path, code=1)
    assert "probanda law list" in done.stderr


def test_a_crime_is_compared_with_its_twin_or_with_another_named(tmp_path: Path) -> None:
    assert "8(2)(b)(xii)" in run("law", "compare", "8(2)(e)(x)", cwd=tmp_path).stdout
    assert "custody" in run("law", "compare", "7(1)(f)", "8(2)(c)(i)-4", cwd=tmp_path).stdout
    alone = run("law", "compare", "8(2)(b)(xxiii)", cwd=tmp_path, code=2)
    assert "no twin" in alone.stderr
    several = run("law", "compare", "7(1)(g)", "6(a)", cwd=tmp_path, code=2)
    assert "7(1)(g)-6" in several.stderr


def test_a_folder_of_ones_own_is_a_pack_like_any_other(tmp_path: Path) -> None:
    assert "2 crimes" in run("law", "check", CODE, cwd=tmp_path).stdout
    assert "Section 31(a)" in run("law", "list", "--pack", CODE, cwd=tmp_path).stdout
    found = run("law", "search", "plunder", "--pack", CODE, "--json", cwd=tmp_path)
    assert json.loads(found.stdout)["id"] == "Section 31(a)"


def test_a_broken_pack_ends_with_one_and_names_the_entry(tmp_path: Path) -> None:
    for file in CODE.iterdir():
        text = file.read_text(encoding="utf-8").replace("{no: 3, common: attack-knowledge}", "{no: 4, common: attack}")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = run("law", "check", tmp_path, cwd=tmp_path, code=1)
    assert "crimes.yaml" in done.stderr and "Section 30(a)" in done.stderr
