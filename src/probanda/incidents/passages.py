"""Runs of equal words that stand in two different texts, and words that two texts both quote.

Start with `passages` and `quotations`. Texts meet under a few of their runs of words, chosen by the runs themselves
(winnowing: S. Schleimer, D. Wilkerson and A. Aiken, "Winnowing: local algorithms for document fingerprinting", 2003),
so that no run long enough is missed; where they meet, the run is followed in both directions to its ends.

Looks down to: incidents.model, kinship, shingles. Used by: kin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from probanda.incidents.kinship import Kinship, KinshipKind, Shared
from probanda.incidents.model import Doc

if TYPE_CHECKING:
    from probanda.incidents.shingles import Hashes

PASSAGE = 25
"""Words in a row that two texts do not share by chance."""
QUOTED = 8
"""The same for words that both put between quotation marks."""
CROWD = 24
"""Texts that share one run, up to which each two are looked at; of more, each with the first."""
NOTICE = 3
"""A run that begins or ends more texts than this is a notice of the publisher, and no passage."""

_WORD = re.compile(r"\w+")
_QUOTATION = re.compile('“([^“”]{20,2000})”|«([^«»]{20,2000})»|„([^„“”]{20,2000})[“”]|"([^"]{20,2000})"')


@dataclass(frozen=True, slots=True)
class _Common:
    """A run in two sequences: their numbers, where it begins in each, how many words; how many texts have it."""

    a: int
    b: int
    a_first: int
    b_first: int
    length: int
    crowd: int


def passages(docs: Sequence[Doc], copy_of: Mapping[str, str] | None = None) -> list[Kinship]:
    """Texts that share a run of at least `PASSAGE` words; not those that are copies of each other (item -> group)."""
    from probanda.incidents.shingles import word_hashes

    docs = sorted(docs, key=lambda d: d.item)
    same = copy_of or {}
    words = word_hashes(d.words for d in docs)
    found: dict[tuple[int, int], list[_Common]] = {}
    for run in _in_common(words, PASSAGE, PASSAGE // 2):
        one, other = docs[run.a].item, docs[run.b].item
        if (one in same and same.get(one) == same.get(other)) or _is_notice(run, words):
            continue
        found.setdefault((run.a, run.b), []).append(run)
    made = []
    spots = _Spots(docs)
    for (a, b), runs in sorted(found.items()):
        longest = max(run.length for run in runs)
        why = f"{longest} words in a row stand in both texts."
        if len(runs) > 1:
            why = f"{len(runs)} passages stand in both texts, the longest of {longest} words in a row."
        shared = sorted(spots.shared(a, b, run.a_first, run.b_first, run.length) for run in runs)
        made.append(Kinship(docs[a].item, docs[b].item, KinshipKind.PASSAGE, why, tuple(shared)))
    return made


def quotations(docs: Sequence[Doc], copy_of: Mapping[str, str] | None = None) -> list[Kinship]:
    """Texts that quote the same words, at least `QUOTED` in a row; not those that are copies of each other."""
    from probanda.incidents.shingles import word_hashes

    docs = sorted(docs, key=lambda d: d.item)
    same = copy_of or {}
    quoted = [(n, start, end) for n, doc in enumerate(docs) for start, end in _quoted(doc.words)]
    words = word_hashes(docs[n].words[start:end] for n, start, end in quoted)
    found: dict[tuple[int, int], list[tuple[Shared, int]]] = {}
    for run in _in_common(words, QUOTED, QUOTED):
        (a, a_start, a_end), (b, b_start, b_end) = quoted[run.a], quoted[run.b]
        one, other = docs[a].item, docs[b].item
        if a == b or (one in same and same.get(one) == same.get(other)):
            continue
        left = _spots(docs[a].words[a_start:a_end])[run.a_first : run.a_first + run.length]
        right = _spots(docs[b].words[b_start:b_end])[run.b_first : run.b_first + run.length]
        span = Shared(a_start + left[0][0], a_start + left[-1][1], b_start + right[0][0], b_start + right[-1][1])
        found.setdefault((a, b), []).append((span, run.length))
    made = []
    for (a, b), runs in sorted(found.items()):
        longest = max(length for _, length in runs)
        why = f"Both quote the same {longest} words."
        if len(runs) > 1:
            why = f"Both quote the same words in {len(runs)} places, {longest} in a row at most."
        spans = tuple(sorted({span for span, _ in runs}))
        made.append(Kinship(docs[a].item, docs[b].item, KinshipKind.QUOTATION, why, spans))
    return made


def _quoted(words: str) -> Iterator[tuple[int, int]]:
    for quotation in _QUOTATION.finditer(words):
        group = quotation.lastindex or 0
        yield quotation.start(group), quotation.end(group)


def _is_notice(run: _Common, words: Sequence[Hashes]) -> bool:
    at_end = run.a_first + run.length >= len(words[run.a]) - 1 and run.b_first + run.length >= len(words[run.b]) - 1
    at_start = run.a_first == 0 and run.b_first == 0
    return run.crowd > NOTICE and (at_start or at_end)


def _in_common(words: Sequence[Hashes], least: int, gram: int) -> Iterator[_Common]:
    """Each longest run of at least so many words that two sequences share; of equal starts in one pair, each once."""
    found: dict[tuple[int, int, int], list[_Common]] = {}
    for places in _meetings(words, least, gram):
        crowd = len({n for n, _ in places})
        for (a, i), (b, j) in _each_two(places, crowd):
            if a == b:
                continue
            beside = found.setdefault((a, b, j - i), [])
            if beside and beside[-1].a_first + beside[-1].length > i:
                beside[-1] = replace(beside[-1], crowd=max(crowd, beside[-1].crowd))
                continue
            back, on = _same_before(words[a][:i], words[b][:j]), _same_after(words[a][i:], words[b][j:])
            beside.append(_Common(a, b, i - back, j - back, back + on, crowd))
    for key in sorted(found):
        yield from (run for run in found[key] if run.length >= least)


def _each_two(places: Sequence[tuple[int, int]], crowd: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    firsts = places if crowd <= CROWD and len(places) <= 2 * CROWD else places[:1]
    for n, first in enumerate(firsts):
        for second in places[n + 1 :]:
            yield first, second


def _meetings(words: Sequence[Hashes], least: int, gram: int) -> Iterator[list[tuple[int, int]]]:
    """For each chosen run of `gram` words the places (sequence, word) at which it stands, if it stands twice."""
    import numpy as np

    from probanda.incidents.shingles import runs_of

    window = least - gram + 1
    keys, owners, firsts = [], [], []
    for n, own in enumerate(words):
        if len(own) < least:
            continue
        runs = runs_of(own, gram)
        windows = np.lib.stride_tricks.sliding_window_view(runs, window)
        chosen = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
        keys.append(runs[chosen])
        owners.append(np.full(len(chosen), n))
        firsts.append(chosen)
    if not keys:
        return
    flat = np.concatenate(keys)
    order = np.argsort(flat, kind="stable")
    flat, owner, first = flat[order], np.concatenate(owners)[order], np.concatenate(firsts)[order]
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1])))
    counts = np.diff(np.append(starts, len(flat)))
    several = counts > 1
    # In order of the texts, so that a run is followed from its first meeting point on.
    for start, count in sorted(
        zip(starts[several].tolist(), counts[several].tolist(), strict=True),
        key=lambda s: (int(owner[s[0]]), int(first[s[0]])),
    ):
        yield list(zip(owner[start : start + count].tolist(), first[start : start + count].tolist(), strict=True))


def _same_after(a: Hashes, b: Hashes) -> int:
    shorter = min(len(a), len(b))
    differ = (a[:shorter] != b[:shorter]).nonzero()[0]
    return int(differ[0]) if len(differ) else shorter


def _same_before(a: Hashes, b: Hashes) -> int:
    return _same_after(a[::-1], b[::-1])


class _Spots:
    """Where the words of texts stand; worked out for those that are asked for."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self._docs = docs
        self._known: dict[int, list[tuple[int, int]]] = {}

    def shared(self, a: int, b: int, a_first: int, b_first: int, length: int) -> Shared:
        one, other = self._of(a), self._of(b)
        return Shared(one[a_first][0], one[a_first + length - 1][1], other[b_first][0], other[b_first + length - 1][1])

    def _of(self, n: int) -> list[tuple[int, int]]:
        if n not in self._known:
            self._known[n] = _spots(self._docs[n].words)
        return self._known[n]


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
