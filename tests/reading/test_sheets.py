"""Known sheets: told by the names of their columns, kept whole, and written back byte for byte."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.child import ReadingChild
from probanda.reading.formats import HEAD, recognise
from probanda.reading.formats import cells as cells_module
from probanda.reading.formats.cells import column_name
from probanda.reading.formats.sheet import extract
from probanda.reading.locating import locator_of
from probanda.reading.making import text_of
from probanda.reading.sheets import MOST_COLUMNS, generation_of, sheet_of
from probanda.reading.sheets.grid import Grid
from tests.reading import making_sheets as sheets

KINDS = list(sheets.COLUMNS)


@pytest.mark.parametrize(("name", "generation"), KINDS)
def test_each_kind_is_known_by_its_header_alone(name: str, generation: str) -> None:
    data = sheets.made(name, generation).encode()
    assert recognise(data, "export.csv").name == "sheet of units, persons and posts"
    grid = Grid.of(data)
    assert grid is not None
    assert (grid.sheet.name, grid.sheet.generation) == (name, generation)
    assert generation_of(extract(data).media_type) == generation
    assert grid.sheet.missing(grid.header) == grid.sheet.unknown(grid.header) == ()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_the_header(sign: str) -> None:
    header = sheets.header_of("persons", "2021")
    data = (sign.join(header) + "\n" + sign.join("x" for _ in header) + "\n").encode()
    grid = Grid.of(data)
    assert grid is not None
    assert grid.delimiter == sign
    assert grid.header == tuple(header)


@pytest.mark.parametrize(
    "header",
    [
        "Unit:Name,unit:relation_type,unit:related_unit",  # names of columns are written exactly so
        "name,unit,role",
        "person:name,person:rank",
        "file,number,source,collector,date",
    ],
)
def test_another_header_is_no_such_sheet(header: str) -> None:
    data = f"{header}\nOrvane,2031-05-03,three,x,y\nTamrit,2031-05-04,four,x,y\n".encode()
    assert Grid.of(data) is None
    assert recognise(data, "log.csv").name == "CSV table"


def test_a_row_is_one_paragraph_and_each_cell_is_found_again() -> None:
    text = text_of("d" * 64, extract(sheets.made("persons", "2021", sheets.PERSONS).encode()))
    body = [p for p in text.passages if p.role is PassageRole.BODY]
    assert len(body) == len(sheets.PERSONS)
    assert all("person:name" not in text.words[p.start : p.end] for p in body), "column names bear no claims"
    start = text.words.index("سمير حداد")
    place = locator_of(text, start, start + 5)
    assert place is not None
    header = sheets.header_of("persons", "2021", sheets.PERSONS)
    assert place.cell == f"{column_name(header.index('person:other_names') + 1)}2"
    for run in text.runs:
        assert text.words[run.start : run.end].strip()


def test_columns_that_nobody_knows_and_columns_that_are_missing_are_told() -> None:
    known = [c for c in sheets.header_of("persons", "2021") if c != "person:posting_rank"]
    data = (",".join([*known, "shoe size", "person:name"]) + "\n").encode()
    unknown, missing = extract(data).remarks
    assert "shoe size, person:name" in unknown.what
    assert "person:posting_rank" in missing.what
    assert "missing" in missing.what


def test_a_header_that_is_too_wide_or_cut_is_no_sheet_and_the_file_is_read_as_what_it_is() -> None:
    wide = sheets.header_of("persons", "2021") + [f"c{n}" for n in range(100_000)]
    assert sheet_of(wide) is None
    assert sheet_of(wide[:MOST_COLUMNS]) is not None
    data = (",".join(wide) + "\n" + ",".join("x" for _ in wide) + "\n").encode()
    assert Grid.of(data) is None
    assert recognise(data[:HEAD], "wide.csv").name != "sheet of units, persons and posts"
    long_name = ",".join([*sheets.header_of("persons", "2021"), "n" * HEAD])
    assert recognise(f"{long_name}\nx\n".encode()[:HEAD], "cut.csv").name != "sheet of units, persons and posts"


def test_a_sheet_that_is_too_large_ends_with_a_whole_row_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "MOST_CELLS", 120)
    one = sheets.PERSONS[1] | {"person:name": "Samir Haddad"}
    found = extract(sheets.made("persons", "2021", [one] * 40).encode())
    assert "what follows" in found.remarks[-1].what
    assert found.words.endswith("3/5/2032")


def test_an_open_quotation_mark_is_told_with_its_row() -> None:
    data = (sheets.made("persons", "2021", sheets.PERSONS) + '"never closed,x\r\ny').encode()
    assert any(remark.what == "row 4" for remark in extract(data).remarks)


def test_it_is_read_in_the_reading_child(tmp_path: Path) -> None:
    from probanda.reading import read

    path = tmp_path / "p.csv"
    path.write_bytes(sheets.made("persons", "2021", sheets.PERSONS).encode("utf-8-sig"))
    with ReadingChild() as child:
        (text,) = read(path, "d" * 64, "p.csv", child)
    assert text.media_type.endswith("2021")  # type: ignore[union-attr]


# Written back ------------------------------------------------------------------------------------------

CELLS = st.text(
    alphabet=st.one_of(st.sampled_from("\",;\r\n\t =+-@'|\ufeff\x00"), st.characters(exclude_categories=["Cs"])),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    mark=st.sampled_from(["", "\ufeff", "sep=,\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    last=st.booleans(),
)
def test_any_cells_come_back_byte_for_byte_and_one_change_changes_one_cell(
    rows: list[list[str]], end: str, quoting: int, mark: str, encoding: str, last: bool
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(sheets.header_of("persons", "2021"))
    writer.writerows(rows)
    words = out.getvalue() if last else out.getvalue().removesuffix(end)
    data = (words if encoding == "utf-16" else mark + words).encode(encoding)
    grid = Grid.of(data)
    if grid is None:  # so many control signs that it is no text
        return
    assert grid.written({}) == data
    for one in list(grid.cells()):
        if one.row > 1:
            new = f'{one.value}, "new"\n'
            again = Grid.of(grid.written({(one.row, one.column): new}))
            assert again is not None
            before = {(f.row, f.column): f.value for f in grid.cells()}
            after = {(f.row, f.column): f.value for f in again.cells()}
            if all(f.closed for f in grid.cells()):
                assert after == before | {(one.row, one.column): new}
            break


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_below_a_header_come_back(tail: bytes) -> None:
    data = ",".join(sheets.header_of("persons", "2021")).encode() + b"\n" + tail
    try:
        grid = Grid.of(data)
    except Exception as fault:
        assert type(fault).__name__ == "CannotRead"
        return
    assert grid is None or grid.written({}) == data


@pytest.mark.parametrize("name", ["latin-1", "windows-1252", "windows-1256"])
def test_bytes_of_an_old_page_of_signs_stay_as_they_are(name: str) -> None:
    word = "قائد" if name == "windows-1256" else "Général Ségur à l'état-major"
    data = sheets.made("persons", "2021", [{"person:name": word}] * 3).encode(name)
    grid = Grid.of(data)
    assert grid is not None
    assert grid.written({}) == data
    assert grid.written({(2, grid.column_numbers["person:name"]): "Ana"}) == data.replace(word.encode(name), b"Ana", 1)


def test_faulty_bytes_in_one_cell_do_not_spoil_a_change_in_another() -> None:
    data = sheets.made("persons", "2021", sheets.PERSONS).encode() + b"x,\xff\xfe,y\r\n"
    grid = Grid.of(data)
    assert grid is not None
    assert grid.written({(2, grid.column_numbers["person:name"]): "Ana"}) == data.replace(b"Samir Haddad", b"Ana", 1)


def test_there_is_no_cell_where_a_row_has_ended() -> None:
    grid = Grid.of(sheets.made("persons", "2021").encode() + b"a,b\n")
    assert grid is not None
    assert set(grid.in_rows({2})) == {(2, 1), (2, 2)}
    with pytest.raises(KeyError):
        grid.written({(2, 3): "x"})
