"""Acts that a noun only names in passing: told before, or as an example, a day, a matter to find out or to judge.

Start with `in_passing`.

Looks down to: acts, bare, roles, syntax. Used by: unclaimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.bare import attested, head_of_list
from probanda.claims.roles import Roles

if TYPE_CHECKING:
    from probanda.claims.words import Token


def in_passing(trigger: Trigger, roles: Roles) -> str | None:  # noqa: PLR0911
    """Why the noun of an act tells nothing of its own; None where it may."""
    noun = trigger.token
    if not trigger.noun:
        return None
    if not roles.actors and _only_example(noun):
        return "an example of a kind"
    if _of_those_responsible(noun, generic=trigger.entry.generic) and not (roles.victims or roles.places):
        return "told already, and named with whoever did it"
    if _to_be_checked(noun):
        return "what somebody is to find out"
    if _only_dates(noun):
        return "named only for its day"
    if noun.dep_ == "nsubj" and _came_as(noun) and not (roles.targets or roles.victims):
        return "told already"
    return None


def only_judged(noun: Token) -> bool:
    """ "called the warrant a farce": an opinion of a proceeding tells of none."""
    verb = noun.head
    if verb.lemma_.lower() in ("call", "describe", "brand", "label") and noun.dep_ in ("dobj", "nsubj"):
        return True
    judged = noun.dep_ == "nsubj" and verb.dep_ in ("ccomp", "oprd") and verb.head.lemma_.lower() in ("call", "label")
    return judged


def _came_as(noun: Token) -> bool:
    """ "The attacks came as the forces closed in": of attacks told before, and says only what happened meanwhile."""
    verb = noun.head
    definite = any(c.lower_ in ("the", "these", "this") for c in noun.children)
    return definite and verb.lemma_ == "come" and bool(syntax.children(verb, "advcl", "prep")) and noun.i < verb.i


def _of_those_responsible(noun: Token, *, generic: bool) -> bool:
    """ "to punish those responsible for the killings", "the perpetrators of the attack"."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    definite = any(c.lower_ in ("the", "this", "these", "such") for c in noun.children)
    if noun.dep_ != "pobj" or not (definite or generic):
        return False
    if noun.head.lower_ == "of":
        return above.lemma_.lower() in ("perpetrator", "author", "culprit")
    return (
        noun.head.lower_ == "for"
        and above.lower_ == "responsible"
        and above.head.lower_ in ("those", "people", "anyone", "persons")
    )


def _to_be_checked(noun: Token) -> bool:
    """ "could not reach the town to verify the death toll": nothing was found out yet."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in ("ascertain", "check", "confirm", "establish", "verify"):
        return False
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return to and verb.head.lemma_.lower() not in ("able", "manage")


_MOMENTS = frozenset(
    ["day", "night", "morning", "evening", "eve", "anniversary", "date", "hour", "week", "time", "wake"]
)


def _only_dates(noun: Token) -> bool:
    """ "on the day of the massacre": the act is told elsewhere, and here only says when."""
    above = syntax.governor(noun)
    return above is not None and above.lemma_.lower() in _MOMENTS and noun.head.lower_ == "of"


def _only_example(noun: Token) -> bool:
    """ "a crime such as torture, rape or hostage-taking": named as one of a kind."""
    first = head_of_list(noun)
    before = first.doc[max(0, first.left_edge.i - 2) : first.left_edge.i]
    if [t.lower_ for t in before] != ["such", "as"] or _told_of_somebody(first):
        return False
    kind = next((t for t in first.ancestors if t.pos_ == "NOUN"), None)
    return kind is None or not attested(kind)  # "witnesses described abuses such as house-to-house killings"


def _told_of_somebody(noun: Token) -> bool:
    return bool(syntax.prepositional(noun, "of", "by", "in"))
