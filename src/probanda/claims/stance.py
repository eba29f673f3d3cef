"""Words around an act that say how sure it is put, beside the verb of saying: charged with, suspected, cannot deny.

Start with `stance_of`. Sources: the conventions of the gold sets (benchmarks/reading/own/en/README.md).

Looks down to: acts, roles, syntax. Used by: modality, readers.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.roles import Roles

if TYPE_CHECKING:
    from probanda.claims.words import Token


class Stance(Enum):
    """How the words around an act put it."""

    PLAIN = "plain"
    NOT_DENIED = "not denied"
    """ "cannot deny that", "does not dispute": an admission where it is the accused's own word, else left standing."""
    LEFT_OPEN = "neither confirmed nor denied"
    UNVERIFIED = "not verified"
    """ "could not independently verify": what was not verified stays alleged."""
    DENIED = "involvement denied"
    CONFIRMED = "confirmed"
    CHARGED = "charged"
    """The words name a charge, a suspicion or a trial: the act stays alleged."""


_NOT_DENIED = re.compile(
    r"\b(?:cannot|can not|can['’]t|could not|couldn['’]t|did not|didn['’]t|does not|doesn['’]t|do not|don['’]t|has not|"
    r"have not|never|hard to|impossible to|without|no longer) (?:\w+ )?"
    r"(?:deny|denied|denying|dispute|disputed|disputing|contest|contested)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:neither|not|nor|either|refus\w+ to|declin\w+ to|would not|wouldn['’]t) (?:\w+ )?(?:confirm\w*|verif\w+) "
    r"n?or (?:\w+ )?(?:den(?:y|ied|ies)|reject\w*|refute\w*)\b|\bneither den(?:y|ied|ies) nor (?:confirm|admit)\w*\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|disclaim(?:ed|s|ing)?) "
    r"(?:(?:any|all|its|his|her|their|the|having|had|direct|personal|army|government|police|of|\w+['’]s?) )*"
    r"(?:involvement|role|part|responsibility|knowledge|participation|complicity|hand)\b(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(
    r"\b(?:reasonable grounds to (?:believe|conclude)|satisfied (?:beyond (?:\w+ ){0,2}doubt )?that|"
    r"(?:was|were|is|are|been) able to (?:\w+ )?(?:confirm|verify|establish|corroborate)|"
    r"independently (?:confirmed|verified|corroborated)|"
    r"(?:has|have|had) (?:\w+ )?(?:established|verified|confirmed|corroborated|ascertained))\b",
    re.IGNORECASE,
)
_UNVERIFIED = re.compile(
    r"\b(?:(?:could|can|did|do|does|was|were|has|have|had) ?(?:not|n['’]t)|cannot|unable to|impossible to|yet to) "
    r"(?:(?:been |be )?(?:\w+ly )?)(?:able to )?(?:\w+ly )?"
    r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborated?|establish(?:ed)?|substantiated?|authenticated?)\b|\bunverified\b",
    re.IGNORECASE,
)
_CHARGED = re.compile(
    r"\b(?:on trial|stands? trial|stood trial|put on trial|fac(?:e|es|ed|ing) (?:\w+ ){0,2}(?:charges?|trial|"
    r"prosecution)|"
    r"tried|charged|charges?|indicted|prosecuted|warrants?|wanted|suspect(?:ed|s)?|arrested|detained|"
    r"investigated|extradited|"
    r"under investigation|accused|implicated|complaint|complaints|allegations?|alleged(?:ly)?|accusations?|suspicion)"
    r"(?: [\w’'.-]+){0,8}? (?:for|of|with|over|in connection with|in|that)"
    r"(?: (?:the|his|her|their|its|a|an|\w+ing|alleged|having))*"
    r"(?: \w+){0,3}\s*$",
    re.IGNORECASE,
)
_BEFORE = (
    (Stance.LEFT_OPEN, _LEFT_OPEN),
    (Stance.UNVERIFIED, _UNVERIFIED),
    (Stance.NOT_DENIED, _NOT_DENIED),
    (Stance.DENIED, _DENIED),
)
_DOUBTED = frozenset(["alleged", "suspected", "presumed", "purported", "supposed", "apparent", "reported", "claimed"])
_ACCUSERS = frozenset(
    """
    accusation accuser charge complainant complaint indictment petition plaintiff prosecution prosecutor warrant
    """.split()  # noqa: SIM905
)


def stance_of(trigger: Trigger, roles: Roles) -> Stance:
    """The stance of one act, from what stands before it in its sentence and right beside it."""
    words = trigger.token.doc.text
    before = words[: trigger.start]
    met = next((stance for stance, pattern in _BEFORE if pattern.search(before)), None)
    if met is not None:
        return met
    if _CONFIRMED.search(before) and not re.search(r"\b(?:not|n['’]t|unable|never)\b", before):
        return Stance.CONFIRMED
    if trigger.noun and _CHARGED.search(re.split(r"[.;:]", before)[-1]):
        return Stance.CHARGED
    return Stance.CHARGED if _doubted(trigger, roles) else Stance.PLAIN


def accuses(heads: set[str]) -> bool:
    """True where those who speak are a prosecution, a complaint or a warrant: what they say stays alleged."""
    return bool(heads) and heads <= _ACCUSERS


def _doubted(trigger: Trigger, roles: Roles) -> bool:
    """ "a suspected rebel attack", "the alleged killing", "suspected militants killed"."""
    near: list[Token] = [trigger.token, *[t for t, _ in roles.actors]]
    near += syntax.children(trigger.token, "nsubj") if not trigger.noun else []
    return any(c.lower_ in _DOUBTED for t in near for c in t.children if c.dep_ in ("amod", "compound", "nmod"))
