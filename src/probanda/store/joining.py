"""Taking over the logs of another folder, or the entries of a bundle: nothing renumbered, both histories provable.

Start with `parts_of` (what a folder's record holds) and `take_over` (how it comes into ours). Entries keep their log,
place, salt and leaf; a log that is there already must be the same as far as both go, else it is a fork and nothing is
taken. A log that comes in part (a bundle) brings a proof for each entry; it becomes whole when the rest arrives. The
result does not depend on who joined whom (RECORD section 3).

Looks down to: kernel, audit. Used by: store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from probanda.access.eyes import OPEN
from probanda.audit.keys import SigningKey
from probanda.audit.log import Entry
from probanda.audit.tree import Edge
from probanda.kernel.errors import ProbandaError
from probanda.store import tables as t
from probanda.store import tallies
from probanda.store.checkpoints import registered_in
from probanda.store.codec import from_json, to_json
from probanda.store.common import batches, compartment_n, entry_of, place_of, ranks
from probanda.store.model import Deed, LogState
from probanda.store.projection import JOIN
from probanda.store.settings import Settings, settings_from

AT_ONCE = 1000
_LOG = re.compile(r"[0-9a-f]{32}")
"""What `kernel.digests.random_id` gives; it names a folder, so nothing else may."""
_OURS = ("place", "compartment")
"""Columns of `decision` that follow from what else is held here."""


class Forked(ProbandaError):
    """One log with two histories: somebody went on with a copy of it. Nothing was taken over."""

    exit_code = 41

    def __init__(self, log: str, where: str) -> None:
        super().__init__(
            f"The log {log} was continued in two places: {where} differs there and here. Nothing was imported.",
            "A copy that works apart needs a log of its own from the start (`probanda log new`). Keep both folders as "
            "they are, compare them with `probanda verify --against`, and decide which one goes on.",
        )


class CannotJoin(ProbandaError):
    """What was brought cannot stand beside what is here. Nothing was taken over."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is brought of one log."""

    log: str
    leaves: Mapping[int, str]
    """Hash of each entry's leaf, by place."""
    rows: Iterable[Mapping[str, Any]]
    """Rows of `decision` without what follows from the folder they lie in, in order; asked for once."""
    notes: Sequence[Mapping[str, Any]]
    """Rows of `checkpoint`."""
    proofs: Mapping[int, tuple[int, Sequence[str]]] = field(default_factory=dict)
    """(size, hashes) by place, where the log is not whole."""

    def held(self) -> Part:
        """The same with its rows in memory, so that the record it came from can be left."""
        return replace(self, rows=list(self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one log."""

    log: str
    before: int
    """Entries of it that were here."""
    new: int
    size: int
    """Entries of it that are covered by what is here now."""
    root: str
    whole: bool


def parts_of(connection: Connection) -> list[Part]:
    """Every log that a record holds."""
    logs = connection.execute(select(t.decision.c.log).distinct()).scalars().all()
    return [_part(connection, log) for log in sorted(logs)]


def take_over(connection: Connection, parts: Sequence[Part], own: str) -> tuple[list[Taken], list[Entry]]:
    """Write what is new of these logs; gives what came of each, and the new entries, which have yet to take effect.

    `own`: the log that this device writes, which is always whole.

    Raises Forked, CannotJoin.
    """
    taken, entries = [], []
    for part in parts:
        found, new = _take(connection, part, own)
        taken.append(found)
        entries += new
    reorder(connection)
    return taken, entries


def reorder(connection: Connection) -> None:
    """Bring the places of all entries, and of acquisitions, into the order of the logs that are held now."""
    moved = False
    for log, rank in ranks(connection).items():
        wrong = t.decision.c.log == log, t.decision.c.place != place_of(rank, 0) + t.decision.c.n
        changed = connection.execute(update(t.decision).where(*wrong).values(place=place_of(rank, 0) + t.decision.c.n))
        if changed.rowcount:
            moved = True
    if moved:
        own = select(t.decision.c.place).where(t.decision.c.id == t.acquisition.c.decision).scalar_subquery()
        connection.execute(update(t.acquisition).values(place=own))
        tallies.touch_all(connection)


def compare(connection: Connection, part: Part, own: str) -> dict[int, str]:
    """The leaves of a log that are here, by place. Raises Forked where they are not those that were brought, and
    CannotJoin for a log with no proper name, or where entries of our own log come in part."""
    if not _LOG.fullmatch(part.log):
        raise CannotJoin(f"{part.log[:40]!r} is no name of a log.", "No device of ours writes such a one.")
    query = select(t.decision.c.n, t.decision.c.leaf_hash).where(t.decision.c.log == part.log)
    have = {int(n): str(leaf) for n, leaf in connection.execute(query)}
    for n, leaf in sorted(part.leaves.items()):
        if have.get(n, leaf) != leaf:
            raise Forked(part.log, f"entry {n}")
    if part.log == own and part.proofs and part.leaves.keys() - have.keys():
        raise CannotJoin(
            f"The bundle holds entries of this folder's own log {own} that are not here: this is an older copy.",
            "Import the whole folder that went on with it, or give this one a log of its own first "
            "(`probanda log new`). Nothing was imported.",
        )
    return have


def proofs(connection: Connection, log: str) -> dict[int, tuple[int, list[str]]]:
    """(size, hashes) by place, of the entries that are proved one by one."""
    rows = connection.execute(select(t.proof).where(t.proof.c.log == log))
    return {int(row.n): (int(row.size), list(from_json(row.path))) for row in rows}


def _part(connection: Connection, log: str) -> Part:
    here = t.decision.c.log == log
    leaves = connection.execute(select(t.decision.c.n, t.decision.c.leaf_hash).where(here).order_by(t.decision.c.n))
    notes = connection.execute(select(t.checkpoint).where(t.checkpoint.c.log == log).order_by(t.checkpoint.c.size))
    return Part(
        log,
        {int(n): str(leaf) for n, leaf in leaves},
        _rows(connection, log),
        [row._asdict() for row in notes],
        proofs(connection, log),
    )


def _rows(connection: Connection, log: str) -> Iterator[Mapping[str, Any]]:
    columns = [column for column in t.decision.c if column.name not in _OURS]
    query = select(*columns).where(t.decision.c.log == log).order_by(t.decision.c.n)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(query):
        yield row._asdict()


def _take(connection: Connection, part: Part, own: str) -> tuple[Taken, list[Entry]]:
    have = compare(connection, part, own)
    missing = set(part.leaves) - set(have)
    entries = []
    for rows in batches([row for row in part.rows if row["n"] in missing] if missing else [], AT_ONCE):
        entries += [_entry(row) for row in rows]
        _refuse_known(connection, part.log, entries[-len(rows) :])
        inside = compartment_n(connection, OPEN)
        connection.execute(insert(t.decision), [{**row, "place": 0, "compartment": inside} for row in rows])
    _take_notes(connection, part)
    size, root, whole = _settled(connection, part, have)
    return Taken(log=part.log, before=len(have), new=len(entries), size=size, root=root, whole=whole), entries


def _entry(row: Mapping[str, Any]) -> Entry:
    return entry_of(_Named(row))  # type: ignore[arg-type]


class _Named:
    """A row that is not in the table yet, read as one that is."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.__dict__.update(row)


def _refuse_known(connection: Connection, log: str, entries: Sequence[Entry]) -> None:
    """Ids are random: one that stands elsewhere already was copied, and would make two decisions look like one."""
    for batch in batches([entry.id for entry in entries]):
        found = connection.execute(select(t.decision.c.id, t.decision.c.log).where(t.decision.c.id.in_(batch))).first()
        if found is not None:
            raise CannotJoin(
                f"The log {log} has a decision {found.id}, which stands in the log {found.log} already.",
                "Ids of decisions are never used twice, so one of the two was made up; nothing was imported.",
            )


def _take_notes(connection: Connection, part: Part) -> None:
    """Checkpoints of both, signed where either has a signature."""
    query = select(t.checkpoint).where(t.checkpoint.c.log == part.log)
    have = {int(row.size): row for row in connection.execute(query)}
    for row in part.notes:
        here = have.get(int(row["size"]))
        if here is None:
            connection.execute(insert(t.checkpoint).values(**row))
            continue
        if here.root != row["root"]:
            raise Forked(part.log, f"the root over {here.size} entries")
        of = (t.checkpoint.c.log == part.log) & (t.checkpoint.c.size == here.size)
        better = {key: row[key] for key in ("note", "edge") if row[key] and not getattr(here, key)}
        if better:
            connection.execute(update(t.checkpoint).where(of).values(**better))


def _settled(connection: Connection, part: Part, have: Mapping[int, str]) -> tuple[int, str, bool]:
    """Size and root of what is held now, and whether the log is whole: then its own leaves prove it."""
    log = part.log
    every = {**part.leaves, **have}
    noted = connection.execute(select(func.max(t.checkpoint.c.size)).where(t.checkpoint.c.log == log)).scalar() or 0
    if len(every) == max(max(every, default=-1) + 1, noted):
        connection.execute(delete(t.proof).where(t.proof.c.log == log))
        return _whole(connection, log, [every[n] for n in range(len(every))])
    known = select(t.proof.c.n, t.proof.c.size).where(t.proof.c.log == log)
    proved = {int(n): int(size) for n, size in connection.execute(known)}
    was_whole = len(have) if len(have) == max(have, default=-1) + 1 and not proved else 0
    better = {n: told for n, told in part.proofs.items() if n >= was_whole and told[0] > proved.get(n, 0)}
    for batch in batches(sorted(better)):
        connection.execute(delete(t.proof).where(t.proof.c.log == log, t.proof.c.n.in_(batch)))
        rows = [{"log": log, "n": n, "size": better[n][0], "path": to_json(list(better[n][1]))} for n in batch]
        connection.execute(insert(t.proof), rows)
    bare = set(every) - set(proved) - set(better)
    first = max(bare, default=-1) + 1  # what came whole is the beginning, and proved by its own leaves
    if not every.keys() >= set(range(first)):
        raise CannotJoin(
            f"Of the log {log}, entries {len(have)} and more are not all here, and not all that are can be proved.",
            "One of the two copies of this log is older and whole, the other newer and in part: import the whole "
            "folder that the newer one came from. Nothing was imported.",
        )
    query = select(t.checkpoint.c.size, t.checkpoint.c.root).where(t.checkpoint.c.log == log)
    last = connection.execute(query.order_by(t.checkpoint.c.size.desc()).limit(1)).one()
    return int(last.size), str(last.root), False


def _whole(connection: Connection, log: str, leaves: Sequence[str]) -> tuple[int, str, bool]:
    """The leaves give every root that was ever stated of this log."""
    stated = {int(row.size): row for row in connection.execute(select(t.checkpoint).where(t.checkpoint.c.log == log))}
    edge = Edge()
    for leaf in leaves:
        edge.append(leaf)
        row = stated.pop(edge.size, None)
        if row is not None and row.root != edge.root():
            raise Forked(log, f"the root over {edge.size} entries")
        if row is not None and not row.edge:  # it came with a bundle, without the leaves
            of = (t.checkpoint.c.log == log) & (t.checkpoint.c.size == edge.size)
            connection.execute(update(t.checkpoint).where(of).values(edge=to_json(edge.dump())))
    return edge.size, edge.root(), True


# --- what is held, and deeds ----------------------------------------------------------------------


def names(connection: Connection) -> list[str]:
    """Ids of the logs held here, in their order."""
    return [log for log, _ in sorted(ranks(connection).items(), key=lambda pair: pair[1])]


def states(connection: Connection, own: str) -> list[LogState]:
    """Every log held here, in their order."""
    return [_state(connection, log, own) for log in names(connection)]


def _state(connection: Connection, log: str, own: str) -> LogState:
    columns = func.count(), func.min(t.decision.c.n), func.max(t.decision.c.n)
    count, first, last = connection.execute(select(*columns).where(t.decision.c.log == log)).one()
    at = {n: connection.execute(_at(log, n)).scalar_one() for n in {first, last}}
    query = select(t.checkpoint.c.size, t.checkpoint.c.root).where(t.checkpoint.c.log == log)
    point = connection.execute(query.order_by(t.checkpoint.c.size.desc()).limit(1)).one()
    said = settings_of(connection, log)
    return LogState(
        log=log, own=log == own, entries=count, size=int(point.size), root=str(point.root),
        whole=count == max(last + 1, int(point.size)), prefix=None if said is None else said.prefix,
        first=at[first], last=at[last],
    )  # fmt: skip


def _at(log: str, n: int) -> Select[Any]:
    return select(t.decision.c.at).where(t.decision.c.log == log, t.decision.c.n == n)


def settings_of(connection: Connection, log: str) -> Settings | None:
    """What a log says last of the folder it is written in; None where it does not, or not here."""
    query = select(t.decision.c.payload).where(t.decision.c.log == log, t.decision.c.kind == "settings")
    told = connection.execute(query.order_by(t.decision.c.n.desc()).limit(1)).scalar()
    return None if told is None else settings_from(from_json(told))


def deed_of(taken: Taken, told: Mapping[str, Any]) -> Deed:
    """The deed that says how far another device's log came when it was taken over."""
    size = {"size": taken.size, "root": taken.root, "entries": taken.new, "whole": taken.whole}
    return Deed(kind=JOIN, subject=taken.log, payload={**told, **size})


def start_deed(log: str, size: int, root: str, reason: str) -> Deed:
    """The deed with which a copy of a folder begins a log of its own: where the old one stood."""
    return Deed(kind=JOIN, subject=log, payload={"from": "this folder", "size": size, "root": root}, reason=reason)


def begun_with(connection: Connection, key: SigningKey, now: Settings) -> Settings | None:
    """The settings of a log that was begun with this key, and that `case.toml` does not name yet."""
    for log in names(connection):
        found = settings_of(connection, log)
        registered = registered_in(connection, log)
        if log == now.log or found is None or found.case != now.case or len(registered) != 1:
            continue
        if key.public(registered[0].key.name) == registered[0].key:
            return found
    return None
