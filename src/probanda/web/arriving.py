"""Files on their way in: a form's body, piece by piece, into its fields and one temporary file for each file.

Start with `Arriving`. No file is ever held in memory. Each lies in `vault/tmp` under a name of ours until it is whole
and was taken in; a body that breaks off leaves nothing. What a sender calls a file is kept as words and never becomes
a path (ASSURANCE T19).

Looks down to: vault, kernel. Used by: web.pages.taking_in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from probanda.kernel.errors import WrongUsage
from probanda.vault.finding import Refused
from probanda.vault.vault import Vault

LARGEST = 64 << 30
"""Bytes of one file beyond which it is to be taken in with `probanda add`."""
LONGEST_NAME = 4096
"""Characters of a name with its folders; no file system gives a longer one."""
MOST_FIELD = 20_000
"""Bytes of one field that is no file."""
MOST_PARTS = 20_000

_AGAIN = "Send it again; what came whole before it was kept."


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is whole."""

    path: Path
    """Where its bytes lie; to be removed by whoever took it in."""
    name: str
    """As its sender calls it, with its folders."""


class Arriving:
    """One request's body; `feed` it as it comes, then `end` it."""

    def __init__(self, boundary: str, vault: Vault, allowed: Callable[[dict[str, str]], None], largest: int = LARGEST):
        """`allowed` is called with the fields before the first byte of a file is kept, and raises where it may not."""
        self.fields: dict[str, str] = {}
        self._parser = PushMultipartParser(boundary, max_segment_count=MOST_PARTS, max_header_size=4 * LONGEST_NAME)
        self._vault, self._allowed, self._largest = vault, allowed, largest
        self._name: str | None = None
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._size = 0
        self._fault: Refused | None = None
        self._field: tuple[str, bytearray] | None = None

    def feed(self, block: bytes) -> Iterator[Arrived | Refused]:
        """Files that are whole with this block, and those that cannot be kept. Raises WrongUsage for a broken body."""
        try:
            for event in self._parser.parse(block) if block and not self._parser.closed else ():
                if isinstance(event, MultipartSegment):
                    self._begin(event)
                elif event is not None:
                    self._write(event)
                else:
                    yield from self._ended()
        except MultipartError as fault:
            raise WrongUsage("What was sent is not a form that can be understood.", _AGAIN) from fault

    def end(self) -> Iterator[Refused]:
        """The body has ended, or broke off: what is not whole is dropped, and named."""
        if self._name is not None:
            yield self._fault or Refused(self._name, "arrived only in part, and nothing of it was kept", _AGAIN)
        self._drop()

    def _begin(self, segment: MultipartSegment) -> None:
        if segment.filename is None:
            self._field = (segment.name, bytearray())
            return
        self._allowed(self.fields)
        # A browser gives the base name alone with the file; our script says the path in a field before it.
        self._name = self.fields.pop("path", "") or segment.filename
        self._size, self._fault = 0, None
        if not segment.filename:
            self._name = None  # a file field that was left empty
        elif len(self._name) > LONGEST_NAME:
            self._fault = Refused(
                self._name[:200] + "…", "has a name longer than any file's", "Name it otherwise and send it again."
            )
        else:
            self._name = self._name.replace("\0", "\\x00")
            self._path = self._vault.arriving()
            self._file = self._path.open("xb")
            self._path.chmod(0o600)

    def _write(self, piece: bytes) -> None:
        if self._field is not None:
            if len(self._field[1]) + len(piece) > MOST_FIELD:
                raise WrongUsage("A field of the form is far too long.", "Say it in fewer words.")
            self._field[1].extend(piece)
            return
        self._size += len(piece)
        if self._file is None or self._name is None:
            return
        if self._size > self._largest:
            self._refuse(
                f"is larger than {self._largest >> 30} GiB, the most that comes through a browser",
                "Take it in with `probanda add`.",
            )
            return
        try:
            self._file.write(piece)
        except OSError as fault:
            self._full(fault)

    def _full(self, fault: OSError) -> None:
        self._refuse(f"could not be kept ({fault.strerror})", "Free space on the disk of the case, then send it again.")

    def _refuse(self, reason: str, fix: str) -> None:
        """This file is not kept; the rest of its bytes are let go by."""
        name = self._name or ""
        self._drop()
        self._name, self._fault = name, Refused(name, reason, fix)

    def _ended(self) -> Iterator[Arrived | Refused]:
        if self._field is not None:
            name, value = self._field
            self.fields[name] = value.decode("utf-8", "replace")
            self._field = None
        elif self._fault is not None:
            yield self._fault
            self._name = self._fault = None
        elif self._file is not None and self._path is not None and self._name is not None:
            try:
                self._file.close()
            except OSError as fault:
                self._full(fault)
                yield from self._ended()
                return
            whole = Arrived(self._path, self._name)
            self._name = self._path = self._file = None
            yield whole

    def _drop(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._name = self._path = self._file = None
