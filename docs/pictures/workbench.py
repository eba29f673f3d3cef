"""Take pictures of every page of the workbench: `make demo`, then `.venv/bin/python docs/pictures/workbench.py [OUT]`.

Wide and narrow, light and dark, English and Arabic, of a case in which two people worked, and of one that is empty;
what people print as PDF; into OUT (default: `demo/pictures`), to be looked at before a change goes out. With
`--readme` the four that the README shows are written beside this file; `--case=FOLDER` names another case. Needs
Chromium.
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
from probanda.casework import hypothesizing, matrix_decided, second, users
from probanda.kernel.vocabulary import Family

HERE = Path(__file__).resolve().parent
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
LOOKS = (("en", "light"), ("en", "dark"), ("ar", "light"))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The one-time link of a workbench on this case, as the command prints it."""
    command = [sys.executable, "-m", "probanda.cli.main", "-C", str(folder), "serve", "--no-browser"]
    command += ["--places", str(HERE.parents[1] / "examples" / "marsafa-places.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603
        yield (run.stdout.readline() if run.stdout else "").strip()
        run.terminate()


def worked_on(folder: Path, copy: Path) -> Path:
    """A copy of the case in which two people have worked a little, so that no page is empty: claims settled until two
    are drawn for a second reading, of which one is read otherwise."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with Case.open(copy) as case:
        other = users.added(case.store, case.eyes, "M. Ode", clearances=["restricted"])
        waiting = [c.id for c in case.claims() if c.family is Family.ACT]
        while waiting and len(drawn := second.state(case.store, case.eyes).waiting) < 2:
            case.accept(waiting.pop(0))
        case.reject(waiting.pop(0), reason="the text speaks of another day")
        eyes = case.store.eyes(other).blinded()
        second.settle(case.store, eyes, drawn[0], "reject", reason="it is a complaint")
        one = max(case.matrix(), key=lambda s: (sum(len(c.supporting) + len(c.against) for c in s.cells), s.id))
        hypothesizing.open_(case.store, case.eyes, "to be looked at with both columns", suggestion=one.id)
    return copy


def pages(folder: Path) -> dict[str, str]:
    """Every page by name: the largest incident, a person with several forms of the name, an item in each direction."""
    with Case.open(folder, writing=False) as case:
        items = [i for i in case.items() if i.text_digest]
        english = next(i for i in items if i.language == "en" and len(case.claims(item=i.digest)) > 2)
        arabic = next((i for i in items if i.language == "ar"), english)
        printed = next(i for i in case.items() if i.media_type == "application/pdf")
        incident = max(case.store.incidents(case.eyes) or (), key=lambda i: (len(i.claims), i.id))
        hypothesis = matrix_decided.decided(case.store, case.eyes)[0].hypothesis.id
        people = [a for a in case.actors() if a.kind == "person"]
        person = max(people, key=lambda a: (len(a.variants), a.id))
        other = min((a for a in people if a.id != person.id), key=lambda a: a.id)
    return {
        "overview": "/", "items": "/items", "items-narrowed": "/items?language=en&reading=read",
        "item": f"/items/{english.number}", "item-printed": f"/items/{printed.number}",
        "proofs": f"/items/{english.number}/proofs", "sheet": f"/items/{english.number}/sheet",
        "taking-in": "/taking-in", "arrived": "/taking-in/arrived",
        "reader": f"/items/{english.number}/read", "reader-arabic": f"/items/{arabic.number}/read",
        "correct": f"/items/{english.number}/read?edit=true",
        "ask": "/search", "search": "/search?q=market", "search-narrowed": "/search?q=market&language=en",
        "nothing": "/search?q=zzz", "batch": "/search/list",
        "actors": "/actors", "actor": f"/actors/{person.id}", "beside": f"/actors/{person.id}/beside?other={other.id}",
        "incidents": "/incidents", "incident": f"/incidents/{incident.id}",
        "map": "/map", "map-unplaced": "/map?spot=none", "timeline": "/timeline", "month": "/timeline?span=2031-05",
        "charts": "/chain", "chain": f"/chain/{person.id}", "there": f"/incidents/{incident.id}/there",
        "graph": f"/graph/actors/{person.id}", "graph-item": f"/graph/items/{english.number}",
        "graph-incident": f"/graph/incidents/{incident.id}",
        "hypotheses": "/hypotheses", "matrix": f"/matrix/{hypothesis}", "cell": f"/matrix/{hypothesis}/1",
        "figures": "/figures", "figures-narrowed": "/figures?act=killing",
        "log": "/log", "log-narrowed": "/log?kind=settle", "log-nothing": "/log?kind=none",
        "second": "/second", "people": "/people", "verify": "/verify", "error": "/items/NONE-0000",
    }  # fmt: skip


EMPTY = {"overview": "/", "items": "/items", "search": "/search?q=mill", "actors": "/actors",
         "incidents": "/incidents", "log": "/log", "second": "/second", "arrived": "/taking-in/arrived"}  # fmt: skip
"""What is looked at in a case that holds nothing."""
PRINTED = ("reader", "item", "sheet", "incident")
"""Pages that people print."""


def by_hand(page: Page, base: str) -> None:
    """What only a form does: a search saved, a run of `verify`."""
    page.goto(f"{base}/search?q=market")
    page.locator("form[action$=keep] button").first.click()
    page.goto(f"{base}/verify")
    page.locator("form[action$=start] button").first.click()
    page.wait_for_timeout(3000)


def list_of_names(page: Page, base: str) -> None:
    """The table of a list of names."""
    page.goto(f"{base}/search/list")
    page.locator("textarea").fill("Rasmina\nNobody of that name\nBelkor")
    page.locator("form[action$=found] button.first").click()
    page.wait_for_load_state()


def shoot(page: Page, base: str, addresses: dict[str, str], out: Path) -> None:
    """Each page in each look and size, as a picture; a page wider than its window is said."""
    out.mkdir(parents=True, exist_ok=True)
    for language, theme in LOOKS:
        page.context.add_cookies([
            {"name": name, "value": value, "url": base} for name, value in (("lang", language), ("theme", theme))
        ])  # fmt: skip
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for name, address in addresses.items():
                if name == "batch":
                    list_of_names(page, base)
                else:
                    page.goto(base + address, wait_until="networkidle")
                page.screenshot(path=out / f"{name}-{language}-{theme}-{size}.png", full_page=True)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    print(f"{name} {language} {theme} {size}: wider than its window")


def print_out(page: Page, base: str, addresses: dict[str, str], out: Path) -> None:
    """The pages that people print, as PDF."""
    for name in PRINTED:
        page.goto(base + addresses[name])
        page.pdf(path=out / f"{name}.pdf", format="A4")


@contextmanager
def visited(folder: Path) -> Iterator[tuple[Page, str]]:
    """A page that has come in to a workbench on this case, and the address of the server."""
    with served(folder) as link, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(link)
        yield page, "{0.scheme}://{0.netloc}".format(urlsplit(link))
        browser.close()


def for_readme(page: Page, base: str, addresses: dict[str, str]) -> None:
    """The four of the README."""
    page.set_viewport_size({"width": 1280, "height": 800})
    for name, language in (("reader", "en"), ("incident", "en"), ("reader-arabic", "ar"), ("actor", "en")):
        page.context.add_cookies([{"name": "lang", "value": language, "url": base}])
        page.goto(base + addresses[name])
        page.screenshot(path=HERE / f"workbench-{name}.png")


def main(folder: Path, out: Path, *, readme: bool) -> None:
    """All pictures, or the four of the README."""
    if readme:
        with visited(folder) as (page, base):
            return for_readme(page, base, pages(folder))
    worked = worked_on(folder, out / "case")
    addresses = pages(worked)
    with visited(worked) as (page, base):
        by_hand(page, base)
        shoot(page, base, addresses, out)
        print_out(page, base, addresses, out)
    shutil.rmtree(empty := out / "empty", ignore_errors=True)
    with Case.new(empty / "case", situation="Oren", prefix="ORN"):
        pass
    with visited(empty / "case") as (page, base):
        shoot(page, base, EMPTY, empty)


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if not a.startswith("--")]
    demo = next((Path(a.partition("=")[2]) for a in sys.argv if a.startswith("--case=")), Path("demo/case"))
    main(demo, Path(given[0] if given else "demo/pictures"), readme="--readme" in sys.argv)
