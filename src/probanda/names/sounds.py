"""How one part of a name sounds, so that spellings of Latin, Arabic and Cyrillic script can be laid side by side.

Start with `sounds` (one part as sound units, with what it costs to leave each out), then `closeness` (0..1 of two
parts). `Sounds.key` is the coarse key for blocking: parts that meet have equal keys but for rare sounds.

A cost is a number of letters' worth of doubt: 0 where two spellings are habits of one sound, 1 where they are two.
data/sounds.yaml holds the costs, and which sounds meet in names of the Arabic sphere only (q and g, d and z).

Looks down to: letters, data/sounds.yaml. Used by: given, parts, people, units, place_pairs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml
from rapidfuzz.distance import Levenshtein

from probanda.names.letters import ARABIC, is_arabic

_CHAT = str.maketrans({"2": "", "3": "", "5": "kh", "7": "h", "8": "gh", "9": "q"})
"""Arabic written with digits among Latin letters, as in messages: 7amza."""


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
#   ʃ š, ş  ʧ č, ć, ç  ʒ ž
#   E ai, ei  O au, aw  A written long a  U و  I ي  @ initial alef  3 ayn  H ta marbuta or final ه  M final alef maqsura
_LATIN_UNITS = (
    "dsch J, chh C, tsch C, shch S, sch S, tch C, dzh J, dj J, dʒ J, sh S, sz S, ch C, cz C, kh K, gh G, dh D, "
    "th T, zh Z, ph f, tz W, ts W, ck k, qu q, aou au, ou u, oo u, ee i, aa a, ii i, uu u, aev aev, ae E, ai E, ay E, "
    "ei E, ey E, au O, aw O, ie i"
)
_LETTERS_TO_UNIT = dict(pair.split(" ") for pair in _LATIN_UNITS.split(", "))
_BY_LENGTH = {n: {k: v for k, v in _LETTERS_TO_UNIT.items() if len(k) == n} for n in (4, 3, 2)}
_ARABIC_UNITS = dict(
    zip(
        "بتثجحخدذرزسشصضطظعغفقكلمنهاويىةگپچژڤڨڭݣ",
        "btTJhKdDrzsSsXtY3GfqklmnhAUIIHgpCZvggg",
        strict=True,
    )
)
_VOWELS = frozenset("aeiouEOAUIM@")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyzSCZJGKTDXYWʃʧʒđ")
_HARD = _CONSONANTS - {"w", "y"}
_COARSE = dict(zip("qgGJjZʒđKcTDXYzSCxWʃʧpv", "kkkkkkkkhktddddssssssbf", strict=True))
_OTHER_COARSE = {**_COARSE, "K": "k", "T": "s", "ʧ": "k", "ʒ": "d", "đ": "d"}


def _other_key(units: str, frame: str) -> str:
    """A second coarse key for habits that the first cannot show: Jalifa, Sabit (Thabit), Kaled."""
    if units[:1] == "j" and len(frame) > 1:
        return "h" + frame[1:]
    return "".join(_OTHER_COARSE.get(u, u) for u in units if u in _HARD) or frame


_LONGEST = 60
"""Letters of a part that are read."""


@lru_cache(maxsize=262144)
def sounds(token: str) -> Sounds:
    """The sounds of one part, given in the form of `plain` (several words without spaces are one part)."""
    token = token.replace(" ", "")[:_LONGEST]
    if is_arabic(token):
        return Sounds(token, _arabic_units(token), arabic=True)
    if any(c.isdigit() for c in token) and not token.isdigit():
        token = token.translate(_CHAT)
    return Sounds(token, _latin_units(token), arabic=False)


@lru_cache(maxsize=65536)
def together(a: Sounds, b: Sounds) -> Sounds:
    """Two neighbouring parts as one: Jin and Ping as Jinping. Their letters make no new sound (Mohammad, Javad)."""
    units = a.units + (b.units[1:] if a.units[-1:] == b.units[:1] else b.units)
    return Sounds(a.text + b.text, units, a.arabic)


def _latin_units(token: str) -> str:
    # Endings that several languages write alike in sound only.
    word = re.sub(r"(?<=[oe])(w|ff)$", "v", token) if len(token) > 4 else token
    word = re.sub(r"(?<![b-df-hj-np-tv-xz])dz", "dʒ", word)
    word = re.sub(r"s?cht[s]?ch", "shch", re.sub(r"(?<=[aeou])h$", "", word))
    word = re.sub(r"(?<=\w\w)i(c|tj|tsch|tch)$", "ich", word)
    word = re.sub(r"(?<=\w)(ij|iy|yy|yi)$", "i", word)
    word = re.sub(r"(?<=[ln])j$", "", word)
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
        unit = _ARABIC_UNITS.get(letter, "" if ARABIC.match(letter) else letter)
        if place == 0 and letter == "ا":
            unit = "@"
        elif place and place == len(token) - 1 and letter in "ةه":
            unit = "H"
        elif place and place == len(token) - 1 and letter == "ى":
            unit = "M"
        if unit and not (out and unit == out[-1] and unit in "lAUI"):
            out.append(unit)
    return "".join(out)


_FINAL = dict(zip("aeiouEOIUAMH", (0.5, 0.12, 0.5, 0.4, 0.4, 0.4, 0.4, 0.5, 0.4, 0.3, 0.3, 0.3), strict=True))
_WRITTEN = dict(
    zip("@3AUIMaeiouEOywhG", (0.1, 0.25, *[0.35] * 4, *[0.17] * 5, 0.25, 0.25, 0.12, 0.12, 0.2, 0.3), strict=True)
)
_FIRST = {"y": 0.35, "w": 0.35, "h": 0.45}
_ACROSS = {"3": 0.0, "a": 0.02, "e": 0.02, "i": 0.04, "o": 0.1, "u": 0.1, "E": 0.2, "O": 0.2}
"""What it costs to leave a unit out: at the end, elsewhere, at the beginning, in a Latin name beside an Arabic one."""
_CONSONANT = 0.8
_FEW_DROP = {(False, "dt"): 0.25, (False, "ji"): 0.3, (True, "ye"): 0.1}
"""By (first, unit and the next): d before t is heard as t (Hemedti); Vojislav, Yelena are Voislav, Elena."""
_AFTER_DROP = {"AI": 0.1, "AU": 0.12, "AH": 0.05}
"""By the unit before and itself: what is often not heard after a long a (عصائب, Asaib; شاه, Shah)."""


def _drops(units: str, arabic: bool, *, across: bool) -> tuple[float, ...]:
    last = len(units) - 1
    return tuple(
        _FEW_DROP.get((n == 0, units[n : n + 2]))
        or _AFTER_DROP.get(units[n - 1 : n + 1] if n else "")
        or _drop(u, n, last, arabic, across)
        for n, u in enumerate(units)
    )


def _drop(unit: str, place: int, last: int, arabic: bool, across: bool) -> float:
    if place == last and unit in _FINAL and last:
        return _FINAL[unit]
    if place == 0 and unit in _FIRST:
        return _FIRST[unit]
    if across and unit in _ACROSS and (unit == "3" or not arabic):
        return _ACROSS[unit]
    return _WRITTEN.get(unit, _CONSONANT)


def _table(*sections: str) -> dict[str, float]:
    """The costs of data/sounds.yaml, both ways; a later section goes before an earlier one."""
    data = yaml.safe_load(files("probanda.names").joinpath("data/sounds.yaml").read_text("utf-8"))
    costs: dict[str, float] = {}
    for section in sections:
        for cost, pairs in data[section].items():
            for pair in pairs:
                costs[pair] = costs[pair[::-1]] = float(cost)
    return costs


@lru_cache(maxsize=2)
def _costs(arabic: bool) -> dict[str, float]:
    return _table("anywhere", "arabic") if arabic else _table("anywhere")


_LIMITS = (0.05, 0.12, 0.25, 0.31, 0.44, 0.52, 0.6)
"""Most doubt under which two parts meet, by the consonants of the one that has fewer; above six as for six."""
_FURTHEST = 2.0
MEETS = 0.7
"""Closeness from which two parts are taken for spellings of one."""
NEAR = 0.45
"""Closeness from which two parts are too near to speak against each other."""


@lru_cache(maxsize=1 << 19)
def closeness(a: Sounds, b: Sounds, arabic: bool) -> float:
    """How close two parts are, 0..1; from `MEETS` on spellings of one. `arabic`: a name of the Arabic sphere."""
    if a.units == b.units and a.arabic == b.arabic:
        return 1.0 if a.text == b.text else 0.98
    few = min(a.consonants, b.consonants)
    limit = _LIMITS[min(few, 6)]
    if Levenshtein.distance(a.frame, b.frame, score_cutoff=2) > (1 if few < 5 else 2):
        return 0.0
    enough = limit * _FURTHEST + 0.2
    cost = _distance(a, b, _costs(arabic), enough)
    if cost > enough:
        return 0.0
    return max(0.0, 1.0 - (1.0 - MEETS) * cost / limit)


def _distance(a: Sounds, b: Sounds, table: dict[str, float], enough: float) -> float:
    """Least cost of laying the units of one beside those of the other; above `enough` it is only known as that."""
    across = a.arabic != b.arabic
    first, last, units, others = _where_they_differ(a.units, b.units)
    left, right = (a.cross, b.cross) if across else (a.drops, b.drops)
    left, right = left[first : len(left) - last], right[first : len(right) - last]
    row = [0.0]
    for drop in right:
        row.append(row[-1] + drop)
    for n, unit in enumerate(units):
        before, row = row, [row[0] + left[n]]
        drop = left[n]
        for m, other in enumerate(others):
            cost = before[m] if unit == other else before[m] + table.get(unit + other, 1.0)
            skip, leave = before[m + 1] + drop, row[m] + right[m]
            row.append(min(cost, skip, leave))
        if min(row) > enough:
            return enough + 1.0
    return row[-1]


def _where_they_differ(a: str, b: str) -> tuple[int, int, str, str]:
    """How many units both share at the beginning and at the end, and what stands between."""
    shorter = min(len(a), len(b))
    first = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    shorter -= first
    last = next((n for n in range(shorter) if a[-1 - n] != b[-1 - n]), shorter)
    return first, last, a[first : len(a) - last], b[first : len(b) - last]
