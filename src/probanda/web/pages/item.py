"""The page of one item: what it is, how it came, what is known of its custody.

Start with `page_of`. Looks down to: store, casework, web.desk, web.pages.items. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from probanda.casework.view import is_restricted
from probanda.store.model import Acquisition, ItemRow
from probanda.web.desk import AtDesk, Desk
from probanda.web.pages.items import Line, line_of


@dataclass(frozen=True, slots=True)
class Item:
    """One item."""

    row: ItemRow
    line: Line
    restricted: bool
    acquisitions: tuple[Acquisition, ...]
    claims: int
    custody: tuple[tuple[str, str, str, str], ...]
    """(at, by, kind, reason)."""


def page_of(desk: Desk, name: str) -> Item:
    """One item. Raises NotFound."""
    store, eyes = desk.store, desk.eyes
    row = store.item(eyes, name)
    return Item(
        row=row,
        line=line_of(row),
        restricted=is_restricted(row),
        acquisitions=tuple(store.acquisitions_of(eyes, row.digest)),
        claims=len(store.claims(eyes, item=row.digest)),
        custody=tuple(
            (d.at, desk.names.get(d.by, ""), d.kind, d.reason) for d in store.history(eyes, row.digest)
        ),
    )  # fmt: skip


@get("/items/{number:str}", sync_to_thread=True)
def item(desk: AtDesk, number: FromPath[str]) -> Response[str]:
    """One item."""
    return Response(desk.page("item.html", page_of(desk, number), "items"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (item,)
