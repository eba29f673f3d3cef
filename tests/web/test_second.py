"""Two persons on one claim: who reads second learns nothing of the first; who comes second loses nothing typed."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from probanda import Case
from probanda.access.eyes import Eyes
from probanda.casework import second, users
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family, Status
from probanda.store import second as drawing
from tests.running import Done
from tests.web.conftest import Served, started


class Visit:
    """A browser that came in as one user, without a browser."""

    def __init__(self, served: Served, user: str) -> None:
        self.served, self.cookie, self.user = served, "", user
        self.cookie = self.ask(urlsplit(served.link(user)).path).headers["set-cookie"].split(";")[0]
        self.token = field(self.read("/"), "token")

    def ask(self, path: str, form: dict[str, str] | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(urlsplit(self.served.base).netloc)
        told = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode({**form, "token": self.token})
        connection.request("GET" if form is None else "POST", path, body, told)
        return connection.getresponse()

    def read(self, path: str) -> str:
        return self.ask(path).read().decode()

    @property
    def eyes(self) -> Eyes:
        return self.served.case.store.eyes(self.user).blinded()


def field(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


@pytest.fixture
def served(done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(drawing, "BELOW", "g")
    with Case.open(Path(shutil.copytree(done.folder, tmp_path / "case"))) as case, started(case) as served:
        yield served


def acts(served: Served) -> list[Claim]:
    return [c for c in served.case.claims() if c.family is Family.ACT]


def test_a_second_reader_sees_the_same_pages_whether_or_not_somebody_was_first(served: Served) -> None:
    """Two worlds: in one nobody decided; in the other three claims were rejected, corrected and accepted."""
    case = served.case
    reader = users.added(case.store, case.eyes, "M. Ode", clearances=["restricted"])
    claims = acts(served)[:3]
    item = case.store.item(case.eyes, claims[0].item).number
    paths = ["/", "/second", "/log", "/items", f"/items/{item}", "/search?q=the", "/actors", "/incidents"]
    paths += [f"/items/{case.store.item(case.eyes, c.item).number}/read?claim={c.id}" for c in claims]
    paths += [f"/actors/{a.id}" for a in case.actors()[:6]]

    def world() -> list[tuple[str, str]]:
        visit = Visit(served, reader)
        for_others = [(path, visit.read(path).replace(visit.token, "")) for path in paths]
        return [*for_others, ("/review", visit.ask("/review").headers["location"])]

    Visit(served, reader)  # the first visit has no last one
    before = [(path, re.sub(r'<small class="num">.*?</small>', "", page)) for path, page in world()]
    case.correct(claims[0].id, {"modality": "denied", "places": "the harbour"}, reason="a reason of the first")
    case.reject(claims[1].id)
    case.accept(claims[2].id)
    after = [(path, re.sub(r'<small class="num">.*?</small>', "", page)) for path, page in world()]
    for one, other in zip(before, after, strict=True):
        assert one == other

    visit = Visit(served, reader)  # and a verdict given as on any other claim is the second reading
    seen = field(visit.read(f"/items/{item}/read?claim={claims[0].id}"), "seen")
    assert visit.ask(f"/claims/{claims[0].id}/settle", {"verdict": "reject", "seen": seen}).status == 303
    assert case.store.claim(case.eyes, claims[0].id).status is Status.CORRECTED
    page = visit.read("/second")
    assert "a reason of the first" in visit.read(f"/items/{item}/read?claim={claims[0].id}")
    assert claims[0].id in page
    assert claims[1].id not in page
    told = {"take": "second", "reason": "read together", "seen": field(page, "seen")}
    assert visit.ask(f"/second/{claims[0].id}/settle", told).status == 303
    assert case.store.claim(case.eyes, claims[0].id).status is Status.REJECTED


def test_what_was_typed_is_not_lost_where_somebody_else_was_quicker(served: Served, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "BELOW", "")
    case, claim = served.case, acts(served)[0]
    one = Visit(served, case.eyes.user)
    address = f"/claims/{claim.id}/settle"
    form = {"verdict": "correct", "seen": "", "places": "the old <quay>", "reason": "the map shows it"}
    two = Visit(served, users.added(case.store, case.eyes, "M. Ode", clearances=["restricted"]))
    assert two.ask(address, {"verdict": "reject", "seen": ""}).status == 303
    answer = one.ask(address, form)
    page = answer.read().decode()
    assert answer.status == 409
    assert "Meanwhile M. Ode decided" in page
    assert case.store.claim(case.eyes, claim.id).status is Status.REJECTED
    assert "the old &lt;quay&gt;" in page
    assert field(page, "reason") == "the map shows it"
    assert one.ask(address, {**form, "seen": field(page, "seen")}).status == 303  # asked, and meant
    assert case.store.claim(case.eyes, claim.id).status is Status.CORRECTED


def test_people_links_and_verify_are_the_owners(served: Served) -> None:
    owner = Visit(served, served.case.eyes.user)
    assert owner.ask("/people/add", {"name": "M. Ode", "code": "INV-07", "clearances": ""}).status == 303
    user = users.found(served.case.store, "INV-07")
    page = owner.ask("/people/link", {"user": user}).read().decode()
    (link,) = re.findall(r"/enter/[\w-]+", page)
    assert link not in owner.read("/people")
    assert owner.ask(link).status == 302
    assert owner.ask(link).status == 403
    other = Visit(served, user)
    for path in ("/people", "/verify"):
        assert other.ask(path).status == 409
    assert other.ask("/verify/start", {"how": "full"}).status == 409
    assert owner.ask("/verify/start", {"how": "full"}).status == 303
    while "<progress" in (page := owner.read("/verify")):
        pass
    assert "All is well" in page
    assert owner.ask("/leave", {}).status == 200
    assert owner.ask("/").status == 403


def test_the_overview_tells_what_others_did_since_the_last_visit(served: Served, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "BELOW", "")
    case = served.case
    user = users.added(case.store, case.eyes, "M. Ode", clearances=["restricted"])
    assert "Since your last visit" not in Visit(served, user).read("/")
    for claim in acts(served)[:2]:
        case.accept(claim.id)
    second.settle(case.store, case.store.eyes(user), acts(served)[2].id, "accept")
    page = Visit(served, user).read("/")
    assert "2 claims decided by others" in page
    assert "Nothing new." in Visit(served, user).read("/")
