"""One part of the web grouped from nothing, and what is said of each incident that comes of it.

Start with `group_part`, by the rule of RECORD section 2: persons' decisions first, then what the machine holds apart,
then links from strong to weak; then `incident`.

Looks down to: actors, claims, and the other files of this room. Used by: gathering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from probanda.actors import grouping
from probanda.actors.model import HANDLE, IdentityDecision
from probanda.incidents.differing import differing
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.model import Incident
from probanda.incidents.origins import Tracing
from probanda.incidents.places import Places
from probanda.incidents.ties import Link, conflict
from probanda.incidents.titles import kind_told, telling, title
from probanda.incidents.versions import versions
from probanda.incidents.web import Part, Web


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that tell of one event, as far as links and decisions say."""

    claims: tuple[str, ...]
    """Sorted; the first is the founder."""
    reasons: Mapping[str, str]
    """Claim -> the strongest link that ties it to another one here, in words; decided and lone ones are left out."""
    decided: frozenset[str] = frozenset()
    """Claims that are here because a person said so."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Ends that decisions both join and hold apart."""
    handles: tuple[str, ...] = ()
    """Handles that persons opened, which hold these claims together."""


def group_part(part: Part, web: Web, places: Places, decisions: Sequence[IdentityDecision]) -> Iterator[Group]:
    """The groups of one part."""
    here = {*part.claims, *part.handles}
    stand = [d for d in decisions if d.kind == "incident" and d.left in here and d.right in here]
    same, apart = (
        sorted({(min(d.left, d.right), max(d.left, d.right)) for d in stand if d.verdict == verdict})
        for verdict in ("same", "not the same")
    )
    links = web.links_within(part)
    members: dict[str, list[str]] = {}
    for claim in part.claims:
        members.setdefault(web.node(claim), []).append(claim)
    node_of = {c: node for node, claims in members.items() for c in claims}
    followed = [
        grouping.Link(node_of[x.a], node_of[x.b], -int(x.strength), "") for x in links if node_of[x.a] != node_of[x.b]
    ]
    decided = grouping.group((), same, apart).groups if same else ()
    joined = [g for one in decided if (g := [n for n in one if n in members])]
    held = _unless_joined(_held_apart(members, web.facts, places), joined, followed)
    done = grouping.group(sorted(members), same, apart, followed, held)
    persons = {end for pair in same for end in pair}
    for group in done.groups:
        # Handles that persons opened are nodes too; they hold claims together, and are none.
        claims = tuple(sorted(c for node in group for c in members.get(node, ())))
        if claims:
            conflicts = tuple((c.left, c.right) for c in done.conflicts if {c.left, c.right} & set(group))
            by_hand = persons.intersection(claims) if len(persons.intersection(group)) > 1 else ()
            handles = tuple(node for node in group if node not in members)
            yield Group(claims, _reasons(claims, links), frozenset(by_hand), conflicts, handles)


def _reasons(claims: Sequence[str], links: Iterable[Link]) -> dict[str, str]:
    inside, best = set(claims), dict[str, str]()
    for link in links:  # strong to weak: the first reason is the strongest
        if link.a in inside and link.b in inside:
            best.setdefault(link.a, link.reason)
            best.setdefault(link.b, link.reason)
    return best


def _held_apart(
    members: Mapping[str, Sequence[str]], facts: Mapping[str, Facts], places: Places
) -> list[tuple[str, str]]:
    """Pairs of nodes that cannot be one event: this is what stops a chain of loose links.

    A node may stand for claims of several texts: two days told in any one text keep the nodes apart.
    """
    items = {node: frozenset(facts[c].claim.item for c in claims) for node, claims in members.items()}

    def cannot_be_one(a: str, b: str) -> bool:
        one, other = facts[a], facts[b]
        if conflict(one, other, places):
            return True
        return bool(one.gap(other)) and not items[a].isdisjoint(items[b])

    return [(a, b) for a, b in combinations(sorted(members), 2) if cannot_be_one(a, b)]


def _unless_joined(
    held: Sequence[tuple[str, str]], joined: Sequence[Sequence[str]], links: Iterable[grouping.Link]
) -> list[tuple[str, str]]:
    """What still holds apart where persons joined what the machine held apart: an event with two places, or two days.

    A claim is then kept from such an event only if it could be one with none of the claims that were joined; and claims
    that are each linked to one of those are not kept from each other.
    """
    of = {node: group for group in joined for node in group}
    if not of:
        return list(held)
    pairs = set(held)

    def all_apart(a: str, b: str) -> bool:
        return all((min(x, y), max(x, y)) in pairs for x in of.get(a, (a,)) for y in of.get(b, (b,)))

    beside: dict[str, set[str]] = {}
    for link in links:
        for a, b in ((link.left, link.right), (link.right, link.left)):
            if a not in of and b in of and not all_apart(a, b):
                beside.setdefault(a, set()).add(of[b][0])
    kept = []
    for a, b in held:
        lone = a not in of and b not in of
        if beside.get(a, set()).isdisjoint(beside.get(b, ())) if lone else all_apart(a, b):
            kept.append((a, b))
    return kept


def incident(
    group: Group, facts: Sequence[Facts], reader: Reader, tracing: Tracing, titles: Mapping[str, str]
) -> Incident:
    """What is said of the event that these claims tell of. `titles`: item -> the stated title of its text."""
    claims = [f.claim for f in facts]
    told = {c.id for c in telling(claims)}
    shown = [f for f in facts if f.claim.id in told]
    act = kind_told(claims).act_type
    places = _most_named(shown) or _most_named(facts)
    # What followed (people fled all that month) does not stretch the day of the deed that gives the incident its name.
    first, last = _interval([f for f in shown if f.claim.act_type is act and f.first is not None] or shown)
    names = tuple(reader.places.name(p) for p in places)
    accounts, derivations, corroboration = tracing.accounts(group.claims[0], (f.claim for f in facts))
    return Incident(
        id=group.claims[0],
        title=title(claims, names[0] if names else None, first, last),
        act_type=act,
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
        places=names,
        claims=group.claims,
        versions=versions(facts, reader, tracing, titles),
        reasons=tuple((f.claim.id, _reason(f, group)) for f in facts),
        differing=differing(facts, reader, tracing),
        accounts=accounts,
        derivations=derivations,
        corroboration=corroboration,
        conflicts=tuple(_conflict(a, b) for a, b in group.conflicts),
    )


def _conflict(left: str, right: str) -> str:
    ends = " and ".join(
        "a set of claims made by hand" if e.startswith(HANDLE) else f"claim {e[:12]}" for e in (left, right)
    )
    return f"Decisions contradict each other on whether {ends} tell of one event; none of them was followed."


def _reason(f: Facts, group: Group) -> str:
    claim = f.claim.id
    if claim in group.decided:
        return "A person decided that it belongs here."
    if claim in group.reasons:
        return group.reasons[claim]
    if len(group.claims) == 1:
        return "It stands alone: no other claim is tied to it by place, time, parties or source."
    return "The same kind of act at the same place, on the same day."


def _most_named(facts: Iterable[Facts]) -> list[str]:
    counts = Counter(p for f in facts for p in f.places)
    return sorted(counts, key=lambda p: (-counts[p], p))


def _interval(facts: Sequence[Facts]) -> tuple[date | None, date | None]:
    """From the first to the last day of the claims that say it to about a month; else of all that give a time."""
    timed = [f for f in facts if f.dated] or [f for f in facts if f.first is not None]
    if not timed:
        return None, None
    return date.fromordinal(min(f.first or 0 for f in timed)), date.fromordinal(max(f.last or 0 for f in timed))
