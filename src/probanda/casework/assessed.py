"""What persons found of each item, in the lines that a report prints beside it.

Start with `assessed`. Reasons and what was found stay in the case: they may name a witness.

Looks down to: casework (assessing, retracting), store, incidents. Used by: casework (draft).
"""

from __future__ import annotations

from probanda.access.eyes import Eyes
from probanda.casework.assessing import ITEM, sheets
from probanda.casework.retracting import Retraction, retractions
from probanda.incidents.assessment import state_words
from probanda.store.store import Store


def assessed(store: Store, eyes: Eyes) -> dict[str, tuple[str, ...]]:
    """Item digest -> lines; an item that nobody assessed has none, and is not verified."""
    names = store.users()
    found = {
        subject: [
            state_words(sheet, names),
            *(f"{g.scale} graded {g.grade}, {g.words}, by {names.get(g.by, g.by)}" for g in sheet.grades),
            *sheet.remarks,
        ]
        for subject, sheet in sheets(store, eyes, ITEM).items()
    }
    for one in retractions(store, eyes):
        if one.on == ITEM:
            found.setdefault(one.subject, []).append(_taken_back(one))
    return {subject: tuple(lines) for subject, lines in found.items()}


def _taken_back(one: Retraction) -> str:
    return " ".join(filter(None, [
        f"{one.what} since", f"by {one.who}" if one.who else "by its source", f"on {one.when}" if one.when else "",
    ]))  # fmt: skip
