"""The seal of a closed record: digests of the blocks of `record.db`, so that one flipped bit is named by its block.

The log proves what was decided and the ledger what was derived, but some bytes of a database belong to no row. So a
clean close writes `record.seal`, and the next write takes it away first: a folder without one was not closed cleanly.
The seal is no proof against whoever can write the folder, who can write another one; it finds what a disk did.

    probanda seal 1
    record.db 524288 65536                      size in bytes, bytes of a block (the last may be shorter)
    <64 hexadecimal digits>                     BLAKE3 of each block, in their order
    file <64 hexadecimal digits> <path>         BLAKE3 of each file with a time stamp, which no entry covers whole
    seal <64 hexadecimal digits>                BLAKE3 of all lines above

BLAKE3 and not SHA-256 because every command that writes pays for it: ten times as fast on one core, and nothing
outside this folder ever names a block. Start with `write`, then `look`.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from probanda.kernel.errors import RecordAltered
from probanda.store.model import Fault
from probanda.store.settings import sync_folder

NAME = "record.seal"
WAITING = f"{NAME}.part"
DATABASE = "record.db"
BLOCK = 1 << 16
"""Bytes of a block: sixteen pages, small enough to look at, and 23 kB of seal for a record of 20 MB."""

_HEAD = "probanda seal 1"
_FILE = "file "
_SEVERITY = RecordAltered.exit_code


@dataclass(frozen=True, slots=True)
class Look:
    """What the seal of a folder says of its record."""

    sealed: bool
    """True when there is a seal, whether or not it agrees."""
    faults: tuple[Fault, ...] = ()


def write(folder: Path) -> None:
    """Seal the record of a folder in which nobody writes; on disk when this returns. Raises OSError."""
    waiting = folder / WAITING
    with waiting.open("wb") as out:
        out.write(_words(folder / DATABASE))
        out.flush()
        os.fsync(out.fileno())
    waiting.replace(folder / NAME)
    sync_folder(folder)


def remove(folder: Path) -> None:
    """Take the seal away before a write, so that it never speaks of a record that has changed. Raises OSError."""
    (folder / WAITING).unlink(missing_ok=True)
    if (folder / NAME).exists():
        (folder / NAME).unlink()
        sync_folder(folder)


def stamp(folder: Path) -> bytes | None:
    """The seal's bytes, or None: while these stay the same, nobody has written in the folder."""
    try:
        return (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None


def look(folder: Path) -> Look:
    """Compare the record with its seal, block by block; writes nothing. Raises OSError."""
    stated = stamp(folder)
    if stated is None:
        return Look(sealed=False)
    faults = tuple(_compared(folder, stated))
    if faults and stamp(folder) != stated:  # a writer has taken it away meanwhile, as all do first
        return Look(sealed=False)
    return Look(True, faults)


def _words(database: Path) -> bytes:
    from blake3 import blake3

    digests = list(_digests(database))
    stamps = [f"{_FILE}{digest} {name}" for name, digest in _stamps(database.parent).items()]
    lines = [_HEAD, f"{DATABASE} {database.stat().st_size} {BLOCK}", *digests, *stamps]
    body = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    return body + f"seal {blake3(body).hexdigest()}\n".encode("ascii")


def _digests(database: Path) -> Iterator[str]:
    from blake3 import blake3

    with database.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            yield blake3(block).hexdigest()


def _stamps(folder: Path) -> dict[str, str]:
    """The digest of each file of a time stamp, by its path below the folder, sorted."""
    from blake3 import blake3

    paths = sorted(path for path in folder.glob("log/*/stamps/*") if path.is_file() and "\n" not in path.name)
    return {path.relative_to(folder).as_posix(): blake3(path.read_bytes()).hexdigest() for path in paths}


def _compared(folder: Path, stated: bytes) -> Iterator[Fault]:
    from blake3 import blake3

    body, mark, end = stated.rpartition(b"seal ")
    if not mark or end != blake3(body).hexdigest().encode("ascii") + b"\n":
        yield Fault("seal", NAME, "the seal of the record is not what was written when it was closed", _SEVERITY)
        return
    told = body.decode("utf-8", "surrogateescape").split("\n")[:-1]
    stated_files = [line.removeprefix(_FILE).partition(" ") for line in told if line.startswith(_FILE)]
    files = {name: digest for digest, _, name in stated_files}
    told = [line for line in told if not line.startswith(_FILE)]
    if told[0] != _HEAD:
        yield Fault("seal", NAME, "the seal was written by a newer version of Probanda", _SEVERITY)
        return
    size = int(told[1].split(" ")[1])
    found = (folder / DATABASE).stat().st_size
    if found != size:
        yield Fault("block", DATABASE, f"it has {found} bytes, and had {size} when it was closed", _SEVERITY)
    digests = list(_digests(folder / DATABASE))
    wrong = [n for n, pair in enumerate(zip(told[2:], digests, strict=False)) if pair[0] != pair[1]]
    for first, last in _runs(wrong):
        name = f"{DATABASE} block {first}" if first == last else f"{DATABASE} blocks {first} to {last}"
        where = f"bytes {first * BLOCK} to {min((last + 1) * BLOCK, found) - 1}"
        yield Fault("block", name, f"{where} are not what they were when the record was closed", _SEVERITY)
    present = _stamps(folder)
    for name in sorted(files.keys() | present.keys()):
        if files.get(name) != present.get(name):
            yield Fault("stamp", name, "this file of a time stamp is not what it was at the last close", _SEVERITY)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another, as (first, last)."""
    first = last = -2
    for number in numbers:
        if number != last + 1:
            if last >= 0:
                yield first, last
            first = number
        last = number
    if last >= 0:
        yield first, last
