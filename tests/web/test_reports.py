"""Reports in the workbench: built behind the pages, read, a note followed home, and what a decision changed."""

from __future__ import annotations

import time

import httpx
from playwright.sync_api import Page, expect

from probanda.casework import tokens
from probanda.kernel.digests import sha256
from tests.web.conftest import Served
from tests.web.crawl import come_in, fetch


def build(page: Page, served: Served) -> None:
    """Have one built of checked claims alone, looking again until it is there, as one would without script."""
    page.goto(f"{served.base}/reports")
    page.locator("input[name=only]").check()
    page.locator("form[action='/reports/build'] button.first").click()
    end = time.monotonic() + 120
    while page.locator("[role=status]").count():
        assert time.monotonic() < end
        time.sleep(0.2)
        page.goto(f"{served.base}/reports")
    assert page.locator(".nobody").all_text_contents() == []


def test_a_report_is_built_read_followed_home_decided_on_and_built_again(page: Page, served: Served) -> None:
    first, second = served.claims("MAR-0012")[:2]
    served.case.accept(first.id)
    build(page, served)
    page.locator("td a[href^='/reports/']").first.click()
    read = page.url
    expect(page.locator("div.stamp")).to_contain_text("1 of")
    page.locator("sup a").first.click()
    note = page.locator("li:target")
    words = note.locator("mark").inner_text()
    note.locator("a.home").click()
    expect(page).to_have_url(f"{served.base}/items/MAR-0012/read?claim={first.id}#now")
    assert words in page.locator("main").inner_text().replace("\n", " ")

    page.goto(f"{served.base}/claims/{second.id}")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: second.id not in url)
    build(page, served)
    page.get_by_role("link", name="What changed").click()
    between = page.locator("[aria-labelledby=decided] tbody tr")
    expect(between).to_have_count(1)
    expect(between).to_contain_text(second.id[:12])
    new = page.locator("[aria-labelledby=new]")
    expect(new).to_contain_text(second.quote)
    stamp = page.locator("[aria-labelledby=otherwise] .change").first
    assert "2" in stamp.locator("ins").first.inner_text()
    new.get_by_role("link", name="read it there").last.click()
    expect(page.locator(":target")).to_be_visible()

    with page.expect_download() as taken:
        page.locator("a[download]", has_text="dossier.pdf").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    cookie = come_in(served)
    html = fetch(
        served, f"{page.url.split('#')[0].removeprefix(served.base).rsplit('/', 2)[0]}/files/dossier.html", cookie
    )
    assert html.kept and html.kind.startswith("application/octet-stream")

    page.locator("button[name=lang][value=ar]").click()
    page.goto(read)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("article")).to_have_attribute("lang", "en")
    expect(page.locator("a.home").first).to_have_text("افتح هذه الكلمات في القارئ")

    other = served.case.store.add_user(served.case.eyes, "T. Mirel")
    visitor = page.context.browser.new_context() if page.context.browser else page.context
    theirs = visitor.new_page()
    theirs.goto(served.link(other))
    answer = theirs.goto(read)
    assert answer is not None and answer.status == 404
    theirs.goto(f"{served.base}/reports")
    assert theirs.locator("td a").count() == 0
    visitor.close()
    a_program_takes_it(served, other)


def a_program_takes_it(served: Served, other: str) -> None:
    """With a token of whoever built it, whole; nobody else's opens it, and none that only reads."""
    store, eyes = served.case.store, served.case.eyes
    mine, theirs, reads = (
        {"Authorization": f"Bearer {tokens.made(store, eyes, f'for {n}', [scope], user=user)[1]}"}
        for n, (scope, user) in enumerate((("report", eyes.user), ("report", other), ("read", eyes.user)))
    )
    address = f"{served.base}/api/reports"
    built = httpx.get(address, headers=mine).json()["builds"][0]
    for form in built["forms"]:
        answer = httpx.get(f"{address}/{built['id']}/files/{form['name']}", headers=mine)
        assert (answer.headers["content-type"], sha256(answer.content)) == ("application/octet-stream", form["sha256"])
    assert httpx.get(f"{address}/{built['id']}/changes", headers=mine).json()["decisions"]
    assert httpx.get(f"{address}/{built['id']}", headers=theirs).status_code == 404
    assert httpx.get(address, headers=theirs).json()["builds"] == []
    assert httpx.get(address, headers=reads).status_code == 403
