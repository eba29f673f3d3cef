"""Search: full text over items and claims, the names beside them, by what the hits can be narrowed, saved searches.

Start with `page_of`. Looks down to: casework (searching), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import searching
from probanda.casework.searching import Answer
from probanda.kernel.digests import random_id
from probanda.store import saved as keeping
from probanda.store.asked_names import Bearer
from probanda.store.saved import Saved
from probanda.store.search import COUNTED, MOST_RANKED, OF_CLAIM, OF_ITEM, Wanted
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.places import address_of

ITEMS = 20
PLACES, PLACES_OF_ONE = 3, 100
"""Places shown of each item; of one item alone."""
VALUES = 10
"""Values of a facet that are shown."""
MOST_NAMES = 12
MOST_NEW = 1_000
LONGEST_ASKED = 2_000
"""Characters of a query that are looked at."""
NARROWING = (*OF_ITEM, *OF_CLAIM, "what", "item")


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which the hits can be narrowed."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search, with how to open it."""

    id: str
    name: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Search:
    """The page."""

    asked: str
    as_written: bool
    chosen: tuple[tuple[str, str], ...]
    answer: Answer | None
    """None where nothing was asked."""
    names: tuple[Bearer, ...]
    facets: tuple[tuple[str, tuple[Facet, ...]], ...]
    most_ranked: int
    most_counted: int
    kept: tuple[Kept, ...]
    saved: Saved | None
    """The saved search that is open."""
    new: int | None
    """Places read in since the user last looked at it; None where that cannot be told."""
    most_new: int


def page_of(desk: Desk, asked: str, by: Mapping[str, str], after: str = "", saved: str = "") -> Search:
    """What these eyes find; an empty question finds nothing. Raises NotFound for an item or saved search."""
    asked, as_written = asked[:LONGEST_ASKED], by.get("written") == "1"
    chosen = {name: by[name] for name in NARROWING if by.get(name)}
    answer = _answer(desk, asked, chosen, after, as_written) if asked.strip() else None
    kept = tuple(_kept(one) for one in keeping.searches_of(desk.store.folder, desk.user))
    opened = keeping.search_of(desk.store.folder, desk.user, saved) if saved else None
    return Search(
        asked=asked,
        as_written=as_written,
        chosen=tuple(chosen.items()),
        answer=answer,
        names=answer.bearers[:MOST_NAMES] if answer else (),
        facets=_facets(answer, chosen) if answer else (),
        most_ranked=MOST_RANKED,
        most_counted=COUNTED,
        kept=kept,
        saved=opened,
        new=_new(desk, opened) if opened else None,
        most_new=MOST_NEW,
    )


def _answer(desk: Desk, asked: str, chosen: Mapping[str, str], after: str, as_written: bool) -> Answer:
    by = dict(chosen)
    if "item" in by:
        by["item"] = desk.store.item(desk.eyes, by["item"]).digest
    last = desk.store.item(desk.eyes, after).digest if after else ""
    wanted = Wanted(by, last, ITEMS, PLACES_OF_ONE if "item" in by else PLACES)
    found = searching.ask(desk.store, desk.eyes, asked, wanted, variants=not as_written)
    if not found.found.after:
        return found
    (number,) = (row.number for row in desk.store.items(desk.eyes, [found.found.after]))
    return replace(found, found=replace(found.found, after=number))


def _facets(answer: Answer, chosen: Mapping[str, str]) -> tuple[tuple[str, tuple[Facet, ...]], ...]:
    told = []
    for name in (*OF_ITEM, *OF_CLAIM):
        counts = dict(answer.found.facets.get(name, {}))
        if name in chosen:
            counts.setdefault(chosen[name], 0)
        values = tuple(Facet(value, n, chosen.get(name) == value) for value, n in counts.items())
        told.append((name, values[:VALUES]))
    return tuple(told)


# --- saved searches -------------------------------------------------------------------------------


def _kept(one: Saved) -> Kept:
    if one.kind == "list":
        return Kept(one.id, one.name, one.kind, f"/search/list?saved={one.id}")
    return Kept(one.id, one.name, one.kind, _address(one))


def _address(one: Saved) -> str:
    fields = {"q": one.words, **one.by, "saved": one.id}
    return "/search?" + urlencode(fields | ({"written": "1"} if one.as_written else {}))


def _new(desk: Desk, one: Saved) -> int | None:
    query = searching.query_of(desk.store, desk.eyes, one.words, variants=not one.as_written)
    return desk.store.beyond(desk.eyes, query, one.mark, MOST_NEW + 1)


# --- the pages ------------------------------------------------------------------------------------


@get("/search", sync_to_thread=True)
def search(
    desk: AtDesk,
    q: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    language: FromQuery[str] = "",
    label: FromQuery[str] = "",
    year: FromQuery[str] = "",
    status: FromQuery[str] = "",
    what: FromQuery[str] = "",
    item: FromQuery[str] = "",
    written: FromQuery[str] = "",
    after: FromQuery[str] = "",
    saved: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """Search; what a note of a dossier prints leads to its place."""
    if (place := address_of(desk, q)) is not None:
        return Redirect(place)
    by = {
        "kind": kind, "language": language, "label": label, "year": year, "status": status, "what": what, "item": item,
        "written": written,
    }  # fmt: skip
    record = page_of(desk, q, by, after, saved)
    return desk.answer("search.html", record, "search")


@post("/search/keep", status_code=303, sync_to_thread=True)
def keep(desk: AtDesk, form: AtForm) -> Redirect:
    """Save a search under a name; its mark is set to what was read in until now."""
    by = {name: form[name] for name in NARROWING if form.get(name)}
    asked = form.get("q", "")[:LONGEST_ASKED]
    one = Saved(
        random_id(), form.get("name", "").strip()[:200] or asked[:80], asked, "search", by,
        form.get("written") == "1", desk.store.mark(desk.eyes),
    )  # fmt: skip
    with desk.deed() as store:
        keeping.keep(store.folder, desk.user, one)
    return Redirect(_address(one), status_code=303)


@post("/search/saved/{search:str}/looked", status_code=303, sync_to_thread=True)
def looked(desk: AtDesk, form: AtForm, search: FromPath[str]) -> Redirect:
    """From now on, new is what is read in later."""
    with desk.deed() as store:
        one = keeping.search_of(store.folder, desk.user, search)
        keeping.keep(store.folder, desk.user, replace(one, mark=store.mark(desk.eyes)))
    return Redirect(_address(one), status_code=303)


@post("/search/saved/{search:str}/forget", status_code=303, sync_to_thread=True)
def forget(desk: AtDesk, form: AtForm, search: FromPath[str]) -> Redirect:
    """Remove a saved search."""
    with desk.deed() as store:
        keeping.forget(store.folder, desk.user, search)
    return Redirect("/search", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (search, keep, looked, forget)
