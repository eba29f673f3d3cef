"""Acts that are not said to have happened: wished, planned, prevented, feared, possible, or a task still to be done.

Start with `unreal`.

Looks down to: acts, attributed, bare, syntax. Used by: unclaimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.attributed import Attribution
from probanda.claims.bare import head_of_list

if TYPE_CHECKING:
    from probanda.claims.words import Token


_WISH = frozenset(
    [
        "plan",
        "aim",
        "intend",
        "want",
        "hope",
        "try",
        "attempt",
        "seek",
        "prepare",
        "prevent",
        "stop",
        "avoid",
        "end",
        "protect",
        "save",
        "avert",
        "foil",
        "halt",
        "fear",
        "risk",
        "prohibit",
        "forbid",
        "ban",
        "combat",
        "fight",
        "counter",
        "curb",
        "vow",
        "refrain",
        "promise",
        "pledge",
        "thwart",
        "deter",
        "continue-to-fight",
        "oppose",
        "refuse",
        "fail",
        "decline",
        "neglect",
        "discuss",
        "facilitate",
        "need",
        "study",
        "teach",
        "train",
    ]
)


_HYPOTHETICAL = frozenset(
    {"would", "could", "should", "can", "might", "may", "must", "will", "shall", "'ll", "ca", "wo"}
)


def unreal(trigger: Trigger, said: Attribution) -> str | None:  # noqa: PLR0911, PLR0912
    verb = trigger.token if not trigger.noun else _verb_above(trigger.token)
    current = verb
    steps = 0
    while current is not None and steps < 4:
        if current.lemma_.lower() in _ABLE and current.dep_ == "xcomp" and current.head.lemma_ == "able":
            return None  # "were able to confirm the burning of"
        modal = next((c for c in current.children if c.dep_ == "aux" and c.lower_ in _HYPOTHETICAL), None)
        past = any(c.dep_ == "aux" and c.lemma_ == "have" for c in current.children)
        able = modal is not None and modal.lower_ in ("could", "can") and current.lemma_.lower() in _ABLE
        if modal is not None and trigger.noun and _known_deed(trigger.token, current):
            break
        if modal is not None and not able and not (past and modal.lower_ in ("may", "might", "must", "could")):
            return f"not said to have happened ({modal.text})"
        if current.dep_ == "csubj" and any(
            c.dep_ == "aux" and c.lower_ in _HYPOTHETICAL for c in current.head.children
        ):
            return "not said to have happened"
        if current.dep_ not in ("xcomp", "conj", "pcomp", "advcl", "acl"):
            break
        if current.dep_ == "xcomp" or (
            current.dep_ in ("advcl", "acl") and any(c.lower_ == "to" and c.dep_ == "aux" for c in current.children)
        ):
            above = current.head
            purpose = any(c.lower_ == "to" and c.dep_ == "aux" for c in current.children)
            if above.lemma_.lower() == "be" and purpose:
                return "a task"
            if above.lemma_.lower() in _WISH:
                return f"planned or prevented ({above.text})"
            if purpose and current.dep_ in ("advcl", "acl") and not trigger.noun:
                return "a purpose"
            if purpose and above.pos_ == "ADJ" and above.lemma_ not in ("responsible",):
                return "not said to have happened"
        if not trigger.noun and current.dep_ in ("pcomp", "acl"):
            noun = current.head.head if current.dep_ == "pcomp" else syntax.governor(current.head)
            if noun is not None and noun.lemma_.lower() in ("fear", "risk", "danger", "threat"):
                return "feared"
        if (
            current.dep_ == "pcomp"
            and current.head.head.lemma_.lower() in _WISH
            and current.head.lower_ in ("from", "of", "at")
        ):
            return "prevented"
        current = current.head if current.head.i != current.i else None
        steps += 1
    if trigger.noun:
        if any(c.dep_ == "amod" and c.lower_ in _TO_COME for c in trigger.token.children):
            return "not said to have happened"
        first = head_of_list(trigger.token)
        if first.head.lemma_.lower() in _WISH and first.dep_ == "dobj":
            return f"planned or prevented ({first.head.text})"
        above = trigger.token.head
        grand = syntax.governor(trigger.token)
        needed = above.lemma_.lower() in ("appear", "seem", "be") and trigger.token.dep_ == "nsubj"
        if needed and any(c.lower_ in _OPEN_QUESTIONS for c in above.children):
            return "not said to have happened"
        if grand is not None and grand.lemma_.lower() in _WISH | {
            "risk",
            "danger",
            "threat",
            "fear",
            "prevention",
            "end",
            "investigation",
        }:
            return "not said to have happened"
    return None


def _known_deed(noun: Token, verb: Token) -> bool:
    """ "The general's siege of the town should worry us": with author and object, the deed is taken as known."""
    if noun.dep_ != "nsubj" or noun.head.i != verb.i:
        return False
    owners = syntax.children(noun, "poss")
    return any(t.tag_ == "NNP" for t in owners) and bool(syntax.prepositional(noun, "of", "on", "against"))


_TO_COME = frozenset(["eventual", "future", "imminent", "likely", "possible", "potential", "threatened"])


def _verb_above(noun: Token) -> Token | None:
    """The verb that a noun hangs on; none where the parser coordinates the two: "... cannot return; killings by"."""
    first = head_of_list(noun)
    if first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX"):
        return None
    return next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)


_OPEN_QUESTIONS = frozenset(["necessary", "justified", "possible", "likely", "unlikely", "imminent", "inevitable"])
"""What is said of something that has not happened: "the arrest appears necessary"."""


_ABLE = frozenset(["confirm", "verify", "establish", "document", "corroborate", "see", "hear", "identify", "observe"])
"""What somebody could do is no supposition: "could confirm the burning of 19 houses"."""
