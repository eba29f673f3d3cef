"""One file for each family of pages; each gives its handlers, and here they are joined."""

from litestar.handlers import HTTPRouteHandler

from probanda.web.pages import (
    actors,
    batch,
    chain,
    gathered,
    graph,
    incidents,
    item,
    items,
    log,
    originals,
    overview,
    people,
    player,
    reader,
    reports,
    search,
    second,
    sheet,
    taking_in,
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
    *chain.PAGES,
    *graph.PAGES,
    *gathered.PAGES,
    *reports.PAGES,
    *log.PAGES,
    *second.PAGES,
    *people.PAGES,
    *verifying.PAGES,
)
"""Every page of the workbench."""
