"""Words that try to run: 500 strings in every field that a text, a file or a person fills (ASSURANCE T22).

Every page, and what every form answers, is looked through for anything that lives; a browser opens one of each kind.
"""

from __future__ import annotations

import csv
import http.client
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser

from probanda import Case
from probanda.kernel.vocabulary import Family
from probanda.web.pages import PAGES
from tests.web.conftest import Seen, Served, started, watched
from tests.web.crawl import come_in, crawl, fetch

RUN = "window.__ran=1"
"""What each string tries to do; a page on which it ran can be told."""
BREAKS = (
    "", '"', "'", "`", ">", '">', "'>", "</title>", "</textarea>", "</script>", "</style>", "-->", "]]>",
    "\u202e", "{{", "{%",
)  # fmt: skip
"""What might end the place where a string stands."""
TRIES = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<body onpageshow={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN}>x</a>",
    f"<math><mtext><style><img src onerror={RUN}></style></mtext></math>",
    f"<object data=javascript:{RUN}></object>",
    f"<form action=javascript:{RUN}><button autofocus onfocus={RUN}></form>",
    f"<style>@import'http://127.0.0.1:9/';</style><img src=http://127.0.0.1:9/x onerror={RUN}>",
    f"<meta http-equiv=refresh content=0;url=javascript:{RUN}>",
    f"<base href=http://127.0.0.1:9/><link rel=stylesheet href=x onerror={RUN}>",
    f" onmouseover={RUN} onfocus={RUN} autofocus x=",
    f" style=animation-name:x onanimationstart={RUN} ",
    f"javascript:{RUN}//",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"<scr\0ipt>{RUN}</script>".replace("\0", "\u00ad"),
    f"<ſcript>{RUN}</ſcript>",
    f"＜script＞{RUN}＜/script＞",
    f"<x contenteditable onblur={RUN}>lose focus",
    f"<video><source onerror={RUN}></video>",
    f"<marquee onstart={RUN}>",
    f"{{{{ ''.__class__ }}}}{{% raw %}}<script>{RUN}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<template><script>{RUN}</script></template><img src=x onerror={RUN}>",
    f"<a href='data:text/html,<script>{RUN}</script>'>x</a>",
)  # fmt: skip
STRINGS = [b + t for b, t in product(BREAKS, TRIES)]
EACH = 128
"""Strings in one text, and in one field of an address."""
CHUNKS = [" ".join(STRINGS[n : n + EACH]) for n in range(0, len(STRINGS), EACH)]
ALL = " ".join(STRINGS)
LIVE = {"iframe", "object", "embed", "base", "style", "applet", "math", "frame", "portal"}
"""Elements that no page of ours has."""
PICKED = ("select", "checkbox", "radio", "button", "submit", "file")
"""Kinds of fields whose value nobody types."""


class Alive(HTMLParser):
    """What lives in a page, and the forms of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms: list[tuple[str, str, dict[str, tuple[str, str]]]] = []
        """(method, address, fields: name -> (kind, value))."""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.found += [f"<{tag} {key}>" for key in given if key.startswith("on") or key in ("style", "srcdoc")]
        self.found += [
            f"<{tag} {v}>" for k, v in given.items() if k in ("href", "src", "action") and not v.startswith(("/", "#"))
        ]
        if (
            tag in LIVE
            or "http-equiv" in given
            or (tag == "script" and not given.get("src", "").startswith("/static/"))
        ):
            self.found.append(f"<{tag}>")
        if tag == "form":
            self.forms.append((given.get("method", "get"), given.get("action", ""), {}))
        elif tag in ("input", "select", "textarea", "button") and given.get("name") and self.forms:
            kind = given.get("type", "text") if tag == "input" else tag
            self.forms[-1][2].setdefault(given["name"], (kind, given.get("value", "")))
        elif tag == "option" and self.forms and self.forms[-1][2]:
            name = list(self.forms[-1][2])[-1]
            if self.forms[-1][2][name] == ("select", ""):
                self.forms[-1][2][name] = ("select", given.get("value", ""))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A case whose texts, titles, file names, sources, actors, places, reasons and users are made of such strings."""
    folder = tmp_path_factory.mktemp("hostile")
    for n, chunk in enumerate(CHUNKS):
        here = STRINGS[n * EACH : (n + 1) * EACH]
        lines = [
            f"Soldiers {a} shelled the mill of Oren on {k + 1} May 2031, said Karim {b}."
            for k, (a, b) in enumerate(zip(here[::2], here[1::2], strict=True))
        ]
        name = f"{n}{TRIES[n]}".replace("/", "∕")[:60] + ".txt"
        (folder / name).write_text(f"{chunk}\n\n" + "\n\n".join(lines), "utf-8")
    files = sorted(folder.iterdir())
    table = folder / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        rows = [(f.name, f"N{n}", ALL, STRINGS[n + 50], STRINGS[n + 60]) for n, f in enumerate(files)]
        csv.writer(out).writerows([("file", "number", "source", "collector", "conditions"), *rows])
    with Case.new(folder / "case", situation=ALL, prefix="HST", name=STRINGS[40]) as case:
        case.add(files, table=table)
        case.read()
        case.label("HST-0001", "public", reason=ALL)
        claims = [c for c in case.claims() if c.family is Family.ACT]
        for claim, words in zip(claims[::5], CHUNKS * len(claims), strict=False):
            typed = {"actors": words.replace(";", ","), "places": words.replace(";", ",")}
            case.correct(claim.id, typed, reason=ALL)
        case.incidents()
        case.matrix()
        with started(case) as served:
            yield served


@pytest.mark.slow
def test_there_are_five_hundred(hostile: Served) -> None:
    assert len(set(STRINGS)) >= 500
    assert len(hostile.case.claims()) >= len(STRINGS) // 4


@pytest.mark.slow
def test_none_of_them_lives_or_runs_on_any_page(hostile: Served, browser: Browser, seen: Seen) -> None:
    cookie = come_in(hostile)
    pages = [address for here in crawl(hostile, each=6).values() for address in here]
    for address in pages:
        assert alive(fetch(hostile, address, cookie)[2]) == [], address
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, hostile, seen)
    for here in crawl(hostile).values():
        for address in here:
            page.goto(hostile.base + address)
            assert page.evaluate("window.__ran") is None, address
    context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


@pytest.mark.slow
def test_none_of_them_lives_or_runs_where_a_person_types_it(hostile: Served, browser: Browser, seen: Seen) -> None:
    """In an address, or in each field of each form: what is answered, and each page after that."""
    cookie = come_in(hostile)
    for address in typed_addresses():
        status, _, body = fetch(hostile, address, cookie)
        assert status < 500, address[:200]
        assert alive(body) == [], address[:200]
    sent = 0
    done: set[tuple[str, ...]] = set()
    for address in [address for here in crawl(hostile).values() for address in here]:
        for method, action, fields in Alive(fetch(hostile, address, cookie)[2]).forms:
            kind = (re.sub(r"/[0-9a-f]{32,}|/HST-\d+", "/*", action), *sorted(fields))
            if method == "post" and kind not in done and action not in ("/leave", "/choose"):
                done.add(kind)
                status, body = send(hostile, action, {k: filled(*v) for k, v in fields.items()}, cookie, address)
                assert status < 500, (action, body)
                assert alive(body) == [], action
                sent += 1
    assert sent > 3
    context = browser.new_context()
    page = watched(context, hostile, seen)
    pages = [address for here in crawl(hostile).values() for address in here]
    for address in pages:
        assert alive(fetch(hostile, address, cookie)[2]) == [], address
    for address in [*list(typed_addresses())[:: len(CHUNKS)], "/", "/log"]:
        page.goto(hostile.base + address)
        assert page.evaluate("window.__ran") is None, address[:200]
    context.close()
    assert seen.elsewhere == []
    assert [c for c in seen.complaints if "Failed to load resource" not in c] == []


def alive(body: str) -> list[str]:
    """What of a page might run. A picture of ours has a style of its own, which the policy keeps from acting."""
    drawn = body.startswith(("<svg", "<?xml"))
    return [one for one in Alive(body).found if not (drawn and one.endswith(("<style>", " style>")))]


def typed_addresses() -> Iterator[str]:
    """Each name and each question that an address of ours may hold, with all strings in turn."""
    for page in PAGES:
        if "GET" not in page.http_methods:
            continue
        for path in sorted(page.paths):
            asked = [
                n for n, kind in page.fn.__annotations__.items() if "FromQuery" in str(kind) and "str" in str(kind)
            ]
            at = re.sub(r"\{[^}]*\}", "HST-0001", path)
            for words in CHUNKS:
                if "{" in path:
                    yield re.sub(r"\{[^}]*\}", quote(words[:2000], safe=""), path)
                yield from (f"{at}?{name}={quote(words, safe='')}" for name in asked)


def filled(kind: str, value: str) -> str:
    """What is put into a field: all strings where a person types, else what stands there."""
    return ALL if kind not in PICKED and kind != "hidden" else value


def send(served: Served, action: str, fields: dict[str, str], cookie: str, back: str) -> tuple[int, str]:
    """A form as a browser sends it, with the token of its page."""
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", quote(action, safe="/?&=%"), urlencode(fields), headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")
