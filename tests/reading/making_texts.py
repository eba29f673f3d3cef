"""Texts of an invented country, and a short way to have them read."""

from __future__ import annotations

from pathlib import Path

from probanda.kernel.vocabulary import PassageRole
from probanda.reading import read
from probanda.reading.model import Text, Unread

LONG = (
    "The council of Orvane said on Tuesday that shells had struck the harbour quarter for the third night. "
    "Its engineers counted forty damaged houses, and the clinic reported that nine people were brought in."
)


def read_bytes(folder: Path, data: bytes, name: str = "text.txt") -> list[Text | Unread]:
    """Every part that reading makes of these bytes."""
    path = folder / "item"
    path.write_bytes(data)
    return list(read(path, "d" * 64, name))


def text_of(folder: Path, words: str | bytes, name: str = "text.txt") -> Text:
    """The one text of these words."""
    data = words.encode() if isinstance(words, str) else words
    (text,) = read_bytes(folder, data, name)
    assert isinstance(text, Text), text
    return text


def roles_of(text: Text) -> list[tuple[str, str]]:
    """Role and words of each passage."""
    return [(p.role.value, text.words[p.start : p.end]) for p in text.passages]


def furniture_of(text: Text) -> list[str]:
    """Words of the passages marked as furniture."""
    return [text.words[p.start : p.end] for p in text.passages if p.role is PassageRole.FURNITURE]
