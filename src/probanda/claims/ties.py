"""Standing rather than doing: who commands, heads, belongs to or is loyal to whom, as a text says in passing.

Start with `ties_in`. A tie is a claim of its own family and never mixes with acts.

Looks down to: syntax, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.lexicon import Lexicon
from probanda.kernel.vocabulary import TieKind

if TYPE_CHECKING:
    from probanda.claims.words import Token, Tokens

_POSTS = frozenset(
    [
        "commander",
        "head",
        "leader",
        "chief",
        "chairman",
        "director",
        "founder",
        "deputy",
        "spokesman",
        "spokeswoman",
        "minister",
        "governor",
        "commander-in-chief",
    ]
)
_MEMBERS = frozenset(["member", "fighter", "officer", "soldier", "recruit"])
_VERBS = {
    "command": TieKind.POSTING,
    "lead": TieKind.POSTING,
    "head": TieKind.POSTING,
    "control": TieKind.CONTROL,
    "back": TieKind.SUPPORT,
    "support": TieKind.SUPPORT,
    "join": TieKind.MEMBERSHIP,
}
_PARTICIPLES = {
    "affiliate": TieKind.SUBORDINATION,
    "ally": TieKind.SUPPORT,
    "link": TieKind.SUPPORT,
    "back": TieKind.SUPPORT,
}


@dataclass(frozen=True, slots=True)
class FoundTie:
    """A tie as tokens: who stands how to whom, and the word that says so."""

    kind: TieKind
    left: Token
    right: Token
    cue: Token


def ties_in(doc: Tokens, lex: Lexicon) -> list[FoundTie]:
    """Every tie between two named parties in a sentence, in order."""
    found = []
    for token in doc:
        tie = _post(token) or _verb(token) or _participle(token)
        if tie is not None and _named(tie.left, lex) and _named(tie.right, lex) and tie.left.i != tie.right.i:
            found.append(tie)
    return found


def _post(token: Token) -> FoundTie | None:
    """ "X, the commander of Y", "X is a member of Y"."""
    lemma = token.lemma_.lower()
    if lemma not in _POSTS | _MEMBERS:
        return None
    of = syntax.prepositional(token, "of", "for", "in")
    if not of:
        return None
    if token.dep_ == "appos":
        left = token.head
    elif token.dep_ == "attr" and token.head.lemma_ == "be" and not any(c.dep_ == "neg" for c in token.head.children):
        subject = syntax.children(token.head, "nsubj")
        if not subject:
            return None
        left = subject[0]
    else:
        apposed = [c for c in token.children if c.dep_ == "appos" and c.tag_ == "NNP"]
        if not apposed:
            return None
        left = apposed[0]
    return FoundTie(TieKind.MEMBERSHIP if lemma in _MEMBERS else TieKind.POSTING, left, of[0], token)


def _verb(token: Token) -> FoundTie | None:
    kind = _VERBS.get(token.lemma_.lower())
    if kind is None or token.pos_ != "VERB" or any(c.dep_ in ("neg", "aux") for c in token.children):
        return None
    if any(c.lower_ in ("away", "off", "out") for c in token.children):
        return None  # "led away two teachers" is no command over them
    left = syntax.subjects(token)
    right = syntax.patients(token)
    if not left or not right or syntax.children(token, "xcomp", "ccomp"):
        return None
    return FoundTie(kind, left[0], right[0], token)


def _participle(token: Token) -> FoundTie | None:
    """ "a militia affiliated with Y", "forces loyal to Z"."""
    if token.lemma_.lower() == "loyal" and token.head.pos_ in ("NOUN", "PROPN"):
        to = syntax.prepositional(token, "to")
        return FoundTie(TieKind.SUBORDINATION, token.head, to[0], token) if to else None
    kind = _PARTICIPLES.get(token.lemma_.lower())
    if kind is None or token.dep_ != "acl":
        return None
    to = syntax.prepositional(token, "with", "to", "by")
    return FoundTie(kind, token.head, to[0], token) if to else None


def _named(token: Token, lex: Lexicon) -> bool:
    return token.tag_ in ("NNP", "NNPS") or token.lemma_.lower() in lex.classes["named-armed"] | lex.classes["armed"]
