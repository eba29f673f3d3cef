"""Many words and phrases looked for at once, by the words they begin with.

Start with `Finder.of`, then `meets`. One pattern of a thousand words tries them all at every letter; here the words of
a sentence are looked up in a set, and a phrase is tried only where a word of the sentence begins like it.

Looks down to: nothing. Used by: gate, lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_HEAD = 3
"""Letters by which phrases are kept apart."""


Words = dict[str, list[int]]
"""The words of a sentence, lower case, each with the places where it begins."""


def words_of(sentence: str) -> Words:
    """The words of a sentence; hyphens and apostrophes part words here."""
    out: Words = {}
    for word in _WORD.finditer(sentence):
        out.setdefault(word.group(0).lower(), []).append(word.start())
    return out


def openings(pattern: str) -> frozenset[str] | None:
    """Small letters with which whatever this pattern meets begins; None where that cannot be told.

    Reads what the word lists use: letters, groups of alternatives, what may be left out, and looking aside.
    """
    out: set[str] = set()
    for option in _options(pattern):
        found = _openings_of_one(option)
        if found is None:
            return None
        out |= found
    return frozenset(out)


def _openings_of_one(pattern: str) -> frozenset[str] | None:  # noqa: PLR0911
    if pattern.startswith(("(?<!", "(?<=", "(?!")):
        return openings(pattern[_close(pattern) + 1 :])
    if pattern.startswith("(?:"):
        close = _close(pattern)
        inner, rest = openings(pattern[3:close]), pattern[close + 1 :]
        if not rest.startswith(("?", "*", "{0")):
            return inner
        after = openings(re.sub(r"^(?:[?*]|\{[^}]*\})", "", rest))
        if inner is None and pattern[3:close].endswith(r"\s"):
            return after  # whatever word stands before it, the rest is met by itself too
        if inner is None:
            return None
        return None if after is None else inner | after
    if re.match(r"\\d(?![?*{])", pattern):
        return frozenset("0123456789")
    length = next((n for n, sign in enumerate(pattern) if sign in _SPECIAL), len(pattern))
    if pattern[length : length + 1] in ("?", "*", "{"):
        length -= 1  # the last letter may be missing
    head = _WORD.match(pattern[:length])
    return frozenset({head.group(0).lower()}) if head else None


def _options(pattern: str) -> list[str]:
    """The alternatives of a pattern at its own level."""
    out, depth, start = [], 0, 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            out.append(pattern[start:at])
            start = at + 1
    return [*out, pattern[start:]]


def _close(pattern: str) -> int:
    """Where the bracket closes that the pattern begins with."""
    depth = 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    return len(pattern)


@dataclass(frozen=True, slots=True)
class Finder:
    """Words met as a whole, and patterns met where a word of theirs begins."""

    single: frozenset[str]
    longer: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    """Openings of phrases and the patterns that begin so, by the first letters."""
    sizes: tuple[int, ...]
    """How many first letters `longer` knows."""
    always: tuple[re.Pattern[str], ...]
    """Patterns of which nobody can tell how they begin."""

    @classmethod
    def of(cls, words: Iterable[str], patterns: Iterable[str] = ()) -> Finder:
        """A finder of these words (a space stands for any white space) and of these patterns, small or capital."""
        listed = sorted(set(words))
        single = frozenset(word for word in listed if _WORD.fullmatch(word))
        phrases: dict[str, list[str]] = defaultdict(list)
        for word in listed:
            first = _WORD.match(word)
            if first is not None and first.group(0) not in single:  # "man's" is met where "man" is
                phrases[first.group(0)].append(re.escape(word).replace(r"\ ", r"\s+"))
        longer: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for head, these in phrases.items():
            made = re.compile(rf"\b(?:{'|'.join(these)})(?!\w)", re.IGNORECASE)
            longer[head[:_HEAD]].append((head, made))
        always = []
        for pattern in patterns:
            made, begins = re.compile(pattern, re.IGNORECASE), openings(pattern.removeprefix(r"\b"))
            if begins is None:
                always.append(made)
            for head in sorted(begins or ()):
                longer[head[:_HEAD]].append((head, made))
        sizes = tuple(sorted({len(head) for head in longer}))
        return cls(single, {head: tuple(these) for head, these in longer.items()}, sizes, tuple(always))

    def meets(self, sentence: str, words: Words) -> bool:
        """True where the sentence, whose words these are, holds a word or phrase of this finder."""
        if not self.single.isdisjoint(words):
            return True
        longer = self.longer
        for size in self.sizes:
            for word in words:
                for head, pattern in longer.get(word[:size], ()):
                    if word.startswith(head) and any(pattern.match(sentence, at) for at in words[word]):
                        return True
        return any(pattern.search(sentence) for pattern in self.always)

    def search(self, sentence: str) -> bool:
        """As `meets`, for a sentence by itself."""
        return self.meets(sentence, words_of(sentence))

    def met(self, sentence: str) -> frozenset[str]:
        """Those of the finder's patterns that the sentence meets, as they were given."""
        words = words_of(sentence)
        found = {
            pattern.pattern
            for size in self.sizes
            for word, places in words.items()
            for head, pattern in self.longer.get(word[:size], ())
            if word.startswith(head) and any(pattern.match(sentence, at) for at in places)
        }
        return frozenset(found | {pattern.pattern for pattern in self.always if pattern.search(sentence)})
