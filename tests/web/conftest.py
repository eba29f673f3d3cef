"""A workbench on a copy of the sample case, and a browser that notes whatever it is refused or asks for elsewhere."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from probanda.casework.case import Case
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family
from probanda.web.app import workbench
from probanda.web.atlas import Atlas
from probanda.web.door import Door
from probanda.web.serve import configured, listen
from tests.running import Done


@dataclass(slots=True)
class Served:
    """A workbench that is running."""

    case: Case
    door: Door
    base: str

    def digest(self, number: str) -> str:
        """The item with this registration number."""
        return self.case.store.item(self.case.eyes, number).digest

    def claims(self, number: str) -> list[Claim]:
        """The claims of acts of this item."""
        return [c for c in self.case.claims(item=self.digest(number)) if c.family is Family.ACT]

    def link(self, user: str | None = None) -> str:
        """A new one-time link, for the owner or another user."""
        return f"{self.base}/enter/{self.door.link(user or self.case.eyes.user)}"


TELL = "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective} ${e.blockedURI}`))"
"""What the policy refuses is said in the console, whether the browser says it or not."""


@dataclass(slots=True)
class Seen:
    """What went wrong in the browser: messages of its console, and requests to elsewhere."""

    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@contextmanager
def started(case: Case, atlas: Atlas | None = None) -> Iterator[Served]:
    """The workbench on this case, served from a thread until the block ends."""
    socket = listen("127.0.0.1", 0)
    port = socket.getsockname()[1]
    door = Door.at("127.0.0.1", port)
    server = uvicorn.Server(configured(workbench(case, door, atlas)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Served(case, door, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()
        socket.close()


def watched(context: BrowserContext, served: Served, seen: Seen) -> Page:
    """A page that has come in, with what goes wrong in it noted."""
    context.add_init_script(TELL)
    page = context.new_page()
    page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    own = urlsplit(served.base).netloc
    page.on("request", lambda r: seen.elsewhere.append(r.url) if urlsplit(r.url).netloc != own else None)
    page.goto(served.link())
    return page


@pytest.fixture(scope="module")
def served(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = Path(shutil.copytree(done.folder, tmp_path_factory.mktemp("workbench") / "case"))
    with Case.open(folder) as case, started(case) as served:
        yield served


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def page(browser: Browser, served: Served, seen: Seen) -> Iterator[Page]:
    """A page that has come in; at the end the policy has refused nothing, and nothing was asked for elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield watched(context, served, seen)
    context.close()
    assert seen.elsewhere == []
    assert seen.complaints == []
