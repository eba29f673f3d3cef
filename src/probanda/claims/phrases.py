"""Phrases in plain notation, as told.yaml writes them, and the patterns that the reader looks for.

Start with `pattern`. A phrase is written as it is spoken, with a few signs that a reader of the lists learns at once:

    shell(s)                 the word, or the word with this ending
    (fell | came down)       one of these
    [the | a]                one of these, or nothing
    ..3                      up to three words whatever; ..1-3 at least one of them
    ANY, NAME                one word whatever; one of two letters and more
    FIGURE, TENS             a number in figures; "twenty", "forty-one"
    {not: of | from}         and this does not stand right behind it; {then: ...}: and this does; {stop}: a comma,
                             a full stop or the end of a quote does

Words in capitals that the list's `families` name stand for the words of that family.

Looks down to: kernel. Used by: lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from probanda.kernel.errors import ProbandaError

_BUILT_IN = {"NAME": r"(?-i:[A-Z]\w+)", "ANY": r"\w+", "FIGURE": r"\d+(?:,\d{3})*", "TENS": r"\w+ty(?:-\w+)?"}
_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.\.(?:(?P<least>\d+)-)?(?P<most>\d+))(?![\w.-])|(?P<look>\{(?:not:|then:|stop\}))"
    r"|(?P<word>[\w'’-](?:[\w'’-]|\(\w+\))*)|(?P<sign>[()\[\]|}]))"
)
_ENDING = re.compile(r"\((\w+)\)")
_BEFORE, _BEHIND = "\x01", "\x02"
"""Where the space of a word that may be missing stands: before it at the end of a phrase, else behind it."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}

Families = Mapping[str, Sequence[str]]


class PhraseBroken(ProbandaError):
    """A phrase of the lists that is not in the notation."""


def pattern(phrase: str, families: Families | None = None) -> str:
    """The regular expression of a phrase, a plain space for white space; raises PhraseBroken with what is wrong."""
    reader = _Reader(phrase, families or {})
    out = reader.sequence("")
    if reader.next is not None:
        raise _broken(phrase, f"“{reader.next}” closes nothing")
    return out


def _broken(phrase: str, why: str) -> PhraseBroken:
    return PhraseBroken(
        f"The phrase “{phrase}” of the word lists cannot be read: {why}.",
        "Write it as the head of told.yaml says, with each bracket closed.",
    )


def _tokens(phrase: str) -> Iterator[tuple[str, str]]:
    at = 0
    while phrase[at:].strip():
        found = _TOKEN.match(phrase, at)
        if found is None:
            raise _broken(phrase, f"nothing can be made of “{phrase[at:].strip()}”")
        kind = found.lastgroup if found.lastgroup in ("look", "word", "sign") else "gap"
        yield kind, found.group().strip()
        at = found.end()


class _Reader:
    """Reads a phrase from left to right."""

    def __init__(self, phrase: str, families: Families) -> None:
        self._phrase, self._families = phrase, families
        self._left = list(_tokens(phrase))[::-1]

    @property
    def next(self) -> str | None:
        return self._left[-1][1] if self._left else None

    def sequence(self, closing: str) -> str:
        """Items up to `closing` or "|", joined by spaces; what may be missing brings its own."""
        items: list[tuple[bool, str]] = []
        looks = ""
        while self._left and self.next not in (closing, "|"):
            kind, words = self._left.pop()
            if kind == "sign" and words not in "([":
                raise _broken(self._phrase, f"“{words}” closes nothing")
            if kind == "look":
                looks += self._look(words)
            else:
                items.append(self._item(kind, words))
        last = max((n for n, (maybe, _) in enumerate(items) if not maybe), default=len(items))
        out = ""
        for n, (maybe, piece) in enumerate(items):
            if maybe:
                before, behind = (" ", "") if n > last else ("", " ")
                out += piece.replace(_BEFORE, before).replace(_BEHIND, behind)
            else:
                out += piece + (" " if n < last else "")
        return out + looks

    def _look(self, words: str) -> str:
        if words == "{stop}":
            return r"(?=[.,;:\"”])"
        return f"(?{'!' if words == '{not:' else '='} {self._choice('{')})"

    def _item(self, kind: str, words: str) -> tuple[bool, str]:
        """Whether it may be missing, and its pattern, with places for the space before or behind it if so."""
        if kind == "gap":
            least, _, most = words[2:].rpartition("-")
            return True, rf"(?:{_BEFORE}\w+{_BEHIND}){{{least or 0},{most}}}"
        if words == "[":
            return True, f"(?:{_BEFORE}{self._choice('[')}{_BEHIND})?"
        if words == "(":
            return False, self._choice("(")
        return False, self._word(words)

    def _choice(self, opening: str) -> str:
        out = []
        closing = _CLOSING[opening]
        while True:
            out.append(self.sequence(closing))
            if not self._left:
                raise _broken(self._phrase, f"a “{opening}” is not closed")
            if self._left.pop()[1] == closing:
                break
        return out[0] if len(out) == 1 else f"(?:{'|'.join(out)})"

    def _word(self, word: str) -> str:
        if word in _BUILT_IN:
            return _BUILT_IN[word]
        if word.isupper() and word in self._families:
            return f"(?:{'|'.join(pattern(w, self._families) for w in self._families[word])})"
        return _ENDING.sub(lambda m: f"{m[1]}?" if len(m[1]) == 1 else f"(?:{m[1]})?", word)
