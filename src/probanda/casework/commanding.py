"""A chart of command as a page shows it: a few levels from one actor, on one of the days at which something changes.

Start with `chart_of`; `between` tells what changed from one day to another, `there` who is said to have been
there. Everything is bounded: what is left out is told, and asked for from another actor.

Looks down to: chains, profile, sorting, actors, claims, incidents, store, access, kernel. Used by: web.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from probanda.access.eyes import Eyes
from probanda.actors import command
from probanda.actors.command import NOW, OVER, Change, Conflict, Link, Node
from probanda.actors.control import INVOLVEMENTS
from probanda.actors.model import ActorGroup
from probanda.casework import sorting
from probanda.casework.chains import UNNAMED, ChainView, Reach, Ties, day_of, signs_in, view_of
from probanda.casework.profile import one_called
from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import TieKind
from probanda.store import listed, nearby
from probanda.store.store import Store

LEVELS, MOST_LEVELS = 3, 8
"""Links above one another: as a page opens, and as many as may be asked for."""
MOST_LINKS = 40
"""Links in one direction on a page."""
MOST_TIES = 600
"""Tie claims that are looked at for the actors of one level."""
ACTORS, MENTIONS, INCIDENTS, SIGNS = 8, 300, 20, 20
"""Of those in view, nearest first, whose incidents are looked for; places of each name looked at; incidents shown, and
claims that may be signs of control in fact by the one asked about."""
DISPUTED_DAYS = 100
"""Days between two days at which it is looked whether links go together."""
CLAIMS, PRESENT, PLACES = 200, 12, 5
"""Of an incident: claims that are looked at, those said to be there who are shown, names of its places looked for."""
Spans = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chain on a day, and the days at which something else is told of what is in view."""

    actor: ActorGroup
    view: ChainView
    levels: int
    days: tuple[date, ...]
    """The first day of each stretch in which the same is told."""
    links: tuple[Link, ...]
    """All links that may be met from here to this depth, whichever day is asked for."""
    nodes: Mapping[str, Node]
    """Everyone in those links."""
    spans: Spans
    """Where the quote of each claim stands in its text."""
    numbers: Mapping[str, str]
    """Registration numbers by digest of the item."""
    cut: bool
    """True where more is told than was looked at or is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Links that do not go together, between two days."""

    conflict: Conflict
    first: date
    """The first day looked at on which they do not."""
    last: date | None
    """The first day looked at on which they go together again, or are told of no more; None where they never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What is told otherwise on a later day."""

    begun: tuple[Change, ...]
    """Told of from this day on, and not before it."""
    ended: tuple[Change, ...]
    """Told of for before this day, and not for it."""
    otherwise: tuple[Change, ...]
    """What is told of them changes, and neither before nor after are they told to hold."""
    disputed: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """Somebody connected with an incident."""

    view: ChainView
    """What is said to stand over them, one level."""
    claims: tuple[Claim, ...] = ()
    """Claims of the incident that name them as author."""
    areas: tuple[Link, ...] = ()
    """Of those whom no claim names: that they are said to operate there. A lead, no support."""


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Those connected with an incident, on a day."""

    incident: Incident
    day: date
    present: tuple[Someone, ...]
    nodes: Mapping[str, Node]
    spans: Spans
    numbers: Mapping[str, str]
    """Registration numbers of the items of their claims."""
    cut: bool
    """True where more are connected with it than are told here, or it has more claims than were looked at."""


def chart_of(
    store: Store, eyes: Eyes, name: str, *, today: date, day: date | None = None, step: int | None = None,
    levels: int = LEVELS,
) -> Chart:  # fmt: skip
    """The chart around one actor: on a day, or on the `step`-th of the days at which something changes.

    Without either, on the last day from which a source speaks of a link as holding; `today` where no time is told.
    Raises NotFound; WrongUsage where several bear the name.
    """
    actor = one_called(store, eyes, name, members=False)
    ties = Ties(store, eyes, MOST_TIES)
    levels = max(1, min(levels, MOST_LEVELS))
    links = command.around(actor.id, ties.above, ties.below, deepest=levels, most=MOST_LINKS)
    days = changing_days(links)
    if day is None:
        day = days[max(0, min(step, len(days) - 1))] if days and step is not None else last_told(links, days) or today
    view = view_of(store, eyes, actor.id, day, ties, Reach(levels, MOST_LINKS, whole=False))
    acts = store.claims(eyes, ids=store.ask(eyes, nearby.involved, actor.id, INVOLVEMENTS, MENTIONS, SIGNS))
    view = replace(view, signs=signs_in(store, eyes, [actor.id], acts, ties))
    read = {claim.id: claim for claim in (*acts, *(row.claim for row in ties.rows.values()))}
    met = (*links, *(step.link for step in (*view.chain.steps, *view.beside)))
    shown = [e.claim for link in met for e in link.evidence]
    shown += [sign.claim for sign in view.signs]
    return Chart(
        actor=actor,
        view=view,
        levels=levels,
        days=days,
        links=links,
        nodes=ties.named(sorted({actor.id, *(key for link in links for key in (link.lower, link.upper))})),
        spans={id_: (read[id_].start, read[id_].end) for id_ in shown if id_ in read},
        numbers=store.ask(eyes, listed.numbers, {read[id_].item for id_ in shown if id_ in read}),
        cut=view.chain.cut or ties.full,
    )


def changing_days(links: Iterable[Link]) -> tuple[date, ...]:
    """The first day of each stretch of time in which the same is told of all these links."""
    return tuple(sorted({day for link in links for day in command.turning(link)}))


def last_told(links: Sequence[Link], days: Sequence[date]) -> date | None:
    """The last of these days on which any link is told to hold; the last day where none ever is; None without days."""
    told = (day for day in reversed(days) if any(link.on(day) in NOW for link in links))
    return next(told, days[-1] if days else None)


def between(links: Sequence[Link], nodes: Mapping[str, Node], start: date, end: date) -> Between:
    """What is told otherwise of these links on the later day. Raises WrongUsage where it is the earlier one."""
    if end < start:
        raise WrongUsage(f"{end} is before {start}.", "Give the earlier day first.")
    changes = command.changes(links, start, end)
    begun = tuple(c for c in changes if c.after in NOW and c.before not in NOW)
    ended = tuple(c for c in changes if c.before in NOW and c.after not in NOW)
    rest = [c for c in changes if c not in begun and c not in ended]
    return Between(
        begun=begun,
        ended=ended,
        otherwise=tuple(c for c in rest if c.before not in NOW and (c.after in OVER or c.before in OVER)),
        disputed=_disputes(links, nodes, start, end),
    )


def _disputes(links: Sequence[Link], nodes: Mapping[str, Node], start: date, end: date) -> tuple[Dispute, ...]:
    """Each conflict once, from the first day on which it is met to the first on which it is not."""
    days = sorted({start, end, *(day for day in changing_days(links) if start < day < end)})[:DISPUTED_DAYS]
    first: dict[Conflict, date] = {}
    last: dict[Conflict, date | None] = {}
    for day in days:
        here = set(command.conflicts(links, day, nodes))
        for one in sorted(here, key=lambda c: (c.about, c.links)):
            first.setdefault(one, day)
            last[one] = None
        last |= {one: day for one, until in last.items() if until is None and one not in here}
    found = [Dispute(conflict=one, first=day, last=last[one]) for one, day in first.items()]
    return tuple(sorted(found, key=lambda d: (d.first, d.conflict.about, d.conflict.links)))


def incidents_near(store: Store, eyes: Eyes, chart: Chart) -> list[nearby.Near]:
    """Incidents with a claim that names one of those in view, those nearest to the day first."""
    chain = chart.view.chain
    keys = dict.fromkeys([chain.centre, *(key for s in chain.steps for key in (s.link.lower, s.link.upper))])
    named = [key for key in keys if not key.startswith(UNNAMED)][:ACTORS]
    return store.ask(eyes, nearby.incidents, named, chain.day, MENTIONS, INCIDENTS)


def there(store: Store, eyes: Eyes, name: str, day: date | None = None) -> There:
    """Those whom claims of an incident name as author, and as leads those said to operate at its place.

    The day is its first, where none is given. Raises NotFound; WrongUsage where it has none, or for several incidents.
    """
    incident = store.ask(eyes, listed.incident, sorting.named(store, eyes, name), whole=False)
    assert incident is not None  # noqa: S101 - it was named a moment ago
    when, _ = day_of(incident, day)
    ties = Ties(store, eyes, MOST_TIES)
    claims = store.claims(eyes, ids=incident.claims[:CLAIMS])
    said = _authors(store, eyes, claims)
    areas = _areas(store, eyes, incident, claims, ties, when)
    reach = Reach(1, MOST_LINKS, whole=False)
    order = sorted(said, key=lambda actor: (-len(said[actor]), actor))
    order += sorted(actor for actor in areas if actor not in said)
    present = tuple(
        Someone(
            view=view_of(store, eyes, actor, when, ties, reach),
            claims=tuple(said.get(actor, ())),
            areas=() if actor in said else tuple(areas[actor]),
        )
        for actor in order[:PRESENT]
    )
    ties.named(sorted({key for one in present for link in one.areas for key in (link.lower, link.upper)}))
    return There(
        incident=incident,
        day=when,
        present=present,
        nodes=dict(ties.nodes),
        spans={id_: (row.claim.start, row.claim.end) for id_, row in ties.rows.items()},
        numbers=store.ask(
            eyes,
            listed.numbers,
            {claim.item for found in said.values() for claim in found} | {row.claim.item for row in ties.rows.values()},
        ),
        cut=len(order) > PRESENT or len(incident.claims) > CLAIMS or ties.full,
    )


def _authors(store: Store, eyes: Eyes, claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    bound = store.bound(eyes, [a.mention for c in claims for a in c.actors if a.mention])
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for actor in dict.fromkeys(bound[a.mention].actor for a in claim.actors if a.mention in bound):
            found.setdefault(actor, []).append(claim)
    return found


def _areas(
    store: Store, eyes: Eyes, incident: Incident, claims: Sequence[Claim], ties: Ties, day: date
) -> dict[str, list[Link]]:
    """Links of area to a place of the incident, or to one that bears the name of what it lies in, by who operates."""
    bound = store.bound(eyes, [p.mention for c in claims for p in c.places if p.mention])
    places = {one.actor for one in bound.values()}
    for words in dict.fromkeys(part.strip() for p in incident.places for part in (p, *p.split(","))):
        places |= set(store.ask(eyes, listed.named, words)) if len(places) < PLACES else set()
    found: dict[str, list[Link]] = {}
    for link in ties.links(sorted(places)[:PLACES]):
        if link.kind is TieKind.AREA and link.upper in places and link.on(day) not in OVER:
            found.setdefault(link.lower, []).append(link)
    return {lower: links for lower, links in found.items() if not lower.startswith(UNNAMED)}
