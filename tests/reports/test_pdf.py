"""The dossier as PDF/A: complete, the same each time, self-contained, and deaf to what evidence tells it to do."""

from __future__ import annotations

import os
import random
import re
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from probanda.reports import dossier, glyphs
from probanda.reports.casefile import Picture
from probanda.reports.pdf import NotTypeset, pdf
from probanda.reports.record import (
    Bar,
    Cell,
    Dossier,
    Line,
    Listing,
    Opposed,
    Paragraph,
    Piece,
    Row,
    Section,
    Table,
    Tick,
    Timeline,
    Voice,
)
from tests.reports.factory import empty, kheldoun, many

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

CODE = '#import "/etc/passwd": * #panic("x") $x^2$ \\u{202e} ]]) #eval("1") <label> @ref `raw` // no /* no */ *b* _i_'
"""Words of evidence that would do something, were they Typst."""


@pytest.fixture(scope="module")
def drafted() -> Dossier:
    return dossier.draft(kheldoun())


@pytest.fixture(scope="module")
def made(drafted: Dossier) -> bytes:
    return pdf(drafted)


def pages(made: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range() for page in document]


def words(made: bytes) -> str:
    """All text, as `squeezed` leaves it."""
    return squeezed("".join(pages(made)))


def squeezed(text: str) -> str:
    """Without white space, isolates and places to break: how lines are laid out does not matter."""
    return re.sub(r"[\s\u200b\u202a-\u202e\u2066-\u2069\ufffe]+", "", unicodedata.normalize("NFKC", text))


def streams(made: bytes) -> bytes:
    """Everything in the file, its compressed parts opened."""
    out = [made]
    for match in re.finditer(rb"stream\r?\n", made):
        try:
            out.append(zlib.decompressobj().decompress(made[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(out)


def words_of(text: str) -> Paragraph:
    return Paragraph((Piece(Voice.WORDS, text),))


def with_blocks(drafted: Dossier, *blocks: object, **fields: object) -> Dossier:
    """A dossier of one section with these blocks, and no notes."""
    section = Section(id="s1", number="1", title=(Piece(Voice.WORDS, "Only this"),), level=2, blocks=blocks)  # type: ignore[arg-type]
    return replace(drafted, sections=(section,), notes=(), facts=(), **fields)  # type: ignore[arg-type]


def runs(d: Dossier) -> Iterator[tuple[Piece, ...]]:
    """Every run of pieces that the record holds, in reading order."""
    for line in d.stamp_lines:
        yield line.pieces
    for fact in d.facts:
        yield from (line.pieces for line in fact.lines)
        if fact.table:
            yield from block_runs(fact.table)
    for section in d.sections:
        yield from section_runs(section)
    for note in d.notes:
        yield note.place
        yield note.said
        yield from (line.pieces for line in note.remarks)


def section_runs(section: Section) -> Iterator[tuple[Piece, ...]]:
    yield section.title
    for block in section.blocks:
        yield from block_runs(block)
    for part in section.parts:
        yield from section_runs(part)


def block_runs(block: object) -> Iterator[tuple[Piece, ...]]:
    if isinstance(block, Paragraph):
        yield block.pieces
    elif isinstance(block, Listing):
        yield block.label
        yield from (line.pieces for line in block.lines)
    elif isinstance(block, Opposed):
        yield from (block.title, block.reason, block.left.pieces, block.right.pieces)
    elif isinstance(block, Table):
        yield from block.heads
        for row in block.rows:
            yield from (line.pieces for cell in (row.head, *row.cells) for line in cell.lines)


def test_every_word_of_the_record_is_on_the_pages(drafted: Dossier, made: bytes) -> None:
    found = words(made)
    said = [p.text for run in runs(drafted) for p in run]
    said += [
        drafted.title,
        drafted.kicker,
        drafted.stamp,
        drafted.run,
        drafted.notes_title,
        *drafted.notes_lead.split("↩"),
    ]
    said += [text for note in drafted.notes for text in (note.before, note.quote, note.after)]
    # A viewer reads Arabic out in the order of its shapes, doubled where dots are glyphs of their own; its looks are
    # tested below.
    tokens = [w for text in said for w in text.split() if re.fullmatch("[!-~“”‘’·–]*[A-Za-z]{2}[!-~“”‘’·–]*", w)]
    assert len(tokens) > 1000
    assert [w for w in tokens if squeezed(w) not in found] == []
    # Short runs cannot part at the end of a page: they stand there whole, but for those beside Arabic.
    whole = ["".join(p.text for p in run if p.voice is Voice.WORDS) for run in runs(drafted) if len(run) == 1]
    assert len(whole) > 50
    assert [text for text in whole if squeezed(text) not in found and len(text) < 60] == []


def test_sections_come_in_the_order_of_the_record(drafted: Dossier, made: bytes) -> None:
    bookmarks = [b.get_title() for b in pypdfium2.PdfDocument(made).get_toc()]
    numbers = [f"{s.number} " + "".join(p.text for p in s.title) for s in drafted.sections]
    numbers.append(f"{len(drafted.sections) + 1} {drafted.notes_title}")
    assert [b for b in bookmarks if b in numbers] == numbers
    assert "I-1 Shelling of the market of Old Qasra" in bookmarks


def test_it_calls_itself_pdf_a_2b_with_title_language_and_tags(drafted: Dossier, made: bytes) -> None:
    inside = streams(made)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", inside)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", inside)
    assert b"/MarkInfo" in inside
    assert b"/StructTreeRoot" in inside
    assert re.search(rb"/Lang ?\(en", inside)
    assert pypdfium2.PdfDocument(made).get_metadata_dict()["Title"] == f"{drafted.title} · {drafted.kicker}"


def test_only_the_fonts_of_the_package_are_inside_and_all_are_embedded(made: bytes) -> None:
    inside = streams(made)
    names = {n.split(b"+")[-1] for n in re.findall(rb"/FontName ?/([^\s/>]+)", inside)}
    assert names
    assert all(n.startswith(b"NotoSans") for n in names)
    assert len(re.findall(rb"/FontFile[23]", inside)) == len(re.findall(rb"/Type ?/FontDescriptor", inside))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_equal_records_give_equal_bytes_on_another_day_and_with_another_hash_seed(lang: str) -> None:
    script = (
        "import hashlib, sys\n"
        "from probanda.reports import dossier\n"
        "from probanda.reports.pdf import pdf\n"
        "from tests.reports.factory import kheldoun\n"
        f"print(hashlib.sha256(pdf(dossier.draft(kheldoun(), {lang!r}))).hexdigest())\n"
    )
    seen = set()
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Auckland")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": seed * 5, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, cwd=ROOT, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_the_date_in_the_file_is_the_run_of_the_record(drafted: Dossier) -> None:
    small = with_blocks(drafted, words_of("a"), run_at="2031-07-02T09:12:00Z")
    assert pypdfium2.PdfDocument(pdf(small)).get_metadata_dict()["CreationDate"].startswith("D:20310702091200")
    assert pdf(replace(small, run_at="")) == pdf(replace(small, run_at="some day"))


def test_words_of_evidence_are_never_code(drafted: Dossier) -> None:
    pieces = tuple(Piece(v, CODE, target=CODE) for v in Voice if v is not Voice.BREAK)
    line = Line(pieces, echo=True, id=CODE)
    cell = Cell((line,), CODE)
    table = Table(
        CODE, ((), (Piece(Voice.WORDS, CODE),)), (Row(cell, (cell,), role=CODE, id=CODE), Row(cell, group=True)), CODE
    )
    note = replace(drafted.notes[0], place=pieces, said=pieces, before=CODE, quote=CODE, after=CODE, language=CODE)
    hostile = replace(
        with_blocks(
            drafted,
            Paragraph(pieces, 1, CODE),
            Listing(pieces, (line, line), CODE),
            table,
            Opposed(pieces, line, line, pieces),
            Timeline(CODE, CODE, (Bar(CODE, CODE, 100, 20, 0, False),), (Tick(CODE, 100),), 1, False),
        ),
        title=CODE,
        kicker=CODE,
        stamp=CODE,
        running_head=CODE,
        notes=(note,),
    )
    found = words(pdf(hostile))
    assert found.count(squeezed('#panic("x") $x^2$')) >= 40


def test_what_could_reorder_or_end_a_text_is_shown_by_its_code(drafted: Dossier) -> None:
    bad = "a\u202eb\u2067c\x00d\ue000e\ud800f\ufffeg\u0007h"
    found = words(pdf(with_blocks(drafted, Paragraph((Piece(Voice.QUOTE, bad),)))))
    for code in ("U+202E", "U+2067", "U+0000", "U+D800", "U+FFFE", "U+0007"):
        assert f"[{code}]" in found


def test_letters_that_no_font_has_are_shown_by_their_codes(drafted: Dossier) -> None:
    text = "тихо, σιγά, ọ̀rọ̀; 中 \U0001f525 שלום"
    found = words(pdf(with_blocks(drafted, Paragraph((Piece(Voice.QUOTE, text),)))))
    assert "тихо,σιγά," in found
    assert "[U+4E2D][U+1F525][U+05E9]" in found


def test_no_character_of_any_script_stops_the_dossier(drafted: Dossier) -> None:
    chance = random.Random(7)  # noqa: S311  the same floods each time
    every = [chr(c) for c in (*range(0x20, 0xD800), *range(0xE000, 0x10000), *range(0x10000, 0x20000, 3))]
    marks = [c for c in every if unicodedata.category(c)[0] == "M"]
    bases = ["a", "ا", "ل", "д", " ", "[", "\u200d", "\u0640"]
    floods = ["".join([chance.choice(bases), *chance.choices(marks, k=chance.randint(1, 9))]) for _ in range(2000)]
    text = " ".join("".join(every[n : n + 60]) for n in range(0, len(every), 60))
    assert pdf(with_blocks(drafted, words_of(text[:40000]), Paragraph((Piece(Voice.QUOTE, " ".join(floods)),))))


def test_a_flood_of_marks_does_not_cover_other_lines() -> None:
    assert glyphs.printable("a" + "\u0301" * 9) == "a" + "\u0301" * 6 + "[U+0301]" * 3
    assert glyphs.printable("مُحَمَّد") == "مُحَمَّد"


def test_long_words_break_and_keep_their_letters(drafted: Dossier) -> None:
    name = "a_file_name_without_a_space_" * 12
    line = Line((Piece(Voice.FORM, name),))
    narrow = Table("", ((),) * 5, (Row(Cell((line,)), (Cell((line,)),) * 4),), "matrix")
    made = pdf(with_blocks(drafted, narrow))
    assert words(made).count("without") >= 55
    page = pypdfium2.PdfDocument(made)[0]
    text = page.get_textpage()
    assert max(text.get_charbox(n)[2] for n in range(text.count_chars())) < page.get_width() - 40


def test_a_link_to_nowhere_is_words_and_two_places_of_one_id_are_no_error(drafted: Dossier) -> None:
    twice = Line((Piece(Voice.LINK, "gone", target="nowhere"),), id="same")
    made = pdf(
        with_blocks(drafted, Listing((), (twice, twice)), Paragraph((Piece(Voice.LINK, "here", target="same"),)))
    )
    assert words(made).count("gone") == 2
    assert len(re.findall(rb"/Subtype ?/Link", streams(made))) >= 1


def test_notes_and_first_references_lead_to_each_other(drafted: Dossier, made: bytes) -> None:
    inside = streams(made)
    first = [p for run in runs(drafted) for p in run if p.voice is Voice.NOTE and p.first]
    assert len(first) == len(drafted.notes)
    links = len(re.findall(rb"/Subtype ?/Link", inside))
    references = sum(p.voice is Voice.NOTE for run in runs(drafted) for p in run)
    assert links >= references + len(drafted.notes)


def test_heads_of_tables_are_repeated_on_each_page(drafted: Dossier) -> None:
    cell = Cell((Line((Piece(Voice.WORDS, "a cell"),)),))
    rows = tuple(Row(cell, (cell,)) for _ in range(150))
    table = Table("", ((Piece(Voice.WORDS, "Left head"),), (Piece(Voice.WORDS, "Right head"),)), rows, "")
    told = pages(pdf(with_blocks(drafted, table)))
    assert len(told) > 3
    assert all("Left head" in page and "Right head" in page for page in told[1:])
    assert sum(page.count("a cell") for page in told) == 300


def test_a_row_longer_than_a_page_goes_on_on_the_next(drafted: Dossier) -> None:
    lines = tuple(Line((Piece(Voice.WORDS, f"line {n} of many"),)) for n in range(300))
    told = words(pdf(with_blocks(drafted, Table("", ((), ()), (Row(Cell(lines), (Cell(lines),)),), "versions"))))
    assert all(told.count(squeezed(f"line {n} of many")) == 2 for n in range(300))


def test_each_page_has_the_running_head_and_its_number(drafted: Dossier, made: bytes) -> None:
    told = pages(made)
    for n, page in enumerate(told, start=1):
        assert drafted.running_head in page
        assert f"{n} / {len(told)}" in page


def test_printed_words_stand_in_their_note_with_what_they_show(drafted: Dossier) -> None:
    note = replace(drafted.notes[0], picture=Picture(png(300, 40), 300, 40, 2), picture_alt="Page 2 as printed")
    made = pdf(with_blocks(drafted, words_of("a")))
    pictured = pdf(replace(with_blocks(drafted, words_of("a")), notes=(note,)))
    assert b"/Subtype /Image" not in made.replace(b"/Subtype/Image", b"/Subtype /Image")
    assert b"/Subtype /Image" in pictured.replace(b"/Subtype/Image", b"/Subtype /Image")
    assert b"Page 2 as printed" in streams(pictured)


def test_a_broken_picture_is_an_error_that_names_the_next_step(drafted: Dossier) -> None:
    note = replace(drafted.notes[0], picture=Picture(b"not a picture", 10, 10, 1))
    with pytest.raises(NotTypeset) as caught:
        pdf(replace(drafted, notes=(note,)))
    assert "HTML" in caught.value.fix


def test_arabic_words_come_out_in_letters_that_join(drafted: Dossier) -> None:
    """Joined letters are other glyphs than those that stand alone, so the line is shorter than its letters apart."""
    word = "اللواء التاسع"
    apart = "\u200c".join(word)
    long, short = (width(pdf(with_blocks(drafted, Paragraph((Piece(Voice.FORM, w, "ar"),))))) for w in (apart, word))
    assert short < 0.9 * long


def width(made: bytes) -> float:
    """How wide the Arabic letters of the file stand, in points."""
    document = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage() for page in document]
    arabic = [
        (t, n) for t in texts for n in range(t.count_chars()) if "\u0600" <= t.get_text_range(n, 1)[:1] <= "\u06ff"
    ]
    boxes = [t.get_charbox(n) for t, n in arabic]
    return float(max(b[2] for b in boxes) - min(b[0] for b in boxes))


def test_a_dossier_in_arabic_runs_from_right_to_left() -> None:
    made = pdf(dossier.draft(kheldoun(), "ar"))
    page = pypdfium2.PdfDocument(made)[0]
    text = page.get_textpage()
    assert re.search(rb"/Lang ?\(ar", streams(made))
    # The first words of the page, the running head, end at the right margin and not at the left.
    assert max(text.get_charbox(n)[2] for n in range(20)) > page.get_width() - 80


@pytest.mark.needs("pdftotext")
def test_another_reader_finds_the_same_words(drafted: Dossier, made: bytes, tmp_path: Path) -> None:
    (tmp_path / "d.pdf").write_bytes(made)
    done = subprocess.run(["pdftotext", str(tmp_path / "d.pdf"), "-"], capture_output=True, check=True)
    told = squeezed(done.stdout.decode("utf-8"))
    quotes = [n.quote for n in drafted.notes if n.language == "en"]
    assert quotes
    assert all(squeezed(word) in told for quote in quotes for word in quote.split())


def test_an_empty_case_gives_a_file() -> None:
    assert pages(pdf(dossier.draft(empty())))


@pytest.mark.slow
def test_a_case_of_hundreds_of_claims_has_all_its_notes() -> None:
    drafted = dossier.draft(many(500))
    assert len(drafted.notes) >= 500
    told = words(pdf(drafted))
    assert [n.number for n in drafted.notes if squeezed(n.remarks[0].pieces[1].text) not in told] == []


def png(width: int, height: int) -> bytes:
    """A white picture."""
    rows = (b"\0" + b"\xff" * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
