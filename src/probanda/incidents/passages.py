"""Runs of equal words that stand in two different texts, and words that two texts both quote.

Start with `passages` and `quotations`; `Passages` and `Quotations` keep what they found, so that texts can come and go.
Texts, and what stands between quotation marks in them, are compared as sequences of words (`runs`).

Looks down to: incidents.model, kinship, shingles, runs. Used by: kin, syndication.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from probanda.incidents.kinship import Kinship, KinshipKind, Shared
from probanda.incidents.model import Doc

if TYPE_CHECKING:
    from probanda.incidents.runs import Name, Run

PASSAGE = 25
"""Words in a row that two texts do not share by chance."""
QUOTED = 8
"""The same for words that both put between quotation marks."""
NOTICE = 3
"""A run that begins or ends more texts than this is a notice of the publisher, and no passage."""

_WORD = re.compile(r"\w+")
_QUOTATION = re.compile('“([^“”]{20,2000})”|«([^«»]{20,2000})»|„([^„“”]{20,2000})[“”]|"([^"]{20,2000})"')


def passages(docs: Sequence[Doc], copy_of: Mapping[str, str] | None = None) -> list[Kinship]:
    """Texts that share a run of at least `PASSAGE` words; not those that are copies of each other (item -> group)."""
    kept = Passages()
    kept.change((), docs)
    return kept.found(copy_of)


def quotations(docs: Sequence[Doc], copy_of: Mapping[str, str] | None = None) -> list[Kinship]:
    """Texts that quote the same words, at least `QUOTED` in a row; not those that are copies of each other."""
    kept = Quotations()
    kept.change((), docs)
    return kept.found(copy_of)


class _Kept:
    """Texts compared by sequences of their words, and what each two share."""

    def __init__(self, least: int, gram: int) -> None:
        from probanda.incidents.runs import Runs

        self._docs: dict[str, Doc] = {}
        self._runs = Runs(least, gram, NOTICE)
        self._made: dict[tuple[str, str], Kinship | None] = {}

    def change(self, gone: Iterable[str], come: Iterable[Doc]) -> None:
        """Take texts out, by item, and put others in; one that changed stands in both."""
        from probanda.incidents.shingles import word_hashes

        left = [item for item in gone if self._docs.pop(item, None) is not None]
        new = sorted(come, key=lambda d: d.item)
        self._docs.update((d.item, d) for d in new)
        names = [(d.item, start, end) for d in new for start, end in self._sequences(d.words)]
        words = word_hashes(self._docs[item].words[start:end] for item, start, end in names)
        for pair in self._runs.change(left, zip(names, words, strict=True)):
            self._made.pop(pair, None)

    def found(self, copy_of: Mapping[str, str] | None = None) -> list[Kinship]:
        """What each two texts share, sorted by items; not those that are copies of each other (item -> group)."""
        same, spots = copy_of or {}, _Spots(self._docs)
        found: list[Kinship] = []
        for pair, runs in groupby(self._runs.found(), lambda f: (f[0][0], f[1][0])):
            if pair[0] in same and same[pair[0]] == same.get(pair[1]):
                continue
            if pair not in self._made:
                self._made[pair] = self._kinship(list(runs), spots)
            made = self._made[pair]
            if made is not None:
                found.append(made)
        return found

    def _sequences(self, words: str) -> Iterable[tuple[int, int]]:
        raise NotImplementedError

    def _kinship(self, found: Sequence[tuple[Name, Name, Sequence[Run]]], spots: _Spots) -> Kinship | None:
        raise NotImplementedError


class Passages(_Kept):
    """Whole texts, and the passages that stand in two of them."""

    def __init__(self) -> None:
        super().__init__(PASSAGE, PASSAGE // 2)

    def _sequences(self, words: str) -> Iterable[tuple[int, int]]:
        return ((0, len(words)),)

    def _kinship(self, found: Sequence[tuple[Name, Name, Sequence[Run]]], spots: _Spots) -> Kinship | None:
        a, b = found[0][0], found[0][1]
        runs = [run for _, _, runs in found for run in runs if not run.formula]
        if not runs:
            return None
        longest = max(run.length for run in runs)
        why = f"{longest} words in a row stand in both texts."
        if len(runs) > 1:
            why = f"{len(runs)} passages stand in both texts, the longest of {longest} words in a row."
        shared = sorted(spots.shared(a, b, run) for run in runs)
        return Kinship(a[0], b[0], KinshipKind.PASSAGE, why, tuple(shared))


class Quotations(_Kept):
    """What stands between quotation marks, and the texts that quote the same."""

    def __init__(self) -> None:
        super().__init__(QUOTED, QUOTED)

    def _sequences(self, words: str) -> Iterable[tuple[int, int]]:
        return _quoted(words)

    def _kinship(self, found: Sequence[tuple[Name, Name, Sequence[Run]]], spots: _Spots) -> Kinship | None:
        a, b = found[0][0][0], found[0][1][0]
        shared = [(spots.shared(one, other, run), run.length) for one, other, runs in found for run in runs]
        longest = max(length for _, length in shared)
        why = f"Both quote the same {longest} words."
        if len(shared) > 1:
            why = f"Both quote the same words in {len(shared)} places, {longest} in a row at most."
        return Kinship(a, b, KinshipKind.QUOTATION, why, tuple(sorted({span for span, _ in shared})))


def _quoted(words: str) -> Iterator[tuple[int, int]]:
    for quotation in _QUOTATION.finditer(words):
        group = quotation.lastindex or 0
        yield quotation.start(group), quotation.end(group)


class _Spots:
    """Where the words of sequences stand; worked out for those that are asked for."""

    def __init__(self, docs: Mapping[str, Doc]) -> None:
        self._docs = docs
        self._known: dict[Name, list[tuple[int, int]]] = {}

    def shared(self, a: Name, b: Name, run: Run) -> Shared:
        """A run as code points of both texts."""
        return Shared(*self._stretch(a, run.a_first, run.length), *self._stretch(b, run.b_first, run.length))

    def _stretch(self, name: Name, first: int, length: int) -> tuple[int, int]:
        item, start, end = name
        if name not in self._known:
            self._known[name] = _spots(self._docs[item].words[start:end])
        spots = self._known[name]
        return start + spots[first][0], start + spots[first + length - 1][1]


def _spots(words: str) -> list[tuple[int, int]]:
    """Start and end of each word as `shingles` tells words, in code points of the text itself."""
    if words.isascii():
        return [m.span() for m in _WORD.finditer(words)]
    letters, origin = [], []
    for place, letter in enumerate(words):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                origin.append(place)
    found = []
    for word in _WORD.finditer("".join(letters)):
        end = origin[word.end() - 1] + 1
        while end < len(words) and unicodedata.combining(words[end]):
            end += 1
        found.append((origin[word.start()], end))
    return found
