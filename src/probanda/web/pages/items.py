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

from probanda.store.model import ItemRow
from probanda.web.desk import AtDesk, Desk

PAGE = 100
FACETS = ("kind", "language", "label", "reading")


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


@dataclass(frozen=True, slots=True)
class Items:
    """The list."""

    lines: tuple[Line, ...]
    found: int
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
    every = [line_of(row) for row in desk.store.items(desk.eyes)]
    fits = [line for line in every if all(getattr(line, name) == value for name, value in chosen.items())]
    rest = fits[next((n + 1 for n, line in enumerate(fits) if line.number == after), 0) :]
    return Items(
        lines=tuple(rest[:PAGE]),
        found=len(fits),
        facets=tuple((name, _facet(every, name, chosen)) for name in FACETS),
        chosen=tuple(chosen.items()),
        after=rest[PAGE - 1].number if len(rest) > PAGE else "",
    )


def _facet(lines: list[Line], name: str, chosen: Mapping[str, str]) -> tuple[Facet, ...]:
    others = {k: v for k, v in chosen.items() if k != name}
    counts: dict[str, int] = {}
    for line in lines:
        if all(getattr(line, k) == v for k, v in others.items()) and getattr(line, name):
            counts[getattr(line, name)] = counts.get(getattr(line, name), 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Facet(name, value, n, chosen.get(name) == value) for value, n in ordered[:12])


@get("/items", sync_to_thread=True)
def items(
    desk: AtDesk,
    kind: FromQuery[str] = "",
    language: FromQuery[str] = "",
    label: FromQuery[str] = "",
    reading: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """The list of items."""
    asked = {"kind": kind, "language": language, "label": label, "reading": reading}
    record = list_of(desk, {k: v for k, v in asked.items() if v}, after)
    return Response(desk.page("items.html", record, "items"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (items,)
