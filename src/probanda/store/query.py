"""What a search asks for: words, "phrases", word*, OR, and -word or NOT; any words at all are understood.

Start with `parse`, then `Query.fits` and `Query.spans`, which say of any words whether and where they are what was
asked for; `match_of` gives the query in the full text index's own language. A query is never handed on as it is: its
words are taken out and quoted.

Looks down to: kernel. Used by: store (search, derived), casework.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_ARABIC_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_MARKS = re.compile(f"[{_ARABIC_MARKS}]")
"""Harakat, Koranic marks and tatweel."""
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"})
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{_ARABIC_MARKS}])*")
"""A word as the index parts words, with the marks on its letters."""
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_TERM = re.compile(r"(-?)(?:\"([^\"]*)\"(\*?)|([^\s\"]+))")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
SHORTEST_BEGINNING = 3
"""Letters before a star: with fewer, nearly every text is found, and slowly."""
MOST_TERMS = 64
"""Words and phrases of a query that count; those after them are left out, and that is said."""


def folded(words: str) -> str:
    """Words with Arabic letter forms made one: alef, ta marbuta, alef maqsura, hamza seats, no marks, no tatweel."""
    return _MARKS.sub("", unicodedata.normalize("NFC", words)).translate(_LETTERS)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word as the index compares it: folded, small letters, and Latin letters without their accents."""
    small = folded(word).lower()
    if small.isascii():
        return small
    return "".join(_bare(char) for char in unicodedata.normalize("NFC", small) if not "\u0300" <= char <= "\u036f")


def _bare(char: str) -> str:
    first = unicodedata.normalize("NFD", char)[0]
    return first if first.isascii() else char


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, each as the index compares it."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower()))
    return tuple(word for one in _WORD.findall(text) if (word := plain(one)))


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _WORD.finditer(text):
        if word := plain(found[0]):
            yield found.start(), found.end(), word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; a single word is one too."""

    words: tuple[str, ...]
    begins: bool = False
    """The last word is the beginning of one."""

    def at(self, words: Sequence[str]) -> Iterator[int]:
        """Positions at which it stands among these words."""
        size, last = len(self.words), self.words[-1]
        for start, word in enumerate(words[: len(words) - size + 1]):
            if size > 1 and word != self.words[0]:
                continue
            end = words[start + size - 1]
            ends_so = end.startswith(last) if self.begins else end == last
            if ends_so and tuple(words[start : start + size - 1]) == self.words[:-1]:
                yield start

    @property
    def text(self) -> str:
        """In the index's language."""
        return f'"{" ".join(self.words)}"' + ("*" if self.begins else "")


Way = tuple[Phrase, ...]
"""One way to fulfil a need: all these phrases stand there."""


@dataclass(frozen=True, slots=True)
class Query:
    """What must be there: each need, in one of its ways; and what must not."""

    needs: tuple[tuple[Way, ...], ...] = ()
    without: tuple[Phrase, ...] = ()
    cut: bool = False
    """It was longer than is looked at."""

    def __bool__(self) -> bool:
        """False where nothing is to be looked for; what is only left out finds nothing."""
        return bool(self.needs)

    def fits(self, text: str) -> bool:
        """True where these words alone hold all that is asked for, and nothing that is not to be there."""
        words = words_of(text)

        def has(phrase: Phrase) -> bool:
            return next(phrase.at(words), None) is not None

        return all(any(all(map(has, way)) for way in ways) for ways in self.needs) and not any(map(has, self.without))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in these words something asked for stands, in order; what overlaps is one."""
        places = list(_places(text))
        words = [word for _, _, word in places]
        runs = sorted((at, at + len(phrase.words) - 1) for phrase in self.phrases() for at in phrase.at(words))
        joined: list[tuple[int, int]] = []
        for first, last in runs:
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return [(places[first][0], places[last][1]) for first, last in joined]

    def phrases(self) -> Iterator[Phrase]:
        """All that is looked for, each once."""
        yield from dict.fromkeys(phrase for ways in self.needs for way in ways for phrase in way)


def parse(asked: str) -> Query:
    """The query that somebody typed. Signs that mean nothing are passed over."""
    needs: list[tuple[Way, ...]] = []
    without: list[Phrase] = []
    joins, leaves_out, cut = False, False, False
    for minus, quoted, star, bare in _TERM.findall(asked.translate(_QUOTES)):
        if bare in ("OR", "NOT", "AND") and not minus:
            joins, leaves_out = (bare == "OR" and bool(needs)), bare == "NOT"
            continue
        phrase = phrase_of(bare or quoted + star)
        if phrase is None:
            continue
        if len(needs) + len(without) >= MOST_TERMS:
            cut = True
            break
        if minus or leaves_out:
            without.append(phrase)
        elif joins:
            needs[-1] = (*needs[-1], (phrase,))
        else:
            needs.append(((phrase,),))
        joins, leaves_out = False, False
    if not needs and not without and (phrase := phrase_of(asked)):  # nothing but OR, NOT, AND: then they are words
        needs.append(((phrase,),))
    return Query(tuple(needs), tuple(without), cut)


def phrase_of(words: str) -> Phrase | None:
    """These words side by side, the last a beginning where a star follows it; None where there is no word."""
    found = words_of(words)[:MOST_TERMS]
    if not found:
        return None
    return Phrase(found, words.rstrip().endswith("*") and len(found[-1]) >= SHORTEST_BEGINNING)


def also(query: Query, first: int, last: int, ways: Iterable[Way]) -> Query:
    """The query with the needs `first` to `last` made one, which these ways fulfil as well."""
    own: Way = tuple(phrase for need in query.needs[first : last + 1] for phrase in need[0])
    kept = query.needs[first] if first == last else (own,)
    joined = tuple(dict.fromkeys((*kept, *ways)))
    return replace(query, needs=(*query.needs[:first], joined, *query.needs[last + 1 :]))


def match_of(query: Query) -> str | None:
    """The query in the index's own language; None where nothing is looked for."""
    if not query:
        return None
    asked = " AND ".join(_any(_all(way) for way in ways) for ways in query.needs)
    if query.without:
        asked = f"({asked}) NOT {_any(phrase.text for phrase in query.without)}"
    return asked.encode("utf-8", "replace").decode("utf-8")


def _all(way: Way) -> str:
    return way[0].text if len(way) == 1 else f"({' AND '.join(phrase.text for phrase in way)})"


def _any(parts: Iterable[str]) -> str:
    several = list(parts)
    return several[0] if len(several) == 1 else f"({' OR '.join(several)})"
