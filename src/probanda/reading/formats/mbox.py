"""Mailboxes in one file (mbox, RFC 4155): what one holds as a list, and each message as an item of its own.

The file is searched block by block, so that its size does not matter. A message begins behind a blank line with a line
`From sender weekday month day time year` that a header line follows. Its bytes come out as they stand in the box,
without that line and the blank line that parts it from the next; `>From ` stays as it is, since programs disagree on
whether it was written so by the sender.

Start with `members`, then `_spans`. Looks down to: mail, bounds. Used by: formats (registry).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from probanda.reading.formats import Extracted, Format, Member
from probanda.reading.formats.bounds import BLOCK, MOST_MEMBERS, clean, listing
from probanda.reading.formats.mail import decoded_value, headers_of
from probanda.reading.model import Remark

MEDIA_TYPE = "application/mbox"
MOST_MESSAGES = 200_000
"""Messages that are taken out of one mailbox: nothing expands here, and mailboxes are long."""

_SEPARATOR = (
    rb"From (?:[^\r\n]{0,400} )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d \d\d:\d\d(?::\d\d)?"
    rb"(?: [A-Z]{1,5}| [+-]\d{4}){0,2} \d{4}(?: [+-]\d{4})?[ \t]{0,8}\r?\n"
)
_FIRST = re.compile(_SEPARATOR + rb"(?=>?[!-9;-~]{1,76}[ \t]{0,8}:|\r?\n)")
_NEXT = re.compile(rb"\n\r?\n(" + _SEPARATOR + rb")(?=[!-9;-~]{1,76}[ \t]{0,8}:)")
_LONGEST_SIGN = 1_000
"""Bytes that the sign of a next message takes at the most."""
_HEADERS = 32_768
"""Bytes of a message that are looked at for the list."""
_LONGEST_SAID = 200


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that begin with a separator line, and a header line below it."""
    return _FIRST.match(head) is not None


def extract_file(file: BinaryIO) -> Extracted:
    """A line for each message: date, sender, subject. Never raises for what the bytes are."""
    rows: list[tuple[str, str]] = []
    remarks: list[Remark] = []
    held = 0
    for start, end in _spans(file):
        held += 1
        if held > MOST_MESSAGES:
            continue
        if held <= MOST_MEMBERS:
            rows.append((f"{_name(held)}: {_said(file, start, end)}", ""))
    if held > len(rows):
        said = f"The list shows the first {len(rows):,}; they are taken out as items all the same."
        remarks.append(
            Remark(f"{min(held, MOST_MESSAGES) - len(rows):,} messages", said, "See the items taken out of it.")
        )
    if held > MOST_MESSAGES:
        remarks.append(_too_many(held))
    how = "headers are decoded as each message says"
    return listing("What this mailbox holds", rows, MEDIA_TYPE, remarks, min(held, MOST_MESSAGES), how)


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(io.BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Each message as `0001.eml`, `0002.eml` and so on."""
    held = 0
    for start, end in _spans(file):
        held += 1
        if held <= MOST_MESSAGES:
            yield Member(name=_name(held), blocks=_blocks(file, start, end), media_type="message/rfc822")
    if held > MOST_MESSAGES:
        yield _too_many(held)


def _too_many(held: int) -> Remark:
    return Remark(
        f"{held - MOST_MESSAGES:,} further messages",
        f"Only the first {MOST_MESSAGES:,} messages of a mailbox are taken out.",
        "Cut the mailbox into several files in a program for mail, and add those.",
    )


def _name(number: int) -> str:
    return f"{number:04}.eml"


def _said(file: BinaryIO, start: int, end: int) -> str:
    file.seek(start)
    head = file.read(min(end - start, _HEADERS))
    headers = headers_of(head, 0, len(head))[0]
    found: dict[str, bytes] = {}
    for name, value in headers:
        found.setdefault(name, value)
    said = [clean(decoded_value(found.get(name, b""))[:_LONGEST_SAID]) for name in ("date", "from", "subject")]
    return " | ".join(one or "-" for one in said)


def _spans(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each message stands: from behind its separator line to before the blank line that ends it."""
    file.seek(0)
    kept = file.read(BLOCK)
    first = _FIRST.match(kept)
    start = first.end() if first is not None else 0
    base = 0
    while True:
        file.seek(base + len(kept))  # others read in between
        block = file.read(BLOCK)
        # A sign that may go on in the next block is looked for with it.
        sure = len(kept) - _LONGEST_SIGN if block else len(kept)
        for found in _NEXT.finditer(kept):
            if found.start() >= sure:
                break
            if base + found.start() + 1 >= start:
                yield start, base + found.start() + 1
                start = base + found.end()
        if not block:
            break
        cut = max(0, sure)
        kept = kept[cut:] + block
        base += cut
    whole = base + len(kept)
    if kept.endswith((b"\n\n", b"\n\r\n")):
        whole -= 1 if kept.endswith(b"\n\n") else 2
    if start <= whole:
        yield start, max(start, whole)


def _blocks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, BLOCK):
        file.seek(at)
        yield file.read(min(BLOCK, end - at))


FORMAT = Format(
    name="mailbox",
    media_types=(MEDIA_TYPE,),
    suffixes=(".mbox", ".mbx"),
    recognised_by="it begins with a line `From ... weekday month day time year`, as mailboxes do",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
