"""The faces of the opened hypotheses: commands, page, workbook, JSON, and a report that is to leave the office."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from probanda import Case
from probanda.casework import hypothesizing, matrix_forms, users
from probanda.casework.view import Sharing
from tests.running import Done, run

pytestmark = pytest.mark.slow  # reads the sample case first

CRIME = "8(2)(e)(x)"


@pytest.fixture
def folder(done: Done, tmp_path: Path) -> Path:
    """A copy of the sample case, whose owner has a key."""
    shutil.copytree(done.folder, tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        for user in case.store.users():
            users.give_key(case.store, case.eyes, user)
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    with Case.open(folder) as case:
        yield case


def opened(case: Case, crime: str = CRIME, person: str = "Shammaq", reason: str = "the order in the video") -> str:
    case.matrix()
    found = next(s for s in case.store.suggestions(case.eyes) or () if s.crime == crime and person in s.actor_name)
    return hypothesizing.open_(case.store, case.eyes, reason, suggestion=found.id)


def claim(case: Case, words: str) -> str:
    return next(c.id for c in case.claims() if words in c.quote)


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_commands_go_from_list_to_close(folder: Path) -> None:
    def matrix(*words: str, code: int = 0) -> str:
        done = run("-C", folder, "matrix", *words, code=code)
        return done.stdout + done.stderr

    def rows(*words: str) -> list[dict]:
        return [json.loads(one) for one in run("-C", folder, "matrix", *words, "--json").stdout.splitlines()]

    listed = matrix()
    assert "Nobody has opened a hypothesis yet" in listed
    assert max(map(len, listed.splitlines())) <= 100 or "Nobody" in max(listed.splitlines(), key=len)
    suggested = next(line.split()[0] for line in listed.splitlines() if CRIME in line and "Shammaq" in line)
    assert "Opened by nobody" in matrix("show", suggested)
    id_ = json.loads(run("-C", folder, "matrix", "open", suggested, "--reason", "the video", "--json").stdout)[
        "hypothesis"
    ]
    assert matrix().splitlines()[0] == "Hypotheses that persons opened:"
    (row,) = rows("show", id_)
    order = row["cells"][0]["for"][0]["cites"]
    assert row["cells"][0]["looked_against"][0] == "Nobody looked."
    assert "Put" in matrix("put", id_, "5", "for", order[:8], "--bearing", "circumstantial", "--reason", "of fighting")
    assert "Took" in matrix("take", id_, "1", order, "--reason", "another video")
    assert "Concluded" in matrix("infer", id_, "m2", "--says", "he meant it", "--basis", order, "--reason", "his words")
    assert "Found" in matrix("find", "niac-link", "--says", "a conflict", "--basis", order, "--reason", "two sides")
    assert "assessed: not-met" in matrix("assess", id_, "2", "not-met", "--stage", "1", "--reason", "too little")
    assert "Recorded who" in matrix("searched", id_, "1", "against", "--where", "papers", "--when", "2031-09-01")
    assert "no mark" in matrix("seen", id_)
    task = matrix("task", "add", id_, "3", "--needs", "document", "--what", "the roster").split()[1]
    for words in (["assign", task, "--to", "M. Ode"], ["log", task, "--words", "asked"], ["list"]):
        assert "M. Ode" in matrix("task", *words) or words[0] == "log"
    assert "closed" in matrix("task", "close", task, "--outcome", "burnt")
    kinds = {g["kind"] for g in rows("gaps")}
    assert {"one-sided", "unverified", "machine-made identity"} <= kinds
    assert "Closed" in matrix("close", id_, "--on", order, "--reason", "not his voice")
    assert "CLOSED" in matrix("show", id_) and "closed" in matrix().splitlines()[1]
    assert "Open it again first" in matrix("take", id_, "1", order, "--reason", "x", code=1)
    assert "See what there is with `probanda matrix`" in matrix("show", "nothing", code=1)
    assert "needs a reason" in matrix("open", suggested, "--incident", order, code=2)


def test_a_breach_of_rights_is_noted_by_a_command_i4(folder: Path) -> None:
    told = run(
        "-C", folder, "assess", "breach", "MAR-0010", "--note", "taken in a raid", "--reason", "his letter"
    ).stdout
    assert "noted how it is said" in told


def test_nothing_unopened_enters_a_report_that_is_to_leave_the_office(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "leave.html"
    seen = case.report(out, to_leave=True)
    page = words_of(out.read_text("utf-8"))
    assert seen.suggestions == () and seen.unopened > 30
    assert "Nobody has opened a hypothesis." in page and "Suggested because" not in page
    assert f"{seen.unopened} suggestions that nobody has opened are left out" in page
    id_ = opened(case)
    hypothesizing.close(case.store, case.eyes, opened(case, "7(1)(a)", "Belkor", "ZEBRA"), "he was abroad")
    case.report(out, to_leave=True)
    page = words_of(out.read_text("utf-8"))
    assert page.count("Elements of H-") == 1 and "the order in the video" in page
    assert "Suggested because" not in page and "ZEBRA" not in page, "a closed one does not leave either"
    assert id_


def test_the_working_dossier_shows_opened_ones_from_the_chart_and_suggestions_marked_as_such(
    case: Case, tmp_path: Path
) -> None:
    id_ = opened(case)
    hypothesizing.put(
        case.store, case.eyes, id_, "5", "against", claim(case, "no quarter be given"), "says nothing of it"
    )
    case.report(tmp_path / "all.html", tmp_path / "all.docx")
    page = words_of((tmp_path / "all.html").read_text("utf-8"))
    assert "Hypotheses that persons opened for examination" in page and "Suggested because" in page
    assert "put here by" in page and "says nothing of it" in page
    assert "proposed by rule" in page and "put here by nobody" in page and "Nobody looked." in page
    with zipfile.ZipFile(tmp_path / "all.docx") as archive:
        assert "says nothing of it" in archive.read("word/document.xml").decode()


def test_the_page_runs_no_script_and_turns_with_the_direction_of_writing(case: Case, tmp_path: Path) -> None:
    id_ = opened(case, reason="<script>alert(1)</script> =1+1")
    _, rows = matrix_forms.written(case, "html", tmp_path / "m.html", id_, Sharing(), "ar")
    page = (tmp_path / "m.html").read_text("utf-8")
    assert rows is None and '<html lang="ar" dir="rtl">' in page
    assert "<script" not in page and "&lt;script&gt;" in page and " style=" not in page
    assert "default-src &#39;none&#39;" in page


def test_no_cell_of_the_workbook_can_become_a_formula(case: Case, tmp_path: Path) -> None:
    id_ = opened(case)
    hypothesizing.put(
        case.store, case.eyes, id_, "5", "for", claim(case, "left alive"), "=HYPERLINK(1)", note="@SUM(1)"
    )
    matrix_forms.written(case, "xlsx", tmp_path / "m.xlsx", None, Sharing())
    with zipfile.ZipFile(io.BytesIO((tmp_path / "m.xlsx").read_bytes())) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (our own bytes)
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert not list(root.iter(f"{main}f"))
    assert {cell.get("t") for cell in root.iter(f"{main}c")} == {"inlineStr"}
    texts = {t.text for t in root.iter(f"{main}t")}
    assert "=HYPERLINK(1)" in texts and "@SUM(1)" in texts
    sides = [t.text for t in root.iter(f"{main}t") if t.text in ("for", "against")]
    assert sides.count("against") >= len(matrix_forms.COLUMNS) // 4, "an empty column has its row too"


def test_what_a_person_wrote_is_masked_where_restricted_items_leave(case: Case, tmp_path: Path) -> None:
    statement = case.store.item(case.eyes, "17-testimony.txt").digest
    secret = next(c for c in case.claims() if c.item == statement)
    id_ = opened(case)
    hypothesizing.put(
        case.store, case.eyes, id_, "5", "for", secret.id, "Leyla Orsan told us", note="call 0142 334 118"
    )
    for sharing in (Sharing(), Sharing(include_restricted="for counsel")):
        matrix_forms.written(case, "html", tmp_path / "m.html", None, sharing)
        page = (tmp_path / "m.html").read_text("utf-8")
        assert "Orsan" not in page and "0142" not in page
        assert ("told us" in page) is bool(sharing.include_restricted)
