"""The log's second copy: one line an entry in `log/<log>/000001.jsonl`, which a stranger's script can check.

A line holds the leaf, the entry and its salt, never the protected part. The database is written
first, the file follows at once; what a kill left out or half-written is completed on the next start.

Looks down to: kernel, audit. Used by: store.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from probanda.kernel.digests import canonical, canonical_object
from probanda.kernel.errors import RecordAltered
from probanda.store import tables as t
from probanda.store.codec import canonical_of, from_json
from probanda.store.settings import sync_folder

SEGMENT = "000001.jsonl"
PROOFS = "proofs.jsonl"
"""Beside the lines of a log that is not whole here: how each leads to a signed checkpoint."""
_TAIL = 1 << 16
_GIVEN = ("id", "kind", "subject", "by", "reason")
_AS_JSON = ("over", "seen", "payload", "labels")
_TOLD = [t.decision.c[name] for name in (*_GIVEN, *_AS_JSON, "leaf", "salt")]
"""What a line tells of a row."""


def path_of(folder: Path, log: str) -> Path:
    """Where the file copy of a log lies."""
    return folder / "log" / log / SEGMENT


def line_of(row: Row[Any]) -> bytes:
    """One entry as its line: canonical JSON with the keys entry, leaf (text) and salt (hexadecimal)."""
    entry = {key: canonical(getattr(row, key)) for key in _GIVEN}
    entry |= {key: canonical_of(getattr(row, key)) for key in _AS_JSON}
    leaf = row.leaf.decode("utf-8", "surrogatepass")
    parts = {"entry": canonical_object(entry), "leaf": canonical(leaf), "salt": canonical(row.salt.hex())}
    return canonical_object(parts) + b"\n"


def complete(connection: Connection, folder: Path, log: str) -> None:
    """Add to the file what the database has and it has not yet. Raises RecordAltered when the file has more."""
    path = path_of(folder, log)
    new = not path.exists()
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        whole, last = _tail(file)
        if whole < file.seek(0, os.SEEK_END):  # a line torn by a kill
            file.truncate(whole)
        rows = connection.execute(
            select(*_TOLD).where(t.decision.c.log == log, t.decision.c.n > last).order_by(t.decision.c.n)
        ).all()
        if not rows and not new and not _is_last(connection, log, last):
            raise RecordAltered(
                f"The log's file copy {path} holds {last + 1} entries, more than the record does.",
                "Leave the folder as it is, run `probanda verify`, and restore a record.db as new as the log.",
            )
        file.writelines(line_of(row) for row in rows)
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)
        sync_folder(path.parent.parent)


def rewrite(connection: Connection, folder: Path, log: str) -> None:
    """Write the file copy of a log anew, whole or not at all: entries came between others, or lost their words."""
    rows = connection.execute(select(*_TOLD).where(t.decision.c.log == log).order_by(t.decision.c.n))
    path = path_of(folder, log)
    _replace(path, (line_of(row) for row in rows))
    told = proof_lines(connection, log)
    if told:
        _replace(path.with_name(PROOFS), [told])
    else:
        path.with_name(PROOFS).unlink(missing_ok=True)
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def proof_lines(connection: Connection, log: str) -> bytes:
    """`proofs.jsonl`: for each entry n, the size of the tree it is proved in, and the path; empty for a whole log."""
    rows = connection.execute(select(t.proof).where(t.proof.c.log == log).order_by(t.proof.c.n))
    told = [{"n": int(row.n), "path": from_json(row.path), "size": int(row.size)} for row in rows]
    return b"".join(canonical(one) + b"\n" for one in told)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.part")
    with waiting.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)


def lines(folder: Path, log: str, size: int) -> Iterator[bytes]:
    """The lines in the first `size` bytes of the file copy, each with its end; a torn last line has none."""
    path = path_of(folder, log)
    if path.exists():
        with path.open("rb") as file:
            left = size
            for line in file:
                if left > 0:
                    yield line[:left]
                left -= len(line)


def _tail(file: Any) -> tuple[int, int]:
    """Length of the whole lines, and the place of the last entry in them (-1 when there is none)."""
    size = file.seek(0, os.SEEK_END)
    span = _TAIL
    while True:
        start = max(0, size - span)
        file.seek(start)
        piece = file.read(size - start)
        end = piece.rfind(b"\n")
        begin = piece.rfind(b"\n", 0, max(end, 0))
        if end < 0 and start == 0:
            return 0, -1
        if end >= 0 and (begin >= 0 or start == 0):
            return start + end + 1, _place(piece[begin + 1 : end])
        span *= 8


def _place(line: bytes) -> int:
    try:
        return int(json.loads(json.loads(line.decode("utf-8", "surrogatepass"))["leaf"])["n"])
    except (ValueError, KeyError, TypeError):
        raise RecordAltered(
            "The last line of the log's file copy cannot be read.",
            "Leave the folder as it is, run `probanda verify`, and restore the folder `log` from a copy.",
        ) from None


def _is_last(connection: Connection, log: str, last: int) -> bool:
    if last < 0:
        return True
    found = connection.execute(select(t.decision.c.n).where(t.decision.c.log == log, t.decision.c.n == last)).first()
    return found is not None
