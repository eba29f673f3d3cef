"""The groups that those harmed are said to belong to, by the words of a claim (`victim_groups.yaml`).

Looks down to: claims, incidents.populations, words. Used by: patterns.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims.model import Claim
from probanda.incidents.populations import finder
from probanda.incidents.words import folded

UNGROUPED = "others, as named"
"""Harmed people are named, in words that tell no group: names, `people`, `men`."""


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """The list as written."""
    return tuple(
        yaml.safe_load((resources.files("probanda.incidents") / "victim_groups.yaml").read_text("utf-8"))["groups"]
    )


@cache
def _finders() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(entry["id"]), finder(entry)) for entry in entries())


def groups_in(words: str) -> tuple[str, ...]:
    """The groups that these words name, in the order of the list."""
    plain = folded(words)
    return tuple(name for name, pattern in _finders() if pattern.search(plain))


def groups(claim: Claim) -> tuple[str, ...]:
    """The groups of those whom a claim names as harmed; empty where it names nobody."""
    found = dict.fromkeys(name for victim in claim.victims for name in groups_in(victim.words))
    return tuple(found) or ((UNGROUPED,) if claim.victims else ())
