"""Moving what stands in a cell, as a person who sees the cell does it: to one side, to the other, or out.

Start with `move`; `as_seen` refuses where somebody decided in the cell since it was looked at (decision 22), and
`history` tells what was decided there. The deeds are those of `hypothesizing`.

Looks down to: hypothesizing, matrix_charts, store, matrix. Used by: web.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from probanda.access.eyes import Eyes
from probanda.casework import hypothesizing, undo
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Side
from probanda.matrix.chart import Chart, Row
from probanda.matrix.hypothesis import Decided, Ref, Slot, Verdict
from probanda.store.errors import DecidedMeanwhile
from probanda.store.model import Decision
from probanda.store.projection import CELL_ASSESSMENT, CELL_SEARCH, IN_CELL, INFERENCE, TASK
from probanda.store.store import Store

OUT = "out"
BREATH = timedelta(seconds=1)
"""Within this a person does one thing."""
IN_CELLS = (IN_CELL, INFERENCE, CELL_ASSESSMENT, CELL_SEARCH)
"""What is decided of a cell, besides tasks; all of it on the hypothesis."""


@dataclass(frozen=True, slots=True)
class Done:
    """One deed in a cell."""

    decision: Decision
    together: tuple[str, ...]
    """Ids of the decisions that were one deed with it, itself among them: they are taken back together."""


def move(
    store: Store, eyes: Eyes, name: str, element: str, what: Sequence[str], to: str, reason: str, *,
    incident: bool = False, role: str | None = None, bearing: str | None = None, note: str = "",
) -> list[str]:  # fmt: skip
    """Put things on one side of a cell (`for`, `against`), taking them from the other, or take them `out`.

    One transaction: all of it is recorded or nothing. Gives the decisions' ids. Raises WrongUsage where one stands
    there already, or is to be taken out and stands nowhere.
    """
    if not what:
        raise WrongUsage("Nothing was named to be put or taken.", "Tick a claim, or give the id of one.")
    if to not in (*Side, OUT):
        raise WrongUsage("That is no place in a cell.", "Put it for or against, or take it out.")
    chart, row = hypothesizing.row_of(store, eyes, name, element)
    deeds = []
    for one in what:
        ref = _known(row, one)
        if to != OUT and (ref is None or incident):
            ref = hypothesizing.cited(store, eyes, one, incident=incident)
        if ref is None or (to == OUT and not any(e.ref == ref for s in Side for e in row.column(s))):
            raise WrongUsage(f"{one[:12]} does not stand in element {row.slot.called}.", "Tick what stands there.")
        if to != OUT:
            side = Side(to)
            if any(e.ref == ref and e.put is not None for e in row.column(side)):
                raise WrongUsage(f"{one[:12]} stands there already.", "Put it on the other side, or take it out.")
            told = hypothesizing.how_it_stands(store, eyes, chart, ref, role, bearing, note)
            deeds.append(hypothesizing.in_cell(chart, row, side, Verdict.PUT, ref, told, reason))
        left = [s for s in Side if str(s) != to and any(e.ref == ref for e in row.column(s))]
        deeds += [hypothesizing.in_cell(chart, row, side, Verdict.TAKEN, ref, {}, reason) for side in left]
    return hypothesizing.record(store, eyes, deeds)


def _known(row: Row, name: str) -> Ref | None:
    """What of a cell, or of what was taken out of it, has this id or begins so; None where nothing has, or several."""
    every = {e.ref for side in Side for e in row.column(side)} | {t.shown.ref for t in row.taken}
    whole = {ref for ref in every if ref.id == name}
    begun = {ref for ref in every if ref.id.startswith(name)} if len(name) >= hypothesizing.SHORTEST_ID else set()
    found = whole or begun
    return found.pop() if len(found) == 1 else None


def stands(decided: Decided, slot: Slot) -> tuple[str, ...]:
    """The decisions that stand in a cell, by id: what a form that changes it names as seen."""
    found = {p.decision for p in decided.in_cells if p.slot == slot}
    found |= {f.decision for f in decided.inferences if f.slot == slot}
    found |= {a.decision for a in decided.assessments if a.slot == slot}
    found |= {s.decision for s in decided.searches if s.slot == slot}
    found |= {t.decision for t in decided.tasks if t.slot == slot}
    return tuple(sorted(found | ({decided.closing.decision} if decided.closing else set())))


def as_seen(store: Store, eyes: Eyes, chart: Chart, slot: Slot, seen: Sequence[str]) -> None:
    """Nothing, where the cell stands as it was seen. Raises DecidedMeanwhile, naming who decided."""
    now = stands(chart.decided, slot)
    if set(now) == set(seen):
        return
    others = [d for d in history_of(store, eyes, chart, slot) if d.id in set(now) - set(seen)]
    names = store.users()
    said = "What you saw in this cell no longer stands."
    if others:
        last = others[-1]
        said = f"Meanwhile {names.get(last.by, 'another user')} decided in this cell ({last.kind}, {last.at[:16]})."
    raise DecidedMeanwhile(chart.decided.hypothesis.id, now, said)


def history_of(store: Store, eyes: Eyes, chart: Chart, slot: Slot) -> list[Decision]:
    """What was ever decided in a cell, in the order of the log; tasks as they stand."""
    here = [d for d in store.decisions(eyes, chart.decided.hypothesis.id) if d.kind in IN_CELLS]
    found = [d for d in here if Slot(str(d.payload["part"]), int(str(d.payload["element"]))) == slot]
    tasks = [t.id for t in chart.decided.tasks if t.slot == slot]
    return [*found, *(d for id_ in tasks for d in store.standing(eyes, id_, TASK))]


def history(store: Store, eyes: Eyes, chart: Chart, slot: Slot) -> tuple[Done, ...]:
    """The same, newest first, each with what was one deed with it: a claim moved from one side to the other."""
    groups: list[list[Decision]] = []
    for d in sorted(history_of(store, eyes, chart, slot), key=lambda d: d.at):
        if groups and _one_deed(groups[-1][-1], d):
            groups[-1].append(d)
        else:
            groups.append([d])
    return tuple(Done(d, tuple(o.id for o in group if o.stands)) for group in reversed(groups) for d in reversed(group))


def _one_deed(a: Decision, b: Decision) -> bool:
    """True where two decisions were recorded in one breath, for one reason: a claim taken from one side to another."""
    near = datetime.fromisoformat(b.at) - datetime.fromisoformat(a.at) < BREATH
    return near and a.kind == b.kind == IN_CELL and (a.by, a.reason) == (b.by, b.reason)


def take_back(store: Store, eyes: Eyes, chart: Chart, slot: Slot, decisions: Sequence[str], reason: str = "") -> None:
    """Undo decisions of this cell. Raises WrongUsage for one that was not made here, or does not stand."""
    here = {d.id: d for d in history_of(store, eyes, chart, slot) if d.stands}
    if not decisions or not set(decisions) <= here.keys():
        raise WrongUsage("That does not stand in this cell.", "Load the page anew and see what does.")
    for one in decisions:
        undo.undo(store, eyes, one, reason, subject=here[one].subject)
