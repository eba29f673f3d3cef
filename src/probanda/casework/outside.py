"""Proofs kept outside: a checkpoint on paper, and time stamps by authorities that the user names.

Whoever can write the whole case folder, keys included, can write another history that agrees with itself. A root
that lies with somebody else cannot be rewritten. Start with `checkpoint` and `page`; then `ask`, which sends the
SHA-256 of a signed checkpoint to an authority (RFC 3161) and keeps its reply, and `verify`. Nothing but that one
SHA-256 ever leaves: no digest of an item, no name, no number.

Each stamp is four files in `log/<log>/stamps/`: `<size>-<n>.txt` (the checkpoint, as it was stamped), `.tsq` (the
request), `.tsr` (the reply) and `.pem` (all certificates that checking it takes).

Looks down to: store, audit, kernel. Used by: cli.
"""

from __future__ import annotations

import html
import http.client
import os
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.audit import stamps
from probanda.audit.notes import read_note
from probanda.audit.stamps import Stamp
from probanda.audit.tree import root_of
from probanda.kernel.digests import sha256
from probanda.kernel.errors import ProbandaError, RecordAltered, WrongUsage
from probanda.store.model import Deed
from probanda.store.settings import sync_folder
from probanda.store.store import Store

FOLDER = "stamps"
ASKED, KEPT = "stamp request", "stamp"
"""Kinds of output: what was sent to an authority, recorded before it is sent; and the reply that was kept."""
TIMEOUT = 30.0
"""Seconds in which an authority has to have answered, all in all."""
BY_HAND = "carried by hand"
_NAME = re.compile(r"(\d+)-(\d+)\.txt", re.ASCII)


class NoReply(ProbandaError):
    """The authority could not be reached, or sent no reply that could be read."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"No reply from {url}: {reason}.",
            "That it was asked is recorded. Try again later, name another authority, or carry the request by hand: "
            "`probanda stamp --request FILE.tsq`.",
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A checkpoint and the request for a stamp on it, lying in the case folder until the reply comes."""

    path: Path
    """Of the checkpoint; request, reply and certificates have other endings."""
    note: bytes
    request: bytes

    @property
    def name(self) -> str:
        """Size of the log and a count, such as `412-1`."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Looked:
    """What checking one stamp gave: what it says, or what is wrong with it."""

    name: str
    size: int
    stamp: Stamp | None
    problem: str | None


# --- on paper -------------------------------------------------------------------------------------


def checkpoint(store: Store) -> str:
    """The signed checkpoint over the whole log, as text. The store must be open for writing: it signs.

    Raises CannotSign.
    """
    note = store.sign_checkpoint()
    if note is None:
        raise WrongUsage("The log is empty, so there is nothing to sign.", "Record something first.")
    return note


def qr_svg(note: str) -> str:
    """The note as a QR code, as an SVG image that fills the place it is given (cut off, no reader could read it)."""
    import segno

    out = BytesIO()
    segno.make_qr(note.encode(), error="m").save(out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True)
    return out.getvalue().decode()


def qr_words(note: str) -> str:
    """The note as a QR code in block signs, two rows of squares to a line, light on a dark terminal."""
    import segno

    rows = [[not dark for dark in row] for row in segno.make_qr(note.encode(), error="m").matrix_iter(border=4)]
    if len(rows) % 2:
        rows.append([True] * len(rows[0]))
    signs = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    return "\n".join(
        "".join(signs[pair] for pair in zip(top, below, strict=True))
        for top, below in zip(rows[::2], rows[1::2], strict=True)
    )


def page(note: str) -> str:
    """One page to print, sign and leave with somebody: the checkpoint in words and as a QR code.

    It names nothing of the case but the random ids of case and log.
    """
    told = read_note(note)
    return _PAGE.format(
        size=told.checkpoint.size,
        note=html.escape(note),
        qr=qr_svg(note),
        stamp=html.escape(told.stamp or "not stated"),
        version=html.escape(__version__),
    )


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Checkpoint over {size} entries</title>
<style>
@page {{ size: A4; margin: 20mm }}
body {{ font: 11pt/1.45 serif; max-width: 170mm; margin: 0 auto; color: #000; background: #fff }}
h1 {{ font-size: 16pt }}
pre {{ font: 9pt/1.5 monospace; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #000; padding: 3mm }}
svg {{ display: block; width: 70mm; height: 70mm; margin: 4mm 0 }}
.line {{ border-bottom: 1px solid #000; height: 10mm; margin-bottom: 1mm }}
</style>
</head>
<body>
<h1>Checkpoint over {size} entries</h1>
<p>This page fixes the state of a log of decisions. Whoever keeps it can show later whether anything that was recorded
by then was changed or taken out. It tells nothing of what was recorded.</p>
<pre>{note}</pre>
{qr}
<p>Lines of the box: the log's name, its number of entries, the root of the Merkle tree over them (RFC 6962, base64),
the time by the device's own clock ({stamp}), and the signature of the device's key (Ed25519, C2SP signed note). The
code holds the same words. To check: save the words of the box as a file, and run
<code>probanda verify --against FILE</code> in the case folder.</p>
<p>Received by (name, place, date, signature):</p>
<div class="line"></div>
<div class="line"></div>
<p><small>Probanda {version}</small></p>
</body>
</html>
"""


# --- stamps: asking -------------------------------------------------------------------------------


def ask(store: Store, eyes: Eyes, url: str, certificates: bytes, *, timeout: float = TIMEOUT) -> tuple[str, Stamp]:
    """Ask an authority for a stamp on the checkpoint of now, check its reply, and keep it; gives name and stamp.

    `certificates`: PEM of the authority's root (and those between). The record says whom we ask and what we send
    before the connection is made. Raises WrongUsage, NoCertificate, NoReply, StampRefused: then no reply is kept.
    """
    _address(url)
    stamps.roots_in(certificates)  # nothing is sent for a reply that could not be checked
    asked = _asked(store, eyes, url)
    reply = fetch(url, asked.request, timeout)
    return asked.name, _kept(store, eyes, asked, reply, certificates)


def write_request(store: Store, eyes: Eyes, out: Path) -> str:
    """Write a request to a file, to be carried to an authority from a machine with a network; gives its name here."""
    asked = _asked(store, eyes, BY_HAND)
    _write(out, asked.request)
    return asked.name


def take_reply(store: Store, eyes: Eyes, reply: bytes, certificates: bytes) -> tuple[str, Stamp]:
    """Take in a reply to a request that waits here. Raises StampRefused when it answers none of them."""
    stamps.roots_in(certificates)
    noted = {payload["digest"] for payload in _noted(store, eyes)}
    waiting = [one for one in _all(store) if not _is_noted(one, noted)]
    if not waiting:
        raise WrongUsage("No request waits for a reply.", "Write one with `probanda stamp --request FILE.tsq`.")
    refused: ProbandaError | None = None
    for asked in reversed(waiting):
        try:
            return asked.name, _kept(store, eyes, asked, reply, certificates)
        except stamps.StampRefused as error:
            # The reason that speaks of this reply's own request tells more than that it is not another's.
            refused = error if refused is None or "another" in str(refused.problem) else refused
    assert refused is not None  # noqa: S101 - one waits at least
    raise refused


def _asked(store: Store, eyes: Eyes, whom: str) -> Asked:
    """Sign a checkpoint, make the request, lay both down, and record that they are about to leave."""
    note = checkpoint(store).encode()
    size = read_note(note.decode()).checkpoint.size
    request = stamps.request_for(note)
    folder = store.folder / "log" / store.settings.log / FOLDER
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)
    count = 1 + max((int(one.name.split("-")[1]) for one in _all(store) if one.name.startswith(f"{size}-")), default=0)
    asked = Asked(folder / f"{size}-{count}.txt", note, request)
    _write(asked.path.with_suffix(".tsq"), request)
    _write(asked.path, note)
    payload = {"kind": ASKED, "digest": sha256(request), "name": asked.name, "authority": whom, "size": size}
    store.record(eyes, [Deed(kind="output", subject=sha256(note), payload=payload)])
    return asked


def _kept(store: Store, eyes: Eyes, asked: Asked, reply: bytes, certificates: bytes) -> Stamp:
    stamp = stamps.checked(reply, asked.note, asked.request, certificates)
    _write(asked.path.with_suffix(".pem"), stamps.chain(reply, certificates))
    _write(asked.path.with_suffix(".tsr"), reply)
    payload = {
        "kind": KEPT, "digest": sha256(reply), "name": asked.name, "authority": stamp.authority, "at": stamp.at,
        "roots": sorted(stamps.roots_in(certificates)),
    }  # fmt: skip
    store.record(eyes, [Deed(kind="output", subject=sha256(asked.note), payload=payload)])
    return stamp


def fetch(url: str, request: bytes, timeout: float = TIMEOUT) -> bytes:
    """Send a request to the host of this address and nowhere else, and give its reply. Raises WrongUsage, NoReply.

    No redirect is followed, no proxy of the environment is used, no cookie or name is sent; all in all it takes no
    longer than `timeout` seconds, however slowly the other side speaks.
    """
    scheme, host, port, path = _address(url)
    connection = (
        http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
        if scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=timeout)
    )
    with _within(connection, timeout) as late:
        try:
            headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
            connection.request("POST", path, body=request, headers=headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                moved = " (it points elsewhere, and that is not followed)" if 300 <= answer.status < 400 else ""
                raise NoReply(url, f"it answered {answer.status} {answer.reason[:80]}{moved}")
            reply = answer.read(stamps.LARGEST + 1)
            if late.is_set():
                raise TimeoutError
        except (OSError, http.client.HTTPException, ValueError) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                raise NoReply(url, f"it took longer than {timeout:g} seconds") from error
            raise NoReply(url, str(error)[:200] or type(error).__name__) from error
    if len(reply) > stamps.LARGEST:
        raise NoReply(url, f"it sent more than {stamps.LARGEST} bytes")
    return reply


@contextmanager
def _within(connection: http.client.HTTPConnection, timeout: float) -> Iterator[threading.Event]:
    """Cut the connection when its time is over: a timeout for each read alone could be dripped past for days."""
    late = threading.Event()
    sockets = []
    plain = connection.connect

    def connect() -> None:
        plain()
        sockets.append(connection.sock)
        if late.is_set():
            raise TimeoutError

    def cut() -> None:
        late.set()
        for one in sockets:
            with suppress(OSError):
                one.shutdown(2)

    connection.connect = connect  # type: ignore[method-assign]
    timer = threading.Timer(timeout, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _address(url: str) -> tuple[str, str, int | None, str]:
    """(scheme, host, port, path) of an address that may be asked. Raises WrongUsage."""
    try:
        found = urlsplit(url)
        host, port = found.hostname, found.port
        fit = found.scheme in ("http", "https") and bool(host) and "@" not in found.netloc and url.isprintable()
    except ValueError:
        fit, host, port = False, None, None
    if not fit or not host or not url.isascii() or " " in url:
        raise WrongUsage(
            f"{url!r} is no address of an authority.", "Write it as https://HOST/PATH (or http), without a user name."
        )
    return found.scheme, host, port, (found.path or "/") + (f"?{found.query}" if found.query else "")


# --- stamps: checking -----------------------------------------------------------------------------


def verify(store: Store, eyes: Eyes, certificates: bytes | None = None) -> list[Looked]:
    """Check every stamp of this log; in order of size. Writes nothing and asks nobody.

    Each reply must be the one the record names, stamp the checkpoint beside it, lead to a root that the record names
    (to one of `certificates` alone, where given), and the checkpoint must give the root of the log as it is now.
    Requests without a reply are left out; a stamp that the record names and that is gone is a fault.
    """
    named = {str(payload["digest"]): payload for payload in _noted(store, eyes)}
    hashes = store.leaf_hashes(store.settings.log)
    found = []
    seen: set[str] = set()
    for asked in _all(store):
        path = asked.path.with_suffix(".tsr")
        if not path.is_file():
            continue
        reply = path.read_bytes()
        seen.add(asked.name)
        size = int(asked.name.split("-")[0])
        try:
            if sha256(reply) not in named:
                raise RecordAltered("the record does not name this reply", "")
            trusted = certificates or _read(asked.path.with_suffix(".pem"))
            if certificates is None and not stamps.roots_in(trusted) <= set(named[sha256(reply)]["roots"]):
                raise RecordAltered("its certificates have a root that the record does not name", "")
            stamp = stamps.checked(reply, asked.note, asked.request, trusted)
            _stands(asked, store, hashes)
            found.append(Looked(asked.name, size, stamp, None))
        except stamps.StampRefused as error:
            found.append(Looked(asked.name, size, None, error.reason))
        except ProbandaError as error:
            found.append(Looked(asked.name, size, None, error.problem))
    for payload in named.values():
        if payload["name"] not in seen:
            name = str(payload["name"])
            found.append(Looked(name, int(name.partition("-")[0]), None, f"{FOLDER}/{name}.tsr is missing"))
    return sorted(found, key=lambda one: (one.size, one.name))


def _stands(asked: Asked, store: Store, hashes: list[str]) -> None:
    """The stamped checkpoint is of this log, and its root is still that over as many entries."""
    try:
        told = read_note(asked.note.decode()).checkpoint
    except ValueError as error:
        raise RecordAltered(f"the stamped checkpoint cannot be read: {error}", "") from error
    if told.origin.split("/")[-1] != store.settings.log:
        raise RecordAltered(f"the stamped checkpoint is of another log ({told.origin})", "")
    if told.size > len(hashes):
        raise RecordAltered(f"it stamps a log of {told.size} entries, and there are {len(hashes)}", "")
    if root_of(hashes[: told.size]) != told.root:
        raise RecordAltered(f"the first {told.size} entries have another root now than the one that was stamped", "")


def _noted(store: Store, eyes: Eyes) -> list[dict[str, Any]]:
    """What the record says of the replies that were kept."""
    outputs = [dict(one.payload) for one in store.decisions(eyes) if one.kind == "output"]
    return [one for one in outputs if one.get("kind") == KEPT]


def _is_noted(asked: Asked, noted: set[object]) -> bool:
    path = asked.path.with_suffix(".tsr")
    return path.is_file() and sha256(path.read_bytes()) in noted


def _all(store: Store) -> list[Asked]:
    """Every checkpoint for which a stamp was asked, by size and count."""
    folder = store.folder / "log" / store.settings.log / FOLDER
    found = []
    for path in folder.glob("*.txt") if folder.is_dir() else ():
        shape = _NAME.fullmatch(path.name)
        if shape:
            asked = Asked(path, _read(path), _read(path.with_suffix(".tsq")))
            found.append((int(shape[1]), int(shape[2]), asked))
    return [asked for _, _, asked in sorted(found, key=lambda one: one[:2])]


def _read(path: Path) -> bytes:
    """The bytes of a file, none where it is missing: then the checks say what is wrong."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _write(path: Path, data: bytes) -> None:
    """Write a whole file or none."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        with waiting.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        waiting.replace(path)
        sync_folder(path.absolute().parent)
    except OSError as error:
        raise ProbandaError(
            f"{path} could not be written: {error.strerror}.", "Make room, or name another place, and try again."
        ) from error
