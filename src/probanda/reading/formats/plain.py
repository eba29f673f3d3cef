"""Plain text: the bytes decoded, and nothing changed.

DESIGN section 3: the text of a plain text item is its bytes decoded as UTF-8; byte order mark, CRLF, tabs and
decomposed letters stay, so that any reader's own count of code points meets ours. Other encodings are named
with the reason. One run covers the whole: a place in the words is found in the bytes by encoding what is before it.

Looks down to: encodings, formats. Used by: formats (registry).
"""

from __future__ import annotations

from probanda.reading.encodings import Tally, judge
from probanda.reading.formats import CannotRead, Extracted, Format
from probanda.reading.model import Run

MEDIA_TYPE = "text/plain"


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that some encoding makes words of; the name is not asked, since it may say anything."""
    tally = Tally()
    tally.add(head)  # not the last block: a character that the end of the head splits is not held against it
    try:
        tally.decide()
    except CannotRead:
        return False
    return True


def extract(data: bytes) -> Extracted:
    """Bytes to words, unchanged. Raises CannotRead where no encoding fits."""
    encoding = judge(data)
    words = encoding.decode(data)
    return Extracted(
        words=words,
        runs=(Run(0, len(words), 0, len(data)),) if words else (),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=MEDIA_TYPE,
    )


FORMAT = Format(
    name="plain text",
    media_types=(MEDIA_TYPE, "text/markdown"),
    suffixes=(".txt", ".text", ".md"),
    recognised_by="its bytes decode as text, and hardly any is a control character",
    recognise=recognise,
    extract=extract,
)
