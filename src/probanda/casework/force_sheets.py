"""Hand on as the Security Force Monitor's sheets: those that were taken in, written back, and ties read from texts.

Start with `write_sheets`. Into a new folder go the sheets of one generation under their own names; with that of 2026
also `from-texts/`, claim sheets of what was read from texts (`claim_sheets`); and `differences.json`, which says of
each file whether it is the same byte for byte, and else cell by cell what differs and why.

Looks down to: hand_on, mask, sheets_back, claim_sheets, store. Used by: case, cli.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework.claim_sheets import GENERATION, ClaimSheets, claim_sheets
from probanda.casework.draft import write
from probanda.casework.hand_on import gathered
from probanda.casework.mask import mask_of_item, masked
from probanda.casework.narrow import Narrowing
from probanda.casework.sheets import csv_bytes, guarded
from probanda.casework.sheets_back import Decided, Returned, returned
from probanda.casework.view import Sharing, View
from probanda.claims.model import Claim
from probanda.claims.readers.sheet import Stated, stated
from probanda.kernel.digests import sha256
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.reading.sheets import generation_of
from probanda.reading.sheets.grid import Grid
from probanda.store.model import ItemRow
from probanda.store.store import Store

KINDS = {"sfm-2021": "2021", "sfm-2026": GENERATION}
"""What `export` calls them, and the generation."""
LIST = "differences.json"
FROM_TEXTS = "from-texts"
_UNSAFE = re.compile(r"[^\w. ()\-]+")


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """One sheet that was written back."""

    file: str
    number: str
    returned: Returned
    sha256: str
    same: bool
    """True where it is the item's own bytes."""


@dataclass(frozen=True, slots=True)
class WrittenSheets:
    """What one export wrote."""

    generation: str
    sheets: tuple[WrittenSheet, ...]
    from_texts: ClaimSheets | None
    withheld: int
    """Restricted items that were left out, sheets or not."""

    def as_row(self, users: Mapping[str, str]) -> dict[str, Any]:
        """The content of `differences.json`; `users` are names by id."""
        return {
            "generation": self.generation,
            "withheld_items": self.withheld,
            "sheets": [_row(one, users) for one in self.sheets],
            "from_texts": None if self.from_texts is None else _texts_row(self.from_texts),
        }


def write_sheets(store: Store, eyes: Eyes, kind: str, out: Path, sharing: Sharing) -> WrittenSheets:
    """Write the sheets of one kind (`KINDS`) into a new or empty folder.

    Raises WrongUsage where the folder holds something; ProbandaError where the case has nothing for it; ItemAltered.
    """
    if out.exists() and (not out.is_dir() or next(out.iterdir(), None) is not None):
        raise WrongUsage(
            f"{out} is not an empty folder.", "Name a new one with --out, so that nothing is written over."
        )
    generation = KINDS[kind]
    open_view = gathered(store, eyes, Narrowing(), sharing)
    view = masked(store, open_view)
    sheets = list(_sheets(store, open_view, view, generation))
    every = frozenset(item.digest for item in view.items if generation_of(item.read_as) is not None)
    texts = claim_sheets(view, every) if generation == GENERATION else None
    if not sheets and not (texts and texts.tables):
        raise ProbandaError(
            f"The case has no sheet of {generation} that was read"
            + ("" if texts is None else ", and no tie from texts")
            + ".",
            "Take sheets in with `probanda add` and read them with `probanda read`.",
        )
    for one in sheets:
        write(out / one.file, one.returned.data)
    for name, table in texts.tables if texts else ():
        write(out / FROM_TEXTS / name, csv_bytes(table))
    done = WrittenSheets(generation, tuple(sheets), texts, view.withheld)
    listed = json.dumps(done.as_row(store.users()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write(out / LIST, listed.encode("utf-8", "backslashreplace"))
    return done


def _sheets(store: Store, open_view: View, view: View, generation: str) -> Iterator[WrittenSheet]:
    mask_of = mask_of_item(store, open_view)
    decided: dict[str, list[Claim]] = {}
    for claim in (*open_view.claims, *open_view.rejected):
        if claim.tie is not None and claim.status in (Status.CORRECTED, Status.REJECTED):
            decided.setdefault(claim.item, []).append(claim)
    chosen = [i for i in view.items if generation_of(i.read_as) == generation and i.destroyed is None]
    names = _file_names(chosen, view)
    for item in sorted(chosen, key=lambda one: names[one.digest]):
        with store.vault.open(item.digest) as file:
            data = file.read()
        grid = Grid.of(data)
        if grid is None:
            continue  # read as a sheet by rules that no longer hold; `read` reads it again
        done = returned(grid, _decided(store, open_view, item, decided.get(item.digest, ())), mask_of(item.digest))
        yield WrittenSheet(names[item.digest], item.number, done, sha256(done.data), done.data == data)


def _decided(store: Store, view: View, item: ItemRow, claims: Sequence[Claim]) -> list[Decided]:
    if not claims:
        return []
    proposed: dict[str, Stated] = {}
    for text in store.texts(view.eyes, item.digest):
        proposed |= {one.claim.id: one for one in stated(text)}
    return [Decided(claim=c, proposed=proposed.get(c.id), reason=_reason(store, view.eyes, c)) for c in claims]


def _reason(store: Store, eyes: Eyes, claim: Claim) -> str:
    standing = store.standing(eyes, claim.id)
    return standing[-1].reason if standing else ""


def _file_names(items: Sequence[ItemRow], view: View) -> dict[str, str]:
    """A name for each item that any disk takes: its own, with its number in front where two would be the same."""
    wanted = {item.digest: _safe(view.names[item.digest][0]) for item in items}
    folded = [name.casefold() for name in wanted.values()] + [LIST, FROM_TEXTS]
    return {
        item.digest: name
        if folded.count((name := wanted[item.digest]).casefold()) == 1
        else f"{_safe(item.number)}-{name}"
        for item in items
    }


def _safe(name: str) -> str:
    short = _UNSAFE.sub("_", name).strip(". ")[-120:]
    return short or "sheet.csv"


def _row(one: WrittenSheet, users: Mapping[str, str]) -> dict[str, Any]:
    told = one.returned
    return {
        "file": one.file,
        "item": one.number,
        "sheet": told.sheet,
        "sha256": one.sha256,
        "byte_for_byte": one.same,
        "differences": [
            {
                "cell": d.cell,
                "column": d.column,
                "before": d.before,
                "after": d.after,
                "why": d.why,
                "claim": d.claim,
                "by": users.get(d.by, d.by) if d.by else None,
                "at": d.at,
                "reason": d.reason,
            }
            for d in told.differences
        ],
        "cells_like_formulas": list(told.formulas),
        "columns_not_understood": list(told.unknown),
        "columns_missing": list(told.missing),
    }


def _texts_row(texts: ClaimSheets) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": f"{FROM_TEXTS}/{name}",
                "rows": len(table.rows),
                "cells_with_an_apostrophe_in_front": sum(guarded(cell) != cell for row in table.rows for cell in row),
            }
            for name, table in texts.tables
        ],
        "left_out": [{"why": why, "ties": many} for why, many in texts.left_out],
    }
