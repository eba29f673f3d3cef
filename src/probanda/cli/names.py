"""Names: compare two written names, or many pairs from a table. Works outside a case folder; nothing is kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson
from probanda.cli.talk import progress_bars, tell, tell_rows
from probanda.kernel.errors import ProbandaError, WrongUsage

if TYPE_CHECKING:
    from probanda.casework.progress import Progress

app = typer.Typer(
    no_args_is_help=True, help="Compare written names of persons, units and places; no case folder needed."
)

EVERY = 500
"""Pairs between two steps of the progress bar."""


class NameKind(StrEnum):
    """What the names are names of."""

    PERSON = "person"
    UNIT = "unit"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a table of pairs."""

    left: str
    right: str
    kind: str


@app.callback()
def names() -> None:
    """Compare written names of persons, units and places; no case folder needed."""


@app.command(epilog='Example: probanda names compare "Khaled al-Sarafi" "خالد الصرافي"')
def compare(
    left: Annotated[str | None, typer.Argument(metavar="A", help="A name as written.")] = None,
    right: Annotated[str | None, typer.Argument(metavar="B", help="Another.")] = None,
    kind: Annotated[
        NameKind | None,
        typer.Option(help="What they are names of; person if left out. Units are bodies of every kind."),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs", metavar="FILE.csv", help="A table with the columns left, right and kind; its order is kept."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how close two names are, 0 to 1, and why: which parts meet, which are missing, what speaks against.

    `same`, `not-same` or `open` is said of the names alone; whether two mentions are one person, a person decides.
    """
    if (pairs is None) != (left is not None and right is not None) or (pairs and left is not None):
        raise WrongUsage(
            "Give two names, or a table of pairs.", "names compare A B, or names compare --pairs FILE.csv."
        )
    default = (kind or NameKind.PERSON).value
    if pairs is None:
        rows: Iterator[dict[str, Any]] = iter([_row(Pair(left or "", right or "", default))])
        _print(rows, as_json)
        return
    asked = read_pairs(pairs, default)
    with progress_bars() as progress:
        _print(_rows(asked, progress), as_json)


def _print(rows: Iterator[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        tell_rows(rows)
        return
    for row in rows:
        tell(f"{row['same']:<9}{row['value']:.2f}  {row['left']} | {row['right']}: {row['reason']}")


def _rows(asked: list[Pair], progress: Progress) -> Iterator[dict[str, Any]]:
    for n, pair in enumerate(asked, 1):
        yield _row(pair)
        if n % EVERY == 0 or n == len(asked):
            progress("comparing names", n, len(asked))


def _row(pair: Pair) -> dict[str, Any]:
    from probanda.names.compare import Kind, prepare
    from probanda.names.compare import compare as compare_names

    kind = Kind(pair.kind)
    match = compare_names(prepare(pair.left, kind), prepare(pair.right, kind))
    return {
        "left": pair.left,
        "right": pair.right,
        "kind": pair.kind,
        "value": round(match.value, 3),
        "same": match.same.value,
        "reason": match.reason,
    }


def read_pairs(file: Path, default: str) -> list[Pair]:
    """The pairs of a CSV file (comma, semicolon or tab), in order; an empty kind is `default`.

    Raises WrongUsage, with the line where there is one, for what is no such table.
    """
    header, *rows = _cells(file) or [(1, [])]
    columns = [cell.strip().casefold() for cell in header[1]]
    missing = [name for name in ("left", "right") if name not in columns]
    if missing:
        held = ", ".join(c for c in header[1] if c.strip()) or "nothing"
        said = f"{file} has no column {' and none '.join(missing)}; its first line holds: {held}."
        raise WrongUsage(said, "The first line names the columns: left, right, kind.")
    at = {name: columns.index(name) for name in ("left", "right", "kind") if name in columns}
    pairs = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            said = f"{file}, line {line}: {len(cells)} cells where the first line names {len(columns)} columns."
            raise WrongUsage(said, 'Write a name that holds a comma in quotation marks: "Sarafi, Khaled".')
        kind = (cells[at["kind"]].strip().casefold() if "kind" in at else "") or default
        if kind not in tuple(NameKind):
            said = f"{file}, line {line}: the kind {cells[at['kind']].strip()!r} is not known."
            raise WrongUsage(said, f"Kinds are {', '.join(NameKind)}; leave the cell empty for {default}.")
        pairs.append(Pair(cells[at["left"]], cells[at["right"]], kind))
    return pairs


def _cells(file: Path) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row."""
    try:
        held = file.read_bytes()
    except OSError as error:
        raise ProbandaError(f"{file} cannot be read: {error.strerror}.", "Name a CSV file with --pairs.") from error
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        raise WrongUsage(
            f"{file}, line {line}: the file is not in UTF-8.", 'Save it as "CSV UTF-8" and try again.'
        ) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count) if first else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise WrongUsage(
            f"{file}, line {reader.line_num}: {error}.", "Mend the line, or save the table as CSV anew."
        ) from error
