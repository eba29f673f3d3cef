"""One file for each family of pages; each gives its handlers, and here they are joined."""

from litestar.handlers import HTTPRouteHandler

from probanda.web.pages import (
    actors,
    batch,
    gathered,
    incidents,
    item,
    items,
    log,
    originals,
    overview,
    people,
    player,
    reader,
    search,
    second,
    sheet,
    taking_in,
    tokens,
    verifying,
)

PAGES: tuple[HTTPRouteHandler, ...] = (
    *overview.PAGES,
    *items.PAGES,
    *item.PAGES,
    *originals.PAGES,
    *player.PAGES,
    *sheet.PAGES,
    *taking_in.PAGES,
    *reader.PAGES,
    *search.PAGES,
    *batch.PAGES,
    *actors.PAGES,
    *incidents.PAGES,
    *gathered.PAGES,
    *log.PAGES,
    *second.PAGES,
    *people.PAGES,
    *tokens.PAGES,
    *verifying.PAGES,
)
"""Every page of the workbench."""
