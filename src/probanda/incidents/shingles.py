"""Words and runs of words as numbers, for many texts at once: what whole texts and passages are compared by.

Start with `hashed`, then `Words.runs`. A batch of texts is laid out as one row of code points; every word gets its
number from prefix sums over that row, so that Python touches texts and not words. The words are those of
`words.tokens`: without case or marks, letters, digits and low lines only. The numbers depend on the words alone.

Looks down to: nothing. Used by: sketches, passages. Imports numpy: import it where it is needed, not at start-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Row = NDArray[np.uint8] | NDArray[np.uint32]

BATCH = 1 << 17
"""Code points laid out at once: what the processor holds near."""

_UNKNOWN, _WORD, _OTHER, _MARK = range(4)
_kinds = np.zeros(0x110000, np.uint8)
"""What each code point is; filled in as they are met."""
_IS_WORD = re.compile(r"\w")

_BASE = 0x9E3779B97F4A7C15
_UNBASE = pow(_BASE, -1, 1 << 64)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def folded_points(words: str) -> str:
    """The text as it is compared: without case, ligatures and widths resolved; marks still there."""
    return words.casefold() if words.isascii() else unicodedata.normalize("NFKD", words).casefold()


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The numbers of the words of some texts, one text after the other."""

    words: Hashes
    ends: Places
    """Of each text the end of its words; it begins where the one before ends."""

    def runs(self, length: int) -> tuple[Hashes, Places]:
        """The numbers of all runs of so many words, none over the border of two texts, and the end of each text's."""
        counts = np.diff(self.ends, prepend=0)
        runs = runs_of(self.words, length)
        if not len(runs):
            return runs, np.zeros(len(counts), np.int64)
        kept = np.maximum(counts - (length - 1), 0)
        if len(counts) > 1:
            inside = np.ones(len(runs), np.bool_)
            borders = self.ends[:-1][counts[:-1] > 0]
            for back in range(1, length):
                over = borders - back
                inside[over[(over >= 0) & (over < len(runs))]] = False
            runs = runs[inside]
        return runs, np.cumsum(kept)


def word_hashes(texts: Iterable[str]) -> list[Hashes]:
    """For each text the numbers of its words, in order."""
    return [words for batch in hashed(texts) for words in np.split(batch.words, batch.ends[:-1])]


def hashed(texts: Iterable[str]) -> Iterator[Words]:
    """The numbers of the words of these texts, some texts at a time."""
    for batch in _batches(texts):
        yield _hashed(batch)


def runs_of(words: Hashes, length: int) -> Hashes:
    """The numbers of all runs of so many words in one text, in order; empty for a shorter one."""
    if len(words) < length:
        return words[:0]
    last = len(words) - length + 1
    runs = words[:last].copy()
    for n in range(1, length):
        runs *= _FIRST
        runs += words[n : last + n]
    return _mixed(runs)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(folded_points(text))
        size += len(batch[-1])
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _hashed(folded: Sequence[str]) -> Words:
    joined = "\n".join(folded)
    # Code points up to 255 fit one byte each, which quarters the way to the processor.
    row = np.frombuffer(joined.encode("latin-1"), np.uint8) if joined.isascii() else _wide(joined)
    ends = np.cumsum([len(text) + 1 for text in folded])
    kinds = _kinds_of(row)
    marks = kinds == _MARK
    if len(marks) and row.itemsize > 1 and marks.any():
        dropped = np.concatenate(([0], np.cumsum(marks)))
        ends -= dropped[np.minimum(ends, len(row))]
        row, kinds = row[~marks], kinds[~marks]
    inside = np.zeros(len(row) + 2, np.bool_)
    np.equal(kinds, _WORD, out=inside[1:-1])
    borders = np.flatnonzero(inside[1:] != inside[:-1])
    starts, stops = borders[::2], borders[1::2]
    sums, unpower = _sums(row)
    words = _mixed((sums[stops] - sums[starts]) * unpower[starts])
    return Words(words, np.searchsorted(starts, ends))


def _wide(joined: str) -> NDArray[np.uint32]:
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)


def _kinds_of(row: Row) -> NDArray[np.uint8]:
    kinds = _kinds[row]
    if not kinds.all():
        for point in np.unique(row[kinds == _UNKNOWN]).tolist():
            letter = chr(point)
            if unicodedata.combining(letter):
                _kinds[point] = _MARK
            else:
                _kinds[point] = _WORD if _IS_WORD.match(letter) else _OTHER
        kinds = _kinds[row]
    return kinds


def _sums(row: Row) -> tuple[Hashes, Hashes]:
    """Prefix sums of code point times power, and the inverse powers that take a word back to its own beginning."""
    power = _powers(_BASE, len(row))
    sums = np.zeros(len(row) + 1, np.uint64)
    np.cumsum(row * power, out=sums[1:])
    return sums, _powers(_UNBASE, len(row) + 1)


_made: dict[int, Hashes] = {}


def _powers(base: int, count: int) -> Hashes:
    kept = _made.get(base)
    if kept is None or len(kept) < count:
        kept = np.full(max(count, BATCH * 5 // 4), base, np.uint64)
        kept[0] = 1
        np.multiply.accumulate(kept, out=kept)
        if len(kept) <= BATCH * 4:
            _made[base] = kept
    return kept[:count]


def _mixed(numbers: Hashes) -> Hashes:
    """Every bit of the number depends on every bit before (the finish of S. Vigna's SplitMix64)."""
    numbers = numbers ^ (numbers >> np.uint64(30))
    numbers *= _FIRST
    numbers ^= numbers >> np.uint64(27)
    numbers *= _SECOND
    numbers ^= numbers >> np.uint64(31)
    return numbers
