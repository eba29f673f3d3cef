"""The API: who comes in with what, that it says what the pages say, and that nothing hidden shows through it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote_plus

import msgspec
import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from probanda import Case
from probanda.casework import tokens, users
from probanda.claims.model import Claim
from probanda.cli import main
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.kernel.vocabulary import Family, Status
from probanda.store import counted
from probanda.store import second as drawing
from probanda.web.app import workbench
from probanda.web.desk import Desk, Shop
from probanda.web.door import Door
from probanda.web.narrowing import Narrowed
from probanda.web.pages import figures, incidents, item, items, situation_map, timeline
from tests.running import Done
from tests.web.conftest import started

ROOT = Path(__file__).resolve().parents[2]
PROBLEM = "application/problem+json"


class Api:
    """The API of a case, without a network."""

    def __init__(self, case: Case) -> None:
        self.case, self.door = case, Door(frozenset({"workbench.local"}))
        self.app = workbench(case, self.door)
        self.client = TestClient(self.app, base_url="http://workbench.local")  # type: ignore[arg-type]
        self.number = 0

    def token(self, *scopes: str, user: str | None = None, **more: Any) -> str:
        self.number += 1
        return tokens.made(self.case.store, self.case.eyes, f"{self.number}", scopes, user=user, **more)[1]

    def ask(self, path: str, token: str = "", body: Any = None, **more: Any) -> Any:
        told = {"Authorization": f"Bearer {token}"} if token else {}
        told |= more.pop("headers", {})
        if body is None and not more:
            return self.client.get(f"/api/{path}", headers=told)
        return self.client.post(f"/api/{path}", json=body, headers=told, **more)


class Multipart:
    """A body in the order that it is told in, which libraries do not keep."""

    def __init__(self, *parts: tuple[str, str | None, bytes]) -> None:
        told = [(f'name="{name}"' + (f'; filename="{file}"' if file else ""), data) for name, file, data in parts]
        each = [b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (n.encode(), d) for n, d in told]
        self.body = b"".join([*each, b"--x--\r\n"])

    def head(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=x"}


@pytest.fixture
def case(done: Done, tmp_path: Path) -> Iterator[Case]:
    with Case.open(Path(shutil.copytree(done.folder, tmp_path / "case"))) as case:
        yield case


@pytest.fixture
def api(case: Case) -> Api:
    return Api(case)


def acts(case: Case) -> list[Claim]:
    return [one for one in case.claims() if one.family is Family.ACT]


# --- who comes in ---------------------------------------------------------------------------------


def test_a_token_opens_what_its_scopes_say_until_it_ends(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    store, eyes = api.case.store, api.case.eyes
    token = api.token("read", until="2099-12-31")
    assert api.ask("items", token).status_code == 200
    assert token.rpartition("_")[2] not in json.dumps([dict(d.payload) for d in store.decisions(eyes)])
    assert api.ask("log", token).json()["page"]["lines"][0]["kind"] == "token"
    wrong = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.upper(), "x", ""]
    for words in wrong:
        answer = api.ask("items", words)
        assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
        assert "Marsafa" not in answer.text
    claim = acts(api.case)[0].id
    deed = {"verdict": "accept", "seen": []}
    assert api.ask(f"claims/{claim}/settle", token, deed).status_code == 403
    assert api.ask("token/end", token, {"reason": "done"}).status_code == 204
    assert api.ask("items", token).status_code == 401
    with pytest.raises(WrongUsage):
        tokens.made(store, eyes, "no", ["everything"])
    with pytest.raises(WrongUsage):
        tokens.made(store, eyes, "no", ["read"], until="2001-01-01")
    with pytest.raises(NotFound):
        tokens.ended(store, eyes, "1")  # it has ended already
    until = api.token("read", until="2099-12-31")
    monkeypatch.setattr(tokens, "now", lambda: "2100-01-01T00:00:00.000Z")
    assert api.ask("items", until).status_code == 401


def test_only_the_header_opens_and_only_for_our_own_name(api: Api) -> None:
    token = api.token("read", "decide")
    visit = api.door.enter(api.door.link(api.case.eyes.user))
    assert api.ask("items", headers={"Cookie": f"probanda={visit}"}).status_code == 401
    assert api.ask(f"items?token={token}&access_token={token}").status_code == 401
    for headers, status in (({"Host": "rebound.example"}, 421), ({"Origin": "https://other.example"}, 403)):
        answer = api.ask("verify", token, {}, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


def test_a_token_is_its_users_and_what_takes_in_sees_nothing(api: Api) -> None:
    user = users.added(api.case.store, api.case.eyes, "M. Ode")
    theirs = api.token("read", "decide", user=user)
    assert api.ask("token", theirs).json()["user"] == "M. Ode"
    assert api.ask("verify", theirs).status_code == 403
    claim = next(one for one in acts(api.case) if api.ask(f"claims/{one.id}", theirs).status_code == 200)
    done = api.ask(f"claims/{claim.id}/settle", theirs, {"verdict": "accept", "seen": []})
    assert done.json()["card"]["past"][-1]["by"] == "M. Ode"
    giving = api.token("take-in")
    for path in ("items", "items/MAR-0001", "overview", "log", "search?q=market", f"claims/{claim.id}"):
        assert api.ask(path, giving).status_code == 403
    assert api.ask("taking-in", giving).status_code == 200
    with pytest.raises(NotFound):  # one ends one's own
        tokens.ended(api.case.store, api.case.store.eyes(user), f"{api.number}")


def test_a_token_of_another_device_opens_nothing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    token = api.token("read")
    assert tokens.holder(api.case.store, token) is not None
    api.case.store.start_log(api.case.eyes, "MARB")
    assert tokens.holder(api.case.store, token) is None


def test_the_commands_make_a_token_once_and_end_it(done: Done, tmp_path: Path) -> None:
    folder = str(shutil.copytree(done.folder, tmp_path / "case"))

    def said(*words: str) -> str:
        told = CliRunner().invoke(main.app, ["-C", folder, "token", *words])
        assert told.exit_code == 0, told.output
        return told.stdout

    words = said("add", "weekly figures", "--scope", "read", "--until", "2099-12-31").strip()
    with Case.open(folder) as case:
        held = tokens.holder(case.store, words)
    assert held is not None and (held.name, held.scopes, held.until) == ("weekly figures", ("read",), "2099-12-31")
    (line,) = said("list").splitlines()
    assert words not in line and "weekly figures" in line and "good" in line
    said("end", "weekly figures", "--reason", "the laptop was given back")
    assert json.loads(said("list", "--json"))["ended_at"]
    with Case.open(folder) as case:
        assert tokens.holder(case.store, words) is None


# --- it says what the pages say -------------------------------------------------------------------


def test_an_answer_is_the_record_of_the_page(api: Api) -> None:
    token = api.token("read")
    for path, record in _pages(api):
        told = api.ask(path, token)
        assert told.status_code == 200
        body = told.json()
        assert (body["page"] if set(body) == {"page", "next"} else body) == json.loads(msgspec.json.encode(record))


def _pages(api: Api) -> Iterator[tuple[str, Any]]:
    desk = Desk(Shop(api.case, Lock()), api.case.eyes.user, "")
    one = desk.store.ask(desk.eyes, incidents.listed.page, incidents.INCIDENTS, 1)[0].id
    yield "items?kind=text%2Fplain", items.list_of(desk, {"kind": "text/plain"})
    yield "items/MAR-0003", item.page_of(desk, "MAR-0003")
    yield "incidents", incidents.list_of(desk)
    yield "map?act=killing", situation_map.page_of(desk, Narrowed(act="killing"))
    yield "timeline?span=2031-05", timeline.page_of(desk, Narrowed(), "2031-05")
    yield "figures", figures.page_of(desk, counted.Narrowed())
    yield f"incidents/{one}", incidents.page_of(desk, one)


def walked(api: Api, path: str, token: str, rows: Callable[[Any], list[Any]]) -> tuple[list[Any], int]:
    found, after, pages = list[Any](), "", 0
    while after is not None:
        told = api.ask(f"{path}?after={after}", token).json()
        found, after, pages = found + rows(told["page"]), told["next"], pages + 1
    return found, pages


def test_lists_are_walked_by_their_cursors_and_tell_each_thing_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from probanda.web.api import claims as told
    from probanda.web.pages import actors, log

    for page in (items, actors, incidents, log, told):
        monkeypatch.setattr(page, "PAGE", 3)
    token, case = api.token("read"), api.case
    number = case.store.item(case.eyes, acts(case)[0].item).number
    here = [one.id for one in acts(case) if one.item == acts(case)[0].item]
    expected = {
        "items": {one.number for one in case.items()},
        "actors": {one.id for one in case.actors()},
        "incidents": {one.id for one in case.incidents().incidents},
        "log": {one.id for one in case.store.decisions(case.eyes)},
        f"items/{number}/claims": set(here),
    }
    assert len(here) > 3
    for path, ids in expected.items():
        key = "number" if path == "items" else "id"
        found, pages = walked(api, path, token, lambda page: page["lines"] if isinstance(page, dict) else page)
        assert [len(found), {one[key] for one in found}] == [len(ids), ids], path
        assert pages > 1


def test_a_deed_over_what_was_not_seen_is_refused_and_told_what_stands(api: Api) -> None:
    token, claim = api.token("decide"), acts(api.case)[0].id
    seen = api.ask(f"claims/{claim}", token).json()["seen"]
    assert seen == []
    done = api.ask(f"claims/{claim}/settle", token, {"verdict": "reject", "seen": seen, "reason": "another day"})
    assert (done.status_code, done.json()["claim"]["status"]) == (200, "rejected")
    again = api.ask(f"claims/{claim}/settle", token, {"verdict": "accept", "seen": []})
    assert (again.status_code, again.headers["content-type"]) == (409, PROBLEM)
    (standing,) = again.json()["standing"]
    assert (standing["what"], standing["reason"]) == ("reject", "another day")
    assert [standing["id"]] == done.json()["seen"]
    assert api.ask(f"claims/{claim}/undo", token, {"seen": ["0" * 32]}).status_code == 409
    over = {"verdict": "correct", "seen": [standing["id"]], "changes": {"modality": "threatened"}}
    assert api.ask(f"claims/{claim}/settle", token, over).json()["claim"]["modality"] == "threatened"
    over["changes"] = {"height": "3"}
    assert api.ask(f"claims/{claim}/settle", token, over).status_code in (409, 422)
    for field in ({"whatever": 1}, {"reason": 1}, {"seen": standing["id"]}):
        assert api.ask(f"claims/{claim}/settle", token, over | field).status_code == 400
    assert api.ask("search/names", token, {"names": ["market"], "as_written": 0}).status_code == 400
    back = api.ask(f"claims/{claim}", token).json()
    undone = api.ask(f"claims/{claim}/undo", token, {"seen": back["seen"]}).json()
    assert undone["claim"]["status"] == "rejected"  # what stood before stands again


def test_a_second_reader_is_told_nothing_of_the_first(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "BELOW", "g")
    user = users.added(api.case.store, api.case.eyes, "M. Ode", clearances=["restricted"])
    mine, theirs = api.token("decide"), api.token("decide", user=user)
    claim = acts(api.case)[0].id
    before = api.ask(f"claims/{claim}", theirs).json()
    deed = {"verdict": "reject", "seen": [], "reason": "no such day"}
    assert api.ask(f"claims/{claim}/settle", mine, deed).status_code == 200
    assert api.ask(f"claims/{claim}", theirs).json() == before
    held = api.ask(f"claims/{claim}/settle", mine, deed | {"verdict": "accept"})
    assert held.status_code == 409  # until it was read again, its first reader does not edit it
    done = api.ask(f"claims/{claim}/settle", theirs, {"verdict": "accept", "seen": before["seen"]})
    assert done.status_code == 200


def test_a_cell_is_worked_in_as_it_was_seen(api: Api) -> None:
    token = api.token("decide")
    suggestion = api.ask("hypotheses", token).json()["page"]["suggested"][0]
    opened = api.ask("hypotheses", token, {"reason": "to be looked into", "suggestion": suggestion["id"]})
    chart = opened.json()["chart"]["decided"]["hypothesis"]
    assert (opened.status_code, chart["crime"]) == (201, suggestion["crime"])
    cell = f"matrix/{chart['id']}/1"
    claim = acts(api.case)[0].id
    deed = {"what": [claim], "to": "for", "reason": "it names him", "seen": []}
    put = api.ask(f"{cell}/move", token, deed).json()
    assert claim in [one["entry"]["shown"]["ref"]["id"] for one in put["cell"]["columns"][0]["lines"]]
    late = api.ask(f"{cell}/move", token, deed | {"to": "against"})
    assert (late.status_code, late.json()["standing"][0]["reason"]) == (409, "it names him")
    seen = [one["id"] for one in late.json()["standing"]]
    assert seen == put["seen"].split()
    assert api.ask(f"{cell}/undo", token, {"seen": seen, "decisions": seen}).json()["seen"] == ""
    # what opens a hypothesis is a decision on itself: the log must not go round in it
    assert api.ask(f"log/{chart['id']}/undo", token, {"reason": "another person"}).status_code == 204
    assert api.ask("log", token).json()["page"]["lines"][0]["kind"] == "withdraw"


def test_files_are_given_in_and_originals_leave_a_line_of_custody(api: Api) -> None:
    giving, reading = api.token("take-in"), api.token("read")
    files = [("file", ("letter.txt", b"A letter from the mill of Oren.")), ("file", ("empty.txt", b""))]
    answer = api.ask("items", giving, data={"label": "internal", "source": "by hand"}, files=files)
    kept = answer.json()[0]
    assert (answer.status_code, kept["state"], kept["name"]) == (200, "new", "letter.txt")
    assert api.ask("items", giving, data={"label": "secret"}, files=files).status_code == 422
    assert api.ask("items", giving, data={"label": "internal"}).status_code == 422
    late = Multipart(("file", "late.txt", b"A second letter."), ("label", None, b"restricted"))
    assert api.client.post("/api/items", content=late.body, headers=late.head(giving)).status_code == 422
    assert not [one for one in api.case.items() if one.doc == "late.txt"]
    assert api.ask(f"items/{kept['number']}/original", reading, {"reason": " "}).status_code == 422
    taken = api.ask(f"items/{kept['number']}/original", reading, {"reason": "to compare"})
    assert taken.content == files[0][1][1]
    line = api.case.store.history(api.case.eyes, kept["digest"])[-1]
    assert (line.payload["what"], line.payload["method"], line.reason) == ("viewed", "the API", "to compare")


# --- what is hidden is not there ------------------------------------------------------------------


def test_what_lies_behind_a_wall_is_as_if_it_were_not_there(api: Api) -> None:
    case = api.case
    user = users.added(case.store, case.eyes, "M. Ode")
    theirs, mine = api.token("decide", user=user), api.token("read")
    claim = acts(case)[0]
    row = case.store.item(case.eyes, claim.item)
    before = api.ask("items", theirs).json()["page"]["found"]
    assert api.ask(f"items/{row.number}", theirs).status_code == 200
    case.label(row.number, "restricted", reason="a witness speaks")
    assert api.ask("items", theirs).json()["page"]["found"] == before - 1
    parts = [f"items/{{}}{part}" for part in ("", "/text", "/claims", "/custody", "/proofs", "/pages/1", "/look")]
    for part in [*parts, "graph/items/{}"]:
        hidden, unknown = (api.ask(part.format(name), theirs) for name in (row.number, "MAR-9999"))
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.text.replace(row.number, "X") == unknown.text.replace("MAR-9999", "X")
    assert api.ask(f"items/{row.number}/original", theirs, {"reason": "why not"}).status_code == 404
    deed = {"verdict": "accept", "seen": []}
    twice = {"take": "first", "seen": []}
    for path, body in (("", None), ("/settle", deed), ("/undo", {"seen": []})):
        assert api.ask(f"claims/{claim.id}{path}", theirs, body).status_code == 404
    assert api.ask(f"second/{claim.id}", theirs, twice).status_code == 404
    quote = claim.quote.replace('"', "")
    for token, there in ((mine, True), (theirs, False)):
        every = api.ask("items", token).text + api.ask("log", token).text + api.ask("claims/queue?most=100", token).text
        found = api.ask("search?written=true&q=" + quote_plus(f'"{quote}"'), token)
        assert (row.number in every + found.text) is there


# --- the document ---------------------------------------------------------------------------------


def test_the_document_tells_every_operation_and_every_answer(api: Api) -> None:
    told = api.client.get("/api/openapi.json").json()
    operations = [one for path in told["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names)) > 30
    for one in operations:
        assert {"400", "401", "403", "404", "409", "413", "422"} <= set(one["responses"])
        assert one["security"] == [{"token": []}]
        assert one["description"]
    assert api.ask("items?langauge=fr", api.token("read")).status_code == 400  # would have narrowed nothing
    for path in ("nowhere", "items/MAR-0001/nowhere", ""):
        assert api.ask(path).headers["content-type"] == PROBLEM
    answer = api.client.delete("/api/items")
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "POST"}
    large = api.ask("search/names", api.token("read"), {"names": ["x" * 150] * 10_000})
    assert large.status_code == 413


def test_what_no_library_sends_is_refused_as_anything_else(api: Api) -> None:
    token = api.token("read")
    told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    bodies = (b"[" * 100_000, b'{"names": ["\xff"]}', b'{"names": ["\\ud800"]}', b"", b"null", b"{")
    for body in bodies:
        answer = api.client.post("/api/search/names", content=body, headers=told)
        assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)
    for path in ("items/%00", "items/%ff", "claims/%F0%9F%A6%89", "items/MAR-0001/pages/99999999999", "actors/..%2f.."):
        answer = api.ask(path, token)
        assert (answer.status_code, answer.headers["content-type"]) in ((404, PROBLEM), (400, PROBLEM))
    for query in (
        "search?q=%00",
        "search?q=%ff",
        "items?after=%00",
        "actors?q=%00",
        "log?by=%ff",
        "map?at=nan/nan/nan",
    ):
        assert api.ask(query, token).status_code in (200, 400, 422), query


def test_a_bug_is_told_without_a_word_of_the_program(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(items, "list_of", lambda *told: 1 // 0)
    client = TestClient(api.app, base_url="http://workbench.local", raise_server_exceptions=False)  # type: ignore[arg-type]
    answer = client.get("/api/items", headers={"Authorization": f"Bearer {api.token('read')}"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "Zero" not in answer.text
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_page_on_the_api_does_what_it_says(case: Case) -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", page, re.S)
    with started(case) as served:
        _, words = tokens.made(case.store, case.eyes, "the page", ["decide", "take-in"])
        told = {"PROBANDA_URL": served.base, "PROBANDA_TOKEN": words}
        run = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ | told
        )
        lines = run.stdout.splitlines()
        assert len(lines) == len(case.incidents().incidents) + 1
        assert " unsure " in lines[-1]
        assert any(one.status is Status.UNSURE for one in case.claims())
        document = json.loads(_curl(served.base, f"curl {served.base}/api/openapi.json", words))
        for command in re.findall(r"^curl .*$", page, re.M):
            assert _curl(served.base, command, words)
        named = set(re.findall(r"`(/api/[^`\s]*)`", page)) - {"/api/openapi.json"}
    shapes = [re.sub(r"\{[^}]*\}", "[^/]+", path) for path in document["paths"]]
    assert [one for one in named if not any(re.fullmatch(shape, one) for shape in shapes)] == []


def _curl(base: str, command: str, token: str) -> bytes:
    """What a line of the page asks for, asked without that program."""
    import httpx

    words = [word.replace("$TOKEN", token).replace("http://127.0.0.1:8321", base) for word in shlex.split(command)[1:]]
    header = next((words[n + 1] for n, word in enumerate(words) if word == "-H"), "X: x").split(": ", 1)
    fields = dict(words[n + 1].split("=", 1) for n, word in enumerate(words) if word == "-F")
    files = {key: (value[1:], b"A letter.") for key, value in fields.items() if value.startswith("@")}
    data = {key: value for key, value in fields.items() if key not in files}
    answer = httpx.request("POST" if files else "GET", words[-1], headers=[tuple(header)], data=data, files=files)
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_user_makes_and_ends_tokens_on_a_page_while_the_server_is_open(api: Api) -> None:
    visit = api.door.enter(api.door.link(api.case.eyes.user))
    cookie = {"Cookie": f"probanda={visit}"}
    page = api.client.get("/tokens", headers=cookie).text
    form = {"token": page.split('name="token" value="')[1].split('"')[0], "name": "the nightly run", "scope": "read"}
    answer = api.client.post("/tokens/add", data=form, headers=cookie)
    token = re.findall(r"probanda_[0-9a-f]{32}_[\w-]{43}", answer.text)[0]
    assert token not in api.client.get("/tokens", headers=cookie).text
    assert api.ask("items", token).status_code == 200
    id_ = token.split("_")[1]
    assert api.client.post(f"/tokens/{id_}/end", data=form, headers=cookie, follow_redirects=False).status_code == 303
    assert api.ask("items", token).status_code == 401
