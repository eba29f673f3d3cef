"""A consistent copy of a live database, and what such a copy says of itself.

Start with `snapshot`, which copies `record.db` as it was at one moment while others go on writing (SQLite's
online backup, inside one read transaction). `Copied` then tells what belongs to that moment: the logs with
their sizes and roots, the lines of their file copies, and the items that the vault has to hold.

Looks down to: audit, kernel, and the store's tables. Used by: casework.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, select

from probanda.audit.tree import Edge
from probanda.kernel.digests import Digest, sha256
from probanda.kernel.errors import ProbandaError, RecordAltered
from probanda.store import checkpoints, logfile
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import preserved
from probanda.store.engines.sqlite import WAIT, open_engine
from probanda.store.projection import DESTROY_ITEM
from probanda.store.settings import log_of, settings_from, words_of

PAGES = 4096
"""Pages copied between two words to the progress function: 16 MiB at the usual size."""


def snapshot(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the database as it is now to a new file, readable by its owner alone, while others may write.

    The read transaction is begun before the copy, so that a writer's commit in between neither restarts the
    copy nor comes into it. `progress` is given pages done and all. Raises RecordAltered for a damaged
    database, ProbandaError when a file cannot be read or written.
    """
    frozen = not os.access(source.parent, os.W_OK) and not Path(f"{source}-wal").exists()
    address = f"{source.absolute().as_uri()}?mode=ro{'&immutable=1' if frozen else ''}"
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)) as live:
            live.execute("PRAGMA temp_store=MEMORY")
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the snapshot stands
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                live.backup(copy, pages=PAGES, progress=lambda _, left, pages: progress(pages - left, pages), sleep=0)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise RecordAltered(
                f"The record {source} is damaged: {error}.",
                "Leave the folder as it is, run `probanda verify`, and keep the last good backup.",
            ) from error
        raise ProbandaError(f"The record {source} could not be copied: {error}.", "Make room and try again.") from error


@dataclass(frozen=True, slots=True)
class LogState:
    """How far one log had come."""

    log: str
    size: int
    root: str


class Copied:
    """A copy that nobody writes to, opened for questions; use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._engine: Engine = open_engine(path, writing=False, frozen=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def logs(self) -> list[LogState]:
        """Each log with size and root, by id. Raises RecordAltered when a log has a gap."""
        return [self._state(log) for log in self._names()]

    def _state(self, log: str) -> LogState:
        with self._engine.connect() as connection:
            if logfile.proof_lines(connection, log):  # not whole here: how far it had come when it was brought
                size, root, _ = checkpoints.notes(connection, log)[-1]
                return LogState(log, size, root)
        edge = Edge()
        query = select(t.decision.c.n, t.decision.c.leaf_hash).where(t.decision.c.log == log).order_by(t.decision.c.n)
        with self._engine.connect() as connection:
            for n, leaf in connection.execution_options(yield_per=1000).execute(query):
                if n != edge.size:
                    raise RecordAltered(
                        f"The log {log} has no entry {edge.size}.",
                        "Run `probanda verify` and leave the folder as it is.",
                    )
                edge.append(leaf)
        return LogState(log, edge.size, edge.root())

    def _names(self) -> list[str]:
        with self._engine.connect() as connection:
            return sorted(connection.execute(select(t.decision.c.log).distinct()).scalars())

    def lines(self, log: str) -> Iterator[bytes]:
        """The lines of a log's file copy as they were at that moment, in order."""
        query = select(t.decision).where(t.decision.c.log == log).order_by(t.decision.c.n)
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield logfile.line_of(row)

    def proofs(self, log: str) -> bytes:
        """The log's `proofs.jsonl`; empty where it is whole."""
        with self._engine.connect() as connection:
            return logfile.proof_lines(connection, log)

    def notes(self, log: str) -> bytes:
        """The log's `checkpoints.txt` as it was at that moment; empty where nothing was signed."""
        with self._engine.connect() as connection:
            return checkpoints.file_of(note for _, _, note in checkpoints.notes(connection, log))

    def settings(self, found: bytes) -> bytes:
        """`case.toml` as the last entry about it says; `found`, the file of now, where that is it or there is none."""
        own = log_of(found)
        query = select(t.decision.c.payload).where(t.decision.c.kind == "settings", t.decision.c.log == own)
        with self._engine.connect() as connection:
            last = connection.execute(query.order_by(t.decision.c.n.desc()).limit(1)).scalar()
        if last is None or (told := from_json(last))["digest"] == sha256(found):
            return found
        words = words_of(settings_from(told))
        return words if sha256(words) == told["digest"] else found

    def items(self) -> Iterator[Digest]:
        """The digests of all that the vault has to hold, sorted, each once.

        Those registered, and what was preserved because of a decision (texts, a model's answers); without what was
        destroyed by decision and not taken in again. The many come straight from an index, in its order.
        """
        kept, gone = self._preserved(), self._gone()
        columns = t.decision.c
        registered = select(columns.subject).where(columns.kind == "register").distinct().order_by(columns.subject)
        last = ""
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=1000).execute(registered).scalars()
            for digest in merge(rows, sorted(kept)):
                if digest != last and digest not in gone:
                    yield digest
                last = digest

    def _preserved(self) -> set[Digest]:
        """What the vault holds because of decisions, besides the items."""
        try:
            with self._engine.connect() as connection:
                return preserved(connection)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise RecordAltered(
                f"A decision cannot be read: {error}.", "Run `probanda verify` and leave the folder as it is."
            ) from error

    def _gone(self) -> set[Digest]:
        """What was destroyed, for good."""
        query = select(t.decision.c.subject).where(t.decision.c.kind == DESTROY_ITEM)
        with self._engine.connect() as connection:
            return {str(digest) for digest in connection.execute(query).scalars()}
