"""Reading turns an item's bytes into a text: words, passages, language, date, and what the text says of itself.

Start with `read` (a file to its texts, or to the reason why not), then `model.Text`, then `making.text_of`.
Parsers run in a child process (`child.ReadingChild`) with limits on memory and time; `read` without a child runs
them in this process, for tests and for texts of one's own making.

A very large text comes in parts of at most 4 million code points (`parts`): `read` then yields them one by one, each
indexed whole, so that 200 MB need no more memory than 4. Offsets of passages are within the part; `Text.base` leads
to the offset in the item's whole text.

Looks down to: kernel. Used by: claims (sentences), store, casework.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from probanda.reading.model import Text, Unread

if TYPE_CHECKING:
    from probanda.reading.child import ReadingChild
    from probanda.reading.formats import Recognised

__all__ = ["read"]


def read(
    path: Path, digest: str, name: str, child: ReadingChild | None = None, recognised: Recognised | None = None
) -> Iterator[Text | Unread]:
    """The texts of one preserved file, in order of part; or one `Unread` with reason and next step.

    `digest` is the item's, `name` the name it was taken in under (it only helps to recognise the format); `recognised`
    are words recognised on its pages. An `Unread`
    may follow some parts where a very large file fails in the middle. Never raises for what the bytes are.
    """
    if child is not None:
        yield from child.read_parts(path, digest, name, recognised)
        return
    from probanda.reading.formats import CannotRead
    from probanda.reading.parts import texts_of

    try:
        with path.open("rb") as file:
            yield from texts_of(file, digest, name, recognised)
    except CannotRead as reason:
        yield Unread(digest, reason.reason, reason.fix, reason.facts)
    except OSError as fault:
        yield Unread(
            digest, f"The file could not be opened ({fault.strerror}).", "Check that it is there and readable."
        )
