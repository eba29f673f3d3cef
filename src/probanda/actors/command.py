"""Who is said to stand over whom: links out of tie claims, and the chain above and below an actor on one day.

Start with `links_of`, which gathers tie claims into links, and `chain`, which walks them. A link is shown only because
somebody states it; what it is on a day follows from what its sources say of time (`kernel.bounds`), and is never filled
in. A post and signs of control in fact are kept apart (`actors.control`): article 28 asks for effective command or
authority and control, which a title alone does not prove (Elements; Bemba, ICC-01/05-01/08, decision of 15 June 2009,
paras 411-417).

Looks down to: posts, kernel. Used by: casework, reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from probanda.actors.posts import heads, post
from probanda.kernel.bounds import Bounds, Holds
from probanda.kernel.vocabulary import TieKind

DEEPEST = 12
"""Links above one another, beyond which a chain is cut and says so."""
MOST_LINKS = 120
"""Links in one direction, nearest first, beyond which a chain is cut and says so: who needs more asks from there."""
UPWARD = (TieKind.POSTING, TieKind.SUBORDINATION, TieKind.MEMBERSHIP)
"""Kinds by which one stands over another. Support, control of ground and areas are told beside the chain."""
NOW = (Holds.STATED, Holds.WITHIN)
"""Somebody speaks of this day, or of a time that this day lies in."""
OVER = (Holds.ENDED, Holds.NOT_YET)
"""Told not to hold on the day: shown, and not followed further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim that states a link."""

    claim: str
    item: str
    quote: str
    speakers: tuple[str, ...]
    """Outermost first, as named."""
    status: str
    bounds: Bounds
    basis: str = ""
    """Where its time comes from: its own words, or the day of the text it stands in; empty where it has none."""
    by_machine: tuple[str, ...] = ()
    """Names in it that were linked to their actor by the machine alone, and by no person."""
    words: tuple[str, ...] = ()
    """What the claim calls role, title and rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That one stands to another in one way, with everything that states it."""

    id: str
    """The least id of its claims."""
    kind: TieKind
    lower: str
    """Key of the one that stands under, or belongs: the unit of a posting where its holder heads it."""
    upper: str
    role: str
    """The post or way, whatever form it is told in: `commander` for `commands` too, `member`, `affiliated`."""
    evidence: tuple[Evidence, ...]

    def on(self, day: date) -> Holds:
        """What all its evidence together says of a day: what is stated for it first, then what lies around it."""
        said = {one.bounds.on(day) for one in self.evidence}
        for best in (Holds.STATED, Holds.WITHIN):
            if best in said:
                return best
        if Holds.ENDED in said and Holds.LATER not in said:
            return Holds.ENDED
        if Holds.NOT_YET in said and Holds.EARLIER not in said:
            return Holds.NOT_YET
        if said & {Holds.EARLIER, Holds.ENDED} and said & {Holds.LATER, Holds.NOT_YET}:
            return Holds.ENDED if Holds.ENDED in said else Holds.NOT_YET if Holds.NOT_YET in said else Holds.BETWEEN
        return next(h for h in (Holds.EARLIER, Holds.LATER, Holds.UNDATED) if h in said)

    def nearest(self, day: date) -> tuple[date, int] | None:
        """The evidenced day nearest to one on which nobody speaks of it, and how many days lie between."""
        ends = [end for one in self.evidence for end in one.bounds.outer if end and end != date.min]
        if not ends:
            return None
        best = min(ends, key=lambda end: (abs((end - day).days), end))
        return best, abs((best - day).days)


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a chart: an actor as linked, or words that nobody has linked to one."""

    key: str
    name: str
    kind: str
    """person, unit, body, state, group; or `unnamed`."""


@dataclass(frozen=True, slots=True)
class Step:
    """A link as met on the way from the one asked about."""

    link: Link
    holds: Holds
    depth: int
    """1: beside the one asked about."""
    up: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Links that do not go together on the day; none is preferred."""

    about: str
    """Key of the node they compete for."""
    links: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What nobody has told, at one node."""

    at: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Who is said to stand above and below one actor on a day."""

    centre: str
    day: date
    nodes: dict[str, Node]
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]
    cut: bool = False
    """True where it was longer than `DEEPEST`, or had more than `MOST_LINKS` in one direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A tie claim with its two ends resolved, as `links_of` wants it."""

    kind: TieKind
    left: Node
    """Who holds the post, belongs, stands under, or acts."""
    right: Node
    role: str
    evidence: Evidence


def links_of(told: Iterable[Told]) -> list[Link]:
    """Tie claims gathered into links by kind, ends and role, in order of id.

    The holder of a heading post stands over the unit, and so does he who controls people; whoever belongs, serves or is
    subordinate stands under it. Area, support and control of ground are returned too, from left to right end.
    """
    groups: dict[tuple[TieKind, str, str, str], list[Evidence]] = defaultdict(list)
    for one in told:
        over = one.kind is TieKind.POSTING and heads(one.role)
        lower, upper = (one.right.key, one.left.key) if over else (one.left.key, one.right.key)
        groups[one.kind, lower, upper, post(one.role)].append(one.evidence)
    links = []
    for (kind, lower, upper, role), found in groups.items():
        ordered = sorted(found, key=lambda e: (str(e.bounds.outer[0] or ""), e.claim))
        links.append(
            Link(
                id=min(e.claim for e in found), kind=kind, lower=lower, upper=upper, role=role, evidence=tuple(ordered)
            )
        )
    return sorted(links, key=lambda link: (link.id, link.lower, link.upper))


Ask = Callable[[Sequence[str]], Sequence[Link]]
"""The links of several nodes at once."""


def chain(
    centre: str,
    day: date,
    above: Ask,
    below: Ask,
    nodes: Callable[[Sequence[str]], dict[str, Node]],
    *,
    deepest: int = DEEPEST,
    most: int = MOST_LINKS,
) -> Chain:
    """The chain above and below one node on a day, to `deepest` links above one another and `most` in one direction.

    `above` and `below` give the links whose lower (upper) end is one of these keys; they are asked once for each level,
    so that the cost is that of the chain and not of the chart. Above somebody who heads a unit stands what stands above
    that unit. Everyone is followed once; a ring ends where it closes.
    """
    down, cut_down = _walk([centre], day, below, up=False, deepest=deepest, most=most)
    posts = [s.link.lower for s in down if s.depth == 1 and s.holds not in OVER and s.link.kind is TieKind.POSTING]
    up, cut_up = _walk([centre, *posts], day, above, up=True, deepest=deepest, most=most)
    steps = (*(s for s in up if s.link.upper != centre), *down)
    keys = sorted({centre, *(key for s in steps for key in (s.link.lower, s.link.upper))})
    known = nodes(keys)
    return Chain(
        centre=centre,
        day=day,
        nodes=known,
        steps=steps,
        conflicts=conflicts((s.link for s in steps), day, known),
        gaps=_gaps(centre, steps, known),
        cut=cut_up or cut_down,
    )


def around(centre: str, above: Ask, below: Ask, *, deepest: int = DEEPEST, most: int = MOST_LINKS) -> tuple[Link, ...]:
    """All links that `chain` may meet from here, whichever day it is asked for; each once, nearest first."""
    down, _ = _walk([centre], None, below, up=False, deepest=deepest, most=most)
    posts = [s.link.lower for s in down if s.depth == 1 and s.link.kind is TieKind.POSTING]
    up, _ = _walk([centre, *posts], None, above, up=True, deepest=deepest, most=most)
    return tuple({(s.link.id, s.link.lower, s.link.upper): s.link for s in (*up, *down)}.values())


def _walk(
    start: Sequence[str], day: date | None, ask: Ask, *, up: bool, deepest: int, most: int
) -> tuple[list[Step], bool]:
    """Level by level from here; without a day every link is followed, whenever it held."""
    steps: list[Step] = []
    seen, level = set(start), list(dict.fromkeys(start))
    taken: set[tuple[str, str, str]] = set()
    for depth in range(1, deepest + 1):
        following: dict[str, None] = {}
        for link in sorted(ask(level), key=lambda link: (link.id, link.lower, link.upper)):
            mark = (link.id, link.lower, link.upper)
            if link.kind not in UPWARD or mark in taken:
                continue
            if len(steps) == most:
                return steps, True
            taken.add(mark)
            holds = link.on(day) if day is not None else Holds.UNDATED
            steps.append(Step(link, holds, depth, up))
            other = link.upper if up else link.lower
            if other not in seen and holds not in OVER:
                seen.add(other)
                following[other] = None
        level = list(following)
        if not level:
            return steps, False
    return steps, True


def conflicts(links: Iterable[Link], day: date, nodes: Mapping[str, Node]) -> tuple[Conflict, ...]:
    """Two who are said to head one unit on the day; two bodies that are said to have command of it."""
    of: dict[tuple[str, bool], dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        if link.on(day) not in NOW:
            continue
        post = link.kind is TieKind.POSTING
        if (post and heads(link.role)) or link.kind is TieKind.SUBORDINATION:
            of[link.lower, post][link.upper].append(link)
    found = []
    for (lower, post), uppers in sorted(of.items()):
        if len(uppers) > 1:
            names = " and ".join(sorted(nodes[u].name for u in uppers))
            what = "are each said to head" if post else "are each said to stand over"
            apart = tuple(sorted(link.id for group in uppers.values() for link in group))
            found.append(Conflict(lower, apart, f"{names} {what} {nodes[lower].name} at this time."))
    return tuple(found)


def _gaps(centre: str, steps: Sequence[Step], nodes: dict[str, Node]) -> tuple[Gap, ...]:
    """What is not told: a unit without a head, one without anything above it, a head told of for another time."""
    found = []
    upward = [centre, *(s.link.upper for s in steps if s.up)]
    for key in dict.fromkeys(upward):
        if nodes[key].kind == "person":
            continue
        mine = [s for s in steps if s.link.lower == key]
        headed = [s for s in mine if s.link.kind is TieKind.POSTING and heads(s.link.role)]
        over = [s for s in mine if s.link.kind is not TieKind.POSTING]
        found += _gap(key, nodes[key].name, headed, "Nothing held says who headed")
        found += _gap(key, nodes[key].name, over, "Nothing held says what stood over")
    return tuple(found)


def _gap(key: str, name: str, steps: Sequence[Step], what: str) -> list[Gap]:
    if any(s.holds in NOW for s in steps):
        return []
    if not steps:
        return [Gap(key, f"{what} {name}.")]
    return [Gap(key, f"{what} {name} on this day; what is held speaks of other times.")]


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which the evidence says something else of a link."""

    day: date
    link: Link
    before: Holds
    after: Holds


def changes(links: Iterable[Link], start: date, end: date) -> list[Change]:
    """How what is told of these links changes from one day to a later one, in order of day.

    A change stands at the first day of which something else is told. Raises ValueError where `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    found = []
    for link in links:
        days = sorted({start, end, *(day for day in turning(link) if start < day <= end)})
        for one, other in pairwise(days):
            before, after = link.on(one), link.on(other)
            if before is not after:
                found.append(Change(other, link, before, after))
    return sorted(found, key=lambda c: (c.day, c.link.id, c.link.lower, c.link.upper))


def turning(link: Link) -> Iterable[date]:
    """Days from which something else may be told of a link: the first of them, in no order, some twice."""
    for one in link.evidence:
        bounds = one.bounds
        low, high = bounds.outer
        sure = (_exact(bounds.first_precise), _exact(bounds.last_precise))
        for day, after in ((low, False), (high, True), (sure[0], False), (sure[1], True)):
            if day is None or day == date.min:
                continue
            yield date.fromordinal(day.toordinal() + 1) if after and day < date.max else day


def _exact(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso is not None and len(iso) == 10 else None


def standing(link: Link, day: date) -> str:
    """What is said of a link on a day, in words."""
    holds, near = link.on(day), link.nearest(day)
    at = f"{near[0].isoformat()}, {near[1]} days away" if near else ""
    begun = [e.bounds.outer[0] for e in link.evidence if e.bounds.starting and not e.bounds.ending]
    since = max((d for d in begun if d is not None and d <= day), default=None)
    if holds is Holds.EARLIER and since is not None:
        return (
            f"told to have begun on {since.isoformat()}; nothing says whether it still held (last spoken of for {at})"
        )
    words = {
        Holds.STATED: "stated for this day",
        Holds.WITHIN: "stated for a time that this day lies in",
        Holds.BETWEEN: "stated for before and after, not for this day",
        Holds.EARLIER: f"not known to hold: last spoken of for {at}",
        Holds.LATER: f"not known to hold: first spoken of for {at}",
        Holds.ENDED: f"told to have ended before ({at})",
        Holds.NOT_YET: f"told to have begun later ({at})",
        Holds.UNDATED: "no time stated",
    }
    return words[holds]
