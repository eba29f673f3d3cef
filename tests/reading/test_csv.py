"""CSV tables: told from prose, every cell a paragraph with its name, and every word found in the bytes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import HEAD, CannotRead
from probanda.reading.formats import cells as cells_module
from probanda.reading.formats.csv_table import FORMAT, delimiter_of, extract, fields_of, rows_of
from probanda.reading.locating import locator_of
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.reading.making_texts import text_of as read_text

LOG = (
    "Date,Place,What happened,Notes\n"
    '2031-05-03,Orvane,"Shells struck the harbour quarter, and the clinic counted ""nine"" dead.",seen\n'
    "2031-05-04,Tamrit,The Northern Brigade took two teachers from the school.,heard\n"
)
PROSE = [
    "Shells fell on Orvane, Tamrit, and the mill, said the council.\n" * 6,
    "The council, which met at noon, agreed.\nThe brigade, which left, denied it.\nThe clinic, which stood, closed.\n",
    "Name, place, date\nAnwar, Orvane, 3 May\nIdris, Tamrit, 4 May\nSamir, Orvane, 5 May\n",
    '{"id": 1, "place": "Orvane"}\n{"id": 2, "place": "Tamrit"}\n{"id": 3, "place": "Orvane"}\n',
    "| Date | Place |\n|------|-------|\n| 3 May | Orvane |\n| 4 May | Tamrit |\n",
    "Dear Ana,\n\nI write from Tamrit, where we are well,\nand hope that you are,\nSamir\n",
]


def made(data: str | bytes) -> Text:
    return text_of("d" * 64, extract(data.encode() if isinstance(data, str) else data))


def named(text: Text, words: str) -> str | None:
    start = text.words.index(words)
    place = locator_of(text, start, start + len(words))
    return place.cell if place else None


@pytest.mark.parametrize("words", PROSE)
def test_prose_with_commas_is_no_table(words: str) -> None:
    assert not FORMAT.recognise(words.encode(), "report.txt")
    assert not FORMAT.recognise(words.encode(), "report")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_table_is_known_by_rows_that_agree(sign: str) -> None:
    words = LOG.replace(", and", " and").replace(",", sign)
    assert FORMAT.recognise(words.encode(), "log.csv")
    assert FORMAT.recognise(words.encode(), "log.data"), "column names above dates and figures are evidence enough"
    assert delimiter_of(words, named=True, whole=True) == sign


def test_a_weak_case_needs_the_name_of_a_table() -> None:
    words = b"Orvane;nine\nTamrit;two\n"
    assert FORMAT.recognise(words, "count.csv")
    assert not FORMAT.recognise(words, "count.txt")


@pytest.mark.parametrize("data", [b"", b"one\ntwo\n", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 20])
def test_what_has_no_columns_is_no_table(data: bytes) -> None:
    assert not FORMAT.recognise(data, "a.csv")


def test_a_head_cut_within_a_row_or_letter_is_still_a_table() -> None:
    data = ("Place;Count\n" + "Orvané;1234567\n" * 9000).encode()
    for more in range(12):
        assert FORMAT.recognise((b"x" * more + data)[:HEAD], "a.csv")


def test_each_cell_is_a_paragraph_with_its_name() -> None:
    text = made(LOG)
    body = [text.words[p.start : p.end] for p in text.passages if p.role is not PassageRole.FURNITURE]
    assert body == [
        "2031-05-03", "Orvane", 'Shells struck the harbour quarter, and the clinic counted "nine" dead.', "seen",
        "2031-05-04", "Tamrit", "The Northern Brigade took two teachers from the school.", "heard",
    ]  # fmt: skip
    assert named(text, "Tamrit") == "B3"
    assert named(text, "the clinic counted") == "C2"


def test_the_reading_child_gives_the_same_text(tmp_path: Path) -> None:
    text = read_text(tmp_path, LOG, "log.csv")
    assert (text.words, text.located, text.media_type) == (made(LOG).words, made(LOG).located, "text/csv")


def test_column_names_are_furniture_and_hide_nothing_below() -> None:
    text = made(LOG)
    first = text.passages[0]
    assert (first.role, first.reason) == (PassageRole.FURNITURE, "column names")
    assert text.words[first.start : first.end] == "Date\tPlace\tWhat happened\tNotes"
    assert named(text, "Notes") == "D1"


def test_a_first_row_like_the_others_is_data() -> None:
    text = made("Orvane;market;Anwar\nTamrit;mill;Idris\nHadra;school;Samir\n")
    assert text.passages[0].role is not PassageRole.FURNITURE
    assert named(text, "Orvane") == "A1"


def test_line_breaks_within_a_cell_stay_and_blank_lines_count_as_rows() -> None:
    text = made('No;Account\n1;"First line\nsecond line.\n\nNew paragraph."\n\n2;Short.\n')
    assert "First line\nsecond line.\n\nNew paragraph." in text.words
    assert named(text, "New paragraph.") == "B2"
    assert named(text, "Short.") == "B4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_word_is_found_in_the_bytes(encoding: str) -> None:
    data = LOG.replace("Orvane", "Orvané").replace("\n", "\r\n").encode(encoding)
    found = extract(data)
    plain = "utf-16-le" if encoding == "utf-16" else found.encoding
    assert "\ufeff" not in found.words
    covered = "".join(found.words[run.start : run.end] for run in found.runs)
    assert covered == "".join(found.words[one.start : one.end] for one in found.located)
    for run in found.runs:
        assert data[run.byte_start : run.byte_end].decode(plain) == found.words[run.start : run.end]


def test_faulty_bytes_are_shown_and_have_no_place_in_the_bytes() -> None:
    data = ("Place;Count;Note\n" + "Orvané;9;é\n" * 20).encode() + b"Tam\xffrit;2;x\n"
    found = extract(data)
    assert "Tam\ufffdrit" in found.words
    assert found.runs == ()


def test_a_guarded_cell_stays_as_it_is() -> None:
    assert "'=1+1" in made("Name;Sum\nOrvane;'=1+1\nTamrit;=2+2\n").words
    assert "=2+2" in made("Name;Sum\nOrvane;'=1+1\nTamrit;=2+2\n").words


def test_the_delimiter_may_be_named_in_the_file() -> None:
    text = made("sep=;\nPlace;Count\nOrvane;9\n")
    assert named(text, "Orvane") == "A2"


def test_a_quotation_mark_never_closed_is_said() -> None:
    found = extract(b'Place;Note\nOrvane;"seen by\nTamrit;two\n')
    (remark,) = found.remarks
    assert remark.what == "B2"
    assert "never closed" in remark.reason
    assert "Tamrit;two" in found.words


def test_where_reading_ends_at_a_bound_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "MOST_CELLS", 5)
    found = extract(b"Place;Count\n" + b"Orvane;9\n" * 10)
    assert len(found.located) == 5
    assert found.remarks[0].what == "row 3 and what follows"


def test_dates_alone_stay_where_each_row_has_one_in_front_of_its_words() -> None:
    text = made(LOG)
    roles = {text.words[p.start : p.end]: p.role for p in text.passages}
    assert roles["2031-05-03"] is not PassageRole.FURNITURE


@pytest.mark.parametrize(
    "table",
    [
        "What happened;Date\nThe brigade shelled the mill.;2031-05-03\nIt took two teachers away.;2031-05-04\n",
        "Told;Happened;What\n2031-05-09;2031-05-03;The brigade shelled it.\n2031-05-08;2031-05-02;It left at noon.\n",
        "Date;What\n2031-05-03;The brigade shelled the mill.\n;It took two teachers away.\n",
    ],
)
def test_no_row_is_dated_by_its_neighbour(table: str) -> None:
    text = made(table)
    dates = [p for p in text.passages if text.words[p.start : p.end].startswith("2031-")]
    assert dates
    assert all(p.role is PassageRole.FURNITURE and "one date" in p.reason for p in dates)


def test_a_table_without_columns_cannot_be_read() -> None:
    with pytest.raises(CannotRead) as caught:
        extract(b"one\ntwo\n")
    assert "plain text" in caught.value.fix


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab ",;\n\r\t=é', max_size=60))
def test_quoting_is_read_as_the_standard_library_reads_it(words: str) -> None:
    expected = [row for row in csv.reader(io.StringIO(words, newline=""), delimiter=",") if row]
    found = [[one.value for one in row] for row in rows_of(words, ",")]
    assert [row for row in found if row != [""]] == [row for row in expected if row != [""]]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab ",\n\r\u0301é\U0001f4a5', max_size=60))
def test_the_pieces_of_a_field_are_its_value(words: str) -> None:
    for one in fields_of(words, ","):
        assert "".join(words[start:end] for start, end in one.pieces) == one.value


def test_a_long_row_of_open_quotes_is_read_in_one_pass() -> None:
    assert len(list(fields_of('a,"' + 'b""' * 300_000, ","))) == 2
