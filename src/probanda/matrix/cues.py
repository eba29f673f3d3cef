"""Looks for the words of a cue list in a text. A hit says where to look; it proves nothing.

Looks down to: law. Used by: matrix.situation, matrix.looks, matrix.against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from probanda.law.model import CueList

REACH = 40
"""Code points on either side of a name within which a word is taken to stand beside it."""


def says(text: str, cues: Iterable[CueList]) -> bool:
    """True when the text holds a word of one of these lists, outside the phrases the list rules out."""
    return any(_holds(text.casefold(), cue) for cue in cues)


def says_beside(text: str, names: Iterable[str], cues: Iterable[CueList]) -> bool:
    """True when such a word stands within 40 code points of one of these names."""
    folded, lists = text.casefold(), tuple(cues)
    for name in names:
        for hit in re.finditer(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded):
            if says(folded[max(0, hit.start() - REACH) : hit.end() + REACH], lists):
                return True
    return False


def _holds(folded: str, cue: CueList) -> bool:
    words, but_not = _patterns(cue)
    return words.search(but_not.sub(" ", folded) if but_not else folded) is not None


@lru_cache(maxsize=256)
def _patterns(cue: CueList) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    return _any_of(cue.words), _any_of(cue.but_not) if cue.but_not else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    forms = (re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
