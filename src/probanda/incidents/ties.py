"""What a link between two claims is, how strong, and what keeps two claims apart.

Start with `Link` and `conflict`; `told` and `links` make the links.

Looks down to: incidents.facts, families, places, words. Used by: told, links, consolidation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from probanda.incidents.facts import Facts
from probanda.incidents.families import BY_TARGET, may_be_one_event
from probanda.incidents.places import Places, Where
from probanda.incidents.words import folded

NEAREST = 8
"""How many neighbours a claim meets in a block that is sorted by day or by position."""
NEXT_DAY = 1
"""Days by which accounts of one event in different texts may differ: nights, and time zones."""


class Strength(IntEnum):
    """How strong a link is: the lower, the sooner it is followed."""

    COPY = 0
    CITED = 1
    SENTENCE = 2
    ORDER = 3
    PLACE_AND_TIME = 4
    ANSWER = 5
    BESIDE = 6
    SAME_TEXT = 7
    CARRIED = 8
    PLACE_AND_PARTIES = 9
    DENIAL = 10
    WIDE_PLACE_AND_TIME = 11
    AUTHOR_AND_TIME = 12
    EPISODE = 13
    TEXTS_OF_ONE_TIME = 14


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two claims that may tell of one event, and why."""

    strength: Strength
    a: str
    b: str
    reason: str


def conflict(left: Facts, right: Facts, places: Places) -> str | None:
    """Why two claims cannot be about one event; None when nothing keeps them apart."""
    gap = left.gap(right)  # what costs least is asked first
    if gap and (gap > NEXT_DAY or left.claim.item == right.claim.item):
        return "their dates do not meet"
    if left.family is not right.family and not may_be_one_event(left.family, right.family):
        return f"{left.family} and {right.family} are different allegations"
    if left.family in BY_TARGET and left.targets and right.targets and not left.targets & right.targets:
        return "they concern different persons or bodies"
    if gap is None and (left.told_before(right) or right.told_before(left)):
        return "one is told in a text that is older than the day of the other"
    if places.compare(left.places, right.places) is Where.APART:
        return "they name different places"
    another = left.claim.item == right.claim.item and _told_as_another(left, right)
    return "the text tells the second as another incident" if another else None


_EVENT = r"(?:incident|attack|ambush|assault|case|raid|shelling|shooting|strike)"
_EVENT_FR = r"(?:affaire|attaque|embuscade|frappe|incident|raid)"
_ANOTHER = re.compile(
    rf"(?:in )?(?:an? )?(?:another|different|second|separate|unrelated) (?:\w+ )?{_EVENT}\b|separately\b"
    rf"|(?:dans|lors d) ?une? (?:autre|seconde?) {_EVENT_FR}\b|dans un incident (?:distinct|separe)\b"
    r"|و?في (?:حادث|هجوم)ة? (?:منفصل|اخر|اخري)ة?(?!\w)"
)
"""How a text opens its account of another event; over folded words."""


def _told_as_another(left: Facts, right: Facts) -> bool:
    """True where the later of two claims of one text opens with `in a separate incident`, `in another attack`."""
    later = left if left.claim.start > right.claim.start else right
    return _ANOTHER.match(folded(later.claim.quote[:60])) is not None


def tie(strength: Strength, a: Facts, b: Facts, reason: str) -> Link:
    """The link between these two, whichever comes first."""
    first, second = a.claim.id, b.claim.id
    return Link(strength, first, second, reason) if first < second else Link(strength, second, first, reason)


def blocks(
    facts: Iterable[Facts], keys: Callable[[Facts], Iterable[tuple[str, ...]]]
) -> Iterator[tuple[tuple[str, ...], list[Facts]]]:
    """Facts that share a key, for each key that at least two have, in a fixed order."""
    found: dict[tuple[str, ...], list[Facts]] = {}
    for f in facts:
        for key in sorted(set(keys(f))):
            found.setdefault(key, []).append(f)
    for key in sorted(found):
        if len(found[key]) > 1:
            yield key, sorted(found[key], key=lambda f: f.claim.id)
