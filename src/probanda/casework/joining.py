"""Import: the folder of somebody who worked apart, or a bundle, comes into this case with all its history.

Start with `take_in_case`. Nothing is renumbered and nothing lost: each device keeps its own log, and what two of them
decided on one subject stands side by side until a person settles it (`conflicts`). What is brought is checked in full
first, bytes are kept before they are spoken of, and the logs are taken over in one transaction; so a run that is
killed is simply run again.

Looks down to: access, audit, store, vault, kernel. Used by: cli.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from probanda.access.eyes import Eyes
from probanda.access.rules import Permission, demand
from probanda.audit.log import leaf_hash
from probanda.audit.notes import read_note
from probanda.casework import check, outside
from probanda.casework.bundle import SCRIPT
from probanda.casework.payload import ON_ITEMS, ON_WHO
from probanda.casework.progress import Progress, silent
from probanda.kernel.digests import canonical
from probanda.kernel.errors import CaseInUse, ProbandaError, RecordAltered, WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.store import locking
from probanda.store.from_log import row_of_line
from probanda.store.joining import Part, Taken
from probanda.store.model import Conflict
from probanda.store.projection import DESTROY_ITEM, DESTROY_WORDS
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import sync_folder
from probanda.store.store import Store

IN_BUNDLES = ON_ITEMS | ON_WHO | {"withdraw", "user", "user-key", "key", "output"}
"""Kinds of decisions that a bundle may bring."""
DESTROYING = (DESTROY_ITEM, DESTROY_WORDS)
LONGEST_CHECK = 3600
"""Seconds that the script may take to check a bundle."""
MOST_TOLD = 5
"""Faults that an error names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What `take_in_case` did."""

    kind: str
    """folder or bundle."""
    case: str
    """Id of the case it came from, which may be another."""
    logs: tuple[Taken, ...]
    items: int
    """Files that the vault had not yet: items, and the texts that decisions cite."""
    conflicts: tuple[Conflict, ...]
    """All that stand now, agreements left out."""
    opened: tuple[str, ...] = ()
    """Numbers of items that were closed here and are open now, since that folder's users decided so."""
    left: int = 0
    """Labels in a bundle that were not taken, since they would open what is closed here."""

    @property
    def entries(self) -> int:
        """Entries that were new."""
        return sum(one.new for one in self.logs)


def take_in_case(
    store: Store, eyes: Eyes, source: Path, *, accept_destroyed: bool = False, progress: Progress = silent
) -> Imported:
    """Import the case folder or the bundle at `source`, which is left as it is.

    Doing it twice changes nothing. What two users of that folder destroyed is destroyed here too, but only where
    `accept_destroyed` says so; a bundle can destroy nothing. Raises NotAllowed; WrongUsage for what is neither;
    CaseInUse where somebody works in that folder; RecordAltered, naming the first faults, where it does not verify;
    joining.Forked where one log was continued in two places, joining.CannotJoin.
    """
    demand(store.user(eyes.user), Permission.MANAGE)
    source = Path(source)
    if (source / SETTINGS).is_file():
        return _folder(store, eyes, source, accept_destroyed, progress)
    if (source / "bagit.txt").is_file():
        return _bundle(store, eyes, source, progress)
    raise WrongUsage(
        f"{source} is neither a case folder nor a bundle.",
        "Name a folder that holds a case, or one that `probanda bundle` made. A backup becomes a folder again with "
        "`probanda restore`.",
    )


def conflicts(store: Store, eyes: Eyes) -> list[Conflict]:
    """Where devices that worked apart decided otherwise, and nobody has settled it."""
    return [one for one in store.conflicts(eyes) if not one.agreed]


# --- a whole folder -------------------------------------------------------------------------------


def _folder(store: Store, eyes: Eyes, source: Path, accept_destroyed: bool, progress: Progress) -> Imported:
    if source.resolve() == store.folder.resolve():
        raise WrongUsage("A case cannot be imported into itself.", "Name another folder.")
    if locking.is_held(source):
        raise CaseInUse(str(source), "another process, which writes in it")
    found = check.verify_folder(source, progress=progress)
    if found.faults:
        _refuse(source, [f"{one.what} {one.name}: {one.problem}" for one in found.faults])
    with Store.open(source, writing=False) as other:
        parts = other.parts()
        if not accept_destroyed:
            _refuse_destroying(store, eyes, parts)
        case, digests = other.settings.case, sorted(other.vault.digests())
        paths = {digest: other.vault.path_of(digest) for digest in digests}
        done = _joined(store, eyes, "folder", case, parts, paths, progress)
        _copy_stamps(other.folder, store.folder, [part.log for part in parts])
    return done


def _refuse_destroying(store: Store, eyes: Eyes, parts: Sequence[Part]) -> None:
    """Raises WrongUsage where a decision to destroy would come in, which nobody here has seen yet."""
    known = {d.id for d in store.decisions(eyes) if d.kind in DESTROYING}
    told = [row for part in parts for row in part.rows if row["kind"] in DESTROYING and row["id"] not in known]
    here = {row.digest: row.number for row in store.items(eyes)}
    names = sorted({here.get(str(row["subject"]), f"the words of {str(row['subject'])[:12]}") for row in told})
    if names:
        raise WrongUsage(
            f"In that folder two users destroyed what is perhaps still here: {', '.join(names[:MOST_TOLD])}.",
            "To destroy it here too, and take the rest in, say --accept-destroyed. Nothing was imported.",
        )


def _copy_stamps(there: Path, here: Path, logs: Sequence[str]) -> None:
    """Time stamps over the other logs, which outside authorities signed: files that are covered by their signatures."""
    for log in logs:
        for path in sorted((there / "log" / log / outside.FOLDER).glob("*")):
            home = here / "log" / log / outside.FOLDER / path.name
            if not home.exists():
                home.parent.mkdir(parents=True, exist_ok=True)
                waiting = home.with_name(f"{home.name}.part")
                waiting.write_bytes(path.read_bytes())
                waiting.replace(home)
                sync_folder(home.parent)


# --- a bundle -------------------------------------------------------------------------------------


def _bundle(store: Store, eyes: Eyes, source: Path, progress: Progress) -> Imported:
    progress("checking the bundle", 0, 1)
    _check_bundle(source)
    progress("checking the bundle", 1, 1)
    parts, left = _without_opening(store, eyes, list(_parts(source)))
    _refuse_reaching(source, parts)
    foreign = sorted({str(row["kind"]) for part in parts for row in part.rows} - IN_BUNDLES)
    if foreign:
        _refuse(source, [f"it holds decisions that no bundle of ours holds ({', '.join(foreign)})"])
    paths = {path.name: path for room in ("items", "texts") for path in sorted((source / "data" / room).glob("*"))}
    return replace(_joined(store, eyes, "bundle", _case_of(source), parts, paths, progress), left=left)


def _without_opening(store: Store, eyes: Eyes, parts: Sequence[Part]) -> tuple[list[Part], int]:
    """The parts without labels that could open an item held here, and without what takes a label back: whoever gives a
    bundle has no say in who may see what is here. A folder's users have, and `opened` names what they opened."""
    here = {row.digest for row in store.items(eyes)}
    labels = {str(row["id"]) for part in parts for row in part.rows if row["kind"] == "label"}
    out: set[tuple[str, int]] = set()
    for part in parts:
        for row in part.rows:
            label = row["kind"] == "label" and row["subject"] in here
            opens = label and json.loads(row["payload"]).get("label") != Label.RESTRICTED
            if opens or (row["kind"] == "withdraw" and row["subject"] in labels):
                out.add((part.log, int(row["n"])))
    kept = [
        replace(
            part,
            leaves={n: leaf for n, leaf in part.leaves.items() if (part.log, n) not in out},
            rows=[row for row in part.rows if (part.log, row["n"]) not in out],
            proofs={n: told for n, told in part.proofs.items() if (part.log, n) not in out},
        )
        for part in parts
    ]
    return kept, len(out)


def _refuse_reaching(source: Path, parts: Sequence[Part]) -> None:
    """Raises WrongUsage where a bundle replaces or takes back decisions that it does not bring itself."""
    rows = [row for part in parts for row in part.rows]
    own = {str(row["id"]) for row in rows}
    logs = {part.log for part in parts}
    reached = {str(over) for row in rows for over in json.loads(row["over"])} - own
    reached |= {str(row["subject"]) for row in rows if row["kind"] == "withdraw"} - own
    if reached:
        raise WrongUsage(
            f"{source} replaces or takes back {len(reached)} decision(s) that it does not bring "
            f"(logs {', '.join(sorted(log[:12] for log in logs))}).",
            "A bundle adds to a case and changes nothing in it: import the whole folder that it came from.",
        )


def _check_bundle(source: Path) -> None:
    """Our own copy of the script that goes with every bundle, in a process of its own: it shares nothing with us."""
    with resources.as_file(resources.files("probanda.casework").joinpath(SCRIPT)) as script:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and script; the folder is its argument
            [sys.executable, "-I", str(script), str(source.resolve())],
            capture_output=True, text=True, timeout=LONGEST_CHECK, check=False,
        )  # fmt: skip
    if ended.returncode:
        told = [line.removeprefix("FAULT ") for line in ended.stdout.splitlines() if line.startswith("FAULT ")]
        _refuse(source, told or ["it could not be checked"])


def _parts(source: Path) -> Iterator[Part]:
    """The entries of each log that the bundle opens, with their proofs, and the checkpoint that these lead to."""
    lines = (source / "log" / "entries.jsonl").read_bytes().decode("utf-8", "surrogatepass").split("\n")
    told = sorted((json.loads(line) for line in lines if line), key=lambda one: (one["log"], one["n"]))
    for log, found in groupby(told, key=lambda one: str(one["log"])):
        ones = list(found)
        words = (source / "log" / f"checkpoint-{log}.txt").read_bytes().decode("utf-8")
        at = read_note(words).checkpoint
        yield Part(
            log,
            {one["n"]: leaf_hash(one["leaf"].encode("utf-8", "surrogatepass")) for one in ones},
            [_row(one) for one in ones],
            [{"log": log, "size": at.size, "root": at.root, "edge": "", "note": words}],
            {one["n"]: (at.size, tuple(one["proof"])) for one in ones},
        )


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the bundle as a row; it is the line of the log's file copy, with place and proof besides."""
    return row_of_line(canonical({key: one[key] for key in ("entry", "leaf", "salt")}) + b"\n")


def _case_of(source: Path) -> str:
    told = (source / "bag-info.txt").read_text("utf-8").splitlines()
    return next((line.partition(": ")[2] for line in told if line.startswith("External-Identifier: ")), "")


# --- both -----------------------------------------------------------------------------------------


def _joined(
    store: Store,
    eyes: Eyes,
    kind: str,
    case: str,
    parts: Sequence[Part],
    paths: Mapping[str, Path],
    progress: Progress,
) -> Imported:
    """Bytes first, then the logs: whatever is cut off in between is made good by the next run."""
    store.compare(parts)
    closed = _closed(store, eyes)
    gone = store.destroyed()
    missing = [paths[digest] for digest in sorted(paths) if digest not in gone and not store.vault.has(digest)]
    with store.taking_in():
        for done, answer in enumerate(store.vault.preserve_many(missing), 1):
            if isinstance(answer, ProbandaError):
                raise answer
            if answer.digest not in paths:
                _refuse(missing[done - 1], ["its bytes are no longer those of its name"])
            progress("keeping bytes", done, len(missing))
        taken = store.take_over(eyes, parts, {"from": kind, "case": case})
    still = _closed(store, eyes)
    return Imported(
        kind=kind, case=case, logs=tuple(taken), items=len(missing), conflicts=tuple(conflicts(store, eyes)),
        opened=tuple(number for digest, number in closed.items() if digest not in still),
    )  # fmt: skip


def _closed(store: Store, eyes: Eyes) -> dict[str, str]:
    """Numbers of the items that not everybody may see, by digest."""
    open_now = {row.digest for row in store.items(eyes.only_open())}
    return {row.digest: row.number for row in store.items(eyes) if row.digest not in open_now}


def _refuse(source: Path, faults: Sequence[str]) -> None:
    more = f" and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
    raise RecordAltered(
        f"{source} is not what was written: {'; '.join(faults[:MOST_TOLD])}{more}. Nothing was imported.",
        "Ask whoever gave it for another copy; `probanda -C FOLDER verify`, or the bundle's script, names the rest.",
    )
