"""Claims by key, and who is who, kept so that what did not change is not worked out again.

Start with `Index` and `People`.

Looks down to: actors, claims. Used by: matrix.situation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from probanda.actors.model import ActorGroup
from probanda.claims.model import Actor, Claim, Named


class Index:
    """Claims by key, in order of id; the tuple of a key stays the same object until a claim under it changes."""

    def __init__(self) -> None:
        self._of: dict[Hashable, dict[str, Claim]] = defaultdict(dict)
        self._made: dict[Hashable, tuple[Claim, ...]] = {}

    def put(self, key: Hashable, claim: Claim) -> None:
        """Enter a claim under a key."""
        self._of[key][claim.id] = claim
        self._made.pop(key, None)

    def drop(self, key: Hashable, claim: str) -> None:
        """Take a claim out from under a key."""
        self._of[key].pop(claim, None)
        self._made.pop(key, None)

    def get(self, key: Hashable) -> tuple[Claim, ...]:
        """The claims under this key; none where there are none."""
        if key not in self._made:
            found = self._of.get(key, {})
            self._made[key] = tuple(found[c] for c in sorted(found))
        return self._made[key]


class People:
    """Which actor a name or words stand for."""

    def __init__(self) -> None:
        self.groups: dict[str, ActorGroup] = {}
        self._by_mention: dict[str, ActorGroup] = {}
        self._reasons: dict[str, str] = {}
        self._by_words: dict[str, dict[str, ActorGroup]] = defaultdict(dict)

    def who(self, named: Named | Actor) -> ActorGroup | None:
        """The actor a role is filled with: by its mention, else by words that only one actor is written with."""
        if named.mention is not None and named.mention in self._by_mention:
            return self._by_mention[named.mention]
        written = self._by_words.get(named.words.casefold())
        return next(iter(written.values())) if written and len(written) == 1 else None

    def reason_of(self, mention: str) -> str:
        """Why this mention was linked to its actor; empty where it was not."""
        return self._reasons.get(mention, "")

    def change(self, actors: Iterable[ActorGroup]) -> Moved:
        """Take these actors in place of all before."""
        now, was = {a.id: a for a in actors}, self.groups
        changed = {i for i in now.keys() | was.keys() if i not in now or i not in was or _other(now[i], was[i])}
        before, after = _bearing(was, changed), _bearing(now, changed)
        forms = {form for i in changed for group in (was.get(i), now.get(i)) if group for form in _forms(group)}
        written = {form: self._only(form) for form in forms}
        for mention in before:
            del self._by_mention[mention], self._reasons[mention]
        for i in changed & was.keys():
            for form in _forms(was[i]):
                del self._by_words[form][i]
        for i in sorted(changed & now.keys()):
            for form in _forms(now[i]):
                self._by_words[form][i] = now[i]
            for member in now[i].members:
                self._by_mention[member.mention] = now[i]
                self._reasons[member.mention] = member.reason
        self.groups = now
        return Moved(
            actors=frozenset(changed),
            renamed=frozenset(i for i in changed if i in now and i in was and _shown(now[i]) != _shown(was[i])),
            mentions=frozenset(m for m in before.keys() | after.keys() if before.get(m) != after.get(m)),
            words=frozenset(form for form in forms if self._only(form) != written[form]),
        )

    def _only(self, form: str) -> str | None:
        """Id of the only actor written so."""
        written = self._by_words.get(form, {})
        return next(iter(written)) if len(written) == 1 else None


@dataclass(frozen=True, slots=True)
class Moved:
    """What other names and words stand for than before."""

    actors: frozenset[str]
    """Ids that are new, gone, or in any way other than before."""
    renamed: frozenset[str]
    """Of these, those that are called or written otherwise, or are of another kind."""
    mentions: frozenset[str]
    """Mentions that stand for another actor, or for another reason."""
    words: frozenset[str]
    """Folded forms that stand for another actor, or no longer for one alone."""


def _bearing(groups: dict[str, ActorGroup], ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    return {m.mention: (i, m.reason) for i in sorted(ids) if i in groups for m in groups[i].members}


def _shown(group: ActorGroup) -> tuple[object, ...]:
    return group.kind, group.name, group.variants


def _forms(group: ActorGroup) -> set[str]:
    return {v.casefold() for v in (group.name, *group.variants)}


def _other(a: ActorGroup, b: ActorGroup) -> bool:
    return a is not b and a != b
