"""Take the pictures of the sample dossier anew: `make demo`, then `.venv/bin/python docs/pictures/take.py`.

Needs Chromium; the pictures are those the README and the tutorial show.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent


def main(dossier: Path) -> None:
    """Wide at the cover, wide at the first incident, narrow, a note opened, and the print view of one incident."""
    address = dossier.resolve().as_uri()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        wide = browser.new_page(viewport={"width": 1180, "height": 1080})
        wide.goto(address)
        wide.screenshot(path=HERE / "dossier-cover.png")
        wide.locator("#s2").scroll_into_view_if_needed()
        wide.evaluate("document.querySelector('#s2').scrollIntoView()")
        wide.screenshot(path=HERE / "dossier-wide.png")
        note = wide.evaluate("document.querySelector('img').closest('[id^=n]').id")  # with the printed words of a PDF
        wide.goto(f"{address}#{note}")
        wide.screenshot(path=HERE / "dossier-note.png")
        narrow = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        narrow.goto(address)
        narrow.evaluate("document.querySelector('#s2').scrollIntoView()")
        narrow.screenshot(path=HERE / "dossier-narrow.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo/dossier.html"))
