"""One run of `verify` at a time behind the pages, and what the last one found.

Start with `Checking.start`. It only reads. A deed that is done while it looks can make two halves that do not fit; so
where something was found and the log has grown meanwhile, it looks once more while deeds wait.

Looks down to: casework (clock), store, web.notes, kernel. Used by: web.desk, web.pages.verifying.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Any

from probanda.casework.clock import now
from probanda.kernel.errors import ProbandaError
from probanda.store.model import Fault
from probanda.store.store import Store
from probanda.web.notes import Notes

KEY = "verified"


@dataclass(frozen=True, slots=True)
class Found:
    """What the last run found."""

    at: str
    quick: bool
    entries: int
    """Entries that the log had."""
    root: str
    faults: tuple[Fault, ...]
    """Remarks, which are no faults, among them (severity 0)."""
    failed: str = ""
    """Why it could not be carried out; empty where it was."""


@dataclass(slots=True)
class Checking:
    """Whether a run is under way, and how far."""

    done: int = 0
    of: int = 0
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def running(self) -> bool:
        """True while a run is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(
        self, store: Store, notes: Notes, *, quick: bool, quiet: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        """Begin a run, unless one is under way; `quiet` keeps deeds waiting for as long as it is held."""
        with self._lock:
            if self.running:
                return
            self.done = self.of = 0
            # A daemon: the server need not wait for it to end, since it writes nothing but a note.
            self._thread = threading.Thread(target=self._run, args=(store, notes, quick, quiet), daemon=True)
            self._thread.start()

    def _run(self, store: Store, notes: Notes, quick: bool, quiet: Callable[[], AbstractContextManager[Any]]) -> None:
        try:
            size = store.decision_count
            faults = store.examine(quick=quick, checked=self._count)
            if any(one.severity for one in faults) and store.decision_count != size:
                with quiet():
                    faults = store.examine(quick=quick, checked=self._count)
            found = Found(now(), quick, store.decision_count, store.root, tuple(faults))
        except ProbandaError as error:
            found = Found(now(), quick, 0, "", (), f"{error.problem} {error.fix}")
        except Exception as error:  # told where the server was started, as any bug of ours
            traceback.print_exception(error, file=sys.stderr)
            found = Found(now(), quick, 0, "", (), "It could not be carried out; whoever started the server sees why.")
        notes.write(KEY, asdict(found))

    def _count(self, done: int, of: int) -> None:
        self.done, self.of = done, of


def last(notes: Notes) -> Found | None:
    """What the last run found; None where none was made, or its note cannot be understood."""
    told = notes.read(KEY)
    try:
        return Found(**{**told, "faults": tuple(Fault(**one) for one in told["faults"])})
    except (TypeError, KeyError):
        return None
