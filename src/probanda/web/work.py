"""Work that goes on while pages are shown: what was taken in is read, one user's at a time, in a thread of its own.

Start with `Work`. Each user is told of their own files and reading alone: a count of somebody else's would say what
lies behind a wall. Nothing here is a record. What arrived is in the case the moment it is told; reading that is broken
off by the end of the server goes on with the next one, or with `probanda read`.

Looks down to: casework, store, kernel. Used by: web.desk, web.app, web.pages.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections import deque
from dataclasses import dataclass, field

from probanda.casework import read
from probanda.kernel.errors import ProbandaError
from probanda.store.store import Store

REMEMBERED = 500
"""Files of one user that the page of what arrived tells of."""
PATIENCE = 5.0
"""Seconds that the end of the server waits for a text that is being read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was sent."""

    name: str
    number: str = ""
    """Its registration number; empty where it was refused."""
    digest: str = ""
    state: str = ""
    """new, again (same bytes, one more acquisition), known (there already), refused."""
    reason: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How far reading is for one user."""

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""
    fix: str = ""


class _Stopped(Exception):
    """The server ends."""


@dataclass(slots=True)
class _Mine:
    arrived: deque[Outcome] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    reading: Reading = field(default_factory=Reading)


class Work:
    """What is done in the background of one server; safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: dict[str, _Mine] = {}
        self._due: list[tuple[Store, str]] = []
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.pages: dict[str, int] = {}
        """Pages of an item by its digest: its bytes never change, so they are counted once."""

    def arrived(self, user: str, outcome: Outcome) -> None:
        """Note what became of a file."""
        with self._lock:
            self._of(user).arrived.appendleft(outcome)

    def of(self, user: str) -> tuple[tuple[Outcome, ...], Reading]:
        """What this user sent since the server was started, newest first, and how far reading is."""
        with self._lock:
            mine = self._of(user)
            return tuple(mine.arrived), mine.reading

    def read(self, store: Store, user: str) -> None:
        """Have everything read that waits and that this user may see; returns at once."""
        with self._lock:
            if self._stop.is_set():
                return
            self._of(user).reading = Reading(running=True)
            if (store, user) not in self._due:
                self._due.append((store, user))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """No more is begun; what is being read is given a little time to end."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join(PATIENCE)

    def _of(self, user: str) -> _Mine:
        return self._users.setdefault(user, _Mine())

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._due or self._stop.is_set():
                    self._thread = None
                    return
                store, user = self._due.pop(0)
            ended = self._read(store, user)
            with self._lock:
                if (store, user) not in self._due:  # else more came meanwhile, and it goes on
                    self._of(user).reading = ended

    def _read(self, store: Store, user: str) -> Reading:
        def told(stage: str, done: int, total: int) -> None:
            if self._stop.is_set():
                raise _Stopped
            with self._lock:
                self._of(user).reading = Reading(True, stage, done, total)

        try:
            read.read(store, store.eyes(user), progress=told)
        except _Stopped:
            pass
        except ProbandaError as error:
            return Reading(problem=error.problem, fix=error.fix)
        except Exception as error:  # a bug of ours: told whole where the server was started
            traceback.print_exception(error, file=sys.stderr)
            return Reading(problem="Reading stopped: something in the program went wrong.", fix="What was read stays.")
        return Reading()
