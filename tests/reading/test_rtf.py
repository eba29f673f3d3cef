r"""Rich Text: signs of any code page, nothing of the layout, notes and comments in their place, and no harm."""

from __future__ import annotations

import random
import time

import pytest

from probanda.reading.formats import CannotRead
from probanda.reading.formats.rtf import extract, recognise
from tests.reading.making_documents import paragraphs_of, reasons_of, roles_of

LONG = "Engineers of Marsafa counted forty damaged houses in the harbour quarter, and the clinic took in nine people."
FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Carlito;}{\f1\fnil\fcharset178 Amiri;}{\f2\fnil\fcharset204 Tinos;}}"
SHEET = (
    r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2\sbasedon1 Part;}{\s3 caption;}{\s4 Title;}"
    r"{\s5\sbasedon5 Round;}{\*\cs1 Strong;}}"
)


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    return (r"{\rtf1" + head + r"\deff0" + FONTS + SHEET + "\n" + body + "}").encode("latin-1")


def words(body: str, head: str = r"\ansi\ansicpg1252") -> str:
    return extract(rtf(body, head)).words


@pytest.mark.parametrize(
    ("body", "head", "read"),
    [
        (r"caf\'e9", r"\ansi\ansicpg1252", "café"),
        (r"\'e3\'ed\'e4\'c7\'c1", r"\ansi\ansicpg1256", "ميناء"),
        (r"{\f1 \'e3\'ed\'e4\'c7\'c1} caf\'e9", r"\ansi\ansicpg1252", "ميناء café"),
        (r"{\f2 \'cf\'ee\'f0\'f2}", r"\ansi\ansicpg1252", "Порт"),
        (r"\u1605?\u1610?\u1606\'3f\u1575 ?\u1569?", r"\ansi\ansicpg1252", "ميناء"),
        (r"\uc0\u1605\u1610 \u1606  on", r"\ansi\ansicpg1252", "مين on"),
        (r"{\uc2\u21475\'8c\'fb} on", r"\ansi\ansicpg932", "口 on"),
        (r"\'8c\'fb", r"\ansi\ansicpg932", "口"),
        (r"\u-10179?\u-8704?", r"\ansi\ansicpg1252", "😀"),
        (r"\u8217\rquote s", r"\ansi\ansicpg1252", "’s"),
        (r"a\~b\_c\-d \{e\}\\ \emdash\ldblquote f\rdblquote", r"\ansi", "a\u00a0b\u2011c\u00add {e}\\ —“f”"),
        ("caf\xe9", r"\ansi\ansicpg1252", "café"),
        (r"\u55357? alone", r"\ansi", "alone"),
    ],
)
def test_signs_of_code_pages_and_numbers_are_read(body: str, head: str, read: str) -> None:
    assert words(body, head) == read


def test_paragraphs_stand_alone_and_line_ends_of_the_file_are_none() -> None:
    lines = [f"and the {n} guards of the second post went on along the dry river bed without" for n in range(9)]
    body = r"\par ".join(line.replace(" ", " \r\n", 1) for line in lines)
    assert paragraphs_of(extract(rtf(body))) == lines


def test_cells_are_paragraphs_and_rows_are_blocks() -> None:
    row = r"\trowd\cellx100\cellx200\intbl Idris Malak\cell the ferry\cell\row"
    assert words(rf"x\par{row}{row}\pard y") == ("x\n\n\nIdris Malak\n\nthe ferry\n\n\nIdris Malak\n\nthe ferry\n\n\ny")


def test_styles_and_outline_levels_give_roles() -> None:
    body = (
        rf"\pard\s4 Shells on Wadi Hara\par\pard\s2 What was seen\par\pard {LONG}\par"
        r"\pard\outlinelevel1 It went on.\par\pard\s3 Smoke over the harbour.\par\pard\s5 It ended there.\par"
    )
    found = extract(rtf(body))
    assert [role for role, _ in roles_of(found)] == ["heading", "heading", "body", "heading", "caption", "body"]
    assert found.title == "Shells on Wadi Hara"


def test_notes_comments_headers_and_boxes_have_their_place() -> None:
    body = (
        r"{\header\pard Marsafa Relief\par}{\footerl Harbour office\par}"
        rf"{LONG}{{\super\chftn{{\footnote\pard \chftn Told by a ferryman.}}}} So they said."
        r"{\*\atnid RT}{\*\atnauthor R. Tamer}{\*\annotation{\*\atndate 1}\pard Ask again.}"
        r"{\shp{\*\shpinst{\sp{\sn fill}{\sv 3}}{\shptxt\pard In the box.\par}}"
        r"{\shprslt{\*\do{\dptxbxtext In the box.\par}}}}"
        r"\par The end came at noon.\par"
    )
    found = extract(rtf(body))
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
    names = r"{\*\revtbl{Unknown;}{T. Sahl;}}"
    found = extract(rtf(names + r"The colonel {\deleted\revauthdel1 ord\u101 ered}{\revised knew of} the raid."))
    assert found.words == "The colonel knew of the raid."
    (remark,) = found.remarks
    assert remark.reason.startswith("1 stretch") and "T. Sahl" in remark.reason


def test_hidden_text_is_read_and_said_to_be_hidden() -> None:
    found = extract(rtf(rf"{{\v {LONG}\par}}Nobody in the whole quarter was told. {{\v But one.}}"))
    assert [role for role, _ in roles_of(found)] == ["furniture", "body"]
    assert "But one." in found.remarks[0].reason


def test_of_fields_the_result_is_read_and_the_instruction_is_not() -> None:
    body = r'{\field{\*\fldinst{HYPERLINK "http://x.example/"}}{\fldrslt{\ul the report}}} of May'
    assert words(body) == "the report of May"


def test_unicode_alternatives_and_unknown_destinations_are_read_once_or_not_at_all() -> None:
    assert words(r"{\upr{a?}{\*\ud{a\u1605?}}}{\*\zanzara zanzara}{\listtext 1.\tab}b{\xe zanzara}") == "aمb"


def test_the_title_in_the_properties_serves_where_no_paragraph_is_one() -> None:
    found = extract(rtf(rf"{{\info{{\title Report on Wadi Hara}}{{\author T. Sahl}}}}{LONG}"))
    assert (found.title, found.words) == ("Report on Wadi Hara", LONG)


def test_pictures_and_objects_are_passed_over_and_counted() -> None:
    body = (
        r"before {\pict\pngblip 89504e47}{\*\shppict{\pict 00}}{\pict\bin5 {{{}}}"
        r"{\object{\*\objdata 0105}{\result shown}} after"
    )
    found = extract(rtf(body))
    assert "before" in found.words and "shown after" in found.words and "8950" not in found.words
    assert found.remarks[0].reason.startswith("It holds 3 pictures and 1 embedded object,")


# Harm -------------------------------------------------------------------------------------------


def test_endless_groups_are_refused_in_time() -> None:
    before = time.process_time()
    with pytest.raises(CannotRead, match="inside one another"):
        extract(b"{\\rtf1 " + b"{" * 100_000 + b"}" * 100_000)
    extract(b"{\\rtf1 words" + b"{\\field{\\*\\fldinst{" * 3_000 + b"HYPERLINK " * 20_000)
    assert time.process_time() - before < 4


def test_a_file_cut_short_is_read_as_far_as_it_goes_and_says_so() -> None:
    found = extract(rtf(rf"{LONG}\par It ended{{\b there")[:-1])
    assert "It ended" in found.words
    assert found.remarks[-1].what == "the end of the document"
    with pytest.raises(CannotRead, match="breaks off"):
        extract(b"{\\rtf1\\ansi")


def test_bytes_behind_the_end_are_named() -> None:
    found = extract(rtf(LONG) + b"zanzara" * 9)
    assert found.words == LONG
    assert found.remarks[0].what == "bytes behind the end of the document" and "63" in found.remarks[0].reason


@pytest.mark.parametrize(
    "body", [r"\bin99999999999 x", r"\bin-5 x", r"\u99999999 ?x", r"\ansicpg99999 x", r"}}}} x", "\\"]
)
def test_made_up_numbers_and_braces_do_no_harm(body: str) -> None:
    extract(rtf("words " + body))


def test_any_flipped_byte_gives_words_or_a_reason() -> None:
    body = (
        rf"{{\header h\par}}{LONG}{{\footnote n}}{{\*\annotation c}}\trowd a\cell\row{{\shptxt b}}\u1605?{{\deleted d}}"
    )
    whole, chance = rtf(body), random.Random(5)  # noqa: S311
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] = chance.choice(b"{}\\'u1 \xff")
        try:
            extract(bytes(data))
        except CannotRead as fault:
            assert fault.fix


@pytest.mark.parametrize(
    ("head", "is_rtf"), [(b"{\\rtf1\\ansi", True), (b"\xef\xbb\xbf{\\rtf1", True), (b"{rtf", False)]
)
def test_rich_text_is_known_by_its_first_bytes(head: bytes, is_rtf: bool) -> None:
    assert recognise(head, "x.txt") is is_rtf
