"""For the overview: what is new since this user's last visit, and the tasks that wait.

Start with `since` and `tasks`. What is new is read from the log alone, from the place on where the user last stood, and
never more than `MOST` entries of it; nothing of the case is loaded. Where the user stood is a note of the server
(`web.notes`), no decision.

Looks down to: store, matrix, names, web.desk. Used by: web.pages.overview.
"""

from __future__ import annotations

from dataclasses import dataclass

from probanda.casework.clock import now
from probanda.matrix.hypothesis import Slot
from probanda.names.folding import fold
from probanda.store.model import Decision
from probanda.store.projection import HYPOTHESIS, ON_CLAIMS, TASK
from probanda.web.desk import Desk

MOST = 1_000
"""Entries of the log that are looked through; where there are more, the page says so."""
TASKS = 12
LISTED = 2_000
"""Contradictions that are remembered by name, to tell new ones from known ones."""


@dataclass(frozen=True, slots=True)
class Since:
    """What is new since the last visit."""

    at: str
    """When that was."""
    items: int
    claims: int
    """Claims that others decided on."""
    contradictions: int | None
    """None where they cannot be told from those known before."""
    tasks: int
    """Tasks that others set or changed."""
    more: bool
    """True where the log has more new entries than were looked through."""

    @property
    def anything(self) -> bool:
        """True where there is something new to say."""
        return bool(self.items or self.claims or self.contradictions or self.tasks or self.more)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of the matrix that is open."""

    what: str
    needs: str
    assigned: str
    mine: bool
    hypothesis: str
    """Person and crime of the hypothesis it belongs to."""
    to: str
    """The cell it would fill."""


def since(desk: Desk) -> Since | None:
    """What is new since the last visit; None on the first. It stays the same for as long as this visit lasts."""
    key = f"visit {desk.user}"
    before = desk.shop.visits.setdefault(desk.token, desk.shop.notes.read(key))
    contradictions = desk.store.contradiction_ids(desk.eyes, LISTED)
    here = {"at": now(), "sizes": desk.store.log_sizes(), "contradictions": contradictions}
    desk.shop.notes.write(key, here)
    if not isinstance(before, dict):
        return None
    found = desk.store.decisions_after(desk.eyes, before.get("sizes", {}), MOST + 1)
    others = [d for d in found[:MOST] if d.by != desk.user]
    known = before.get("contradictions")
    told = known is not None and contradictions is not None
    return Since(
        at=str(before.get("at", "")),
        items=_subjects(found[:MOST], ("register",)),
        claims=_subjects(others, ON_CLAIMS),
        contradictions=len(set(contradictions or ()) - set(known or ())) if told else None,
        tasks=_subjects(others, (TASK,)),
        more=len(found) > MOST,
    )


def _subjects(found: list[Decision], kinds: tuple[str, ...]) -> int:
    return len({d.subject for d in found if d.kind in kinds and d.stands})


def tasks(desk: Desk) -> tuple[TaskLine, ...]:
    """The open tasks that these eyes see, those that name this user first, then those of nobody, then the others'."""
    own = [d.payload for d in desk.store.standing(desk.eyes, desk.user, "user")]
    me = {fold(str(told[key])) for told in own for key in ("name", "code") if told.get(key)}
    hypotheses = {d.subject: d.payload for d in desk.store.of_kind(desk.eyes, HYPOTHESIS)}
    lines = []
    for d in desk.store.of_kind(desk.eyes, TASK):
        told = hypotheses.get(str(d.payload["hypothesis"]))
        if told is None or d.payload.get("closed"):
            continue
        assigned = str(d.payload.get("assigned") or "")
        name = " · ".join(str(told.get(key, "")) for key in ("actor_name", "crime"))
        slot = Slot(str(d.payload["part"]), int(str(d.payload["element"])))
        to = f"/matrix/{d.payload['hypothesis']}/{slot.called}"
        mine = fold(assigned) in me
        lines.append(TaskLine(str(d.payload["what"]), str(d.payload["needs"]), assigned, mine, name, to))
    lines.sort(key=lambda line: (not line.mine, bool(line.assigned)))
    return tuple(lines[:TASKS])
