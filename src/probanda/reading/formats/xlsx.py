"""Workbooks (XLSX): every sheet, row and cell, each found again as `Sheet!B7`.

Start with `extract`. The parts of the file are read one by one with a parser that knows no entities, loads nothing and
has bounds: openpyxl's own reader takes the parser of the standard library, which expands entities, tells neither
comments nor hidden rows in its quick mode, and fills in every cell of the size a sheet states of itself. What it does
well is taken from it: what a date is, and how a number becomes one. Values are those stored in the file; no formula is
ever worked out. Names and types are those of ECMA-376 part 1, section 18 (SpreadsheetML).

Looks down to: zipped, office, cells, formats. Used by: formats (registry).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member
from probanda.reading.formats.cells import MOST_CELLS, MOST_WORDS, Cell, Full, Layout, column_name, look_like_names
from probanda.reading.formats.office import taken_out
from probanda.reading.formats.zipped import kind_of, opened, part, shown
from probanda.reading.model import Remark

if TYPE_CHECKING:
    from zipfile import ZipFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOKED_AT = 20
"""Rows held back until it is known whether the first are column names."""
_AGAIN = "It is kept and registered. Ask whoever provided it for the file again."
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE_NUMBER = re.compile(r"-?\d{1,40}")
_HELD = ("xl/media/", "xl/embeddings/")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to."""

    sheets: tuple[_Sheet, ...]
    unread: tuple[str, ...]
    """Names of sheets that hold a chart or dialogue and no cells."""
    strings: tuple[str, ...]
    dates: Mapping[int, bool]
    """Cell styles that show a number as a date; True where it is a length of time."""
    from_1904: bool


@dataclass(slots=True)
class _Some:
    """How many there are, and the first few by name."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        self.count += 1
        if self.count <= _SHOWN:
            self.first.append(name)

    def __str__(self) -> str:
        return ", ".join(self.first) + (", ..." if self.count > _SHOWN else "")


@dataclass(slots=True)
class _Notes:
    """What a person should know of a sheet beyond its words."""

    rows: _Some = field(default_factory=_Some)
    columns: _Some = field(default_factory=_Some)
    unworked: _Some = field(default_factory=_Some)
    comments: int = 0


def recognise(head: bytes, _name: str) -> bool:
    """True for a ZIP file; which kind it is, `recognise_file` finds."""
    return head.startswith(b"PK\x03\x04")


def extract_file(file: BinaryIO) -> Extracted:
    """An open workbook to cells. Raises CannotRead for what is locked, damaged, or made to do harm."""
    with opened(file) as archive:
        book = _book(archive)
        layout, remarks = Layout(), []
        for sheet in book.sheets:
            try:
                remarks += _laid_out(layout, archive, book, sheet)
            except Full:
                remarks.append(
                    Remark(
                        f"the rest of sheet {sheet.name} and what follows",
                        f"The workbook is larger than is read of one file ({len(layout.located):,} cells were).",
                        "Cut it into several files and add them.",
                    )
                )
                break
        layout.end()
        holds = sum(1 for _ in _held(archive))
    remarks += [
        Remark(f"sheet {name}", "It is a chart or dialogue and holds no cells.", "Look at it in a spreadsheet program.")
        for name in book.unread
    ]
    return Extracted(
        words=layout.words,
        runs=(),
        encoding="utf-8",
        encoding_reason="the parts of a workbook are XML, which says its own encoding",
        media_type=MEDIA_TYPE,
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        remarks=tuple(remarks),
        holds=holds,
    )


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Pictures and embedded files."""
    with opened(file) as archive:
        yield from taken_out(archive, list(_held(archive)))


def _held(archive: ZipFile) -> Iterator[str]:
    return (name for name in archive.NameToInfo if name.startswith(_HELD) and not name.endswith(("/", ".rels")))


# One sheet --------------------------------------------------------------------------------------


def _laid_out(layout: Layout, archive: ZipFile, book: _Book, sheet: _Sheet) -> list[Remark]:
    layout.heading(sheet.name, "name of a sheet")
    notes = _Notes()
    comments = _comments(archive, sheet)
    rows = _rows(archive, book, sheet, notes)
    held = list(islice(rows, LOOKED_AT))
    if held and _begins_with_names(held):
        layout.names(_cells(sheet, *held.pop(0), comments, notes))
    for row in chain(held, rows):
        layout.row(_cells(sheet, *row, comments, notes))
    notes.comments += len(comments)
    for (row_number, column), text in sorted(comments.items()):  # on cells that are empty
        layout.row([Cell(f"{sheet.name}!{column_name(column)}{row_number}", text)])
    return list(_remarks(sheet, notes))


def _begins_with_names(held: list[tuple[int, dict[int, str]]]) -> bool:
    columns = sorted(held[0][1])
    if columns != list(range(columns[0], columns[0] + len(columns))):
        return False
    return look_like_names([held[0][1][n] for n in columns], [[row.get(n, "") for n in columns] for _, row in held[1:]])


def _cells(
    sheet: _Sheet, number: int, values: Mapping[int, str], comments: dict[tuple[int, int], str], notes: _Notes
) -> list[Cell]:
    """The cells of one row, each followed by the comment on it."""
    cells = []
    for column in sorted(values):
        name = f"{sheet.name}!{column_name(column)}{number}"
        cells.append(Cell(name, values[column]))
        comment = comments.pop((number, column), None)
        if comment is not None:
            notes.comments += 1
            cells.append(Cell(name, comment))
    return cells


def _rows(archive: ZipFile, book: _Book, sheet: _Sheet, notes: _Notes) -> Iterator[tuple[int, dict[int, str]]]:
    """Number and filled cells (by column) of each row that has any."""
    row_number = column = 0
    values: dict[int, str] = {}
    for event, element in _events(archive, sheet.path):
        tag = _local(element)
        if event == "start" and tag == "row":
            row_number, column, values = _number(element.get("r"), row_number + 1), 0, {}
            if _true(element.get("hidden")):
                notes.rows.add(str(row_number))
        elif event == "start":
            continue
        elif tag == "c":
            at = _REFERENCE.fullmatch(element.get("r") or "")
            column = _column_number(at[1]) if at else column + 1
            text = _shown(element, book, notes, f"{column_name(column)}{row_number}")
            if text.strip():
                values[column] = text
                if len(values) > MOST_CELLS:
                    raise Full
            _forget(element)
        elif tag == "row":
            if values:
                yield row_number, values
            _forget(element)
        elif tag == "col" and _true(element.get("hidden")):
            first, last = _number(element.get("min"), 1), _number(element.get("max"), 1)
            notes.columns.add(column_name(first) if first == last else f"{column_name(first)} to {column_name(last)}")


def _shown(cell: Any, book: _Book, notes: _Notes, name: str) -> str:
    """What the cell says; an empty string where it is empty."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_string(child) for child in cell if _local(child) == "is")
    value = next((child.text for child in cell if _local(child) == "v"), None)
    if value is None:
        if any(_local(child) == "f" for child in cell):
            notes.unworked.add(name)
        return ""
    if kind == "s":
        number = _number(value, -1)
        return book.strings[number] if 0 <= number < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind == "n":
        return _figure(value.strip(), book, _number(cell.get("s"), 0))
    return _unescaped(value)  # str: a formula's text; e: an error as it is shown; d: a date in ISO 8601


def _figure(value: str, book: _Book, style: int) -> str:
    """A number as it is written, or the date that it stands for. Raises nothing: what is odd stays as it is."""
    if style in book.dates:
        try:
            return _dated(float(value), book.from_1904, book.dates[style])
        except (ValueError, OverflowError, TypeError):
            return value
    if _WHOLE_NUMBER.fullmatch(value):
        return value
    try:
        # Programs show 15 digits: what a binary fraction adds beyond is nobody's figure.
        short = format(float(value), ".15g")
    except (ValueError, OverflowError):
        return value
    return short if "e" not in short and "n" not in short else value


def _dated(number: float, from_1904: bool, length: bool) -> str:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    found = from_excel(number, MAC_EPOCH if from_1904 else WINDOWS_EPOCH, timedelta=length)
    if isinstance(found, datetime):
        return found.date().isoformat() if found.time() == time() else found.isoformat(sep=" ", timespec="seconds")
    if isinstance(found, time):
        return found.isoformat(timespec="seconds")
    if isinstance(found, timedelta):
        seconds = round(abs(found.total_seconds()))
        sign = "-" if found < timedelta() else ""
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return found.isoformat() if isinstance(found, date) else str(found)


def _remarks(sheet: _Sheet, notes: _Notes) -> Iterator[Remark]:
    what = f"sheet {sheet.name}"
    if sheet.hidden:
        yield Remark(what, "The sheet is hidden in the workbook; it was read like the others.", "Ask why it is hidden.")
    hidden = [
        f"hidden rows ({notes.rows})" if notes.rows.count else "",
        f"hidden columns ({notes.columns})" if notes.columns.count else "",
    ]
    if any(hidden):
        said = " and ".join(one for one in hidden if one)
        yield Remark(what, f"It has {said}; they were read like the others.", "Ask why they are hidden.")
    if notes.unworked.count:
        yield Remark(
            what,
            f"Formulas without a stored result: {notes.unworked.count} ({notes.unworked}).",
            "Formulas are never worked out here: open a copy in a spreadsheet program, save it, and add it as well.",
        )
    if notes.comments:
        yield Remark(
            what,
            f"Comments on its cells: {notes.comments}; each stands after its cell and bears the cell's name.",
            "Look in a spreadsheet program at who wrote them.",
        )


# What sheets refer to ---------------------------------------------------------------------------


def _book(archive: ZipFile) -> _Book:
    main = next((to for kind, to in _relations(archive, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    root = _tree(archive, main)
    related = _relations(archive, main)
    sheets: list[_Sheet] = []
    unread: list[str] = []
    for element in root.iter("{*}sheet"):
        name = (element.get("name") or "").strip() or f"sheet {len(sheets) + 1}"
        link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        kind, path = related.get(link, ("", ""))
        if kind == "worksheet" and path in archive.NameToInfo:
            sheets.append(_Sheet(name, path, element.get("state", "visible") != "visible"))
        else:
            unread.append(name)
    if not sheets and not unread:
        raise CannotRead("It is a workbook without any sheet.", _AGAIN)
    paths = dict(related.values())
    return _Book(
        sheets=tuple(sheets),
        unread=tuple(unread),
        strings=_strings(archive, paths.get("sharedStrings", "")),
        dates=_date_styles(archive, paths.get("styles", "")),
        from_1904=any(_true(one.get("date1904")) for one in root.iter("{*}workbookPr")),
    )


def _relations(archive: ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """By id: kind (the last word of its type) and path of each part that a part refers to; nothing outside the file."""
    folder, name = posixpath.split(of)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.NameToInfo:
        return {}
    found = {}
    for one in _tree(archive, path):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip("/")
            found[one.get("Id") or ""] = ((one.get("Type") or "").rsplit("/", 1)[-1], target)
    return found


def _strings(archive: ZipFile, path: str) -> tuple[str, ...]:
    if path not in archive.NameToInfo:
        return ()
    found: list[str] = []
    length = 0
    for event, element in _events(archive, path):
        if event == "end" and _local(element) == "si":
            found.append(_string(element))
            length += len(found[-1])
            _forget(element)
            if len(found) > 4 * MOST_CELLS or length > 2 * MOST_WORDS:
                raise CannotRead(
                    "The workbook holds more text than is read of one file.",
                    "It is kept and registered. Cut it into several files and add them.",
                )
    return tuple(found)


def _string(element: Any) -> str:
    """The text of a string with its pieces of formatting; readings written beside East Asian words are left out."""
    pieces = []
    for child in element:
        if _local(child) == "t":
            pieces.append(child.text or "")
        elif _local(child) == "r":
            pieces += (one.text or "" for one in child if _local(one) == "t")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Signs that XML cannot hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19). Half surrogates stay so."""

    def sign(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)

    return _ESCAPED.sub(sign, text) if "_x" in text else text


def _date_styles(archive: ZipFile, path: str) -> dict[int, bool]:
    if path not in archive.NameToInfo:
        return {}
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    root = _tree(archive, path)
    codes = dict(BUILTIN_FORMATS)
    codes |= {_number(one.get("numFmtId"), -1): one.get("formatCode") or "" for one in root.iter("{*}numFmt")}
    found = {}
    for styles in root.iter("{*}cellXfs"):
        for index, style in enumerate(one for one in styles if _local(one) == "xf"):
            code = codes.get(_number(style.get("numFmtId"), 0), "")[:200]
            if is_date_format(code):
                found[index] = bool(is_timedelta_format(code))
    return found


def _comments(archive: ZipFile, sheet: _Sheet) -> dict[tuple[int, int], str]:
    """Comments by row and column. Threads are written in the older form too, which is the one read."""
    found: dict[tuple[int, int], str] = {}
    for kind, path in _relations(archive, sheet.path).values():
        if kind != "comments" or path not in archive.NameToInfo:
            continue
        for event, element in _events(archive, path):
            if event == "end" and _local(element) == "comment":
                at = _REFERENCE.fullmatch(element.get("ref") or "")
                text = "".join(_string(child) for child in element if _local(child) == "text")
                if at and text.strip():
                    found[int(at[2]), _column_number(at[1])] = text
                _forget(element)
    return found


# XML --------------------------------------------------------------------------------------------


def _tree(archive: ZipFile, path: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = _without_entities(part(archive, path, 50_000_000), path)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise _damaged(path) from fault
    _refuse_definitions(root, path)
    return root


def _events(archive: ZipFile, path: str) -> Iterator[tuple[str, Any]]:
    """Starts and ends of the elements of a part, one by one, so that it is never held as a tree."""
    from lxml import etree

    data = _without_entities(part(archive, path), path)
    stream = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    try:
        for event, element in stream:
            if first:
                _refuse_definitions(element, path)
                first = False
            yield event, element
    except etree.XMLSyntaxError as fault:
        raise _damaged(path) from fault


def _without_entities(data: bytes, path: str) -> bytes:
    """The same bytes, where no definitions stand before the first element (in any encoding of two bytes, too)."""
    head = data[:65_536].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _harmful(path)
    return data


def _refuse_definitions(element: Any, path: str) -> None:
    """The parser's own word, for definitions that stand far down or in an odd encoding."""
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None or info.doctype:
        raise _harmful(path)


def _harmful(path: str) -> CannotRead:
    return CannotRead(
        f"Its part “{shown(path)}” defines entities, which no spreadsheet program writes: it may be made to do harm.",
        "It is kept and registered. Ask whoever provided it how it was made.",
    )


def _damaged(path: str) -> CannotRead:
    return CannotRead(f"Its part “{shown(path)}” is damaged: it is no well-formed XML.", _AGAIN)


def _forget(element: Any) -> None:
    """Free what was read, also where it hangs in its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _true(value: str | None) -> bool:
    return value in ("1", "true")


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\s*\d{1,9}\s*", value) else otherwise


@cache
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


FORMAT = Format(
    name="XLSX workbook",
    media_types=(MEDIA_TYPE,),
    suffixes=(".xlsx", ".xlsm", ".xltx", ".xltm"),
    recognised_by="it is a ZIP file whose list of parts names a SpreadsheetML workbook",
    recognise=recognise,
    recognise_file=lambda file: kind_of(file) == "xlsx",
    extract=extract,
    extract_file=extract_file,
    members=members,
)
