"""A folded copy of a text for matching, with an exact way back to the offsets of the text as it stands.

Start with `fold`. Small letters, one form for each Arabic letter, figures of any script as 0-9, Arabic punctuation as
its Latin twin; vowel marks, tatweel and marks of direction are left out. French accents stay: "à" is not "a".

Looks down to: nothing. Used by: window and what stands beside it.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ؤ": "و",
    "ئ": "ي",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "،": ",",
    "٬": ",",
    "٫": ".",
    "؛": ";",
    "؟": "?",
    "۔": ".",
    "٪": "%",
    **dict.fromkeys("’‘ʼ`´′", "'"),
    **dict.fromkeys("‐‑‒", "-"),
    "œ": "oe",
    "æ": "ae",
}
_LEFT_OUT = "ـ"
"""Tatweel lengthens a word for the eye."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded words, and for each folded sign the place of the sign it came from."""

    words: str
    places: array[int]
    original: str

    def start(self, at: int) -> int:
        """The offset in the text of the folded sign at `at`."""
        return self.places[at]

    def end(self, at: int) -> int:
        """The exclusive offset in the text behind the folded sign before `at`, with the marks that hang on it."""
        last = self.places[at - 1] + 1
        while last < len(self.original) and (
            unicodedata.category(self.original[last]) == "Mn" or self.original[last] in _LEFT_OUT
        ):
            last += 1
        return last


def fold(words: str) -> Folded:
    """Fold a whole text; time and memory linear in its length."""
    signs: list[str] = []
    places = array("l")
    for at, sign in enumerate(words):
        mark = unicodedata.category(sign) == "Mn"
        if mark and signs:
            whole = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(whole) == 1 and not "\u0600" <= whole <= "\u06ff":
                signs[-1] = whole  # a letter and its accent written apart
            continue
        for piece in _folded(sign):
            signs.append(piece)
            places.append(at)
    return Folded("".join(signs), places, words)


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    if sign in _LEFT_OUT or unicodedata.category(sign) in ("Mn", "Cf"):
        return ""
    if sign.isspace():
        return " "
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    lower = sign.lower() if len(sign.lower()) == 1 else sign
    return _SAME.get(lower, lower)


def folded(words: str) -> str:
    """These words folded, for lists whose entries are to meet a folded text."""
    return fold(words).words
