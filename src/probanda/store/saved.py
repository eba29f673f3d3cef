"""Searches that a user keeps: a small file in the case folder, beside the record and no part of it.

What somebody looks for is neither a decision on the case nor derived from it, and says much about whoever looks: it
gets no entry in the log, which is for ever, and goes into no export, bundle or backup (docs/decisions/0028). Each user
is given their own alone.

Looks down to: kernel. Used by: casework, store (around).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from probanda.kernel.errors import NotFound, WrongUsage

NAME = "searches.json"
MOST = 100
"""Searches that one user keeps."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A search, or a list of names, under a name of the user's own."""

    id: str
    name: str
    words: str
    """The query as typed; of a list, one name a line."""
    kind: str = "search"
    """search, list."""
    by: Mapping[str, str] = field(default_factory=dict)
    """To what the hits are narrowed."""
    as_written: bool = False
    """Other forms of names are not looked for."""
    mark: str = ""
    """Where the texts ended when the user last looked."""


def searches_of(folder: Path, user: str) -> list[Saved]:
    """What a user keeps, by name."""
    rows = _read(folder).get(user, [])
    return sorted((Saved(**row) for row in rows), key=lambda one: (one.name.casefold(), one.id))


def search_of(folder: Path, user: str, id_: str) -> Saved:
    """One of them. Raises NotFound."""
    for one in searches_of(folder, user):
        if one.id == id_:
            return one
    raise NotFound("saved search", id_, "the page Search")


def keep(folder: Path, user: str, search: Saved) -> None:
    """Keep a search, or keep it anew under its id. Raises WrongUsage where there are too many."""
    others = [one for one in searches_of(folder, user) if one.id != search.id]
    if len(others) >= MOST:
        raise WrongUsage(f"You keep {MOST} searches already.", "Remove one that you need no longer.")
    _write(folder, user, [*others, search])


def forget(folder: Path, user: str, id_: str) -> None:
    """Remove one; nothing happens where it is gone already."""
    _write(folder, user, [one for one in searches_of(folder, user) if one.id != id_])


def _read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise WrongUsage(
            f"The file of saved searches, {folder / NAME}, cannot be read: {error}.",
            "Move it out of the folder: searches are saved anew, and the case is not touched.",
        ) from error
    return dict(found)


def _write(folder: Path, user: str, searches: Iterable[Saved]) -> None:
    """All of one user's, whole or not at all; nobody else on this machine may read the file."""
    every = _read(folder)
    every[user] = [asdict(one) for one in searches]
    waiting = folder / f"{NAME}.part"
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({user: rows for user, rows in sorted(every.items()) if rows}, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(folder / NAME)
