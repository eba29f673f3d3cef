"""Fold names of Latin and Arabic script so that spellings of one name can meet.

Start with `name_tokens` (what a name is made of once articles, `bin` and marks are gone), then
`skeleton` (coarse, for blocking: what could meet), then `same_token` (fine: what does meet).
The two differ on purpose. `g` may stand for q, gh or j, so all four share a skeleton class;
but j and k are different letters, and Jamal is not Kamal.

The rules follow how the romanisations in use write the Arabic letters (the ALA-LC and
BGN/PCGN tables, and French and press usage); exceptions are in data/variants.yaml.

Looks down to: nothing but data/variants.yaml. Used by: persons, places, bodies, actors.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʿʾ′＇"), "")
_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—־_"), " ")
_SPECIAL = {
    ord(k): v for k, v in {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}.items()
}

_ARABIC_FORMS = {
    ord(k): v
    for k, v in {
        **dict.fromkeys("أإآٱ", "ا"),
        "ؤ": "و",
        "ئ": "ي",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ء": "",
        "ـ": "",
    }.items()
}

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

ARTICLES = frozenset({"al", "el", "ul", "ol", "il"})
"""Articles whatever letter follows."""
_SUN_ARTICLES = frozenset(
    {"an", "ar", "as", "ash", "ad", "adh", "at", "ath", "az", "ach", "en", "er", "es", "esh", "ed", "et", "ez"}
)
"""Articles only before the letter they have taken on: as-Salim, but not `as` elsewhere."""
FILIATION = frozenset({"bin", "ben", "ibn", "bint", "ould", "wld", "بن", "ابن", "بنت", "ولد"})
"""Son or daughter of: written or left out of one and the same name."""
_SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdoul", "abdur", "abder", "abdus", "abdu", "abdool", "عبد"})
_JOINED = frozenset({"abu", "abou", "abo", "umm", "um", "oum", "ام", "ابو", "ابي"})


def fold(words: str) -> str:
    """Case, diacritics, apostrophes, harakat, tatweel and letter forms folded; hyphens are spaces, spaces single.

    Possessive endings go too: `Karim's` folds as `karim`.
    """
    return _fold(words)


@lru_cache(maxsize=65536)
def _fold(words: str) -> str:
    text = re.sub(r"(?<=\w)(['’ʼ][sS]|(?<=[sS])['’ʼ])(?!\w)", "", words)
    # Hamza forms are mapped before decomposition, which would split them into alef and a mark.
    text = text.translate(_ARABIC_FORMS)
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.translate(_APOSTROPHES).translate(_HYPHENS).translate(_SPECIAL)
    text = re.sub(r"\b((?:\w\.){2,})", lambda m: m.group(1).replace(".", ""), text)
    return " ".join(_WORD.findall(text))


@lru_cache(maxsize=65536)
def name_tokens(words: str) -> tuple[str, ...]:
    """The names a name is made of: articles and `bin` dropped, `Abd al-X` and `Abu X` made one.

    A leading `Ben` or `Bin` before a single name is dropped as well, so `Ben Salim` is the bare family name.
    """
    raw = fold(words).split()
    out: list[str] = []
    prefix = ""
    for place, token in enumerate(raw):
        following = raw[place + 1] if place + 1 < len(raw) else None
        if following is not None:
            if _is_article(token, following) or (token in FILIATION and not prefix):
                continue
            if token in _SERVANT:
                prefix = token if _ARABIC.search(token) else "abd"
                continue
            if token in _JOINED:
                prefix = token
                continue
        out.append(prefix + without_article(token))
        prefix = ""
    return tuple(out)


def _is_article(token: str, following: str) -> bool:
    if token in ARTICLES:
        return True
    return token in _SUN_ARTICLES and following.startswith(token[1:])


def without_article(token: str) -> str:
    """Arabic `al-` is written on to the word; glued `Abdul-` forms take the shape of the spaced ones."""
    if token.startswith("عبدال") and len(token) > 6:
        return "عبد" + token[5:]
    if token.startswith("ال") and len(token) >= 5:
        return token[2:]
    glued = re.match(r"abd(?:[aeuo]u?l(?!l)|[aeuo]u?(?=([rsntdz])\1))(\w{3,})$", token)
    return "abd" + glued.group(2) if glued else token


class Frame(NamedTuple):
    """A token as consonants with the vowels before, between and after them (one more gap than consonants)."""

    consonants: tuple[str, ...]
    gaps: tuple[str, ...]
    arabic: bool


_DIGRAPHS = {"sh": "sh", "ch": "sh", "kh": "kh", "gh": "gh", "dh": "dh", "th": "th", "dj": "j", "zh": "j", "ph": "f"}
_VOWELS = {"a": "a", "e": "e", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}
_ARABIC_VOWELS = {"ا": "a", "و": "u", "ي": "i"}
_ARABIC_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "dd", "ط": "t", "ظ": "zz", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "گ": "g", "پ": "p", "چ": "sh", "ژ": "j", "ڤ": "v",
}  # fmt: skip
"""Ayn is left out: the romanisations in use drop it or write an apostrophe."""


@lru_cache(maxsize=65536)
def frame(token: str) -> Frame:
    """The consonants of a folded token and the vowel classes around them (a, e, i, u)."""
    return _arabic_frame(token) if _ARABIC.search(token) else _latin_frame(token)


def _latin_frame(token: str) -> Frame:
    word = token.replace("ee", "i").replace("oo", "u")
    # A final h after a vowel is a spelling of the ending (Zahra, Zahrah): dropped.
    word = re.sub(r"(?<=[aeiou])h$", "", word)
    consonants: list[str] = []
    gaps = [""]
    i = 0
    while i < len(word):
        pair = _DIGRAPHS.get(word[i : i + 2])
        if pair:
            letter, i = pair, i + 2
        else:
            letter, i = word[i], i + 1
            if letter in _VOWELS:
                vowel = _VOWELS[letter]
                if not gaps[-1].endswith(vowel):
                    gaps[-1] += vowel
                continue
            if letter == "c":
                letter = "s" if word[i : i + 1] in ("e", "i", "y") else "k"
        if consonants and consonants[-1] == letter and not gaps[-1]:
            continue  # doubled letters are one
        consonants.append(letter)
        gaps.append("")
    return Frame(
        tuple(consonants), tuple(g.replace("ie", "i") if n < len(gaps) - 1 else g for n, g in enumerate(gaps)), False
    )


def _arabic_frame(token: str) -> Frame:
    # Final ta marbuta, ha and haa are not heard in the romanisations that matter here.
    word = re.sub(r"(?<=..)[هح]$", "", token)
    consonants: list[str] = []
    gaps = [""]
    for letter in word:
        if letter in _ARABIC_VOWELS:
            if not gaps[-1].endswith(_ARABIC_VOWELS[letter]):
                gaps[-1] += _ARABIC_VOWELS[letter]
        elif letter in _ARABIC_CONSONANTS:
            consonants.append(_ARABIC_CONSONANTS[letter])
            gaps.append("")
    return Frame(tuple(consonants), tuple(gaps), True)


_CLASS = {
    **dict.fromkeys(("k", "q", "g", "gh", "j"), "k"),
    **dict.fromkeys(("d", "dh", "z", "th", "dd", "zz"), "d"),
    "sh": "c", "kh": "x", "p": "b", "v": "f",
}  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """The coarse consonants of one name, equal for all spellings that `same_token` may hold equal.

    For blocking only: equal skeletons say that two names should be compared, never that they are one.
    A name without consonants keeps its folded letters.
    """
    folded = "".join(name_tokens(token)) or fold(token).replace(" ", "")
    group = _group_of(folded)
    if group is not None:
        folded = _first_forms()[group]
    return "".join(_CLASS.get(c, c) for c in frame(folded).consonants) or folded


_MEET = frozenset(
    frozenset(pair)
    for pair in (
        ("k", "q"), ("q", "g"), ("k", "g"), ("g", "gh"), ("q", "gh"), ("k", "gh"), ("g", "j"), ("d", "dh"), ("dh", "z"),
        ("dh", "th"), ("dd", "d"), ("dd", "dh"), ("dd", "z"), ("zz", "z"), ("zz", "dh"), ("zz", "d"),
    )
)  # fmt: skip
_ONLY_ARABIC = frozenset(frozenset(pair) for pair in (("p", "b"), ("v", "f")))
"""Arabic has no letters for p and v: these meet only across the scripts."""


@lru_cache(maxsize=262144)
def same_token(a: str, b: str) -> bool:
    """True when two folded names are spellings of one name: consonants may stand for each other, vowels agree.

    Vowels decide where consonants do not: Hasan and Husein, Mahmud and Muhammad, Jamal and Jamil stay apart.
    """
    if a == b:
        return True
    if _group_of(a) is not None and _group_of(b) is not None:
        return _group_of(a) == _group_of(b)
    left, right = frame(a), frame(b)
    if not _consonants_agree(left, right):
        return False
    if left.arabic == right.arabic:
        return left.gaps == right.gaps if left.arabic else _vowels_agree(left.gaps, right.gaps)
    latin, arabic = (right, left) if left.arabic else (left, right)
    return _vowels_agree_across(latin.gaps, arabic.gaps)


def _consonants_agree(left: Frame, right: Frame) -> bool:
    if not left.consonants or len(left.consonants) != len(right.consonants):
        return False
    crossed = left.arabic != right.arabic
    for c, d in zip(left.consonants, right.consonants, strict=True):
        pair = frozenset((c, d))
        if c != d and pair not in _MEET and not (crossed and pair in _ONLY_ARABIC):
            return False
    return True


def _vowels_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    last = len(left) - 1
    for n, (x, y) in enumerate(zip(left, right, strict=True)):
        # A short vowel before two consonants shifts between a and i from dialect to dialect.
        closed = 0 < n < last - 1 and not left[n + 1] and not right[n + 1]
        if n == last and {x, y} == {"", "e"}:
            continue  # a mute final e, as French writes it
        if x != y and not _gap_agrees(x, y, closed):
            return False
    return True


def _gap_agrees(x: str, y: str, closed: bool) -> bool:
    if len(x) != len(y):
        return False
    return all(
        p == q or ("e" in (p, q) and "u" not in (p, q)) or (closed and {p, q} == {"a", "i"})
        for p, q in zip(x, y, strict=True)
    )


def _vowels_agree_across(latin: tuple[str, ...], arabic: tuple[str, ...]) -> bool:
    """Arabic writes long vowels only: what it writes must be heard, and a long last vowel must be written."""
    last = len(latin) - 1
    for n, (x, y) in enumerate(zip(latin, arabic, strict=True)):
        if y and not _heard(x, y, first=n == 0):
            return False
        if not y and 0 < n == last - 1 and len(latin) > 2 and ("u" in x or len(x) > 1):
            return False
        if not y and n == last and x not in ("", "a", "e"):
            return False
    return True


def _heard(latin: str, arabic: str, *, first: bool) -> bool:
    if first and arabic == "a":  # an initial alef carries any vowel
        return bool(latin)
    return all(v in latin or (v in "ai" and "e" in latin) for v in arabic)


@lru_cache(maxsize=1)
def _variants() -> dict[str, int]:
    text = files("probanda.names").joinpath("data/variants.yaml").read_text("utf-8")
    groups = yaml.safe_load(text)["variants"]
    return {"".join(name_tokens(str(form))): n for n, group in enumerate(groups) for form in group}


@lru_cache(maxsize=1)
def _first_forms() -> dict[int, str]:
    first: dict[int, str] = {}
    for form, group in _variants().items():
        first.setdefault(group, form)
    return first


def _group_of(token: str) -> int | None:
    return _variants().get(token)
