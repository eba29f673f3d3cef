"""`Store`: a case folder, opened. Every call carries the eyes of the user it is made for.

Start with `Store.create` and `Store.open`, then `record` (what persons decide), the `commit_...`
calls (what machines derive), and the readers. Each call is one transaction: it happened, or it did not.

Looks down to: store's own modules, vault, access, kernel. Used by: casework.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from probanda.access.eyes import OPEN, RESTRICTED, Eyes
from probanda.access.rules import User, eyes_of
from probanda.actors.model import ActorGroup, IdentityDecision
from probanda.audit.keys import SigningKey
from probanda.audit.log import Entry
from probanda.claims.model import Claim, Mention, Reading
from probanda.incidents.model import Consolidation, Contradiction, Incident, Origin
from probanda.kernel.digests import random_id, sha256
from probanda.kernel.errors import NotFound, ProbandaError, RecordAltered
from probanda.matrix.model import Suggestion
from probanda.reading.formats import Recognised
from probanda.reading.model import Passage, Remark, Text, Unread
from probanda.reading.recognition import PageWords
from probanda.store import (
    ahead,
    around,
    asked_names,
    charts,
    check,
    checkpoints,
    derived,
    erasing,
    groups,
    joining,
    ledger,
    listing,
    locking,
    logfile,
    recognised,
    record,
    seal,
    second,
    tallies,
    upgrading,
    views,
)
from probanda.store import search as finding
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import (
    KNOWN,
    RESTORED,
    REWRITING,
    TAKING_IN,
    batches,
    compartment_n,
    compartment_names,
    entry_of,
    one_log,
    preserved,
)
from probanda.store.deeds import Log, user_names
from probanda.store.engines import sqlite as engine
from probanda.store.errors import AlreadyACase, CannotWrite, NotEmpty, OlderRecord, ReadOnly
from probanda.store.model import (
    Acquisition,
    Conflict,
    Decision,
    Deed,
    Fault,
    Hit,
    ItemRow,
    LogLine,
    LogState,
    Made,
    Protected,
    Settlement,
)
from probanda.store.projection import alternatives
from probanda.store.query import Phrase, Query
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import (
    WAITING,
    Settings,
    changed,
    read_settings,
    settings_deed,
    settings_from,
    sync_folder,
    words_of,
    write_settings,
)
from probanda.vault.copying import NotPreserved
from probanda.vault.vault import Vault

P = ParamSpec("P")
T = TypeVar("T")
DATABASE = "record.db"
MAKING = ".making"
"""Stands in a folder while it is being made: what lies beside it is ours and may be made anew."""
OURS = frozenset({
    MAKING, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", locking.NAME, SETTINGS,
    WAITING, "vault", "log", "tmp", "keys", seal.NAME, seal.WAITING,
    *(f"{DATABASE}.part{end}" for end in ("", "-wal", "-shm")),
})  # fmt: skip
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})


class Store:
    """The record of one case. Use it as a context manager, or call `close`."""

    # --- making, opening, closing -----------------------------------------------------------------

    def __init__(self, folder: Path, settings: Settings, database: Engine, lock: locking.WritersLock | None) -> None:
        """Use `create` or `open`."""
        self.folder, self.settings = folder, settings
        self.vault = Vault(folder / "vault")
        self._engine, self._lock = database, lock
        self._readers = engine.reading(database)
        self._unsealed = False
        self._taking, self._cut_off, self._counting = 0, False, threading.Lock()

    @classmethod
    def create(cls, folder: Path, settings: Settings, owner_name: str) -> Store:
        """Make a case folder and its first user; opened for writing.

        Raises NotEmpty or AlreadyACase (nothing changed), CannotWrite. A `create` that was killed
        can be run again: until `case.toml` is there, the folder is no case.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_foreign(folder)
            if not any(one.name != locking.NAME for one in folder.iterdir()):
                (folder / MAKING).touch()
            lock = locking.WritersLock(folder)
        except OSError as error:
            raise _cannot(folder, error) from error
        try:
            _clear_half_made(folder)
            return cls._make(folder, settings, owner_name, lock)
        except OSError as error:
            lock.free()
            raise _cannot(folder, error) from error
        except BaseException:
            lock.free()
            raise

    @classmethod
    def _make(cls, folder: Path, settings: Settings, owner_name: str, lock: locking.WritersLock) -> Store:
        for name in ("vault", "log", "tmp", "keys"):
            (folder / name).mkdir(exist_ok=True)
        (folder / "keys").chmod(0o700)
        key = SigningKey.new()
        checkpoints.write_secret(folder / checkpoints.MASK_KEY, secrets.token_bytes(32))
        checkpoints.write_secret(folder / checkpoints.LOG_KEY, key.seed)
        store = cls(folder, settings, engine.open_engine(folder / DATABASE, writing=True), lock)
        try:
            store._prepare()
            owner = random_id()
            told = {"name": owner_name, "clearances": [], "owner": True}
            first = [Deed(kind="user", subject=owner, payload=told)]
            first += store._undeclared(settings, words_of(settings))
            store.record(Eyes(owner, frozenset({OPEN, RESTRICTED})), first)
            write_settings(folder, settings)
            (folder / MAKING).unlink(missing_ok=True)
            sync_folder(folder)
        except BaseException:
            store._engine.dispose()
            raise
        return store

    @classmethod
    def open(cls, folder: Path, *, writing: bool) -> Store:
        """Open a case folder. Writing takes the lock at once or raises CaseInUse; reading takes none.

        Raises NotACaseFolder; OlderRecord when reading tables of another version.
        """
        folder = Path(folder)
        settings = read_settings(folder)
        if not (folder / DATABASE).is_file():
            raise RecordAltered(
                f"The case folder {folder} has no {DATABASE}.",
                "Restore it from a copy, or make it anew from log and vault with `probanda rebuild --from-log`.",
            )
        lock: locking.WritersLock | None = None
        try:
            lock = locking.WritersLock(folder) if writing else None
        except OSError as error:
            raise _cannot(folder, error) from error
        frozen = not writing and not os.access(folder, os.W_OK) and not (folder / f"{DATABASE}-wal").exists()
        store = cls(folder, settings, engine.open_engine(folder / DATABASE, writing=writing, frozen=frozen), lock)
        try:
            store._ready()
        except BaseException as error:
            store._engine.dispose()
            if lock is not None:
                lock.free()
            if isinstance(error, OSError):
                raise _cannot(folder, error) from error
            if isinstance(error, UnicodeDecodeError):  # the database's own complaint about what it cannot read
                raise RecordAltered(
                    f"The record {folder / DATABASE} is damaged: {error}.",
                    "Leave the folder as it is, run `probanda verify`, and restore record.db from a copy.",
                ) from error
            raise
        return store

    def close(self) -> None:
        """Sign what was added, seal the record, and let others write."""
        if self._lock is None:
            self._engine.dispose()
            return
        try:
            # What cannot be signed or sealed now (a full disk, a key that is gone) is done by the next run that can;
            # until then `verify` says so.
            with contextlib.suppress(ProbandaError):
                self._sign(checkpoints.unsigned)
            folded = engine.fold(self._engine)
            self._engine.dispose()
            if folded and (self._unsealed or not (self.folder / seal.NAME).exists()):
                with contextlib.suppress(OSError):
                    seal.write(self.folder)
        finally:
            self._engine.dispose()
            self._lock.free()
            self._lock = None

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _ready(self) -> None:
        if self._lock is None:
            with self._reading() as connection:
                if not upgrading.is_current(connection):
                    raise OlderRecord(str(self.folder))
            return
        (self.folder / MAKING).unlink(missing_ok=True)
        self.vault.sweep()
        self._prepare()
        self._complete_switch()
        self._refuse_other_ids()
        self._complete_log()
        with self._reading() as connection:
            checkpoints.complete(connection, self.folder, self.settings.log)
        if (self.folder / REWRITING).exists():
            with self._writing() as connection:
                self._erase(connection)
            self._rewrite_logs()
        self._complete_settings()
        if (self.folder / RESTORED).exists():
            self.start_log(self.owner, self.settings.prefix, "The folder was restored from a backup.")
            (self.folder / RESTORED).unlink()
        undeclared = self._undeclared(self.settings, (self.folder / SETTINGS).read_bytes())
        if undeclared:
            self.record(self.owner, undeclared)

    def _prepare(self) -> None:
        with self._reading() as connection:
            ready = upgrading.is_current(connection)
            if ready and {OPEN, RESTRICTED} <= set(compartment_names(connection).values()):
                return
        with self._writing() as connection:
            if not upgrading.is_current(connection):
                upgrading.bring_up(connection)
                ahead.refill(connection)
                tallies.rebuild(connection)
            compartment_n(connection, OPEN)
            compartment_n(connection, RESTRICTED)

    # --- users ------------------------------------------------------------------------------------

    @property
    def owner(self) -> Eyes:
        """The eyes of whoever made this folder: all compartments in use, and `restricted`."""
        users = list(self._users().values())
        return self._owners(next((user for user in users if user.owner), users[0]))

    def _owners(self, user: User) -> Eyes:
        return eyes_of(user, self._arms() | {RESTRICTED})

    def eyes(self, user: str) -> Eyes:
        """The eyes of a user. Raises NotFound for an unknown id."""
        found = self._users().get(user)
        if found is None:
            raise NotFound("user", user, "probanda user list")
        return self._owners(found) if found.owner else eyes_of(found, self._arms())

    def add_user(self, eyes: Eyes, name: str, clearances: Sequence[str] = (), code: str | None = None) -> str:
        """Record a new user, with the office's own code for staff where there is one; gives the id."""
        user = random_id()
        told: dict[str, Any] = {"name": name, "clearances": sorted(set(clearances))}
        if code is not None:
            told["code"] = code
        self.record(eyes, [Deed(kind="user", subject=user, payload=told)])
        return user

    def users(self) -> dict[str, str]:
        """Names of all users, by id, in the order they were added."""
        with self._reading() as connection:
            return user_names(connection)

    def user(self, user: str) -> User:
        """One user, as `access` asks for permissions. Raises NotFound for an unknown id."""
        found = self._users().get(user)
        if found is None:
            raise NotFound("user", user, "probanda user list")
        return found

    # --- settings and the device's key ------------------------------------------------------------

    def set_setting(self, eyes: Eyes, key: str, value: str, reason: str = "") -> None:
        """Set one of `settings.OPEN_TO_CHANGE`, as a decision. Raises WrongUsage for any other; ProbandaError where
        the file was changed by hand and nobody accepted it."""
        stated = self._stated_settings()
        if stated and sha256((self.folder / SETTINGS).read_bytes()) != stated[-1].payload["digest"]:
            raise ProbandaError(
                f"{SETTINGS} was changed by hand.",
                "See what changed with `probanda settings show`, and record it with `probanda settings accept`.",
            )
        settings = changed(self.settings, key, value)
        if settings != self.settings:
            self._state_settings(eyes, settings, words_of(settings), reason)
            self._write_settings(settings)

    def accept_settings(self, eyes: Eyes, reason: str = "") -> bool:
        """Record what `case.toml` holds now, after a change by hand; False when it holds what was recorded."""
        data = (self.folder / SETTINGS).read_bytes()
        stated = self._stated_settings()
        if stated and sha256(data) == stated[-1].payload["digest"]:
            return False
        self._state_settings(eyes, self.settings, data, reason)
        return True

    def recorded_settings(self) -> Settings | None:
        """The settings as the log has them; None for a folder made before there were such entries."""
        stated = self._stated_settings()
        return settings_from(stated[-1].payload) if stated else None

    def change_key(self, eyes: Eyes, reason: str = "") -> str:
        """Give this device's log a new key, signed by the old and the new; gives its public half on one line.

        The old key signs all that was recorded until now. Raises CannotSign where it is gone.
        """
        self.sign_checkpoint()
        with self._reading() as connection:
            registered = checkpoints.registered_in(connection, self.settings.log)[-1]
        old, new = checkpoints.signing_key(self.folder, registered), SigningKey.new()
        try:
            checkpoints.write_secret(self.folder / checkpoints.NEXT_KEY, new.seed)
            self.record(eyes, [checkpoints.change_deed(old, new, registered, reason)])
            (self.folder / checkpoints.NEXT_KEY).replace(self.folder / checkpoints.LOG_KEY)
            sync_folder(self.folder / "keys")
        except OSError as error:
            raise _cannot(self.folder, error) from error
        self.sign_checkpoint()
        return new.public(registered.key.name).text

    def public_keys(self) -> list[str]:
        """The public halves of all keys that ever signed this device's log, in order, each on one line."""
        with self._reading() as connection:
            return [one.key.text for one in checkpoints.registered_in(connection, self.settings.log)]

    def sign_checkpoint(self) -> str | None:
        """A signed note over the whole log; the last one where it covers all. None while the log is empty.

        Raises CannotSign when the key is not the one registered, CannotWrite.
        """
        return self._sign(lambda _connection, _log: 1)

    def checkpoint(self) -> str | None:
        """The newest signed note; reading alone."""
        with self._reading() as connection:
            told = checkpoints.notes(connection, self.settings.log)
        return told[-1][2] if told else None

    def _sign(self, due: Callable[[Connection, str], int], least: int = 1) -> str | None:
        """Sign the log when `due` gives `least` or more, in the table first, then in the file."""
        log = self.settings.log
        with self._reading() as connection:
            if due(connection, log) < least:
                return None
        with self._writing() as connection:
            note = checkpoints.sign(connection, self.folder, checkpoints.origin_of(self.settings.case, log), log)
        try:
            with self._reading() as connection:
                checkpoints.complete(connection, self.folder, log)
        except OSError as error:
            raise _cannot(self.folder, error) from error
        return note

    def _undeclared(self, settings: Settings, data: bytes) -> list[Deed]:
        """What the log has to say of this folder and does not say yet: its key, that for codenames, its settings."""
        with self._reading() as connection:
            rows = connection.execute(
                select(t.decision.c.kind, t.decision.c.payload).where(
                    t.decision.c.log == settings.log, t.decision.c.kind.in_(("key", "settings"))
                )
            ).all()
        said = {row.kind if row.kind == "settings" else from_json(row.payload)["for"] for row in rows}
        deeds = []
        if checkpoints.CHECKPOINTS not in said:
            name = checkpoints.origin_of(settings.case, settings.log)
            deeds.append(checkpoints.key_deed(self._own_key().public(name)))
        if checkpoints.CODENAMES not in said and (self.folder / checkpoints.MASK_KEY).exists():
            deeds.append(checkpoints.mask_deed(self.key))
        if "settings" not in said:
            deeds.append(settings_deed(settings, data))
        return deeds

    def _own_key(self) -> SigningKey:
        """The key in the folder; a new one where there is none (a folder of an earlier version)."""
        path = self.folder / checkpoints.LOG_KEY
        try:
            return SigningKey.from_seed(path.read_bytes())
        except (FileNotFoundError, ValueError):
            key = SigningKey.new()
            checkpoints.write_secret(path, key.seed)
            return key

    def _stated_settings(self) -> list[Entry]:
        """What the log says of `case.toml`, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                select(t.decision)
                .where(t.decision.c.log == self.settings.log, t.decision.c.kind == "settings")
                .order_by(t.decision.c.n)
            ).all()
        return [entry_of(row) for row in rows]

    def _state_settings(self, eyes: Eyes, settings: Settings, data: bytes, reason: str) -> None:
        over = tuple(entry.id for entry in self._stated_settings()[-1:])
        self.record(eyes, [settings_deed(settings, data, over, reason)])

    def _write_settings(self, settings: Settings) -> None:
        try:
            write_settings(self.folder, settings)
        except OSError as error:
            raise _cannot(self.folder, error) from error
        self.settings = settings

    def _complete_settings(self) -> None:
        """After a change that was cut off between its entry and the file: write the file."""
        stated = self._stated_settings()
        digests = [entry.payload["digest"] for entry in stated]
        if digests and sha256((self.folder / SETTINGS).read_bytes()) in set(digests) - {digests[-1]}:
            meant = settings_from(stated[-1].payload)
            if sha256(words_of(meant)) == digests[-1]:
                self._write_settings(meant)

    def _refuse_other_ids(self) -> None:
        """Raises RecordAltered when `case.toml` names a log in which nothing was ever written: it is not this one."""
        with self._reading() as connection:
            ours = connection.execute(select(t.decision.c.n).where(t.decision.c.log == self.settings.log)).first()
            any_at_all = connection.execute(select(t.decision.c.n)).first()
        stated = self._stated_settings()
        case = settings_from(stated[-1].payload).case if stated else self.settings.case
        if (ours is None and any_at_all is not None) or case != self.settings.case:
            raise RecordAltered(
                f"{SETTINGS} in {self.folder} names another case or log than the record holds.",
                f"Restore {SETTINGS} from a copy: these ids are never changed. Nothing was written.",
            )

    @property
    def key(self) -> bytes:
        """The 32 random bytes from which codenames are made."""
        try:
            return (self.folder / "keys" / "mask.key").read_bytes()
        except OSError as error:
            raise ProbandaError(
                f"Cannot read the key for codenames in {self.folder / 'keys'}: {error.strerror}.",
                "Restore keys/mask.key from a copy: without it, codenames would not be those given before.",
            ) from error

    def _users(self) -> dict[str, User]:
        with self._reading() as connection:
            query = (
                select(t.decision.c.subject, t.decision.c.payload)
                .join(t.standing, t.standing.c.decision == t.decision.c.id)
                .where(t.standing.c.kind == "user")
                .order_by(t.decision.c.log != self.settings.log, t.decision.c.place)
            )
            rows = [(row.subject, from_json(row.payload)) for row in connection.execute(query)]
        return {
            user: User(user, told["name"], frozenset(told["clearances"]), bool(told.get("owner", False)))
            for user, told in rows
        }

    def _arms(self) -> set[str]:
        with self._reading() as connection:
            return {arm for name in compartment_names(connection).values() for arm in alternatives(name)}

    # --- what persons decide ----------------------------------------------------------------------

    def record(self, eyes: Eyes, deeds: Sequence[Deed]) -> list[str]:
        """Record deeds in one transaction, with their leaves and all that follows from them; gives their ids.

        The same deed id sent twice is one decision. Raises DecidedMeanwhile when `over` is not what
        stands, StillStoodOn, NotFound, WrongUsage; then nothing was recorded.
        """
        with self._writing() as connection:
            ids = record.record(connection, self._log(connection), eyes, deeds)
        self._complete_log()
        with contextlib.suppress(checkpoints.CannotSign):  # said by `verify`, and by whoever asks for a checkpoint
            self._sign(checkpoints.unsigned, checkpoints.EACH)
        return ids

    def _log(self, connection: Connection) -> Log:
        """The log that this device writes, and how far the others had come that are held here."""
        own = self.settings.log
        seen: tuple[tuple[str, int], ...] = ()
        if not one_log(connection):
            last = select(t.decision.c.log, func.max(t.decision.c.n)).group_by(t.decision.c.log)
            seen = tuple(sorted((str(log), int(n) + 1) for log, n in connection.execute(last) if log != own))
        return Log(own, self.settings.prefix, self._keep, seen)

    def _keep(self, words: bytes) -> str:
        try:
            return self.vault.preserve(BytesIO(words)).digest
        except NotPreserved as error:
            said = error.problem.replace("The stream", "The text that this decision rests on", 1)
            raise NotPreserved(said, error.fix) from error

    def _complete_log(self) -> None:
        try:
            with self._reading() as connection:
                logfile.complete(connection, self.folder, self.settings.log)
        except OSError as error:
            raise _cannot(self.folder, error) from error

    # --- several logs -----------------------------------------------------------------------------

    def logs(self) -> list[LogState]:
        """Every log held here, in their order: size, root of the tree, and whether it is whole."""
        with self._reading() as connection:
            return joining.states(connection, self.settings.log)

    def parts(self) -> list[joining.Part]:
        """All that this record holds of every log, for another store to take over; use it before anything changes."""
        with self._reading() as connection:
            return [part.held() for part in joining.parts_of(connection)]

    def compare(self, parts: Sequence[joining.Part]) -> None:
        """Raises joining.Forked where one of these logs was continued otherwise here; writes nothing."""
        with self._reading() as connection:
            for part in parts:
                joining.compare(connection, part, self.settings.log)

    def destroyed(self, digests: Iterable[str] | None = None) -> dict[str, str]:
        """Digests of the items whose bytes were destroyed, each with the decision; among these alone, where given."""
        gone = select(t.item.c.digest, t.item.c.destroyed).where(t.item.c.destroyed.is_not(None))
        some = [] if digests is None else batches(sorted(digests))
        asked = [gone] if digests is None else [gone.where(t.item.c.digest.in_(batch)) for batch in some]
        with self._reading() as connection:
            return {str(digest): str(decision) for one in asked for digest, decision in connection.execute(one)}

    def proofs(self, log: str) -> dict[int, tuple[int, list[str]]]:
        """How entries of a log that is not whole here lead to a signed checkpoint: size and hashes, by place."""
        with self._reading() as connection:
            return joining.proofs(connection, log)

    def take_over(self, eyes: Eyes, parts: Sequence[joining.Part], told: Mapping[str, Any]) -> list[joining.Taken]:
        """Take over what is new in logs of other devices, in one transaction, with an entry `join` for each of them.

        Bytes come first (`vault`). `told`: what the entries say of where it came from. Nothing new writes nothing.
        Raises joining.Forked, joining.CannotJoin.
        """
        self._announce_rewriting([])
        with self._writing() as connection:
            taken, entries = joining.take_over(connection, parts, self.settings.log)
            erased = False
            if entries:
                record.take_effect(connection, entries)
                erased = self._erase(connection)
                deeds = [joining.deed_of(one, told) for one in taken if one.new and one.log != self.settings.log]
                record.record(connection, self._log(connection), eyes, deeds)
        self._rewrite_logs(None if erased else [one.log for one in taken if one.new])
        return taken

    def start_log(self, eyes: Eyes, prefix: str, reason: str = "") -> str:
        """Begin a log of its own for a folder that is a copy and works apart from now on; gives its id.

        The old log stays as it is, signed as far as it can be; its key is put away, so that this copy can never go
        on with it. Raises WrongUsage for a prefix that is empty.
        """
        recorded = self.recorded_settings()  # whom words may be sent to is not taken from a file changed by hand
        allowed = recorded.model_allowed if recorded else ""
        settings = replace(changed(self.settings, "prefix", prefix), log=random_id(), model_allowed=allowed)
        with contextlib.suppress(checkpoints.CannotSign):
            self.sign_checkpoint()
        with self._reading() as connection:
            size, edge = record.tip(connection, self.settings.log)
        key = SigningKey.new()
        name = checkpoints.origin_of(settings.case, settings.log)
        deeds = [
            checkpoints.key_deed(key.public(name)),
            *([checkpoints.mask_deed(self.key)] if (self.folder / checkpoints.MASK_KEY).exists() else []),
            settings_deed(settings, words_of(settings), reason=reason),
            joining.start_deed(self.settings.log, size, edge.root(), reason),
        ]
        try:
            checkpoints.write_secret(self.folder / checkpoints.NEXT_KEY, key.seed)
            with self._writing() as connection:
                log = Log(settings.log, settings.prefix, self._keep, ((self.settings.log, size),))
                record.record(connection, log, eyes, deeds)
                joining.reorder(connection)
            self._switch(settings)
        except OSError as error:
            raise _cannot(self.folder, error) from error
        self.sign_checkpoint()
        return settings.log

    def _switch(self, settings: Settings) -> None:
        """Write `case.toml` for a log that was begun, and put its key in its place."""
        write_settings(self.folder, settings)
        if (self.folder / checkpoints.NEXT_KEY).exists():
            (self.folder / checkpoints.NEXT_KEY).replace(self.folder / checkpoints.LOG_KEY)
            sync_folder(self.folder / "keys")
        self.settings = settings
        self._complete_log()

    def _complete_switch(self) -> None:
        """After a `start_log` that was cut off between its entries and the file: go on with the new log."""
        try:
            waiting = SigningKey.from_seed((self.folder / checkpoints.NEXT_KEY).read_bytes())
        except (OSError, ValueError):
            return
        with self._reading() as connection:
            found = joining.begun_with(connection, waiting, self.settings)
        if found is not None:
            self._switch(found)

    # --- destroying -------------------------------------------------------------------------------

    def destroy(self, eyes: Eyes, deed: Deed) -> None:
        """Record the second user's decision to destroy, and do it: rows, bytes, file copies of the logs.

        A run that is cut off after the decision is finished by the next one that writes. Raises as `record` does.
        """
        self._announce_rewriting([])
        with self._writing() as connection:
            record.record(connection, self._log(connection), eyes, [deed])
            self._erase(connection)
        self._rewrite_logs()

    def _erase(self, connection: Connection) -> bool:
        """Bring the record into the state that decisions to destroy ask for, and note which bytes have to go; True
        where entries lost their words."""
        changed, texts = erasing.erase(connection)
        if changed:
            record.take_effect(connection, changed)
        gone = connection.execute(select(t.item.c.digest).where(t.item.c.destroyed.is_not(None))).scalars()
        self._announce_rewriting([*texts, *gone])
        return bool(changed)

    def _announce_rewriting(self, digests: Iterable[str]) -> None:
        """Before anything is committed: what a run that is cut off leaves for the next one to do."""
        path = self.folder / REWRITING
        try:
            path.parent.mkdir(exist_ok=True)
            before = path.read_text("ascii").split() if path.exists() else []
            with path.open("w", encoding="ascii") as file:
                file.write("\n".join(sorted({*before, *digests})))
                file.flush()
                os.fsync(file.fileno())
            sync_folder(path.parent)
        except OSError as error:
            raise _cannot(self.folder, error) from error

    def _rewrite_logs(self, logs: Sequence[str] | None = None) -> None:
        """Write the file copies of these logs (of all) as the record has them; destroyed bytes go first."""
        try:
            with self._reading() as connection:
                for digest in erasing.to_unlink(connection, (self.folder / REWRITING).read_text("ascii").split()):
                    self.vault.destroy(digest)
                for log in logs if logs is not None else joining.names(connection):
                    logfile.rewrite(connection, self.folder, log)
                    checkpoints.rewrite(connection, self.folder, log)
            self._complete_log()
            (self.folder / REWRITING).unlink(missing_ok=True)
        except OSError as error:
            raise _cannot(self.folder, error) from error

    # --- what machines derive ---------------------------------------------------------------------

    def commit_text(self, texts: Sequence[Text], maker: str) -> None:
        """Replace the text of one item (all its parts), its passages and search rows."""
        with self._writing() as connection:
            derived.commit_text(connection, texts, maker)

    def commit_unread(self, unread: Unread, maker: str) -> None:
        """Note that an item could not be read."""
        with self._writing() as connection:
            derived.commit_unread(connection, unread, maker)

    def commit_members(self, item: str, remarks: Sequence[Remark], maker: str) -> None:
        """Note that what an item holds was taken out, and what could not be."""
        with self._writing() as connection:
            derived.commit_members(connection, item, remarks, maker)

    def keep_recognised(self, item: str, pages: Sequence[PageWords], maker: str) -> None:
        """Keep what was recognised on these pages of an item (by digest); see `recognised.keep`."""
        with self._writing() as connection:
            recognised.keep(connection, item, pages, maker)

    def finish_recognised(self, item: str, maker: str, pages: Sequence[int]) -> None:
        """All pages of an item that are pictures were recognised: its text is made with them from now on."""
        with self._writing() as connection:
            recognised.finish(connection, item, maker, pages)

    def recognised(self, eyes: Eyes, item: str) -> Recognised | None:
        """What is kept of the pages of an item (by digest); None where nothing is."""
        with self._reading() as connection:
            return recognised.kept(connection, eyes, item)

    def finished_recognised(self) -> dict[str, str]:
        """By digest of every item whose pages are all recognised: by what."""
        with self._reading() as connection:
            return recognised.finished(connection)

    def commit_reading(self, item: str, reading: Reading, maker: str) -> None:
        """Replace mentions and proposed claims of one item; settled claims are placed anew and kept."""
        with self._writing() as connection:
            derived.commit_reading(connection, item, reading, maker)

    def commit_consolidation(
        self, sight: str, actors: Sequence[ActorGroup], result: Consolidation, maker: str, inputs: str
    ) -> None:
        """Replace actors, incidents, origins and contradictions of one sight. `inputs`: their digest."""
        with self._writing() as connection:
            groups.commit_consolidation(connection, sight, actors, result, maker, inputs)

    def copy_consolidation(self, first: str, sight: str) -> None:
        """Give a sight that sees the same what was consolidated within the first."""
        with self._writing() as connection:
            groups.copy_consolidation(connection, first, sight)

    def note_followed(self, sight: str, standing: int, newest: int) -> None:
        """Note which decisions on what is the same the groups of a sight follow; see `listed.same_or_not`."""
        with self._reading() as connection:
            known = ahead.marked(connection, sight)
        if known != (standing, newest):
            with self._writing() as connection:
                ahead.mark(connection, sight, standing, newest)

    def commit_suggestions(self, sight: str, suggestions: Sequence[Suggestion], maker: str, inputs: str) -> None:
        """Replace the suggestions of one sight, kept in the order given."""
        with self._writing() as connection:
            groups.commit_suggestions(connection, sight, suggestions, maker, inputs)

    def made(self, stage: str, key: str) -> Made | None:
        """The ledger's line for a partition: `text`, `members`, `reading` by item; `consolidation`, `suggestions` by
        sight."""
        with self._reading() as connection:
            return ledger.made(connection, stage, key)

    def outputs(self, stage: str) -> dict[str, str]:
        """Digest of what came out of each partition of a stage, by its key."""
        with self._reading() as connection:
            return ledger.outputs(connection, stage)

    @contextmanager
    def taking_in(self) -> Iterator[None]:
        """Around keeping bytes and registering them: a run that is cut off in between leaves a mark, so that bytes
        which nobody was told are kept count as unfinished work and not as a change to the record. Several threads may
        be in it: the mark goes when the last one is through."""
        mark = self.folder / TAKING_IN
        with self._counting:
            try:
                self._cut_off = mark.exists() if not self._taking else self._cut_off
                mark.parent.mkdir(exist_ok=True)
                mark.touch()
            except OSError as error:
                raise _cannot(self.folder, error) from error
            self._taking += 1
        whole = False
        try:
            yield
            whole = True
        finally:
            with self._counting:
                self._taking -= 1
                self._cut_off = self._cut_off or not whole
                if whole and not self._taking and (not self._cut_off or self._all_registered()):
                    mark.unlink(missing_ok=True)

    def _all_registered(self) -> bool:
        return all(map(self._registered, set(self.vault.digests()) - self._preserved()))

    def _registered(self, digest: str) -> bool:
        with self._reading() as connection:
            found = connection.execute(select(t.acquisition.c.item).where(t.acquisition.c.item == digest)).first()
            kept = connection.execute(select(t.text.c.n).where(t.text.c.digest == digest)).first()
        return found is not None or kept is not None

    def _preserved(self) -> set[str]:
        with self._reading() as connection:
            return preserved(connection)

    # --- readers ----------------------------------------------------------------------------------

    def items(self, eyes: Eyes, digests: Iterable[str] | None = None) -> list[ItemRow]:
        """Items in order of registration; those of these digests alone, where given."""
        with self._reading() as connection:
            return views.items(connection, eyes, digests)

    def item(self, eyes: Eyes, name: str) -> ItemRow:
        """One item by registration number, digest or file name. Raises NotFound."""
        with self._reading() as connection:
            return views.item(connection, eyes, name)

    def acquisitions(self, eyes: Eyes, digests: Iterable[str]) -> dict[str, list[Acquisition]]:
        """Every taking-in of these items, in order; an item that these eyes do not see has none."""
        with self._reading() as connection:
            return views.acquisitions(connection, eyes, digests)

    def acquisitions_of(self, eyes: Eyes, item: str) -> list[Acquisition]:
        """Every taking-in of an item, in order."""
        with self._reading() as connection:
            return views.acquisitions_of(connection, eyes, item)

    def texts(self, eyes: Eyes, item: str) -> Iterator[Text]:
        """The text of an item, part by part."""
        with self._reading() as connection:
            parts = views.text_parts(connection, eyes, item)
        for part in parts:
            with self._reading() as connection:
                found = views.text_part(connection, eyes, part)
            yield found

    def bodies(self, eyes: Eyes, most: int) -> dict[str, str]:
        """The words of each item these eyes see, furniture left out; of very large ones the parts before `most`."""
        with self._reading() as connection:
            return views.bodies(connection, eyes, most)

    def passages(self, eyes: Eyes, item: str) -> list[Passage]:
        """The passages of an item's text, with offsets in the whole text."""
        with self._reading() as connection:
            return views.passages(connection, eyes, item)

    def words(self, eyes: Eyes, item: str, start: int, end: int) -> str:
        """Words of an item's text between two offsets in the whole text."""
        with self._reading() as connection:
            return views.words(connection, eyes, item, start, end)

    def claims(
        self, eyes: Eyes, *, item: str | None = None, status: str | None = None, ids: Iterable[str] | None = None
    ) -> list[Claim]:
        """Claims as shown now, sorted by the item's name, place and id."""
        with self._reading() as connection:
            return views.claims(connection, eyes, item=item, status=status, ids=ids)

    def claim(self, eyes: Eyes, claim: str) -> Claim:
        """One claim by id, or by its first digits. Raises NotFound."""
        with self._reading() as connection:
            return views.claim(connection, eyes, claim)

    def settlement(self, eyes: Eyes, claim: str) -> Settlement | None:
        """What was decided of a claim and whether its words still stand; None when nothing was."""
        with self._reading() as connection:
            return views.settlement(connection, eyes, claim)

    def mentions(self, eyes: Eyes, item: str | None = None) -> list[Mention]:
        """Mentions, by item and place."""
        with self._reading() as connection:
            return views.mentions(connection, eyes, item)

    def actors(self, eyes: Eyes) -> list[ActorGroup] | None:
        """Actors of this sight by id; None while it was not worked out. So with the next four."""
        with self._reading() as connection:
            return views.actors(connection, eyes)

    def ties(
        self, eyes: Eyes, actors: Iterable[str], ends: Sequence[str] = ("from", "to"), limit: int | None = None
    ) -> list[charts.TieRow]:
        """Tie claims that name one of these actors at one of these ends, with the actors of both; sorted by id."""
        with self._reading() as connection:
            return charts.ties(connection, eyes, actors, ends, limit)

    def claims_of(self, eyes: Eyes, actors: Iterable[str], involvement: Sequence[str]) -> list[Claim]:
        """Act claims in which one of these actors is involved in one of these ways, by id."""
        with self._reading() as connection:
            return charts.claims_of(connection, eyes, actors, involvement)

    def naming(self, eyes: Eyes, actors: Iterable[str]) -> list[tuple[Claim, tuple[str, ...]]]:
        """Claims that name one of these actors, each with the roles it names them in; by id."""
        with self._reading() as connection:
            return charts.naming(connection, eyes, actors)

    def bound(self, eyes: Eyes, mentions: Iterable[str]) -> dict[str, charts.Bound]:
        """The actors of these mentions, each with why it is in that group."""
        with self._reading() as connection:
            return charts.bound(connection, eyes, mentions)

    def names_of(self, eyes: Eyes, ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Id, name and kind of these actors, by id."""
        with self._reading() as connection:
            return charts.actors(connection, eyes, ids)

    def actors_written(self, eyes: Eyes, name: str) -> list[ActorGroup]:
        """Actors whose id begins so, or whose chosen name is written exactly so; a fast first look."""
        with self._reading() as connection:
            return charts.actors_written(connection, eyes, name)

    def incidents(self, eyes: Eyes) -> list[Incident] | None:
        """Incidents of this sight by id."""
        with self._reading() as connection:
            return views.incidents(connection, eyes)

    def origins(self, eyes: Eyes) -> list[Origin] | None:
        """Origins of this sight by id."""
        with self._reading() as connection:
            return views.origins(connection, eyes)

    def contradictions(self, eyes: Eyes) -> list[Contradiction] | None:
        """Contradictions of this sight by id."""
        with self._reading() as connection:
            return views.contradictions(connection, eyes)

    def suggestions(self, eyes: Eyes) -> list[Suggestion] | None:
        """Suggestions of this sight, in the order they were laid out."""
        with self._reading() as connection:
            return views.suggestions(connection, eyes)

    def identity_decisions(self, eyes: Eyes, kind: str = "actor") -> list[IdentityDecision]:
        """What stands about two things being the same."""
        with self._reading() as connection:
            return views.identity_decisions(connection, eyes, kind)

    def protected(self, eyes: Eyes) -> list[Protected]:
        """Persons to be masked. For masking, ask with the owner's eyes: a name is masked whoever reads."""
        with self._reading() as connection:
            return views.protected(connection, eyes)

    def decisions(self, eyes: Eyes, subject: str | None = None) -> list[Decision]:
        """Decisions on a subject (on everything, without one), in the order of the log, with their withdrawals."""
        with self._reading() as connection:
            return views.decisions(connection, eyes, subject)

    def history(self, eyes: Eyes, subject: str) -> list[Decision]:
        """All that was ever decided on a subject; the same as `decisions`, whose `stands` tells what holds now."""
        return self.decisions(eyes, subject)

    def standing(self, eyes: Eyes, subject: str, kind: str | None = None) -> list[Decision]:
        """The decisions on a subject that stand: what a new deed has to name in `over`."""
        with self._reading() as connection:
            return views.standing(connection, eyes, subject, kind)

    def listed(self, eyes: Eyes, chosen: Mapping[str, str], after: str = "", most: int = 100) -> listing.Found:
        """A page of the list of items, narrowed by values of facets (`tallies.FACETS`, `listing.ORIGIN`)."""
        with self._reading() as connection:
            return listing.items(connection, eyes, chosen, after, most)

    def counts(self, eyes: Eyes) -> listing.Counts:
        """How many items, claims, incidents and contradictions there are."""
        with self._reading() as connection:
            return listing.counts(connection, eyes)

    def latest(
        self, eyes: Eyes, before: str = "", most: int = 200, by: str = "", kind: str = ""
    ) -> list[listing.Latest]:
        """A page of the log: decisions, the newest first, from the one in front of `before` (an id) on; of one user or
        kind where given."""
        with self._reading() as connection:
            return listing.latest(connection, eyes, before, most, by, kind)

    def conflicts(self, eyes: Eyes) -> list[Conflict]:
        """Where devices that worked apart each decided, and several decisions stand; agreements among them."""
        with self._reading() as connection:
            return views.conflicts(connection, eyes)

    def citing(self, eyes: Eyes, items: Iterable[str]) -> list[Decision]:
        """Every decision that cites one of these items (by digest), in the order of the log."""
        with self._reading() as connection:
            return views.citing(connection, eyes, items)

    def of_kind(self, eyes: Eyes, kind: str) -> list[Decision]:
        """The decisions of one kind that stand, in the order of the log."""
        with self._reading() as connection:
            return views.of_kind(connection, eyes, kind)

    def named_decisions(self, eyes: Eyes, ids: Iterable[str]) -> list[Decision]:
        """The decisions with these ids, in the order of the log."""
        with self._reading() as connection:
            return views.named_decisions(connection, eyes, ids)

    def kinds(self, eyes: Eyes) -> tuple[str, ...]:
        """The kinds of decisions in the log that these eyes see, sorted."""
        with self._reading() as connection:
            return views.kinds(connection, eyes)

    def decisions_after(self, eyes: Eyes, sizes: Mapping[str, int], most: int) -> list[Decision]:
        """The first `most` decisions recorded after the logs had these sizes (`log_sizes`), in the order of the log."""
        with self._reading() as connection:
            return views.decisions_after(connection, eyes, sizes, most)

    def log_sizes(self) -> dict[str, int]:
        """How far each log has come: the place after its last entry here."""
        with self._reading() as connection:
            return views.log_sizes(connection)

    def contradiction_ids(self, eyes: Eyes, most: int) -> list[str] | None:
        """Ids of the contradictions of this sight; None where they were not worked out, or are more than `most`."""
        with self._reading() as connection:
            return views.contradiction_ids(connection, eyes, most)

    def waiting_for_second(self, eyes: Eyes, claims: Iterable[str] | None = None) -> dict[str, second.Waiting]:
        """The claims that wait for a second reader, of those that these eyes see (and among some), by id."""
        with self._reading() as connection:
            found = second.waiting(connection, claims=claims)
        return {id_: one for id_, one in found.items() if any(eyes.sees(arm) for arm in alternatives(one.compartment))}

    def others(self, one: second.Waiting) -> list[str]:
        """Names of the users who could read this claim a second time."""
        with self._reading() as connection:
            return second.others(connection, one.first, one.compartment)

    def stated_later(self, eyes: Eyes, items: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What was found out of acquisitions after they were registered, by id of the registration."""
        with self._reading() as connection:
            return views.stated_later(connection, eyes, items)

    def log_lines(self, eyes: Eyes, decisions: Iterable[str]) -> list[LogLine]:
        """The log's lines of these decisions, by log and place."""
        with self._reading() as connection:
            return views.log_lines(connection, eyes, decisions)

    def leaf_hashes(self, log: str) -> list[str]:
        """The hashes of all leaves of a log, in order: proofs are made from them, and they tell nothing else."""
        with self._reading() as connection:
            return views.leaf_hashes(connection, log)

    def search(self, eyes: Eyes, query: str | Query, limit: int = 20) -> list[Hit]:
        """Places in texts and claims that hold all words of the query; any query is understood."""
        with self._reading() as connection:
            return views.search(connection, eyes, query, limit)

    def ask(
        self, eyes: Eyes, question: Callable[Concatenate[Connection, Eyes, P], T], *told: P.args, **more: P.kwargs
    ) -> T:
        """What one of the store's own modules (`waiting`, `window`, `listed`) answers, in one look at the record."""
        with self._reading() as connection:
            return question(connection, eyes, *told, **more)

    def look(self, eyes: Eyes, query: Query, wanted: finding.Wanted) -> finding.Found:
        """One page of the items whose texts and claims fit, with what the hits can be narrowed by."""
        with self._reading() as connection:
            return finding.look(connection, eyes, query, wanted)

    def mark(self, eyes: Eyes) -> str:
        """Where the texts that these eyes see end now: what is read in later lies beyond."""
        with self._reading() as connection:
            return finding.mark(connection, eyes)

    def beyond(self, eyes: Eyes, query: Query, mark: str, most: int) -> int | None:
        """Places that fit and were read in after a mark, counted up to `most`; None where that cannot be told."""
        with self._reading() as connection:
            return finding.beyond(connection, eyes, query, mark, most)

    def bearers(self, eyes: Eyes, phrase: Phrase) -> list[asked_names.Bearer]:
        """Actors and places of which a written form holds these words."""
        with self._reading() as connection:
            return asked_names.bearers(connection, eyes, phrase)

    # --- proof ------------------------------------------------------------------------------------

    @property
    def decision_count(self) -> int:
        """Entries in the log."""
        with self._reading() as connection:
            return record.log_size(connection, self.settings.log)

    @property
    def root(self) -> str:
        """Root of the tree over the whole log."""
        with self._reading() as connection:
            return record.tip(connection, self.settings.log)[1].root()

    def verify(self, *, quick: bool = False, saved: Sequence[around.Saved] = ()) -> list[Fault]:
        """All that is not what was written; empty when all is well. Writes nothing. See `examine` for remarks too."""
        return [fault for fault in self.examine(quick=quick, saved=saved) if fault.severity]

    def examine(
        self, *, quick: bool = False, saved: Sequence[around.Saved] = (), checked: check.Checked = None
    ) -> list[Fault]:
        """What `verify` finds, and remarks (severity 0): what is to be known and is no fault.

        `quick`: items by BLAKE3 where their registration has one. `saved`: checkpoints or logs kept elsewhere.
        `checked` is told how many items were compared, of how many.
        """
        found: list[Fault] = []
        for _ in range(3):  # whoever wrote and closed while we looked has made two halves that do not fit
            before = seal.stamp(self.folder)
            found = self._examined(quick, saved, checked)
            if self._lock is not None or seal.stamp(self.folder) == before or not any(one.severity for one in found):
                break
        return found

    def _examined(self, quick: bool, saved: Sequence[around.Saved], checked: check.Checked) -> list[Fault]:
        outside = around.Outside.of(self.folder, self.vault, alone=self._lock is not None)
        try:
            with self._reading() as connection:
                return check.verify(connection, outside, self.settings, saved=saved, quick=quick, checked=checked)
        except (RecordAltered, CannotWrite, UnicodeDecodeError) as error:
            problem = str(error) if isinstance(error, UnicodeDecodeError) else error.problem
            return [*outside.sealed.faults, Fault("database", DATABASE, problem, RecordAltered.exit_code)]

    def rebuild(self) -> None:
        """Drop what was projected and derived, and project again from the decisions; reading is casework's."""
        with self._writing() as connection:
            for compartment in compartment_names(connection):
                engine.clear(connection, compartment)
            for table in t.DERIVED:
                connection.execute(delete(table))
            ahead.clear(connection)
            record.project_all(connection)

    def dump(self, *, log: bool = True) -> bytes:
        """The record as sorted lines without row numbers; without the log, current state alone.

        Two states that say the same give the same bytes.
        """
        with self._reading() as connection:
            return check.dump(connection, log=log)

    # --- transactions -----------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._readers.begin() as connection:
                connection.info.pop(KNOWN, None)
                yield connection
        except DatabaseError as error:
            raise self._told(error) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._lock is None:
            raise ReadOnly(str(self.folder))
        self._unseal()
        try:
            with self._engine.begin() as connection:
                connection.info.pop(KNOWN, None)
                tallies.forget(connection)
                yield connection
                tallies.settle(connection)
        except DatabaseError as error:
            raise self._told(error) from error

    def _unseal(self) -> None:
        """Before the first write: take the seal away. Raises RecordAltered when the record is not what was sealed,
        since writing would seal the harm as if it were ours."""
        if self._unsealed:
            return
        try:
            found = seal.look(self.folder)
            if found.faults:
                names = ", ".join(dict.fromkeys(fault.name for fault in found.faults))
                raise RecordAltered(
                    f"The record in {self.folder} has changed since it was closed ({names}); nothing was written.",
                    f"Run `probanda verify` and restore what it names from a copy. Should it find nothing else, move "
                    f"{seal.NAME} out of the folder to go on with the record as it is.",
                )
            seal.remove(self.folder)
        except OSError as error:
            raise _cannot(self.folder, error) from error
        self._unsealed = True

    def _told(self, error: DatabaseError) -> BaseException:
        """A database's complaint in the words of this program; what is a bug of ours stays as it is."""
        if engine.is_damage(error):
            return RecordAltered(
                f"The record {self.folder / DATABASE} is damaged: {error.orig}.",
                "Leave the folder as it is and restore record.db from a copy; or move it out of the folder and make it "
                "anew from log and vault with `probanda rebuild --from-log`.",
            )
        if isinstance(error, OperationalError):
            return CannotWrite(str(self.folder), str(error.orig))
        return error


def _refuse_foreign(folder: Path) -> None:
    """Raises unless the folder is empty or holds a case that was never finished."""
    names = sorted(one.name for one in folder.iterdir())
    if SETTINGS in names and MAKING not in names:
        raise AlreadyACase(str(folder))
    if MAKING in names and set(names) <= OURS:
        return
    others = [name for name in names if name != locking.NAME]
    if others:
        raise NotEmpty(
            str(folder), repr(others[0]) if len(others) == 1 else f"{others[0]!r} and {len(others) - 1} more"
        )


def _clear_half_made(folder: Path) -> None:
    """Take away what a killed `create` left; the marker says that it is nothing else."""
    if (folder / MAKING).exists():
        for name in (
            SETTINGS, WAITING, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", seal.NAME, seal.WAITING,
            checkpoints.MASK_KEY, checkpoints.LOG_KEY,
        ):  # fmt: skip
            (folder / name).unlink(missing_ok=True)
        for name in (logfile.SEGMENT, checkpoints.NAME):
            for path in (folder / "log").glob(f"*/{name}"):
                path.unlink()


def _cannot(folder: Path, error: OSError) -> ProbandaError:
    """What the system refused, naming the folder and the file."""
    where = f" ({error.filename})" if error.filename and Path(str(error.filename)) != folder else ""
    return CannotWrite(str(folder), f"{(error.strerror or str(error)).lower()}{where}")
