"""A table in its bytes: every cell with the bytes it stands in, so that one can be changed and no other byte is.

Start with `Grid.of`, then `Grid.written`. What nobody changed is not written anew: its bytes are copied, with their
quotation marks, line ends, byte order mark and whatever else a program has left there. A cell that is changed keeps its
quotation marks where it had them, and gets them where its new words need them (RFC 4180).

Looks down to: encodings, csv_table. Used by: formats.sheet, casework.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from probanda.reading.encodings import judge
from probanda.reading.formats.csv_table import DELIMITERS, Field, fields_of, rows_of, said_delimiter
from probanda.reading.sheets import Sheet, sheet_of

Place = tuple[int, int]
"""Row and column, both from 1, as a spreadsheet counts them."""


@dataclass(frozen=True)
class Grid:
    """A table with its encoding and delimiter."""

    data: bytes
    text: str
    """Decoded so that encoding it again gives the bytes."""
    encoding: str
    errors: str
    """How it was decoded: `strict`, or a way that keeps faulty bytes."""
    delimiter: str
    sheet: Sheet

    @classmethod
    def of(cls, data: bytes) -> Grid | None:
        """The table in these bytes, where it is one of the known sheets; None else. Raises CannotRead for what is no
        text."""
        encoding = judge(data)
        text, name, errors = _decoded(data, encoding.name)
        found = delimiter_and_sheet(text)
        return cls(data, text, name, errors, *found) if found else None

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Names of the columns, as written but for white space around them."""
        return tuple(map(str.strip, first_row(self.text, self.delimiter)))

    @cached_property
    def column_numbers(self) -> Mapping[str, int]:
        """Number of each column, from 1; of doubles the first."""
        return {name: number for number, name in reversed(list(enumerate(self.header, 1)))}

    def cells(self) -> Iterator[Field]:
        """Every cell in order, the empty ones and the header among them; none is kept, since there may be millions."""
        return fields_of(self.text, self.delimiter)

    def in_rows(self, numbers: Collection[int]) -> dict[Place, Field]:
        """The cells of these rows by their place."""
        return {(one.row, one.column): one for one in self.cells() if one.row in numbers} if numbers else {}

    def takes(self, words: str) -> bool:
        """True where these words can be written in the table's encoding."""
        try:
            words.encode(self.encoding, self.errors)
        except UnicodeEncodeError:
            return False
        return True

    def written(self, changes: Mapping[Place, str]) -> bytes:
        """The bytes with other words in these cells.

        Raises KeyError for a place without a cell, UnicodeEncodeError for words that the encoding does not have.
        """
        if not changes:
            return self.data
        pieces, done = [], 0
        there = self.in_rows({row for row, _ in changes})
        for place in sorted(changes):
            start, end = there[place].span
            pieces += [self.text[done:start], self._cell(changes[place], self.text[start:end])]
            done = end
        return "".join([*pieces, self.text[done:]]).encode(self.encoding, self.errors)

    def _cell(self, words: str, before: str) -> str:
        needs = any(sign in words for sign in (self.delimiter, '"', "\r", "\n"))
        return quoted(words) if needs or before.startswith('"') else words


def quoted(words: str) -> str:
    """Words in quotation marks, those within doubled."""
    return '"' + words.replace('"', '""') + '"'


def delimiter_and_sheet(text: str) -> tuple[str, Sheet] | None:
    """How the columns of this text are parted, and which sheet it is; None where its first row is no known header."""
    said = said_delimiter(text)
    for delimiter in (said,) if said else DELIMITERS:
        sheet = sheet_of(first_row(text, delimiter))
        if sheet is not None:
            return delimiter, sheet
    return None


def first_row(text: str, delimiter: str) -> Sequence[str]:
    """The values of the first row."""
    return [one.value for one in next(rows_of(text, delimiter), [])]


def _decoded(data: bytes, name: str) -> tuple[str, str, str]:
    """Text, codec and way of decoding by which the bytes come back exactly; Latin-1 has a sign for every byte."""
    for codec, errors in ((name, "strict"), (name, "surrogateescape"), (name, "surrogatepass")):
        try:
            text = data.decode(codec, errors)
            if text.encode(codec, errors) == data:
                return text, codec, errors
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1"), "latin-1", "strict"
