"""Reading and deciding in a browser, as a person would."""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import Page

from probanda import Case
from probanda.kernel.vocabulary import Status
from probanda.web.desk import Desk, Shop
from probanda.web.pages.reader import page_of
from tests.web.conftest import Seen, Served


def test_who_comes_second_sees_what_the_first_did(served: Served, page: Page, seen: Seen) -> None:
    claim = next(c for c in served.claims("MAR-0004") if c.status is Status.PROPOSED)
    page.goto(f"{served.base}/claims/{claim.id}")
    served.case.accept(claim.id)
    page.keyboard.press("r")
    notice = page.locator("[role=alert]").inner_text()
    assert served.case.store.claim(served.case.eyes, claim.id).status is Status.CHECKED
    assert "decided" in notice
    seen.complaints.clear()  # the console notes the refusal that is meant here


def test_the_queue_goes_on_with_what_speaks_against_and_what_supports(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/")
    page.locator("a.go").click()
    against = []
    for _ in range(6):
        page.wait_for_selector("#card")
        page.wait_for_load_state("load")  # the keys are there then
        said = page.locator(".head .note").inner_text().split("In the queue: ")[1].split("\n")[0]
        against.append(said.startswith(("speaks against", "contradicts", "denies")))
        with page.expect_navigation():
            page.keyboard.press("u")
    assert set(against) == {True, False}
    assert against[-3:] in ([True, False, True], [False, True, False])


def test_a_long_text_is_read_in_parts_that_lose_no_word(tmp_path: Path) -> None:
    text = "".join(f"Paragraph {n}: shells struck the mill of Oren on 3 May 2031.\n\n" for n in range(900))
    (tmp_path / "long.txt").write_text(text, "utf-8")
    with Case.new(tmp_path / "case", situation="Oren", prefix="ORN") as case:
        case.add([tmp_path / "long.txt"])
        case.read()
        desk = Desk(Shop(case, threading.Lock()), case.eyes.user, "")
        seen, start = "", 0
        while True:
            page = page_of(desk, "ORN-0001", start=start) if start else page_of(desk, "ORN-0001")
            seen += "".join(run.words for paragraph in page.paragraphs for run in paragraph.runs)
            if page.later is None:
                break
            start = page.later
    assert "".join(seen.split()) == "".join(text.split())
