"""Take files in: preserve their bytes, register them, and say what was refused and why.

Bytes are in the vault, synced, before a registration names them; registrations go into the record in
groups, so a run that is killed loses at most the files in flight, and the next run goes on.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.casework.clock import now
from probanda.casework.progress import Progress, silent
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.store.model import Acquisition, Deed
from probanda.store.store import Store
from probanda.vault.finding import HOUSEKEEPING, Found, Refused, find, how_many, shown
from probanda.vault.vault import Preserved

if TYPE_CHECKING:
    from probanda.casework.evidence_table import EvidenceRow, EvidenceTable

GROUP = 256
"""Files registered in one transaction (ASSURANCE section 3, group commit)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken in."""

    name: str
    digest: str
    number: str
    again: bool
    """True when these bytes were here before under another name: one item, one more acquisition."""
    known: bool
    """True when the same bytes under the same name were here before: nothing was added."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What `add` did."""

    taken: tuple[Taken, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def failed(self) -> bool:
        """True when something other than a desktop's own files could not be taken in."""
        return any(not r.housekeeping for r in self.refused)


def add(
    store: Store,
    eyes: Eyes,
    paths: Sequence[Path],
    label: str = Label.INTERNAL,
    *,
    table: EvidenceTable | None = None,
    leave_out: Sequence[Path] = (),
    progress: Progress = silent,
) -> TakenIn:
    """Preserve and register every file under these paths; the same bytes twice are one item with two acquisitions.

    `table` says of files by name what their bytes do not: own evidence number, source, collector, conditions. The
    case folder itself and what is named in `leave_out` (a dossier about to be written) are no material. Raises
    WrongUsage, before anything is taken in, where a row of the table names no file.
    """
    parts = adding(store, eyes, paths, label, table=table, leave_out=leave_out, progress=progress)
    return together(parts)


def together(parts: Iterable[TakenIn]) -> TakenIn:
    """Several as one."""
    taken: list[Taken] = []
    refused: list[Refused] = []
    for one in parts:
        taken += one.taken
        refused += one.refused
    return TakenIn(tuple(taken), tuple(refused))


def adding(
    store: Store,
    eyes: Eyes,
    paths: Sequence[Path],
    label: str = Label.INTERNAL,
    *,
    table: EvidenceTable | None = None,
    leave_out: Sequence[Path] = (),
    progress: Progress = silent,
) -> Iterator[TakenIn]:
    """The same group by group, each told when it is kept and registered: a million files need no more memory than a
    thousand. Raises as `add` does."""
    if not paths:
        raise WrongUsage("Nothing was named to take in.", "Name files or folders: `probanda add PATH...`.")
    ours = frozenset(p.resolve() for p in (store.folder, *leave_out))
    told = _matched(table, paths, ours) if table is not None else {}
    total = how_many(paths)
    done = 0
    files = _found(paths, ours)
    with store.taking_in():
        while group := list(islice(files, GROUP)):
            kept, lost = _preserve(store, [one for one in group if isinstance(one, Found)])
            refused = [*(one for one in group if isinstance(one, Refused)), *lost]
            yield TakenIn(tuple(_register(store, eyes, kept, label, told)), tuple(refused))
            done += len(group)
            progress("taking in", done, max(total, done))
        if done < total:  # links, a case folder among them: what a quick look had counted
            progress("taking in", done, done)


def keep_found(store: Store, eyes: Eyes, files: Sequence[Found], label: str = Label.INTERNAL) -> TakenIn:
    """Preserve and register these files, which somebody else has found: those of an inbox."""
    with store.taking_in():
        kept, lost = _preserve(store, files)
        return TakenIn(tuple(_register(store, eyes, kept, label, {})), tuple(lost))


def keep_sent(store: Store, eyes: Eyes, path: Path, name: str, label: str, told: EvidenceRow | None = None) -> TakenIn:
    """Preserve and register one file that was sent to this machine and lies whole at `path`.

    `name` is what its sender calls it, with its folders: it is recorded and shown, and never used as a path. Sent again
    it is recognised by its digest, as with `add`. Raises ProbandaError where `told` cannot be registered.
    """
    if base_of(name).lower() in HOUSEKEEPING:
        return TakenIn(refused=(Refused(name, *_HOUSEKEEPING, housekeeping=True),))
    with store.taking_in():
        kept, lost = _preserve(store, [Found(path, name)])
        rows = {recorded_name(name): told} if told is not None else {}
        taken = tuple(_register(store, eyes, kept, label, rows, method="sent from a browser"))
    return TakenIn(taken, tuple(lost))


_HOUSEKEEPING = ("was written by a desktop for itself", "Nothing needs to be done.")


def base_of(name: str) -> str:
    """The last part of a name as sent: folders may be parted in either way."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _found(paths: Sequence[Path], ours: frozenset[Path]) -> Iterator[Found | Refused]:
    """What lies there, but for the case folder itself and what is about to be written."""
    names = {path.name for path in ours}  # asking where each of thousands really lies would take long
    for one in find(paths):
        if isinstance(one, Found):
            if one.path.name not in names or one.path.resolve() not in ours:
                yield one
        elif not any((path / one.name).resolve() in ours for path in paths if path.is_dir()):
            yield one


DESTROYED_FIX = (
    "Two users decided that this case does not keep it; ask them, and delete this copy too if they meant it."
)


def _preserve(store: Store, group: Sequence[Found]) -> tuple[list[tuple[Found, Preserved]], list[Refused]]:
    """The group's bytes in the vault, synced once; a file that cannot be kept is named with the reason."""
    kept: list[tuple[Found, Preserved]] = []
    refused: list[Refused] = []
    answers = list(store.vault.preserve_many([f.path for f in group]))
    gone = store.destroyed({answer.digest for answer in answers if isinstance(answer, Preserved)})
    for one, answer in zip(group, answers, strict=True):
        if isinstance(answer, Preserved) and answer.digest in gone:
            store.vault.destroy(answer.digest)
            refused.append(Refused(one.name, f"was destroyed here by decision {gone[answer.digest]}", DESTROYED_FIX))
        elif isinstance(answer, Preserved):
            kept.append((one, answer))
        else:
            refused.append(Refused(one.name, _after_name(answer.problem, one.path), answer.fix))
    return kept, refused


def _after_name(problem: str, path: Path) -> str:
    """The problem as words that follow the file's name, without the full stop."""
    said = problem.removesuffix(".")
    named = f"{shown(os.fspath(path))} "
    return said.removeprefix(named) if said.startswith(named) else f"could not be taken in: {said}"


def _matched(table: EvidenceTable, paths: Sequence[Path], ours: frozenset[Path]) -> dict[str, EvidenceRow]:
    """The table's row for each file that has one. Raises WrongUsage for a row without a file, or with several."""
    every = (recorded_name(one.name) for one in _found(paths, ours) if isinstance(one, Found))
    names = [name for name in every if table.for_name(name) is not None]
    missing = table.unused(names)
    if missing:
        first = missing[0]
        others = f" (and {len(missing) - 1} more rows)" if len(missing) > 1 else ""
        raise WrongUsage(
            f"Line {first.line} of the table names {shown(first.file)}, and no such file was found{others}.",
            "Put the file there, correct its name in the table, or take the row out; nothing was taken in.",
        )
    return table.matched(names)


def _register(
    store: Store,
    eyes: Eyes,
    kept: Sequence[tuple[Found, Preserved]],
    label: str,
    rows: Mapping[str, EvidenceRow],
    method: str = "taken from a folder",
) -> Iterator[Taken]:
    brought = store.acquisitions(eyes, (preserved.digest for _, preserved in kept))
    known = {digest: [_key(one) for one in found] for digest, found in brought.items()}
    deeds, plan = [], []
    for found, preserved in kept:
        name = recorded_name(found.name)
        told = rows.get(name)
        before = known[preserved.digest]
        number = told.number if told is not None else None
        if (name, number) in before or (number is None and any(name == one for one, _ in before)):
            plan.append((name, preserved.digest, True, True))
            continue
        plan.append((name, preserved.digest, bool(before), False))
        before.append((name, number))
        marked = told.label if told is not None and told.label else str(label)
        deeds.append(registration(preserved, name, method=method, label=marked, told=_as_told(told)))
    if deeds:
        store.record(eyes, deeds)
    numbers = {digest: ones[0].number for digest, ones in store.acquisitions(eyes, known).items() if ones}
    behind = [digest for digest in known if digest not in numbers]
    if behind:  # whoever took it in is told its number, also where it lies behind a wall now
        mine = {deed.id for deed in deeds}
        for digest, ones in store.acquisitions(store.owner, behind).items():
            numbers[digest] = next(one.number for one in ones if one.decision in mine)
    for name, digest, again, same in plan:
        yield Taken(name, digest, numbers[digest], again and not same, same)


def registration(
    kept: Preserved,
    name: str,
    *,
    method: str,
    label: str,
    told: Mapping[str, Any],
    media_type: str | None = None,
) -> Deed:
    """The deed that registers preserved bytes under a name; `told` is whatever else is known of how they came."""
    return Deed(
        kind="register",
        subject=kept.digest,
        payload={
            "size": kept.size,
            "blake3": kept.blake3,
            "sha1": kept.sha1,
            "md5": kept.md5,
            "media_type": media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
            "name": name,
            "method": method,
            "tool": f"probanda {__version__}",
            "received_at": now(),
            "label": label,
            **told,
        },
        labels=() if label != Label.RESTRICTED else (Label.RESTRICTED.value,),
    )


def _key(one: Acquisition) -> tuple[str, str | None]:
    return one.name, one.evidence


def _as_told(row: EvidenceRow | None) -> dict[str, str | None]:
    """What the evidence table says of a file, as the registration keeps it; what it does not say stays out."""
    if row is None:
        return {"source": None}
    told = {
        "source": row.source,
        "evidence": row.number,
        "collector": row.collector,
        "acquired_at": row.acquired,
        "language": row.language,
        "conditions": row.conditions,
    }
    return {key: value for key, value in told.items() if value is not None or key == "source"}


def recorded_name(name: str) -> str:
    """A file's name as the record keeps it: what is not UTF-8 is written as \\xNN, the rest unchanged."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
