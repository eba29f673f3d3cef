"""Pictures of pages: the printed words beside machine text, drawn in the reading child from the item's bytes.

Start with `printed_words` (pieces of pages for a report) and `page` (one page, for a person). Nothing is kept: the same
bytes give the same picture. No picture is made where anything is masked: a picture shows every name on it.

Looks down to: store, reading. Used by: draft, case.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from probanda.access.eyes import Eyes
from probanda.casework.progress import Progress, silent
from probanda.casework.view import View, is_restricted
from probanda.claims.model import Claim
from probanda.kernel.errors import ProbandaError
from probanda.reading.child import ReadingChild
from probanda.reading.formats import Frame
from probanda.reading.model import Unread
from probanda.reports.casefile import Picture
from probanda.store.model import ItemRow
from probanda.store.store import Store

MOST = 300
"""Pictures in one report; the notes of further claims name page and box."""
BESIDE, ABOVE = 6, 2
"""Points shown beside the words, and above and below them: not so many that a cut line next to them is seen."""
_PNG = b"\x89PNG\r\n\x1a\n"


def printed_words(store: Store, seen: View, progress: Progress = silent) -> Mapping[str, Picture]:
    """By claim id, the piece of the page on which a claim's words stand, where these words are machine text."""
    if store.protected(store.owner):
        return {}
    rows = {row.digest: row for row in seen.items if row.machine and not is_restricted(row)}
    wanted = [c for c in seen.claims if c.item in rows and c.locator and c.locator.page and c.locator.box][:MOST]
    found: dict[str, Picture] = {}
    drawn: dict[tuple[str, Frame], Picture | None] = {}
    with ReadingChild() as child:
        for done, claim in enumerate(wanted, 1):
            frame = _frame(claim)
            key = (claim.item, frame)
            if key not in drawn:
                drawn[key] = _draw(store, rows[claim.item], frame, child)
            picture = drawn[key]
            if picture is not None:
                found[claim.id] = picture
            progress("drawing the printed words", done, len(wanted))
    return found


def page(store: Store, eyes: Eyes, item: str, number: int, dots: int = 150) -> bytes:
    """One page of an item as a grey PNG; see `drawn`."""
    return drawn(store, eyes, item, Frame(page=number, dots=dots))


def drawn(store: Store, eyes: Eyes, item: str, frame: Frame) -> bytes:
    """A page of an item as a PNG. Raises NotFound, ItemAltered, or ProbandaError where it cannot be drawn."""
    row = store.item(eyes, item)
    store.vault.verify(row.digest)
    with ReadingChild() as child:
        answer = child.draw(store.vault.path_of(row.digest), row.doc, frame)
    if isinstance(answer, Unread):
        raise ProbandaError(f"Page {frame.page} of {row.number} cannot be drawn: {answer.reason}", answer.fix)
    return answer


def pages(store: Store, eyes: Eyes, item: str) -> int:
    """How many pages of an item can be drawn; 0 where its kind has none. Raises NotFound, ItemAltered, or ProbandaError
    where they cannot be counted."""
    row = store.item(eyes, item)
    store.vault.verify(row.digest)
    with ReadingChild() as child:
        answer = child.pages(store.vault.path_of(row.digest), row.doc)
    if isinstance(answer, Unread):
        raise ProbandaError(f"The pages of {row.number} cannot be counted: {answer.reason}", answer.fix)
    return answer


def _frame(claim: Claim) -> Frame:
    assert claim.locator is not None and claim.locator.page is not None and claim.locator.box is not None  # noqa: S101
    left, top, right, bottom = claim.locator.box
    piece = (max(0, left - BESIDE), max(0, top - ABOVE), right + BESIDE, bottom + ABOVE)
    return Frame(page=claim.locator.page, piece=piece)


def _draw(store: Store, row: ItemRow, frame: Frame, child: ReadingChild) -> Picture | None:
    answer = child.draw(store.vault.path_of(row.digest), row.doc, frame)
    if isinstance(answer, Unread) or not answer.startswith(_PNG) or len(answer) < 24:
        return None
    width, height = struct.unpack(">II", answer[16:24])
    return Picture(png=answer, width=width, height=height, page=frame.page)
