"""Whose word a word of report is: the makers of a statement or testimony, those who gathered it, and those it cites.

Start with `makers`. "The findings of the panel that", "testimony collected by the bar", "reports received by the
mission", "said the paper, citing two officers": somebody stands behind each, and is named beside the noun or verb.

Looks down to: syntax, lexicon. Used by: speakers, chains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import act_nouns
from probanda.claims.lexicon import lexicon

if TYPE_CHECKING:
    from probanda.claims.words import Token

REPORTING = {
    "allegation": "alleged",
    "accusation": "alleged",
    "claim": "alleged",
    "charge": "alleged",
    "suspicion": "alleged",
    "report": "report",
    "evidence": "alleged",
    "proof": "alleged",
    "complaint": "alleged",
    "testimony": "alleged",
    "rumour": "alleged",
    "rumor": "alleged",
    "denial": "denied",
    "admission": "admitted",
    "confession": "admitted",
    "threat": "threatened",
    "account": "alleged",
    "accused": "alleged",
    "information": "alleged",
    "protest": "alleged",
    "statement": "alleged",
    "finding": "alleged",
    "conclusion": "alleged",
    "assertion": "alleged",
    "contention": "alleged",
    "declaration": "alleged",
    "description": "alleged",
    "deposition": "alleged",
    "affidavit": "alleged",
    "story": "alleged",
    "revelation": "alleged",
    "disclosure": "alleged",
    "narrative": "alleged",
    "assessment": "alleged",
    "belief": "alleged",
    "fear": "alleged",
    "concern": "alleged",
    "indication": "alleged",
    "tip": "alleged",
    "acknowledgement": "admitted",
    "acknowledgment": "admitted",
}
"""Nouns that carry what somebody says, and how they stand behind it."""
_CLAUSES = ("acl", "relcl", "ccomp")
_GATHERS = frozenset(
    """
    collect gather document obtain compile record publish present receive hear review examine take analyse analyze
    issue release share submit lodge file cite get see collate register
    """.split()  # noqa: SIM905
)
"""Verbs whose subject has a report or testimony from somebody, or gives it out."""
_CITING = frozenset(["cite", "quote"])


_GETTING = frozenset(
    {"access", "acquire", "consult", "examine", "inspect", "obtain", "read", "receive", "review", "see", "view"}
)


def getters(noun: Token) -> list[Token]:
    """Through whom a document is known that they did not make: "a memo obtained by the Herald"."""
    had = [p for p in syntax.children(noun, "acl") if p.tag_ == "VBN" and p.lemma_.lower() in _GETTING]
    return [t for participle in had for t in syntax.agents(participle)]


def makers(noun: Token, *, of: bool = True) -> list[Token]:
    """Who made a statement or account: "X's", "by X", "of X" (unless not `of`), "given by X", "from X"."""
    found = [t for p in syntax.children(noun, "poss") for t in syntax.coordinated(p)]
    found += syntax.prepositional(noun, "by")
    found += [t for t in syntax.prepositional(noun, "from") if _somebody(t)]
    for participle in syntax.children(noun, "acl"):
        if participle.tag_ == "VBN" and participle.lemma_.lower() not in _GETTING:
            found += syntax.agents(participle)
            found += [t for t in syntax.prepositional(participle, "from") if _somebody(t)]
    if of:
        found += [t for t in syntax.prepositional(noun, "of") if _somebody(t)]
    return [t for n, t in enumerate(found) if all(t.i != k.i for k in found[:n])]


def _somebody(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if lemma in act_nouns("en"):
        return False
    lex = lexicon("en")
    return token.tag_ in ("NNP", "NNPS") or lex.is_a(lemma, "speakers", "officials", "kin", "experts", "prisoners")


def owner_of_clause(clause: Token, noun: Token) -> Token | None:
    """The word of report that a clause belongs to: its head, or the noun above "the findings of the panel that ..."."""
    if clause.dep_ not in _CLAUSES:
        return None
    if noun.lemma_.lower() in REPORTING:
        return noun
    above = syntax.governor(noun)
    if above is not None and noun.head.lower_ in ("of", "by", "from") and above.lemma_.lower() in REPORTING:
        marked = any(c.lower_ == "that" for c in clause.children)
        return above if marked else None
    return None


def gatherers(noun: Token) -> list[Token]:
    """ "The mission received reports that": who has the report from others, or gives it out; none for "I" and "we"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "conj") or verb.lemma_.lower() not in _GATHERS:
        return []
    who = syntax.subjects(verb)
    return [] if any(t.lower_ in ("i", "we", "you") for t in who) else who


def cited(verb: Token) -> list[Token]:
    """ "..., the paper said, citing two officers": those from whom the speaker has it."""
    return [
        t
        for c in syntax.children(verb, "advcl", "prep", "conj")
        if c.lemma_.lower() in _CITING and c.tag_ == "VBG"
        for o in syntax.children(c, "dobj", "pobj")
        for t in syntax.coordinated(o)
        if _somebody(t) or lexicon("en").is_a(t.lemma_.lower(), "documents", "publications")
    ]


def quoted_as(saying: Token) -> tuple[list[Token], list[Token]] | None:
    """ "Television quoted an officer as saying": the officer, and the television; None for another construction."""
    if saying.dep_ != "pcomp" or saying.head.lower_ != "as" or saying.head.head.lemma_.lower() not in _CITING:
        return None
    quoting = saying.head.head
    who = syntax.patients(quoting)
    outer = syntax.agents(quoting) or syntax.agents(saying) if syntax.passive(quoting) else syntax.subjects(quoting)
    return who, outer
