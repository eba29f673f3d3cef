"""What took long to count, kept by the server for as long as what it was counted from stands: start with `Kept.get`.

The key must name all that it rests on: whose sight, what was gathered, how far the log had come. A few are kept; the
one asked for longest ago goes first. Nothing of it is written anywhere.

Used by: web.desk.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 24
"""Things that are kept."""


@dataclass(slots=True)
class Kept:
    """What was counted, by what it was counted from."""

    _held: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, count: Callable[[], T]) -> T:
        """What is kept under this key; counted now where nothing is. Two who ask at once may both count."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
        made = count()
        with self._lock:
            self._held[key] = made
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return made
