"""From a mark on the map to a footnote of the dossier, as a person goes: versions, units there that day, up the chain,
into a cell, a gap closed, the dossier built, a note followed home."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from probanda import Case
from probanda.casework import matrix_laying
from probanda.web.atlas import Atlas
from tests.running import Done
from tests.web.conftest import Seen, Served, started, watched

pytestmark = pytest.mark.slow  # reads the sample case first
PLACES = Path(__file__).parents[2] / "examples" / "marsafa-places.csv"
TOWN, DAY, UNIT = "Beni Harun", "2031-05-11", "Nasr Brigade"
HEAD = "Salim Ghadwan"
"""Who is said to have stood over the unit that day."""


@pytest.fixture(scope="module")
def served(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample case, laid out, with the positions of its places."""
    folder = Path(shutil.copytree(done.folder, tmp_path_factory.mktemp("whole") / "case"))
    with Case.open(folder) as case:
        matrix_laying.here(case.store, [case.eyes.user])
        with started(case, Atlas.of(PLACES, None)) as served:
            yield served


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_the_map_to_a_note_of_the_dossier(browser: Browser, served: Served, seen: Seen, lang: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, served, seen)
    context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    incident = found_on_the_map(page, served)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    up_the_chain(page, served)
    page.goto(incident)
    into_a_cell(page)
    a_gap_is_closed(page, f"files of the court at Oren, read in {lang}")
    build_and_follow_a_note_home(page, served)
    context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


def found_on_the_map(page: Page, served: Served) -> str:
    """Narrowed to May by the form, the town's mark, the incident of that day in versions; gives its address."""
    page.goto(f"{served.base}/map")
    page.locator("input[name=since]").fill("2031-05")
    page.locator("input[name=until]").fill("2031-05")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.locator(f".atlas-svg a[aria-label*='{TOWN}']").first.focus()
        page.keyboard.press("Enter")
    execution = next(
        i for i in served.case.store.incidents(served.case.eyes) or ()
        if i.date_from == DAY and TOWN in i.title and len(i.versions) > 1
    )  # fmt: skip
    with page.expect_navigation():
        page.locator(f"#list a[href='/incidents/{execution.id}']").click()
    assert page.locator("main table tbody tr").count() >= len(execution.versions)
    return page.url


def up_the_chain(page: Page, served: Served) -> None:
    """To the units there that day, the chart of one of them, and to a person above it"""
    actors = {a.name: a.id for a in served.case.actors()}
    with page.expect_navigation():
        page.locator("main a[href*='/there']").first.click()
    with page.expect_navigation():
        page.locator(f"main a[href^='/chain/{actors[UNIT]}'][href*='on={DAY}']").first.click()
    assert page.locator("svg[role=group] .ln").count() >= 1
    with page.expect_navigation():
        page.locator("table.links").first.locator("a", has_text=HEAD).first.click()
    assert page.locator("h1").inner_text() == HEAD


def into_a_cell(page: Page) -> None:
    """From the incident to a suggestion that holds claims of it, opened with a reason, and into its first cell."""
    with page.expect_navigation():
        page.locator("main a[href^='/matrix/']").last.click()
    opening = page.locator("form[action='/hypotheses/open']")
    if opening.count():
        opening.locator("input[name=reason]").fill("named in three accounts of that day")
        with page.expect_navigation():
            opening.locator("button").click()
    with page.expect_navigation():
        page.locator("main a[href$='/1']").first.click()


def a_gap_is_closed(page: Page, where: str) -> None:
    """Somebody says where it was looked for; the matrix tells it."""
    cell = page.url.rpartition("/")[2]
    page.locator("#looked summary").click()
    page.locator("#looked input[name=where]").fill(where)
    page.locator("#looked input[name=when]").fill("2031-09-01")
    with page.expect_navigation():
        page.locator("#looked button").click()
    page.goto(page.url.rpartition("/")[0])
    assert where in page.locator(f"#e{cell} td.agn").inner_text()


def build_and_follow_a_note_home(page: Page, served: Served) -> None:
    """Of the town alone; the first note leads to the words in their text, and they stand there as quoted."""
    page.goto(f"{served.base}/reports")
    page.locator("input[name=about]").fill(TOWN)
    page.locator("form[action='/reports/build'] button").first.click()
    end = time.monotonic() + 120
    while page.locator("[role=status]").count():
        assert time.monotonic() < end
        time.sleep(0.2)
        page.goto(f"{served.base}/reports")
    page.locator("td a[href^='/reports/']").first.click()
    while not page.locator("sup a").count():
        with page.expect_navigation():
            page.locator("a[rel=next]").first.click()
    page.locator("sup a").first.click()
    note = page.locator("li:target")
    words = note.locator("mark").first.inner_text()
    note.locator("a.home").first.click()
    expect(page).to_have_url(re.compile(r"/items/[A-Z]+-\d+/read\?claim="))
    assert words in page.locator("main").inner_text().replace("\n", " ")
