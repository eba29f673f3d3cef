"""One file for each family of pages; each gives its handlers, and here they are joined."""

from litestar.handlers import HTTPRouteHandler

from probanda.web.pages import items, log, overview, reader

PAGES: tuple[HTTPRouteHandler, ...] = (*overview.PAGES, *items.PAGES, *reader.PAGES, *log.PAGES)
"""Every page of the workbench."""
