"""Looks for the words of a cue list in a text. A hit says where to look; it proves nothing.

`says` asks for some lists, `CueWords.lists_in` for all lists of a pack in one pass over the text's words.

Looks down to: law. Used by: matrix.situation, matrix.looks, matrix.against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from probanda.law.model import CueList

PARTICLES = "\u0648\u0641\u0628\u0644\u0643"
"""Arabic particles that are written onto the word that follows: and, so, by, for, as."""
MOST_PARTICLES = 2
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


class CueWords:
    """All cue lists of a pack, asked together: which of them have a word in a text."""

    def __init__(self, lists: Iterable[CueList]) -> None:
        self._lists = {cue.name: cue for cue in lists}
        self._first: dict[str, set[str]] = {}
        """First word of a phrase -> names of lists that have such a phrase."""
        self._stems: dict[int, dict[str, set[str]]] = {}
        """Length of a stem -> stem -> names of lists that have it with any ending."""
        self._sure: dict[str, frozenset[str]] = {}
        """Word -> lists that it shows by itself, for every word met."""
        self._perhaps: dict[str, frozenset[str]] = {}
        """Word -> lists that have to be looked for in the text that has it."""
        for cue in self._lists.values():
            for word in cue.words:
                self._enter(cue.name, word)

    def lists_in(self, text: str) -> frozenset[str]:
        """Names of the lists that `says` would find here."""
        folded = text.casefold()
        sure: set[str] = set()
        perhaps: set[str] = set()
        for token in _TOKEN.findall(folded):
            if token not in self._sure:
                self._meet(token)
            sure |= self._sure[token]
            perhaps |= self._perhaps[token]
        return frozenset([*sure, *(n for n in perhaps - sure if _holds(folded, self._lists[n]))])

    def _meet(self, token: str) -> None:
        """Note which lists a word may belong to, and to which it surely does: those that rule no phrase out."""
        near: set[str] = set()
        for form in _without_prefix(token):
            near |= self._first.get(form, set())
            for length, stems in self._stems.items():
                near |= stems.get(form[:length], set())
        alone = {n for n in near if not self._lists[n].but_not and _holds(token, self._lists[n])}
        self._sure[token], self._perhaps[token] = frozenset(alone), frozenset(near - alone)

    def _enter(self, name: str, word: str) -> None:
        first = _TOKEN.match(word)
        if first is None:
            raise ValueError(f"a word of the cue list {name} begins with no letter: {word}")
        if word == f"{first[0]}*":
            self._stems.setdefault(len(first[0]), {}).setdefault(first[0], set()).add(name)
        else:
            self._first.setdefault(first[0], set()).add(name)


_TOKEN = re.compile(r"\w+")


def _without_prefix(token: str) -> list[str]:
    """The word, and an Arabic one also without up to two particles that are written onto it (and, so, by, for, as)."""
    found = [token]
    while len(found) <= MOST_PARTICLES and found[-1][:1] in PARTICLES and len(found[-1]) > 1:
        found.append(found[-1][1:])
    return found


def _holds(folded: str, cue: CueList) -> bool:
    words, but_not = _patterns(cue)
    return words.search(but_not.sub(" ", folded) if but_not else folded) is not None


@lru_cache(maxsize=256)
def _patterns(cue: CueList) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    return _any_of(cue.words), _any_of(cue.but_not) if cue.but_not else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    written = ((f"[{PARTICLES}]{{0,{MOST_PARTICLES}}}" if "\u0600" <= w[0] <= "\u06ff" else "", w) for w in words)
    forms = (on + (re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w)) for on, w in written)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
