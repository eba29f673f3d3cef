"""Layouts kept: give it what there is now, and it lays out anew what a change touches, nothing else.

Start with `Laying.lay`. What it gives is, to the letter, what laying all out from the start would give. A layout is
made anew where a claim points to it otherwise than before, or where its incidents, the persons it looks at, or the
starts of its claims changed; the cells to which a whole situation speaks are made anew where that changed.

Looks down to: matrix.cells, exonerating, scenes, scene, situation, weight, reasons; law, incidents. Used by:
matrix.layout, benchmarks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from probanda.incidents.model import Origin
from probanda.kernel.waste import unsearched
from probanda.law.model import LawPack
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix.cells import suggestion, whole_again
from probanda.matrix.exonerating import Exonerating, exonerating
from probanda.matrix.looks import wholes
from probanda.matrix.model import Suggestion
from probanda.matrix.reasons import also_points_to
from probanda.matrix.scene import Scene
from probanda.matrix.scenes import Drafts, Key
from probanda.matrix.situation import Changed, Given, Situation, Whole
from probanda.matrix.weight import Tracing


@dataclass(slots=True)
class _Laid:
    """One layout, with what it was made from."""

    scene: Scene
    found: Exonerating
    alone: Suggestion
    """As it is before it is said what it shares with others."""
    claims: frozenset[str]
    shown: Suggestion


class Laying:
    """All layouts of a situation under one law pack, kept as it changes."""

    def __init__(self, pack: LawPack, recorded: Recorded = NOTHING) -> None:
        self._situation = Situation(pack, recorded)
        self._tracing = Tracing(self._situation)
        self._drafts = Drafts(self._situation)
        self._laid: dict[Key, _Laid] = {}
        self._whole: tuple[Whole, ...] = ()
        self._crimes = {c.id: n for n, c in enumerate(pack.crimes)}
        self._modes = {m.id: n for n, m in enumerate(pack.modes)}

    def lay(self, given: Given, origins: Sequence[Origin]) -> tuple[Suggestion, ...]:
        """The layouts of what there is now, by the actor's name, then the crime's and the mode's place in the pack."""
        with unsearched():
            return self._lay_all(given, origins)

    def _lay_all(self, given: Given, origins: Sequence[Origin]) -> tuple[Suggestion, ...]:
        changed = self._situation.change(given)
        moved = self._tracing.change(changed.claims, origins)
        anew = self._drafts.change(changed) | self._touched(changed, moved)
        gone = [key for key in self._laid if key not in self._drafts]
        for key in gone:
            del self._laid[key]
        for key in sorted(anew):
            if key in self._drafts:
                self._laid[key] = self._lay(key)
        self._whole_again(set(self._laid) - anew, moved)
        self._side_by_side({key[0] for key in (*anew, *gone)})
        return tuple(laid.shown for laid in sorted(self._laid.values(), key=self._place))

    def _touched(self, changed: Changed, moved: set[str]) -> set[Key]:
        """Layouts that look at something that changed, whether or not a claim points to them otherwise."""
        incidents = changed.incidents | {i for c in moved for i in self._situation.incidents_of.get(c, ())}
        actors = changed.actors | {k for c in moved for k in self._situation.named_by(c)}
        return {
            key
            for key, laid in self._laid.items()
            if not incidents.isdisjoint(laid.scene.incidents) or not actors.isdisjoint(laid.scene.depends)
        }

    def _lay(self, key: Key) -> _Laid:
        scene = self._drafts.scene(key)
        found = exonerating(scene)
        made = suggestion(scene, self._tracing, found)
        return _Laid(scene, found, made, frozenset(made.claims), made)

    def _whole_again(self, keys: set[Key], moved: set[str]) -> None:
        """Make the cells anew to which the whole situation speaks, in layouts that nothing else touched."""
        before, self._whole = self._whole, wholes(self._situation)
        same = len(before) == len(self._whole) and all(a is b for a, b in zip(before, self._whole, strict=True))
        if same and not any(moved & whole.ids for whole in self._whole):
            return
        for key in sorted(keys):
            laid = self._laid[key]
            laid.alone = whole_again(laid.scene, self._tracing, laid.alone, laid.found)
            laid.shown = replace(laid.shown, cells=laid.alone.cells)

    def _side_by_side(self, actors: Iterable[str]) -> None:
        """Say of each layout which others of its actor rest on some of the same claims (C11)."""
        of_actor: dict[str, list[Key]] = defaultdict(list)
        for key in self._laid:
            of_actor[key[0]].append(key)
        for actor in sorted(set(actors)):
            group = sorted((self._laid[key] for key in of_actor.get(actor, ())), key=self._place)
            for laid in group:
                self._share(laid, [o for o in group if o is not laid and not o.claims.isdisjoint(laid.claims)])

    def _share(self, laid: _Laid, others: Sequence[_Laid]) -> None:
        laid.shown = laid.alone
        if others:
            said = also_points_to([f"{o.alone.crime_title}, {o.alone.article}, {o.alone.mode}" for o in others])
            against = (*laid.alone.reasons_against, said)
            laid.shown = replace(laid.alone, shared_with=tuple(o.alone.id for o in others), reasons_against=against)

    def _place(self, laid: _Laid) -> tuple[str, str, int, int]:
        one = laid.alone
        return one.actor_name.casefold(), one.actor, self._crimes[one.crime], self._modes[one.mode]
