"""Marks on the cells that something touched since a person last looked: start with `marks_of`.

A newer law pack, a retraction, a changed identity, a wall, and what readers and rules propose anew mark exactly the
cells they touch, and are shown until a person says that they were seen. Nothing is ever rewritten (requirement C14).

Looks down to: matrix (hypothesis, standing), law. Used by: matrix (chart).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probanda.law.model import Element
from probanda.matrix.hypothesis import Charted, Decided, Ref, Shown, Slot
from probanda.matrix.standing import Standing


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that touched a cell."""

    key: str
    """Stable, so that it can be said to have been seen."""
    kind: str
    """pack, retraction, identity, wall, new or gone."""
    words: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed around a hypothesis since it was opened."""

    members: frozenset[str] = frozenset()
    """The mentions that are the person of interest now."""
    identity: bool = False
    """True where a person decided anew who the person of interest is."""


def marks_of(
    decided: Decided,
    element: Charted,
    present: Mapping[Slot, Element],
    now: Iterable[Ref],
    cited: Mapping[Ref, Shown],
    standing: Standing,
    changes: Changes,
) -> tuple[Mark, ...]:
    """The marks on one cell that nobody has said to have seen.

    `now`: what the rules propose in it today; `cited`: all that stands in it, and what its findings rest on.
    """
    slot = element.slot
    seen = [s for s in decided.seen if s.slot == slot]
    known = {ref for s in seen for ref in s.cites}
    names = {*decided.hypothesis.names, *(n for s in seen for n in s.names)}
    found = [*_pack(decided, element, present)]
    found += [_retraction(shown) for shown in cited.values() if shown.retracted]
    found += _walls(decided, slot, cited)
    found += _proposals(set(now), known, names, cited, standing, changes)
    acknowledged = {key for s in seen for key in s.marks}
    once = {m.key: m for m in found if m.key not in acknowledged}
    return tuple(once[key] for key in sorted(once))


def _pack(decided: Decided, element: Charted, present: Mapping[Slot, Element]) -> Iterable[Mark]:
    """The words, the kind or the common key of this very element are others in the pack that is in use now."""
    one = present.get(element.slot)
    if one is None:
        yield Mark(f"pack:{element.slot.called}:gone", "pack", "The law pack in use now has no such element.")
    elif (one.text, one.type, one.common_key) != (element.text, element.type, element.common_key):
        yield Mark(
            f"pack:{element.slot.called}:{one.text}", "pack",
            f"The law pack in use now says ({one.type}): {one.text} Opened with {decided.hypothesis.pack}.",
        )  # fmt: skip


def _retraction(shown: Shown) -> Mark:
    words = f"{shown.where or shown.ref.id[:12]}: {shown.retracted}."
    return Mark(f"retraction:{shown.ref.id}:{shown.retracted}", "retraction", words)


def _walls(decided: Decided, slot: Slot, cited: Mapping[Ref, Shown]) -> Iterable[Mark]:
    """What is cited here lies behind other labels now than when it was put or last seen."""
    then = {ref: s.within for s in decided.seen if s.slot == slot for ref in s.cites}
    then |= {p.ref: p.within for p in decided.in_cells if p.slot == slot}
    for ref, shown in cited.items():
        before = then.get(ref)
        if before and shown.within and shown.within != before:
            yield Mark(
                f"wall:{ref.id}:{shown.within}", "wall",
                f"{shown.where or ref.id[:12]} lies behind other labels now ({shown.within}; it was {before}).",
            )  # fmt: skip


def _proposals(
    now: set[Ref],
    known: set[Ref],
    names: set[str],
    cited: Mapping[Ref, Shown],
    standing: Standing,
    changes: Changes,
) -> Iterable[Mark]:
    """What the rules propose anew, or no longer; and what names the person no longer. Each with why, where it shows."""
    lost = names - changes.members
    for ref in sorted(cited, key=lambda r: r.id):
        if lost and lost & set(cited[ref].mentions):
            words = "names somebody else since who is who was decided anew"
            yield Mark(f"identity:{ref.id}:lost", "identity", f"{cited[ref].where or ref.id[:12]} {words}.")
    for ref in sorted(now - known, key=lambda r: r.id):
        shown = standing.shown(ref)
        if changes.identity and (set(shown.mentions) & changes.members) - names:
            words = "proposed since who is who was decided anew"
            yield Mark(f"identity:{ref.id}:new", "identity", f"{shown.where or ref.id[:12]}: {words}.")
        else:
            yield Mark(f"new:{ref.id}", "new", f"{shown.where or ref.id[:12]}: proposed since.")
    for ref in sorted(known - now, key=lambda r: r.id):
        shown = standing.shown(ref)
        if shown.gone:
            yield Mark(f"gone:{ref.id}", "gone", f"{shown.where or ref.id[:12]}: {shown.gone}.")
        elif changes.identity or lost & set(shown.mentions):
            words = "no longer proposed, since who is who was decided anew"
            yield Mark(f"identity:{ref.id}:gone", "identity", f"{shown.where or ref.id[:12]}: {words}.")
        else:
            yield Mark(f"gone:{ref.id}", "gone", f"{shown.where or ref.id[:12]}: no longer proposed.")
