"""What stands of the case matrix, out of the decisions that these eyes see: start with `decided`.

A hypothesis whose opening was withdrawn is not there, and nothing that was decided in it; an undoing of the withdrawal
brings all of it back.

Looks down to: store, matrix. Used by: casework (matrix_charts, hypothesizing).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from probanda.access.eyes import Eyes
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.matrix.hypothesis import (
    Assessment,
    Closing,
    Decided,
    Finding,
    Flag,
    Hypothesis,
    InCell,
    Search,
    Seen,
    Task,
    TaskLine,
)
from probanda.store.codec import formed
from probanda.store.model import Decision
from probanda.store.projection import (
    ADMISSIBILITY,
    CELL_ASSESSMENT,
    CELL_SEARCH,
    CLOSING,
    CONTEXTUAL,
    HYPOTHESIS,
    IN_CELL,
    INFERENCE,
    INQUIRY,
    INQUIRY_LOOK,
    MATRIX_SEEN,
    TASK,
    TASK_LINE,
)
from probanda.store.store import Store

T = TypeVar("T")
SHORTEST_ID = 6
"""Letters of an id that are enough to name a hypothesis or task."""
OF_HYPOTHESIS = (CLOSING, IN_CELL, INFERENCE, CELL_ASSESSMENT, CELL_SEARCH, MATRIX_SEEN)
"""Kinds whose subject is the hypothesis."""


def decided(store: Store, eyes: Eyes) -> list[Decided]:
    """Every hypothesis these eyes see with all that stands about it, in the order they were opened."""
    by: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for kind in OF_HYPOTHESIS:
        for d in store.of_kind(eyes, kind):
            by[d.subject][kind].append(d)
    tasks = _tasks(store, eyes)
    inquiries = _inquiries(store, eyes)
    contextual = [_finding(d) for d in store.of_kind(eyes, CONTEXTUAL)]
    conflicts = _conflicts(store, eyes)
    return [
        _decided(d, by[d.subject], contextual, tasks.get(d.subject, ()), conflicts.get(d.subject, ()), inquiries)
        for d in store.of_kind(eyes, HYPOTHESIS)
    ]


def one(store: Store, eyes: Eyes, name: str) -> Decided:
    """The hypothesis with this id or its first letters. Raises NotFound; WrongUsage where they fit several."""
    return named(decided(store, eyes), name)


def named(every: Iterable[Decided], name: str) -> Decided:
    """The same among those given."""
    fits = [d for d in every if _begins(d.hypothesis.id, name)]
    if not fits:
        raise NotFound("hypothesis", name, "probanda matrix")
    if len(fits) > 1:
        raise WrongUsage(f"{name} begins several ids of hypotheses.", "Give more of its letters.")
    return fits[0]


def task(store: Store, eyes: Eyes, name: str) -> tuple[str, Task]:
    """The task with this id or its first letters, with its hypothesis. Raises NotFound; WrongUsage."""
    fits = [(of, t) for of, ones in _tasks(store, eyes).items() for t in ones if _begins(t.id, name)]
    if not fits:
        raise NotFound("task", name, "probanda matrix task list")
    if len(fits) > 1:
        raise WrongUsage(f"{name} begins several ids of tasks.", "Give more of its letters.")
    return fits[0]


def flags(store: Store, eyes: Eyes) -> dict[str, list[Flag]]:
    """What persons noted of how items and claims were gained (art. 69(7)), by item digest or claim id."""
    found: dict[str, list[Flag]] = defaultdict(list)
    for d in store.of_kind(eyes, ADMISSIBILITY):
        found[d.subject].append(_formed(Flag, d, subject=d.subject))
    return found


def _begins(whole: str, name: str) -> bool:
    return whole == name or (len(name) >= SHORTEST_ID and whole.startswith(name))


def _decided(
    opened: Decision,
    by: Mapping[str, list[Decision]],
    contextual: Iterable[Finding],
    tasks: Iterable[Task],
    conflicts: Iterable[str],
    inquiries: Mapping[str, Mapping[str, str]],
) -> Decided:
    hypothesis = _formed(Hypothesis, opened, id=opened.subject)
    keys = {e.common_key for e in hypothesis.elements if e.common_key}
    closings = [_formed(Closing, d) for d in by[CLOSING]]
    return Decided(
        hypothesis=hypothesis,
        closing=closings[-1] if closings else None,
        in_cells=_each(by[IN_CELL], _in_cell),
        inferences=_each(by[INFERENCE], _finding),
        contextual=tuple(f for f in contextual if f.key in keys),
        assessments=_each(by[CELL_ASSESSMENT], lambda d: _formed(Assessment, d, slot=_slot(d))),
        searches=_each(by[CELL_SEARCH], lambda d: _search(d, inquiries)),
        tasks=tuple(tasks),
        seen=_each(by[MATRIX_SEEN], lambda d: _formed(Seen, d, slot=_slot(d))),
        conflicts=tuple(conflicts),
    )


def _each(found: Iterable[Decision], form: Callable[[Decision], T]) -> tuple[T, ...]:
    return tuple(form(d) for d in found)


def _formed(cls: type[T], d: Decision, **more: Any) -> T:
    """The record of a decision: its payload with who, when, why, and under which id."""
    return formed(cls, {**d.payload, **more, "by": d.by, "at": d.at, "reason": d.reason, "decision": d.id})


def _slot(d: Decision) -> dict[str, Any]:
    return {"part": d.payload["part"], "element": d.payload["element"]}


def _in_cell(d: Decision) -> InCell:
    told: Any = d.payload
    return _formed(InCell, d, slot=_slot(d), ref=told["cites"][0])


def _finding(d: Decision) -> Finding:
    return _formed(Finding, d, slot=None if d.payload.get("key") else _slot(d))


def _search(d: Decision, inquiries: Mapping[str, Mapping[str, str]]) -> Search:
    """Who looked; what it leaves to the inquiry that it names is taken from there, so that it grows with it."""
    told = inquiries.get(str(d.payload.get(INQUIRY) or ""), {})
    filled = {key: d.payload.get(key) or words for key, words in told.items()}
    return _formed(Search, d, slot=_slot(d), **filled)


def _inquiries(store: Store, eyes: Eyes) -> dict[str, dict[str, str]]:
    """Of each inquiry its question, the places looked in, the last day, and the results, as these eyes see them."""
    looks: dict[str, list[Decision]] = defaultdict(list)
    for d in store.of_kind(eyes, INQUIRY_LOOK):
        looks[d.subject].append(d)
    return {
        d.subject: {
            "question": d.payload["question"],
            "where": "; ".join(one.payload["where"] for one in looks[d.subject]),
            "when": max((one.payload["when"] for one in looks[d.subject]), default=""),
            "found": "; ".join(one.payload["result"] for one in looks[d.subject] if one.payload["result"]),
        }
        for d in store.of_kind(eyes, INQUIRY)
    }


def _tasks(store: Store, eyes: Eyes) -> dict[str, list[Task]]:
    lines: dict[str, list[TaskLine]] = defaultdict(list)
    for d in store.of_kind(eyes, TASK_LINE):
        lines[d.subject].append(_formed(TaskLine, d))
    found: dict[str, list[Task]] = defaultdict(list)
    for d in store.of_kind(eyes, TASK):
        made = _formed(Task, d, id=d.subject, slot=_slot(d))
        found[str(d.payload["hypothesis"])].append(replace(made, lines=tuple(lines[d.subject])))
    return found


def _conflicts(store: Store, eyes: Eyes) -> dict[str, list[str]]:
    """Where devices that worked apart decided otherwise of one thing in a hypothesis, in words."""
    names = store.users()
    found: dict[str, list[str]] = defaultdict(list)
    for c in store.conflicts(eyes):
        if c.agreed or c.kind not in (HYPOTHESIS, *OF_HYPOTHESIS):
            continue
        who = " and ".join(f"{names.get(d.by, d.by)} (decision {d.id[:12]})" for d in c.decisions)
        found[c.subject].append(f"{who} decided otherwise of one thing here: undo one of the two.")
    return found
