"""Families of acts: which kinds of act can be told of one event, and which never are.

Start with `family`. Reporters use killing, execution and attack for one and the same event; sheltering those who are
said to have done it is another allegation, and a warrant is a proceeding.

Looks down to: kernel, claims. Used by: facts, ties, told, links, contradictions.
"""

from __future__ import annotations

from enum import StrEnum

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import ActType, Modality


class ActFamily(StrEnum):
    """Kinds of act between which accounts of one event are seen to vary."""

    ATTACK = "attack"
    """Killing, execution, attacks, what became of the dead: accounts of one event use them side by side."""
    SIEGE = "siege"
    CUSTODY = "custody"
    """Detention, torture, disappearance, abduction, hostages."""
    SEXUAL = "sexual violence"
    PROPERTY = "property"
    DISPLACEMENT = "displacement"
    HARM = "unspecified harm"
    QUARTER = "denial of quarter"
    MINES = "mines"
    CHILDREN = "recruitment of children"
    OPERATIONS = "military operations"
    IMPUNITY = "impunity"
    PROCEEDINGS = "proceedings"
    DEMANDS = "demands"
    """Demands for an inquiry, a trial or a release: they stand with the event that they ask something about."""
    STATEMENTS = "statements"
    OTHER = "other"


_BY_TYPE = {
    ActType.KILLING: ActFamily.ATTACK,
    ActType.EXECUTION: ActFamily.ATTACK,
    ActType.ATTACK_ON_CIVILIANS: ActFamily.ATTACK,
    ActType.INDISCRIMINATE_ATTACK: ActFamily.ATTACK,
    ActType.MUTILATION_OF_DEAD: ActFamily.ATTACK,
    ActType.MASS_GRAVE: ActFamily.ATTACK,
    ActType.SIEGE: ActFamily.SIEGE,
    ActType.TORTURE: ActFamily.CUSTODY,
    ActType.DETENTION: ActFamily.CUSTODY,
    ActType.ENFORCED_DISAPPEARANCE: ActFamily.CUSTODY,
    ActType.ABDUCTION: ActFamily.CUSTODY,
    ActType.HOSTAGE: ActFamily.CUSTODY,
    ActType.RAPE_SEXUAL_VIOLENCE: ActFamily.SEXUAL,
    ActType.LOOTING_PROPERTY: ActFamily.PROPERTY,
    ActType.DISPLACEMENT: ActFamily.DISPLACEMENT,
    ActType.DENIAL_OF_QUARTER: ActFamily.QUARTER,
    ActType.MINE_LAYING: ActFamily.MINES,
    ActType.RECRUITMENT_CHILDREN: ActFamily.CHILDREN,
    ActType.MILITARY_OPERATION: ActFamily.OPERATIONS,
    ActType.OBSTRUCTION_IMPUNITY: ActFamily.IMPUNITY,
    ActType.PROCEDURAL: ActFamily.PROCEEDINGS,
    ActType.POLITICAL_STATEMENT: ActFamily.STATEMENTS,
    ActType.OTHER: ActFamily.OTHER,
}
_BY_DETAIL = {
    "casualty-count": ActFamily.ATTACK,
    "wounding": ActFamily.ATTACK,
    "attack-on-protected-object": ActFamily.ATTACK,
    "ill-treatment": ActFamily.CUSTODY,
    "property-seizure": ActFamily.PROPERTY,
    "property-destruction": ActFamily.PROPERTY,
    "starvation-denial-of-aid": ActFamily.SIEGE,
    "unspecified-crimes": ActFamily.HARM,
}
"""Finer acts that stand under `other` and still belong to a family of harm."""

EPISODE = frozenset(
    {
        ActFamily.ATTACK,
        ActFamily.SIEGE,
        ActFamily.CUSTODY,
        ActFamily.SEXUAL,
        ActFamily.PROPERTY,
        ActFamily.DISPLACEMENT,
        ActFamily.HARM,
    }
)
"""Families of harm that one text may tell as one course of events at one place."""

BY_TARGET = frozenset({ActFamily.PROCEEDINGS, ActFamily.STATEMENTS, ActFamily.OTHER, ActFamily.IMPUNITY})
"""Families that hang on whom they concern, not on where and when."""

LABELS = {
    ActType.KILLING: "Killing",
    ActType.EXECUTION: "Execution",
    ActType.ATTACK_ON_CIVILIANS: "Attack on civilians",
    ActType.INDISCRIMINATE_ATTACK: "Shelling, bombing or other attack",
    ActType.SIEGE: "Siege",
    ActType.TORTURE: "Torture",
    ActType.RAPE_SEXUAL_VIOLENCE: "Rape or other sexual violence",
    ActType.DETENTION: "Detention",
    ActType.ENFORCED_DISAPPEARANCE: "Enforced disappearance",
    ActType.ABDUCTION: "Abduction",
    ActType.LOOTING_PROPERTY: "Looting or destruction of property",
    ActType.DISPLACEMENT: "Displacement",
    ActType.HOSTAGE: "Taking of hostages",
    ActType.MUTILATION_OF_DEAD: "Mutilation of the dead",
    ActType.DENIAL_OF_QUARTER: "Denial of quarter",
    ActType.MINE_LAYING: "Laying of mines",
    ActType.MASS_GRAVE: "Mass grave",
    ActType.RECRUITMENT_CHILDREN: "Recruitment of children",
    ActType.OBSTRUCTION_IMPUNITY: "Obstruction or impunity",
    ActType.PROCEDURAL: "Proceeding",
    ActType.MILITARY_OPERATION: "Military operation",
    ActType.POLITICAL_STATEMENT: "Political statement",
    ActType.OTHER: "Other act",
}
"""How a title calls an act type."""


def family(claim: Claim) -> ActFamily:
    """The family of the claim's act; finer acts filed under `other` go with the harm they speak of."""
    if claim.act_type is ActType.OTHER and claim.act_detail in _BY_DETAIL:
        return _BY_DETAIL[claim.act_detail]
    if claim.act_type is ActType.PROCEDURAL and claim.modality is Modality.CALLED_FOR:
        return ActFamily.DEMANDS
    return _BY_TYPE[claim.act_type]


def may_be_one_event(left: ActFamily, right: ActFamily) -> bool:
    """True when accounts of these two families may tell of one event."""
    told = EPISODE | {ActFamily.DEMANDS}
    return left is right or (left in told and right in told)
