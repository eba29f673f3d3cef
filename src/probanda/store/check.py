"""The proof that record, log and vault are what was written, and a dump to compare two records by.

Start with `verify`: each step is one function that names what it found wrong. A fault with severity 0 is a remark: it
is to be known and is no fault. Nothing is written. What lies beside the log (checkpoints, settings, keys, files that do
not belong) is looked at in `around`.

Looks down to: kernel, audit, vault. Used by: store.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select
from sqlalchemy.exc import DatabaseError

from probanda.access.eyes import OPEN
from probanda.audit.keys import PublicKey
from probanda.audit.log import Entry, leaf_hash, make_leaf, opens, opens_sealed, stands_at
from probanda.audit.tree import Edge, verify_inclusion
from probanda.kernel.digests import words_digest
from probanda.kernel.errors import ItemAltered
from probanda.store import around, checkpoints, derived, erasing, joining, ledger, logfile, tallies
from probanda.store import tables as t
from probanda.store.around import Outside, Saved
from probanda.store.codec import from_json, to_json
from probanda.store.common import compartment_names, entry_of, place_of, ranks
from probanda.store.engines import sqlite as engine
from probanda.store.matrix_deeds import SIGNED_KINDS
from probanda.store.model import Fault
from probanda.store.projection import (
    ASK_TO_DESTROY,
    DESTROY_ITEM,
    DESTROY_WORDS,
    DESTROYED,
    FINDING,
    LAW_PACK,
    MODEL_ANSWER,
    OFFICIAL_COPY,
    ON_CLAIMS,
    SECOND_READING,
    Placed,
    cited,
    entry_compartment,
    item_states,
    preserved_by,
    project,
    series_of,
    stands,
)
from probanda.store.settings import Settings
from probanda.vault.vault import Vault

ITEM, RECORD, REMARK = 40, 41, 0
Checked = Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class _Log:
    """One log as the record has it: its rows in their order, and the entries they hold."""

    id: str
    rows: Sequence[Any]
    entries: Sequence[Placed]


def verify(
    connection: Connection,
    outside: Outside,
    settings: Settings,
    *,
    saved: Sequence[Saved] = (),
    quick: bool = False,
    checked: Checked = None,
) -> list[Fault]:
    """Every fault found, in the order of the steps, remarks among them; empty when all is well.

    `saved`: checkpoints and logs kept elsewhere, which this log must be a continuation of. `quick`: items are compared
    by BLAKE3 where their registration has one. `checked` is told how many items were, of how many.
    """
    found: list[Fault] = [*outside.sealed.faults, *around.left_open(outside)]
    damaged = [Fault("database", "record.db", words, RECORD) for words in engine.quick_check(connection)]
    if damaged:
        return found + damaged
    logs: list[_Log] = []
    unread = list(_read_logs(connection, logs))
    if unread:
        return found + unread
    places = [(int(row.place), entry) for log in logs for row, (_, entry) in zip(log.rows, log.entries, strict=True)]
    entries = sorted(places, key=lambda placed: placed[0])
    steps: list[Callable[[], Iterator[Fault]]] = [
        *(lambda log=log: _log(connection, outside, log, saved) for log in logs),
        lambda: around.unknown_logs([log.id for log in logs], saved),
        lambda: _unrecorded(outside, {log.id for log in logs}),
        lambda: _order(connection, logs),
        lambda: _erased(entries),
        *(lambda log=log: _copy(connection, outside, log) for log in logs),
        lambda: around.settings_stated(outside, settings, {log.id: log.entries for log in logs}),
        lambda: around.keys_stated(outside, settings.log, {log.id: log.entries for log in logs}),
        lambda: around.strays(outside, [log.id for log in logs], entries),
        lambda: _vault(outside, entries, quick, checked),
        lambda: _projection(connection, entries),
        lambda: _texts(connection),
        lambda: _quotes(connection),
        lambda: _settled_quotes(outside.vault, entries),
        lambda: _compartments(connection),
        lambda: _partitions(connection),
        lambda: _search(connection),
        lambda: _tallied(connection),
    ]
    for step in steps:
        try:
            found += step()
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            # A row altered by hand may be of any form: say so, and go on with the other steps.
            found.append(Fault("row", "unreadable", f"a row cannot be understood: {error}", RECORD))
        except DatabaseError as error:
            found.append(Fault("database", "record.db", f"rows cannot be read: {error.orig}", RECORD))
    return found


def dump(connection: Connection, *, log: bool) -> bytes:
    """Every row of every table but the numbers of this machine, sorted; without the log, current state alone."""
    lines = []
    state = [table for table in (*t.PROJECTED, *t.DERIVED) if table is not t.cite]
    for table in (*((t.decision, t.checkpoint, t.proof, t.cite) if log else ()), *state):
        lines += [to_json([table.name, row]) for row in rows_of(connection, table) if _is_told(table, row)]
    return "\n".join(sorted(lines)).encode("ascii") + b"\n"


def _is_told(table: Table, row: dict[str, Any]) -> bool:
    """Protected parts belong to a store of their own, and roots that nobody signed to the run that wrote them."""
    if table is t.decision:
        del row["sealed"], row["sealed_salt"]
    return table is not t.checkpoint or row["note"] is not None


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


def _read_logs(connection: Connection, logs: list[_Log]) -> Iterator[Fault]:
    """Fill in the logs of this record, by id; the faults are entries that cannot even be read."""
    by_log: dict[str, tuple[list[Any], list[Placed]]] = {}
    try:
        for row in connection.execute(select(t.decision).order_by(t.decision.c.log, t.decision.c.n)):
            rows, entries = by_log.setdefault(row.log, ([], []))
            try:
                entries.append((int(row.n), entry_of(row)))
                rows.append(row)
            except (ValueError, TypeError, KeyError) as error:
                yield Fault("entry", str(row.id), f"entry {row.n} cannot be read: {error}", RECORD)
    except DatabaseError as error:
        yield Fault("entry", "unreadable", f"a decision cannot be read: {error.orig}", RECORD)
    for found in connection.execute(select(t.checkpoint.c.log).distinct()).scalars():
        by_log.setdefault(found, ([], []))
    logs += [_Log(log, *by_log[log]) for log in sorted(by_log)]


def _log(connection: Connection, outside: Outside, log: _Log, saved: Sequence[Saved]) -> Iterator[Fault]:
    """Each entry and salt gives its leaf, leaves give the roots, the log has no gap, and every checkpoint agrees."""
    roots = {int(row.size): row for row in connection.execute(select(t.checkpoint).where(t.checkpoint.c.log == log.id))}
    last = max(roots, default=0)
    found = around.Tree.of(log.id)
    edge = Edge()
    before: datetime | None = None
    proofs = joining.proofs(connection, log.id)
    whole = sum(1 for at, row in enumerate(log.rows) if row.n == at) if proofs else len(log.rows)
    for row, (_, entry) in zip(log.rows[:whole], log.entries, strict=False):
        if row.n != edge.size:
            yield Fault("entry", row.id, f"the log has no entry {edge.size}: this one stands at {row.n}", RECORD)
            return
        yield from _leaf(row, entry)
        yield from _clock(row, before)
        before = _time(row.at) or before
        found.add(leaf_hash(row.leaf), edge)
        here = roots.pop(edge.size, None)
        if here is not None and (here.root != edge.root() or from_json(here.edge) != edge.dump()):
            yield Fault("checkpoint", str(edge.size), f"the root over the first {edge.size} entries is another", RECORD)
    if proofs:
        yield from _part_of_log(connection, outside, log, proofs)
        return
    for size in sorted(roots):
        yield Fault("checkpoint", str(size), f"it covers {size} entries, and there are {edge.size}", RECORD)
    if last < edge.size:
        yield Fault("checkpoint", str(edge.size), "the last entries stand under no checkpoint", RECORD)
    yield from around.signed_checkpoints(connection, outside, found, log.entries, saved)


def _part_of_log(
    connection: Connection, outside: Outside, log: _Log, proofs: dict[int, tuple[int, list[str]]]
) -> Iterator[Fault]:
    """Of a log that is not whole here, each entry leads by its proof to a checkpoint that the log's key has signed."""
    yield from around.signed_notes(connection, outside, log.id, log.entries)
    noted = {size: root for size, root, _ in checkpoints.notes(connection, log.id)}
    for row, (_, entry) in zip(log.rows, log.entries, strict=True):
        if row.n not in proofs:
            continue  # among the first, which came whole: their leaves gave the roots
        yield from _leaf(row, entry)
        size, path = proofs.pop(row.n)
        if size not in noted:
            yield Fault("entry", row.id, f"entry {row.n} of log {log.id}: no signed checkpoint proves it", RECORD)
        elif not verify_inclusion(leaf_hash(row.leaf), row.n, size, path, noted[size]):
            problem = f"entry {row.n} of log {log.id}: its proof does not lead to the checkpoint over {size} entries"
            yield Fault("entry", row.id, problem, RECORD)
    for n in sorted(proofs):
        yield Fault("entry", str(n), f"there is a proof for entry {n} of log {log.id}, and no such entry", RECORD)
    copied = outside.proofs.get(log.id, b"")
    if copied != logfile.proof_lines(connection, log.id) and not outside.unfinished:
        yield Fault("log", log.id, f"log/{log.id}/{logfile.PROOFS} is not what was brought", RECORD)


def _unrecorded(outside: Outside, logs: set[str]) -> Iterator[Fault]:
    """No log lies in the folder of which the record holds nothing at all."""
    for log, size in sorted(outside.log_bytes.items()):
        if size and log not in logs and not outside.busy:
            yield Fault("log", log, f"its file copy holds {size} bytes, and the record not one entry of it", RECORD)


def _order(connection: Connection, logs: Sequence[_Log]) -> Iterator[Fault]:
    """Every entry stands where the order over all logs puts it."""
    order = ranks(connection)
    for log in logs:
        for row in log.rows:
            if row.place != place_of(order[log.id], row.n):
                yield Fault("row", row.id, f"entry {row.n} of log {log.id} stands elsewhere in the order", RECORD)


_BEAR_SIGNATURES = frozenset({ASK_TO_DESTROY, DESTROY_ITEM, DESTROY_WORDS, FINDING, *SIGNED_KINDS})


def _erased(entries: Sequence[Placed]) -> Iterator[Fault]:
    """Words are missing only where two users decided so, each with a signature by a key that the log registers."""
    by = {entry.id: entry for _, entry in entries}
    keys: dict[str, list[PublicKey]] = defaultdict(list)
    for _, entry in entries:
        if entry.kind == "user-key":
            keys[entry.subject].append(PublicKey.parse(str(entry.payload["key"])))
    for _, entry in entries:
        if DESTROYED in entry.payload and not erasing.is_rightly_erased(entry, by):
            problem = f"the words of entry {entry.id} ({entry.kind}) are gone, and no decision destroyed them"
            yield Fault("entry", entry.id, problem, RECORD)
        signs = entry.kind in _BEAR_SIGNATURES and DESTROYED not in entry.payload
        if signs and not erasing.is_signed(entry, keys[entry.by]):
            problem = f"decision {entry.id} ({entry.kind}) bears no signature by a key of the user who made it"
            yield Fault("entry", entry.id, problem, RECORD)
        if entry.kind in (DESTROY_ITEM, DESTROY_WORDS):
            request = by.get(str(entry.payload["request"]))
            if request is None or request.by == entry.by or request.subject != entry.subject:
                problem = f"decision {entry.id} destroyed something, and no other user had asked for it"
                yield Fault("entry", entry.id, problem, RECORD)


def _clock(row: Any, before: datetime | None) -> Iterator[Fault]:
    """The order of a log is that of its places; a clock that ran backwards between two of them is to be known."""
    at = _time(row.at)
    if at is not None and before is not None and at < before:
        told = f"entry {row.n} is dated {row.at}, before the one it follows: the clock was set back; the order stands"
        yield Fault("clock", row.id, told, REMARK)


def _time(at: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _leaf(row: Any, entry: Entry) -> Iterator[Fault]:
    if row.leaf_hash != leaf_hash(row.leaf):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): the leaf is not the one that was hashed", RECORD)
    if entry.payload.get(DESTROYED) and not row.salt:
        if not stands_at(row.leaf, row.log, row.n, row.at):
            yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its leaf names another place or log", RECORD)
        return  # its words were destroyed, which an entry of its own says
    if not opens(row.leaf, entry, row.salt):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its words are not those its leaf commits to", RECORD)
    elif not row.sealed_salt and not row.sealed:  # it came without its protected part, which lies elsewhere
        if not stands_at(row.leaf, row.log, row.n, row.at):
            yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its leaf names another place or log", RECORD)
    elif not opens_sealed(row.leaf, row.sealed, row.sealed_salt):
        yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its protected part is another", RECORD)
    else:
        again = make_leaf(entry, log=row.log, n=row.n, salt=row.salt, sealed=row.sealed, sealed_salt=row.sealed_salt)
        if again.body != row.leaf:
            yield Fault("entry", row.id, f"entry {row.n} ({row.kind}): its leaf names another place or log", RECORD)


def _copy(connection: Connection, outside: Outside, log: _Log) -> Iterator[Fault]:
    """The log's file copy equals the table, line by line; after a clean close to the last byte.

    While somebody writes, or after a run that was cut off, what the very last deed wrote may be missing or torn.
    """
    at, have = 0, 0
    for line in logfile.lines(outside.folder, log.id, outside.log_bytes.get(log.id, 0)):
        if at == len(log.rows):
            yield Fault("log", log.id, f"its file copy has more than the {at} entries of the record", RECORD)
            return
        row = log.rows[at]
        if line != logfile.line_of(row):
            if line.endswith(b"\n") or not outside.unfinished or not logfile.line_of(row).startswith(line):
                where = f"line {at + 1} of log/{log.id}/{logfile.SEGMENT}"
                yield Fault("log", row.id, f"entry {row.n} is another in the log's file copy ({where})", RECORD)
                want = logfile.line_of(row)[:-1]
                if not line.endswith(b"\n") or want.startswith(line[:-1]) or line.startswith(want):
                    return  # a line end came or went: the lines below stand elsewhere
            else:
                have -= 1
        at, have = at + 1, have + 1
    sizes = connection.execute(
        select(t.checkpoint.c.size).where(t.checkpoint.c.log == log.id).order_by(t.checkpoint.c.size.desc()).limit(2)
    ).scalars().all()  # fmt: skip
    least = min(sizes[1] if len(sizes) > 1 else 0, len(log.rows)) if outside.unfinished else len(log.rows)
    if have < least and not outside.busy:
        yield Fault("log", log.id, f"its file copy holds {have} entries and the record {len(log.rows)}", RECORD)


def _vault(outside: Outside, entries: list[Placed], quick: bool, checked: Checked) -> Iterator[Fault]:
    """Every registered digest is there and matches; nothing is there that was not registered."""
    registered: dict[str, str] = {}
    quickly: dict[str, str] = {}
    for _, entry in reversed(entries):
        if entry.kind == "register":
            registered[entry.subject] = str(entry.payload["number"])
            if quick and entry.payload.get("blake3"):
                quickly[entry.subject] = str(entry.payload["blake3"])
    for _, entry in entries:
        what = {MODEL_ANSWER: "answer about", LAW_PACK: "law pack", OFFICIAL_COPY: "copy of the law"}.get(
            entry.kind, "text of"
        )
        for digest in preserved_by(entry.kind, entry.payload):
            registered.setdefault(digest, f"{what} {next(iter(cited(entry)), '')[:12]}")
    gone = {entry.subject: entry for _, entry in entries if entry.kind == DESTROY_ITEM}
    for digest in sorted(gone.keys() & set(outside.digests)):
        problem = f"decision {gone[digest].id} destroyed it, and its bytes lie in the vault"
        if not (outside.busy or outside.unfinished):
            yield Fault("item", registered.get(digest, digest), problem, RECORD)
    for digest in gone.keys() & registered.keys():
        del registered[digest]
    count = len(registered)
    for wrong in outside.vault.verify_all(
        sorted(registered), quick=quickly, progress=None if checked is None else lambda done: checked(done, count)
    ):
        yield Fault("item", registered.get(wrong.item, wrong.item), wrong.problem, ITEM)
    for digest in outside.digests:
        if digest not in registered and digest not in gone and not (outside.busy or outside.interrupted):
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
        if entry.kind not in (*ON_CLAIMS, SECOND_READING) or not entry.payload.get("anchor"):
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


def _tallied(connection: Connection) -> Iterator[Fault]:
    """What lists are narrowed by, and the counts, are what the record gives."""
    for name in tallies.wrong(connection):
        problem = "the counts do not follow from the items" if name == tallies.COUNTED else (
            f"item {name[:12]} stands in the list as something else than it is"
        )  # fmt: skip
        yield Fault("row", name, f"{problem}; `probanda rebuild` counts anew", RECORD)


def _pairs(connection: Connection, key: Column[Any], value: Column[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in connection.execute(select(key, value))}


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
