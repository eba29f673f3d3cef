"""The list of items.

Start with `list_of`. Looks down to: store, web.desk. Used by: web.pages, web.pages.item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Response

from probanda.store.listing import CAPPED
from probanda.store.model import ItemRow
from probanda.web.desk import AtDesk, Desk

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the list."""

    number: str
    name: str
    title: str
    kind: str
    language: str
    label: str
    dated: str
    reading: str
    """read, waits, not read, no claims looked for."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which the list can be narrowed."""

    name: str
    value: str
    count: int
    chosen: bool
    shown: str
    """How the value is written: of copies the number of the first of them."""


@dataclass(frozen=True, slots=True)
class Items:
    """The list."""

    lines: tuple[Line, ...]
    found: int
    """Items that fit; of copies of one text more than `most` says only that there are more."""
    most: int
    facets: tuple[tuple[str, tuple[Facet, ...]], ...]
    chosen: tuple[tuple[str, str], ...]
    after: str
    """Number after which the next page begins; empty at the end."""


def line_of(row: ItemRow) -> Line:
    """An item as one line of the list."""
    if row.text_digest is None:
        state = "not read" if row.unread_reason else "waits"
    else:
        state = "no claims looked for" if row.not_read else "read"
    return Line(
        row.number, row.doc, row.title or "", row.read_as or row.media_type, row.language or "", row.label,
        row.dated_from or "", state,
    )  # fmt: skip


def list_of(desk: Desk, chosen: Mapping[str, str], after: str = "") -> Items:
    """The items that these eyes see, narrowed by the facets chosen."""
    found = desk.store.listed(desk.eyes, chosen, after, PAGE)
    lines = tuple(line_of(row) for row in found.items)
    return Items(
        lines=lines,
        found=found.count,
        most=CAPPED,
        facets=tuple(
            (name, tuple(Facet(name, v, n, chosen.get(name) == v, found.first.get(v, v)) for v, n in values))
            for name, values in found.facets.items()
        ),
        chosen=tuple(chosen.items()),
        after=lines[-1].number if found.more else "",
    )


@get("/items", sync_to_thread=True)
def items(
    desk: AtDesk,
    kind: FromQuery[str] = "",
    language: FromQuery[str] = "",
    label: FromQuery[str] = "",
    reading: FromQuery[str] = "",
    review: FromQuery[str] = "",
    year: FromQuery[str] = "",
    origin: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """The list of items."""
    asked = {
        "kind": kind, "language": language, "label": label, "reading": reading, "review": review, "year": year,
        "origin": origin,
    }  # fmt: skip
    record = list_of(desk, {k: v for k, v in asked.items() if v}, after)
    return desk.answer("items.html", record, "items")


PAGES: tuple[HTTPRouteHandler, ...] = (items,)
