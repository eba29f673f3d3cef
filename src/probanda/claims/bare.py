"""Whether a noun that names an act, with nobody and no place beside it, is still told as something that happened.

Start with `happened`. "The beatings went on for weeks", "they endured beatings and mock trials" tell of acts; "the
definition of torture", "torture and its prevention" only name them. `verbless`: notes and headings, in which
participles and nouns tell.

Looks down to: syntax. Used by: modality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax

if TYPE_CHECKING:
    from probanda.claims.words import Token, Tokens

_OCCURS = frozenset(
    """
    begin break claim come continue drag end erupt escalate follow go happen hit increase intensify kill last leave
    occur persist prompt resume rise shake spark spread start stop strike take trigger unfold wound displace cause force
    """.split()  # noqa: SIM905
)
"""Verbs whose subject took place: "the killings continued", "the raid left four dead"."""
_ENDURED = frozenset("endure experience suffer survive sustain undergo witness".split())  # noqa: SIM905
"""Verbs whose object was done to their subject, or before its eyes."""
_ATTESTED = frozenset("count describe detail document investigate list note record register report verify".split())  # noqa: SIM905
"""Verbs whose object somebody put on record."""
_UNCOVERED = frozenset("discover exhume find identify locate open unearth uncover".split())  # noqa: SIM905
"""Verbs whose object is a grave that lay there."""
_FINDS = frozenset("discovery exhumation uncovering unearthing".split())  # noqa: SIM905
"""Nouns that say a grave was found."""
_DEPICTED = frozenset("capture depict film record show".split())  # noqa: SIM905
"""Verbs whose object is what a picture shows."""
_DONE = frozenset("perpetrate carry commit inflict conduct stage".split())  # noqa: SIM905
_OPEN = frozenset({"would", "could", "should", "can", "might", "may", "must", "will", "shall", "'ll", "wo", "ca", "to"})


def head_of_list(noun: Token) -> Token:
    """The first noun of the list that this noun stands in; itself where there is no list."""
    current = noun
    while current.head.i != current.i:
        such = current.dep_ == "pobj" and (current.head.lower_ == "including" or _such_as(current.head))
        if such and current.head.head.pos_ == "NOUN" and attested(current.head.head):
            current = current.head.head  # "described abuses such as killings"
        elif current.dep_ in ("conj", "appos") and current.head.pos_ in ("NOUN", "PROPN", "NUM"):
            current = current.head
        elif current.dep_ == "pobj" and current.head.lower_ == "of" and _stands_for(current.head.head):
            current = current.head.head
        else:
            break
    return current


def _such_as(preposition: Token) -> bool:
    return preposition.lower_ == "as" and any(c.lower_ == "such" for c in preposition.children)


_COUNTED = frozenset(
    """
    act campaign case count dozen episode form hundred incident instance number report score series spate string
    thousand wave
    """.split()  # noqa: SIM905
)
_MANY = frozenset({"dozen", "hundred", "score", "thousand"})


def _stands_for(token: Token) -> bool:
    """ "16 cases of torture", "a wave of arrests": what is said of the cases is said of the act."""
    return token.lemma_.lower() in _COUNTED or token.pos_ == "NUM"


def happened(noun: Token) -> bool:  # noqa: PLR0911
    """True where the verb that governs the noun, or the list it stands in, says that the act took place."""
    first = head_of_list(noun)
    found = syntax.governor(first)
    if (
        found is not None
        and found.lemma_.lower() in _FINDS
        and noun.lemma_.lower() in ("grave", "pit", "corpse", "body")
    ):
        return True
    if first.dep_ == "pobj" and first.head.lower_ == "under":
        return _lies_under(first)
    verb = first.head
    if verb.i == first.i or verb.pos_ not in ("VERB", "AUX") or not _told(verb):
        return _among_victims(first)
    lemma = verb.lemma_.lower()
    if first.dep_ == "nsubj":
        return lemma in _OCCURS
    if first.dep_ == "nsubjpass":
        return lemma in _DONE
    counted = first.i != noun.i and any(
        t.dep_ == "nummod" or t.lemma_.lower() in _MANY for t in [first, *first.children]
    )
    if first.dep_ == "dobj" and lemma in _UNCOVERED and noun.lemma_.lower() in ("grave", "pit"):
        return True
    if first.dep_ == "dobj" and lemma in _DEPICTED and any(c.lower_ == "of" for c in noun.children):
        return True
    return first.dep_ == "dobj" and (lemma in _ENDURED | _DONE or (lemma in _ATTESTED and counted))


def attested(noun: Token) -> bool:
    """True for what somebody put on record, underwent or did: "described abuses", "suffered abuses such as"."""
    verb = noun.head
    return (
        noun.dep_ == "dobj"
        and verb.pos_ == "VERB"
        and verb.lemma_.lower() in _ENDURED | _DONE | _ATTESTED
        and _told(verb)
    )


def _told(verb: Token) -> bool:
    """A verb in a tense that tells, neither negated nor supposed."""
    own = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "mark")]
    return not any(w in _OPEN or w in ("not", "n't", "never", "if", "unless") for w in own)


def _lies_under(noun: Token) -> bool:
    """ "The town has been under siege since March", "came under bombardment"."""
    verb = noun.head.head
    return verb.lemma_.lower() in ("be", "remain", "come", "live", "lie", "keep", "place", "put") and _told(verb)


def _among_victims(noun: Token) -> bool:
    """ "survivors of torture", "victims of the shelling said": with people who tell or are told of."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    people = noun.head.head
    counted = any(c.dep_ == "nummod" or c.lower_ in ("many", "dozens", "hundreds") for c in people.children)
    return people.lemma_.lower() in ("victim", "survivor") and counted and bool(syntax.subjects(people.head))


def verbless(doc: Tokens) -> bool:
    """True for notes and headings without a verb of their own: "Two nuns arrested at Kell bridge"."""
    return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc)
