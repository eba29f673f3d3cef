"""Stage functions for tests of the engine: workers find them by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_number() -> Iterator[int]:
    """An actor that needs nothing."""
    yield 7


@contextmanager
def stillborn() -> Iterator[int]:
    """An actor that ends its process before there is one."""
    os.kill(os.getpid(), signal.SIGKILL)
    yield 0


class Diary:
    """Makes actors that leave a line when they begin and when they end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def __call__(self) -> Iterator[Path]:
        self._write("begun")
        try:
            yield self.path
        finally:
            self._write("ended")

    def _write(self, words: str) -> None:
        with self.path.open("a") as file:
            file.write(f"{os.getpid()} {words}\n")


def doubled(_actor: object, rows: Sequence[int]) -> list[int]:
    """Each number twice itself."""
    return [2 * row for row in rows]


def where(_actor: object, rows: Sequence[object]) -> list[int]:
    """The process that each row met."""
    return [os.getpid() for _ in rows]


def slow_for_even(_actor: object, rows: Sequence[int]) -> list[int]:
    """Even rows take longer than odd ones, so that answers come back in another order than rows went in."""
    for row in rows:
        time.sleep(0.02 * (row % 2 == 0))
    return list(rows)


def deadly(_actor: object, rows: Sequence[str]) -> list[str]:
    """A row `dies` ends the process that reads it; `dies once:PATH` only where nobody died of it before."""
    for row in rows:
        kind, _, path = row.partition(":")
        if kind == "dies" or (kind == "dies once" and not Path(path).exists()):
            if path:
                Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [row.upper() for row in rows]


def faulty(_actor: object, rows: Sequence[int]) -> list[int]:
    """A bug."""
    return [1 // row for row in rows]


def lost(row: str, how: str) -> str:
    """What stands for a row that ends every worker."""
    return f"lost {row}: {how}"


def asleep(_actor: object, rows: Sequence[object]) -> list[object]:
    """Work that does not end."""
    time.sleep(600)
    return list(rows)


def large(_actor: object, rows: Sequence[int]) -> list[bytes]:
    """Answers larger than any channel holds at once."""
    return [bytes([row % 251]) * 3_000_000 for row in rows]
