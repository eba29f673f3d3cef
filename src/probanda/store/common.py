"""Small questions every part of the store asks: compartments by name and number, entries as recorded, days.

Looks down to: kernel, audit. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, insert, select

from probanda.audit.log import Entry
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.engines import sqlite as engine
from probanda.store.projection import PRESERVING, Placed, preserved_by

T = TypeVar("T")
EPOCH = date(1970, 1, 1).toordinal()
KNOWN = "compartments"
"""Where a connection keeps the compartments it has met; the store empties it before each transaction."""
BATCH = 500
"""Values in one `IN (...)`: SQLite takes 999 on old builds."""


REWRITING = "tmp/rewriting-logs"
"""Stands in the case folder while the file copies of logs are written anew, so that a kill in between is made good."""
RESTORED = "tmp/restored"
"""Stands in a case folder that was made from a backup, until the first run that writes begins a log of its own."""
TAKING_IN = "tmp/taking-in"
"""Stands in the case folder while files are taken in."""
WORKBENCH = "tmp/workbench.json"
"""What the workbench keeps for itself on this machine: no part of the record, and in no backup."""
REPORTS = "tmp/reports"
"""Dossiers that were built in the workbench: derived, no part of the record, and in no backup."""
_RANK = 32
"""Bits of a place below the rank of its log."""


def place_of(rank: int, n: int) -> int:
    """The place of an entry in the order over all logs: those of one log stand together, in their own order."""
    return rank << _RANK | n


def ranks(connection: Connection) -> dict[str, int]:
    """The order of the logs held here: by the time of the first entry that is held of each, then by id.

    The same logs give the same order wherever they were joined.
    """
    first = select(t.decision.c.log, func.min(t.decision.c.n).label("n")).group_by(t.decision.c.log).subquery()
    query = select(t.decision.c.at, t.decision.c.log).join(
        first, (first.c.log == t.decision.c.log) & (first.c.n == t.decision.c.n)
    )
    ordered = sorted((str(at), str(log)) for at, log in connection.execute(query))
    return {log: rank for rank, (_, log) in enumerate(ordered)}


def rank_of(connection: Connection, log: str) -> int:
    """The rank of one log, as its entries have it; of a log without entries the next one."""
    known = connection.execute(select(t.decision.c.place).where(t.decision.c.log == log).limit(1)).scalar()
    if known is not None:
        return int(known) >> _RANK
    highest = connection.execute(select(func.max(t.decision.c.place))).scalar()
    return 0 if highest is None else (int(highest) >> _RANK) + 1


def one_log(connection: Connection) -> bool:
    """True when no other log was ever joined."""
    # Two questions: asked for both ends at once, SQLite looks at every entry.
    ends = [select(end(t.decision.c.log)).scalar_subquery() for end in (func.min, func.max)]
    least, most = connection.execute(select(*ends)).one()
    return bool(least == most)


def compartment_n(connection: Connection, name: str) -> int:
    """The number of a compartment here; a new name gets one, and a full text table of its own."""
    known: dict[str, int] = connection.info.setdefault(KNOWN, {})  # of this transaction alone
    if name in known:
        return known[name]
    found = connection.execute(select(t.compartment.c.n).where(t.compartment.c.name == name)).scalar()
    if found is None:
        found = connection.execute(insert(t.compartment).values(name=name)).inserted_primary_key[0]  # type: ignore[index]
        engine.make_search(connection, int(found))
    known[name] = int(found)
    return known[name]


def compartment_names(connection: Connection) -> dict[int, str]:
    """Every compartment in use, by its number here."""
    return {int(row.n): str(row.name) for row in connection.execute(select(t.compartment))}


def item_n(connection: Connection, digest: str) -> int | None:
    """The row of an item, whoever may see it."""
    found = connection.execute(select(t.item.c.n).where(t.item.c.digest == digest)).scalar()
    return None if found is None else int(found)


def entry_of(row: Row[Any]) -> Entry:
    """A row of `decision` as the entry its leaf commits to."""
    return Entry(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        over=tuple(from_json(row.over)),
        seen=tuple((log, size) for log, size in from_json(row.seen)),
        by=row.by,
        reason=row.reason,
        payload=from_json(row.payload),
        labels=tuple(from_json(row.labels)),
        at=row.at,
    )


def all_entries(connection: Connection) -> list[Placed]:
    """Every entry of every log, in order."""
    rows = connection.execute(select(t.decision).order_by(t.decision.c.place))
    return [(int(row.place), entry_of(row)) for row in rows]


def entries_on(connection: Connection, subject: str) -> list[Placed]:
    """The entries on one subject, with the withdrawals of them, and of those."""
    found: dict[str, Placed] = {}
    asked = {subject}
    first = True
    while asked:
        rows = connection.execute(select(t.decision).where(t.decision.c.subject.in_(sorted(asked)))).all()
        new = {row.id: (int(row.place), entry_of(row)) for row in rows if first or row.kind == "withdraw"}
        asked = set(new) - set(found)
        found |= new
        first = False
    return sorted(found.values(), key=lambda placed: placed[0])


def preserved(connection: Connection) -> set[str]:
    """Digests of all that the vault holds because of a decision, besides the items."""
    query = select(t.decision.c.kind, t.decision.c.payload).where(t.decision.c.kind.in_(PRESERVING))
    rows = connection.execute(query.execution_options(yield_per=BATCH))
    return {digest for kind, payload in rows for digest in preserved_by(kind, from_json(payload))}


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The values in pieces small enough for one statement."""
    waiting = list(values)
    for start in range(0, len(waiting), size):
        yield waiting[start : start + size]


def day_number(iso: str | None) -> int | None:
    """Days since 1970 of an ISO day; a year or month counts from its first day; None where there is none."""
    if not iso:
        return None
    try:
        parts = [int(part) for part in iso.split("T")[0].split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return None


def now() -> str:
    """UTC, to the millisecond, as leaves and rows hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
