"""How many runs pairs of texts have in common, counted on all runs of both, for many pairs at once.

Start with `Laid`. Texts of which nearly each is paired with each are laid beside one another as rows of bits, one for
each run that two of them have; a pair is then counted by its bits, and a text of forty pairs is sorted once, not forty
times. In all other pairs a text is sorted with all that it is the longer of.

Looks down to: shingles. Used by: copies, frames, sketches. Imports numpy: import it where it is needed, not at the
start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from probanda.incidents.shingles import Hashes

OWNER = 16
"""Bits of a row that say whose run it is, while rows are sorted; runs have the others."""
TOGETHER = 1 << 15
"""Runs of texts that are laid beside one another; what more texts share is counted pair by pair."""
LIKE = 0.5
"""Texts of which the shorter has this part of the longer one's runs are looked for as neighbours."""
PAIRS = 0.8
"""Pairs for each text from which bits cost less than sorting."""
MANY = 1 << 12
"""Texts that are sorted with one."""
FEW = 3
"""Texts up to which nothing is laid out."""
ROWS = 1 << 15
"""Runs that are sorted at once: what the processor holds near."""

Numbers = NDArray[np.int64]
Key = TypeVar("Key", np.int64, np.uint64)
_NONE = np.zeros(0, np.int64)


class Laid:
    """Texts that are paired, laid beside one another; any pairs of texts can then be counted."""

    def __init__(self, runs: Sequence[Hashes], a: Numbers, b: Numbers) -> None:
        """`runs`: of each text its runs as numbers below 2 to the power of 48, sorted, each once.

        `a` and `b`: pairs, as places there.
        """
        self._runs = runs
        self._piece = np.full(len(runs), -1, np.int64)
        """Of each text the piece in which it lies: those with the same have bits for the same runs."""
        self._width = np.zeros(len(runs), np.int64)
        self._row = np.zeros(len(runs), np.int64)
        """Where its bits begin, and how many numbers of 64 bits they fill."""
        self._bits = np.zeros(0, np.uint64)
        texts = distinct(a, b)
        if len(texts) > FEW:
            place = np.empty(len(runs), np.int64)
            place[texts] = np.arange(len(texts))
            self._lay(texts, place[a], place[b])

    def common(self, a: Numbers, b: Numbers) -> Numbers:
        """Of each of these pairs of texts the number of runs both have; never twice the same text in a pair."""
        found = np.zeros(len(a), np.int64)
        beside = (self._piece[a] == self._piece[b]) & (self._piece[a] >= 0)
        found[beside] = self._by_bits(a[beside], b[beside])
        found[~beside] = shared(self._runs, a[~beside], b[~beside])
        return found

    def _lay(self, texts: Numbers, a: Numbers, b: Numbers) -> None:
        sizes = np.array([len(self._runs[n]) for n in texts.tolist()], np.int64)
        order, pieces = _pieces(sizes, a, b)
        home = np.empty(len(order), np.int64)
        home[order] = pieces
        within = np.bincount(home[a][home[a] == home[b]], minlength=len(order))
        dense = within >= PAIRS * np.bincount(pieces, minlength=len(order))
        order, pieces = order[dense[pieces]], pieces[dense[pieces]]
        texts, sizes = texts[order], sizes[order]
        begins = first_rows(pieces)
        bits, last = [self._bits], 0
        for start, end in portions(np.add.reduceat(sizes, begins)) if len(begins) else ():
            some = slice(begins[start], begins[end] if end < len(begins) else len(pieces))
            made, width, row = _bits([self._runs[n] for n in texts[some].tolist()], pieces[some] - pieces[some][0])
            self._piece[texts[some]] = pieces[some]
            self._width[texts[some]] = width
            self._row[texts[some]] = row + last
            bits.append(made)
            last += len(made)
        self._bits = np.concatenate(bits)

    def _by_bits(self, a: Numbers, b: Numbers) -> Numbers:
        found = np.zeros(len(a), np.int64)
        some = np.flatnonzero(self._width[a])
        counts = self._width[a[some]]
        one = ranges(self._row[a[some]], counts)
        other = ranges(self._row[b[some]], counts)
        if len(some):
            shared = np.bitwise_count(self._bits[one] & self._bits[other])
            found[some] = np.add.reduceat(shared, np.cumsum(counts) - counts, dtype=np.int64)
        return found


def shared(runs: Sequence[Hashes], a: Numbers, b: Numbers) -> Numbers:
    """How many runs each of these pairs of texts has in common; each text `a` is sorted with all `b` paired with it."""
    order = np.argsort(a, kind="stable")
    begins = first_rows(a[order])
    place = np.arange(len(a)) - np.repeat(begins, lengths(begins, len(a)))
    begins = np.flatnonzero(place % MANY == 0)
    texts = np.insert(b[order], begins, a[order][begins])
    rows = [runs[n] for n in texts.tolist()]
    firsts = begins + np.arange(len(begins))
    both = np.zeros(len(texts), np.int64)
    sizes = np.array([len(r) for r in rows], np.int64)
    for start, end in portions(np.add.reduceat(sizes, firsts)) if len(firsts) else ():
        some = slice(firsts[start], firsts[end] if end < len(firsts) else len(texts))
        both[some] = _with_first(rows[some], firsts[start:end] - firsts[start])
    found = np.empty(len(a), np.int64)
    found[order] = np.delete(both, firsts)
    return found


def _with_first(rows: Sequence[Hashes], firsts: Numbers) -> Numbers:
    """How many runs each text has in common with the last one before it that stands at one of these places."""
    keys = _owned(rows)
    owner = _split(keys, np.repeat(np.arange(len(firsts)), lengths(firsts, len(rows))))
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    # Of the rows of one run and one group the first is that of the first text, if that has the run.
    leads = np.zeros(len(rows), np.bool_)
    leads[firsts] = True
    led = leads[owner[np.flatnonzero(new)]]
    later = np.flatnonzero(~new)
    later = later[led[np.cumsum(new)[later] - 1]]
    return np.bincount(owner[later], minlength=len(rows))


def _owned(rows: Sequence[Hashes]) -> Hashes:
    """All runs with the number of their text in the last bits, sorted."""
    keys = np.concatenate(rows)
    keys <<= np.uint64(OWNER)
    keys |= np.repeat(np.arange(len(rows), dtype=np.uint64), [len(r) for r in rows])
    keys.sort()
    return keys


def _split(keys: Hashes, groups: Numbers) -> Numbers:
    """Whose each of these rows is; the row itself becomes the run with the group of its text before it."""
    owner = (keys & np.uint64((1 << OWNER) - 1)).astype(np.int64)
    keys >>= np.uint64(OWNER)
    keys |= (groups.astype(np.uint64) << np.uint64(64 - OWNER))[owner]
    return owner


def _pieces(sizes: Numbers, a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """An order of texts in which those stand together that are paired, and for each in this order its piece."""
    like = np.minimum(sizes[a], sizes[b]) >= LIKE * np.maximum(sizes[a], sizes[b])
    blocks = parts(len(sizes), a[like], b[like])
    order = np.argsort(blocks, kind="stable")
    blocks, sizes = blocks[order], sizes[order]
    firsts = first_rows(blocks)
    before = np.cumsum(sizes) - sizes
    before -= np.repeat(before[firsts], lengths(firsts, len(order)))
    new = np.ones(len(order), np.bool_)
    new[1:] = (blocks[1:] != blocks[:-1]) | (before[1:] // TOGETHER != before[:-1] // TOGETHER)
    return order, np.cumsum(new) - 1


def parts(count: int, a: Numbers, b: Numbers) -> Numbers:
    """Of each of so many places the least that it hangs together with over these pairs."""
    least = np.arange(count)
    while True:
        low = np.minimum(least[a], least[b])
        now = least.copy()
        np.minimum.at(now, a, low)
        np.minimum.at(now, b, low)
        np.minimum.at(now, least[a], low)
        np.minimum.at(now, least[b], low)
        now = now[now]
        if np.array_equal(now, least):
            return least
        least = now


def first_rows(keys: NDArray[np.generic]) -> Numbers:
    """The first row of each stretch of equal keys."""
    if not len(keys):
        return _NONE
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return np.flatnonzero(new)


def distinct(*some: Numbers) -> Numbers:
    """All that stands in these, sorted, each once. NumPy's own `unique` loads a large part of NumPy at first use."""
    found = np.concatenate(some)
    found.sort()
    return found[first_rows(found)]


def within(known: NDArray[Key], asked: NDArray[Key]) -> NDArray[np.bool_]:
    """Which of the asked stand among the known, which are sorted."""
    if not len(known):
        return np.zeros(len(asked), np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
    return found


def lengths(firsts: Numbers, count: int) -> Numbers:
    """The length of each stretch that begins at these of so many rows."""
    if not len(firsts):
        return _NONE
    found = np.empty(len(firsts), np.int64)
    np.subtract(firsts[1:], firsts[:-1], out=found[:-1])
    found[-1] = count - firsts[-1]
    return found


def ranges(left: Numbers, counts: Numbers) -> Numbers:
    """The numbers of all these ranges, one after the other: from `left` on, so many."""
    before = np.cumsum(counts) - counts
    found: Numbers = np.arange(int(counts.sum())) + np.repeat(left - before, counts)
    return found


def portions(sizes: Numbers) -> Iterator[tuple[int, int]]:
    """Stretches of about `ROWS` in all."""
    start = done = 0
    for end, total in enumerate(np.cumsum(sizes + 1).tolist(), 1):
        if total - done >= ROWS or end == len(sizes):
            yield start, end
            start, done = end, total


def _bits(rows: Sequence[Hashes], pieces: Numbers) -> tuple[Hashes, Numbers, Numbers]:
    """Rows of bits, 64 to a number, of texts that stand piece by piece.

    The bits, and of each text how many numbers it has and where they begin.
    """
    keys = _owned(rows)
    owner = _split(keys, pieces)
    same = np.zeros(len(keys) + 1, np.bool_)
    np.equal(keys[1:], keys[:-1], out=same[1:-1])
    # A run that only one text of its piece has counts for nothing; the others are numbered within their piece.
    members = np.flatnonzero(same[1:] | same[:-1])
    new = ~same[members]
    home = (keys[members[new]] >> np.uint64(64 - OWNER)).astype(np.uint16)
    counts = np.bincount(home, minlength=int(pieces[-1]) + 1)
    number = np.empty(len(home), np.int64)
    number[np.argsort(home, kind="stable")] = ranges(np.zeros(len(counts), np.int64), counts)
    width = ((counts + 63) // 64)[pieces]
    row = np.cumsum(width) - width
    flags = np.zeros(int(width.sum()) * 64, np.uint8)
    flags[number[np.cumsum(new) - 1] + (64 * row)[owner[members]]] = 1
    return np.packbits(flags, bitorder="little").view("<u8"), width, row
