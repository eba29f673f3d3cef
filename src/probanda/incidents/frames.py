"""What stands around figures: it tells reports on one form, with other figures in it, from versions of one text.

Start with `framed`, then `at_odds`. A frame is the two words before a figure, or the two after it. Where two texts have
frames in common, versions of one text have the same figures in them; two reports on one form, such as the bulletins
of two days, have others.

Looks down to: overlaps, shingles. Used by: sketches. Imports numpy: import it where it is needed, not at start-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probanda.incidents.overlaps import Numbers, first_rows, portions, ranges
from probanda.incidents.shingles import Hashes, Words

BITS = 48
"""Bits of a frame's number."""
FEWEST = 3
"""Frames in common from which they tell something: one figure may have been corrected."""
SAME = 0.5
"""Part of the common frames that must hold the same figures; else the texts are two reports on one form."""

_OTHER, _AFTER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Numbers of some texts, of one text after the other; of each text sorted, each once."""

    numbers: Hashes
    counts: Numbers

    def of(self, texts: Numbers) -> Lists:
        """The lists of these texts alone."""
        if len(texts) == len(self.counts):
            return self
        starts = np.cumsum(self.counts) - self.counts
        return Lists(self.numbers[ranges(starts[texts], self.counts[texts])], self.counts[texts])

    def and_then(self, more: Sequence[Lists]) -> Lists:
        """These, and then those."""
        return Lists(
            np.concatenate([self.numbers, *(one.numbers for one in more)]),
            np.concatenate([self.counts, *(one.counts for one in more)]),
        )

    def common(self, a: Numbers, b: Numbers) -> Numbers:
        """How many numbers each of these pairs of texts has in common."""
        starts = np.cumsum(self.counts) - self.counts
        both = np.stack((a, b), axis=1)
        sizes = self.counts[both].sum(axis=1)
        found = np.zeros(len(a), np.int64)
        for start, end in portions(sizes):
            some = both[start:end].ravel()
            rows = self.numbers[ranges(starts[some], self.counts[some])]
            rows |= np.repeat(np.arange(end - start, dtype=np.uint64) << np.uint64(BITS), sizes[start:end])
            rows.sort()
            twice = rows[1:][rows[1:] == rows[:-1]] >> np.uint64(BITS)
            found[start:end] = np.bincount(twice.astype(np.int64), minlength=end - start)
        return found


NOTHING = Lists(np.zeros(0, np.uint64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The frames of some texts."""

    bare: Lists = NOTHING
    filled: Lists = NOTHING
    """With the figures that stand in them."""

    def of(self, texts: Numbers) -> Frames:
        """The frames of these texts alone."""
        return Frames(self.bare.of(texts), self.filled.of(texts))

    def and_then(self, more: Sequence[Frames]) -> Frames:
        """These, and then those."""
        return Frames(
            self.bare.and_then([one.bare for one in more]), self.filled.and_then([one.filled for one in more])
        )


def framed(batch: Words) -> Frames:
    """The frames of each text of the batch."""
    figures, words = batch.figures, batch.words
    owner = np.searchsorted(batch.ends, figures, "right")
    start = np.where(owner > 0, batch.ends[owner - 1], 0)
    before, after = figures - 2 >= start, figures + 2 < batch.ends[owner]
    left, right = figures[before], figures[after]
    frames = np.concatenate((words[left - 2] * _OTHER + words[left - 1], words[right + 1] * _AFTER + words[right + 2]))
    inside = np.concatenate((words[left], words[right]))
    owner = np.concatenate((owner[before], owner[after]))
    bare = _by_text(frames, owner, len(batch.ends))
    return Frames(bare, _by_text(frames * _OTHER + inside, owner, len(batch.ends)))


def at_odds(texts: Frames, a: Numbers, b: Numbers) -> NDArray[np.bool_]:
    """Which of these pairs of texts have other figures in most of the frames they have in common."""
    odd = np.zeros(len(a), np.bool_)
    least = np.minimum(texts.bare.counts[a], texts.bare.counts[b])
    some = np.flatnonzero(least >= FEWEST)
    filled = texts.filled.common(a[some], b[some])
    # Where as many agree as there can be frames in common, these need not be counted.
    doubted = filled < SAME * least[some]
    some, filled = some[doubted], filled[doubted]
    bare = texts.bare.common(a[some], b[some])
    odd[some] = (bare >= FEWEST) & (filled < SAME * bare)
    return odd


def _by_text(numbers: Hashes, owner: Numbers, count: int) -> Lists:
    """The numbers of each of so many texts, at most 65,535."""
    owners = np.arange(count + 1, dtype=np.uint64) << np.uint64(BITS)
    rows = (numbers >> np.uint64(64 - BITS)) | owners[owner]
    rows.sort()
    rows = rows[first_rows(rows)]
    ends = np.searchsorted(rows, owners)
    rows &= np.uint64((1 << BITS) - 1)
    return Lists(rows, ends[1:] - ends[:-1])
