"""Standing rather than doing: who commands, belongs to, stands under, backs or controls whom, and who sits where.

Start with `ties_in`. A tie is a claim of its own family and never mixes with acts. The words are data
(`lexicons/*/ties.yaml`); here are the few constructions that they stand in.

Looks down to: syntax, lexicon, words, kernel. Used by: readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims import syntax
from probanda.claims.lexicon import Lexicon
from probanda.claims.words import Token, Tokens
from probanda.kernel.vocabulary import TieKind

_UNREAL = frozenset({"MD"})
"""Tags of helping verbs after which nothing is told to be so: "would command"."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of standing, and the words that tell it (fields explained at the head of ties.yaml)."""

    id: str
    kind: TieKind
    nouns: frozenset[str]
    of: tuple[str, ...]
    verbs: frozenset[str]
    under: frozenset[str]
    with_: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FoundTie:
    """A tie as tokens: who stands how to whom, the word that says so, and the role in words."""

    kind: TieKind
    left: Token
    right: Token
    cue: Token
    role: str
    begins: bool = False
    """The words tell that it began: "was appointed commander"."""
    ends: bool = False
    """The words tell that it ended: "was removed as commander", "the former commander"."""


@dataclass(frozen=True, slots=True)
class _Words:
    ways: tuple[Way, ...]
    of_post: frozenset[str]
    appointed: frozenset[str]
    removed: frozenset[str]
    alone: frozenset[str]
    """Words that are worth a parse wherever they stand."""
    every: frozenset[str]
    """All words that tell of a tie."""


@lru_cache(maxsize=2)
def words_of_ties(language: str) -> _Words:
    """The list of a language."""
    data = _data(language)
    ways = tuple(
        Way(
            id=one["id"],
            kind=TieKind(one["kind"]),
            nouns=frozenset(one.get("nouns") or ()),
            of=tuple(one.get("of") or ()),
            verbs=frozenset(one.get("verbs") or ()),
            under=frozenset(one.get("under") or ()),
            with_={word: tuple(led) for word, led in (one.get("with") or {}).items()},
        )
        for one in data["ties"]
    )
    return _Words(
        ways,
        of_post=frozenset(data["of-post"]),
        appointed=frozenset(data["appointed"]),
        removed=frozenset(data["removed"]),
        alone=frozenset(data["alone"]),
        every=frozenset(w for way in ways for w in (*way.nouns, *way.verbs, *way.under, *way.with_)),
    )


def _data(language: str) -> dict[str, Any]:
    found = resources.files("probanda.claims") / "lexicons" / language / "ties.yaml"
    data: dict[str, Any] = yaml.safe_load(found.read_text("utf-8"))
    return data


def ties_in(doc: Tokens, lex: Lexicon) -> list[FoundTie]:
    """Every tie between two parties in a sentence, in order; each pair of ends once for each way."""
    words = words_of_ties(lex.language)
    found: list[FoundTie] = []
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma not in words.every and token.lower_ not in words.every:
            continue
        for way in words.ways:
            if lemma in way.nouns:
                found += _post(token, way, words)
            if lemma in way.verbs and token.pos_ in ("VERB", "AUX"):
                found += _verb(token, way)
            if lemma in way.under:
                found += _under(token, way)
            for word in {lemma, token.lower_} & way.with_.keys():
                found += _led(token, way, way.with_[word])
    out: dict[tuple[str, int, int], FoundTie] = {}
    for tie in found:
        if tie.left.i != tie.right.i and _party(tie.left, lex) and _end(tie, lex):
            out.setdefault((tie.kind.value, tie.left.i, tie.right.i), tie)
    return list(out.values())


def _post(token: Token, way: Way, words: _Words) -> Iterator[FoundTie]:
    """ "X, the commander of Y", "Y commander X", "X is a member of Y", "X was appointed commander of Y"."""
    role, ends = _role(token, words)
    beside = _beside_name(token, words)
    if beside is not None:
        left, unit = beside
        yield FoundTie(way.kind, left, unit, token, role, ends=ends)
        return
    units = syntax.prepositional(token, *way.of) or [
        c for c in token.children if c.dep_ in ("poss", "compound", "nmod") and c.tag_ in ("NNP", "NNPS")
    ]
    if not units:
        return
    holders, begins, over = _holders(token, words)
    if not holders:  # "the head of the police, Ilan Bero"
        holders = [c for c in units[0].children if c.dep_ == "appos" and c.tag_ == "NNP"][:1]
    for left in holders:
        yield FoundTie(way.kind, left, units[0], token, role, begins=begins, ends=ends or over)


def _holders(token: Token, words: _Words) -> tuple[list[Token], bool, bool]:
    """Who holds the post that a noun names, and whether the words tell of its beginning or end."""
    if token.dep_ == "appos":
        return [token.head], False, False
    apposed = [c for c in token.children if c.dep_ == "appos" and c.tag_ == "NNP"]
    if apposed:
        return apposed, False, False
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else token.head
    return ([], False, False) if _unreal(verb) else _told_by_verb(token, verb, words)


def _told_by_verb(token: Token, verb: Token, words: _Words) -> tuple[list[Token], bool, bool]:
    """ "X is the commander", "X was appointed commander", "X was removed as commander"."""
    lemma = verb.lemma_.lower()
    begins, ends = lemma in words.appointed, lemma in words.removed
    if token.dep_ == "attr" and lemma in ("be", "become", "remain"):
        return syntax.subjects(verb)[:1], lemma == "become", False
    if begins and token.dep_ in ("oprd", "dobj", "attr", "xcomp"):
        named = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj") and c.i != token.i]
        inside = [c for c in token.children if c.dep_ == "nsubj"]
        return (inside or named)[:1], True, False
    if token.dep_ == "pobj" and token.head is not verb and (begins or ends or lemma == "serve"):
        named = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj", "nsubj")]
        suffering = [c for c in named if c.dep_ != "nsubj"] or named
        return suffering[:1], begins, ends
    return [], False, False


def _beside_name(token: Token, words: _Words) -> tuple[Token, Token] | None:
    """ "Ninth Brigade commander Omar Sadr": the words of the unit and the post stand before the name."""
    name = token.head if token.dep_ in ("compound", "nmod", "amod") else None
    if name is None or name.tag_ != "NNP" or name.i < token.i:
        return None
    doc, at = token.doc, token.i - 1
    while at >= 0 and (doc[at].text in ("'s", "’s", "'") or doc[at].lower_ in words.of_post):
        at -= 1
    unit = doc[at] if at >= 0 else None
    if unit is None or not unit.text[:1].isupper() or unit.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return None
    return name, unit


def _role(token: Token, words: _Words) -> tuple[str, bool]:
    """The post with the words that are part of it; whether it is told as past."""
    first = token.i
    while first > 0 and token.doc[first - 1].lower_ in words.of_post:
        first -= 1
    named = [t.lower_ for t in token.doc[first : token.i + 1]]
    return " ".join(named), bool({"former", "ex", "then"} & set(named[:-1]))


def _verb(token: Token, way: Way) -> Iterator[FoundTie]:
    """ "X commands Y", "Y, led by X"."""
    if _unreal(token) or any(c.dep_ == "prt" for c in token.children):
        return  # "led away two teachers" is no command over them
    left, right = syntax.subjects(token), [_meant(t, token) for t in syntax.patients(token)]
    if not left or not right or syntax.children(token, "xcomp", "ccomp"):
        return
    yield FoundTie(way.kind, left[0], right[0], token, token.lower_)


def _meant(token: Token, verb: Token) -> Token:
    """What "which" stands for in "the army, which he commands"."""
    return verb.head if token.lower_ in ("which", "that", "whom", "who") and verb.dep_ == "relcl" else token


def _under(token: Token, way: Way) -> Iterator[FoundTie]:
    """ "Y fought under the command of X", "forces under his command"."""
    above = token.head
    if above.dep_ not in ("prep", "agent") or above.lower_ != "under":
        return
    owner = syntax.prepositional(token, "of") or [c for c in token.children if c.dep_ == "poss"]
    held = above.head
    if held.pos_ in ("VERB", "AUX"):
        if _unreal(held):
            return
        lower = syntax.patients(held) if syntax.passive(held) else syntax.subjects(held)
    else:
        beside = token.doc[above.i - 1]  # "crimes by the groups under his command": the parser hangs it on the crimes
        lower = [beside if beside.pos_ in ("NOUN", "PROPN") else held]
    if owner and lower:
        yield FoundTie(way.kind, owner[0], lower[0], token, token.lower_)


def _led(token: Token, way: Way, prepositions: tuple[str, ...]) -> Iterator[FoundTie]:
    """ "Y is part of Z", "a militia affiliated with Z", "Y, based in Z"."""
    if token.pos_ in ("VERB", "AUX") and _unreal(token):
        return
    for preposition in (c for c in token.children if c.dep_ in ("prep", "dative") and c.lower_ in prepositions):
        rights = syntax.children(preposition, "pobj")
        lefts = _governed(token)
        if rights and lefts:
            role = f"{token.lower_} {preposition.lower_}"
            yield FoundTie(way.kind, lefts[0], rights[0], token, role)
            for more in syntax.coordinated(rights[0])[1:]:
                yield FoundTie(way.kind, lefts[0], more, token, role)


def _governed(token: Token) -> list[Token]:
    """Of whom such a word is said."""
    above = token.head
    if token.dep_ in ("appos", "acl", "amod", "relcl") and above.pos_ in ("NOUN", "PROPN"):
        return [above]
    if token.dep_ in ("attr", "acomp") and above.lemma_ == "be":
        return [] if _unreal(above) else syntax.subjects(above)[:1]
    if token.pos_ in ("VERB", "AUX"):
        return (syntax.patients(token) if syntax.passive(token) else syntax.subjects(token))[:1]
    return []


def _unreal(verb: Token) -> bool:
    """Denied, wished or supposed: "is not the head of", "would command"."""
    return any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ in _UNREAL) for c in verb.children)


def _party(token: Token, lex: Lexicon) -> bool:
    named = token.tag_ in ("NNP", "NNPS") or token.lower_ in ("he", "she", "him", "they", "his", "her", "who")
    return named or token.lemma_.lower() in lex.classes["named-armed"] | lex.classes["armed"]


def _end(tie: FoundTie, lex: Lexicon) -> bool:
    if tie.kind in (TieKind.AREA, TieKind.CONTROL):
        place = tie.right
        return place.text[:1].isupper() or place.lemma_.lower() in lex.classes["places"] or _party(place, lex)
    return _party(tie.right, lex)
