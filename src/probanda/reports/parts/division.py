"""A section cut into annexes: what it tells, entry by entry, with the claims that each entry cites.

Start with `packed`. A section drafts all its entries, or those chosen for one annex; the entries keep their order.

Looks down to: claims, incidents, actors, matrix (models). Used by: the other parts, summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.matrix.chart import Chart
from probanda.matrix.model import Suggestion


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a section tells; `part` says where in the section, one of the last five what."""

    part: str
    claims: tuple[str, ...]
    """Ids of the claims it cites: at most these get a note."""
    incident: Incident | None = None
    claim: Claim | None = None
    actor: ActorGroup | None = None
    suggestion: Suggestion | None = None
    chart: Chart | None = None


def packed(entries: Sequence[Entry], most: int) -> list[tuple[Entry, ...]]:
    """The entries in order, cut so that each run cites at most `most` claims; one that cites more stands alone.

    At least one run comes back, be it empty, so that a section without entries can say so.
    """
    runs: list[list[Entry]] = [[]]
    cited: set[str] = set()
    for entry in entries:
        more = cited | set(entry.claims) if runs[-1] else set(entry.claims)
        if len(more) > most and runs[-1]:
            runs.append([])
            more = set(entry.claims)
        cited = more
        runs[-1].append(entry)
    return [tuple(run) for run in runs]
