"""Map and timeline as a person uses them: by keyboard, by lasting addresses, with hostile words, with a base map."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from probanda.casework.case import Case
from probanda.kernel.errors import WrongUsage
from probanda.reports.mercator import Window
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.many import insert_many
from probanda.web.atlas import Atlas
from probanda.web.tiles import Tiles
from tests.running import Done
from tests.web.conftest import Seen, Served, started, watched
from tests.web.crawl import come_in, fetch

OWN = Path(__file__).parents[2] / "examples" / "marsafa-places.csv"
HOSTILE = "<img src=x onerror=window.__ran=1>\u202e\"'&"
HOME = "the house of the miller"


def base_map(path: Path, kind: TileType = TileType.PNG) -> Path:
    """Tiles of zooms 0 and 1; one of them is a page, not a picture."""
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "#cde").save(picture, "PNG")
    with path.open("wb") as out:
        writer = Writer(out)
        for zoom, x, y in ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 0, 1)):
            told = b"<script>window.__ran=1</script>" if (zoom, x, y) == (1, 1, 0) else picture.getvalue()
            writer.write_tile(zxy_to_tileid(zoom, x, y), told)
        head: dict[str, Any] = {
            "tile_type": kind, "tile_compression": Compression.NONE, "min_lon_e7": -1_800_000_000,
            "min_lat_e7": -850_000_000, "max_lon_e7": 1_800_000_000, "max_lat_e7": 850_000_000, "center_zoom": 0,
            "center_lon_e7": 0, "center_lat_e7": 0,
        }  # fmt: skip
        writer.finalize(head, {})
    return path


@pytest.fixture(scope="module")
def on_a_map(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample case with positions of its places, a base map, and two more incidents: one hostile, one at a home."""
    folder = tmp_path_factory.mktemp("map")
    places = folder / "places.csv"
    named = HOSTILE.replace('"', '""')
    more = f'"{named}",31.1,-41.9,4,town,Marsafa\n{HOME},30.4817,-40.2039,1,home,\n'
    places.write_text(OWN.read_text("utf-8") + more, "utf-8")
    with Case.open(Path(shutil.copytree(done.folder, folder / "case"))) as case:
        rows = [
            {
                "sight": case.store.owner.sight, "list": "incident", "place": "2031-05-09 x", "id": id_,
                "kind": "killing", "forms": "", "told": to_json({"title": f"Killing · {place}, May",
                "from": "2031-05-01", "to": "2031-05-31", "places": [place], "claims": 1, "says": "", "versions": 1}),
            }
            for id_, place in (("f" * 64, HOSTILE), ("e" * 64, HOME))
        ]  # fmt: skip
        with case.store._writing() as connection:
            insert_many(connection, t.line, rows)
        with started(case, Atlas.of(places, base_map(folder / "own.pmtiles"))) as served:
            yield served


def followed_by_key(page: Page, served: Served, lang: str) -> None:
    """From the map into a mark, to an incident, and back; nearer, aside, to the same on the timeline."""
    page.context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    page.goto(f"{served.base}/map?since=2031-05&until=2031-05")
    page.locator(".atlas").focus()
    words = ""
    for _ in range(5):
        page.keyboard.press("Tab")
        words = page.locator(".atlas-svg a:focus").get_attribute("aria-label") or ""
        if "Rasmina" in words:
            break
    assert "Rasmina" in words
    with page.expect_navigation():
        page.keyboard.press("Enter")
    first = page.locator("#list tbody a").first
    title = first.inner_text()
    first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/incidents/" in page.url
    assert page.locator("h1").inner_text() == title
    page.go_back()
    before = page.locator(".atlas").get_attribute("data-lon") or ""
    zoom = page.locator(".atlas").get_attribute("data-zoom")
    page.keyboard.press("+")
    expect(page.locator(".atlas")).to_have_attribute("data-zoom", str(int(zoom or "0") + 1))
    assert parse_qs(urlsplit(page.url).query)["since"] == ["2031-05"]
    page.locator(".atlas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".atlas")).not_to_have_attribute("data-lon", before)
    assert float(page.locator(".atlas").get_attribute("data-lon") or "") > float(before)
    assert page.locator(".atlas").evaluate("e => e === document.activeElement"), "the next arrow goes on from there"
    page.go_back()
    expect(page.locator(".atlas")).to_have_attribute("data-lon", before)
    with page.expect_navigation():
        page.locator(".head a").click()
    assert parse_qs(urlsplit(page.url).query) == {"since": ["2031-05"], "until": ["2031-05"]}
    page.locator("a[href*='span=2031-05']").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".lanes-svg a[href*='span=2031-05-11']").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#list tbody tr").count() >= 2


def test_an_incident_is_found_on_the_map_by_keyboard(on_a_map: Served, browser: Browser, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, on_a_map, seen)
    for lang in ("en", "ar"):
        followed_by_key(page, on_a_map, lang)
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    page.goto(f"{on_a_map.base}/map?at=1/20/0")  # the tile that is a page is no picture, and nothing else
    page.wait_for_load_state("networkidle")
    page.goto(f"{on_a_map.base}/timeline?span=2031-05")
    assert page.evaluate("window.__ran") is None
    context.close()
    assert seen.elsewhere == []
    assert [one for one in seen.complaints if "404" not in one] == []


def test_names_are_words_and_homes_are_shown_as_districts(on_a_map: Served) -> None:
    cookie = come_in(on_a_map)
    shown = fetch(on_a_map, f"/map?place={quote(HOSTILE)}", cookie).body
    assert "&lt;img src=x" in shown and "<img src=x" not in shown
    home = fetch(on_a_map, f"/map?place={quote(HOME)}", cookie).body
    assert "a district that is not named" in home and "a home, shown no finer than its district" in home
    assert "30.481" not in home and "40.203" not in home, "neither the place nor anything it could be found by"


def test_what_has_no_place_or_no_day_is_counted_and_listed(on_a_map: Served) -> None:
    cookie = come_in(on_a_map)
    whole = fetch(on_a_map, "/map", cookie).body
    assert "Hill 40" in whole
    beside = fetch(on_a_map, "/map?spot=none", cookie).body
    assert "place not stated" in beside
    undated = fetch(on_a_map, "/timeline?span=none", cookie).body
    assert "date not stated" in undated and "3 May 2031" not in undated


def test_both_are_narrowed_alike_and_refuse_what_is_none(on_a_map: Served) -> None:
    cookie, counts = come_in(on_a_map), list[list[str]]()
    actor = next(a for a in on_a_map.case.actors() if a.kind == "person" and len(a.members) > 3)
    for page in ("/map", "/timeline"):
        answer = fetch(on_a_map, f"{page}?actor={actor.id}&status=proposed&act=execution", cookie)
        assert answer.status == 200
        counts.append(re.findall(r'<p class="note">([\d,]+ incidents? of [\d,]+)', answer.body))
        for wrong in ("since=soon", "act=x", "status=x"):
            assert fetch(on_a_map, f"{page}?{wrong}", cookie).status == 409
    assert fetch(on_a_map, "/timeline?span=soon", cookie).status == 409
    assert counts[0] == counts[1] != []


def test_an_incident_bears_the_status_of_its_claims(on_a_map: Served) -> None:
    case, cookie = on_a_map.case, come_in(on_a_map)
    incident = max(case.store.incidents(case.eyes) or (), key=lambda i: (len(i.claims), i.id))
    case.accept(incident.claims[0])
    for status, is_there in (("checked", True), ("proposed", False), ("unsure", False)):
        body = fetch(on_a_map, f"/timeline?span=all&status={status}", cookie).body
        assert (incident.id in body) is is_there, status


def test_tiles_leave_as_pictures_or_not_at_all(on_a_map: Served, tmp_path: Path) -> None:
    cookie = come_in(on_a_map)
    good = fetch(on_a_map, "/map/tiles/1/0/0", cookie)
    assert (good.status, good.kind) == (200, "image/png")
    for none in ("1/1/0", "1/1/1", "1/2/0", "9/0/0"):
        assert fetch(on_a_map, f"/map/tiles/{none}", cookie).status == 404
    with pytest.raises(WrongUsage, match="MVT"):
        Tiles.opened(base_map(tmp_path / "vector.pmtiles", TileType.MVT))
    (tmp_path / "none.pmtiles").write_bytes(b"GIF89a")
    with pytest.raises(WrongUsage):
        Tiles.opened(tmp_path / "none.pmtiles")


def test_a_file_of_tiles_that_lies_of_its_directory_gives_nothing(tmp_path: Path) -> None:
    whole = base_map(tmp_path / "own.pmtiles")
    torn = bytearray(whole.read_bytes())
    torn[8:16] = (1 << 62).to_bytes(8, "little")  # where the root directory would begin
    (tmp_path / "torn.pmtiles").write_bytes(torn)
    assert Tiles.opened(tmp_path / "torn.pmtiles").tile(0, 0, 0) is None
    placed = Tiles.opened(whole).placed(Window(3, 0, 0))
    assert {one.address for one in placed} == {f"/map/tiles/1/{x}/{y}" for x in (0, 1) for y in (0, 1)}
