"""Texts as sets of numbered runs of three words, and an index in which those that share many runs meet.

Start with `sketched`, then `Index.add`. Texts meet under a sample of their runs, those with small numbers (FracMinHash:
L. Irber and others, "Lightweight compositional analysis of metagenomes with FracMinHash", 2022); each pair that meets
often enough is then counted on all runs of both: an edge is never an estimate. Adding texts one by one, in any order,
gives the same edges as adding them all at once; `Index.add` says which texts it touched.

Looks down to: frames, overlaps, shingles. Used by: copies. Imports numpy: import it where it is needed, not at the
start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from probanda.incidents.frames import Frames, at_odds, framed
from probanda.incidents.overlaps import Laid, Numbers, distinct, first_rows, lengths, ranges, within
from probanda.incidents.shingles import Hashes, Words, hashed, runs_of

RUN = 3
"""Words in a run (a shingle; A. Broder, "On the resemblance and containment of documents", 1997)."""
BITS = 48
"""Bits of a run's number: of a million runs two are taken for one with a chance of 1 in 500; sixteen bits are left for
whose it is."""
FEWEST = 12
"""Texts of fewer words meet only when they are equal."""
LEAST_HELD = 1 / 8
"""A text shorter than this part of the other does not tell a digest from an article that quotes it."""
HOLDS = 0.6
"""Share of the shorter text's runs that stand in the other, from which the index ties the two: an edge."""
ERRS = 2
"""Standard deviations by which the sample may err: a pair that shows so much less than `HOLDS` in it is not counted."""
CROWD = 16
"""Texts that share one sampled run, up to which all of them meet under it: 120 pairs at most."""
TOP = 6
"""In a larger crowd each text meets only the longest so many: a formula costs little, and a much-copied text has its
leader among them."""
MOST = np.array([64, 128, 256, 4096], np.int64)
"""Most runs of a text of each rate of sampling; the last rate has no most."""
EXPONENTS = BITS - np.array([0, 2, 3, 4, 5], np.int64)
"""Of each rate: the runs below two to this power are the sample: all, a quarter ... a thirty-second."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_UNBASE = np.uint64(pow(int(_BASE), -1, 1 << 64))


@dataclass(frozen=True, slots=True, eq=False)
class Sketches:
    """What comparison keeps of some texts, eight bytes a run; all of the same length, one place for each text."""

    items: Sequence[str]
    words: Numbers
    """How many."""
    equal: Hashes
    """The same for texts with the same words in the same order; for others by a chance of 1 in 2 to the power of 64."""
    runs: Sequence[Hashes]
    """Sorted, each once."""
    frames: Frames
    """What stands around figures."""
    sizes: Numbers
    """How many runs."""
    samples: Numbers
    """How many of them are in the sample: the first ones."""
    sampled: Hashes
    """These, of one text after the other."""


def sketched(items: Sequence[str], bodies: Iterable[str]) -> list[Sketches]:
    """Sketches of texts, each with its item, in their order, some together."""
    found: list[Sketches] = []
    first = 0
    for batch in hashed(bodies):
        last = first + len(batch.ends)
        found.append(_sketches(items[first:last], batch))
        first = last
    return found


def _sketches(items: Sequence[str], batch: Words) -> Sketches:
    counts = batch.ends.copy()
    counts[1:] -= batch.ends[:-1]
    owners = np.arange(len(items) + 1, dtype=np.uint64) << np.uint64(BITS)
    rows = _rows(batch, counts, owners)
    ends = np.searchsorted(rows, owners[1:])
    sizes = ends.copy()
    sizes[1:] -= ends[:-1]
    starts = ends - sizes
    limits = np.uint64(1) << EXPONENTS[_rates(sizes)].astype(np.uint64)
    samples = np.searchsorted(rows, owners[:-1] + limits) - starts
    samples[counts < FEWEST] = 0
    rows &= np.uint64((1 << BITS) - 1)
    runs = [rows[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    sampled = rows[ranges(starts, samples)]
    return Sketches(items, counts, _equal(items, batch, counts), runs, framed(batch), sizes, samples, sampled)


def _rows(batch: Words, counts: Numbers, owners: Hashes) -> Hashes:
    """Runs below the number of their text, sorted, each once; at most 65,535 texts."""
    rows = runs_of(batch.words, RUN)
    rows >>= np.uint64(64 - BITS)
    rows |= np.repeat(owners[:-1], counts)[: len(rows)]
    # Runs over the border of two texts are sent to the end.
    over = np.concatenate([batch.ends - back for back in range(1, RUN)])
    nothing = np.uint64((1 << 64) - 1)
    rows[over[(over >= 0) & (over < len(rows))]] = nothing
    rows.sort()
    rows = rows[: np.searchsorted(rows, nothing)]
    firsts = first_rows(rows)
    return rows if len(firsts) == len(rows) else rows[firsts]


def _rates(sizes: Numbers) -> Numbers:
    return np.searchsorted(MOST, sizes)


def _equal(items: Sequence[str], batch: Words, counts: Numbers) -> Hashes:
    """A sum of words, each times a power for its place."""
    full = np.flatnonzero(counts)
    starts = (batch.ends - counts)[full]
    found = np.zeros(len(counts), np.uint64)
    if len(full):
        found[full] = np.add.reduceat(batch.words * _powers(_BASE, len(batch.words)), starts)
        found[full] *= _powers(_UNBASE, len(batch.words))[starts]
    for n in np.flatnonzero(counts == 0).tolist():
        # A text without words is equal to none but itself.
        digest = blake2b(items[n].encode("utf-8", "surrogatepass"), digest_size=8).digest()
        found[n] = int.from_bytes(digest, "little")
    return found


_made: dict[int, Hashes] = {}


def _powers(base: np.uint64, count: int) -> Hashes:
    kept = _made.get(int(base))
    if kept is None or len(kept) < count:
        kept = np.full(max(count, 1 << 16), base, np.uint64)
        kept[0] = 1
        np.multiply.accumulate(kept, out=kept)
        if len(kept) <= 1 << 18:
            _made[int(base)] = kept
    return kept[:count]


class Index:
    """Distinct texts with the edges between them. A text is known by its place: the order in which it came.

    What an answer says of texts never depends on places, only how they are numbered.
    """

    def __init__(self, sketches: Iterable[Sketches] = ()) -> None:
        self._items: list[str] = []
        """Of each text an item."""
        self.others: dict[int, list[str]] = {}
        """Of each text that several items have: all but this one."""
        self.place: dict[str, int] = {}
        """Item -> its text."""
        self.runs: list[Hashes] = []
        self._frames = Frames()
        self.sizes = np.zeros(0, np.int64)
        self.words = np.zeros(0, np.int64)
        """What `Sketches` says of each text."""
        self.ranks = np.zeros(0, np.uint64)
        """The longer first, then by words: an order that depends on the texts alone."""
        self._edges = np.zeros(0, np.int64)
        """Both ways, sorted: 2 to the power of 32 times the one, and the other."""
        self._laid = Laid(self.runs, self._edges, self._edges)
        """The pairs that were counted last, for further questions about their texts."""
        self._by_words: dict[int, int] = {}
        self._keys = np.zeros(0, np.uint64)
        self._owners = np.zeros(0, np.int64)
        self.add(sketches)

    def __len__(self) -> int:
        return len(self._items)

    def items(self, places: Iterable[int]) -> list[str]:
        """All items with the words of these texts."""
        found = []
        for place in places:
            found.append(self._items[place])
            if place in self.others:
                found += self.others[place]
        return found

    def beside(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """All edges of these texts: for each its end here, and the other."""
        left = np.searchsorted(self._edges, places << 32)
        counts = np.searchsorted(self._edges, (places + 1) << 32) - left
        return np.repeat(places, counts), self._edges[ranges(left, counts)] & 0xFFFFFFFF

    def tied(self, a: Numbers, b: Numbers) -> NDArray[np.bool_]:
        """Which of these pairs have an edge."""
        return within(self._edges, (a << 32) | b)

    def held(self, a: Numbers, b: Numbers) -> NDArray[np.float64]:
        """Of the shorter of each pair, the part that stands in the longer."""
        return self._laid.common(a, b) / np.maximum(1, np.minimum(self.sizes[a], self.sizes[b]))

    def add(self, sketches: Iterable[Sketches]) -> Numbers:
        """Take texts in; the texts whose edges or items changed. An item that is there already is left as it is."""
        first = len(self)
        come = list(sketches)
        new, touched = self._file(come)
        changed = distinct(touched)
        if len(self) > first:
            keys, owners = self._enter(come, new, first)
            if first:
                self._insert(keys, owners)
                keys, owners = self._meeting(keys)
                changed = distinct(changed, self._lose(keys, owners, first))
            else:
                self._keys, self._owners = keys, owners
            changed = distinct(changed, self._meet(keys, owners, first))
        return changed

    def _file(self, come: Sequence[Sketches]) -> tuple[Numbers, Numbers]:
        """Take in the items; which of these texts are new, and the texts that have the items."""
        new: list[int] = []
        touched: list[int] = []
        items = chain.from_iterable(some.items for some in come)
        equal = chain.from_iterable(some.equal.tolist() for some in come)
        runs = chain.from_iterable(some.runs for some in come)
        for n, (item, words, its_runs) in enumerate(zip(items, equal, runs, strict=True)):
            if item in self.place:
                continue
            place = self._by_words.setdefault(words, len(self._items))
            if place == len(self._items):
                self._items.append(item)
                self.runs.append(its_runs)
                new.append(n)
            else:
                self.others.setdefault(place, []).append(item)
            self.place[item] = place
            touched.append(place)
        return np.array(new, np.int64), np.array(touched, np.int64)

    def _enter(self, come: Sequence[Sketches], new: Numbers, first: int) -> tuple[Hashes, Numbers]:
        """Take over what is known of the new ones of these texts, from this place on; their sampled runs and whose they
        are, by run and among those of one run by rank."""
        sizes = np.concatenate([some.sizes for some in come])[new]
        equal = np.concatenate([some.equal for some in come])[new]
        most = np.int64((1 << 24) - 1)
        ranks = (most - np.minimum(sizes, most)).astype(np.uint64) << np.uint64(40) | equal >> np.uint64(24)
        self.sizes = np.concatenate((self.sizes, sizes))
        self.words = np.concatenate((self.words, np.concatenate([some.words for some in come])[new]))
        self.ranks = np.concatenate((self.ranks, ranks))
        self._frames = self._frames.and_then([Frames().and_then([some.frames for some in come]).of(new)])
        counts = np.concatenate([some.samples for some in come])
        starts = np.cumsum(counts) - counts
        counts = counts[new]
        keys = np.concatenate([some.sampled for some in come])[ranges(starts[new], counts)]
        order = np.argsort(ranks, kind="stable")
        place = np.empty(len(order), np.uint64)
        place[order] = np.arange(len(order), dtype=np.uint64)
        keys >>= np.uint64(BITS + OWNER - 64)
        keys <<= np.uint64(OWNER)
        keys |= np.repeat(place, counts)
        keys.sort()
        keys = keys[first_rows(keys)]
        owners = order[(keys & np.uint64((1 << OWNER) - 1)).astype(np.int64)] + first
        keys >>= np.uint64(OWNER)
        return keys, owners

    def _insert(self, keys: Hashes, owners: Numbers) -> None:
        """Put sorted rows where they belong: by run, and among the texts of one run by rank."""
        left = np.searchsorted(self._keys, keys)
        right = np.searchsorted(self._keys, keys, "right")
        for n in np.flatnonzero(right > left).tolist():
            there = self.ranks[self._owners[left[n] : right[n]]]
            left[n] += np.searchsorted(there, self.ranks[owners[n]], "right")
        self._keys = np.insert(self._keys, left, keys)
        self._owners = np.insert(self._owners, left, owners)

    def _meeting(self, keys: Hashes) -> tuple[Hashes, Numbers]:
        """Rows of all texts that have one of these runs in their samples."""
        keys = keys[first_rows(keys)]
        left = np.searchsorted(self._keys, keys)
        rows = ranges(left, np.searchsorted(self._keys, keys, "right") - left)
        return self._keys[rows], self._owners[rows]

    def _meet(self, keys: Hashes, owners: Numbers, first: int) -> Numbers:
        """Count the pairs that meet often enough under these rows, and keep those that share enough and are no two
        reports on one form; their texts."""
        a, b = self._often(keys, owners, first)
        self._laid = Laid(self.runs, a, b)
        kept = self._laid.common(a, b) >= HOLDS * np.minimum(self.sizes[a], self.sizes[b])
        a, b = a[kept], b[kept]
        one_text = ~at_odds(self._frames, a, b)
        a, b = a[one_text], b[one_text]
        new = np.sort(np.concatenate(((a << 32) | b, (b << 32) | a)))
        self._edges = np.insert(self._edges, np.searchsorted(self._edges, new), new)
        return distinct(a, b)

    def _often(self, keys: Hashes, owners: Numbers, first: int) -> tuple[Numbers, Numbers]:
        """Pairs with at least one text from this place on that meet under enough runs."""
        codes = np.concatenate([np.zeros(0, np.int64), *_pairs(keys, owners)])
        if first:
            codes = codes[np.maximum(codes >> 32, codes & 0xFFFFFFFF) >= first]
        codes.sort()
        starts = first_rows(codes)
        met = lengths(starts, len(codes))
        codes, met = codes[starts[met > 1]], met[met > 1]
        a, b = codes >> 32, codes & 0xFFFFFFFF
        # Texts of too different a length are not told from articles that quote.
        often = self.sizes[b] >= LEAST_HELD * self.sizes[a]
        often &= met >= self._enough(a, b)
        return a[often], b[often]

    def _enough(self, a: Numbers, b: Numbers) -> NDArray[np.float64]:
        """How often two texts, the longer and the shorter, must meet: by the sample of the shorter, at the rate of the
        longer, which is the coarser one."""
        small = self.sizes[b] * (2.0 ** (EXPONENTS - BITS))[_rates(self.sizes[a])]
        least: NDArray[np.float64] = HOLDS * small - ERRS * np.sqrt(HOLDS * (1 - HOLDS) * small)
        return np.maximum(2.0, least)

    def _lose(self, keys: Hashes, owners: Numbers, first: int) -> Numbers:
        """Drop the edges of pairs that no longer meet often enough, since a run they met under became a crowd."""
        starts = first_rows(keys)
        counts = lengths(starts, len(keys))
        asked: set[tuple[int, int]] = set()
        for start, count in zip(starts[counts > CROWD].tolist(), counts[counts > CROWD].tolist(), strict=True):
            there = owners[start : start + count]
            old = there[there < first].tolist()
            # Up to now all met under this run, or the longest with all: which of them do so no longer?
            met, meet = old if len(old) <= CROWD else old[:TOP], set(there[:TOP].tolist())
            gone = [n for n in met if n not in meet]
            among = set(old) - meet
            if gone:
                pairs = zip(*(ends.tolist() for ends in self.beside(np.array(gone, np.int64))), strict=True)
                asked |= {(min(a, b), max(a, b)) for a, b in pairs if b in among}
        lost = [pair for pair in sorted(asked) if not self._still(*pair)]
        codes = np.array([(a << 32) | b for pair in lost for a, b in (pair, pair[::-1])], np.int64)
        if len(codes):
            self._edges = np.delete(self._edges, np.searchsorted(self._edges, codes))
        return np.array(sorted({n for pair in lost for n in pair}), np.int64)

    def _still(self, a: int, b: int) -> bool:
        if self.sizes[a] < self.sizes[b]:
            a, b = b, a
        limit = np.uint64(1 << int(EXPONENTS[_rates(self.sizes[a])]))
        one, other = (_cut(self.runs[n][: int(np.searchsorted(self.runs[n], limit))]) for n in (a, b))
        both = one[within(other, one)]
        both = both[first_rows(both)]
        left = np.searchsorted(self._keys, both)
        counts = np.searchsorted(self._keys, both, "right") - left
        met = int((counts <= CROWD).sum())
        for start in left[counts > CROWD].tolist():
            top = self._owners[start : start + TOP]
            met += bool(((top == a) | (top == b)).any())
        return met >= float(self._enough(np.array([a]), np.array([b]))[0])


OWNER = 30
"""Bits of a row that say whose key it is, while keys are sorted: a thousand million texts."""


def _cut(runs: Hashes) -> Hashes:
    """Keys: the highest bits of runs, as many as fit beside the text."""
    return runs >> np.uint64(BITS + OWNER - 64)


def _pairs(keys: Hashes, owners: Numbers) -> Iterator[Numbers]:
    """Texts that meet under one run: all of them up to `CROWD`, in a larger crowd each with the `TOP` longest.

    A pair is 2 to the power of 32 times the longer, and the shorter, once for each run.
    """
    starts = first_rows(keys)
    counts = lengths(starts, len(keys))
    for count in range(2, CROWD + 1):
        texts = owners[starts[counts == count][:, None] + np.arange(count)]
        for n in range(count - 1):
            yield ((texts[:, n, None] << 32) | texts[:, n + 1 :]).ravel()
    crowds = counts > CROWD
    for top in range(TOP):
        longer = np.repeat(owners[starts[crowds] + top], counts[crowds] - top - 1)
        yield (longer << 32) | owners[ranges(starts[crowds] + top + 1, counts[crowds] - top - 1)]
