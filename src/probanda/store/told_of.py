"""Whether these eyes still see everything that something made earlier tells of.

Start with `sees_all`. It counts and loads nothing: some milliseconds for each 1,000 items.

Looks down to: tables, door. Used by: casework (built), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, distinct, func

from probanda.access.eyes import Eyes
from probanda.store import tables as t
from probanda.store.common import batches
from probanda.store.door import seen


def sees_all(connection: Connection, eyes: Eyes, digests: Sequence[str]) -> bool:
    """True where these eyes see each of these items (digests, each once) and one of its takings-in, and its bytes were
    not destroyed."""
    for some in batches(digests):
        items = seen(connection, eyes, t.item).where(t.item.c.digest.in_(some), t.item.c.destroyed.is_(None))
        if connection.execute(items.with_only_columns(func.count())).scalar() != len(some):
            return False
        brought = seen(connection, eyes, t.acquisition).where(t.acquisition.c.item.in_(some))
        if connection.execute(brought.with_only_columns(func.count(distinct(t.acquisition.c.item)))).scalar() != len(
            some
        ):
            return False
    return True
