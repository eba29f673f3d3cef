"""What a person does with the workbench on one day, from beginning to end, in English and turned round in Arabic."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from probanda import Case
from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Status
from tests.running import Done
from tests.web.conftest import Seen, Served, started, watched
from tests.web.marks import mark

BY_KEY = {"en": 20, "ar": 6}
"""Claims that are settled one after the other."""


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_day_at_work(done: Done, browser: Browser, seen: Seen, tmp_path: Path, lang: str) -> None:
    folder = Path(shutil.copytree(done.folder, tmp_path / "case"))
    with Case.open(folder) as case, started(case) as served:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = watched(context, served, seen)
        context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
        claims_are_settled_by_key(served, page, BY_KEY[lang])
        one_is_corrected_by_marking_words(served, page)
        one_is_made_of_marked_words(served, page)
        two_actors_are_merged_and_it_is_undone(served, page)
        a_claim_is_moved_to_another_incident(served, page)
        a_note_is_followed_home(served, page, done)
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


def claims_are_settled_by_key(served: Served, page: Page, many: int) -> None:
    """Through the queue: accepted, rejected, left unsure; the last is taken back."""
    verdicts = {"a": Status.CHECKED, "r": Status.REJECTED, "u": Status.UNSURE}
    page.goto(f"{served.base}/review")
    for n in range(many):
        key = "aaaru"[n % 5]
        at = shown_claim(served, page)
        with page.expect_navigation():
            page.keyboard.press(key)
        assert again(served, at).status is verdicts[key]
    page.goto(f"{served.base}/claims/{at.id}")
    with page.expect_navigation():
        page.keyboard.press("z")
    assert again(served, at).status is Status.PROPOSED
    settled = [c for c in served.case.claims() if c.status in verdicts.values()]
    assert len(settled) == many - 1


def one_is_corrected_by_marking_words(served: Served, page: Page) -> None:
    claim = next(c for c in served.claims("MAR-0002") if "fish market" in c.quote)
    page.goto(f"{served.base}/claims/{claim.id}")
    with page.expect_navigation():
        page.keyboard.press("c")
    page.locator("#card input[name=places]").focus()
    mark(page, "the fish market")
    page.wait_for_function("document.querySelector('#card input[name=places]').value === 'the fish market'")
    with page.expect_navigation():
        page.locator("button[value=correct]").click()
    assert again(served, claim).status is Status.CORRECTED
    assert [p.words for p in again(served, claim).places] == ["the fish market"]


def one_is_made_of_marked_words(served: Served, page: Page) -> None:
    words = "Rescue workers carried the wounded"
    page.goto(f"{served.base}/items/MAR-0002/read")
    mark(page, words)
    page.locator("#make select[name=act_type]").select_option("other")
    page.locator("#make select[name=modality]").select_option("reported")
    with page.expect_navigation():
        page.locator("#make button.first").click()
    made = served.case.store.claim(served.case.eyes, page.url.split("claim=")[1].split("#")[0])
    assert made.quote == words
    assert served.case.store.words(served.case.eyes, made.item, made.start, made.end) == words


def two_actors_are_merged_and_it_is_undone(served: Served, page: Page) -> None:
    before = {a.id for a in served.case.actors() if a.kind == "person"}
    one, other = sorted(before)[:2]
    page.goto(f"{served.base}/actors/{one}")
    page.locator("input[name=other]").fill(other)
    with page.expect_navigation():
        page.locator("form[action$=beside] button").click()
    page.locator("input[name=reason]").fill("tried by a test")
    with page.expect_navigation():
        page.locator("button[value=same]").click()
    assert len([a for a in served.case.actors() if a.kind == "person"]) == len(before) - 1
    page.goto(f"{served.base}/log")
    with page.expect_navigation():
        page.locator("form[action$=undo] button").first.click()
    assert {a.id for a in served.case.actors() if a.kind == "person"} == before


def a_claim_is_moved_to_another_incident(served: Served, page: Page) -> None:
    home, other = by_size(served)[:2]
    moved = home.claims[-1]
    page.goto(f"{served.base}/incidents/{home.id}")
    page.locator(f"input[value='{moved}']").check()
    page.locator("input[name=other]").fill(other.id)
    page.locator("input[name=reason]").fill("of another day")
    with page.expect_navigation():
        page.locator("button[value=move]").click()
    assert moved in by_claim(served, other.claims[0]).claims
    assert moved not in by_claim(served, home.claims[0]).claims


def a_note_is_followed_home(served: Served, page: Page, done: Done) -> None:
    """What a note of the dossier prints, typed into the search: the exact words, lit."""
    claim = next(c for c in served.claims("MAR-0012") if f'Claim <bdi class="num">{c.id[:12]}' in done.page)
    note = f"MAR-0012, paragraph 4, characters {claim.start}–{claim.end}"
    for asked in (note, claim.id[:12]):
        page.goto(f"{served.base}/search")
        page.keyboard.press("/")
        page.keyboard.type(asked)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/items/MAR-0012/read" in page.url
        marked = "".join(page.locator("mark.q.cur").all_inner_texts())
        assert "".join(marked.split()) == "".join(page.locator("#card blockquote").inner_text().split())
        assert page.locator("#now").evaluate("e => e.getBoundingClientRect().top < innerHeight")
    page.goto(f"{served.base}/search?q=MAR-0012+{claim.start + 1}-{claim.end - 1}")  # words on which no claim rests
    held = served.case.store.words(served.case.eyes, claim.item, claim.start + 1, claim.end - 1)
    assert "".join(page.locator("mark.asked").all_text_contents()) == held


def shown_claim(served: Served, page: Page) -> Claim:
    """The claim that the page's address names."""
    return served.case.store.claim(served.case.eyes, page.url.split("claim=")[1].split("&")[0].split("#")[0])


def again(served: Served, claim: Claim) -> Claim:
    return served.case.store.claim(served.case.eyes, claim.id)


def by_size(served: Served) -> list[Incident]:
    found = served.case.store.incidents(served.case.eyes) or []
    return sorted(found, key=lambda i: (-len(i.claims), i.id))


def by_claim(served: Served, claim: str) -> Incident:
    return next(i for i in by_size(served) if claim in i.claims)
