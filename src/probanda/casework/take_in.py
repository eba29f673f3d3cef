"""Take files in: preserve their bytes, register them, and say what was refused and why.

Bytes are in the vault, synced, before a registration names them; registrations go into the record in
groups, so a run that is killed loses at most the files in flight, and the next run goes on.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.casework.clock import now
from probanda.casework.progress import Progress, silent
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.store.model import Deed
from probanda.store.store import Store
from probanda.vault.finding import Found, Refused, find
from probanda.vault.vault import Preserved

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
    leave_out: Sequence[Path] = (),
    progress: Progress = silent,
) -> TakenIn:
    """Preserve and register every file under these paths; the same bytes twice are one item with two acquisitions.

    The case folder itself and what is named in `leave_out` (the dossier that is about to be written) are no material.
    """
    if not paths:
        raise WrongUsage("Nothing was named to take in.", "Name files or folders: `probanda add PATH...`.")
    found, refused = _found(paths, frozenset(p.resolve() for p in (store.folder, *leave_out)))
    taken: list[Taken] = []
    done = 0
    files = iter(found)
    with store.taking_in():
        while group := list(islice(files, GROUP)):
            kept, lost = _preserve(store, group)
            refused.extend(lost)
            taken.extend(_register(store, eyes, kept, label))
            done += len(group)
            progress("taking in", done, len(found))
    return TakenIn(tuple(taken), tuple(refused))


def _found(paths: Sequence[Path], ours: frozenset[Path]) -> tuple[list[Found], list[Refused]]:
    found: list[Found] = []
    refused: list[Refused] = []
    for one in find(paths):
        if isinstance(one, Found):
            if one.path.resolve() not in ours:
                found.append(one)
        elif not any((path / one.name).resolve() in ours for path in paths if path.is_dir()):
            refused.append(one)
    return found, refused


def _preserve(store: Store, group: Sequence[Found]) -> tuple[list[tuple[Found, Preserved]], list[Refused]]:
    """The group's bytes in the vault, synced once; a file that cannot be kept is named with the reason."""
    kept: list[tuple[Found, Preserved]] = []
    refused: list[Refused] = []
    for one, answer in zip(group, store.vault.preserve_many([f.path for f in group]), strict=True):
        if isinstance(answer, Preserved):
            kept.append((one, answer))
        else:
            refused.append(Refused(one.name, answer.problem, answer.fix))
    return kept, refused


def _register(store: Store, eyes: Eyes, kept: Sequence[tuple[Found, Preserved]], label: str) -> Iterator[Taken]:
    known: dict[str, list[str]] = {}
    deeds, plan = [], []
    for found, preserved in kept:
        name = recorded_name(found.name)
        if preserved.digest not in known:
            known[preserved.digest] = [a.name for a in store.acquisitions_of(eyes, preserved.digest)]
        before = known[preserved.digest]
        if name in before:
            plan.append((name, preserved.digest, True, True))
            continue
        plan.append((name, preserved.digest, bool(before), False))
        before.append(name)
        deeds.append(
            Deed(
                kind="register",
                subject=preserved.digest,
                payload={
                    "size": preserved.size,
                    "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
                    "name": name,
                    "method": "taken from a folder",
                    "tool": f"probanda {__version__}",
                    "received_at": now(),
                    "label": str(label),
                    "source": None,
                },
                labels=() if label != Label.RESTRICTED else (Label.RESTRICTED.value,),
            )
        )
    if deeds:
        store.record(eyes, deeds)
    for name, digest, again, same in plan:
        yield Taken(name, digest, store.item(eyes, digest).number, again and not same, same)


def recorded_name(name: str) -> str:
    """A file's name as the record keeps it: what is not UTF-8 is written as \\xNN, the rest unchanged."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
