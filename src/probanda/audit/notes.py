"""Checkpoints: how large a log is and what its root is, on three lines that somebody signed.

A checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note) is short enough to print, and to be
kept by somebody else: whoever has it can later show that nothing before it was changed. Pure: text in, text
out. Start with `Checkpoint`, then `signed` and `read_note`; a file of several notes is taken apart by
`split_notes`.

    probanda/<case>/<log>                       origin: which log
    17                                          how many entries it had
    <base64 of the root>
    time 2026-11-21T09:12:03.120Z               when it was signed, by this device's clock; may be missing
                                                an empty line, then one signature or more
    — probanda/<case>/<log> <base64 of the key's id and the signature>

Looks down to: keys. Used by: store, casework.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from probanda.audit.keys import ID_BYTES, PublicKey, SigningKey, check_name, from_base64

SIGNED_BY = "— "
"""Begins each line of a signature: an em dash and a space (C2SP signed-note)."""
STAMP = "time "
"""Begins the one line that we add behind the root; tlog-checkpoint allows such lines, and calls them extensions."""
MOST_SIGNATURES = 100
"""A note with more is refused, so that nobody can make its reading slow."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log had come: whoever keeps this can tell whether anything before it was changed since."""

    origin: str
    """Which log: `probanda/<case>/<log>`."""
    size: int
    """Number of entries."""
    root: str
    """Root of the tree over them, 64 hexadecimal digits."""

    def __post_init__(self) -> None:
        """Raises ValueError when one of the three lines could not be read back."""
        if not self.origin.strip() or self.origin != self.origin.strip():
            raise ValueError(f"the origin of a checkpoint is a name without space around it: {self.origin!r}")
        if "\n" in self.origin or _unfit(self.origin):
            raise ValueError(f"the origin of a checkpoint has no line ends or control signs: {self.origin!r}")
        if not _SIZE.fullmatch(str(self.size)):
            raise ValueError(f"the size of a log is a whole number, 0 or more: {self.size}")
        if not _ROOT.fullmatch(self.root):
            raise ValueError(f"the root of a log has 64 hexadecimal digits: {self.root!r}")

    @property
    def text(self) -> str:
        """Its three lines, each ended by a line feed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint on the first three lines; lines behind them may be there, but none may be empty.

        Raises ValueError, naming what is wrong.
        """
        if not text.endswith("\n"):
            raise ValueError("a checkpoint ends with a line end")
        lines = text[:-1].split("\n")
        if len(lines) < 3 or not all(lines):
            raise ValueError("a checkpoint has three lines at least (origin, size, root), and none of them is empty")
        origin, size, root = lines[:3]
        if not _SIZE.fullmatch(size):
            raise ValueError(f"the size of a log is written in digits without leading zeros: {size!r}")
        return cls(origin, int(size), from_base64(root).hex())


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as it was signed. That it has signatures says nothing until `signed_by` has checked them."""

    checkpoint: Checkpoint
    text: str
    """What the signatures cover: the lines before the empty line, with the line end of the last."""
    signatures: tuple[tuple[str, bytes, bytes], ...]
    """(name, id of the key in 4 bytes, signature) in the order of their lines."""

    @property
    def stamp(self) -> str | None:
        """When it was signed, by the signer's own clock; None where the note does not say."""
        times = [line[len(STAMP) :] for line in self.text.split("\n")[3:] if line.startswith(STAMP)]
        return times[0] if len(times) == 1 and _TIME.fullmatch(times[0]) else None

    def signed_by(self, keys: Iterable[PublicKey]) -> PublicKey | None:
        """The first of these keys that signed the note, in the order of its signatures; None if none did.

        Signatures under other names or ids are passed over. One that bears the name and id of a key given
        here and does not verify makes the whole note worth nothing: somebody tampered with it.
        """
        known: dict[tuple[str, bytes], list[PublicKey]] = {}
        for key in keys:
            known.setdefault((key.name, key.id), []).append(key)
        signers = []
        for name, key_id, signature in self.signatures:
            candidates = known.get((name, key_id), [])
            good = [key for key in candidates if key.verifies(signature, self.text.encode())]
            if candidates and not good:
                return None
            signers += good
        return signers[0] if signers else None


def signed(checkpoint: Checkpoint, key: SigningKey, name: str, stamp: str | None = None) -> str:
    """The note of a checkpoint with one signature, by the key under that name.

    `stamp` is a UTC time such as `2026-11-21T09:12:03.120Z`, covered by the signature; left out when None.
    Raises ValueError for another kind of time, and for a name with white space or a plus sign.
    """
    text = checkpoint.text
    if stamp is not None:
        if not _TIME.fullmatch(stamp):
            raise ValueError(f"the time of a checkpoint is UTC, such as 2026-11-21T09:12:03.120Z: {stamp!r}")
        text += f"{STAMP}{stamp}\n"
    signature = key.public(name).id + key.sign(text.encode())
    return f"{text}\n{SIGNED_BY}{name} {base64.b64encode(signature).decode()}\n"


def read_note(note: str) -> Note:
    """The note, taken apart, its signatures not yet checked.

    Raises ValueError, naming what is wrong, for anything that is not one note from its first sign to its last.
    """
    if _unfit(note.replace("\n", "")):
        raise ValueError("a note is text that UTF-8 can hold, with no control signs but line ends")
    body, gap, block = note.rpartition("\n\n")
    if not gap or not block.endswith("\n"):
        raise ValueError("a note is a text, an empty line, and lines of signatures, each with its line end")
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise ValueError(f"a note has at most {MOST_SIGNATURES} signatures, not {len(lines)}")
    text = body + "\n"
    return Note(Checkpoint.parse(text), text, tuple(_signature(line) for line in lines))


def split_notes(data: str) -> list[str]:
    """The notes of a file that holds one after the other, each as `read_note` takes it.

    Such a file is, as often as wanted: the lines of a checkpoint (none empty), an empty line, lines of
    signatures (one at least), an empty line. The last empty line may be missing at the end of the file, so a
    file with one note is such a file too. Writing one more is adding the note and a line end. An empty file
    holds none. Raises ValueError, with the number of the note, when a file is anything else: a note cut short
    by a crash among them.
    """
    if not data:
        return []
    if not data.endswith("\n"):
        raise ValueError("the last line of a file of notes is cut short: it has no line end")
    blocks = data.removesuffix("\n").removesuffix("\n").split("\n\n")
    if len(blocks) % 2:
        raise ValueError(f"note {len(blocks) // 2 + 1} is cut short: it has a text, or signatures, but not both")
    notes = [f"{text}\n\n{block}\n" for text, block in zip(blocks[::2], blocks[1::2], strict=True)]
    for number, note in enumerate(notes, start=1):
        try:
            read_note(note)
        except ValueError as wrong:
            raise ValueError(f"note {number} of the file: {wrong}") from wrong
    return notes


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """Name, id and signature of one line. Raises ValueError."""
    name, space, encoded = line.removeprefix(SIGNED_BY).partition(" ")
    if not line.startswith(SIGNED_BY) or not space:
        raise ValueError(f"not the line of a signature: {line!r}")
    check_name(name)
    found = from_base64(encoded)
    if len(found) <= ID_BYTES:
        raise ValueError(f"the signature of {name!r} is too short: {len(found)} bytes")
    return name, found[:ID_BYTES], found[ID_BYTES:]


def _unfit(text: str) -> bool:
    """True when there are control signs below U+0020, or half characters that UTF-8 cannot hold."""
    return any(sign < " " or "\ud800" <= sign <= "\udfff" for sign in text)
