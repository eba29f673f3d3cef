"""What was derived from many items: actors, incidents, origins, contradictions, suggestions.

Each lies in one sight, the set of compartments it was computed within, and is replaced whole.

Looks down to: actors, incidents, matrix. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, exists, insert, literal, select, union_all

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.incidents.model import Consolidation
from probanda.matrix.model import Suggestion
from probanda.store import ahead
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.common import day_number
from probanda.store.ledger import CONSOLIDATION, SUGGESTIONS, insert_rows, made, write_made
from probanda.store.many import insert_many
from probanda.store.projection import alternatives


def commit_consolidation(
    connection: Connection, sight: str, actors: Sequence[ActorGroup], result: Consolidation, maker: str, inputs: str
) -> None:
    """Replace what was consolidated within one sight; rows that are as they were are not written again."""
    _replace(connection, t.actor, sight, [
        {"id": a.id, "name": a.name, "kind": str(a.kind), "body": to_json(a)} for a in actors
    ])  # fmt: skip
    _replace(connection, t.incident, sight, [
        {"id": i.id, "title": i.title, "act_type": str(i.act_type), "day_from": day_number(i.date_from),
         "day_to": day_number(i.date_to), "body": to_json(i)} for i in result.incidents
    ])  # fmt: skip
    _replace(connection, t.origin, sight, [
        {"id": o.id, "kind": str(o.kind), "body": to_json(o)} for o in result.origins
    ])  # fmt: skip
    _replace(connection, t.membership, sight, _memberships(actors, result))
    _replace(connection, t.link, sight, [
        {"kind": f"contradicts-{c.kind}", "a": c.a, "b": c.b, "id": c.id, "reason": c.reason}
        for c in result.contradictions
    ])  # fmt: skip
    listed = (*ahead.lines(actors, result.incidents), *ahead.commanding(connection, sight, actors))
    _replace(connection, t.line, sight, listed)
    _replace(connection, t.form, sight, ahead.forms(actors))
    ahead.weigh(connection, sight)
    write_made(connection, CONSOLIDATION, sight, maker, inputs)


def copy_consolidation(connection: Connection, first: str, sight: str) -> None:
    """Make what was consolidated within one sight that of another, which sees the same."""
    for table in _CONSOLIDATED:
        other = table.alias()
        told = [c.name for c in table.c if c.name not in ("n", "sight")]
        same = [table.c[name].is_not_distinct_from(other.c[name]) for name in told]
        here, there = table.c.sight == sight, other.c.sight == first
        connection.execute(delete(table).where(here, ~exists().where(there, *same)))
        missing = select(literal(sight), *(other.c[name] for name in told))
        missing = missing.where(there, ~exists().where(here, *(table.c[k] == other.c[k] for k in _KEYS[table])))
        connection.execute(insert(table).from_select(["sight", *told], missing))
    ahead.weigh(connection, sight)
    line = made(connection, CONSOLIDATION, first)
    if line is not None:
        copied = {"maker": line.maker, "input": line.input, "output": line.output, "rows": line.rows}
        connection.execute(delete(t.made).where(t.made.c.stage == CONSOLIDATION, t.made.c.key == sight))
        connection.execute(insert(t.made).values(stage=CONSOLIDATION, key=sight, **copied))


_KEYS: Mapping[Table, tuple[str, ...]] = {
    t.actor: ("id",), t.incident: ("id",), t.origin: ("id",), t.membership: ("kind", "node", "grp"),
    t.link: ("kind", "id"), t.line: ("list", "place", "id"), t.form: ("form", "actor"),
}  # fmt: skip
"""What tells the rows of one sight apart."""
_CONSOLIDATED = tuple(_KEYS)


def _replace(connection: Connection, table: Table, sight: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make these all the rows of one sight: take out those that are none of them, and put in what is missing."""
    names = [c.name for c in table.c if c.name not in ("n", "sight")]
    places = [names.index(name) for name in _KEYS[table]]
    wanted = {tuple(row[name] for name in _KEYS[table]): tuple(row[name] for name in names) for row in rows}
    found = connection.execute(select(*(table.c[name] for name in names)).where(table.c.sight == sight))
    stay: set[tuple[Any, ...]] = set()
    gone: list[dict[str, Any]] = []
    for row in found:
        key = tuple([row[place] for place in places])
        if wanted.get(key) == tuple(row):
            stay.add(key)
        else:
            gone.append({f"old_{name}": value for name, value in zip(_KEYS[table], key, strict=True)})
    if gone:
        one = (table.c[name] == bindparam(f"old_{name}") for name in _KEYS[table])
        connection.execute(delete(table).where(table.c.sight == sight, *one), gone)
    come = [{"sight": sight, **dict(zip(names, wanted[k], strict=True))} for k in sorted(wanted) if k not in stay]
    insert_many(connection, table, come)


def commit_suggestions(
    connection: Connection, sight: str, suggestions: Sequence[Suggestion], maker: str, inputs: str
) -> None:
    """Replace what was laid out within one sight, in the order given."""
    for table in (t.suggestion, t.cell):
        connection.execute(delete(table).where(table.c.sight == sight))
    insert_rows(connection, t.suggestion, [
        {"id": s.id, "sight": sight, "position": position, "actor": s.actor, "crime": s.crime, "mode": s.mode,
         "body": to_json(s)} for position, s in enumerate(suggestions)
    ])  # fmt: skip
    cells = {
        (s.id, c.part, c.element): {
            "sight": sight, "suggestion": s.id, "part": c.part, "element": c.element, "status": str(c.status),
        }
        for s in suggestions for c in s.cells
    }  # fmt: skip
    insert_rows(connection, t.cell, list(cells.values()))
    ahead.weigh(connection, sight, ahead.weights_of(suggestions))
    write_made(connection, SUGGESTIONS, sight, maker, inputs)


def hold_back(connection: Connection, item: int, compartment: str) -> None:
    """After an item came into a compartment: take away what was gathered with it for eyes that do not see it now.

    Names, incidents and layouts may hold its words. They are gathered anew without it; until then there are none.
    """
    nodes = union_all(
        *(select(table.c.id).where(table.c.item == item) for table in (t.mention, t.claim)),
        select(t.item.c.digest).where(t.item.c.n == item),
    )
    arms = set(alternatives(compartment))
    for sight in connection.execute(select(t.made.c.key).where(t.made.c.stage == CONSOLIDATION)).scalars().all():
        tells = t.membership.c.kind.in_(_KINDS) & (t.membership.c.sight == sight) & t.membership.c.node.in_(nodes)
        if arms.isdisjoint(sight.split("|")) and connection.execute(select(exists().where(tells))).scalar():
            withdraw(connection, sight)


def withdraw(connection: Connection, sight: str) -> None:
    """Take away all that was gathered and laid out within one sight."""
    for table in (*_CONSOLIDATED, t.suggestion, t.cell, t.bearing, t.followed):
        connection.execute(delete(table).where(table.c.sight == sight))
    stages = (CONSOLIDATION, SUGGESTIONS)
    connection.execute(delete(t.made).where(t.made.c.stage.in_(stages), t.made.c.key == sight))


def wider_gathered(connection: Connection, eyes: Eyes) -> bool:
    """True where it was gathered for eyes that see all that these see and more, and not for these."""
    sight = eyes.sight
    keys = set(connection.execute(select(t.made.c.key).where(t.made.c.stage == CONSOLIDATION)).scalars())
    return sight not in keys and any(set(sight.split("|")) < set(key.split("|")) for key in keys)


_KINDS = ("mention-in-actor", "claim-in-incident", "claim-in-origin", "item-in-origin")


def _memberships(actors: Sequence[ActorGroup], result: Consolidation) -> Iterator[dict[str, Any]]:
    rows: dict[tuple[str, str, str], str] = {}
    for actor in actors:
        rows |= {("mention-in-actor", member.mention, actor.id): member.reason for member in actor.members}
    for incident in result.incidents:
        why = dict(incident.reasons)
        rows |= {("claim-in-incident", one, incident.id): why.get(one, "") for one in incident.claims}
    for origin in result.origins:
        rows |= {("claim-in-origin", one, origin.id): origin.reason for one in origin.claims}
        rows |= {("item-in-origin", one, origin.id): origin.reason for one in origin.items}
    for (kind, node, group), reason in rows.items():
        yield {"kind": kind, "node": node, "grp": group, "reason": reason}
