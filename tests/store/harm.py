"""Harm done to a closed case folder, by a disk and by an insider who can write all of it, the key included."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import delete, insert, select

from probanda.audit.keys import SigningKey
from probanda.audit.log import SALT_BYTES, Entry, make_leaf
from probanda.audit.notes import Checkpoint, signed
from probanda.audit.tree import Edge
from probanda.kernel.digests import random_id
from probanda.store import checkpoints, logfile, record
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.common import all_entries, compartment_n
from probanda.store.store import Store
from tests.store.desk import REPORT, TESTIMONY, Desk, settings

KILLED = "the Northern Brigade killed twelve farmers"


def a_case(folder: Path) -> Path:
    """A closed case with two items, derived rows, decisions of most kinds, and many signed checkpoints."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        desk = Desk(store, store.owner)
        digest, other = desk.add(REPORT, "report.txt"), desk.add(TESTIMONY, "words.txt", "restricted")
        store.sign_checkpoint()
        (claim,) = desk.read(digest, REPORT, (KILLED,))
        desk.read(other, TESTIMONY)
        desk.settle(claim, "accept")
        left, right = (one.id for one in store.mentions(store.owner))
        desk.decide("identity", left, left=left, right=right, verdict="same", kind="actor")
        store.sign_checkpoint()
        for turn in range(12):
            desk.decide("output", f"report {turn}", kind="report", digest="0" * 64)
            if turn % 3 == 0:
                store.sign_checkpoint()
        stamps = checkpoints.path_of(folder, store.settings.log).with_name("stamps")
        stamps.mkdir()
        (stamps / "5-1.tsr").write_bytes(b"as an authority would have it" * 20)
        desk.decide("label", digest, label="public")
    return folder


# --- a disk ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of one file."""

    path: Path
    byte: int
    bit: int

    def do(self) -> None:
        """Flip it; done twice, the file is as it was."""
        mode = self.path.stat().st_mode
        self.path.chmod(0o600)
        with self.path.open("r+b") as file:
            file.seek(self.byte)
            found = file.read(1)[0]
            file.seek(self.byte)
            file.write(bytes([found ^ 1 << self.bit]))
        self.path.chmod(mode)


def flips(folder: Path, count: int, dice: random.Random) -> list[Flip]:
    """Half of them anywhere among all bits, half in a file drawn first, so that small files have their share."""
    sizes = {path: path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size}
    paths = list(sizes)
    drawn = [
        dice.choices(paths, [sizes[p] for p in paths])[0] if turn % 2 else dice.choice(paths) for turn in range(count)
    ]
    return [Flip(path, dice.randrange(sizes[path]), dice.randrange(8)) for path in drawn]


# --- an insider -----------------------------------------------------------------------------------

History = list[Entry]


def edit(history: History, at: int, dice: random.Random) -> History:
    """Other words in one entry."""
    told = replace(history[at], reason=f"other words {dice.random()}")
    return [*history[:at], told, *history[at + 1 :]]


def take_out(history: History, at: int, dice: random.Random) -> History:
    """One entry deleted."""
    return [*history[:at], *history[at + 1 :]]


def put_in(history: History, at: int, dice: random.Random) -> History:
    """One entry inserted, dated as its neighbour is."""
    told = replace(history[at], id=random_id(), subject="a report that nobody made")
    return [*history[:at], told, *history[at:]]


def reorder(history: History, at: int, dice: random.Random) -> History:
    """Two neighbours in the other order."""
    return [*history[:at], history[at + 1], history[at], *history[at + 2 :]]


def cut_off(history: History, at: int, dice: random.Random) -> History:
    """All from here on deleted."""
    return history[:at]


REWRITES: list[Callable[[History, int, random.Random], History]] = [edit, take_out, put_in, reorder, cut_off]


def rewrite(store: Store, history: History, key: SigningKey | None = None) -> None:
    """Make this the history: leaves, roots, checkpoints signed anew, projections and both files, all in agreement."""
    log, folder = store.settings.log, store.folder
    signer = key or SigningKey.from_seed((folder / checkpoints.LOG_KEY).read_bytes())
    name = checkpoints.origin_of(store.settings.case, log)
    with store._writing() as connection:
        noted = {size for size, _, _ in checkpoints.notes(connection, log)}
        sealed = {row.id: row for row in connection.execute(select(t.decision))}
        for table in (t.decision, t.checkpoint):
            connection.execute(delete(table))
        edge = Edge()
        for n, entry in enumerate(history):
            was = sealed.get(entry.id)
            salt = secrets.token_bytes(SALT_BYTES) if was is None else was.salt
            sealed_salt = secrets.token_bytes(SALT_BYTES) if was is None else was.sealed_salt
            leaf = make_leaf(entry, log=log, n=n, salt=salt, sealed_salt=sealed_salt)
            connection.execute(
                insert(t.decision).values(
                    log=log, n=n, place=n, id=entry.id, at=entry.at, by=entry.by, kind=entry.kind,
                    subject=entry.subject,
                    over=to_json(entry.over), seen=to_json(entry.seen), reason=entry.reason,
                    payload=to_json(entry.payload), labels=to_json(entry.labels),
                    compartment=compartment_n(connection, "open"), salt=salt, sealed=b"", sealed_salt=sealed_salt,
                    leaf=leaf.body, leaf_hash=leaf.hash,
                )
            )  # fmt: skip
            edge.append(leaf.hash)
            size = n + 1
            note = None
            if size in noted or size == len(history):
                note = signed(Checkpoint(name, size, edge.root()), signer, name, entry.at)
            connection.execute(
                insert(t.checkpoint).values(
                    log=log, size=size, root=edge.root(), edge=to_json(edge.dump()), note=note
                )
            )  # fmt: skip
        record.project_all(connection)
    logfile.path_of(folder, log).unlink()
    checkpoints.path_of(folder, log).unlink()
    store._complete_log()
    with store._reading() as connection:
        checkpoints.complete(connection, folder, log)


def history_of(store: Store) -> History:
    """The entries of the log, in order."""
    with store._reading() as connection:
        return [entry for _, entry in all_entries(connection)]
