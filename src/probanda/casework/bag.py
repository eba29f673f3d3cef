"""A BagIt bag (RFC 8493) on its way to disk: files, manifests, and the writing of all or nothing.

Start with `Bag`, then `write`. What is in it is the caller's affair (`bundle`).

Looks down to: vault, store (syncing), kernel. Used by: casework (bundle).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from probanda.casework.progress import Progress
from probanda.kernel.digests import Digest, sha256
from probanda.kernel.errors import ProbandaError
from probanda.store.settings import sync_folder
from probanda.vault.vault import Vault

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
ITEMS = "data/items"
CHUNK = 1 << 20


@dataclass(slots=True)
class Bag:
    """What is to be written: small files as bytes by name, items of the vault by digest."""

    files: dict[str, bytes] = field(default_factory=dict)
    items: dict[Digest, int] = field(default_factory=dict)
    """Size in bytes by digest."""

    def manifest(self) -> bytes:
        """The SHA-256 of every file of the payload, sorted by name: known before anything is written."""
        named = {name: sha256(data) for name, data in self.files.items() if name.startswith(PAYLOAD)}
        named |= {f"{ITEMS}/{digest}": digest for digest in self.items}
        return _lines(named)

    def seal(self, info: Mapping[str, str]) -> None:
        """Add what makes it a bag; nothing may be added after that."""
        payload = [len(data) for name, data in self.files.items() if name.startswith(PAYLOAD)]
        size, count = sum(payload) + sum(self.items.values()), len(payload) + len(self.items)
        told = {**info, "Payload-Oxum": f"{size}.{count}"}
        self.files["bagit.txt"] = BAGIT
        self.files["bag-info.txt"] = "".join(f"{key}: {told[key]}\n" for key in sorted(told)).encode()
        self.files[MANIFEST] = self.manifest()
        tags = {name: sha256(data) for name, data in self.files.items() if not name.startswith(PAYLOAD)}
        self.files[TAGS] = _lines(tags)


def _lines(named: Mapping[str, Digest]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(named.items())).encode("ascii")


def write(bag: Bag, vault: Vault, out: Path, progress: Progress) -> None:
    """Write the bag beside its place, sync, rename; what an earlier run left unfinished there is taken away.

    Items are compared with their digests as they go by. Raises ItemAltered, and ProbandaError where the disk
    refuses; then nothing is left of it.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        try:
            _fill(part, bag, vault, progress)
            part.rename(out)
            sync_folder(out.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise ProbandaError(
            f"The bundle {out} could not be written: {error.strerror}.",
            "Name another place with --out, or free space; the log says that it was begun.",
        ) from error


def _fill(part: Path, bag: Bag, vault: Vault, progress: Progress) -> None:
    names = {parent for name in (*bag.files, f"{ITEMS}/x") for parent in Path(name).parents}
    folders = [part / name for name in sorted(names)]
    for folder in folders:
        folder.mkdir()
    for name, data in sorted(bag.files.items()):
        _write_file(part / name, [data])
    for done, digest in enumerate(sorted(bag.items), 1):
        with vault.open(digest) as source:
            _write_file(part / ITEMS / digest, iter(lambda: source.read(CHUNK), b""))
        progress("writing items", done, len(bag.items))
    for folder in reversed(folders):
        sync_folder(folder)


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
