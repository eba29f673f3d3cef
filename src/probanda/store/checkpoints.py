"""Signed checkpoints: how far this device's log had come, kept in the record and in `log/<log>/checkpoints.txt`.

A device signs with the key in `keys/log.key`, whose public half an entry of the log itself registers. The note lies in
the table first, then in the file, which is completed on the next start, as the log's file copy is. Start with `sign`,
then `Registered` and `stood_at`: which key may sign at which size. A key change is an entry that both keys have signed.

Looks down to: kernel, audit. Used by: store.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, update

from probanda.audit.keys import PublicKey, SigningKey, from_base64
from probanda.audit.log import Entry
from probanda.audit.notes import Checkpoint, signed
from probanda.kernel.errors import ProbandaError
from probanda.store import tables as t
from probanda.store.common import entry_of, now
from probanda.store.model import Deed
from probanda.store.settings import sync_folder

NAME = "checkpoints.txt"
EACH = 1000
"""A note is signed at the latest when so many entries have been added since the last."""
LOG_KEY, MASK_KEY = "keys/log.key", "keys/mask.key"
NEXT_KEY = f"{LOG_KEY}.part"
"""The new key while its registration is being recorded."""
CHECKPOINTS, CODENAMES = "checkpoints", "codenames"
"""What a key is for, as its entry says."""


class CannotSign(ProbandaError):
    """The key that signs this device's log is not there, or is not the one that its log registers."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"The log in {folder} cannot be signed: {problem}.",
            f"Restore {LOG_KEY} from a copy; `probanda verify` says what else is wrong.",
        )


@dataclass(frozen=True, slots=True)
class Registered:
    """A key for checkpoints as an entry of the log registers it."""

    n: int
    """Place of the entry: the key signs every checkpoint that covers it, until the next key's entry."""
    decision: str
    key: PublicKey
    countersigned: Mapping[str, str]
    """Signatures over the change, in base64: `new` and `old`; empty for the first key."""


def origin_of(case: str, log: str) -> str:
    """The name of a log on its checkpoints."""
    return f"probanda/{case}/{log}"


def path_of(folder: Path, log: str) -> Path:
    """Where the notes of a log lie."""
    return folder / "log" / log / NAME


# --- keys -----------------------------------------------------------------------------------------


def key_deed(key: PublicKey, *, reason: str = "", **more: Any) -> Deed:
    """The deed that registers a key for checkpoints."""
    told = {"name": key.name, "algorithm": "ed25519", "public": key.text, "for": CHECKPOINTS, **more}
    return Deed(kind="key", subject=key.id.hex(), payload=told, reason=reason)


def mask_deed(secret: bytes) -> Deed:
    """The deed that commits to the key for codenames, without a word of it."""
    found = mask_commitment(secret)
    told = {"name": MASK_KEY, "algorithm": "sha256", "public": found, "for": CODENAMES}
    return Deed(kind="key", subject=found[:32], payload=told)


def mask_commitment(secret: bytes) -> str:
    """SHA-256 of `mask.key`, a zero byte, and the key's bytes (32 random ones, so that nobody can guess them)."""
    return hashlib.sha256(b"mask.key\0" + secret).hexdigest()


def change_words(key: PublicKey) -> bytes:
    """What both keys sign when a key changes. No checkpoint begins so, thus neither signature can pass for another."""
    return f"probanda key change\n{key.text}\n".encode()


def change_deed(old: SigningKey, new: SigningKey, registered: Registered, reason: str) -> Deed:
    """The deed that puts a new key in the place of the one registered, signed by both."""
    public = new.public(registered.key.name)
    words = change_words(public)
    signatures = {"old": _base64(old.sign(words)), "new": _base64(new.sign(words))}
    return key_deed(public, reason=reason, replaces=registered.key.id.hex(), countersigned=signatures)


def registered_keys(entries: Iterable[tuple[int, Entry]]) -> list[Registered]:
    """The keys for checkpoints that these entries of one log register, in order. Raises ValueError, KeyError."""
    return [
        Registered(n, e.id, PublicKey.parse(str(e.payload["public"])), dict(e.payload.get("countersigned", {})))  # type: ignore[call-overload]
        for n, e in entries
        if e.kind == "key" and e.payload["for"] == CHECKPOINTS
    ]


def stood_at(keys: Iterable[Registered], size: int) -> Registered | None:
    """The key that may sign a checkpoint of this size: the last one registered among the entries it covers."""
    return max((one for one in keys if one.n < size), key=lambda one: one.n, default=None)


def change_is_signed(before: Registered, after: Registered) -> bool:
    """True when both keys signed the change."""
    words = change_words(after.key)
    try:
        old, new = (from_base64(after.countersigned.get(which, "")) for which in ("old", "new"))
    except ValueError:
        return False
    return before.key.verifies(old, words) and after.key.verifies(new, words)


def registered_in(connection: Connection, log: str) -> list[Registered]:
    """The keys for checkpoints that a log registers, in order."""
    rows = connection.execute(
        select(t.decision).where(t.decision.c.log == log, t.decision.c.kind == "key").order_by(t.decision.c.n)
    )
    return registered_keys((int(row.n), entry_of(row)) for row in rows)


def write_secret(path: Path, secret: bytes) -> None:
    """Write a key that only its owner may read, and sync it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        os.write(file, secret)
        os.fsync(file)
    finally:
        os.close(file)
    sync_folder(path.parent)


def signing_key(folder: Path, registered: Registered) -> SigningKey:
    """This device's key. A change that was cut off after it was recorded is completed. Raises CannotSign."""
    for name in (LOG_KEY, NEXT_KEY):
        try:
            key = SigningKey.from_seed((folder / name).read_bytes())
        except (OSError, ValueError):
            continue
        if key.public(registered.key.name) == registered.key:
            if name == NEXT_KEY:
                (folder / NEXT_KEY).replace(folder / LOG_KEY)
                sync_folder((folder / LOG_KEY).parent)
            return key
    raise CannotSign(folder, f"{LOG_KEY} is not the key {registered.key.id.hex()} that entry {registered.n} registers")


# --- notes ----------------------------------------------------------------------------------------


def sign(connection: Connection, folder: Path, origin: str, log: str) -> str | None:
    """The note over the whole log, signed and kept in the table unless it is there already; None without entries.

    Raises CannotSign. The file gets it by `complete`, after this transaction.
    """
    query = select(t.checkpoint).where(t.checkpoint.c.log == log).order_by(t.checkpoint.c.size.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None or row.note is not None:
        return None if row is None else str(row.note)
    registered = stood_at(registered_in(connection, log), int(row.size))
    if registered is None:
        raise CannotSign(folder, "no entry registers a key")
    key = signing_key(folder, registered)
    note = signed(Checkpoint(origin, int(row.size), row.root), key, registered.key.name, now())
    connection.execute(
        update(t.checkpoint).where(t.checkpoint.c.log == log, t.checkpoint.c.size == row.size).values(note=note)
    )
    return note


def unsigned(connection: Connection, log: str) -> int:
    """How many entries have been added since the last note."""
    noted = select(func.max(t.checkpoint.c.size)).where(t.checkpoint.c.log == log)
    last = connection.execute(noted).scalar() or 0
    return int(last) - int(connection.execute(noted.where(t.checkpoint.c.note.is_not(None))).scalar() or 0)


def notes(connection: Connection, log: str) -> list[tuple[int, str, str]]:
    """(size, root, note) of every checkpoint of a log that was signed, by size."""
    query = select(t.checkpoint).where(t.checkpoint.c.log == log, t.checkpoint.c.note.is_not(None))
    rows = connection.execute(query.order_by(t.checkpoint.c.size))
    return [(int(row.size), str(row.root), str(row.note)) for row in rows]


def complete(connection: Connection, folder: Path, log: str) -> None:
    """Add to the file what the table has and it has not yet; a note torn by a kill is made whole.

    A file that says something else than the table is left as it is, for `verify` to name, and gets the newest note
    alone. Raises OSError.
    """
    told = notes(connection, log)
    if not told:
        return
    path = path_of(folder, log)
    found = path.read_bytes() if path.exists() else b""
    want = file_of(note for _, _, note in told)
    if found == want:
        return
    last = file_of([told[-1][2]])
    missing = want[len(found) :] if want.startswith(found) else b"" if last in found else last
    if not missing:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(missing)
        file.flush()
        os.fsync(file.fileno())
    if not found:
        sync_folder(path.parent)


def rewrite(connection: Connection, folder: Path, log: str) -> None:
    """Write the file anew, whole or not at all: notes of another device came between others. Raises OSError."""
    path = path_of(folder, log)
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{NAME}.part")
    with waiting.open("wb") as file:
        file.write(file_of(note for _, _, note in notes(connection, log)))
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
    sync_folder(path.parent)


def file_of(told: Iterable[str]) -> bytes:
    """Notes as they lie in the file, one after the other, an empty line after each."""
    return "".join(f"{note}\n" for note in told).encode()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
