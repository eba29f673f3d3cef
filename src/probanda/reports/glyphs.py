"""The two fonts of printed reports, and what they can show: any other character is shown by its code.

Start with `printable`. A PDF/A file must hold a glyph for each of its characters (ISO 19005-2, 6.2.11), and so
the characters that neither Noto Sans nor Noto Sans Arabic has (most emoji, Chinese, Hebrew) become
`[U+4E2D]`, and a flood of combining marks cannot cover the lines above and below it. What a font has
is read from its `cmap` table (OpenType specification, format 12: groups of code points).

Looks down to: characters. Used by: pdf.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Set
from functools import cache
from importlib import resources
from typing import Final

from probanda.reports.characters import shown

FAMILIES: Final = {"Noto Sans": "fontpkg_noto_sans", "Noto Sans Arabic": "fontpkg_noto_sans_arabic"}
"""Font families in the order in which they are tried, and the packages that hold their files."""
MOST_MARKS: Final = 6
"""So many combining marks may stand on one letter; fully vowelled Arabic needs four."""
JOINERS: Final = frozenset("\u034f\u200c\u200d\u200e\u200f\u061c\ufe0e\ufe0f\u00ad")
"""Invisible characters that shape or direct their neighbours and need no glyph of their own."""
CODE: Final = "[U+{:04X}]"


def printable(text: str, refused: Set[str] = frozenset()) -> str:
    """The text in characters that the fonts can show on one line; all others, and those refused, by their codes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_drawn(cluster, refused) for cluster in _clusters(shown(text)))


@cache
def folders() -> tuple[str, ...]:
    """The folders that hold the font files."""
    return tuple(str(resources.files(package) / "files") for package in FAMILIES.values())


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """For each family, the code points that every one of its files has."""
    return tuple(_family(package) for package in FAMILIES.values())


def _drawn(cluster: str, refused: Set[str]) -> str:
    """A letter with its marks; by its code whatever of it the letter's font lacks."""
    base, marks = cluster[0], cluster[1:]
    fonts = [font for font in coverage() if _has(font, base)]
    if base in refused or not fonts:
        return CODE.format(ord(base)) + "".join(_alone(mark) for mark in marks)
    # The first font that has the letter draws it, and its marks have to come from the same font.
    return base + "".join(
        mark if _has(fonts[0], mark) and mark not in refused and n <= MOST_MARKS else _alone(mark)
        for n, mark in enumerate(marks, start=1)
    )


def _alone(mark: str) -> str:
    return mark if mark in JOINERS else CODE.format(ord(mark))


def _has(font: frozenset[int], char: str) -> bool:
    return ord(char) in font or char in JOINERS


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks that stand on it."""
    start = 0
    for n, char in enumerate(text):
        if n and not (unicodedata.category(char)[0] == "M" or char in JOINERS):
            yield text[start:n]
            start = n
    if text:
        yield text[start:]


def _family(package: str) -> frozenset[int]:
    folder = resources.files(package) / "files"
    files = sorted((f for f in folder.iterdir() if re.search(r"\.[ot]tf$", f.name)), key=lambda f: f.name)
    return frozenset.intersection(*(_code_points(f.read_bytes()) for f in files))


def _code_points(font: bytes) -> frozenset[int]:
    """The code points of a font's first format-12 map; empty where it has none."""
    for n in range(int.from_bytes(font[4:6], "big")):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        if tag == b"cmap":
            return _mapped(font[offset : offset + length])
    return frozenset()


def _mapped(table: bytes) -> frozenset[int]:
    for n in range(int.from_bytes(table[2:4], "big")):
        _, _, at = struct.unpack_from(">HHI", table, 4 + 8 * n)
        if int.from_bytes(table[at : at + 2], "big") == 12:
            (groups,) = struct.unpack_from(">I", table, at + 12)
            spans = (struct.unpack_from(">III", table, at + 16 + 12 * g) for g in range(groups))
            return frozenset(c for first, last, _ in spans for c in range(first, last + 1))
    return frozenset()
