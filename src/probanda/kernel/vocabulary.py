"""The closed vocabularies of the field, the same in code, tables, exports and pages.

Where a word is a term of art, docs/glossary.md explains it at more length.
"""

from __future__ import annotations

from enum import StrEnum


class Modality(StrEnum):
    """How the innermost speaker stands behind what is said."""

    ALLEGED = "alleged"
    """Claimed, accused or contested; not decided by anyone entitled to decide."""
    REPORTED = "reported"
    """Told as fact, or a count given by a source."""
    CONFIRMED = "confirmed"
    """A source says that it checked, and how."""
    ADMITTED = "admitted"
    """Said by the actor's own side, of its own conduct."""
    DENIED = "denied"
    """The speaker rejects it; the polarity is then negative."""
    ORDERED = "ordered"
    """The words are the instruction to act, or the admission by the addressees that it was given."""
    THREATENED = "threatened"
    """Announced as harm to come."""
    ADJUDICATED = "adjudicated"
    """A court's decision, and only that. (A warrant is a proceeding; its crimes stay alleged.)"""
    CALLED_FOR = "called-for"
    """A demand or intention to take a measure; never a call to commit a crime (that is inciting)."""


class Polarity(StrEnum):
    """Whether the speaker affirms or negates what the claim says."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Family(StrEnum):
    """Doing, or standing."""

    ACT = "act"
    """Someone did something, or something happened."""
    TIE = "tie"
    """A posting, subordination, membership, area, support, control, or attribute."""


class TieKind(StrEnum):
    """The kinds of standing that a tie can state."""

    POSTING = "posting"
    SUBORDINATION = "subordination"
    MEMBERSHIP = "membership"
    AREA = "area"
    SUPPORT = "support"
    CONTROL = "control"
    ATTRIBUTE = "attribute"


class ActType(StrEnum):
    """What kind of act a claim is about: coarse, and a contract of the exports."""

    KILLING = "killing"
    EXECUTION = "execution"
    ATTACK_ON_CIVILIANS = "attack-on-civilians"
    INDISCRIMINATE_ATTACK = "indiscriminate-attack"
    SIEGE = "siege"
    TORTURE = "torture"
    RAPE_SEXUAL_VIOLENCE = "rape-sexual-violence"
    DETENTION = "detention"
    ENFORCED_DISAPPEARANCE = "enforced-disappearance"
    ABDUCTION = "abduction"
    LOOTING_PROPERTY = "looting-property"
    DISPLACEMENT = "displacement"
    HOSTAGE = "hostage"
    MUTILATION_OF_DEAD = "mutilation-of-dead"
    DENIAL_OF_QUARTER = "denial-of-quarter"
    MINE_LAYING = "mine-laying"
    MASS_GRAVE = "mass-grave"
    RECRUITMENT_CHILDREN = "recruitment-children"
    OBSTRUCTION_IMPUNITY = "obstruction-impunity"
    PROCEDURAL = "procedural"
    MILITARY_OPERATION = "military-operation"
    POLITICAL_STATEMENT = "political-statement"
    OTHER = "other"


class Involvement(StrEnum):
    """How an actor is said to be involved (not a mode of liability: the law room maps it)."""

    DIRECT = "direct"
    ORDERING = "ordering"
    INCITING = "inciting"
    PLANNING = "planning"
    AIDING = "aiding"
    COMMAND = "command"
    KNOWLEDGE = "knowledge"
    FAILING_TO_ACT = "failing-to-act"
    SHELTERING = "sheltering"
    BENEFITING = "benefiting"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """What a person has decided of a proposed claim. `checked` says the text says this, not that it is true."""

    PROPOSED = "proposed"
    CHECKED = "checked"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"


class AnchorState(StrEnum):
    """Whether a settled claim's words still stand where they stood (RECORD section 2)."""

    ANCHORED = "anchored"
    MOVED = "moved"
    LOST = "anchor lost"


class MentionKind(StrEnum):
    """What a name in a text denotes."""

    PERSON = "person"
    UNIT = "unit"
    """An armed unit, militia, army, or the armed following of a person."""
    BODY = "body"
    """An institution, organisation, court, publisher, ministry."""
    STATE = "state"
    """A State or its government, speaking or acting as one."""
    PLACE = "place"
    GROUP = "group"
    """A collective without a name of its own: residents, witnesses, soldiers, experts."""


class PassageRole(StrEnum):
    """What a passage of a text is; furniture is kept but makes no claims."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    FURNITURE = "furniture"


class Label(StrEnum):
    """Who may be given an acquisition. (Further labels are free words; these three always exist.)"""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Side(StrEnum):
    """The two columns of a matrix; both are always shown."""

    FOR = "for"
    AGAINST = "against"


class ContradictionKind(StrEnum):
    """What two claims disagree on."""

    ATTRIBUTION = "attribution"
    NUMBER = "number"
    DENIAL = "denial"
    DATE = "date"
    PLACE = "place"
    IDENTITY = "identity"


class OriginKind(StrEnum):
    """What makes several accounts one origin."""

    COPY = "copy"
    """Texts that are copies, case variants, syndications or translations of one text."""
    ACCOUNT = "account"
    """Claims that go back to one speaker, statement, video, warrant or report."""
