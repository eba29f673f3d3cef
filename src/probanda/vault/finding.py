"""What lies in the folders and files that a user named: what can be taken in, and what cannot and why.

Start with `find`. It walks in the order of the paths' bytes, never opens what it finds, and passes
over nothing without saying so. Decisions taken here:

- A link that the user named is followed, for it is the user's own word. A link *inside* a named
  folder never is: what it leads to is taken in under its own name if it lies in the folder, and
  must be named if it lies outside. So no file comes in twice, and no link can pull in a stranger's.
- Hidden files are items like others. Only what a desktop writes for itself (`.DS_Store`,
  `Thumbs.db`, `desktop.ini`) is refused, and marked so that a command need not call it a fault.
- A case folder of Probanda inside a named folder is refused: its vault is no material.

Nothing here grows with the number of files: what is found is given at once and held by nobody.

Names are bytes on a disk and need not be UTF-8, so they are kept as `str` with surrogateescape;
print them through `shown` only.

Looks down to: nothing. Used by: vault, casework.
"""

from __future__ import annotations

import errno
import heapq
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HOUSEKEEPING = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""Files that a desktop writes for itself, in lower case."""

AT_ONCE = 1 << 16
"""Names of one folder that are held at once. A folder that has more is gone through again for each further so many:
a few seconds of looking for every minute of taking in, and no more memory for a million files than for these."""
_TAKE_REAL_FILE = "Put the file itself in the folder, or name the file that the link leads to."
_SPECIAL = (
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be taken in."""

    path: Path
    name: str
    """Its path below the folder that was named, or its base name if it was named itself (surrogateescape)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be taken in, why, and what to do."""

    name: str
    """As in `Found`; of what was named but is not there, the words of the user. Print through `shown`."""
    reason: str
    """Follows the name in a sentence: `is a pipe, not a file`."""
    fix: str
    housekeeping: bool = False
    """True for what a desktop writes for itself: to be mentioned, but no fault."""


def find(paths: Sequence[Path]) -> Iterator[Found | Refused]:
    """All that lies at or below these paths, in the order of their bytes; an empty folder gives nothing.

    A path named twice, or lying in a folder that is named too, comes once. Nothing is raised: what
    cannot be looked at is refused by name.
    """
    for named in sorted(_apart(paths), key=_order_of_named):
        yield from _find_named(named)


def how_many(paths: Sequence[Path]) -> int:
    """How many things `find` will give for these paths, as far as a quick look tells; for a bar of progress alone."""
    many = 0
    for named in _apart(paths):
        stack = [os.fspath(named)]
        many += not named.is_dir()
        while stack:
            with suppress(OSError), os.scandir(stack.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        stack.append(entry.path)
                    else:
                        many += 1
    return many


def shown(name: str) -> str:
    """The name with everything escaped that would not show, would break the line or turn its direction.

    Controls, marks without a width (those of direction among them), bytes that are not UTF-8, and
    the backslash itself are written as Python writes them, so that two names never look the same.
    """
    return "".join(_shown_letter(letter) for letter in name)


def _shown_letter(letter: str) -> str:
    if 0xDC80 <= ord(letter) <= 0xDCFF:  # one byte that was not UTF-8
        return f"\\x{ord(letter) - 0xDC00:02x}"
    if letter == "\\" or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return letter.encode("unicode_escape").decode("ascii")
    return letter


def _apart(paths: Sequence[Path]) -> list[Path]:
    """The named paths without those that another one holds, so that nothing is found twice."""
    by_place: dict[str, Path] = {}
    for path in sorted(paths, key=os.fsencode):
        by_place.setdefault(os.path.realpath(path), path)
    kept: list[Path] = []
    last = None
    for place in sorted(by_place, key=lambda place: Path(place).parts):
        if last is None or not Path(place).is_relative_to(last):
            kept.append(by_place[place])
            last = Path(place)
    return kept


def _order_of_named(path: Path) -> bytes:
    return os.fsencode(path) + (b"/" if path.is_dir() else b"")


def _find_named(named: Path) -> Iterator[Found | Refused]:
    name = os.fspath(named)
    try:
        place = named.resolve(strict=True)
        mode = place.stat().st_mode
    except (OSError, RuntimeError) as error:  # Python before 3.13 says RuntimeError of links in a circle
        yield _refused_by(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(place, name)
    else:
        yield _judged(place, named.name, mode)


def _walk(root: Path, shown_as: str) -> Iterator[Found | Refused]:
    """Everything below a folder. A stack and not recursion: a folder may be a thousand deep."""
    stack: list[tuple[Path, str, Iterator[str]]] = [(root, "", iter([""]))]
    while stack:
        folder, within, children = stack[-1]
        try:
            child = next(children, None)
        except OSError as error:  # a folder that went while its further names were asked for
            stack.pop()
            yield _refused_by(within or shown_as, error)
            continue
        if child is None:
            stack.pop()
            continue
        path, name = folder / child, f"{within}/{child}" if within else child
        try:
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode):
                yield _judged_link(path, name, root) if path.is_symlink() else _judged(path, name, status.st_mode)
                continue
            if _is_case(path):
                yield Refused(
                    name or shown_as,
                    "is a case folder of Probanda, not material for one",
                    "Name the folders that hold the material; to bring two cases together, join them.",
                )
                continue
            stack.append((path, name, _names(path, _listing(path))))
        except OSError as error:
            yield _refused_by(name or shown_as, error)


def _is_case(folder: Path) -> bool:
    marks = folder / "case.toml", folder / "vault"
    return os.path.lexists(marks[0]) and not marks[0].is_dir() and marks[1].is_dir() and not marks[1].is_symlink()


def _names(folder: Path, listed: list[tuple[bytes, str]]) -> Iterator[str]:
    """The names of what lies in a folder, in order; `listed` are the first of them. Raises OSError."""
    while listed:
        last, more = listed[-1][0], len(listed) == AT_ONCE
        listed.reverse()
        while listed:  # each is let go as it is given
            yield listed.pop()[1]
        listed = _listing(folder, last) if more else []


def _listing(folder: Path, after: bytes = b"") -> list[tuple[bytes, str]]:
    """(sort key, name) of the first `AT_ONCE` after this key. Folders sort with their slash, as full paths would."""
    with os.scandir(folder) as entries:
        keys = (
            (os.fsencode(entry.name) + (b"/" if entry.is_dir(follow_symlinks=False) else b""), entry.name)
            for entry in entries
        )
        return heapq.nsmallest(AT_ONCE, (one for one in keys if one[0] > after))


def _judged(path: Path, name: str, mode: int) -> Found | Refused:
    for is_kind, reason in _SPECIAL:
        if is_kind(mode):
            return Refused(name, reason, "Save what it delivers to an ordinary file and add that.")
    if path.name.lower() in HOUSEKEEPING:
        return Refused(name, "was written by the desktop for itself", "Nothing needs to be done.", housekeeping=True)
    if not os.access(path, os.R_OK):
        return _refused_by(name, PermissionError(errno.EACCES, "no right to read"))
    return Found(path, name)


def _judged_link(path: Path, name: str, root: Path) -> Refused:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        if isinstance(error, FileNotFoundError):
            return Refused(name, "is a link to something that is not there", _TAKE_REAL_FILE)
        return _refused_by(name, error)
    if not target.is_relative_to(root):
        return Refused(name, "is a link that leads outside the folder named", _TAKE_REAL_FILE)
    below = shown(os.fspath(target.relative_to(root)))
    return Refused(
        name,
        f"is a link to {below} in the same folder, which is taken in under its own name",
        "Nothing needs to be done if that file was taken in; its content is the same.",
    )


def _refused_by(name: str, error: OSError | RuntimeError) -> Refused:
    number = getattr(error, "errno", None)
    if isinstance(error, RuntimeError) or number == errno.ELOOP:
        return Refused(name, "is a link that leads in a circle", _TAKE_REAL_FILE)
    if isinstance(error, FileNotFoundError):
        return Refused(name, "is not there", "Check the spelling of the path, and that the disk is connected.")
    if isinstance(error, PermissionError):
        return Refused(
            name, "may not be read by you", "Get the right to read it (`ls -l` shows whose it is), add again."
        )
    if number == errno.ENAMETOOLONG:
        return Refused(name, "lies too deep: its path is too long to open", "Move it to a folder nearer the top.")
    words = os.strerror(number) if number else str(error)
    return Refused(name, f"cannot be looked at ({words})", "Check the disk, then add it again.")
