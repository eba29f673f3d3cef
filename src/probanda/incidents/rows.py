"""Rows of a key and whose it is, kept sorted while owners come and go: where those that share a key meet.

Start with `Rows`. Keys are numbers of 64 bits, owners are numbers that the caller gives; each row says at which place
of its owner the key stands.

Looks down to: nothing. Used by: runs, translations. Imports numpy: import it where it is needed, not at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

Place = tuple[int, int]
"""Owner, and where in it the key stands."""


class Rows:
    """All rows so far, by key."""

    def __init__(self) -> None:
        self._keys: Keys = np.zeros(0, np.uint64)
        self._owners: Numbers = np.zeros(0, np.int64)
        self._places: Numbers = np.zeros(0, np.int64)

    def add(self, keys: Keys, owners: Numbers, places: Numbers) -> None:
        """Put further rows where they belong."""
        order = np.argsort(keys, kind="stable")
        keys, owners, places = keys[order], owners[order], places[order]
        if not len(self._keys):
            self._keys, self._owners, self._places = keys, owners, places
            return
        at = np.searchsorted(self._keys, keys, "right")
        self._keys = np.insert(self._keys, at, keys)
        self._owners = np.insert(self._owners, at, owners)
        self._places = np.insert(self._places, at, places)

    def drop(self, owners: Iterable[int]) -> None:
        """Take out all rows of these owners."""
        gone = np.fromiter(owners, np.int64)
        if len(gone):
            stay = ~np.isin(self._owners, gone)
            self._keys, self._owners, self._places = self._keys[stay], self._owners[stay], self._places[stay]

    def under(self, keys: Keys) -> Iterator[tuple[int, list[Place]]]:
        """Of these keys (sorted, each once) those that several rows have, with these rows in no set order."""
        left = np.searchsorted(self._keys, keys)
        counts = np.searchsorted(self._keys, keys, "right") - left
        several = counts > 1
        keys, left, counts = keys[several], left[several], counts[several]
        before = np.cumsum(counts) - counts
        rows = np.arange(int(counts.sum())) - np.repeat(before - left, counts)
        places = list(zip(self._owners[rows].tolist(), self._places[rows].tolist(), strict=True))
        for key, start, count in zip(keys.tolist(), before.tolist(), counts.tolist(), strict=True):
            yield key, places[start : start + count]
