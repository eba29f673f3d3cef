"""Letters of Latin, Arabic and Cyrillic script folded so that names can be compared.

Start with `plain`: lower case, Latin or Arabic letters, marks resolved into what they say of the sound, no signs.

Looks down to: nothing. Used by: sounds, parts, unit_words, place_parts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKED_LETTERS = (
    "š ʃ, ş ʃ, ș ʃ, č ʧ, ć ʧ, ç ʧ, ž ʒ, ğ gh, ġ gh, ḡ gh, ḫ kh, ẖ kh, ḵ kh, ḏ dh, ṯ th, ǧ j, ǰ j, ḳ q, ñ n, "
    "ß ss, æ ae, œ oe, ø o, ð d, þ th, ł l, ı i, ə a"
)
_MARKED = str.maketrans(
    {**dict.fromkeys("'’‘ʼʻ`´ʿʾ′＇", ""), **dict(pair.split(" ") for pair in _MARKED_LETTERS.split(", "))}
)
"""Letters whose mark says how they sound. Written without it they are s, c and z: ʃ, ʧ and ʒ meet both."""
_SHOWN = str.maketrans({"ʃ": "sh", "ʧ": "ch", "ʒ": "zh"})
_CYRILLIC_LETTERS = (
    "а a, б b, в v, г g, ґ g, д d, е e, ё e, є ye, ж zh, з z, и i, і i, ї i, й y, к k, л l, м m, н n, о o, п p, р r, "
    "с s, т t, у u, ў u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ы y, э e, ю yu, я ya, ђ dj, ј j, љ lj, њ nj, ћ ch, "
    "џ dzh, қ q, ғ gh, ҳ h, ҷ j, ә a, ө o, ү u, ұ u, ң ng, һ h"
)
_CYRILLIC = str.maketrans({"ъ": "", "ь": "", **dict(pair.split(" ") for pair in _CYRILLIC_LETTERS.split(", "))})
_ARABIC_LETTERS = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك", "ۀ": "ه", "ہ": "ه", "ء": "", "ـ": ""}
)
ARABIC = re.compile(r"[\u0600-\u06ff]")
_READ = re.compile(r"[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w\w\w)['’ʼ]s(?!\w)")


MOST_WORDS = 40
"""Words of a name that are read; what goes on longer is no name."""


def shown(text: str) -> str:
    """A folded name as a reason shows it."""
    return text.translate(_SHOWN)


def is_arabic(words: str) -> bool:
    """True when a letter of the Arabic script is among them."""
    return ARABIC.search(words) is not None


def is_unread(words: str) -> bool:
    """True when letters of another script than Latin, Arabic and Cyrillic are among them."""
    return not words.isascii() and any(c.isalpha() and c > "\u02ff" and not _READ.match(c) for c in words)


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Words folded for comparing: lower case, Latin or Arabic letters, marks resolved, hyphens and points as spaces."""
    text = unicodedata.normalize("NFC", words).casefold()
    if "\u200c" in text:  # Persian writes an ending apart from its word with a sign of no width
        text = text.replace("ه\u200cا", "").replace("\u200c", "")
    if text.isascii():
        text = _POSSESSIVE.sub("", text)
    else:
        text = _POSSESSIVE.sub("", text).translate(_ARABIC_LETTERS).translate(_CYRILLIC).translate(_MARKED)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.replace("'", "").replace("`", "")))
