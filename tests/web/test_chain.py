"""From an incident to whoever was there that day, up the chain, over time, and around a thing; without script."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from probanda.kernel.vocabulary import Family
from tests.web.conftest import Seen, Served

WORDS = {
    "en": ("Units there that day", "Chain of command that day", "Show this day", "Compare", "What lies around it"),
    "ar": ("الوحدات هناك في ذلك اليوم", "سلسلة القيادة في ذلك اليوم", "اعرض هذا اليوم", "قارن", "ما يحيط به"),
}
UNIT = "Nasr Brigade"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_an_incident_up_the_chain_and_around_it(served: Served, browser: Browser, seen: Seen, lang: str) -> None:
    there, that_day, show, compare, around = WORDS[lang]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served.link())
    context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    incidents = served.case.store.incidents(served.case.eyes) or ()
    one = next(i for i in incidents if i.title.startswith("Execution · Beni Harun"))
    page.goto(f"{served.base}/incidents/{one.id}")
    page.get_by_role("link", name=there).click()
    named = page.locator("section", has=page.get_by_role("heading", name=UNIT)).first
    named.get_by_role("link", name=that_day).and_(page.locator(f"a[href^='{chart_of(served)}']")).click()
    assert f"on={one.date_from}" in page.url
    a_link_is_solid_only_where_a_source_speaks_of_the_day(page)
    the_slider_goes_from_change_to_change(page, show)
    what_changed_is_told(page, compare)
    what_lies_around_is_one_step(page, around)
    page.goto(f"{served.base}/graph/incidents/{one.id}")
    assert page.locator("svg .box.root").count() >= 2, "no origin that counts"
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


def chart_of(served: Served) -> str:
    """The address of the unit's chart."""
    return f"/chain/{next(a.id for a in served.case.actors() if a.name == UNIT)}"


def a_link_is_solid_only_where_a_source_speaks_of_the_day(page: Page) -> None:
    """Two commanders are named for the day: both are drawn solid, with their quotes side by side; others are not."""
    rows = page.locator("table.links tr[id]")
    styles = Counter(
        re.findall(r"hold (\w+)", " ".join(rows.locator(".hold").evaluate_all("a => a.map(e => e.className)")))
    )
    lines = page.locator("svg[role=group] .ln").evaluate_all("a => a.map(e => e.getAttribute('class'))")
    drawn = Counter(one.split()[-1] for one in lines)
    assert drawn["now"] == 2
    assert drawn["over"] >= 1
    assert drawn["other"] >= 2
    assert all(styles[look] >= n for look, n in drawn.items())
    sides = page.locator(".cols.two > div")
    assert sides.count() == 2
    assert sides.nth(0).locator("q").count() >= 1
    assert sides.nth(1).locator("a.reg .num").first.inner_text().count("–") == 1
    assert all(rows.nth(n).locator("a.reg").count() for n in range(rows.count())), "a link without a source"


def the_slider_goes_from_change_to_change(page: Page, show: str) -> None:
    """An arrow key moves it by one day at which something changes, and the button shows that day."""
    before = page.locator("#step").input_value()
    page.locator("#step").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name=show).click()
    last = page.locator("#step").get_attribute("max")
    assert page.locator("#step").input_value() == last != before
    assert page.locator("a[rel=next]").count() == 0
    day = page.locator("input[name=on]").first.input_value()
    page.locator("a[rel=prev]").click()
    assert page.locator("input[name=on]").first.input_value() < day


def what_changed_is_told(page: Page, compare: str) -> None:
    form = page.locator("#changes form")
    form.locator("input[name=from]").fill("2031-01-01")
    form.locator("input[name=to]").fill("2031-12-31")
    form.get_by_role("button", name=compare).click()
    assert "from=2031-01-01" in page.url
    lists = page.locator("#changes ul.pts > li > b")
    assert lists.count() >= 4
    assert page.locator("#changes").get_by_text("Tarek Moussaf").count() >= 3, "begun, ended and in dispute"


def what_lies_around_is_one_step(page: Page, around: str) -> None:
    """By key through the picture; every line of it has its number in words below."""
    page.get_by_role("link", name=around).click()
    numbers = page.locator("svg g text.b").all_text_contents()
    listed = page.locator("b.nr").all_text_contents()
    assert [n for n in numbers if n.isdigit()] == listed
    assert 5 < len(listed) <= 40
    page.locator("[role=region]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") is not None
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_list_counts_the_links_that_name_each(served: Served, page: Page) -> None:
    """Whoever stands in most ties comes first; a tie that was rejected is counted no more once names are gathered."""
    case = served.case
    of = {m.mention: a.id for a in case.actors() for m in a.members}
    ends = [e.mention for c in case.claims() if c.family is Family.TIE and c.tie for e in (c.tie.left, c.tie.right)]
    counted = Counter(of[one] for one in ends if one in of)
    page.goto(f"{served.base}/chain")
    rows = page.locator("tbody tr")
    shown = {
        rows.nth(n).locator("a").first.get_attribute("href"): int(rows.nth(n).locator("td.num").inner_text())
        for n in range(rows.count())
    }
    assert list(shown.values()) == sorted(shown.values(), reverse=True)
    assert {address.removeprefix("/chain/"): n for address, n in shown.items() if address} == {
        key: n for key, n in counted.items() if f"/chain/{key}" in shown
    }
    assert len(shown) > 5
