"""Which encoding bytes are in, by stated rules, with the reason.

Start with `Tally` (fed block by block, so that a file of any size is judged in little memory), then
`Encoding.decode`. The rules, in order: a byte order mark; valid UTF-8; UTF-16 by its NUL bytes; UTF-8 with
few faults; an 8-bit page by which high bytes there are. A guessing library was left out: its answer has no
reason that a person could check, and may change with its version.

Looks down to: formats (CannotRead). Used by: formats.plain, formats.html, making.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from probanda.reading.formats import CannotRead

# Bytes that stand for Arabic letters and marks in windows-1256. Texts in windows-1251 (Cyrillic) live mostly
# in E0-FF, where windows-1256 has Latin letters, so the share tells the two apart.
_ARABIC_1256 = bytes(
    [
        129,
        141,
        142,
        144,
        161,
        186,
        191,
        *range(192, 215),
        *range(216, 224),
        225,
        *range(227, 231),
        236,
        237,
        *range(240, 244),
        245,
        246,
        248,
        250,
    ]
)
_UNDEFINED_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_CONTROLS = bytes(value for value in (*range(0x20), 0x7F) if value not in b"\t\n\r\x0b\x0c\x1b")
_HIGH = bytes(range(0x80, 0x100))
_LOW_HALF, _UPPER_HALF = bytes(range(0x80, 0xA0)), bytes(range(0xC0, 0x100))
_TO_CLASS = bytes(0x2E if value < 0x80 else 0x68 for value in range(256))  # "." and "h"

MOST_CONTROLS = 0.01
"""Share of control bytes above which bytes are not text: random bytes have 0.1, texts next to none."""
MOST_CONTROLS_IN_UTF8 = 0.05
"""The same where all bytes are valid UTF-8, which is by itself a strong sign of text."""
NOT_TEXT = "It is not text: too many of its bytes stand for no character."
NOT_TEXT_FIX = "It is kept and registered. Say what it is, or add a transcript of it as plain text."


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding as Python names it, why it was chosen, and whether faulty bytes are shown as U+FFFD."""

    name: str
    reason: str
    faulty: bool = False
    unit: int = 1
    """Bytes of its smallest unit."""

    def decode(self, data: bytes) -> str:
        """The words; a byte order mark stays as U+FEFF."""
        try:
            return data.decode(self.name, "replace" if self.faulty else "strict")
        except UnicodeDecodeError as fault:
            raise CannotRead(
                f"Its bytes cannot be decoded as {self.name} ({fault.reason} at byte {fault.start}).",
                "It is kept and registered. Ask for the original file, or add a transcript as plain text.",
            ) from fault


_MARKS: tuple[tuple[bytes, str, str, int], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8", 1),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little end first)", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big end first)", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little end first)", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big end first)", 2),
)


@dataclass(slots=True)
class Tally:
    """Counts over an item's bytes, fed in order with `add`; `decide` then names the encoding."""

    size: int = 0
    head: bytes = b""
    nul: int = 0
    controls: int = 0
    high: int = 0
    """Bytes above 7F, and below kinds of them."""
    high_beside_high: int = 0
    arabic: int = 0
    upper_half: int = 0
    low_half: int = 0
    undefined: int = 0
    faults: int = 0
    wide: int = 0
    """Characters of more than one byte, read as UTF-8."""
    _utf8: codecs.IncrementalDecoder = field(default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace"))

    def add(self, block: bytes, last: bool = False) -> None:
        """Count one block, in one pass of C code for each figure."""
        if not self.head:
            self.head = block[:4096]
        self.size += len(block)
        self.nul += block.count(0)
        self.controls += _how_many(block, _CONTROLS)
        high = _how_many(block, _HIGH)
        if high:
            self.high += high
            self.high_beside_high += 2 * block.translate(_TO_CLASS).count(b"hh")
            self.arabic += _how_many(block, _ARABIC_1256)
            self.upper_half += _how_many(block, _UPPER_HALF)
            self.low_half += _how_many(block, _LOW_HALF)
            self.undefined += _how_many(block, _UNDEFINED_1252)
        words = self._utf8.decode(block, last)
        # A real U+FFFD in the bytes (EF BF BD) is no fault.
        self.faults += max(0, words.count("\ufffd") - block.count(b"\xef\xbf\xbd"))
        self.wide += len(words) - len(words.encode("ascii", "ignore"))

    def decide(self) -> Encoding:
        """The encoding, by the rules of this file. Raises CannotRead for what is no text."""
        for mark, name, said, unit in _MARKS:
            if self.head.startswith(mark) and not (name == "utf-8" and self.faults):
                return Encoding(name, f"{said}, by its byte order mark", unit=unit)
        wide = self._by_nul()
        if wide is not None:
            return wide
        if self.controls > (MOST_CONTROLS if self.faults else MOST_CONTROLS_IN_UTF8) * self.size:
            raise CannotRead(NOT_TEXT, NOT_TEXT_FIX)
        if not self.faults:
            return Encoding("utf-8", "all its bytes are valid UTF-8")
        if self.wide - self.faults >= 10 * self.faults:
            return Encoding(
                "utf-8", f"UTF-8 with {self.faults} faulty places, each shown as the sign U+FFFD", faulty=True
            )
        return self._eight_bit()

    def _by_nul(self) -> Encoding | None:
        if self.size < 4 or self.nul * 5 < self.size:
            return None
        even, odd = self.head[0::2].count(0), self.head[1::2].count(0)
        if odd > 4 * even:
            return Encoding("utf-16-le", "UTF-16 without a mark: every second byte is NUL", unit=2)
        if even > 4 * odd:
            return Encoding("utf-16-be", "UTF-16 without a mark: every second byte is NUL", unit=2)
        return None

    def _eight_bit(self) -> Encoding:
        if self.high_beside_high >= 0.5 * self.high:
            if self.arabic >= 0.85 * self.high:
                return Encoding("cp1256", "not UTF-8; its high bytes stand together and are Arabic in windows-1256")
            if self.upper_half >= 0.85 * self.high:
                said = "not UTF-8; its high bytes stand together and are Cyrillic in windows-1251"
                return Encoding("cp1251", said, faulty=True)
        if self.undefined:
            if self.low_half > MOST_CONTROLS * self.size:
                raise CannotRead(NOT_TEXT, NOT_TEXT_FIX)
            return Encoding("latin-1", "not UTF-8, and some bytes mean nothing in windows-1252: read as Latin-1")
        return Encoding("cp1252", "not UTF-8; its high bytes stand alone among Latin letters: windows-1252")


def _how_many(block: bytes, kind: bytes) -> int:
    return len(block) - len(block.translate(None, kind))


def judge(data: bytes) -> Encoding:
    """The encoding of these bytes, all of them seen. Raises CannotRead for what is no text."""
    tally = Tally()
    tally.add(data, last=True)
    return tally.decide()
