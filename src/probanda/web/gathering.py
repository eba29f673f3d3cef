"""Gathering names and incidents anew while people go on reading: in a process of its own, one at a time.

Start with `Gathering`. What a person decides of two names or of an incident stands in the record at once; what is
gathered follows it when the groups are worked out anew. In a small case that is done with the decision. In a large one
it takes minutes: there the pages say that what they show is older than the decisions, and offer to gather anew.

Looks down to: casework (gathering), store. Used by: web.desk, web.pages.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from probanda.access.eyes import Eyes
from probanda.casework import gathering
from probanda.kernel.errors import ProbandaError
from probanda.store import listed
from probanda.store.store import Store

Elsewhere = Callable[[Store, Sequence[str], AbstractContextManager[object]], None]
"""What works in a process of its own, and records here while it holds what is given last."""
QUICK = 2_000
"""Claims up to which gathering is done with the decision: a second or two."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """How what is gathered stands to what was decided."""

    older: bool = False
    """Something was decided of what is the same, or taken back, since it was gathered."""
    running: bool = False
    failed: str = ""
    """Why the last one came to nothing, in words."""


@dataclass(slots=True)
class Gathering:
    """The gathering of one server: at most one at a time."""

    _thread: threading.Thread | None = None
    _failed: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def state(self, store: Store, eyes: Eyes) -> Gathered:
        """What a page tells of it."""
        followed = store.ask(eyes, listed.followed)
        older = followed is not None and followed != store.ask(eyes, listed.same_or_not)
        return Gathered(older, self._thread is not None and self._thread.is_alive(), self._failed)

    def is_quick(self, store: Store, eyes: Eyes) -> bool:
        """True where the case is small enough to gather anew with a decision."""
        return store.ask(eyes, listed.claims_at_least, QUICK + 1) <= QUICK

    def start(
        self, store: Store, users: tuple[str, ...], writing: threading.Lock, work: Elsewhere = gathering.elsewhere
    ) -> None:
        """Begin to gather for these users (or other `work` of the kind), where nothing of it is begun already;
        `writing` is held only while it is recorded."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._failed = ""
                self._thread = threading.Thread(target=self._run, args=(store, users, writing, work), daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, store: Store, users: tuple[str, ...], writing: threading.Lock, work: Elsewhere) -> None:
        try:
            work(store, users, writing)
        except ProbandaError as error:
            self._failed = f"{error.problem} {error.fix}"
        except Exception as error:
            traceback.print_exception(error, file=sys.stderr)
            self._failed = "Something in the program went wrong."
