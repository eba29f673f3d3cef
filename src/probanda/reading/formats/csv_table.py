"""Tables as text (CSV, TSV): cells parted by commas, semicolons, tabs or bars, each found again by its name.

Start with `delimiter_of`, which tells a table from prose, then `cells_of`, then `extract`. RFC 4180 says how quotation
marks enclose a cell; what breaks its rules is read as the csv module of the standard library reads it (a test compares
the two). It is not used here because it does not say where in the bytes a cell stands. Words are left as they are:
dates, figures and a leading apostrophe are evidence, and nothing is put right.

Rows count as a spreadsheet counts them: a blank line is a row, line breaks within a cell are none.

Looks down to: encodings, cells, formats. Used by: formats (registry), casework.evidence_table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice

from probanda.reading.encodings import Encoding, judge
from probanda.reading.formats import HEAD, CannotRead, Extracted, Format
from probanda.reading.formats.cells import Cell, Full, Layout, column_name, look_like_names
from probanda.reading.model import Remark, Run

MEDIA_TYPE = "text/csv"
SUFFIXES = (".csv", ".tsv", ".tab")
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 60
"""Rows in which the delimiter is looked for."""
_SAID = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # how Excel lets a file name its delimiter
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Field:
    """One cell as it stands in the text, empty ones too."""

    row: int
    """From 1."""
    column: int
    """From 1."""
    value: str
    pieces: tuple[tuple[int, int], ...]
    """Stretches of the text that make up the value: more than one where it holds a doubled quotation mark."""
    closed: bool = True
    """False where its opening quotation mark is never closed."""
    span: tuple[int, int] = (0, 0)
    """All of it in the text, with its quotation marks."""


def fields_of(text: str, delimiter: str) -> Iterator[Field]:
    """Every field in order. Quoting as in RFC 4180; a quotation mark that is never closed runs to the end."""
    said = _SAID.match(text)
    at = said.end() if said else int(text.startswith(_BYTE_ORDER_MARK))
    pattern, row, column = _pattern(delimiter), 1, 1
    while at < len(text) or column > 1:
        found = pattern.match(text, at)
        assert found is not None  # noqa: S101 (every part of the pattern may be empty)
        value, pieces = _value(found)
        yield Field(row, column, value, pieces, found["closed"] != "", (at, found.start("stop")))
        at = found.end()
        if found["stop"] == delimiter:
            column += 1
        else:
            row, column = row + 1, 1
            if not found["stop"]:
                return


def said_delimiter(text: str) -> str | None:
    """The delimiter that the file names in its first line; None where it names none."""
    said = _SAID.match(text)
    return said[1] if said else None


def rows_of(text: str, delimiter: str) -> Iterator[list[Field]]:
    """The same row by row."""
    for _, fields in groupby(fields_of(text, delimiter), key=lambda one: one.row):
        yield list(fields)


def delimiter_of(text: str, *, named: bool, whole: bool) -> str | None:
    """The delimiter with which the first rows of this text are a table; None where they are none.

    `named` says that the file is called a table: then most rows must agree. Else all rows must, with three columns,
    three rows and column names above them; prose with commas has none of these. `whole` is False where the text is
    only the beginning of a file, so that its last row may be cut.
    """
    said = _SAID.match(text)
    if said:
        return said[1]
    best: tuple[float, int, str] | None = None
    for delimiter in DELIMITERS:
        rows = [r for r in _first_rows(text, delimiter, whole) if any(value.strip() for value in r)]
        columns, agreeing = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        if columns < 2 or agreeing < 2 or (not named and not _strong(rows, columns, agreeing)):
            continue
        share = agreeing / len(rows)
        if share >= 0.6 and (best is None or (share, columns) > best[:2]):
            best = (share, columns, delimiter)
    return best[2] if best else None


def recognise(head: bytes, name: str) -> bool:
    """True for text whose first rows are a table; the file's name decides how much they must agree."""
    text = beginning(head)
    return text is not None and delimiter_of(text, named=_named(name), whole=len(head) < HEAD) is not None


def extract(data: bytes) -> Extracted:
    """Bytes to cells. Raises CannotRead where no encoding fits or no delimiter makes a table."""
    encoding = judge(data)
    text = encoding.decode(data)
    delimiter = delimiter_of(text[:HEAD], named=True, whole=len(text) <= HEAD)
    if delimiter is None:
        raise CannotRead(
            "It is called a table, but its rows have no columns in common.",
            "It is kept and registered. Save it again as CSV from the program it comes from, or add it as plain text.",
        )
    layout = Layout()
    remarks = tuple(_laid_out(layout, rows_of(text, delimiter), places_in_bytes(text, data, encoding)))
    layout.end()
    return Extracted(
        words=layout.words,
        runs=tuple(layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=MEDIA_TYPE if delimiter != "\t" else "text/tab-separated-values",
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        remarks=remarks,
    )


def _laid_out(layout: Layout, rows: Iterator[list[Field]], byte_of: Callable[[int], int] | None) -> Iterator[Remark]:
    start = list(islice(rows, LOOKED_AT))
    number = 1
    try:
        for index, row in enumerate(_chained(start, rows)):
            number = row[0].row
            cells = [cell_of(one, byte_of) for one in row if one.value.strip()]
            if index == 0 and look_like_names([f.value for f in row], [[f.value for f in r] for r in start[1:]]):
                layout.names(cells)
            else:
                layout.row(cells)
            if not row[-1].closed:
                yield Remark(
                    cells[-1].name if cells else f"row {number}",
                    "A quotation mark is opened here and never closed: all that follows stands in this one cell.",
                    "Look at the item's bytes; where the mark is a slip, add a mended copy beside it.",
                )
    except Full:
        yield Remark(
            f"row {number} and what follows",
            f"The table is larger than is read of one file ({len(layout.located):,} cells were).",
            "Cut it into several files and add them.",
        )


def _chained(first: Sequence[list[Field]], rest: Iterator[list[Field]]) -> Iterator[list[Field]]:
    yield from first
    yield from rest


def cell_of(one: Field, byte_of: Callable[[int], int] | None) -> Cell:
    """The cell as it is laid out, with the bytes its words stand in where `byte_of` tells them."""
    name = f"{column_name(one.column)}{one.row}"
    if byte_of is None:
        return Cell(name, one.value)
    runs, at = [], 0
    for start, end in one.pieces:
        first = byte_of(start)
        runs.append(Run(at, at + end - start, first, byte_of(end)))
        at += end - start
    return Cell(name, one.value, tuple(runs))


def places_in_bytes(text: str, data: bytes, encoding: Encoding) -> Callable[[int], int] | None:
    """From places in the text, asked for in rising order, to places in the bytes; None where faulty bytes stand
    between, whose length the text does not tell."""
    if encoding.faulty:
        return None
    if len(text) == len(data):
        return int
    known, byte = 0, 0

    def byte_of(place: int) -> int:
        nonlocal known, byte
        byte += len(text[known:place].encode(encoding.name))
        known = place
        return byte

    return byte_of


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    """Possessive throughout, so that no text makes it try twice."""
    sign = re.escape(delimiter)
    rest = f"[^{sign}\\r\\n]*+"
    return re.compile(rf'(?:"(?P<quoted>(?:[^"]++|"")*+)(?P<closed>"?))?(?P<rest>{rest})(?P<stop>{sign}|\r\n|\r|\n|\Z)')


def _value(found: re.Match[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    rest, rest_span = found["rest"], found.span("rest")
    if found["quoted"] is None:
        return rest, (rest_span,) if rest else ()
    quoted = found["quoted"]
    pieces, start, (first, last) = [], 0, found.span("quoted")
    while (mark := quoted.find('""', start)) >= 0:
        pieces.append((first + start, first + mark + 1))  # the first of the two stands for both
        start = mark + 2
    pieces += [(first + start, last), rest_span]
    return quoted.replace('""', '"') + rest, tuple(piece for piece in pieces if piece[0] < piece[1])


def _first_rows(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    rows = [[one.value for one in row] for row in islice(rows_of(text, delimiter), LOOKED_AT + 1)]
    return rows[:LOOKED_AT] if whole or len(rows) > LOOKED_AT else rows[:-1]


def _strong(rows: Sequence[Sequence[str]], columns: int, agreeing: int) -> bool:
    if columns < 3 or agreeing < 3 or agreeing < len(rows) or not look_like_names(rows[0], rows[1:]):
        return False
    return not any(value.startswith(" ") for row in rows for value in row)


def _named(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def beginning(head: bytes) -> str | None:
    """The text of a file's first bytes; None where they are none."""
    try:
        # A head that is full may end within a character.
        encoding = judge(head[:-4] if len(head) >= HEAD else head)
        return encoding.decode(head[:-4] if len(head) >= HEAD else head)
    except CannotRead:
        return None


FORMAT = Format(
    name="CSV table",
    media_types=(MEDIA_TYPE, "text/tab-separated-values"),
    suffixes=SUFFIXES,
    recognised_by="its first rows have the same number of cells between the same signs, and it is called a table or "
    "has column names above figures or text",
    recognise=recognise,
    extract=extract,
)
