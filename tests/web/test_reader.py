"""Reading and deciding in a browser, as a person would."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from probanda import Case
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.web.desk import Desk, Shop
from probanda.web.pages.reader import marked, page_of
from tests.web.conftest import Seen, Served

ITEM = "MAR-0002"


def claim_at(served: Served, page: Page) -> str:
    """The claim that the page's address names."""
    return page.url.split("claim=")[1].split("#")[0]


def test_claims_are_settled_by_key_one_after_the_other(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/items/{ITEM}/read")
    claims = served.claims(ITEM)
    assert len(claims) > 2
    for _ in claims:
        with page.expect_navigation():
            page.keyboard.press("a")
    assert {served.case.store.claim(served.case.eyes, c.id).status for c in claims} == {Status.CHECKED}
    for key, status in (("u", Status.UNSURE), ("r", Status.REJECTED)):
        page.goto(f"{served.base}/claims/{claims[0].id}")
        with page.expect_navigation():
            page.keyboard.press(key)
        assert served.case.store.claim(served.case.eyes, claims[0].id).status is status
    page.goto(f"{served.base}/claims/{claims[0].id}")
    with page.expect_navigation():
        page.keyboard.press("z")
    assert served.case.store.claim(served.case.eyes, claims[0].id).status is Status.UNSURE


def test_a_field_is_corrected_by_marking_words(served: Served, page: Page) -> None:
    claim = next(c for c in served.claims(ITEM) if "fish market" in c.quote)
    page.goto(f"{served.base}/claims/{claim.id}")
    page.keyboard.press("c")
    page.wait_for_selector("#card input[name=places]")
    page.locator("#card input[name=places]").focus()
    mark(page, "the fish market")
    page.wait_for_function("document.querySelector('#card input[name=places]').value === 'the fish market'")
    with page.expect_navigation():
        page.locator("button[value=correct]").click()
    settled = served.case.store.claim(served.case.eyes, claim.id)
    assert settled.status is Status.CORRECTED
    assert [p.words for p in settled.places] == ["the fish market"]


def test_marked_words_become_a_claim_at_their_code_points(served: Served, page: Page) -> None:
    page.goto(f"{served.base}/items/{ITEM}/read")
    mark(page, "Rescue workers carried the wounded")
    page.locator("#make select[name=act_type]").select_option("other")
    page.locator("#make select[name=modality]").select_option("reported")
    with page.expect_navigation():
        page.locator("#make button.first").click()
    made = served.case.store.claim(served.case.eyes, claim_at(served, page))
    assert made.quote == "Rescue workers carried the wounded"
    assert served.case.store.words(served.case.eyes, made.item, made.start, made.end) == made.quote


def test_who_comes_second_sees_what_the_first_did(served: Served, page: Page, seen: Seen) -> None:
    claim = next(c for c in served.claims("MAR-0004") if c.status is Status.PROPOSED)
    page.goto(f"{served.base}/claims/{claim.id}")
    served.case.accept(claim.id)
    page.keyboard.press("r")
    page.wait_for_selector("h1")
    assert served.case.store.claim(served.case.eyes, claim.id).status is Status.CHECKED
    assert "decided" in page.locator("h1").inner_text()
    seen.complaints.clear()  # the console notes the refusal that is meant here


def test_without_script_a_claim_is_settled_by_its_form(served: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.link())
    claim = next(c for c in served.claims("MAR-0005") if c.status is Status.PROPOSED)
    page.goto(f"{served.base}/claims/{claim.id}")
    page.locator(".card button[value=accept]").click()
    page.wait_for_load_state()
    assert served.case.store.claim(served.case.eyes, claim.id).status is Status.CHECKED
    context.close()


TEXT = "🕊️ قُصف السوق e\u0301tait là. The market was shelled 👩🏽‍⚕️ twice."


@pytest.mark.parametrize("words", ["قُصف السوق", "e\u0301tait", "shelled 👩🏽‍⚕️ twice", "  market "])
def test_words_are_found_by_code_points_whatever_stands_before_them(words: str) -> None:
    before = TEXT[: TEXT.index(words.strip())]
    if words.startswith(" "):
        before, words = before.rstrip(), TEXT[len(before.rstrip()) : TEXT.index("was")]
    start, end = marked("Head.\n" + TEXT, {"from": "6", "before": before, "words": words})
    assert ("Head.\n" + TEXT)[start:end] == words.strip()


@pytest.mark.parametrize(
    "form",
    [
        {"from": "6", "before": "🕊", "words": "market"},
        {"from": "-3", "before": "", "words": "The"},
        {"from": "x", "before": "", "words": "The"},
        {"from": "0", "before": "", "words": "  "},
        {"from": "99999", "before": "", "words": "a"},
    ],
)
def test_words_that_do_not_stand_there_are_refused(form: dict[str, str]) -> None:
    with pytest.raises(WrongUsage):
        marked("Head.\n" + TEXT, form)


@pytest.mark.parametrize("path", ["/", "/items", f"/items/{ITEM}", f"/items/{ITEM}/read", "/log"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_can_be_used_by_everybody(served: Served, page: Page, path: str, lang: str) -> None:
    page.context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(served.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


def mark(page: Page, words: str) -> None:
    """Mark words in the text as a pointer would, also across claims already marked."""
    page.evaluate(
        """(words) => {
            for (const paragraph of document.querySelectorAll(".w[data-from]")) {
                const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
                const nodes = [];
                let text = "";
                while (walk.nextNode()) {
                    if (walk.currentNode.parentElement.closest("sup.n")) continue;
                    nodes.push([walk.currentNode, text.length]);
                    text += walk.currentNode.data;
                }
                const at = text.indexOf(words);
                if (at < 0) continue;
                const find = (offset) => {
                    const [node, from] = nodes.filter(([, from]) => from <= offset).at(-1);
                    return [node, offset - from];
                };
                const range = document.createRange();
                range.setStart(...find(at));
                range.setEnd(...find(at + words.length));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        words,
    )


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
