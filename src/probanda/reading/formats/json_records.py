"""Lists of records in a JSON file, drawn one by one: a file of any length, of which one record is held at a time.

Start with `records`. Braces are counted outside of strings, so the bounds of a record are known before it is parsed:
one that is too long or nested too deeply is skipped and counted, and the next is read. Between two records a comma may
be missing (Bayanat writes none after each 250th), which strict parsers refuse; it is counted as mended.

Looks down to: formats (CannotRead). Used by: bayanat.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from probanda.reading.formats import CannotRead

LONGEST = 4_000_000
"""Code points of one record."""
DEEPEST = 40
"""Values inside one another; records of these systems have some six levels."""
_BLOCK = 1 << 18
_SIGN = re.compile(r'["{}\[\]]')
_STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_OPENED = re.compile(r'\ufeff?\s*\{\s*"(?P<kind>\w{1,40})"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*+")
_DAMAGED = "It is kept and registered. Ask whoever provided it to export it once more, a large set in several files."


@dataclass(slots=True)
class Told:
    """What is to be said of the file when all was drawn."""

    kind: str = ""
    mended: int = 0
    """Commas that were missing between records."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Records that were not read, by reason."""
    broken: bool = False
    """True where the file ends before its list does."""

    def skip(self, why: str) -> None:
        """Count one record that is not read."""
        self.skipped[why] = self.skipped.get(why, 0) + 1


def records(file: BinaryIO, told: Told) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each record with its place in the list, from 0. Raises CannotRead where the file has no list of records."""
    stream = _Stream(file)
    opened = _OPENED.match(stream.buffer)
    if opened is None:
        raise CannotRead("It does not begin as a list of records.", _DAMAGED)
    told.kind = opened["kind"]
    stream.drop(opened.end())
    number = 0
    while True:
        between = stream.gap()
        sign = stream.peek()
        if sign != "{":
            told.broken = sign != "]"
            return
        if number and "," not in between:
            told.mended += 1
        data, why = stream.record()
        if data is None and not why:
            told.broken = True
            return
        record = _parsed(data) if data is not None else None
        if record is not None:
            yield number, record
        else:
            told.skip(why or "it is no sound JSON")
        number += 1


def _parsed(data: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(data, parse_int=_short, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _short(digits: str) -> int | str:
    return int(digits) if len(digits) <= 20 else digits


class _Stream:
    """The text of a file as it comes, with what was taken off its front."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._ended = False
        self.buffer = ""
        self.more()

    def more(self) -> bool:
        """Draw another block; False at the end."""
        if self._ended:
            return False
        block = self._file.read(_BLOCK)
        self._ended = not block
        self.buffer += self._decoder.decode(block, final=not block)
        return not self._ended

    def drop(self, length: int) -> None:
        """Take this much off the front."""
        self.buffer = self.buffer[length:]

    def peek(self) -> str:
        """The next sign; empty at the end."""
        while not self.buffer and self.more():
            pass
        return self.buffer[:1]

    def gap(self) -> str:
        """White space and commas before the next sign, taken off; of a long gap only its first part is given."""
        said = ""
        while True:
            found = _GAP.match(self.buffer)
            assert found is not None  # noqa: S101 (it may be empty)
            said += found[0] if len(said) < _BLOCK else ""
            self.drop(found.end())
            if self.buffer or not self.more():
                return said

    def record(self) -> tuple[str | None, str]:
        """The record at the front, taken off, or None with why it is too much; None and no reason where it is cut."""
        parts: list[str] = []
        length, depth, deepest, at, inside = 0, 0, 0, 0, False
        while True:
            at, depth, deepest, inside, ended = _walked(self.buffer, at, depth, deepest, inside)
            if ended:
                data = "".join((*parts, self.buffer[:at])) if length + at <= LONGEST else None
                self.drop(at)
                if deepest > DEEPEST:
                    return None, f"its values stand inside one another more than {DEEPEST} deep"
                return (data, "") if data is not None else (None, f"it is longer than {LONGEST:,} characters")
            if length <= LONGEST:
                parts.append(self.buffer[:at])
            else:
                parts.clear()
            length += at
            self.drop(at)
            at = 0
            if not self.more():
                return None, ""


def _walked(text: str, at: int, depth: int, deepest: int, inside: bool) -> tuple[int, int, int, bool, bool]:
    """On to the end of the record, or of the text; `inside` a string. A string's last sign is left for the next block
    where it is a backslash, so that what it escapes is seen with it."""
    while at < len(text):
        if inside:
            found = _STRING.match(text, at)
            assert found is not None  # noqa: S101 (it may be empty)
            at = found.end()
            if at == len(text) or text[at] == "\\":
                return at, depth, deepest, True, False
            at, inside = at + 1, False
            continue
        sign = _SIGN.search(text, at)
        if sign is None:
            return len(text), depth, deepest, False, False
        at = sign.end()
        if sign[0] == '"':
            inside = True
        elif sign[0] in "{[":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
            if depth <= 0:
                return at, depth, deepest, False, True
    return at, depth, deepest, inside, False
