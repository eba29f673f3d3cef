"""The vault on disk: `vault/ab/<digest>`, one read-only file for each item, and nothing else.

Read `preserve` first, then `preserve_many`, then `open`, then `verify_all`. A file appears under its digest only when
all its bytes are on disk: they go to `vault/tmp` (same file system), are hashed on the way, made lasting, read-only,
and renamed; then the names are made lasting, and only then does the call return. A process killed at any moment leaves
at most files in `vault/tmp`, which `sweep` takes away. Anyone can check a vault with `sha256sum`.

Of many files, a group takes each step together: all bytes last before the first rename, and all names last before the
first answer (`lasting` says how, and why that is enough). So a power cut loses files nobody was told were kept, and
never shows half of one under its digest.

One process at a time writes in a vault: the store's lock on the case folder sees to that.

Looks down to: kernel. Used by: reading, store, casework.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from probanda.kernel.digests import Digest
from probanda.kernel.errors import ItemAltered, ProbandaError
from probanda.vault.checked import CHUNK, CheckedBytes, ItemMissing, ItemUnreadable, NotAFile, open_file
from probanda.vault.checking import check_all
from probanda.vault.copying import NotPreserved, Source, copy, copy_file, not_preserved, plainly
from probanda.vault.finding import shown
from probanda.vault.hashing import Digests
from probanda.vault.lasting import Together, sync_folder

GROUP_FILES = 256
GROUP_BYTES = 64 << 20
GROUP_SECONDS = 0.2
"""A group is committed when it has this many files or bytes, or is this old: enough to share the waiting for the
disk, little enough that an interrupted run repeats moments of work, not minutes."""

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
    # Two answers about the same digest are about the same bytes, so what else follows from them is not compared.
    blake3: str = field(default="", compare=False)
    sha1: str = field(default="", compare=False)
    md5: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Written:
    """Bytes in `vault/tmp`, not yet under their digest."""

    path: str
    digests: Digests
    size: int
    source: Source
    """What was read."""


_Group = Sequence[_Written | ProbandaError]


class Vault:
    """A folder of items under their digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = os.fspath(folder)
        self._unfinished = folder / "tmp"
        # How the names of its unfinished files begin and go on.
        self._first, self._count = os.fspath(self._unfinished / secrets.token_hex(12)), itertools.count()

    # Taking in

    def preserve(self, source: Source) -> Preserved:
        """Keep these bytes. Returns when they would survive a power cut.

        Raises SourceChanged or NotPreserved, and ItemAltered when the same item is there but damaged:
        then the source may be the last good copy, and saying "already held" would be a lie.
        """
        self._prepare()
        answer = self._commit([self._write(source, None)], None)[0]
        if isinstance(answer, ProbandaError):
            raise answer
        return answer

    def preserve_many(self, paths: Iterable[Path]) -> Iterator[Preserved | ProbandaError]:
        """Keep these files, one answer for each in their order; faster than one by one, as safe.

        Files are written, made lasting and named in groups; an answer comes only after its group is on
        disk. A file that cannot be kept is answered with the error, not raised.
        """
        self._prepare()
        together = Together.of(self.folder)
        try:
            for group in self._groups(paths, together):
                yield from self._commit(group, together)
        finally:
            if together is not None:
                together.close()

    def sweep(self) -> int:
        """Remove what a killed run left in `vault/tmp`, and say how many files. Call it while nothing else writes."""
        left = [name for name, plain in _files_below(self._unfinished, "tmp/") if plain and _TEMPORARY.fullmatch(name)]
        for name in left:
            (self.folder / name).unlink(missing_ok=True)
        return len(left)

    def arriving(self) -> Path:
        """A fresh path in `vault/tmp` for bytes still on their way to this machine, to be written, preserved and
        removed by the caller; `sweep` takes away what a kill leaves there. Raises NotPreserved."""
        self._prepare()
        return Path(f"{self._first}{next(self._count):08x}.part")

    # Using

    def destroy(self, digest: Digest) -> bool:
        """Take an item's bytes away for good, as a decision asks; False where they are not here.

        The name goes and the loss is made lasting. What the medium itself may keep of deleted blocks is beyond any
        program (docs/threat-model.md).
        """
        path = self.path_of(digest)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return True

    def path_of(self, digest: Digest) -> Path:
        """Where the item of this digest lies, or would. Raises ValueError for what is no digest."""
        return Path(self._place(digest))

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

    def piece(self, digest: Digest, start: int, end: int) -> Iterator[bytes]:
        """Some bytes of an item, as a player asks for them. A piece has no digest, so this is not checked: whoever
        hands it out verifies the whole before. Raises as `open` does, when the first bytes are asked for."""
        try:
            with os.fdopen(open_file(self.path_of(digest)), "rb", buffering=0) as file:
                file.seek(start)
                while start < end and (data := file.read(min(CHUNK, end - start))):
                    start += len(data)
                    yield data
        except (FileNotFoundError, NotAFile):
            raise ItemMissing(digest) from None
        except OSError as error:
            raise ItemUnreadable(digest, error) from error

    def verify(self, digest: Digest) -> None:
        """Check one item against its digest. Raises ItemMissing or ItemAltered, naming it."""
        with self.open(digest):
            pass

    def verify_quick(self, digest: Digest, blake3: str) -> None:
        """Check one item against its BLAKE3, several times as fast. Raises ItemMissing or ItemAltered, naming it."""
        for fault in self.verify_all([digest], 1, quick={digest: blake3}):
            raise fault

    def verify_all(
        self,
        digests: Iterable[Digest],
        workers: int | None = None,
        *,
        quick: Mapping[Digest, str] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[ItemAltered]:
        """Check many items, on as many threads as there are cores; gives what is wrong, in the order of the digests.

        `quick` holds BLAKE3 digests by item: those named in it are checked by that, the others by their SHA-256.
        `progress` is told how many were checked so far.
        """
        return check_all(((digest, self._place(digest)) for digest in digests), workers, quick or {}, progress)

    def digests(self) -> Iterator[Digest]:
        """The digests of all items, sorted."""
        for name, plain in _files_below(self.folder):
            if plain and _ITEM.fullmatch(name):
                yield name[3:]

    def strays(self) -> Iterator[Path]:
        """Files in the vault that are no item and no unfinished one: nothing of ours put them there."""
        for name, plain in _files_below(self.folder):
            if not plain or not (_ITEM.fullmatch(name) or _TEMPORARY.fullmatch(name)):
                yield self.folder / name

    # The steps

    def _prepare(self) -> None:
        if not self._unfinished.is_dir():
            try:
                self._unfinished.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
                sync_folder(self.folder.parent)
            except OSError as error:
                raise NotPreserved(
                    f"The vault {shown(os.fspath(self.folder))} cannot be written: {error.strerror}.",
                    "Check the disk and your rights in the case folder, then run the command again.",
                ) from error

    def _groups(self, paths: Iterable[Path], together: Together | None) -> Iterator[_Group]:
        """The files written to `vault/tmp`, in groups. Whatever happens, nothing unfinished stays there."""
        group: list[_Written | ProbandaError] = []
        size, begun = 0, 0.0
        try:
            for path in paths:
                if not group:
                    size, begun = 0, time.monotonic()
                try:
                    written = self._write(path, together)
                except NotPreserved as error:
                    group.append(error)
                else:
                    group.append(written)
                    size += written.size
                if len(group) >= GROUP_FILES or size >= GROUP_BYTES or time.monotonic() - begun >= GROUP_SECONDS:
                    yield group
                    group = []
            if group:
                yield group
        except BaseException:
            _drop(group)
            raise

    def _write(self, source: Source, together: Together | None) -> _Written:
        """Copy the source to `vault/tmp`, hashing on the way. Raises NotPreserved, leaving nothing behind."""
        path = f"{self._first}{next(self._count):08x}.part"
        alone = together is None
        try:
            copied = copy_file(source, path, sync=alone) if isinstance(source, Path) else copy(source, path, sync=alone)
        except BaseException as error:  # an interrupt must not leave half a file either
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108 - a Path for each small file would cost as much as its writing
            with plainly(source):
                raise error
        return _Written(path, *copied, source)

    def _commit(self, group: _Group, together: Together | None) -> list[Preserved | ProbandaError]:
        """Make a group of written files last, give them their places, and answer once those last too."""
        if together is not None:
            try:
                together.sync()
            except OSError as error:
                _drop(group)
                return _refused(group, error)
        answers: list[Preserved | ProbandaError] = []
        fresh: set[Digest] = set()
        made: set[Path] = set()
        for written in group:
            try:
                answers.append(written if isinstance(written, ProbandaError) else self._settle(written, fresh, made))
            except ProbandaError as error:
                _drop([written])
                answers.append(error)
        try:
            self._sync_names(answers, made, together)
        except OSError as error:
            self._take_back(answers)
            return _refused(group, error)
        return answers

    def _settle(self, written: _Written, fresh: set[Digest], made: set[Path]) -> Preserved:
        """Rename written bytes to their place. `fresh`: digests that this group placed; `made`: folders it made."""
        named = written.digests
        digest = named.sha256
        place = self._place(digest)
        new = digest not in fresh and not stat.S_ISREG(_mode(place))
        with plainly(written.source):
            if not new:
                os.unlink(written.path)  # noqa: PTH108
            else:
                try:
                    os.rename(written.path, place)  # noqa: PTH104
                except FileNotFoundError:
                    home = Path(place).parent
                    home.mkdir()
                    made.add(home)
                    os.rename(written.path, place)  # noqa: PTH104
        if not new and digest not in fresh:
            self.verify(digest)
        if new:
            fresh.add(digest)
        return Preserved(digest, written.size, new, named.blake3, named.sha1, named.md5)

    def _sync_names(
        self, answers: Sequence[Preserved | ProbandaError], made: set[Path], together: Together | None
    ) -> None:
        """Make the names of these items last. Raises OSError.

        Also of those that were there before: an earlier run may have been killed between rename and sync.
        """
        if together is not None:
            together.sync()
            return
        for home in sorted({self.path_of(done.digest).parent for done in answers if isinstance(done, Preserved)}):
            sync_folder(home)
        if made:
            sync_folder(self.folder)

    def _take_back(self, answers: Sequence[Preserved | ProbandaError]) -> None:
        """Remove what this group placed and cannot answer for. What the disk will not let go is left, as by a kill."""
        for done in answers:
            if isinstance(done, Preserved) and done.new:
                with plainly("The last group of files"):
                    self.path_of(done.digest).unlink(missing_ok=True)

    def _place(self, digest: Digest) -> str:
        """As `path_of`, without the cost of a Path, which tells where thousands of small items are handled."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 in hexadecimal: {digest!r}")
        return f"{self._root}/{digest[:2]}/{digest}"


def _drop(group: _Group) -> None:
    """Remove what these files left in `vault/tmp`."""
    for written in group:
        if isinstance(written, _Written):
            with contextlib.suppress(OSError):  # `sweep` has another try
                os.unlink(written.path)  # noqa: PTH108


def _refused(group: _Group, error: OSError) -> list[Preserved | ProbandaError]:
    """The answers of a group that the disk would not keep."""
    return [one if isinstance(one, ProbandaError) else not_preserved(one.source, error) for one in group]


def _mode(path: Path | str) -> int:
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _files_below(folder: Path | str, below: str = "") -> Iterator[tuple[str, bool]]:
    """Everything below a folder but the folders, by its path from the vault, in the order of names; links are not
    followed. And whether it is an ordinary file."""
    with contextlib.suppress(FileNotFoundError):
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.is_file(follow_symlinks=False)
