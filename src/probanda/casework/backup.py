"""A second copy of a case folder, made while others work in it, and its way back.

Start with `backup`, then `restore`. A backup is a snapshot of the record, the logs exactly as far as that snapshot
goes, every item that it names, `case.toml`, and the keys unless they are left out; then a manifest with the SHA-256
of each, and a page (`backup.json`) that says what it is a backup of. In one file it is an ordinary tar; in a folder
many backups share one vault, and only new items are copied.

Looks down to: store, vault, kernel. Used by: cli.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from probanda import __version__
from probanda.casework import check, users
from probanda.casework.archive import Torn, Writer, is_plain_name, members
from probanda.casework.clock import now
from probanda.casework.progress import Counted, Progress, silent
from probanda.kernel.digests import Digest, canonical, random_id, sha256
from probanda.kernel.errors import CaseInUse, ItemAltered, ProbandaError, RecordAltered, WrongUsage
from probanda.store import checkpoints, locking, logfile, seal
from probanda.store.common import RESTORED
from probanda.store.engines.copying import Copied, LogState, snapshot
from probanda.store.errors import NotEmpty
from probanda.store.model import Deed
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import read_settings, sync_folder
from probanda.store.store import DATABASE, Store
from probanda.vault.checked import CHUNK, ItemMissing
from probanda.vault.vault import Vault

FORM = 1
"""Version of the backup's form."""
PAGE = "backup.json"
MANIFEST = "manifest-sha256.txt"
MARK = "backups.json"
"""Stands in a folder that holds backups, and says of which case."""
PART = ".part"
"""Where a backup is made within such a folder; gone once it is made."""
ROUNDS = "rounds"
"""Where such a folder keeps each backup, without the items; `vault` beside it is shared by all."""
STAMPS = "stamps"
"""Folder beside a log for what outside authorities signed; names begin with the size of the log (`outside`)."""
TOGETHER = 1024
"""Items that go into a folder of backups before the next are looked for: a few groups of the vault's own."""
LARGEST_PAGE = 1 << 20
"""Bytes: a page larger than this is none of ours."""


_NONE = LogState("", 0, "")


class DamagedBackup(RecordAltered):
    """A backup is not what was written; nothing was restored."""

    def __init__(self, backup: Path, problem: str) -> None:
        super().__init__(
            f"The backup {backup} is damaged or incomplete: {problem}.",
            "Nothing was restored. Take another backup; what is whole in this one can be taken out by hand (`tar xf`).",
        )


class ForeignBackup(WrongUsage):
    """What was named is no backup of ours, or one of a later version."""

    def __init__(self, backup: Path, problem: str) -> None:
        super().__init__(
            f"{backup} is not a backup that this program can restore: {problem}.",
            "Name a file or folder that `probanda backup` made; nothing was restored.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says of itself; `backup.json` holds these fields and a seal over them."""

    form: int
    id: str
    """Random id, under which the record notes the backup."""
    made_at: str
    case: str
    situation: str
    program: str
    logs: tuple[LogState, ...]
    items: int
    """Items in it."""
    keys: bool
    """False when it was made without keys: then the restored folder can neither sign nor make the same codenames."""
    another_wrote: bool
    """True when another process held the case folder for writing when the backup began."""
    manifest: Digest
    """SHA-256 of the manifest, which names every other file of the backup."""

    @property
    def page(self) -> bytes:
        """`backup.json`: canonical JSON, sealed with the SHA-256 of itself without the seal, and a line end."""
        told = asdict(self) | {"logs": [asdict(log) for log in self.logs]}
        return canonical(told | {"seal": sha256(canonical(told))}) + b"\n"

    @property
    def digest(self) -> Digest:
        """The digest that names this backup: the SHA-256 of its page."""
        return sha256(self.page)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and how it stands in the record."""

    backup: Backup
    copied: int
    """Items copied; fewer than it holds where the folder had the others already."""
    not_noted: str | None
    """Why the record does not note it; None when it does."""


# --- making one -----------------------------------------------------------------------------------


def backup(folder: Path, out: Path, *, keys: bool = True, user: str | None = None, progress: Progress = silent) -> Made:
    """Back up a case folder to a new file (a name that ends in `.tar`) or into a folder of backups.

    Others may write meanwhile: the backup holds the moment of its snapshot, nothing earlier and nothing later.
    It appears under its name only when all of it is on disk. Raises ItemAltered and RecordAltered for a folder
    that is damaged (a backup of it would look better than it is), WrongUsage for a place that is taken.
    """
    folder, out = Path(folder), Path(out)
    _refuse_inside(folder, out)
    with _plainly(out), Store.open(folder, writing=False) as store:
        busy = locking.is_held(folder)
        one_file = out.suffix == ".tar"
        _refuse_taken(out, one_file)
        with _workplace(_beside(out) if one_file else out / PART) as work:
            state = _State.take(store, work, busy, progress)
            with (_TarTarget if one_file else _FolderTarget)(out, work, state) as target:
                told = _fill(target, store, state, keys, progress)
                copied = target.finish(told)
    return Made(told, copied, _note(folder, told, out, user))


def note(folder: Path, where: Path, *, user: str | None = None) -> Backup:
    """Note in the record a backup that could not be noted when it was made. Raises CaseInUse."""
    told = read_page(where)
    if told.case != read_settings(folder).case:
        raise ForeignBackup(where, "it is of another case")
    _record(folder, told, where, user)
    return told


@dataclass(frozen=True, slots=True)
class _State:
    """The snapshot, and what belongs to it."""

    case: str
    database: Path
    logs: tuple[LogState, ...]
    items: int
    at: str
    busy: bool

    @classmethod
    def take(cls, store: Store, work: Path, busy: bool, progress: Progress) -> _State:
        database = work / DATABASE
        snapshot(store.folder / DATABASE, database, lambda done, pages: progress("copying the record", done, pages))
        with Copied(database) as copied:
            return cls(store.settings.case, database, tuple(copied.logs()), sum(1 for _ in copied.items()), now(), busy)

    @property
    def seconds(self) -> int:
        """When it was taken, in whole seconds since 1970."""
        return int(datetime.fromisoformat(self.at).astimezone(UTC).timestamp())


class _Target(Protocol):
    """Where a backup goes."""

    def file(self, name: str, source: BinaryIO, size: int) -> Digest: ...

    def items(self, vault: Vault, digests: Iterable[Digest]) -> Iterator[Digest]: ...

    def finish(self, told: Backup) -> int: ...


def _fill(target: _Target, store: Store, state: _State, keys: bool, progress: Progress) -> Backup:
    """Put in the record, the small files, the items, and the manifest last."""
    work = state.database.parent
    with (work / MANIFEST).open("w+b") as manifest:

        def put(name: str, source: BinaryIO, size: int) -> None:
            manifest.write(f"{target.file(name, source, size)}  {name}\n".encode("ascii"))

        for name, path in _record_files(store.folder, state, work):
            with path.open("rb") as file:
                put(name, file, path.stat().st_size)
        for name, data in _small_files(store.folder, state, keys):
            if not is_plain_name(name):
                raise ProbandaError(f"{name} is no file of a case folder.", "Take it out of there, and try again.")
            put(name, BytesIO(data), len(data))
        counted = Counted(progress, "copying items", state.items)
        with Copied(state.database) as copied:
            for digest in target.items(store.vault, copied.items()):
                manifest.write(f"{digest}  vault/{digest[:2]}/{digest}\n".encode("ascii"))
                counted(1)
        size = manifest.tell()
        manifest.seek(0)
        listed = target.file(MANIFEST, manifest, size)
    settings = store.settings
    return Backup(
        form=FORM, id=random_id(), made_at=state.at, case=settings.case, situation=settings.situation,
        program=__version__, logs=state.logs, items=state.items, keys=keys, another_wrote=state.busy,
        manifest=listed,
    )  # fmt: skip


def _record_files(folder: Path, state: _State, work: Path) -> Iterator[tuple[str, Path]]:
    """The snapshot, and each log's file copy as far as the snapshot goes."""
    yield DATABASE, state.database
    with Copied(state.database) as copied:
        for log in state.logs:
            path = work / logfile.SEGMENT
            _write_log(folder, log.log, copied.lines(log.log), path)
            yield f"log/{log.log}/{logfile.SEGMENT}", path
            path = work / checkpoints.NAME
            path.write_bytes(copied.notes(log.log))
            if path.stat().st_size:
                yield f"log/{log.log}/{checkpoints.NAME}", path
            path = work / logfile.PROOFS
            path.write_bytes(copied.proofs(log.log))
            if path.stat().st_size:
                yield f"log/{log.log}/{logfile.PROOFS}", path


def _write_log(folder: Path, log: str, lines: Iterable[bytes], path: Path) -> None:
    """Write the lines, and compare them with the file copy as far as that goes.

    The file follows the database within moments, so it may be shorter or longer here, but not different.
    """
    own = logfile.path_of(folder, log)
    with contextlib.ExitStack() as files:
        held = files.enter_context(own.open("rb")) if own.exists() else BytesIO()
        out = files.enter_context(path.open("wb"))
        for n, line in enumerate(lines):
            there = held.readline()
            if there.endswith(b"\n") and there != line:
                raise RecordAltered(
                    f"Entry {n} of the log {log} is another in its file copy {own}.",
                    "Nothing was backed up. Run `probanda verify`, leave the folder as it is, and keep the last good "
                    "backup.",
                )
            out.write(line)


def _small_files(folder: Path, state: _State, keys: bool) -> Iterator[tuple[str, bytes]]:
    """Settings, keys, and what lies beside the logs (the stamps of authorities) as far as the snapshot goes."""
    with Copied(state.database) as copied:
        yield SETTINGS, copied.settings((folder / SETTINGS).read_bytes())
    for path in _files(folder / "keys") if keys else ():
        yield path.relative_to(folder).as_posix(), path.read_bytes()
    for path in _files(folder / "log"):
        name = path.relative_to(folder).as_posix()
        state_of_log = next((one for one in state.logs if one.log == name.split("/")[1]), None)
        if path.name.startswith(".") or (
            state_of_log and path.name in (logfile.SEGMENT, logfile.PROOFS, checkpoints.NAME)
        ):
            continue  # a temporary file of a writer; or written from the snapshot already
        covered = path.name.split("-")[0]
        later = path.parent.name == STAMPS and covered.isdigit() and int(covered) > (state_of_log or _NONE).size
        if not later:
            yield name, path.read_bytes()


def _files(folder: Path) -> list[Path]:
    """Ordinary files below a folder, sorted; links are not followed."""
    found = [Path(top) / name for top, _, names in os.walk(folder) for name in names]
    return sorted((path for path in found if path.is_file() and not path.is_symlink()), key=os.fsencode)


class _TarTarget:
    """One file, appearing whole or not at all."""

    def __init__(self, out: Path, work: Path, state: _State) -> None:
        self._out, self._path = out, work / "archive.part"
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._writer = Writer(self._file, state.seconds)
        self._copied = 0

    def __enter__(self) -> _TarTarget:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def file(self, name: str, source: BinaryIO, size: int) -> Digest:
        return self._writer.add(name, source, size)

    def items(self, vault: Vault, digests: Iterable[Digest]) -> Iterator[Digest]:
        for digest in digests:
            with vault.open(digest) as stream:  # raises ItemAltered when its end comes with another digest
                size = vault.path_of(digest).stat().st_size
                self._writer.add(f"vault/{digest[:2]}/{digest}", stream, size)  # type: ignore[arg-type]
            self._copied += 1
            yield digest

    def finish(self, told: Backup) -> int:
        self._writer.add(PAGE, BytesIO(told.page), len(told.page))
        self._writer.end()
        self._file.flush()
        os.fsync(self._file.fileno())
        if self._out.exists():
            raise WrongUsage(f"{self._out} appeared meanwhile.", "Name another file; nothing was changed.")
        self._path.rename(self._out)
        try:
            sync_folder(self._out.absolute().parent)
        except OSError:  # it may not last: then it is not called made
            self._out.unlink()
            raise
        return self._copied


class _FolderTarget:
    """A folder of backups that share one vault: `rounds/<entries>-<time>-<id>/` for each; only new items are copied."""

    def __init__(self, out: Path, work: Path, state: _State) -> None:
        self._out, self._work = out, work / "round"
        self._vault = Vault(out / "vault")
        self._told = canonical({"case": state.case, "probanda_backups": FORM}) + b"\n"
        self._copied = 0

    def __enter__(self) -> _FolderTarget:
        mark = self._out / MARK
        if not mark.is_file():  # whole under its name or not there: a torn one would look like another case's
            _copy(BytesIO(self._told), self._work.parent / MARK)
            (self._work.parent / MARK).rename(mark)
            sync_folder(self._out)
        elif mark.read_bytes() != self._told:
            raise WrongUsage(f"{self._out} holds backups of another case.", "Name another folder; nothing was changed.")
        self._work.mkdir()
        self._vault.sweep()
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def file(self, name: str, source: BinaryIO, size: int) -> Digest:
        return _copy(source, self._work / name)

    def items(self, vault: Vault, digests: Iterable[Digest]) -> Iterator[Digest]:
        waiting = iter(digests)
        while some := list(islice(waiting, TOGETHER)):
            new = [digest for digest in some if not self._vault.has(digest)]
            self._take(vault, new)
            yield from some

    def _take(self, vault: Vault, new: list[Digest]) -> None:
        answers = self._vault.preserve_many([vault.path_of(digest) for digest in new])
        for digest, answer in zip(new, answers, strict=True):
            if isinstance(answer, ProbandaError):
                raise answer if vault.has(digest) else ItemMissing(digest)
            if answer.digest != digest:
                if answer.new:
                    self._vault.path_of(answer.digest).unlink(missing_ok=True)
                raise ItemAltered(digest, digest, answer.digest)
            self._copied += 1

    def finish(self, told: Backup) -> int:
        _copy(BytesIO(told.page), self._work / PAGE)
        for path in sorted(self._work.rglob("*")):
            if path.is_dir():
                sync_folder(path)
        sync_folder(self._work)
        rounds = self._out / ROUNDS
        rounds.mkdir(exist_ok=True, mode=0o700)
        stamp = told.made_at.translate({ord(sign): None for sign in "-:."})
        entries = sum(
            log.size for log in told.logs
        )  # in front, since what is newest is for the log to say, not the clock
        done = rounds / f"{entries:010d}-{stamp}-{told.id[:8]}"
        self._work.rename(done)
        try:
            sync_folder(rounds)
            sync_folder(self._out)
        except OSError:  # it may not last: then it is not called made
            shutil.rmtree(done)
            raise
        return self._copied


def _note(folder: Path, told: Backup, out: Path, user: str | None) -> str | None:
    """Note a backup in the record; why not, when somebody else is writing."""
    try:
        _record(folder, told, out, user)
    except CaseInUse as busy:
        return busy.problem
    return None


def _record(folder: Path, told: Backup, where: Path, user: str | None) -> None:
    with Store.open(folder, writing=True) as store:
        payload = {
            "kind": "backup",
            "digest": told.digest,
            "name": os.fsencode(where.name).decode("utf-8", "replace"),
            "made_at": told.made_at,
            "keys": told.keys,
            "held": told.items,
            "logs": [asdict(log) for log in told.logs],
        }
        eyes = store.eyes(users.found(store, user)) if user else store.owner
        store.record(eyes, [Deed(kind="output", subject=told.id, payload=payload)])


# --- the way back ---------------------------------------------------------------------------------


def restore(where: Path, folder: Path, *, progress: Progress = silent) -> Backup:
    """Make a case folder from a backup: a `.tar`, a folder of backups (then the newest), or one of its rounds.

    The folder appears only after every digest was compared and the whole was verified. What is recorded in it begins
    a log of its own, since the folder it is a copy of may go on with the old one. Raises DamagedBackup or
    ItemAltered, naming the file; ForeignBackup for anything else; NotEmpty when the folder is taken.
    """
    where, folder = Path(where), Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(str(folder), "other files")
    if not where.exists():
        raise ForeignBackup(where, "there is nothing of that name")
    with _plainly(folder), _workplace(_beside(folder)) as work:
        made = work / "case"
        made.mkdir(mode=0o700)
        told = (_from_folder if where.is_dir() else _from_tar)(where, made, progress)
        _check(where, made, told, progress)
        _settle(made)
        made.rename(folder)
        sync_folder(folder.parent.absolute())
    return told


def read_page(where: Path) -> Backup:
    """What a backup says of itself; reads a tar to its end to find that out. Raises DamagedBackup or ForeignBackup."""
    where = Path(where)
    if where.is_dir():
        path = _round(where) / PAGE
        if not path.is_file():
            raise DamagedBackup(where, f"{path.name} is missing")
        return _page(where, path.read_bytes())
    last: tuple[str, bytes] = ("", b"")
    with _torn(where), where.open("rb") as file:
        for member in members(file):
            kept = b""
            for piece in member.pieces():
                kept = (kept + piece)[: LARGEST_PAGE + 1] if member.name == PAGE else b""
            last = (member.name, kept)
    if last[0] != PAGE:
        raise DamagedBackup(where, f"{PAGE} is missing at its end")
    return _page(where, last[1])


def _from_tar(where: Path, made: Path, progress: Progress) -> Backup:
    """Unpack, then compare with the manifest, which came last."""
    found: dict[str, Digest] = {}
    items = 0
    total = where.stat().st_size
    with _torn(where), where.open("rb") as file:
        for member in members(file):
            if member.name in found or (made / member.name).exists():
                raise DamagedBackup(where, f"{member.name} is in it twice")
            digest = _copy(member.pieces(), made / member.name, sync=False)
            if member.name.startswith("vault/"):
                if member.name != f"vault/{digest[:2]}/{digest}":
                    raise DamagedBackup(where, f"{member.name} does not match its digest")
                items += 1
            else:
                found[member.name] = digest
            progress("unpacking bytes", min(file.tell(), total), total)
    for name in (PAGE, MANIFEST):
        if name not in found:
            raise DamagedBackup(where, f"{name} is missing: it was cut off, or is not a backup")
    told = _page(where, (made / PAGE).read_bytes())
    _same(where, MANIFEST, found[MANIFEST], told.manifest)
    listed = 0
    for digest, name in _listed(where, made / MANIFEST):
        listed += 1
        if name.startswith("vault/"):
            if not (made / name).is_file():
                raise DamagedBackup(where, f"{name} is missing")
        else:
            _same(where, name, found.get(name), digest)
    if listed != items + len(found) - 2:
        raise DamagedBackup(where, "it holds files that its manifest does not name")
    return told


def _from_folder(where: Path, made: Path, progress: Progress) -> Backup:
    """Copy what the manifest of one round names, comparing each digest on the way."""
    chosen = _round(where)
    shared = chosen.parent.parent
    if not (chosen / PAGE).is_file():
        raise DamagedBackup(where, f"{PAGE} is missing")
    told = _page(where, (chosen / PAGE).read_bytes())
    if not (chosen / MANIFEST).is_file():
        raise DamagedBackup(where, f"{MANIFEST} is missing")
    with (chosen / MANIFEST).open("rb") as file:
        _same(where, MANIFEST, hashlib.file_digest(file, "sha256").hexdigest(), told.manifest)
    counted = Counted(progress, "copying items", told.items)
    for digest, name in _listed(where, chosen / MANIFEST):
        item = name.startswith("vault/")
        source = (shared if item else chosen) / name
        if not source.is_file() or source.is_symlink():
            raise DamagedBackup(where, f"{name} is missing")
        with source.open("rb") as file:
            _same(where, name, _copy(file, made / name, sync=False), digest)
        counted(1 if item else 0)
    return told


def _round(where: Path) -> Path:
    """The round that is meant: the folder itself, or the newest in a folder of backups."""
    if (where / PAGE).is_file() or where.parent.name == ROUNDS:
        return where
    if not (where / MARK).is_file():
        raise ForeignBackup(where, f"the folder has no {MARK}")
    rounds = sorted(path for path in (where / ROUNDS).glob("*") if path.is_dir())
    if not rounds:
        raise DamagedBackup(where, "no backup in it was finished")
    return rounds[-1]


def _page(where: Path, data: bytes) -> Backup:
    """Read `backup.json`, whose seal and form must be right to the last byte."""
    try:
        told: dict[str, Any] = json.loads(data)
        form = told["form"]
    except (ValueError, KeyError, TypeError):
        raise DamagedBackup(where, f"{PAGE} cannot be read") from None
    if isinstance(form, int) and form > FORM:
        raise ForeignBackup(where, f"its form is {form}, and this program reads up to {FORM}")
    try:
        told.pop("seal")
        found = Backup(**{**told, "logs": tuple(LogState(**log) for log in told["logs"])})
        if found.page != data:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise DamagedBackup(where, f"{PAGE} does not match its seal") from None
    return found


def _listed(where: Path, manifest: Path) -> Iterator[tuple[Digest, str]]:
    """(digest, name) of each line of the manifest. Raises DamagedBackup for a line or name of another form."""
    with manifest.open("rb") as file:
        for line in file:
            digest, gap, name = line.decode("ascii", "replace").rstrip("\n").partition("  ")
            if not gap or not is_plain_name(name) or name in (PAGE, MANIFEST):
                raise DamagedBackup(where, f"{MANIFEST} has a line that is not as written")
            yield digest, name


def _check(where: Path, made: Path, told: Backup, progress: Progress) -> None:
    """The record says the same as the page, and the whole verifies."""
    for name in (SETTINGS, DATABASE):
        if not (made / name).is_file():
            raise DamagedBackup(where, f"{name} is missing")
    if read_settings(made).case != told.case:
        raise DamagedBackup(where, f"{SETTINGS} names another case than {PAGE}")
    with Copied(made / DATABASE) as copied:
        if tuple(copied.logs()) != told.logs:
            raise DamagedBackup(where, f"{DATABASE} does not give the roots that {PAGE} names")
    for name in (PAGE, MANIFEST):
        (made / name).unlink(missing_ok=True)
    for name in ("vault", "keys", "tmp"):
        (made / name).mkdir(exist_ok=True, mode=0o700 if name == "keys" else 0o777)
    (made / "keys").chmod(0o700)
    with Store.open(made, writing=False) as store:
        faults = [one for one in check.verify(store, progress) if one.severity]  # 0: a remark, such as on keys left out
    if faults:
        said = "; ".join(f"{one.what} {one.name}: {one.problem}" for one in faults[:3])
        raise DamagedBackup(where, f"what it holds does not verify ({said})")


def _settle(made: Path) -> None:
    """Items read-only, the record sealed, all of it on disk: one sync, where one for each file would take minutes."""
    for path in _files(made / "vault"):
        path.chmod(0o444)
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):  # empty: nobody has written
        (made / name).unlink(missing_ok=True)
    (made / RESTORED).parent.mkdir(exist_ok=True)
    (made / RESTORED).touch()
    seal.write(made)
    os.sync()


# --- small pieces ---------------------------------------------------------------------------------


def _copy(source: BinaryIO | Iterable[bytes], target: Path, *, sync: bool = True) -> Digest:
    """Write to a new file that its owner alone can read, hashing on the way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = hashlib.sha256()
    pieces = source if not hasattr(source, "read") else iter(lambda: source.read(CHUNK), b"")
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in pieces:
            whole.update(piece)
            out.write(piece)
        out.flush()
        if sync:
            os.fsync(out.fileno())
    return whole.hexdigest()


def _same(where: Path, name: str, found: Digest | None, expected: Digest) -> None:
    if found is None:
        raise DamagedBackup(where, f"{name} is missing")
    if found != expected:
        raise DamagedBackup(where, f"{name} does not match its digest")


def _refuse_taken(out: Path, one_file: bool) -> None:
    """Raises where something lies that is not ours to change."""
    if one_file and out.exists():
        raise WrongUsage(f"{out} is there already.", "Name a file that does not exist yet; nothing was changed.")
    if not one_file and out.exists() and not (out / MARK).is_file():
        found = sorted(one.name for one in out.iterdir() if not _cut_off(one)) if out.is_dir() else [out.name]
        if found:
            raise WrongUsage(
                f"{out} holds something else than backups ({found[0]!r}).",
                "Name a folder that is empty or does not exist yet, or a file that ends in .tar; nothing was changed.",
            )


def _cut_off(place: Path) -> bool:
    """True for the workplace of a first backup into this folder that was killed."""
    if place.name != PART or place.is_symlink() or not place.is_dir():
        return False
    return (place / locking.NAME).exists() or not any(place.iterdir())


def _refuse_inside(folder: Path, out: Path) -> None:
    if out.absolute().resolve().is_relative_to(folder.absolute().resolve()):
        raise WrongUsage(
            f"{out} lies in the case folder itself.", "Name a place outside, best on another disk; nothing was changed."
        )


def _beside(place: Path) -> Path:
    return place.absolute().parent / f".{place.name}.part"


@contextlib.contextmanager
def _workplace(work: Path) -> Iterator[Path]:
    """A folder for its owner alone that is gone afterwards; one process at a time has it.

    What runs that were killed left beside it goes too: one that was cut off when its backup had its name already is not
    run again under that name, and its snapshot must not lie about.
    """
    work.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in sorted(work.parent.glob(".*.part")):
        ours = left.is_dir() and not left.is_symlink() and (left / locking.NAME).is_file()
        if ours and not locking.is_held(left):
            shutil.rmtree(left, ignore_errors=True)
    work.mkdir(mode=0o700, exist_ok=True)
    lock = locking.WritersLock(work)
    try:
        for left in work.iterdir():  # of a run that was killed
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            elif left.name != locking.NAME:
                left.unlink()
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.free()


@contextlib.contextmanager
def _torn(where: Path) -> Iterator[None]:
    try:
        yield
    except Torn as error:
        raise DamagedBackup(where, error.problem) from error


@contextlib.contextmanager
def _plainly(place: Path) -> Iterator[None]:
    try:
        yield
    except Torn as error:
        raise ProbandaError(f"{error.problem}.", "Nothing was made; run the command again.") from error
    except OSError as error:
        raise ProbandaError(
            f"{error.filename or place}: {error.strerror or error}.",
            "Make room, or give yourself the right to read and write there; nothing was made, run the command again.",
        ) from error


def told_of(told: Backup) -> Mapping[str, Any]:
    """The facts of a backup as JSON, for `--json`."""
    found: Mapping[str, Any] = json.loads(told.page)
    return {**found, "digest": told.digest}
