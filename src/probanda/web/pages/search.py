"""Full text over items and claims, and names beside them.

Start with `page_of`. Looks down to: store, names, web.desk. Used by: web.pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Response

from probanda.names.folding import fold
from probanda.web.desk import AtDesk, Desk

MOST = 100
"""Hits on the page; that there are more is said."""
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a snippet; `hit` where a word asked for stands."""

    words: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One place."""

    number: str
    address: str
    kind: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An actor or place one of whose forms holds the words asked for."""

    id: str
    kind: str
    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Search:
    """The page."""

    asked: str
    kind: str
    found: tuple[Found, ...]
    counts: tuple[tuple[str, int], ...]
    more: bool
    names: tuple[Name, ...]


def page_of(desk: Desk, asked: str, kind: str = "") -> Search:
    """What these eyes find; an empty question finds nothing."""
    if not asked.strip():
        return Search("", kind, (), (), more=False, names=())
    hits = desk.store.search(desk.eyes, asked, MOST + 1)
    words = [w for w in re.findall(r"\w+", asked.casefold()) if w]
    found = tuple(
        Found(
            h.number,
            f"/claims/{h.claim}" if h.claim else f"/items/{h.number}/read?start={h.start}",
            h.kind,
            h.start,
            h.end,
            tuple(lit(h.snippet, words)),
        )
        for h in hits[:MOST]
    )
    counts = tuple((k, sum(f.kind == k for f in found)) for k in ("text", "claim"))
    shown = tuple(f for f in found if not kind or f.kind == kind)
    return Search(asked, kind, shown, counts, len(hits) > MOST, _names(desk, asked))


def lit(snippet: str, words: list[str]) -> list[Piece]:
    """The snippet cut where a word begins with a word asked for."""
    pieces, at = [], 0
    for hit in re.finditer(r"\w+", snippet):
        if any(fold(hit.group()).startswith(fold(w)) for w in words):
            if hit.start() > at:
                pieces.append(Piece(snippet[at : hit.start()], hit=False))
            pieces.append(Piece(hit.group(), hit=True))
            at = hit.end()
    if at < len(snippet):
        pieces.append(Piece(snippet[at:], hit=False))
    return pieces


def _names(desk: Desk, asked: str) -> tuple[Name, ...]:
    wanted = fold(asked)
    hits = [
        Name(group.id, group.kind.value, group.name, form)
        for group in desk.store.actors(desk.eyes) or ()
        for form in [next((v for v in group.variants if wanted in fold(v)), None)]
        if form is not None
    ]
    return tuple(sorted(hits, key=lambda n: (n.name.casefold(), n.id))[:MOST_NAMES])


@get("/search", sync_to_thread=True)
def search(desk: AtDesk, q: FromQuery[str] = "", kind: FromQuery[str] = "") -> Response[str]:
    """Search."""
    return Response(desk.page("search.html", page_of(desk, q, kind), "search"), media_type="text/html; charset=utf-8")


PAGES: tuple[HTTPRouteHandler, ...] = (search,)
