"""What the tests of the readers without a parser share: a text read, its one claim, the words of names.

Start with `reading_in`.

Looks down to: conftest. Used by: test_french*, test_arabic*, test_window*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from probanda.claims import Reader, reader_for
from probanda.claims.model import Actor, Claim, Named, Reading
from probanda.kernel.vocabulary import Family
from tests.claims.conftest import a_text


def reader_in(language: str) -> Reader:
    """The reader of `fr` or `ar`."""
    found = reader_for(language)
    assert found is not None
    return found


def reading_in(language: str) -> Callable[..., Reading]:
    """A function that reads words in that language; it takes what `a_text` takes."""

    def read(words: str, dated: str | None = None, headings: int = 0, base: int = 0) -> Reading:
        return reader_in(language).read(a_text(words, dated=dated, headings=headings, base=base))

    return read


def only_in(language: str) -> Callable[..., Claim]:
    """A function that reads words and gives their one claim of an act."""
    read = reading_in(language)

    def only(words: str, dated: str | None = None) -> Claim:
        claims = [c for c in read(words, dated).claims if c.family is Family.ACT]
        assert len(claims) == 1, [(c.act, c.quote) for c in claims]
        return claims[0]

    return only


def names(named: Iterable[Named | Actor]) -> list[str]:
    """The words of names, in order."""
    return [n.words for n in named]
