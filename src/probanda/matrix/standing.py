"""What of a hypothesis's material still stands, and why the rest does not: start with `Standing`.

A conclusion stands on all of its basis: where one thing of it was rejected, taken back by its source, withdrawn, taken
out of the cell or destroyed, the conclusion no longer stands and the cell reopens (requirement C6).

Looks down to: matrix.hypothesis. Used by: matrix (chart, marks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from probanda.matrix.hypothesis import Decided, Finding, InCell, Kind, Ref, Shelf, Shown, Slot, Verdict

UNSEEN = "it is not here, or not to be seen"


@dataclass(frozen=True)
class Standing:
    """One hypothesis with what everything cited in it leads to."""

    decided: Decided
    shelf: Shelf
    _drawn: dict[str, Finding] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_drawn", {f.decision: f for f in (*self.decided.inferences, *self.decided.contextual)}
        )

    def shown(self, ref: Ref) -> Shown:
        """What is cited; where nothing leads there, that it is gone."""
        return self.shelf.get(ref) or Shown(ref=ref, words="", gone=UNSEEN)

    def taken(self, slot: Slot) -> dict[Ref, InCell]:
        """What persons took out of a cell."""
        return {t.ref: t for t in self.decided.in_cells if t.slot == slot and t.verdict is Verdict.TAKEN}

    def broken(self, finding: Finding, slot: Slot, above: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Why a conclusion no longer stands, a line for each part of its basis that is gone; empty while it stands."""
        return self.lost(finding.cites, slot, above | {finding.decision})

    def lost(self, cites: Iterable[Ref], slot: Slot, above: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """A line for each of these that no longer stands in this cell."""
        taken = self.taken(slot)
        return tuple(why for ref in cites if (why := self._lost(ref, slot, taken, above)))

    def _lost(self, ref: Ref, slot: Slot, taken: dict[Ref, InCell], above: frozenset[str]) -> str:
        shown = self.shown(ref)
        called = f"{ref.kind} {ref.id[:12]}"
        if ref in taken:
            return f"{called} was taken out of the cell: {taken[ref].reason}"
        if ref.kind is Kind.FINDING and ref.id in self._drawn and ref.id not in above:
            under = self.broken(self._drawn[ref.id], self._drawn[ref.id].slot or slot, above)
            return f"{called} no longer stands: {under[0]}" if under else ""
        return why_not(shown)


def why_not(shown: Shown) -> str:
    """Why something cited can carry nothing any more; empty while it can."""
    called = f"{shown.ref.kind} {shown.ref.id[:12]}"
    if shown.gone:
        return f"{called}: {shown.gone}"
    if shown.retracted:
        return f"{called}: its source took it back or corrected it"
    return ""
