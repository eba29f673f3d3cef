"""What programs for chats write themselves, compared without the signs, vowels and cases that vary: `chats.yaml`.

Start with `Words`. Looks down to: nothing of this house. Used by: whatsapp.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

MARKS = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Signs that show nothing: of direction, of joining, byte order."""
EDGES = " \t\r\n\u00a0\u202f\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""The same, and spaces, as they may stand before and behind words."""
_UNSEEN = re.compile(f"[{MARKS}\u0610-\u061a\u064b-\u065f\u0670\u0640]")
LONGEST = 200
"""Code points of a line beyond which it is nothing that a program writes in the place of a message."""


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, each as plain words."""

    deleted: frozenset[str]
    edited: frozenset[str]
    omitted: frozenset[str]
    attached: frozenset[str]
    program: tuple[str, ...]

    def says_program(self, line: str) -> bool:
        """True for a line of the program: about encryption, the group, calls."""
        said = plain(line[:LONGEST])
        return any(words in said for words in self.program)


def plain(line: str) -> str:
    """Small letters, one space between words, without unseen signs, angle brackets, and a stop at the end."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", line)).replace("’", "'").replace("‘", "'")
    return " ".join(seen.casefold().split()).strip("<>‹› ").rstrip(".。 ")


@cache
def words() -> Words:
    """The lists as they stand in the data."""
    text = resources.files("probanda.reading").joinpath("chats.yaml").read_text("utf-8")
    data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    lists = {name: tuple(plain(line) for line in data[name]) for name in data}
    return Words(
        frozenset(lists["deleted"]),
        frozenset(lists["edited"]),
        frozenset(lists["omitted"]),
        frozenset(lists["attached"]),
        lists["program"],
    )
