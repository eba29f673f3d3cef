"""Posts as the words of texts name them, in English, French and Arabic: which of them stand over a unit.

Start with `heads`. The words are data (`data/posts.yaml`), each with a tested example.

Looks down to: names.folding. Used by: command, reports.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.folding import fold


def post(role: str) -> str:
    """The post that a role's words name, such as `commander` for `commanded`; the words themselves where none is known.

    The longest name found counts: a commander-in-chief is no mere commander.
    """
    words = _folded(role)
    for name, known in _posts():
        if f" {name} " in f" {words} ":
            return known
    return role.lower().strip()


def heads(role: str) -> bool:
    """True where whoever holds this post stands over the unit: not deputies, former holders and spokespersons."""
    words = _folded(role)
    if set(words.split()) & _beside():
        return False
    return post(role) in {known for _, known in _posts()}


def supplies(role: str) -> bool:
    """True where a way of support gives means: arms, money, training."""
    return bool(set(_folded(role).split()) & _supplies())


def _folded(words: str) -> str:
    return " ".join(fold(words).replace("-", " ").replace("'", " ").split())


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("probanda.actors").joinpath("data/posts.yaml").read_text("utf-8"))
    return data


@cache
def _posts() -> tuple[tuple[str, str], ...]:
    found = [(_folded(word), name) for name, one in _data()["heads"].items() for word in one["words"]]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0].split()), -len(pair[0]), pair)))


@cache
def _beside() -> frozenset[str]:
    return frozenset(word for entry in _data()["beside"] for word in _folded(entry).split())


@cache
def _supplies() -> frozenset[str]:
    return frozenset(_folded(word) for word in _data()["supplies"])
