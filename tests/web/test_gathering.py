"""Incidents by hand and search, in a browser. Merging, moving and following a note: test_a_day_at_work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from probanda.casework.searching import lit
from probanda.incidents.model import Incident
from probanda.store.query import parse
from tests.web.conftest import Served


def largest(served: Served) -> Incident:
    found = served.case.store.incidents(served.case.eyes) or []
    return max(found, key=lambda i: (len(i.claims), i.id))


def test_some_claims_become_an_incident_of_their_own(served: Served, page: Page) -> None:
    home = largest(served)
    off = set(home.claims[-2:])
    page.goto(f"{served.base}/incidents/{home.id}")
    for one in off:
        page.locator(f"input[value='{one}']").check()
    with page.expect_navigation():
        page.locator("button[value=split]").click()
    found = served.case.store.incidents(served.case.eyes) or []
    assert off in [set(i.claims) for i in found]
    with page.expect_navigation():
        page.locator("button[value=undo]").click()


def test_search_leads_to_the_words(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/search")
    page.locator("input[name=q]").fill("fish market")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("mark.hit").first.inner_text().casefold() in ("fish", "market")
    with page.expect_navigation():
        page.locator("a.reg").first.click()
    assert "fish market" in page.locator(".text").inner_text()


def test_nothing_found_is_said(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/search?q=zzzzqq")
    assert "Nothing found" in page.locator("main").inner_text()


@pytest.mark.parametrize("words", ["the market was", "the السوق was", "<b>market</b>"])
def test_a_snippet_is_cut_at_words_and_nowhere_else(words: str) -> None:
    for asked in ("market", "سوق", "b"):
        assert "".join(p.words for p in lit(parse(asked), words)) == words
