"""The vault on disk: `vault/ab/<digest>`, one read-only file for each item, and nothing else.

Read `preserve` first, then `open`, then `verify`. A file appears under its digest only when all its
bytes are on disk: they go to `vault/tmp` (same file system), are hashed on the way, synced, made
read-only, and renamed; then the folder is synced, and only then does the call return. A process
killed at any moment leaves at most a file in `vault/tmp`, which `sweep` takes away. Anyone can
check a vault with `sha256sum`.

One process at a time writes in a vault: the store's lock on the case folder sees to that.

Looks down to: kernel. Used by: reading, store, casework.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from probanda.kernel.digests import Digest
from probanda.kernel.errors import ProbandaError
from probanda.vault.checked import CheckedBytes, ItemMissing, ItemUnreadable, NotAFile, open_file
from probanda.vault.copying import NotPreserved, copy, copy_file, plainly, sync_folder
from probanda.vault.finding import shown

GROUP_FILES = 256
GROUP_BYTES = 64 << 20
"""A group is committed when it has this many files or bytes: enough to share the syncing of folders,
little enough that an interrupted run repeats seconds of work, not minutes."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ITEM = re.compile(r"([0-9a-f]{2})/(?=\1)[0-9a-f]{64}")
_TEMPORARY = re.compile(r"tmp/[0-9a-f]{32}\.part")


@dataclass(frozen=True, slots=True)
class Preserved:
    """What the vault says of bytes it has: on disk, synced, and named by their digest."""

    digest: Digest
    size: int
    """In bytes."""
    new: bool
    """False when the same bytes were there before."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Bytes in `vault/tmp`, synced, not yet under their digest."""

    path: Path
    digest: Digest
    size: int
    source: str
    """What was read, as errors name it."""


class Vault:
    """A folder of items under their digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # Taking in

    def preserve(self, source: BinaryIO | Path) -> Preserved:
        """Keep these bytes. Returns when they would survive a power cut.

        Raises SourceChanged or NotPreserved, and ItemAltered when the same item is there but damaged:
        then the source may be the last good copy, and saying "already held" would be a lie.
        """
        self._prepare()
        answer = self._commit([self._write(source)])[0]
        if isinstance(answer, ProbandaError):
            raise answer
        return answer

    def preserve_many(self, paths: Iterable[Path]) -> Iterator[Preserved | ProbandaError]:
        """Keep these files, one answer for each in their order; faster than one by one, as safe.

        Files are written and synced in groups that share the syncing of folders; an answer comes only
        after its group is on disk. A file that cannot be kept is answered with the error, not raised.
        """
        self._prepare()
        group: list[_Written | ProbandaError] = []
        size = 0
        for path in paths:
            try:
                written = self._write(path)
            except NotPreserved as error:
                group.append(error)
            else:
                group.append(written)
                size += written.size
            if len(group) >= GROUP_FILES or size >= GROUP_BYTES:
                yield from self._commit(group)
                group, size = [], 0
        yield from self._commit(group)

    def sweep(self) -> int:
        """Remove what a killed run left in `vault/tmp`, and say how many files. Call it while nothing else writes."""
        left = [path for path in _files_below(self.folder / "tmp") if self._is_temporary(path)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    # Using

    def path_of(self, digest: Digest) -> Path:
        """Where the item of this digest lies, or would. Raises ValueError for what is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 in hexadecimal: {digest!r}")
        return self.folder / digest[:2] / digest

    def has(self, digest: Digest) -> bool:
        """True when there is a file under this digest (whether it still matches is for `verify`)."""
        return bool(_DIGEST.fullmatch(digest)) and stat.S_ISREG(_mode(self.path_of(digest)))

    def open(self, digest: Digest) -> CheckedBytes:
        """The item's bytes as a stream that checks them as they go by.

        Raises ItemMissing or ItemUnreadable here (both are ItemAltered to whoever does not care which),
        and ItemAltered instead of the end when the bytes do not match. Leaving
        the `with` block reads on to the end, so a reader that stops early is told as well.
        """
        try:
            number = open_file(self.path_of(digest))
        except (FileNotFoundError, NotAFile):
            raise ItemMissing(digest) from None
        except OSError as error:
            raise ItemUnreadable(digest, error) from error
        return CheckedBytes(os.fdopen(number, "rb", buffering=0), digest)

    def read(self, digest: Digest) -> bytes:
        """All bytes of an item, checked. Raises ItemMissing or ItemAltered."""
        with self.open(digest) as stream:
            return stream.read()

    def verify(self, digest: Digest) -> None:
        """Check one item against its digest. Raises ItemMissing or ItemAltered, naming it."""
        with self.open(digest):
            pass

    def digests(self) -> Iterator[Digest]:
        """The digests of all items, sorted."""
        for path in _files_below(self.folder):
            if self._is_item(path):
                yield path.name

    def strays(self) -> Iterator[Path]:
        """Files in the vault that are no item and no unfinished one: nothing of ours put them there."""
        for path in _files_below(self.folder):
            if not self._is_item(path) and not self._is_temporary(path):
                yield path

    # The steps

    def _prepare(self) -> None:
        temporary = self.folder / "tmp"
        if not temporary.is_dir():
            try:
                temporary.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
                sync_folder(self.folder.parent)
            except OSError as error:
                raise NotPreserved(
                    f"The vault {shown(os.fspath(self.folder))} cannot be written: {error.strerror}.",
                    "Check the disk and your rights in the case folder, then run the command again.",
                ) from error

    def _write(self, source: BinaryIO | Path) -> _Written:
        """Copy the source to `vault/tmp`, hashing on the way. Raises NotPreserved, leaving nothing behind."""
        name = shown(os.fspath(source)) if isinstance(source, Path) else "The stream"
        path = self.folder / "tmp" / f"{secrets.token_hex(16)}.part"
        with plainly(name):
            try:
                digest, size = copy_file(source, path) if isinstance(source, Path) else copy(source, path)
            except BaseException:  # an interrupt must not leave half a file either
                path.unlink(missing_ok=True)
                raise
        return _Written(path, digest, size, name)

    def _commit(self, group: list[_Written | ProbandaError]) -> list[Preserved | ProbandaError]:
        """Give a group of written files their places, and answer once the folders are synced."""
        answers: list[Preserved | ProbandaError] = []
        fresh: set[Digest] = set()
        for written in group:
            try:
                answers.append(written if isinstance(written, ProbandaError) else self._settle(written, fresh))
            except ProbandaError as error:
                answers.append(error)
        # Also for bytes that were there before: an earlier run may have been killed between rename and sync.
        homes = {self.path_of(done.digest).parent for done in answers if isinstance(done, Preserved)}
        with plainly("The last group of files"):
            for home in sorted(homes):
                sync_folder(home)
        return answers

    def _settle(self, written: _Written, fresh: set[Digest]) -> Preserved:
        """Rename written bytes to their place; `fresh` are the digests that this group placed itself."""
        home = self.path_of(written.digest)
        new = written.digest not in fresh and not self.has(written.digest)
        with plainly(written.source):
            if not new:
                written.path.unlink()
            else:
                if not home.parent.is_dir():
                    home.parent.mkdir(exist_ok=True)
                    sync_folder(self.folder)
                written.path.rename(home)
        if not new and written.digest not in fresh:
            self.verify(written.digest)
        fresh.add(written.digest)
        return Preserved(written.digest, written.size, new)

    def _below(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _is_item(self, path: Path) -> bool:
        return bool(_ITEM.fullmatch(self._below(path))) and stat.S_ISREG(_mode(path))

    def _is_temporary(self, path: Path) -> bool:
        return bool(_TEMPORARY.fullmatch(self._below(path))) and stat.S_ISREG(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def _files_below(folder: Path) -> Iterator[Path]:
    """Everything below a folder but the folders, in the order of names; links are not followed."""
    with contextlib.suppress(FileNotFoundError):
        for path in sorted(folder.iterdir(), key=os.fsencode):
            if stat.S_ISDIR(_mode(path)):
                yield from _files_below(path)
            else:
                yield path
