"""Verify and rebuild: record = log = vault, or the name of what is wrong.

Start with `verify_folder`, which also says what it can of a folder that cannot be opened any more; and with
`rebuild_from_log` where the record is lost.

Looks down to: store, kernel. Used by: casework.case, cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from probanda.casework.progress import Progress, silent
from probanda.kernel.errors import NotACaseFolder, ProbandaError, RecordAltered, WrongUsage
from probanda.store import from_log, seal
from probanda.store.around import Saved, read_saved
from probanda.store.from_log import Anew
from probanda.store.model import Fault
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import read_settings
from probanda.store.store import DATABASE, Store

__all__ = ["Anew", "Fault", "Proof", "need_a_record", "rebuild", "rebuild_from_log", "verify", "verify_folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What `verify` found of one case folder."""

    faults: tuple[Fault, ...]
    """What is not what was written; empty when all is well."""
    remarks: tuple[Fault, ...]
    """What is to be known and is no fault (severity 0)."""
    items: int = 0
    """Items, entries and root are told where there is no fault."""
    entries: int = 0
    root: str = ""
    checkpoint: str | None = None
    """The newest signed note: print it, or give it to somebody, and `--against` can use it later."""

    @property
    def severity(self) -> int:
        """How verify ends: 0, 40 where an item is altered, else 41."""
        return min((fault.severity for fault in self.faults), default=0)


def verify(store: Store, progress: Progress = silent) -> list[Fault]:
    """Compare vault, log and record; returns every fault with its name, and writes nothing."""
    found = store.examine(checked=lambda done, of: progress("verifying", done, of))
    return [fault for fault in found if fault.severity]


def verify_folder(
    folder: Path, *, against: Sequence[Path] = (), quick: bool = False, progress: Progress = silent
) -> Proof:
    """Verify a folder that is closed or in use; writes nothing in it.

    `against`: files kept elsewhere, each with signed checkpoints or a copy of the log, which this log must continue.
    Raises NotACaseFolder; WrongUsage for a file of another kind; ProbandaError where the folder may not be read.
    """
    saved = _saved(against)
    before = _before_opening(folder)
    try:
        with Store.open(folder, writing=False) as store:
            found = store.examine(quick=quick, saved=saved, checked=lambda done, of: progress("verifying", done, of))
            proof = _proof(store, found)
    except NotACaseFolder:
        raise
    except Exception as error:  # a damaged database fails in whatever way it is damaged
        if not before and not isinstance(error, RecordAltered):
            raise
        problem = error.problem if isinstance(error, ProbandaError) else f"it cannot be read: {error}"
        unopened = Fault("database", DATABASE, problem, RecordAltered.exit_code)
        proof = Proof(faults=(*before, *([unopened] if all(f.what != "settings" for f in before) else ())), remarks=())
    return proof


def _proof(store: Store, found: Sequence[Fault]) -> Proof:
    """The faults, and the figures that a whole record can give."""
    faults = tuple(fault for fault in found if fault.severity)
    remarks = tuple(fault for fault in found if not fault.severity)
    if faults:
        return Proof(faults=faults, remarks=remarks)  # figures out of a damaged record may be anything
    return Proof(
        faults=faults, remarks=remarks, items=sum(not row.destroyed for row in store.items(store.owner)),
        entries=store.decision_count,
        root=store.root, checkpoint=store.checkpoint(),
    )  # fmt: skip


def _before_opening(folder: Path) -> list[Fault]:
    """What can be said without the database: it may be too damaged to be opened, or the settings to be read."""
    found: list[Fault] = []
    try:
        read_settings(folder)
    except NotACaseFolder:
        raise
    except ProbandaError as error:
        found.append(Fault("settings", SETTINGS, error.problem, RecordAltered.exit_code))
    if (folder / DATABASE).is_file():
        found += seal.look(folder).faults
    return found


def _saved(against: Sequence[Path]) -> list[Saved]:
    found: list[Saved] = []
    for path in against:
        try:
            data = path.read_bytes()
        except OSError as error:
            said = f"Cannot read {path}: {error.strerror}."
            raise WrongUsage(said, "Name a file with a checkpoint in it.") from error
        found += read_saved(path.name, data)
    return found


def rebuild(store: Store, progress: Progress = silent) -> None:
    """Drop what was projected and derived, and project the decisions again; reading follows in casework."""
    progress("projecting decisions", 0, 1)
    store.rebuild()
    progress("projecting decisions", 1, 1)


def rebuild_from_log(folder: Path, *, against: Sequence[Path] = (), progress: Progress = silent) -> Anew:
    """Make `record.db` anew from vault, log files and keys; reading follows in casework, as after `rebuild`.

    `against`: files kept elsewhere, as for `verify_folder`. Raises NotWhole with the name of what is not what was
    written, RecordIsThere, NotACaseFolder, WrongUsage; then nothing was changed.
    """
    return from_log.make_anew(folder, saved=_saved(against), told=progress)


def need_a_record(folder: Path) -> None:
    """Raises RecordAltered where there is no record, but a log from which one can be made."""
    if from_log.can_be_made(folder):
        raise RecordAltered(
            f"The case folder {folder} has no {DATABASE}.",
            "Restore it from a copy, or make it anew from log and vault with `probanda rebuild --from-log`.",
        )
