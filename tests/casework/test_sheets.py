"""Exports as tables: the columns are always all there, nothing is left out, and the bytes depend on the rows alone."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from probanda.casework import sheets
from probanda.casework.export import KINDS
from probanda.casework.rows import claim_row
from probanda.casework.sheets import COLUMNS, csv_bytes, table, unguarded, write_csv, write_xlsx, xlsx_bytes
from probanda.kernel.errors import ProbandaError
from probanda.kernel.quantities import Quantity
from probanda.reading.formats.xlsx import extract
from tests.store.desk import REPORT, a_claim

DESIGN_6 = frozenset((
    "id", "item", "doc", "also_docs", "quote", "start", "end", "speakers", "modality", "stance", "polarity", "act",
    "act_type", "act_detail", "actors", "involvement", "victims", "places", "means", "date_text", "date_from",
    "date_to", "status", "by", "at", "flags", "reader", "why", "locator.page", "locator.paragraph", "locator.box",
    "locator.time_from", "locator.time_to", "locator.cell", "quantity.value", "quantity.min", "quantity.max",
    "quantity.unit", "quantity.text", "quantity.counter", "quantity.as_of",
))  # fmt: skip


def a_row(**more: object) -> dict[str, object]:
    twelve = Quantity(value=12, min=12, max=12, unit="farmers", text="twelve")
    claim = a_claim("d" * 64, REPORT, REPORT.splitlines()[0], quantity=twelve)
    return claim_row(claim, ("report.txt", "copy.txt"), "KRV-0001", {}) | more


def read_csv(data: bytes) -> list[dict[str, str]]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    names, *rest = [[unguarded(cell) for cell in row] for row in rows]
    return [dict(zip(names, row, strict=True)) for row in rest]


def test_every_kind_has_columns() -> None:
    assert set(COLUMNS) == set(KINDS)


@pytest.mark.parametrize("rows", [[], [a_row()]])
def test_the_columns_of_a_claim_are_all_there_also_where_nothing_fills_them(rows: list[dict[str, object]]) -> None:
    made = table("claims", rows)
    assert set(made.columns) >= DESIGN_6
    assert made.columns == table("claims", []).columns


def test_dicts_become_columns_and_lists_are_joined() -> None:
    (row,) = read_csv(csv_bytes(table("claims", [a_row(places=["Tamrit", "Orvane"], place_ids=[None, "p1"])])))
    assert row["quantity.value"] == "12"
    assert row["quantity.max"] == "12"
    assert row["places"] == "Tamrit; Orvane"
    assert row["place_ids"] == "; p1"
    assert row["also_docs"] == "copy.txt"
    assert row["date_from"] == ""


def test_what_is_deeper_is_kept_as_json() -> None:
    versions = [{"label": "as told", "claims": ["c1"], "reason": "دليل"}]
    (row,) = read_csv(csv_bytes(table("incidents", [{"id": "i1", "versions": versions}])))
    assert json.loads(row["versions"]) == versions


def test_keys_that_nobody_named_get_columns_behind_the_others() -> None:
    made = table("mentions", [{"id": "m1", "zeta": "z"}, {"id": "m2", "alpha": "a"}])
    assert made.columns == (*COLUMNS["mentions"], "alpha", "zeta")
    assert [row[-2:] for row in made.rows] == [("", "z"), ("a", "")]


def test_the_same_rows_give_the_same_bytes() -> None:
    made = table("claims", [a_row()])
    assert xlsx_bytes(made) == xlsx_bytes(table("claims", [a_row()]))
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(made))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(b"2026" in archive.read(name) for name in archive.namelist() if "sheet1" not in name)


def test_a_workbook_says_the_same_to_another_reader() -> None:
    made = table("claims", [a_row(quote="تسعة أشخاص & <nine>\n\ttab", act="=1+1")])
    sheet = load_workbook(io.BytesIO(xlsx_bytes(made)))["claims"]
    cells = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [list(made.columns), list(made.rows[0])]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "f"}
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(xlsx_bytes(made))).read("xl/worksheets/sheet1.xml").decode()


def test_a_text_too_long_for_a_cell_goes_on_in_its_own_sheet() -> None:
    long = "".join(chr(0x1F300 + n % 200) for n in range(40_000))
    found = extract(xlsx_bytes(table("mentions", [{"id": "m1", "text": long}])))
    cells = {str(one.locator.cell): found.words[one.start : one.end] for one in found.located}
    pieces = [cells["mentions!D2"], *(cells[f"long texts!C{n}"] for n in (2, 3))]
    assert "".join(pieces) == long
    assert all(len(piece.encode("utf-16-le")) // 2 <= sheets.LONGEST_CELL for piece in pieces)
    assert (cells["long texts!A2"], cells["long texts!B2"]) == ("mentions!D2", "2")


def test_rows_too_many_for_a_sheet_go_on_in_a_further_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    book = load_workbook(io.BytesIO(xlsx_bytes(table("mentions", [{"id": f"m{n}"} for n in range(5)]))))
    assert book.sheetnames == ["mentions", "mentions 2", "mentions 3"]
    assert [book[name]["A2"].value for name in book.sheetnames] == ["m0", "m2", "m4"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path, write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "claims.table"
    out.write_bytes(b"before")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(ProbandaError) as caught:
        write(out, "claims", [a_row()])  # type: ignore[operator]
    assert "No space left" in caught.value.problem
    assert [p.name for p in tmp_path.iterdir()] == ["claims.table"]
    assert out.read_bytes() == b"before"
