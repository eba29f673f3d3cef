"""What bringing from another system and giving to it come to: files, counts, and a list of what was left out and why.

Start with `System`, then `Given` (what a system's writer makes of a view) and `Brought` (what its reader understood).

Looks down to: view, sheets (guard), reading. Used by: exchange (each system, and the deeds).
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from probanda.casework.narrow import Narrowing
from probanda.casework.sheets import guarded
from probanda.casework.view import View
from probanda.reading.model import Text
from probanda.store.model import ItemRow


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """What could not be mapped: a kind of thing, why, and how many of them."""

    kind: str
    why: str
    many: int


@dataclass(slots=True)
class Losses:
    """Losses while they are counted."""

    _found: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, why: str, many: int = 1) -> None:
        """Count one more, or several."""
        if many:
            self._found[kind, why] += many

    def all(self) -> tuple[Loss, ...]:
        """Each kind and reason once, in order."""
        return tuple(sorted(Loss(kind, why, many) for (kind, why), many in self._found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a writer is given: all that may leave, masked, and nothing else."""

    view: View
    bytes_of: Callable[[ItemRow], bytes]
    """The bytes of an item of the view, for systems that take files. Raises ItemAltered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a writer made."""

    files: tuple[tuple[str, bytes], ...]
    """Base names, and what stands in them."""
    written: tuple[tuple[str, int], ...]
    """How many of each kind, in the other system's words."""
    left_out: tuple[Loss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was understood of one text."""

    understood: tuple[tuple[str, int], ...]
    """How many of each kind, in the other system's words."""
    left_out: tuple[Loss, ...]
    held: tuple[tuple[str, str], ...] = ()
    """Digests the file tells of documents (`sha1`, `sha256` or `md5`; hexadecimal): some may be held here."""
    named: tuple[str, ...] = ()
    """Names of files that it says come with it: they should lie beside it, in one archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system that others work with."""

    about: str
    """What it is and in which forms, in one line."""
    write: Callable[[Handed], Given] | None = None
    """None where nothing is written for it."""
    read: Callable[[Text], Brought] | None = None
    """What its reader understood of a text; None where nothing of it is read. The claims are made by `claims`."""
    reads: Callable[[str | None], bool] = lambda _read_as: False
    """Whether a text that was read as this media type is this system's."""


def losses_rows(left_out: Sequence[Loss]) -> list[dict[str, Any]]:
    """As lists of what was left out have them."""
    return [{"kind": one.kind, "why": one.why, "many": one.many} for one in left_out]


def items_of(view: View, losses: Losses) -> tuple[ItemRow, ...]:
    """The items to be given: where something was asked for, those in which a claim of it stands, and no other."""
    if view.narrowing == Narrowing():
        return view.items
    rested = {claim.item for claim in view.claims}
    chosen = tuple(item for item in view.items if item.digest in rested)
    losses.add("items", "No claim that was asked for stands in them.", len(view.items) - len(chosen))
    return chosen


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], losses: Losses) -> bytes:
    """A table as programs take it in: CSV without a byte order mark. Cells that a spreadsheet program could take for a
    formula get an apostrophe in front (CWE-1236), and are counted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        safe = [guarded(cell) for cell in row]
        changed = sum(a != b for a, b in zip(safe, row, strict=True))
        losses.add("cells of a table", "An apostrophe stands in front, so that none becomes a formula.", changed)
        writer.writerow(safe)
    return out.getvalue().encode("utf-8", "backslashreplace")


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "backslashreplace")


def counts(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Counts in order of their words, without what there is none of."""
    return tuple(sorted((kind, many) for kind, many in found.items() if many))
