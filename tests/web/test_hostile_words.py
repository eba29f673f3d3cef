"""Words that try to run: 500 strings in every field that a text, a file or a person fills (ASSURANCE T22)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from probanda import Case
from probanda.kernel.vocabulary import Family
from tests.web.conftest import Seen, Served, started, watched

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
TYPED = ("/search?q=", "/actors?q=", "/items?kind=", "/items/", "/claims/", "/actors/", "/incidents/", "/log?before=")
"""Where a person, or whoever sends them a link, puts words into an address."""
EACH = 40
"""Strings in one text."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A case whose texts, file names, labels, reasons and users are made of such strings."""
    folder = tmp_path_factory.mktemp("hostile")
    for n in range(0, len(STRINGS), EACH):
        lines = [
            f"Soldiers {s} shelled the mill of Oren on {k + 1} May 2031, said Karim {s}."
            for k, s in enumerate(STRINGS[n : n + EACH])
        ]
        name = STRINGS[n].replace("/", "∕").replace("\0", "")[:60] + f"{n}.txt"
        (folder / name).write_text(f"{STRINGS[n]}\n\n" + "\n\n".join(lines), "utf-8")
    files = sorted(folder.iterdir())
    with Case.new(folder / "case", situation=TRIES[0], prefix="HST", name=STRINGS[40]) as case:
        case.add(files)
        case.read()
        case.incidents()
        case.matrix()
        claims = [c for c in case.claims() if c.family is Family.ACT]
        for claim, words in zip(claims, STRINGS, strict=False):
            case.correct(claim.id, {"actors": words.replace(";", ","), "places": words.replace(";", ",")}, reason=words)
        case.incidents()
        with started(case) as served:
            yield served


def test_there_are_five_hundred(hostile: Served) -> None:
    assert len(set(STRINGS)) >= 500
    assert len(hostile.case.claims()) > len(STRINGS) // 2


@pytest.mark.slow
def test_none_of_them_runs_on_any_page(hostile: Served, browser: Browser, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, hostile, seen)
    store, eyes = hostile.case.store, hostile.case.eyes
    items = [i.number for i in hostile.case.items()]
    claims = [c.id for c in hostile.case.claims() if c.family is Family.ACT]
    paths = ["/", "/items", "/log", "/actors", "/incidents"]
    paths += [f"/items/{n}" for n in items] + [f"/items/{n}/read" for n in items]
    paths += [f"/items/{n}/{page}" for n in items[:3] for page in ("proofs", "sheet")]
    paths += [f"/claims/{c}" for c in claims[:: max(1, len(claims) // 25)]]
    paths += [f"/items/{items[0]}/read?claim={c}&edit=true" for c in claims[:3]]
    paths += [f"/incidents/{i.id}" for i in (store.incidents(eyes) or [])[:6]]
    paths += [f"/actors/{a.id}" for a in hostile.case.actors()[:12]]
    for path in paths:
        page.goto(hostile.base + path)
        assert page.evaluate("window.__ran") is None, path
        assert page.locator("main script, main iframe, main object, main base, main meta, main style").count() == 0
    context.close()
    assert seen.elsewhere == []
    assert [c for c in seen.complaints if "404" not in c] == []


@pytest.mark.slow
def test_none_of_them_runs_where_a_person_types_it(hostile: Served, browser: Browser, seen: Seen) -> None:
    context = browser.new_context()
    page = watched(context, hostile, seen)
    for words in STRINGS[::97]:
        for path in (
            "/search?q=",
            "/actors?q=",
            "/items?kind=",
            "/items/",
            "/claims/",
            "/actors/",
            "/incidents/",
            "/log?before=",
        ):
            page.goto(hostile.base + path + quoted(words))
            assert page.evaluate("window.__ran") is None, path + words
    context.close()
    assert seen.elsewhere == []
    assert [c for c in seen.complaints if "Failed to load resource" not in c] == []


def quoted(words: str) -> str:
    """For a query or a path, as a browser sends it."""
    return quote(words, safe="")
