"""Runs of words that two sequences of words have in common, kept while sequences come and go.

Start with `Runs.change`. Sequences meet under a few of their runs, chosen by the runs themselves (winnowing: S.
Schleimer, D. Wilkerson and A. Aiken, "Winnowing: local algorithms for document fingerprinting", 2003), so that no run
long enough is missed; where they meet, the run is followed in both directions to its ends. What is found depends on the
sequences that are there, and not on how they came.

Looks down to: rows, shingles. Used by: passages. Imports numpy: import it where it is needed, not at start-up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from probanda.incidents.rows import Place, Rows
from probanda.incidents.shingles import Hashes, Places, runs_of

CROWD = 24
"""Sequences that share one run, up to which each two are looked at; of more, each with the first."""
AT_ONCE = 1 << 17
"""Words of which runs are chosen at once: what the processor holds near."""

Name = tuple[str, int, int]
"""A sequence: its item, and the code points in it at which the sequence begins and ends."""
Pair = tuple[int, int]
"""Two sequences by their numbers, the one whose name comes first first."""
_Meeting = tuple[int, int, bool]
"""Where a chosen run begins in either sequence, and whether it stands often."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run in two sequences: the word with which it begins in each, how many words."""

    a_first: int
    b_first: int
    length: int
    formula: bool
    """A part of it stands often, and it begins or ends both of these."""


class Runs:
    """Sequences that were compared, and the runs that each two of different items share."""

    def __init__(self, least: int, gram: int, often: int) -> None:
        """`least`: words of the shortest run that is looked for; `gram`: words of those under which sequences meet.

        `often`: a run that stands in more sequences than this may be a formula.
        """
        self._least, self._gram, self._often = least, gram, often
        self._names: list[Name] = []
        self._words: dict[int, Hashes] = {}
        self._of_item: dict[str, list[int]] = {}
        self._rows = Rows()
        self._found: dict[Pair, tuple[Run, ...]] = {}

    def found(self) -> list[tuple[Name, Name, tuple[Run, ...]]]:
        """All that is shared, sorted by names."""
        names = self._names
        return sorted(((names[a], names[b], runs) for (a, b), runs in self._found.items()), key=lambda f: f[:2])

    def change(self, gone: Iterable[str], come: Iterable[tuple[Name, Hashes]]) -> set[tuple[str, str]]:
        """Take all sequences of some items out and put others in; the pairs of items that may share other runs now."""
        left = {n for item in gone for n in self._of_item.pop(item, ())}
        new = [self._enter(name, words) for name, words in come]
        keys, owners, places = self._chosen(new)
        touched = np.unique(np.concatenate((keys, self._chosen(sorted(left))[0])))
        before = dict(self._rows.under(touched))
        self._rows.drop(left)
        self._rows.add(keys, owners, places)
        lost, meetings, again = self._met(before, dict(self._rows.under(touched)), left, set(new))
        for n in left:
            del self._words[n]
        for pair in lost:
            self._found.pop(pair, None)
        for pair in again:
            meetings[pair] = self._meetings(*pair)
        for pair, met in meetings.items():
            self._follow(pair, met)
        names = self._names
        return {(names[a][0], names[b][0]) for a, b in (*lost, *meetings)}

    def _enter(self, name: Name, words: Hashes) -> int:
        n = len(self._names)
        self._names.append(name)
        self._words[n] = words
        self._of_item.setdefault(name[0], []).append(n)
        return n

    # -- where sequences meet -----------------------------------------------------------------------------------------

    def _chosen(self, sequences: Sequence[int]) -> tuple[Hashes, Places, Places]:
        """The runs under which these meet others, whose each is, and the word with which it begins."""
        parts = [self._chosen_of(batch) for batch in self._batches(sequences)]
        if not parts:
            return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys, owners, places = zip(*parts, strict=True)
        return np.concatenate(keys), np.concatenate(owners), np.concatenate(places)

    def _batches(self, sequences: Sequence[int]) -> Iterator[list[int]]:
        batch: list[int] = []
        size = 0
        for n in sequences:
            if len(self._words[n]) >= self._least:
                batch.append(n)
                size += len(self._words[n])
            if size >= AT_ONCE:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _chosen_of(self, batch: Sequence[int]) -> tuple[Hashes, Places, Places]:
        """Of each stretch of `least` words the run with the least number."""
        words = [self._words[n] for n in batch]
        flat = np.concatenate(words)
        lengths = np.array([len(w) for w in words])
        owner = np.repeat(np.arange(len(batch)), lengths)
        runs = runs_of(flat, self._gram)
        starts = np.flatnonzero(owner[: len(flat) - self._least + 1] == owner[self._least - 1 :])
        window = self._least - self._gram + 1
        least = np.lib.stride_tricks.sliding_window_view(runs, window)[starts].argmin(axis=1) + starts
        kept = np.zeros(len(runs), np.bool_)
        kept[least] = True
        chosen = np.flatnonzero(kept)
        owner = owner[chosen]
        return runs[chosen], np.asarray(batch, np.int64)[owner], chosen - (np.cumsum(lengths) - lengths)[owner]

    def _met(
        self, before: Mapping[int, list[Place]], now: Mapping[int, list[Place]], left: Collection[int], new: set[int]
    ) -> tuple[set[Pair], dict[Pair, list[_Meeting]], set[Pair]]:
        """Pairs one of which is gone; all meetings of pairs one of which is new; other pairs that meet otherwise."""
        lost: set[Pair] = set()
        meetings: dict[Pair, list[_Meeting]] = {}
        again: set[Pair] = set()
        for key in {**before, **now}:
            old, here = self._crowd(before.get(key, [])), self._crowd(now.get(key, []))
            if old.wide and here.wide and (old.often, old.places[0]) == (here.often, here.places[0]):
                common = set(old.places[1:]).intersection(here.places)  # they meet the first as they did
                old, here = (replace(c, places=[p for p in c.places if p not in common]) for c in (old, here))
            met, meet = (dict.fromkeys(self._each_two(c), c.often) for c in (old, here))
            for pair, often in meet.items():
                (a, i), (b, j) = pair
                if a in new or b in new:
                    meetings.setdefault((a, b), []).append((i, j, often))
                elif met.get(pair) is not often:
                    again.add((a, b))
            for (a, _), (b, _) in met.keys() - meet.keys():
                (lost if a in left or b in left else again).add((a, b))
        return lost, meetings, again

    def _crowd(self, places: Sequence[Place]) -> _Crowd:
        names = self._names
        many = len({n for n, _ in places})
        wide = many > CROWD or len(places) > 2 * CROWD
        return _Crowd(sorted(places, key=lambda p: (names[p[0]], p[1])), wide, many > self._often)

    def _each_two(self, crowd: _Crowd) -> Iterator[tuple[Place, Place]]:
        """The places that are looked at beside each other, those of different items."""
        names, places = self._names, crowd.places
        for n, first in enumerate(places[:1] if crowd.wide else places):
            for second in places[n + 1 :]:
                if names[first[0]][0] != names[second[0]][0]:
                    yield first, second

    def _meetings(self, a: int, b: int) -> list[_Meeting]:
        """Where two sequences meet, looked up anew."""
        both = np.intersect1d(self._chosen([a])[0], self._chosen([b])[0])
        crowds = [self._crowd(places) for _, places in self._rows.under(both)]
        return [
            (one[1], other[1], crowd.often)
            for crowd in crowds
            for one, other in self._each_two(crowd)
            if (one[0], other[0]) == (a, b)
        ]

    # -- what they share ----------------------------------------------------------------------------------------------

    def _follow(self, pair: Pair, meetings: list[_Meeting]) -> None:
        """Keep the runs that are long enough among those that two sequences share around these places."""
        a, b = (self._words[n] for n in pair)
        found: list[Run] = []
        meetings.sort(key=lambda m: (m[1] - m[0], m[0]))
        for i, j, often in meetings:
            last = found[-1] if found else None
            if last is None or last.b_first - last.a_first != j - i or last.a_first + last.length <= i:
                back, on = _same_after(a[:i][::-1], b[:j][::-1]), _same_after(a[i:], b[j:])
                last = Run(i - back, j - back, back + on, False)
                found.append(last)
            if often and not last.formula and _at_ends(last, len(a), len(b)):
                found[-1] = replace(last, formula=True)
        kept = tuple(run for run in found if run.length >= self._least)
        if kept:
            self._found[pair] = kept
        else:
            self._found.pop(pair, None)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The places at which one run stands."""

    places: list[Place]
    """By the names of their sequences."""
    wide: bool
    """So many that each is looked at beside the first alone."""
    often: bool


def _at_ends(run: Run, a: int, b: int) -> bool:
    """True where the run begins both sequences, of so many words, or ends both, but for a word."""
    at_end = run.a_first + run.length >= a - 1 and run.b_first + run.length >= b - 1
    return at_end or run.a_first == run.b_first == 0


def _same_after(a: Hashes, b: Hashes) -> int:
    shorter = min(len(a), len(b))
    differ = (a[:shorter] != b[:shorter]).nonzero()[0]
    return int(differ[0]) if len(differ) else shorter
