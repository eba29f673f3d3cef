"""Actors as proposed from mentions, each membership with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from probanda.kernel.vocabulary import MentionKind

DECIDED = "a person decided that they are the same"
FIRST = "its words begin this group"

HANDLE = "handle:"
"""How the id of a handle begins: a random id that stands for an incident (or actor) as a person saw it."""


def by_machine(reason: str) -> bool:
    """True where a mention was linked to its actor by the machine alone: no person said so, and it is not the first."""
    return reason not in (DECIDED, FIRST)


@dataclass(frozen=True, slots=True)
class Membership:
    """Why a mention belongs to a group."""

    mention: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGroup:
    """A person, unit, body, State, unnamed group or place that mentions were linked to."""

    id: str
    """The founder: the least mention id of the group, so that the order of arrival changes nothing."""
    kind: MentionKind
    name: str
    """The fullest form written."""
    variants: tuple[str, ...]
    """Every distinct form written, most frequent first, ties by the words."""
    members: tuple[Membership, ...]
    apart: tuple[str, ...] = ()
    """Names of look-alikes that were kept apart, each with why."""
    conflicts: tuple[str, ...] = ()
    """Decisions on members of this group that contradict each other, in words; neither was followed."""


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """A person's recorded verdict on two mentions or actors (any member's id stands for its actor)."""

    left: str
    right: str
    verdict: str
    """same, not the same, unsure."""
    kind: str = "actor"
    """actor, incident, origin."""
