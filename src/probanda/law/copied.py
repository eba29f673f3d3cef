"""Whether a sentence of the official text was copied into a pack: start with `runs`.

Ten words in a row that both have are a sentence in common, terms of art apart; the check needs the user's own copy.

Looks down to: law.model. Used by: cli.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probanda.law.model import Crime, LawPack, Mode

RUN = 10
"""Words in a row that our text may not have in common with the official one, terms of art apart."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that a text of the pack has in common with the official one."""

    entry: str
    element: int | None
    words: int
    """How many, terms of art apart."""
    text: str


def runs(pack: LawPack, official: str) -> tuple[Run, ...]:
    """Runs of ten words and more that our words share with the official text, longest of each part of the pack.

    Words that belong to one of the pack's terms of art are not counted.
    """
    theirs = _words(official)
    seeds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(theirs) - RUN + 1):
        seeds[tuple(theirs[n : n + RUN])].append(n)
    terms = [_words(term) for term in pack.terms]
    found = (_longest(entry, no, text, theirs, seeds, terms) for entry, no, text in _texts(pack))
    return tuple(run for run in found if run is not None)


def _texts(pack: LawPack) -> Iterator[tuple[str, int | None, str]]:
    seen: set[str] = set()
    owners: tuple[Crime | Mode, ...] = (*pack.crimes, *pack.modes)
    for owner in owners:
        whole = [(None, owner.note)]
        parts = [(e.no, text) for e in owner.elements for text in (e.text, e.note, e.fill, e.undermine, e.example)]
        for no, text in (*whole, *parts):
            if text and text not in seen:
                seen.add(text)
                yield owner.id, no, text
    for ground in pack.exclusions:
        yield ground.id, None, ground.conditions
    for bar in pack.bars:
        yield bar.id, None, f"{bar.blocks}. {bar.test}"
    for rule in pack.rules:
        yield rule.id, None, rule.text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _longest(
    entry: str,
    no: int | None,
    text: str,
    theirs: Sequence[str],
    seeds: dict[tuple[str, ...], list[int]],
    terms: Sequence[Sequence[str]],
) -> Run | None:
    ours = _words(text)
    apart = _in_terms(ours, terms)
    best: tuple[int, int, int] | None = None
    for n in range(len(ours) - RUN + 1):
        for m in seeds.get(tuple(ours[n : n + RUN]), ()):
            length = RUN
            while n + length < len(ours) and m + length < len(theirs) and ours[n + length] == theirs[m + length]:
                length += 1
            counted = length - sum(n <= i < n + length for i in apart)
            if counted >= RUN and (best is None or counted > best[0]):
                best = (counted, n, length)
    return Run(entry, no, best[0], " ".join(ours[best[1] : best[1] + best[2]])) if best else None


def _in_terms(ours: Sequence[str], terms: Iterable[Sequence[str]]) -> frozenset[int]:
    """Places of the words that belong to a term of art."""
    return frozenset(
        n + i
        for term in terms
        for n in range(len(ours) - len(term) + 1)
        if list(ours[n : n + len(term)]) == list(term)
        for i in range(len(term))
    )
