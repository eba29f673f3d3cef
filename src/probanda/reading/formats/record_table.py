"""Tables in which other systems keep their cases: the CSV exports of Bayanat, and those of Uwazi in both directions.

Start with `kind_of`. A table is one of them where its header has the columns by which that system's tables are known.
Each cell is found again by its name (`F7`) and in the bytes, but for those whose tags were taken out. An apostrophe
that a system put in front of a cell which a spreadsheet program could take for a formula stands where it stood.

Looks down to: csv_table, cells, encodings, prose, case_records. Used by: formats (registry).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.case_records import BAYANAT_TABLE, UWAZI
from probanda.reading.encodings import judge
from probanda.reading.formats import HEAD, CannotRead, Extracted, Format, Mark
from probanda.reading.formats.bounds import capped
from probanda.reading.formats.cells import Cell, Full, Layout
from probanda.reading.formats.csv_table import Field, beginning, cell_of, places_in_bytes, rows_of
from probanda.reading.formats.prose import is_prose, is_title, without_tags
from probanda.reading.model import Remark

LARGEST = 20_000_000
"""Bytes. A larger table is read part by part as any other, and no part but the first would have a header."""
_BULLETIN = frozenset({"id", "title", "title_ar", "origin_id", "sjac_title", "documentation_date"})
_ACTOR = frozenset({"id", "name", "name_ar", "nickname", "mother_name", "civilian", "id_numbers"})
_UWAZI_OUT = frozenset({"title", "date added", "template", "published"})
_PLACE = "kept and searched, not read for claims"
_LONG = 120
"""Code points and three words from which a cell of Uwazi's is prose: its tables do not tell the kinds of columns."""


def kind_of(header: Sequence[str], name: str = "") -> str | None:
    """The media type of a table with this header and file name; None for any other."""
    there = {one.strip().removeprefix("\ufeff") for one in header}
    folded = {one.lower() for one in there}
    if there >= _BULLETIN:
        return f"{BAYANAT_TABLE}bulletins"
    if there >= _ACTOR:
        return f"{BAYANAT_TABLE}actors"
    own = {one.split("__")[0] for one in folded}
    imported = name.replace("\\", "/").rsplit("/", 1)[-1].lower() == "import.csv" and "title" in own
    return UWAZI if imported or folded >= _UWAZI_OUT else None


def recognise(head: bytes, name: str) -> bool:
    """True where the first row is the header of such a table, and all of it is there."""
    text = beginning(head)
    rows = rows_of(text, ",") if text else iter(())
    first = next(rows, None)
    if first is None or kind_of([one.value for one in first], name) is None:
        return False
    return len(head) < HEAD or next(rows, None) is not None


def recognise_file(file: BinaryIO) -> bool:
    """True for a file that is read as one part."""
    return file.seek(0, 2) <= LARGEST


def extract(data: bytes) -> Extracted:
    """Bytes to rows. Raises CannotRead where no encoding fits."""
    encoding = judge(data)
    text = encoding.decode(data)
    rows = rows_of(text, ",")
    first = next(rows, None)
    if first is None:
        raise CannotRead("It has no row.", "Ask whoever provided it for the table again.")
    header = [one.value.strip() for one in first]
    # A table called import.csv is known by its name, which is not told here.
    kind = kind_of(header) or UWAZI
    layout, byte_of = Layout(), places_in_bytes(text, data, encoding)
    layout.names([cell_of(one, byte_of) for one in first if one.value.strip()])
    asides: list[Mark] = []
    remarks = tuple(capped(_laid_out(layout, rows, header, kind, byte_of, asides)))
    layout.end()
    return Extracted(
        words=layout.words,
        runs=tuple(layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=kind,
        marks=tuple(sorted((*layout.marks, *asides), key=lambda mark: (mark.start, -mark.end))),
        located=tuple(layout.located),
        remarks=remarks,
        restricted=_restricted(header, kind, layout),
    )


def _laid_out(
    layout: Layout,
    rows: Iterator[list[Field]],
    header: Sequence[str],
    kind: str,
    byte_of: Callable[[int], int] | None,
    asides: list[Mark],
) -> Iterator[Remark]:
    number = 1
    try:
        for row in rows:
            number = row[0].row
            filled = [(one, _column(header, one)) for one in row if one.value.strip()]
            before = len(layout.located)
            layout.row([_cell(one, column, byte_of) for one, column in filled])
            for place, (one, column) in zip(layout.located[before:], filled, strict=True):
                if is_title(column) or column.lower().split("__")[0] == "title":
                    asides.append(Mark(place.start, place.end, PassageRole.HEADING, "title of a record"))
                elif not _tells(one.value, column, kind):
                    asides.append(Mark(place.start, place.end, PassageRole.FURNITURE, _PLACE))
            if not row[-1].closed:
                yield Remark(
                    f"row {number}",
                    "A quotation mark is opened here and never closed: all that follows stands in this one cell.",
                    "Look at the item's bytes; where the mark is a slip, add a mended copy beside it.",
                )
            if beyond := sum(one.column > len(header) for one, _ in filled):
                yield Remark(
                    f"row {number}", f"{beyond:,} cells stand under no column.", "Look at the item's bytes there."
                )
    except Full:
        yield Remark(
            f"row {number} and what follows",
            f"The table is larger than is read of one file ({len(layout.located):,} cells were).",
            "Cut it into several files, each with the header, and add them.",
        )


def _column(header: Sequence[str], one: Field) -> str:
    return header[one.column - 1] if one.column <= len(header) else ""


def _cell(one: Field, column: str, byte_of: Callable[[int], int] | None) -> Cell:
    found = cell_of(one, byte_of)
    words = without_tags(found.text) if is_prose(column) else found.text
    return found if words == found.text or not words.strip() else Cell(found.name, words)


def _tells(value: str, column: str, kind: str) -> bool:
    if kind != UWAZI:
        return is_prose(column)
    return len(value) >= _LONG and len(value.split(maxsplit=3)) > 3 and "://" not in value[:_LONG]


def _restricted(header: Sequence[str], kind: str, layout: Layout) -> str | None:
    if kind == f"{BAYANAT_TABLE}actors" and len(layout.located) > len(header):
        return "is a list of persons with their numbers and families"
    return None


FORMAT = Format(
    name="table of Bayanat or Uwazi",
    media_types=("text/csv",),
    suffixes=(".csv",),
    recognised_by="the names of its columns: an export of Bayanat or Uwazi; or it is called import.csv and has titles",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
)
