"""The part of the proof that looks around the log: checkpoints, settings, keys, and what does not belong in the folder.

Start with `Outside` (what lay beside the database) and `signed_checkpoints`. `read_saved` takes a checkpoint, or a copy
of a log, that somebody kept elsewhere: it is what finds a log that was written anew with all its hashes, since whoever
can write the whole folder, key included, can make another history that agrees with itself.

Looks down to: kernel, audit, vault. Used by: store (check, store).
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from probanda.audit.keys import PublicKey, SigningKey
from probanda.audit.log import Entry, leaf_hash
from probanda.audit.notes import Note, read_note, split_notes
from probanda.audit.tree import Edge
from probanda.kernel.digests import sha256
from probanda.kernel.errors import WrongUsage
from probanda.store import checkpoints, locking, logfile, seal
from probanda.store.common import REPORTS, RESTORED, REWRITING, TAKING_IN, WORKBENCH
from probanda.store.model import Fault
from probanda.store.projection import Placed
from probanda.store.saved import NAME as SEARCHES
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import WAITING, Settings, settings_from
from probanda.vault.vault import Vault

RECORD, REMARK = 41, 0
LEFT_BY_A_KILL = frozenset({
    WAITING, seal.WAITING, ".making", checkpoints.NEXT_KEY,
    *(f"{seal.DATABASE}.part{end}" for end in ("", "-wal", "-shm")),
})  # fmt: skip
"""What a run that was cut off may leave; the next writer takes it away or completes it."""
OPEN_ENDED = frozenset(
    {locking.NAME, TAKING_IN, REWRITING, RESTORED, WORKBENCH, f"{seal.DATABASE}-wal", f"{seal.DATABASE}-shm"}
)
"""What a run has while it works. At rest they are empty, or not there; no digest covers them."""
STAMPS = re.compile(r"log/([0-9a-f]+)/stamps/[^/.][^/]*")
"""Time stamps over roots: covered by the seal, and by their own signatures where stamps are checked."""

Logs = Mapping[str, Sequence[Placed]]
"""The entries of each log, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What lay beside the database just before its snapshot was taken.

    Writers keep bytes first, then record them, then write the file copy: so what is listed here and
    not in the snapshot is a fault, unless somebody is writing at this moment (`busy`).
    """

    folder: Path
    vault: Vault
    digests: tuple[str, ...]
    names: tuple[str, ...]
    """Every file but the items, as paths below the folder."""
    log_bytes: Mapping[str, int]
    """Size of each log's file copy."""
    notes: Mapping[str, bytes]
    """Each log's `checkpoints.txt`."""
    proofs: Mapping[str, bytes]
    """Each log's `proofs.jsonl`, where it is not whole here."""
    settings: bytes
    """`case.toml`."""
    secrets: Mapping[str, bytes] = field(repr=False)
    """The files in `keys`, which never leave this value but as verdicts."""
    sealed: seal.Look
    wal: int
    """Bytes of SQLite's write-ahead log."""
    alone: bool
    """True when we hold the writers' lock ourselves."""
    busy: bool
    """True when another process writes."""
    interrupted: bool
    """True when a run that took files in was cut off: bytes it kept may wait for their registration."""

    @property
    def unfinished(self) -> bool:
        """True when the very last deed may not have reached every file: somebody writes, or was cut off."""
        return self.busy or (not self.sealed.sealed and not self.alone)

    @classmethod
    def of(cls, folder: Path, vault: Vault, *, alone: bool) -> Outside:
        """Look now. `alone`: we hold the writers' lock ourselves."""
        names = tuple(_files(folder))
        logs = [name.split("/")[1] for name in names if name.startswith("log/") and name.count("/") == 2]
        busy = not alone and locking.is_held(folder)
        wal = folder / f"{seal.DATABASE}-wal"
        return cls(
            folder=folder, vault=vault, digests=tuple(vault.digests()), names=names,
            log_bytes={log: _size(logfile.path_of(folder, log)) for log in logs},
            notes={log: _bytes(checkpoints.path_of(folder, log)) for log in logs},
            proofs={log: _bytes(folder / "log" / log / logfile.PROOFS) for log in logs},
            settings=_bytes(folder / SETTINGS),
            secrets={name: _bytes(folder / name) for name in names if name.startswith("keys/")},
            sealed=seal.Look(sealed=False) if alone or busy else seal.look(folder), wal=_size(wal),
            alone=alone, busy=busy, interrupted=(folder / TAKING_IN).exists(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A log as somebody kept it elsewhere: how large it was and its root, or all its leaves."""

    source: str
    log: str
    size: int
    root: str
    note: Note | None = None
    leaves: tuple[str, ...] = ()


@dataclass(slots=True)
class Tree:
    """The leaves of a log as they are now."""

    log: str
    leaves: list[str]

    @classmethod
    def of(cls, log: str) -> Tree:
        """An empty one."""
        return cls(log, [])

    def add(self, leaf: str, edge: Edge) -> None:
        """The next leaf, which grows the edge as well."""
        self.leaves.append(leaf)
        edge.append(leaf)

    def roots(self, sizes: Iterable[int]) -> dict[int, str]:
        """The roots over the first so many leaves; none for a size that the log has not reached."""
        wanted, edge = set(sizes), Edge()
        found = {0: edge.root()}
        for leaf in self.leaves[: max(wanted, default=0)]:
            edge.append(leaf)
            if edge.size in wanted:
                found[edge.size] = edge.root()
        return found


def read_saved(source: str, data: bytes) -> list[Saved]:
    """What a file kept elsewhere says: signed checkpoints, or the lines of a log. Raises WrongUsage otherwise."""
    try:
        if data.startswith(b"{"):
            return [_saved_log(source, data)]
        words = data.decode("utf-8").replace("\r\n", "\n").strip("\n") + "\n"
        found = [_saved_note(source, note) for note in split_notes(words)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUsage(
            f"{source} is neither a checkpoint nor a copy of a log: {error}.",
            "Name a copy of log/<log>/checkpoints.txt, a part of one, or a copy of log/<log>/000001.jsonl.",
        ) from error
    return found


# --- checkpoints ----------------------------------------------------------------------------------


def signed_checkpoints(
    connection: Connection, outside: Outside, tree: Tree, entries: Sequence[Placed], saved: Sequence[Saved]
) -> Iterator[Fault]:
    """Notes of record and file are signed by the keys that stood, give the roots, and no two contradict each other."""
    yield from signed_notes(connection, outside, tree.log, entries)
    keys = checkpoints.registered_keys(entries)
    told = checkpoints.notes(connection, tree.log)
    last = told[-1][0] if told else 0
    if keys and last < len(tree.leaves) and not outside.busy and not outside.alone:
        problem = f"the entries from {last} on are under no signed checkpoint; the next command that writes signs them"
        yield Fault("checkpoint", str(len(tree.leaves)), problem, REMARK)
    ours = checkpoints.file_of(note for _, _, note in told)
    in_file = outside.notes.get(tree.log, b"")
    kept = [one for one in saved if one.log == tree.log]
    if in_file != ours:
        kept += _readable(f"log/{tree.log}/{checkpoints.NAME}", in_file)
    if kept:
        yield from _contradictions(kept + _readable("the record", ours), keys)
        yield from _continued(tree, kept, keys)


def signed_notes(connection: Connection, outside: Outside, log: str, entries: Sequence[Placed]) -> Iterator[Fault]:
    """Notes of record and file are signed by the keys that stood, as far as the entries that are here tell of them."""
    keys = checkpoints.registered_keys(entries)
    told = checkpoints.notes(connection, log)
    for size, root, note in told:
        for problem in _wrong_with(note, size, root, keys):
            yield Fault("checkpoint", str(size), f"the signed checkpoint over {size} entries {problem}", RECORD)
    yield from _file_of_notes(outside, log, told)


def unknown_logs(logs: Sequence[str], saved: Sequence[Saved]) -> Iterator[Fault]:
    """What was kept of a log that this record does not hold at all."""
    for one in saved:
        if one.log not in logs:
            yield Fault(
                "checkpoint", one.source, f"it is of the log {one.log}, and this record holds none such", RECORD
            )


def _wrong_with(note: str, size: int, root: str, keys: Sequence[checkpoints.Registered]) -> Iterator[str]:
    try:
        read = read_note(note)
    except ValueError as error:
        yield f"cannot be read: {error}"
        return
    key = checkpoints.stood_at(keys, size)
    if key is None:
        yield "bears a signature, and no entry before it registers a key"
    elif read.signed_by([key.key]) is None:
        yield f"is not signed by the key {key.key.id.hex()}, which entry {key.n} registers"
    elif read.checkpoint.origin != key.key.name:
        yield f"is of another log: {read.checkpoint.origin}"
    if (read.checkpoint.size, read.checkpoint.root) != (size, root):
        yield "states another size or root than the record"


def _file_of_notes(outside: Outside, log: str, told: Sequence[tuple[int, str, str]]) -> Iterator[Fault]:
    """The file holds the notes of the record, in order, to the last byte; its end may be missing after a cut."""
    found, want = outside.notes.get(log, b""), checkpoints.file_of(note for _, _, note in told)
    if found == want or (outside.unfinished and want.startswith(found)):
        return
    name = f"log/{log}/{checkpoints.NAME}"
    if want.startswith(found):
        at, problem = found.count(b"\n"), "is missing"
    else:
        have, should = found.split(b"\n"), want.split(b"\n")
        pairs = enumerate(zip(have, should, strict=False))
        at, problem = next((n for n, pair in pairs if pair[0] != pair[1]), len(should)), "is not what was signed"
    if not (found.startswith(want) and outside.busy):
        yield Fault("checkpoint", f"{name} line {at + 1}", f"line {at + 1} of {name} {problem}", RECORD)


def _contradictions(kept: Sequence[Saved], keys: Sequence[checkpoints.Registered]) -> Iterator[Fault]:
    """Two roots over one size, both signed by this log's keys: somebody was shown another history (a split view)."""
    stated: dict[int, set[str]] = defaultdict(set)
    for one in kept:
        stated[one.size].add(one.root)
    roots: dict[int, dict[str, str]] = defaultdict(dict)
    for one in kept:
        if len(stated[one.size]) < 2 or one.note is None:
            continue
        if one.note.signed_by(key.key for key in keys) is not None:
            roots[one.size].setdefault(one.root, one.source)
    for size, views in sorted(roots.items()):
        if len(views) > 1:
            sources = " and ".join(f"{root[:16]} ({source})" for root, source in sorted(views.items()))
            problem = f"a split view: this log's key signed {len(views)} roots over {size} entries: {sources}"
            yield Fault("checkpoint", str(size), problem, RECORD)


def _continued(tree: Tree, kept: Sequence[Saved], keys: Sequence[checkpoints.Registered]) -> Iterator[Fault]:
    """The log continues all that was kept of it; else the first entry that differs, as closely as can be told.

    A root alone tells that something before it changed; two of them, one of which still agrees, between which entries;
    a copy of the log, which entry.
    """
    roots = tree.roots(one.size for one in kept)
    agree = [one for one in kept if roots.get(one.size) == one.root]
    differ = sorted((one for one in kept if roots.get(one.size) != one.root), key=lambda one: (one.size, one.source))
    if not differ:
        return
    first = differ[0]
    low = max((one.size for one in agree if one.size < first.size), default=0)
    high = first.size
    for one in differ:
        if one.leaves:
            pairs = zip(one.leaves, tree.leaves, strict=False)
            low = next((n for n, pair in enumerate(pairs) if pair[0] != pair[1]), len(tree.leaves))
            high = low + 1
            break
    kept_words = f"{first.source} has a log of {first.size} entries with root {first.root[:16]}"
    if first.note is not None and first.note.signed_by(key.key for key in keys) is None:
        kept_words += ", signed by a key that this log does not register"
    if first.size > len(tree.leaves):
        problem = f"{kept_words}, and there are {len(tree.leaves)}: entries were taken out or cut off"
    else:
        problem = f"{kept_words}, and these give another: an entry was altered, taken out, put in or moved"
    exact = high == low + 1
    which = f"entry {low} is" if exact else f"one of the entries {low} to {high - 1} is"
    where = f"{which} the first that differs or is missing"
    yield Fault("entry", str(low) if exact else f"{low} to {high - 1}", f"{problem}; {where}", RECORD)


def _readable(source: str, data: bytes) -> list[Saved]:
    """The notes of a file of ours; none where it cannot be read, which has been said already."""
    try:
        return [_saved_note(source, note) for note in split_notes(data.decode("utf-8"))]
    except ValueError:
        return []


def _saved_note(source: str, words: str) -> Saved:
    note = read_note(words)
    at = note.checkpoint
    return Saved(source=source, log=at.origin.rpartition("/")[2], size=at.size, root=at.root, note=note)


def _saved_log(source: str, data: bytes) -> Saved:
    leaves, log = [], ""
    for line in data.splitlines():
        leaf = json.loads(line.decode("utf-8", "surrogatepass"))["leaf"]
        log = str(json.loads(leaf)["log"])
        leaves.append(leaf_hash(leaf.encode("utf-8", "surrogatepass")))
    edge = Edge()
    for found in leaves:
        edge.append(found)
    return Saved(source=source, log=log, size=edge.size, root=edge.root(), leaves=tuple(leaves))


# --- settings and keys ----------------------------------------------------------------------------


def settings_stated(outside: Outside, settings: Settings, logs: Logs) -> Iterator[Fault]:
    """`case.toml` is what the last entry about it says; a change by hand is named until a person accepts it."""
    stated = [entry for _, entry in _own(logs, settings.log) if entry.kind == "settings"]
    if not stated:
        if not outside.busy:
            yield Fault(
                "settings", SETTINGS, "no entry says what it holds; the next command that writes adds one", REMARK
            )
        return
    digest = sha256(outside.settings)
    if digest == stated[-1].payload["digest"]:
        return
    if outside.unfinished and digest in [entry.payload["digest"] for entry in stated]:
        yield Fault("settings", SETTINGS, "a change of settings was cut off; the next writer completes it", REMARK)
        return
    before, now = asdict(settings_from(stated[-1].payload)), asdict(settings)
    changes = [f"{key} was {before[key]!r} and is {now[key]!r}" for key in before if before[key] != now[key]]
    told = "; ".join(changes) or "not in a setting, but in its other words"
    problem = f"it was changed by hand: {told}; `probanda settings accept` records it, if it is meant"
    yield Fault("settings", SETTINGS, problem, RECORD)


def keys_stated(outside: Outside, log: str, logs: Logs) -> Iterator[Fault]:
    """The keys in `keys` are those that the log registers, and each change of one was signed by both."""
    for name, entries in logs.items():
        keys = checkpoints.registered_keys(entries)
        for before, after in itertools.pairwise(keys):
            if not checkpoints.change_is_signed(before, after):
                problem = (
                    f"entry {after.n} puts key {after.key.id.hex()} in the place of {before.key.id.hex()} without "
                )
                yield Fault("key", after.decision, f"{problem}the signatures of both (log {name})", RECORD)
    own = _own(logs, log)
    yield from _log_key(outside, checkpoints.registered_keys(own))
    yield from _mask_key(outside, own)
    yield from _user_keys(outside, [entry for entries in logs.values() for _, entry in entries])


def _log_key(outside: Outside, registered: Sequence[checkpoints.Registered]) -> Iterator[Fault]:
    name = checkpoints.LOG_KEY
    if not registered:
        if not outside.busy:
            problem = "no entry registers a key, so nothing is signed; the next command that writes adds one"
            yield Fault("key", name, problem, REMARK)
        return
    key = registered[-1].key
    places = [name, checkpoints.NEXT_KEY] if outside.unfinished else [name]
    if not any(place in outside.secrets for place in places):
        yield Fault("key", name, "it is missing: this device cannot sign; restore it from a copy", REMARK)
    elif not any(_is_key(outside.secrets.get(place, b""), key) for place in places):
        problem = f"it is not the key {key.id.hex()}, which entry {registered[-1].n} registers"
        yield Fault("key", name, problem, RECORD)


def _mask_key(outside: Outside, entries: Sequence[Placed]) -> Iterator[Fault]:
    stated = [e.payload["public"] for _, e in entries if e.kind == "key" and e.payload["for"] == checkpoints.CODENAMES]
    found = outside.secrets.get(checkpoints.MASK_KEY)
    if found is None:
        problem = "it is missing: codenames would not be those given before; restore it from a copy"
        yield Fault("key", checkpoints.MASK_KEY, problem, REMARK)
    elif stated and checkpoints.mask_commitment(found) != stated[-1]:
        yield Fault("key", checkpoints.MASK_KEY, "it is not the key that the log commits to", RECORD)


def _user_keys(outside: Outside, entries: Sequence[Entry]) -> Iterator[Fault]:
    """The secret half of a user's key, where it lies here, gives a public half registered for that user."""
    registered: dict[str, list[PublicKey]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "user-key":
            registered[entry.subject].append(PublicKey.parse(str(entry.payload["key"])))
    for name, secret in sorted(outside.secrets.items()):
        user = name.removeprefix("keys/").removesuffix(".key")
        if name in (checkpoints.LOG_KEY, checkpoints.MASK_KEY) or user not in registered or not name.endswith(".key"):
            continue
        if not any(_is_key(secret, key) for key in registered[user]):
            yield Fault("key", name, "it is not the key that the log registers for this user", RECORD)


def _is_key(secret: bytes, key: PublicKey) -> bool:
    try:
        return SigningKey.from_seed(secret).public(key.name) == key
    except ValueError:
        return False


def _own(logs: Logs, log: str) -> Sequence[Placed]:
    """The entries of this device's log; where `case.toml` names none that is here, those of the only one there is."""
    return logs.get(log) or (next(iter(logs.values())) if len(logs) == 1 else ())


# --- what else lies in the folder -----------------------------------------------------------------


def left_open(outside: Outside) -> Iterator[Fault]:
    """What tells that a run was cut off (remarks), or that somebody wrote past this program."""
    if outside.busy or outside.alone:
        return
    if not outside.sealed.sealed:
        problem = "not sealed: the last run was cut off, was of an earlier version, or ended while somebody read"
        yield Fault("seal", seal.NAME, problem, REMARK)
    elif outside.wal:
        problem = "it holds changes made after the record was closed and sealed"
        yield Fault("database", f"{seal.DATABASE}-wal", problem, RECORD)
    if outside.interrupted:
        yield Fault("item", TAKING_IN, "a run that took files in was cut off: add the same files again", REMARK)


def strays(outside: Outside, logs: Sequence[str], entries: Sequence[Placed]) -> Iterator[Fault]:
    """What no digest covers: beside the case a remark, since nothing reads it; within its folders a fault."""
    users = {entry.subject for _, entry in entries if entry.kind == "user-key"}
    for name in outside.names:
        if _belongs(name, logs, users) or (name in LEFT_BY_A_KILL and (outside.unfinished or outside.alone)):
            continue
        if name.endswith(".part") and (outside.unfinished or outside.alone or outside.interrupted):
            continue
        if "/" in name:
            yield Fault("stray", name, "this file is no part of the case, and nothing covers it", RECORD)
        else:
            yield Fault(
                "stray", name, "this file is no part of the case, and nothing covers it: keep it elsewhere", REMARK
            )


def _belongs(name: str, logs: Sequence[str], users: set[str]) -> bool:
    if name in OPEN_ENDED or name in (SETTINGS, seal.DATABASE, seal.NAME, checkpoints.LOG_KEY, checkpoints.MASK_KEY):
        return True
    if name == SEARCHES or name.startswith(f"{REPORTS}/"):
        return True
    room, _, rest = name.partition("/")
    if room == "keys":
        return rest.endswith(".key") and rest.removesuffix(".key") in users
    stamp = STAMPS.fullmatch(name)
    if stamp:
        return stamp[1] in logs
    return name in {f"log/{log}/{file}" for log in logs for file in (logfile.SEGMENT, logfile.PROOFS, checkpoints.NAME)}


def _files(folder: Path) -> Iterator[str]:
    """Every file below the folder but the items, as the vault names its own strays; in the order of names."""
    for top, below, found in os.walk(folder):
        here = Path(top).relative_to(folder)
        below.sort()
        if here == Path("vault"):
            below[:] = [name for name in below if name == "tmp"]
            continue
        # In the vault any other file is one of its own strays.
        files = [name for name in found if here != Path("vault/tmp") or name.endswith(".part")]
        links = [name for name in below if Path(top, name).is_symlink()]
        yield from ((here / name).as_posix() for name in sorted([*files, *links]))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
