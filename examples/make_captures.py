"""Make the captures of the sample case: a web archive with a page and a video, and a picture with its proof.

    python examples/make_captures.py

writes `examples/marsafa-captures/`. Country, people and events are invented. It needs `ffmpeg` for the video. Run
it again only to change them: the files are kept as they came out, since items of a case never change.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent / "marsafa-captures"
SITE = "https://lagoon-post.example"
AT = "2031-06-12T08:40:11Z"
SOFTWARE = "Tidewater Capture 1.4"

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Fishermen of Orsa Lagoon tell of a night of arrests</title>
<meta property="og:site_name" content="Lagoon Post"><meta property="article:published_time" content="2031-06-11">
<link rel="stylesheet" href="{SITE}/style.css"></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Fishermen of Orsa Lagoon tell of a night of arrests</h1>
<p>11 June 2031</p>
<p>Coastal Guard militiamen arrested nine fishermen at the jetty of Orsa Lagoon on 9 June 2031, two of their wives
told the Lagoon Post.</p>
<p>The Coastal Guard denied that it had arrested anyone. A fisherman said that militiamen burned three boats before they
left.</p>
<video src="{SITE}/media/jetty.mp4" controls></video>
</article><iframe src="{SITE}/advert.html"></iframe></body></html>
""".encode()
ADVERT = b"<!DOCTYPE html><html><body><p>Nets and ropes, the best of the coast.</p></body></html>"


def record(kind: str, block: bytes, address: str = "", **more: str) -> bytes:
    """One WARC record, packed by itself."""
    told = {"WARC-Type": kind, "WARC-Date": AT, "WARC-Target-URI": address, **more}
    told["WARC-Record-ID"] = f"<urn:uuid:{hashlib.md5(address.encode() + block, usedforsecurity=False).hexdigest()}>"
    told["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
    told["Content-Length"] = str(len(block))
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value)
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n", mtime=0)


def answer(path: str, body: bytes, kind: str, status: str = "200 OK", more: str = "") -> bytes:
    """What the site answered."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nServer: lagoon\r\n{more}\r\n"
    return record("response", head.encode() + body, SITE + path, Content_Type="application/http; msgtype=response")


def wacz(image: bytes, video: bytes) -> bytes:
    """The web archive."""
    parts = [
        record("warcinfo", f"software: {SOFTWARE}\r\noperator: M. Ode\r\n".encode()),
        answer("/night", b"", "text/html", "302 Found", "Location: /2031/06/night-of-arrests\r\n"),
        answer("/2031/06/night-of-arrests", gzip.compress(PAGE, mtime=0), "text/html; charset=utf-8",
               more="Content-Encoding: gzip\r\n"),
        answer("/style.css", b"body { font: 16px serif }", "text/css"),
        answer("/advert.html", ADVERT, "text/html"),
        answer("/media/jetty.mp4", video, "video/mp4"),
        record("resource", image, f"urn:fullPage:{SITE}/2031/06/night-of-arrests", Content_Type="image/png"),
    ]  # fmt: skip
    pages = [
        {"format": "json-pages-1.0", "id": "pages", "title": "All pages"},
        {"id": "1", "url": f"{SITE}/night", "ts": AT, "title": "Fishermen of Orsa Lagoon tell of a night of arrests"},
    ]
    files = {
        "archive/data.warc.gz": b"".join(parts),
        "pages/pages.jsonl": "".join(json.dumps(one) + "\n" for one in pages).encode(),
    }
    digests = {name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()}
    resources = [
        {"name": Path(name).name, "path": name, "hash": digests[name], "bytes": len(data)}
        for name, data in files.items()
    ]
    package = json.dumps(
        {"profile": "data-package", "wacz_version": "1.1.1", "title": "Orsa Lagoon", "software": SOFTWARE,
         "created": AT, "resources": resources}, indent=2,
    ).encode()  # fmt: skip
    seal = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    files |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(seal).encode()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 6, 12, 8, 40, 12)), data)
    return made.getvalue()


def picture(words: str, kind: str, size: tuple[int, int]) -> bytes:
    """A picture with words on it."""
    from PIL import Image, ImageDraw

    one = Image.new("RGB", size, (236, 232, 220))
    ImageDraw.Draw(one).multiline_text((12, 12), words, fill=(30, 30, 30))
    made = io.BytesIO()
    one.save(made, kind)
    return made.getvalue()


def video() -> bytes:
    """Two seconds of grey stripes."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "jetty.mp4"
        command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=duration=2:size=96x64:rate=5",
                   "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-fflags", "+bitexact", str(out)]  # fmt: skip
        subprocess.run(command, check=True)  # noqa: S603
        return out.read_bytes()


def proof(digest: str) -> bytes:
    """What ProofMode lays beside a picture."""
    rows = {
        "File Path": "/storage/emulated/0/DCIM/jetty.jpg", "File Hash SHA256": digest,
        "File Modified": "2031-06-10T05:12:00Z", "Proof Generated": "2031-06-10T05:12:04Z",
        "Location.Latitude": "34.8121", "Location.Longitude": "21.4044", "Location.Time": "2031-06-10T05:12:01Z",
        "NetworkType": "none",
    }  # fmt: skip
    return (",".join(rows) + "\n" + ",".join(rows.values()) + "\n").encode()


def main() -> None:
    """Write them all."""
    HERE.mkdir(exist_ok=True)
    words = "Lagoon Post\n\nFishermen of Orsa Lagoon\ntell of a night of arrests\n\n12 June 2031, 08:40 UTC"
    full = picture(words, "PNG", (320, 480))
    (HERE / "orsa-lagoon.wacz").write_bytes(wacz(full, video()))
    jetty = picture("jetty of Orsa Lagoon", "JPEG", (240, 160))
    digest = hashlib.sha256(jetty).hexdigest()
    (HERE / "jetty.jpg").write_bytes(jetty)
    (HERE / f"{digest}.proof.csv").write_bytes(proof(digest))


if __name__ == "__main__":
    main()
