"""Every page of a workbench, found as a visitor finds them: by following links."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from html import unescape
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
        status, target, body = fetch(served, address, cookie)
        if status in (302, 303, 307):
            waiting.insert(0, target)
        if status < 400:
            found.setdefault(kind[0], [])  # one that leads on is a page that was met
        if status != 200:
            continue
        found[kind[0]].append(address)
        waiting += [unescape(link) for link in LINK.findall(body)]
    return found


def come_in(served: Served) -> str:
    """A cookie of a visit."""
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request("GET", urlsplit(served.link()).path)
    return connection.getresponse().headers["set-cookie"].split(";")[0]


def fetch(served: Served, address: str, cookie: str) -> tuple[int, str, str]:
    """(status, where it leads, body)."""
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request("GET", quote(address, safe="/?&=%+:,;@"), headers={"Cookie": cookie})
    answer = connection.getresponse()
    return answer.status, answer.headers.get("location", ""), answer.read().decode("utf-8", "replace")
