"""Incidents with their versions, origins with their reasons, contradictions with their two sides."""

from __future__ import annotations

from dataclasses import dataclass

from probanda.kernel.vocabulary import ActType, ContradictionKind, OriginKind


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
