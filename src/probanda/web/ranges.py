"""Which bytes a browser asks for: the one range of a `Range` header (RFC 9110, section 14).

Start with `asked`. Pure. Looks down to: nothing. Used by: web.pages (player).
"""

from __future__ import annotations

import re

MOST = 2 << 20
"""Bytes of one answer to a range: a browser asks on, and a recording that is paused holds no answer open."""
_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class BeyondTheEnd(Exception):
    """The range begins behind the last byte, or is of no byte at all: to be answered with 416."""


def asked(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and end (exclusive) of what is to be sent, at most `MOST` bytes; None for the whole.

    Several ranges, other units and what is no range are answered with the whole, as section 14.2 allows. Raises
    BeyondTheEnd.
    """
    found = _ONE.fullmatch((header or "").strip())
    if found is None or found[0].endswith("=-"):
        return None
    first, last = found.groups()
    if not first:  # the last so many
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None
    if start >= end:
        raise BeyondTheEnd
    return start, min(end, start + MOST)
