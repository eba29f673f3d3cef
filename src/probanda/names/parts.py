"""A person's written name taken apart once: titles, parts with what each is and how much it tells, other names.

`Gen. Khaled bin Omar al-Sarafi (Abu Omar)` has the title `gen`, the parts khaled, omar (a father's name) and sarafi,
and the other name abu-omar. Parts that are one name are one part: Abd al-Karim, Abu Salim, Nur al-Din, Saif al-Islam.

Start with `take_apart`.

Looks down to: letters, sounds, given, folding, persons (descriptions), data/ranks.yaml. Used by: people, blocking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.bodies import is_adjective
from probanda.names.folding import without_article
from probanda.names.given import GivenNames, load
from probanda.names.letters import MOST_WORDS, is_arabic, is_unread, plain, shown
from probanda.names.persons import without_description
from probanda.names.sounds import Sounds, sounds


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of a name."""

    text: str
    written: str
    """As a reason shows it."""
    sounds: Sounds
    also: tuple[Sounds, ...]
    """Other forms of the same part: Benkirane for Ben Kirane, the masculine of a Slavic family name."""
    given: frozenset[int]
    """Lines of data/given.yaml that it can be; empty for what is no known given name."""
    tells: float
    """How much it tells that two names share this part, 0..1: a rare family name 1, Muhammad 0.35."""
    of_father: bool = False
    """`bin`, `ben`, `ibn`, `ould` stood before it."""
    initial: bool = False
    kunya: bool = False
    """Abu or Umm with what follows."""


@dataclass(frozen=True, slots=True, eq=False)
class PersonParts:
    """A person's name, prepared."""

    words: str
    parts: tuple[Part, ...]
    titles: tuple[str, ...]
    generation: str | None
    arabic: bool
    """A name of the Arabic sphere, in whichever script: its spellings meet by wider rules."""
    unread: bool
    """Written in a script that is not read: what it says of another script's name is open."""
    others: tuple[PersonParts, ...]
    """Names given beside it: nicknames in brackets or quotation marks, `alias`, `known as`."""


_OTHER_NAME = re.compile(
    r"\s*[,،;]?\s*(?:\b(?:also known as|better known as|known as|nicknamed|alias|a\.?k\.?a\.?|nom de guerre|dit"
    r"|connu sous le nom de)(?!\w)|الملقب(?: ب)?|المعروف (?:باسم|ب)|الشهير (?:باسم|ب)|المكنى(?: ب)?)\s*[:\"“«]?\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[“«„\"]([^)\]”»“\"]+)[)\]”»“\"]")
_ARTICLES = frozenset({"al", "el", "ul", "ol", "il", "ال"})
_SUN = frozenset(
    {
        "an",
        "ar",
        "as",
        "ash",
        "ad",
        "adh",
        "at",
        "ath",
        "az",
        "ach",
        "ech",
        "en",
        "er",
        "es",
        "esh",
        "ed",
        "et",
        "ez",
        "ud",
        "ur",
        "us",
    }
)
_SON = frozenset({"bin", "ben", "ibn", "bint", "ould", "uld", "wuld", "wld", "mint", "ibni", "بن", "ابن", "بنت", "ولد"})
_SON_AFTER = frozenset({"oglu", "ogly", "oghlu", "ugli", "qizi", "kyzy", "gyzy", "zade"})
_SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdoul", "abdur", "abder", "abdus", "abdool", "عبد"})
_FATHER_OF = {
    **dict.fromkeys(("abu", "abou", "abo", "abul", "abi", "aba", "bu", "bou"), "abu"),
    **dict.fromkeys(("umm", "um", "oum", "om"), "um"),
}
_FATHER_OF.update({"ابو": "ابو", "ابي": "ابو", "ابا": "ابو", "بو": "ابو", "ام": "ام"})
_SECOND = frozenset(
    {
        "din",
        "dine",
        "eddine",
        "eddin",
        "uddin",
        "aldin",
        "addin",
        "deen",
        "islam",
        "allah",
        "haq",
        "haqq",
        "hak",
        "mulk",
        "abidin",
        "abidine",
        "abdin",
        "عابدين",
        "دين",
        "اسلام",
        "الله",
        "حق",
        "ملك",
    }
)
"""Words that with the article make one name with the word before: Nur al-Din, Saif al-Islam, Zia ul-Haq."""
_WRITTEN_WITH_IT = frozenset({"allah", "الله", "eddine", "eddin", "uddin", "aldin", "addin"})
_GOD = frozenset({"allah", "الله"})
_PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "las",
        "los",
        "le",
        "von",
        "der",
        "den",
        "zu",
        "ter",
        "af",
        "av",
        "billah",
        "بالله",
        "y",
        "e",
        "i",
    }
)
_AFTER_FIRST_ONLY = frozenset({"le", "la", "do", "du", "y", "e", "i", "den", "di"})
_SPEECH = re.compile(r"kh|gh|dh|q(?![uiy])")
_DIN = re.compile(r"^(\w{2,}?)(?:[aeiou]?(?:dd|tt)|u[dz])(?:in|ine|een|yn)$")
_ALLAH = re.compile(r"^(\w{3,}?)[aou]?u?llah?$")
_AMBIGUOUS_WORDS = (
    "sultan emir amir sayed sayyid imam king prince justice chief father don hajj haj hajji major mayor judge pastor "
    "bishop pope duke eng private chef u daw haji hadji السيد سيد الحاج أمير سلطان رائد شيخ لواء عميد مشير فريق"
)
_AMBIGUOUS = frozenset(plain(_AMBIGUOUS_WORDS).split())
"""Titles that are names as well: stripped only where two names stand behind them."""
_GENERATION_ONLY_AFTER = 2


@lru_cache(maxsize=65536)
def take_apart(words: str) -> PersonParts:
    """Prepare a person's name as written, in Latin, Arabic or Cyrillic script; no error for any words."""
    main, others = _with_others(words)
    return _one_name(main, tuple(_one_name(other, ()) for other in others))


def _with_others(words: str) -> tuple[str, list[str]]:
    """The name itself, and the names said to be his as well."""
    others = []
    text = words
    for found in _BRACKETS.finditer(words):
        if found.start() == 0 and found.end() == len(words.strip()):
            return words.strip('()[]“”«»"„ '), []
        others.append(found[1])
        text = text.replace(found[0], " ", 1)
    main, *more = [piece.strip() for piece in _OTHER_NAME.split(text) if piece and piece.strip()] or [text]
    others.extend(more)
    split = [piece for other in others for piece in _OTHER_NAME.split(other) if piece.strip()]
    return main, split


def _one_name(words: str, others: tuple[PersonParts, ...]) -> PersonParts:
    described = words if words.islower() else without_description(words)
    raw = plain(_in_order(described)).split()[:MOST_WORDS]
    raw, generation = _without_generation(raw)
    raw, titles = without_titles(raw)
    known = given_names()
    parts = [_part(piece, known) for piece in _pieces(raw)]
    marked = any(t in _ARTICLES or t in _SON or t in _SERVANT or t in _FATHER_OF for t in raw)
    arabic = marked or is_arabic(words) or _of_the_sphere(parts, known)
    return PersonParts(words, tuple(parts), titles, generation, arabic, is_unread(words), others)


def _of_the_sphere(parts: list[Part], known: GivenNames) -> bool:
    """A given name of the sphere, or letters for its sounds in a long name where no given name of another stands."""
    if any(p.given & known.arabic for p in parts):
        return True
    return not any(p.given for p in parts) and any(p.sounds.consonants > 2 and _SPEECH.search(p.text) for p in parts)


def _in_order(words: str) -> str:
    """`Family, Given` turned round; a description after a comma left out."""
    left, sign, right = words.replace("،", ",").partition(",")
    if not sign:
        return words
    after = plain(right).split()
    if not after or after[0] in _endings() or " ".join(after) in _endings():
        return f"{left} {right}"
    capitals = all(w[:1].isupper() or is_arabic(w) for w in right.split() if w[:1].isalpha())
    given, titles = without_titles(after)
    described = (
        is_adjective(right.split()[0]) or (titles and " ".join(given) in _before()) or " ".join(after) in _before()
    )
    if capitals and not described and len(after) <= 4 and len(plain(left).split()) <= 3:
        return f"{right} {left}"
    return left if plain(left) else right


def _without_generation(raw: list[str]) -> tuple[list[str], str | None]:
    for size in (2, 1):
        ending = " ".join(raw[-size:])
        if ending in _endings() and len(raw) >= size + _GENERATION_ONLY_AFTER:
            return raw[:-size], _endings()[ending]
    return raw, None


def without_titles(raw: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Ranks, offices and honorifics off the beginning; the last word always stays."""
    titles: list[str] = []
    while len(raw) > 1:
        if raw[0] == "the":
            raw = raw[1:]
            continue
        size = next((n for n in (4, 3, 2, 1) if len(raw) > n and " ".join(raw[:n]) in _before()), 0)
        if size and raw[size] in _SON:  # Sultan bin Omar: a name
            break
        if not size or (raw[0] in _AMBIGUOUS and size == 1 and len(raw) < 3):
            break
        titles.append(" ".join(raw[:size]))
        raw = raw[size:]
    return raw, tuple(titles)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    written: str
    of_father: bool = False
    kunya: bool = False
    article: bool = False


def _pieces(raw: list[str]) -> list[_Piece]:
    """The parts of a name without titles: small words read, compounds put together."""
    out: list[_Piece] = []
    prefix = ""
    small: list[str] = []
    for place, token in enumerate(raw):
        following = raw[place + 1] if place + 1 < len(raw) else None
        kind = _small_word(token, following, prefix, first=not out, many=len(raw) > 2)
        if kind:
            prefix = kind if kind not in ("article", "son", "particle") else prefix
            small.append(token if kind not in ("article", "son", "particle") else kind)
            continue
        if token in _SON_AFTER and out:
            out[-1] = replace(out[-1], of_father=True)
            continue
        bare = token if prefix and token in _GOD else without_article(token)
        article = "article" in small or bare != token
        if out and not prefix and bare in _SECOND and (article or bare in _WRITTEN_WITH_IT):
            before = out[-1]
            out[-1] = replace(
                before, text=before.text + _second(bare), written=f"{before.written} {shown(token).title()}"
            )
        else:
            text = prefix + (_second(bare) if prefix else _glued(bare))
            written = " ".join([*(t for t in small if t not in ("article", "son", "particle")), token])
            kunya = prefix in _FATHER_OF.values()
            out.append(_Piece(text, shown(written).title(), "son" in small, kunya, article and not prefix))
        prefix, small = "", []
    return out


def _small_word(token: str, following: str | None, prefix: str, *, first: bool, many: bool) -> str:
    """What a small word before another is: article, son, particle, or the prefix it makes; empty for a name."""
    if following is None:
        return ""
    if token in _ARTICLES or (token in _SUN and following.startswith(token[1:])):
        return "article"
    if token in _SON:
        return "son"
    if not prefix:
        if token in _SERVANT:
            return "عبد" if is_arabic(token) else "abd"
        if token in _FATHER_OF:
            return _FATHER_OF[token]
    return "particle" if many and token in _PARTICLES and not (first and token in _AFTER_FIRST_ONLY) else ""


def _second(word: str) -> str:
    return "din" if word in ("dine", "deen", "eddine", "eddin", "uddin", "aldin", "addin") else word


def _glued(token: str) -> str:
    """Names written as one word take the shape of those written apart: Noureddine, Nasrullah."""
    if is_arabic(token):
        return token[:-5] + "دين" if token.endswith("الدين") and len(token) > 6 else token
    found = _DIN.match(token)
    if found:
        return found[1] + "din"
    found = _ALLAH.match(token)
    return found[1] + "allah" if found else token


def _part(piece: _Piece, known: GivenNames) -> Part:
    heard = sounds(piece.text)
    given = known.names_of(heard)
    tells = 0.1 if len(piece.text) == 1 else _tells(heard, given, known, piece)
    also = () if given and not piece.of_father else _also(piece.text, piece.of_father)
    return Part(
        piece.text, piece.written, heard, also, given, tells, piece.of_father, len(piece.text) == 1, piece.kunya
    )


def _also(text: str, of_father: bool) -> tuple[Sounds, ...]:
    if of_father:
        return (sounds(("بن" if is_arabic(text) else "ben") + text),)
    forms = [ending.sub(put, text) for least, ending, put in _OTHER_FORMS if len(text) >= least and ending.search(text)]
    somali = re.sub(r"^c(?=[aeiou])|(?<=[aeiou])c(?=[aeiou]|$)", "", text).replace("x", "h")  # c is ayn, x is ح
    forms += [somali] if somali != text and len(somali) > 2 else []
    return tuple(sounds(form) for form in dict.fromkeys(forms))


_OTHER_FORMS = (
    (6, re.compile(r"^(al|el)"), ""),
    (6, re.compile(r"^l(?=a)"), ""),
    (7, re.compile(r"^(ben|bin|bel|ould)"), ""),
    (6, re.compile(r"(?<=ov|ev|in)a$"), ""),
    (7, re.compile(r"sk(aya|aia|a)$"), "ski"),
    (7, re.compile(r"(?<!sk)aya$"), "y"),
    (4, re.compile(r"w"), "v"),
    (4, re.compile(r"(?<=[aeo])j$"), "i"),
)
"""Letters at least, what is exchanged, for what: an article or `son of` written on to a name, feminine family names,
w and j as German and Polish write them."""


def _tells(heard: Sounds, given: frozenset[int], known: GivenNames, piece: _Piece) -> float:
    if given:
        # With the article a given name is a family name as a rule: al-Bashir.
        return 0.75 if piece.article else 0.35 if given & known.frequent else 0.55
    if piece.kunya or known.is_common_family(heard):
        return 0.5
    return (0.4, 0.5, 0.75, 1.0)[min(heard.consonants, 3)]


def _one_part(words: str) -> str | None:
    pieces = _pieces(plain(words).split())
    return pieces[0].text if len(pieces) == 1 else None


@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """The lists of given names."""
    return load(_one_part)


@lru_cache(maxsize=1)
def _ranks() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("probanda.names").joinpath("data/ranks.yaml").read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _before() -> frozenset[str]:
    return frozenset(plain(str(word)) for group in _ranks()["before"].values() for word in group)


@lru_cache(maxsize=1)
def _endings() -> dict[str, str]:
    return {plain(str(word)): str(row["means"]) for row in _ranks()["after"]["generation"] for word in row["words"]}
