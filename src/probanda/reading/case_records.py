"""Records of other systems (Bayanat, Uwazi) as they stand in an item's text: each value with the path that leads to it.

Start with `records_of`. In JSON a value is found again by its path (`bulletins[3].events[0].title`), in a table by its
cell (`F7`); both stand in the locator. From the columns of Bayanat's tables, which hold `<id>-<title>`, the same paths
are made as its JSON has, so that whoever reads claims reads one form.

Looks down to: model. Used by: formats (bayanat, record_table), claims, casework.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Passage, Text

BAYANAT = "application/json; profile=bayanat"
"""Media type of Bayanat's JSON; of its tables `BAYANAT_TABLE` with the kind behind it."""
BAYANAT_TABLE = "text/csv; profile=bayanat-"
UWAZI = "text/csv; profile=uwazi"
KINDS = ("bulletins", "actors", "incidents")
"""Kinds of records of Bayanat, as its files call them."""

_PATH = re.compile(r"(?P<kind>\w+)\[(?P<at>\d+)\]\.(?P<path>.+)", re.DOTALL)
_ENTRY = re.compile(r"(?P<field>[^\[\]]+)\[\d+\]")
_CELL = re.compile(r"(?P<column>[A-Z]{1,4})(?P<row>\d+)")
_NUMBERED = re.compile(r"(?P<field>\w+)\.[A-Za-z_ ]+-(?P<n>\d{1,6})")
_ID_TITLE = re.compile(r"(?P<id>\d{1,18})-(?P<title>.*)", re.DOTALL)
_PROFILE = re.compile(r"profile_(?P<n>\d{1,4})_(?P<field>\w+)")
_AS_JSON = {
    "origin_id": "originid", "verified_labels": "verLabels", "geo_locations": "geoLocations", "media": "medias",
    "related_bulletins": "bulletin_relations", "related_actors": "actor_relations",
    "related_incidents": "incident_relations",
}  # fmt: skip
_OF_RELATION = {
    "bulletin_relations": ("bulletin", "title"),
    "actor_relations": ("actor", "name"),
    "incident_relations": ("incident", "title"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value at its place; offsets are those of the item's whole text."""

    path: str
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Record:
    """One record: its values in the order of the file, and the passages of it that are somebody's prose."""

    kind: str
    """`bulletins`, `actors`, `incidents`; of Uwazi the name of the template, or empty."""
    number: int
    """Its place in its file: from 0 in JSON, the row of a table."""
    values: tuple[Value, ...]
    prose: tuple[Passage, ...] = ()
    """Offsets within the part of the text."""

    @cached_property
    def by_path(self) -> dict[str, Value]:
        """The first value of each path."""
        found: dict[str, Value] = {}
        for one in self.values:
            found.setdefault(one.path, one)
        return found

    def says(self, *paths: str) -> str:
        """The words of the first of these paths that has any; empty where none has."""
        return next((found.words.strip() for p in paths if (found := self.by_path.get(p)) and found.words.strip()), "")

    def value(self, *paths: str) -> Value | None:
        """The first of these that has words, without the space around them."""
        for path in paths:
            found = self.by_path.get(path)
            if found is not None and (inner := found.words.strip()):
                start = found.start + found.words.index(inner)
                return Value(path, inner, start, start + len(inner))
        return None

    def listed(self, field: str) -> list[str]:
        """Paths of the entries of a list, such as `events[0]`, in order."""
        return list(self._lists.get(field, ()))

    @cached_property
    def _lists(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for path in self.by_path:
            if entry := _ENTRY.match(path):
                found.setdefault(entry["field"], {})[entry[0]] = None
        return found


def is_records(media_type: str | None) -> bool:
    """True for a text that was read as another system's records."""
    return is_bayanat(media_type) or media_type == UWAZI


def is_bayanat(media_type: str | None) -> bool:
    """True for Bayanat's JSON and tables."""
    return media_type is not None and (media_type == BAYANAT or media_type.startswith(BAYANAT_TABLE))


def records_of(text: Text) -> Iterator[Record]:
    """The records of a text, in order."""
    if text.media_type == BAYANAT:
        yield from _grouped(text, _json_values(text))
    elif is_bayanat(text.media_type):
        kind = text.media_type.removeprefix(BAYANAT_TABLE)
        yield from _grouped(text, _table_values(text, kind, _bayanat))
    elif text.media_type == UWAZI:
        yield from _grouped(text, _table_values(text, "", lambda column, value: (_moved(value, column),)))


_Placed = tuple[str, int, Value]
_Mapping = Callable[[str, Value], Iterable[Value]]


def _grouped(text: Text, values: Iterable[_Placed]) -> Iterator[Record]:
    starts = [p.start for p in text.passages]
    known: tuple[str, int] | None = None
    held: list[Value] = []
    for kind, number, value in values:
        if known is not None and known != (kind, number):
            yield _record(text, starts, *known, held)
            held = []
        known = (kind, number)
        held.append(value)
    if known is not None:
        yield _record(text, starts, *known, held)


def _record(text: Text, starts: list[int], kind: str, number: int, values: list[Value]) -> Record:
    first, last = values[0].start - text.base, max(v.end for v in values) - text.base
    inside = text.passages[bisect_left(starts, first) : bisect_left(starts, last)]
    prose = tuple(p for p in inside if p.role is not PassageRole.FURNITURE)
    return Record(kind, number, tuple(values), prose)


def _json_values(text: Text) -> Iterator[_Placed]:
    for one in text.located:
        found = _PATH.fullmatch(one.locator.cell or "")
        if found:
            start, end = one.start, one.end
            value = Value(found["path"], text.words[start:end], text.base + start, text.base + end)
            yield found["kind"], int(found["at"]), value


def _table_values(text: Text, kind: str, mapped: _Mapping) -> Iterator[_Placed]:
    header: dict[str, str] = {}
    for one in text.located:
        found = _CELL.fullmatch(one.locator.cell or "")
        if not found:
            continue
        words, row = text.words[one.start : one.end], int(found["row"])
        if row == 1:
            header[found["column"]] = words.strip()
        elif column := header.get(found["column"]):
            # An apostrophe in front of what a spreadsheet program could take for a formula is the exporter's.
            guard = len(words) > 1 and words[0] == "'" and words[1] in "=+-@"
            start = text.base + one.start + guard
            for value in mapped(column, Value(column, words[guard:], start, text.base + one.end)):
                yield kind, row, value


def _moved(value: Value, path: str) -> Value:
    return Value(path, value.words, value.start, value.end)


def _bayanat(column: str, value: Value) -> Iterator[Value]:
    """A cell of Bayanat's tables under the paths that its JSON has."""
    numbered, profile = _NUMBERED.fullmatch(column), _PROFILE.fullmatch(column)
    if profile:
        yield _moved(value, f"actor_profiles[{int(profile['n'])}].{profile['field']}")
        return
    field = column if numbered is None else numbered["field"]
    field = _AS_JSON.get(field, field)
    said = _ID_TITLE.fullmatch(value.words) if numbered else None
    if numbered is None or said is None:
        yield _moved(value, field)
        return
    entry = f"{field}[{max(int(numbered['n']) - 1, 0)}]"
    inner, name = _OF_RELATION.get(field, ("", "title"))
    entry = f"{entry}.{inner}" if inner else entry
    for path, group in ((f"{entry}.id", "id"), (f"{entry}.{name}", "title")):
        if said[group].strip():
            yield Value(path, said[group], value.start + said.start(group), value.start + said.end(group))
