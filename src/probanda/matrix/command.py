"""Who is said to have stood over the named authors of an act, on its day: the paths on which article 28 draws.

Start with `Commands.above`. The walk and what links say of a day are those of `actors.command` (decision 0019): nothing
is filled in, a link that nobody states for the day is said to be so, and two heads of one unit are both shown. A path
says who stood over whom by post, membership or subordination; it never says that anybody controlled anybody in fact.

Looks down to: actors, claims, kernel. Used by: matrix.situation, matrix.superior, matrix.scenes, matrix.reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from probanda.actors.command import NOW, OVER, Chain, Evidence, Link, Node, Told, chain, links_of, standing
from probanda.actors.model import ActorGroup
from probanda.actors.posts import heads
from probanda.claims.model import Actor, Claim, Named
from probanda.kernel.bounds import Bounds, Holds
from probanda.kernel.vocabulary import MentionKind, TieKind

NO_DAY = "no day is told for the act"
Who = Callable[[Named | Actor], ActorGroup | None]
Dated = tuple[str | None, str | None]
"""First and last day of a text, ISO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a path, from the one below to the one above."""

    says: str
    """Who stands over whom, in the words of the link, and what its sources say of the day."""
    shown: bool
    """True where somebody states it for the day, or for a time that the day lies in."""
    claims: tuple[str, ...]
    post: bool
    """True where it is a post that heads a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How one named author is said to stand under a superior on a day."""

    author: str
    """Actor id."""
    author_name: str
    day: date | None
    hops: tuple[Hop, ...]
    """From the author upward."""
    conflicts: tuple[str, ...] = ()
    """What does not go together on that day."""

    @property
    def shown(self) -> bool:
        """True where every link is stated for the day."""
        return all(hop.shown for hop in self.hops)

    def says(self) -> str:
        """The path from the superior down to the author, with each link's words."""
        when = f"On {self.day.isoformat()}" if self.day else "Day not told"
        links = "; ".join(hop.says for hop in reversed(self.hops))
        return f"{when}: {links}; {self.author_name} is named as author."


class Commands:
    """The links that tie claims state, and the paths upward; each walk is made once."""

    def __init__(self, ties: Iterable[Claim], who: Who, texts: Mapping[str, Dated]) -> None:
        self._nodes: dict[str, Node] = {}
        self._texts = texts
        links = links_of(told for claim in ties for told in self._told(claim, who))
        self._dated = _Sides(links)
        self._dayless = _Sides([_without_time(link) for link in links])
        self._found: dict[tuple[str, date | None], Mapping[str, Path]] = {}
        self.names: dict[str, str] = {}
        """Of those asked about, as they were called."""
        self.heads: Mapping[str, frozenset[str]] = _headed(links)
        """Person id -> units that he is said to head, at whatever time."""

    def above(self, author: str, name: str, day: date | None) -> Mapping[str, Path]:
        """Person id -> the shortest path by which the author is said to stand under that person on the day."""
        self.names[author] = name
        if (author, day) not in self._found:
            self._found[author, day] = self._paths(author, name, day) if author in self._nodes else {}
        return self._found[author, day]

    def differing(self, before: Commands) -> set[str]:
        """Authors asked about before for whom the answer on some day is another now."""
        names = before.names
        return {a for (a, day), paths in before._found.items() if self.above(a, names[a], day) != paths}

    def _paths(self, author: str, name: str, day: date | None) -> dict[str, Path]:
        sides = self._dayless if day is None else self._dated
        found = chain(author, day or date.min, sides.above, sides.below, self._named)
        ways = _ways(found)
        paths = {}
        for key in sorted(ways, key=lambda k: (len(ways[k]), k)):
            if found.nodes[key].kind == MentionKind.PERSON and key != author:
                links = ways[key]
                met = {link.id for link, _ in links}
                paths[key] = Path(
                    author=author,
                    author_name=name,
                    day=day,
                    hops=tuple(_hop(link, holds, found.nodes, day) for link, holds in links),
                    conflicts=tuple(c.says for c in found.conflicts if met & set(c.links)),
                )
        return paths

    def _named(self, keys: Sequence[str]) -> dict[str, Node]:
        return {key: self._nodes[key] for key in keys}

    def _told(self, claim: Claim, who: Who) -> Iterable[Told]:
        tie = claim.tie
        if tie is None or not claim.asserts_event:
            return
        left, right = who(tie.left), who(tie.right)
        if left is None or right is None or left.id == right.id:
            return
        for group in (left, right):
            self._nodes[group.id] = Node(group.id, group.name, group.kind.value)
        evidence = Evidence(
            claim=claim.id,
            item=claim.item,
            quote=claim.quote,
            speakers=tuple(s.words for s in claim.speakers),
            status=claim.status.value,
            bounds=self._time(claim),
            words=tuple(w for w in (tie.role, tie.title, tie.rank) if w),
        )
        role = (tie.role or "").lower()
        yield Told(kind=tie.kind, left=self._nodes[left.id], right=self._nodes[right.id], role=role, evidence=evidence)

    def _time(self, claim: Claim) -> Bounds:
        """When a tie is told of: by its own words, else on the day of its text (decision 0019)."""
        if claim.tie is not None and claim.tie.bounds is not None:
            return claim.tie.bounds
        if claim.date_from or claim.date_to:
            return Bounds(first_imprecise=claim.date_from, last_imprecise=claim.date_to)
        first, last = self._texts.get(claim.item, (None, None))
        if first is not None and first == last:
            return Bounds(first_precise=first, last_precise=last)
        return Bounds(first_imprecise=first, last_imprecise=last)


class _Sides:
    """Links by the one below and by the one above."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._above: dict[str, list[Link]] = defaultdict(list)
        self._below: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._above[link.lower].append(link)
            self._below[link.upper].append(link)

    def above(self, keys: Sequence[str]) -> list[Link]:
        return [link for key in keys for link in self._above.get(key, ())]

    def below(self, keys: Sequence[str]) -> list[Link]:
        return [link for key in keys for link in self._below.get(key, ())]


def _ways(found: Chain) -> dict[str, list[tuple[Link, Holds]]]:
    """Each node above the centre with the first shortest way there; links told not to hold on the day lead nowhere."""
    out: dict[str, list[tuple[str, Link, Holds]]] = defaultdict(list)
    for step in found.steps:
        if step.holds in OVER:
            continue
        if step.up:
            out[step.link.lower].append((step.link.upper, step.link, step.holds))
        elif step.depth == 1 and step.link.kind is TieKind.POSTING:
            out[found.centre].append((step.link.lower, step.link, step.holds))
    ways: dict[str, list[tuple[Link, Holds]]] = {found.centre: []}
    level = [found.centre]
    while level:
        following = []
        for key in level:
            for other, link, holds in sorted(out[key], key=lambda edge: (edge[2] not in NOW, edge[1].id, edge[0])):
                if other not in ways:
                    ways[other] = [*ways[key], (link, holds)]
                    following.append(other)
        level = following
    return ways


def _hop(link: Link, holds: Holds, nodes: Mapping[str, Node], day: date | None) -> Hop:
    upper, lower = nodes[link.upper].name, nodes[link.lower].name
    words = link.evidence[0].words[0] if link.evidence[0].words else link.role or link.kind.value
    when = standing(link, day) if day is not None else NO_DAY
    shown = day is not None and holds in NOW
    return Hop(
        says=f"{upper} over {lower} (“{words}”; {when})",
        shown=shown,
        claims=tuple(sorted(e.claim for e in link.evidence)),
        post=link.kind is TieKind.POSTING and heads(link.role),
    )


def _headed(links: Iterable[Link]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if (link.kind is TieKind.POSTING and heads(link.role)) or link.kind is TieKind.SUBORDINATION:
            found[link.upper].add(link.lower)
    return {person: frozenset(units) for person, units in found.items()}


def _without_time(link: Link) -> Link:
    """The link as it is shown where nobody tells on what day the act was."""
    return replace(link, evidence=tuple(replace(e, bounds=Bounds()) for e in link.evidence))
