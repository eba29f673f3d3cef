"""Looking and listening: ranges of a recording, asked for and logged; parts and regions observed in a browser."""

from __future__ import annotations

import http.client
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from probanda import Case
from probanda.casework import custody, tokens
from probanda.web import ranges
from tests.reading.test_sound_video import scene
from tests.web.conftest import Seen, Served, started
from tests.web.crawl import come_in
from tests.web.test_every_page import serious

TALK = (
    "WEBVTT\n\n00:00:02.000 --> 00:00:06.000\nOn 9 June 2031 soldiers arrested nine fishermen at Orsa.\n\n"
    "00:00:20.000 --> 00:00:31.000\nThey burned three boats.\n"
)
BEATING = "Soldiers of the Coast Guard Brigade beat two fishermen with rifle butts."
FIRE = "Soldiers burned a school in Delma."


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty seconds of stripes, which any build of the browser can play."""
    out = tmp_path_factory.mktemp("film") / "jetty.webm"
    made = "testsrc=duration=40:size=96x64:rate=2"
    command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", made, "-c:v", "libvpx", "-g", "4", str(out)]
    subprocess.run(command, check=True)
    return out


@pytest.fixture(scope="module")
def served(film: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """OBS-0001 a film, OBS-0002 its transcript, OBS-0003 a picture, OBS-0004 a film of a kind that is not played."""
    folder = tmp_path_factory.mktemp("player")
    shutil.copy(film, folder / "a-jetty.webm")
    (folder / "a-jetty.vtt").write_text(TALK)
    (folder / "gate.jpg").write_bytes(scene())
    (folder / "old.flv").write_bytes(b"FLV\x01" + bytes(40))
    with Case.new(folder / "case", prefix="OBS", name="M. Ode") as case:
        for name in ("a-jetty.webm", "a-jetty.vtt", "gate.jpg", "old.flv"):
            case.add([folder / name])
        case.read(workers=1)
        with started(case) as running:
            yield running


# Ranges -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None), ("bytes=0-", (0, 100)), ("bytes=10-19", (10, 20)), ("bytes=90-500", (90, 100)),
        ("bytes=-7", (93, 100)), ("bytes=-700", (0, 100)), ("BYTES=99-99", (99, 100)),
        ("bytes=0-1,5-6", None), ("bytes=5-2", None), ("bytes=-", None), ("lines=0-1", None), ("bytes=²-3", None),
    ],
)  # fmt: skip
def test_one_range_is_understood_and_anything_else_is_answered_with_the_whole(
    header: str | None, found: tuple[int, int] | None
) -> None:
    assert ranges.asked(header, 100) == found


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_a_range_behind_the_end_is_refused(header: str, size: int) -> None:
    with pytest.raises(ranges.BeyondTheEnd):
        ranges.asked(header, size)


def test_no_answer_to_a_range_is_long() -> None:
    assert ranges.asked("bytes=5-", 1 << 40) == (5, 5 + ranges.MOST)


def asked(served: Served, cookie: str, number: str, wanted: str = "") -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    headers = {"Cookie": cookie, **({"Range": wanted} if wanted else {})}
    connection.request("GET", f"/items/{number}/media", headers=headers)
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.needs("ffmpeg")
def test_bytes_leave_only_when_asked_for_and_custody_says_so(served: Served, film: Path) -> None:
    cookie = come_in(served)
    assert asked(served, cookie, "OBS-0001")[0].status == 409
    token = served.door.visit(cookie.partition("=")[2])
    assert token is not None
    connection = http.client.HTTPConnection(urlsplit(served.base).netloc)
    for reason, status in (("", 409), ("to describe it", 303)):
        body = f"token={token.token}&reason={reason.replace(' ', '+')}"
        connection.request("POST", "/items/OBS-0001/play", body, {
            "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    line = custody.chain(served.case.store, served.case.eyes, "OBS-0001")[-1]
    logged = served.case.store.history(served.case.eyes, served.digest("OBS-0001"))
    assert (line.what, line.note) == ("viewed", "played in a browser")
    assert [one.reason for one in logged if one.kind == custody.CUSTODY] == ["to describe it"]
    held = film.read_bytes()
    answer, body = asked(served, cookie, "OBS-0001", "bytes=100-199")
    assert (answer.status, body) == (206, held[100:200])
    assert answer.headers["content-range"] == f"bytes 100-199/{len(held)}"
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("video/webm", "nosniff")
    assert "sandbox" in answer.headers["content-security-policy"]
    answer, body = asked(served, cookie, "OBS-0001")
    assert (answer.status, answer.headers["accept-ranges"], body) == (200, "bytes", held)
    answer, body = asked(served, cookie, "OBS-0001", f"bytes={len(held)}-")
    assert (answer.status, answer.headers["content-range"], body) == (416, f"bytes */{len(held)}", b"")
    assert asked(served, come_in(served), "OBS-0001")[0].status == 409  # another visit has not asked
    assert asked(served, cookie, "OBS-0004")[0].status == 409  # a kind that no browser plays


# In a browser -------------------------------------------------------------------------------------


def drag(page: Page, box: tuple[float, float, float, float]) -> None:
    """A region drawn over the picture: left, top, right, bottom as parts of it."""
    page.keyboard.press("b")
    over = page.locator("svg.over")
    over.scroll_into_view_if_needed()
    frame = over.bounding_box()
    assert frame is not None
    x, y, wide, high = (frame[key] for key in ("x", "y", "width", "height"))
    page.mouse.move(x + box[0] * wide, y + box[1] * high)
    page.mouse.down()
    page.mouse.move(x + box[2] * wide, y + box[3] * high)
    page.mouse.up()
    page.keyboard.press("b")


def recorded(page: Page, words: str) -> str:
    """The observation sent; the number of the item that it became."""
    page.locator("textarea[name=words]").fill(words)
    with page.expect_navigation(url="**/read"):
        page.locator("#observe button:not([type])").click()
    return page.url.split("/")[-2]


def at(page: Page, seconds: float) -> None:
    """As if it had been played so far."""
    page.evaluate("at => { document.querySelector('video').currentTime = at; }", seconds)
    page.wait_for_function("at => Math.abs(document.querySelector('video').currentTime - at) < 0.1", arg=seconds)


@pytest.mark.needs("ffmpeg")
def test_a_part_of_a_film_is_observed_by_keys(page: Page, served: Served) -> None:
    """In the layout from right to left, where time and pixels still run from the left."""
    page.context.add_cookies([{"name": "lang", "value": "ar", "url": served.base}])
    page.goto(f"{served.base}/items/OBS-0001")
    page.locator("a[href$='/look']").click()
    assert page.locator("video").count() == 0  # nothing is loaded before it is asked for
    with page.expect_navigation():
        page.locator("form[action$='/play'] button").click()
    page.wait_for_function("document.querySelector('video')?.readyState > 0")
    assert page.evaluate("document.querySelector('video').muted && document.querySelector('video').paused")
    page.locator(".lines a[href*='00:00:20']").click()
    page.wait_for_function("document.querySelector('video').currentTime === 20")
    expect(page.locator(".lines li[aria-current]")).to_contain_text("They burned three boats.")
    for key, seconds in (("i", 12), ("o", 31)):
        at(page, seconds)
        page.keyboard.press(key)
    drag(page, (0.25, 0.25, 0.75, 0.5))
    assert serious(page) == []
    seen = recorded(page, BEATING)
    claim = next(c for c in served.claims(seen) if "beat two fishermen" in c.quote)
    assert claim.locator is not None and claim.locator.time == "00:00:12.000-00:00:31.000"
    assert claim.locator.box == (24, 16, 72, 32) and claim.speakers[-1].words == "M. Ode"
    expect(page.locator("#make")).to_be_visible()  # a claim of one's own can be made of its words
    page.locator(".head a[href*='/look?at=']").click()  # back to the part
    assert page.locator("input[name=start]").input_value() == "00:00:12"  # the same without a key or a script
    expect(page.locator(f"#seen a[href='/items/{seen}/read']")).to_be_visible()


@pytest.mark.needs("ffmpeg")
def test_a_region_of_a_picture_is_observed_on_a_telephone(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{served.base}/items/OBS-0003/look")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    drag(page, (0.1, 0.2, 0.5, 0.6))
    page.locator("select[name=language]").select_option("en")  # too short to tell
    seen = recorded(page, FIRE)
    claim = next(c for c in served.claims(seen) if "burned a school" in c.quote)
    assert claim.locator is not None and claim.locator.box == (40, 60, 200, 180) and claim.locator.time is None


@pytest.mark.needs("ffmpeg")
def test_what_cannot_be_recorded_comes_back_as_it_was_typed(page: Page, served: Served, seen: Seen) -> None:
    page.goto(f"{served.base}/items/OBS-0003/look")
    page.locator("input[name=left]").fill("10")
    page.locator("textarea[name=words]").fill(FIRE)
    page.locator("#observe button:not([type])").click()
    assert "four numbers" in page.locator("[role=alert]").inner_text()
    assert page.locator("textarea[name=words]").input_value() == FIRE
    assert page.locator("input[name=left]").input_value() == "10"
    seen.complaints.clear()  # the console notes the refusal that is meant here


def test_a_program_records_what_a_person_saw_and_sees_what_the_page_shows(served: Served) -> None:
    _, words = tokens.made(served.case.store, served.case.eyes, "observing", ["decide"])
    told = {"Authorization": f"Bearer {words}"}
    sent = {"words": "A gate of iron.", "region": "1,1,20,20", "by": "O-17"}
    address = f"{served.base}/api/items/OBS-0003"
    beyond = httpx.post(f"{address}/observations", headers=told, json=sent | {"region": "9000,9000,5,5"})
    assert beyond.status_code == 422
    made = httpx.post(f"{address}/observations", headers=told, json=sent)
    assert made.status_code == 201
    seen = httpx.get(f"{address}/look", headers=told).json()["seen"]
    assert [1, 1, 20, 20] in [one["box"] for one in seen if one["number"] == made.json()["number"]]
    assert httpx.get(f"{served.base}/api/items/OBS-0001/look", headers=told).json()["lines"][0]["claims"]
