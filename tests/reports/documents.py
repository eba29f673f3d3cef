"""The invented case with documents: pages, boxes and cells, own evidence numbers, members, unread parts, a picture.

Start with `with_documents`; its items and claims are those of `factory.kheldoun`.

Used by: test_documents.py, test_summary.py.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import Any

from probanda.kernel.spans import Locator
from probanda.reports.casefile import CaseFile, Picture, UnreadLine
from tests.reports.factory import kheldoun

BOX = (72, 140, 510, 168)
PAGE_NUMBERS = "its page has a picture of text and no text"
LOOK = "Have its words recognised, and add the result beside the file."


def png(width: int, height: int) -> bytes:
    """A grey picture of this size with a black line in it, as PNG."""
    line = b"\x00" + b"\xd0" * width
    rows = line * (height // 2) + b"\x00" + b"\x10" * width + line * (height - height // 2 - 1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def with_documents(**changes: Any) -> CaseFile:
    """KHE-0001 is a PDF of machine text out of KHE-0002, with own numbers; one claim has a picture, one a cell."""
    case = kheldoun()
    wire, report, arabic = case.items
    fired = next(c for c in case.claims if c.quote.startswith("the Ninth Brigade fired"))
    order = next(c for c in case.claims if c.quote.startswith("Nobody in the quarter"))
    killed = next(c for c in case.claims if c.quote.startswith("At least 41"))
    placed = {
        fired.id: replace(fired, locator=Locator(page=2, box=BOX)),
        killed.id: replace(killed, locator=Locator(page=2, page_to=3)),
        order.id: replace(order, locator=Locator(cell="Incidents!C7"), paragraph=None),
    }
    return replace(
        case,
        items=(
            replace(
                wire,
                evidence=("EV-12", "EV-13"),
                within="KHE-0002",
                machine="recognised by the scanner's program",
                media_type="application/pdf",
                source="a clerk of the health board",
                collector="Lina Haddur",
                acquired="2031-05-20",
                conditions="not to be shown to the Ninth Brigade",
            ),
            replace(report, evidence=("ARCH 7",), media_type="application/zip"),
            arabic,
        ),
        claims=tuple(placed.get(c.id, c) for c in case.claims),
        unread=(
            *case.unread,
            UnreadLine("page 10", "KHE-0001", PAGE_NUMBERS, LOOK),
            UnreadLine("page 2", "KHE-0001", PAGE_NUMBERS, LOOK),
            UnreadLine("page 11", "KHE-0001", "it is damaged", "Ask for another copy."),
            UnreadLine("locked.zip", None, "it is encrypted", "Ask for the key."),
            UnreadLine("notes.one", "KHE-0005", "no reader for this kind", "Save it as PDF.", ("EV-40",)),
        ),
        pictures={fired.id: Picture(png(880, 60), 880, 60, 2)},
        **changes,
    )
