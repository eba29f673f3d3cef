"""Texts as sets of numbered runs of three words, and an index in which those that share many runs meet.

Start with `sketched`, then `Index.add`. Texts meet under a sample of their runs, those with small numbers (FracMinHash:
L. Irber and others, "Lightweight compositional analysis of metagenomes with FracMinHash", 2022); each pair that meets
often enough is then counted on all runs of both: an edge is never an estimate. Adding texts one by one, in any order,
gives the same edges as adding them all at once; `Index.add` says which texts it touched.

Looks down to: shingles. Used by: copies. Imports numpy: import it where it is needed, not at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from probanda.incidents.shingles import Hashes, hashed

RUN = 3
"""Words in a run (a shingle; A. Broder, "On the resemblance and containment of documents", 1997)."""
BITS = 48
"""Bits of a run's number: of a million runs two are taken for one with a chance of 1 in 500; sixteen bits are left for
whose it is."""
FEWEST = 12
"""Texts of fewer words meet only when they are equal."""
MOST_PAIRS = 100
"""Pairs that are counted at once."""
LONG = 160
"""Runs from which a quarter of them tells roughly what a text holds."""
LEAST_HELD = 1 / 8
"""A text shorter than this part of the other does not tell a digest from an article that quotes it."""
HOLDS = 0.6
"""Share of the shorter text's runs that stand in the other, from which the index ties the two: an edge."""
MEETS = 0.7
"""Part of `HOLDS` that the sample must show before a pair is counted: a sample may err by so much."""
CROWD = 16
"""Texts that share one sampled run, up to which all of them meet under it: 276 pairs at most."""
TOP = 6
"""In a larger crowd each text meets only the longest so many: a formula costs little, and a much-copied text has its
leader among them."""
RATES = ((64, BITS), (4096, BITS - 2), (1 << 62, BITS - 5))
"""(most runs of a text, exponent): the runs below two to this power are its sample: all, a quarter, a thirty-second."""

Numbers = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Sketch:
    """What comparison keeps of one text: eight bytes a run. Nothing of it is changed."""

    item: str
    words: int
    equal: bytes
    """The same for texts with the same words in the same order, and for no others."""
    runs: Hashes
    """Sorted, each once."""
    size: int
    """How many."""


def sketched(bodies: Iterable[tuple[str, str]]) -> list[Sketch]:
    """Sketches of texts given as (item, words), in their order."""
    items: list[str] = []

    def words() -> Iterator[str]:
        for item, text in bodies:
            items.append(item)
            yield text

    found: list[Sketch] = []
    for batch in hashed(words()):
        runs, ends = _once(*batch.runs(RUN))
        start = first = 0
        for end, last in zip(batch.ends.tolist(), ends.tolist(), strict=True):
            item = items[len(found)]
            # A text without words is equal to none but itself.
            same = batch.words[start:end].tobytes() or b"-" + item.encode("utf-8", "surrogatepass")
            found.append(
                Sketch(item, end - start, blake2b(same, digest_size=16).digest(), runs[first:last], last - first)
            )
            start, first = end, last
    return found


def _once(runs: Hashes, ends: Numbers) -> tuple[Hashes, Numbers]:
    """The runs of each text sorted, each once, cut to `BITS`; and where each text's end. At most 65,536 texts."""
    texts = np.arange(len(ends) + 1, dtype=np.uint64) << np.uint64(BITS)
    rows = (runs >> np.uint64(64 - BITS)) | np.repeat(texts[:-1], np.diff(ends, prepend=0))
    rows.sort()
    if len(rows):
        rows = rows[np.concatenate(([True], rows[1:] != rows[:-1]))]
    ends = np.searchsorted(rows, texts[1:])
    return rows & np.uint64((1 << BITS) - 1), ends


def common(texts: Sequence[Sketch], a: Sequence[int], b: Sequence[int]) -> Numbers:
    """How many runs each of these pairs of texts has in common, counted on all runs of both."""
    return _common([(texts[x].runs, texts[y].runs) for x, y in zip(a, b, strict=True)])


def held(texts: Sequence[Sketch], a: Sequence[int], b: Sequence[int]) -> list[float]:
    """Of the shorter of each pair, the part that stands in the longer; of long texts by a quarter of their runs."""
    part = {n: _below(texts[n].runs, BITS - 2) for n in {*a, *b}}
    pairs = [
        (part[x], part[y]) if min(texts[x].size, texts[y].size) > LONG else (texts[x].runs, texts[y].runs)
        for x, y in zip(a, b, strict=True)
    ]
    return (_common(pairs) / [max(1, min(len(one), len(other))) for one, other in pairs]).tolist() if pairs else []


def _common(pairs: Sequence[tuple[Hashes, Hashes]]) -> Numbers:
    found = [np.zeros(0, np.int64)]
    for n in range(0, len(pairs), MOST_PAIRS):
        some = [runs for pair in pairs[n : n + MOST_PAIRS] for runs in pair]
        owners = np.arange(len(some), dtype=np.uint64) >> np.uint64(1) << np.uint64(BITS)
        # What a pair shares stands together after one sort, twice.
        runs = np.concatenate(some)
        runs |= np.repeat(owners, [len(r) for r in some])
        runs.sort()
        shared = runs[1:][runs[1:] == runs[:-1]] >> np.uint64(BITS)
        found.append(np.bincount(shared.astype(np.int64), minlength=len(some) // 2))
    return np.concatenate(found)


class Index:
    """Distinct texts with the edges between them. A text is known by its place: the order in which it came.

    What an answer says of texts never depends on places, only how they are numbered.
    """

    def __init__(self, sketches: Iterable[Sketch] = ()) -> None:
        self.texts: list[Sketch] = []
        """One sketch for all items with the same words."""
        self.items: list[list[str]] = []
        """Items of each text."""
        self.edges: dict[int, dict[int, int]] = {}
        """Of each text that has any: neighbour -> distinct runs both have."""
        self.place: dict[str, int] = {}
        """Item -> its text."""
        self._by_words: dict[bytes, int] = {}
        self._ranks = np.zeros(0, np.uint64)
        self._sizes = np.zeros(0, np.int64)
        self._rates = np.zeros(0, np.int64)
        self._keys = np.zeros(0, np.uint64)
        self._owners = np.zeros(0, np.int64)
        self.add(sketches)

    def add(self, sketches: Iterable[Sketch]) -> frozenset[int]:
        """Take texts in; the texts whose edges or items changed. An item that is there already is left as it is."""
        touched: set[int] = set()
        first = len(self.texts)
        for sketch in sketches:
            if sketch.item in self.place:
                continue
            place = self._by_words.setdefault(sketch.equal, len(self.texts))
            if place == len(self.texts):
                self.texts.append(sketch)
                self.items.append([])
            self.items[place].append(sketch.item)
            self.place[sketch.item] = place
            touched.add(place)
        if len(self.texts) > first:
            new = self._enter(first)
            rows = self._meeting(new) if first else np.arange(len(self._keys))
            touched |= self._lose(rows, first) if first else set()
            touched |= self._meet(rows, first)
        return frozenset(touched)

    def _enter(self, first: int) -> Hashes:
        """File the texts from this place on under their samples; the runs sampled."""
        fresh = self.texts[first:]
        sizes = np.array([t.size for t in fresh], np.int64)
        # The longer first, then by words: what `TOP` keeps depends on the texts alone.
        ties = np.frombuffer(b"".join(t.equal[:8] for t in fresh), ">u8").astype(np.uint64) >> np.uint64(24)
        most = np.int64((1 << 24) - 1)
        ranks = ((most - np.minimum(sizes, most)).astype(np.uint64) << np.uint64(40)) | ties
        rates = np.searchsorted([most for most, _ in RATES], sizes).astype(np.int64)
        rates[np.array([t.words for t in fresh]) < FEWEST] = len(RATES)
        self._ranks = np.concatenate((self._ranks, ranks))
        self._sizes = np.concatenate((self._sizes, sizes))
        self._rates = np.concatenate((self._rates, rates))
        keys, owners = _sampled(fresh, rates, np.argsort(ranks, kind="stable"))
        owners += first
        if first:
            self._insert(keys, owners)
        else:
            self._keys, self._owners = keys, owners
        return keys

    def _insert(self, keys: Hashes, owners: Numbers) -> None:
        """Put sorted rows where they belong: by run, and among the texts of one run by rank."""
        left = np.searchsorted(self._keys, keys)
        right = np.searchsorted(self._keys, keys, "right")
        for n in np.flatnonzero(right > left).tolist():
            there = self._ranks[self._owners[left[n] : right[n]]]
            left[n] += np.searchsorted(there, self._ranks[owners[n]], "right")
        self._keys = np.insert(self._keys, left, keys)
        self._owners = np.insert(self._owners, left, owners)

    def _meeting(self, keys: Hashes) -> Numbers:
        """Rows of all texts that have one of these runs in their samples."""
        keys = np.unique(keys)
        return _ranges(np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, "right"))

    def _meet(self, rows: Numbers, first: int) -> set[int]:
        """Count the pairs that meet often enough under these rows, and keep those that share enough."""
        a, b = self._often(rows, first)
        both = common(self.texts, a.tolist(), b.tolist())
        kept = both >= HOLDS * np.minimum(self._sizes[a], self._sizes[b])
        found: set[int] = set()
        for one, other, runs in zip(a[kept].tolist(), b[kept].tolist(), both[kept].tolist(), strict=True):
            self.edges.setdefault(one, {})[other] = self.edges.setdefault(other, {})[one] = runs
            found |= {one, other}
        return found

    def _often(self, rows: Numbers, first: int) -> tuple[Numbers, Numbers]:
        """Pairs with at least one text from this place on that meet under enough runs, sorted."""
        pairs = _pairs(self._keys[rows], self._owners[rows])
        codes = np.concatenate([self._codes(a, b, first) for a, b in pairs]) if pairs else np.zeros(0, np.int64)
        codes.sort()
        starts, counts = _groups(codes)
        a, b = np.divmod(codes[starts], len(self.texts))
        often = counts >= self._enough(a, b)
        return a[often], b[often]

    def _codes(self, a: Numbers, b: Numbers, first: int) -> Numbers:
        """Pairs as one number each; without those of old texts and those of too different a length."""
        low, high = np.minimum(a, b), np.maximum(a, b)
        small, large = np.minimum(self._sizes[a], self._sizes[b]), np.maximum(self._sizes[a], self._sizes[b])
        kept = (high >= first) & (small >= large * LEAST_HELD)
        return np.asarray(low[kept] * len(self.texts) + high[kept], np.int64)

    def _enough(self, a: Numbers, b: Numbers) -> NDArray[np.float64]:
        """How often two texts must meet: by the sample of the shorter, at the coarser rate of the two."""
        exponents = np.array([exponent for _, exponent in RATES])[np.maximum(self._rates[a], self._rates[b])]
        small = np.minimum(self._sizes[a], self._sizes[b]) * 2.0 ** (exponents - BITS)
        return np.maximum(2.0, HOLDS * MEETS * small)

    def _lose(self, rows: Numbers, first: int) -> set[int]:
        """Drop the edges of pairs that no longer meet often enough, since a run they met under became a crowd."""
        keys, owners = self._keys[rows], self._owners[rows]
        starts, counts = _groups(keys)
        asked: set[tuple[int, int]] = set()
        for start, count in zip(starts[counts > CROWD].tolist(), counts[counts > CROWD].tolist(), strict=True):
            there = owners[start : start + count]
            old = there[there < first].tolist()
            # Up to now all met under this run, or the longest with all: which of them do so no longer?
            met, meet = old if len(old) <= CROWD else old[:TOP], set(there[:TOP].tolist())
            gone = [n for n in met if n not in meet]
            among = set(old) - meet
            asked |= {(min(a, b), max(a, b)) for a in gone for b in self.edges.get(a, ()) if b in among}
        lost = [pair for pair in sorted(asked) if not self._still(*pair)]
        for a, b in lost:
            del self.edges[a][b], self.edges[b][a]
        return {n for pair in lost for n in pair}

    def _still(self, a: int, b: int) -> bool:
        exponent = RATES[int(max(self._rates[a], self._rates[b]))][1]
        one, other = (_cut(_below(self.texts[n].runs, exponent)) for n in (a, b))
        both = np.intersect1d(one, other)
        left = np.searchsorted(self._keys, both)
        counts = np.searchsorted(self._keys, both, "right") - left
        met = int((counts <= CROWD).sum())
        for start in left[counts > CROWD].tolist():
            top = self._owners[start : start + TOP]
            met += bool(((top == a) | (top == b)).any())
        return met >= float(self._enough(np.array([a]), np.array([b]))[0])


def _below(runs: Hashes, exponent: int) -> Hashes:
    return runs[: int(np.searchsorted(runs, np.uint64(1 << exponent)))]


OWNER = 30
"""Bits of a row that say whose key it is, while keys are sorted: a thousand million texts."""


def _cut(runs: Hashes) -> Hashes:
    """Keys: the highest bits of runs, as many as fit beside the text."""
    return runs >> np.uint64(BITS + OWNER - 64)


def _sampled(texts: Sequence[Sketch], rates: Numbers, order: Numbers) -> tuple[Hashes, Numbers]:
    """Sampled runs with their texts, by run and among those of one run in this order of texts; each once."""
    limits = np.array([1 << exponent for _, exponent in RATES] + [0], np.uint64)[rates]
    samples = [texts[n].runs[: texts[n].runs.searchsorted(limits[n])] for n in order.tolist()]
    keys = _cut(np.concatenate(samples)) << np.uint64(OWNER)
    keys |= np.repeat(np.arange(len(samples), dtype=np.uint64), [len(s) for s in samples])
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    return keys >> np.uint64(OWNER), order[(keys & np.uint64((1 << OWNER) - 1)).astype(np.int64)]


def _ranges(left: Numbers, right: Numbers) -> Numbers:
    """The numbers of all these ranges, one after the other."""
    counts = right - left
    before = np.cumsum(counts) - counts
    found: Numbers = np.arange(int(counts.sum())) - np.repeat(before - left, counts)
    return found


def _groups(keys: Hashes | Numbers) -> tuple[Numbers, Numbers]:
    """First row and number of rows of each run."""
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    return starts, np.diff(np.concatenate((starts, [len(keys)])))


def _pairs(keys: Hashes, owners: Numbers) -> list[tuple[Numbers, Numbers]]:
    """Texts that meet under one run: all of them up to `CROWD`, in a larger crowd each with the `TOP` longest."""
    starts, counts = _groups(keys)
    place = np.arange(len(keys)) - np.repeat(starts, counts)
    count = np.repeat(counts, counts)
    found = []
    reach = np.flatnonzero(place < np.where(count > CROWD, 0, count - 1))
    for step in range(1, CROWD):
        if not len(reach):
            break
        found.append((owners[reach], owners[reach + step]))
        reach = reach[place[reach] + step + 1 < count[reach]]
    crowd = np.flatnonzero(count > CROWD)
    for top in range(TOP):
        later = crowd[place[crowd] > top]
        if len(later):
            found.append((owners[later - place[later] + top], owners[later]))
    return found
