"""Exports as tables for a spreadsheet program: CSV and XLSX, guarded so that no word of evidence becomes a formula.

Start with `write_csv` and `write_xlsx`, then `table`, which makes flat columns of an export's rows, then `guarded` with
its inverse `unguarded`. Spreadsheet programs take a cell that begins with `=`, `+`, `-` or `@` for a formula, which
may call programs or send data away (CWE-1236); a text under examination may hold anything. In CSV such cells get an
apostrophe in front, which `unguarded` takes off again exactly. In XLSX every cell is stored as text, so nothing is
put in front; it is written here, not by openpyxl, so that the bytes are the same for the same rows.

Looks down to: draft (writing a whole file or none). Used by: cli.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from probanda.casework.draft import write
from probanda.kernel.errors import ProbandaError

Row = Mapping[str, Any]

_PLACES = ("page", "page_to", "paragraph", "box", "time_from", "time_to", "cell", "message", "sent")
_LOCATOR = tuple(f"locator.{key}" for key in _PLACES)
_QUANTITY = tuple(f"quantity.{key}" for key in ("value", "min", "max", "unit", "text", "counter", "as_of"))
_CLAIM = (
    "id", "item", "doc", "also_docs", "number", "quote", "start", "end", *_LOCATOR, "speakers", "speaker_ids",
    "modality", "stance", "polarity", "act", "act_type", "act_detail", "actors", "actor_ids", "involvement", "victims",
    "victim_ids", "places", "place_ids", "means", "date_text", "date_from", "date_to", *_QUANTITY, "cited.kind",
    "cited.words", "cited.of", "status", "by", "at", "flags", "reader", "why",
)  # fmt: skip
_BOUNDS = tuple(
    f"bounds.{key}"
    for key in ("first_precise", "last_precise", "first_imprecise", "last_imprecise", "starting", "ending")
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "claims": _CLAIM,
    "ties": ("id", "kind", "from", "from_id", "to", "to_id", "role", "title", "rank", *_BOUNDS, *_CLAIM[1:]),
    "mentions": ("id", "doc", "also_docs", "text", "start", "end", "kind", "actor"),
    "actors": ("id", "kind", "name", "variants", "mentions", "reasons", "apart"),
    "incidents": ("id", "title", "act_type", "date_from", "date_to", "places", "claims", "versions",
                  "differing", "part_of", "conflicts", "corroboration"),
    "contradictions": ("id", "a", "b", "kind", "reason", "mark", "because", "marked_by", "marked_at"),
    "origins": ("id", "kind", "docs", "claims", "reason"),
    "accounts": (
        "id", "incident", "teller", "kind", "why", "item", "doc", "also_docs", "number", "held", "claims", "supports",
        "origin", "perhaps", "traced", "counted", "says", "from",
    ),
    "figures": (
        "incident", "claim", "number", "population", "said_to_be", "unit", "speakers", "counter", "value", "min", "max",
        "text", "as_of", "date_from", "date_to", "denied",
    ),
    "matrix": (
        "id", "actor", "actor_name", "actor_kind", "crime", "crime_title", "mode", "mode_title", "article", "pack",
        "claims", "incidents", "cells", "notes", "reasons_for", "reasons_against", "shared_with", "grounds", "kept_out",
    ),
}  # fmt: skip
"""The columns of each kind in their order; all are there even where no row fills them. A key that is not named here
gets a column behind them, in the order of the alphabet."""

SIGNS = frozenset("=+-@\t\r\n")
"""What a cell may begin with that a spreadsheet program takes for a formula, or for the border of a cell before one."""
LONGEST_CELL = 32_767
"""UTF-16 units that a cell of a spreadsheet program holds (ECMA-376 gives no bound; the common programs do)."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, column names among them."""
_PIECE = 16_000


@dataclass(frozen=True, slots=True)
class Table:
    """Flat rows under their columns; every cell is text."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_csv(out: Path, kind: str, rows: Iterable[Row]) -> None:
    """Write an export as CSV: UTF-8 with its mark, so that spreadsheet programs know it, whole or not at all."""
    _written(out, csv_bytes(table(kind, rows)))


def write_xlsx(out: Path, kind: str, rows: Iterable[Row]) -> None:
    """Write an export as a workbook, whole or not at all."""
    _written(out, xlsx_bytes(table(kind, rows)))


def table(kind: str, rows: Iterable[Row]) -> Table:
    """An export as a flat table.

    A dict whose keys have columns of their own (`quantity.value`) fills them; lists of words are joined by `; `;
    whatever is deeper (versions of an incident, cells of the matrix) is JSON in its cell. Nothing is left out.
    """
    known = COLUMNS.get(kind, ())
    dotted = frozenset(name.partition(".")[0] for name in known if "." in name)
    flat = [_flat(row, dotted) for row in rows]
    columns = (*known, *sorted({name for row in flat for name in row} - {*known, *dotted}))
    return Table(kind, columns, tuple(tuple(row.get(name, "") for name in columns) for row in flat))


def csv_bytes(made: Table) -> bytes:
    """The table as CSV (RFC 4180, lines end with CR LF), every cell guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(guarded, made.columns))
    writer.writerows(map(guarded, row) for row in made.rows)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def guarded(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet program could take it for a formula.

    Quotation marks, spaces and signs without width in front do not hide a sign, nor does its full-width form. A text
    that has the apostrophe already gets one more, so that `unguarded` gives back exactly what was there.
    """
    return f"'{text}" if _could_start(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _could_start(text[1:]) else text


def _could_start(text: str) -> bool:
    for sign in text:
        folded = unicodedata.normalize("NFKC", sign)[:1]
        if sign in SIGNS or folded in SIGNS:
            return True
        if not (sign.isspace() or unicodedata.category(sign) in _PASSED_OVER or folded in _QUOTES):
            return False
    return False


_QUOTES = frozenset("'\"`´„‚")
_PASSED_OVER = frozenset(("Pi", "Pf", "Cf", "Cc"))
"""Kinds of sign that may stand in front of a formula: quotation marks, signs without width, controls."""


# Flat rows --------------------------------------------------------------------------------------


def _flat(row: Row, dotted: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in row.items():
        if key in dotted and isinstance(value, Mapping):
            found |= {f"{key}.{inner}": _cell(one) for inner, one in value.items()}
        elif key not in dotted or value is not None:
            found[key] = _cell(value)
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and all(one is None or isinstance(one, str | int) for one in value):
        return "; ".join(map(_cell, value))
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


# A workbook -------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Style 1 is text with the sign that it is meant so (`quotePrefix`): who edits a cell makes no formula of it either.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" '
    'applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_LATER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xlsx_bytes(made: Table) -> bytes:
    """The table as a workbook: every cell a text, no formula; the same bytes for the same table.

    Signs that XML cannot hold are written `_x0001_`, as ECMA-376 part 1, 22.9.2.19 says, which programs read back as
    the sign. A text too long for a cell goes on in a sheet `long texts`; rows too many for a sheet in a further one.
    """
    sheets = list(_sheets(made))
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1)
    )
    numbers = range(1, len(sheets) + 1)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main'
        f'+xml"/><Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
        f'Id="rId{len(sheets) + 1}" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    } | {f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in enumerate(sheets, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            # A fixed time and system: the file says nothing of when and where it was made.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(info, words.encode("utf-8"))
    return out.getvalue()


def _sheets(made: Table) -> Iterator[tuple[str, str]]:
    """Name and XML of each sheet."""
    long: list[tuple[str, ...]] = []
    rows_each = MOST_ROWS - 1
    for number, start in enumerate(range(0, max(len(made.rows), 1), rows_each), 1):
        name = made.kind[:25] if number == 1 else f"{made.kind[:20]} {number}"
        rows = [_shortened(name, n, row, long) for n, row in enumerate(made.rows[start : start + rows_each], 2)]
        yield name, _sheet_xml(made.columns, rows)
    if long:
        yield "long texts", _sheet_xml(("cell", "piece", "text"), long)


def _shortened(sheet: str, number: int, row: Sequence[str], long: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The row with its first piece alone of a text that is too long for a cell; the other pieces go into `long`."""
    cells = []
    for column, text in enumerate(row, 1):
        if len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
            pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
            cells.append(pieces[0])
            place = f"{sheet}!{_letters(column)}{number}"
            long += ((place, str(n), piece) for n, piece in enumerate(pieces[1:], 2))
        else:
            cells.append(text)
    return tuple(cells)


def _sheet_xml(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>',
        _row_xml(1, columns, style=2),
    ]
    lines += (_row_xml(number, row, style=1) for number, row in enumerate(rows, 2))
    return "".join([*lines, "</sheetData></worksheet>"])


def _row_xml(number: int, row: Sequence[str], style: int) -> str:
    cells = "".join(
        f'<c r="{_letters(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'
        for n, text in enumerate(row, 1)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _xml(text: str) -> str:
    said = _LATER.sub("_x005F_", text)
    return escape(_NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", said))


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _written(out: Path, data: bytes) -> None:
    try:
        write(out, data)
    except ProbandaError as fault:
        raise ProbandaError(
            fault.problem, "Name another place for the table, or free space; nothing else changed."
        ) from fault
