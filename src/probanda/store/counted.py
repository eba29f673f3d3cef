"""Incidents as their list tells them, narrowed by act, place and days; and the claims with figures of some of them.

Start with `outlines` (all that fit, for charts) and `page` (some, in the order of the list).

Looks down to: access, incidents. Used by: web, through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from probanda.access.eyes import Eyes
from probanda.incidents.corroboration import summed_up
from probanda.incidents.patterns import Outline
from probanda.kernel.vocabulary import Status
from probanda.store import tables as t
from probanda.store.ahead import INCIDENTS
from probanda.store.codec import from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.listed import CLAIM_IN_INCIDENT, Line, line

NOBODY = summed_up(0, 0, ())
"""What the list says of an incident that no claim asserts."""
MOST = 50_000
"""Incidents that a chart counts; where there are more, the page says so and asks to narrow."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which incidents are asked for; empty fields ask for all."""

    act: str = ""
    place: str = ""
    first: str = ""
    """A day: incidents that may have gone on until then, or later."""
    last: str = ""


def outlines(connection: Connection, eyes: Eyes, wanted: Narrowed) -> list[Outline]:
    """The incidents that fit, by id; at most `MOST`."""
    query = _lines(connection, eyes, wanted).with_only_columns(line.id, line.kind, line.told)
    query = query.order_by(line.id).limit(MOST)
    return [_outline(row.id, row.kind, from_json(row.told)) for row in connection.execute(query)]


def _outline(id_: str, kind: str, told: dict[str, Any]) -> Outline:
    return Outline(id_, kind, told["from"], told["to"], tuple(told["places"]), told["says"] != NOBODY)


def page(connection: Connection, eyes: Eyes, wanted: Narrowed, limit: int, after: str = "") -> list[Line]:
    """The next incidents that fit, in the order of the list: behind the one with the id `after`."""
    query = _lines(connection, eyes, wanted)
    if after:
        own = seen(connection, eyes, t.line).where(line.list == INCIDENTS, line.id == after)
        at = connection.execute(own.with_only_columns(line.place)).scalar()
        if at is not None:
            query = query.where(or_(line.place > at, and_(line.place == at, line.id > after)))
    rows = connection.execute(query.order_by(line.place, line.id).limit(limit))
    return [Line(row.id, row.kind, from_json(row.told)) for row in rows]


def with_figures(connection: Connection, eyes: Eyes, incidents: Iterable[str], each: int) -> dict[str, list[str]]:
    """Ids of the claims that give a figure, by incident: at most so many of each, in the order they were read."""
    m, c = t.membership.c, t.claim.c
    found: dict[str, list[str]] = {}
    for batch in batches(sorted(set(incidents))):
        query = (
            seen(connection, eyes, t.claim)
            .join(t.membership, m.node == c.id)
            .where(m.kind == CLAIM_IN_INCIDENT, m.sight == eyes.sight, m.grp.in_(batch))
            .where(c.status != Status.REJECTED.value, func.json_extract(c.body, "$.quantity").is_not(None))
            .with_only_columns(m.grp, c.id)
            .order_by(m.grp, c.n)
        )
        for group, claim in connection.execute(query):
            held = found.setdefault(group, [])
            if len(held) < each:
                held.append(claim)
    return found


def _lines(connection: Connection, eyes: Eyes, wanted: Narrowed) -> Select[Any]:
    query = seen(connection, eyes, t.line).where(line.list == INCIDENTS)
    if wanted.act:
        query = query.where(line.kind == wanted.act)
    if wanted.place:
        places = func.json_each(line.told, "$.places").table_valued("value", joins_implicitly=True)
        query = query.where(exists(select(1).select_from(places).where(places.c.value == wanted.place)))
    if wanted.first:
        query = query.where(func.json_extract(line.told, "$.to") >= wanted.first)
    if wanted.last:
        query = query.where(func.json_extract(line.told, "$.from") <= wanted.last)
    return query
