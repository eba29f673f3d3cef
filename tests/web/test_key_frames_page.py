"""Key frames stand on the page of their video, blurred until asked for; each is an item that says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from probanda import Case
from tests.casework.test_key_frames import video
from tests.web.conftest import Seen, started, watched
from tests.web.test_every_page import serious


@pytest.mark.needs("ffmpeg")
def test_key_frames_on_the_page_of_a_video(browser: Browser, tmp_path: Path, seen: Seen) -> None:
    (tmp_path / "in").mkdir()
    video(tmp_path / "in" / "a.mp4")
    with Case.new(tmp_path / "case", prefix="VID") as case:
        case.add([tmp_path / "in"])
        case.read(workers=1)
        case.frame()
        with started(case) as served:
            page = watched(browser.new_context(), served, seen)
            page.goto(f"{served.base}/items/VID-0001")
            part = page.locator("#frames")
            part.locator("summary").click()
            assert part.locator("li").all_inner_texts() == ["00:00:00", "00:00:03"]
            picture = part.locator("img").first
            assert "blur" in picture.evaluate("one => getComputedStyle(one).filter")
            part.locator("input.veil").check(force=True)
            assert picture.evaluate("one => getComputedStyle(one).filter") == "none"
            picture.evaluate("one => one.decode()")
            assert serious(page) == []
            page.context.add_cookies([{"name": "lang", "value": "ar", "url": served.base}])
            page.set_viewport_size({"width": 360, "height": 900})
            page.reload()
            page.locator("#frames summary").click()
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            page.context.add_cookies([{"name": "lang", "value": "en", "url": served.base}])
            page.goto(f"{served.base}/items/VID-0002")
            assert "It is a key frame, taken by a program, of VID-0001" in page.inner_text("main")
            page.context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])
