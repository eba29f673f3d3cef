"""One file for each family of pages; each gives its handlers, and here they are joined."""

from litestar.handlers import HTTPRouteHandler

from probanda.web.pages import (
    actors,
    batch,
    gathered,
    incidents,
    items,
    log,
    overview,
    reader,
    search,
)

PAGES: tuple[HTTPRouteHandler, ...] = (
    *overview.PAGES,
    *items.PAGES,
    *reader.PAGES,
    *search.PAGES,
    *batch.PAGES,
    *actors.PAGES,
    *incidents.PAGES,
    *gathered.PAGES,
    *log.PAGES,
)
"""Every page of the workbench."""
