"""Plain text: the bytes decoded, nothing changed; what is no text is unread, with its reason."""

# ruff: noqa: E501 (texts in tables stand on one line)

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probanda.kernel.digests import words_digest
from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, recognise
from probanda.reading.formats.html import extract as extract_html
from probanda.reading.making import text_of as make
from probanda.reading.model import Text, Unread
from tests.reading.making_texts import read_bytes, text_of

ARABIC = "قال المجلس إن القذائف أصابت السوق في المدينة القديمة وقتلت تسعة أشخاص"


@pytest.mark.parametrize(
    "words",
    [
        "\ufeffA mark stays.\r\nAnd so do lines.\r\n",
        "tabs\tand trailing space  \n\n\n",
        "decomposed e\u0301 and composed \u00e9",
        "one NUL\x00 inside a long enough line of words, which is odd but still text " * 3,
        "كلمات \u200fبعلامات\u200e اتجاه",
        "\U0001f4a5 astral",
        "A short text may end in a quotation mark. " + "“Nobody came to help us.”\n",
        "Nobody came to help us, said the miller’s widow at the well of Sella: “not one of them”",
    ],
)
def test_the_text_is_the_bytes_decoded_with_nothing_changed(tmp_path: Path, words: str) -> None:
    text = text_of(tmp_path, words)
    assert text.words == words
    assert text.digest == words_digest(words)
    assert text.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        ("Orvane est tombée".encode("utf-16"), "utf-16-le", "\ufeffOrvane est tombée"),
        (b"\xfe\xff" + "Orvane".encode("utf-16-be"), "utf-16-be", "\ufeffOrvane"),
        ("Orvane fell at dawn".encode("utf-16-le"), "utf-16-le", "Orvane fell at dawn"),
        (ARABIC.encode("cp1256"), "cp1256", ARABIC),
        ("Совет сообщил, что снаряды попали в рынок".encode("cp1251"), "cp1251", None),
        ("L’armée a démenti la tuerie de l'été".encode("cp1252"), "cp1252", "L’armée a démenti la tuerie de l'été"),
        (b"caf\xe9 \x81 and more, so that one odd byte is rare." + b" More words." * 9, "latin-1", None),
    ],
)
def test_other_encodings_are_told_by_stated_rules(
    tmp_path: Path, data: bytes, encoding: str, words: str | None
) -> None:
    text = text_of(tmp_path, data)
    assert text.encoding == encoding
    assert text.encoding_reason
    assert words is None or text.words == words


def test_a_damaged_utf8_text_is_shown_with_signs_where_it_is_faulty(tmp_path: Path) -> None:
    text = text_of(tmp_path, (ARABIC * 3).encode() + b"\xff" + ARABIC.encode())
    assert text.encoding == "utf-8"
    assert text.words.count("\ufffd") == 1
    assert "faulty" in text.encoding_reason


def test_a_short_text_that_ends_on_a_closing_quotation_mark_is_text(tmp_path: Path) -> None:
    words = "“The village was the target of an attack”, the mission announced on Tuesday; those who lived “fled”."
    for text in (words, words + "\n", words + "\r\n"):
        assert text_of(tmp_path, text.encode()).words == text


def test_random_bytes_named_txt_are_not_text(tmp_path: Path) -> None:
    (unread,) = read_bytes(tmp_path, random.Random(7).randbytes(5000), "report.txt")  # noqa: S311 (a fixed sample)
    assert isinstance(unread, Unread)
    assert "not text" in unread.reason
    assert unread.fix


def test_zero_bytes_have_a_reason_of_their_own(tmp_path: Path) -> None:
    (unread,) = read_bytes(tmp_path, b"")
    assert isinstance(unread, Unread)
    assert "empty" in unread.reason


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7\n...", "PDF"), (b"\x89PNG\r\n\x1a\n0", "PNG"), (b"PK\x03\x04xx", "ZIP")]
)
def test_known_kinds_are_named_whatever_the_file_is_called(tmp_path: Path, data: bytes, kind: str) -> None:
    (unread,) = read_bytes(tmp_path, data, "notes.txt")
    assert isinstance(unread, Unread)
    assert kind in unread.reason


def test_a_missing_file_is_unread_not_an_error(tmp_path: Path) -> None:
    from probanda.reading import read

    (unread,) = read(tmp_path / "gone", "d" * 64, "gone.txt")
    assert isinstance(unread, Unread)


PIECES = st.sampled_from(
    ["The army denied it. ", "word ", "\n", "\n\n", "\r\n", "   ", "Check also\n", "[1]", "“", "”", ".", "…", "é", "\ufeff", "\x00",
     "A | B | C\n", "-----\n", "Q: why?\n", "12:30 - Sam: hi\n", "3 May 2031\n", "ORVANE, 3 May 31 (KNA) -- ", "\u2028", "\x85", "ك"]
)  # fmt: skip


def check(text: Text) -> None:
    """What must hold of every text."""
    last = 0
    for number, passage in enumerate(text.passages, 1):
        words = text.words[passage.start : passage.end]
        assert last <= passage.start < passage.end <= len(text.words)
        assert words == words.strip()
        assert text.words[last : passage.start].strip().strip("\ufeff") == ""
        assert passage.paragraph == number
        last = passage.end
    assert text.words[last:].strip().strip("\ufeff") == ""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40))
def test_passages_are_in_order_trimmed_and_leave_only_white_space_out(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    if not data:
        return
    try:
        extracted = recognise(data, "x.txt").extract(data)
    except CannotRead:
        return
    text = make("d" * 64, extracted)
    check(text)
    for run in text.runs:
        assert data[run.byte_start : run.byte_end].decode(text.encoding) == text.words[run.start : run.end]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_raise_anything_but_cannot_read(data: bytes) -> None:
    for extract in (
        extract_html,
        lambda d: recognise(d, "a.txt").extract(d),
        lambda d: recognise(d, "a.html").extract(d),
    ):
        try:
            text = make("d" * 64, extract(data))
        except CannotRead as reason:
            assert reason.fix
        else:
            check(text)


def test_judging_block_by_block_is_judging_the_whole() -> None:
    from probanda.reading.encodings import Tally

    data = (ARABIC * 5).encode("cp1256")
    tally = Tally()
    for at in range(0, len(data), 7):
        tally.add(data[at : at + 7])
    tally.add(b"", last=True)
    assert tally.decide().name == judge(data).name == "cp1256"
