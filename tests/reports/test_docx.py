"""What the Word file promises: real footnotes with the record's numbers, nothing from outside, the same each time."""

from __future__ import annotations

import gettext
import re
import subprocess
import time
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from probanda.reports import dossier
from probanda.reports.casefile import Picture
from probanda.reports.docx import docx
from probanda.reports.record import Dossier, Paragraph, Piece, Section, Table, Voice
from probanda.reports.word.runs import LRM, RLM, first_strong, stretches
from probanda.reports.words import Words, words
from tests.reports.factory import empty, kheldoun, many

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Opened:
    """A Word file, opened again."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
            self.times = {member.date_time for member in file.infolist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])
        self.notes = etree.fromstring(self.parts["word/footnotes.xml"])

    def footnotes(self) -> list[etree._Element]:
        return [n for n in self.notes if n.get(f"{W}type") is None]

    def references(self) -> list[etree._Element]:
        return list(self.body.iter(f"{W}footnoteReference"))


def text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def numbers(elements: list[etree._Element]) -> list[int]:
    return [int(e.get(f"{W}id")) for e in elements]


@pytest.fixture(scope="module")
def drafted() -> Dossier:
    return dossier.draft(kheldoun())


@pytest.fixture(scope="module")
def opened(drafted: Dossier) -> Opened:
    return Opened(docx(drafted))


def saying(*pieces: Piece, **changes: object) -> Opened:
    """A dossier of nothing but one paragraph."""
    section = Section(id="s1", number="1", title=(words("One"),), level=2, blocks=(Paragraph(pieces),))
    return Opened(docx(replace(dossier.draft(empty()), sections=(section,), **changes)))  # type: ignore[arg-type]


# footnotes


def test_each_note_is_a_footnote_with_its_number(drafted: Dossier, opened: Opened) -> None:
    assert numbers(opened.footnotes()) == [n.number for n in drafted.notes]
    assert numbers(opened.references()) == [n.number for n in drafted.notes]
    assert not any(r.get(f"{W}customMarkFollows") for r in opened.references())


def test_a_footnote_has_place_chain_and_the_quote_in_bold_among_its_words(drafted: Dossier, opened: Opened) -> None:
    for note, footnote in zip(drafted.notes, opened.footnotes(), strict=True):
        first, context, *_ = footnote.iter(f"{W}p")
        assert text(first).replace(LRM, "").replace(RLM, "").strip().startswith("".join(p.text for p in note.place))
        quoted = [r for r in context.iter(f"{W}r") if r.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "NoteQuote"]
        assert "".join(text(r) for r in quoted) == note.quote
        assert note.before in text(context) and note.after in text(context)


def test_a_later_reference_is_the_number_as_a_link_to_the_first(opened: Opened) -> None:
    links = list(opened.body.iter(f"{W}hyperlink"))
    again = [h for h in links if h.find(f"{W}r/{W}rPr/{W}rStyle[@{W}val='NoteAgain']") is not None]
    assert len(again) > 20
    assert all(h.get(f"{W}anchor") == f"r{text(h)}" for h in again)


def test_where_references_stand_in_another_order_the_numbers_are_written_out(drafted: Dossier) -> None:
    turned = Opened(docx(replace(drafted, sections=drafted.sections[::-1])))
    found = turned.references()
    marks = [int(r.getnext().text) for r in found]
    assert marks != sorted(marks) and sorted(marks) == [n.number for n in drafted.notes]
    assert all(r.get(f"{W}customMarkFollows") == "1" for r in found)
    assert numbers(found) == numbers(turned.footnotes()) == sorted(marks)  # LibreOffice goes by place
    assert [int(next(n.iter(f"{W}t")).text.strip("\u2009.")) for n in turned.footnotes()] == marks


def test_a_note_that_nothing_refers_to_is_still_there(drafted: Dossier) -> None:
    bare = Opened(docx(replace(drafted, sections=())))
    assert numbers(bare.references()) == numbers(bare.footnotes()) == [n.number for n in drafted.notes]


def test_a_picture_stands_in_its_footnote_and_is_held_once(drafted: Dossier) -> None:
    picture = Picture(_png(1200, 100), 1200, 100, 2)
    notes = tuple(replace(n, picture=picture, picture_alt="Page 2 <as> printed") for n in drafted.notes[:2])
    file = Opened(docx(replace(drafted, notes=(*notes, *drafted.notes[2:]))))
    blips = [e.get(f"{R}embed") for e in file.notes.iter() if etree.QName(e).localname == "blip"]
    assert blips == ["rId1", "rId1"]
    assert b'Id="rId1"' in file.parts["word/_rels/footnotes.xml.rels"]
    assert [n for n in file.parts if n.startswith("word/media")] == ["word/media/picture1.png"]
    assert b"Page 2 &lt;as&gt; printed" in file.parts["word/footnotes.xml"]


def _png(width: int, height: int) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


# a document to work with


def test_python_docx_reads_it_and_finds_the_headings(drafted: Dossier) -> None:
    from docx import Document

    file = Document(BytesIO(docx(drafted)))
    headings = [p.text for p in file.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [*(f"{s.number} {''.join(p.text for p in s.title)}" for s in drafted.sections), "6 Notes"]
    assert file.core_properties.title == drafted.title
    assert file.core_properties.created is not None and file.core_properties.created.year == 2031


def test_the_head_of_a_table_repeats_unless_it_has_a_note(drafted: Dossier, opened: Opened) -> None:
    made = [t for t in opened.body.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption") is not None]
    assert made and all(t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for t in made)
    table = next(b for s in drafted.sections for b in s.blocks if isinstance(b, Table))
    noted = replace(table, heads=((Piece(Voice.NOTE, "1"),), *table.heads[1:]))
    section = replace(drafted.sections[0], blocks=(noted,), parts=())
    file = Opened(docx(replace(drafted, sections=(section,), facts=())))
    assert next(file.body.iter(f"{W}tbl")).find(f"{W}tr/{W}trPr/{W}tblHeader") is None


def test_voices_have_styles_of_their_own(opened: Opened) -> None:
    used = {e.get(f"{W}val") for e in (*opened.body.iter(f"{W}rStyle"), *opened.notes.iter(f"{W}rStyle"))}
    assert {"Strong", "Evidence", "Quotation", "NameListed", "Given", "Figure", "Digest", "Status"} <= used
    defined = {e.get(f"{W}styleId") for e in etree.fromstring(opened.parts["word/styles.xml"])}
    asked = used | {e.get(f"{W}val") for e in (*opened.body.iter(f"{W}pStyle"), *opened.notes.iter(f"{W}pStyle"))}
    assert asked <= defined


# nothing from outside


def test_there_is_no_field_but_the_page_numbers_and_no_way_out(opened: Opened) -> None:
    whole = b"".join(opened.parts.values())
    assert re.findall(rb'w:instr="([^"]*)"', whole) == [b" PAGE ", b" NUMPAGES "]
    for word in (b"instrText", b"External", b"attachedTemplate", b"oleObject", b"vbaProject", b"http-equiv"):
        assert word not in whole


def test_every_link_leads_to_a_place_in_the_file(opened: Opened) -> None:
    names = Counter(b.get(f"{W}name") for b in opened.body.iter(f"{W}bookmarkStart"))
    ids = Counter(b.get(f"{W}id") for b in opened.body.iter(f"{W}bookmarkStart"))
    links = [h.get(f"{W}anchor") for part in (opened.body, opened.notes) for h in part.iter(f"{W}hyperlink")]
    assert set(links) <= set(names) and len(links) > 50
    assert {*names.values(), *ids.values()} == {1}
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", n) for n in names)


def test_what_xml_forbids_is_shown_by_its_code() -> None:
    bad = "a\x00b\ufffec\ud800d\x0be\u202ef</w:t>]]>&"
    file = saying(Piece(Voice.QUOTE, bad), title=bad)
    told = "“a[U+0000]b[U+FFFE]c[U+D800]d e[U+202E]f</w:t>]]>&”"
    assert told in [text(p) for p in file.body.iter(f"{W}p")]


# the same each time


def test_the_same_record_gives_the_same_bytes(drafted: Dossier, opened: Opened) -> None:
    assert docx(drafted) == docx(dossier.draft(kheldoun()))
    assert opened.times == {(1980, 1, 1, 0, 0, 0)}


# right to left


def test_words_from_right_to_left_are_isolated_and_carry_their_language() -> None:
    file = saying(words("said: "), Piece(Voice.QUOTE, "قال 12 شخصا", "ar"), words(" 3"))
    paragraph = next(p for p in file.body.iter(f"{W}p") if "said" in text(p))
    assert text(paragraph) == f"said: {LRM}{RLM}«قال 12 شخصا»{RLM}{LRM} 3"
    (quote,) = (r for r in paragraph.iter(f"{W}r") if "قال" in text(r))
    assert quote.find(f"{W}rPr/{W}rtl") is not None
    assert quote.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar"


def test_a_quote_in_arabic_runs_from_right_to_left_in_its_footnote(drafted: Dossier, opened: Opened) -> None:
    for note, footnote in zip(drafted.notes, opened.footnotes(), strict=True):
        context = list(footnote.iter(f"{W}p"))[1]
        assert (context.find(f"{W}pPr/{W}bidi") is not None) == (note.language == "ar")


def test_text_is_parted_by_direction() -> None:
    assert stretches("abc (اب 12) d", False) == [("abc (", False), ("اب", True), (" 12) d", False)]
    assert stretches("اب abc!", True) == [("اب ", True), ("abc", False), ("!", True)]
    assert (first_strong("12 اب a"), first_strong("… a اب"), first_strong("12–30")) == (True, False, None)


class _Turned(gettext.NullTranslations):
    """Every message begins with an Arabic letter, as if it were translated."""

    def gettext(self, message: str) -> str:
        return f"ن {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"ن {msgid1 if n == 1 else msgid2}"


def test_a_dossier_in_arabic_runs_from_right_to_left_throughout() -> None:
    file = Opened(docx(dossier.worded(kheldoun(), Words("ar", _Turned()))))
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in file.body.iter(f"{W}p"))
    assert all(t.find(f"{W}tblPr/{W}bidiVisual") is not None for t in file.body.iter(f"{W}tbl"))
    assert file.body.find(f"{W}body/{W}sectPr/{W}bidi") is not None
    said = [r for r in file.body.iter(f"{W}r") if "ن" in text(r)]
    assert said and all(r.find(f"{W}rPr/{W}rtl") is not None for r in said)


def test_an_untranslated_line_in_an_arabic_dossier_keeps_its_order() -> None:
    file = saying(words("12 were seen by "), Piece(Voice.NAME, "A. B."), words("."), language="ar", direction="rtl")
    (line,) = (text(p) for p in file.body.iter(f"{W}p") if "seen" in text(p))
    assert line == f"{LRM}12 were seen by A. B..{LRM}"


# large, and elsewhere


@pytest.mark.slow
def test_two_thousand_notes_take_less_than_a_minute() -> None:
    large = dossier.draft(many(2000))
    start = time.process_time()
    file = Opened(docx(large))
    assert time.process_time() - start < 60
    assert len(file.footnotes()) == len(large.notes) >= 2000


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize(("lang", "turned"), [("en", False), ("ar", False), ("en", True)])
def test_libreoffice_opens_it_and_finds_every_footnote(tmp_path: Path, lang: str, turned: bool) -> None:
    drafted = dossier.draft(kheldoun(), lang)
    if turned:  # numbers written out
        drafted = replace(drafted, sections=drafted.sections[::-1])
    (tmp_path / "d.docx").write_bytes(docx(drafted))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "odt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "d.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with ZipFile(tmp_path / "d.odt") as file:
        content = etree.fromstring(file.read("content.xml"))
    notes = [e for e in content.iter("{*}note") if etree.QName(e).localname == "note"]
    cited = {int("".join(n.find("{*}note-citation").itertext())): n for n in notes}
    assert sorted(cited) == [n.number for n in drafted.notes]
    for note in drafted.notes:
        assert _folded(note.quote) in _folded("".join(cited[note.number].itertext()))


def _folded(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_an_empty_case_is_a_file_too() -> None:
    file = Opened(docx(dossier.draft(empty())))
    assert file.footnotes() == [] and len(list(file.body.iter(f"{W}p"))) > 10


def test_a_note_is_followed_back_to_its_reference(opened: Opened) -> None:
    for note in opened.footnotes():
        back = [h for h in note.iter(f"{W}hyperlink") if text(h) == "↩"]
        assert [h.get(f"{W}anchor") for h in back] == [f"r{note.get(f'{W}id')}"]
