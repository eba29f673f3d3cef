"""The dossier in a browser: it asks nobody for anything, runs nothing, fits narrow windows, leads where it says."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.running import Done, exported, run

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

NARROW = {"width": 360, "height": 780}
WIDE = {"width": 1280, "height": 900}


@dataclass
class Seen:
    """A page that was opened, and what the browser said meanwhile."""

    page: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def ask(self, script: str) -> Any:
        """The value of a script in the page."""
        return self.page.evaluate(script)


def opened(browser: Any, file: Path, size: dict[str, int]) -> Seen:
    """The file in a new window, with every request and complaint noted."""
    page = browser.new_context(viewport=size).new_page()
    seen = Seen(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    return seen


@pytest.fixture(scope="module")
def wide(browser: Any, done: Done) -> Seen:
    """The dossier of the sample case in a wide window."""
    return opened(browser, done.out, WIDE)


@pytest.fixture(scope="module")
def narrow(browser: Any, done: Done) -> Seen:
    """The same in a narrow one."""
    return opened(browser, done.out, NARROW)


# --- it speaks to nobody


def test_it_asks_for_nothing_but_itself(wide: Seen, done: Done) -> None:
    assert wide.requests == [done.out.as_uri()]


def test_the_browser_has_nothing_to_complain_of(wide: Seen, narrow: Seen) -> None:
    assert wide.said + narrow.said == []


def test_it_runs_nothing(wide: Seen) -> None:
    assert wide.ask("document.scripts.length") == 0
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => /^on/i.test(a.name)).length"
    )
    assert wide.ask(handlers) == 0
    assert wide.ask("document.querySelectorAll('iframe, object, embed, form, link, base').length") == 0


def test_its_policy_would_stop_what_slipped_in(wide: Seen) -> None:
    policy = wide.ask("document.querySelector('meta[http-equiv=\"Content-Security-Policy\"]').content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


# --- it can be read


def test_it_fits_a_narrow_window(narrow: Seen) -> None:
    assert narrow.ask("document.scrollingElement.scrollWidth") <= NARROW["width"]


def test_no_words_are_cut_off_in_a_narrow_window(narrow: Seen) -> None:
    outside = """[...document.querySelectorAll('p, li, td, th, dd, dt, h1, h2, h3, h4, blockquote')]
      .filter(e => e.checkVisibility({visibilityProperty: true}) && getComputedStyle(e).position === 'static')
      .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > 361)
      .map(e => e.tagName + ': ' + e.textContent.trim().slice(0, 60))"""
    assert narrow.ask(outside) == []


def test_headings_stand_in_order(wide: Seen) -> None:
    levels = wide.ask("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_every_table_names_its_rows_or_columns(wide: Seen) -> None:
    assert wide.ask("document.querySelectorAll('table').length") > 0
    assert wide.ask("[...document.querySelectorAll('table')].filter(t => !t.querySelector('th')).length") == 0
    assert (
        wide.ask(
            "[...document.querySelectorAll('th')].filter(th => !/^(row|col|rowgroup|colgroup)$/.test(th.scope)).length"
        )
        == 0
    )


def test_language_and_direction_are_set(wide: Seen) -> None:
    assert wide.ask("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert wide.ask("document.title").strip()
    assert wide.ask("[...document.querySelectorAll('blockquote')].filter(q => !q.dir).length") == 0


def test_a_page_in_arabic_runs_from_right_to_left(browser: Any, done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    run("-C", folder, "report", "--out", tmp_path / "ar.html", "--lang", "ar")
    seen = opened(browser, tmp_path / "ar.html", NARROW)
    assert seen.ask("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert seen.ask("document.scrollingElement.scrollWidth") <= NARROW["width"]
    assert seen.said == []


# --- it leads where it says


def test_ids_are_given_once(wide: Seen) -> None:
    ids = wide.ask("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_place_on_the_page(wide: Seen) -> None:
    lost = """[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))
      .filter(h => !h.startsWith('#') || !document.getElementById(decodeURIComponent(h.slice(1))))"""
    assert wide.ask(lost) == []


def test_every_note_is_called_and_leads_back_to_a_call(wide: Seen) -> None:
    notes = wide.ask("[...document.querySelectorAll('.notes > li')].map(n => n.id)")
    assert len(notes) > 20
    uncalled = f"{notes!r}.filter(id => !document.querySelector(`main a[href='#${{id}}']:not(.back)`))"
    assert wide.ask(uncalled) == []
    astray = f"""{notes!r}.filter(id => {{
      const back = document.querySelector(`#${{id}} a.back`);
      const call = back && document.getElementById(back.getAttribute('href').slice(1));
      return !(call && (call.matches(`a[href='#${{id}}']`) || call.querySelector(`a[href='#${{id}}']`)));
    }})"""
    assert wide.ask(astray) == []


def test_every_note_marks_the_quote_of_a_claim(wide: Seen, done: Done) -> None:
    marked = wide.ask("[...document.querySelectorAll('.notes > li')].map(n => n.querySelector('mark')?.textContent)")
    quotes = {" ".join(c["quote"].split()) for c in [*done.claims, *exported(done.folder, "ties")]}
    assert marked
    assert [words for words in marked if not words or " ".join(words.split()) not in quotes] == []


# --- it can be printed


def test_its_print_style_has_a_running_head(wide: Seen) -> None:
    rules = wide.ask("[...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText)")
    (page,) = [rule for rule in rules if rule.startswith("@page")]
    assert "@top-center" in page
    assert "proposed by machine" in page.casefold()


@pytest.mark.needs("pdftotext")
def test_in_print_each_page_bears_the_running_head(wide: Seen, tmp_path: Path) -> None:
    wide.page.emulate_media(media="print")
    wide.page.pdf(path=str(tmp_path / "dossier.pdf"), prefer_css_page_size=True)
    wide.page.emulate_media(media="screen")
    said = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "dossier.pdf"), "-"], capture_output=True, text=True, check=True
    )
    pages = said.stdout.split("\f")[:-1]
    assert len(pages) > 3
    for n, page in enumerate(pages, 1):
        head = page.strip().splitlines()[0].casefold()
        assert "proposed by machine" in head, f"page {n} begins with: {head}"
