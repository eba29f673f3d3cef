"""Phrases that say who ordered, led, knew, denied, helped or counted, without saying what: of the act told just before.

Start with `settled`. The phrases are the `as-told` entries of lexicons/en/told.yaml; `blame` does the same for single
words of blame and denial.

Looks down to: acts, discourse, notes. Used by: english.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.discourse import Sentence

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes


def _of_something_else(trigger: Trigger) -> bool:
    """ "a patrol, of which the other side had been informed": what a relative clause says is of its own noun."""
    clause = syntax.clause_of(trigger.token)
    return (
        clause.dep_ == "relcl"
        and not trigger.entry.denies
        and clause.head.pos_ == "NOUN"
        and any(t.lower_ == "which" for t in clause.subtree)
    )


def settled(notes: Notes, found: list[Trigger], sentence: Sentence) -> list[Trigger]:
    """The act words, with phrases that lean given the kind of the act told before, or left out where none is near."""
    plain = [t for t in found if not t.entry.leans]
    leaning = [t for t in found if t.entry.leans]
    last = notes.last_act(sentence) if leaning else None
    judged = [t for t in leaning if t.entry.assessment]
    if judged:
        subjects = {s.i for t in judged for s in syntax.children(t.token, "nsubj")}
        taken_up = [t for t in plain if t.entry.generic or t.token.i in subjects]
        plain = [t for t in plain if t not in taken_up] if notes.last_act(sentence) is not None else plain
    told = [syntax.clause_of(t.token).i for t in plain if t.entry.type != "procedural"]
    leaning = [t for t in leaning if not _of_something_else(t)]
    if told:
        leaning = [t for t in leaning if t.entry.denies and syntax.clause_of(t.token).i not in told]
    if last is None:
        return plain
    kind = last.act_type.value
    taken = [replace(t, entry=replace(t.entry, type=kind, detail=t.entry.detail or last.detail)) for t in leaning]
    return sorted([*plain, *taken], key=lambda t: (t.start, t.end))
