"""Compare two prepared names of places.

The rule: the names meet by sound, or the gazetteer or the list of exonyms holds them as one. Another qualifier (Old,
Northern), a word for an area or site that only one bears (province, airport) and another holder (Tripoli in
Lebanon) speak against: a place that lies in another is not the other.

Start with `compare_places`.

Looks down to: place_parts, places, sounds, model. Used by: compare.
"""

from __future__ import annotations

from functools import partial

from probanda.names.model import SAME_FROM, Match
from probanda.names.place_parts import PlaceParts
from probanda.names.places import within
from probanda.names.sounds import MEETS, NEAR, Sounds, closeness, sounds

_WRITTEN_TOGETHER = 0.8
"""Closeness from which names of several words are one name written together: Kafr Nabl, Kafrnabl."""


def compare_places(a: PlaceParts, b: PlaceParts) -> Match:
    """Compare two prepared names; symmetric."""
    value, ground = _compared(a, b) if a.words <= b.words else _compared(b, a)
    return Match(value, partial(_why, a, b, ground))


def _compared(a: PlaceParts, b: PlaceParts) -> tuple[float, str]:
    if a.unread != b.unread:
        return 0.5, "one is written in a script that is not read"
    if a.numbers != b.numbers:
        return 0.2, "another number"
    if a.holder and b.holder and _holders_differ(a.holder, b.holder):
        return 0.2, "they lie in different places"
    if a.qualifiers != b.qualifiers:
        return 0.3, f"a qualifier parts them: {', '.join(sorted(a.qualifiers ^ b.qualifiers))}"
    named = _names_meet(a, b)
    if a.kinds != b.kinds and not _one_in_gazetteer(a, b):
        one_more = a.kinds ^ b.kinds
        return min(
            named[0], 0.35
        ), f"{', '.join(sorted(one_more))} stands with one only: it may lie in the other, it is not it"
    return named


def _one_in_gazetteer(a: PlaceParts, b: PlaceParts) -> bool:
    return len(a.gazetteer) == len(b.gazetteer) == 1 and a.gazetteer == b.gazetteer


def _names_meet(a: PlaceParts, b: PlaceParts) -> tuple[float, str]:
    if a.exonym is not None and a.exonym == b.exonym:
        return 0.95, "the names of one place in two languages"
    if a.gazetteer and b.gazetteer:
        if a.gazetteer & b.gazetteer:
            if len(a.gazetteer | b.gazetteer) == 1:
                return 0.97, "the gazetteer holds both as names of one place"
            return 0.82, "names that several places of the gazetteer share"
        return 0.2, "the gazetteer holds two places"
    if a.exonym is not None and b.exonym is not None:
        return 0.1, "names of two places"
    return _by_sound(a, b)


def _by_sound(a: PlaceParts, b: PlaceParts) -> tuple[float, str]:
    x, y = a.proper, b.proper
    if not x or not y:
        return 0.1, "one names no place"
    found = _word_by_word(x, y) if len(x) == len(y) else None
    if found:
        return found
    together = closeness(sounds("".join(p.text for p in x)), sounds("".join(q.text for q in y)), True)
    if together >= _WRITTEN_TOGETHER:
        return _enough(x, together)
    shared = sum(any(closeness(p, q, True) >= MEETS for q in y) for p in x)
    if len(x) != len(y) and shared == min(len(x), len(y)) and shared > min(a.general, b.general):
        return 0.45, "one bears a further name"
    return (0.5 if together >= MEETS else min(0.3, 0.15 * shared + 0.3 * together)), "the names differ"


def _word_by_word(x: tuple[Sounds, ...], y: tuple[Sounds, ...]) -> tuple[float, str] | None:
    """What two names of as many words give in order; None where that does not tell."""
    found = [closeness(p, q, True) for p, q in zip(x, y, strict=True)]
    if min(found) >= MEETS:
        return _enough(x, sum(found) / len(found))
    if sum(f >= MEETS for f in found) == len(found) - 1 and min(found) >= NEAR:
        return 0.55, "all words meet but one, which is near"
    if len(x) > 1 and all(any(closeness(p, q, True) >= MEETS for q in y) for p in x):
        return 0.6, "the same words in another order"
    return None


def _enough(x: tuple[Sounds, ...], close: float) -> tuple[float, str]:
    if close < 1 and sum(p.consonants for p in x) < 2:
        return 0.6, "spellings that may be one name, too short to tell"
    return SAME_FROM + 0.2 * max(0.0, (close - MEETS) / (1 - MEETS)), "spellings of one name"


def _holders_differ(a: PlaceParts, b: PlaceParts) -> bool:
    if _compared(a, b)[0] >= SAME_FROM:
        return False
    return not (within(a.words, b.words) or within(b.words, a.words))


def _why(a: PlaceParts, b: PlaceParts, ground: str) -> str:
    met = [
        p.text if p.text == q.text else f"{p.text} = {q.text}"
        for p in a.proper
        for q in b.proper
        if closeness(p, q, True) >= MEETS
    ]
    return f"{ground}; met: {', '.join(met)}" if met else ground
