"""Many words and phrases looked for at once, by the words they begin with.

Start with `Finder.of`, then `meets`. One pattern of a thousand words tries them all at every letter; here the words of
a sentence are looked up in a set, and a phrase is tried only where a word of the sentence begins like it.

Looks down to: nothing. Used by: gate, lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

_WORD = re.compile(r"\w+")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_HEAD = 3
"""Letters by which phrases are kept apart."""


class Words:
    """The words of a sentence, small; where they begin is looked up when a phrase may begin with one of them."""

    __slots__ = ("_places", "distinct", "sentence")

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.distinct = frozenset(map(str.lower, _WORD.findall(sentence)))
        self._places: dict[str, list[int]] | None = None

    def places(self, word: str) -> list[int]:
        """Where one of the words begins, left to right."""
        if self._places is None:
            places: dict[str, list[int]] = {}
            for one in _WORD.finditer(self.sentence):
                found = one[0].lower()
                if found in places:
                    places[found].append(one.start())
                else:
                    places[found] = [one.start()]
            self._places = places
        return self._places[word]


@lru_cache(maxsize=1024)
def words_of(sentence: str) -> Words:
    """The words of a sentence; hyphens and apostrophes part words here."""
    return Words(sentence)


@dataclass(frozen=True, slots=True)
class _Tries:
    """Patterns that may begin with a word."""

    each: tuple[re.Pattern[str], ...]
    any: re.Pattern[str]
    """Meets where one of them does: what they share is tried once."""

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, each: tuple[re.Pattern[str], ...]) -> _Tries:
        """The same for the same patterns: there are many words, numbers among them, and few sets of patterns."""
        one = "|".join(f"(?:{pattern.pattern})" for pattern in each)
        return cls(each, re.compile(one, re.IGNORECASE) if len(each) > 1 else each[0])


class _Tried(dict[str, _Tries | None]):
    """For words met so far, the patterns that may begin with them: nearly always none."""

    MOST: ClassVar = 20_000
    idle: set[str]
    """Those of them with which none begins."""

    def __init__(self, longer: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]) -> None:
        super().__init__()
        self.idle = set()
        self._longer = longer
        self._sizes = sorted({len(head) for head in longer})

    def __missing__(self, word: str) -> _Tries | None:
        if len(self) >= self.MOST:
            self.clear()
            self.idle.clear()
        whole = f"{word} "
        tries = [one for size in self._sizes for one in self._longer.get(whole[:size], ())]
        # a word shorter than the size asked for begins like itself: the same pattern must not be tried twice
        each = tuple(dict.fromkeys(pattern for head, pattern in tries if whole.startswith(head)))
        self[word] = out = _Tries.of(each) if each else None
        if out is None:
            self.idle.add(word)
        return out


def openings(pattern: str) -> frozenset[str] | None:
    """Small letters with which whatever this pattern meets begins; None where that cannot be told.

    A space behind the letters says that they are a whole word. Reads what the word lists use: letters, groups of
    alternatives, what may be left out, and looking aside.
    """
    out: set[str] = set()
    for option in _options(pattern):
        found = _openings_of_one(option)
        if found is None:
            return None
        out |= found
    return frozenset(out)


def _openings_of_one(pattern: str) -> frozenset[str] | None:  # noqa: PLR0911
    pattern = pattern.removeprefix(r"\b")
    if pattern.startswith(("(?<!", "(?<=", "(?!")):
        return openings(pattern[_close(pattern) + 1 :])
    group = re.match(r"\(\?(?:(?:-i)?:|P<\w+>)", pattern)
    if group is not None:
        close = _close(pattern)
        inner, rest = openings(pattern[group.end() : close]), pattern[close + 1 :]
        if not rest.startswith(("?", "*", "{0")):
            return inner
        after = openings(re.sub(r"^(?:[?*]|\{[^}]*\})", "", rest))
        if inner is None and pattern[:close].endswith(r"\s"):
            return after  # whatever word stands before it, the rest is met by itself too
        if inner is None:
            return None
        return None if after is None else inner | after
    if re.match(r"\\d(?![?*{]|\{0)|\\d\{[1-9]", pattern):
        return frozenset("0123456789")
    length = next((n for n, sign in enumerate(pattern) if sign in _SPECIAL), len(pattern))
    if pattern[length : length + 1] in ("?", "*", "{"):
        length -= 1  # the last letter may be missing
    head = _WORD.match(pattern[:length])
    if head is None:
        return None
    parted = head.end() < length or pattern.startswith((r"\s", r"\b"), length)
    return frozenset({head.group(0).lower() + (" " if parted else "")})


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
    longer: _Tried
    """The patterns that may begin with a word."""
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
            small = re.IGNORECASE if pattern.lower() != pattern.upper() else 0  # marks are found faster without
            made, begins = re.compile(pattern, small), openings(pattern.removeprefix(r"\b"))
            if begins is None:
                always.append(made)
            for head in sorted(begins or ()):
                longer[head[:_HEAD]].append((head, made))
        return cls(single, _Tried({head: tuple(these) for head, these in longer.items()}), tuple(always))

    def meets(self, words: Words) -> bool:
        """True where the sentence with these words holds a word or phrase of this finder."""
        if not self.single.isdisjoint(words.distinct):
            return True
        longer, sentence = self.longer, words.sentence
        for word in words.distinct - longer.idle:
            tries = longer[word]
            if tries is not None:
                for at in words.places(word):
                    if tries.any.match(sentence, at):
                        return True
        return bool(self.always) and any(pattern.search(sentence) for pattern in self.always)

    def search(self, sentence: str) -> bool:
        """As `meets`, for a sentence by itself."""
        return self.meets(words_of(sentence))

    def met(self, sentence: str) -> frozenset[str]:
        """Those of the finder's patterns that the sentence meets, as they were given."""
        found = {match.re.pattern for match in self._matches(words_of(sentence))}
        return frozenset(found | {pattern.pattern for pattern in self.always if pattern.search(sentence)})

    def different(self, words: Words) -> frozenset[str]:
        """What the patterns of this finder meet in a text with these words, small; for patterns that do not overlap."""
        found = {match.group(0).lower() for match in self._matches(words)}
        return frozenset(found | {m.group(0).lower() for one in self.always for m in one.finditer(words.sentence)})

    def _matches(self, words: Words) -> Iterator[re.Match[str]]:
        longer, sentence = self.longer, words.sentence
        for word in words.distinct - longer.idle:
            tries = longer[word]
            if tries is None:
                continue
            for at in words.places(word):
                found = tries.any.match(sentence, at)
                if found is not None and len(tries.each) == 1:
                    yield found
                elif found is not None:
                    yield from filter(None, (pattern.match(sentence, at) for pattern in tries.each))
