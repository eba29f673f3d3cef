"""The ledger of derivation: each partition, what made it from what, and the digest of what came out.

Start with `made`. A stage is run again when its maker or its inputs are others, and what lies above
it only when the output is another; `verify` computes the outputs anew.

Looks down to: kernel. Used by: store (derived, groups, check, views).
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select

from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.common import item_n
from probanda.store.model import Made

TEXT, MEMBERS, READING, CONSOLIDATION, SUGGESTIONS = "text", "members", "reading", "consolidation", "suggestions"
RECOGNISED = "recognised"
ROWS_AT_ONCE = 5_000


def made(connection: Connection, stage: str, key: str) -> Made | None:
    """The line of one partition, or None when it was not made."""
    row = connection.execute(select(t.made).where(t.made.c.stage == stage, t.made.c.key == key)).one_or_none()
    return None if row is None else Made(row.stage, row.key, row.maker, row.input, row.output, row.rows)


def outputs(connection: Connection, stage: str) -> dict[str, str]:
    """Digest of what came out of each partition of a stage, by its key."""
    query = select(t.made.c.key, t.made.c.output).where(t.made.c.stage == stage)
    return {row.key: row.output for row in connection.execute(query)}


def output_of(connection: Connection, stage: str, key: str) -> tuple[str, int]:
    """Digest and number of the rows of a partition, from a sorted dump without `n` and without compartments.

    Compartments are left out so that a change of label alone does not make anything be read again.
    """
    digest, rows = hashlib.sha256(), 0
    for name, query in _partition(connection, stage, key):
        ordered = query.order_by(*query.selected_columns)
        for row in connection.execute(ordered, execution_options={"yield_per": ROWS_AT_ONCE}):
            digest.update(to_json([name, *row]).encode("ascii") + b"\n")
            rows += 1
    return digest.hexdigest(), rows


def _partition(connection: Connection, stage: str, key: str) -> list[tuple[str, Select[Any]]]:
    """The relations of a partition, each without what differs between machines or follows from the key."""
    if stage in (CONSOLIDATION, SUGGESTIONS):
        found = [t.actor, t.incident, t.origin, t.membership, t.link]
        of_sight = found if stage == CONSOLIDATION else [t.suggestion, t.cell]
        return [(table.name, _told_of(table, "sight").where(table.c.sight == key)) for table in of_sight]
    item = item_n(connection, key)
    if stage == MEMBERS:
        return [("remark", _told_of(t.remark, "item").where(t.remark.c.item == item, t.remark.c.stage == MEMBERS))]
    if stage == RECOGNISED:
        return [("recognised", _told_of(t.recognised, "item").where(t.recognised.c.item == item))]
    of_item = [t.text, t.passage] if stage == TEXT else [t.reading, t.mention, t.claim]
    # The words of a text are in its digest.
    hidden = ("item", "text", "words") if stage == TEXT else ("item",)
    told = [(table.name, _told_of(table, *hidden).where(table.c.item == item)) for table in of_item]
    if stage == TEXT:
        told.append(("remark", _told_of(t.remark, "item").where(t.remark.c.item == item, t.remark.c.stage == TEXT)))
    if stage == READING:
        parties = select(t.claim.c.id, *_told_of(t.party, "claim").selected_columns)
        told.append(("party", parties.join(t.party, t.claim.c.n == t.party.c.claim).where(t.claim.c.item == item)))
    return told


def _told_of(table: Table, *hidden: str) -> Select[Any]:
    return select(*(c for c in table.c if c.name not in {"n", "compartment", *hidden}))


def refresh(connection: Connection, stage: str, key: str) -> None:
    """Bring a line up to date after a decision or another stage changed rows of that partition."""
    line = made(connection, stage, key)
    if line is not None:
        write_made(connection, stage, key, line.maker, line.input)


def write_made(connection: Connection, stage: str, key: str, maker: str, inputs: str) -> None:
    """Write the line of a partition that was just replaced. `inputs`: digest of what it was made from."""
    output, rows = output_of(connection, stage, key)
    connection.execute(delete(t.made).where(t.made.c.stage == stage, t.made.c.key == key))
    connection.execute(insert(t.made).values(stage=stage, key=key, maker=maker, input=inputs, output=output, rows=rows))


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert these rows, if there are any."""
    if rows:
        connection.execute(insert(table), rows)
