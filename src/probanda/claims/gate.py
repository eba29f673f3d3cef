"""A cheap filter before the parser: sentences with an act word, and neighbours that may say whose words they are.

Start with `worth_parsing`. It errs on the side of letting through.

Looks down to: lexicon. Used by: readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from probanda.claims.lexicon import lexicon, stem_pattern

IRREGULAR = {
    "shoot": "shot",
    "slay": "slain",
    "strike": "struck",
    "flee": "fled",
    "overrun": "overran",
    "hang": "hung",
    "steal": "stole",
    "lay": "laid",
    "find": "found",
    "leave": "left",
    "beat": "beaten",
    "drive": "drove",
    "take": "took",
    "fall": "fell",
    "hide": "hid",
    "mow": "mown",
}
"""Past forms that do not begin like their verb."""


@lru_cache(maxsize=2)
def _acts(language: str) -> re.Pattern[str]:
    lex = lexicon(language)
    words = frozenset(w for e in lex.acts for w in e.verbs | e.nouns)
    phrases = [p for e in lex.acts for p in e.phrases]
    words |= frozenset(IRREGULAR[w] for w in words if w in IRREGULAR)
    return re.compile(
        "|".join([stem_pattern(words), *phrases, r"\bblam|\baccus|\bden(?:y|ied|ies|ying)|\bresponsib"]), re.IGNORECASE
    )


@lru_cache(maxsize=2)
def _speech(language: str) -> re.Pattern[str]:
    words = frozenset(w for e in lexicon(language).speech for w in e.verbs)
    return re.compile(stem_pattern(words | {"according", "said", "told"}) + '|["“”«»]', re.IGNORECASE)


def worth_parsing(sentences: Sequence[str], language: str = "en") -> list[bool]:
    """For each sentence whether the parser should see it."""
    acts, speech = _acts(language), _speech(language)
    hit = [bool(acts.search(s)) for s in sentences]
    out = list(hit)
    for n, sentence in enumerate(sentences):
        near = any(hit[max(0, n - 3) : n + 4])
        if not hit[n] and near and speech.search(sentence):
            out[n] = True
    return out
