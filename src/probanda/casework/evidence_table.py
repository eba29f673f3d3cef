"""The table beside the files: what a spreadsheet of the office says of each file that is taken in.

Start with `read_table`. Pure: bytes in, rows out. Columns are known by their names (`ALIASES`) or by what the user says
(`--map "Exhibit=number"`; `--map "Remarks="` leaves a column out). Nothing is guessed: a column that nobody knows, a
day that could be two days, or one number for two files is an error with its line and the next step.

Looks down to: reading (encodings, CSV), kernel. Used by: take_in, cli.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from probanda.kernel.errors import WrongUsage
from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead
from probanda.reading.formats.csv_table import delimiter_of

FIELDS = ("file", "number", "source", "collector", "date", "label", "language", "conditions")
"""What a column can say. Only `file` must be there."""

ALIASES: Mapping[str, str] = {
    alias: name
    for name, aliases in {
        "file": ("file name", "filename", "file path", "path", "document"),
        "number": ("evidence number", "evidence no", "ern", "own number", "exhibit", "exhibit number", "exhibit no"),
        "source": ("provider", "provided by", "received from"),
        "collector": ("collected by", "investigator"),
        "date": ("acquired", "date acquired", "acquisition date", "collected", "date collected", "collected on"),
        "label": (),
        "language": ("lang",),
        "conditions": ("condition", "conditions of use", "restrictions"),
    }.items()
    for alias in (name, *aliases)
}
"""Names of columns in small letters, without a full stop at their end."""

# ISO 639-1. A code that is not in it is more likely a slip than a language.
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(_CODES.split())
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9:._-]{0,62}[a-z0-9])?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?")
_MOST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """What the table says of one file; None where it says nothing."""

    file: str
    """Name, or path below the folder that is taken in, as written."""
    number: str | None = None
    """The office's own evidence number."""
    source: str | None = None
    collector: str | None = None
    acquired: str | None = None
    """When it was acquired: an ISO day, or a date and time with its offset."""
    label: str | None = None
    language: str | None = None
    """ISO 639-1 code."""
    conditions: str | None = None
    line: int
    """Line of the table on which the row begins, from 1."""


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """All rows, in the order of the table."""

    rows: tuple[EvidenceRow, ...]
    _by_path: dict[str, EvidenceRow] = field(init=False, repr=False, compare=False)
    _by_base: dict[str, list[EvidenceRow]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_path: dict[str, EvidenceRow] = {}
        by_base: dict[str, list[EvidenceRow]] = {}
        for row in self.rows:
            key = _key(row.file)
            by_path[key] = row
            by_base.setdefault(_base(key), []).append(row)
        object.__setattr__(self, "_by_path", by_path)
        object.__setattr__(self, "_by_base", by_base)

    def for_name(self, name: str) -> EvidenceRow | None:
        """The row of a file, by its path below the folder, else by its base name.

        The base name serves where one of the two, table or file, gives no folder, and only one row has it. That two
        files share a base name only `matched` can see, which has all their names.
        """
        key = _key(name)
        if key in self._by_path:
            return self._by_path[key]
        found = self._by_base.get(_base(key), [])
        if len(found) != 1 or ("/" in key and "/" in _key(found[0].file)):
            return None
        return found[0]

    def matched(self, names: Iterable[str]) -> dict[str, EvidenceRow]:
        """The row of each of these files that has one, in the order of the names.

        Raises WrongUsage where one row would serve two files, of which the table names neither by its path.
        """
        found: dict[str, EvidenceRow] = {}
        taken: dict[int, str] = {}
        every = list(dict.fromkeys(names))
        exact = {row.line for name in every if (row := self._by_path.get(_key(name))) is not None}
        for name in every:
            row = self.for_name(name)
            if row is None or (row.line in exact and _key(name) not in self._by_path):
                continue
            if row.line in taken:
                raise _wrong(
                    row.line,
                    "file",
                    f"{_shown(row.file)} could be {_shown(taken[row.line])} or {_shown(name)}",
                    "Write the path below the folder, one row for each file.",
                )
            taken[row.line] = name
            found[name] = row
        return found

    def unused(self, names: Iterable[str]) -> tuple[EvidenceRow, ...]:
        """The rows for which none of these files was found. Raises WrongUsage as `matched` does."""
        used = {row.line for row in self.matched(names).values()}
        return tuple(row for row in self.rows if row.line not in used)


def read_table(data: bytes, mapping: Mapping[str, str]) -> EvidenceTable:
    """The table in these bytes of a CSV file; `mapping` says of columns, by the name in the table, which of `FIELDS`
    they are, or with an empty word that they are left out.

    Raises WrongUsage naming line and column, the reason, and what to do.
    """
    records = _records(data)
    header_line, header = records[0]
    columns = _columns(header_line, header, mapping)
    rows = [_row(line, cells, columns, header) for line, cells in records[1:]]
    _refuse_doubles(rows)
    return EvidenceTable(tuple(rows))


def _records(data: bytes) -> list[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank."""
    if len(data) > _MOST:
        raise WrongUsage(
            f"The table has {len(data) // 1_000_000} MB; up to {_MOST // 1_000_000} are read.",
            "Cut it in two, and add the files of each with their own table.",
        )
    try:
        text = judge(data).decode(data).removeprefix("\ufeff") if data else ""
    except CannotRead as fault:
        raise WrongUsage(
            f"The table is no text. {fault.reason}", "Save it as CSV (UTF-8) and name that file."
        ) from None
    text = re.sub(r"\Asep=.\r?\n", "\n", text, flags=re.IGNORECASE)  # keeps the count of lines
    # A table of one column is one too: its only delimiter is the end of the line.
    delimiter = delimiter_of(text, named=True, whole=True) or ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as fault:
        raise WrongUsage(
            f"Line {line} of the table cannot be read: {fault}.",
            "Close its quotation marks, or save the table again as CSV (UTF-8).",
        ) from None
    if not found:
        raise WrongUsage("The table is empty.", f"Give it a line with the names of columns: {', '.join(FIELDS)}.")
    return found


# Columns ----------------------------------------------------------------------------------------


def _columns(line: int, header: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands."""
    told = _told(header, mapping)
    found: dict[str, int] = {}
    unknown = []
    for place, name in enumerate(header):
        wanted = told.get(_name(name), ALIASES.get(_name(name)) if name.strip() else "")
        if wanted is None:
            unknown.append(name.strip())
        elif wanted in found:
            raise WrongUsage(
                f"Line {line} of the table: the columns “{header[found[wanted]].strip()}” and “{name.strip()}” "
                f"are both {wanted}.",
                f'Leave one out with --map "{name.strip()}=", or say with --map what it is.',
            )
        elif wanted:
            found[wanted] = place
    if unknown:
        names = ", ".join(f"“{_shown(name)}”" for name in unknown)
        raise WrongUsage(
            f"Line {line} of the table: nobody knows what {names} means.",
            f'Say so with --map "{_shown(unknown[0])}=FIELD" (one of {", ".join(FIELDS)}), or leave it out with '
            f'--map "{_shown(unknown[0])}=".',
        )
    if "file" not in found:
        raise WrongUsage(
            f"Line {line} of the table: no column says which file a row is about.",
            'Call a column “file”, or say which it is: --map "NAME OF COLUMN=file".',
        )
    return found


def _told(header: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    there = {_name(name) for name in header}
    told = {}
    for name, wanted in mapping.items():
        if wanted.strip().lower() not in (*FIELDS, ""):
            raise WrongUsage(
                f"--map {name}={wanted}: there is no field called {wanted}.", f"Fields: {', '.join(FIELDS)}."
            )
        if _name(name) not in there:
            columns = ", ".join(f"“{_shown(one.strip())}”" for one in header)
            raise WrongUsage(f"--map {name}={wanted}: the table has no column “{name}”.", f"Its columns: {columns}.")
        told[_name(name)] = wanted.strip().lower()
    return told


def _name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split()).rstrip(".: ")


# Rows -------------------------------------------------------------------------------------------


def _row(line: int, cells: list[str], columns: Mapping[str, int], header: list[str]) -> EvidenceRow:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise _wrong(
            line, None, f"it has {len(cells)} cells under {len(header)} names", "Put words that hold commas in quotes."
        )
    said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
    if not said["file"]:
        raise _wrong(line, "file", "the row names no file", "Name the file, or take the row out.")
    return EvidenceRow(
        file=said["file"],
        number=said.get("number") or None,
        source=said.get("source") or None,
        collector=said.get("collector") or None,
        acquired=_acquired(line, said.get("date", "")),
        label=_label(line, said.get("label", "")),
        language=_language(line, said.get("language", "")),
        conditions=said.get("conditions") or None,
        line=line,
    )


def _acquired(line: int, said: str) -> str | None:
    if not said:
        return None
    moment = _MOMENT.fullmatch(said)
    if moment and not moment["offset"]:
        raise _wrong(
            line,
            "date",
            f"“{_shown(said)}” does not say in which time zone",
            f"Write the offset, as in {said.replace(' ', 'T')}+02:00, or the day alone.",
        )
    try:
        if moment:
            return datetime.fromisoformat(said).isoformat()
        if _DAY.fullmatch(said):
            return date.fromisoformat(said).isoformat()
    except ValueError:
        pass  # the calendar has no such day, or the day no such hour
    raise _wrong(
        line,
        "date",
        f"“{_shown(said)}” is no date that can be read in one way only",
        "Write it as 2031-05-03, or with time and offset as 2031-05-03T14:30+02:00.",
    )


def _label(line: int, said: str) -> str | None:
    label = said.lower()
    if label and not _LABEL.fullmatch(label):
        raise _wrong(
            line,
            "label",
            f"“{_shown(said)}” cannot be a label",
            "Use public, internal, restricted, or a word of Latin letters, figures, hyphens and colons (lead-only).",
        )
    return label or None


def _language(line: int, said: str) -> str | None:
    code = said.lower()
    if code and code not in LANGUAGES:
        raise _wrong(
            line,
            "language",
            f"“{_shown(said)}” is no language code",
            "Write the two letters of ISO 639-1: ar for Arabic, en for English, fr for French.",
        )
    return code or None


def _refuse_doubles(rows: Iterable[EvidenceRow]) -> None:
    files: dict[str, EvidenceRow] = {}
    numbers: dict[str, EvidenceRow] = {}
    for row in rows:
        before = files.setdefault(_key(row.file), row)
        if before is not row:
            raise _wrong(
                row.line,
                "file",
                f"{_shown(row.file)} has a row already, on line {before.line}",
                "Keep one row for each file.",
            )
        if row.number is None:
            continue
        before = numbers.setdefault(" ".join(row.number.casefold().split()), row)
        if before is not row:
            raise _wrong(
                row.line,
                "number",
                f"the number {_shown(row.number)} belongs to {_shown(before.file)} already, on line {before.line}",
                "Give each file a number of its own, or leave the number out.",
            )


# Names of files ---------------------------------------------------------------------------------


def _key(name: str) -> str:
    """A path as it is compared: composed letters, slashes, and no `./` in front."""
    path = unicodedata.normalize("NFC", name.strip()).replace("\\", "/")
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _base(key: str) -> str:
    return key.rpartition("/")[2]


def _shown(words: str) -> str:
    """Words of the table in an error: on one line, and not too many of them."""
    line = "".join(c if c.isprintable() else " " for c in words)
    return line if len(line) <= 80 else line[:79] + "…"


def _wrong(line: int, column: str | None, reason: str, fix: str) -> WrongUsage:
    where = f", column {column}" if column else ""
    return WrongUsage(f"Line {line} of the table{where}: {reason}.", fix)
