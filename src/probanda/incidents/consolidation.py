"""Claims about one event become one incident; what cannot be one event stays apart.

Start with `consolidate`: one full run. `gathering` says how a change costs what it touches, and not the whole.

Looks down to: actors, claims, and the other files of this room. Used by: casework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Claim
from probanda.incidents.gathering import Change, Gathering
from probanda.incidents.model import Consolidation, Doc


def consolidate(
    claims: Sequence[Claim],
    docs: Sequence[Doc],
    actor_of: Mapping[str, str],
    actor_names: Mapping[str, str],
    decisions: Sequence[IdentityDecision] = (),
    within: Callable[[str, str], bool | None] | None = None,
) -> Consolidation:
    """Propose incidents, origins and contradictions for these claims; the order of the rows changes nothing.

    `actor_of`: mention id -> id of the actor or place it was linked to; `actor_names`: that id -> name.
    `decisions`: of kinds `incident` and `origin`, between claim ids (origin: also between items).
    `within(inner, outer)`: whether one place lies in another, None where not known. Rejected claims are left out.
    """
    gathering = Gathering(within)
    gathering.change(Change(texts_of(claims, docs), actor_of, actor_names, decisions))
    return gathering.result()


def texts_of(claims: Sequence[Claim], docs: Sequence[Doc]) -> dict[str, tuple[Doc | None, list[Claim]]]:
    """Item -> its text and its claims, for a `Change`."""
    found: dict[str, tuple[Doc | None, list[Claim]]] = {d.item: (d, []) for d in docs}
    for claim in claims:
        found.setdefault(claim.item, (None, []))[1].append(claim)
    return found
