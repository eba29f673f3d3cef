"""Bulletins, actors and incidents as Bayanat exports them in JSON: each value a paragraph, found again by its path.

Start with `extract_file`. The records are drawn one by one (`json_records`), so that a large export is not held whole,
and the commas that Bayanat leaves out between its chunks are put back. What persons wrote (titles, descriptions) is to
be read for claims; all other values are furniture, which is kept and searched. Words of JSON are packed (escapes), so
`runs` stay empty. Descriptions are HTML there; their tags are taken out.

Looks down to: json_records, prose, case_records. Used by: formats (registry).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.case_records import BAYANAT, KINDS
from probanda.reading.formats import CannotRead, Extracted, Format, Mark
from probanda.reading.formats.bounds import capped
from probanda.reading.formats.cells import MOST_CELLS, MOST_WORDS, Full
from probanda.reading.formats.json_records import Told, records
from probanda.reading.formats.prose import is_prose, is_title, without_tags
from probanda.reading.model import Located, Remark

MOST_VALUES = 20_000
"""Values of one record that are laid out."""
LONGEST = 1_000_000
"""Code points of one value."""
_OPENED = re.compile(rf'\ufeff?\s*\{{\s*"(?:{"|".join(KINDS)})"\s*:\s*\[\s*(?:\{{|\]|\Z)')
_KEYS = re.compile(
    r'"(?:class|sjac_title|originid|geoLocations|verLabels|actor_relations|bulletin_relations|incident_relations'
    r'|first_peer_reviewer|actor_profiles|review_action|documentation_date|potential_violations)"\s*:'
)
_AGAIN = "It is kept and registered. Ask whoever provided it to export it once more, a large set in several files."
_PLACE = "kept and searched, not read for claims"
PRIVATE = ("id_number", "seen_in_detention", "missing_relatives", "saw_phone", "saw_address", "last_address")
"""Fields that say of a person what leads to them, or what only their family told."""


def recognise(head: bytes, _name: str) -> bool:
    """True for JSON that begins as a list of Bayanat's records and has keys that only these have."""
    start = head.decode("utf-8", "replace")
    return _OPENED.match(start) is not None and _KEYS.search(start) is not None


def extract(data: bytes) -> Extracted:
    """Bytes to records. Raises CannotRead where none could be read."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """The same from an open file, record by record."""
    file.seek(0)
    told, laid = Told(), _Laid()
    read = 0
    try:
        for number, record in records(file, told):
            laid.record(f"{told.kind}[{number}]", record)
            read += 1
    except Full:
        laid.full = True
    if not read:
        raise CannotRead("It has the form of an export of Bayanat, and no record of it could be read.", _AGAIN)
    return Extracted(
        words="".join(laid.parts),
        runs=(),
        encoding="utf-8",
        encoding_reason="JSON is in UTF-8 (RFC 8259)",
        media_type=BAYANAT,
        marks=tuple(laid.marks),
        located=tuple(laid.located),
        remarks=tuple(capped(_remarks(told, laid, read))),
        restricted=laid.restricted,
    )


@dataclass(slots=True)
class _Laid:
    """Records while they are laid out."""

    parts: list[str] = field(default_factory=list)
    located: list[Located] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    full: bool = False
    long: int = 0
    """Values that were cut, and records of which the last values were left out."""
    restricted: str | None = None
    _length: int = 0

    def record(self, place: str, record: Mapping[str, Any]) -> None:
        """One record, value by value. Raises Full before a record that is too much."""
        values: list[tuple[str, str]] = []
        for path, words in _values("", record):
            if len(values) >= MOST_VALUES:
                self.long += 1
                break
            self.long += len(words) > LONGEST
            shown = without_tags(words[:LONGEST]) if is_prose(path) else words[:LONGEST]
            values += [(path, shown)] if shown.strip() else []
        if len(self.located) + len(values) > MOST_CELLS or self._length + sum(len(w) for _, w in values) > MOST_WORDS:
            raise Full
        between = "\n\n\n"
        for path, words in values:
            self._value(f"{place}.{path}", path, words, between)
            between = "\n\n"
        self.restricted = self.restricted or _restricted(values)

    def _value(self, place: str, path: str, words: str, between: str) -> None:
        if self.parts:
            self.parts.append(between)
            self._length += len(between)
        start = self._length
        self.parts.append(words)
        self._length += len(words)
        self.located.append(Located(start, self._length, Locator(cell=place)))
        role = PassageRole.HEADING if is_title(path) else PassageRole.BODY
        told = is_prose(path) or is_title(path)
        reason = "title of a record" if is_title(path) else ""
        self.marks.append(
            Mark(start, self._length, role if told else PassageRole.FURNITURE, reason if told else _PLACE)
        )


def _values(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every value that is not empty, with its path, in the order of the file. As deep as `json_records` lets it be."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = _sound(key)
            yield from _values(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _values(f"{path}[{number}]", inner)
    elif value is not None and value is not False:
        words = "true" if value is True else _sound(str(value))
        if words.strip():
            yield path, words


def _sound(words: str) -> str:
    """Without half characters (JSON can name them) and NUL, which no text can hold."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _restricted(values: list[tuple[str, str]]) -> str | None:
    for path, words in values:
        if path.startswith("roles["):
            return "Bayanat shows some of its records to certain roles only"
        last = path.rsplit(".", 1)[-1].split("[")[0]
        if path.split("[")[0] == "id_number" or (last in PRIVATE and words != "true"):
            return f"tells of persons what leads to them ({last if last in PRIVATE else 'id_number'})"
    return None


def _remarks(told: Told, laid: _Laid, read: int) -> Iterator[Remark]:
    if told.mended:
        yield Remark(
            f"{told.mended:,} comma{'s' * (told.mended != 1)} missing between records",
            "Bayanat writes none between its chunks of 250, so that strict programs refuse the file.",
            "Nothing needs to be done: the records were parted where they end. The item's bytes stay as they came.",
        )
    for why, many in sorted(told.skipped.items()):
        yield Remark(f"{many:,} record{'s' * (many != 1)}", f"Not read: {why}.", _AGAIN)
    if laid.long:
        yield Remark(
            f"{laid.long:,} value{'s' * (laid.long != 1)}",
            "Longer or more than is read of one record; the rest of them was left out.",
            "Look at the item's bytes.",
        )
    if told.broken:
        yield Remark("what follows the last record", "The file breaks off before its list ends.", _AGAIN)
    if laid.full:
        yield Remark(
            "the rest of the records", f"It is larger than is read of one file ({read:,} records were).", _AGAIN
        )


FORMAT = Format(
    name="records of Bayanat",
    media_types=(BAYANAT,),
    suffixes=(".json",),
    recognised_by="it is JSON with one list called bulletins, actors or incidents, and the keys of Bayanat's records",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
)
