"""The cases on jurisdiction and admissibility: read from `tests/law/jurisdiction/`, each made into whole facts."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from probanda.law import load
from probanda.law.answering import Answers, answered
from probanda.law.answers import Reply
from probanda.law.facts_read import facts_from
from probanda.law.known import known_instruments

FOLDER = Path(__file__).parent / "jurisdiction"


@dataclass(frozen=True)
class Given:
    """One case: what is given, and what must be answered."""

    file: str
    id: str
    rule: str
    facts: dict[str, Any]
    expect: dict[str, str]
    says: tuple[str, ...]


def cases() -> list[Given]:
    """Every case of the folder, in the order of its files."""
    starts = yaml.safe_load((FOLDER / "starts.yaml").read_text("utf-8"))
    return [
        Given(
            file.name, entry["id"], entry["rule"], _facts(starts, entry), entry["expect"], tuple(entry.get("says", ()))
        )
        for file in sorted(FOLDER.glob("art-*.yaml"))
        for entry in yaml.safe_load(file.read_text("utf-8"))["cases"]
    ]


def _facts(starts: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    facts = copy.deepcopy(starts[entry["start"]])
    for path in entry.get("drop", ()):
        held, last = _at(facts, path)
        del held[last]
    for path, value in {**entry.get("change", {}), **entry.get("add", {})}.items():
        _put(facts, path, value)
    return facts


def _put(facts: dict[str, Any], path: str, value: Any) -> None:
    """Set one value; a mapping below `add: {states.Tamrit.amendments: {...}}` becomes what it says, whole."""
    held, last = _at(facts, path)
    if isinstance(held, list) and last == len(held):
        held.append(value)
    else:
        held[last] = value


def _at(facts: Any, path: str) -> tuple[Any, Any]:
    *steps, last = path.split(".")
    for step in steps:
        facts = facts[int(step)] if isinstance(facts, list) else facts[step]
    return facts, int(last) if isinstance(facts, list) else last


def asked(facts: dict[str, Any]) -> Answers:
    """All questions asked of these facts, as known on their own day."""
    read = facts_from(facts, known_instruments())
    assert read.as_of is not None
    return answered(read, load(), read.as_of)


def by_name(answers: Answers) -> dict[str, Reply]:
    """The replies by `question/about`, and by the question alone where it is asked of one thing or of nothing."""
    found: dict[str, list[Reply]] = {}
    for reply in answers.replies():
        found.setdefault(f"{reply.question}/{reply.about}", []).append(reply)
    once = {name: replies[0] for name, replies in found.items()}
    for reply in (answers.pause, answers.gravity, *answers.jurisdiction, *answers.grid.replies):
        once.setdefault(reply.question, reply)
    return once


def articles(answers: Answers) -> Iterator[str]:
    """The articles of all replies."""
    return (reply.article for reply in answers.replies())
