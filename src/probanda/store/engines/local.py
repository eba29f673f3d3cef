"""The local engine: SQLite, ordered generators and a pool of processes. The default, and nothing else is installed.

Start with `LocalEngine`. With one worker, or for little work, all is done in this process. The vault, the log and every
decision stay with this process: workers are given rows and hand rows back, and never open the record.

Looks down to: store. Used by: casework.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import groupby
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, text

from probanda.access.eyes import Eyes
from probanda.reading.model import Unread
from probanda.store import derived, ledger, views
from probanda.store.engines.pool import Task, Workers
from probanda.store.engines.statements import STATEMENTS
from probanda.store.engines.verbs import Batch, GroupTooLarge, Partition
from probanda.store.store import Store

In = TypeVar("In")
Out = TypeVar("Out")
Key = TypeVar("Key")
Actor = TypeVar("Actor")

MOST_WORKERS = 8
"""Workers of the local engine unless a person asks for more: each holds a language model (half a gigabyte)."""
GROUP = 50
"""Partitions in one transaction: the cost of syncing the disk is shared."""
GROUP_SECONDS = 0.2
"""No partition waits longer than this for its transaction once it and another are there."""


def usual_workers() -> int:
    """As many as there are cores for this process, at most `MOST_WORKERS`."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, MOST_WORKERS))


class LocalEngine:
    """The five verbs on one machine, over one case folder and through one set of eyes. Use it in a `with`."""

    def __init__(self, store: Store, eyes: Eyes, workers: int | None = None) -> None:
        self._store, self._eyes = store, eyes
        self.workers = usual_workers() if workers is None else max(1, workers)
        self._pools: list[Workers] = []
        self._expected: dict[Any, Workers] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every worker that is still at work."""
        while self._pools:
            self._pools.pop().close()

    # --- scan

    def scan(self, table: str, keys: Sequence[str] | None = None) -> Iterator[Any]:
        """`item`: rows as listed. `text`: parts of the items named in `keys`, one part in memory at a time.

        The items are those at the call. Texts are fetched as they are asked for: only the holder of the writers' lock
        can replace one, and what was made from an older one is not committed. Raises LookupError for another table.
        """
        if table == "item":
            with self._store._reading() as connection:
                return iter(views.items(connection, self._eyes, keys))
        if table == "text":
            return (one for key in keys or () for one in self._store.texts(self._eyes, key))
        raise LookupError(f"there is no relation {table!r} to scan")

    # --- map_batches

    def expect(
        self,
        fn: Callable[[Actor, Sequence[In]], Sequence[Out]],
        actor: Callable[[], AbstractContextManager[Actor]],
        lost: Callable[[In, str], Out] | None = None,
    ) -> None:
        """`map_batches` will soon be asked for much of this: its workers get ready while other work is done."""
        if self.workers > 1 and fn not in self._expected:
            pool = self._expected[fn] = Workers(self.workers, fn, actor, lost)
            self._pools.append(pool)
            pool.start()

    def map_batches(
        self,
        rel: Iterable[In],
        fn: Callable[[Actor, Sequence[In]], Sequence[Out]],
        batch: Batch,
        actor: Callable[[], AbstractContextManager[Actor]],
        lost: Callable[[In, str], Out] | None = None,
    ) -> Iterator[Out]:
        """See `verbs.Engine.map_batches`. In this process, rows go one by one, so that each is safe when it is done."""
        little = batch.total is not None and batch.total <= batch.little
        with ExitStack() as actors:
            mine: list[Actor] = []

            def here(rows: Sequence[In]) -> list[Out]:
                if not mine:
                    mine.append(actors.enter_context(actor()))
                return list(fn(mine[0], rows))

            if self.workers == 1 or little:
                for row in rel:
                    yield from here([row])
                return
            pool = self._expected.pop(fn, None) or Workers(self.workers, fn, actor, lost)
            if pool not in self._pools:
                self._pools.append(pool)
            try:
                for out in pool.run(_tasks(rel, batch), here):
                    yield from out
            finally:
                pool.close()
                if pool in self._pools:
                    self._pools.remove(pool)

    # --- sql

    def sql(self, name: str, **rels: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
        """A statement of `statements.STATEMENTS`, each relation handed in as a list of plain values."""
        statement = text(STATEMENTS[name]["sqlite"])
        with self._store._reading() as connection:
            rows = connection.execute(statement, {key: json.dumps(list(rel)) for key, rel in rels.items()})
            return iter([dict(row) for row in rows.mappings()])

    # --- group_apply

    def group_apply(
        self, rel: Iterable[In], key: Callable[[In], Key], fn: Callable[[Key, Sequence[In]], Out], max_group: int
    ) -> Iterator[Out]:
        """Rows of a key stand together in `rel`; a group is in memory at a time. Raises GroupTooLarge."""
        for value, rows in groupby(rel, key):
            group: list[In] = []
            for row in rows:
                if len(group) == max_group:
                    raise GroupTooLarge(f"more than {max_group} rows of {value!r}")
                group.append(row)
            yield fn(value, group)

    # --- commit

    def commit(self, rel: Iterable[Partition], table: str, told: Callable[[int], None] | None = None) -> int:
        """`text` and `reading`, by item; in groups of `GROUP` or `GROUP_SECONDS`, each group one transaction.

        An error of the stage ends the run after what came before it is safe.
        """
        write = _WRITERS[table]
        written = 0
        for group in _groups(rel):
            with self._store._writing() as connection:
                for one in group:
                    if _counts(connection, table, one):
                        write(connection, one)
                        written += 1
            if told is not None:
                told(len(group))
        return written


def _tasks(rel: Iterable[In], batch: Batch) -> Iterator[Task]:
    """Rows in batches, heavy ones apart; a batch goes out as soon as it is full."""
    rows: list[In] = []
    weight = 0
    for row in rel:
        mine = batch.weigh(row)
        heavy = batch.heavy is not None and mine > batch.heavy
        if rows and (heavy or weight + mine > batch.weight):
            yield Task(rows, weight)
            rows, weight = [], 0
        if heavy:
            yield Task([row], 0, here=True)
            continue
        rows.append(row)
        weight += mine
        if len(rows) >= batch.rows or weight >= batch.weight:
            yield Task(rows, weight)
            rows, weight = [], 0
    if rows:
        yield Task(rows, weight)


def _groups(rel: Iterable[Partition]) -> Iterator[list[Partition]]:
    group: list[Partition] = []
    last = time.monotonic()
    try:
        for one in rel:
            group.append(one)
            if len(group) >= GROUP or time.monotonic() - last >= GROUP_SECONDS:
                yield group
                group, last = [], time.monotonic()
    except Exception:
        if group:
            yield group
        raise
    if group:
        yield group


def _counts(connection: Connection, table: str, one: Partition) -> bool:
    """False for what stands already, and for what was made from an input that is no longer the one that stands."""
    have = ledger.made(connection, table, one.key)
    if have is not None and (have.maker, have.input) == (one.maker, one.input):
        return False
    if table == ledger.TEXT:
        return one.input == one.key  # an item's bytes are its name
    source = ledger.made(connection, ledger.TEXT, one.key)
    return source is not None and source.output == one.input


def _write_text(connection: Connection, one: Partition) -> None:
    if isinstance(one.rows, Unread):
        derived.commit_unread(connection, one.rows, one.maker)
    else:
        derived.commit_text(connection, one.rows, one.maker)


def _write_reading(connection: Connection, one: Partition) -> None:
    derived.commit_reading(connection, one.key, one.rows, one.maker)


_WRITERS: dict[str, Callable[[Connection, Partition], None]] = {
    ledger.TEXT: _write_text,
    ledger.READING: _write_reading,
}
