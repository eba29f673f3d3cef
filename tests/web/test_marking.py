"""Words marked or typed become a quote of exactly these code points, whatever the browser counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from probanda import Case
from probanda.claims.model import Claim
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.web.marking import marked, typed
from tests.web.conftest import Seen, Served, started, watched
from tests.web.marks import mark

ROMAN = "🕊️ The bakery of Oren was shelled on 3 May 2031 👩🏽‍⚕️, said Karim Dal, e\u0301tait la\u0300 🏚️🏚️ and the 🏚️ stood."
ARABIC = "قُصِفَ السوقُ في أورين يوم ٣ مايو ٢٠٣١ 🕊️، وقال كريم دال إنّ السوقُ احترق."
TWICE = "Soldiers burned the mill. Later soldiers came back to the mill 🔥 and shot Karim Dal at the mill gate."
TEXT = f"{ROMAN}\n\n{ARABIC}\n\n{TWICE}\n"


@pytest.mark.parametrize("words", ["قُصِفَ السوقُ", "e\u0301tait", "shelled on 3 May 2031 👩🏽‍⚕️", "  bakery ", "the\nmill"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_marked_words_are_found_by_code_points(words: str, breaks: str) -> None:
    text = f"Head.\n{TEXT}".replace("bakery", " bakery ").replace("the mill.", "the\nmill.").replace("\n", breaks)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    first = len("Head.") + len(breaks)
    before = plain[len("Head.\n") : plain.index(words)]
    sent = {"from": str(first), "before": before.replace("\n", "\r\n"), "words": words.replace("\n", "\r\n")}
    start, end = marked(text, sent)
    assert text[start:end] == words.strip().replace("\n", breaks)


@pytest.mark.parametrize(
    "form",
    [
        {"from": "0", "before": "🕊", "words": "bakery"},
        {"from": "-3", "before": "", "words": "The"},
        {"from": "x", "before": "", "words": "The"},
        {"from": "0", "before": "", "words": "  "},
        {"from": "99999", "before": "", "words": "a"},
        {"words": "no such words"},
        {"words": " "},
        {"words": "the mill"},
        {"words": "bakery", "near": "50"},
    ],
)
def test_words_that_do_not_stand_there_or_stand_there_twice_are_refused(form: dict[str, str]) -> None:
    with pytest.raises(WrongUsage):
        marked(TEXT, form)


def test_typed_words_may_be_parted_otherwise_and_are_looked_for_from_an_offset_on() -> None:
    assert typed(TEXT, "shelled  on\n3 May") == typed(TEXT, "shelled on 3 May")
    second = TEXT.index("the mill", TEXT.index("Later"))
    assert typed(TEXT, "the mill", str(TEXT.index("Later"))) == (second, second + len("the mill"))


@pytest.fixture(scope="module")
def oren(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("oren")
    (folder / "signs.txt").write_text(TEXT, "utf-8")
    with Case.new(folder / "case", situation="Oren", prefix="ORN") as case:
        case.add([folder / "signs.txt"])
        case.read()
        with started(case) as served:
            yield served


@pytest.mark.parametrize(
    ("words", "nth"),
    [
        ("shelled on 3 May 2031 👩🏽‍⚕️, said", 0),  # inside and across a claim, after emoji
        ("e\u0301tait la\u0300", 0),
        ("\u0301tait", 0),  # begins between a letter and its mark
        ("السوقُ", 1),  # for the second time
        ("قال كريم دال إنّ", 0),
        ("the mill", 2),
        ("🏚️", 2),
    ],
)
def test_a_claim_has_exactly_the_code_points_that_were_marked(
    oren: Served, browser: Browser, seen: Seen, words: str, nth: int
) -> None:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    context = browser.new_context()
    page = watched(context, oren, seen)
    page.goto(f"{oren.base}/items/ORN-0001/read")
    mark(page, words, nth)
    page.wait_for_selector("#make[open]")
    with page.expect_navigation():
        page.locator("#make button.first").click()
    made = made_claim(oren, page)
    assert (made.start, made.end, made.quote) == (at, at + len(words), words)
    assert "".join(page.locator("mark.q.cur").all_text_contents()) == words
    context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


def test_without_script_one_reads_accepts_corrects_makes_and_undoes(oren: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(oren.link())
    claim = next(c for c in oren.case.claims() if c.status is Status.PROPOSED)
    page.goto(f"{oren.base}/claims/{claim.id}")
    assert claim.quote in "".join(page.locator(".text .w").all_text_contents())
    for verdict, status in (("accept", Status.CHECKED), ("undo", Status.PROPOSED)):
        page.locator(f".card button[value={verdict}]").click()
        page.wait_for_load_state()
        assert oren.case.store.claim(oren.case.eyes, claim.id).status is status
        page.goto(f"{oren.base}/claims/{claim.id}")
    page.locator(".card a[data-key=c]").click()
    page.locator("#card input[name=places]").fill("Oren")
    page.locator("button[value=correct]").click()
    page.wait_for_load_state()
    settled = oren.case.store.claim(oren.case.eyes, claim.id)
    assert (settled.status, [p.words for p in settled.places]) == (Status.CORRECTED, ["Oren"])
    page.locator("#make summary").click()
    page.locator("#make textarea").fill("soldiers came back to the mill 🔥")
    page.locator("#make button.first").click()
    page.wait_for_load_state()
    assert made_claim(oren, page).quote == "soldiers came back to the mill 🔥"
    context.close()


def made_claim(served: Served, page: Page) -> Claim:
    return served.case.store.claim(served.case.eyes, page.url.split("claim=")[1].split("#")[0])
