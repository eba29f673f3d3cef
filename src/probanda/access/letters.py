"""Words as letters alone: what stays of a name however it is written, and where each letter stood.

Letter case, diacritics, vowel signs, the shapes of Arabic letters, zero-width and direction marks are
folded away; what parts two words is kept as a `Gap`. So a name is found although it was written in
capitals, without accents, or broken by the end of a line. Start with `fold`, then `letters_of`.

Looks down to: nothing. Used by: masking, common_words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

_SAME = str.maketrans(
    # Letters that Unicode does not take apart, but that are written without their stroke or with another shape.
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ـ": "", "ء": ""}
    # Letters of other alphabets that look like Latin ones, by which a name slips past a search.
    | dict(zip("авекмнорстухіјѕ", "abekmhopctyxijs", strict=True))
    | dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True))
)
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\u05be_"
APOSTROPHES = "'`´\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\uff07\ua78c\u2032"
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
FIXED_SPACES = "\u00a0\u202f\u2007"
_FILLERS = "\u115f\u1160\u3164\uffa0"
_SILENT = "ـء"
"""Written or left out without a change of name: the stretching stroke, and a hamza on no letter."""
_STOPS = ',;:!?؟،؛()[]{}<>«»“”„"/|'
_SHORT = 3
"""A full stop after at most so many letters is an initial's or a title's, not the end of a sentence."""


class Gap(IntEnum):
    """What stands before a letter."""

    NONE = 0
    SOFT = 1
    """The end of a line, a hyphen, an apostrophe, a space that does not break: may stand inside a name's word."""
    SPACE = 2
    """May stand between the words of a name, not inside one."""
    HARD = 3
    """No name goes on over it."""


@dataclass(slots=True)
class Letters:
    """The folded letters and digits of some words; the lists have one place for each."""

    chars: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    """Offset of the letter in the words."""
    stop: list[int] = field(default_factory=list)
    """Offset after the letter and the marks it bears."""
    gap: list[Gap] = field(default_factory=list)
    edge: list[bool] = field(default_factory=list)
    """True where a name may start: after a gap, and at aB, a1, and a change of script."""

    def ends_at(self, place: int) -> bool:
        """True when a word may end before this place."""
        return place == len(self.chars) or self.edge[place]


@lru_cache(maxsize=1 << 16)
def fold(words: str) -> str:
    """The letters and digits of some words, folded; nothing else."""
    return "".join(letters_of(words).chars)


def letters_of(words: str) -> Letters:
    """The letters of some words with their places. Linear in their length."""
    found = Letters()
    between: list[str] = []
    run = 0  # letters since the last gap
    last = ""
    for offset, char in enumerate(words):
        folded = _folded(char)
        if folded is None:
            between.append(char)
            continue
        if not folded:  # a mark or nothing that shows: belongs to the letter before, if it is a mark
            if found.stop and not between and (char in _SILENT or unicodedata.category(char)[0] == "M"):
                found.stop[-1] = offset + 1
            continue
        gap = _gap("".join(between[:64]), min(run, _SHORT + 1)) if last else Gap.HARD
        run = 1 if gap else run + 1
        for nth, letter in enumerate(folded):
            found.chars.append(letter)
            found.start.append(offset)
            found.stop.append(offset + 1)
            found.gap.append(Gap.NONE if nth else gap)
            found.edge.append(not nth and (gap != Gap.NONE or _turns(last, char)))
        between.clear()
        last = char
    return found


def invisible(char: str) -> bool:
    """True for what has no width and no meaning for a name: joiners, direction marks, soft hyphens, fillers."""
    return unicodedata.category(char) == "Cf" or char in _FILLERS


@lru_cache(maxsize=1 << 14)
def _folded(char: str) -> str | None:
    """The letters a character gives: none for what does not show, None for what parts words."""
    if invisible(char):
        return ""
    if char in APOSTROPHES or char in HYPHENS:
        return None
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = [c for c in apart if unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Mc"]
    if not kept:
        return "" if unicodedata.category(char)[0] == "M" or char in _SILENT else None
    return "".join(_digit(c) for c in kept).translate(_SAME)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


@lru_cache(maxsize=1 << 12)
def _gap(between: str, run: int) -> Gap:
    """The gap that these characters make after a run of letters (counted up to four)."""
    if not between:
        return Gap.NONE
    if any(char in _STOPS for char in between) or ("." in between and between != "." and run > _SHORT):
        return Gap.HARD
    broken = any(char in LINE_ENDS or char in FIXED_SPACES for char in between)
    if not all(char in f"{HYPHENS}{APOSTROPHES}{LINE_ENDS}{FIXED_SPACES} \t" for char in between):
        return Gap.SPACE
    if broken:
        return Gap.SOFT
    elided = run == 1 and any(char in APOSTROPHES for char in between)  # l'ami is two words
    return Gap.SPACE if elided or " " in between or "\t" in between else Gap.SOFT


def _turns(before: str, char: str) -> bool:
    """True where one word becomes another without a gap: aB, a1, 1a, or Latin to Arabic."""
    return (before.islower() and char.isupper()) or _class(before) != _class(char)


@lru_cache(maxsize=1 << 14)
def _class(char: str) -> str:
    if char.isdigit():
        return "digit"
    return "arabic" if "\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc" else "other"
