"""Compare the written names of two persons, token by token, and say why.

The rule in one breath: given and family name agree, and nothing between them contradicts, or it is
not the same name. One family name with two given names is two people (father and son are the
case that matters most). A bare family name is only *compatible* with a full name that bears it.

Start with `compare_persons`; `person_name` shows how a name is taken apart.

Looks down to: folding, bodies (adjectives of States), data/ranks.yaml. Used by: actors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.bodies import is_adjective
from probanda.names.folding import fold, name_tokens, same_token
from probanda.names.model import Form, NameComparison, Verdict


@dataclass(frozen=True, slots=True)
class PersonName:
    """A written name taken apart."""

    tokens: tuple[str, ...]
    """The folded names, in order, without titles; empty where only a title is written."""
    titles: tuple[str, ...]
    """Ranks, offices and honorifics that stood before it, folded."""
    generation: str | None
    """younger, elder, second ... where the name says so."""

    @property
    def full(self) -> bool:
        """True when at least two names are written and the first is not an initial."""
        return len(self.tokens) > 1 and len(self.tokens[0]) > 1


@lru_cache(maxsize=65536)
def person_name(words: str) -> PersonName:
    """Strip titles and generation from a name as written, and fold what is left."""
    before, after = _titles()
    raw = fold(without_description(words)).split()
    generation = None
    if len(raw) > 1:
        for size in (2, 1):
            ending = " ".join(raw[-size:])
            if ending in after and len(raw) > size:
                generation, raw = after[ending], raw[:-size]
                break
    titles: list[str] = []
    while raw:
        if raw[0] == "the" and len(raw) > 1:
            raw = raw[1:]
            continue
        found = next((n for n in (4, 3, 2, 1) if " ".join(raw[:n]) in before and len(raw) >= n), None)
        if found is None:
            break
        titles.append(" ".join(raw[:found]))
        raw = raw[found:]
    return PersonName(name_tokens(" ".join(raw)), tuple(titles), generation)


def without_description(words: str) -> str:
    """Drop what describes the person before the name: lower-case words, and `Libyan` or `ICC` before a title.

    An adjective or letters without a title after them stay: they may be the name (German, Jordan, JR).
    """
    parts = words.split()
    while len(parts) > 1:
        word, rest = parts[0], parts[1:]
        described = word.isalpha() and word.islower() and word.upper() != word and word not in _particles()
        lead = is_adjective(word) or (word.isupper() and 1 < len(word) < 7 and not words.isupper())
        if not described and not (lead and _starts_with_title(rest)):
            break
        if fold(word) in _titles()[0]:
            break
        parts = rest
    return " ".join(parts)


def _starts_with_title(parts: list[str]) -> bool:
    folded = fold(" ".join(parts)).split()
    return len(folded) > 1 and any(" ".join(folded[:n]) in _titles()[0] for n in (1, 2, 3))


def compare_persons(a: str, b: str) -> NameComparison:
    """Compare two persons' names as written (Latin or Arabic script, any order of the two: the verdict is symmetric).

    `same` only for two full names whose names all agree in order; `compatible` where one is a shorter form;
    `different` where given names, family names, names between them or generations part them; else `open`.
    """
    return compare_names(person_name(a), person_name(b))


@lru_cache(maxsize=131072)
def compare_names(x: PersonName, y: PersonName) -> NameComparison:
    """`compare_persons` on names already taken apart."""
    if len(x.tokens) > len(y.tokens):
        x, y = y, x
    short, long = x.tokens, y.tokens
    if not short:
        return NameComparison(Verdict.OPEN, "one is a title without a name")
    if len(short) == 1:
        return _bare(short[0], long)
    verdict = _full(short, long)
    if verdict.verdict in (Verdict.SAME, Verdict.COMPATIBLE) and x.generation != y.generation:
        if x.generation and y.generation:
            return NameComparison(Verdict.DIFFERENT, f"one is the {x.generation}, one the {y.generation}")
        return NameComparison(Verdict.OPEN, f"only one is called the {x.generation or y.generation}")
    return verdict


def _bare(name: str, other: tuple[str, ...]) -> NameComparison:
    if same_token(name, other[-1]):
        if len(other) == 1:
            return NameComparison(Verdict.COMPATIBLE, "one bare name, the same in both", Form.FAMILY_ONLY)
        return NameComparison(Verdict.COMPATIBLE, "a bare family name that the full name bears", Form.FAMILY_ONLY)
    if len(other) > 1 and same_token(name, other[0]):
        return NameComparison(Verdict.OPEN, "a bare given name that the full name bears", Form.GIVEN_ONLY)
    if any(same_token(name, inner) for inner in other[1:-1]):
        return NameComparison(Verdict.OPEN, "a bare name that stands inside the full name", Form.INNER)
    if len(other) == 1:
        return NameComparison(Verdict.OPEN, "two bare names that differ: one may be given, one family name")
    return NameComparison(Verdict.DIFFERENT, "the full name does not bear the bare one")


def _full(short: tuple[str, ...], long: tuple[str, ...]) -> NameComparison:
    first, initial = same_token(short[0], long[0]), _initial(short[0], long[0])
    last = same_token(short[-1], long[-1])
    if last and (first or initial):
        return _first_and_last_agree(short, long, initial=not first)
    if last:
        return _last_agrees(short, long)
    if first and _in_order(short, long):
        return NameComparison(
            Verdict.COMPATIBLE,
            "the shorter is the beginning of the longer; its family name is missing",
            Form.FAMILY_MISSING,
        )
    if first:
        return NameComparison(Verdict.DIFFERENT, "one given name, but other family names")
    if len(short) == len(long) and _same_in_any_order(short, long):
        return NameComparison(Verdict.OPEN, "the same names in another order")
    return NameComparison(Verdict.DIFFERENT, "given and family names differ")


def _last_agrees(short: tuple[str, ...], long: tuple[str, ...]) -> NameComparison:
    if _in_order(short, long):
        return NameComparison(Verdict.OPEN, "the first name of one is missing in the other: a parent, or a short form")
    if len(short[0]) == 1 or len(long[0]) == 1:
        return NameComparison(Verdict.DIFFERENT, "one family name, but another initial")
    return NameComparison(Verdict.DIFFERENT, "one family name, but other given names")


def _first_and_last_agree(short: tuple[str, ...], long: tuple[str, ...], *, initial: bool) -> NameComparison:
    if initial:
        return NameComparison(Verdict.COMPATIBLE, "one family name, and the initial agrees", Form.INITIAL)
    if not _in_order(short, long):
        return NameComparison(Verdict.DIFFERENT, "first and last names agree, but other names stand between them")
    if len(short) == len(long):
        return NameComparison(Verdict.SAME, "every name agrees, in order", Form.FULL)
    return NameComparison(
        Verdict.COMPATIBLE, "given and family name agree; one leaves out names between them", Form.FULL
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when the names of the shorter stand in the longer in the same order."""
    rest = iter(long)
    return all(any(same_token(name, other) or _initial(name, other) for other in rest) for name in short)


def _initial(a: str, b: str) -> bool:
    return (len(a) == 1) != (len(b) == 1) and a[0] == b[0]


def _same_in_any_order(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    left = list(b)
    for name in a:
        match = next((other for other in left if same_token(name, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("probanda.names").joinpath("data/ranks.yaml").read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(map(str, _data()["particles"]))


@lru_cache(maxsize=1)
def _titles() -> tuple[frozenset[str], dict[str, str]]:
    data = _data()
    before = frozenset(fold(str(word)) for group in data["before"].values() for word in group)
    after = {fold(str(word)): str(row["means"]) for row in data["after"]["generation"] for word in row["words"]}
    return before, after
