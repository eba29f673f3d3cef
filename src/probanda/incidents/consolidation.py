"""Claims about one event become one incident; what cannot be one event stays apart.

Start with `consolidate`. Order of thinking: copies of texts, links between claims, what is held apart, grouping, then
origins, versions and contradictions of each incident.

Looks down to: actors, claims, and the other files of this room. Used by: casework.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from probanda.actors import grouping
from probanda.actors.model import IdentityDecision
from probanda.claims.model import Claim
from probanda.incidents.contradictions import contradictions
from probanda.incidents.copies import copies
from probanda.incidents.facts import Facts, Reader, days
from probanda.incidents.families import LABELS
from probanda.incidents.kin import kinships
from probanda.incidents.links import links
from probanda.incidents.model import Consolidation, Doc, Incident
from probanda.incidents.origins import Tracing, trace_origins
from probanda.incidents.places import Places
from probanda.incidents.ties import Link, Strength, conflict
from probanda.incidents.versions import versions
from probanda.kernel.vocabulary import ActType, Family, Status

LARGE = 400
"""A web of linked claims larger than this first loses its weakest kind of link: chaining is what makes webs large."""


def consolidate(
    claims: Sequence[Claim],
    docs: Sequence[Doc],
    actor_of: Mapping[str, str],
    actor_names: Mapping[str, str],
    decisions: Sequence[IdentityDecision] = (),
    within: Callable[[str, str], bool | None] | None = None,
) -> Consolidation:
    """Propose incidents, origins and contradictions for these claims; the order of the rows changes nothing.

    `actor_of`: mention id -> id of the actor or place it was linked to; `actor_names`: that id -> name.
    `decisions`: of kinds `incident` and `origin`, between claim ids (origin: also between items).
    `within(inner, outer)`: whether one place lies in another, None where not known. Rejected claims are left out.
    """
    claims = sorted({c.id: c for c in claims if c.status is not Status.REJECTED}.values(), key=lambda c: c.id)
    docs = sorted({d.item: d for d in docs}.values(), key=lambda d: d.item)
    reader = Reader(claims, actor_of, actor_names, within)
    copied = copies(docs, _verdicts(decisions, "origin", "same"), _verdicts(decisions, "origin", "not the same"))
    dated = _dated(docs)
    facts = {
        c.id: replace(
            reader.facts(c, copied.copy_of.get(c.item, c.item)), told=dated[c.item][1] if c.item in dated else None
        )
        for c in claims
    }
    acts = [f for f in facts.values() if f.claim.family is Family.ACT]
    made = links(acts, reader.places, dated)
    groups = _gather(acts, reader.places, made, decisions)
    incident_of = {claim: founder for founder, members in groups.items() for claim in members}
    tracing = trace_origins(facts, docs, copied, incident_of, reader, decisions, dated, kinships(docs, copied))
    against = contradictions(facts, groups, reader)
    titles = {d.item: d.title for d in docs if d.title}
    incidents = _incidents(groups, facts, made, reader, tracing, titles)
    return Consolidation(incidents, tracing.origins, against)


def _dated(docs: Iterable[Doc]) -> dict[str, tuple[int, int]]:
    """Item -> first and last day of the text's own date, for texts that have one."""
    found = {}
    for doc in docs:
        first, last = days(doc.dated_from, doc.dated_to)
        if first is not None and last is not None:
            found[doc.item] = (first, last)
    return found


def _verdicts(decisions: Iterable[IdentityDecision], kind: str, verdict: str) -> list[tuple[str, str]]:
    return sorted(
        {(min(d.left, d.right), max(d.left, d.right)) for d in decisions if (d.kind, d.verdict) == (kind, verdict)}
    )


def _gather(
    facts: Sequence[Facts], places: Places, made: Sequence[Link], decisions: Sequence[IdentityDecision]
) -> dict[str, tuple[str, ...]]:
    """Founder -> members, by the rule of RECORD section 2: decisions first, then links from strong to weak."""
    same = _verdicts(decisions, "incident", "same")
    apart = _verdicts(decisions, "incident", "not the same")
    by_id = {f.claim.id: f for f in facts}
    decided = {i for pair in same + apart for i in pair}
    core_of = _cores(facts, decided)
    members: dict[str, list[str]] = {}
    for claim, core in core_of.items():
        members.setdefault(core, []).append(claim)
    edges = [(core_of[x.a], core_of[x.b], x.strength) for x in made if core_of[x.a] != core_of[x.b]]
    nodes = sorted(members)
    items = {core: frozenset(by_id[c].claim.item for c in claims) for core, claims in members.items()}
    held = _held_apart(nodes, by_id, places, edges, items)
    followed = [grouping.Link(a, b, -int(strength), "") for a, b, strength in _thinned(nodes, edges)]
    done = grouping.group(nodes, same, apart, followed, held)
    found: dict[str, tuple[str, ...]] = {}
    for group in done.groups:
        # Handles that persons opened are nodes too; they hold claims together, and are none.
        claims = sorted(c for core in group for c in members.get(core, ()))
        if claims:
            found[claims[0]] = tuple(claims)
    return dict(sorted(found.items()))


def _cores(facts: Iterable[Facts], decided: set[str]) -> dict[str, str]:
    """Claim -> least claim with the same family, places and days: one node, so that a much-told event stays small."""
    first: dict[object, str] = {}
    core: dict[str, str] = {}
    for f in sorted(facts, key=lambda f: f.claim.id):
        exact = f.places and f.dated and f.last is not None and f.first is not None and f.last - f.first <= 2
        if not exact or f.claim.id in decided:
            core[f.claim.id] = f.claim.id
            continue
        core[f.claim.id] = first.setdefault((f.family, f.places, f.first, f.last), f.claim.id)
    return core


def _webs(nodes: Iterable[str], edges: Iterable[tuple[str, str, Strength]]) -> list[list[str]]:
    up = {n: n for n in nodes}

    def top(n: str) -> str:
        while up[n] != n:
            up[n] = up[up[n]]
            n = up[n]
        return n

    for a, b, _ in edges:
        x, y = sorted((top(a), top(b)))
        up[y] = x
    webs: dict[str, list[str]] = {}
    for n in sorted(up):
        webs.setdefault(top(n), []).append(n)
    return [webs[k] for k in sorted(webs)]


def _thinned(nodes: Sequence[str], edges: Sequence[tuple[str, str, Strength]]) -> list[tuple[str, str, Strength]]:
    """The links to follow, strong to weak: a web of more than `LARGE` nodes loses its weakest kind, again and again."""
    done: list[tuple[str, str, Strength]] = []
    waiting = [(list(nodes), sorted(set(edges), key=lambda e: (e[2], e[0], e[1])))]
    while waiting:
        part, inner = waiting.pop()
        webs = _webs(part, inner)
        web_of = {n: i for i, web in enumerate(webs) for n in web}
        by_web: dict[int, list[tuple[str, str, Strength]]] = {}
        for edge in inner:
            by_web.setdefault(web_of[edge[0]], []).append(edge)
        for i, mine in by_web.items():
            weakest = max(e[2] for e in mine)
            if len(webs[i]) <= LARGE or weakest <= Strength.CITED:
                done += mine
            else:
                waiting.append((webs[i], [e for e in mine if e[2] < weakest]))
    return sorted(done, key=lambda e: (e[2], e[0], e[1]))


def _held_apart(
    nodes: Sequence[str],
    facts: Mapping[str, Facts],
    places: Places,
    edges: Sequence[tuple[str, str, Strength]],
    items: Mapping[str, frozenset[str]],
) -> list[tuple[str, str]]:
    """Pairs in one web that cannot be one event: this is what stops a chain of loose links.

    A node may stand for claims of several texts: two days told in any one text keep the nodes apart.
    """

    def cannot_be_one(a: str, b: str) -> bool:
        if conflict(facts[a], facts[b], places):
            return True
        return bool(facts[a].gap(facts[b])) and bool(items[a] & items[b])

    apart = []
    for web in _webs(nodes, _thinned(nodes, edges)):
        if len(web) > 1:
            apart += [pair for pair in combinations(web, 2) if cannot_be_one(*pair)]
    return apart


def _incidents(
    groups: Mapping[str, tuple[str, ...]],
    facts: Mapping[str, Facts],
    made: Sequence[Link],
    reader: Reader,
    tracing: Tracing,
    titles: Mapping[str, str],
) -> tuple[Incident, ...]:
    incident_of = {c: g for g, members in groups.items() for c in members}
    best: dict[str, str] = {}
    for link in made:  # strong to weak: the first reason is the strongest
        if incident_of[link.a] == incident_of[link.b]:
            best.setdefault(link.b, link.reason)
            best.setdefault(link.a, link.reason)
    return tuple(_incident(g, members, facts, best, reader, tracing, titles) for g, members in groups.items())


def _incident(
    founder: str,
    members: tuple[str, ...],
    facts: Mapping[str, Facts],
    best: Mapping[str, str],
    reader: Reader,
    tracing: Tracing,
    titles: Mapping[str, str],
) -> Incident:
    mine = [facts[m] for m in members]
    shown = [f for f in mine if f.claim.asserts_event] or mine
    act = _most(f.claim.act_type for f in shown) or ActType.OTHER
    places = _most_named(shown) or _most_named(mine)
    first, last = _interval(shown)
    names = tuple(reader.places.name(p) for p in places)
    accounts, derivations, corroboration = tracing.accounts(founder, (f.claim for f in mine))
    return Incident(
        id=founder,
        title=f"{LABELS[act]} · {names[0] if names else 'place not stated'}, {spelled(first, last)}",
        act_type=act,
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
        places=names,
        claims=members,
        versions=versions(mine, reader, tracing, titles),
        reasons=tuple((m, best.get(m, _alone(facts[m], founder, members))) for m in members),
        accounts=accounts,
        derivations=derivations,
        corroboration=corroboration,
    )


def _alone(facts: Facts, founder: str, members: tuple[str, ...]) -> str:
    if len(members) == 1:
        return "It stands alone: no other claim is tied to it by place, time, parties or source."
    if facts.places and facts.dated:
        return "The same kind of act at the same place, on the same day."
    return (
        "A person decided that it belongs here." if facts.claim.id != founder else "The first claim of this incident."
    )


def _most(values: Iterable[ActType]) -> ActType | None:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _most_named(facts: Iterable[Facts]) -> list[str]:
    counts = Counter(p for f in facts for p in f.places)
    return sorted(counts, key=lambda p: (-counts[p], p))


def _interval(facts: Sequence[Facts]) -> tuple[date | None, date | None]:
    """From the first to the last day of the claims that say it to about a month; else of all that give a time."""
    timed = [f for f in facts if f.dated] or [f for f in facts if f.first is not None]
    if not timed:
        return None, None
    return date.fromordinal(min(f.first or 0 for f in timed)), date.fromordinal(max(f.last or 0 for f in timed))


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spelled(first: date | None, last: date | None) -> str:
    """An interval for a title: `3 May 2031`, `3–5 May 2031`, `30 April – 2 May 2031`, `date not stated`."""
    if first is None or last is None:
        return "date not stated"
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[last.month - 1]} {last.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {_MONTHS[first.month - 1]}{year} – {last.day} {_MONTHS[last.month - 1]} {last.year}"
