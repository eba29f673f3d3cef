"""Word documents: all the author wrote and in order, nothing struck out or fetched, and no harm from made-up files."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import pytest
from docx import Document

from probanda.reading.formats import CannotRead, Member
from probanda.reading.formats.docx import extract, members, recognise, recognise_file
from probanda.reading.formats.zipped import kind_of, opened, part
from tests.reading.making_documents import docx, noise, odt, p, packed, paragraphs_of, reasons_of, roles_of

LONG = "Engineers of Marsafa counted forty damaged houses in the harbour quarter, and the clinic took in nine people."
BREAKS = "<w:r><w:t>Wadi Hara</w:t><w:br/><w:t>12 May</w:t><w:tab/><w:t>noon</w:t></w:r>"


def test_a_document_of_a_word_processor_comes_out_whole_and_in_order() -> None:
    made = Document()
    made.add_heading("Shells on Wadi Hara", 0)
    made.add_heading("What was seen", 1)
    made.add_paragraph(LONG)
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Name", "seen at", "Idris Malak", "the ferry"), strict=True):
        cell.text = words
    last = made.add_paragraph("The list was closed at noon, Nadia Farouq said.")
    made.add_comment(last.runs, text="Ask her again.", author="R. Tamer")
    made.sections[0].header.paragraphs[0].text = "Marsafa Relief, internal"
    made.sections[0].footer.paragraphs[0].text = "Harbour office"
    made.core_properties.title = "Another title"
    file = io.BytesIO()
    made.save(file)
    assert recognise_file(file)
    found = extract(file.getvalue())
    assert roles_of(found) == [
        ("heading", "Shells on Wadi Hara"),
        ("heading", "What was seen"),
        ("body", LONG),
        ("body", "Name"),
        ("body", "seen at"),
        ("body", "Idris Malak"),
        ("body", "the ferry"),
        ("body", "The list was closed at noon, Nadia Farouq said."),
        ("furniture", "Ask her again."),
        ("furniture", "Marsafa Relief, internal"),
        ("furniture", "Harbour office"),
    ]
    assert reasons_of(found)["Ask her again."] == "a comment in the margin by R. Tamer"
    assert found.title == "Shells on Wadi Hara"
    assert found.published == () and found.runs == () and found.machine is None


def test_each_paragraph_stands_alone_however_it_begins() -> None:
    lines = [f"and the {n} guards of the second post went on along the dry river bed without" for n in range(9)]
    assert paragraphs_of(extract(docx("".join(map(p, lines))))) == lines


def test_rows_of_a_table_are_blocks() -> None:
    row = f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    assert extract(docx(f"{p('x')}<w:tbl>{row}{row}</w:tbl>{p('y')}")).words == "x\n\n\na\n\nb\n\n\na\n\nb\n\n\ny"


def test_notes_stand_behind_the_body_and_their_rules_do_not() -> None:
    rule = f'<w:footnote w:type="separator" w:id="-1">{p("----")}</w:footnote>'
    notes = f'{rule}<w:footnote w:id="1">{p("Told by a ferryman.")}</w:footnote>'
    ends = f'<w:endnote w:id="1">{p("Kept in the archive.")}</w:endnote>'
    found = extract(docx(p(LONG), footnotes=notes, endnotes=ends))
    assert roles_of(found) == [("body", LONG), ("body", "Told by a ferryman."), ("body", "Kept in the archive.")]


def test_what_was_struck_out_is_shown_in_a_remark_and_is_no_part_of_the_words() -> None:
    body = (
        "<w:p><w:r><w:t>The colonel </w:t></w:r>"
        '<w:del w:id="1" w:author="T. Sahl"><w:r><w:delText>ordered</w:delText><w:tab/></w:r></w:del>'
        '<w:ins w:id="2" w:author="T. Sahl"><w:r><w:t>knew of</w:t></w:r></w:ins><w:r><w:t> the raid.</w:t></w:r>'
        '<w:moveFrom w:id="3"><w:r><w:t> Elsewhere.</w:t></w:r></w:moveFrom></w:p>'
    )
    found = extract(docx(body))
    assert found.words == "The colonel knew of the raid."
    (remark,) = found.remarks
    assert remark.what == "tracked deletion"
    assert "“ordered”" in remark.reason and "T. Sahl" in remark.reason and remark.fix


def test_hidden_text_is_read_and_said_to_be_hidden() -> None:
    whole = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{LONG}</w:t></w:r></w:p>"
    piece = (
        "<w:p><w:r><w:t>Nobody in the whole quarter was told. </w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>But one.</w:t></w:r></w:p>'
    )
    end = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>{LONG[:50]}.</w:t></w:r></w:p>"
    most = f"<w:p><w:r><w:t>So it was.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> {LONG}</w:t></w:r></w:p>"
    found = extract(docx(whole + piece + end + most))
    assert [role for role, _ in roles_of(found)] == ["furniture", "body", "body", "body"]
    (remark,) = found.remarks
    assert remark.what == "hidden text" and remark.reason.startswith("3 stretches") and "But one." in remark.reason


@pytest.mark.parametrize(
    ("style", "role"),
    [
        ("T", "heading"),
        ("H1", "heading"),
        ("Mine", "heading"),
        ("C", "caption"),
        ("TOC1", "furniture"),
        ("Round", "body"),
    ],
)
def test_styles_give_roles(style: str, role: str) -> None:
    words = "Smoke stood over the harbour for two days."
    assert roles_of(extract(docx(p(words, style))))[0] == (role, words)


def test_an_outline_level_makes_a_heading_and_level_ten_does_not() -> None:
    body = "".join(
        f'<w:p><w:pPr><w:outlineLvl w:val="{n}"/></w:pPr><w:r><w:t>It was seen at {n}.</w:t></w:r></w:p>'
        for n in (0, 9)
    )
    assert [role for role, _ in roles_of(extract(docx(body)))] == ["heading", "body"]


def test_of_fields_the_result_is_read_and_the_instruction_is_not() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x.example"</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>the report</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t> of May</w:t></w:r>'
        "</w:fldSimple></w:p>"
    )
    assert extract(docx(body)).words == "the report of May"


def test_a_text_box_follows_its_paragraph_and_its_second_form_is_left_aside() -> None:
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t> and on.</w:t></w:r></w:p>"
    )
    assert paragraphs_of(extract(docx(body))) == ["Before and on.", "In the box."]


def test_breaks_tabs_and_signs_of_the_layout_are_read() -> None:
    signs = '<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:sym w:font="F" w:char="F0B7"/></w:r>'
    assert (
        extract(docx(f"<w:p>{BREAKS}</w:p><w:p>{signs}</w:p>")).words
        == "Wadi Hara\n12 May\tnoon\n\nnon\u2011stop\ufffd"
    )


def test_arabic_and_signs_beyond_the_first_plane_come_through() -> None:
    words = "قصفت القوات الميناء 😀 é e\u0301"
    assert extract(docx(p(words))).words == words


def test_pictures_and_embedded_files_are_members() -> None:
    data = docx(
        p(LONG), {"word/media/image1.png": b"\x89PNG", "word/embeddings/list.xlsx": b"PK", "word/theme/t.xml": "<t/>"}
    )
    found = [(m.name, b"".join(m.blocks)) for m in members(io.BytesIO(data)) if isinstance(m, Member)]
    assert found == [
        ("word/media/image1.png", b"\x89PNG"),
        ("word/embeddings/list.xlsx", b"PK"),
    ]
    assert extract(data).holds == 2


def test_what_lies_outside_the_file_is_named_and_not_fetched() -> None:
    outside = (
        '<Relationship Id="x" Type="http://s/attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/>'
    )
    (remark,) = extract(docx(p(LONG), outside=outside)).remarks
    assert "http://192.0.2.1/t.dotm" in remark.reason and "not fetched" in remark.reason


# Harm -------------------------------------------------------------------------------------------


def test_an_entity_cannot_bring_in_a_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("zanzara")
    kind = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{canary}">]>'
    whole = f'{kind}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p("&x;")}</w:document>'
    with pytest.raises(CannotRead, match="document type") as caught:
        extract(docx("", {"word/document.xml": whole}))
    assert "zanzara" not in str(caught.value) and caught.value.fix


def test_entities_that_grow_are_refused_at_once() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    with pytest.raises(CannotRead, match="document type"):
        extract(docx("", {"word/document.xml": f"{bomb}]><a b='&j;'>&j;</a>"}))


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(CannotRead, match="inside one another"):
        extract(docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000))


def test_a_part_that_grows_beyond_bounds_is_refused_in_time() -> None:
    data = docx("", {"word/document.xml": b" " * 120_000_000})
    before = time.process_time()
    with pytest.raises(CannotRead, match="beyond bounds"):
        extract(data)
    assert time.process_time() - before < 5


def test_a_bound_on_the_size_holds_without_regard_to_the_ratio() -> None:
    data = packed({"noise": noise(300_000)})
    with opened(io.BytesIO(data)) as archive, pytest.raises(CannotRead, match="beyond bounds"):
        part(archive, "noise", 200_000)


@pytest.mark.parametrize("left", [0.3, 0.6, 0.99])
def test_a_document_cut_short_is_refused_with_the_reason(left: float) -> None:
    whole = docx(p(LONG), {"word/media/noise.bin": noise(4000)})
    data = whole[: int(len(whole) * left)]
    assert recognise(data, "x.docx")
    with pytest.raises(CannotRead, match="cut short") as caught:
        extract(data)
    assert "again" in caught.value.fix


def test_a_document_without_its_main_part_or_with_a_broken_one_is_refused() -> None:
    with pytest.raises(CannotRead, match="missing"):
        extract(packed({"[Content_Types].xml": "<Types/>"}))
    with pytest.raises(CannotRead, match="is damaged"):
        extract(docx("<w:p><w:r>"))


def test_a_damaged_note_part_costs_the_notes_alone() -> None:
    found = extract(docx(p(LONG), footnotes="<w:footnote>"))
    assert found.words == LONG
    assert found.remarks[0].what == "word/footnotes.xml"


def test_a_locked_part_is_refused_with_the_reason() -> None:
    data = bytearray(docx(p(LONG)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(CannotRead, match="password"):
        extract(bytes(data))


def test_any_flipped_byte_gives_words_or_a_reason() -> None:
    whole, chance = docx(p(LONG), footnotes=f"<w:footnote>{p('n')}</w:footnote>"), random.Random(11)  # noqa: S311
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            extract(bytes(data))
            kind_of(io.BytesIO(bytes(data)))
        except CannotRead as fault:
            assert fault.reason and fault.fix


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("x")), "docx"),
        (docx(p("x"))[:700], "docx"),
        (odt("<text:p>x</text:p>"), "odt"),
        (odt("<text:p>x</text:p>")[:300], "odt"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.presentation"}), None),
        (packed({"mimetype": "application/epub+zip"}), None),
        (packed({"[Content_Types].xml": "x spreadsheetml.sheet.main+xml x", "xl/workbook.xml": ""}), "xlsx"),
        (packed({"[Content_Types].xml": "x presentationml.presentation.main+xml x"}), None),
        (packed({"a.txt": "word/document.xml"}), "archive"),
        (packed({}), "archive"),
        (packed({"a.txt": "x" * 99})[:60], "archive"),
        (b"plain words", None),
        (b"", None),
    ],
)
def test_the_kind_of_a_zip_file_is_told_by_what_it_holds(data: bytes, kind: str | None) -> None:
    assert kind_of(io.BytesIO(data)) == kind
