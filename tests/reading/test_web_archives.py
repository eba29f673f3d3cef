"""Web archives: which records are items, what is known of each, and that no lie of an archive does harm."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from probanda.reading.formats import CannotRead, Extracted, Member, bounds, recognise, wacz, warc
from probanda.reading.formats.captured import Captured
from probanda.reading.model import Remark
from tests.reading.making_archives import a_zip, taken_out, zeros_packed
from tests.reading.making_captures import (
    PAGE,
    SITE,
    VIDEO,
    a_capture,
    a_record,
    a_response,
    a_wacz,
    a_warc,
    answer,
)

PACKED = a_warc(a_capture(), packed=True)
MARKET = "harbour.example/market.html"
CHUNKS = b"10\r\n" + PAGE[:16] + b"\r\n%x;x=y\r\n" % len(PAGE[16:]) + PAGE[16:] + b"\r\n0\r\n\r\n"


def read(data: bytes, name: str = "page.warc") -> Extracted:
    form = recognise(data[:65_536], name, io.BytesIO(data))
    assert form.extract_file is not None
    return form.extract_file(io.BytesIO(data))


def out(data: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    """What comes out, by name; and what is remarked, by what it is about."""
    form = recognise(data[:65_536], "x", io.BytesIO(data))
    assert form.members is not None
    found, remarks = taken_out(lambda file: (one for one in form.members(file) if one is not None), data)  # type: ignore[misc]
    return dict(found), {one.what: one.reason for one in remarks}


def captured(data: bytes) -> dict[str, Captured]:
    form = recognise(data[:65_536], "x", io.BytesIO(data))
    assert form.members is not None
    return {one.name: one.capture for one in form.members(io.BytesIO(data)) if isinstance(one, Member) and one.capture}


def of_page(body: bytes = PAGE, **more: str) -> bytes:
    """A WARC file of one answer."""
    return a_warc([a_response("/market.html", body, **more)])


@pytest.mark.parametrize(
    ("data", "name"),
    [(a_warc(a_capture()), "WARC"), (PACKED, "WARC"), (a_wacz(PACKED), "WACZ")],
    ids=["plain", "packed", "WACZ"],
)
def test_pages_media_and_pictures_of_pages_are_items_and_the_rest_stays_inside(data: bytes, name: str) -> None:
    assert recognise(data[:65_536], "of any name", io.BytesIO(data)).name == f"web archive ({name})"
    found, remarks = out(data)
    assert list(found) == [MARKET, "harbour.example/clip.mp4", f"{MARKET} (full-page image).png"]
    assert found[MARKET] == PAGE and found["harbour.example/clip.mp4"] == VIDEO
    assert remarks == {}
    said = read(data)
    assert said.holds == 3 and said.remarks == ()
    assert "1 documents that are parts of pages" in said.words and "1 scripts, styles and data" in said.words


def test_a_capture_keeps_addresses_time_software_and_headers_but_no_cookie() -> None:
    told = captured(a_wacz(PACKED))[MARKET]
    assert (told.asked, told.answered) == (f"{SITE}/m", f"{SITE}/market.html")
    assert (told.at, told.software, told.operator, told.title) == (
        "2031-05-04T10:00:00Z", "Harbour Crawler 2.2", "M. Ode", "Market",
    )  # fmt: skip
    assert told.status == "HTTP/1.1 200 OK"
    assert ("Server", "harbour") in told.headers
    assert "secret" not in str(told)


def test_a_page_is_complete_with_address_source_and_a_dated_image_of_the_whole() -> None:
    assert captured(PACKED)[MARKET].missing == ()
    without = [one for one in a_capture() if b"urn:fullPage" not in one]
    assert captured(a_warc(without))[MARKET].missing == ("image",)
    undated = a_record(
        "resource", b"\x89PNG", f"urn:fullPage:{SITE}/market.html", WARC_Date="", Content_Type="image/png"
    )
    assert captured(a_warc([*without, undated]))[MARKET].missing == ("image",)
    in_view = a_record("resource", b"\x89PNG", f"urn:view:{SITE}/market.html", Content_Type="image/png")
    assert captured(a_warc([*without, in_view]))[MARKET].missing == ("image",), "what was in view is not the whole page"


def test_redirects_are_followed_home_and_end_where_they_go_round() -> None:
    chain = [
        a_response("/a", b"", status="302 Found", Location="/b"),
        a_response("/b", b"", status="301 Moved", Location=f"{SITE}/market.html#top"),
        a_response("/market.html"),
        a_response("/round", b"", status="302 Found", Location="/round"),
    ]
    told = captured(a_warc(chain))[MARKET]
    assert (told.asked, told.chain, told.answered) == (f"{SITE}/a", (f"{SITE}/b",), f"{SITE}/market.html")


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (zlib.compress(PAGE)[2:-4], {"Content_Encoding": "deflate"}),
        (CHUNKS, {"Transfer_Encoding": "chunked"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (PAGE, {"Content_Encoding": "br"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
    ],
    ids=["gzip", "deflate", "raw deflate", "chunks", "gzip undone", "brotli undone", "chunks undone"],
)  # fmt: skip
def test_a_page_comes_out_as_its_reader_got_it(body: bytes, more: dict[str, str]) -> None:
    assert out(of_page(body, **more))[0] == {MARKET: PAGE}


def test_what_cannot_be_unpacked_is_named_and_the_others_come_out() -> None:
    data = a_warc([a_response("/other.html", b"\x8b\x03\x80", Content_Encoding="br"), a_response("/market.html")])
    found, remarks = out(data)
    assert list(found) == [MARKET]
    assert "packed in a way" in remarks["harbour.example/other.html"]


def test_a_changed_byte_is_remarked_and_the_page_read_all_the_same() -> None:
    found, remarks = out(of_page().replace(b"fish market", b"fish basket"))
    assert b"fish basket" in found[MARKET]
    assert "digest" in remarks[f"record 1, {SITE}/market.html"]
    sealed, remarks = out(a_wacz(PACKED, change={"archive/data.warc.gz": a_warc(a_capture()[:4], packed=True)}))
    assert list(sealed) == [MARKET]
    assert "one of the two was changed" in remarks["archive/data.warc.gz"]
    _, remarks = out(a_wacz(PACKED, change={"datapackage-digest.json": b'{"hash": "sha256:00"}'}))
    assert "one of the two was changed" in remarks["datapackage-digest.json"]


def test_a_page_that_is_listed_and_not_there_is_named() -> None:
    _, remarks = out(a_wacz(PACKED, pages=(f"{SITE}/m", f"{SITE}/gone.html")))
    assert "no whole answer" in remarks[f"page {SITE}/gone.html"]


def signed(package: bytes, **change: str) -> bytes:
    """A seal with a signature by a key made for it."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    digest = "sha256:" + hashlib.sha256(package).hexdigest()
    key = ec.generate_private_key(ec.SECP384R1())
    r, s = decode_dss_signature(key.sign(digest.encode(), ec.ECDSA(SHA256())))
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    told = {
        "hash": digest, "software": "Harbour Crawler 2.2", "created": "2031-05-04T11:00:00Z",
        "publicKey": base64.b64encode(public).decode(),
        "signature": base64.b64encode(r.to_bytes(48, "big") + s.to_bytes(48, "big")).decode(), **change,
    }  # fmt: skip
    return json.dumps({"path": "datapackage.json", "hash": digest, "signedData": told}).encode()


def test_a_signature_is_checked_and_says_no_more_than_that_it_fits() -> None:
    with zipfile.ZipFile(io.BytesIO(a_wacz(PACKED))) as archive:
        package = archive.read("datapackage.json")
    said = read(a_wacz(PACKED, change={"datapackage-digest.json": signed(package)}))
    assert "made with the key that lies beside it" in said.words and said.remarks == ()
    for change, words in (
        ({"signature": base64.b64encode(bytes(96)).decode()}, "was not made with"),
        ({"publicKey": "AAAA"}, "could not be checked"),
        ({"hash": "sha256:00"}, "another digest"),
    ):
        said = read(a_wacz(PACKED, change={"datapackage-digest.json": signed(package, **change)}))
        assert [words in one.reason for one in said.remarks] == [True]


def test_a_wrong_length_costs_one_record_and_is_told() -> None:
    later = a_response("/later.html", PAGE + b" ")
    for length in (0, 40, 10_000):
        lying = a_record("response", answer(PAGE), f"{SITE}/market.html", length=length)
        found, remarks = out(a_warc([lying, later, a_response("/last.html", PAGE + b"  ")] + [later] * 20))
        assert "harbour.example/last.html" in found or length == 10_000
        assert len(remarks) >= 1
    found, remarks = out(a_warc([a_response("/market.html"), b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", later]))
    assert list(found) == [MARKET, "harbour.example/later.html"]
    assert "how long it is" in remarks["record 2"]


def test_names_made_of_addresses_lead_nowhere_and_are_not_given_twice() -> None:
    addresses = (
        "https://a.example/../../etc/passwd", "https://a.example", "https://a.example/", "https://a.example/x?a=/../b",
    )  # fmt: skip
    found, _ = out(a_warc([a_record("response", answer(PAGE + b"%d" % n), one) for n, one in enumerate(addresses)]))
    assert list(found) == [
        "a.example/etc/passwd.html", "a.example/index.html", "a.example/index (2).html", "a.example/x?a=_.._b.html",
    ]  # fmt: skip


def test_bombs_are_stopped_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FLAT", 1_000_000)
    zeros = zeros_packed(40 << 20)
    inner, remarks = out(
        a_warc([a_response("/zeros.html", zeros, Content_Encoding="gzip"), a_response("/market.html")])
    )
    assert list(inner) == [MARKET]
    assert "made to do harm" in remarks["harbour.example/zeros.html"]
    outer = gzip.compress(a_response("/market.html")) + gzip.compress(a_record("resource", bytes(30 << 20), "urn:x"))
    found, remarks = out(outer)
    assert list(found) == [MARKET]
    assert any("made to do harm" in reason for reason in remarks.values())


def many(count: int) -> Iterator[bytes]:
    """A WARC file with so many records of a megabyte, made as it is drawn."""
    filler = a_record("response", answer(bytes(1 << 20), "image/png"), f"{SITE}/p.png", WARC_Block_Digest="")
    yield a_response("/market.html")
    for _ in range(count):
        yield filler


def test_memory_does_not_grow_with_the_archive() -> None:
    from probanda.reading.formats.web_pages import Looked, chosen, looked, taken

    tracemalloc.start()
    found = Looked()
    opened = [("", lambda: many(60))]
    for _ in looked(opened, found):
        pass
    plan, _ = chosen(found)
    bodies = [b"".join(one.blocks) for one in taken(opened, plan, bounds.Budget()) if one is not None]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert bodies == [PAGE]
    assert found.inside["pictures"] == 60
    assert peak < 12 << 20


def test_what_only_looks_like_one_is_left_to_other_formats() -> None:
    assert not warc.recognise(b"WARC is a word", "notes.warc")
    assert not warc.recognise(gzip.compress(b"words"), "a.warc.gz")
    for files in ({"datapackage.json": b"{}"}, {"archive/data.warc.gz": PACKED}):
        assert not wacz.recognise_file(io.BytesIO(a_zip(files)))


def test_damage_in_a_packed_archive_keeps_what_stands_before_it() -> None:
    cut = a_warc([a_response("/market.html")], packed=True) + a_warc([a_response("/later.html")], packed=True)[:-30]
    found, remarks = out(cut)
    assert found[MARKET] == PAGE
    assert any("breaks off" in reason for reason in remarks.values())
    with pytest.raises(CannotRead):
        recognise(b"\0\1\2WARC/1.0\r\n" * 20, "a.warc")
    assert isinstance(read(b"WARC/1.0\r\n\r\n").remarks[0], Remark)
