"""Sheets of the Security Force Monitor, from taking in to a chain of command and back out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from probanda import Case
from probanda.reading.formats.csv_table import rows_of
from tests.contracts.reading_docs import Terminal, typed_in
from tests.reading import making_sheets as sheets
from tests.running import run

pytestmark = pytest.mark.slow

NOTE = (
    "Delma, 20 June 2031.\n\nColonel Hadi Zarrin is the commander of the Ninth Brigade, residents said. "
    "The Ninth Brigade is part of the Army of the North.\n"
)
FILES = {
    "units.csv": sheets.made("units", "2021", sheets.UNITS).encode("utf-8-sig"),
    "persons.csv": sheets.made("persons", "2021", sheets.PERSONS, end="\n").encode(),
    "posting.csv": sheets.made("posting claims", "2026", sheets.POSTINGS).encode(),
    "positioning.csv": sheets.made("positioning claims", "2026", sheets.POSITIONINGS).encode("utf-16"),
    "note.txt": NOTE.encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sheets")
    held = place / "held"
    held.mkdir()
    for name, data in FILES.items():
        (held / name).write_bytes(data)
    with Case.new(place / "case", situation="Marsafa", prefix="MAR") as case:
        case.add([held])
        case.read()
        case.incidents()
    return place / "case"


def listed(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "differences.json").read_text("utf-8"))
    return found


def test_the_chain_of_a_day_shows_the_commander_with_the_row_as_its_source(folder: Path) -> None:
    found = json.loads(run("-C", folder, "chain", "Third Brigade", "--on", "2031-07-03", "--json").stdout)
    names = {key: node["name"] for key, node in found["nodes"].items()}
    heads = {
        names[link["upper"]]: link
        for link in found["links"]
        if link["kind"] == "posting" and names[link["lower"]] == "Third Brigade"
    }
    assert {name: link["holds"] for name, link in heads.items()} == {"Samir Haddad": "within", "Tarek Moussaf": "ended"}
    (one,) = heads["Samir Haddad"]["evidence"]
    assert one["quote"].startswith("Samir Haddad") or "Samir Haddad" in one["quote"]
    assert "Commander" in one["quote"]
    with Case.open(folder) as case:
        claim = case.store.claim(case.eyes, one["claim"])
        assert claim.locator is not None
        assert claim.locator.cell is not None
        assert claim.locator.cell.endswith("2"), "the second row of the sheet"


def test_a_text_is_explained_row_by_row(folder: Path) -> None:
    said = run("-C", folder, "read", "--explain", "persons.csv").stdout
    assert "tie: posting" in said
    assert "person:posting_role:source" in said


@pytest.mark.parametrize(
    ("kind", "names"), [("sfm-2021", ("units.csv", "persons.csv")), ("sfm-2026", ("posting.csv", "positioning.csv"))]
)
def test_sheets_go_out_as_they_came_in(kind: str, names: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    said = run("-C", folder, "export", kind, "--out", tmp_path / "out").stdout
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == FILES[name]
        assert f"{name}  MAR-" in said
    assert said.count("byte for byte as it came") == len(names)
    assert all(one["byte_for_byte"] and not one["differences"] for one in listed(tmp_path / "out")["sheets"])


def test_ties_from_texts_become_claim_sheets_that_are_read_again_as_the_same_ties(folder: Path, tmp_path: Path) -> None:
    run("-C", folder, "export", "sfm-2026", "--out", tmp_path / "out")
    made = {path.name: path for path in (tmp_path / "out" / "from-texts").iterdir()}
    assert {"posting.csv", "relation.csv", "citation.csv", "source.csv"} <= set(made)
    header, *rows = [[f.value for f in r] for r in rows_of(made["citation.csv"].read_text("utf-8-sig"), ",")]
    citations = [dict(zip(header, row, strict=True)) for row in rows]
    for one in citations:
        assert NOTE[int(one["probanda:start"]) : int(one["probanda:end"])] == one["probanda:quote"]
        assert one["probanda:item"].startswith("MAR-")
    with Case.new(tmp_path / "again", situation="Marsafa") as case:
        case.add([made["posting.csv"], made["relation.csv"]])
        case.read()
        found = {(c.tie.kind.value, c.tie.left.words, c.tie.right.words) for c in case.claims() if c.tie}
        cited = {c.cited.words for c in case.claims() if c.cited}
    assert found == {
        ("posting", "Hadi Zarrin", "Ninth Brigade"),
        ("subordination", "Ninth Brigade", "Army of the North"),
    }
    assert cited == {one["source:access_point_id:admin"] for one in citations}


def test_what_a_person_decided_is_written_and_listed(folder: Path, tmp_path: Path) -> None:
    import shutil

    mine = tmp_path / "case"
    shutil.copytree(folder, mine)
    with Case.open(mine, writing=True) as case:
        claim = next(c for c in case.claims() if c.tie and c.tie.role == "Commander" and c.tie.rank == "Colonel")
        case.correct(claim.id, {"role": "Acting Commander"}, reason="the order of March")
        case.protect("Tarek Moussaf", reason="asked for")
    run("-C", mine, "export", "sfm-2021", "--out", tmp_path / "old")
    assert (tmp_path / "old" / "units.csv").read_bytes() == FILES["units.csv"]
    changed = (tmp_path / "old" / "persons.csv").read_bytes()
    assert changed == FILES["persons.csv"].replace(b",Commander,", b",Acting Commander,", 1)
    (difference,) = [d for one in listed(tmp_path / "old")["sheets"] for d in one["differences"]]
    assert (difference["before"], difference["after"]) == ("Commander", "Acting Commander")
    assert difference["reason"] == "the order of March"
    assert difference["claim"] == claim.id
    run("-C", mine, "export", "sfm-2026", "--out", tmp_path / "new")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert "Moussaf" not in everything.decode("utf-8", "replace")
    assert not listed(tmp_path / "new")["sheets"][1]["byte_for_byte"]


def test_restricted_sheets_stay_here_unless_a_reason_is_given(folder: Path, tmp_path: Path) -> None:
    import shutil

    mine = tmp_path / "case"
    shutil.copytree(folder, mine)
    with Case.open(mine, writing=True) as case:
        case.label("persons.csv", "restricted", reason="lent")
    run("-C", mine, "export", "sfm-2021", "--out", tmp_path / "out")
    assert not (tmp_path / "out" / "persons.csv").exists()
    run("-C", mine, "export", "sfm-2021", "--out", tmp_path / "all", "--include-restricted", "for counsel")
    names = [one["file"] for one in listed(tmp_path / "all")["sheets"]]
    assert len(names) == 2
    everything = b"".join(path.read_bytes() for path in (tmp_path / "all").rglob("*") if path.is_file())
    assert b"Haddad" not in everything, "names of a restricted sheet are codenames"


def test_the_page_on_these_sheets_does_what_it_says(tmp_path: Path) -> None:
    held = tmp_path / "sheets"
    held.mkdir()
    for name, data in FILES.items():
        (held / name).write_bytes(data)
    terminal = Terminal(tmp_path)
    for typed in typed_in(Path(__file__).resolve().parents[2] / "docs" / "security-force-monitor.md"):
        terminal.type(typed)
    assert len(terminal.ran) == 7
    for place, names in (
        ("old-sheets", ("units.csv", "persons.csv")),
        ("claim-sheets", ("posting.csv", "positioning.csv")),
    ):
        assert all((tmp_path / place / name).read_bytes() == FILES[name] for name in names)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sfm-2021",), "--out DIR"),
        (("claims", "--out", "x"), "sfm-2021"),
        (("sfm-1999", "--out", "x"), "sfm-2021"),
        (("sfm-2021", "--out", "x", "--only", "checked"), "whole sheets"),
    ],
)
def test_wrong_words_are_told_what_is_right(words: tuple[str, ...], said: str, folder: Path, tmp_path: Path) -> None:
    assert said in run("-C", folder, "export", *words, code=2, cwd=tmp_path).stderr


def test_nothing_is_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("mine")
    assert "not an empty folder" in run("-C", folder, "export", "sfm-2021", "--out", tmp_path, code=2).stderr
    assert (tmp_path / "units.csv").read_text() == "mine"
