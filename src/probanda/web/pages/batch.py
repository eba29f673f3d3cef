"""A list of names looked for at once: what each finds, as a table and as a file. Nothing is kept unless it is saved.

Start with `page_of`. The names are posted, so that they stand in no address and no history of a browser.

Looks down to: casework (searching, sheets), store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Redirect, Response

from probanda.casework import searching, sheets
from probanda.kernel.digests import random_id
from probanda.store import saved as keeping
from probanda.store.saved import Saved
from probanda.web.desk import AtDesk, AtForm, Desk

LONGEST = 100_000
"""Characters of a list that are looked at."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The page."""

    names: str
    as_written: bool
    lines: tuple[searching.Line, ...]
    asked: bool
    left_out: int
    """Names beyond the most that are looked for at once."""
    most: int
    saved: str
    """Name under which the list is kept; empty where it is not."""


def page_of(desk: Desk, names: str, *, as_written: bool, asked: bool, saved: str = "") -> Batch:
    """What each name finds, where it was asked for."""
    listed = searching.names_in(names[:LONGEST])
    lines = searching.several(desk.store, desk.eyes, listed, variants=not as_written) if asked else ()
    over = max(0, len(listed) - searching.MOST_LISTED)
    return Batch(names[:LONGEST], as_written, tuple(lines), asked, over, searching.MOST_LISTED, saved)


def _asked(form: Mapping[str, str]) -> tuple[str, bool]:
    return form.get("names", ""), form.get("written") == "1"


@get("/search/list", sync_to_thread=True)
def empty(desk: AtDesk, saved: FromQuery[str] = "") -> Response[str]:
    """The page to paste a list into, or a saved list. Raises NotFound."""
    if not saved:
        return desk.answer("batch.html", page_of(desk, "", as_written=False, asked=False), "search")
    one = keeping.search_of(desk.store.folder, desk.user, saved)
    return desk.answer(
        "batch.html", page_of(desk, one.words, as_written=one.as_written, asked=False, saved=one.name), "search"
    )


@post("/search/list/found", status_code=200, sync_to_thread=True)
def found(desk: AtDesk, form: AtForm) -> Response[str]:
    """The table."""
    names, as_written = _asked(form)
    return desk.answer("batch.html", page_of(desk, names, as_written=as_written, asked=True), "search")


@post("/search/list/file", status_code=200, sync_to_thread=True)
def as_file(desk: AtDesk, form: AtForm) -> Response[bytes]:
    """The table as CSV; no cell can be taken for a formula."""
    names, as_written = _asked(form)
    lines = page_of(desk, names, as_written=as_written, asked=True).lines
    data = sheets.csv_bytes(sheets.Table("search", searching.COLUMNS, tuple(map(searching.row_of, lines))))
    named = {"content-disposition": 'attachment; filename="names.csv"'}
    return Response(data, media_type="text/csv; charset=utf-8", headers=named)


@post("/search/list/keep", status_code=303, sync_to_thread=True)
def keep(desk: AtDesk, form: AtForm) -> Redirect:
    """Save the list under a name."""
    names, as_written = _asked(form)
    listed = "\n".join(searching.names_in(names[:LONGEST]))
    called = form.get("name", "").strip()[:200] or listed[:80]
    with desk.deed() as store:
        one = Saved(random_id(), called, listed, "list", {}, as_written)
        keeping.keep(store.folder, desk.user, one)
    return Redirect(f"/search/list?saved={one.id}", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (empty, found, as_file, keep)
