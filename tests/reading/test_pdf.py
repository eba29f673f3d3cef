"""PDF: the words with page and box, what is furniture, what is a scan, and nothing lost without a word."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Frame, Member
from probanda.reading.formats import pdf as reader
from probanda.reading.formats.pdf import FORMAT, extract, extract_file, members, recognise
from probanda.reading.formats.pdf_layout import laid_out
from probanda.reading.formats.pdf_letters import Letter, Line, line_of
from probanda.reading.formats.pdf_pages import draw
from probanda.reading.making import text_of
from probanda.reading.passages import paragraphs
from tests.reading.making_pdfs import (
    ARABIC,
    DENIAL,
    FULL_PICTURE,
    STORY,
    assembled,
    bare,
    carrying,
    locked,
    picture_object,
    said,
    scanned,
    typeset,
)


def paragraphs_of(found: Extracted) -> list[str]:
    return [span.of(found.words) for span in paragraphs(found.words)]


def furniture_of(found: Extracted) -> list[str]:
    return [found.words[m.start : m.end] for m in found.marks if m.role is PassageRole.FURNITURE]


def headings_of(found: Extracted) -> list[str]:
    return [found.words[m.start : m.end] for m in found.marks if m.role is PassageRole.HEADING]


def places_of(found: Extracted, words: str) -> list[tuple[int | None, tuple[int, int, int, int] | None]]:
    """Page and box of each line that holds some of these words."""
    start = found.words.index(words)
    end = start + len(words)
    return [(p.locator.page, p.locator.box) for p in found.located if p.start < end and p.end > start]


def members_of(data: bytes) -> Iterator[Member]:
    for member in members(io.BytesIO(data)):
        assert isinstance(member, Member)
        yield member


# Words and paragraphs ----------------------------------------------------------------------------


def test_a_pdf_is_known_by_its_signature_also_behind_other_lines() -> None:
    assert recognise(b"%PDF-1.7\n", "anything.txt")
    assert recognise(b"sent by a scanner\n" * 20 + b"%PDF-1.4", "x")
    assert not recognise(b"x" * 1024 + b"%PDF-1.4", "x.pdf")


@pytest.mark.parametrize("justify", ["true", "false"])
def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_parted(justify: str) -> None:
    found = extract(typeset(f"#set par(justify: {justify})\n{STORY}\n\n{DENIAL}\n\n{STORY}"))
    assert paragraphs_of(found) == [STORY, DENIAL, STORY]


def test_a_paragraph_is_also_told_by_an_indent() -> None:
    found = extract(typeset(f"#set par(first-line-indent: 1.5em, spacing: 0.65em)\n{STORY}\n\n{DENIAL}\n\n{STORY}"))
    assert paragraphs_of(found) == [STORY, DENIAL, STORY]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on_in_the_next() -> None:
    body = f"#columns(2)[{STORY}\n\n{DENIAL}\n\n{STORY}\n\n{DENIAL}]"
    found = extract(typeset(body, page="width: 420pt, height: 300pt"))
    assert paragraphs_of(found) == [STORY, DENIAL, STORY, DENIAL]


def test_a_word_divided_at_the_end_of_a_line_is_joined() -> None:
    found = extract(typeset(STORY, page="width: 170pt, height: 600pt", text='hyphenate: true, lang: "en"'))
    assert paragraphs_of(found) == [STORY]


def test_a_hyphen_of_the_word_itself_stays_at_the_end_of_a_line() -> None:
    lines = [
        "The brigade of Marshal Idris al-",
        "Shammaq was said to have given ill-",
        "treatment to prisoners, and the pris-",
        "oners spoke of ill-treatment on the way.",
    ]
    page = b"".join(said(line, y=700 - 14 * n) for n, line in enumerate(lines))
    assert paragraphs_of(extract(bare([page]))) == [
        "The brigade of Marshal Idris al-Shammaq was said to have given ill-treatment to prisoners, and the prisoners "
        "spoke of ill-treatment on the way."
    ]


def test_rows_of_a_table_stand_alone_with_tabs_between_wide_cells() -> None:
    table = "#table(columns: (120pt, 90pt, 120pt), [Town], [Killed], [Source], [Rasmina], [44], [Saint Orla])"
    assert paragraphs_of(extract(typeset(table))) == ["Town\tKilled\tSource", "Rasmina\t44\tSaint Orla"]


def test_larger_letters_make_a_heading_and_a_title_from_the_marks_must_be_seen() -> None:
    body = f'#set document(title: "{{}}")\n= Shells hit the market\n{STORY}\n\n{DENIAL}'
    seen = extract(typeset(body.replace("{}", "Shells hit the market")))
    assert headings_of(seen) == ["Shells hit the market"]
    assert seen.title == "Shells hit the market"
    template = extract(typeset(body.replace("{}", "Form 12 of the editors")))
    assert template.title is None
    assert text_of("d", template).title == "Shells hit the market"


def test_the_date_of_the_file_is_no_date_of_the_text() -> None:
    found = extract(typeset(f"#set document(date: datetime(year: 2030, month: 1, day: 2))\n{STORY}"))
    assert found.published == ()
    assert text_of("d", found).dated is None


# Furniture ---------------------------------------------------------------------------------------

_RUNNING = (
    "width: 420pt, height: 185pt, header: [The Delma Record #h(1fr) no. 7], "
    "footer: context align(center, counter(page).display())"
)


def test_running_heads_and_page_numbers_are_furniture_and_the_paragraph_goes_on_over_the_page() -> None:
    towns = ["Rasmina", "Beni Harun", "Qasr Delma", "Orvane"]
    told = [f"{town}: {story}" for town, story in zip(towns, [STORY, DENIAL, STORY[60:], DENIAL[40:]], strict=True)]
    found = extract(typeset("\n\n".join(told), page=_RUNNING))
    furniture = furniture_of(found)
    pages = max(p.locator.page or 0 for p in found.located)
    assert pages >= 3
    assert furniture.count("The Delma Record\tno. 7") == pages
    assert [one for one in furniture if one.isdigit()] == [str(n + 1) for n in range(pages)]
    assert [one for one in paragraphs_of(found) if one not in furniture] == told


def test_words_that_stand_at_the_head_of_two_pages_only_are_no_furniture() -> None:
    pages = [said("The Delma Record", y=800) + said(f"Report {n} of the harbour council") for n in "ab"]
    assert furniture_of(extract(bare(pages))) == []
    pages.append(pages[0])
    assert furniture_of(extract(bare(pages))) == ["The Delma Record"] * 3


def test_a_lone_number_is_furniture_only_where_it_is_the_number_of_the_page() -> None:
    one = bare([said("The dead of the market:", y=700) + said("44", y=600)])
    assert furniture_of(extract(one)) == []
    assert furniture_of(extract(one.replace(b"(44)", b"(1) "))) == ["1"]


# Places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "box"),
    # The page shown is 250 x 200 points (CropBox); the words begin 22 points from its left and 100 from its lower edge.
    [(0, (22, 100)), (90, (100, 22)), (180, (250 - 22, 200 - 100)), (270, (200 - 100, 250 - 22))],
)
def test_boxes_are_measured_on_the_page_as_shown(turn: int, box: tuple[int, int]) -> None:
    found = extract(bare([said("Hello Rasmina")], more=f"/Rotate {turn} /CropBox [50 600 300 800]"))
    ((page, around),) = places_of(found, "Hello Rasmina")
    assert page == 1 and around is not None
    assert around[0] - 4 <= box[0] <= around[2] + 4
    assert around[1] - 4 <= box[1] <= around[3] + 4


def test_each_line_has_its_page_and_box_and_the_drawn_box_lies_on_the_ink() -> None:
    from PIL import Image

    data = bare([said("First page"), said("Shells struck", x=100, y=500)])
    ((page, box),) = places_of(extract(data), "Shells struck")
    assert page == 2 and box is not None
    ink = Image.open(io.BytesIO(draw(io.BytesIO(data), Frame(2, box, (), 144))))
    whole = Image.open(io.BytesIO(draw(io.BytesIO(data), Frame(2, None, (), 144))))
    assert _dark(ink) == _dark(whole) > 100  # all that is printed on the page lies inside the box


def _dark(picture: object) -> int:
    histogram: list[int] = picture.convert("L").histogram()  # type: ignore[attr-defined]
    return sum(histogram[:100])


# Right to left -----------------------------------------------------------------------------------


def test_arabic_is_read_in_order_with_its_numbers_and_latin_names() -> None:
    words = f"{ARABIC} وأضاف أن لواء نصر (Nasr Brigade) دخل المدينة."
    found = extract(typeset(words, text='lang: "ar", size: 11pt'))
    assert found.words == words
    assert found.machine is not None and "page 1: right-to-left letters" in found.machine


def test_a_latin_line_with_an_arabic_name_keeps_its_order_on_an_arabic_page() -> None:
    latin = "The name of the captain is written Yusuf Landar (يوسف لندر) in the book of the port."
    found = extract(typeset(f'{ARABIC}\n\n#text(lang: "en", dir: ltr)[{latin}]', text='lang: "ar", size: 9pt'))
    assert paragraphs_of(found) == [ARABIC, latin]


def test_a_latin_document_that_asks_for_right_to_left_pages_keeps_its_order() -> None:
    catalogue = "/ViewerPreferences << /Direction /R2L >>"
    assert extract(bare([said("The Delma Record, no. 3")], catalogue=catalogue)).words == "The Delma Record, no. 3"


def _painted(drawn: str, width: float = 6.0) -> list[Letter]:
    """Letters as they are seen from left to right."""
    return [Letter(c, n * width, 10, (n + 1) * width, 20) for n, c in enumerate(drawn) if c != " "]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("ملس 12 اب", "با 12 سلم"),
        ("ملس 1,044 31 اب", "با 31 1,044 سلم"),
        ("اب (Nasr 5 Bn) ملس ءاول", "لواء سلم (Nasr 5 Bn) با"),
        ("Hill 40 اب سل (Qasr)", "Hill 40 لس با (Qasr)"),
    ],
)
def test_a_right_to_left_line_is_put_together_from_what_is_seen(seen: str, meant: str) -> None:
    for letters in (_painted(seen), _painted(seen)[::-1]):
        line = line_of(letters, 1, 10)
        assert line is not None and line.words == meant


def test_the_dots_of_a_letter_stored_as_a_second_letter_count_once() -> None:
    letters = [*_painted("باب"), Letter("ب", 14, 20, 15, 22)]
    line = line_of(letters, 1, 10)
    assert line is not None and line.words == "باب"


# Scans, layers and what cannot be read -----------------------------------------------------------


def test_a_scan_is_named_with_its_pages_and_listed_for_ocr() -> None:
    with pytest.raises(CannotRead) as caught:
        extract(scanned(3))
    assert caught.value.reason == "It is a scan of 3 pages: its pages are pictures, without a text layer."
    assert "Listed for OCR" in caught.value.fix


def test_a_scan_of_one_page_is_spoken_of_as_one() -> None:
    with pytest.raises(CannotRead, match="It is a scan of one page: the page is a picture, without a text layer"):
        extract(scanned(1))


def test_scanned_pages_among_others_are_remarked_and_blank_ones_are_not() -> None:
    pages = [said("Words of the first page"), FULL_PICTURE, FULL_PICTURE, b"", FULL_PICTURE + said("Seen 3/5")]
    found = extract(bare(pages, extra=[picture_object()]))
    assert [r.what for r in found.remarks] == ["pages 2 to 3", "page 5"]
    assert found.remarks[1].reason == "It is a picture of a page: no text layer."
    assert "Seen 3/5" in found.words


def test_an_invisible_layer_over_a_picture_is_read_and_called_ocr() -> None:
    layer = FULL_PICTURE + said("The order was given by the commander of the brigade.", mode=3)
    found = extract(bare([layer], extra=[picture_object()]))
    assert found.words == "The order was given by the commander of the brigade."
    assert found.machine is not None and "text recognition (OCR) of unknown origin" in found.machine


def test_every_pdf_text_is_machine_text() -> None:
    found = extract(bare([said("Plain words")]))
    assert found.machine is not None and "the picture of the page decides" in found.machine
    assert "OCR" not in found.machine and "right-to-left" not in found.machine


def test_what_is_filled_into_a_form_is_read() -> None:
    widget = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /Rect [150 690 300 715] /AP << /N 5 0 R >> >>"
    shown = b"BT /F1 12 Tf 1 0 0 1 2 8 Tm (Salim Ghadwan) Tj ET"
    look = b"<< /Type /XObject /Subtype /Form /BBox [0 0 150 25] /Resources << /Font << /F1 3 0 R >> >> /Length "
    look += b"%d >>\nstream\n%s\nendstream" % (len(shown), shown)
    fields = "/AcroForm << /Fields [4 0 R] >>"
    found = extract(bare([said("Name:")], extra=[widget, look], more="/Annots [4 0 R]", catalogue=fields))
    assert "Salim Ghadwan" in found.words


def test_letters_without_meaning_are_shown_and_counted_and_no_nul_survives() -> None:
    found = extract(bare([b"BT /F1 12 Tf 72 700 Td <41420043> Tj ET"]))
    assert found.words == "AB\ufffdC"
    assert found.machine is not None and "one letter has no known meaning" in found.machine


@pytest.mark.parametrize(
    ("data", "said_of_it"),
    [
        (locked, "locked with a password"),
        (lambda: b"%PDF-1.7 " + b"x" * 5000, "broken"),
        (lambda: bare([said("Hello")])[:300], "broken"),
        (lambda: bare([b"", b""]), "neither words nor pictures"),
        (lambda: assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), "PDF"),
        (
            lambda: assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"]),
            "broken",
        ),
    ],
    ids=["locked", "garbage", "cut short", "blank", "no pages", "pages within themselves"],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: Callable[[], bytes], said_of_it: str) -> None:
    with pytest.raises(CannotRead) as caught:
        extract(data())
    assert said_of_it in caught.value.reason
    assert caught.value.fix.startswith("It is kept and registered.")


def test_a_pdf_without_its_table_of_places_is_still_read() -> None:
    broken = bare([said("Hello Rasmina")]).replace(b"startxref", b"startxxxx").replace(b"xref\n0", b"xxxx\n0")
    assert extract(broken).words == "Hello Rasmina"


def test_a_pdf_that_breaks_off_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = bare([said("Hello Rasmina")])
    found = extract(whole.replace(b"%%EOF", b""))
    assert found.words == "Hello Rasmina"
    assert [r.what for r in found.remarks] == ["the end of the file"]
    assert extract(whole).remarks == ()


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_LETTERS", "MOST_SECONDS"])
def test_reading_ends_at_its_limits_and_names_the_pages_left(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bare([said(f"Words of page {name}") for name in "abcd"])
    monkeypatch.setattr(reader, limit, {"MOST_PAGES": 2, "MOST_LETTERS": 20, "MOST_SECONDS": -1.0}[limit])
    if limit == "MOST_SECONDS":
        with pytest.raises(CannotRead):
            extract(data)
        return
    found = extract(data)
    assert "page b" in found.words and "page c" not in found.words
    assert [r.what for r in found.remarks] == ["pages 3 to 4"]
    assert "behind page 2 of 4" in found.remarks[0].reason


def test_a_million_pages_end_within_the_limits() -> None:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 /MediaBox [0 0 100 100] >>"
    data = assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, b"<< /Type /Page /Parent 2 0 R >>"])
    with pytest.raises(CannotRead):
        extract(data)


def test_a_large_pdf_opened_anew_now_and_then_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bare([said(f"Words of page {name}") for name in "abcdefg"])
    whole = extract(data)
    monkeypatch.setattr(reader, "LARGE", len(data) // 3)
    assert extract_file(io.BytesIO(data)) == whole


def test_the_same_bytes_give_the_same_words() -> None:
    data = typeset("\n\n".join([STORY, DENIAL, ARABIC]), page=_RUNNING)
    assert extract(data) == extract(data)


# Files within ------------------------------------------------------------------------------------


def test_files_that_a_pdf_carries_are_counted_and_taken_out_under_their_written_names() -> None:
    data = carrying("../list of dead.csv", b"name,town\nHanne Ostrel,Rasmina\n")
    assert extract(data).holds == 1
    members = members_of(data)
    member = next(members)
    assert member.name == "../list of dead.csv"
    assert b"".join(member.blocks) == b"name,town\nHanne Ostrel,Rasmina\n"


def test_a_pdf_without_words_that_carries_a_file_is_not_given_up() -> None:
    found = extract(carrying("list.csv", b"x").replace(b"(See the attached list.) Tj", b" " * 27))
    assert (found.words, found.holds) == ("", 1)
    assert text_of("d", found).passages == ()


def test_the_bytes_of_a_member_are_not_read_from_a_closed_file() -> None:
    (member,) = list(members_of(carrying("list.csv", b"x")))
    with pytest.raises(ValueError, match="drawn before"):
        list(member.blocks)


def test_an_attachment_too_large_is_given_up_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST_MEMBER", 10)
    members = members_of(carrying("list.csv", b"x" * 11))
    member = next(members)
    with pytest.raises(CannotRead):
        list(member.blocks)


# Pictures of pages -------------------------------------------------------------------------------


def test_a_drawn_page_is_the_same_picture_each_time_and_marks_are_tinted() -> None:
    from PIL import Image

    data = bare([said("Hello Rasmina")])
    plain = draw(io.BytesIO(data), Frame(1))
    assert plain == draw(io.BytesIO(data), Frame(1))
    picture = Image.open(io.BytesIO(plain))
    assert picture.mode == "L"
    assert abs(picture.width - 595 * 110 / 72) <= 2 and abs(picture.height - 842 * 110 / 72) <= 2
    marked = Image.open(io.BytesIO(draw(io.BytesIO(data), Frame(1, None, ((72, 130, 151, 145),), 72))))
    red, _, blue = marked.getpixel((150, 143))  # type: ignore[misc]
    assert blue < red
    assert marked.getpixel((300, 600)) == (255, 255, 255)


def test_a_piece_is_drawn_at_the_dots_asked_for() -> None:
    from PIL import Image

    piece = draw(io.BytesIO(bare([said("Hello")])), Frame(1, (50, 100, 250, 200), (), 144))
    assert Image.open(io.BytesIO(piece)).size == (400, 200)


@pytest.mark.parametrize("box", ["[0 0 1000000 1000000]", "[0 0 14400 2]", "[0 0 0.1 0.1]", "[0 0 0 0]"])
def test_no_page_is_drawn_larger_than_its_bound(box: str) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(draw(io.BytesIO(bare([said("Hello")], box=box)), Frame(1, None, (), 600))))
    assert max(picture.size) <= 4000


def test_a_page_that_is_not_there_cannot_be_drawn() -> None:
    with pytest.raises(CannotRead):
        draw(io.BytesIO(bare([said("Hello")])), Frame(2))


# The layout alone --------------------------------------------------------------------------------


def test_a_short_line_with_a_capital_after_it_ends_its_paragraph() -> None:
    def line(words: str, number: int, right: float) -> Line:
        return Line(words, (50, 14.0 * number, right, 14.0 * number + 12), 14.0 * number + 9, 12, 40)

    lines = [
        line("The Delma Record", 1, 150),
        line("9 May 2031", 2, 110),
        line("Shells struck the harbour quarter, the mayor of", 3, 400),
        line("Rasmina said.", 4, 120),
    ]
    assert laid_out([lines]).words.split("\n\n") == [
        "The Delma Record",
        "9 May 2031",
        "Shells struck the harbour quarter, the mayor of Rasmina said.",
    ]


def test_the_manifest_names_the_format() -> None:
    assert FORMAT.media_types == ("application/pdf",)
    assert FORMAT.suffixes == (".pdf",)
