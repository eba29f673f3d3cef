"""A cheap filter before the parser: sentences with an act word in its company, and neighbours that say whose words
they are.

Start with `worth_parsing`. It errs on the side of letting through: every form of an act word that the reader could take
for one passes, unless the word needs company (`needs` in acts.yaml) and none of it stands in the sentence.

Looks down to: lexicon. Used by: readers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from probanda.claims.lexicon import ActEntry, Lexicon, lexicon

IRREGULAR = {
    "beat": "beaten", "bind": "bound", "bleed": "bled", "blow": "blew blown", "break": "broke broken",
    "bring": "brought", "build": "built", "burn": "burnt", "buy": "bought", "catch": "caught",
    "choose": "chose chosen", "come": "came", "deal": "dealt", "dig": "dug", "draw": "drew drawn",
    "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feed": "fed", "fight": "fought",
    "find": "found", "flee": "fled", "fling": "flung", "fly": "flew flown", "forbid": "forbade forbidden",
    "force-feed": "force-fed", "freeze": "froze frozen", "get": "got gotten", "give": "gave given", "go": "went gone",
    "grind": "ground", "hang": "hung", "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept",
    "lay": "laid", "lead": "led", "leave": "left", "lie": "lay lain", "lose": "lost", "make": "made", "mow": "mown",
    "overrun": "overran", "overthrow": "overthrew overthrown", "pay": "paid", "rend": "rent", "ride": "rode ridden",
    "say": "said", "see": "saw seen", "seek": "sought", "sell": "sold", "send": "sent", "shoot": "shot",
    "show": "shown", "slay": "slew slain", "sling": "slung", "slink": "slunk", "sow": "sown", "speak": "spoke spoken",
    "spill": "spilt", "stand": "stood", "steal": "stole stolen", "stick": "stuck", "sting": "stung",
    "strew": "strewn", "strike": "struck stricken", "strip": "stript", "swear": "swore sworn", "sweep": "swept",
    "take": "took taken", "teach": "taught", "tear": "tore torn", "tell": "told", "throw": "threw thrown",
    "withhold": "withheld", "wound": "wound", "wring": "wrung", "write": "wrote written",
}  # fmt: skip
"""Past forms that do not begin like their verb, of all verbs that the lists have or are likely to get."""
_ALWAYS = r"\bblam|\baccus|\bden(?:y|ied|ies|ying)|\bresponsib"
_ANY_COMPANY = frozenset({"named-place"})
"""Needs that only the parser can tell."""
_COMPANY = {
    "number": r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|dozens?|scores?|hundreds?|thousands?|millions?)\b",
    "fire-at": r"\b(?:on|at|into|upon)\b",
    "forcibly": r"\b(?:forcibly|gunpoint)\b",
}
"""Needs that are no class of words."""
ALWAYS_AS_NOUN = frozenset({"siege", "burn", "capture"})
"""Acts that need no company where a noun names them (`acts`)."""
NEAR = 1
"""Sentences on either side of an act in which a word of saying is worth the parser."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """What lets a sentence through."""

    free: re.Pattern[str]
    """Act words that need no company, and phrases."""
    needy: re.Pattern[str]
    """Act words that do."""
    company: dict[str, re.Pattern[str] | None]
    """What each form of these needs; None where only the parser can tell."""


def forms_of(word: str) -> set[str]:
    """Every form that this word (dictionary form, lower case) can have, as verb or noun; some that it cannot."""
    head, _, last = word.rpartition(" ")
    stems = {last, *(f"{last}{end}" for end in ("s", "es", "d", "ed", "ing", "'s"))}
    if last.endswith("e"):
        stems.add(f"{last[:-1]}ing")
    if last.endswith("ie"):
        stems.add(f"{last[:-2]}ying")
    if last.endswith("y"):
        stems |= {f"{last[:-1]}ies", f"{last[:-1]}ied"}
    if last.endswith("f"):
        stems.add(f"{last[:-1]}ves")
    if last.endswith("fe"):
        stems.add(f"{last[:-2]}ves")
    if last.endswith("man"):
        stems.add(f"{last[:-3]}men")
    if last.endswith("sis"):
        stems.add(f"{last[:-2]}es")
    if len(last) > 2 and last[-1] not in "aeiouwxy":
        stems |= {f"{last}{last[-1]}{end}" for end in ("ed", "ing")}
    if last.endswith("c"):
        stems |= {f"{last}ked", f"{last}king"}
    for base, past in IRREGULAR.items():
        if last.endswith(base):  # "overthrow" and "throw", "force-feed" and "feed"
            stems |= {last.removesuffix(base) + one for one in past.split()}
    return {f"{head} {stem}" for stem in stems} if head else stems


def worth_parsing(sentences: Sequence[str], language: str = "en") -> list[bool]:
    """For each sentence whether the parser should see it."""
    gate, speech = _gate(language), _speech(language)
    hit = [_is_hit(gate, sentence) for sentence in sentences]
    out = list(hit)
    for n, sentence in enumerate(sentences):
        near = any(hit[max(0, n - NEAR) : n + NEAR + 1])
        if not hit[n] and near and speech.search(sentence):
            out[n] = True
    return out


def _is_hit(gate: _Gate, sentence: str) -> bool:
    if gate.free.search(sentence):
        return True
    for found in gate.needy.finditer(sentence):
        company = gate.company[" ".join(found.group(0).lower().split())]
        if company is None or company.search(sentence):
            return True
    return False


@lru_cache(maxsize=2)
def _gate(language: str) -> _Gate:
    lex = lexicon(language)
    entries: dict[str, list[tuple[ActEntry, bool]]] = defaultdict(list)
    for entry in lex.acts:
        for noun, words in ((False, entry.verbs), (True, entry.nouns)):
            for word in words:
                entries[word].append((entry, noun))
    free = {word for word, known in entries.items() if any(_needs_none(*one) for one in known)}
    needs: dict[str, set[str]] = defaultdict(set)
    for word in entries.keys() - free:
        for form in forms_of(word):
            needs[form] |= {need for entry, _ in entries[word] for need in entry.needs}
    phrases = [phrase for entry in lex.acts for phrase in entry.phrases]
    plain = _any_of(form for word in free for form in forms_of(word))
    return _Gate(
        free=re.compile("|".join([plain, r"\b(?:" + "|".join(phrases) + r")\b", _ALWAYS]), re.IGNORECASE),
        needy=re.compile(_any_of(needs), re.IGNORECASE),
        company={form: _company(lex, frozenset(wanted)) for form, wanted in needs.items()},
    )


def _needs_none(entry: ActEntry, noun: bool) -> bool:
    return not entry.needs or (noun and entry.id in ALWAYS_AS_NOUN)


@lru_cache(maxsize=256)
def _company_of(language: str, needs: frozenset[str]) -> re.Pattern[str] | None:
    lex = lexicon(language)
    if needs & _ANY_COMPANY:
        return None
    patterns = [_COMPANY[need] for need in sorted(needs) if need in _COMPANY]
    words = {word for need in needs - _COMPANY.keys() for word in lex.classes.get(need, frozenset({need}))}
    if words:
        patterns.append(_any_of(form for word in words for form in forms_of(word)))
    return re.compile("|".join(patterns), re.IGNORECASE)


def _company(lex: Lexicon, needs: frozenset[str]) -> re.Pattern[str] | None:
    return _company_of(lex.language, needs)


def _any_of(words: Iterable[str]) -> str:
    """A pattern that meets any of these words as a whole; a space stands for any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + r")(?!\w)"


@lru_cache(maxsize=2)
def _speech(language: str) -> re.Pattern[str]:
    words = frozenset(w for e in lexicon(language).speech for w in e.verbs)
    forms = _any_of(form for word in words | {"according", "said", "told"} for form in forms_of(word))
    return re.compile(forms + '|["“”«»]', re.IGNORECASE)
