"""Every page, found by following links: for everybody, in each language, wide, zoomed and narrow, in both lights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from probanda import Case
from probanda.casework import building, built, hypothesizing, matrix_decided
from tests.web.conftest import Seen, Served, started, watched
from tests.web.crawl import crawl, shown

UNLINKED = {"/review", "/items/{number:str}/look", "/items/{number:str}/media"}
UNLINKED |= {"/map/tiles/{zoom:int}/{x:int}/{y:int}"}
"""Pages that only lead on to another, and those of pictures and recordings, of which the sample has none: test_player
looks at them; and the pictures of a base map, of which it has none: test_situation does."""
PRINTED = "MAR-0019"
"""An item with pages that are drawn."""


def every_page(served: Served) -> dict[str, list[str]]:
    """Addresses by the path of their page: one for each set of questions a link asks."""
    case = served.case
    one, other = sorted(a.id for a in case.actors() if a.kind == "person")[:2]
    if not matrix_decided.decided(case.store, case.eyes):
        hypothesizing.open_(case.store, case.eyes, "its cells are pages", suggestion=case.matrix()[0].id)
    by_forms = ("/search?q=market", "/search?q=zzzzqq", f"/actors/{one}/beside?other={other}", f"/items/{PRINTED}")
    for _ in range(2):  # reports are there once they are built, what changed with the second
        about = built.Asked(about=served.claims(PRINTED)[0].id)
        building.here(served.case.store, served.case.eyes.user, about, (".html",))
    found = crawl(served, *by_forms)
    assert set(shown()) - set(found) <= UNLINKED, "a page that no link leads to"
    return found


def of_each_kind(addresses: list[str]) -> set[str]:
    """The plainest and the fullest of a page's addresses."""
    by_questions = sorted(addresses, key=lambda address: (address.count("="), address))
    return {*by_questions[:1], *by_questions[-1:]}


@pytest.mark.slow
def test_every_page_can_be_used_by_everybody(served: Served, page: Page) -> None:
    """No serious fault, as axe-core tells; nothing runs off sideways at 360 px or at 200 % zoom (half of 1,440)."""
    faults: list[tuple[str, ...]] = []
    found = every_page(served)
    looked_at = set().union(*map(of_each_kind, found.values()))
    for lang, theme, width in (("en", "light", 1440), ("ar", "dark", 360)):
        choices = {"lang": lang, "theme": theme}
        page.context.add_cookies([{"name": k, "value": v, "url": served.base} for k, v in choices.items()])
        for address in (one for addresses in found.values() for one in addresses):
            if lang == "en" and address not in looked_at:
                continue
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(served.base + address)
            assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
            if address in looked_at:
                faults += [(address, lang, *fault) for fault in serious(page)]
            for narrow in (1440, 720, 360):
                page.set_viewport_size({"width": narrow, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > narrow:
                    faults.append((address, lang, f"runs off sideways at {narrow} px"))
    assert faults == []


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds on the page: the rule, and the first place that breaks it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]


def test_in_an_empty_case_every_page_says_what_to_do(browser: Browser, tmp_path: Path, seen: Seen) -> None:
    with Case.new(tmp_path / "case", situation="Oren", prefix="ORN") as case, started(case) as served:
        context = browser.new_context()
        page = watched(context, served, seen)
        for address in ("/", "/items", "/search?q=mill", "/actors", "/incidents", "/chain", "/hypotheses", "/reports"):
            page.goto(served.base + address)
            words = page.locator("main").inner_text()
            assert re.search(r"yet|Nothing found", words), (address, words)
        context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])
