"""How the innermost speaker stands behind an act: alleged, reported, admitted, denied, adjudicated and the rest.

Start with `modality_of`. The conventions: alleged = claimed or contested; reported = told as fact, or a count;
what somebody says of a named author is alleged, what a witness tells too; admitted is of one's own side.

Looks down to: acts, roles, attributed, stance, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.attributed import Attribution
from probanda.claims.charges import named_court
from probanda.claims.lexicon import Lexicon
from probanda.claims.measures import intended, should
from probanda.claims.roles import Roles
from probanda.claims.stance import Stance, accuses, stance_of
from probanda.kernel.vocabulary import ActType, Modality, Polarity

if TYPE_CHECKING:
    from probanda.claims.words import Token

_ACCUSING = frozenset(
    {
        ActType.ABDUCTION,
        ActType.DENIAL_OF_QUARTER,
        ActType.DETENTION,
        ActType.ENFORCED_DISAPPEARANCE,
        ActType.EXECUTION,
        ActType.HOSTAGE,
        ActType.LOOTING_PROPERTY,
        ActType.MUTILATION_OF_DEAD,
        ActType.SIEGE,
        ActType.RAPE_SEXUAL_VIOLENCE,
        ActType.RECRUITMENT_CHILDREN,
        ActType.TORTURE,
    }
)
"""Acts that only somebody's fault explains: to say that they happened is to allege, even where no author is named."""


_DECIDING = frozenset("acquit condemn convict exonerate jail overturn quash sentence uphold".split())  # noqa: SIM905


_DECISION = re.compile(
    r"\b(?:found|finds?|finding) (?:\w+ ){0,4}(?:not )?guilty|\brefused (?:\w+ ){0,3}bail|\bjailed|\bimprisoned for|"
    r"\b(?:upheld|overturned|quashed|annulled|affirmed)\b|\bsentence[ds]\b|\bconvict(?:ed|s)\b|\bacquit(?:ted|s)\b|"
    r"\b(?:gave|gives|handed) .{1,60}(?:years|months|life|sentence|term)\b",
    re.IGNORECASE,
)


def _decided(trigger: Trigger) -> bool:
    """A verb of decision in the past, or in the present of headings: "sentenced him", "Ex-warden jailed for life"."""
    if trigger.noun:
        return False
    words = trigger.token.doc.text[trigger.start : trigger.end]
    if trigger.token.tag_ in ("VB", "VBG") or any(c.dep_ == "aux" and c.tag_ == "MD" for c in trigger.token.children):
        return False
    return trigger.token.lemma_.lower() in _DECIDING or _DECISION.search(words) is not None


def _cleared(trigger: Trigger) -> bool:
    words = trigger.token.doc.text[trigger.start : trigger.end].lower()
    return trigger.token.lemma_.lower() in ("acquit", "exonerate") or "not guilty" in words


def modality_of(
    trigger: Trigger, act_type: ActType, roles: Roles, said: Attribution, *, speaker: str, own: bool, lex: Lexicon
) -> tuple[Modality, Polarity, str]:
    """Modality, polarity and the reason: what the words around the act say, else who speaks of what.

    `speaker`: the innermost speaker as named, empty where the publication speaks; `own`: of their own side.
    """
    mark, stance = said.modality, stance_of(trigger, roles)
    found = _by_stance(stance, own=own) or _by_word(
        mark, stance, roles, said, judging=_judges(speaker), warrant=_of_a_warrant(trigger)
    )
    reason = said.stance or "the publication's own words"
    if found is not None:
        by_stance = stance is not Stance.PLAIN and mark not in ("denied", "admitted", "called-for", "threatened")
        return *found, stance.value if by_stance else reason
    if act_type is ActType.PROCEDURAL:
        return _of_proceeding(trigger, said, reason)
    if act_type is ActType.POLITICAL_STATEMENT:
        return Modality.REPORTED, Polarity.POSITIVE, reason
    why = _claimed(trigger, act_type, roles, said, stance, speaker, own=own, lex=lex)
    fought = act_type is ActType.MILITARY_OPERATION and not (roles.victims or roles.targets)
    if own and speaker and mark in ("say", "") and why is None and not fought:
        return Modality.ADMITTED, Polarity.POSITIVE, f"{reason}: of their own side"
    if why is not None:
        return Modality.ALLEGED, Polarity.POSITIVE, f"{reason}: {why}"
    return Modality.REPORTED, Polarity.POSITIVE, reason


def _by_stance(stance: Stance, *, own: bool) -> tuple[Modality, Polarity] | None:
    if stance in (Stance.LEFT_OPEN, Stance.UNVERIFIED) or (stance is Stance.NOT_DENIED and not own):
        return Modality.ALLEGED, Polarity.POSITIVE
    if stance is Stance.NOT_DENIED:
        return Modality.ADMITTED, Polarity.POSITIVE
    return (Modality.DENIED, Polarity.NEGATIVE) if stance is Stance.DENIED else None


_AS_MARKED = {
    "admitted": Modality.ADMITTED,
    "called-for": Modality.CALLED_FOR,
    "threatened": Modality.THREATENED,
    "adjudicated": Modality.ADJUDICATED,
    "confirmed": Modality.CONFIRMED,
}
"""Words of saying that decide by themselves (lexicons/en/speech.yaml)."""


_RULING = frozenset({"conclude", "concluded", "find", "finds", "found", "held", "holds", "ruled", "rules"})


def _by_word(
    mark: str, stance: Stance, roles: Roles, said: Attribution, *, judging: bool, warrant: bool
) -> tuple[Modality, Polarity] | None:
    """What a word of denying, admitting, demanding, deciding or confirming says; None where none stands there."""
    if mark == "denied" or roles.negated:
        return Modality.DENIED, Polarity.NEGATIVE
    if mark == "adjudicated" and said.cleared:
        return Modality.ADJUDICATED, Polarity.NEGATIVE
    if stance is Stance.CONFIRMED and mark not in _AS_MARKED:
        mark = "confirmed"
    if warrant and judging and mark in ("confirmed", "adjudicated"):
        return Modality.ALLEGED, Polarity.POSITIVE
    if mark == "link" and judging and not _RULING.isdisjoint(c.lower() for c in said.cues):
        mark = "confirmed"  # "the chamber found that he is responsible"
    if mark == "confirmed" and judging:
        return Modality.ADJUDICATED, Polarity.POSITIVE
    return (_AS_MARKED[mark], Polarity.POSITIVE) if mark in _AS_MARKED else None


def _judges(speaker: str) -> bool:
    """True for a court or a judge, who find and decide what others confirm."""
    return named_court(_words(speaker))


def _of_a_warrant(trigger: Trigger) -> bool:
    """A judge's "reasonable grounds to believe" opens a case and decides nothing."""
    return re.search(r"\breasonable grounds\b", trigger.token.doc.text[: trigger.start], re.IGNORECASE) is not None


_ASKED = ("arrest-asked", "arrest-demanded", "asked-for")
"""Entries whose own words ask for the measure."""


def _of_proceeding(trigger: Trigger, said: Attribution, reason: str) -> tuple[Modality, Polarity, str]:
    """A measure asked for is called for, a court's decision adjudicated, any other step reported."""
    if trigger.entry.id in _ASKED:
        return Modality.CALLED_FOR, Polarity.POSITIVE, "asked for"
    if said.inciters or should(trigger.token):
        return Modality.CALLED_FOR, Polarity.POSITIVE, reason if said.inciters else "should"
    if intended(trigger):
        return Modality.CALLED_FOR, Polarity.POSITIVE, "intended"
    if said.modality in ("say", "") and _decided(trigger):
        cleared = Polarity.NEGATIVE if _cleared(trigger) else Polarity.POSITIVE
        return Modality.ADJUDICATED, cleared, "what a court decided"
    return Modality.REPORTED, Polarity.POSITIVE, reason


_COUNTS = frozenset(["casualty-count", "bodies-found", "release"])
"""Finer acts that are a number or a find: whoever tells them reports."""


def _claimed(  # noqa: PLR0911, PLR0912
    trigger: Trigger,
    act_type: ActType,
    roles: Roles,
    said: Attribution,
    stance: Stance,
    speaker: str,
    *,
    own: bool,
    lex: Lexicon,
) -> str | None:
    """Why what is told stays somebody's claim: doubt, a charge, a party, an author named; None where it does not."""
    mark = said.modality
    if mark in ("alleged", "report", "link"):
        return mark
    if trigger.entry.detail == "release":
        return None  # to set somebody free is no charge
    if _appears(trigger.token):
        return "appears"
    armed_only = act_type is ActType.MILITARY_OPERATION
    authors = [t for t, _ in roles.actors if not lex.is_a(t.lemma_.lower(), "munitions") and not _of_arms(t, lex)]
    if mark == "condemn":
        return "names an author" if authors and not armed_only else None
    if not armed_only and any(c.lower_ in ("may", "might") for c in trigger.token.children):
        return "may have"
    if stance is Stance.CHARGED and not armed_only:
        return "a charge or suspicion"
    if trigger.entry.leans and trigger.entry.assessment:
        return "an assessment in law"
    if not speaker:
        assessed = said.orderers or said.inciters or (trigger.entry.generic and roles.actors)
        return "an assessment of responsibility" if trigger.entry.assessment or assessed else None
    heads = {t.lemma_.lower() for layer in said.layers for t in layer.tokens}
    if accuses(heads):
        return "an accuser speaks"
    if own:
        return None
    if heads and heads <= lex.classes["partisan"] and not armed_only:
        return "a party to the conflict speaks"
    if authors and not armed_only:
        return "names an author"
    if act_type in _ACCUSING:
        return "such an act is itself a charge"
    counted = trigger.entry.detail in _COUNTS or any(c.like_num for t in roles.victims for c in [t, *t.children])
    if not counted and not armed_only and _was_there(heads or _words(speaker), lex):
        return "told by one whom it befell, or who was there"
    return None


def _of_arms(token: Token, lex: Lexicon) -> bool:
    """ "two of the bombs": what fell is no author."""
    return any(lex.is_a(o.lemma_.lower(), "munitions") for o in syntax.prepositional(token, "of"))


def _appears(token: Token) -> bool:
    """ "appeared to have been tortured", "seems to have been shot": inferred, and not told."""
    verb = token
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("appear", "seem")


_PRESENT = frozenset(
    """
    bystander captive complainant detainee escapee evacuee eyewitness hostage inhabitant inmate local neighbour neighbor
    prisoner refugee relative resident returnee survivor victim villager witness
    """.split()  # noqa: SIM905
)


def _was_there(heads: set[str], lex: Lexicon) -> bool:
    """A witness, a survivor, somebody's kin: their word that something was done is a claim, however plainly told."""
    named = heads & lex.classes["officials"]
    return not named and any({w, w.rstrip("s")} & _PRESENT or lex.is_a(w, "kin") for w in heads)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower()))
