"""Which cells hold claims of an incident, in hypotheses and suggestions: start with `cells_of`.

Looks down to: matrix_decided, store, matrix. Used by: web.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.casework import matrix_decided
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Side
from probanda.matrix.hypothesis import Slot, Verdict
from probanda.matrix.model import Suggestion
from probanda.store import laid
from probanda.store.store import Store

MOST = 12
"""Suggestions that are looked at for one incident."""


@dataclass(frozen=True, slots=True)
class Place:
    """A hypothesis or suggestion of which cells hold claims of an incident."""

    id: str
    name: str
    crime: str
    crime_title: str
    mode: str
    opened: bool
    """False for what only rules suggest."""
    cells: tuple[tuple[str, str], ...]
    """(element as a person writes it, side), each once; empty where it was opened on the incident and none holds it."""


def cells_of(store: Store, eyes: Eyes, incident: Incident) -> tuple[Place, ...]:
    """Hypotheses that persons opened first, then suggestions: at most so many."""
    claims = {*incident.claims}
    made = store.ask(eyes, laid.telling_of, incident.id, MOST)
    by = {(s.actor, s.crime, s.mode): s for s in made}
    every = [d for d in matrix_decided.decided(store, eyes) if d.closing is None]
    known = store.bound(eyes, {m for d in every for m in (d.hypothesis.actor, *d.hypothesis.names)})
    found, opened = [], set()
    for d in every:
        h = d.hypothesis
        who = next((known[m].actor for m in (h.actor, *h.names) if m in known), h.actor)
        machine = by.get((who, h.crime, h.mode))
        cells = dict.fromkeys(_proposed(machine, claims) if machine else ())
        for one in d.in_cells:
            if one.ref.id in claims:
                place = (one.slot, one.side)
                cells.pop(place, None)
                if one.verdict is Verdict.PUT:
                    cells[place] = None
        if cells or incident.id in h.incidents:
            opened |= {machine.id} if machine else set()
            found.append(Place(h.id, h.actor_name, h.crime, h.crime_title, h.mode, True, _told(cells)))
    left = (s for s in made if s.id not in opened)
    return (
        *found,
        *(Place(s.id, s.actor_name, s.crime, s.crime_title, s.mode, False, _told(_proposed(s, claims))) for s in left),
    )


def _proposed(suggestion: Suggestion, claims: set[str]) -> Iterable[tuple[Slot, Side]]:
    """Where rules put any of these claims."""
    for cell in suggestion.cells:
        for side, ids in ((Side.FOR, cell.supporting), (Side.AGAINST, cell.against)):
            if claims & {*ids}:
                yield Slot(cell.part, cell.element), side


def _told(cells: Iterable[tuple[Slot, Side]]) -> tuple[tuple[str, str], ...]:
    return tuple((slot.called, str(side)) for slot, side in sorted(cells))
