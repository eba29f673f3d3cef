"""Words found again in a text, letter for letter and whole: what somebody says stands there, and where.

Start with `places_of`. Looks down to: kernel. Used by: model_answer.
"""

from __future__ import annotations

import re
import unicodedata

from probanda.kernel.spans import Span

LONGEST_WORDS = 300
"""Code points of a name or another field; longer ones are dropped."""


def places_of(words: str, within: Span, wanted: str, most: int = 2) -> list[Span]:
    """Where `wanted` stands in this stretch as whole words, letter for letter; at most so many places, in order.

    A line break or several spaces in the text count as one space: the page's, not the speaker's.
    """
    parts = wanted.split()
    if not parts or any(words.find(part, within.start, within.end) < 0 for part in parts):
        return []
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    found = []
    for match in pattern.finditer(words, within.start, within.end):
        if _whole(words, match.start(), match.end()):
            found.append(Span(match.start(), match.end()))
            if len(found) == most:
                break
    return found


_CLINGING = re.compile(r"[وف]?[بلك]?(?:ال|ل)?", re.ASCII)
"""What Arabic writes together with the word that follows: and, so, with, for, like, the."""


def _whole(words: str, start: int, end: int) -> bool:
    """True where no word is cut in two; what Arabic joins to the front of a word may be left outside."""
    if end < len(words) and _of_a_word(words[end - 1]) and _of_a_word(words[end]):
        return False
    head = start
    while head > 0 and start - head < LONGEST_WORDS and _of_a_word(words[head - 1]):
        head -= 1
    return head == start or not _of_a_word(words[start]) or _CLINGING.fullmatch(words, head, start) is not None


def _of_a_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")
