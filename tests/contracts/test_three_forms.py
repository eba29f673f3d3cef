"""The page, the PDF and the Word file of one record carry the same sentences, in the same order, and the same notes.

Each form is read back by a walk of its own and compared sentence by sentence; to show that the comparison is
awake, a record that lacks one part is drawn in one form at a time, and must be noticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree, html

from probanda.reports import page
from probanda.reports.casefile import Picture
from probanda.reports.docx import docx
from probanda.reports.dossier import draft
from probanda.reports.pdf import pdf
from probanda.reports.record import (
    Block,
    Cell,
    Dossier,
    Line,
    Listing,
    Opposed,
    Paragraph,
    Section,
    Table,
    Timeline,
    Voice,
)
from probanda.reports.words import Words
from tests.reports.factory import kheldoun

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "div", "ul", "ol", "dl", "table", "caption"}
BLOCKS |= {"thead", "tbody", "tr", "section", "header", "details", "summary", "figure", "figcaption", "main"}
ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass
class Carried:
    """What a form carries: its sentences in order, the notes referred to in order, the notes, the timeline's labels."""

    sentences: list[str] = field(default_factory=list)
    references: list[int] = field(default_factory=list)
    notes: list[tuple[int, str, str, str]] = field(default_factory=list)
    timeline: list[str] = field(default_factory=list)
    pictures: int = 0
    contents: list[str] = field(default_factory=list, compare=False)
    axis: list[str] = field(default_factory=list, compare=False)
    drawn: list[str] = field(default_factory=list, compare=False)
    """The sentences without the captions of tables, which are for those who hear them: the PDF draws none."""


def plain(text: str) -> str:
    """Text without what a form adds to set it: direction marks, quotation marks, the shapes of a status, echoes."""
    text = re.sub("[\u200e\u200f\u061c“”«»○●◐✕↳↲]", "", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


# the page


def of_page(dossier: Dossier) -> Carried:
    tree = html.fromstring(page.render(dossier, Words(dossier.language)))
    out = Carried()
    for note in tree.xpath("//ol[@class='notes']/li"):
        (back,) = note.xpath(".//a[@class='back']")
        back.drop_tree() if back.tail else back.getparent().remove(back)
        head, context, how = note.xpath("./div/p[1] | ./div/blockquote | ./div/p[@class='how']")
        number = int(note.xpath("./span[@class='k']")[0].text)
        out.notes.append((number, *(plain(e.text_content()) for e in (head, context, how))))
    out.timeline = sorted(t.text for t in tree.xpath("//svg//text[not(@class)]"))
    out.pictures = len(tree.xpath("//img"))
    out.axis = [t.text for t in tree.xpath("//svg//text[@class]")]
    out.contents = [e.text_content() for e in tree.xpath("//nav")]
    for away in tree.xpath("//nav | //svg | //ol[@class='notes'] | //a[@class='skip']"):
        away.getparent().remove(away)
    out.sentences = _page_sentences(tree, out.references)
    for caption in tree.xpath("//caption"):
        caption.drop_tree()
    out.drawn = _page_sentences(tree, [])
    return out


def _page_sentences(tree: html.HtmlElement, references: list[int]) -> list[str]:
    units: list[list[str]] = [[]]
    _page_walk(tree.body, units, references)
    return [text for unit in units if (text := plain("".join(unit)))]


def _page_walk(element: html.HtmlElement, units: list[list[str]], references: list[int]) -> None:
    if element.tag == "sup":
        references.append(int(element.text_content()))
        return
    apart = element.tag in BLOCKS or (element.getparent().get("class") == "stamp" and element.getparent().tag == "div")
    if apart:
        units.append([])
    if element.tag == "br":
        units[-1].append(" ")
    units[-1].append(element.text or "")
    for child in element:
        _page_walk(child, units, references)
        units[-1].append(child.tail or "")
    if apart:
        units.append([])


# the Word file


def of_word(dossier: Dossier) -> Carried:
    out = Carried()
    with ZipFile(BytesIO(docx(dossier))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        footnotes = etree.fromstring(file.read("word/footnotes.xml"))
    for element in body.iter(f"{W}p", f"{W}tblCaption"):
        if element.tag == f"{W}tblCaption":
            out.sentences.append(plain(element.get(f"{W}val")))
            continue
        style = element.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        if style.startswith(("TOC", "ContentsTitle")):
            continue  # the list of contents repeats the headings
        if style == "TimelineEntries":
            out.timeline = sorted("".join(link.itertext()) for link in element.iter(f"{W}hyperlink"))
            continue
        out.references += _word_references(element)
        if text := plain(_word_text(element)):
            out.sentences.append(text)
    for position, note in enumerate(footnotes.findall(f"{W}footnote")[2:], 1):
        out.pictures += len(list(note.iter(f"{W}drawing")))
        paragraphs = [p for p in note.iter(f"{W}p") if p.find(f".//{W}drawing") is None]
        said = [_word_text(p).removesuffix("↩") for p in paragraphs]
        assert int(note.get(f"{W}id")) == position
        out.notes.append((position, *(plain(t) for t in said)))
    return out


def _word_references(paragraph: etree._Element) -> Iterator[int]:
    for run in paragraph.iter(f"{W}r"):
        if (first := run.find(f"{W}footnoteReference")) is not None:
            yield int(first.get(f"{W}id"))
        elif _style(run) == "NoteAgain":
            yield from (int(n) for n in re.findall(r"\d+", "".join(run.itertext())))


def _word_text(paragraph: etree._Element) -> str:
    text = ""
    for run in paragraph.iter(f"{W}r"):
        if _style(run) in {"NoteAgain", "FootnoteReference"}:
            continue
        for part in run:
            if part.tag in {f"{W}tab", f"{W}br"}:
                text += " "
            elif part.tag == f"{W}t":
                text += re.sub(r"^\? ", "", part.text) if _style(run) == "Status" else part.text
    return text


def _style(run: etree._Element) -> str:
    found = run.find(f"{W}rPr/{W}rStyle")
    return "" if found is None else found.get(f"{W}val")


# the PDF


def letters(text: str) -> str:
    """The letters alone, without Arabic ones: no spaces, hyphens or digits, which a PDF sets and breaks as it likes."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha() and not ARABIC.match(c))


def pdf_text(raw: bytes, running_head: str) -> str:
    """The text of all pages in the order in which the file has it, without head and page numbers."""
    import pypdfium2

    pages = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(raw)]
    return "\n".join(re.sub(rf"^{re.escape(running_head)} \d+ / \d+\s*", "", text) for text in pages)


def blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from blocks(section.parts)


def tables(dossier: Dossier) -> list[Table]:
    found = [b for b in blocks(dossier.sections) if isinstance(b, Table)]
    return found + [f.table for f in dossier.facts if f.table]


def told_apart(page_form: Carried, dossier: Dossier, text: str) -> str:
    """What stands in the PDF's text and not in the page's, or the reverse; empty where both say the same.

    Sentences are looked for in order. What is passed over may only be the list of contents, heads that a table
    repeats, the timeline's labels, and the Latin letters of sentences with Arabic words: the order of Arabic
    letters in a PDF's text is that of drawing, so such sentences are compared by their letters.
    """
    left = letters(text)
    notes = [part for note in page_form.notes for part in note[1:]]
    said = [*page_form.drawn, *notes]
    passed = ""
    for sentence in (s for s in said if not ARABIC.search(s)):
        if wanted := letters(sentence):
            before, found, left = left.partition(wanted)
            if not found:
                return f"not in the PDF: {sentence}"
            passed += before + "|"
    passed += left
    for head in sorted({letters("".join(p.text for h in t.heads for p in h)) for t in tables(dossier)}, key=len):
        passed = passed.replace(f"|{head}|", "|", 1) if head else passed
    beside = (*page_form.contents, *(s for s in said if ARABIC.search(s)), *page_form.timeline, *page_form.axis)
    more, fewer = (Counter(passed.replace("|", "")), Counter(letters("".join(beside))))
    arabic = {c for s in said for c in s if ARABIC.match(c)} - set(unicodedata.normalize("NFKC", text))
    return "" if more == fewer and not arabic else f"{more - fewer} {fewer - more} {arabic} {passed}"


# the record, and what is taken out of it to show that the comparison is awake


@cache
def record(lang: str = "en") -> Dossier:
    """The invented case, with Arabic quotes, contradictions and every kind of block."""
    return draft(kheldoun(), lang)


def with_picture(dossier: Dossier) -> Dossier:
    """The record with a picture of the printed words in its second note."""
    from PIL import Image

    out = BytesIO()
    Image.new("L", (600, 80), 200).save(out, "PNG")
    picture = Picture(out.getvalue(), 600, 80, 3)
    first, second, *rest = dossier.notes
    return replace(dossier, notes=(first, replace(second, picture=picture, picture_alt="Page 3 as printed"), *rest))


def edited(dossier: Dossier, kind: type[Block], change: Callable[[Block], Block | None], nth: int = 0) -> Dossier:
    """The record with its nth block of this kind changed, or without it."""
    left = [nth]

    def in_section(section: Section) -> Section:
        kept: list[Block] = []
        for block in section.blocks:
            here = isinstance(block, kind) and left[0] == 0
            left[0] -= isinstance(block, kind)
            new = change(block) if here else block
            kept += [new] if new else []
        return replace(section, blocks=tuple(kept), parts=tuple(in_section(p) for p in section.parts))

    return replace(dossier, sections=tuple(in_section(s) for s in dossier.sections))


def without_cell(table: Table) -> Table:
    """The table with the first cell of its first row that has cells left empty."""
    n = next(n for n, row in enumerate(table.rows) if row.cells)
    row = table.rows[n]
    emptied = replace(row, cells=(Cell((), row.cells[0].role), *row.cells[1:]))
    return replace(table, rows=(*table.rows[:n], emptied, *table.rows[n + 1 :]))


def without_words(block: Paragraph) -> Paragraph:
    return replace(block, pieces=block.pieces[:-1])


def without_note(dossier: Dossier) -> Dossier:
    return replace(dossier, notes=dossier.notes[:-1])


def without_context(dossier: Dossier) -> Dossier:
    return replace(dossier, notes=(replace(dossier.notes[0], before=""), *dossier.notes[1:]))


def without_remark(dossier: Dossier) -> Dossier:
    return replace(dossier, notes=(replace(dossier.notes[0], remarks=()), *dossier.notes[1:]))


def without_part(dossier: Dossier) -> Dossier:
    first = dossier.sections[0]
    return replace(dossier, sections=(replace(first, parts=first.parts[1:]), *dossier.sections[1:]))


LOSSES: dict[str, Callable[[Dossier], Dossier]] = {
    "a paragraph": lambda d: edited(d, Paragraph, lambda b: None, 4),
    "the end of a paragraph": lambda d: edited(d, Paragraph, without_words, 4),
    "a list": lambda d: edited(d, Listing, lambda b: None),
    "a line of a list": lambda d: edited(d, Listing, lambda b: replace(b, lines=b.lines[1:])),
    "a table": lambda d: edited(d, Table, lambda b: None),
    "a row of a table": lambda d: edited(d, Table, lambda b: replace(b, rows=b.rows[1:]), 3),
    "a cell of a table": lambda d: edited(d, Table, without_cell, 3),
    "a contradiction": lambda d: edited(d, Opposed, lambda b: None),
    "one side of a contradiction": lambda d: edited(d, Opposed, lambda b: replace(b, right=Line(()))),
    "the timeline": lambda d: edited(d, Timeline, lambda b: None),
    "a part of a section": without_part,
    "a line of the cover": lambda d: replace(d, facts=d.facts[1:]),
    "a line of the stamp": lambda d: replace(d, stamp_lines=d.stamp_lines[1:]),
    "a note": without_note,
    "words around a quote": without_context,
    "the remarks of a note": without_remark,
}


@pytest.fixture(scope="module")
def page_form() -> Carried:
    return of_page(record())


@pytest.fixture(scope="module")
def drawn() -> str:
    return pdf_text(pdf(with_picture(record())), record().running_head)


def test_the_record_has_every_kind_of_block_and_arabic_words() -> None:
    assert {type(b) for b in blocks(record().sections)} == {Paragraph, Listing, Table, Opposed, Timeline}
    assert any(ARABIC.search(n.quote) for n in record().notes)
    assert {p.voice for b in blocks(record().sections) if isinstance(b, Opposed) for p in b.left.pieces} >= {
        Voice.QUOTE
    }


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_word_file_says_what_the_page_says_in_the_same_order(lang: str) -> None:
    there, here = (form(with_picture(record(lang))) for form in (of_page, of_word))
    assert here.sentences == there.sentences
    assert here.references == there.references
    assert here.notes == there.notes
    assert (here.timeline, here.pictures) == (there.timeline, there.pictures)
    assert len(there.sentences) > 200 and len(there.notes) == len(record().notes) and there.pictures == 1


def test_the_pdf_says_what_the_page_says_in_the_same_order(page_form: Carried, drawn: str) -> None:
    assert told_apart(page_form, record(), drawn) == ""


def test_the_pdf_has_the_picture_too() -> None:
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    pages = pypdfium2.PdfDocument(pdf(with_picture(record())))
    assert sum(1 for page in pages for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])) == 1


@pytest.mark.parametrize("loss", LOSSES)
def test_what_the_word_file_leaves_out_is_noticed(loss: str, page_form: Carried) -> None:
    assert of_word(LOSSES[loss](record())) != page_form


@pytest.mark.parametrize("loss", LOSSES)
def test_what_the_page_leaves_out_is_noticed(loss: str, drawn: str) -> None:
    lacking = of_page(LOSSES[loss](record()))
    assert lacking != of_word(record())
    assert told_apart(lacking, record(), drawn) != ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "loss", [name for name in LOSSES if name != "a note"]
)  # a PDF draws no reference without its note
def test_what_the_pdf_leaves_out_is_noticed(loss: str, page_form: Carried) -> None:
    lacking = LOSSES[loss](record())
    assert told_apart(page_form, record(), pdf_text(pdf(lacking), lacking.running_head)) != ""
