"""Rows of a known sheet as they stand in an item's text: cells by their columns, entries of a cell, days as bounds.

Start with `rows_of`, then `Row.entries` and `bounds_of`. Days are read in the forms that mean one day, month or year
only: `2031-05-03`, `2031-05`, `2031` (a part of `00` is not told), and cut in year, month and day. `3/5/2031` could be
two days and is left out; so is a day that no calendar has. Both are said in a flag, never put right.

Looks down to: reading.sheets, kernel. Used by: sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from probanda.kernel.bounds import EVER, Bounds, first_day
from probanda.reading.model import Text
from probanda.reading.sheets import PARTED, Fact, date_columns

IMPOSSIBLE = "impossible-date"
UNCLEAR = "unclear-date"
"""A date that could be read in two ways, or whose two forms in the sheet disagree."""
YES = frozenset(("y", "yes", "true", "1"))
ENDED = frozenset(("e",))
"""What an open-or-not column says where the last cited day is the day of the end."""
_CELL = re.compile(r"([A-Z]{1,4})(\d+)")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T00:00:00Z?)?")
_RANGE = ("first_precise", "last_precise", "first_imprecise", "last_imprecise")


@dataclass(frozen=True, slots=True)
class Words:
    """Words at their place in the item's whole text."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its filled cells by the name of their column."""

    number: int
    cells: Mapping[str, Words]
    header: frozenset[str]

    def says(self, column: str | None) -> str:
        """The words of a cell without the space around them; empty where the row does not fill it."""
        found = self.cells.get(column or "")
        return found.words.strip() if found else ""

    def whole(self, column: str | None) -> Words | None:
        """A cell as one entry, without the space around it."""
        found = self.cells.get(column or "")
        return _stripped(found.words, found.start) if found else None

    def entries(self, column: str | None) -> list[Words]:
        """The entries of a cell, parted by `;`, empty ones left out."""
        found = self.cells.get(column or "")
        out, at = [], 0
        for piece in found.words.split(PARTED) if found else ():
            one = _stripped(piece, found.start + at) if found else None
            out += [one] if one else []
            at += len(piece) + len(PARTED)
        return out


@dataclass(frozen=True, slots=True)
class Times:
    """When a row tells something of."""

    bounds: Bounds
    flags: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """Columns that were read for it."""


def rows_of(text: Text) -> Iterator[Row]:
    """The rows of a sheet's text below its header, in order."""
    grid: dict[int, dict[int, Words]] = {}
    for one in text.located:
        found = _CELL.fullmatch(one.locator.cell or "")
        if found:
            words = Words(text.words[one.start : one.end], text.base + one.start, text.base + one.end)
            grid.setdefault(int(found[2]), {})[_number(found[1])] = words
    names: dict[int, str] = {}
    for column, cell in sorted(grid.pop(1, {}).items()):
        name = cell.words.strip()
        if name not in names.values():  # of a column that comes twice the first is read
            names[column] = name
    header = frozenset(names.values())
    for number, cells in grid.items():
        yield Row(number, {names[c]: cell for c, cell in sorted(cells.items()) if c in names}, header)


def bounds_of(row: Row, fact: Fact) -> Times:
    """When the row tells the fact of, with flags for what could not be read; nothing is filled in."""
    return _range(row) if fact.range else _cited(row, fact)


def _cited(row: Row, fact: Fact) -> Times:
    """First and last day for which sources tell it (2021). Between the two nobody need have told of it, so they are
    imprecise bounds, but where one day is both, or both begin and end are told."""
    first, last = _day(row, fact.first), _day(row, fact.last)
    starting = bool(first.iso) and row.says(fact.starting).lower() in YES
    still = row.says(fact.still).lower()
    ending = bool(last.iso) and (row.says(fact.ending).lower() in YES or still in ENDED)
    same = first.iso is not None and first.iso == last.iso
    if same or (starting and ending):
        bounds = Bounds(first_precise=first.iso, last_precise=last.iso, starting=starting, ending=ending)
    else:
        bounds = Bounds(first_imprecise=first.iso, last_imprecise=last.iso, starting=starting, ending=ending)
    told = f"not known to have ended: {fact.still} = {row.says(fact.still)}" if still and still not in ENDED else ""
    told_by = (c for c in (fact.starting, fact.ending, fact.still) if c and row.says(c))
    columns = (*first.columns, *last.columns, *told_by)
    return Times(bounds, (*first.flags, *last.flags), tuple(filter(None, (*first.why, *last.why, told))), columns)


def _range(row: Row) -> Times:
    """The six range columns (2026)."""
    values: dict[str, str | None] = {}
    flags: list[str] = []
    why: list[str] = []
    columns: list[str] = []
    for name in _RANGE:
        column = f"{name}:range"
        said = row.says(column)
        found = _Read(EVER, (), ()) if said == EVER and name == "first_imprecise" else _one(column, said)
        values[name] = found.iso
        flags += found.flags
        why += found.why
        columns += [column] if said else []
    starting, ending = (row.says(f"{name}:range").lower() in YES for name in ("starting", "ending"))
    columns += [column for column in ("starting:range", "ending:range") if row.says(column)]
    known = {name: value for name, value in values.items() if value}
    return Times(Bounds(**known, starting=starting, ending=ending), tuple(flags), tuple(why), tuple(columns))


@dataclass(frozen=True, slots=True)
class _Read:
    iso: str | None
    flags: tuple[str, ...]
    why: tuple[str, ...]
    columns: tuple[str, ...] = ()


def _day(row: Row, column: str | None) -> _Read:
    """A day from its column and the three beside it; where they disagree it is left out."""
    if column is None:
        return _Read(None, (), ())
    parts = next((p for p in date_columns(column) if any(row.says(c) for c in p)), None)
    whole = _one(column, row.says(column))
    filled = tuple(c for c in (column, *(parts or ())) if row.says(c))
    if parts is None:
        return _Read(whole.iso, whole.flags, whole.why, filled)
    said = "-".join(row.says(c).zfill(width) for c, width in zip(parts, (4, 2, 2), strict=True))
    cut = _one(f"{column} in parts", said)
    if row.says(column) and whole.iso and cut.iso and whole.iso != cut.iso:
        return _Read(None, (UNCLEAR,), (f"date left out: {column} = {row.says(column)}, in parts {said}",), filled)
    if IMPOSSIBLE in (*whole.flags, *cut.flags):
        return _Read(None, (IMPOSSIBLE,), (whole if whole.flags else cut).why, filled)
    best = cut if cut.iso else whole
    return _Read(best.iso, () if best.iso else best.flags or cut.flags, () if best.iso else best.why or cut.why, filled)


def _one(column: str, said: str) -> _Read:
    """One date as written, to an ISO day, month or year."""
    if not said or not said.strip("0-"):
        return _Read(None, (), ())
    found = _ISO.fullmatch(said)
    if found is None:
        return _Read(None, (UNCLEAR,), (f"date left out: {column} = {said[:40]}",))
    year, month, day = (int(part or 0) for part in found.groups())
    iso = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if (day and not month) or first_day(iso) is None:
        return _Read(None, (IMPOSSIBLE,), (f"date left out: {column} = {said[:40]}",))
    return _Read(iso, (), ())


def _stripped(words: str, start: int) -> Words | None:
    inner = words.strip()
    if not inner:
        return None
    begin = start + words.index(inner)
    return Words(inner, begin, begin + len(inner))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
