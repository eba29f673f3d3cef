"""Ties as one user sees them, fetched by the actors they join: the cost is that of what is asked for.

Looks down to: kernel, access, actors, claims. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family, Status
from probanda.store import derived, second
from probanda.store import tables as t
from probanda.store.codec import formed, from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.projection import alternatives

_MEMBER = "mention-in-actor"
SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Bound:
    """A mention's actor, and why it is in that group."""

    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie claim, with the actor of either end; None where its words were linked to nobody."""

    claim: Claim
    left: Bound | None
    right: Bound | None


def ties(
    connection: Connection,
    eyes: Eyes,
    actors: Iterable[str],
    ends: Sequence[str] = ("from", "to"),
    limit: int | None = None,
) -> list[TieRow]:
    """Tie claims, the rejected left out, that name one of these actors at one of these ends; sorted by id.

    `limit`: those with the least ids; whoever gets so many knows that there may be more.
    """
    found: dict[str, Claim] = {}
    for batch in batches(sorted(set(actors))):
        query = _naming(connection, eyes, batch).where(
            t.party.c.role.in_(list(ends)), t.claim.c.family == Family.TIE.value
        )
        for row in connection.execute(query if limit is None else query.order_by(t.claim.c.id).limit(2 * limit)):
            if row.id not in found:
                found[row.id] = formed(Claim, from_json(row.body))
    return _with_actors(connection, eyes, {id_: found[id_] for id_ in sorted(found)[:limit]})


def claims_of(connection: Connection, eyes: Eyes, actors: Iterable[str], involvement: Sequence[str]) -> list[Claim]:
    """Act claims, the rejected left out, in which one of these actors is involved in one of these ways; by id."""
    found: dict[str, Claim] = {}
    for batch in batches(sorted(set(actors))):
        for claim, role, how in _named(connection, eyes, batch):
            if role == "actor" and how in involvement:
                found[claim.id] = claim
    return [found[id_] for id_ in sorted(found)]


def naming(connection: Connection, eyes: Eyes, actors: Iterable[str]) -> list[tuple[Claim, tuple[str, ...]]]:
    """Claims, the rejected left out, that name one of these actors, each with the roles it names them in; by id."""
    found: dict[str, tuple[Claim, list[str]]] = {}
    for batch in batches(sorted(set(actors))):
        for claim, role, _ in _named(connection, eyes, batch):
            found.setdefault(claim.id, (claim, []))[1].append(role)
    return [(found[id_][0], tuple(sorted(set(found[id_][1])))) for id_ in sorted(found)]


def _named(connection: Connection, eyes: Eyes, actors: Sequence[str]) -> list[tuple[Claim, str, str | None]]:
    """Each claim that names one of these actors, with the role and the involvement it names them in; those that these
    eyes are to read blind as the machine proposes them, whatever the first reader made of their names."""
    hidden = second.withheld(connection, eyes)
    query = _naming(connection, eyes, actors).add_columns(t.party.c.involvement)
    rows = [row for row in connection.execute(query) if row.id not in hidden]
    found = [(formed(Claim, from_json(row.body)), row.role, row.involvement) for row in rows]
    shown = [one for one in hidden.values() if any(eyes.sees(arm) for arm in alternatives(one.compartment))]
    proposed = [formed(Claim, from_json(one.proposal)) for one in shown]
    parties = [(claim, one) for claim in proposed for one in derived.party_rows(claim, 0, 0) if one["mention"]]
    known = bound(connection, eyes, {one["mention"] for _, one in parties})
    told = [(claim, one, known.get(one["mention"])) for claim, one in parties]
    return found + [(c, one["role"], one["involvement"]) for c, one, who in told if who and who.actor in actors]


def _naming(connection: Connection, eyes: Eyes, actors: Sequence[str]) -> Select[Any]:
    """Id, body and role of each claim that names one of these actors, the rejected left out."""
    return (
        seen(connection, eyes, t.claim)
        .with_only_columns(t.claim.c.id, t.claim.c.body, t.party.c.role)
        .join(t.party, t.party.c.claim == t.claim.c.n)
        .join(t.membership, t.membership.c.node == t.party.c.mention)
        .where(t.membership.c.kind == _MEMBER, t.membership.c.sight == eyes.sight, t.membership.c.grp.in_(actors))
        .where(t.claim.c.status != Status.REJECTED.value)
    )


def bound(connection: Connection, eyes: Eyes, mentions: Iterable[str]) -> dict[str, Bound]:
    """The actor of each of these mentions, by mention; those of none are left out."""
    found: dict[str, Bound] = {}
    for batch in batches(sorted(set(mentions))):
        query = select(t.membership.c.node, t.membership.c.grp, t.membership.c.reason).where(
            t.membership.c.kind == _MEMBER, t.membership.c.sight == eyes.sight, t.membership.c.node.in_(batch)
        )
        found |= {row.node: Bound(row.grp, row.reason) for row in connection.execute(query)}
    return found


def actors(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Id, name and kind of these actors, by id; those that are not of this sight are left out."""
    found: list[tuple[str, str, str]] = []
    for batch in batches(sorted(set(ids))):
        query = seen(connection, eyes, t.actor).with_only_columns(t.actor.c.id, t.actor.c.name, t.actor.c.kind)
        rows = connection.execute(query.where(t.actor.c.id.in_(batch)).order_by(t.actor.c.id))
        found += [(row.id, row.name, row.kind) for row in rows]
    return found


def actors_written(connection: Connection, eyes: Eyes, name: str) -> list[ActorGroup]:
    """Actors whose id begins so (six letters and more), or whose chosen name is written exactly so."""
    base = seen(connection, eyes, t.actor)
    tries = [base.where(t.actor.c.name == name)]
    if len(name) >= SHORTEST_ID:
        tries.insert(0, base.where(func.substr(t.actor.c.id, 1, len(name)) == name))
    for query in tries:
        rows = connection.execute(query.order_by(t.actor.c.id)).all()
        if rows:
            return [formed(ActorGroup, from_json(row.body)) for row in rows]
    return []


def _with_actors(connection: Connection, eyes: Eyes, found: dict[str, Claim]) -> list[TieRow]:
    claims = [found[id_] for id_ in sorted(found)]
    named = [end.mention for c in claims if c.tie for end in (c.tie.left, c.tie.right) if end.mention]
    known = bound(connection, eyes, named)
    return [
        TieRow(c, known.get(c.tie.left.mention or ""), known.get(c.tie.right.mention or ""))
        for c in claims
        if c.tie is not None
    ]
