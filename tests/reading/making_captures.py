"""Web archives of an invented country: records, WARC files and WACZ files, sound and otherwise."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence

from tests.reading.making_archives import a_zip

SITE = "https://harbour.example"
AT = "2031-05-04T10:00:00Z"
PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Shells on the market</title></head><body><article><h1>Shells</h1>"
    "<p>Four shells struck the fish market of Rasmina on 3 May 2031, Nadia Berrow told the council.</p>"
    "</article></body></html>"
).encode("ascii")
VIDEO = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(200))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def a_record(kind: str, block: bytes, address: str = "", *, length: int | None = None, **more: str) -> bytes:
    """One record; `more` are headers with `_` for `-`. `length` may lie."""
    headers = {
        "WARC-Type": kind, "WARC-Date": AT, "WARC-Target-URI": address, "WARC-Block-Digest": sha1(block),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }  # fmt: skip
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return ("WARC/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def sha1(data: bytes) -> str:
    """As WARC files write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **more: str) -> bytes:
    """An HTTP answer."""
    headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{said}\r\n".encode() + body


def a_response(path: str, body: bytes = PAGE, kind: str = "text/html; charset=utf-8", **more: str) -> bytes:
    """A record of an answer at a path of the site."""
    return a_record(
        "response", answer(body, kind, **more), SITE + path, Content_Type="application/http;msgtype=response"
    )


def a_capture() -> list[bytes]:
    """Records of one page behind a redirect, with its picture, a video, and things that stay inside."""
    return [
        a_record("warcinfo", b"software: Harbour Crawler 2.1\r\noperator: M. Ode\r\n"),
        a_response("/m", b"", status="301 Moved", Location="/market.html"),
        a_response("/market.html", Set_Cookie="session=secret", Server="harbour"),
        a_response("/style.css", b"p {}", "text/css"),
        a_record("response", answer(b"<html><body>An advertisement</body></html>"), f"{SITE}/frame.html",
                 WARC_Record_ID="<urn:uuid:frame>"),
        a_record("request", b"GET /frame.html HTTP/1.1\r\nSec-Fetch-Dest: iframe\r\n\r\n", f"{SITE}/frame.html",
                 WARC_Concurrent_To="<urn:uuid:frame>"),
        a_response("/clip.mp4", VIDEO, "video/mp4"),
        a_record("resource", PNG, f"urn:fullPage:{SITE}/market.html", Content_Type="image/png"),
    ]  # fmt: skip


def a_warc(records: Sequence[bytes], packed: bool = False) -> bytes:
    """A WARC file; each record is packed by itself where `packed`."""
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def a_wacz(
    warc: bytes,
    pages: Sequence[str] = (f"{SITE}/m",),
    change: Mapping[str, bytes] | None = None,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A WACZ file with its digests; `change` puts other bytes in the place of a part, behind the digests' back."""
    lines = [{"format": "json-pages-1.0", "id": "pages"}, *({"url": url, "title": "Market", "ts": AT} for url in pages)]
    parts = {
        "archive/data.warc.gz": warc,
        "indexes/index.cdx": b"",
        "pages/pages.jsonl": "".join(json.dumps(one) + "\n" for one in lines).encode(),
        **(more or {}),
    }
    resources = [
        {"name": name, "path": name, "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in parts.items()
    ]
    told = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "Harbour Crawler 2.2",
        "resources": resources,
    }
    package = json.dumps(told).encode()
    seal = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}
    parts |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(seal).encode(), **(change or {})}
    return a_zip(parts, zipfile.ZIP_STORED)
