"""Answer questions of jurisdiction and admissibility from a file of facts: start with `answers_from`.

No case folder is needed, and nothing is kept.

Looks down to: law, casework (clock). Used by: cli.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from probanda.casework.clock import now
from probanda.kernel.errors import WrongUsage
from probanda.law import load
from probanda.law.answering import Answers, answered
from probanda.law.facts_check import FactsBroken
from probanda.law.facts_read import facts_from
from probanda.law.known import known_instruments


def answers_from(file: Path, as_of: str | None = None) -> Answers:
    """The answers for the facts in this JSON file, as known on `as_of`, else on the file's own day, else today.

    Raises WrongUsage for a file that cannot be read or a day that is none, FactsBroken for facts that cannot be asked.
    """
    facts = facts_from(_parsed(file), known_instruments())
    return answered(facts, load(), _day(as_of) or facts.as_of or date.fromisoformat(now()[:10]))


def _parsed(file: Path) -> object:
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
