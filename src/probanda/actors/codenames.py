"""Speakers who are not to be known: codenames and pseudonyms, which the machine links with nobody.

Start with `coded`. Whoever is called `Witness P-021`, `K. L.` or `Amal (not her real name)` gave an account because the
name was kept back. To link such a name with that of a person, or to show the two side by side, could undo it; so only
a person may (Murad Code, principle 6; Berkeley Protocol, paras 81-84).

Looks down to: names.folding, claims.model. Used by: one_text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from probanda.claims.model import PSEUDONYM, Mention
from probanda.names.folding import fold

_CODE = re.compile(
    r"(?i:(?:protected|anonymous|crown|insider)\s+)?"
    r"(?i:witness(?:es)?|victim|source|survivor|informant|complainant|detainee|interviewee|respondent|subject|"
    r"t[ée]moin|victime|source|rescap[ée]e?|plaignante?|testigo|"
    r"الشاهدة?|شاهدة?|الضحية|ضحية|المصدر|مصدر|الناجية?|ناجية?)"
    r"\s+(?:no\.?\s*|number\s+|n[o°º]\.?\s*|code[- ]?named?\s+|رقم\s+)?[\"“«]?[A-Z0-9٠-٩أ-ي][A-Z0-9٠-٩.\-/]{0,9}[\"”»]?"
    r"|[A-Z]{1,4}-?\d{1,5}(?:[-/]\d{1,4})?"
    r"|(?:[A-Z]\.\s?){1,4}"
    r"|[A-Z]{1,2}",
)


@lru_cache(maxsize=65536)
def is_code(words: str) -> bool:
    """True for what is a code and no name: `Witness P-021`, `W-17`, `A. B.`."""
    return _CODE.fullmatch(" ".join(words.split())) is not None


def coded(mentions: Iterable[Mention]) -> frozenset[str]:
    """Ids of the mentions that are codes, or stand in a text that says that this name is not the real one."""
    every = list(mentions)
    pseudonyms = {(m.item, fold(m.words)) for m in every if m.title == PSEUDONYM}
    return frozenset(m.id for m in every if is_code(m.words) or (m.item, fold(m.words)) in pseudonyms)
