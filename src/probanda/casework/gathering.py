"""Names and incidents gathered in a process of its own, for a program that has other things to do meanwhile.

Start with `elsewhere`. The other process opens the case for reading alone, and hands back what it worked out; recording
it stays with whoever holds the writers' lock. What is decided meanwhile is not in it, and is known not to be.

Looks down to: consolidate, store. Used by: matrix_laying, web.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from probanda.casework import consolidate
from probanda.casework.consolidate import Current, Worked
from probanda.casework.progress import silent
from probanda.kernel.errors import ProbandaError
from probanda.store.engines.pool import Task, Workers
from probanda.store.store import Store

T = TypeVar("T")
Users = tuple[str, ...]


def elsewhere(store: Store, users: Sequence[str], writing: AbstractContextManager[object]) -> None:
    """Gather anew for what these users see; inside `writing` while it is recorded. Raises ProbandaError."""
    try:
        for one in apart(store, users, _worked_out):
            with writing:
                consolidate.record(store, one)
    except Lost as how:
        raise ProbandaError(
            f"Gathering came to nothing: {how}.", "Run `probanda incidents` when nobody works."
        ) from how


class Lost(Exception):
    """The other process ended: how."""


def apart(store: Store, users: Sequence[str], work: Callable[[Store, Sequence[Users]], list[list[T]]]) -> Iterator[T]:
    """What `work` makes of these users in a process of its own, all of it before the first is given. Raises Lost."""
    pool: Workers = Workers(1, work, partial(opened, str(store.folder)), lost)
    try:
        done = [one for rows in pool.run([Task([tuple(users)], 1)], _nothing_here) for one in rows]
    finally:
        pool.close()
    for found in done:
        if isinstance(found, str):
            raise Lost(found)
        yield from found


@contextmanager
def opened(folder: str) -> Iterator[Store]:
    """The case for reading alone, in the other process."""
    store = Store.open(Path(folder), writing=False)
    try:
        yield store
    finally:
        store.close()


def _worked_out(store: Store, asked: Sequence[Users]) -> list[list[Worked]]:
    """For each set of users, what was worked out in each sight of theirs."""
    return [list(of_users(store, users)) for users in asked]


def of_users(store: Store, users: Sequence[str]) -> Iterator[Worked]:
    """What is worked out for these users, sight by sight; nothing is recorded."""
    known: dict[str, Current] = {}
    every = [store.eyes(user) for user in users]
    sights = {eyes.sight: eyes for one in every for eyes in (one.only_open(), one)}
    for eyes in sights.values():
        yield consolidate.work_out(store, eyes, silent, known)


def lost(users: Users, how: str) -> str:
    """The answer where the other process ended: how."""
    return how


def _nothing_here(rows: Sequence[Users]) -> list[list[Any]]:
    """What is done in this process meanwhile."""
    return []
