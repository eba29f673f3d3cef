"""Whether a measure is only asked for or intended: what should be done, and what somebody says they will do.

Start with `should` and `intended`. Source: benchmarks/reading/own/en/README.md, under called-for: demands, and
intentions to investigate or to prosecute.

Looks down to: acts, words. Used by: modality, unclaimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probanda.claims.acts import Trigger
    from probanda.claims.words import Token

_OUGHT = frozenset({"should", "must", "ought"})
_OBLIGED = frozenset({"need", "have"})
_SEES_TO_IT = frozenset({"ensure", "guarantee", "see"}) | _OBLIGED
"""Verbs whose clause is part of what ought to be done: "must ensure that they are released"."""


def should(token: Token) -> bool:
    """True under "should", "must", "need to", "have to", also shared by a list, or through "ensure that"."""
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in ("VERB", "AUX")), None)
    while verb is not None:
        own = [c.lower_ for c in verb.children if c.dep_ == "aux"]
        if any(word in _OUGHT for word in own):
            return True
        above = verb.head
        if above.i == verb.i:
            return False
        if verb.dep_ == "xcomp" and "to" in own and above.lemma_.lower() in _OBLIGED and above.tag_ in ("VBP", "VBZ"):
            return True
        shared = verb.dep_ == "conj" or (verb.dep_ in ("ccomp", "xcomp") and above.lemma_.lower() in _SEES_TO_IT)
        while shared and above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
            above = above.head  # "to end aid to those responsible and impose sanctions", hung on the adjective
        verb = above if shared else None
    return False


_STEPS = frozenset(
    """
    arrest-warrant charge complaint indict investigation on-trial sanctions truth-body warrant-issued
    """.split()  # noqa: SIM905
)
"""Entries of measures that somebody can set out to take."""
_MEANING_TO = frozenset("intend intention plan pledge promise vow undertake commitment aim".split())  # noqa: SIM905


def intended(trigger: Trigger) -> bool:
    """ "said it would open an inquiry", "her intention to apply for warrants", "pledged to prosecute them"."""
    if trigger.entry.id not in _STEPS:
        return False
    verb = next((t for t in [trigger.token, *trigger.token.ancestors] if t.pos_ == "VERB"), None)
    while verb is not None:
        own = [c.lower_ for c in verb.children if c.dep_ == "aux"]
        if verb.dep_ == "ccomp" and any(word in ("would", "will", "'ll") for word in own):
            return True
        above = verb.head
        if above.i == verb.i:
            return False
        if "to" in own and verb.dep_ in ("xcomp", "acl", "advcl"):
            return above.lemma_.lower() in _MEANING_TO
        verb = above if verb.dep_ == "conj" else None
    return False
