"""How one written name part sounds, in a form in which spellings of Latin, Arabic and Cyrillic script can be laid side by side.

Start with `plain` (script and marks folded, but what a mark says of the sound kept: Š is sh), then `sounds`
(one part as sound units, with what it costs to leave each out), then `closeness` (0..1 of two parts). `Sounds.key`
is the coarse key for blocking: parts that meet have equal keys but for rare sounds.

A cost is a number of letters' worth of doubt: 0 where two spellings are habits of one sound, 1 where they are two sounds.
The tables follow the romanisations in use (ALA-LC and BGN/PCGN, and French, English, German and Spanish usage);
sounds that only Arabic speech lets meet (q and g, d and z) meet only in names of its sphere.

Looks down to: nothing. Used by: given, parts, compare.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_MARKED = str.maketrans(
    {
        "š": "sh", "č": "ch", "ć": "ch", "ž": "zh", "đ": "dj", "ş": "sh", "ș": "sh", "ğ": "gh", "ġ": "gh", "ḡ": "gh",
        "ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ḏ": "dh", "ṯ": "th", "ǧ": "j", "ǰ": "j", "ḳ": "q", "ñ": "n", "ß": "ss",
        "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a",
        **dict.fromkeys("'’‘ʼʻ`´ʿʾ′＇", ""),
    }
)  # fmt: skip
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "ї": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "ch",
        "џ": "dzh", "қ": "q", "ғ": "gh", "ҳ": "h", "ҷ": "j", "ә": "a", "ө": "o", "ү": "u", "ұ": "u", "ң": "ng", "һ": "h",
    }
)  # fmt: skip
_ARABIC_LETTERS = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك", "ۀ": "ه", "ہ": "ه", "ء": "", "ـ": ""}
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s(?!\w)")
_CHAT = str.maketrans({"2": "", "3": "", "5": "kh", "7": "h", "8": "gh", "9": "q"})
"""Arabic written with digits among Latin letters, as in messages: 7amza."""


def is_arabic(words: str) -> bool:
    """True when a letter of the Arabic script is among them."""
    return _ARABIC.search(words) is not None


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Words folded for comparing: lower case, Latin or Arabic letters, marks resolved, hyphens and points as spaces."""
    text = unicodedata.normalize("NFC", words).casefold()
    if text.isascii():
        text = _POSSESSIVE.sub("", text)
    else:
        text = _POSSESSIVE.sub("", text).translate(_ARABIC_LETTERS).translate(_CYRILLIC).translate(_MARKED)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.replace("'", "").replace("`", "")))


class Sounds:
    """One part of a name as sound units. Made by `sounds` alone, so that equal parts are one object."""

    __slots__ = ("arabic", "consonants", "cross", "drops", "frame", "key", "other_key", "text", "units")

    def __init__(self, text: str, units: str, arabic: bool) -> None:
        self.text = text
        self.units = units
        """One character a sound."""
        self.arabic = arabic
        self.consonants = sum(u in _CONSONANTS for u in units)
        self.drops = _drops(units, arabic, across=False)
        """What it costs to leave out each unit, laid beside the same script."""
        self.cross = _drops(units, arabic, across=True)
        """The same, laid beside the other script: Arabic writes no short vowels."""
        self.frame = "".join(_COARSE.get(u, u) for u in units if u in _HARD) or units
        self.key, self.other_key = self.frame, _other_key(units, self.frame)

    def __repr__(self) -> str:
        return f"Sounds({self.text!r}, {self.units!r})"


# The units. Small letters are their sound; the others:
#   S sh  C ch  Z zh  J dj and ج  j the letter j  G gh and غ  K kh and خ  T th and ث  D dh and ذ  X ض  Y ظ  W ts
#   E ai, ei  O au, aw  A written long a  U و  I ي  @ initial alef  3 ayn  H ta marbuta or final ه  M final alef maqsura
_LATIN_UNITS = (
    ("dsch", "J"), ("tsch", "C"), ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("dj", "J"), ("dz", "J"), ("sh", "S"), ("sz", "S"),
    ("ch", "C"), ("cz", "C"), ("kh", "K"), ("gh", "G"), ("dh", "D"), ("th", "T"), ("zh", "Z"), ("ph", "f"), ("tz", "W"),
    ("ts", "W"), ("ck", "k"), ("qu", "q"), ("aou", "au"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("aa", "a"), ("ii", "i"),
    ("uu", "u"), ("ai", "E"), ("ay", "E"), ("ei", "E"), ("ey", "E"), ("au", "O"), ("aw", "O"), ("ie", "i"),
)  # fmt: skip
_BY_LENGTH = {n: {k: v for k, v in _LATIN_UNITS if len(k) == n} for n in (4, 3, 2)}
_ARABIC_UNITS = {
    "ب": "b", "ت": "t", "ث": "T", "ج": "J", "ح": "h", "خ": "K", "د": "d", "ذ": "D", "ر": "r", "ز": "z", "س": "s", "ش": "S",
    "ص": "s", "ض": "X", "ط": "t", "ظ": "Y", "ع": "3", "غ": "G", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ا": "A", "و": "U", "ي": "I", "ى": "I", "ة": "H", "گ": "g", "پ": "p", "چ": "C", "ژ": "Z", "ڤ": "v", "ڨ": "g",
    "ڭ": "g", "ݣ": "g",
}  # fmt: skip
_VOWELS = frozenset("aeiouEOAUIM@")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyzSCZJGKTDXYW")
_HARD = _CONSONANTS - {"w", "y"}
_COARSE = {
    "q": "k", "g": "k", "G": "k", "J": "k", "j": "k", "Z": "k", "K": "h", "T": "t", "D": "d", "X": "d", "Y": "d", "z": "d",
    "S": "s", "C": "s", "x": "s", "W": "s", "c": "k", "p": "b", "v": "f",
}  # fmt: skip

_OTHER_COARSE = {**_COARSE, "K": "k", "T": "s"}

def _other_key(units: str, frame: str) -> str:
    """A second coarse key where a sound has a habit that the first cannot show: Jalifa, Sabit for Thabit, Kaled for Khaled."""
    if units[:1] == "j" and len(frame) > 1:
        return "h" + frame[1:]
    return "".join(_OTHER_COARSE.get(u, u) for u in units if u in _HARD) or frame


@lru_cache(maxsize=262144)
def sounds(token: str) -> Sounds:
    """The sounds of one part, given in the form of `plain` (several words without spaces are one part)."""
    token = token.replace(" ", "")
    if is_arabic(token):
        return Sounds(token, _arabic_units(token), arabic=True)
    if any(c.isdigit() for c in token) and not token.isdigit():
        token = token.translate(_CHAT)
    return Sounds(token, _latin_units(token), arabic=False)


def _latin_units(token: str) -> str:
    # Endings that several languages write alike in sound only.
    word = re.sub(r"(?<=[oe])(w|ff)$", "v", token) if len(token) > 4 else token
    word = re.sub(r"s?cht[s]?ch", "shch", re.sub(r"(?<=[aeiou])h$", "", word))
    word = re.sub(r"(?<=\w\w)i(c|tj|tsch|tch)$", "ich", word)
    word = re.sub(r"(?<=\w)(ij|iy|yy|yi)$", "i", word)
    out: list[str] = []
    at, end = 0, len(word)
    while at < end:
        for size in (4, 3, 2):
            unit = _BY_LENGTH[size].get(word[at : at + size])
            if unit is not None and not (unit in "EO" and word[at + size : at + size + 1] in tuple("aeiou")):
                at += size
                break
        else:
            unit, at = _letter(word, at), at + 1
            unit = "k" if unit == "c" and word[at : at + 1] in tuple("lrtck") else unit
        if out and unit == out[-1] and unit not in "@3":
            continue  # doubled letters are one
        out.append(unit)
    return "".join(out).replace("iy", "y" if word[:1] == "i" else "iy")


def _letter(word: str, at: int) -> str:
    letter = word[at]
    following = word[at + 1 : at + 2]
    if letter == "c":
        return "s" if following and following in "eiy" else "c"
    if letter == "x":
        return "x" if at == 0 else "ks"
    if letter == "y":
        beside_vowel = (following and following in "aeiou") or (at and word[at - 1] in "aeou" and not following)
        return "y" if beside_vowel else "i"
    return letter


def _arabic_units(token: str) -> str:
    out: list[str] = []
    for place, letter in enumerate(token):
        unit = _ARABIC_UNITS.get(letter, "" if _ARABIC.match(letter) else letter)
        if place == 0 and letter == "ا":
            unit = "@"
        elif place and place == len(token) - 1 and letter in "ةه":
            unit = "H"
        elif place and place == len(token) - 1 and letter == "ى":
            unit = "M"
        if unit and not (out and unit == out[-1]):
            out.append(unit)
    return "".join(out)


_FINAL = {"a": 0.5, "e": 0.12, "i": 0.3, "o": 0.35, "u": 0.35, "E": 0.4, "O": 0.4, "I": 0.35, "U": 0.4, "A": 0.3, "M": 0.3, "H": 0.3}


def _drops(units: str, arabic: bool, *, across: bool) -> tuple[float, ...]:
    last = len(units) - 1
    return tuple(
        # d before t is heard as t (Hemedti, Hemeti).
        0.25 if units[n : n + 2] == "dt" else _drop(u, n, last, arabic, across)
        for n, u in enumerate(units)
    )


def _drop(unit: str, place: int, last: int, arabic: bool, across: bool) -> float:
    if place == last and unit in _FINAL and last:
        return _FINAL[unit]
    if unit == "@":
        return 0.12
    if unit == "3":
        return 0.0 if across else 0.25
    if unit in "AUIM":
        return 0.35
    if unit in _VOWELS:
        if across and not arabic:
            return {"a": 0.02, "e": 0.02, "i": 0.04, "o": 0.1, "u": 0.1}.get(unit, 0.2)
        return 0.17 if unit in "aeiou" else 0.25
    if unit in ("y", "w"):
        return 0.12 if place else 0.35
    if unit == "h":
        return 0.2 if place else 0.45
    if unit == "G":
        return 0.3
    return 0.8


def _both_ways(table: dict[str, float]) -> dict[str, float]:
    return {**table, **{pair[::-1]: cost for pair, cost in table.items()}}


_ANYWHERE = _both_ways(
    {
        "ae": 0.08, "ei": 0.05, "ou": 0.05, "ai": 0.32, "ao": 0.25, "au": 0.42, "iu": 0.4, "eo": 0.45, "eu": 0.45, "io": 0.5,
        "Ee": 0.1, "Ei": 0.12, "Ea": 0.22, "Oo": 0.05, "Ou": 0.1, "Oa": 0.22, "EO": 0.6, "Ey": 0.2, "iy": 0.03, "ey": 0.2,
        "iI": 0, "eI": 0.05, "EI": 0, "yI": 0, "jI": 0.15, "aI": 0.5, "uU": 0, "oU": 0, "OU": 0, "wU": 0, "vU": 0.1, "aU": 0.5,
        "aA": 0, "eA": 0.08, "EA": 0.1, "OA": 0.2, "oA": 0.2, "iA": 0.45, "uA": 0.45, "yA": 0.3, "AI": 0.5, "AU": 0.5, "UI": 0.6,
        "a@": 0, "e@": 0, "i@": 0, "o@": 0, "u@": 0, "E@": 0, "O@": 0, "y@": 0.2, "A@": 0.1, "3@": 0.2,
        "a3": 0.02, "e3": 0.02, "i3": 0.02, "o3": 0.02, "u3": 0.02, "E3": 0.1, "O3": 0.1, "A3": 0.25,
        "aH": 0, "eH": 0, "hH": 0.05, "tH": 0.12, "iH": 0.3, "AH": 0.05, "aM": 0, "iM": 0, "eM": 0.05, "yM": 0.05, "AM": 0.02,
        "IM": 0, "EM": 0.05, "HM": 0.15,
        "kq": 0.05, "gk": 0.35, "gq": 0.4, "Gg": 0.08, "GK": 0.35, "Kk": 0.25, "Kh": 0.08, "gh": 0.25, "jy": 0.1, "ij": 0.15,
        "jh": 0.25, "jK": 0.22, "jJ": 0, "Jg": 0.3, "jg": 0.35, "JZ": 0.12, "jZ": 0.05, "jC": 0.35, "JC": 0.3, "zZ": 0.2, "Jz": 0.3,
        "sS": 0.25, "sC": 0.4, "SC": 0.3, "kC": 0.35, "CK": 0.2, "SZ": 0.4, "WC": 0.2, "sW": 0.2, "zW": 0.15, "cs": 0.3, "kc": 0, "cq": 0.03, "cW": 0.1, "cC": 0.3, "cg": 0.35, "cK": 0.25,
        "xs": 0.3, "xS": 0.2, "xC": 0.45, "sz": 0.2, "Tt": 0.08, "Tf": 0.25, "Ts": 0.25, "Dd": 0.08, "Dz": 0.3, "DT": 0.3,
        "dt": 0.35, "vw": 0.06, "bv": 0.3, "fv": 0.18, "bp": 0.4, "fp": 0.4, "wu": 0.05, "ow": 0.1, "mn": 0.5, "rl": 0.6,
        "Xd": 0, "Xz": 0.05, "XD": 0.05, "Yz": 0, "Yd": 0.05, "YD": 0, "XY": 0.1, "Jk": 0.6,
    }
)  # fmt: skip
_ARABIC_SPHERE = {
    **_ANYWHERE,
    **_both_ways(
        {
            "gq": 0.05, "gk": 0.15, "Gq": 0.12, "Gk": 0.3, "gj": 0.06, "Jg": 0.06, "Jj": 0, "Gg": 0.03, "kq": 0.03, "SC": 0.04,
            "Ts": 0.12, "Tt": 0.05, "Dd": 0.04, "Dz": 0.06, "DT": 0.15, "dz": 0.2, "bp": 0.1, "Jy": 0.25, "fv": 0.08, "jZ": 0.05,
            "KC": 0.2, "GJ": 0.35, "JC": 0.35, "jq": 0.2, "Jq": 0.25,
        }
    ),
}  # fmt: skip
_LIMITS = (0.05, 0.12, 0.2, 0.31, 0.44, 0.52, 0.6)
"""Most doubt under which two parts meet, by the consonants of the one that has fewer; above six as for six."""
_FURTHEST = 2.0
MEETS = 0.7
"""Closeness from which two parts are taken for spellings of one."""
NEAR = 0.45
"""Closeness from which two parts are too near to speak against each other."""


@lru_cache(maxsize=1 << 19)
def closeness(a: Sounds, b: Sounds, arabic: bool) -> float:
    """How close two parts are, 0..1; from `MEETS` on they are spellings of one. `arabic`: a name of the Arabic sphere."""
    if a.units == b.units and a.arabic == b.arabic:
        return 1.0 if a.text == b.text else 0.98
    few = min(a.consonants, b.consonants)
    limit = _LIMITS[min(few, 6)]
    if Levenshtein.distance(a.frame, b.frame, score_cutoff=2) > (1 if few < 5 else 2):
        return 0.0
    cost = _distance(a, b, _ARABIC_SPHERE if arabic else _ANYWHERE, limit * _FURTHEST + 0.2)
    return max(0.0, 1.0 - (1.0 - MEETS) * cost / limit)


def _distance(a: Sounds, b: Sounds, table: dict[str, float], enough: float) -> float:
    """Least cost of laying the units of one beside those of the other; anything above `enough` is only known as that."""
    across = a.arabic != b.arabic
    left, right = (a.cross, b.cross) if across else (a.drops, b.drops)
    row = [0.0]
    for drop in right:
        row.append(row[-1] + drop)
    for n, unit in enumerate(a.units):
        before, row = row, [row[0] + left[n]]
        drop = left[n]
        for m, other in enumerate(b.units):
            cost = before[m] if unit == other else before[m] + table.get(unit + other, 1.0)
            skip, leave = before[m + 1] + drop, row[m] + right[m]
            if skip < cost:
                cost = skip
            row.append(leave if leave < cost else cost)
        if min(row) > enough:
            return enough + 1.0
    return row[-1]
