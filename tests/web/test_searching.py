"""Searching as a person does it: names in other forms, narrowing, saving, a list of names."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playwright.sync_api import Page

from probanda.casework import searching
from probanda.store.search import Wanted
from tests.web.conftest import Served


def test_a_name_is_found_in_its_other_forms_narrowed_saved_and_forgotten(served: Served, page: Page) -> None:
    store, eyes = served.case.store, served.case.eyes
    name = next(
        actor.name
        for actor in served.case.actors()
        if any("\u0600" <= v[0] <= "\u06ff" for v in actor.variants) and actor.name.isascii()
        if searching.ask(store, eyes, f'"{actor.name}"', Wanted()).also
    )
    page.goto(f"{served.base}/search")
    assert "side by side" in page.locator("main").inner_text()
    page.locator("input[name=q]").fill(f'"{name}"')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    widened = page.locator("article.hits").count()
    assert "Also looked for" in page.locator("main").inner_text()
    assert any("\u0600" <= m[0] <= "\u06ff" for m in page.locator("mark.hit").all_inner_texts())
    with page.expect_navigation():
        page.get_by_role("link", name="Search only as written").click()
    assert page.get_by_role("checkbox", name="only as written").is_checked()
    assert 0 < page.locator("article.hits").count() < widened
    page.go_back()
    with page.expect_navigation():
        page.locator(".facets a[href*='language=ar']").click()
    assert 0 < page.locator("article.hits").count() < widened
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert "0 new places" in page.locator("main").inner_text()
    page.goto(f"{served.base}/search")
    with page.expect_navigation():
        page.locator(".pts a", has_text=name).click()
    assert "language=ar" in page.url and name in unquote(page.url).replace("+", " ")
    with page.expect_navigation():
        page.get_by_role("button", name="Remove this saved search").click()
    assert "None yet" in page.locator("main").inner_text()
    assert store.verify() == []


def test_a_list_of_names_gives_a_table_and_a_file(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/search/list")
    page.locator("textarea").fill("Rasmina\n=HYPERLINK(1)\nNobody of that name\nRasmina\n")
    with page.expect_navigation():
        page.get_by_role("button", name="Search", exact=True).click()
    rows = page.locator("tbody tr")
    assert rows.count() == 3
    assert int(re.sub(r"\D", "", rows.nth(0).locator("td").first.inner_text())) > 5
    assert "nothing found" in rows.nth(2).inner_text()
    assert "Rasmina" not in page.url
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV").click()
    told = got.value.path().read_text("utf-8-sig").splitlines()
    assert told[0].startswith("name,items,places,claims")
    assert told[2].startswith("'=HYPERLINK")
    with page.expect_navigation():
        page.locator("a.reg").first.click()
    assert "Rasmina" in page.locator(".text").inner_text()
