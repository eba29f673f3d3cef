"""One file for each family of pages; each gives its handlers, and here they are joined."""

from litestar.handlers import HTTPRouteHandler

from probanda.web.pages import (
    actors,
    incidents,
    item,
    items,
    log,
    originals,
    overview,
    reader,
    search,
    sheet,
    taking_in,
)

PAGES: tuple[HTTPRouteHandler, ...] = (
    *overview.PAGES, *items.PAGES, *item.PAGES, *reader.PAGES, *search.PAGES, *actors.PAGES, *incidents.PAGES,
    *log.PAGES, *taking_in.PAGES, *originals.PAGES, *sheet.PAGES,
)  # fmt: skip
"""Every page of the workbench."""
