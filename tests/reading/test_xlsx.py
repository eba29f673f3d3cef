"""Workbooks: each cell with its name, what is hidden is read and said, and what is made to do harm is refused."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Member
from probanda.reading.formats import cells as cells_module
from probanda.reading.formats.xlsx import FORMAT, extract, members
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.reading.making_texts import read_bytes

SHEET = "xl/worksheets/sheet1.xml"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_book(*rows: list[object], title: str = "Log") -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def changed(data: bytes, name: str, change: Callable[[str], str | bytes]) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            words = old.read(info)
            new.writestr(info.filename, change(words.decode()) if info.filename == name else words)
    return out.getvalue()


def shared(data: bytes) -> bytes:
    """The workbook with its words in a part of their own, as most programs save it; openpyxl writes them in cells."""
    strings: list[str] = []

    def moved(cell: re.Match[str]) -> str:
        strings.append(f"<si>{cell[2]}</si>")
        return f'{cell[1]} t="s"><v>{len(strings) - 1}</v></c>'

    data = changed(data, SHEET, lambda xml: re.sub(r'(<c r="\w+") t="inlineStr"><is>(.*?)</is></c>', moved, xml))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0"?><sst xmlns="{main}">{"".join(strings)}</sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    out = io.BytesIO(changed(data, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", link)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", xml)
    return out.getvalue()


def cells(found: Extracted) -> dict[str, str]:
    return {str(one.locator.cell): found.words[one.start : one.end] for one in found.located}


def test_each_cell_bears_the_name_of_sheet_column_and_row() -> None:
    book = a_book(["Date", "Place", "What happened"], [date(2031, 5, 3), "Orvane", "Shells struck the harbour."])
    book.create_sheet("قتلى")["C3"] = "تسعة أشخاص"
    found = extract(saved(book))
    assert cells(found) == {
        "Log!A1": "Date", "Log!B1": "Place", "Log!C1": "What happened", "Log!A2": "2031-05-03", "Log!B2": "Orvane",
        "Log!C2": "Shells struck the harbour.", "قتلى!C3": "تسعة أشخاص",
    }  # fmt: skip
    text = text_of("d" * 64, found)
    roles = {text.words[p.start : p.end]: p.role for p in text.passages}
    assert roles["Log"] is PassageRole.HEADING
    assert roles["Date\tPlace\tWhat happened"] is PassageRole.FURNITURE
    assert roles["Shells struck the harbour."] is PassageRole.BODY


def test_the_reading_child_gives_the_same_text(tmp_path: Path) -> None:
    data = shared(saved(a_book(["Date", "Place"], [date(2031, 5, 3), "Orvane"])))
    (text,) = read_bytes(tmp_path, data, "log.bin")
    assert isinstance(text, Text), text
    assert (text.words, text.located) == (extract(data).words, extract(data).located)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2031, 5, 3, 14, 30), "2031-05-03 14:30:00"),
        (clock(14, 30), "14:30:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        (1_234_567, "1234567"),
        (218_912_345_678, "218912345678"),
        (True, "TRUE"),
        ("  spaces and _x0041_ stay  ", "  spaces and _x0041_ stay  "),
        ("'=guarded", "'=guarded"),
    ],
)
def test_values_are_shown_as_a_person_sees_them(value: object, shown: str) -> None:
    data = saved(a_book([value, "beside"]))
    if isinstance(value, str):  # openpyxl does not escape what looks like an escape
        data = shared(changed(data, SHEET, lambda xml: xml.replace("_x0041_", "_x005F_x0041_")))
    assert cells(extract(data))["Log!A1"] == shown


def test_days_may_be_counted_from_1904() -> None:
    book = a_book([date(2031, 5, 3), "beside"])
    book.epoch = datetime(1904, 1, 1)
    assert cells(extract(saved(book)))["Log!A1"] == "2031-05-03"


def test_errors_and_results_of_formulas_are_the_stored_ones() -> None:
    def with_results(xml: str) -> str:
        return re.sub(
            r"<sheetData>.*</sheetData>",
            '<sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="str"><f>"a"</f><v>nine</v>'
            '</c><c r="C1"><f>SUM(A2:A9)</f></c></row></sheetData>',
            xml,
        )

    found = extract(changed(saved(a_book(["x", "y"])), SHEET, with_results))
    assert cells(found) == {"Log!A1": "#DIV/0!", "Log!B1": "nine"}
    assert [r.reason for r in found.remarks] == ["Formulas without a stored result: 1 (C1)."]


def test_what_is_hidden_is_read_and_said() -> None:
    book = a_book(["a", "b", "c"], ["hidden row", "x", "y"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    secret = book.create_sheet("Secret")
    secret.sheet_state = "veryHidden"
    secret["A1"] = "kept apart"
    found = extract(saved(book))
    assert {"hidden row", "y", "kept apart"} <= set(cells(found).values())
    assert [(r.what, r.reason) for r in found.remarks] == [
        ("sheet Log", "It has hidden rows (2) and hidden columns (C); they were read like the others."),
        ("sheet Secret", "The sheet is hidden in the workbook; it was read like the others."),
    ]


def test_comments_stand_after_their_cell_and_bear_its_name() -> None:
    book = a_book(["Place", "Count"], ["Orvane", 9])
    book.active["A2"].comment = Comment("Heard from a nurse.", "Ana")
    book.active["D7"].comment = Comment("On an empty cell.", "Ana")
    found = extract(saved(book))
    places = [(one.locator.cell, found.words[one.start : one.end]) for one in found.located]
    assert places[2:] == [
        ("Log!A2", "Orvane"), ("Log!A2", "Heard from a nurse."), ("Log!B2", "9"), ("Log!D7", "On an empty cell."),
    ]  # fmt: skip
    assert found.remarks[0].reason.startswith("Comments on its cells: 2;")


def test_signs_that_xml_cannot_hold_are_read_from_their_escapes() -> None:
    data = changed(saved(a_book(["one", "x"])), SHEET, lambda xml: xml.replace("one", "a_x000D_b_x0001_"))
    for one in (data, shared(data)):
        assert cells(extract(one))["Log!A1"] == "a\rb\x01"


def test_formatted_pieces_of_a_string_are_joined_and_readings_left_out() -> None:
    rich = "<t>x</t>", "<r><rPr><b/></rPr><t>nine </t></r><r><t>dead</t></r><rPh sb='0' eb='1'><t>reading</t></rPh>"
    data = changed(shared(saved(a_book(["x", "y"]))), "xl/sharedStrings.xml", lambda xml: xml.replace(*rich))
    assert cells(extract(data))["Log!A1"] == "nine dead"


def test_pictures_are_members() -> None:
    data = saved(a_book(["a", "b"]))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", b"picture")
    found = extract(out.getvalue())
    taken = [(one.name, b"".join(one.blocks)) for one in members(out) if isinstance(one, Member)]
    assert found.holds == 1
    assert taken == [("xl/media/image1.png", b"picture")]


def test_the_size_a_sheet_states_of_itself_costs_nothing() -> None:
    def far(xml: str) -> str:
        xml = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)
        return xml.replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row></sheetData>'
        )

    start = time.process_time()
    found = extract(changed(saved(a_book(["near", "by"])), SHEET, far))
    assert cells(found) == {"Log!A1": "near", "Log!B1": "by", "Log!XFD1048576": "far"}
    assert time.process_time() - start < 2


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("front", ["", "<!--" + "x" * 70_000 + "-->"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(name: str, front: str, encoding: str) -> None:
    def harmful(xml: str) -> bytes:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", xml)
        return f'<?xml version="1.0" encoding="{encoding}"?>{front}{LAUGHS}{body}'.encode(encoding)

    with pytest.raises(CannotRead) as caught:
        extract(changed(shared(saved(a_book(["a", "b"]))), name, harmful))
    assert "defines entities" in caught.value.reason


def test_one_long_text_named_from_every_cell_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "MOST_WORDS", 100_000)
    rows = [["z" * 30_000, "z" * 30_000] for _ in range(10)]
    found = extract(saved(a_book(*rows)))
    assert len(found.words) < 100_100
    assert found.remarks[-1].what == "the rest of sheet Log and what follows"


def test_cells_without_names_are_counted() -> None:
    def unnamed(xml: str) -> str:
        return re.sub(r' r="[A-Z]*\d+"', "", xml)

    data = changed(saved(a_book(["a", "b"], ["c", "d"])), SHEET, unnamed)
    assert cells(extract(data)) == {"Log!A1": "a", "Log!B1": "b", "Log!A2": "c", "Log!B2": "d"}


@pytest.mark.parametrize("cut", [30, 400, 2_000, -60, -10])
def test_a_file_cut_short_cannot_be_read(cut: int) -> None:
    data = saved(a_book(["a", "b"]))[:cut]
    with pytest.raises(CannotRead) as caught:
        extract(data)
    assert caught.value.fix


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
def test_a_damaged_part_is_named(name: str) -> None:
    with pytest.raises(CannotRead) as caught:
        extract(changed(shared(saved(a_book(["a", "b"]))), name, lambda xml: xml[: len(xml) // 2]))
    assert name in caught.value.reason


def test_references_to_what_is_not_there_do_no_harm() -> None:
    data = changed(shared(saved(a_book(["a", "b"]))), SHEET, lambda xml: xml.replace("<v>1</v>", "<v>99999</v>"))
    assert cells(extract(data)) == {"Log!A1": "a"}
    with pytest.raises(CannotRead):
        extract(changed(data, "xl/workbook.xml", lambda xml: re.sub("<sheets>.*</sheets>", "", xml)))


def test_a_workbook_is_known_by_its_parts_whatever_it_is_called() -> None:
    data = saved(a_book(["a", "b"]))
    assert FORMAT.recognise(data, "report.pdf")
    assert FORMAT.recognise_file is not None
    assert FORMAT.recognise_file(io.BytesIO(data))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "words")
    assert not FORMAT.recognise_file(other)
