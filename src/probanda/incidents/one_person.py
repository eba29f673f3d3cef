"""One person called two ways in one text: `an activist said ...`, and below `Noura Selim, the activist, said`.

Start with `one_person`. Only an article that points back ties the two: `the activist`, `le militant`. Where it does not
stand there they stay two tellers, of whom one counts: two persons must not become one by a word.

Looks down to: incidents.chains, telling, words. Used by: world.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from probanda.claims.model import Claim
from probanda.incidents.chains import Teller
from probanda.incidents.telling import Told, said_to_be
from probanda.incidents.words import folded, plain

_BACK = r"(?:\bthe\s+(?:same\s+)?|\b(?:le|la)\s+(?:meme\s+)?|\bl[’']|(?<!\w)ال)"
"""Articles that point back; in Arabic the article is a part of the word."""

Chain = tuple[Teller, ...]


def one_person(claims: Sequence[Claim], chains: Mapping[str, Chain], told: Mapping[str, Told]) -> dict[str, Chain]:
    """The tellers of the claims of one text, in their order; a described one is named where an article ties the two."""
    named: dict[str, set[str]] = {}
    ties: dict[str, tuple[int, Teller, bool]] = {}
    for n, claim in enumerate(claims):
        chain, sentence = chains[claim.id], told.get(claim.id, Told()).sentence
        if not chain or not chain[-1].named or chain[-1].who not in ("", "people"):
            continue
        beside = said_to_be(chain[-1].words, sentence)
        if beside is not None:
            named.setdefault(beside.word, set()).add(chain[-1].key)
            points_back = _points_back(beside.word, sentence)
            if beside.word not in ties or (points_back and not ties[beside.word][2]):
                ties[beside.word] = n, chain[-1], points_back
    out = dict(chains)
    for n, claim in enumerate(claims):
        chain = chains[claim.id]
        word = _single(chain)
        if not word or len(named.get(word, ())) != 1:
            continue
        at, teller, back = ties[word]
        if (back and n < at) or (n > at and _points_back(word, told.get(claim.id, Told()).sentence)):
            out[claim.id] = (*chain[:-1], teller)
    return out


def _single(chain: Chain) -> str:
    """The word by which one person without a name is called; empty for groups, bodies and names."""
    called = chain[-1].called if chain and not chain[-1].named and chain[-1].who == "people" else None
    return called.word if called is not None and not called.several else ""


def _points_back(word: str, sentence: str) -> bool:
    """True where the article before this word says that it was spoken of before."""
    return re.search(rf"{_BACK}(?:\w+\s+){{0,2}}{re.escape(folded(word))}\b", plain(sentence)) is not None
