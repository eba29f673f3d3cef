"""Which words in a parsed sentence say that something was done, and what kind of act that is.

Start with `triggers`. A word that means many things counts only in company (`needs`, `forbids` in acts.yaml);
what an attack or a killing is called follows from who was hit (`act_type_of`).

Looks down to: lexicon, people_words, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.bare import verbless
from probanda.claims.lexicon import ActEntry, Lexicon, lexicon
from probanda.claims.people_words import looks_like_people
from probanda.kernel.vocabulary import ActType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probanda.claims.words import Stretch, Token, Tokens

LIGHT = frozenset(
    [
        "commit",
        "carry",
        "perpetrate",
        "conduct",
        "launch",
        "stage",
        "mount",
        "wage",
        "violate",
        "make",
        "do",
        "open",
        "take",
        "hold",
        "provide",
        "give",
        "offer",
        "grant",
        "issue",
        "file",
        "lodge",
        "submit",
        "bring",
        "order",
        "orchestrate",
        "cause",
        "inflict",
        "practise",
        "practice",
        "engage",
        "involve",
        "include",
        "face",
        "witness",
        "report",
        "use",
        "serve",
        "begin",
        "start",
        "see",
        "find",
    ]
)
"""Verbs that lend a noun act their subject: "carried out an attack"."""

DOING = frozenset(
    [
        "commit",
        "carry",
        "perpetrate",
        "conduct",
        "launch",
        "stage",
        "mount",
        "wage",
        "violate",
        "make",
        "open",
        "practise",
        "practice",
        "cause",
        "inflict",
        "engage",
        "orchestrate",
        "use",
    ]
)

_PLACE_PREPOSITIONS = ("on", "against", "in", "at", "near", "into", "of", "over")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word (or words) that names an act; offsets are within the sentence."""

    token: Token
    entry: ActEntry
    start: int
    end: int
    noun: bool


@lru_cache(maxsize=2)
def _index(language: str) -> tuple[dict[str, list[ActEntry]], dict[str, list[tuple[tuple[str, ...], ActEntry]]]]:
    verbs: dict[str, list[ActEntry]] = {}
    nouns: dict[str, list[tuple[tuple[str, ...], ActEntry]]] = {}
    for entry in lexicon(language).acts:
        for verb in sorted(entry.verbs):
            verbs.setdefault(verb, []).append(entry)
        for noun in sorted(entry.nouns):
            parts = tuple(noun.split())
            nouns.setdefault(parts[-1], []).append((parts, entry))
    for options in nouns.values():
        options.sort(key=lambda o: -len(o[0]))
    return verbs, nouns


@lru_cache(maxsize=2)
def act_nouns(language: str) -> frozenset[str]:
    """Nouns that name an act: something that happens, and so is no one who acts."""
    return frozenset(n for e in lexicon(language).acts for n in e.nouns if n not in ("hostage", "child soldier"))


@lru_cache(maxsize=2)
def attack_verbs(language: str) -> frozenset[str]:
    """Verbs of attacks, by which people die: bomb, shell, strike ..."""
    attacks = ("attack", "bombing", "attack-on-civilians", "indiscriminate-attack")
    return frozenset(v for e in lexicon(language).acts if e.type in attacks for v in e.verbs)


def triggers(doc: Tokens, language: str = "en", *, harm: bool = True) -> list[Trigger]:
    """Every act word of the sentence, in order; phrases first, then nouns and verbs.

    `harm`: the text tells of armed harm, so that words which need that setting count.
    """
    lex = lexicon(language)
    verbs, nouns = _index(language)
    found: list[Trigger] = _phrases(doc, lex)
    taken = {i for t in found for i in range(t.start, t.end)}
    for token in doc:
        if token.idx in taken:
            continue
        trigger = _verb(token, verbs, lex) if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB") else None
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and (
            _root_verb(token) or _headline_verb(token) or _denied_gerund(token)
        ):
            trigger = _verb(token, verbs, lex, misread=True)
        if trigger is None and (token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "X")):
            trigger = _noun(token, nouns, lex)
        if trigger is not None and (harm or not trigger.entry.setting):
            found.append(trigger)
    if harm:
        found += _told(doc, lex, found)
    return sorted(found, key=lambda t: (t.start, t.end))


def _root_verb(token: Token) -> bool:
    """A noun at the root behind a plural, with a target: "security forces fire on the crowd"."""
    return (
        token.dep_ == "ROOT"
        and token.tag_ == "NN"
        and token.i > 0
        and token.nbor(-1).tag_ == "NNS"
        and token.nbor(-1).head.i == token.i
        and any(c.dep_ == "prep" and c.lower_ in ("on", "at") for c in token.children)
    )


def _denied_gerund(token: Token) -> bool:
    """ "denied bombing civilians", read as civilians of some bombing."""
    before = token.nbor(-1) if token.i else token
    return token.lower_.endswith("ing") and token.dep_ == "compound" and before.lemma_ in ("deny", "admit")


_BEFORE_NOUNS = ("CD", "DT", "IN", "JJ", "PRP$", "WDT")
""" "The attacks came": a noun. "The shells had come from" tells of the shelling all the same."""
_BEHIND_PARTICIPLES = frozenset(
    "after around as at by dead during for in inside near on outside over since under while with without".split()  # noqa: SIM905
)


def _headline_verb(token: Token) -> bool:
    """Headlines are parsed badly: "State Bombs Camp", "Leader Shot in Oren", "Gunmen on motorbikes raid town"."""
    if token.i == 0 or not token.nbor(-1).text.isalpha():
        return False
    after = token.nbor(1) if token.i < len(token.doc) - 1 else None
    if token.lower_ in ("shot", "held") or (token.lower_.endswith("ed") and token.pos_ == "PROPN"):
        return after is None or after.lower_ in _BEHIND_PARTICIPLES
    if after is None:
        return False
    if token.text.endswith("s"):
        before = token.nbor(-1)
        return before.text[:1].isupper() and (before.tag_ not in _BEFORE_NOUNS or token.lower_ == "shells")
    plural = token.nbor(-1).tag_ in ("NNS", "NNPS") and after.pos_ in ("NOUN", "PROPN", "ADJ", "DET", "NUM")
    return plural and token.tag_ in ("NN", "NNP") and verbless(token.doc)


@lru_cache(maxsize=2)
def _phrase_patterns(language: str) -> dict[str, list[tuple[int, ActEntry, re.Pattern[str]]]]:
    """By the spelling that `Lexicon.any_phrase` has: each phrase, its entry, and its number in the lists."""
    out: dict[str, list[tuple[int, ActEntry, re.Pattern[str]]]] = {}
    phrases = [(entry, phrase) for entry in lexicon(language).acts for phrase in entry.phrases]
    for number, (entry, phrase) in enumerate(phrases):
        pattern = re.compile(r"\b(?:" + phrase + r")\b", re.IGNORECASE)
        out.setdefault(pattern.pattern, []).append((number, entry, pattern))
    return out


def _phrases(doc: Tokens, lex: Lexicon) -> list[Trigger]:
    found: list[Trigger] = []
    for entry, span, match in _phrases_in(doc, lex, setting=False):
        if _of_another_world(entry, span, doc, lex):
            continue
        if not any(f.start < match.end() and match.start() < f.end for f in found):
            found.append(Trigger(span.root, entry, match.start(), match.end(), span.root.pos_ in ("NOUN", "PROPN")))
    return found


def _of_another_world(entry: ActEntry, span: Stretch, doc: Tokens, lex: Lexicon) -> bool:
    """True where a phrase stands beside a forbidden word, or in a sentence of a calamity that nobody did."""
    if entry.forbids and not (entry.verbs or entry.nouns) and entry.forbids & _lemmas(doc):
        return True
    return entry.type == "displacement" and _calamity(doc, lex) and not _armed_beside(span.root, lex)


def _phrases_in(doc: Tokens, lex: Lexicon, *, setting: bool) -> Iterator[tuple[ActEntry, Stretch, re.Match[str]]]:
    met = (lex.any_told if setting else lex.any_phrase).met(doc.text)
    known = _phrase_patterns(lex.language) if met else {}
    for _, entry, pattern in sorted((one for p in met for one in known[p]), key=lambda one: one[0]):
        for match in pattern.finditer(doc.text) if entry.setting is setting else ():
            span = doc.stretch(match.start(), match.end())
            if span is not None:
                yield entry, span, match


def _told(doc: Tokens, lex: Lexicon, known: list[Trigger]) -> list[Trigger]:
    """Acts told by what stands around them, where no plain act word says the same (lexicons/en/told.yaml)."""
    found: list[Trigger] = []
    for entry, span, match in _phrases_in(doc, lex, setting=True):
        if entry.forbids & _lemmas(doc) or _calamity(doc, lex):
            continue
        if entry.type == "obstruction-impunity":  # "were not investigated": what was not done is no proceeding
            known[:] = [
                t for t in known if not (t.entry.type == "procedural" and match.start() <= t.start < match.end())
            ]
        if not any(_says_it(t, entry, span, match) for t in [*known, *found]):
            noun = span.root.pos_ in ("NOUN", "PROPN")
            found.append(Trigger(span.root, entry, match.start(), match.end(), noun))
    return found


_DEATHS = frozenset(["killing", "execution"])
_BESIDE = 6
"""Words between an act word and a phrase that tells the same act."""


def _says_it(other: Trigger, entry: ActEntry, span: Stretch, match: re.Match[str]) -> bool:  # noqa: PLR0911
    """True where another act word of the sentence tells what this phrase tells."""
    if entry.leans and entry.assessment and other.entry.generic:
        return False  # "may amount to a war crime": of the act told before, not of a crime without a name
    if (other.start < match.end() and match.start() < other.end) or other.token.i == span.root.i:
        return True
    if {other.entry.type, entry.type} <= _DEATHS:
        return True
    if entry.type == "mass-grave" and other.entry.detail == "bodies-found":
        return True
    if other.entry.type != entry.type or (entry.detail == "release" and other.noun and other.entry.detail != "release"):
        return False  # "freed from detention" tells of the release
    if entry.type == "procedural" and span.root.pos_ in ("NOUN", "NUM"):
        return True
    near = min(abs(other.token.i - span.start), abs(other.token.i - span.end + 1)) <= _BESIDE
    return near or syntax.clause_of(other.token).i == syntax.clause_of(span.root).i


def _verb(token: Token, verbs: dict[str, list[ActEntry]], lex: Lexicon, *, misread: bool = False) -> Trigger | None:
    if token.tag_ == "NNPS":
        return None  # "the Upper Valley Forces"
    options = next((verbs[form] for form in _forms(token) if form in verbs), [])
    for entry in options:
        if entry.light_only and token.lemma_.lower() in entry.nouns:
            continue
        before = token.dep_ in ("amod", "compound") and token.i < token.head.i
        if before and not (misread or _misread(token)):
            return None
        if entry.subject == "theme" and not any(of_bodies(t, lex) for t in syntax.patients(token)):
            continue  # "a mass grave was discovered" is told by its noun
        if entry.type == "execution" and any(of_bodies(t, lex) for t in syntax.patients(token)):
            continue  # "hanged the body from the wall"
        if _company(token, entry, lex, noun=False):
            return Trigger(token, entry, token.idx, token.idx + len(token), False)
    return None


def of_bodies(token: Token, lex: Lexicon) -> bool:
    """ "bodies", "scores of corpses", "the remains of nine men", "more than 40 of the bodies"."""
    found = (
        [token, *syntax.prepositional(token, "of")]
        if token.lemma_.lower() in _MEASURES or token.pos_ == "NUM"
        else [token]
    )
    return any(lex.is_a(t.lemma_.lower(), "bodies") for t in found)


_MEASURES = frozenset("dozen handful hundred number score set thousand".split())  # noqa: SIM905


def _forms(token: Token) -> list[str]:
    """Dictionary forms to try: the tagger's first, then what the spelling allows ("raped" is not the past of "rap")."""
    lower = token.lower_
    forms = [str(token.lemma_).lower()]
    if lower == "shot":
        forms = ["shoot", *forms]
    if lower.endswith("ed"):
        forms = [lower[:-1], *forms, lower[:-2]]
    elif lower.endswith("ing"):
        forms = [lower[:-3] + "e", *forms, lower[:-3]]
    elif lower.endswith("s"):
        forms += [lower[:-1], lower[:-2]]
    return forms


def _misread(token: Token) -> bool:
    """A gerund right after a denial or a preposition is an act, whatever the parser makes of it."""
    before = token.nbor(-1) if token.i else token
    if token.tag_ == "VBN" and before.dep_ == "cc" and before.head.pos_ == "VERB":
        return True  # "killed and disappeared people who opposed them"
    return token.tag_ == "VBG" and (before.lemma_ in ("deny", "admit") or before.lower_ in ("of", "for"))


def _noun(token: Token, nouns: dict[str, list[tuple[tuple[str, ...], ActEntry]]], lex: Lexicon) -> Trigger | None:
    lemma = _lemma(token)
    for parts, entry in nouns.get(lemma, []) + (nouns.get(token.lower_, []) if token.lower_ != lemma else []):
        first = token.i - len(parts) + 1
        if first < 0 or any(
            _lemma(token.doc[first + k]) != p and token.doc[first + k].lower_ != p for k, p in enumerate(parts[:-1])
        ):
            continue
        if token.dep_ == "compound" and token.i < token.head.i and token.head.pos_ in ("NOUN", "PROPN"):
            return None
        if token.tag_ in ("VBG", "VBD", "VBN", "VBZ") and token.dep_ not in (
            "pobj",
            "dobj",
            "nsubj",
            "nsubjpass",
            "conj",
            "ROOT",
            "attr",
        ):
            continue
        if entry.light_only and _light(token, entry.light_only) is None:
            continue
        if entry.type == "attack" and any(
            t.lemma_.lower() in _IDEAS for t in syntax.prepositional(token, "on", "against", "upon")
        ):
            continue
        if _company(token, entry, lex, noun=True):
            return Trigger(token, entry, token.doc[first].idx, token.idx + len(token), True)
    return None


_IDEAS = frozenset(
    """
    authority conscience constitution credibility culture democracy dignity expression faith freedom honor honour
    humanity independence integrity judiciary justice law legitimacy liberty media morality peace principle process
    religion reputation right rule sovereignty speech stability truth unity value
    """.split()  # noqa: SIM905
)
"""What is attacked only in a manner of speaking: "a blatant attack on the freedom of the press"."""


def _lemma(token: Token) -> str:
    lower = token.lower_
    lemma = str(token.lemma_).lower()
    if token.pos_ == "PROPN" and lower == lemma and len(lower) > 4:
        if lower.endswith("ies"):
            return lower[:-3] + "y"
        if lower.endswith("s") and not lower.endswith("ss"):
            return lower[:-1]
    if token.tag_ == "VBG":
        return lower
    return lemma


def _light(token: Token, verbs: frozenset[str]) -> Token | None:
    for _, parent in list(syntax.climb(token))[:3]:
        if parent.lemma_.lower() in verbs:
            return parent
        if parent.pos_ == "VERB":
            return None
    return None


def light_verb(token: Token) -> Token | None:
    """The verb that lends this noun act its subject: its governor when the noun is its object or subject-passive."""
    head, child = token.head, token
    while child.dep_ == "conj" and head.i != child.i:
        child, head = head, head.head
    if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and head.lemma_.lower() in LIGHT:
        return head
    above = child
    for _ in range(6):  # "violated every element of the war crime of ...", "the commission of crimes"
        if above.dep_ in ("pobj", "pcomp", "prep") and above.head.i != above.i:
            above = above.head
            if above.dep_ in ("dobj", "nsubjpass") and above.head.lemma_.lower() in DOING:
                return above.head
    if child.dep_ == "pobj" and head.lower_ == "for" and head.head.lemma_.lower() == "use":
        return head.head
    if child.dep_ == "pobj" and head.lower_ in ("out", "in", "as") and head.head.lemma_.lower() in LIGHT | {"carry"}:
        return head.head
    return having_a_part(child)


_PARTS = frozenset(["hand", "part", "role", "share"])


def having_a_part(noun: Token) -> Token | None:
    """ "Took part in the execution", "played a role in the massacre": the verb whose subject had a part in it."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "in":
        return None
    above = noun.head.head
    if above.lemma_.lower() in _PARTS and above.dep_ == "dobj":
        above = above.head
    elif not any(c.dep_ == "dobj" and c.lemma_.lower() in _PARTS for c in above.children):
        return None
    return above if above.lemma_.lower() in ("take", "play", "have") else None


def _company(token: Token, entry: ActEntry, lex: Lexicon, *, noun: bool) -> bool:
    if entry.forbids and (entry.forbids & set(_immediate(token))):
        return False
    lemmas = _lemmas(token.doc)
    if lemmas & lex.classes["sport"]:
        return False
    if entry.type == "detention" and lemmas & _ORDINARY:
        return False
    if _calamity(token.doc, lex) and not _armed_beside(token, lex):
        return False
    if not entry.needs or (noun and entry.id in ("siege", "burn", "capture")):
        return True
    near = _clause_words(syntax.clause_of(token), token)
    return any(_meets(need, token, near, lex) for need in entry.needs)


def _lemmas(doc: Tokens) -> frozenset[str]:
    """Dictionary forms of a sentence, made once for all its act words."""
    return doc.lemmas


def _calamity(doc: Tokens, lex: Lexicon) -> bool:
    """True where the sentence names a calamity; "rockets rained down" and "troops stormed the school" name none."""
    met = _lemmas(doc) & lex.classes["calamity"]
    return bool(met) and any(
        t.lemma_.lower() in met
        and not (t.pos_ == "VERB" and t.lemma_.lower() in _VIOLENT_TOO)
        and not (t.dep_ == "compound" and t.lemma_.lower() in _NAMES_ANOTHER)
        for t in doc
    )


_NAMES_ANOTHER = frozenset(["drug", "film", "movie", "virus", "rain", "storm"])
"""Nouns that in front of another noun name something else: drug traffickers, a film crew, storm troopers."""
_VIOLENT_TOO = frozenset(["rain", "storm", "flood", "film", "drug", "stroke"])
"""Verbs spelled like a calamity that people do."""


def _armed_beside(token: Token, lex: Lexicon) -> bool:
    """Arms or an armed side in the sentence, other than police who only tell of it."""
    armed = lex.classes["armed"] | lex.classes["munitions"] | (lex.classes["attack"] - {"fire"})
    return any(
        t.lemma_.lower() in armed
        for t in token.doc
        if t.i != token.i and t.pos_ in ("NOUN", "PROPN") and not (t.dep_ == "nsubj" and t.head.lemma_ in _TELLING)
    )


_TELLING = frozenset(["say", "tell", "report", "add", "confirm"])
_ORDINARY = frozenset(
    ["stolen", "burglary", "theft", "shoplifting", "robbery", "speeding", "fraud", "drunk", "bicycle", "brawl"]
)
"""What the police arrest people for everywhere."""


def _immediate(token: Token) -> set[str]:
    doc = token.doc
    words = {t.lower_ for t in doc[max(0, token.i - 2) : token.i + 3] if t.i != token.i}
    ordered = token.dep_ == "dobj" and token.head.lemma_ == "order"
    above = set() if ordered or token.head.i == token.i else {token.head.lemma_.lower()}
    return words | {t.lemma_.lower() for t in token.children if t.dep_ != "conj"} | above  # "ordered the execution of"


def _clause_words(clause: Token, token: Token) -> list[Token]:
    inner = {t.i for t in token.subtree}
    own = []
    for t in clause.subtree:
        between = [a for a in [t, *t.ancestors] if a.dep_ in ("ccomp", "relcl", "advcl") and a.i != clause.i]
        if not any(clause.is_ancestor(b) for b in between) or t.i in inner:
            own.append(t)
    if token.dep_ in ("relcl", "acl"):
        own += [token.head, *token.head.lefts]
    return own


def _meets(need: str, token: Token, near: list[Token], lex: Lexicon) -> bool:
    if need == "number":
        return any(t.like_num or t.lemma_.lower() in ("dozen", "hundred", "thousand") for t in near)
    if need == "fire-at":
        return any(c.dep_ == "prep" and c.lower_ in ("on", "at", "into", "upon") for c in token.children)
    if need == "forcibly":
        return any(t.lower_ in ("forcibly", "gunpoint") for t in near)
    if need == "named-place":
        return any(t.text[:1].isupper() and t.dep_ in ("dobj", "pobj", "nsubjpass") for t in token.subtree)
    if need in lex.classes:
        words = lex.classes[need]
        return any(t.lemma_.lower() in words or t.lower_ in words for t in near if t.i != token.i)
    return any(t.lemma_.lower() == need for t in near)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the kind of act depends on: dictionary forms of who and what was hit, by whom, and the clause around."""

    hit: frozenset[str]
    doers: frozenset[str]
    clause: frozenset[str]
    named_place_hit: bool


_EXECUTED = frozenset(
    [
        "summarily",
        "summary",
        "extrajudicial",
        "execution-style",
        "surrender",
        "surrendered",
        "blindfolded",
        "lined",
        "captive",
        "shackled",
        "bound",
        "point-blank",
    ]
)
_POWERLESS = frozenset(
    [
        "captured",
        "surrendered",
        "captive",
        "detained",
        "disarmed",
        "handcuffed",
        "unarmed",
        "bound",
        "hooded",
        "blindfolded",
    ]
)
"""Words beside those who were killed that say that they could not fight."""
_AREA = frozenset(
    [
        "indiscriminate",
        "indiscriminately",
        "residential",
        "densely",
        "populated",
        "random",
        "randomly",
        "neighbourhood",
        "neighborhood",
        "civilian",
    ]
)


_PROTECTED = frozenset(
    ["aid", "relief", "humanitarian", "medical", "refugee", "peacekeeper", "peacekeeping", "ambulance"]
)
"""What makes a convoy, base or column one that may not be attacked."""


def act_type_of(entry: ActEntry, c: Circumstances, lex: Lexicon) -> tuple[ActType, str]:
    """The act type, and what decided it in words."""
    cls = lex.classes
    if entry.type in ("attack", "bombing"):
        return _attack(entry, c, lex)
    if entry.type == "killing":
        if entry.id in ("kill", "shoot") and (c.hit & (cls["prisoners"] | _POWERLESS) or c.clause & _EXECUTED):
            return ActType.EXECUTION, "killing of people in the doer's power"
        military = c.hit & cls["combatants"] and not c.hit & (cls["civilians"] - {"people", "person", "man", "member"})
        in_battle = bool(c.clause & (cls["attack"] - {"torture", "custody", "detention", "massacre"}))
        soldiers = military and not c.hit & cls["prisoners"] and entry.id in ("kill", "wound", "die", "death")
        if military and (c.doers & cls["armed"] or ((in_battle or soldiers) and not c.doers)):
            return ActType.MILITARY_OPERATION, "those hit are fighters"
    if entry.type == "displacement" and c.hit & cls["combatants"] and not c.hit & (cls["civilians"] | cls["kin"]):
        return ActType.MILITARY_OPERATION, "those driven out are fighters"
    if entry.type == "siege" and entry.id == "besiege" and "choke" in c.clause and not c.named_place_hit:
        return ActType.SIEGE, "choking of a place"
    return ActType(entry.type), entry.id


def _attack(entry: ActEntry, c: Circumstances, lex: Lexicon) -> tuple[ActType, str]:  # noqa: PLR0911
    cls = lex.classes
    if c.clause & {"indiscriminate", "indiscriminately", "randomly"}:
        return ActType.INDISCRIMINATE_ATTACK, "called indiscriminate"
    if c.hit & (cls["civilian-places"] | (cls["civilians"] - {"person", "man"})) or "civilian" in c.hit:
        if c.clause & (_AREA - {"civilian"}) and entry.type == "bombing":
            return ActType.INDISCRIMINATE_ATTACK, "weapons of area effect on a populated area"
        return ActType.ATTACK_ON_CIVILIANS, "civilians or a civilian place hit"
    if c.hit & _PROTECTED:
        return ActType.ATTACK_ON_CIVILIANS, "relief, medical or peacekeeping work hit"
    if c.hit & (cls["combatants"] | cls["military-places"] | cls["armed"]):
        return ActType.MILITARY_OPERATION, "a military target hit"
    if "someone" in c.hit or any(looks_like_people(w) for w in c.hit):
        return ActType.ATTACK_ON_CIVILIANS, "a person hit who is not said to fight"
    if entry.type == "bombing":
        if entry.detail == "prohibited-weapon" or c.named_place_hit or not c.hit or c.hit & cls["places"]:
            return ActType.INDISCRIMINATE_ATTACK, "bombardment of a place as such"
        return ActType.INDISCRIMINATE_ATTACK, "bombardment"
    if c.clause & cls["civilians"] & {"civilian", "villager", "resident"}:
        return ActType.ATTACK_ON_CIVILIANS, "civilians in the clause"
    return ActType.MILITARY_OPERATION, "no civilian target named"
