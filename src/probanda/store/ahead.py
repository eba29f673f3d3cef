"""What is worked out ahead for lists and for the review queue, so that a page need not look at everything.

Start with `lines`, `forms` and `weigh`. All of it follows from what was derived: it is written in the transaction that
writes the groups or the layouts, and `refill` makes it anew for a folder of an earlier version.

Looks down to: access, names, actors, incidents, matrix. Used by: store (groups, derived, erasing, store).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Family, MentionKind, Status
from probanda.matrix.model import Suggestion
from probanda.names.folding import fold
from probanda.store import tables as t
from probanda.store.codec import formed, from_json, to_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.many import insert_many

ACTORS, INCIDENTS, COMMAND = "actor", "incident", "command"
OTHERS = 4
"""Further forms of a name that a list shows."""
OPPOSING = "contradicts-"
Weights = Mapping[str, tuple[int, int]]
"""Claim -> cells that it speaks against, and for."""


# --- lists ----------------------------------------------------------------------------------------


def lines(actors: Iterable[ActorGroup], incidents: Iterable[Incident]) -> Iterator[dict[str, Any]]:
    """The lines of both lists: actors by name, incidents by day, what has no day at the end."""
    for actor in actors:
        others = [form for form in actor.variants if form != actor.name]
        told: dict[str, Any] = {
            "name": actor.name, "others": others[:OTHERS], "mentions": len(actor.members),
            "conflicts": len(actor.conflicts),
        }  # fmt: skip
        yield {
            "list": ACTORS, "place": actor.name.casefold(), "id": actor.id, "kind": str(actor.kind),
            "forms": "\n".join(dict.fromkeys(map(fold, actor.variants))), "told": to_json(told),
        }  # fmt: skip
    for one in incidents:
        told = {
            "title": one.title, "from": one.date_from, "to": one.date_to, "places": list(dict.fromkeys(one.places)),
            "claims": len(one.claims), "says": one.corroboration.says, "versions": len(one.versions),
        }  # fmt: skip
        yield {
            "list": INCIDENTS, "place": f"{one.date_from or '9999'} {one.title.casefold()}", "id": one.id,
            "kind": str(one.act_type), "forms": "", "told": to_json(told),
        }  # fmt: skip


def commanding(connection: Connection, sight: str, actors: Iterable[ActorGroup]) -> Iterator[dict[str, Any]]:
    """The lines of the list of those whom claims place in a chart of command: whoever stands in most of them first.

    Counted are tie claims seen within the sight, the rejected left out, once for each end that names the actor.
    """
    eyes = Eyes("", frozenset(sight.split("|")))
    told = seen(connection, eyes, t.claim).with_only_columns(t.claim.c.n)
    told = told.where(t.claim.c.family == Family.TIE.value, t.claim.c.status != Status.REJECTED.value)
    p = t.party.c
    ends = select(p.mention, func.count()).where(p.claim.in_(told), p.role.in_(("from", "to")), p.mention.is_not(None))
    counted = {str(row[0]): int(row[1]) for row in connection.execute(ends.group_by(p.mention))}
    for actor in actors if counted else ():
        links = sum(counted.get(member.mention, 0) for member in actor.members)
        if links and actor.kind is not MentionKind.PLACE:
            yield {
                "list": COMMAND, "place": f"{_MOST - links:09d} {actor.name.casefold()}", "id": actor.id,
                "kind": str(actor.kind), "forms": "\n".join(dict.fromkeys(map(fold, actor.variants))),
                "told": to_json({"name": actor.name, "links": links}),
            }  # fmt: skip


_MOST = 10**9 - 1


def forms(actors: Iterable[ActorGroup]) -> Iterator[dict[str, Any]]:
    """Every form of every actor's name, folded."""
    for actor in actors:
        for form in dict.fromkeys(map(fold, (actor.name, *actor.variants))):
            yield {"form": form, "actor": actor.id}


# --- the queue ------------------------------------------------------------------------------------


def weights_of(suggestions: Iterable[Suggestion]) -> dict[str, tuple[int, int]]:
    """In how many cells each claim speaks against an element, and in how many for one."""
    against: Counter[str] = Counter()
    supporting: Counter[str] = Counter()
    for suggestion in suggestions:
        for cell in suggestion.cells:
            against.update(cell.against)
            supporting.update(cell.supporting)
    return {claim: (against[claim], supporting[claim]) for claim in sorted({*against, *supporting})}


def weigh(connection: Connection, sight: str, weights: Weights | None = None) -> None:
    """Write anew what bears on claims within one sight; without `weights`, those stay that stand."""
    b = t.bearing
    if weights is None:
        kept = select(b.c.claim, b.c.against, b.c.supporting).where(b.c.sight == sight)
        weights = {claim: (against, supporting) for claim, against, supporting in connection.execute(kept)}
    opposed: set[str] = set()
    for end in (t.link.c.a, t.link.c.b):
        found = select(end).where(t.link.c.sight == sight, t.link.c.kind.startswith(OPPOSING))
        opposed.update(connection.execute(found).scalars())
    ids = sorted({claim for claim, both in weights.items() if any(both)} | opposed)
    stands = _stands(connection, ids)
    connection.execute(delete(b).where(b.c.sight == sight))
    rows = []
    for claim in ids:
        against, supporting = weights.get(claim, (0, 0))
        row = {"against": against, "supporting": supporting, "opposed": int(claim in opposed)}
        rows.append({"sight": sight, "claim": claim, **row, **stands.get(claim, _GONE)})
    insert_many(connection, b, rows)


_GONE = {"state": t.GONE, "item": 0, "start": 0}


def _stands(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How claims of acts stand now."""
    c = t.claim.c
    found: dict[str, dict[str, int]] = {}
    for batch in batches(ids):
        query = select(c.id, c.status, c.item, c.start).where(c.id.in_(batch), c.family == Family.ACT.value)
        found |= {id_: _standing(status, item, start) for id_, status, item, start in connection.execute(query)}
    return found


def _standing(status: str, item: int, start: int) -> dict[str, int]:
    return {"state": t.WAITS if status == Status.PROPOSED.value else t.SETTLED, "item": item, "start": start}


def follow(connection: Connection, ids: Iterable[str]) -> None:
    """Bring up to date what bears on these claims, which were settled, moved or taken away."""
    b = t.bearing
    for batch in batches(sorted(set(ids))):
        known = connection.execute(select(b.c.claim).where(b.c.claim.in_(batch)).distinct()).scalars().all()
        if known:
            stands = _stands(connection, known)
            change = update(b).where(b.c.claim == bindparam("of")).values(
                state=bindparam("to_state"), item=bindparam("to_item"), start=bindparam("to_start")
            )  # fmt: skip
            told = [(claim, stands.get(claim, _GONE)) for claim in known]
            connection.execute(change, [{"of": claim, **{f"to_{k}": v for k, v in one.items()}} for claim, one in told])


# --- all of it ------------------------------------------------------------------------------------


def clear(connection: Connection) -> None:
    """Take all of it away."""
    for table in t.AHEAD:
        connection.execute(delete(table))


def refill(connection: Connection) -> None:
    """Make all of it anew out of what was derived; which decisions were followed is not known then."""
    clear(connection)
    for sight in _sights(connection):
        actors = _bodies(connection, t.actor, ActorGroup, sight)
        incidents = _bodies(connection, t.incident, Incident, sight)
        listed = (*lines(actors, incidents), *commanding(connection, sight, actors))
        insert_many(connection, t.line, [{"sight": sight, **row} for row in listed])
        insert_many(connection, t.form, [{"sight": sight, **row} for row in forms(actors)])
        weigh(connection, sight, weights_of(_bodies(connection, t.suggestion, Suggestion, sight)))


def reweigh(connection: Connection) -> None:
    """After layouts went or came: what bears on claims, in every sight."""
    for sight in _sights(connection):
        weigh(connection, sight, weights_of(_bodies(connection, t.suggestion, Suggestion, sight)))


def mark(connection: Connection, sight: str, standing: int, newest: int) -> None:
    """Note which decisions on what is the same a gathering followed."""
    connection.execute(delete(t.followed).where(t.followed.c.sight == sight))
    connection.execute(insert(t.followed).values(sight=sight, standing=standing, newest=newest))


def marked(connection: Connection, sight: str) -> tuple[int, int] | None:
    """The same as it was noted; None where it is not known."""
    row = connection.execute(select(t.followed).where(t.followed.c.sight == sight)).one_or_none()
    return None if row is None else (row.standing, row.newest)


def _sights(connection: Connection) -> list[str]:
    found: set[str] = set()
    for table in (t.actor, t.incident, t.link, t.suggestion):
        found.update(connection.execute(select(table.c.sight).distinct()).scalars())
    return sorted(found)


def _bodies(connection: Connection, table: Any, cls: type[Any], sight: str) -> list[Any]:
    rows = connection.execute(select(table.c.body).where(table.c.sight == sight)).scalars()
    return [formed(cls, from_json(body)) for body in rows]
