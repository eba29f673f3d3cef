"""An inbox: a folder that is looked at again and again, and whose files are taken in once they have stopped growing.

Start with `Inbox.ready`, which is asked every few seconds and gives what can be taken in now; `watching` does that and
takes it in. A file counts as whole when its size and times have not moved for `quiet` seconds: a folder has no other
sign of it. Names that programs give to what is still arriving are left until they are renamed. Nothing in the inbox is
ever moved, changed or deleted.

Looks down to: take_in, store, vault (finding). Used by: cli.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework.take_in import TakenIn, keep_found
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.store.store import Store
from probanda.vault.finding import Found, Refused, find

EVERY = 2.0
"""Seconds between two looks."""
QUIET = 5.0
"""Seconds in which a file must not have changed."""
BATCH = 256
"""Files taken in between two looks."""
ARRIVING = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")
"""How names end that browsers and programs that copy give to a file which is not whole yet."""
State = tuple[int, int, int, int]
"""Size, time of change, time of the last change of anything about it (both in ns), and its number on the disk."""


class Inbox:
    """Which files of some folders are whole, and which were dealt with."""

    def __init__(self, folders: Sequence[Path], ours: Sequence[Path] = (), quiet: float = QUIET) -> None:
        self._folders, self._quiet = tuple(folders), quiet
        self._ours = frozenset(path.resolve() for path in ours)
        self._growing: dict[str, tuple[State, float]] = {}
        """How each file that waits was when it was last seen to change, and when that was."""
        self._done: dict[str, State] = {}
        """How each file was when it was taken in or refused: it is looked at again only when it has changed."""
        self._refused: set[tuple[str, str]] = set()

    @property
    def waiting(self) -> int:
        """Files that are still growing, or were seen too lately to tell."""
        return len(self._growing)

    def ready(self, now: float) -> tuple[list[Found], list[Refused]]:
        """What can be taken in at this time (seconds of any steady clock), and what never can be, named once."""
        seen: dict[str, tuple[Found, State]] = {}
        refused: list[Refused] = []
        to_come: set[str] = set()
        for one in find(self._folders):
            if isinstance(one, Refused):
                if not one.housekeeping and not self._is_ours(one) and self._first(one):
                    refused.append(one)
                continue
            key = os.fspath(one.path)
            if is_arriving(one.name):
                to_come.add(
                    os.fspath(one.path.with_suffix(""))
                )  # a browser lays an empty file beside what still arrives
            elif (state := _state(one.path)) is not None:
                seen[key] = (one, state)
        self._done = {key: state for key, state in self._done.items() if key in seen}
        growing = {key: state for key, (_, state) in seen.items() if self._done.get(key) != state}
        self._growing = {key: (state, self._since(key, state, now)) for key, state in growing.items()}
        whole = [
            seen[key][0]
            for key, (_, since) in self._growing.items()
            if now - since >= self._quiet and key not in to_come
        ]
        return whole[:BATCH], refused

    def _since(self, key: str, state: State, now: float) -> float:
        before = self._growing.get(key)
        return now if before is None or before[0] != state else before[1]

    def dealt_with(self, files: Sequence[Found], done: TakenIn) -> list[Refused]:
        """Remember these files as dealt with; gives what is to be said of those refused, each once.

        A file that changed while it was read is not dealt with: it is waited for.
        """
        refused = {one.name: one for one in done.refused}
        for one in files:
            key = os.fspath(one.path)
            state, _ = self._growing.pop(key, (None, 0.0))
            if state is not None and state == _state(one.path):
                self._done[key] = state
            else:
                refused.pop(one.name, None)
        return [one for one in refused.values() if self._first(one)]

    def _first(self, one: Refused) -> bool:
        key = (one.name, one.reason)
        new = key not in self._refused
        self._refused.add(key)
        return new

    def _is_ours(self, one: Refused) -> bool:
        return any((folder / one.name).resolve() in self._ours for folder in self._folders)


def is_arriving(name: str) -> bool:
    """True for a name that programs give to what is not whole yet."""
    base = name.rsplit("/", 1)[-1].casefold()
    return base.endswith((*ARRIVING, "~")) or base.startswith(("~$", ".~"))


def watching(
    store: Store,
    eyes: Eyes,
    folders: Sequence[Path],
    label: str = Label.INTERNAL,
    *,
    every: float = EVERY,
    quiet: float = QUIET,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Any] = time.sleep,
) -> Iterator[TakenIn]:
    """Take in what arrives in these folders, for ever: each group is given once it is kept and registered.

    Ends where the caller stops asking, or by KeyboardInterrupt between two groups. Raises WrongUsage where something
    that was named is no folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise WrongUsage(f"{folder} is no folder.", "Name the folder in which files arrive: add FOLDER --watch.")
    inbox = Inbox(folders, (store.folder,), quiet)
    while True:
        whole, refused = inbox.ready(clock())
        done = keep_found(store, eyes, whole, label) if whole else TakenIn()
        told = (*refused, *inbox.dealt_with(whole, done))
        if done.taken or told:
            yield TakenIn(done.taken, told)
        if not whole:
            sleep(every)


def _state(path: Path) -> State | None:
    """None for a file that is not there any more."""
    try:
        told = path.lstat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino
