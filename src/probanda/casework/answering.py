"""Answer questions of jurisdiction and admissibility: from a file of facts, or for an incident and actor of a case.

Start with `answers_from`, which needs no case folder and keeps nothing; then `answers_in`.

Looks down to: law, store, casework (legal_facts, clock). Used by: cli.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from probanda.casework.clock import now
from probanda.casework.decide import called
from probanda.casework.legal_facts import Gathered, facts_of, the_actor
from probanda.casework.view import View
from probanda.incidents.model import Incident
from probanda.kernel.errors import WrongUsage
from probanda.law import load
from probanda.law.answering import Answers, answered
from probanda.law.facts import Facts
from probanda.law.facts_check import FactsBroken
from probanda.law.facts_read import facts_from
from probanda.law.known import known_instruments
from probanda.store.store import Store


def answers_from(file: Path, as_of: str | None = None) -> Answers:
    """The answers for the facts in this JSON file, as known on `as_of`, else on the file's own day, else today.

    Raises WrongUsage for a file that cannot be read or a day that is none, FactsBroken for facts that cannot be asked.
    """
    return _answered(facts_from(parsed(file), known_instruments()), as_of)


def answers_in(
    store: Store, seen: View, incident: Incident, person: str, crimes: Sequence[str] = (), as_of: str | None = None
) -> tuple[Answers, Gathered]:
    """The answers for an incident and an actor of the case, and the facts that they rest on.

    `crimes` go before those recorded. Raises NotFound, WrongUsage, FactsBroken; ProbandaError where decisions differ.
    """
    gathered = facts_in(store, seen, incident, person)
    if crimes:
        gathered.data["incident"]["crimes"] = list(crimes)
    return _answered(facts_from(gathered.data, known_instruments()), as_of), gathered


def facts_in(store: Store, seen: View, incident: Incident, person: str) -> Gathered:
    """The facts of an incident and of the actor with this name or id. Raises NotFound, WrongUsage."""
    shown = {a.id: a for a in seen.actors}  # names in the view are masked where they have to be
    found = [shown[a.id] for a in called(store, seen.eyes, person) if a.id in shown]
    return facts_of(store, seen, incident, the_actor(found, person))


def _answered(facts: Facts, as_of: str | None) -> Answers:
    return answered(facts, load(), _day(as_of) or facts.as_of or date.fromisoformat(now()[:10]))


def parsed(file: Path) -> object:
    """What a JSON file holds. Raises WrongUsage where it cannot be read, FactsBroken where it is not JSON."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file} cannot be read: {error}.", "Name a file of facts in UTF-8.") from error
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FactsBroken(
            f"{file.name}, {where}", f"this is not JSON: {error.msg}.",
            "Mend that line; `probanda law jurisdiction --example` prints a file to begin with.",
        ) from error  # fmt: skip


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys stand once: of two with one name, one would be lost unseen."""
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise FactsBroken(key, "the key stands twice in one object.", "Keep one of them.")
        seen[key] = value
    return seen


def _day(as_of: str | None) -> date | None:
    if as_of is None:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise WrongUsage(f"{as_of} is no day.", "Write it as 2031-05-03.") from error
