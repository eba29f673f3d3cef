"""Which items state where on earth they lie: pictures whose files say so, and those of which a note beside them does.

Start with `stating`. Looks down to: access. Used by: casework.pairing, through `Store.ask`.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from probanda.access.eyes import Eyes
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.door import seen
from probanda.store.model import Decision
from probanda.store.views import decision_of


def stating(connection: Connection, eyes: Eyes, fact: str) -> list[str]:
    """Digests, sorted, of the pictures whose file states a fact of this name."""
    pictures = seen(connection, eyes, t.listed).where(t.listed.c.kind.startswith("image/"))
    query = (
        seen(connection, eyes, t.text)
        .where(t.text.c.item.in_(pictures.with_only_columns(t.listed.c.item)), t.text.c.part == 0)
        .where(t.text.c.about.contains(f"[{to_json(fact)},"))
        .join(t.item, t.item.c.n == t.text.c.item)
        .with_only_columns(t.item.c.digest)
    )
    return sorted(set(connection.execute(query).scalars()))


def noted(connection: Connection, eyes: Eyes, kind: str) -> list[Decision]:
    """The decisions that stand by which a file beside an item was noted to be of this kind, in the order of the log."""
    standing = select(t.standing.c.decision).where(t.standing.c.kind == "acquisition")
    query = (
        seen(connection, eyes, t.decision)
        .where(t.decision.c.id.in_(standing), t.decision.c.payload.contains(f'"kind":{to_json(kind)}'))
        .order_by(t.decision.c.place)
    )
    return [decision_of(row, True) for row in connection.execute(query)]
