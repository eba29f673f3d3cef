"""Pictures, the summary and the annexes in a browser: they show, complain of nothing, fit, and lead where they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from probanda.reports import dossier, summary
from tests.reports.documents import with_documents
from tests.reports.factory import many

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

LOST = """[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))
  .filter(h => !h.startsWith('#') || !document.getElementById(decodeURIComponent(h.slice(1))))"""
WIDE, NARROW = 1280, 390


def opened(browser: Any, file: Path, text: str, width: int) -> tuple[Any, list[str]]:
    """The page in a window of this width, and what the browser complained of."""
    file.write_text(text, "utf-8")
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    return page, said


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_printed_words_show_under_the_policy_and_fit(browser: Any, tmp_path: Path, lang: str, width: int) -> None:
    page, said = opened(browser, tmp_path / "d.html", dossier.html(with_documents(), lang), width)
    assert page.evaluate("[...document.images].map(i => [i.complete, i.naturalWidth, i.alt])") == [
        [True, 880, "The words as printed, page 2 of KHE-0001"]
    ]
    assert 100 < page.evaluate("document.images[0].clientWidth") <= width
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert said == []


def test_a_picture_from_outside_is_stopped(browser: Any, tmp_path: Path) -> None:
    text = dossier.html(with_documents()).replace("data:image/png;base64,", "http://127.0.0.1:9/x.png?")
    page, said = opened(browser, tmp_path / "d.html", text, WIDE)
    assert page.evaluate("document.images[0].naturalWidth") == 0
    assert any("Content Security Policy" in s for s in said)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_summary_and_its_annexes_fit_and_lead_to_themselves(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(summary, "ABOVE", 60)
    monkeypatch.setattr(summary, "NOTES", 50)
    drafts = summary.drafts(many(100), lang)
    assert len(drafts) > 6
    for drafted in drafts:
        file = tmp_path / f"dossier.{drafted.name or 'summary'}.html"
        page, said = opened(browser, file, dossier.rendered(drafted.dossier, lang), NARROW)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW, drafted.name
        assert page.evaluate(LOST) == []
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), drafted.name
        assert said == []


def test_a_line_without_translation_keeps_its_order_and_stands_at_the_right_edge(browser: Any, tmp_path: Path) -> None:
    page, _ = opened(browser, tmp_path / "d.html", dossier.html(with_documents(), "ar"), WIDE)
    style = "getComputedStyle(document.querySelector('#s1 td > div'))"
    assert page.evaluate(f"[{style}.unicodeBidi, {style}.textAlign]") == ["plaintext", "right"]
