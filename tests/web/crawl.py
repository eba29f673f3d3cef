"""Every page of a workbench, found as a visitor finds them: by following links."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlsplit

from probanda.web.pages import PAGES
from tests.web.conftest import Served

LINK = re.compile(r'\b(?:href|src)="(/[^"]*)"')


def shown() -> tuple[str, ...]:
    """The paths of all pages, those without a name in them first, since they win."""
    found = {path for page in PAGES if "GET" in page.http_methods for path in page.paths}
    return tuple(sorted(found, key=lambda path: (path.count("{"), path)))


def shape(address: str, paths: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """Which page this is and which questions its address asks; None for what is no page of ours."""
    split = urlsplit(address)
    for path in paths:
        if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", path), split.path):
            return path, tuple(sorted(key for key, value in parse_qsl(split.query) if value))
    return None


def crawl(served: Served, *more: str, each: int = 1) -> dict[str, list[str]]:
    """Addresses by the path of their page: at most `each` for one set of questions, beginning with the overview."""
    paths, cookie = shown(), come_in(served)
    waiting, taken, met = ["/", *more], Counter[tuple[str, tuple[str, ...]]](), set[str]()
    found: dict[str, list[str]] = {}
    while waiting:
        address = waiting.pop(0).split("#")[0]
        kind = shape(address, paths)
        if kind is None or address in met or taken[kind] >= each:
            continue
        met.add(address)
        taken[kind] += 1
        answer = fetch(served, address, cookie)
        if answer.to:
            waiting.insert(0, answer.to)
        if answer.status < 400:
            found.setdefault(kind[0], [])  # what leads on, and pictures, are met, but no pages to look at
        if answer.status == 200 and answer.shown:
            found[kind[0]].append(address)
            waiting += [unescape(link) for link in LINK.findall(answer.body)]
    return found


def come_in(served: Served) -> str:
    """A cookie of a visit."""
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request("GET", urlsplit(served.link()).path)
    return connection.getresponse().headers["set-cookie"].split(";")[0]


class Answer(NamedTuple):
    """What a server answered: `to` is where it leads, `kind` the media type, `kept` true for downloads."""

    status: int
    to: str
    kind: str
    kept: bool
    body: str

    @property
    def shown(self) -> bool:
        """True for what a browser shows as a page."""
        return self.kind.startswith("text/html") and not self.kept


def fetch(served: Served, address: str, cookie: str) -> Answer:
    """What this address answers."""
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request("GET", quote(address, safe="/?&=%+:,;@"), headers={"Cookie": cookie})
    return answered(connection)


def answered(connection: http.client.HTTPConnection) -> Answer:
    """What came back on this connection."""
    answer = connection.getresponse()
    told = answer.headers
    kept = told.get("content-disposition", "").startswith("attachment")
    body = answer.read().decode("utf-8", "replace")
    return Answer(answer.status, told.get("location", ""), told.get("content-type", ""), kept, body)
