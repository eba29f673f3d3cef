"""Taking files in through the browser, and what is shown of an item's bytes (ASSURANCE T19, T22, T27)."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from probanda import Case
from probanda.store.common import TAKING_IN
from tests.reading.making_pdfs import bare, said
from tests.web.conftest import Seen, Served, started, watched
from tests.web.test_coming_in import ask

RUNS = b"<html><body><script>window.__ran=1</script><p>The mill of Oren was shelled.</p></body></html>"
LETTER = bare([said("The mill of Oren was shelled on 3 May 2031, said Karim Ode."), said("Nothing more is known.")])
SECRET = b"I am a witness. Do not tell them my name, the woman at the mill of Oren said."


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (120, 80), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A case with a letter, a page that would run, a picture, and something that not everybody may see."""
    folder = tmp_path_factory.mktemp("taking")
    files = {"letter.pdf": LETTER, "page.html": RUNS, "wound.jpg": a_picture(), "witness.txt": SECRET}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with Case.new(folder / "case", situation="Marsafa since 2031", prefix="MAR", name="M. Ode") as case:
        case.add([folder / name for name in files])
        case.label("witness.txt", "restricted", reason="a witness speaks")
        case.read()
        case.store.add_user(case.eyes, "T. Mirel")
        with started(case) as served:
            yield served


class Visit:
    """A browser's visit without the browser."""

    def __init__(self, served: Served, user: str | None = None) -> None:
        self.served = served
        answer = ask(served, "GET", urlsplit(served.link(user)).path)
        self.cookie = {"Cookie": answer.headers["set-cookie"].split(";")[0]}
        self.token = self.get("/taking-in")[1].decode().split('name="token" value="')[1].split('"')[0]

    def get(self, path: str) -> tuple[int, bytes, http.client.HTTPResponse]:
        answer = ask(self.served, "GET", path, self.cookie)
        return answer.status, answer.read(), answer

    def form(self, path: str, **fields: str) -> tuple[int, bytes, http.client.HTTPResponse]:
        body = "&".join(f"{k}={quote(v)}" for k, v in {"token": self.token, **fields}.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = ask(self.served, "POST", path, self.cookie | kind, body)
        return answer.status, answer.read(), answer

    def send(self, *files: tuple[str, bytes], token: str | None = None, **fields: str) -> tuple[int, list[dict]]:
        told = {"token": self.token if token is None else token, "label": "internal", **fields}
        body = multipart(told, files)
        head = {"Content-Type": "multipart/form-data; boundary=XX", "Accept": "application/json"}
        connection = http.client.HTTPConnection(urlsplit(self.served.base).netloc)
        connection.request("POST", "/taking-in/send", body, self.cookie | head)
        answer = connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if answer.status == 200 else []


def multipart(fields: dict[str, str], files: tuple[tuple[str, bytes], ...]) -> bytes:
    parts = [f'--XX\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    for name, data in files:
        parts.append(f'--XX\r\nContent-Disposition: form-data; name="path"\r\n\r\n{name}\r\n'.encode())
        head = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n'
        parts.append(head + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n")
    return b"".join([*parts, b"--XX--\r\n"])


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


# --- names that would go elsewhere ----------------------------------------------------------------

HOSTILE = (
    "../../../outside.txt", "/etc/outside.txt", "..\\..\\outside.txt", "a\0b.txt", "CON", "aux.txt", "gpj.\u202etxt",
    "x" * 4000 + ".txt", "A.TXT", "a.txt", "<script>window.__ran=1</script>.txt", "a\r\nSet-Cookie: x=1.txt", ".", "..",
)  # fmt: skip


def test_no_name_leads_out_of_the_vault_and_each_is_shown_escaped(desk: Served) -> None:
    visit, folder = Visit(desk), desk.case.store.folder
    around = everything_below(folder.parent) - everything_below(folder)
    for n, name in enumerate(HOSTILE):
        status, told = visit.send((name, f"The mill of Oren was shelled, account {n}.".encode()))
        assert (status, told[0]["state"]) == (200, "new"), name
        assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", told[0]["name"])
        page = visit.get(f"/items/{told[0]['number']}")[1].decode()
        assert "<script>window" not in page
        assert "\u202e" not in page
    status, told = visit.send(("y" * 5000, b"x"))
    assert told[0]["state"] == "refused"
    outside = everything_below(folder.parent) - {f"{folder.name}/{one}" for one in everything_below(folder)}
    assert {one for one in outside if "outside" in one} == set()
    assert {str(p) for p in folder.parent.iterdir()} >= {str(folder)}
    assert len(around) > 0
    assert not list((folder / "vault" / "tmp").iterdir())
    assert not [one for one in desk.case.verify() if one.severity]


def test_what_arrived_is_kept_and_known_again_by_its_digest(desk: Served) -> None:
    visit = Visit(desk)
    body = multipart(
        {"token": visit.token, "label": "internal"}, (("kept.txt", b"Kept, of Oren."), ("half.txt", b"z" * 9000))
    )
    connection = http.client.HTTPConnection(urlsplit(desk.base).netloc)
    connection.putrequest("POST", "/taking-in/send")
    for key, value in {**visit.cookie, "Content-Type": "multipart/form-data; boundary=XX"}.items():
        connection.putheader(key, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body[:-5000])
    connection.sock.close()  # the tab is closed in the middle of the second file
    for _ in range(100):
        page = visit.get("/taking-in/arrived")[1].decode()
        if "half.txt" in page:
            break
        time.sleep(0.05)
    assert "kept.txt" in page
    assert "arrived only in part" in page
    assert not list((desk.case.store.folder / "vault" / "tmp").iterdir())
    again = visit.send(
        ("kept.txt", b"Kept, of Oren."), ("other name.txt", b"Kept, of Oren."), ("half.txt", b"z" * 9000)
    )[1]
    assert [one["state"] for one in again] == ["known", "again", "new"]
    assert desk.case.store.item(desk.case.eyes, "half.txt").digest == hashlib.sha256(b"z" * 9000).hexdigest()


def test_the_form_says_what_bytes_do_not_and_is_refused_whole(desk: Served) -> None:
    visit = Visit(desk)
    before = desk.case.store.decision_count
    assert visit.send(("a.txt", b"q"), token="invented")[0] == 403  # noqa: S106 (what a stranger guesses)
    assert visit.send(("a.txt", b"q"), label="secret")[0] == 409
    assert visit.send(("a.txt", b"q"), acquired="yesterday")[0] == 409
    assert desk.case.store.decision_count == before
    told = visit.send(
        ("box 3/scan 1.txt", b"A letter of Oren."), source="a clinic", collector="T. Mirel", number="X-1",
        acquired="2031-05-03", label="public",
    )[1]  # fmt: skip
    row = desk.case.store.item(desk.case.eyes, told[0]["number"])
    assert (row.names, row.source, row.collector) == (("box 3/scan 1.txt",), "a clinic", "T. Mirel")
    assert (row.evidence, row.acquired_at, row.label) == (("X-1",), "2031-05-03", "public")
    twice = visit.send(("1.txt", b"one of Oren"), ("2.txt", b"two of Oren"), number="X-2")[1]
    assert [one["state"] for one in twice] == ["new", "refused"]
    assert visit.send((".DS_Store", b"x"))[1][0]["state"] == "refused"


def test_the_mark_of_taking_in_goes_when_the_last_of_several_is_through(desk: Served) -> None:
    store = desk.case.store
    mark = store.folder / TAKING_IN
    first, second = store.taking_in(), store.taking_in()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert mark.exists()
    second.__exit__(None, None, None)
    assert not mark.exists()


# --- what is shown of the bytes -------------------------------------------------------------------


def test_a_page_is_drawn_and_no_original_byte_stands_in_a_page(desk: Served) -> None:
    visit = Visit(desk)
    numbers = {row.doc: row.number for row in desk.case.items()}
    page = visit.get(f"/items/{numbers['letter.pdf']}?page=2")[1].decode()
    assert f"/items/{numbers['letter.pdf']}/pages/2.png" in page
    assert "Nothing more is known." in page
    for doc, size in (("letter.pdf", None), ("wound.jpg", (120, 80))):
        status, data, answer = visit.get(f"/items/{numbers[doc]}/pages/1.png")
        assert (status, answer.headers["content-type"]) == (200, "image/png")
        assert "sandbox" in answer.headers["content-security-policy"]
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.format == "PNG"
            assert size is None or picture.size == size
            assert doc != "wound.jpg" or picture.getpixel((60, 40))[0] > 150  # its own colours: flags and uniforms tell
    assert visit.get(f"/items/{numbers['letter.pdf']}/pages/3.png")[0] == 409
    assert visit.get(f"/items/{numbers['letter.pdf']}/pages/x.png")[0] == 404
    page = visit.get(f"/items/{numbers['page.html']}")[1].decode()
    assert "<script>window" not in page
    assert "&lt;script&gt;window.__ran=1" in page
    picture = visit.get(f"/items/{numbers['wound.jpg']}")[1].decode()
    assert 'class="veil"' in picture
    assert 'class="veil"' not in visit.get(f"/items/{numbers['letter.pdf']}")[1].decode()


def test_the_original_leaves_as_an_attachment_with_its_reason_in_custody(desk: Served) -> None:
    visit = Visit(desk)
    row = desk.case.store.item(desk.case.eyes, "page.html")
    assert visit.form(f"/items/{row.number}/original", reason=" ")[0] == 409
    status, data, answer = visit.form(f"/items/{row.number}/original", reason="for counsel")
    assert (status, hashlib.sha256(data).hexdigest()) == (200, row.digest)
    assert answer.headers["content-disposition"] == f'attachment; filename="{row.number}.html"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert "for counsel" in visit.get("/log")[1].decode()
    assert ">viewed<" in visit.get(f"/items/{row.number}")[1].decode()


def test_to_other_eyes_a_restricted_item_is_not_there(desk: Served) -> None:
    store = desk.case.store
    row = store.item(desk.case.eyes, "witness.txt")
    other = next(user for user, name in store.users().items() if name == "T. Mirel")
    visit, mine = Visit(desk, other), Visit(desk)
    for path in ("", "/proofs", "/sheet", "/pages/1.png", "/read"):
        hidden, absent = visit.get(f"/items/{row.number}{path}"), visit.get(f"/items/MAR-9999{path}")
        assert hidden[0] == absent[0] == 404
        assert hidden[1].replace(row.number.encode(), b"") == absent[1].replace(b"MAR-9999", b"")
        assert mine.get(f"/items/{row.number}{path}")[0] == (409 if "pages" in path else 200)
    for path in ("/original", "/sheet/close", "/sheet/grade", "/sheet/find"):
        fields = {"reason": "x", "part": "source", "found": "x", "grade": "B", "finds": "verified"}
        hidden = visit.form(f"/items/{row.number}{path}", **fields)
        absent = visit.form(f"/items/MAR-9999{path}", **fields)
        assert hidden[0] == absent[0] == 404
        assert hidden[1].replace(row.number.encode(), b"") == absent[1].replace(b"MAR-9999", b"")
    assert "witness.txt" not in visit.get("/taking-in/arrived")[1].decode()
    sent = visit.send(("mine.txt", b"Heard at the mill of Oren."), label="restricted")[1]
    page = visit.get("/taking-in/arrived")[1].decode()
    assert sent[0]["number"] in page
    assert f'href="/items/{sent[0]["number"]}"' not in page


def test_the_sheet_is_filled_by_persons_and_two_find_it_verified(desk: Served) -> None:
    visit = Visit(desk)
    row = desk.case.store.item(desk.case.eyes, "letter.pdf")
    at = f"/items/{row.number}/sheet"
    assert b"not verified" in visit.get(at)[1]
    assert visit.form(f"{at}/find", finds="verified", reason="all parts")[0] == 409
    for part in ("source", "content", "technical"):
        assert visit.form(f"{at}/close", part=part, found=f"{part} seen", reason="compared")[0] == 303
    assert visit.form(f"{at}/grade", grade="B", reason="right before")[0] == 303
    page = visit.get(at)[1].decode()
    assert "technical seen" in page
    assert "<b>B</b> usually reliable" in page
    proofs = visit.get(f"/items/{row.number}/proofs")[1].decode()
    assert f"its bytes, read just now, give the SHA-256 {row.digest}" in proofs


# --- as a person does it --------------------------------------------------------------------------


def test_files_and_folders_are_taken_in_by_mouse_and_read(
    desk: Served, browser: Browser, seen: Seen, tmp_path: Path
) -> None:
    folder = tmp_path / "box 4"
    folder.mkdir()
    for n in range(3):
        (folder / f"note {n}.txt").write_text(f"Soldiers shelled the mill of Oren on {n + 1} May 2031, said Karim Ode.")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, desk, seen)
    page.goto(desk.base + "/taking-in")
    page.set_input_files("#folder", folder)
    page.get_by_role("button", name="Take them in").click()
    expect(page.locator("#count")).to_contain_text("3 / 3")
    expect(page.locator("#each li.done")).to_have_count(3)
    page.locator("#drop").evaluate(
        "drop => { const all = new DataTransfer(); all.items.add(new File(['Dropped.'], 'dropped.txt'));"
        " drop.dispatchEvent(new DragEvent('drop', {dataTransfer: all, cancelable: true})); }"
    )
    expect(page.locator("#count")).to_contain_text("4 / 4")
    page.get_by_role("link", name="What arrived").click()
    expect(page.get_by_text("Nothing is being read now.")).to_be_visible(timeout=60_000)
    assert desk.case.store.item(desk.case.eyes, "box 4/note 2.txt").text_digest
    assert desk.case.store.item(desk.case.eyes, "dropped.txt").text_digest
    picture = desk.case.store.item(desk.case.eyes, "wound.jpg").number
    page.goto(f"{desk.base}/items/{picture}")
    image = page.locator("figure img")
    assert "blur" in image.evaluate("e => getComputedStyle(e).filter")
    page.locator("input.veil").press("Space")
    assert image.evaluate("e => getComputedStyle(e).filter") == "none"
    assert image.evaluate("e => e.decode().then(() => e.naturalWidth)") == 120
    page.goto(f"{desk.base}/items/{desk.case.store.item(desk.case.eyes, 'page.html').number}")
    assert page.evaluate("window.__ran") is None
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = watched(plain, desk, seen)
    page.goto(desk.base + "/taking-in")
    page.set_input_files("#files", [folder / "note 0.txt", folder / "note 1.txt"])
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("heading", name="What arrived")).to_be_visible()
    plain.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])
