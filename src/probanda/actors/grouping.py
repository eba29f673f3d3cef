"""The constrained union behind actors, incidents and origins (RECORD section 2): what goes together, given who may not.

One general function for all three: nodes are ids of anything (mentions, claims, accounts, handles).
Start with `group`. Order of work:

1. decided *same*, closed transitively;
2. decided *not the same* holds whole groups apart. Where it meets a chain of decided *same*, that is a
   conflict: shown, won by neither, so the chain and the verdict are both set aside;
3. what the machine itself holds apart, unless a person has decided otherwise;
4. machine links, strong to weak, ids breaking ties, each refused if it would join groups held apart, or two that one
   source tells apart by ids of its own (`own`).

The order of the inputs changes nothing. Cost is near linear in nodes, links and verdicts.

Looks down to: nothing. Used by: one_text, clusters, persons, incidents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """The machine's reason to put two nodes together."""

    left: str
    right: str
    strength: int
    """Strong links come first. An order between kinds of reasons, not a measure of likelihood."""
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decided *not the same* between two nodes that decided *same* verdicts join."""

    left: str
    right: str
    path: tuple[Pair, ...]
    """The decided *same* pairs on the way from one to the other, set aside."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups, each sorted and the whole sorted by first member, and what was not followed."""

    groups: tuple[tuple[str, ...], ...]
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Link, ...] = ()
    """Links that would have joined groups held apart."""
    followed: tuple[Link, ...] = ()
    """Links that joined two groups, in the order in which they did."""


def group(
    nodes: Iterable[str],
    same: Iterable[Pair] = (),
    not_same: Iterable[Pair] = (),
    links: Iterable[Link] = (),
    apart: Iterable[Pair] = (),
    own: Mapping[str, Pair] | None = None,
) -> Grouping:
    """Group `nodes` by persons' verdicts first and the machine's links after.

    `same`, `not_same`: pairs a person decided. `links`: the machine's. `apart`: pairs the machine holds apart,
    which give way to decided *same*. Ids that stand in a verdict only (handles) become nodes too; ids that
    stand only in links or `apart` must be among `nodes`. A pair of one node with itself is ignored. `own`: for a node
    a source and the id that this source gives it; the machine joins no two ids of one source, a person may.
    """
    sames = sorted({_pair(a, b) for a, b in same if a != b})
    nots = sorted({_pair(a, b) for a, b in not_same if a != b})
    everyone = set(nodes).union(*sames, *nots)
    sames, nots, conflicts = _without_conflicts(sames, nots)

    union = _Union(everyone)
    for a, b in sames:
        union.join(a, b)
    for a, b in nots:
        union.hold_apart(a, b)
    for a, b in sorted({_pair(a, b) for a, b in apart if a != b}):
        union.hold_apart(a, b)  # no effect inside a decided group
    for node, (source, id_) in sorted((own or {}).items()):
        union.name(node, source, id_)
    refused: list[Link] = []
    followed: list[Link] = []
    ordered = sorted(links, key=lambda k: (-k.strength, *_pair(k.left, k.right), k.reason))
    for link in ordered:
        if union.root(link.left) == union.root(link.right):
            continue
        (followed if union.join(link.left, link.right) else refused).append(link)
    return Grouping(union.groups(), conflicts, tuple(refused), tuple(followed))


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _without_conflicts(sames: list[Pair], nots: list[Pair]) -> tuple[list[Pair], list[Pair], tuple[Conflict, ...]]:
    """Set aside each *not the same* that meets a chain of *same*, with the shortest such chain, until none is left."""
    union = _Union({node for pair in (*sames, *nots) for node in pair})
    for a, b in sames:
        union.join(a, b)
    suspects = [(a, b) for a, b in nots if union.root(a) == union.root(b)]
    if not suspects:
        return sames, nots, ()
    near: dict[str, set[str]] = {}
    for a, b in sames:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    conflicts = []
    for a, b in suspects:
        while path := _shortest(near, a, b):
            conflicts.append(Conflict(a, b, path))
            for x, y in path:
                near[x].discard(y)
                near[y].discard(x)
    lost = {pair for c in conflicts for pair in c.path}
    void = {(c.left, c.right) for c in conflicts}
    return [p for p in sames if p not in lost], [p for p in nots if p not in void], tuple(conflicts)


def _shortest(near: dict[str, set[str]], start: str, end: str) -> tuple[Pair, ...]:
    came: dict[str, str] = {start: start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == end:
            path = []
            while here != start:
                path.append(_pair(came[here], here))
                here = came[here]
            return tuple(sorted(path))
        for there in sorted(near.get(here, ())):
            if there not in came:
                came[there] = here
                queue.append(there)
    return ()


class _Union:
    """Union-find whose groups know the groups they are held apart from."""

    def __init__(self, nodes: set[str]) -> None:
        self._parent = {node: node for node in nodes}
        self._size = dict.fromkeys(nodes, 1)
        self._apart: dict[str, set[str]] = {}
        self._own: dict[str, dict[str, set[str]]] = {}
        """For a root the ids that each source gives its members."""

    def root(self, node: str) -> str:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def hold_apart(self, a: str, b: str) -> None:
        x, y = self.root(a), self.root(b)
        if x != y:
            self._apart.setdefault(x, set()).add(y)
            self._apart.setdefault(y, set()).add(x)

    def join(self, a: str, b: str) -> bool:
        """Join the groups of both; False (and nothing done) if they are held apart."""
        x, y = self.root(a), self.root(b)
        if x == y:
            return True
        if y in self._apart.get(x, ()) or self._told_apart(x, y):
            return False
        if self._size[x] < self._size[y]:
            x, y = y, x
        self._parent[y] = x
        self._size[x] += self._size[y]
        for source, ids in self._own.pop(y, {}).items():
            self._own.setdefault(x, {}).setdefault(source, set()).update(ids)
        for other in self._apart.pop(y, ()):
            self._apart[other].discard(y)
            self._apart[other].add(x)
            self._apart.setdefault(x, set()).add(other)
        return True

    def name(self, node: str, source: str, id_: str) -> None:
        """Say which id a source gives to a node."""
        self._own.setdefault(self.root(node), {}).setdefault(source, set()).add(id_)

    def _told_apart(self, x: str, y: str) -> bool:
        here, there = self._own.get(x, {}), self._own.get(y, {})
        return any(source in there and ids.isdisjoint(there[source]) for source, ids in here.items())

    def groups(self) -> tuple[tuple[str, ...], ...]:
        found: dict[str, list[str]] = {}
        for node in self._parent:
            found.setdefault(self.root(node), []).append(node)
        return tuple(sorted(tuple(sorted(members)) for members in found.values()))
