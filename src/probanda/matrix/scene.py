"""What one layout looks at: an actor, a crime, a mode, the claims that point there, and those around them.

Start with `Scene`, then `Scene.nearby`.

Looks down to: matrix.situation, matrix.command; law, actors, claims, kernel. Used by: all of matrix that makes cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from functools import cached_property

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement
from probanda.law.inforce import InForce
from probanda.law.model import Crime, Element, Mode
from probanda.matrix.command import Path
from probanda.matrix.situation import OWN_VOICE, Situation, in_order


@dataclass(frozen=True)
class Scene:
    """What one layout looks at."""

    situation: Situation
    actor: ActorGroup
    crime: Crime
    mode: Mode
    own: tuple[Claim, ...]
    """Claims that name the actor and point to this crime and mode, in order of id; for a superior also those that name
    somebody under him as author of such an act."""
    paths: tuple[Path, ...] = ()
    """For a superior: how those who are named as authors are said to stand under the actor."""

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Ids of the actor and, for a superior, of those under him who are named as authors."""
        return tuple(sorted({self.actor.id, *(path.author for path in self.paths)}))

    @cached_property
    def depends(self) -> frozenset[str]:
        """Ids of the actors whose claims this layout looks at beyond its incidents."""
        return frozenset(self.persons) | self.situation.commands.heads.get(self.actor.id, frozenset())

    @cached_property
    def tied(self) -> frozenset[str]:
        """Ids of these and of all that any tie puts beside one of them: no others where authors are opposed."""
        found = set(self.persons)
        for actor in self.persons:
            for claim in self.situation.ties_of.get(actor):
                if claim.tie is not None:
                    ends = (self.situation.who(claim.tie.left), self.situation.who(claim.tie.right))
                    found |= {g.id for g in ends if g is not None}
        return frozenset(found)

    @cached_property
    def items(self) -> frozenset[str]:
        """The items in which the own claims stand."""
        return frozenset(c.item for c in self.own)

    @cached_property
    def incidents(self) -> tuple[str, ...]:
        """Incidents of the own claims, in order of id."""
        return tuple(sorted({i for c in self.own for i in self.situation.incidents_of.get(c.id, ())}))

    @cached_property
    def own_ids(self) -> frozenset[str]:
        """Ids of the own claims."""
        return frozenset(c.id for c in self.own)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places of the incidents, each once."""
        found = (p for i in self.incidents for p in self.situation.incidents[i].places)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _alone(self) -> tuple[Claim, ...]:
        """Own claims of no incident."""
        return tuple(c for c in self.own if c.id not in self.situation.incidents_of)

    def nearby(self, key: Hashable, test: Callable[[Claim], bool]) -> tuple[Claim, ...]:
        """The claims of these incidents, and own ones of none, that pass a test (`Situation.nearby`)."""
        near = self.situation.nearby(self.incidents, key, test)
        alone = [c for c in self._alone if test(c)]
        return in_order([*near, *alone]) if alone else near

    @property
    def near(self) -> tuple[Claim, ...]:
        """All of them but those that are evidence in no cell."""
        return self.nearby("all", lambda c: True)

    def near_with(self, *cues: str) -> tuple[Claim, ...]:
        """Those whose quote holds a word of one of these lists."""
        near = self.situation.nearby_with(self.incidents, cues)
        alone = [c for c in self._alone if self.situation.has(c, *cues)]
        return in_order([*near, *alone]) if alone else near

    def near_voices(self) -> tuple[Claim, ...]:
        """Those in which a speaker speaks of his own conduct."""
        return self.nearby("voices", lambda c: c.modality in OWN_VOICE)

    def near_told(self) -> tuple[Claim, ...]:
        """Those that say that an act that points to this crime was carried out."""
        return self._told

    @cached_property
    def _told(self) -> tuple[Claim, ...]:
        tried, details = self.near_tried(), {d for m in self.situation.pack.modes for d in m.details}
        if all(c.act_detail not in details for c in tried):
            return tried
        return tuple(c for c in tried if c.act_detail not in details)

    def near_tried(self) -> tuple[Claim, ...]:
        """The same, also where it was only tried."""
        return self.nearby(("tried", self.crime.id), lambda c: self.situation.tells_of_trying(c, self.crime))

    def about(self, *cues: str) -> tuple[Claim, ...]:
        """Claims that name the actor in any role, whatever the incident, and hold a word of one of these lists."""
        found = [self.situation.about(self.actor.id, cue) for cue in cues]
        return found[0] if len(found) == 1 else in_order([c for claims in found for c in claims])

    @cached_property
    def days(self) -> tuple[tuple[str, str], ...]:
        """First and last day of each incident, and of each own claim, that has one; ISO, sorted."""
        told = {(i.date_from, i.date_to) for i in map(self.situation.incidents.__getitem__, self.incidents)}
        told |= {(c.date_from, c.date_to) for c in self.own}
        return tuple(sorted({(first, last or first) for first, last in told if first}))

    @cached_property
    def open_force(self) -> Counter[InForce]:
        """For how many own claims it is open whether the crime was in force, and why (C4)."""
        return self.situation.law.open_force(self.own, self.crime)

    @cached_property
    def by_own_hand(self) -> bool:
        """True in the mode in which the author of the act and the actor are the same."""
        return any(e.look == "own-hand" for e in self.mode.elements)

    @cached_property
    def _by_involvement(self) -> dict[Involvement, list[Claim]]:
        found: dict[Involvement, list[Claim]] = {}
        for claim in self.own:
            for how in {how for g, how in self.situation.authors(claim) if g.id == self.actor.id}:
                found.setdefault(how, []).append(claim)
        return found

    def own_as(self, *kinds: Involvement) -> tuple[Claim, ...]:
        """The own claims that name the actor as involved in one of these ways, in order of id."""
        found = [self._by_involvement.get(kind, []) for kind in kinds]
        return tuple(found[0]) if len(found) == 1 else in_order([c for claims in found for c in claims])

    def told_as(self, actor: str, kind: Involvement) -> tuple[Claim, ...]:
        """Own claims, and those that point to no crime by themselves, that name an actor as involved in this way."""
        mine = self.situation.aside.get((actor, kind))
        own = self.own_as(kind) if actor == self.actor.id else [c for c in self.own if self.did(actor, c, kind)]
        return in_order([*own, *mine])

    def did(self, actor: str, claim: Claim, *kinds: Involvement) -> bool:
        """True when the claim names this actor as involved in one of these ways."""
        return any(g.id == actor and how in kinds for g, how in self.situation.authors(claim))

    def asks_of_mode(self, element: Element) -> bool:
        """True for an element of the mode, not of the crime."""
        return any(e is element for e in self.mode.elements)

    def persons_of(self, element: Element) -> tuple[str, ...]:
        """Ids of those an element asks about: the actor; for a superior's crime, those named as its authors.

        In the elements of a crime "the author" is whoever carries it out; the superior answers for it by the mode.
        """
        if self.paths and not self.asks_of_mode(element):
            return tuple(sorted({path.author for path in self.paths}))
        return (self.actor.id,)

    def said_by_actor(self, claim: Claim) -> bool:
        """True when the statement comes from the actor."""
        return self.said_by(claim, (self.actor.id,))

    def said_by(self, claim: Claim, whom: Collection[str]) -> bool:
        """True when the statement comes from one of these."""
        speaker = self.situation.who(claim.innermost)
        return speaker is not None and speaker.id in whom
