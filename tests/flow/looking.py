"""What tests of hostile files look at: folders that must not change, reasons that a person must understand.

Start with `Watched` and `without_outcome`. The files themselves are made in `hostile` and `mutating`.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from probanda import Case
from probanda.casework import read as whole_reading
from probanda.casework.progress import silent
from probanda.store.engines.local import LocalEngine
from probanda.store.model import ItemRow

_OF_PROGRAMS = re.compile(
    r"Traceback|Exception|\b[A-Z]\w*Error\b|\berrno\b|\b0x[0-9a-f]{4}|\bNone\b|<class|site-packages|\.py\b|\{|\}"
)
"""What a program says to programmers."""


class Watched:
    """Folders as they were: names, kinds, rights, sizes, times and bytes of all that lies in them."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._before = self._now()

    def changes(self) -> list[str]:
        """The paths that were made, changed or taken away since."""
        now = self._now()
        return sorted(str(path) for path in self._before.keys() | now.keys() if self._before.get(path) != now.get(path))

    def _now(self) -> dict[Path, tuple[object, ...]]:
        return {path: _state(path) for folder in self._folders for path in (folder, *folder.rglob("*"))}


def _state(path: Path) -> tuple[object, ...]:
    status = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
    return (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_uid, status.st_nlink, content)


def hard_to_understand(reason: str, fix: str) -> str | None:
    """Why a person cannot use this reason with its next step; None where nothing is wrong with it."""
    for what, words in (("reason", reason), ("next step", fix)):
        if len(words.split()) < 3 or words[0].islower() or words[-1] not in ".)":
            return f"the {what} is no sentence: {words!r}"
        if found := _OF_PROGRAMS.search(words):
            return f"the {what} speaks of {found[0]!r}: {words!r}"
        if not words.isprintable():
            return f"the {what} has signs that do not show: {words!r}"
    return None


def without_outcome(row: ItemRow) -> list[str]:
    """What is wrong with the outcome of an item: it has a text, or a reason with a next step; so has each remark."""
    told = [(reason, fix) for _, reason, fix in row.remarks]
    if row.unread_reason is not None:
        told.append((row.unread_reason, row.unread_fix or ""))
    elif row.text_digest is None:
        return [f"{row.doc}: neither words nor a reason"]
    return [f"{row.doc}: {wrong}" for reason, fix in told if (wrong := hard_to_understand(reason, fix))]


def read_texts(case: Case) -> int:
    """Read the words of all items and take out what they hold; claims, which cost most of the time, are not read."""
    with LocalEngine(case.store, case.eyes, workers=1) as engine:
        return whole_reading._all_texts(case.store, case.eyes, engine, (), silent)
