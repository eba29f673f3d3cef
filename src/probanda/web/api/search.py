"""Search: words, a list of names, and the searches that the token's user saved.

Looks down to: web.pages (search, batch), casework (searching). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery, JSONBody, QueryParameter

from probanda.casework.searching import MOST_LISTED
from probanda.web.api.asking import Cursor, Paged, Sent, Value, Words, after_of, look, paged
from probanda.web.api.asking import deed as done
from probanda.web.desk import AtDesk
from probanda.web.pages import batch
from probanda.web.pages import search as page

TAG = "search"
Listed = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\r\n]+$")]


class Names(Sent, frozen=True):
    """Names to look for; they are kept nowhere."""

    names: Annotated[list[Listed], msgspec.Meta(min_length=1, max_length=MOST_LISTED)]
    as_written: bool = False
    """True to leave other forms of the names alone."""


@look("/search", tag=TAG, sync_to_thread=True)
def search(
    desk: AtDesk,
    q: Words,
    kind: Value = "",
    language: Value = "",
    label: Value = "",
    year: Value = "",
    status: Value = "",
    what: Annotated[Literal["", "claim"], QueryParameter()] = "",
    item: Value = "",
    written: FromQuery[bool] = False,
    after: Cursor = "",
) -> Paged[page.Search]:
    """What the words find, by item, with the names that hold them and by what it can be narrowed.

    `what=claim`: places with a claim alone; `written`: other forms of names are left alone.
    """
    by = {
        "kind": kind, "language": language, "label": label, "year": year, "status": status, "what": what, "item": item,
        "written": "1" if written else "",
    }  # fmt: skip
    found = page.page_of(desk, q, by, after_of(after))
    return paged(found, found.answer.found.after if found.answer else "")


@done("/search/names", scope="read", tag=TAG, sync_to_thread=True)
def search_names(desk: AtDesk, data: JSONBody[Names]) -> batch.Batch:
    """What each name of a list finds. It is posted, so that no name stands in an address; nothing is recorded."""
    return batch.page_of(desk, "\n".join(data.names), as_written=data.as_written, asked=True)


API: tuple[HTTPRouteHandler, ...] = (search, search_names)
