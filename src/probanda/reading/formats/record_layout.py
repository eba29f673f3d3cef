"""Records laid out as words: a line for each, its values behind the names of their fields, prose on lines of its own.

Start with `RecordLayout`: a format hands it the columns' names (of a table) and the records in order. What tells of the
record is furniture or body as the format says; prose, which says something by itself, is body and stands alone, so that
no date or name of another field is read into it.

Looks down to: cells (bounds of a file), csv_table, model. Used by: followthemoney, atlos.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Mark
from probanda.reading.formats.cells import MOST_CELLS, MOST_WORDS, NAMES, Full, column_name
from probanda.reading.formats.csv_table import Field
from probanda.reading.model import Located, Run
from probanda.reading.records import line_place

LONGEST = 200_000
"""Code points of one value that is shown."""
_BETWEEN_RECORDS, _BETWEEN_VALUES = "\n\n\n", "\t"
_REASON = "fields of a record"


@dataclass(frozen=True, slots=True)
class Shown:
    """One value to be laid out."""

    place: str
    """Its locator: `F7`, or `line 7, name`."""
    words: str
    label: str = ""
    """The name of its field, where no row of names above tells it."""
    runs: tuple[Run, ...] = ()
    """Where its words stand in the bytes; offsets within the value."""
    prose: bool = False


@dataclass(slots=True)
class RecordLayout:
    """Records as they are laid out."""

    role: PassageRole = PassageRole.BODY
    """What the values are that are no prose."""
    located: list[Located] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def words(self) -> str:
        """All that was laid out so far."""
        return "".join(self._parts)

    def names(self, values: Sequence[Shown]) -> None:
        """The names of the columns, on one line."""
        self._line(values, PassageRole.FURNITURE, NAMES)

    def record(self, values: Sequence[Shown]) -> None:
        """One record. Raises Full before one that is too much: half a record could be taken for a whole one."""
        size = sum(len(one.words) + len(one.label) + 4 for one in values)
        if len(self.located) + len(values) > MOST_CELLS or self._length + size > MOST_WORDS:
            raise Full
        self._line([one for one in values if not one.prose], self.role, _REASON)
        for one in values:
            if one.prose:
                self._line([one], PassageRole.BODY, "prose of a record")

    def _line(self, values: Sequence[Shown], role: PassageRole, reason: str) -> None:
        if not values:
            return
        begin = None
        for number, one in enumerate(values):
            at = self._add(f"{one.label}: " if one.label else "", _BETWEEN_VALUES if number else _BETWEEN_RECORDS)
            begin = at if begin is None else begin
            start = self._add(one.words, "")
            self.located.append(Located(start, self._length, Locator(cell=one.place)))
            self.runs += (Run(start + r.start, start + r.end, r.byte_start, r.byte_end) for r in one.runs)
        if begin is not None:
            self.marks.append(Mark(begin, self._length, role, reason))

    def _add(self, text: str, between: str) -> int:
        if self._parts and between:
            self._parts.append(between)
            self._length += len(between)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start


def cells_shown(
    row: Sequence[Field], byte_of: Callable[[int], int] | None, prose: frozenset[int] = frozenset()
) -> list[Shown]:
    """The filled cells of a table's row; `prose` are numbers of columns whose cells say something by themselves."""
    found = []
    for one in row:
        if not one.value.strip():
            continue
        runs, at = [], 0
        for start, end in one.pieces if byte_of is not None and len(one.value) <= LONGEST else ():
            assert byte_of is not None  # noqa: S101 (asked above)
            first = byte_of(start)
            runs.append(Run(at, at + end - start, first, byte_of(end)))
            at += end - start
        place = f"{column_name(one.column)}{one.row}"
        found.append(Shown(place, sound(one.value), runs=tuple(runs), prose=one.column in prose))
    return found


def values_shown(number: int, key: str, values: Sequence[str], *, prose: bool = False) -> list[Shown]:
    """The values of one key of an object of JSON."""
    return [
        Shown(line_place(number, key, nth if len(values) > 1 else 0), one, key, prose=prose)
        for nth, one in enumerate(values, 1)
    ]


def sound(words: str) -> str:
    """Without half characters (JSON can name them) and NUL, which no text can hold; cut where it is endless."""
    return words[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def short_number(digits: str) -> int | str:
    """A number of JSON that is a count or an id has at most twenty digits; a longer one stays text."""
    return int(digits) if len(digits) <= 20 else digits


__all__ = ["LONGEST", "Full", "RecordLayout", "Shown", "cells_shown", "short_number", "sound", "values_shown"]
