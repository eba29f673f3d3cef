"""How long work tells that it goes on: a function that faces hand in, and that nobody has to."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage in words, how many are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
