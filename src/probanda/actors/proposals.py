"""What the linking rules hand over: links with reasons, pairs held apart, and what was left alone and why.

Looks down to: grouping, claims.model. Used by: the other files of this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from probanda.actors.grouping import Link
from probanda.claims.model import Mention


class Strength(IntEnum):
    """The order in which machine links are tried; a kind of reason each, no measure of likelihood."""

    EQUATED_BY_TEXT = 90
    SAME_WORDS_IN_TEXT = 80
    SAME_NAME_IN_TEXT = 75
    SHORT_FORM_IN_TEXT = 70
    SAME_NAME = 60
    COMPATIBLE_NAME = 50
    ACRONYM = 40
    ONLY_BEARER = 10


@dataclass(slots=True)
class Proposal:
    """Filled by the rules of one kind of mention."""

    links: list[Link] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """Mention id to the reason why it was left by itself."""

    def star(self, mentions: Iterable[Mention], centre: Mention, strength: Strength, reason: str) -> None:
        """Link each of `mentions` to `centre`."""
        self.links.extend(Link(m.id, centre.id, strength, reason) for m in mentions if m.id != centre.id)

    def join(self, a: Mention, b: Mention, strength: Strength, reason: str) -> None:
        """Link `a`, the one being explained, to `b`."""
        if a.id != b.id:
            self.links.append(Link(a.id, b.id, strength, reason))

    def add(self, other: Proposal) -> None:
        """Take over all that another proposal holds."""
        self.links.extend(other.links)
        self.apart.extend(other.apart)
        self.kept.update(other.kept)


def by_item(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions of each item in order of place; items by digest."""
    found: dict[str, list[Mention]] = {}
    for m in mentions:
        found.setdefault(m.item, []).append(m)
    return [sorted(found[item], key=place_in_text) for item in sorted(found)]


def place_in_text(m: Mention) -> tuple[int, int, str]:
    """Sort key: where the mention stands."""
    return (m.start, m.end, m.id)


def earliest(mentions: Sequence[Mention]) -> Mention:
    """The mention that others of its text are linked to."""
    return min(mentions, key=place_in_text)
