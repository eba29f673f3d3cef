"""Actors as they are shown: each with those beside it who bear the same family name and were kept apart.

Start with `Shown.change`. Whom a code or pseudonym stands for is shown beside nobody.

Looks down to: clusters, one_text, names. Used by: kept.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from probanda.actors.clusters import MOST_APART, Made
from probanda.actors.model import ActorGroup
from probanda.actors.one_text import Node
from probanda.kernel.vocabulary import MentionKind
from probanda.names.folding import same_token, skeleton
from probanda.names.persons import compare_persons, person_name


@dataclass(frozen=True, slots=True)
class Relinked:
    """What a change made otherwise."""

    actor_of: Mapping[str, str | None]
    """Mention -> actor it is linked to now; None where the mention is gone. Others are where they were."""
    names: Mapping[str, str | None]
    """Actor -> its name; None where there is no such actor any more. Others are called as they were."""


class Shown:
    """All actors, by id."""

    def __init__(self) -> None:
        self._made: dict[str, ActorGroup] = {}
        self._shown: dict[str, ActorGroup] = {}
        self._family: dict[str, str] = {}
        """Person -> family name, as it is folded; nobody hidden is in it."""
        self._alike: dict[str, set[str]] = {}
        """Coarse consonants of a family name -> persons."""

    def all(self) -> tuple[ActorGroup, ...]:
        """All actors, sorted by id."""
        return tuple(self._shown[i] for i in sorted(self._shown))

    def change(self, gone: Iterable[Node], made: Iterable[Made], known: Container[str]) -> Relinked:
        """Put actors made anew in the place of those that their nodes were in. `known`: mentions that there are now."""
        come = list(made)
        actor_of: dict[str, str | None] = {m.id: None for n in gone for m in n.members if m.id not in known}
        nodes = {id(n): n for one in come for n in one.nodes}
        left = {g for n in (*gone, *nodes.values()) for g in n.groups}
        names: dict[str, str | None] = dict.fromkeys(left)
        families = {skeleton(self._family[i]) for i in left if i in self._family}
        before = {i: self._made[i].name for i in left}
        for i in left:
            self._drop(i)
        now: dict[int, list[str]] = {}
        for one in come:
            for n in one.nodes:
                now.setdefault(id(n), []).append(one.actor.id)
        for one in come:
            names[one.actor.id] = one.actor.name
            for n in one.nodes:
                groups = now[id(n)]
                if len(groups) > 1:
                    mine = {m.mention for m in one.actor.members}
                    actor_of.update((m.id, one.actor.id) for m in n.members if m.id in mine)
                elif n.groups != (one.actor.id,):
                    actor_of.update((m.id, one.actor.id) for m in n.members)
        for one in come:
            families |= self._put(one)
        for key, n in nodes.items():
            n.groups = tuple(now[key])
        for family in families:
            self._show(family)
        return Relinked(actor_of, {i: name for i, name in names.items() if name is None or before.get(i) != name})

    def _drop(self, founder: str) -> None:
        del self._made[founder], self._shown[founder]
        family = self._family.pop(founder, "")
        if family:
            self._alike[skeleton(family)].discard(founder)

    def _put(self, one: Made) -> set[str]:
        """Take an actor; gives the family name under which look-alikes are to be shown anew."""
        founder = one.actor.id
        self._made[founder] = self._shown[founder] = one.actor
        tokens = person_name(one.actor.name).tokens if one.actor.kind is MentionKind.PERSON else ()
        if not tokens or _hidden(one):
            return set()
        self._family[founder] = tokens[-1]
        key = skeleton(tokens[-1])
        self._alike.setdefault(key, set()).add(founder)
        return {key}

    def _show(self, family: str) -> None:
        block = sorted(self._alike.get(family, ()))
        for founder in block:
            self._shown[founder] = self._beside(self._made[founder], block)

    def _beside(self, actor: ActorGroup, block: Sequence[str]) -> ActorGroup:
        notes = list(actor.apart)
        for founder in block:
            if len(notes) >= MOST_APART:
                break
            other = self._made[founder]
            if founder != actor.id and same_token(self._family[actor.id], self._family[founder]):
                note = f"{other.name}: {compare_persons(actor.name, other.name).reason}"
                if note not in notes:
                    notes.append(note)
        return actor if len(notes) == len(actor.apart) else replace(actor, apart=tuple(notes))


def _hidden(one: Made) -> bool:
    if not any(n.hidden for n in one.nodes):
        return False
    mine = {m.mention for m in one.actor.members}
    return any(m in mine for n in one.nodes for m in n.hidden)
