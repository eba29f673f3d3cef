"""`names compare`: two names or a table of pairs, outside any case folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.running import run

KEYS = ["left", "right", "kind", "value", "same", "reason"]


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "pairs.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_two_names_are_compared_outside_a_case_folder(tmp_path: Path) -> None:
    done = run("names", "compare", "Tarik Qarmouni", "طارق القرموني", "--json", cwd=tmp_path)
    row = json.loads(done.stdout)
    assert list(row) == KEYS
    assert (row["left"], row["kind"], row["same"]) == ("Tarik Qarmouni", "person", "same")
    assert not list(tmp_path.iterdir())


def test_the_table_keeps_its_order_and_every_line(tmp_path: Path) -> None:
    people, place = '"Qarmouni, Tarik",Tarik Qarmouni,', "Kyiv,Киев,place"
    text = f"left,right,kind\n17th Brigade,18th Brigade,unit\n{people}\n{place}\n{place}\n"
    done = run("names", "compare", "--pairs", table(tmp_path, text), "--json", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["same"] for r in rows] == ["not-same", "same", "same", "same"]
    assert [r["kind"] for r in rows] == ["unit", "person", "place", "place"]
    assert all(list(r) == KEYS and r["reason"] for r in rows)


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    text = "note;kind;right;left\nx;person;Tareq Garmouni;Tarik Qarmouni\n"
    done = run("names", "compare", "--pairs", table(tmp_path, text, "utf-8-sig"), "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["left"] == "Tarik Qarmouni"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("left,other\na,b\n", "utf-8", "has no column right; its first line holds: left, other"),
        ("", "utf-8", "has no column left and none right"),
        ("left,right,kind\na,b,ship\n", "utf-8", "line 2: the kind 'ship' is not known"),
        ("left,right,kind\na,b\n", "utf-8", "line 2: 2 cells where the first line names 3"),
        ("left,right\nTarik,Ren\u00e9\n", "latin-1", "line 2: the file is not in UTF-8"),
    ],
)
def test_a_wrong_table_is_named_with_its_line_and_the_next_step(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    done = run("names", "compare", "--pairs", table(tmp_path, text, encoding), cwd=tmp_path, code=2)
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2
    assert not done.stdout


def test_one_name_alone_is_wrong_usage(tmp_path: Path) -> None:
    assert "two names, or a table" in run("names", "compare", "Tarik", cwd=tmp_path, code=2).stderr


def test_a_table_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert "cannot be read" in run("names", "compare", "--pairs", tmp_path / "none.csv", cwd=tmp_path, code=1).stderr
