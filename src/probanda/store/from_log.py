"""A record made anew where `record.db` is lost: from the files of the log, the vault, the keys and `case.toml` alone.

Every line must open its own leaf before it becomes a row; then the new record goes through the whole of `verify`, with
the signed checkpoints, the keys and the vault, and only then takes its place. Until that moment it lies beside as
`record.db.part`: what fails or is killed leaves no record that is half one. What the files never hold, the protected
part of an entry with its salt, is not in the new record either. Start with `make_anew`; `row_of_line` reads one line.

Looks down to: kernel, audit, vault. Used by: store, casework.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select
from sqlalchemy.exc import OperationalError

from probanda.access.eyes import OPEN, RESTRICTED, compartment_of
from probanda.audit.keys import SigningKey
from probanda.audit.log import LEAF_VERSION, SALT_BYTES, Entry, leaf_hash, opens, stands_at
from probanda.audit.notes import read_note, split_notes
from probanda.audit.tree import Edge
from probanda.kernel.digests import canonical
from probanda.kernel.errors import ItemAltered, NotACaseFolder, ProbandaError, RecordAltered, WrongUsage
from probanda.store import around, check, checkpoints, joining, locking, logfile, record, seal, upgrading
from probanda.store import tables as t
from probanda.store.around import Outside, Saved
from probanda.store.codec import from_json, to_json
from probanda.store.common import KNOWN, compartment_n
from probanda.store.engines import sqlite as engine
from probanda.store.errors import CannotWrite
from probanda.store.model import Fault
from probanda.store.projection import DESTROYED
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import Settings, read_settings, settings_from, sync_folder, words_of, write_settings
from probanda.vault.vault import Vault

PART = f"{seal.DATABASE}.part"
"""The new record until it is whole."""
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files it works with."""
BATCH = 1000
"""Lines between two words of progress, and in one statement."""
MOST_TOLD = 20
"""Faults that an error names; `faults` has them all."""
OUTSIDE = frozenset({"stray", "settings", "clock", "seal"})
"""Faults in what is no part of the new record: it can be made all the same, and they are told."""
RECORD, REMARK = 41, 0
_MAKING = ".making"

Told = Callable[[str, int, int], None]
"""Called with the stage in words, how many are done, and how many there are."""
Row = dict[str, Any]


class RecordIsThere(WrongUsage):
    """A record was to be made anew where there is one, or a part of one."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(
            f"The case folder {folder} has a {name}, and nothing is ever written over it.",
            f"While it opens, `probanda rebuild` is enough. Should it be damaged, move {seal.DATABASE} out of the "
            f"folder, and what begins with {seal.DATABASE}- too; keep them, and run this command again.",
        )


class NotWhole(RecordAltered):
    """Log, keys and vault do not fit together: no record was made."""

    def __init__(self, folder: Path, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        self.exit_code = min(fault.severity for fault in faults)
        told = [f"{fault.what} {fault.name}: {fault.problem}" for fault in faults[:MOST_TOLD]]
        more = len(faults) - len(told)
        told += [f"and {more} more"] if more else []
        super().__init__(
            f"No record can be made from the log in {folder}:\n" + "\n".join(told),
            "Nothing was written. Restore what is named from a copy, and run the command again.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """What was made, and what is to be known of it."""

    entries: int
    logs: int
    remarks: tuple[Fault, ...]
    """What was left out, what nothing signed vouches for, and what lies in the folder that no entry speaks of."""


@dataclass(slots=True)
class _Copy:
    """The files of one log, as far as they are whole."""

    log: str
    lines: int
    """Line ends in the file copy."""
    notes: Mapping[int, str]
    """Signed checkpoints by size."""
    note_bytes: bytes
    """The file of notes without a last one that was cut short."""
    whole: int = 0
    """Bytes of whole lines."""
    torn: int = 0
    """Bytes of a last line that was cut short."""
    edges: dict[int, tuple[str, list[str]]] = field(default_factory=dict)
    """Root and right edge of the tree at the size of each note, and at the end where the log is whole."""
    proofs: dict[int, Row] = field(default_factory=dict)
    """Rows of `proof` by place, where the log is here in part: then it may have gaps before them."""


# --- one line -------------------------------------------------------------------------------------


def row_of_line(line: bytes) -> Row:
    """A line of a log's file copy as a row of `decision`, but for `place` and `compartment`, which no line tells.

    `sealed` and its salt are empty: they are not in the file. Raises ValueError, saying what is wrong, unless the line
    is canonical to the last byte and its entry and salt open its leaf (where the words were destroyed, it says so and
    has no salt). Whether the leaf stands at the right place of the right log is for the caller, who knows them.
    """
    try:
        told = json.loads(line.decode("utf-8", "surrogatepass"))
        if canonical(told) + b"\n" != line:
            raise ValueError("it is not written as the log is")
        body = told["leaf"].encode("utf-8", "surrogatepass")
        leaf, said, salt = json.loads(body), told["entry"], bytes.fromhex(told["salt"])
        entry = Entry(
            id=said["id"], kind=said["kind"], subject=said["subject"], over=tuple(said["over"]),
            seen=tuple((log, size) for log, size in said["seen"]), by=said["by"], reason=said["reason"],
            payload=said["payload"], labels=tuple(said["labels"]), at=leaf["at"],
        )  # fmt: skip
        for words in (entry.id, entry.kind, entry.subject, entry.by, entry.at, leaf["log"]):
            words.encode("utf-8")  # no column holds half surrogates but in the text of JSON
        gone = bool(entry.payload.get(DESTROYED)) and not salt  # its words were destroyed, as another entry says
        if len(told) != 3 or len(said) != 9 or leaf["v"] != LEAF_VERSION or (not gone and len(salt) != SALT_BYTES):
            raise ValueError("it has other fields than an entry of the log has")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it has other fields than an entry of the log has ({error})") from error
    if not (stands_at(body, leaf["log"], leaf["n"], entry.at) if gone else opens(body, entry, salt)):
        raise ValueError("its words are not those its leaf commits to")
    return {
        "log": leaf["log"], "n": leaf["n"], "id": entry.id, "at": entry.at, "by": entry.by, "kind": entry.kind,
        "subject": entry.subject, "over": to_json(entry.over), "seen": to_json(entry.seen), "reason": entry.reason,
        "payload": to_json(entry.payload), "labels": to_json(entry.labels), "salt": salt, "sealed": b"",
        "sealed_salt": b"", "leaf": body, "leaf_hash": leaf_hash(body),
    }  # fmt: skip


# --- the whole record -----------------------------------------------------------------------------


def can_be_made(folder: Path) -> bool:
    """True when this folder has no record, and has a log from which one can be made."""
    return not (folder / seal.DATABASE).exists() and bool(_log_names(folder)) and not (folder / _MAKING).exists()


def make_anew(folder: Path, *, saved: Sequence[Saved] = (), told: Told = lambda _stage, _done, _of: None) -> Anew:
    """Make `record.db` from the log's files; reading the items again is casework's.

    `saved`: checkpoints or logs kept elsewhere, which this log must continue. Raises RecordIsThere, NotACaseFolder,
    CaseInUse, NotWhole with the name of all that is not what was written, CannotWrite; then nothing was changed.
    """
    folder = Path(folder)
    _refuse(folder)
    try:
        lock = locking.WritersLock(folder)
        try:
            _refuse(folder)
            return _make(folder, saved, told)
        finally:
            _drop(folder)
            lock.free()
    except OSError as error:
        raise CannotWrite(str(folder), f"{error.strerror or error}".lower()) from error
    except OperationalError as error:
        raise CannotWrite(str(folder), str(error.orig)) from error


def _refuse(folder: Path) -> None:
    """Raises unless this folder holds a case without a record."""
    for name in ("", "-wal", "-journal"):  # a log of SQLite's without its database may be all that is left of entries
        path = folder / f"{seal.DATABASE}{name}"
        if path.exists() and (not name or path.stat().st_size):
            raise RecordIsThere(folder, path.name)
    if not _log_names(folder) or (folder / _MAKING).exists():
        read_settings(folder)
        raise RecordAltered(
            f"The case folder {folder} has no log.", "Restore the folder `log` from a copy; nothing was written."
        )


def _make(folder: Path, saved: Sequence[Saved], told: Told) -> Anew:
    _drop(folder)
    outside = Outside.of(folder, Vault(folder / "vault"), alone=True)
    copies = [_copy_of(folder, log) for log in _log_names(folder)]
    _raise(folder, _missing(folder, copies))
    database = engine.open_engine(folder / PART, writing=True)
    try:
        with database.begin() as connection:
            upgrading.bring_up(connection)
            for name in (OPEN, RESTRICTED):
                compartment_n(connection, name)
        _raise(folder, list(_filled(database, folder, copies, told)))
        try:
            with database.begin() as connection:
                connection.info.pop(KNOWN, None)
                settings, stated = _projected(connection, folder, told)
                found = _proved(connection, _as_left(outside, copies, settings, stated), settings, saved, copies, told)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            # Under no signed checkpoint, a line may be made up: of the right form, and saying nothing of its kind.
            problem = f"an entry does not hold what one of its kind does ({type(error).__name__}: {error})"
            raise NotWhole(folder, [Fault("log", "log", problem, RECORD)]) from error
        _raise(folder, [fault for fault in found if _forbids(fault)])
        if not engine.fold(database):
            raise CannotWrite(str(folder), f"{PART} could not be brought into one file")
    finally:
        database.dispose()
    _take_place(folder, None if stated else settings, copies)
    return Anew(
        entries=sum(one.lines for one in copies), logs=len(copies),
        remarks=(*_left_out(copies, None if stated else settings), *(fault for fault in found if not _forbids(fault))),
    )  # fmt: skip


def _projected(connection: Connection, folder: Path, told: Told) -> tuple[Settings, bool]:
    """Project what was filled in; gives the settings, and whether `case.toml` stated them."""
    told("projecting decisions", 0, 1)
    joining.reorder(connection)
    record.project_all(connection)
    _remember_compartments(connection)
    told("projecting decisions", 1, 1)
    return _settings(connection, folder)


def _take_place(folder: Path, settings: Settings | None, copies: Sequence[_Copy]) -> None:
    """The new record becomes the record. Each step before the last can be done twice."""
    for name in BESIDE:  # of the lost record nothing that speaks is among them: `_refuse` has looked
        (folder / f"{PART}{name}").unlink(missing_ok=True)
        (folder / f"{seal.DATABASE}{name}").unlink(missing_ok=True)
    for one in copies:
        path = checkpoints.path_of(folder, one.log)
        if path.exists() and path.stat().st_size > len(one.note_bytes):  # a note cut short: the next stands after it
            os.truncate(path, len(one.note_bytes))
    if settings is not None:
        write_settings(folder, settings)
    seal.remove(folder)  # it speaks of the record that was lost
    (folder / PART).replace(folder / seal.DATABASE)
    sync_folder(folder)


def _drop(folder: Path) -> None:
    for name in ("", *BESIDE):
        (folder / f"{PART}{name}").unlink(missing_ok=True)


def _raise(folder: Path, faults: Sequence[Fault]) -> None:
    if faults:
        raise NotWhole(folder, faults)


# --- reading the files ----------------------------------------------------------------------------


def _log_names(folder: Path) -> list[str]:
    """The logs that have any file here, by id."""
    files = (logfile.SEGMENT, checkpoints.NAME)
    return sorted({path.parent.name for name in files for path in folder.glob(f"log/*/{name}")})


def _copy_of(folder: Path, log: str) -> _Copy:
    """The files of a log, their lines not yet read. Raises NotWhole for notes that cannot be understood."""
    path, lines = logfile.path_of(folder, log), 0
    if path.exists():
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                lines += piece.count(b"\n")
    notes_in = checkpoints.path_of(folder, log)
    data = notes_in.read_bytes() if notes_in.exists() else b""
    try:
        notes, whole = _notes(data)
    except ValueError as error:
        raise NotWhole(folder, [Fault("checkpoint", _name(log), f"it cannot be read: {error}", RECORD)]) from error
    return _Copy(log, lines, notes, data[:whole], proofs=_proofs(folder, log))


def _proofs(folder: Path, log: str) -> dict[int, Row]:
    """How each entry of a log that is here in part leads to a signed checkpoint. Raises NotWhole."""
    path = logfile.path_of(folder, log).with_name(logfile.PROOFS)
    if not path.exists():
        return {}
    rows = {}
    try:
        for line in path.read_bytes().splitlines():
            told = json.loads(line)
            n, size = int(told["n"]), int(told["size"])
            rows[n] = {"log": log, "n": n, "size": size, "path": to_json([str(one) for one in told["path"]])}
    except (ValueError, TypeError, KeyError) as error:
        name = f"log/{log}/{logfile.PROOFS} line {len(rows) + 1}"
        raise NotWhole(folder, [Fault("log", name, f"it cannot be read: {error}", RECORD)]) from error
    return rows


def _notes(data: bytes) -> tuple[dict[int, str], int]:
    """Notes by size, and how many bytes they take: a last one cut short is left out. Raises ValueError.

    Each note has one empty line in it and one behind it, so whatever follows the last even one is cut short.
    """
    ends = [found.end() for found in re.finditer(b"\n\n", data)]
    whole = ends[len(ends) // 2 * 2 - 1] if len(ends) > 1 else 0
    with suppress(ValueError):
        split_notes(data[whole:].decode("utf-8"))  # only its empty line is missing, which is added with the next
        whole = len(data)
    told = split_notes(data[:whole].decode("utf-8"))
    return {read_note(note).checkpoint.size: note for note in told}, whole


def _missing(folder: Path, copies: Sequence[_Copy]) -> list[Fault]:
    """The log's own files that are not here, before anything is read."""
    wanted = {one.log for one in copies}
    with suppress(NotACaseFolder):
        wanted.add(_settings_of(folder).log)
    return [
        Fault("log", f"log/{log}/{logfile.SEGMENT}", "it is missing", RECORD)
        for log in sorted(wanted)
        if not logfile.path_of(folder, log).exists()
    ]


def _filled(database: Engine, folder: Path, copies: Sequence[_Copy], told: Told) -> Iterator[Fault]:
    """Write the rows of all logs, with a checkpoint for each note; the faults are lines that cannot become one."""
    done, total = 0, sum(one.lines for one in copies)
    ids: dict[str, str] = {}
    for one in copies:
        edge, batch, n = Edge(), list[Row](), -1
        for number, line in enumerate(logfile.lines(folder, one.log, sys.maxsize)):
            if number % BATCH == 0:
                _write(database, t.decision, batch)
                batch.clear()
                told("reading the log", done + number, total)
            if not line.endswith(b"\n"):
                one.torn = len(line)
                break
            where = f"line {number + 1} of log/{one.log}/{logfile.SEGMENT}"
            try:
                row = _row_at(line, one, n)
                if ids.setdefault(row["id"], where) != where:
                    raise ValueError(f"it bears the id {row['id']}, as {ids[row['id']]} does")
            except _Elsewhere as error:
                yield Fault("entry", where, str(error), RECORD)
                break  # a line is missing, doubled or moved: all that follow stand elsewhere too
            except ValueError as error:
                yield Fault("entry", where, str(error), RECORD)
                n += 1
                continue
            n = row["n"]
            one.whole += len(line)
            if edge.size == n:  # else the log is here in part, and each entry has a proof of its own
                edge.append(row["leaf_hash"])
                if edge.size in one.notes:
                    one.edges[edge.size] = edge.root(), edge.dump()
            batch.append(row)
        _write(database, t.decision, batch)
        _write(database, t.proof, list(one.proofs.values()))
        if not one.proofs:
            one.edges[edge.size] = edge.root(), edge.dump()
        _write(database, t.checkpoint, _checkpoints(one))
        done += one.lines
        told("reading the log", done, total)


class _Elsewhere(ValueError):
    """The leaf of a line is not that of its place."""


def _row_at(line: bytes, one: _Copy, before: int) -> Row:
    """The row of the line that follows the entry at `before`. Raises ValueError."""
    row = row_of_line(line)
    follows = row["n"] == before + 1 or (row["n"] > before and row["n"] in one.proofs)
    if row["log"] != one.log or not follows:
        place = f"entry {row['n']} of log {row['log']}"
        raise _Elsewhere(f"it holds {place}, and entry {before + 1} of log {one.log} should stand here")
    return row


def _write(database: Engine, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with database.begin() as connection:
        connection.info.pop(KNOWN, None)
        if table is t.decision:  # both as it would be with one open log, until all are here
            inside = compartment_n(connection, OPEN)
            rows = [row | {"place": row["n"], "compartment": inside} for row in rows]
        connection.execute(insert(table), list(rows))


def _checkpoints(one: _Copy) -> list[Row]:
    """The row of each note, and that of the end. A note that the lines do not lead to is for the proof to name."""
    rows = []
    for size in sorted({*one.notes, *one.edges} - {0}):
        note = one.notes.get(size)
        known = one.edges.get(size)
        root, edge = (known[0], to_json(known[1])) if known else (read_note(str(note)).checkpoint.root, "")
        rows.append({"log": one.log, "size": size, "root": root, "edge": edge, "note": note})
    return rows


def _remember_compartments(connection: Connection) -> None:
    """Compartments that were in use once and are no more: they stay, since what a user sees is named by all of them."""
    names = {
        compartment_of(from_json(one)) for one in connection.execute(select(t.decision.c.labels).distinct()).scalars()
    }
    query = select(t.decision.c.kind, t.decision.c.payload, t.decision.c.labels)
    for kind, payload, labels in connection.execute(query.where(t.decision.c.kind.in_(("register", "label")))):
        own = from_json(labels) if kind == "register" else ()
        names.add(compartment_of({str(from_json(payload)["label"]), *own}))
    for name in sorted(names):
        compartment_n(connection, name)


# --- settings -------------------------------------------------------------------------------------


def _settings(connection: Connection, folder: Path) -> tuple[Settings, bool]:
    """The settings of `case.toml`; where it is missing, those of the last entry about it. And whether it is there.

    Raises RecordAltered where it names another case or log, or where no entry tells of it.
    """
    try:
        settings, there = _settings_of(folder), True
    except NotACaseFolder:
        settings, there = _last_stated(connection, _own_log(connection, folder)), False
    stated = _entries_about(connection, settings.log)
    if there and stated and settings_from(from_json(stated[-1])).case != settings.case:
        raise RecordAltered(
            f"{SETTINGS} in {folder} names another case than the log does.",
            f"Restore {SETTINGS} from a copy: its ids are never changed. Nothing was written.",
        )
    return settings, there


def _settings_of(folder: Path) -> Settings:
    """What `case.toml` says. Raises NotACaseFolder when it is not there, ProbandaError when it is not to be read."""
    try:
        return read_settings(folder)
    except NotACaseFolder:
        raise
    except ProbandaError as error:
        fix = f"Restore it from a copy, or move it out of the folder: then it is made from the log's last {SETTINGS}."
        raise RecordAltered(error.problem, fix) from error


def _own_log(connection: Connection, folder: Path) -> str:
    """The log of this device, where `case.toml` cannot tell: the one whose key lies here, or the only one."""
    logs = connection.execute(select(t.decision.c.log).distinct().order_by(t.decision.c.log)).scalars().all()
    if len(logs) == 1:
        return str(logs[0])
    for name in (checkpoints.LOG_KEY, checkpoints.NEXT_KEY):
        for log in logs:
            keys = checkpoints.registered_in(connection, log)
            with suppress(OSError, ValueError):
                if (
                    keys
                    and SigningKey.from_seed((folder / name).read_bytes()).public(keys[-1].key.name) == keys[-1].key
                ):
                    return str(log)
    raise RecordAltered(
        f"Nothing in {folder} tells which of its {len(logs)} logs is that of this device.",
        f"Restore {SETTINGS} or {checkpoints.LOG_KEY} from a copy; nothing was written.",
    )


def _last_stated(connection: Connection, log: str) -> Settings:
    stated = _entries_about(connection, log)
    if not stated:
        raise RecordAltered(
            f"{SETTINGS} is missing, and no entry of the log {log} tells what it held.",
            f"Restore {SETTINGS} from a copy; nothing was written.",
        )
    return settings_from(from_json(stated[-1]))


def _entries_about(connection: Connection, log: str) -> list[str]:
    """The payloads of what a log says of `case.toml`, oldest first."""
    query = select(t.decision.c.payload).where(t.decision.c.log == log, t.decision.c.kind == "settings")
    return [str(one) for one in connection.execute(query.order_by(t.decision.c.n)).scalars()]


# --- the proof ------------------------------------------------------------------------------------


def _as_left(outside: Outside, copies: Sequence[_Copy], settings: Settings, stated: bool) -> Outside:
    """What lay beside the record, without what was cut short, and with `case.toml` as it is going to be written.

    The last run may have been cut off, in a change of the key or of settings say: then that is looked at as such.
    """
    notes = {one.log: checkpoints.file_of(split_notes(one.note_bytes.decode("utf-8"))) for one in copies}
    return replace(
        outside, alone=False, log_bytes={one.log: one.whole for one in copies}, notes=notes,
        settings=outside.settings if stated else words_of(settings),
    )  # fmt: skip


def _proved(
    connection: Connection, outside: Outside, settings: Settings, saved: Sequence[Saved], copies: Sequence[_Copy],
    told: Told,
) -> list[Fault]:  # fmt: skip
    """All that `verify` finds in the new record, and what only this file knows to ask."""
    found = []
    for one in copies:
        keys = checkpoints.registered_in(connection, one.log)
        if not one.notes and (keys or (one.log == settings.log and checkpoints.LOG_KEY in outside.secrets)):
            name = f"log/{one.log}/{checkpoints.NAME}"
            found.append(
                Fault("checkpoint", name, "it is missing or empty: nothing signed vouches for the log", RECORD)
            )
    # The notes of the file once more as if they were kept elsewhere: so an entry that differs is named by its place.
    kept = [*saved, *(s for log, data in outside.notes.items() if data for s in around.read_saved(_name(log), data))]
    found += check.verify(
        connection, outside, settings, saved=kept, checked=lambda done, of: told("comparing items", done, of)
    )
    # That there is no seal, and what is not signed, is said in other words.
    return [fault for fault in found if fault.severity or fault.what not in ("seal", "checkpoint")]


def _name(log: str) -> str:
    return f"log/{log}/{checkpoints.NAME}"


def _forbids(fault: Fault) -> bool:
    """False for remarks and for what is no part of the record: bytes that no entry speaks of, settings by hand."""
    unspoken = fault.what == "item" and fault.severity != ItemAltered.exit_code
    return bool(fault.severity) and fault.what not in OUTSIDE and not unspoken


def _left_out(copies: Sequence[_Copy], settings: Settings | None) -> Iterator[Fault]:
    """What the new record does without, as remarks."""
    if settings is not None:
        yield Fault(
            "settings", SETTINGS, "it was missing, and was written as the log's last entry about it says", REMARK
        )
    for one in copies:
        last = max(one.notes, default=0)
        if one.torn:
            told = f"its last line was cut short ({one.torn} bytes) and was left out: that deed is not recorded"
            yield Fault("log", f"log/{one.log}/{logfile.SEGMENT}", told, REMARK)
        if last < one.lines and not one.proofs:
            run = f"entry {last}" if last + 1 == one.lines else f"entries {last} to {one.lines - 1}"
            told = f"no signed checkpoint covers {run} of log {one.log}"
            yield Fault("checkpoint", _name(one.log), f"{told}: look at them", REMARK)
