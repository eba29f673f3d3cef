"""The table beside the files: it is taken as it stands, and whatever could be two things is refused by line."""

from __future__ import annotations

import pytest

from probanda.casework.evidence_table import ALIASES, FIELDS, LANGUAGES, EvidenceTable, read_table
from probanda.kernel.errors import WrongUsage

WHOLE = (
    "Filename;Evidence No.;Source;Collected by;Date acquired;Label;Language;Conditions\n"
    "reports/mill.txt;TAM-7;Council of Tamrit;Ana;2031-05-03;restricted;ar;not to be quoted\n"
    "school.pdf;TAM-8;;;2031-05-04T14:30+02:00;;;\n"
)


def made(words: str | bytes, **mapping: str) -> EvidenceTable:
    return read_table(words.encode() if isinstance(words, str) else words, mapping)


def refused(words: str | bytes, mapping: dict[str, str] | None = None) -> WrongUsage:
    with pytest.raises(WrongUsage) as caught:
        read_table(words.encode() if isinstance(words, str) else words, mapping or {})
    assert caught.value.fix
    return caught.value


def test_every_field_is_read_under_its_usual_names() -> None:
    first, second = made(WHOLE).rows
    assert (first.file, first.number, first.source, first.collector) == (
        "reports/mill.txt", "TAM-7", "Council of Tamrit", "Ana",
    )  # fmt: skip
    assert (first.acquired, first.label, first.language) == ("2031-05-03", "restricted", "ar")
    assert (first.conditions, first.line) == ("not to be quoted", 2)
    assert (second.acquired, second.source, second.label) == ("2031-05-04T14:30:00+02:00", None, None)


@pytest.mark.parametrize("alias", ALIASES)
def test_each_usual_name_serves_in_any_case(alias: str) -> None:
    assert ALIASES[alias] in FIELDS
    name = alias.upper().replace(" ", "_")
    table = made(f"File,{name}\na.txt,\n") if ALIASES[alias] != "file" else made(f"{name},Source\na.txt,Ana\n")
    assert table.rows[0].file == "a.txt"


def test_columns_are_mapped_or_left_out_by_the_users_word() -> None:
    words = "Doc,Exhibit ref,Remarks\na.txt,E-1,see map\n"
    table = read_table(words.encode(), {"Doc": "file", "exhibit REF": "number", "Remarks": ""})
    assert (table.rows[0].file, table.rows[0].number) == ("a.txt", "E-1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_be_in_any_usual_encoding(encoding: str) -> None:
    table = made("File;Source\nécole.txt;Conseil d’Orvane élu\n".encode(encoding))
    assert table.for_name("école.txt") is not None


def test_one_column_is_a_table_too() -> None:
    assert [row.file for row in made("file\na.txt\nb.txt\n").rows] == ["a.txt", "b.txt"]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    words = 'sep=,\nfile,conditions\n\na.txt,"two\nlines"\n,\nb.txt,one\n'
    assert [row.line for row in made(words).rows] == [4, 7]


# Which file a row is about


def test_a_row_is_found_by_path_and_by_a_base_name_that_is_the_only_one() -> None:
    table = made(WHOLE)
    for name, number in (("reports/mill.txt", "TAM-7"), ("./reports/mill.txt", "TAM-7"), ("mill.txt", "TAM-7")):
        row = table.for_name(name)
        assert row is not None
        assert row.number == number
    assert table.for_name("scans/school.pdf") is table.rows[1]
    assert table.for_name("other/mill.txt") is None, "the table says in which folder it lies"
    assert table.for_name("well.txt") is None


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert made("file\nE\u0301cole.txt\n").for_name("\u00c9cole.txt") is not None


def test_a_backslash_in_the_table_is_a_folder() -> None:
    assert made("file\nreports\\mill.txt\n").for_name("reports/mill.txt") is not None


def test_the_whole_path_goes_before_the_base_name() -> None:
    table = made("file,number\nmill.txt,1\nreports/mill.txt,2\n")
    matched = table.matched(["reports/mill.txt", "mill.txt"])
    assert {name: row.number for name, row in matched.items()} == {"reports/mill.txt": "2", "mill.txt": "1"}
    assert table.for_name("other/mill.txt") is None, "two rows have this base name"


def test_a_base_name_that_two_files_share_is_refused() -> None:
    with pytest.raises(WrongUsage) as caught:
        made("file\nmill.txt\n").matched(["a/mill.txt", "b/mill.txt"])
    assert "a/mill.txt" in caught.value.problem
    assert "b/mill.txt" in caught.value.problem


def test_rows_without_a_file_are_named() -> None:
    table = made(WHOLE)
    assert [row.file for row in table.unused(["school.pdf", "well.txt"])] == ["reports/mill.txt"]
    assert table.unused(["reports/mill.txt", "school.pdf"]) == ()


# What is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("number,source\n1,Ana\n", "which file"),
        ("file,Colour\na.txt,red\n", "“Colour”"),
        ("file,filename\na.txt,b.txt\n", "are both file"),
        ("file,number\na.txt,1\na.txt,2\n", "Line 3 of the table, column file: a.txt has a row already, on line 2"),
        ("file,number\na.txt,E-1\nb.txt,e-1\n", "Line 3 of the table, column number"),
        ("file,number\n,1\n", "names no file"),
        ("file,date\na.txt,03/05/2031\n", "Line 2 of the table, column date: “03/05/2031”"),
        ("file,date\na.txt,2031-02-30\n", "column date"),
        ("file,date\na.txt,2031-05\n", "column date"),
        ("file,date\na.txt,2031-05-03T25:00Z\n", "column date"),
        ("file,date\na.txt,2031-05-03T14:30\n", "time zone"),
        ("file,language\na.txt,arabic\n", "column language"),
        ("file,language\na.txt,xx\n", "column language"),
        ("file,label\na.txt,very secret!\n", "column label"),
        ("file,number\na.txt,1,2\n", "3 cells under 2 names"),
        ('file,source\na.txt,"Ana\n', "Line 2"),
    ],
)
def test_what_could_be_two_things_is_refused(words: str, said: str) -> None:
    assert said in refused(words).problem


def test_the_next_step_names_the_column_and_the_choices() -> None:
    fault = refused("file,Colour\na.txt,red\n")
    assert '--map "Colour=' in fault.fix
    assert all(name in fault.fix for name in FIELDS)


@pytest.mark.parametrize("mapping", [{"Colour": "hue"}, {"Shade": "label"}, {"number": "file"}])
def test_a_mapping_that_fits_nothing_is_refused(mapping: dict[str, str]) -> None:
    refused("file,Colour,number\na.txt,red,1\n", {"Colour": ""} | mapping)


def test_what_is_no_text_is_refused() -> None:
    assert "no text" in refused(bytes(range(256)) * 9).problem


def test_words_of_the_table_cannot_break_an_error() -> None:
    problem = refused("file,date\na.txt,\u202e\x1b[31m" + "9" * 500 + "\n").problem
    assert "\x1b" not in problem
    assert len(problem) < 250


def test_codes_of_languages_are_two_letters() -> None:
    assert len(LANGUAGES) == 183
    assert all(len(code) == 2 and code.isascii() and code.islower() for code in LANGUAGES)
