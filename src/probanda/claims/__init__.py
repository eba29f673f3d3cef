"""Claims: from a text to who is said to have done what to whom, where and when, and who says so.

Start with `model.Claim`, then `reader_for`. A reader proposes; a person decides. Offsets are those of the item's
whole text, and a quote is always exactly the words at its offsets.

Looks down to: reading, kernel. Used by: actors, incidents, store, casework.
"""

from __future__ import annotations

from typing import Protocol

from probanda.claims.model import Reading
from probanda.reading.case_records import is_records
from probanda.reading.messages import is_told
from probanda.reading.model import Text
from probanda.reading.records import records_kind
from probanda.reading.sheets import generation_of

__all__ = ["Reader", "reader_for"]


class Reader(Protocol):
    """What proposes claims for texts of one language."""

    @property
    def name(self) -> str:
        """Name and version, such as `rules-en 0.1`."""

    @property
    def maker(self) -> str:
        """Name, digest of the word lists and version of the model: what a derived row is tied to."""

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text; the same for the same text, always."""


def reader_for(language: str | None, read_as: str | None = None) -> Reader | None:
    """The reader for a language (ISO 639-1), or None where there is none yet. Loads no model before the first read.

    `read_as`: media type the text was read as; a known sheet is read by its columns, whatever its language, and a
    chat, a transcript that names its voices and an observation piece by piece, each said by whom the file names.
    Records of another system are read by their fields, their prose in its language.
    """
    if generation_of(read_as) is not None:
        from probanda.claims.readers.sheet import SheetReader

        return SheetReader()
    inner = _of_language(language)
    if (kind := records_kind(read_as)) is not None:
        return _of_records(kind, inner)
    if is_records(read_as):
        from probanda.claims.readers.case_records import CaseReader

        return CaseReader(inner)
    return _of_chats(inner) if is_told(read_as) else inner


def _of_language(language: str | None) -> Reader | None:
    if language == "en":
        from probanda.claims.readers.english import EnglishReader

        return EnglishReader()
    if language == "fr":
        from probanda.claims.readers.french import french_reader

        return french_reader()
    if language == "ar":
        from probanda.claims.readers.arabic import arabic_reader

        return arabic_reader()
    return None


def _of_chats(reader: Reader | None) -> Reader | None:
    """The reader of a language, message by message."""
    if reader is None:
        return None
    from probanda.claims.readers.chat import ChatReader

    return ChatReader(reader)


def _of_records(kind: str, reader: Reader | None) -> Reader | None:
    """The reader of records of this kind; their prose, where they have it, is read by the reader of its language."""
    if kind.startswith("followthemoney"):
        from probanda.claims.readers.followthemoney import FollowTheMoneyReader

        return FollowTheMoneyReader()
    if kind == "atlos" and reader is not None:
        from probanda.claims.readers.atlos import AtlosReader

        return AtlosReader(reader)
    return reader
