"""Items: the list, one, its text, its custody, its proofs, a page as a picture, the original bytes.

Looks down to: web.pages (items, item, originals), casework (custody), store. Used by: web.api.app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, PathParameter
from litestar.response import Response, Stream

from probanda.casework import custody
from probanda.casework.custody import AcquisitionFacts, CustodyLine
from probanda.reading.model import Passage
from probanda.store import window
from probanda.web.api.asking import Cursor, Named, Offset, Paged, Reason, Sent, Value, after_of, deed, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import item as one
from probanda.web.pages import items as many
from probanda.web.pages import originals
from probanda.web.pages.reader import SHOWN

TAG = "items"


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of an item's text; offsets are code points of the whole text."""

    number: str
    language: str | None
    length: int
    """Of the whole text."""
    start: int
    end: int
    words: str
    passages: tuple[Passage, ...]
    later: int | None
    """Where the next stretch begins; null at the end."""


@dataclass(frozen=True, slots=True)
class Custody:
    """How an item came, and in whose hands it was."""

    number: str
    acquisitions: tuple[AcquisitionFacts, ...]
    lines: tuple[CustodyLine, ...]


class Original(Sent, frozen=True):
    """Why the original is taken; stands in the custody of the item."""

    reason: Reason


@look("/items", tag=TAG, sync_to_thread=True)
def items(
    desk: AtDesk,
    kind: Value = "",
    language: Value = "",
    label: Value = "",
    reading: Value = "",
    review: Value = "",
    year: Value = "",
    origin: Value = "",
    after: Cursor = "",
) -> Paged[many.Items]:
    """The list of items, in the order they were taken in, narrowed by values of its facets."""
    asked = {
        "kind": kind, "language": language, "label": label, "reading": reading, "review": review, "year": year,
        "origin": origin,
    }  # fmt: skip
    found = many.list_of(desk, {name: value for name, value in asked.items() if value}, after_of(after))
    return paged(found, found.after)


@look("/items/{number:str}", tag=TAG, sync_to_thread=True)
def item(desk: AtDesk, number: Named) -> one.Item:
    """One item, with its original as far as it is shown, its custody, and what was made from it."""
    return one.page_of(desk, number)


@look("/items/{number:str}/text", tag=TAG, sync_to_thread=True)
def text(desk: AtDesk, number: Named, start: Offset = 0) -> Text:
    """The text from `start` on, whole passages, some 40,000 code points at most."""
    store, eyes = desk.store, desk.eyes
    row = store.item(eyes, number)
    found = store.ask(eyes, window.stretch, row.digest, start, SHOWN)
    passages = store.ask(eyes, window.passages, row.digest, found.start, found.end)
    return Text(
        number=row.number,
        language=row.language,
        length=row.length,
        start=found.start,
        end=found.end,
        words=store.words(eyes, row.digest, found.start, found.end),
        passages=tuple(passages),
        later=found.end if found.later else None,
    )


@look("/items/{number:str}/custody", tag=TAG, sync_to_thread=True)
def item_custody(desk: AtDesk, number: Named) -> Custody:
    """How the item came, and its chain of custody."""
    store, eyes = desk.store, desk.eyes
    row = store.item(eyes, number)
    lines = custody.chain(store, eyes, row.digest)
    return Custody(row.number, tuple(custody.acquisitions(store, eyes, row.digest)), tuple(lines))


@look("/items/{number:str}/proofs", tag=TAG, sync_to_thread=True)
def item_proofs(desk: AtDesk, number: Named) -> one.Proofs:
    """How well the item is preserved, and what is missing: it is read whole for this."""
    return one.proofs_of(desk, number)


@look("/items/{number:str}/pages/{page:int}", tag=TAG, sync_to_thread=True, media_type="image/png")
def item_page(
    desk: AtDesk, number: Named, page: Annotated[int, PathParameter(ge=1, le=9_999_999)], claim: Value = ""
) -> Response[bytes]:
    """A page of the original as a picture (PNG), with the place of one claim marked on it."""
    return originals.picture_of(desk, number, page, claim)


@deed("/items/{number:str}/original", scope="read", tag=TAG, media_type="application/octet-stream", sync_to_thread=True)
def item_original(desk: AtDesk, number: Named, data: JSONBody[Original]) -> Stream:
    """The original bytes. That they were given out is in the log, with the reason, before the first of them leaves."""
    return originals.given(desk, number, data.reason, "the API", "the original bytes, sent to a program")


API: tuple[HTTPRouteHandler, ...] = (items, item, text, item_custody, item_proofs, item_page, item_original)
