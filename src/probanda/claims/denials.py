"""Denials that name no act: that the pictures are forged, that he was never there, that they know nothing of it.

Start with `untrue` and `denies_presence`. Whoever says so speaks of the act told before; the reader finds that act.

Looks down to: syntax, lexicon. Used by: speakers, readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.lexicon import lexicon

if TYPE_CHECKING:
    from probanda.claims.words import Token

FALSE = frozenset(
    [
        "baseless",
        "concoct",
        "concocted",
        "doctor",
        "doctored",
        "fabricate",
        "fabricated",
        "fabrication",
        "fake",
        "faked",
        "false",
        "falsity",
        "farce",
        "fiction",
        "forge",
        "forged",
        "forgery",
        "groundless",
        "hearsay",
        "hoax",
        "stage",
        "invent",
        "invented",
        "invention",
        "lie",
        "lies",
        "nonsense",
        "propaganda",
        "slander",
        "smear",
        "staged",
        "unfounded",
        "untrue",
    ]
)
"""Words for what is said not to be true."""
_TOLD = frozenset(
    [
        "accusation",
        "account",
        "allegation",
        "audio",
        "charge",
        "claim",
        "evidence",
        "figure",
        "finding",
        "footage",
        "image",
        "it",
        "letter",
        "photo",
        "photograph",
        "picture",
        "recording",
        "report",
        "rumour",
        "rumor",
        "story",
        "tape",
        "testimony",
        "that",
        "this",
        "these",
        "those",
        "video",
        "word",
    ]
)
"""What is called untrue."""
_CALLING = frozenset(
    ["call", "describe", "brand", "label", "deem", "term", "dismiss", "reject", "consider", "denounce"]
)
_NEVER = frozenset(["never", "not", "n't", "nowhere"])
_BEING = frozenset(["be", "set", "enter", "visit", "operate", "deploy", "serve", "go"])


def untrue(token: Token) -> bool:
    """True for the word of falsity in "the pictures were forged", "called the claims baseless", "it is a lie"."""
    if token.lemma_.lower() not in FALSE and token.lower_ not in FALSE:
        return False
    if token.dep_ in ("amod", "compound", "dobj", "pobj") and not _called(token):
        return False
    made_up = token.lower_ in _MADE_UP or token.lemma_.lower() in _MADE_UP
    return any(_something_told(t) or (made_up and t.lemma_.lower() in _EVENTS) for t in _of_what(token))


def caller(token: Token) -> Token | None:
    """The verb by which somebody calls something untrue; None where it is simply said to be."""
    return _called(token)


def called_untrue(act: Token) -> tuple[Token, Token] | None:
    """The verb and the word of falsity where somebody calls untrue what is told of the act.

    "called the reports of killings false", "described as lies the accounts of those who said that ...".
    """
    for verb in act.ancestors:
        if verb.lemma_.lower() not in _CALLING:
            continue
        told = [o for o in syntax.children(verb, "dobj", "ccomp", "oprd") if _something_told(o) or _told_inside(o)]
        if not any(act in o.subtree for o in told):
            continue
        for word in verb.subtree:
            as_such = word.dep_ in ("oprd", "npadvmod", "acomp", "advmod", "attr") or word.head.lower_ == "as"
            if word.i > verb.i and as_such and (word.lemma_.lower() in FALSE or word.lower_ in FALSE):
                return verb, word
    return None


def _told_inside(clause: Token) -> bool:
    return any(_something_told(t) for t in syntax.children(clause, "nsubj"))


def _called(token: Token) -> Token | None:
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "as":
        head = head.head
    return head if head.lemma_.lower() in _CALLING and head.i != token.i else None


def _of_what(token: Token) -> list[Token]:
    verb = _called(token)
    if verb is not None:
        inside = syntax.children(token, "nsubj")  # "called the reports baseless", read as a clause
        return inside + syntax.patients(verb) + syntax.children(verb, "nsubjpass")
    if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN":
        return syntax.children(token, "nsubjpass")
    return syntax.children(token.head, "nsubj") if token.head.lemma_ == "be" else []


_MADE_UP = frozenset(["staged", "stage", "fake", "faked", "invented", "invent", "hoax"])
_EVENTS = frozenset(
    ["attack", "bombing", "killing", "massacre", "explosion", "shelling", "incident", "event", "abduction"]
)


def _something_told(token: Token) -> bool:
    return token.lemma_.lower() in _TOLD or token.lower_ in _TOLD


def supports(verb: Token) -> bool:
    """True for "backed up", "bore out", "corroborated": words by which somebody stands behind what was told."""
    if any(c.lower_ in ("could", "can", "would", "neither") or c.dep_ == "neg" for c in verb.children):
        return False
    if any(
        c.lower_ in ("neither", "no", "none")
        for s in syntax.children(verb, "nsubj", "nsubjpass")
        for c in [s, *s.children]
    ):
        return False
    particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
    lemma = verb.lemma_.lower()
    if lemma in ("back", "bear"):
        return bool(particles & {"up", "out"})
    return verb.pos_ == "VERB" and lemma in ("confirm", "corroborate", "substantiate", "verify")


def denies_presence(verb: Token, *, under_denial: bool = False) -> bool:
    """True for "had never been in the camp", "no soldier was present", "know nothing of it" (and its subject a party).

    Under a verb of denial the clause needs no negation of its own.
    """
    lemma = verb.lemma_.lower()
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    if lemma == "know":
        return any(o.lower_ == "nothing" for o in syntax.children(verb, "dobj"))
    who = syntax.children(verb, "nsubj", "nsubjpass")
    if lemma not in _BEING or not any(_party(t) for t in who):
        return False
    none = any(c.dep_ == "det" and c.lower_ in ("no", "neither") for t in who for c in t.children)
    none = none or any(t.lower_ in ("nobody", "none") for t in who)
    if not (under_denial or none or any(c.lower_ in _NEVER for c in verb.children)):
        return False
    return _stands_somewhere(verb, lemma)


def _party(token: Token) -> bool:
    lex = lexicon("en")
    return (
        token.lower_ in ("he", "she", "they", "we", "i", "nobody", "none")
        or token.tag_ in ("NNP", "NNPS")
        or lex.is_a(token.lemma_.lower(), "armed", "named-armed", "combatants", "officials")
        or token.lemma_.lower() in ("client", "son", "man", "unit", "member", "one")
    )


def _stands_somewhere(verb: Token, lemma: str) -> bool:
    """The clause is about being at a place: "in the area", "there", "present", "set foot"."""
    where = [t for c in verb.children for t in ([c, *c.children] if c.dep_ in ("acomp", "advmod") else [c])]
    placed = any(
        (t.dep_ == "prep" and t.lower_ in ("in", "at", "near", "inside", "around", "within"))
        or t.lower_ in ("present", "there", "nearby", "anywhere", "nowhere")
        for t in where
    )
    if lemma == "set":
        return any(o.lower_ == "foot" for o in syntax.children(verb, "dobj"))
    if lemma in ("enter", "visit"):
        return bool(syntax.children(verb, "dobj"))
    return placed
