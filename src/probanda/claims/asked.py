"""Who is asked for a measure: the one a demand is put to, who is to do what is asked, and never whoever asks.

Start with `asked_of`. "The panel urged the army to open an inquiry", "calls on X to", "demands that X bring them
before a judge", "the government should": the army, X, the government are to act.

Looks down to: attributed, syntax, lexicon. Used by: readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import speech_entries
from probanda.claims.lexicon import Lexicon
from probanda.claims.roles import someone

if TYPE_CHECKING:
    from probanda.claims.words import Token

_OUGHT = frozenset({"should", "must", "ought", "shall", "needs", "need"})
_PUT_TO = ("on", "upon", "to", "with")
"""Prepositions before whom a demand is put to: "call on", "appeal to", "plead with"."""
_DEMANDS = frozenset({"appeal", "call", "demand", "plea", "recommendation", "request"})
_ASKING = frozenset({"beg", "invite", "press", "want", "encourage", "insist", "plead", "require"})
"""Verbs that ask as those of the list do, once the claim is known to be a demand."""


def asked_of(act: Token, lex: Lexicon) -> list[Token]:
    """Those who are to do what the act names, as far as its sentence says; empty where it does not."""
    wanted = syntax.children(act, "xcomp", "ccomp", "advcl") if act.pos_ == "VERB" and _asks(act) else []
    if wanted:  # the words of asking are the words of the act: "we ask the ministry to send a doctor"
        return _put_to(act, wanted[0], lex)
    child = act
    for above in [act, *act.ancestors]:
        if above.pos_ in ("VERB", "AUX") and any(c.lower_ in _OUGHT for c in syntax.children(above, "aux")):
            return _acting(above)
        if above.i != act.i and _asks(above):
            found = _put_to(above, child, lex)
            if found:
                return found
        child = above
    return []


def askers(act: Token) -> list[Token]:
    """Those who ask: subjects of the words of asking that the act stands under."""
    asking = [above for above in [act, *act.ancestors] if above.pos_ == "VERB" and _asks(above)]
    return [t for above in asking for t in syntax.subjects(above)]


def _asks(word: Token) -> bool:
    if word.pos_ == "VERB":
        return word.lemma_.lower() in _ASKING or any(e.modality == "called-for" for e in speech_entries(word))
    return word.lemma_.lower() in _DEMANDS and word.pos_ == "NOUN"


def _put_to(asking: Token, child: Token, lex: Lexicon) -> list[Token]:
    """Whom a word of asking is put to, or the subject of what it asks."""
    objects = [t for o in syntax.children(asking, "dobj", "dative") for t in syntax.coordinated(o)]
    found = [t for t in objects if t.i != child.i and t.lemma_.lower() not in _DEMANDS]
    found += syntax.prepositional(asking, *_PUT_TO)
    found = [t for t in found if someone(t, lex) or t.tag_ in ("NN", "NNS", "NNP", "NNPS")]
    if child.dep_ in ("ccomp", "xcomp", "advcl", "acl", "relcl", "conj"):
        return found or _acting(child)
    if child.dep_ in ("prep", "dobj"):  # "appealed to the army for the release of two nurses"
        return [t for t in found if t.i < child.i and t.head.i != child.i]
    return []


def _acting(verb: Token) -> list[Token]:
    """The subject of an active verb, the by-phrase of a passive one."""
    return [t for t in syntax.subjects(verb) if t.lower_ not in ("it", "there", "this", "that")]
