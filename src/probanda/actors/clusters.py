"""What hangs together in any way, grouped: the constrained union on as few nodes as will do.

Start with `Cluster.groups`. Where no verdict of a person and no id of an item bears on a cluster, what a text puts
together stays together (links within a text are stronger than links between texts, and pairs held apart of which one
lies in another text part nothing within one), so that each text's node counts as one; else every mention counts.

Looks down to: grouping, one_text, proposals. Used by: kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from probanda.actors.grouping import Conflict, Link, Pair, group
from probanda.actors.model import DECIDED, FIRST, ActorGroup, Membership
from probanda.actors.one_text import Node, reasons_of
from probanda.actors.proposals import Proposal
from probanda.claims.model import Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_name
from probanda.names.persons import person_name
from probanda.names.places import place_words

MOST_APART = 12
"""Look-alikes shown with one actor; there may be more."""

_TOGETHER = 1000
"""Stronger than any link: what a text has put together already."""


@dataclass(frozen=True, slots=True)
class Made:
    """An actor as its members make it, without those of the same family name beside it."""

    actor: ActorGroup
    nodes: tuple[Node, ...]


@dataclass(slots=True)
class Cluster:
    """Nodes that links, verdicts and ids may bind, and all that is said of them and of others."""

    same: Sequence[Pair]
    not_same: Sequence[Pair]
    by_id: Proposal
    own: Mapping[str, Pair]
    nodes: list[Node] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    """Mentions and handles on which verdicts or ids of items bear."""
    between: list[Proposal] = field(default_factory=list)
    """What the blocks say, in order of their keys."""
    inside: list[Proposal] = field(default_factory=list)
    """What the texts say; given where something is bound."""

    def groups(self) -> Iterator[Made]:
        """The actors of the cluster."""
        return self._by_mention() if self.bound else self._by_node()

    def _by_node(self) -> Iterator[Made]:
        kept = {i: why for p in self.between for i, why in p.kept.items()}
        if len(self.nodes) == 1:
            yield Made(_actor_of_nodes(self.nodes, {}, kept), tuple(self.nodes))
            return
        home = {m.id: n.members[0].id for n in self.nodes for m in n.members}
        links = [k for p in self.between for k in p.links]
        apart = [pair for n in self.nodes for pair in n.apart if pair[1] in home]
        apart += [pair for p in self.between for pair in p.apart]
        root = self._held_apart(links, apart, home) if apart else _joined(links, home)
        reasons: dict[str, tuple[int, str, str]] = {}
        for k in links:
            if root[home[k.left]] == root[home[k.right]]:
                row = (-k.strength, k.right, k.reason)
                if k.left not in reasons or row < reasons[k.left]:
                    reasons[k.left] = row
        why = {i: row[2] for i, row in reasons.items()}
        found: dict[str, list[Node]] = {}
        for n in self.nodes:
            found.setdefault(root[n.members[0].id], []).append(n)
        for nodes in found.values():
            yield Made(_actor_of_nodes(nodes, why, kept), tuple(nodes))

    def _held_apart(self, links: list[Link], apart: list[Pair], home: Mapping[str, str]) -> dict[str, str]:
        ends = {end for k in links for end in (k.left, k.right)} | {end for pair in apart for end in pair}
        first = {n.members[0].id for n in self.nodes}
        within = [Link(i, home[i], _TOGETHER, "") for i in ends if i not in first]
        found = group(first | ends, (), (), [*within, *links], apart)
        return {i: members[0] for members in found.groups for i in members}

    def _by_mention(self) -> Iterator[Made]:
        known = {m.id: m for n in self.nodes for m in n.members}
        links, apart, kept = self._said(known)
        same = [pair for pair in self.same if self.bound.issuperset(pair)]
        not_same = [pair for pair in self.not_same if self.bound.issuperset(pair)]
        own = {i: self.own[i] for i in known if i in self.own}
        grouping = group(known, same, not_same, links, apart, own)
        root = {i: members[0] for members in grouping.groups for i in members}
        reasons = _with_decided(same, root, reasons_of(links, root))
        conflicts = _conflicts(grouping.conflicts, root, known)
        node_of = {m.id: n for n in self.nodes for m in n.members}
        for ids in grouping.groups:
            members = [known[i] for i in ids if i in known]
            if members:
                rows = [Membership(m.id, reasons.get(m.id, FIRST)) for m in members]
                actor = _actor(members, rows, kept, conflicts.get(ids[0], ()))
                yield Made(actor, tuple(dict.fromkeys(node_of[m.id] for m in members)))

    def _said(self, known: Mapping[str, Mention]) -> tuple[list[Link], list[Pair], dict[str, str]]:
        every = [*self.inside, *self.between]
        kept = {i: why for p in every for i, why in p.kept.items()}
        for i, why in self.by_id.kept.items():
            kept.setdefault(i, why)
        every.append(self.by_id)
        links = [k for p in every for k in p.links if k.left in known and k.right in known]
        apart = [pair for p in every for pair in p.apart if pair[0] in known and pair[1] in known]
        return links, apart, kept


def _joined(links: Iterable[Link], home: Mapping[str, str]) -> dict[str, str]:
    """Root of each node where nothing is held apart."""
    parent = {node: node for node in home.values()}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for k in links:
        a, b = root(home[k.left]), root(home[k.right])
        if a != b:
            parent[max(a, b)] = min(a, b)
    return {node: root(node) for node in parent}


def _with_decided(same: Iterable[Pair], root: Mapping[str, str], found: dict[str, str]) -> dict[str, str]:
    """For each mention why it is in its group: a decision, else its strongest link that holds."""
    for a, b in same:
        if root.get(a) == root.get(b):
            found[a] = found[b] = DECIDED
    return found


def _conflicts(
    conflicts: Iterable[Conflict], root: Mapping[str, str], known: Mapping[str, Mention]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for c in conflicts:
        left, right = (known[end].words if end in known else end for end in (c.left, c.right))
        words = (
            f"Decisions contradict each other on whether {left} and {right} are the same; none of them was followed."
        )
        for node in sorted({root[end] for end in (c.left, c.right)}):
            found[node] = (*found.get(node, ()), words)
    return found


def _actor_of_nodes(nodes: Sequence[Node], reasons: Mapping[str, str], kept: Mapping[str, str]) -> ActorGroup:
    rows: list[Membership] = []
    for n in nodes:
        come = [i for i in n.open if i in reasons]
        if come:
            rows.extend([Membership(i, reasons[i]) if (i := r.mention) in come else r for r in n.memberships])
        else:
            rows.extend(n.memberships)
    if len(nodes) == 1:
        return _actor(nodes[0].members, rows, {**nodes[0].kept, **kept}, ())
    rows.sort(key=attrgetter("mention"))
    inside = {i: why for n in nodes for i, why in n.kept.items()}
    return _actor([m for n in nodes for m in n.members], rows, {**inside, **kept}, ())


def _actor(
    members: Sequence[Mention], rows: Sequence[Membership], kept: Mapping[str, str], conflicts: tuple[str, ...]
) -> ActorGroup:
    """`members` in any order; `rows` by id."""
    left = sorted((m for m in members if m.id in kept), key=attrgetter("id")) if kept else ()
    count = Counter([m.words for m in members])
    kinds = Counter([m.kind for m in members])
    kind = min(kinds, key=lambda k: (-kinds[k], k.value))
    return ActorGroup(
        id=rows[0].mention,
        kind=kind,
        name=min(
            count, key=lambda words: (-_fullness(words, kind), words.endswith(("'s", "’s")), -count[words], words)
        ),
        variants=tuple(sorted(count, key=lambda words: (-count[words], words))),
        members=tuple(rows),
        apart=tuple(dict.fromkeys(f"{m.words}: {kept[m.id]}" for m in left))[:MOST_APART],
        conflicts=conflicts,
    )


def _fullness(words: str, kind: MentionKind) -> int:
    """How many names a form writes out."""
    if kind is MentionKind.PERSON:
        return sum(len(token) > 1 for token in person_name(words).tokens)
    if kind is MentionKind.PLACE:
        return len(place_words(words))
    name = body_name(words)
    return 0 if name.acronym else len(name.words)
