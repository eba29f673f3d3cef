"""A cheap filter before the parser: sentences with an act word in its company, and neighbours that say whose words
they are.

Start with `worth_parsing`. It errs on the side of letting through: every form of an act word that the reader could take
for one passes, unless the word needs company (`needs` in acts.yaml) and none of it stands in the sentence. A neighbour
passes where it can tell who speaks or is meant: it says "this is according to ...", or somebody speaks in it and the
act behind it is told with a pronoun, of "the group", or in quotation marks.

Looks down to: finding, lexicon, setting, ties. Used by: readers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from probanda.claims.finding import Finder, words_of
from probanda.claims.lexicon import ActEntry, lexicon
from probanda.claims.setting import tells_of_harm
from probanda.claims.ties import words_of_ties

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
_ALWAYS = (r"\bblam", r"\baccus", r"\bden(?:y|ied|ies|ying)", r"\bresponsib")
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


@dataclass(frozen=True, slots=True)
class _Gate:
    """What lets a sentence through."""

    free: Finder
    """Act words that need no company, words of blame, and posts that only an armed body has."""
    standing: Finder
    """Words of posts, membership and support, which are worth a parse beside an armed body."""
    armed: Finder
    phrases: Finder
    company: dict[str, Finder | None]
    """Act words that do, and what each of them needs; None where only the parser can tell."""
    needy_phrases: Finder
    """Those of them that are no single word."""
    company_of_phrases: tuple[tuple[Finder, Finder | None], ...]
    """What these need."""


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
    gate, speech, reference = _gate(language), _speech(language), _reference()
    told = lexicon(language).any_told if tells_of_harm(sentences) else None
    hit = [_is_hit(gate, told, sentence) for sentence in sentences]
    out = list(hit)
    for n, sentence in enumerate(sentences):
        if hit[n]:
            continue
        behind = n > 0 and hit[n - 1] and _ACCORDING.match(sentence) is not None
        ahead = n + 1 < len(sentences) and hit[n + 1] and reference.search(sentences[n + 1])
        out[n] = behind or (ahead and speech.search(sentence))
    return out


_ACCORDING = re.compile(r"\s*(?:This|That|All|These)\b.*\b(?:according|from)\b", re.DOTALL)
"""What says of the sentence before whose words it is."""
_REFERRING = frozenset(
    """
    he she him her his hers they them their theirs it its we our ours report statement document group organisation
    organization agency court commission
    """.split()  # noqa: SIM905
)
"""Words for somebody named before: an act told with one of them may be told of, or by, who spoke just before."""


@lru_cache(maxsize=1)
def _reference() -> Finder:
    return Finder.of(_REFERRING, ['["“”«»]'])


def _is_hit(gate: _Gate, told: Finder | None, sentence: str) -> bool:
    """`told`: the phrases that count in a text that tells of armed harm; None in others."""
    words = words_of(sentence)
    if gate.free.meets(words) or gate.phrases.meets(words):
        return True
    if gate.standing.meets(words) and gate.armed.meets(words):
        return True
    for word in gate.company.keys() & words.distinct:
        company = gate.company[word]
        if company is None or company.meets(words):
            return True
    if gate.needy_phrases.meets(words) and any(
        forms.meets(words) and (company is None or company.meets(words)) for forms, company in gate.company_of_phrases
    ):
        return True
    return told is not None and told.meets(words)  # the dearest question last


@lru_cache(maxsize=2)
def _gate(language: str) -> _Gate:
    lex = lexicon(language)
    entries: dict[str, list[tuple[ActEntry, bool]]] = defaultdict(list)
    for entry in lex.acts:
        for noun, words in ((False, entry.verbs), (True, entry.nouns)):
            for word in words:
                entries[word].append((entry, noun))
    standing = words_of_ties(language)
    free = {word for word, known in entries.items() if any(_needs_none(*one) for one in known)}
    needs: dict[str, set[str]] = defaultdict(set)
    for word in entries.keys() - free:
        for form in forms_of(word):
            needs[form] |= {need for entry, _ in entries[word] for need in entry.needs}
    single = Finder.of(needs).single
    phrases = needs.keys() - single
    same: dict[frozenset[str], list[str]] = defaultdict(list)
    for form in sorted(phrases):
        same[frozenset(needs[form])].append(form)
    return _Gate(
        free=Finder.of((form for word in free | standing.alone for form in forms_of(word)), _ALWAYS),
        standing=Finder.of(form for word in standing.every for form in forms_of(word)),
        armed=Finder.of(form for word in lex.classes["armed"] | lex.classes["named-armed"] for form in forms_of(word)),
        phrases=lex.any_phrase,
        company={form: _company(language, frozenset(needs[form])) for form in single},
        needy_phrases=Finder.of(phrases),
        company_of_phrases=tuple((Finder.of(forms), _company(language, wanted)) for wanted, forms in same.items()),
    )


def _needs_none(entry: ActEntry, noun: bool) -> bool:
    return not entry.needs or (noun and entry.id in ALWAYS_AS_NOUN)


@lru_cache(maxsize=256)
def _company(language: str, needs: frozenset[str]) -> Finder | None:
    lex = lexicon(language)
    if needs & _ANY_COMPANY:
        return None
    words = {word for need in needs - _COMPANY.keys() for word in lex.classes.get(need, frozenset({need}))}
    return Finder.of(
        (form for word in words for form in forms_of(word)),
        [_COMPANY[need] for need in sorted(needs) if need in _COMPANY],
    )


@lru_cache(maxsize=2)
def _speech(language: str) -> Finder:
    words = frozenset(w for e in lexicon(language).speech for w in e.verbs)
    return Finder.of((form for word in words | {"according", "said", "told"} for form in forms_of(word)), ['["“”«»]'])
