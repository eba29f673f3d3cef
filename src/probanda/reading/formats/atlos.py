"""Atlos: incidents as its CSV has them, and the JSON files of its full export (a ZIP, whose members are items).

A CSV is known by the columns `status`, `description` and `sensitive`, which Atlos itself asks for. In the ZIP each
incident has a `metadata.json` (attributes `attr_...`) and an `updates.json` (what its users wrote to one another), and
each source a `metadata.json` with the digests of its files. The description and further information are prose, and
body; all else tells of the incident and is furniture, found again by its cell or key.

Start with `extract`. Looks down to: record_layout, csv_table, encodings. Used by: formats (registry).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from probanda.kernel.vocabulary import PassageRole
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

MEDIA_TYPE = f"{PROFILE}atlos"
NOTES = f"{MEDIA_TYPE}-updates"
"""What users of Atlos wrote to one another: searched, never read for claims."""
LARGEST = 20_000_000
COLUMNS = frozenset(("status", "description", "sensitive"))
"""Columns without which Atlos takes no table in."""
PROSE = ("description", "more_info")
MOST_SOURCES = 1_000
_SHIELDED = ("personal information visible", "hidden")
"""Marks of Atlos for what is not to be seen by all."""
_AGAIN = "It is kept and registered. Ask whoever provided it to export it again."


def recognise(head: bytes, name: str) -> bool:
    """True for a table with Atlos's columns, and for the JSON files of its full export."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    if start.startswith(b"{"):
        return last == "metadata.json" and (b'"attr_description"' in head or _is_source(head))
    if start.startswith(b"["):
        return last == "updates.json"
    text = beginning(head)
    header = [one.value.strip() for one in next(rows_of(text, ","), [])] if text else []
    return set(header) >= COLUMNS


def recognise_file(file: BinaryIO) -> bool:
    """True for a file that is read as one part."""
    return file.seek(0, 2) <= LARGEST


def extract(data: bytes) -> Extracted:
    """Bytes to incidents. Raises CannotRead where it holds none, or is no sound JSON."""
    encoding = judge(data)
    text = encoding.decode(data)
    build = _Build()
    start = text.removeprefix("\ufeff").lstrip()[:1]
    try:
        if start in ("{", "["):
            build.json(_parsed(text))
        else:
            build.table(text, places_in_bytes(text, data, encoding))
    except Full:
        build.full = True
    if not build.records:
        raise CannotRead("It has the form of an export of Atlos, and no incident is in it.", _AGAIN)
    return Extracted(
        words=build.layout.words,
        runs=tuple(build.layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=NOTES if start == "[" else MEDIA_TYPE,
        marks=tuple(build.layout.marks),
        located=tuple(build.layout.located),
        remarks=tuple(capped(_remarks(build))),
        restricted=_restricted(build),
    )


def _is_source(head: bytes) -> bool:
    return all(key in head for key in (b'"source_url"', b'"artifacts"', b'"scoped_id"'))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=short_number)
    except RecursionError:
        raise CannotRead(
            "Its values stand inside one another more deeply than Atlos writes them.",
            "It is kept and registered. Ask whoever provided it what it is; it may be made to do harm.",
        ) from None
    except ValueError:
        raise CannotRead("It begins as an export of Atlos, but is damaged or cut short.", _AGAIN) from None


@dataclass(slots=True)
class _Build:
    """The incidents while they are laid out."""

    layout: RecordLayout = field(default_factory=lambda: RecordLayout(role=PassageRole.FURNITURE))
    counts: Counter[str] = field(default_factory=Counter)
    records: int = 0
    full: bool = False

    def table(self, text: str, byte_of: Any) -> None:
        """The rows of a CSV."""
        prose: frozenset[int] = frozenset()
        marks: dict[int, str] = {}
        for number, row in enumerate(rows_of(text, ",")):
            self.counts["open"] += not row[-1].closed
            if number == 0:
                names = {one.column: one.value.strip() for one in row}
                prose = frozenset(column for column, name in names.items() if name in PROSE)
                marks = {column: name for column, name in names.items() if name in ("sensitive", "restrictions")}
                self.layout.names(cells_shown(row, byte_of))
                continue
            self.counts["shielded"] += any(_shields(one.value) for one in row if one.column in marks)
            self._record(cells_shown(row, byte_of, prose))

    def json(self, whole: Any) -> None:
        """One file of the full export."""
        if isinstance(whole, list):
            for number, one in enumerate(whole, 1):
                words = _texts(one.get("explanation")) if isinstance(one, dict) else []
                self._record(values_shown(number, "explanation", words))
        elif isinstance(whole, dict):
            self._record(list(self._incident(whole)))

    def _record(self, shown: list[Shown]) -> None:
        if shown:
            self.layout.record(shown)
            self.records += 1

    def _incident(self, whole: Mapping[str, Any]) -> Iterator[Shown]:
        sources = whole.get("source_material", whole.get("versions"))
        found: dict[str, list[str]] = {}
        for key, value in sorted(whole.items()):
            name = key.removeprefix("attr_")
            if key in ("source_material", "versions", "artifacts", "project_attributes"):
                continue
            if key == "attr_geolocation":
                found |= _position(value)
            elif key == "project":
                found[name] = _texts(value.get("name")) if isinstance(value, dict) else []
            elif words := _texts(value):
                found[name] = words
            elif value not in (None, "", [], {}):
                self.counts["values"] += 1
        for one in _dicts(whole.get("project_attributes")):
            for name in _texts(one.get("name"))[:1]:
                found.setdefault(" ".join(name.split())[:80], []).extend(_texts(one.get("value")))
        for one in [whole, *_dicts(sources)[:MOST_SOURCES]]:
            if one is not whole:
                found.setdefault("source_url", []).extend(_texts(one.get("source_url")))
            for file in _dicts(one.get("artifacts"))[:MOST_SOURCES]:
                found.setdefault("file_hash_sha256", []).extend(_texts(file.get("file_hash_sha256")))
        self.counts["shielded"] += any(_shields(w) for key in ("sensitive", "restrictions") for w in found.get(key, []))
        for name, words in found.items():
            yield from values_shown(1, name, words, prose=name in PROSE)


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    """A value that should be text, a number, or a list of these."""
    listed = value if isinstance(value, list) else [value]
    return [
        sound(str(one))
        for one in listed
        if isinstance(one, str | int | float) and not isinstance(one, bool) and str(one).strip()
    ]


def _position(value: Any) -> dict[str, list[str]]:
    """Latitude and longitude of a point, whose coordinates come with the longitude first."""
    at = value.get("coordinates") if isinstance(value, dict) else None
    if not (isinstance(at, list) and len(at) == 2 and all(isinstance(one, int | float) for one in at)):
        return {}
    return {"latitude": [str(at[1])], "longitude": [str(at[0])]}


def _shields(words: str) -> bool:
    return any(mark in words.lower() for mark in _SHIELDED)


def _restricted(build: _Build) -> str | None:
    many = build.counts["shielded"]
    return f"Atlos marks {many:,} of its incidents as hidden, or as showing personal information" if many else None


def _remarks(build: _Build) -> Iterator[Remark]:
    for key, what, why in (
        ("open", "rows", "A quotation mark is opened here and never closed: all that follows stands in one cell."),
        ("values", "values", f"They are no text or number, or longer than {LONGEST:,} characters."),
    ):
        if many := build.counts[key]:
            yield Remark(f"{many:,} {what}", why, "They stand in the item's bytes as they came.")
    if build.full:
        yield Remark(
            "the rest of the file",
            f"It is larger than is read of one file ({build.records:,} incidents were).",
            "Cut it into several files, each with the header, and add them.",
        )


FORMAT = Format(
    name="Atlos",
    media_types=(MEDIA_TYPE, NOTES),
    suffixes=(".csv", ".json"),
    recognised_by="its columns status, description and sensitive, or it is metadata.json or updates.json of an export",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
)
