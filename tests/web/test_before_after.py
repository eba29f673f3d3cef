"""Two pictures of one place stand side by side on the page of each, in order of time, for the eye alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from probanda import Case
from tests.reading.making_media import a_geotiff
from tests.web.conftest import Seen, started, watched
from tests.web.test_every_page import serious


def test_before_and_after_on_the_page_of_an_item(browser: Browser, tmp_path: Path, seen: Seen) -> None:
    (tmp_path / "in").mkdir()
    for name, day in (("may", "05:02"), ("june", "06:20")):
        (tmp_path / "in" / f"{name}.tif").write_bytes(a_geotiff(size=(300, 240), made=f"2031:{day} 09:00:00"))
    with Case.new(tmp_path / "case", prefix="SAT") as case:
        case.add([tmp_path / "in"])
        case.read(workers=1)
        with started(case) as served:
            page = watched(browser.new_context(), served, seen)
            page.goto(f"{served.base}/items/SAT-0001")
            part = page.locator("#compare")
            part.locator("summary").click()
            assert part.locator("figcaption a").all_inner_texts() == ["SAT-0002", "SAT-0001"]
            for picture in part.locator("img").all():
                picture.scroll_into_view_if_needed()
                picture.evaluate("one => one.decode()")
                assert picture.evaluate("one => one.naturalWidth") == 300
            assert serious(page) == []
            page.context.add_cookies([{"name": "lang", "value": "ar", "url": served.base}])
            page.set_viewport_size({"width": 360, "height": 900})
            page.goto(f"{served.base}/items/SAT-0002")
            page.locator("#compare summary").click()
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            page.context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])
