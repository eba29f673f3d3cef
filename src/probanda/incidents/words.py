"""Words folded for comparison, and the difference between a name and a common noun.

Start with `folded`. Only what comparison of accounts needs; spelling variants of names are the business of `names`.

Looks down to: nothing. Used by: copies, facts, origins, versions, contradictions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as one line of text."""
    return frozenset(words.split())


ARTICLES = word_set("the a an this that these those")

SMALL = ARTICLES | word_set(
    "and or of in on at by for from to with near around some more than less about over under at least most roughly "
    "approximately nearly people person persons civilian civilians other others many several hundreds thousands dozens "
    "his her their its one two three four five six seven eight nine ten were was had been who whom"
)
"""Words that tie nothing together, since most accounts of harm share them."""

COMMON = word_set(
    # collectives that speak or act without a name of their own
    "residents resident witnesses witness eyewitness eyewitnesses survivors survivor activists activist officials "
    "official rescuers rescuer experts expert villagers villager opposition rebels rebel workers worker aid sources "
    "source reports report people families family relatives relative doctors doctor medics medic lawyers lawyer "
    "soldiers soldier authorities authority government army military police forces force troops troop fighters "
    "fighter militants militant protesters protester refugees refugee civilians civilian women woman men man children "
    "child elders elder journalists journalist analysts analyst observers observer monitors monitor investigators "
    "investigator spokesman spokeswoman spokesperson commander commanders officer officers prosecutor prosecutors "
    "patrol patrols gunmen gunman attackers attacker terrorists insurgents guerrillas militia militias aircraft plane "
    "bombs bomb bombing bombardment bombardments shelling attack attacks offensive strike strikes fire regime "
    "victims victim prisoners prisoner detainees detainee inmates media news press newspaper newspapers agency "
    "agencies group groups rights human international local security medical hospital humanitarian state "
    "he she they it him them who someone somebody another others persons person team "
    # kinds of place
    "camp camps church mosque school hospital prison jail airport airstrip airbase base port harbour market square "
    "street road bridge village villages town towns city cities district province region area areas country border "
    "neighbourhood neighborhood neighbourhoods neighborhoods suburb suburbs outskirts capital house houses home homes "
    "building buildings square station checkpoint barracks centre center field fields river site sites territory "
    "north south east west northern southern eastern western central old new the a an of in on at near and"
)
"""Common nouns for collectives and kinds of place: words made of these alone name nobody and nowhere."""

LOCATING = word_set(
    "north south east west northern southern eastern western central old new village villages town towns city cities "
    "district province region area areas country border capital state territory site sites river side"
)
"""Common nouns in a place's name that say where or how large it is, and not what stands there."""


@lru_cache(maxsize=65536)
def folded(words: str) -> str:
    """Letters and digits only, without case or marks, articles in front dropped, single spaces between."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    tokens = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    while len(tokens) > 1 and tokens[0] in ARTICLES:
        tokens = tokens[1:]
    return " ".join(tokens)


def plain(words: str) -> str:
    """The same words without case or marks, all else as it stands: what patterns of folded words are looked for in."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c))


def tokens(words: str) -> list[str]:
    """The folded words, one by one, articles kept: what texts are compared by."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=65536)
def content(words: str) -> frozenset[str]:
    """The words that may tie two accounts together: no articles, counts or the commonest nouns; endings cut."""
    return frozenset(_stem(t) for t in folded(words).split() if t not in SMALL and not t.isdigit() and len(t) > 2)


@lru_cache(maxsize=65536)
def is_named(words: str) -> bool:
    """True when the words hold a name: at least one capitalised word that is no common noun.

    "Residents" and "the church" name nobody and nowhere, also in a text printed in capitals.
    """
    return any(
        w[0].isupper() or not w[0].islower()
        for w in _WORD.findall(words)
        if len(w) > 1 and folded(w) not in COMMON and folded(w) not in SMALL and not w.isdigit()
    )


def _stem(token: str) -> str:
    """A light stem, so that `bombs`, `bombed` and `bombing` tie: an ending is cut while four letters are left."""
    for ending in ("ings", "ing", "ments", "ment", "ies", "ed", "es", "s", "y"):
        if token.endswith(ending) and len(token) - len(ending) >= 4 and not token.endswith("ss"):
            return token[: -len(ending)]
    return token
