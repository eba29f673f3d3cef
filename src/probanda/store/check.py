"""The proof that record, log and vault are what was written, and a dump to compare two records by.

Start with `verify`: each step is one function that names what it found wrong. Nothing is written.

Looks down to: kernel, audit, vault. Used by: store.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select

from probanda.access.eyes import OPEN
from probanda.audit.log import Entry, leaf_hash, make_leaf, opens, opens_sealed
from probanda.audit.tree import Edge
from probanda.kernel.digests import words_digest
from probanda.kernel.errors import ItemAltered
from probanda.store import derived, ledger, locking, logfile
from probanda.store import tables as t
from probanda.store.codec import from_json, to_json
from probanda.store.common import TAKING_IN, all_entries, compartment_names, entry_of
from probanda.store.engines import sqlite as engine
from probanda.store.model import Fault
from probanda.store.projection import ON_CLAIMS, Placed, entry_compartment, item_states, project, series_of, stands
from probanda.store.settings import Settings
from probanda.vault.vault import Vault

ITEM, RECORD = 40, 41


@dataclass(frozen=True, slots=True)
class Outside:
    """What lay beside the database just before its snapshot was taken.

    Writers keep bytes first, then record them, then write the file copy: so what is listed here and
    not in the snapshot is a fault, unless somebody is writing at this moment (`busy`).
    """

    folder: Path
    vault: Vault
    digests: tuple[str, ...]
    log_bytes: int
    busy: bool
    interrupted: bool
    """True when a run that took files in was cut off: bytes it kept may wait for their registration."""

    @classmethod
    def of(cls, folder: Path, vault: Vault, log: str, *, alone: bool) -> Outside:
        """Look now. `alone`: we hold the writers' lock ourselves."""
        path = logfile.path_of(folder, log)
        size = path.stat().st_size if path.exists() else 0
        busy = not alone and locking.is_held(folder)
        return cls(folder, vault, tuple(vault.digests()), size, busy, (folder / TAKING_IN).exists())


def verify(connection: Connection, outside: Outside, settings: Settings) -> list[Fault]:
    """Every fault found, in the order of the steps; empty when all is well."""
    damaged = [Fault("database", "record.db", words, RECORD) for words in engine.quick_check(connection)]
    if damaged:
        return damaged
    try:
        entries = all_entries(connection)
    except (ValueError, TypeError, KeyError) as error:
        return [Fault("entry", settings.log, f"a decision cannot be read: {error}", RECORD)]
    steps: list[Callable[[], Iterator[Fault]]] = [
        lambda: _log(connection, settings.log),
        lambda: _copy(connection, outside, settings.log),
        lambda: _vault(outside, entries),
        lambda: _projection(connection, entries),
        lambda: _texts(connection),
        lambda: _quotes(connection),
        lambda: _settled_quotes(outside.vault, entries),
        lambda: _compartments(connection),
        lambda: _partitions(connection),
        lambda: _search(connection),
    ]
    found: list[Fault] = []
    for step in steps:
        try:
            found += step()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # A row altered by hand may be of any form: say so, and go on with the other steps.
            found.append(Fault("row", "unreadable", f"a row cannot be understood: {error}", RECORD))
    return found


def dump(connection: Connection, *, log: bool) -> bytes:
    """Every row of every table but the numbers of this machine, sorted; without the log, current state alone."""
    lines = []
    state = [table for table in (*t.PROJECTED, *t.DERIVED) if table is not t.cite]
    for table in (*((t.decision, t.checkpoint, t.cite) if log else ()), *state):
        lines += [to_json([table.name, row]) for row in rows_of(connection, table)]
    return "\n".join(sorted(lines)).encode("ascii") + b"\n"


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """The rows of a table with names and ids in place of this machine's numbers."""
    swaps: dict[str, dict[int, Any]] = {}
    if "compartment" in table.c:
        swaps["compartment"] = dict(compartment_names(connection))
    if table in (*t.OF_ITEM,):
        swaps["item"] = _pairs(connection, t.item.c.n, t.item.c.digest)
    if table is t.passage:
        swaps["text"] = _pairs(connection, t.text.c.n, t.text.c.part)
    if table is t.party:
        swaps["claim"] = _pairs(connection, t.claim.c.n, t.claim.c.id)
    columns = [c for c in table.c if c.name != "n" or table is t.decision]
    found = []
    for row in connection.execute(select(*columns)):
        told = {c.name: _plain(value) for c, value in zip(columns, row, strict=True)}
        found.append(told | {name: swap.get(told[name]) for name, swap in swaps.items()})
    return found


# --- the steps ------------------------------------------------------------------------------------


def _log(connection: Connection, log: str) -> Iterator[Fault]:
    """Each entry and salt gives its leaf, leaves give the roots, the log has no gap."""
    roots = {int(row.size): row for row in connection.execute(select(t.checkpoint).where(t.checkpoint.c.log == log))}
    edge = Edge()
    for row in connection.execute(select(t.decision).where(t.decision.c.log == log).order_by(t.decision.c.n)):
        if row.n != edge.size:
            yield Fault("entry", row.id, f"the log has no entry {edge.size}: this one stands at {row.n}", RECORD)
            return
        entry = entry_of(row)
        yield from _leaf(row, entry)
        edge.append(leaf_hash(row.leaf))
        here = roots.pop(edge.size, None)
        if here is not None and (here.root != edge.root() or from_json(here.edge) != edge.dump()):
            yield Fault("checkpoint", str(edge.size), f"the root over the first {edge.size} entries is another", RECORD)
    for size in sorted(roots):
        yield Fault("checkpoint", str(size), f"it covers {size} entries, and there are {edge.size}", RECORD)
    last = connection.execute(select(func.max(t.checkpoint.c.size)).where(t.checkpoint.c.log == log)).scalar()
    if (last or 0) < edge.size:
        yield Fault("checkpoint", str(edge.size), "the last entries stand under no checkpoint", RECORD)


def _leaf(row: Any, entry: Entry) -> Iterator[Fault]:
    if row.leaf_hash != leaf_hash(row.leaf):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): the leaf is not the one that was hashed", RECORD)
    if not opens(row.leaf, entry, row.salt):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its words are not those its leaf commits to", RECORD)
    elif not opens_sealed(row.leaf, row.sealed, row.sealed_salt):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its protected part is another", RECORD)
    else:
        again = make_leaf(entry, log=row.log, n=row.n, salt=row.salt, sealed=row.sealed, sealed_salt=row.sealed_salt)
        if again.body != row.leaf:
            yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its leaf names another place or log", RECORD)


def _copy(connection: Connection, outside: Outside, log: str) -> Iterator[Fault]:
    """The log's file copy equals the table; only what the very last deed wrote may still be missing from it."""
    rows = iter(connection.execute(select(t.decision).where(t.decision.c.log == log).order_by(t.decision.c.n)))
    have = 0
    for line in logfile.lines(outside.folder, log, outside.log_bytes):
        row = next(rows, None)
        if row is None:
            yield Fault("log", log, f"its file copy has more than the {have} entries of the record", RECORD)
            return
        if line != logfile.line_of(row):
            if line.endswith(b"\n"):
                yield Fault("log", row.id, f"entry {row.n} is another in the log's file copy", RECORD)
            else:
                have -= 1
        have += 1
    sizes = connection.execute(
        select(t.checkpoint.c.size).where(t.checkpoint.c.log == log).order_by(t.checkpoint.c.size.desc()).limit(2)
    ).scalars().all()  # fmt: skip
    if have < (sizes[1] if len(sizes) > 1 else 0) and not outside.busy:
        yield Fault("log", log, f"its file copy holds {have} entries and the record {sizes[0]}", RECORD)


def _vault(outside: Outside, entries: list[Placed]) -> Iterator[Fault]:
    """Every registered digest is there and matches; nothing is there that was not registered."""
    registered = {e.subject: str(e.payload["number"]) for _, e in reversed(entries) if e.kind == "register"}
    for _, entry in entries:
        if entry.kind in ON_CLAIMS:
            digest = entry.payload["anchor"]["text"]  # type: ignore[index]
            registered.setdefault(digest, f"text of {entry.payload['claim']['item'][:12]}")  # type: ignore[index]
    for digest, name in sorted(registered.items()):
        try:
            outside.vault.verify(digest)
        except ItemAltered as error:
            yield Fault("item", name, error.problem, ITEM)
        except OSError as error:
            yield Fault("item", name, f"item {digest[:12]} cannot be read: {error.strerror}", ITEM)
    for digest in outside.digests:
        if digest not in registered and not (outside.busy or outside.interrupted):
            problem = "it lies in the vault and was never registered; `probanda add` of the same file registers it"
            yield Fault("item", digest, problem, RECORD)
    for path in outside.vault.strays():
        yield Fault("item", path.name, "a file that is no item lies in the vault", RECORD)


def _projection(connection: Connection, entries: list[Placed]) -> Iterator[Fault]:
    """Every projected table equals a fresh projection of the decisions."""
    states = item_states(entries)
    fresh = project(entries, states.get)
    fresh["series"] = series_of(entries)
    for table in t.PROJECTED:
        want = Counter(to_json(row) for row in fresh[table.name])
        have = Counter(to_json(row) for row in rows_of(connection, table))
        for row in sorted((have - want) + (want - have)):
            told = json.loads(row)
            name = str(next((told[k] for k in ("subject", "digest", "decision", "prefix") if k in told), table.name))
            problem = "does not follow from the decisions" if row in have - want else "is missing"
            yield Fault("row", name, f"a row of {table.name} {problem}", RECORD)
    names = compartment_names(connection)
    inside = _pairs(connection, t.decision.c.id, t.decision.c.compartment)
    for _, entry in entries:
        if names.get(inside[entry.id]) != entry_compartment(entry, states.get):
            yield Fault("row", entry.id, f"decision {entry.id} lies in another compartment than what it cites", RECORD)


def _texts(connection: Connection) -> Iterator[Fault]:
    """Each text's words have the digest it states."""
    query = select(t.text.c.n, t.item.c.digest).join(t.item, t.item.c.n == t.text.c.item)
    for n, item in connection.execute(query.where(t.text.c.digest.is_not(None)).order_by(t.item.c.digest)).all():
        row = connection.execute(select(t.text).where(t.text.c.n == n)).one()
        if words_digest(row.words) != row.digest or len(row.words) != row.length:
            yield Fault("row", item, f"part {row.part} of the text of item {item[:12]} is not what was read", RECORD)


def _quotes(connection: Connection) -> Iterator[Fault]:
    """`quote == text[start:end]` for every claim, unless its anchor is lost."""
    numbers = connection.execute(select(t.claim.c.item).distinct()).scalars().all()
    for item in sorted(numbers):
        words = derived.Words(connection, item)
        rows = connection.execute(select(t.claim).where(t.claim.c.item == item).order_by(t.claim.c.id))
        for row in rows:
            quote = from_json(row.body)["quote"]
            if row.anchor_state != "anchor lost" and words.cut(row.start, row.end) != quote:
                yield Fault("claim", row.id, "its quote is not what stands at its place in the text", RECORD)


def _settled_quotes(vault: Vault, entries: list[Placed]) -> Iterator[Fault]:
    """Each settled quote stands in the text that was preserved when it was settled."""
    for _, entry in stands(entries):
        if entry.kind not in ON_CLAIMS:
            continue
        anchor: Any = entry.payload["anchor"]
        base: Any = entry.payload["text_base"]
        try:
            words = vault.read(anchor["text"]).decode("utf-8", "surrogatepass")
        except (ItemAltered, OSError):
            continue  # said already, of the item itself
        if words[anchor["start"] - base : anchor["end"] - base] != anchor["exact"]:
            yield Fault(
                "claim", entry.subject, "the words it was settled on do not stand in the preserved text", RECORD
            )


def _compartments(connection: Connection) -> Iterator[Fault]:
    """All that was derived from an item lies in its compartment."""
    names = compartment_names(connection)
    for n, digest in connection.execute(select(t.item.c.n, t.item.c.digest).order_by(t.item.c.digest)).all():
        want = derived.hold(connection, n)
        for table in t.OF_ITEM:
            query = select(table.c.compartment).where(table.c.item == n).distinct()
            for other in connection.execute(query).scalars():
                if names.get(other, OPEN) != want:
                    yield Fault(
                        "row", digest, f"rows of {table.name} of item {digest[:12]} lie in another compartment", RECORD
                    )


def _partitions(connection: Connection) -> Iterator[Fault]:
    """The rows of each derived partition give the digest in the ledger."""
    for row in connection.execute(select(t.made).order_by(t.made.c.stage, t.made.c.key)).all():
        if ledger.output_of(connection, row.stage, row.key) != (row.output, row.rows):
            yield Fault("partition", f"{row.stage} of {row.key[:64]}", "its rows are not what was derived", RECORD)


def _search(connection: Connection) -> Iterator[Fault]:
    """Each full text table passes its own check and holds as many rows as there are passages."""
    for n, name in sorted(compartment_names(connection).items()):
        if not engine.has_search(connection, n):
            yield Fault("search", name, "this compartment has no search table", RECORD)
            continue
        for problem in engine.check_search(connection, n, derived.search_rows(connection, n)):
            yield Fault("search", name, problem, RECORD)
        passages = connection.execute(select(func.count()).where(t.passage.c.compartment == n)).scalar_one()
        if engine.count(connection, n) != passages:
            yield Fault("search", name, "the search table does not hold what the texts hold", RECORD)


def _pairs(connection: Connection, key: Column[Any], value: Column[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in connection.execute(select(key, value))}


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
