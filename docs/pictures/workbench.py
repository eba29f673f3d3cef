"""Take pictures of every page of the workbench: `make demo`, then `.venv/bin/python docs/pictures/workbench.py [OUT]`.

Wide and narrow, light and dark, English and Arabic, into OUT (default: `demo/pictures`), to be looked at before a
change goes out. With `--readme` the four that the README shows are written beside this file. Needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from probanda import Case

HERE = Path(__file__).resolve().parent
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
LOOKS = (("en", "light"), ("en", "dark"), ("ar", "light"))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The one-time link of a workbench on this case, as the command prints it."""
    command = [sys.executable, "-m", "probanda.cli.main", "-C", str(folder), "serve", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603
        yield (run.stdout.readline() if run.stdout else "").strip()
        run.terminate()


def pages(folder: Path) -> dict[str, str]:
    """Every page by name: the largest incident, a person with several forms of the name, an item in each direction."""
    with Case.open(folder, writing=False) as case:
        items = [i for i in case.items() if i.text_digest]
        english = next(i for i in items if i.language == "en" and len(case.claims(item=i.digest)) > 2)
        arabic = next((i for i in items if i.language == "ar"), english)
        incident = max(case.store.incidents(case.eyes) or (), key=lambda i: (len(i.claims), i.id))
        people = [a for a in case.actors() if a.kind == "person"]
        person = max(people, key=lambda a: (len(a.variants), a.id))
        other = min((a for a in people if a.id != person.id), key=lambda a: a.id)
    return {
        "overview": "/", "items": "/items", "item": f"/items/{english.number}", "taking-in": "/taking-in",
        "arrived": "/taking-in/arrived", "proofs": f"/items/{english.number}/proofs",
        "sheet": f"/items/{english.number}/sheet", "log": "/log",
        "reader": f"/items/{english.number}/read", "reader-arabic": f"/items/{arabic.number}/read",
        "correct": f"/items/{english.number}/read?edit=true", "search": "/search?q=market", "nothing": "/search?q=zzz",
        "narrowed": "/search?q=market&kind=text&language=en", "ask": "/search", "batch": "/search/list",
        "narrowed-items": "/items?language=en", "printed": f"/items/{printed.number}",
        "narrowed-log": "/log?kind=settle", "error": "/items/NONE-0000",
        "actors": "/actors", "actor": f"/actors/{person.id}", "beside": f"/actors/{person.id}/beside?other={other.id}",
        "incidents": "/incidents", "incident": f"/incidents/{incident.id}",
        "second": "/second", "people": "/people", "verify": "/verify",
    }  # fmt: skip


def shoot(page: Page, base: str, addresses: dict[str, str], out: Path) -> None:
    """Each page in each look and size; a page wider than its window is said."""
    out.mkdir(parents=True, exist_ok=True)
    for language, theme in LOOKS:
        page.context.add_cookies([
            {"name": name, "value": value, "url": base} for name, value in (("lang", language), ("theme", theme))
        ])  # fmt: skip
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for name, address in addresses.items():
                page.goto(base + address)
                page.screenshot(path=out / f"{name}-{language}-{theme}-{size}.png", full_page=True)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    print(f"{name} {language} {theme} {size}: wider than its window")


def main(folder: Path, out: Path, *, readme: bool) -> None:
    """All pictures, or the four of the README."""
    addresses = pages(folder)
    with served(folder) as link, sync_playwright() as play:
        base = "{0.scheme}://{0.netloc}".format(urlsplit(link))
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(link)
        if readme:
            for name, language in (("reader", "en"), ("incident", "en"), ("reader-arabic", "ar"), ("actor", "en")):
                page.context.add_cookies([{"name": "lang", "value": language, "url": base}])
                page.set_viewport_size({"width": 1280, "height": 800})
                page.goto(base + addresses[name])
                page.screenshot(path=HERE / f"workbench-{name}.png")
        else:
            shoot(page, base, addresses, out)
        browser.close()


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if not a.startswith("--")]
    main(Path("demo/case"), Path(given[0] if given else "demo/pictures"), readme="--readme" in sys.argv)
