"""How long work tells that it goes on: a function that faces hand in, and that nobody has to.

Start with `Progress`. `time_left` is the plain reckoning behind a line of a log file; no clock is read here.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage in words, how many are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


class Counted:
    """Tells a progress function of one stage, given how many more are done each time."""

    def __init__(self, progress: Progress, stage: str, total: int) -> None:
        self._progress, self._stage, self._total = progress, stage, total
        self._done = 0
        if total:  # so that a bar stands while the first are still being read
            progress(stage, 0, total)

    def __call__(self, more: int) -> None:
        """So many more are done."""
        self._done += more
        self._progress(self._stage, self._done, self._total)


def time_left(done: int, total: int, seconds: float) -> float | None:
    """Seconds until all are done, at the pace so far; None before anything is done."""
    return seconds / done * (total - done) if done and total >= done else None


def in_words(seconds: float) -> str:
    """A stretch of time as one says it: never more exact than it is known."""
    if seconds < 90:
        return f"{max(1, round(seconds / 10)) * 10} seconds"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3600)} hours"
