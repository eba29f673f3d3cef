"""All incidents at once as short lines, for map and timeline, narrowed by what only the record knows.

Start with `lines`: of each incident only what places and dates it, up to `MOST` of them. `moving` gives the claims that
may tell from where to where people went.

Looks down to: access. Used by: web, through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from probanda.access.eyes import Eyes
from probanda.kernel.vocabulary import ActType, Status
from probanda.store import second
from probanda.store import tables as t
from probanda.store.ahead import INCIDENTS
from probanda.store.codec import from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.engines import sqlite as engine
from probanda.store.listed import CLAIM_IN_INCIDENT, MENTION_IN_ACTOR

MOST = 50_000
"""Incidents that are read; who has more narrows first."""
MOVING = 2_000
"""Claims of people on the move that are read."""
_SETTLED = (Status.CHECKED, Status.CORRECTED, Status.REJECTED, Status.UNSURE)


@dataclass(frozen=True, slots=True)
class Line:
    """What places and dates one incident."""

    id: str
    kind: str
    """Value of its act type."""
    start: str | None
    """First day told, ISO."""
    end: str | None
    places: tuple[str, ...]
    """As written."""


def lines(connection: Connection, eyes: Eyes, kind: str = "") -> list[Line]:
    """Every incident these eyes see, of this act type where one is given, in the order of the list."""
    query = seen(connection, eyes, t.line).where(t.line.c.list == INCIDENTS)
    query = query.where(t.line.c.kind == kind) if kind else query
    told = engine.within(t.line.c.told, "from", "to", "places")
    rows = connection.execute(
        query.order_by(t.line.c.place, t.line.c.id).limit(MOST).with_only_columns(t.line.c.id, t.line.c.kind, *told)
    )
    return [Line(id_, of, start, end, _places(places)) for id_, of, start, end, places in rows.all()]


@lru_cache(maxsize=65536)
def _places(told: str) -> tuple[str, ...]:
    return tuple(from_json(told))


def of_actors(connection: Connection, eyes: Eyes, actors: Sequence[str]) -> set[str]:
    """Ids of the incidents with a claim, the rejected left out, that names one of these actors."""
    m, p, c = t.membership.c, t.party.c, t.claim.c
    mentions = (
        seen(connection, eyes, t.membership)
        .where(m.kind == MENTION_IN_ACTOR, m.grp.in_(sorted(set(actors))))
        .with_only_columns(m.node)
    )
    claims = (
        seen(connection, eyes, t.claim)
        .join(t.party, p.claim == c.n)
        .where(p.mention.in_(mentions), _stands(connection, eyes))
        .with_only_columns(c.id)
    )
    return _holding(connection, eyes, claims)


def of_status(connection: Connection, eyes: Eyes, status: str) -> set[str]:
    """Ids of the incidents with a claim of this status, as these eyes see it; `proposed` asks for `decided` instead."""
    c = t.claim.c
    hidden = sorted(second.withheld(connection, eyes))
    claims = seen(connection, eyes, t.claim).where(c.status == status).with_only_columns(c.id)
    return _holding(connection, eyes, claims.where(c.id.not_in(hidden)) if hidden else claims)


def decided(connection: Connection, eyes: Eyes) -> set[str]:
    """Ids of the incidents of which somebody decided on a claim."""
    return set().union(*(of_status(connection, eyes, status.value) for status in _SETTLED))


def _stands(connection: Connection, eyes: Eyes) -> ColumnElement[bool]:
    """Not rejected, as these eyes see it: a claim that they are to read blind is as nobody had decided on it."""
    hidden = sorted(second.withheld(connection, eyes))
    stands = t.claim.c.status != Status.REJECTED.value
    return or_(stands, t.claim.c.id.in_(hidden)) if hidden else stands


def _holding(connection: Connection, eyes: Eyes, claims: Select[tuple[str]]) -> set[str]:
    m = t.membership.c
    query = seen(connection, eyes, t.membership).where(m.kind == CLAIM_IN_INCIDENT, m.node.in_(claims))
    return set(connection.execute(query.with_only_columns(m.grp).distinct()).scalars())


def moving(connection: Connection, eyes: Eyes, incidents: Iterable[str]) -> list[tuple[str, str]]:
    """(incident, claim) of claims of displacement with two places or more in these incidents; the first `MOVING`."""
    m, c = t.membership.c, t.claim.c
    two = select(func.count()).where(t.party.c.claim == c.n, t.party.c.role == "place").scalar_subquery()
    found: list[tuple[str, str]] = []
    for batch in batches(sorted(set(incidents))):
        query = (
            seen(connection, eyes, t.membership)
            .join(t.claim, c.id == m.node)
            .where(m.kind == CLAIM_IN_INCIDENT, m.grp.in_(batch))
            .where(c.act_type == ActType.DISPLACEMENT.value, _stands(connection, eyes), two > 1)
        )
        rows = connection.execute(query.with_only_columns(m.grp, m.node).order_by(m.grp, m.node).limit(MOVING))
        found += [(grp, node) for grp, node in rows]
        if len(found) >= MOVING:
            break
    return found[:MOVING]
