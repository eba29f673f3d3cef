"""Whether a text tells of armed harm at all, so that words which are harmless elsewhere may be read as part of it.

Start with `tells_of_harm`. A coffin, a bail refused, a door kicked in, rounds that came down: in a text about a raid
they tell of crimes, in a text about a match, a court of petty cases or a beach they do not.

Looks down to: finding, lexicon, lexicons/en/setting.yaml. Used by: gate, readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from probanda.claims.finding import Finder, Words, words_of
from probanda.claims.lexicon import lexicon

_LONG_AGO = re.compile(
    r"\b(?:in|of|since|until|by) (?:1[0-8]\d\d|[5-9]\d\d)\b(?! (?:people|men|women|families|houses|metres|km))"
    r"|\b\d+ (?:bc|bce)\b",
    re.IGNORECASE,
)
_CENTURY = re.compile(r"\b(?:\w+th|first|second|third|\w+-first) century\b", re.IGNORECASE)
OTHER = 2
"""Different words of stage, game, kitchen garden or learning that make its wars no news."""


CALAMITIES = 3
"""Different words of calamity that make a report of one, where they are more than those of war."""
DEEDS = 3
"""Different deeds of violence that make the setting where no armed side is named."""


def _words(name: str) -> Finder:
    """A list of lexicons/en/setting.yaml: deed, side, calamity ..."""
    return lexicon("en").setting[name]


def tells_of_harm(sentences: Iterable[str]) -> bool:
    """True where the text names deeds of violence and armed sides, and is of no other world: film, garden, storm."""
    return _setting("\n".join(sentences))[0]


@lru_cache(maxsize=1)
def _setting(text: str) -> tuple[bool, bool]:
    """Whether it tells of armed harm, and of a calamity; kept, for the filter and the reader ask it of one text."""
    words = Words(text)
    calamity = _calamity(words)
    return _harm(words) and not calamity, calamity


def _harm(words: Words) -> bool:
    if not _words("deed").meets(words) or not (
        _words("side").meets(words) or _different(_words("deed"), words) >= DEEDS
    ):
        return False
    return _different(_words("other-world"), words) < OTHER


def of_calamity(sentences: Iterable[str]) -> bool:
    """True for a report of a storm, flood or earthquake, which kills, drives out and destroys without an author."""
    return _setting("\n".join(sentences))[1]


def _calamity(words: Words) -> bool:
    found = _different(_words("calamity"), words)
    return found >= CALAMITIES and found > _different(_words("at-war"), words)


def of_war(sentence: str) -> bool:
    """True where the sentence itself names arms or fighters, so that it counts in a report of a calamity too."""
    return _words("at-war").search(sentence)


def _different(finder: Finder, words: Words) -> int:
    return len({word.rstrip("s") for word in finder.different(words)})


def not_of_now(sentence: str) -> bool:
    """True for a sentence that tells a film, a play or a legend, or wars of long ago: none of its acts is a claim."""
    words = words_of(sentence)
    if _words("not-of-now").meets(words) or _LONG_AGO.search(sentence) is not None:
        return True
    return "century" in words.distinct and _CENTURY.search(sentence) is not None


def names_a_deed(words: str) -> bool:
    """True where the words name a deed of violence."""
    return _words("deed").search(words)
