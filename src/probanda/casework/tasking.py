"""What would fill a gap, as tasks: added, assigned, logged, closed. Start with `add`.

A task hangs on one element of one hypothesis. Each change stands in place of the one before; what was done about it is
a line of its own, and nothing of it is lost.

Looks down to: hypothesizing, matrix_decided, store, matrix. Used by: cli.
"""

from __future__ import annotations

from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import hypothesizing, matrix_decided
from probanda.kernel.digests import random_id
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.matrix.hypothesis import Needs, Task
from probanda.store.model import Deed
from probanda.store.projection import TASK, TASK_LINE
from probanda.store.store import Store


def add(
    store: Store, eyes: Eyes, name: str, element: str, needs: str, what: str, *, assigned: str = "", reason: str = ""
) -> str:
    """Add what would fill a gap (a witness, document, image, expert, other); gives the task's id."""
    if not what.strip():
        raise WrongUsage("What is to be done?", "Say it: --what 'the roster of the guard of May 2031'.")
    chart, row = hypothesizing.row_of(store, eyes, name, element)
    id_ = random_id()
    told = {
        "hypothesis": chart.decided.hypothesis.id, "part": row.slot.part, "element": row.slot.element,
        "needs": hypothesizing.one_of(Needs, needs, "kind of thing that fills a gap"), "what": what,
        "assigned": assigned, "closed": "",
    }  # fmt: skip
    return hypothesizing.record(store, eyes, [Deed(kind=TASK, subject=id_, payload=told, reason=reason, id=id_)])[0]


def assign(store: Store, eyes: Eyes, name: str, to: str, reason: str = "") -> Task:
    """Say who does it."""
    return _changed(store, eyes, name, {"assigned": to}, reason)


def close(store: Store, eyes: Eyes, name: str, outcome: str, reason: str = "") -> Task:
    """Close it with what came of it; `undo` opens it again."""
    if not outcome.strip():
        raise WrongUsage("What came of it?", "Say it: --outcome 'the roster was burnt; asked the clerk'.")
    return _changed(store, eyes, name, {"closed": outcome}, reason)


def log(store: Store, eyes: Eyes, name: str, words: str) -> Task:
    """Add a line about what was done."""
    if not words.strip():
        raise WrongUsage("What was done?", "Say it: --words 'wrote to the archive'.")
    _, task = matrix_decided.task(store, eyes, name)
    hypothesizing.record(store, eyes, [Deed(kind=TASK_LINE, subject=task.id, payload={"words": words})])
    return matrix_decided.task(store, eyes, task.id)[1]


def _changed(store: Store, eyes: Eyes, name: str, changes: dict[str, Any], reason: str) -> Task:
    hypothesis, task = matrix_decided.task(store, eyes, name)
    if task.closed:
        raise ProbandaError(
            f"It is closed: {task.closed}", f"Open it again: `probanda undo {task.decision[:12]} --reason TEXT`."
        )
    told = {
        "hypothesis": hypothesis, "part": task.slot.part, "element": task.slot.element, "needs": str(task.needs),
        "what": task.what, "assigned": task.assigned, "closed": task.closed, **changes,
    }  # fmt: skip
    hypothesizing.record(
        store, eyes, [Deed(kind=TASK, subject=task.id, payload=told, reason=reason, over=(task.decision,))]
    )  # fmt: skip
    return matrix_decided.task(store, eyes, task.id)[1]
