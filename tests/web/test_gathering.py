"""Names and incidents by hand, in a browser: merging, undoing, moving a claim, finding words, following a note."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from probanda.casework.searching import lit
from probanda.incidents.model import Incident
from probanda.store.query import parse
from tests.web.conftest import Served


def largest(served: Served) -> Incident:
    found = served.case.store.incidents(served.case.eyes) or []
    return max(found, key=lambda i: (len(i.claims), i.id))


def test_two_actors_are_merged_and_the_merging_is_undone(served: Served, page: Page) -> None:
    people = [a for a in served.case.actors() if a.kind == "person"]
    one, other = sorted(people, key=lambda a: a.id)[:2]
    page.goto(f"{served.base}/actors/{one.id}")
    page.locator("input[name=other]").fill(other.id)
    with page.expect_navigation():
        page.locator("form[action$=beside] button").click()
    assert "Two actors now" in page.locator(".lead").inner_text()
    page.locator("input[name=reason]").fill("tried by a test")
    with page.expect_navigation():
        page.locator("button[value=same]").click()
    assert "One actor now" in page.locator(".lead").inner_text()
    assert len([a for a in served.case.actors() if a.kind == "person"]) == len(people) - 1
    page.goto(f"{served.base}/log")
    with page.expect_navigation():
        page.locator("form[action$=undo] button").first.click()
    assert {a.id for a in served.case.actors() if a.kind == "person"} == {a.id for a in people}


def test_a_claim_is_taken_out_of_an_incident_and_comes_back(served: Served, page: Page) -> None:
    home = largest(served)
    moved = home.claims[-1]
    page.goto(f"{served.base}/incidents/{home.id}")
    page.locator(f"input[value='{moved}']").check()
    page.locator("input[name=reason]").fill("of another day")
    with page.expect_navigation():
        page.locator("button[value=take]").click()
    assert moved not in largest(served).claims
    assert page.locator(f"input[value='{moved}']").count() == 0
    with page.expect_navigation():
        page.locator("button[value=undo]").click()
    assert moved in largest(served).claims


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


def test_a_note_is_followed_home(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/incidents/{largest(served).id}")
    note = page.locator(".syn a.reg").first
    number = note.locator("bdi").inner_text()
    with page.expect_navigation():
        note.click()
    assert f"/items/{number}/read" in page.url
    card = page.locator("#card blockquote").inner_text()
    marked = "".join(page.locator("mark.q.cur").all_inner_texts())
    assert "".join(marked.split()) == "".join(card.split())


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


@pytest.mark.parametrize("path", ["/search?q=market", "/actors", "/incidents", "an incident", "an actor", "beside"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_can_be_used_by_everybody(served: Served, page: Page, path: str, lang: str) -> None:
    actors = [a.id for a in served.case.actors() if a.kind == "person"][:2]
    path = {
        "an incident": f"/incidents/{largest(served).id}",
        "an actor": f"/actors/{actors[0]}",
        "beside": f"/actors/{actors[0]}/beside?other={actors[1]}",
    }.get(path, path)
    page.context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(served.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
