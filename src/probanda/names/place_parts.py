"""A place's written name prepared once: the name, words for its kind, qualifiers, and what it is said to lie in.

Start with `take_place_apart`.

Looks down to: sounds, places (gazetteer), data/place_words.yaml, unit_words (qualifiers). Used by: place_pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.letters import MOST_WORDS, is_unread, plain
from probanda.names.places import lookup
from probanda.names.sounds import Sounds, sounds
from probanda.names.unit_words import CYRILLIC, LONGEST_STEM, bare_word, read_words, stem


@dataclass(frozen=True, slots=True, eq=False)
class PlaceParts:
    """A place's name, prepared."""

    words: str
    unread: bool
    """Written in a script that is not read."""
    proper: tuple[Sounds, ...]
    """The words of the name itself, without articles."""
    general: int
    """How many of them are words that many names begin with."""
    kinds: frozenset[str]
    """Areas and sites: province, airport."""
    qualifiers: frozenset[str]
    numbers: frozenset[str]
    exonym: int | None
    """Line of data/place_words.yaml that the name itself stands in."""
    gazetteer: frozenset[str]
    """Ids of the places of the gazetteer that it can mean."""
    holder: PlaceParts | None
    """What stands after a comma or in brackets."""


_COMMA = re.compile(r"\s*[,،(]\s*")
_ARTICLES = frozenset(
    {"al", "el", "ul", "il", "ال", "the", "le", "la", "les", "of", "de", "du", "des", "del", "in", "i", "e", "en"}
)
_FATHER_OF = frozenset({"abou", "bou", "bu", "abo", "ابو", "بو", "ابي"})
_SUN = frozenset(
    {"an", "ar", "as", "ash", "ad", "adh", "at", "ath", "az", "ach", "ech", "en", "er", "es", "esh", "ed", "et", "ez"}
)


@lru_cache(maxsize=65536)
def take_place_apart(words: str) -> PlaceParts:
    """Prepare a place's name as written, in Latin, Arabic or Cyrillic script; no error for any words."""
    first, *rest = [piece for piece in _COMMA.split(words.replace(")", " ")) if piece.strip()] or [words]
    return _one_name(first, words, take_place_apart(rest[-1]) if rest else None)


def _one_name(first: str, words: str, holder: PlaceParts | None) -> PlaceParts:
    lexicon = _lexicon()
    tokens = [bare_word(t) for t in plain(first).split()[:MOST_WORDS]]
    proper, kinds, qualifiers, numbers = [], set(), set(), set()
    at, general = 0, 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and (token in _ARTICLES or (token in _SUN and following.startswith(token[1:]))):
            at += 1
            continue
        size, sort, id_ = lexicon.read(tokens, at)
        if sort in ("area", "site"):
            kinds.add(id_)
        elif sort == "qualifier":
            qualifiers.add(id_)
        elif token.isdecimal() and len(token) < 10:
            numbers.add(str(int(token)))
        elif sort != "settlement":
            proper.append("abu" if token in _FATHER_OF else token)
            general += token in lexicon.general
        at += size
    if not proper:  # the kind is the name: Jebel, Porto
        proper, kinds, qualifiers = [t for t in tokens if t not in _ARTICLES] or tokens, set(), set()
    if kinds and CYRILLIC.search(first):
        proper = [stem(t) for t in proper]  # an adjective: Донецкая область
    exonym = lexicon.exonyms.get(_name_alone(first))
    if exonym is not None:  # the whole is one name: Ayn al-Arab is no spring
        kinds, qualifiers = set(), set()
    return PlaceParts(
        words,
        is_unread(words),
        tuple(sounds(t) for t in proper if t),
        general,
        frozenset(kinds),
        frozenset(qualifiers),
        frozenset(numbers),
        lexicon.exonyms.get("".join(proper)) if exonym is None else exonym,
        frozenset(p.id for p in lookup(words)),
        holder,
    )


@dataclass(frozen=True, slots=True)
class _Lexicon:
    fixed: dict[tuple[str, ...], tuple[str, str]]
    open: dict[str, tuple[str, str]]
    general: frozenset[str]
    exonyms: dict[str, int]

    def read(self, tokens: list[str], at: int) -> tuple[int, str, str]:
        """(how many tokens, sort, id) of the word that stands here; sort is empty for a part of the name."""
        for size in (2, 1):
            found = self.fixed.get(tuple(tokens[at : at + size]))
            if found:
                return size, *found
        token = tokens[at]
        for size in range(min(len(token), LONGEST_STEM), 3, -1):
            found = self.open.get(token[:size])
            if found:
                return 1, *found
        return 1, "", ""


@lru_cache(maxsize=1)
def read_place_words() -> dict[str, Any]:
    """data/place_words.yaml as it is written."""
    text = files("probanda.names").joinpath("data/place_words.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = read_place_words()
    rows = [(sort, row) for sort in ("settlement", "area", "site", "qualifier") for row in data[sort]]
    rows += [("qualifier", row) for row in read_words()["qualifier"] if row["id"] in _COMPASS]
    fixed: dict[tuple[str, ...], tuple[str, str]] = {}
    any_ending: dict[str, tuple[str, str]] = {}
    for sort, row in rows:
        for form in row["words"]:
            text = str(form)
            key = tuple(bare_word(t) for t in plain(text.rstrip("*")).split())
            if text.endswith("*") and len(key[0]) > 3:
                any_ending.setdefault(key[0], (sort, row["id"]))
            fixed.setdefault(key, (sort, row["id"]))
    exonyms = {_name_alone(str(form)): n for n, line in enumerate(data["exonyms"]) for form in line}
    return _Lexicon(fixed, any_ending, frozenset(plain(str(w)) for w in data["general"]), exonyms)


_COMPASS = frozenset({"north", "south", "east", "west", "central", "upper", "lower", "new"})


def _name_alone(form: str) -> str:
    tokens = [bare_word(t) for t in plain(form).split()]
    return "".join(t for n, t in enumerate(tokens) if n == len(tokens) - 1 or t not in _ARTICLES | _SUN)
