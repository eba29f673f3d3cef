"""What leads to a person without a name: phones, e-mail and street addresses, numbers of papers, profiles.

Start with `contacts_in`. Every pattern is bounded, so the time grows with the length of the words and
no faster. What looks like a date, a year, a time, a count with its thousands parted, or a place on the
map is left alone; where a number could be either, the person is protected and not the number.

Looks down to: access.letters. Used by: masking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from probanda.access.letters import APOSTROPHES, FIXED_SPACES, HYPHENS, invisible

PHONE, EMAIL, ADDRESS, NUMBER, PROFILE = "[phone]", "[e-mail]", "[address]", "[number]", "[profile]"

Found = tuple[int, int, str]
"""Start, end, and what to write in their place."""

_APART = r"(?<![^\W_])"
_ENDS = r"(?![^\W_])"
_BLANK = "\x1f"

_AT = re.compile(r"@| ?[\[({] ?at ?[\])}] ?", re.I)
_BEFORE_AT = re.compile(r"[\w.+%-]{1,64}\Z")
_AFTER_AT = re.compile(r"[\w-]{1,63}(?:(?:\.| ?[\[({] ?dot ?[\])}] ?)[\w-]{1,63}){1,5}", re.I)
# `@doc` is how claims name the publication itself among its speakers: nobody's handle.
_HANDLE = re.compile(r"(?<![\w.@/])@(?!doc\b)[A-Za-z0-9_][A-Za-z0-9_.]{1,29}")
_PROFILE = re.compile(
    r"(?<![\w-])(?:(?:facebook|fb|twitter|x|instagram|telegram|t|tiktok|linkedin|vk|ok|threads|snapchat|wa|whatsapp)"
    r"\.(?:com|me|ru|net|org)/|youtube\.com/(?=@|c/|user/|channel/))[^\s<>\"]+",
    re.I,
)
_HOST_BEFORE = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,20}\.){0,2}\Z", re.I)
_URL = re.compile(r"https?://[^\s<>\"]+", re.I)

_YEAR = r"(?:1[89]|20|21)\d\d"
_DATE = re.compile(
    rf"(?<![\d.+/-])(?:{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12]\d|3[01]|0?[1-9])"
    rf"|(?:[12]\d|3[01]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])[-/.]{_YEAR}"
    rf"|{_YEAR} ?- ?(?:{_YEAR}|\d\d)|\d{{1,2}}:\d\d(?::\d\d(?:\.\d{{1,6}})?)?)(?!\d|[-/.]\d)"
)
_CITED = re.compile(rf"{_APART}[A-Z]{{2,8}}-\d{{4}}(?:\.\d{{4}})?{_ENDS}")
"""A registration number with its page, such as LBY-0001.0007."""
_COUNT = re.compile(
    r"(?<![\d.,+()/-])(?<![\d)] )(?:[1-9]\d{0,2}(?:,\d{3}){1,5}|[1-9]\d{0,2}(?:[ .']\d{3}){1,5})(?![\d-]|[ .,]\d)"
)
_PHONE = re.compile(rf"{_APART}(?<!\d[.,])(?:\+|\(\+?)?\d(?:[ ().\-/]{{0,2}}\d){{5,16}}{_ENDS}")
_PHONE_CUE = re.compile(
    r"(?:\b(?:tel|t[ée]l[ée]phone|telephone|phone|mobile|portable|cell|whatsapp|viber|signal|call|fax)|هاتف|جوال|موبايل"
    r"|واتساب|الهاتف)\W{0,4}(?:(?:no|number|num[ée]ro|رقم|is|at|on|me|:)\W{0,3}){0,2}\Z",
    re.I,
)
_PAPER_CUE = re.compile(
    r"(?:\b(?:passport|passeport|id|identity|identit[ée]|national|card|carte|licen[cs]e|n°)|جواز|جواز السفر|الهوية|هوية"
    r"|الوطني|وطني)\W{0,4}(?:(?:no|number|num[ée]ro|card|id|n°|رقم|is|:)\W{0,3}){0,3}\Z",
    re.I,
)
_CUE_WIDTH = 40
_PAPER = re.compile(rf"{_APART}(?<!\d[.,])(?:[A-Z]{{1,3}}-?)?\d{{5,}}{_ENDS}")

_NAME = r"[A-Z\u00c0-\u00de][\w'-]{0,30}"
_MONTH = r"(?i:january|february|march|april|may|june|july|august|september|october|november|december)\b"
_STREET = r"(?i:street|st|road|rd|avenue|ave|lane|boulevard|blvd|square|drive|alley|terrace|quay|highway)"
_RUE = r"(?i:rue|avenue|av\.|boulevard|bd|place|impasse|all[ée]e|chemin|quai|route|passage|ruelle)"
_OF = r"(?i:de la|de l'|des|du|de|d'|la|les|le|l')"
_WORD = r"[\u0621-\u064a\u066e-\u06d3]{1,30}"
_SHARI = r"(?:ال)?(?:شارع|زنقة|طريق|زقاق|حي)"
_DAR = r"(?:ال)?(?:منزل|بيت|شقة|عمارة|بناية|مبنى)"
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_APART}\d{{1,5}}[A-Za-z]?,? (?!{_MONTH})"
        rf"(?:(?:{_NAME}|(?i:the|of|el|al|de)|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{_STREET}{_ENDS}",
        rf"{_APART}(?:{_NAME} ){{1,3}}{_STREET},? (?i:no\.?|number|house|building|#) ?\d{{1,5}}{_ENDS}",
        rf"{_APART}\d{{1,5}}(?: ?(?i:bis|ter))?,? {_RUE} (?:{_OF} ?[^\W\d_][\w'-]{{0,30}}|{_NAME})"
        rf"(?: (?:{_NAME}|{_OF}(?= [^\W\d_]))){{0,3}}",
        rf"{_DAR}(?: رقم)? ?\d{{1,5}}(?: ?[،,])?(?: في)? ?{_SHARI} {_WORD}(?: {_WORD})?",
        rf"{_APART}\d{{1,5}} ?[،,]? ?{_SHARI} {_WORD}(?: {_WORD})?",
        rf"{_SHARI} {_WORD}(?: {_WORD}){{0,2}} ?[،,]? ?(?:رقم|{_DAR})(?: رقم)? ?\d{{1,5}}",
    )
)
_IN_YEAR = re.compile(r"(?:\b(?:in|since|until|by|of|from|en|depuis|de)|عام|سنة) \Z", re.I)


def contacts_in(words: str) -> list[Found]:
    """Everything in these words that leads to a person, in order of place; some may overlap."""
    clean, at = _clean(words)
    found = [*_emails(clean), *_profiles(clean), *_addresses(clean)]
    open_to_numbers = _URL.sub(_blank, clean)
    found += _numbers(open_to_numbers)
    return sorted((at[start], at[end - 1] + 1, mark) for start, end, mark in found)


def _clean(words: str) -> tuple[str, list[int]]:
    """The words with digits, dashes and spaces of one kind and without marks, and where each character stood."""
    kept = [(offset, _plain(char)) for offset, char in enumerate(words)]
    return "".join(char for _, char in kept), [offset for offset, char in kept if char]


@lru_cache(maxsize=1 << 14)
def _plain(char: str) -> str:
    if invisible(char) or unicodedata.category(char) == "Mn":
        return ""
    if char in HYPHENS and char != "_":
        return "-"
    if char in APOSTROPHES:
        return "'"
    if char in FIXED_SPACES or char == "\t" or unicodedata.category(char) == "Zs":
        return " "
    value = unicodedata.decimal(char, None)
    if value is not None:
        return str(value)
    same = unicodedata.normalize("NFKC", char)
    return same if len(same) == 1 else char


def _emails(clean: str) -> Iterator[Found]:
    for at in _AT.finditer(clean):
        before = _BEFORE_AT.search(clean, max(0, at.start() - 64), at.start())
        after = _AFTER_AT.match(clean, at.end(), at.end() + 255)
        if before and after:
            yield before.start(), after.end(), EMAIL


def _profiles(clean: str) -> Iterator[Found]:
    for found in _HANDLE.finditer(clean):
        yield found.start(), found.end(), PROFILE
    for found in _PROFILE.finditer(clean):
        host = _HOST_BEFORE.search(clean, max(0, found.start() - 60), found.start())
        end = found.start() + len(found.group().rstrip(".,;:!?)'»"))
        yield host.start() if host else found.start(), end, PROFILE


def _addresses(clean: str) -> Iterator[Found]:
    text = clean.replace("\n", " ").replace("\r", " ")
    for pattern in _ADDRESSES:
        for found in pattern.finditer(text):
            year = re.match(_YEAR + r"\b", found.group())
            if year and _IN_YEAR.search(text, max(0, found.start() - 8), found.start()):
                continue  # "in 2031 Liberty Square was closed"
            yield found.start(), found.end(), ADDRESS


def _numbers(clean: str) -> Iterator[Found]:
    clean = _COUNT.sub(_blank_count, _DATE.sub(_blank, _CITED.sub(_blank, clean)))
    for found in _PAPER.finditer(clean):
        if _is_paper(found):
            yield found.start(), found.end(), NUMBER
    for found in _PHONE.finditer(clean):
        if _is_phone(found):
            yield found.start(), found.end(), NUMBER if _cued(_PAPER_CUE, found) else PHONE


def _blank(found: re.Match[str]) -> str:
    return _BLANK * len(found.group())


def _blank_count(found: re.Match[str]) -> str:
    """Blank a count such as 12,500 or 1 200 000, but not what may be a phone, as 98 123 456 is in some countries."""
    digits = sum(char.isdigit() for char in found.group())
    count = "," in found.group() or digits <= 7 or found.group().endswith("000")
    return _blank(found) if count and not _cued(_PHONE_CUE, found) else found.group()


def _cued(cue: re.Pattern[str], found: re.Match[str]) -> bool:
    return bool(cue.search(found.string, max(0, found.start() - _CUE_WIDTH), found.start()))


def _is_paper(found: re.Match[str]) -> bool:
    """A number of seven digits or more (six after letters, five where the words say what it is), unless it is round."""
    raw = found.group()
    digits = sum(char.isdigit() for char in raw)
    if _cued(_PAPER_CUE, found):
        return True
    if _cued(_PHONE_CUE, found) or (raw[0] == "0" and 8 <= digits <= 15):
        return False  # a phone
    lettered = raw[0].isalpha()
    return (digits >= 7 or (lettered and digits >= 6)) and not (raw.endswith("0000") and not lettered)


def _is_phone(found: re.Match[str]) -> bool:
    raw = found.group()
    groups = re.findall(r"\d+", raw)
    lengths = [len(group) for group in groups]
    digits = sum(lengths)
    if raw.lstrip("(").startswith("+") or raw.startswith("00"):
        return digits >= 8
    if _cued(_PHONE_CUE, found):
        return True
    if all(re.fullmatch(_YEAR, group) for group in groups) or re.fullmatch(r"\d{1,3}\.\d{4,}", raw):
        return False  # a list of years; a coordinate
    if raw.lstrip("(").startswith("0"):
        return 8 <= digits <= 15 and (max(lengths) >= 2 or digits > 8)
    parted = len(groups) > 1 and digits >= 2 * len(groups) and max(lengths) <= 8
    return parted and (
        (9 <= digits <= 15 and max(lengths) >= 3)
        or (digits == 8 and (len(groups) > 2 or "-" in raw))
        or (lengths == [3, 4] and "-" in raw)
    )
