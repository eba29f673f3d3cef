"""FollowTheMoney: entities as JSON lines, and statements as JSON lines or CSV (documentation of followthemoney 4).

An entity is `{"id", "schema", "properties": {name: [values]}}`; a statement is one value of one property of one entity.
Every value is laid out at its line and key, or in its cell. What else stands in a line (`caption`, `datasets`, ...) is
context, kept in the item's bytes and counted.

Start with `extract`. Looks down to: record_layout, csv_table, encodings. Used by: formats (registry).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, Extracted, Format
from probanda.reading.formats.bounds import capped
from probanda.reading.formats.csv_table import beginning, places_in_bytes, rows_of
from probanda.reading.formats.record_layout import (
    LONGEST,
    Full,
    RecordLayout,
    Shown,
    cells_shown,
    short_number,
    sound,
    values_shown,
)
from probanda.reading.model import Remark
from probanda.reading.records import PROFILE

ENTITIES = f"{PROFILE}followthemoney"
STATEMENTS = f"{PROFILE}followthemoney-statements"
LARGEST = 20_000_000
"""Bytes. A larger file is read part by part as any text."""
COLUMNS = ("canonical_id", "entity_id", "prop", "schema", "value")
"""Columns (and keys) by which statements are known."""
STATEMENT_KEYS = (
    *COLUMNS, "id", "prop_type", "dataset", "origin", "lang", "original_value", "external", "first_seen", "last_seen",
)  # fmt: skip
MOST_VALUES = 5_000
"""Values of one entity that are laid out."""
_SCHEMA = re.compile(rb'"schema"\s*:\s*"[A-Z][A-Za-z]{1,60}"')
_PROPERTIES = re.compile(rb'"properties"\s*:\s*\{')
_NAME = re.compile(r"[A-Za-z][\w:.-]{0,79}")
_AGAIN = "It is kept and registered. Ask whoever provided it to write it again, one object on each line."


def recognise(head: bytes, _name: str) -> bool:
    """True for lines of entities or statements, and for a table of statements."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return _SCHEMA.search(start) is not None and (_PROPERTIES.search(start) is not None or _says_statement(start))
    text = beginning(head)
    header = [one.value.strip() for one in next(rows_of(text, ","), [])] if text else []
    return set(COLUMNS) <= set(header)


def recognise_file(file: BinaryIO) -> bool:
    """True for a file that is read as one part."""
    return file.seek(0, 2) <= LARGEST


def extract(data: bytes) -> Extracted:
    """Bytes to records. Raises CannotRead where no line of it is an entity or a statement."""
    encoding = judge(data)
    text = encoding.decode(data)
    build = _Build()
    lines = text.removeprefix("\ufeff").lstrip().startswith("{")
    try:
        if lines:
            build.lines(text.removeprefix("\ufeff"))
        else:
            byte_of = places_in_bytes(text, data, encoding)
            for number, row in enumerate(rows_of(text, ",")):
                shown = cells_shown(row, byte_of)
                build.row(shown, header=number == 0, closed=row[-1].closed)
    except Full:
        build.full = True
    if not build.records:
        raise CannotRead("It begins as FollowTheMoney, and no entity or statement is in it.", _AGAIN)
    return Extracted(
        words=build.layout.words,
        runs=tuple(build.layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=STATEMENTS if build.statements else ENTITIES,
        marks=tuple(build.layout.marks),
        located=tuple(build.layout.located),
        remarks=tuple(capped(_remarks(build))),
    )


def _says_statement(start: bytes) -> bool:
    return all(f'"{key}"'.encode() in start for key in ("entity_id", "prop", "value"))


@dataclass(slots=True)
class _Build:
    """The records while they are laid out."""

    layout: RecordLayout = field(default_factory=RecordLayout)
    counts: Counter[str] = field(default_factory=Counter)
    records: int = 0
    statements: bool = False
    full: bool = False

    def lines(self, text: str) -> None:
        """Lines of JSON; what is no object of the form is counted, never guessed."""
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            shown = self._shown(number, _parsed(line))
            if shown:
                self.layout.record(shown)
                self.records += 1
            else:
                self.counts["lines"] += 1

    def row(self, shown: Sequence[Shown], *, header: bool, closed: bool) -> None:
        """A row of a table of statements."""
        self.statements = True
        self.counts["open"] += not closed
        if header:
            self.layout.names(shown)
        elif shown:
            self.layout.record(shown)
            self.records += 1

    def _shown(self, number: int, one: Any) -> list[Shown]:
        if not isinstance(one, dict) or not isinstance(one.get("schema"), str):
            return []
        properties = one.get("properties")
        if isinstance(properties, dict) and isinstance(one.get("id"), str):
            found = [*values_shown(number, "schema", [_short(one["schema"])])]
            found += values_shown(number, "id", [_short(one["id"])])
            for key, values in properties.items():
                found += self._values(number, key, values)
            self.counts["values"] += max(0, len(found) - MOST_VALUES)
            for key in sorted(set(one) - {"id", "schema", "properties"}):
                self.counts[f"context {_short(key)[:40]}"] += 1
            return found[:MOST_VALUES]
        if all(isinstance(one.get(key), str) for key in ("entity_id", "prop", "value")):
            self.statements = True
            known = [(key, one[key]) for key in STATEMENT_KEYS if isinstance(one.get(key), str) and one[key].strip()]
            self.counts["context"] += sum(key not in STATEMENT_KEYS for key in one)
            return [shown for key, value in known for shown in values_shown(number, key, [self._sound(value)])]
        return []

    def _values(self, number: int, key: str, values: Any) -> Iterator[Shown]:
        listed = values if isinstance(values, list) else [values]
        words = [self._sound(str(v)) for v in listed if isinstance(v, str | int | float) and not isinstance(v, bool)]
        self.counts["values of no form"] += len(listed) - len(words)
        if not _NAME.fullmatch(key):
            self.counts["values of no form"] += len(words)
            return
        yield from values_shown(number, key, [one for one in words if one.strip()])

    def _sound(self, words: str) -> str:
        self.counts["cut"] += len(words) > LONGEST
        return sound(words)


def _short(words: str) -> str:
    return " ".join(sound(words[:1_000]).split())


def _parsed(line: str) -> Any:
    """A line's value; None for what is no sound JSON, or stands deeper in itself than any entity."""
    try:
        return json.loads(line, parse_int=short_number)
    except (ValueError, RecursionError):
        return None


def _remarks(build: _Build) -> Iterator[Remark]:
    told = {
        "lines": ("lines of the file", "They are no entity and no statement (or damaged); nothing is read from them."),
        "open": ("rows", "A quotation mark is opened here and never closed: all that follows stands in one cell."),
        "cut": ("values", f"They are longer than {LONGEST:,} characters; what is beyond is not read."),
        "values": ("values", f"They are beyond the {MOST_VALUES:,} of one entity that are read."),
        "values of no form": ("values", "They are no text or number, or their property has no name."),
        "context": ("keys of statements", "They are not of FollowTheMoney's columns; nothing is read from them."),
    }
    for key, (what, why) in told.items():
        if many := build.counts[key]:
            yield Remark(f"{many:,} {what}", why, "They stand in the item's bytes as they came.")
    for key, many in sorted(build.counts.items()):
        if key.startswith("context "):
            yield Remark(
                f"{many:,} keys {key.removeprefix('context ')}",
                "They stand beside the entities, not among its properties; nothing is read from them.",
                "They stand in the item's bytes as they came.",
            )
    if build.full:
        yield Remark(
            "the rest of the file",
            f"It is larger than is read of one file ({build.records:,} records were).",
            "Cut it into several files and add them.",
        )


FORMAT = Format(
    name="FollowTheMoney",
    media_types=(ENTITIES, STATEMENTS),
    suffixes=(".json", ".jsonl", ".csv"),
    recognised_by="its lines are JSON with a schema and properties, or it has the keys or columns of statements",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
)
