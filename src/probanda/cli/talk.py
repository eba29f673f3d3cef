"""How commands talk: results to standard output, talk and progress to standard error, errors with a next step."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from probanda.casework.progress import Progress, in_words, time_left

EVERY = 30.0
"""Seconds between two lines about long work where there is no terminal to draw a bar on."""


def say(words: str) -> None:
    """Talk: to standard error, so that standard output holds results alone."""
    sys.stderr.write(_safe(words) + "\n")
    sys.stderr.flush()


def tell(words: str) -> None:
    """A result: to standard output."""
    sys.stdout.write(_safe(words) + "\n")


def _safe(words: str) -> str:
    """The words with their lines, but for signs of a source that could steer the terminal: these show their code."""
    from probanda.reports.characters import UNSAFE

    if words.isascii() and words.isprintable():
        return words
    return UNSAFE.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", words)


def tell_rows(rows: Iterable[dict[str, Any]]) -> int:
    """JSON lines to standard output; returns how many."""
    count = 0
    try:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as `head` does: no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    return count


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A progress function that draws bars on a terminal, and says each stage once where there is none."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Results that are printed while a bar stands go above it on a terminal, and untouched into a file.
    with Bars(*columns, console=Console(stderr=True), redirect_stdout=sys.stdout.isatty()) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


class _Lines:
    """Progress for a log file: a line when a stage ends, and on long work now and then one with the time left."""

    def __init__(self, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        self._every, self._clock = every, clock
        self._begun: dict[str, tuple[float, int]] = {}
        """When each stage began, and how many were done then."""
        self._told = clock()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = self._clock()
        if stage not in self._begun:
            self._begun[stage] = (now, done)
            self._told = now
        if total and done == total:
            self._begun.pop(stage)
            say(f"{stage}: {done} of {total}")
        elif now - self._told >= self._every:
            self._told = now
            since, first = self._begun[stage]
            left = time_left(done - first, total - first, now - since)
            say(f"{stage}: {done} of {total}" + (f", about {in_words(left)} left" if left is not None else ""))
