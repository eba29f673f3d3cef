"""OpenDocument texts: the same promises as for Word documents, and LibreOffice's own files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from probanda.reading.formats import CannotRead, Member
from probanda.reading.formats import docx as word
from probanda.reading.formats.odt import extract, members, recognise_file
from tests.reading.making_documents import converted, docx, noise, odt, p, paragraphs_of, reasons_of, roles_of

LONG = "Engineers of Marsafa counted forty damaged houses in the harbour quarter, and the clinic took in nine people."
STYLES = """<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="P3" style:family="paragraph" style:parent-style-name="P3"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>"""


def para(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_body_headings_lists_and_tables_come_out_in_order() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    row = f"<table:table-row>{cell.format(para('Name'))}{cell.format(para('seen at'))}</table:table-row>"
    body = (
        para("Shells on Wadi Hara", "P1")
        + '<text:h text:outline-level="1">What was seen</text:h>'
        + para(LONG)
        + f"<text:list><text:list-item><text:number>1.</text:number>{para('One ferry burnt.')}"
        + "</text:list-item></text:list>"
        + f"<table:table>{row}</table:table>"
        + para("Smoke stood over the harbour.", "P2")
    )
    found = extract(odt(body, STYLES))
    assert roles_of(found) == [
        ("heading", "Shells on Wadi Hara"),
        ("heading", "What was seen"),
        ("body", LONG),
        ("body", "One ferry burnt."),
        ("body", "Name"),
        ("body", "seen at"),
        ("caption", "Smoke stood over the harbour."),
    ]
    assert found.title == "Shells on Wadi Hara"


def test_white_space_is_folded_and_its_marks_are_not() -> None:
    words = '\n  The  list\n of <text:span>\n May</text:span>:<text:s text:c="3"/>nine<text:tab/>dead'
    words += "<text:line-break/> here"
    assert extract(odt(para(words))).words == "The list of May:   nine\tdead\nhere"


def test_a_made_up_number_of_spaces_is_bounded() -> None:
    assert len(extract(odt(para('a<text:s text:c="999999999999"/>b<text:s text:c="99999999"/>c'))).words) < 3000


def test_notes_comments_headers_and_boxes_have_their_place() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{para('Told by a ferryman.')}</text:note-body></text:note>"
    )
    comment = (
        "<office:annotation><dc:creator>R. Tamer</dc:creator><dc:date>2031-05-03</dc:date>"
        f"<meta:creator-initials>RT</meta:creator-initials>{para('Ask again.')}</office:annotation>"
    )
    box = f"<draw:frame><draw:text-box>{para('In the box.')}</draw:text-box><svg:desc>a picture</svg:desc></draw:frame>"
    areas = (
        f"<style:header>{para('Marsafa Relief')}</style:header><style:footer>{para('Harbour office')}</style:footer>"
    )
    found = extract(odt(para(f"{LONG}{note}{comment} So they said.{box}") + para("The end came at noon."), "", areas))
    assert roles_of(found) == [
        ("body", f"{LONG} So they said."),
        ("body", "In the box."),
        ("body", "The end came at noon."),
        ("body", "Told by a ferryman."),
        ("furniture", "Ask again."),
        ("furniture", "Marsafa Relief"),
        ("furniture", "Harbour office"),
    ]
    assert reasons_of(found)["Ask again."] == "a comment in the margin by R. Tamer"


def test_what_was_struck_out_is_shown_in_a_remark_and_is_no_part_of_the_words() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>T. Sahl</dc:creator>"
        f"<dc:date>2031-05-04</dc:date></office:change-info>{para('ordered')}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    found = extract(odt(changes + para('The colonel <text:change text:change-id="a"/>knew of the raid.')))
    assert found.words == "The colonel knew of the raid."
    (remark,) = found.remarks
    assert "“ordered”" in remark.reason and "T. Sahl" in remark.reason


def test_hidden_text_is_read_and_said_to_be_hidden() -> None:
    section = f'<text:section text:display="none">{para(LONG)}</text:section>'
    piece = para('Nobody in the whole quarter was told. <text:span text:style-name="T1">But one.</text:span>')
    found = extract(odt(section + piece, STYLES))
    assert [role for role, _ in roles_of(found)] == ["furniture", "body"]
    assert found.remarks[0].what == "hidden text" and "But one." in found.remarks[0].reason


def test_entries_of_a_table_of_contents_are_furniture() -> None:
    entries = para("What was seen<text:tab/>3")
    source = "<text:index-title-template>T</text:index-title-template>"
    source = f"<text:table-of-content-source>{source}</text:table-of-content-source>"
    index = f"<text:table-of-content>{source}<text:index-body>{entries}</text:index-body></text:table-of-content>"
    assert roles_of(extract(odt(index + para(LONG)))) == [("furniture", "What was seen\t3"), ("body", LONG)]


def test_each_paragraph_stands_alone_however_it_begins() -> None:
    lines = [f"and the {n} guards of the second post went on along the dry river bed without" for n in range(9)]
    assert paragraphs_of(extract(odt("".join(map(para, lines))))) == lines


def test_a_style_that_is_based_on_itself_ends() -> None:
    assert extract(odt(para(LONG, "P3"), STYLES)).words == LONG


def test_pictures_and_embedded_files_are_members() -> None:
    others: dict[str, str | bytes] = {
        "Pictures/a.png": b"\x89PNG",
        "Object 1": b"OLE",
        "Object 2/content.xml": "<x/>",
        "Thumbnails/t.png": b"t",
    }
    data = odt(para(LONG), others=others)
    found = [(m.name, b"".join(m.blocks)) for m in members(io.BytesIO(data)) if isinstance(m, Member)]
    assert found == [("Pictures/a.png", b"\x89PNG"), ("Object 1", b"OLE")]
    whole = extract(data)
    assert whole.holds == 2 and whole.remarks[0].what == "embedded objects"


# Harm -------------------------------------------------------------------------------------------


def test_an_entity_cannot_bring_in_a_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("zanzara")
    whole = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{canary}">]><x>&x;</x>'
    for part in ("content.xml", "styles.xml"):
        with pytest.raises(CannotRead, match="document type"):
            extract(odt(para(LONG), others={part: whole}))
    assert "zanzara" not in str(extract(odt(para(LONG), others={"meta.xml": whole})))


def test_a_locked_document_is_refused_with_the_next_step() -> None:
    manifest = {"META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"}
    data = odt(para(LONG), others={**manifest, "content.xml": noise(500)})
    assert recognise_file(io.BytesIO(data))
    with pytest.raises(CannotRead, match="password") as caught:
        extract(data)
    assert "password" in caught.value.fix
    with pytest.raises(CannotRead, match="password"):
        list(members(io.BytesIO(data)))


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(CannotRead, match="inside one another"):
        extract(odt("<text:section>" * 100_000 + "</text:section>" * 100_000))


def test_a_document_without_content_or_cut_short_is_refused() -> None:
    with pytest.raises(CannotRead, match="cut short"):
        extract(odt(para(LONG))[:-40])
    with pytest.raises(CannotRead, match="is damaged"):
        extract(odt("<text:p>"))


# Made by LibreOffice ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["odt", "docx", "rtf"])
def test_a_document_that_libreoffice_wrote_says_the_same(tmp_path: Path, kind: str) -> None:
    from probanda.reading.formats import odt as open_text
    from probanda.reading.formats import rtf

    struck = '<w:p><w:r><w:t xml:space="preserve">It began </w:t></w:r>'
    struck += '<w:del w:id="9" w:author="T. Sahl" w:date="2031-05-04T10:00:00Z">'
    struck += "<w:r><w:delText xml:space='preserve'>late </w:delText></w:r></w:del>"
    struck += "<w:r><w:t>at noon, قال الشاهد.</w:t></w:r></w:p>"
    noted = '<w:p><w:r><w:t>They crossed at dawn.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    table = f"<w:tbl><w:tr><w:tc>{p('Idris Malak')}</w:tc><w:tc>{p('the ferry')}</w:tc></w:tr></w:tbl>"
    rules = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    source = docx(
        p("Shells on Wadi Hara", "T")
        + p("What was seen", "H1")
        + p(LONG)
        + table
        + struck
        + noted
        + p("It ended there."),
        footnotes=f'{rules}<w:footnote w:id="2">{p("Told by a ferryman.")}</w:footnote>',
    )
    reader = {"odt": open_text.extract, "docx": word.extract, "rtf": rtf.extract}[kind]
    found = reader(converted(tmp_path, "source.docx", source, kind))
    assert roles_of(found) == [
        ("heading", "Shells on Wadi Hara"),
        ("heading", "What was seen"),
        ("body", LONG),
        ("body", "Idris Malak"),
        ("body", "the ferry"),
        ("body", "It began at noon, قال الشاهد."),
        ("body", "They crossed at dawn."),
        ("body", "It ended there."),
        ("body", "Told by a ferryman."),
    ]
    assert [one.what for one in found.remarks] == ["tracked deletion"]
    assert "“late" in found.remarks[0].reason and "T. Sahl" in found.remarks[0].reason
