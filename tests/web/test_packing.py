"""Answers are sent compressed, files of ours are kept by the browser, pages are not."""

from __future__ import annotations

import gzip
import http.client
from urllib.parse import urlsplit

import pytest

from probanda.web.door import HEADERS
from probanda.web.packing import FOREVER, address_of
from tests.web.conftest import Served


def asked(served: Served, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.fixture(scope="module")
def cookie(served: Served) -> str:
    return asked(served, urlsplit(served.link()).path)[0].headers["set-cookie"].split(";")[0]


@pytest.mark.parametrize("path", ["/", "/items", address_of("style.css"), address_of("reader.js")])
def test_an_answer_is_the_same_compressed_and_not(served: Served, cookie: str, path: str) -> None:
    plain, words = asked(served, path, Cookie=cookie)
    assert "content-encoding" not in plain.headers
    for site in ("same-origin", "none"):
        packed, fewer = asked(served, path, Cookie=cookie, Accept_Encoding="gzip, br", Sec_Fetch_Site=site)
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(fewer) == words
        assert len(fewer) < len(words)


def test_what_another_site_opens_is_not_compressed(served: Served, cookie: str) -> None:
    for site in ("cross-site", "same-site"):
        answer, words = asked(served, "/", Cookie=cookie, Accept_Encoding="gzip", Sec_Fetch_Site=site)
        assert "content-encoding" not in answer.headers
        assert words.startswith(b"<!doctype html>")


def test_a_file_of_ours_is_kept_for_as_long_as_its_address_is_of_its_bytes(served: Served, cookie: str) -> None:
    page = asked(served, "/", Cookie=cookie)[1].decode()
    for name in ("style.css", "keys.js", "mark.svg"):
        assert f'"{address_of(name)}"' in page
        assert asked(served, address_of(name))[0].headers["cache-control"] == FOREVER
        for other in (f"/static/{name}", f"/static/{name}?v=0123456789abcdef"):
            assert asked(served, other)[0].headers["cache-control"] == HEADERS["cache-control"]
    assert asked(served, "/", Cookie=cookie)[0].headers["cache-control"] == "no-store"
    assert asked(served, "/static/../app.py?v=0")[0].status == 404
