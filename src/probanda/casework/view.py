"""One view of a case: what a report or an export may use. `hand_on` makes it; nothing else should."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from probanda.access.eyes import OPEN, Eyes
from probanda.actors.model import ActorGroup
from probanda.casework.narrow import Narrowing
from probanda.claims.model import Claim, Mention
from probanda.incidents.model import Consolidation
from probanda.incidents.opposed import Mark, Pair
from probanda.matrix.chart import Chart
from probanda.matrix.model import Suggestion
from probanda.store.model import ItemRow

if TYPE_CHECKING:
    from probanda.casework.missing import Original


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a person asked to include of what is restricted, and why (both reasons are logged)."""

    include_restricted: str | None = None
    with_names: str | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """Rows a report or export may use. All names in it may be shown as they stand."""

    eyes: Eyes
    items: tuple[ItemRow, ...]
    withheld: int
    claims: tuple[Claim, ...]
    """All that stand: rejected ones are apart."""
    rejected: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    actors: tuple[ActorGroup, ...]
    result: Consolidation
    suggestions: tuple[Suggestion, ...]
    worked_out: bool
    """False when nobody has run `incidents` for this sight: actors, incidents, origins are then empty."""
    narrowing: Narrowing
    sharing: Sharing
    marks: Mapping[Pair, Mark]
    """What persons say of contradictions, by pair of claim ids."""
    left_undated: int
    """Claims left out because they state no date while a period was asked for."""
    names: Mapping[str, tuple[str, ...]]
    """Base names by item; the registration number where the item is restricted."""
    numbers: Mapping[str, str]
    charts: tuple[Chart, ...] = ()
    """Opened hypotheses, where nothing was narrowed."""
    originals: tuple[Original, ...] = ()
    """What persons wrote down as cited and not held; with all that its maker knows of whether it was found."""
    masked: bool = False

    @cached_property
    def actor_of(self) -> dict[str, str]:
        """Mention id to actor or place id."""
        return {m.mention: a.id for a in self.actors for m in a.members}


def is_restricted(item: ItemRow) -> bool:
    """True when the item, or the text read from it, stands in a compartment other than the open one."""
    return item.compartment != OPEN or item.proposed_restricted is not None


def base_name(name: str) -> str:
    """The last part of a recorded name."""
    return name.rsplit("/", 1)[-1]
