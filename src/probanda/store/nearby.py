"""What lies around actors and incidents, as far as a bound: incidents that name somebody, who is named in an incident.

Start with `incidents`. Each question looks at so many places of a name at most, so that its cost is that of the page.

Looks down to: access, kernel. Used by: casework (commanding, gathering around a thing), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, literal, select, union_all

from probanda.access.eyes import Eyes
from probanda.kernel.vocabulary import Status
from probanda.store import tables as t
from probanda.store.common import batches, day_number
from probanda.store.door import seen, visible
from probanda.store.listed import CLAIM_IN_INCIDENT, MENTION_IN_ACTOR


@dataclass(frozen=True, slots=True)
class Near:
    """An incident, and those of the actors asked about whom its claims name."""

    incident: str
    actors: tuple[str, ...]


def incidents(
    connection: Connection, eyes: Eyes, actors: Sequence[str], day: date, places: int, limit: int
) -> list[Near]:
    """Incidents with a claim, not rejected, in which one of these actors is named; those nearest to the day first.

    `places`: mentions of each actor that are looked at. Incidents without a day stand last.
    """
    if not actors:
        return []
    m, p, c = t.membership, t.party.c, t.claim.c
    looked = union_all(*(
        select(
            select(m.c.node, literal(one).label("actor"))
            .where(m.c.kind == MENTION_IN_ACTOR, m.c.sight == eyes.sight, m.c.grp == one)
            .order_by(m.c.node).limit(places).subquery()
        )
        for one in actors
    )).subquery()  # fmt: skip
    held = t.membership.alias()
    when = t.incident.c.day_from
    away = func.abs(func.coalesce(when, 10**7) - (day_number(day.isoformat()) or 0))
    query = (
        select(held.c.grp, looked.c.actor, away.label("away"))
        .select_from(looked)
        .join(t.party, p.mention == looked.c.node)
        .join(t.claim, c.n == p.claim)
        .join(held, and_(held.c.kind == CLAIM_IN_INCIDENT, held.c.sight == eyes.sight, held.c.node == c.id))
        .join(t.incident, and_(t.incident.c.sight == eyes.sight, t.incident.c.id == held.c.grp))
        .where(c.compartment.in_(sorted(visible(connection, eyes))), c.status != Status.REJECTED.value)
        .distinct()
    )
    found: dict[str, tuple[int, list[str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.grp, (row.away, []))[1].append(row.actor)
    order = sorted(found, key=lambda one: (found[one][0], one))[:limit]
    ranks = {one: n for n, one in enumerate(actors)}
    return [Near(one, tuple(sorted(found[one][1], key=ranks.__getitem__))) for one in order]


def involved(connection: Connection, eyes: Eyes, actor: str, ways: Sequence[str], places: int, limit: int) -> list[str]:
    """Claims, not rejected, in which an actor is involved in one of these ways; `places` of its name are looked at."""
    m, p, c = t.membership.c, t.party.c, t.claim.c
    looked = select(m.node).where(m.kind == MENTION_IN_ACTOR, m.sight == eyes.sight, m.grp == actor)
    looked = looked.order_by(m.node).limit(places)
    named = select(p.claim).where(p.mention.in_(looked), p.role == "actor", p.involvement.in_(list(ways)))
    query = seen(connection, eyes, t.claim).where(c.n.in_(named), c.status != Status.REJECTED.value)
    return list(connection.execute(query.with_only_columns(c.id).order_by(c.id).limit(limit)).scalars())


def holding(connection: Connection, eyes: Eyes, claims: Sequence[str]) -> list[tuple[str, str]]:
    """(claim, incident) of these claims."""
    m = t.membership.c
    found: list[tuple[str, str]] = []
    for batch in batches(sorted(set(claims))):
        query = seen(connection, eyes, t.membership).where(m.kind == CLAIM_IN_INCIDENT, m.node.in_(batch))
        found += [(row.node, row.grp) for row in connection.execute(query.with_only_columns(m.node, m.grp))]
    return sorted(found)


def of_item(connection: Connection, eyes: Eyes, digest: str, limit: int) -> list[str]:
    """The first so many claims of an item, in the order of its text, the rejected left out."""
    c = t.claim.c
    (item,) = connection.execute(select(t.item.c.n).where(t.item.c.digest == digest)).scalars().all() or (0,)
    query = seen(connection, eyes, t.claim).where(c.item == item, c.status != Status.REJECTED.value)
    return list(connection.execute(query.with_only_columns(c.id).order_by(c.start, c.id).limit(limit)).scalars())
