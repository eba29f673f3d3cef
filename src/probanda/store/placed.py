"""Which items state where on earth they lie: pictures whose files say so, and those of which a note beside them does.

Start with `stating` and `noted`. Looks down to: access. Used by: casework.pairing, through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from probanda.access.eyes import Eyes
from probanda.store import tables as t
from probanda.store.codec import from_json, to_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.model import Decision
from probanda.store.views import decision_of


def stating(connection: Connection, eyes: Eyes, fact: str) -> dict[str, dict[str, str]]:
    """By digest, all that the files of pictures state of which one states a fact of this name."""
    pictures = seen(connection, eyes, t.listed).where(t.listed.c.kind.startswith("image/"))
    query = (
        seen(connection, eyes, t.text)
        .where(t.text.c.item.in_(pictures.with_only_columns(t.listed.c.item)), t.text.c.part == 0)
        .where(t.text.c.about.contains(f"[{to_json(fact)},"))
        .join(t.item, t.item.c.n == t.text.c.item)
        .with_only_columns(t.item.c.digest, t.text.c.about)
    )
    return {digest: facts(from_json(about)) for digest, about in connection.execute(query.order_by(t.item.c.digest))}


def stated(connection: Connection, eyes: Eyes, digests: Iterable[str]) -> dict[str, dict[str, str]]:
    """The same of these items, whatever their files state."""
    found: dict[str, dict[str, str]] = {}
    for some in batches(sorted(digests)):
        query = seen(connection, eyes, t.text).join(t.item, t.item.c.n == t.text.c.item)
        query = query.where(t.item.c.digest.in_(some), t.text.c.part == 0)
        rows = connection.execute(query.with_only_columns(t.item.c.digest, t.text.c.about))
        found |= {digest: facts(from_json(about)) for digest, about in rows}
    return found


def facts(about: Mapping[str, Any]) -> dict[str, str]:
    """What a file states of itself, by name, as it is kept with its text."""
    return {str(name): str(value) for name, value in about.get("facts") or ()}


def noted(connection: Connection, eyes: Eyes, kind: str) -> list[Decision]:
    """The decisions that stand by which a file beside an item was noted to be of this kind, in the order of the log."""
    standing = select(t.standing.c.decision).where(t.standing.c.kind == "acquisition")
    query = (
        seen(connection, eyes, t.decision)
        .where(t.decision.c.id.in_(standing), t.decision.c.payload.contains(f'"kind":{to_json(kind)}'))
        .order_by(t.decision.c.place)
    )
    return [decision_of(row, True) for row in connection.execute(query)]
