"""Incidents with their versions, origins with their reasons, contradictions with their two sides."""

from __future__ import annotations

from dataclasses import dataclass

from probanda.kernel.vocabulary import ActType, ContradictionKind, OriginKind

NESTED = "sub-incident"
"""Kind of the identity decisions that say that one incident is a part of another."""
LEFT_IN_RIGHT, RIGHT_IN_LEFT, NOT_NESTED = (
    "left is part of right",
    "right is part of left",
    "neither is part of the other",
)
"""Their verdicts; the ends of a decision are sorted, and say nothing of who holds whom."""


@dataclass(frozen=True, slots=True)
class Doc:
    """What consolidation needs to know of an item's text."""

    item: str
    names: tuple[str, ...]
    """Base names under which the item was taken in; the first is the one exports call `doc`."""
    words: str
    """The words of its body, furniture left out."""
    title: str | None = None
    publisher: str | None = None
    dated_from: str | None = None
    dated_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where accounts start, as far as could be traced."""

    id: str
    kind: OriginKind
    items: tuple[str, ...] = ()
    """For copies: digests of the items whose texts are copies of one text."""
    claims: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One way the event is told: a consistent attribution held by some speakers."""

    label: str
    """What this version says, in the system's words, such as `attributed to: the Northern Brigade`."""
    field: str = "author"
    """What it is about: author, number, date, place, status."""
    claims: tuple[str, ...]
    """Claims that assert it."""
    against: tuple[str, ...] = ()
    """Claims that deny it."""
    speakers: tuple[str, ...] = ()
    """Innermost speakers as written, each once."""
    origins: int = 0
    """At most this many origins."""
    untraced: int = 0
    """Claims whose origin could not be traced."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartOf:
    """An incident that this one lies in: an attack in a siege, a killing in a campaign."""

    incident: str
    """Founder of the one around it."""
    reason: str
    decided: bool = False
    """True where a person said so; else it is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, or is said to have, as the claims about it tell."""

    id: str
    """The founder: the least claim id of the group."""
    title: str
    act_type: ActType
    date_from: str | None
    date_to: str | None
    places: tuple[str, ...]
    claims: tuple[str, ...]
    versions: tuple[Version, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    """(claim id, why it is here)."""
    differing: tuple[Version, ...] = ()
    """Values other than the author on which its speakers differ: number, date, place, status of the victims."""
    part_of: tuple[PartOf, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Decisions that contradict each other, in words; none of them was followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that cannot both hold as they stand; kept side by side, never merged."""

    id: str
    a: str
    b: str
    kind: ContradictionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All that consolidation proposes, sorted by id."""

    incidents: tuple[Incident, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]
