"""Texts and a reader for the tests of this room; the model is loaded once in a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims import Reader, reader_for
from probanda.claims.model import Reading
from probanda.kernel.digests import words_digest
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Dated, Passage, Text


def a_text(words: str, *, dated: str | None = None, base: int = 0, headings: int = 0) -> Text:
    """A text whose paragraphs are parted by blank lines; the first `headings` of them are headings."""
    passages = []
    at = 0
    for number, paragraph in enumerate(words.split("\n\n"), 1):
        role = PassageRole.HEADING if number <= headings else PassageRole.BODY
        passages.append(Passage(at, at + len(paragraph), role, number))
        at += len(paragraph) + 2
    return Text(
        item="0" * 64,
        words=words,
        digest=words_digest(words),
        passages=tuple(p for p in passages if p.end > p.start),
        language="en",
        language_reason="given",
        encoding="utf-8",
        encoding_reason="given",
        media_type="text/plain",
        dated=Dated(dated, dated, "given") if dated else None,
        base=base,
    )


@pytest.fixture(scope="session")
def reader() -> Reader:
    found = reader_for("en")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Reading]:
    def of(words: str, **how: object) -> Reading:
        return reader.read(a_text(words, **how))  # type: ignore[arg-type]

    return of
