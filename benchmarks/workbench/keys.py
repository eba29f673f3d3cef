"""How long it takes in the reader from a key to the paint that answers it, in Chromium.

    python -m benchmarks.workbench.keys CASE [--times 20]

`J` goes to the next claim, `A` accepts the reading and goes on to the next: each is a new page. Two times are told.
From the key as the old page hears it to the first frame after what was pressed was marked, which is what a person sees
first; and to the first words painted of the new page, as the browser itself tells, with the server's time and the way
in it. `A` records decisions: use a copy of a case.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select

from probanda import Case
from probanda.kernel.vocabulary import Status
from probanda.store import tables as t
from probanda.web.app import workbench
from probanda.web.door import Door
from probanda.web.serve import configured, listen

AIM = 100
"""Milliseconds."""
_NOTE = """
addEventListener("keydown", () => {
  const at = performance.now();
  sessionStorage.setItem("key", performance.timeOrigin + at);
  sessionStorage.removeItem("answered");
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.querySelector("[aria-busy=true]")) sessionStorage.setItem("answered", performance.now() - at);
  }));
}, true);
"""
_PAINTED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const key = Number(sessionStorage.getItem("key"));
  return paint && performance.timeOrigin > key ? performance.timeOrigin + paint.startTime - key : null;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="From key to paint in the reader.")
    parser.add_argument("case", type=Path)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    with Case.open(asked.case) as case, started(case) as (base, link), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(_NOTE)
        page.goto(link)
        for key in "ja":
            took, answered = [], []
            for claim in _waiting(case, asked.times):
                page.goto(f"{base}/claims/{claim}")
                took.append(_pressed(page, key))
                seen = page.evaluate("sessionStorage.getItem('answered')")
                if seen is not None:  # else the new page was there before the old one was painted again
                    answered.append(float(seen))
            for what, times in (("key to paint", answered), ("to the next page", took)):
                if times:
                    most = sorted(times)[max(0, int(len(times) * 0.95) - 1)]
                    middle = statistics.median(times)
                    print(f"{key.upper()} {what}: median {middle:.0f} ms, 95 of 100 in {most:.0f} ms (aim: {AIM} ms)")
        browser.close()


def _waiting(case: Case, times: int) -> list[str]:
    """Claims that wait, each the first of its text, which has another."""
    with case.store._reading() as connection:
        items = connection.execute(select(t.item.c.n).order_by(t.item.c.digest).limit(6 * times)).scalars().all()
        found = []
        for item in items:
            query = select(t.claim.c.id).where(t.claim.c.item == item, t.claim.c.status == str(Status.PROPOSED))
            first = connection.execute(query.order_by(t.claim.c.start).limit(2)).scalars().all()
            found += first[:-1]  # a claim alone in its text has no next one
        return found[:times]


def _pressed(page: Page, key: str) -> float:
    """Press a key that leads to another page; milliseconds until that is painted."""
    page.keyboard.press(key)
    return float(page.wait_for_function(_PAINTED).json_value())


@contextmanager
def started(case: Case) -> Iterator[tuple[str, str]]:
    """The workbench on this case: its address, and a link into it."""
    socket = listen("127.0.0.1", 0)
    port = socket.getsockname()[1]
    door = Door.at("127.0.0.1", port)
    server = uvicorn.Server(configured(workbench(case, door)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    base = f"http://127.0.0.1:{port}"
    try:
        yield base, f"{base}/enter/{door.link(case.eyes.user)}"
    finally:
        server.should_exit = True
        thread.join()
        socket.close()


if __name__ == "__main__":
    main()
