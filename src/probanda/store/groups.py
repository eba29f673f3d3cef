"""What was derived from many items: actors, incidents, origins, contradictions, suggestions.

Each lies in one sight, the set of compartments it was computed within, and is replaced whole.

Looks down to: actors, incidents, matrix. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete

from probanda.actors.model import ActorGroup
from probanda.incidents.model import Consolidation
from probanda.matrix.model import Suggestion
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.common import day_number
from probanda.store.ledger import CONSOLIDATION, SUGGESTIONS, insert_rows, write_made


def commit_consolidation(
    connection: Connection, sight: str, actors: Sequence[ActorGroup], result: Consolidation, maker: str, inputs: str
) -> None:
    """Replace what was consolidated within one sight."""
    for table in (t.actor, t.incident, t.origin, t.membership, t.link):
        connection.execute(delete(table).where(table.c.sight == sight))
    insert_rows(connection, t.actor, [
        {"id": a.id, "sight": sight, "name": a.name, "kind": str(a.kind), "body": to_json(a)} for a in _by_id(actors)
    ])  # fmt: skip
    insert_rows(connection, t.incident, [
        {"id": i.id, "sight": sight, "title": i.title, "act_type": str(i.act_type), "day_from": day_number(i.date_from),
         "day_to": day_number(i.date_to), "body": to_json(i)} for i in _by_id(result.incidents)
    ])  # fmt: skip
    insert_rows(connection, t.origin, [
        {"id": o.id, "sight": sight, "kind": str(o.kind), "body": to_json(o)} for o in _by_id(result.origins)
    ])  # fmt: skip
    insert_rows(connection, t.membership, _memberships(sight, actors, result))
    insert_rows(connection, t.link, [
        {"kind": f"contradicts-{c.kind}", "sight": sight, "a": c.a, "b": c.b, "id": c.id, "reason": c.reason}
        for c in _by_id(result.contradictions)
    ])  # fmt: skip
    write_made(connection, CONSOLIDATION, sight, maker, inputs)


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
    write_made(connection, SUGGESTIONS, sight, maker, inputs)


def _memberships(sight: str, actors: Sequence[ActorGroup], result: Consolidation) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str, str], str] = {}
    for actor in actors:
        rows |= {("mention-in-actor", member.mention, actor.id): member.reason for member in actor.members}
    for incident in result.incidents:
        why = dict(incident.reasons)
        rows |= {("claim-in-incident", one, incident.id): why.get(one, "") for one in incident.claims}
    for origin in result.origins:
        rows |= {("claim-in-origin", one, origin.id): origin.reason for one in origin.claims}
        rows |= {("item-in-origin", one, origin.id): origin.reason for one in origin.items}
    return [
        {"kind": kind, "sight": sight, "node": node, "grp": group, "reason": reason}
        for (kind, node, group), reason in sorted(rows.items())
    ]


def _by_id(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=lambda one: one.id)
