"""Who comes in, and what is refused at the door (ASSURANCE T37, T41)."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from probanda.web.door import HEADERS, Door, from_elsewhere
from tests.running import Done
from tests.web.conftest import Served


def ask(
    served: Served, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    connection.request(method, path, body, headers or {})
    return connection.getresponse()


def come_in(served: Served) -> str:
    """A cookie of a visit."""
    answer = ask(served, "GET", urlsplit(served.link()).path)
    assert answer.status == 302
    return answer.headers["set-cookie"].split(";")[0]


def test_a_link_is_good_once(served: Served) -> None:
    path = urlsplit(served.link()).path
    first = ask(served, "GET", path)
    assert first.status == 302
    assert "httponly" in first.headers["set-cookie"].lower()
    assert "set-cookie" not in ask(served, "GET", path).headers
    assert ask(served, "GET", path).status == 403


@pytest.mark.parametrize(
    "path", ["/", "/items", "/items/MAR-0002", "/items/MAR-0002/read", "/log", "/taking-in", "/taking-in/arrived"]
)
def test_nothing_is_shown_without_a_visit(served: Served, path: str) -> None:
    answer = ask(served, "GET", path)
    assert answer.status == 403
    assert b"Marsafa" not in answer.read()
    assert ask(served, "GET", path, {"Cookie": "probanda=invented"}).status == 403
    assert ask(served, "GET", path, {"Cookie": come_in(served)}).status == 200


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_is_refused_before_any_page(served: Served, host: str) -> None:
    answer = ask(served, "GET", "/", {"Host": host, "Cookie": come_in(served)})
    assert answer.status == 421 or (host == "" and answer.status == 400)


def test_a_page_of_another_origin_changes_nothing(served: Served) -> None:
    cookie = come_in(served)
    claim = served.case.claims()[0].id
    before = served.case.store.decision_count
    form = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for headers in (
        {"Origin": "https://other.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = ask(served, "POST", f"/claims/{claim}/settle", form | headers, urlencode({"verdict": "reject"}))
        assert answer.status == 403
    for body in ({"verdict": "reject"}, {"verdict": "reject", "token": "invented"}):
        assert ask(served, "POST", f"/claims/{claim}/settle", form, urlencode(body)).status == 403
    assert ask(served, "GET", f"/claims/{claim}/settle?verdict=reject", {"Cookie": cookie}).status in (404, 405)
    assert served.case.store.decision_count == before


@pytest.mark.parametrize("path", ["/", "/items", "/static/style.css", "/nowhere", "/items/NO-1", "/enter/x"])
def test_every_answer_bears_the_headers(served: Served, path: str) -> None:
    for cookie in ({}, {"Cookie": come_in(served)}):
        answer = ask(served, "GET", path, cookie)
        assert {k: answer.headers[k] for k in HEADERS} == HEADERS
        assert "server" not in answer.headers or "uvicorn" not in answer.headers["server"]
    assert "unsafe-inline" not in HEADERS["content-security-policy"]


def test_an_error_says_what_to_do_and_nothing_of_the_program(served: Served) -> None:
    answer = ask(served, "GET", "/items/NO-1", {"Cookie": come_in(served)})
    page = answer.read().decode()
    assert answer.status == 404
    assert "No item NO-1 here" in page
    assert "Traceback" not in page


def test_a_choice_leads_back_to_our_own_pages_only(served: Served) -> None:
    cookie = come_in(served)
    token = ask(served, "GET", "/", {"Cookie": cookie}).read().decode().split('name="token" value="')[1].split('"')[0]
    form = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for back, to in (("//other.example/", "/"), ("https://other.example", "/"), ("/log", "/log")):
        answer = ask(served, "POST", "/choose", form, urlencode({"token": token, "lang": "ar", "back": back}))
        assert (answer.status, answer.headers["location"]) == (303, to)


def test_what_a_browser_tells_of_where_it_comes_from() -> None:
    assert not from_elsewhere(None, "same-origin", "127.0.0.1:80")
    assert not from_elsewhere(None, None, "127.0.0.1:80")
    assert not from_elsewhere("http://127.0.0.1:80", None, "127.0.0.1:80")
    assert from_elsewhere("http://127.0.0.1:81", None, "127.0.0.1:80")
    assert from_elsewhere("null", None, "127.0.0.1:80")
    assert Door.at("::1", 80).is_ours("[::1]:80")


def test_the_command_prints_its_link_alone_on_one_line(done: Done) -> None:
    words = [sys.executable, "-m", "probanda.cli.main", "-C", str(done.folder), "serve", "--no-browser"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        link = run.stdout.readline()
        split = urlsplit(link.strip())
        assert split.hostname == "127.0.0.1"
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection(split.netloc)
                connection.request("GET", split.path)
                break
            except ConnectionError:
                time.sleep(0.05)
        assert connection.getresponse().status == 302
        run.terminate()
        assert run.stdout.read() == ""


def test_an_open_address_needs_a_certificate_or_an_explicit_word(done: Done, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "probanda.cli.main", "-C", str(done.folder), "serve", "--host", "0.0.0.0"]  # noqa: S104
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2
    assert "certificate" in run.stderr
    assert run.stdout == ""
