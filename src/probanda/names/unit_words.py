"""The words that names of bodies are made of, in several languages, as ideas: army, armée, جيش and армия are one.

Start with `find_words`, which reads a folded name into items; data/words.yaml holds the words.

Looks down to: sounds, places (States), data/words.yaml, data/bodies.yaml. Used by: unit_parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.letters import MOST_WORDS, is_arabic, plain
from probanda.names.places import states
from probanda.names.sounds import Sounds, sounds

IDEAS = ("level", "kind", "qualifier", "soft", "legal")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One word, or words that are one idea, of a body's name."""

    sort: str
    """level, kind, qualifier, soft, legal, number, state, known (a body of bodies.yaml) or proper."""
    ids: frozenset[str]
    """What it can be: ids of data/words.yaml, a State's id, the number in figures; empty for a proper word."""
    written: str
    sounds: Sounds | None = None
    """Of one word alone: a word of the lists may stand in the other name as it sounds (Saiqa, صاعقة)."""
    stem: Sounds | None = None
    """Of a proper word that may be an adjective: without the ending (كردستاني, Kurdistan)."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: tuple[tuple[str, bool], ...]
    """Each word as (letters, any ending)."""
    sort: str
    id: str
    cyrillic: bool

    def fits(self, tokens: list[str], at: int) -> bool:
        if at + len(self.words) > len(tokens):
            return False
        return all(
            (token.startswith(word) if any_ending else token == word)
            for (word, any_ending), token in zip(self.words, tokens[at : at + len(self.words)], strict=True)
        )


CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b(?:[^\W\d_]\.\s?){2,}[^\W\d_]\.")
_ELIDED = re.compile(r"\b([dl]|qu)['’](?=\w)", re.IGNORECASE)
_SHIP = re.compile(r"\bM\s?/\s?([VTS])\b\.?", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,9})(?:st|nd|rd|th|er|re|ere|e|eme|o|a|ya|y|i|oy|go|ci|inci)?$")
_AFTER_NUMBER = frozenset(
    {"ya", "y", "i", "oy", "go", "e", "eme", "er", "ere", "th", "st", "nd", "rd", "a", "o", "aya"}
)
_BEFORE_NUMBER = frozenset({"no", "nr", "num", "number", "numero", "n", "nº", "رقم"})
_GOD = frozenset({"الله"})
_SUN = frozenset({"an", "ar", "as", "ash", "ad", "adh", "at", "ath", "az", "ach", "ech", "er", "es", "esh", "ed", "ez"})
_ROMAN = re.compile(r"^x{0,3}(?:ix|iv|v?i{0,3})$")
_ROMAN_LETTERS = {"i": 1, "v": 5, "x": 10}
_SHORT_STEM = 6
LONGEST_STEM = 24
"""Letters of a word that are looked up among the stems."""
_TENS_FROM = 20


def spelled_out(words: str) -> str:
    """A body's name folded: U.N. as un, M/V as mv, & as and."""
    text = _ELIDED.sub(r"\1 ", _SHIP.sub(r"M\1", words.replace("&", " and ").replace("№", " no ")))
    text = _POINTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    return plain(text)


def bare_word(token: str) -> str:
    """An Arabic word without `and`, `for`, `by` and the article written on to it; others as they are."""
    if not is_arabic(token) or token in _GOD:
        return token
    for before, least in (("وال", 6), ("بال", 6), ("لل", 4), ("ال", 4)):
        if token.startswith(before) and len(token) >= least:
            return token[len(before) :]
    return token


@lru_cache(maxsize=65536)
def find_words(words: str, *, with_known: bool) -> tuple[Item, ...]:
    """The items of a name as written, without small words. `with_known`: bodies of bodies.yaml in it as one item."""
    tokens = [bare_word(t) for t in spelled_out(words).split()[:MOST_WORDS]]
    cyrillic = CYRILLIC.search(words) is not None
    found: list[Item] = []
    at = 0
    while at < len(tokens):
        size, item = _read(tokens, at, words, cyrillic, with_known)
        if item is not None and not _added_up(found, item):
            found.append(item)
        at += size
    return tuple(found)


def _read(tokens: list[str], at: int, words: str, cyrillic: bool, with_known: bool) -> tuple[int, Item | None]:
    """How many tokens the word at this place has, and its item; None for small words."""
    token = tokens[at]
    number = _NUMBER.match(token)
    if number or _is_roman(tokens, at, words):
        figure = int(number[1]) if number else _roman(token)
        ending = bool(number) and at + 1 < len(tokens) and tokens[at + 1] in _AFTER_NUMBER
        return (2 if ending else 1), Item("number", frozenset({str(figure)}), token)
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if (token in _BEFORE_NUMBER and following.isdigit()) or (token in _SUN and following.startswith(token[1:])):
        return 1, None
    patterns = _fitting(tokens, at, cyrillic, with_known) or _without_prefix(tokens, at, cyrillic, with_known)
    if not patterns:
        bare = stem(token)
        return 1, Item("proper", _town(token), token, sounds(token), sounds(bare) if bare != token else None)
    size = len(patterns[0].words)
    sorts = {p.sort for p in patterns}
    if "small" in sorts:
        return size, None
    # A word that may be a word to leave out is one: مؤسسة is a foundation and a corporation.
    sort = "soft" if "soft" in sorts else patterns[0].sort
    written = " ".join(tokens[at : at + size])
    return size, Item(sort, frozenset(p.id for p in patterns), written, sounds(token) if size == 1 else None)


def _without_prefix(tokens: list[str], at: int, cyrillic: bool, with_known: bool) -> list[_Pattern]:
    """The patterns that fit without what is written on to an Arabic word: for, by, and, the article of a short word."""
    token = tokens[at]
    size = 2 if token.startswith("ال") else 1 if token[:1] in ("ل", "ب", "و") else 0
    if not size or len(token) < 4:
        return []
    return _fitting([*tokens[:at], token[size:], *tokens[at + 1 :]], at, cyrillic, with_known)


def stem(token: str) -> str:
    """A Russian, Ukrainian or Arabic adjective without its ending: donetskaya, donetskiy, شبوانية, كردستاني."""
    if is_arabic(token):
        return re.sub(r"(?<=\w{4})(ية|ي|ة)$", "", token)
    return re.sub(r"(?<=\w{4})(aya|iy|yy|oy|oe|oye|ogo|ie|ye|yi)$", "", token)


def _is_roman(tokens: list[str], at: int, words: str) -> bool:
    token = tokens[at]
    if not token or not _ROMAN.match(token) or words.isupper() or not re.search(rf"\b{token.upper()}\b", words):
        return False
    last = at == len(tokens) - 1
    return len(token) > 1 or last or any(p.sort == "level" for p in _lexicon().exact.get(tokens[at + 1], ()))


def _fitting(tokens: list[str], at: int, cyrillic: bool, with_known: bool) -> list[_Pattern]:
    """The patterns that fit here with most words: fixed endings before open ones, long stems before short."""
    lexicon = _lexicon()
    token = tokens[at]
    firsts = [token, *_singulars(token)]
    tried = [p for first in firsts for p in lexicon.exact.get(first, ())]
    tried += [p for n in range(2, min(len(token), LONGEST_STEM) + 1) for p in lexicon.open.get(token[:n], ())]
    fitting = []
    for pattern in tried:
        if pattern.sort == "known" and not with_known:
            continue
        if pattern.cyrillic and not cyrillic and len(pattern.words[0][0]) < _SHORT_STEM:
            continue
        rest = pattern.words[1:]
        if not rest or _Pattern(rest, "", "", False).fits(tokens, at + 1):
            fitting.append(pattern)
    if not fitting:
        return []
    order = [(len(p.words), p.sort == "known", not p.words[0][1], len(p.words[0][0])) for p in fitting]
    best = max(order)
    return [p for p, rank in zip(fitting, order, strict=True) if rank == best]


def _singulars(token: str) -> list[str]:
    """Other forms in which the lists may hold a word: singular, masculine, the other case of an Arabic plural."""
    if is_arabic(token) and token.endswith("ه") and len(token) > 3:
        return [token[:-1] + "ة"]
    if is_arabic(token) and len(token) > 4:
        return [token[:-2] + "ين"] if token.endswith("ون") else [token[:-1]] if token.endswith("ة") else [token + "ة"]
    if len(token) > 4 and token.isascii() and token.endswith("s"):
        return [token[:-3] + "y"] if token.endswith("ies") else [token[:-1]]
    return []


def _added_up(found: list[Item], item: Item) -> bool:
    """Twenty and fifth, fifth and twenty: one number."""
    if item.sort != "number" or not found or found[-1].sort != "number":
        return False
    before, now = (next(iter(one.ids)) for one in (found[-1], item))
    if found[-1].written.isdigit() or item.written.isdigit():
        return False
    small, tens = sorted((int(before), int(now)))
    if small < 10 and tens >= _TENS_FROM:
        found[-1] = Item("number", frozenset({str(small + tens)}), f"{found[-1].written} {item.written}")
        return True
    return False


def _roman(token: str) -> int:
    values = [_ROMAN_LETTERS[c] for c in token]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: dict[str, list[_Pattern]]
    open: dict[str, list[_Pattern]]
    near: dict[str, set[int]]


def near_in_use(a: frozenset[str], b: frozenset[str]) -> bool:
    """True for two ideas so near that they do not part names by themselves: directorate and department."""
    near, none = _lexicon().near, frozenset[int]()
    return any(near.get(i, none) & near.get(j, none) for i in a for j in b)


def _town(token: str) -> frozenset[str]:
    """The town that a proper word names in one of its languages: Tripoli, طرابلس."""
    found = _towns().get(token)
    return frozenset() if found is None else frozenset({found})


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    data = yaml.safe_load(files("probanda.names").joinpath("data/place_words.yaml").read_text("utf-8"))
    forms = [(line[0], plain(str(form)).split()) for line in data["exonyms"] for form in line]
    return {bare_word(words[0]): str(first) for first, words in forms if len(words) == 1}


@lru_cache(maxsize=1)
def read_words() -> dict[str, Any]:
    """data/words.yaml as it is written."""
    data: dict[str, Any] = yaml.safe_load(files("probanda.names").joinpath("data/words.yaml").read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = read_words()
    entries: list[tuple[str, str, str]] = []
    for sort in IDEAS:
        entries += [(str(form), sort, row["id"]) for row in data[sort] for form in row["words"]]
    entries += [(str(form), "small", "small") for form in data["small"]]
    entries += [(str(form), "number", str(n)) for n, forms in data["numbers"]["words"].items() for form in forms]
    entries += [(str(form), "state", id_) for id_, forms in data["states"].items() for form in forms]
    entries += [(form, "state", s.id) for s in states() for form in (*s.forms, *s.adjectives)]
    bodies: dict[str, Any] = yaml.safe_load(files("probanda.names").joinpath("data/bodies.yaml").read_text("utf-8"))
    for row in bodies["bodies"]:
        entries += [(str(form), "known", row["id"]) for form in (*row["names"], *row["acronyms"])]
    lexicon = _Lexicon({}, {}, {})
    for n, line in enumerate(data["near"]):
        for id_ in line:
            lexicon.near.setdefault(id_, set()).add(n)
    for form, sort, id_ in dict.fromkeys(entries):
        _add(lexicon, form, sort, id_)
    return lexicon


def _add(lexicon: _Lexicon, form: str, sort: str, id_: str) -> None:
    marked = spelled_out(form.replace("*", "ٮ")).split()
    words = tuple((bare_word(w.rstrip("ٮ")), w.endswith("ٮ")) for w in marked)
    if not words:
        raise ValueError(f"names/data: {form!r} ({sort}, {id_}) holds no word; mend the line.")
    pattern = _Pattern(words, sort, id_, CYRILLIC.search(form) is not None)
    index = lexicon.open if words[0][1] else lexicon.exact
    index.setdefault(words[0][0], []).append(pattern)
