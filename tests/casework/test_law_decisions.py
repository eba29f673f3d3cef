"""What a case records of the law: each a decision that can be undone; the matrix follows, and nothing is rewritten."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from probanda import Case
from probanda.casework import law_decisions, law_packs, official
from probanda.casework.undo import undo
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.law import load
from probanda.law.model import NOT_OFFICIAL
from tests.casework.typing_in import typed

pytestmark = pytest.mark.slow  # reads a text first

CODE = Path(__file__).resolve().parents[1] / "law" / "packs" / "marsafa_code"
REPORT = """Tamrit Post, 9 May 2031

The Third Brigade killed two farmers in Tessal on 4 May 2031, the mayor said. Soldiers of the River Guard looted the
shops of Varn on 6 May 2031. The River Guard used residents of Varn as human shields on 6 May 2031. The Third Brigade
blocked food convoys to Sella in April 2031, starving the residents.
"""
COPY = """Elements invented for a test

Article 8 (2) (c) (i)-1
An invented heading
Elements
1. Words of the first, over
two lines.
2. Words of the second.

3. Words of the third.
4. Words of the fourth.
5. Words of the fifth.

Article 8 (2) (e) (v)
1. Only one is numbered here.

Article 99 (a) (b)
1. Nobody knows this one.
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with one text, read and laid out."""
    folder = tmp_path_factory.mktemp("law")
    (folder / "post.txt").write_text(REPORT)
    with Case.new(folder / "case", situation="Marsafa", prefix="MAR", name="Ada") as case:
        case.add([folder / "post.txt"])
        case.read()
        case.incidents()
        case.matrix()
    return folder / "case"


@pytest.fixture
def folder(read: Path, tmp_path: Path) -> Path:
    shutil.copytree(read, tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    with Case.open(folder) as case:
        yield case


def laid_out(case: Case) -> set[str]:
    case.matrix()
    return {s.crime for s in case.store.suggestions(case.eyes) or ()}


def classify(case: Case, kind: str, **fields: str) -> str:
    return law_decisions.classify(case.store, case.eyes, kind, reason="as the treaty says", **fields)[0]


def test_c2_a_classification_changes_what_is_laid_out_there_and_undo_brings_it_back(case: Case) -> None:
    before = laid_out(case)
    assert {"7(1)(a)", "8(2)(c)(i)-1", "8(2)(e)(v)"} <= before and "8(2)(a)(i)" not in before
    decision = classify(case, "iac", place="Tessal", date_from="2031-05-01", date_to="2031-05-31")
    after = laid_out(case)
    assert "8(2)(a)(i)" in after and "8(2)(c)(i)-1" not in after and "8(2)(e)(v)" in after
    undo(case.store, case.eyes, decision)
    assert laid_out(case) == before
    assert case.verify() == []


def test_c2_a_classification_names_the_twins_and_the_crimes_without_one(case: Case) -> None:
    _, (change,) = law_decisions.classify(case.store, case.eyes, "iac", reason="two States fought")
    assert ("8(2)(c)(i)-1", "8(2)(a)(i)") in change.mapped.changed
    assert ("8(2)(e)(v)", "8(2)(b)(xvi)") in change.mapped.changed and "7(1)(a)" in change.mapped.kept
    laid_out(case)
    _, (back,) = law_decisions.classify(case.store, case.eyes, "niac", reason="it was one State's army and rebels")
    assert "8(2)(b)(vi)" in back.mapped.without_twin
    _, (none,) = law_decisions.classify(case.store, case.eyes, "none", reason="a riot")
    assert "8(2)(b)(vi)" in none.mapped.without_twin and not none.mapped.changed


def test_c2_a_later_classification_of_the_same_place_and_period_takes_the_place_of_the_earlier(case: Case) -> None:
    first = classify(case, "niac", place="Tessal")
    later = classify(case, "iac", place="tessal")
    assert [c.decision for c in law_decisions.recorded(case.store, case.eyes).classifications] == [later]
    undo(case.store, case.eyes, later)
    assert [c.decision for c in law_decisions.recorded(case.store, case.eyes).classifications] == [first]


def test_a_classification_needs_a_reason_a_known_type_and_a_period_that_begins_before_it_ends(case: Case) -> None:
    with pytest.raises(WrongUsage):
        law_decisions.classify(case.store, case.eyes, "iac", reason=" ")
    with pytest.raises(WrongUsage):
        classify(case, "war")
    with pytest.raises(WrongUsage):
        classify(case, "iac", date_from="2031-06-01", date_to="2031-05-01")
    assert law_decisions.recorded(case.store, case.eyes).classifications == ()


def test_c4_an_acceptance_decides_whether_a_crime_of_an_amendment_is_laid_out(case: Case) -> None:
    assert "8(2)(e)(xix)" in laid_out(case)
    decision = law_decisions.accept(
        case.store, case.eyes, "Sella", "2019-starvation", "2031-01-02", reason="its gazette"
    )
    assert "8(2)(e)(xix)" not in laid_out(case)  # it counts from a year after the deposit
    undo(case.store, case.eyes, decision)
    assert "8(2)(e)(xix)" in laid_out(case)
    with pytest.raises(NotFound):
        law_decisions.accept(case.store, case.eyes, "Sella", "2040-none", None, reason="x")


def test_c12_a_threshold_is_recorded_once_for_the_situation(case: Case) -> None:
    law_decisions.set_threshold(case.store, case.eyes, "8(2)(f)", "below", reason="three nights")
    assert not {c for c in laid_out(case) if c.startswith("8(2)(e)")}
    law_decisions.set_threshold(case.store, case.eyes, "8(2)(f)", "above", reason="months, two organised groups")
    (one,) = law_decisions.recorded(case.store, case.eyes).thresholds
    assert one.side == "above" and "8(2)(e)(v)" in laid_out(case)
    with pytest.raises(WrongUsage):
        law_decisions.set_threshold(case.store, case.eyes, "art. 26", "above", reason="x")


def test_a_note_on_case_law_stands_in_the_row_of_its_element_and_goes_with_undo(case: Case) -> None:
    told = {"citation": "Case 12, para 40", "court": "High Court of Marania", "day": "2029-01-02"}
    decision = law_decisions.note(case.store, case.eyes, "8.2.c.i-1", 1, "A gun need not be found.", **told)
    case.matrix()
    notes = [
        n
        for s in case.store.suggestions(case.eyes) or ()
        if s.crime == "8(2)(c)(i)-1"
        for c in s.cells
        if (c.part, c.element) == ("crime", 1)
        for n in c.notes
    ]
    assert notes and all("A gun need not be found. (High Court of Marania, Case 12, para 40" in n for n in notes)
    undo(case.store, case.eyes, decision)
    case.matrix()
    assert not any(c.notes for s in case.store.suggestions(case.eyes) or () if s.crime == "7(1)(a)" for c in s.cells)
    with pytest.raises(NotFound):
        law_decisions.note(case.store, case.eyes, "8(2)(c)(i)-1", 9, "x", **told)
    with pytest.raises(WrongUsage):
        law_decisions.note(case.store, case.eyes, "8(2)(c)(i)-1", 1, "x", citation=" ")


def test_an_own_copy_stands_beside_the_elements_and_what_did_not_match_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elements.txt").write_text(COPY)
    said = typed(folder, "law", "attach", tmp_path / "elements.txt").output
    assert "6 elements of 2 entries" in said and "99 (a) (b)" in said
    assert "8(2)(e)(v): the copy numbers 1 elements, the pack 5" in said
    shown = typed(folder, "law", "show", "8(2)(c)(i)-1").output
    assert "Words of the first, over two lines." in " ".join(shown.split())
    assert shown.count("Your copy (elements.txt") == 5
    assert shown.count(NOT_OFFICIAL) >= 5
    (row,) = [json.loads(typed(folder, "law", "show", "8(2)(c)(i)-1", "--json").stdout)]
    assert row["elements"][0]["your_copy"][0]["text"] == "Words of the first, over two lines."


def test_an_own_copy_is_kept_byte_for_byte_and_enters_neither_pack_nor_report(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elements.txt").write_bytes(COPY.encode() + b"\xff\r\n")
    with Case.open(folder) as case:
        decision, _ = official.attach(case.store, case.eyes, str(tmp_path / "elements.txt"), [load()])
        (copy,) = [d for d in case.store.decisions(case.eyes) if d.id == decision]
        assert case.store.vault.read(copy.payload["text"]) == COPY.encode() + b"\xff\r\n"
        case.matrix()
        case.report(tmp_path / "d.html")
        assert case.verify() == []
    assert "Words of the second" not in (tmp_path / "d.html").read_text()
    assert "Words of the second" not in typed(folder, "law", "export", "--json").stdout


def test_an_item_that_was_read_can_be_the_copy(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(COPY)
    with Case.open(folder) as case:
        case.add([tmp_path / "law.txt"])
        with pytest.raises(ProbandaError):
            official.attach(case.store, case.eyes, "MAR-0002", [load()])
        case.read()
        decision, _ = official.attach(case.store, case.eyes, "MAR-0002", [load()])
        (copy,) = [d for d in case.store.decisions(case.eyes) if d.id == decision]
        assert copy.payload["items"] == [case.store.item(case.eyes, "MAR-0002").digest]
        assert official.beside(case.store, case.eyes)["8(2)(c)(i)-1", 2][0].name == "MAR-0002"


def test_what_holds_nothing_of_the_law_is_no_copy(case: Case, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear friend,\n1. Come soon.\n")
    with pytest.raises(ProbandaError):
        official.attach(case.store, case.eyes, str(tmp_path / "letter.txt"), [load()])
    with pytest.raises(WrongUsage):
        official.attach(case.store, case.eyes, str(tmp_path / "letter.pdf"), [load()])


def test_a_pack_of_ones_own_goes_all_the_way_from_its_folder_to_the_matrix(case: Case, tmp_path: Path) -> None:
    before = laid_out(case)
    pack, replaced = law_packs.add_pack(case.store, case.eyes, str(CODE))
    assert replaced is None and laid_out(case) == before | {"Section 30(a)", "Section 31(a)"}
    own = [s for s in case.store.suggestions(case.eyes) or () if s.crime.startswith("Section")]
    assert {s.pack for s in own} == {pack.stamp} and {s.mode for s in own} == {"Section 3"}
    assert pack.stamp in case.casefile().pack and load().stamp in case.casefile().pack
    case.report(tmp_path / "d.html")
    assert "Plunder in war" in (tmp_path / "d.html").read_text()
    assert law_decisions.note(case.store, case.eyes, "Section 31(a)", 1, "Theft is not plunder.", citation="Case 3")
    with pytest.raises(WrongUsage):
        law_packs.add_pack(case.store, case.eyes, str(CODE))
    (added,) = [d for d in law_packs.kept(case.store, case.eyes) if d.payload["laid_out"]]
    undo(case.store, case.eyes, added.id)
    assert laid_out(case) == before and case.verify() == []


def test_c14_a_newer_pack_shows_a_difference_and_rewrites_no_decision(folder: Path, tmp_path: Path) -> None:
    newer = tmp_path / "marsafa_code"
    shutil.copytree(CODE, newer)
    typed(folder, "law", "add-pack", CODE)
    with Case.open(folder) as case:
        classify(case, "niac")
        kept = [(d.id, dict(d.payload)) for d in law_decisions.decisions(case.store, case.eyes)]
    text = (newer / "crimes.yaml").read_text()
    (newer / "crimes.yaml").write_text(text.replace("took what belonged", "carried off what belonged"))
    assert "Plunder in war" in typed(folder, "law", "show", "Section 31(a)", "--pack", "marsafa_code").output
    said = typed(folder, "law", "add-pack", newer).output
    assert "Section 31(a), element 1: text" in said and "carried off" in said
    with Case.open(folder) as case:
        stands = [(d.id, dict(d.payload)) for d in law_decisions.decisions(case.store, case.eyes)]
        assert all(one in stands for one in kept if one[1].get("name") != "marsafa_code")
        (told,) = [d.payload["pack"] for d in case.store.of_kind(case.eyes, "classification")]
        assert told == {"name": "rome", "version": load().version, "digest": load().digest}


def test_c14_in_a_folder_the_pack_decided_under_is_compared_with_the_present_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Case.open(folder) as case:
        classify(case, "niac")
    assert "under the packs that stand today" in typed(folder, "law", "diff").output
    from importlib import resources

    from probanda.law import build

    rome = resources.files("probanda.law") / "packs" / "rome"
    files = {f.name: f.read_text("utf-8") for f in rome.iterdir() if f.name.endswith(".yaml")}
    files["article-8e.yaml"] = files["article-8e.yaml"].replace("Nobody need have died.", "Nobody needs to have died.")
    monkeypatch.setattr(law_packs, "load", lambda name="rome": build(name, files))
    said = typed(folder, "law", "diff").output
    assert "8(2)(e)(x): note" in said and "+ The conduct is the declaration or order itself. Nobody needs" in said


def test_every_element_that_leaves_in_a_report_or_export_says_that_it_is_not_the_official_text(
    case: Case, tmp_path: Path
) -> None:
    laid_out(case)
    elements = sum(len(s.cells) for s in case.store.suggestions(case.eyes) or ())
    page = case.report(tmp_path / "d.html") or (tmp_path / "d.html")
    assert (tmp_path / "d.html").read_text().count(NOT_OFFICIAL) >= elements, page
    case.report(tmp_path / "d.docx")
    with zipfile.ZipFile(tmp_path / "d.docx") as word:
        assert word.read("word/document.xml").decode().count(NOT_OFFICIAL) >= elements
    case.report(tmp_path / "d.pdf")
    pages = pypdfium2.PdfDocument(tmp_path / "d.pdf")
    printed = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert printed.count(NOT_OFFICIAL) >= elements
    rows = list(case.export("matrix"))
    assert all(c["words"] == NOT_OFFICIAL for row in rows for c in row["cells"])
    from probanda.casework.sheets import table, xlsx_bytes

    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(table("matrix", rows)))) as book:
        sheets = "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/"))
    assert sheets.count(NOT_OFFICIAL) >= elements


def test_the_commands_record_and_list_what_is_decided(folder: Path) -> None:
    said = typed(folder, "law", "classify", "--place", "Tessal", "--from", "2031-02", "--to", "2031-02",
                 "--type", "iac", "--reason", "two States").output  # fmt: skip
    assert "Recorded: iac" in said
    typed(folder, "law", "accept", "Sella", "2019-starvation", "--not-accepted", "--reason", "its list of treaties")
    typed(folder, "law", "accept", "Sella", "2019-starvation", "--reason", "x", code=2)
    typed(folder, "law", "threshold", "8(2)(d)", "above", "--reason", "weeks of fighting")
    typed(folder, "law", "note", "28(a)", "5", "--text", "Rumours are not enough.", "--citation", "Case 9")
    listed = typed(folder, "law", "recorded").output
    assert "date_from 2031-02-01, date_to 2031-02-28" in listed and "Rumours are not enough." in listed
    assert {json.loads(row)["kind"] for row in typed(folder, "law", "recorded", "--json").stdout.splitlines()} == {
        "classification", "acceptance", "threshold", "law-note", "law-pack",
    }  # fmt: skip
    assert "Rumours are not enough." in typed(folder, "law", "show", "28(a)").output
