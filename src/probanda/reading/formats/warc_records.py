"""The records of a WARC file, one after another as from a tape, in bounded memory (ISO 28500:2017, versions 1.0, 1.1).

A record is a block of headers, a blank line, and as many bytes as `Content-Length` says. None of that is believed:
heads are read up to a bound, and where a record does not end where it says, the next one is looked for and the loss is
told. Each record's bytes are compared with the digest that it states, whoever draws them.

Start with `records`. Looks down to: bounds, formats. Used by: web_pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from probanda.reading.formats.bounds import DAMAGED_FIX, clean, size_said
from probanda.reading.model import Remark

LONGEST_HEAD = 1 << 17
"""Bytes of the headers of a record, or of an HTTP answer."""
SIGN = b"WARC/"
_END = re.compile(rb"\r?\n\r?\n")
_RECORD = re.compile(rb"WARC/\d\.\d{1,2}[ \t]{0,8}\r?\n")
_LONGEST_SIGN = 32
_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}
_RECORD_FIX = "The archive is kept as it is. Ask whoever captured it for it again."
_DIGEST_FIX = (
    "The record is taken as it stands. Ask whoever captured it for the archive again, and what happened to it since."
)


class Tape:
    """Bytes from front to back, in blocks of any size."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks, self._kept, self._pos = iter(blocks), b"", 0
        self.at = 0
        """Bytes passed so far."""

    def _pull(self) -> bool:
        block = next(self._blocks, None)
        if block is None:
            return False
        self._kept, self._pos = self._kept[self._pos :] + block, 0
        return True

    def _pass(self, to: int) -> bytes:
        found = self._kept[self._pos : to]
        self.at += len(found)
        self._pos += len(found)
        return found

    def take(self, most: int) -> Iterator[bytes]:
        """Up to so many bytes."""
        while most > 0:
            if self._pos == len(self._kept) and not self._pull():
                return
            piece = self._pass(min(self._pos + most, len(self._kept)))
            most -= len(piece)
            yield piece

    def head(self, most: int) -> bytes | None:
        """The bytes up to and with the next blank line; None, with nothing passed, where there is none in `most`."""
        while True:
            found = _END.search(self._kept, self._pos, self._pos + most)
            if found is not None:
                return self._pass(found.end())
            if len(self._kept) - self._pos >= most or not self._pull():
                return None

    def match(self, sign: re.Pattern[bytes], most: int) -> re.Match[bytes] | None:
        """What stands here, passed over, where it is as the sign says within `most` bytes; None else."""
        while True:
            found = sign.match(self._kept, self._pos)
            if found is not None:
                self._pass(found.end())
                return found
            if len(self._kept) - self._pos >= most or not self._pull():
                return None

    def begins(self) -> bool:
        """Pass over line ends; True where a record begins behind them."""
        while True:
            while self._kept[self._pos : self._pos + 1] in (b"\r", b"\n"):
                self._pass(self._pos + 1)
            if len(self._kept) - self._pos >= _LONGEST_SIGN or not self._pull():
                return _RECORD.match(self._kept, self._pos) is not None

    def ended(self) -> bool:
        """True where nothing is left."""
        return self._pos == len(self._kept) and not self._pull()

    def seek_record(self, skip: int) -> bool:
        """Go on to the next beginning of a record, `skip` bytes from here or later; False, at the end, for none."""
        self._pass(self._pos + skip)
        while True:
            found = _RECORD.search(self._kept, self._pos)
            if found is not None:
                self._pass(found.start())
                return True
            self._pass(max(self._pos, len(self._kept) - _LONGEST_SIGN))
            if not self._pull():
                self._pass(len(self._kept))
                return False


@dataclass(slots=True)
class Record:
    """One record; its bytes are drawn before the next is asked for."""

    number: int
    """From 1, in the order of the file."""
    kind: str
    """Its WARC-Type in small letters; empty where it has none."""
    headers: Mapping[str, str]
    """By name in small letters; the first of each name."""
    length: int
    _tape: Tape
    _left: int = 0
    _hashes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._left = self.length
        self._hash("warc-block-digest")
        if self.kind == "resource":
            self._hash("warc-payload-digest")

    def _hash(self, name: str) -> None:
        algorithm = self.headers.get(name, "").partition(":")[0].lower().replace("-", "")
        if algorithm in _ALGORITHMS:
            self._hashes[name] = _ALGORITHMS[algorithm](usedforsecurity=False)

    def head(self) -> bytes | None:
        """The headers of the HTTP answer or request in it, with the blank line; None where there are none."""
        found = self._tape.head(min(self._left, LONGEST_HEAD))
        if found is not None:
            self._drew(found)
            if self.kind == "response":
                self._hash("warc-payload-digest")
        return found

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._tape.take(self._left):
            self._drew(piece)
            yield piece

    def _drew(self, piece: bytes) -> None:
        self._left -= len(piece)
        for one in self._hashes.values():
            one.update(piece)

    def start(self, most: int) -> bytes:
        """The first bytes that are left of it."""
        found = b""
        for piece in self._tape.take(min(self._left, most)):
            self._drew(piece)
            found += piece
        return found

    def faults(self) -> Iterator[Remark]:
        """What is wrong with it, once its bytes were drawn to the end."""
        if self._left:
            said = f"It breaks off: {size_said(self._left)} of {size_said(self.length)} that it states are missing."
            yield Remark(self.name, said, _RECORD_FIX)
            return
        wrong = [name for name, one in self._hashes.items() if not _agrees(self.headers[name], one)]
        # Where the whole block is as stated, a payload digest of another kind of payload is no fault of the bytes.
        if wrong and not ("warc-block-digest" in self._hashes and "warc-block-digest" not in wrong):
            said = "Its bytes do not give the digest that the archive states for them: one of the two was changed."
            yield Remark(self.name, said, _DIGEST_FIX)
        if self.headers.get("warc-truncated"):
            said = f"The capturing program cut it short ({clean(self.headers['warc-truncated'][:80])})."
            yield Remark(self.name, said, "Look for another capture of it.")

    @property
    def left(self) -> int:
        """Bytes of it that were not drawn yet."""
        return self._left

    @property
    def name(self) -> str:
        """For people: its number, and its address where it has one."""
        return named(self.number, self.headers.get("warc-target-uri", ""))


def named(number: int, address: str) -> str:
    """A record for people."""
    return f"record {number}" + (f", {clean(address[:300])}" if address else "")


def records(tape: Tape) -> Iterator[Record | Remark]:
    """Every record with its bytes, and a remark for what is wrong with one, behind it."""
    number = 0
    while True:
        begins = tape.begins()
        if tape.ended():
            return
        number += 1
        head = tape.head(LONGEST_HEAD) if begins else None
        headers = fields(head) if head is not None else {}
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) <= 15):
            before = tape.at
            found = tape.seek_record(1 if head is None else 0)
            yield _lost(number, begins, head is not None, tape.at - before, found)
            if not found:
                return
            continue
        record = Record(number, headers.get("warc-type", "").lower()[:40], headers, int(length), tape)
        yield record
        for _ in record:
            pass
        yield from record.faults()


def _lost(number: int, begins: bool, headed: bool, passed: int, goes_on: bool) -> Remark:
    if not begins:
        said = "Its beginning does not stand where the record before it says that it ends."
    elif not headed:
        said = f"Its headers do not end within {LONGEST_HEAD >> 10} KB."
    else:
        said = "It does not say how long it is."
    rest = "reading went on at the next record" if goes_on else "no record was found behind it"
    return Remark(f"record {number}", f"{said} {size_said(passed)} were passed over, and {rest}.", DAMAGED_FIX)


def fields(head: bytes) -> dict[str, str]:
    """Names in small letters, and values, of a block of headers behind its first line; the first of each name."""
    found: dict[str, str] = {}
    for name, value in pairs(head):
        found.setdefault(name.lower(), value)
    return found


def pairs(head: bytes) -> list[tuple[str, str]]:
    """The same as written, all of them; folded lines are joined."""
    found: list[tuple[str, str]] = []
    for line in head.splitlines()[1:]:
        said = line.decode("utf-8", "replace")
        if said[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {said.strip()}")
            continue
        name, colon, value = said.partition(":")
        if colon and name.strip():
            found.append((name.strip(), value.strip()))
    return found


def _agrees(stated: str, found: Any) -> bool:
    """Digests are written in base32 (the older custom), hexadecimal or base64."""
    value, digest = stated.partition(":")[2].strip(), found.digest()
    return (
        value.lower() == found.hexdigest()
        or value.upper().rstrip("=") == base64.b32encode(digest).decode().rstrip("=")
        or value.rstrip("=") == base64.b64encode(digest).decode().rstrip("=")
    )
