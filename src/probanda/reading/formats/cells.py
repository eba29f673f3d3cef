"""Tables laid out as words: each cell a paragraph of its own, and every cell found again by its name (`B7`).

Start with `Layout`: a format hands it the sheets, rows and cells in order and takes the words, the places and the
marks out. `look_like_names` tells column names from data; where in doubt a first row is data, since column names are
furniture, and what a row says must not be lost.

A date alone (`2031-05-03`) dates what follows it when claims are read, as in a chronology. In a table that holds only
where each row with words has one date in front of them; else, in `Layout.end`, dates alone become furniture, so that
no row is dated by its neighbour.

The layout: cells are parted by one blank line and rows by two, which `reading.passages` never joins. The column names
are one line, parted by tabs: a column called “Notes” alone on its line would read like the heading of a page's foot.

Looks down to: kernel, formats, model. Used by: csv_table, xlsx.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Mark
from probanda.reading.model import Located, Run

MOST_CELLS = 400_000
"""Cells laid out of one file: some 2 kB of memory each until the text is made, of which a reader has 1 GiB."""
MOST_WORDS = 32_000_000
"""Code points laid out of one file: a workbook may name one long text from every cell."""
NAMES = "column names"

_BETWEEN_CELLS, _BETWEEN_ROWS = "\n\n", "\n\n\n"
_NAME = re.compile(r"[^\W\d_][\w .,/#()’'&%?:+*-]{0,59}")
_DATE_ALONE = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")
_WORDS = 4
"""Words from which a cell may say something that has a date."""
_FIGURES = re.compile(r"(?=.*\d).{1,30}", re.DOTALL)


class Full(Exception):
    """No more cells are laid out: one of the bounds of this file is reached."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty."""

    name: str
    """`B7`, or `Sheet!B7`."""
    text: str
    runs: tuple[Run, ...] = ()
    """Where its words stand in the bytes; offsets within the cell's text."""


@dataclass(slots=True)
class Layout:
    """A table, or several sheets of them, as they are laid out."""

    located: list[Located] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _body: int | None = None
    _dates: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are a date alone."""
    _each_dated: bool = True
    """Whether each row with words so far had one date in front of them, and no other."""

    @property
    def words(self) -> str:
        """All that was laid out so far."""
        return "".join(self._parts)

    def heading(self, title: str, reason: str) -> None:
        """A heading that stands in no cell, such as the name of a sheet."""
        self._end_body()
        start = self._add(title, _BETWEEN_ROWS)
        self.marks.append(Mark(start, self._length, PassageRole.HEADING, reason))

    def names(self, cells: Sequence[Cell]) -> None:
        """The column names, on one line."""
        self._end_body()
        start = None
        for cell in cells:
            at = self._cell(cell, _BETWEEN_ROWS if start is None else "\t")
            start = at if start is None else start
        if start is not None:
            self.marks.append(Mark(start, self._length, PassageRole.FURNITURE, NAMES))

    def row(self, cells: Sequence[Cell]) -> None:
        """One row of data. Raises Full before a cell that is too much."""
        between = _BETWEEN_ROWS
        dates, dates_in_front = 0, None
        for cell in cells:
            start = self._cell(cell, between)
            self._body = start if self._body is None else self._body
            between = _BETWEEN_CELLS
            if _DATE_ALONE.fullmatch(cell.text):
                self._dates.append((start, self._length))
                dates += 1
            elif dates_in_front is None and len(cell.text.split(maxsplit=_WORDS)) >= _WORDS:
                dates_in_front = dates
        if dates_in_front is not None:
            self._each_dated = self._each_dated and dates_in_front == dates == 1

    def line(self, cells: Sequence[Cell]) -> None:
        """One row of data on one line, its cells parted by tabs: for tables whose columns are known, so that a row is
        read as one. Raises Full before a row that is too much: half a row could be taken for a whole one."""
        if len(self.located) + len(cells) > MOST_CELLS or self._length + sum(len(c.text) for c in cells) > MOST_WORDS:
            raise Full
        for number, cell in enumerate(cells):
            start = self._cell(cell, "\t" if number else _BETWEEN_ROWS)
            self._body = start if self._body is None else self._body

    def end(self) -> None:
        """Say that all is laid out."""
        self._end_body()
        if not self._each_dated:
            reason = "a date in a table whose rows do not each have one date in front of their words"
            self.marks += (Mark(start, end, PassageRole.FURNITURE, reason) for start, end in self._dates)
        self.marks.sort(key=lambda mark: mark.start)

    def _cell(self, cell: Cell, between: str) -> int:
        if len(self.located) >= MOST_CELLS or self._length + len(cell.text) > MOST_WORDS:
            raise Full
        start = self._add(cell.text, between)
        self.located.append(Located(start, self._length, Locator(cell=cell.name)))
        self.runs += (Run(start + r.start, start + r.end, r.byte_start, r.byte_end) for r in cell.runs)
        return start

    def _add(self, text: str, between: str) -> int:
        if self._parts:
            self._parts.append(between)
            self._length += len(between)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def _end_body(self) -> None:
        """One mark over a stretch of cells: that a cell's words are short, or come back, makes them no furniture."""
        if self._body is not None:
            self.marks.append(Mark(self._body, self._length, PassageRole.BODY, "cells of a table"))
            self._body = None


def look_like_names(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """True where the first row holds names of columns: short, filled in, all different, and of another kind than
    what stands below in at least one column, which holds figures, dates or longer text there."""
    names = list(first)
    while names and not names[-1].strip():
        names.pop()
    if len(names) < 2 or not all(_NAME.fullmatch(name.strip()) for name in names):
        return False
    if len({name.strip().casefold() for name in names}) < len(names):
        return False
    return any(_differs(name, [row[n] for row in below if n < len(row)]) for n, name in enumerate(names))


def _differs(name: str, values: Sequence[str]) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    if not filled or _FIGURES.fullmatch(name):
        return False
    other = sum(_FIGURES.fullmatch(v) is not None or len(v) > 60 or v.endswith((".", "!", "?", "؟")) for v in filled)
    return 3 * other >= 2 * len(filled)


def column_name(number: int) -> str:
    """`A` for 1, `Z` for 26, `AA` for 27."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
