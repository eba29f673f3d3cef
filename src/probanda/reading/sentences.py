"""Sentences of a stretch of text, with exact offsets.

Start with `sentences`. Rules, not a trained splitter: they can be read and mended, give the same result on every
machine, and know what ready-made ones get wrong on our texts: quotes glued to the next sentence (`in May.”The army`),
reference numbers (`fell.[3] Then`), tokenised copy (`fired . Many`), all-capitals wire copy, Arabic and French marks.
Abbreviations are data in `sentences.yaml`. A quote or bracket that closes belongs to the sentence before.

Looks down to: kernel. Used by: claims, making.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import yaml

from probanda.kernel.spans import Span

# A mark that may end a sentence, and what closes behind it: quotes, brackets, reference numbers, and the closing
# signs that tokenised and French copy set apart by a space.
_MARK = re.compile(
    r"(?P<mark>[.!?…؟۔。]{1,8})(?P<close>(?:[\"'”’»)\]]|\[\d{1,4}\]|[ \u00a0\u202f](?:''|”|»|-RRB-)){0,8})"
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = "\"'“‘«([—–-*•¿¡` \u00a0\u202f\u200f\u200e"
_LOOK_BACK = 24
"""Code points looked at before a mark for the word it ends."""


def sentences(words: str, start: int, end: int) -> list[Span]:
    """Spans of the sentences of `words[start:end]`, in order; together they hold all but white space.

    Offsets are code points of `words`. Takes time linear in the length.
    """
    found: list[Span] = []
    begin = start
    for border in _borders(words, start, end):
        _append(found, words, begin, border)
        begin = border
    _append(found, words, begin, end)
    return found


def _append(found: list[Span], words: str, start: int, end: int) -> None:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _borders(words: str, start: int, end: int) -> Iterator[int]:
    """Offsets behind each sentence but the last, in order."""
    blank = [m.end() for m in _BLANK_LINE.finditer(words, start, end)]
    marks = [m.end() for m in _MARK.finditer(words, start, end) if m.end() < end and _parts(words, m, start, end)]
    yield from sorted({*blank, *marks})


def _parts(words: str, mark: re.Match[str], start: int, end: int) -> bool:
    """True when a sentence ends with this mark and what closes behind it."""
    if words[mark.end()].isspace():
        return _parts_at_space(words, mark, start, end)
    return _parts_glued(words, mark, start, end)


def _parts_at_space(words: str, mark: re.Match[str], start: int, end: int) -> bool:
    following = _following(words, mark.end(), end)
    if not following or following[0].islower():
        return False
    said = mark["mark"]
    if said != ".":
        return "." not in said or len(said) > 1
    if mark["close"].strip("'’"):
        return True
    before = _before(words, mark.start(), start)
    return _ends_sentence(before, following, first=_begins(words, mark.start() - len(before), start))


def _parts_glued(words: str, mark: re.Match[str], start: int, end: int) -> bool:
    """No space follows: a border only between a small letter and a capital, or behind a closing quote."""
    after = words[mark.end() : mark.end() + 2]
    if not after[0].isupper():
        return False
    if mark["close"]:
        return any(c in '"”’»]' for c in mark["close"]) and (len(after) == 1 or after[1] != ".")
    before = _before(words, mark.start(), start)
    plain = len(before) >= 3 and before.isalpha() and before[-1].islower()
    return plain and len(after) == 2 and (after[1].islower() or after[1].isspace()) and mark["mark"] != "…"


def _ends_sentence(before: str, following: str, first: bool) -> bool:
    """What a single full stop behind the word `before` means, given the word that follows."""
    lists = _lists()
    word = before.casefold()
    figure = following[0].isdigit()
    starts = following.casefold() in lists["starters"]
    if first and (before.isdigit() or len(before) <= 2):
        return False  # the number or letter of a list entry
    if word in lists["never_last"] or (figure and word in lists["before_figures"]):
        return False
    if word in lists["may_be_last"] or ("." in word and len(word) <= 8 and not word[-1].isdigit()):
        return starts
    if len(before) == 1 and before.isalpha():
        return starts and before.isupper()  # an initial, else the name of a thing: "Camp X. The army"
    return True


def _before(words: str, at: int, start: int) -> str:
    """The word that ends at `at`: letters, figures, full stops and hyphens."""
    begin = at
    lowest = max(start, at - _LOOK_BACK)
    while begin > lowest and (words[begin - 1].isalnum() or words[begin - 1] in ".-\u064b\u0651"):
        begin -= 1
    return words[begin:at]


def _begins(words: str, at: int, start: int) -> bool:
    """True when nothing but opening signs stands between the start (of stretch or line) and `at`."""
    while at > start and words[at - 1] in _OPENERS:
        at -= 1
    return at <= start or words[at - 1] in "\r\n"


def _following(words: str, at: int, end: int) -> str:
    """The next word (letters, or one other sign), opening signs and spaces aside; empty at the end."""
    while at < end and (words[at].isspace() or words[at] in _OPENERS):
        at += 1
    if at >= end:
        return ""
    word = _WORD.match(words, at, min(end, at + 30))
    return word[0] if word else words[at]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("probanda.reading").joinpath("sentences.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {kind: frozenset(words) for kind, words in yaml.load(text, loader).items()}  # noqa: S506 (a safe loader)
