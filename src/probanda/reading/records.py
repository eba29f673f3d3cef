"""Records that other systems write, as they stand in an item's text: each with its values by the name of their field.

Start with `records_of`. A file of records is laid out (by `formats.record_layout`) so that every value is found again:
of a table by its cell (`F7`, under the name of its column in row 1), of JSON by its line and key (`line 7, name`).

Looks down to: model. Used by: formats (record_layout), claims, casework.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from probanda.reading.model import Text

PROFILE = "text/plain; profile=records-"
"""How the media type begins that a text of records is said to be read as; the kind of records follows."""
_CELL = re.compile(r"([A-Z]{1,4})(\d+)")
_LINE = re.compile(r"line (\d+), (.+?)(?: #\d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record; offsets are in the item's whole text."""

    key: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One record: a row of a table, or an object of JSON."""

    number: int
    """Of the row or line, from 1."""
    values: tuple[Value, ...]

    def all(self, key: str) -> list[Value]:
        """The values of one field, in order."""
        return [one for one in self.values if one.key == key]

    def first(self, key: str) -> Value | None:
        """The first value of one field; None where it has none."""
        return next((one for one in self.values if one.key == key), None)

    def says(self, key: str) -> str:
        """Its words without the space around them; empty where it has none."""
        found = self.first(key)
        return found.words.strip() if found else ""


def records_kind(media_type: str | None) -> str | None:
    """Which records a text was read as; None for any other text."""
    return media_type.removeprefix(PROFILE) if media_type is not None and media_type.startswith(PROFILE) else None


def line_place(number: int, key: str, nth: int = 0) -> str:
    """How the place of a value of JSON is written; `nth` counts the values of one key, 0 where there is but one."""
    return f"line {number}, {key}" + (f" #{nth}" if nth else "")


def records_of(text: Text) -> Iterator[Record]:
    """The records of a text, in order."""
    names: dict[str, str] = {}
    number, values = 0, list[Value]()
    for one in text.located:
        found = _place(one.locator.cell or "", names, text.words[one.start : one.end])
        if found is None:
            continue
        row, key = found
        if row != number:
            if values:
                yield Record(number, tuple(values))
            number, values = row, []
        words = text.words[one.start : one.end]
        values.append(Value(key, words, text.base + one.start, text.base + one.end))
    if values:
        yield Record(number, tuple(values))


def keys_of(text: Text) -> Mapping[str, int]:
    """Every field that a text's records fill, with how often."""
    found: dict[str, int] = {}
    for record in records_of(text):
        for value in record.values:
            found[value.key] = found.get(value.key, 0) + 1
    return found


def _place(cell: str, names: dict[str, str], words: str) -> tuple[int, str] | None:
    """Row and key of a place; None for a column's name, which is kept, and for a cell without one."""
    if line := _LINE.fullmatch(cell):
        return int(line[1]), line[2]
    found = _CELL.fullmatch(cell)
    if found is None:
        return None
    if found[2] == "1":
        names[found[1]] = words.strip()
        return None
    return (int(found[2]), names[found[1]]) if names.get(found[1]) else None
