"""Words and runs of words as numbers, for many texts at once: what whole texts and passages are compared by.

Start with `hashed`. A batch of texts is laid out as one row of bytes: UTF-8, without case or marks, a zero for all that
is no word. Every word gets its number from eight of these bytes at a time, so that Python touches texts and not words.
The words are those of `words.tokens`: letters, digits and low lines only; digits of all scripts are the same. The
numbers depend on the words alone.

Looks down to: nothing. Used by: frames, overlaps, passages, sketches. Imports numpy: import it where it is needed,
not at start-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Points = NDArray[np.uint32]

BATCH = 1 << 18
"""Letters laid out at once: what the processor holds near."""
MOST = 1 << 15
"""Texts laid out at once."""

_SEVERAL, _MARK, _UNKNOWN = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_folds = np.full(0x110000, _UNKNOWN, np.uint32)
"""Of each code point the one it is compared as, 0 for what is no word; filled in as they are met."""
_IS_WORD = re.compile(r"\w")
_CLEAN = bytes(
    ord(chr(byte).lower()) if byte < 128 and _IS_WORD.match(chr(byte)) else byte if byte > 127 else 0
    for byte in range(256)
)
_EIGHT = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""The first so many bytes of eight."""
_LONG = 64
"""Bytes up to which a word is read eight at a time."""
_AFTER = "\n" * 8
"""What stands after the last word, so that eight bytes can be read of it."""

_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The numbers of the words of some texts, one text after the other."""

    words: Hashes
    ends: Places
    """Of each text the end of its words; it begins where the one before ends."""
    figures: Places
    """Which words are figures: digits and nothing else."""


def word_hashes(texts: Iterable[str]) -> list[Hashes]:
    """For each text the numbers of its words, in order."""
    return [words for batch in hashed(texts) for words in np.split(batch.words, batch.ends[:-1])]


def hashed(texts: Iterable[str]) -> Iterator[Words]:
    """The numbers of the words of these texts, some texts at a time."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH or len(batch) == MOST:
            yield _hashed(batch)
            batch, size = [], 0
    if batch:
        yield _hashed(batch)


def runs_of(words: Hashes, length: int) -> Hashes:
    """The numbers of all runs of so many words, in order; empty where there are fewer words."""
    if len(words) < length:
        return words[:0]
    last = len(words) - length + 1
    runs = words[:last] * _FIRST
    for n in range(1, length - 1):
        runs += words[n : last + n]
        runs *= _FIRST
    if length > 1:
        runs += words[length - 1 :]
    return runs


def _hashed(texts: Sequence[str]) -> Words:
    if all(map(str.isascii, texts)):
        sizes = [len(text) + 1 for text in texts]
        row = "\n".join((*texts, _AFTER)).encode("ascii")
    else:
        wide = iter(_plain([text for text in texts if not text.isascii()]))
        parts = [text.encode("ascii") if text.isascii() else next(wide) for text in texts]
        sizes = [len(part) + 1 for part in parts]
        row = b"\n".join((*parts, _AFTER.encode("ascii")))
    clean = row.translate(_CLEAN)
    inside = np.zeros(len(row) + 1, np.bool_)
    letters = np.frombuffer(clean, np.uint8)
    np.not_equal(letters, 0, out=inside[1:])
    borders = np.flatnonzero(inside[1:] != inside[:-1])
    starts, stops = borders[::2], borders[1::2]
    figures = np.flatnonzero(letters[starts] - np.uint8(ord("0")) < 10)
    figures = figures[_all_digits(clean, starts[figures], stops[figures])]
    return Words(_numbers(clean, starts, stops), np.searchsorted(starts, np.cumsum(sizes)), figures)


def _numbers(clean: bytes, starts: Places, stops: Places) -> Hashes:
    """A number for each of these words: of up to eight bytes a different one for every word."""
    eights = np.ndarray(len(clean) - 7, "<u8", clean, strides=(1,))
    lengths = stops - starts
    numbers: Hashes = eights[starts]
    numbers &= _EIGHT[np.minimum(lengths, 8)]
    longer = np.flatnonzero(lengths > 8)
    for done in range(8, _LONG, 8):
        if not len(longer):
            break
        left = lengths[longer] - done
        more = eights[starts[longer] + done]
        more &= _EIGHT[np.minimum(left, 8)]
        numbers[longer] = numbers[longer] * _FIRST + more
        longer = longer[left > 8]
    for n in longer.tolist():
        numbers[n] = int.from_bytes(blake2b(clean[starts[n] : stops[n]], digest_size=8).digest(), "little")
    _mix(numbers)
    return numbers


def _all_digits(clean: bytes, starts: Places, stops: Places) -> NDArray[np.bool_]:
    """Which of these words are digits throughout: so far as their first eight bytes tell."""
    filled = _EIGHT[np.minimum(stops - starts, 8)]
    eights = np.ndarray(len(clean) - 7, "<u8", clean, strides=(1,))[starts] & filled
    high, zeros = filled & np.uint64(0xF0F0F0F0F0F0F0F0), filled & np.uint64(0x3030303030303030)
    above_nine = eights + (filled & np.uint64(0x0606060606060606))
    digits: NDArray[np.bool_] = (eights & high == zeros) & (above_nine & high == zeros)
    return digits


def _plain(texts: Sequence[str]) -> list[bytes]:
    """Texts with letters beyond ASCII, as UTF-8: without case or marks, zeros for all that is no word."""
    row = _compared(texts)
    if (row == _SEVERAL).any():
        # Ligatures, signs such as ™, Hangul: one code point stands for several.
        row = _compared([unicodedata.normalize("NFKD", text).casefold() for text in texts])
    plain: bytes = row[row != _MARK].tobytes().decode("utf-32-le").encode("utf-8")
    return plain.split(b"\n")


def _compared(texts: Sequence[str]) -> Points:
    """The code points as they are compared, in one row; line feeds between texts and nowhere else."""
    points = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    row: Points = _folds[points]
    if (row == _UNKNOWN).any():
        for point in set(points[row == _UNKNOWN].tolist()):
            _folds[point] = _fold(point)
        row = _folds[points]
    row[np.cumsum([len(text) + 1 for text in texts])[:-1] - 1] = ord("\n")
    return row


def _fold(point: int) -> int:
    digit = unicodedata.decimal(chr(point), None)
    if digit is not None:
        return ord("0") + digit
    folded = "".join(c for c in unicodedata.normalize("NFKD", chr(point)).casefold() if not unicodedata.combining(c))
    if not folded:
        return _MARK
    if not any(map(_IS_WORD.match, folded)):
        return 0
    return ord(folded) if len(folded) == 1 else _SEVERAL


def _mix(numbers: Hashes) -> None:
    """Every bit of a number comes to depend on every bit before (the finish of S. Vigna's SplitMix64)."""
    numbers ^= numbers >> np.uint64(30)
    numbers *= _FIRST
    numbers ^= numbers >> np.uint64(27)
    numbers *= _SECOND
    numbers ^= numbers >> np.uint64(31)
