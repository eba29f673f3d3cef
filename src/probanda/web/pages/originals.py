"""What is shown of an item's bytes: pages drawn as pictures, source as escaped text; and the bytes to take away.

Start with `original_of`. The bytes themselves are never part of a page: a PDF or a picture is drawn in the reading
child, which may do nothing else, and everything else is shown as words. The original leaves as an attachment alone,
logged as `viewed` with its reason before a byte does, as by `probanda custody original`.

Looks down to: casework, store, vault, reading, web.desk, web.door. Used by: web.pages (item, reader).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import Any

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Response, Stream

from probanda.casework import custody, pictures
from probanda.casework.view import is_restricted
from probanda.kernel.errors import NotFound, ProbandaError
from probanda.kernel.vocabulary import Label
from probanda.reading.formats import Frame, picture
from probanda.store.model import ItemRow
from probanda.store.store import Store
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.door import POLICY, SANDBOX

SOURCE = 20_000
"""Bytes of a source that are shown."""
DRAWING = BoundedSemaphore(2)
"""Children that draw at one time: each may take a gigabyte and a core."""
DOTS, SIDE = 110, 1800
"""Pixels per inch of a page, and most pixels of a side: enough to read by, and some hundred kilobytes."""
PICTURES = frozenset(picture.FORMAT.media_types)
PIECE = 1 << 18
_PAGE = re.compile(r"([1-9]\d{0,6})\.png", re.ASCII)
_WORDS = (
    "text/",
    "message/",
    "image/svg+xml",
    "application/json",
    "application/xml",
    "application/xhtml+xml",
    "application/mbox",
)


@dataclass(frozen=True, slots=True)
class Original:
    """What is shown of an item's bytes."""

    page: int = 0
    """The page that is shown, from 1; 0 where there is none to show."""
    pages: int = 0
    words: str = ""
    """What was read from this page; empty where nothing was, or the item has no pages."""
    source: str = ""
    """The beginning of the bytes as text, for kinds that are text."""
    cut: bool = False
    """True where the source goes on."""
    veiled: bool = True
    """True where it stays blurred and grey until it is asked for."""
    problem: str = ""
    """Why nothing is shown."""


def original_of(desk: Desk, row: ItemRow, page: int = 1) -> Original:
    """What is shown of this item's bytes."""
    kind = row.read_as or row.media_type
    veiled = is_veiled(row)
    if row.destroyed:
        return Original()
    if kind in PICTURES and row.text_digest is None and kind != "image/tiff":
        return Original(1, 1, veiled=veiled)
    if kind == "application/pdf" or kind in PICTURES:
        try:
            count = _counted(desk, row)
        except ProbandaError as error:
            return Original(problem=f"{error.problem} {error.fix}")
        shown = min(max(1, page), count)
        return Original(shown, count, words_of_page(desk, row, shown), veiled=veiled)
    if kind.startswith(_WORDS):
        source, cut = _source(desk, row)
        return Original(source=source, cut=cut, veiled=veiled)
    return Original(veiled=veiled)


def is_veiled(row: ItemRow) -> bool:
    """True for what may be graphic or must not be seen in passing: pictures, pages that are pictures, recordings, and
    everything with a label besides public and internal."""
    kind = row.read_as or row.media_type
    if is_restricted(row) or row.label not in (Label.PUBLIC, Label.INTERNAL):
        return True
    if kind == "application/pdf":
        return row.text_digest is None or row.length == 0
    return kind.startswith(("image/", "video/", "audio/"))


def _counted(desk: Desk, row: ItemRow) -> int:
    known = desk.shop.work.pages
    if row.digest not in known:
        with DRAWING:
            known[row.digest] = pictures.pages(desk.store, desk.eyes, row.digest)
    return known[row.digest]


def words_of_page(desk: Desk, row: ItemRow, page: int) -> str:
    """The machine text that stands on one page."""
    for text in desk.store.texts(desk.eyes, row.digest):
        here = [one for one in text.located if one.locator.page == page]
        if here:
            return text.words[here[0].start : here[-1].end]
        if any((one.locator.page or 0) > page for one in text.located[-1:]):
            return ""
    return ""


def _source(desk: Desk, row: ItemRow) -> tuple[str, bool]:
    """The beginning of the bytes, decoded for reading: what is no letter in that encoding shows as U+FFFD."""
    with desk.store.vault.open(row.digest) as file:
        data = file.read(SOURCE + 1)
    try:
        words = data[:SOURCE].decode(row.encoding or "utf-8", "replace")
    except LookupError:
        words = data[:SOURCE].decode("utf-8", "replace")
    return words, len(data) > SOURCE


# --- handlers -------------------------------------------------------------------------------------


@get("/items/{number:str}/pages/{name:str}", sync_to_thread=True)
def page_picture(
    desk: AtDesk, number: FromPath[str], name: FromPath[str], claim: FromQuery[str] = ""
) -> Response[bytes]:
    """A page as a picture drawn by us, with the place of one claim marked on it."""
    asked = _PAGE.fullmatch(name)
    if asked is None:
        raise NotFound("page", name, f"/items/{desk.store.item(desk.eyes, number).number}")
    return picture_of(desk, number, int(asked[1]), claim)


def picture_of(desk: Desk, number: str, page: int, claim: str = "") -> Response[bytes]:
    """This page as a PNG, drawn by us, with the place of one claim marked on it. Raises NotFound."""
    row = desk.store.item(desk.eyes, number)
    frame = Frame(page=page, dots=DOTS, side=SIDE, colour=True)
    if claim:
        found = desk.store.claim(desk.eyes, claim)
        place = found.locator
        if found.item == row.digest and place and place.page == frame.page and place.box:
            frame = replace(frame, marked=(place.box,))
    with DRAWING:
        drawn = pictures.drawn(desk.store, desk.eyes, row.digest, frame)
    return Response(drawn, media_type="image/png", headers={POLICY: SANDBOX})


@post("/items/{number:str}/original", status_code=200, sync_to_thread=True)
def original(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Stream:
    """The original bytes as an attachment."""
    note = "the original bytes, sent to a browser as an attachment"
    return given(desk, number, form.get("reason", ""), "the workbench", note)


def given(desk: Desk, number: str, reason: str, method: str, note: str) -> Stream:
    """The original bytes as an attachment: logged with the reason before the first of them leaves."""
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        digest = custody.viewed(store, desk.eyes, row.digest, reason, method=method, note=note)
    headers: dict[str, Any] = {
        "content-disposition": f'attachment; filename="{attachment_name(row)}"',
        "content-length": str(row.size),
        POLICY: SANDBOX,
    }
    return Stream(_pieces(desk.store, digest), media_type="application/octet-stream", headers=headers)


def attachment_name(row: ItemRow) -> str:
    """Registration number with the ending of the item's name, where that is a plain one: nothing of a hostile name."""
    ending = re.search(r"\.[A-Za-z0-9]{1,8}\Z", row.doc)
    return re.sub(r"[^A-Za-z0-9.@-]", "_", row.number) + (ending[0].lower() if ending else "")


def _pieces(store: Store, digest: str) -> Iterator[bytes]:
    with store.vault.open(digest) as file:
        while piece := file.read(PIECE):
            yield piece


PAGES: tuple[HTTPRouteHandler, ...] = (page_picture, original)
