"""A deed becomes a decision: checked against what stands, sealed in a leaf, projected, all in one transaction.

Start with `record`, then `project_all`, which `rebuild` uses. What each kind of deed needs is in `deeds`.

Looks down to: kernel, access, audit, vault. Used by: store.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, delete, func, insert, select, update

from probanda.access.eyes import Eyes, compartment_of
from probanda.audit.log import SALT_BYTES, Entry, make_leaf
from probanda.audit.tree import Edge
from probanda.store import derived, tallies
from probanda.store import tables as t
from probanda.store.codec import from_json, to_json
from probanda.store.common import (
    all_entries,
    batches,
    compartment_n,
    compartment_names,
    entries_on,
    item_n,
    place_of,
    rank_of,
)
from probanda.store.deeds import Log, already, drafted, last_number, numbered, prepared, root_of
from probanda.store.many import insert_many
from probanda.store.model import Deed
from probanda.store.projection import (
    ON_CLAIMS,
    Placed,
    Row,
    State,
    cited,
    entry_compartment,
    item_states,
    project,
    series_of,
)

_KEY = {
    "cite": "decision", "standing": "subject", "acquisition": "item", "identity": "left", "settled": "claim",
    "protected": "mention",
}  # fmt: skip
"""The column of each projected table that holds the subject (`cite` holds the decision)."""
_BY_NAME = {table.name: table for table in t.PROJECTED}


def record(connection: Connection, log: Log, eyes: Eyes, deeds: Sequence[Deed]) -> list[str]:
    """Record deeds in their order; gives their ids. Raises, leaving nothing behind, when one cannot be recorded."""
    size, edge = tip(connection, log.id)
    start = size
    plain = _plain(connection, deeds)
    for at_once, run in groupby(deeds, lambda deed: deed.id in plain):
        if at_once:
            size = _register_new(connection, log, eyes, list(run), size, edge)
            continue
        for deed in run:
            size = _record_one(connection, log, eyes, deed, size, edge)
    if size > start:
        connection.execute(
            insert(t.checkpoint).values(log=log.id, size=size, root=edge.root(), edge=to_json(edge.dump()))
        )
    return [deed.id for deed in deeds]


def _record_one(connection: Connection, log: Log, eyes: Eyes, deed: Deed, size: int, edge: Edge) -> int:
    """Record one deed at the end of a log of this size; gives its size afterwards."""
    if already(connection, deed):
        return size
    entry = prepared(connection, log, eyes, deed)
    inside = compartment_n(connection, compartment_of(entry.labels))
    rank = rank_of(connection, log.id)
    connection.execute(insert(t.decision).values(**_entry_row(log, size, entry, deed, edge, inside, rank)))
    _take_effect(connection, entry)
    return size + 1


def _plain(connection: Connection, deeds: Sequence[Deed]) -> frozenset[str]:
    """Ids of those deeds that register an item no other decision speaks of, as most do that take in a folder.

    Nothing follows from such a one but its own rows, so many can be written at once. A deed that was sent before, or
    twice, or that claims an own evidence number, which must be compared with the others, goes its way by itself.
    """
    once = Counter(name for deed in deeds for name in {deed.id, deed.subject})
    found = {
        deed.id: deed.subject
        for deed in deeds
        if deed.kind == "register" and once[deed.id] == once[deed.subject] == 1
        and deed.payload.get("evidence") is None and not deed.over
    }  # fmt: skip
    if len(found) <= 1:
        return frozenset()
    spoken: set[str] = set()
    for column in (t.decision.c.id, t.decision.c.subject):
        for batch in batches(found if column is t.decision.c.id else found.values()):
            spoken.update(connection.execute(select(column).where(column.in_(batch)).distinct()).scalars())
    return frozenset(one for one, subject in found.items() if one not in spoken and subject not in spoken)


def _register_new(connection: Connection, log: Log, eyes: Eyes, deeds: Sequence[Deed], size: int, edge: Edge) -> int:
    """Register items that are new, with a few statements for all of them; gives the size of the log afterwards."""
    last: dict[str, int] = {}
    rank = rank_of(connection, log.id)
    for deed in deeds:
        tallies.touch(connection, deed.subject)

    def last_of(prefix: str) -> int:
        return last[prefix] if prefix in last else last_number(connection, prefix)

    entries: list[Placed] = []
    for n, deed in enumerate(deeds, size):
        entry = numbered(drafted(log, eyes, deed), log, last_of)
        prefix, _, number = str(entry.payload["number"]).rpartition("-")
        last[prefix] = int(number)
        entries.append((place_of(rank, n), entry))
    states = item_states(entries).get
    decisions = []
    for n, (deed, (_, entry)) in enumerate(zip(deeds, entries, strict=True), size):
        inside = compartment_n(connection, entry_compartment(entry, states))
        decisions.append(_entry_row(log, n, entry, deed, edge, inside, rank))
    insert_many(connection, t.decision, decisions)
    for name, rows in project(entries, states).items():
        insert_many(connection, _BY_NAME[name], _numbered(connection, rows))
    connection.execute(delete(t.series).where(t.series.c.prefix.in_(sorted(last))))
    connection.execute(insert(t.series), [{"prefix": prefix, "last": last[prefix]} for prefix in sorted(last)])
    return size + len(deeds)


def tip(connection: Connection, log: str) -> tuple[int, Edge]:
    """Size of the log and the right edge of its tree."""
    query = select(t.checkpoint).where(t.checkpoint.c.log == log).order_by(t.checkpoint.c.size.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (0, Edge()) if row is None else (int(row.size), Edge.load(int(row.size), from_json(row.edge)))


def project_all(connection: Connection) -> None:
    """Empty every projected table and fill it from the decisions alone."""
    for table in t.PROJECTED:
        connection.execute(delete(table))
    entries = all_entries(connection)
    states = item_states(entries)
    for name, rows in project(entries, states.get).items():
        _write(connection, name, rows)
    _write(connection, "series", series_of(entries))
    numbers = {name: n for n, name in compartment_names(connection).items()}
    for _, entry in entries:
        inside = entry_compartment(entry, states.get)
        n = numbers.get(inside) or compartment_n(connection, inside)
        connection.execute(update(t.decision).where(t.decision.c.id == entry.id).values(compartment=n))
    tallies.rebuild(connection)


# --- writing --------------------------------------------------------------------------------------


def _entry_row(log: Log, n: int, entry: Entry, deed: Deed, edge: Edge, inside: int, rank: int) -> Row:
    """The row of an entry, whose leaf is appended to the tree. `inside`: number of its compartment."""
    salts = secrets.token_bytes(2 * SALT_BYTES)
    salt, sealed_salt = salts[:SALT_BYTES], salts[SALT_BYTES:]
    sealed = deed.sealed or b""
    leaf = make_leaf(entry, log=log.id, n=n, salt=salt, sealed=sealed, sealed_salt=sealed_salt)
    edge.append(leaf.hash)
    return {
        "log": log.id, "n": n, "place": place_of(rank, n),
        "id": entry.id, "at": entry.at, "by": entry.by, "kind": entry.kind,
        "subject": entry.subject, "over": to_json(entry.over), "seen": to_json(entry.seen), "reason": entry.reason,
        "payload": to_json(entry.payload), "labels": to_json(entry.labels), "compartment": inside, "salt": salt,
        "sealed": sealed, "sealed_salt": sealed_salt, "leaf": leaf.body, "leaf_hash": leaf.hash,
    }  # fmt: skip


def take_effect(connection: Connection, entries: Sequence[Entry]) -> None:
    """Project what entries that came from elsewhere speak of, each subject once; their rows stand already."""
    roots: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        root = root_of(connection, entry)
        of = cited(root)[:1] if root.kind in ON_CLAIMS else ()
        roots.setdefault((root.kind, root.subject, *of), root)
    # An item before what was decided of its claims, which lie in its compartment.
    for root in sorted(roots.values(), key=lambda one: one.kind not in ("register", "label")):
        _project(connection, root, known=True)


def _take_effect(connection: Connection, entry: Entry) -> None:
    """Project the subject of an entry, then whatever follows from its new state."""
    _project(connection, root_of(connection, entry))


def _project(connection: Connection, root: Entry, *, known: bool = False) -> None:
    """`known`: rows of this subject may stand already, though one entry alone speaks of it."""
    before = _state_of(connection, root.subject)
    entries = entries_on(connection, root.subject)
    _project_subject(connection, root.subject, entries, first=len(entries) == 1 and not known)
    if root.kind == "register":
        for one in series_of([placed for placed in entries if placed[1].kind == "register"]):
            last = max(one["last"], last_number(connection, one["prefix"]))
            connection.execute(delete(t.series).where(t.series.c.prefix == one["prefix"]))
            connection.execute(insert(t.series).values(prefix=one["prefix"], last=last))
    if root.kind in ("register", "label") and before is not None and before != _state_of(connection, root.subject):
        _follow_item(connection, root.subject)
    if root.kind in ON_CLAIMS:
        (digest,) = cited(root)
        item = item_n(connection, digest)
        if item is None:  # of a log that is held in part, its registration did not come with it
            return
        derived.reshow_one(connection, item, root.subject)
        derived.refresh_reading(connection, digest)


def _follow_item(connection: Connection, digest: str) -> None:
    """After an item changed its compartment: its derived rows, and every decision that cites it."""
    derived.move(connection, derived.known_item(connection, digest))
    query = (
        select(t.decision.c.subject)
        .join(t.cite, t.cite.c.decision == t.decision.c.id)
        .where(t.cite.c.item == digest, t.decision.c.kind != "withdraw", t.decision.c.subject != digest)
        .distinct()
    )
    for subject in sorted(connection.execute(query).scalars().all()):
        _project_subject(connection, subject, entries_on(connection, subject))


def _project_subject(connection: Connection, subject: str, entries: Sequence[Placed], *, first: bool = False) -> None:
    """Replace what follows from the decisions on one subject. `first`: there was none, so nothing is replaced."""
    own = item_states(entries)

    def states(digest: str) -> State | None:
        return own.get(digest) or _state_of(connection, digest)

    rows = project(entries, states)
    for name, key in _KEY.items():
        column = _BY_NAME[name].c[key]
        for batch in batches([] if first else [e.id for _, e in entries] if name == "cite" else [subject]):
            connection.execute(delete(_BY_NAME[name]).where(column.in_(batch)))
        if name != "cite":
            _write(connection, name, rows[name])
    _write(connection, "cite", rows["cite"])
    _write_item(connection, rows["item"])
    for row in rows["item"]:
        tallies.touch(connection, row["digest"])
    for _, entry in entries:
        inside = compartment_n(connection, entry_compartment(entry, states))
        where = (t.decision.c.id == entry.id, t.decision.c.compartment != inside)
        connection.execute(update(t.decision).where(*where).values(compartment=inside))


def _write_item(connection: Connection, rows: Sequence[Row]) -> None:
    """Items keep their row, since what was derived hangs on its number."""
    for row in _numbered(connection, rows):
        changed = connection.execute(update(t.item).where(t.item.c.digest == row["digest"]).values(**row))
        if not changed.rowcount:
            connection.execute(insert(t.item).values(**row))


def _write(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(_BY_NAME[name]), _numbered(connection, rows))


def _numbered(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """Rows with their compartment's number in place of its name."""
    names = sorted({row["compartment"] for row in rows if "compartment" in row})
    numbers = {name: compartment_n(connection, name) for name in names}
    return [{**row, "compartment": numbers[row["compartment"]]} if "compartment" in row else dict(row) for row in rows]


def _state_of(connection: Connection, digest: str) -> State | None:
    row = connection.execute(
        select(t.item.c.label, t.compartment.c.name)
        .join(t.compartment, t.compartment.c.n == t.item.c.compartment)
        .where(t.item.c.digest == digest)
    ).one_or_none()
    return None if row is None else State(row.name, row.label is not None)


def log_size(connection: Connection, log: str) -> int:
    """How many entries the log has."""
    return int(connection.execute(select(func.count()).where(t.decision.c.log == log)).scalar_one())
