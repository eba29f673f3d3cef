"""Texts all in capitals, as telex copy was written: accents come back where the word lists know the word with them.

Start with `restored`. "ONT TUE" is read as "ont tué"; which words are names the capitals no longer say.

Looks down to: folded, window_words. Used by: window.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from probanda.claims.readers.folded import Folded
from probanda.claims.readers.window_words import WordList, word_list

MOST = 0.9
"""Part of a text's letters that are capitals where it is written in capitals."""
FEWEST = 60
"""Letters below which nobody can tell."""
_PARTICIPLE = re.compile(r"ée?s?$")
_WORD = re.compile(r"[^\W\d_]+")


def in_capitals(words: str) -> bool:
    """True when a text with capital and small letters is written in capitals."""
    upper = sum(1 for sign in words if sign.isupper())
    lower = sum(1 for sign in words if sign.islower())
    return upper + lower >= FEWEST and upper >= MOST * (upper + lower)


def restored(folded: Folded, lists: WordList) -> Folded:
    """The same text, sign for sign, with the accents that the lists know."""
    accented = _accented(lists.language)
    helpers = lists.classes.get("have", frozenset()) | lists.classes.get("be", frozenset()) | {"ete", "été"}
    signs = list(folded.words)
    before = ""
    for match in _WORD.finditer(folded.words):
        word = match.group(0)
        forms = accented.get(word, ())
        if forms and (before in helpers or not _known(word, lists)):
            done = [form for form in forms if _PARTICIPLE.search(form)] if before in helpers else []
            signs[match.start() : match.end()] = (done or forms)[0]
        before = word
    return replace(folded, words="".join(signs))


def _known(word: str, lists: WordList) -> bool:
    return word in lists.of_class or word in lists.act_forms or word in lists.saying_forms


@lru_cache(maxsize=2)
def _accented(language: str) -> dict[str, tuple[str, ...]]:
    """For each word without its accents the forms that the lists know, in order of letters."""
    lists = word_list(language)
    found: dict[str, tuple[str, ...]] = {}
    for form in sorted({*lists.of_class, *lists.act_forms, *lists.saying_forms}):
        parts = unicodedata.normalize("NFD", form)
        plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
        if plain != form and len(plain) == len(form) and plain.isalpha():
            found[plain] = (*found.get(plain, ()), form)
    return found
