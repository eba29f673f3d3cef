"""A pool of worker processes that keeps order, keeps little in flight, and outlives the death of a worker.

Start with `Workers.run`. Each worker has a channel of its own, so when one dies it is known which batch it had: that
batch is given to a fresh worker, and if that dies too its rows go singly; a row that ends a worker alone is answered
by `lost`. At most two batches wait at a worker and four for each worker in all, so memory does not grow with the
number of rows.

Workers are started anew, never forked, and do not run the caller's main module: a script without a `__main__` guard
works. They stand in a session of their own, so a Ctrl-C reaches the parent alone, which ends them.

Looks down to: verbs, worker. Used by: local.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from probanda.kernel.errors import ProbandaError
from probanda.store.engines.verbs import WorkerLost
from probanda.store.engines.worker import FAILED, READY

AT_A_WORKER = 2
"""Batches given to one worker: the one it works on, and the next."""
FOR_EACH_WORKER = 4
"""Batches between input and output, for each worker."""
IN_FLIGHT = 16_000_000
"""Weight of all batches between input and output beyond which no more are taken."""
GRACE = 1.0
"""Seconds the workers together have to end by themselves."""
_TRIES = 2
_STILLBORN = 3
"""Workers that end before they could begin, one after another, until it is no longer taken for chance."""


class StageFailed(Exception):
    """A stage's function raised in a worker: a bug of ours, told with the worker's own traceback."""


class NoWorkers(ProbandaError):
    """Worker processes end before they could begin: no memory for them, or an installation that is not whole."""

    def __init__(self, how: str) -> None:
        super().__init__(
            f"Worker processes end before they can begin: {how}.",
            "Free some memory or name fewer with `--workers`; with `--workers 1` there are none. What was done stays.",
        )


@dataclass(slots=True, eq=False)
class Task:
    """A batch on its way."""

    rows: Sequence[Any]
    weight: int = 0
    here: bool = False
    """To be done in this process when its turn comes."""
    out: list[Any] | None = None
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: Connection
    given: deque[Task] = field(default_factory=deque)
    ready: bool = False


class Workers:
    """Processes that apply one function to batches. Use `run`, then `close` (at once, whatever they are doing)."""

    def __init__(self, count: int, fn: Any, actor: Any, lost: Callable[[Any, str], Any] | None = None) -> None:
        self._count, self._fn, self._actor, self._lost = count, fn, actor, lost
        self._workers: list[_Worker] = []
        self._due: deque[Task] = deque()
        self._waiting: list[Task] = []
        self._stillborn = 0

    def start(self) -> None:
        """Start all of them now; without it each is started when there is work for it."""
        while len(self._workers) < self._count:
            self._start()

    def run(self, tasks: Iterable[Task], here: Callable[[Sequence[Any]], list[Any]]) -> Iterator[list[Any]]:
        """What comes out of each task, in their order. `here` does the tasks that are marked so."""
        source = iter(tasks)
        open_ended = True
        while True:
            while open_ended and self._has_room():
                task = next(source, None)
                open_ended = task is not None
                if task is not None:
                    self._waiting.append(task)
                    if not task.here:
                        self._due.append(task)
                        self._hand_out()
            self._hand_out()
            if not self._waiting:
                return
            first = self._waiting[0]
            if first.here:
                first.out = here(first.rows)
            self._listen(None if first.out is None else 0.0)
            while self._waiting and (out := self._waiting[0].out) is not None:
                del self._waiting[0]
                yield out

    def close(self) -> None:
        """End all workers: they see the end of the channel; one that does not is killed."""
        for worker in self._workers:
            worker.channel.close()
        deadline = time.monotonic() + GRACE
        for worker in self._workers:
            _end(worker.process, deadline - time.monotonic())
        self._workers.clear()
        self._due.clear()
        self._waiting.clear()

    def _has_room(self) -> bool:
        if not self._waiting:
            return True
        weight = sum(task.weight for task in self._waiting)
        return len(self._waiting) < FOR_EACH_WORKER * self._count and weight < IN_FLIGHT

    def _hand_out(self) -> None:
        while self._due:
            free = [worker for worker in self._workers if len(worker.given) < AT_A_WORKER]
            chosen = min(free, key=lambda worker: len(worker.given), default=None)
            if (chosen is None or chosen.given) and len(self._workers) < self._count:
                chosen = self._start()
            if chosen is None:
                return
            task = self._due.popleft()
            chosen.given.append(task)
            with contextlib.suppress(OSError):  # it has died: `_listen` finds that out, and who had what
                chosen.channel.send(task.rows)

    def _listen(self, seconds: float | None) -> None:
        """Take what workers have answered; waits for one where `seconds` is None."""
        busy = {worker.channel: worker for worker in self._workers if worker.given}
        for ready in wait(list(busy), seconds) if busy else ():
            worker = busy[ready]  # type: ignore[index]
            try:
                kind, answer = worker.channel.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if kind == FAILED:
                raise StageFailed(answer)
            if kind == READY:
                worker.ready, self._stillborn = True, 0
                continue
            worker.given.popleft().out = answer

    def _bury(self, worker: _Worker) -> None:
        """A worker died: what it had not begun goes to others, what it had begun is tried again, then row by row."""
        self._workers.remove(worker)
        worker.channel.close()
        how = _how(_end(worker.process, GRACE))
        if not worker.ready:  # none of its rows is to blame
            self._due.extendleft(reversed(worker.given))
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise NoWorkers(how)
            return
        begun, *rest = worker.given
        self._due.extendleft(reversed(rest))
        begun.deaths += 1
        if begun.deaths < _TRIES:
            self._due.appendleft(begun)
        elif len(begun.rows) > 1:
            singly = [Task([row], begun.weight // len(begun.rows), deaths=_TRIES - 1) for row in begun.rows]
            at = self._waiting.index(begun)
            self._waiting[at : at + 1] = singly
            self._due.extendleft(reversed(singly))
        elif self._lost is None:
            raise WorkerLost(how)
        else:
            begun.out = [self._lost(begun.rows[0], how)]

    def _start(self) -> _Worker:
        here, there = socket.socketpair()
        with there:
            process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-P", "-m", "probanda.store.engines.worker", str(there.fileno())],
                pass_fds=(there.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        worker = _Worker(process, Connection(here.detach()))
        self._workers.append(worker)
        with contextlib.suppress(OSError):
            worker.channel.send(sys.path)
            worker.channel.send((self._fn, self._actor))
        return worker


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[3])
    paths = [root, os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [root]
    # One thread of linear algebra in each worker: there are as many workers as cores.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(paths)}


def _end(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Wait so long for a process, kill it then; returns how it ended, as the system counts."""
    try:
        return process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _how(code: int) -> str:
    if code >= 0:
        return f"its process ended with code {code}"
    try:
        name = f" ({signal.Signals(-code).name})"
    except ValueError:
        name = ""
    return f"its process was ended by signal {-code}{name}"
