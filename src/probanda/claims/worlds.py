"""What a whole text is about, where that is not conflict: a film, a lesson, wars of long ago, crime, an accident.

Start with `world_of`, then `is_read`. One word tells nothing ("film" stands in many reports), so several different
ones must keep company, thickly for the length of the text, and outweigh the words of armed conflict and persecution.

Looks down to: setting, lexicons/en/worlds.yaml. Used by: readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib import resources
from itertools import pairwise

import yaml

from probanda.claims.setting import of_war

LEAST = 3
"""Different words of one world that a text needs to be of it."""
THICK = 5
"""At most so many sentences for each of them."""
_WORD = re.compile(r"[a-z][a-z'’-]*|\b(?:[5-9]|1[0-8])\d\d\b")
_OLD_YEAR = re.compile(r"(?:[5-9]|1[0-8])\d\d")


class World(Enum):
    """Where the deeds of a text belong."""

    CONFLICT = "conflict"
    ELSEWHERE = "elsewhere"
    ORDINARY = "ordinary"
    NOBODYS = "nobody's"
    FIGURATIVE = "figurative"


@dataclass(frozen=True, slots=True)
class _Words:
    worlds: tuple[tuple[World, str, frozenset[str]], ...]
    conflict: frozenset[str]
    literal: frozenset[str]
    unborrowed: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = yaml.safe_load((resources.files("probanda.claims") / "lexicons" / "en" / "worlds.yaml").read_bytes())
    named = [(world, data[world.value]) for world in World if world is not World.CONFLICT]
    return _Words(
        worlds=tuple((world, name, _set(words)) for world, lists in named for name, words in lists.items()),
        conflict=_set(data["conflict"]),
        literal=_set(data["literal"]),
        unborrowed=_set(data["conflict"]) - _set(data["borrowed"]),
    )


def _set(words: list[object]) -> frozenset[str]:
    return frozenset(" ".join(str(w).split()) for w in words)


def world_of(sentences: Sequence[str]) -> World:
    """The world of a text, given its sentences; conflict where nothing else is told."""
    lists, heard = _words(), _heard("\n".join(sentences))
    conflict = len(heard & lists.conflict)
    old = sum(w[0].isdigit() and _OLD_YEAR.fullmatch(w) is not None for w in heard)
    for world, name, words in lists.worlds:
        found = len(heard & words) + (min(old, 2) if name == "past" else 0)
        against = conflict
        if name in _TIMELESS and found >= _TIMELESS[name]:
            against = 0
        if not _enough(found, sentences) or found <= against:
            continue
        if name not in _TIMELESS or _timeless(sentences):  # a warrant and a judgment speak of the law too
            return world
    return World.CONFLICT


_TIMELESS = {"law": 2 * LEAST, "lesson": LEAST + 1}
"""Worlds in which nothing happens on a day, and how many of their words outweigh the crimes they name."""
_DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept?\.|"
    r"Oct\.|Nov\.|Dec\.|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|last (?:night|week|month|year)|"
    r"(?:19[5-9]|20\d)\d)\b(?! (?:Geneva|Convention|Protocol|Statute))"
)


_NAME = re.compile(
    r"[a-z,] (?!Article|Chamber|Convention|Council|Court|Criminal|Geneva|International|Nations|Professor|Protocol|Rome|"
    r"Rule|Security|State|Statute|Tribunal|United)[A-Z][a-z]+"
)
"""A name within a sentence, other than those of the law itself."""


def _timeless(sentences: Sequence[str]) -> bool:
    """True where hardly a sentence names a day, or somebody or some place."""
    dated = sum(_DAY.search(s) is not None for s in sentences)
    named = sum(_NAME.search(s) is not None for s in sentences)
    return dated * 8 < len(sentences) and named * 3 < len(sentences)


def is_read(world: World, sentence: str) -> bool:
    """Whether a sentence of a text of this world may hold a claim."""
    if world is World.CONFLICT:
        return True
    if world is World.ELSEWHERE:
        return False
    if world is World.NOBODYS:
        return of_war(sentence)
    lists, heard = _words(), _heard(sentence)
    return bool(heard & (lists.unborrowed | lists.literal if world is World.FIGURATIVE else lists.conflict))


def names_a_killing(sentence: str) -> bool:
    """True for a word of harm to people that trade and politics hardly use of anything else."""
    return bool(_heard(sentence) & _words().literal)


def _enough(found: int, sentences: Sequence[str]) -> bool:
    return found >= LEAST and found * THICK >= len(sentences)


def _heard(words: str) -> set[str]:
    """The words of a text and each two that stand side by side, small."""
    single = _WORD.findall(words.lower().replace("’", "'"))
    return {*single, *map(" ".join, pairwise(single))}
