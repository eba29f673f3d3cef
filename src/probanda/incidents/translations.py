"""Texts in two languages that tell the same numbers and names in the same order: one may be the other translated.

Start with `translations`; `Translations` keeps what it found, so that texts can come and go. Read are English, French
and Arabic. Texts of two languages meet where they share two numbers or dates, never all with all; a pair is proposed
only when nearly all numbers of both agree, in order, and names of the one stand in the other. Two reports of one event
share some facts, but each has its own beside them.

Looks down to: incidents.model, kinship, rows, names.folding, figures.yaml. Used by: kin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING, Any, Self

import yaml

from probanda.incidents.kinship import Kinship, KinshipKind
from probanda.incidents.model import Doc
from probanda.names.folding import fold, name_tokens, same_token, skeleton

if TYPE_CHECKING:
    from probanda.incidents.rows import Rows

CROWD = 24
"""Texts of one key up to which they are compared."""
FIRST = 24
"""Numbers of a text that make keys."""
FEWEST_NUMBERS = 3
"""Different numbers and dates that both must have; a date is one, since all reports of a day share it."""
FEWEST_NAMES = 2
"""Different names that both must have."""
FEWEST = 6
"""Numbers and names together."""
ORDERED = 0.75
"""Part of the numbers of the text that has more, which must stand in the other in the same order."""
NAMED = 0.5
"""Part of the names of the text with Latin letters that has fewer, which must stand in the other."""
LENGTHS = 2.2
"""Times as many words as the other a translation may have: Arabic writes articles and some pronouns on to the word."""
WEEKS = 45
"""Days between the dates of two texts, beyond which neither is the other's translation for the press."""

_TOKEN = re.compile(r"\d+(?:[.,  \u202f'٬]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ENDS = re.compile(r"[.!?؟:\n\"“«(]\s*$")


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as the comparison sees it."""

    doc: Doc
    language: str
    size: int
    numbers: tuple[str, ...]
    """In order, each as often as it stands: digits, and dates as `3 month 5`."""

    @classmethod
    def of(cls, doc: Doc, language: str) -> Self:
        """Read a text."""
        return cls(doc, language, len(doc.words.split()), tuple(_facts(doc.words)))


_Pair = tuple[int, int]
"""Two texts by their places, that of the lesser item first."""


def translations(docs: Sequence[Doc]) -> list[Kinship]:
    """Pairs of texts in two languages of which one may be the other translated; proposals, kept strict."""
    kept = Translations()
    kept.change((), docs)
    return kept.found()


class Translations:
    """Texts in several languages by their numbers, and the pairs of which one may be the other translated."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Doc, str]] = {}
        """Texts and their language, of which nothing more was to be known: there is one language yet."""
        self._rows: Rows | None = None
        """By two numbers the texts that have both; None as long as there is one language."""
        self._numbers: dict[str, int] = {}
        self._read: list[_Read] = []
        """In the order in which they came; those that are gone too."""
        self._place: dict[str, int] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._found: dict[_Pair, Kinship] = {}

    def found(self) -> list[Kinship]:
        """The pairs, sorted by items."""
        return sorted(self._found.values())

    def change(self, gone: Iterable[str], come: Iterable[Doc]) -> None:
        """Take texts out, by item, and put others in; one that changed stands in both."""
        from probanda.incidents.rows import Rows

        left = [item for item in gone if self._waiting.pop(item, None) is None and item in self._place]
        told = sorted(((d, language) for d in come if (language := language_of(d.words))), key=lambda t: t[0].item)
        self._waiting.update((d.item, (d, language)) for d, language in told)
        if self._rows is None and len({language for _, language in self._waiting.values()}) > 1:
            self._rows = Rows()
        if self._rows is not None:
            new, self._waiting = self._waiting, {}
            self._meet(self._rows, left, [_Read.of(*new[item]) for item in sorted(new)])

    def _meet(self, rows: Rows, left: Iterable[str], new: Sequence[_Read]) -> None:
        import numpy as np

        first, gone = len(self._read), [self._place.pop(item) for item in left]
        self._read += new
        self._place.update((read.doc.item, n) for n, read in enumerate(new, first))
        filed = [(key, n) for n, read in enumerate(new, first) for key in self._keys(read)]
        lost = [key for n in gone for key in self._keys(self._read[n])]
        touched = np.unique(np.array([key for key, _ in filed] + lost, np.uint64))
        before = dict(rows.under(touched))
        rows.drop(gone)
        owners = np.array([n for _, n in filed], np.int64)
        rows.add(np.array([key for key, _ in filed], np.uint64), owners, np.zeros_like(owners))
        now = dict(rows.under(touched))
        met, meet = ({pair for places in found.values() for pair in self._pairs(places)} for found in (before, now))
        for pair in met - meet:
            if pair in self._found and (not {*pair}.isdisjoint(gone) or not self._still(rows, *pair)):
                del self._found[pair]
        for pair in sorted(meet - met):
            kin = self._judged(*pair)
            if kin is not None:
                self._found[pair] = kin
        for n in gone:
            self._names.pop(n, None)

    def _keys(self, read: _Read) -> list[int]:
        """Each two of the first numbers of a text, as one number."""
        known = self._numbers
        mine = sorted(known.setdefault(number, len(known)) for number in set(read.numbers[: 2 * FIRST]))
        return [(a << 32) | b for a, b in combinations(mine, 2)]

    def _pairs(self, places: Sequence[tuple[int, int]]) -> Iterator[_Pair]:
        """Texts in two languages that meet under a key, if it is no crowd; that of the lesser item first."""
        if len(places) > CROWD:
            return
        read = self._read
        for a, b in combinations(sorted((n for n, _ in places), key=lambda n: read[n].doc.item), 2):
            if read[a].language != read[b].language:
                yield a, b

    def _still(self, rows: Rows, a: int, b: int) -> bool:
        """True when two texts meet under any key."""
        import numpy as np

        both = set(self._keys(self._read[a])) & set(self._keys(self._read[b]))
        return any(len(places) <= CROWD for _, places in rows.under(np.array(sorted(both), np.uint64)))

    def _judged(self, a: int, b: int) -> Kinship | None:
        one, other = self._read[a], self._read[b]
        if not _may_be(one, other):
            return None
        for n in (a, b):
            if n not in self._names:
                self._names[n] = tuple(_names(self._read[n]))
        shared = _shared_names(one, self._names[a], other, self._names[b])
        numbers = sorted(set(one.numbers) & set(other.numbers), key=lambda n: ("month" in n, len(n), n))
        if shared is None or len(shared) + len(numbers) < FEWEST:
            return None
        why = _why(one, other, numbers, shared)
        return Kinship(one.doc.item, other.doc.item, KinshipKind.TRANSLATION, why)


def _why(one: _Read, other: _Read, numbers: Sequence[str], names: Sequence[str]) -> str:
    tongues = " and ".join(sorted(_data()["languages"][r.language]["called"] for r in (one, other)))
    figures = [n for n in numbers if "month" not in n]
    dates = len(numbers) - len(figures)
    said = f"the numbers {_listed(figures)}" if figures else "no numbers"
    if dates:
        said += f" and {'a date' if dates == 1 else f'{dates} dates'}"
    return f"Texts in {tongues} that give in the same order {said}; both name {_listed(names)}."


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:8]) + (f" and {len(words) - 8} more" if len(words) > 8 else "")


def language_of(words: str) -> str | None:
    """`en`, `fr` or `ar` by letters and small words of the beginning; None where neither is plain."""
    return _language(words[:1000])


@lru_cache(maxsize=65536)
def _language(head: str) -> str | None:
    if not head.isascii() and len(_ARABIC.findall(head)) > 0.4 * len(head):
        return "ar"
    tokens = head.casefold().split()
    counts = {code: sum(t in small for t in tokens) for code, small in _small().items()}
    best = max(sorted(counts), key=lambda code: counts[code])
    rest = sum(counts.values()) - counts[best]
    return best if counts[best] >= 5 and counts[best] >= 3 * rest else None


def _facts(words: str) -> Iterator[str]:
    """Numbers and dates in order: a month takes the day before or after it along; years are left out."""
    found = [n for n in numbers_in(words) if not (len(n) == 4 and "1900" <= n <= "2099")]
    place = 0
    while place < len(found):
        one, after = found[place], found[place + 1] if place + 1 < len(found) else ""
        place += 1
        if _is_day(one) and after.startswith("month"):
            yield f"{one} {after}"
            place += 1
        elif one.startswith("month") and _is_day(after):
            yield f"{after} {one}"
            place += 1
        else:
            yield one


def _is_day(number: str) -> bool:
    return number.isdigit() and 1 <= int(number) <= 31


def numbers_in(words: str) -> Iterator[str]:
    """Numbers in digits or words and names of months, in order; `one` is left out, since it is also an article."""
    known = _figures()
    tokens = [_TOKEN.sub(_folded, t) for t in _TOKEN.findall(words)]
    place = 0
    while place < len(tokens):
        word = tokens[place]
        place += 1
        if word[:1].isdigit():
            yield word
            continue
        said = known.get(f"{word} {tokens[place]}") if place < len(tokens) else None
        if word == "may" and any(t.isdigit() for t in tokens[max(0, place - 2) : place + 1]):
            said = "month 5"  # else it is a verb
        elif said is not None:
            place += 1  # a name of two words, such as some Arabic months have
        else:
            said = _said(word, known)
        if isinstance(said, int):
            while place < len(tokens) and (more := _goes_on(said, tokens[place], known)) is not None:
                said, place = more, place + 1
            yield str(said)
        elif said is not None:
            yield said


def _said(token: str, known: Mapping[str, int | str]) -> int | str | None:
    """The number or month of one word; parts with hyphens between them (here: spaces) are added up."""
    if token in known:
        return known[token]
    if token[:1] and token[0] in "وبل":
        return known.get(token[1:])  # and-, with-, for- are written on to the word
    parts, total = token.split(), 0
    while len(parts) > 1 or (parts and total):
        taken = next((n for n in range(len(parts), 0, -1) if isinstance(known.get(" ".join(parts[:n])), int)), 0)
        value = known.get(" ".join(parts[:taken]))
        if not isinstance(value, int) or (total and value >= 20):
            return None
        total, parts = total + value, parts[taken:]
    return total or None


def _goes_on(said: int, token: str, known: Mapping[str, int | str]) -> int | None:
    """The number that both words make, as in `three and-twenty` (Arabic), `cinq cents`, `two hundred`; None if none."""
    joined = token.startswith("و") and len(token) > 2
    more = known.get(token[1:] if joined else token)
    if not isinstance(more, int):
        return None
    if joined:
        return said + more if (said < 10 <= more < 100) or (said >= 100 > more) else None
    if more in (100, 1000) and said < more:
        return said * more
    if more == 10 and said < 10 and _ARABIC.search(token):
        return said + 10
    return None


def _folded(token: re.Match[str]) -> str:
    word = token[0]
    if word[0].isdigit():
        return str(int("".join(str(unicodedata.digit(c)) for c in word if c.isdecimal())))
    return fold(word)


def _may_be(one: _Read, other: _Read) -> bool:
    """True when lengths, dates and the order of numbers allow it."""
    small, large = sorted((one.size, other.size))
    if large > LENGTHS * small or len(set(one.numbers) & set(other.numbers)) < FEWEST_NUMBERS:
        return False
    if _days_apart(one.doc, other.doc) > WEEKS:
        return False
    most = max(len(one.numbers), len(other.numbers))
    return _in_order(one.numbers, other.numbers) >= ORDERED * most


def _days_apart(one: Doc, other: Doc) -> int:
    if not (one.dated_from and other.dated_from):
        return 0
    return abs((date.fromisoformat(one.dated_from[:10]) - date.fromisoformat(other.dated_from[:10])).days)


def _in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest sequence that stands in both in this order."""
    before = [0] * (len(b) + 1)
    for x in a:
        row = [0]
        for n, y in enumerate(b):
            row.append(before[n] + 1 if x == y else max(before[n + 1], row[n]))
        before = row
    return before[-1]


def _names(text: _Read) -> Iterator[str]:
    """Capitalised words within a sentence, each once; in Arabic letters all words: none shows that it is a name."""
    words, seen = text.doc.words, set()
    small = _small().get(text.language, frozenset())
    for token in _TOKEN.finditer(words):
        word = token[0]
        if len(word) < 3 or word[0].isdigit() or word.casefold() in small or fold(word) in _figures():
            continue
        arabic = bool(_ARABIC.search(word))
        if arabic or (word[0].isupper() and not _ENDS.search(words[max(0, token.start() - 4) : token.start()] or "\n")):
            for name in (fold(word), fold(word[1:])) if arabic and word[0] in "وبل" else (fold(word),):
                if name and name not in seen:
                    seen.add(name)
                    yield name


def _shared_names(one: _Read, mine: Sequence[str], other: _Read, theirs: Sequence[str]) -> list[str] | None:
    """Names of the one that stand in the other; None where they are too few."""
    if "ar" in (one.language, other.language):
        latin, across = (theirs, mine) if one.language == "ar" else (mine, theirs)
    else:
        latin, across = sorted((mine, theirs), key=len)
    met: dict[str, list[str]] = {}
    for name in across:
        met.setdefault(skeleton(name), []).append("".join(name_tokens(name)))
    names = [n for n in latin if len(skeleton(n)) > 1]
    shared = [n for n in names if any(same_token("".join(name_tokens(n)), m) for m in met.get(skeleton(n), ()))]
    return shared if len(shared) >= max(FEWEST_NAMES, NAMED * len(names)) else None


@cache
def _small() -> dict[str, frozenset[str]]:
    return {c: frozenset(v["small"].split()) for c, v in _data()["languages"].items() if v.get("small")}


@cache
def _figures() -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for value, written in _data()["numbers"].items():
        found |= dict.fromkeys(_all(written), int(value))
    for month, written in _data()["months"].items():
        found |= dict.fromkeys(_all(written), f"month {month}")
    return found


def _all(written: Iterable[str]) -> list[str]:
    return [fold(w) for w in written]


@cache
def _data() -> dict[str, Any]:
    text = resources.files("probanda.incidents").joinpath("figures.yaml").read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # type: ignore[no-any-return]  # noqa: S506 (a safe loader)
