"""Sheets of which every column is known: the header is told by its names, and each row stands on one line.

Start with `extract`. A table of this kind (see `reading.sheets`) is a CSV file like others; here its header need not be
guessed, a row is one paragraph with its cells parted by tabs, and what is not understood of its columns is remarked
upon. As in other tables no word of a cell is changed, and each is found again by its name (`B7`).

Looks down to: csv_table, cells, encodings, sheets. Used by: formats (registry).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from probanda.reading.encodings import judge
from probanda.reading.formats import HEAD, CannotRead, Extracted, Format
from probanda.reading.formats.cells import Full, Layout
from probanda.reading.formats.csv_table import Field, beginning, cell_of, places_in_bytes, rows_of
from probanda.reading.model import Remark
from probanda.reading.sheets import Sheet
from probanda.reading.sheets.grid import delimiter_and_sheet

LARGEST = 20_000_000
"""Bytes. A larger table is read part by part as any other, and no part but the first would have a header."""
_SHOWN = 12


def recognise(head: bytes, _name: str) -> bool:
    """True where the first row is the header of a known sheet, and all of it is there."""
    text = beginning(head)
    found = delimiter_and_sheet(text) if text else None
    if text is None or found is None:
        return False
    rows = rows_of(text, found[0])
    next(rows)
    return len(head) < HEAD or next(rows, None) is not None


def recognise_file(file: BinaryIO) -> bool:
    """True for a file that is read as one part."""
    return file.seek(0, 2) <= LARGEST


def extract(data: bytes) -> Extracted:
    """Bytes to rows. Raises CannotRead where no encoding fits or the first row is no known header."""
    encoding = judge(data)
    text = encoding.decode(data)
    found = delimiter_and_sheet(text)
    if found is None:
        raise CannotRead("Its first row is no header of a known sheet.", "Add it under a name that ends in .csv.")
    delimiter, sheet = found
    layout = Layout()
    byte_of = places_in_bytes(text, data, encoding)
    remarks: list[Remark] = []
    for number, row in enumerate(rows_of(text, delimiter), 1):
        cells = [cell_of(one, byte_of) for one in row if one.value.strip()]
        if number == 1:
            layout.names(cells)
            remarks += _on_columns(sheet, [one.value for one in row])
            continue
        try:
            layout.line(cells)
        except Full:
            remarks.append(_full(number, len(layout.located)))
            break
        remarks += _on_row(row, number)
    layout.end()
    return Extracted(
        words=layout.words,
        runs=tuple(layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=sheet.media_type,
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        remarks=tuple(remarks),
    )


def _on_columns(sheet: Sheet, header: Sequence[str]) -> Iterator[Remark]:
    what = f"{sheet.name} ({sheet.generation})"
    if unknown := sheet.unknown(header):
        yield Remark(
            f"{what}: columns {_some(unknown)}",
            "Nobody here knows what these columns mean (or they come twice); nothing is read from them.",
            "They are kept, searched, and written back as they are. Read them by hand.",
        )
    if missing := sheet.missing(header):
        yield Remark(
            f"{what}: columns {_some(missing)} are missing",
            "Sheets of this kind have these columns; what they would tell is not told here.",
            "Ask whoever made the sheet for the whole of it, where that matters.",
        )


def _on_row(row: Sequence[Field], number: int) -> Iterator[Remark]:
    if not row[-1].closed:
        yield Remark(
            f"row {number}",
            "A quotation mark is opened here and never closed: all that follows stands in this one cell.",
            "Look at the item's bytes; where the mark is a slip, add a mended copy beside it.",
        )


def _full(number: int, cells: int) -> Remark:
    return Remark(
        f"row {number} and what follows",
        f"The sheet is larger than is read of one file ({cells:,} cells were).",
        "Cut it into several files, each with the header, and add them.",
    )


def _some(columns: Sequence[str]) -> str:
    shown = ", ".join(one[:80] for one in columns[:_SHOWN])
    left = len(columns) - _SHOWN
    return f"{shown} and {left} more" if left > 0 else shown


FORMAT = Format(
    name="sheet of units, persons and posts",
    media_types=("text/csv",),
    suffixes=(".csv", ".tsv"),
    recognised_by="the names of its columns: the sheets of the Security Force Monitor, of 2021 and 2026",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
)
