"""Dossiers built while people go on reading and deciding: in a process of their own, one at a time for the server.

Start with `Reporting`. Each user is told of their own alone. What is being built when the server ends is given up, and
left behind by nobody: a build is there as a whole or not at all.

Looks down to: casework (building), store, kernel. Used by: web.desk, web.pages.reports.
"""

from __future__ import annotations

import sys
import threading
import traceback
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from probanda.casework import building
from probanda.casework.built import Asked
from probanda.kernel.digests import random_id
from probanda.kernel.errors import ProbandaError
from probanda.store.store import Store


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How far a user's build is."""

    running: bool = False
    waits: bool = False
    """True while another one is built first."""
    asked: Asked | None = None
    stage: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class _Due:
    id: str
    user: str
    asked: Asked


@dataclass(slots=True)
class Reporting:
    """What builds dossiers behind the pages of one server."""

    _due: list[_Due] = field(default_factory=list)
    """The first is being built."""
    _ended: dict[str, UnderWay] = field(default_factory=dict)
    """How each user's last one failed."""
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, store: Store, user: str, asked: Asked, writing: AbstractContextManager[object]) -> None:
        """Have this built, unless this user has one under way; returns at once."""
        with self._lock:
            if any(one.user == user for one in self._due):
                return
            self._ended.pop(user, None)
            self._due.append(_Due(random_id(), user, asked))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(store, writing), daemon=True)
                self._thread.start()

    def state(self, store: Store, user: str) -> UnderWay:
        """How far this user's build is; how the last one failed."""
        with self._lock:
            mine = next((one for one in self._due if one.user == user), None)
            if mine is None:
                return self._ended.get(user, UnderWay())
            if mine is not self._due[0]:
                return UnderWay(True, True, mine.asked)
        return UnderWay(True, False, mine.asked, *building.how_far(store, mine.id))

    def wait(self) -> None:
        """Until all are done."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, store: Store, writing: AbstractContextManager[object]) -> None:
        while True:
            with self._lock:
                if not self._due:
                    self._thread = None
                    return
                first = self._due[0]
            failed = _built(store, first, writing)
            with self._lock:
                self._due.remove(first)
                if failed is not None:
                    self._ended[first.user] = failed


def _built(store: Store, due: _Due, writing: AbstractContextManager[object]) -> UnderWay | None:
    try:
        building.elsewhere(store, due.user, due.asked, writing, due.id)
    except ProbandaError as error:
        return UnderWay(asked=due.asked, problem=error.problem, fix=error.fix)
    except Exception as error:  # a bug of ours: told whole where the server was started
        traceback.print_exception(error, file=sys.stderr)
        problem = "Building came to nothing: something in the program went wrong."
        return UnderWay(asked=due.asked, problem=problem, fix="Nothing was changed.")
    return None
