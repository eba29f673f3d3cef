"""SQLite: how a database is opened, and full text search with one FTS5 table per compartment.

Each table is ranked alone, because BM25 counts all rows of a table: with one table for all, hidden
rows would change the order of the visible ones. The tables keep no copy of the words
(contentless), so to take a row out its words must be given again.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

ONLY_READS = "only_reads"
WAIT = 30.0
"""Seconds a statement waits for another process's transaction."""
WAIT_FOR_READERS = 0.25
"""Seconds a close waits for those who read: a long `verify` must not hold up every command that writes meanwhile."""


def open_engine(path: Path, *, writing: bool, frozen: bool = False) -> Engine:
    """An engine on this file. `frozen`: in a folder where nothing can be written, not even SQLite's own side files."""

    def connect() -> sqlite3.Connection:
        mode = "rwc" if writing else ("ro&immutable=1" if frozen else "ro")
        address = f"{path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(address, uri=True, timeout=WAIT, check_same_thread=False, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4)

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: Any) -> None:
        cursor = raw.cursor()
        if writing:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")  # no words of evidence in a temporary directory
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Writers take the lock at once: a deed that waits half-way could not be judged against what stands.
        at_once = writing and not connection.get_execution_options().get(ONLY_READS)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")

    return engine


def reading(engine: Engine) -> Engine:
    """The same connections for transactions that only read: several may run at once, beside one that writes."""
    return engine.execution_options(**{ONLY_READS: True})


def fold(engine: Engine) -> bool:
    """Bring all that was committed from the write-ahead log into the database file, synced, and empty the log.

    False where it could not be done, because somebody reads at this moment or the disk refuses.
    """
    try:
        with closing(engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout={int(WAIT_FOR_READERS * 1000)}")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout={int(WAIT * 1000)}")
            cursor.close()
    except (DatabaseError, sqlite3.DatabaseError):
        return False
    return not busy


def make_search(connection: Connection, compartment: int) -> None:
    """The full text table of one compartment, if it is not there yet."""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {_table(compartment)} USING fts5("
        "words, folded, content='', tokenize='unicode61 remove_diacritics 2')"
    )


def has_search(connection: Connection, compartment: int) -> bool:
    """True when this compartment has a full text table."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_table(compartment),)
    )
    return found.first() is not None


def index(connection: Connection, compartment: int, rows: Iterable[tuple[int, str, str]]) -> None:
    """Add rows (row id, words, folded words)."""
    statement = f"INSERT INTO {_table(compartment)}(rowid, words, folded) VALUES (?, ?, ?)"  # noqa: S608
    batch = list(rows)
    if batch:
        connection.exec_driver_sql(statement, batch)


def unindex(connection: Connection, compartment: int, rows: Iterable[tuple[int, str, str]]) -> None:
    """Take rows out; the words must be those that were put in."""
    table = _table(compartment)
    statement = f"INSERT INTO {table}({table}, rowid, words, folded) VALUES ('delete', ?, ?, ?)"  # noqa: S608
    batch = list(rows)
    if batch:
        connection.exec_driver_sql(statement, batch)


def purge(connection: Connection, compartment: int) -> None:
    """Rewrite the index, so that words taken out are gone from it for good."""
    table = _table(compartment)
    connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608


def clear(connection: Connection, compartment: int) -> None:
    """Take all rows out."""
    table = _table(compartment)
    connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608


def find(connection: Connection, compartment: int, match: str, limit: int) -> list[tuple[int, float]]:
    """(row id, rank) of the best rows; a lower rank is better. Ties are in no order that means anything."""
    table = _table(compartment)
    statement = f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ? ORDER BY rank, rowid LIMIT ?"  # noqa: S608
    return [(int(row[0]), float(row[1])) for row in connection.exec_driver_sql(statement, (match, limit))]


def newest(
    connection: Connection, compartment: int, match: str, limit: int, *, below: int | None = None, above: int = 0
) -> list[int]:
    """Rows that match, the one put in last first; below and above these rows alone."""
    table = _table(compartment)
    under = "" if below is None else f"AND rowid < {int(below)}"
    over = f"AND rowid > {int(above)}" if above else ""
    statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? {under} {over} ORDER BY rowid DESC LIMIT ?"  # noqa: S608
    return [int(row[0]) for row in connection.exec_driver_sql(statement, (match, limit))]


def last_row(connection: Connection, compartment: int) -> int:
    """The row put in last; 0 where there is none."""
    found = connection.exec_driver_sql(f"SELECT max(id) FROM {_table(compartment)}_docsize").scalar()  # noqa: S608
    return int(found or 0)


def count(connection: Connection, compartment: int) -> int:
    """How many rows the index of this compartment holds."""
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {_table(compartment)}_docsize").scalar_one())  # noqa: S608


def check_search(connection: Connection, compartment: int, rows: Iterable[tuple[int, str, str]] | None) -> list[str]:
    """What is wrong with the index of one compartment; empty when all is well.

    FTS5's own check writes, and we must not: so the index is copied into memory and checked there,
    against `rows`, the words it should be of. Without rows, it is checked in itself alone.
    """
    table = _table(compartment)
    words = "words, folded, tokenize='unicode61 remove_diacritics 2'"
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE TABLE held(n INTEGER PRIMARY KEY, words, folded)")
        memory.executemany("INSERT INTO held VALUES (?, ?, ?)", rows or ())
        content = "content='held', content_rowid='n'" if rows is not None else "content=''"
        memory.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({words}, {content})")
        for part in ("data", "idx", "docsize", "config"):
            memory.execute(f"DELETE FROM {table}_{part}")  # noqa: S608
            copied = [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}_{part}")]  # noqa: S608
            if copied:
                marks = ", ".join("?" * len(copied[0]))
                memory.executemany(f"INSERT INTO {table}_{part} VALUES ({marks})", copied)  # noqa: S608
        memory.commit()
        image = memory.serialize()
    with closing(sqlite3.connect(":memory:")) as again:  # opened anew: the table's cache knows nothing of the copy
        again.deserialize(image)
        try:
            again.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError as error:
            return [f"the search table is not what the texts give: {error}"]
    return []


def quick_check(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its own file; empty when all is well."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
    return [] if found == ["ok"] else found


def is_damage(error: DatabaseError) -> bool:
    """True when the database says that its file is not a database or is malformed."""
    words = str(error.orig)
    return "malformed" in words or "not a database" in words


def without(column: Any, *keys: str) -> Any:
    """A column of JSON with these keys left out, so that what may be very long is not even read."""
    return func.json_remove(column, *(f"$.{key}" for key in keys))


def within(column: Any, *keys: str) -> list[Any]:
    """What stands under these keys of a column of JSON, lists as JSON: quicker than to read all of it."""
    return [func.json_extract(column, f"$.{key}") for key in keys]


def _table(compartment: int) -> str:
    return f"search_{int(compartment)}"
