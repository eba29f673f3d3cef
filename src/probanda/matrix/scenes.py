"""Which layouts there are: for whom, on which crime, in which mode. Start with `Drafts`.

Claims point to a crime and mode for whom they name. Beside that, article 28 is laid out, under (a) and under (b), for
each person who is said to stand over those named as authors, or over their unit, on the day of the act: a question,
never a finding, since no link says that anybody controlled anybody in fact (decision 0019).

Looks down to: matrix.scene, matrix.situation, matrix.command; law, actors, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.kernel.bounds import first_day
from probanda.kernel.vocabulary import Involvement
from probanda.law.model import Crime, Mode
from probanda.matrix.command import Path
from probanda.matrix.scene import Scene
from probanda.matrix.situation import Changed, Situation

Key = tuple[str, str, str]
"""Ids of actor, crime and mode."""
AUTHORS = (Involvement.DIRECT, Involvement.UNKNOWN, Involvement.ORDERING)
"""Involvements by which somebody is named as author of an act for which a superior may have to answer."""


Pointed = tuple[Key, Path | None]
"""That a claim points to a layout; for a superior's, along which path."""


class Drafts:
    """Which claims point to which layout, kept claim by claim. Start with `change`, then `scene`."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._superiors = superior_modes(situation)
        self._crimes = {c.id: c for c in situation.pack.crimes}
        self._modes = {m.id: m for m in situation.pack.modes}
        self._of_claim: dict[str, tuple[Pointed, ...]] = {}
        self._own: dict[Key, dict[str, list[Path]]] = {}
        """Layout -> claim that points there -> the paths along which it does."""
        self._commands = situation.commands

    def __contains__(self, key: Key) -> bool:
        """True for a layout that some claim points to."""
        return key in self._own

    def change(self, changed: Changed) -> set[Key]:
        """Point the changed claims anew; the layouts to which they point, or did before."""
        touched: set[Key] = set()
        for claim in sorted(changed.claims | self._on_other_paths()):
            touched.update(self._take_out(claim))
            if claim in self._situation.claims:
                touched.update(self._put_in(self._situation.claims[claim]))
        return touched

    def scene(self, key: Key) -> Scene:
        """What this layout looks at. Raises KeyError where no claim points there."""
        own, actor = self._own[key], self._situation.group(key[0])
        if actor is None:
            raise KeyError(key[0])
        paths = {(path.author, str(path.day or "")): path for found in own.values() for path in found}
        claims = tuple(self._situation.claims[c] for c in sorted(own))
        crime, mode = self._crimes[key[1]], self._modes[key[2]]
        return Scene(self._situation, actor, crime, mode, claims, in_their_order(paths))

    def _on_other_paths(self) -> set[str]:
        """Claims whose authors are now said to stand under others than before, or otherwise."""
        before, self._commands = self._commands, self._situation.commands
        if before is self._commands:
            return set()
        authors = self._commands.differing(before)
        return {c.id for author in authors for c in self._situation.named_in.get(author)}

    def _take_out(self, claim: str) -> Iterator[Key]:
        for key, _ in self._of_claim.pop(claim, ()):
            own = self._own.get(key, {})
            own.pop(claim, None)
            if not own:
                self._own.pop(key, None)
            yield key

    def _put_in(self, claim: Claim) -> Iterator[Key]:
        pointed = tuple(self._pointed(claim))
        if pointed:
            self._of_claim[claim.id] = pointed
        for key, path in pointed:
            paths = self._own.setdefault(key, {}).setdefault(claim.id, [])
            paths += [path] if path is not None else []
            yield key

    def _pointed(self, claim: Claim) -> Iterator[Pointed]:
        situation = self._situation
        authors = situation.authors(claim)
        for group, how in authors:
            for crime, mode in situation.points(claim, how):
                yield (group.id, crime.id, mode.id), None
        if authors and self._superiors:
            for person, crime, mode, path in above(situation, claim, self._superiors):
                yield (person.id, crime.id, mode.id), path


def superior_modes(situation: Situation) -> tuple[Mode, ...]:
    """The modes by which a superior answers for others: those that ask whether steps were taken."""
    return tuple(m for m in situation.pack.modes if any(e.look == "failing" for e in m.elements))


def above(situation: Situation, claim: Claim, modes: Iterable[Mode]) -> Iterator[tuple[ActorGroup, Crime, Mode, Path]]:
    """Whom the links say to stand over those this claim names as authors, for each crime and mode of superiors."""
    crimes: dict[str, dict[str, Crime]] = defaultdict(dict)
    named: dict[str, ActorGroup] = {}
    for group, how in situation.authors(claim):
        if how in AUTHORS:
            named[group.id] = group
            crimes[group.id] |= {crime.id: crime for crime, _ in situation.points(claim, how)}
    for author, group in named.items():
        if not crimes[author]:
            continue
        for person, path in situation.commands.above(author, group.name, day_of(situation, claim)).items():
            superior = situation.group(person)
            for crime in crimes[author].values():
                for mode in modes:
                    if superior is not None and mode.fits(crime):
                        yield superior, crime, mode, path


def day_of(situation: Situation, claim: Claim) -> date | None:
    """The day of an act: as the claim tells, else the first day of its incidents; None where nobody tells."""
    told = first_day(claim.date_from)
    if told is not None:
        return told
    incidents = (situation.incidents[i] for i in situation.incidents_of.get(claim.id, ()))
    return min((day for i in incidents if (day := first_day(i.date_from)) is not None), default=None)


def in_their_order(paths: dict[tuple[str, str], Path]) -> tuple[Path, ...]:
    """Paths shown for their day first, then by length, day and author."""
    return tuple(paths[k] for k in sorted(paths, key=lambda k: (not paths[k].shown, len(paths[k].hops), k[1], k[0])))
