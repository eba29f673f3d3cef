"""Answers made small on their way to the browser, and files of ours that it may keep.

Start with `packed`. A page that another site opened is sent as it is: from the size of a compressed page that repeats
words of its address, whoever sends those words and watches the line could learn what else stands in it (BREACH).

Looks down to: nothing. Used by: web.app, web.desk.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
FOREVER = "max-age=31536000, immutable"
"""For files whose address changes with their bytes: nothing of a case is in them."""
LEAST = 600
"""Bytes below which an answer is not worth the work."""
_WORDS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_GZIP = zlib.MAX_WBITS | 16


@cache
def address_of(name: str) -> str:
    """The address of a file of ours, which changes when its bytes do."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:16]}"


def may_be_kept(path: str, query: str) -> bool:
    """True for the address that `address_of` gives a file of ours now."""
    name = path.removeprefix("/static/")
    return name != path and (STATIC / name).parent == STATIC and (STATIC / name).is_file() and (
        address_of(name) == f"{path}?{query}"
    )  # fmt: skip


def packed(app: ASGIApp) -> ASGIApp:
    """The same application, its words compressed for browsers that understand gzip."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        pack = scope["type"] == ScopeType.HTTP and scope["method"] == "GET" and _asked_for(scope["headers"])
        await app(scope, receive, _Packer(send) if pack else send)

    return answer


def _asked_for(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    told = dict(headers)
    own = told.get(b"sec-fetch-site", b"none") in (b"same-origin", b"none")
    return own and b"gzip" in told.get(b"accept-encoding", b"")


class _Packer:
    """Takes the messages of one answer and sends them on, compressed where that is worth while."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Any = None
        self._packer: zlib._Compress | None = None

    async def __call__(self, message: Any) -> None:
        """Hold the head back until the first bytes say how much there is."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._start is not None:
            if _worth(self._start, len(body), more):
                self._packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
                kept = [(k, v) for k, v in self._start["headers"] if k.lower() not in (b"content-length", b"etag")]
                self._start["headers"] = [*kept, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
            await self._send(self._start)
            self._start = None
        if self._packer is not None:
            message["body"] = self._packer.compress(body) + (b"" if more else self._packer.flush())
        await self._send(message)


def _worth(start: Any, size: int, more: bool) -> bool:
    if start["status"] != 200 or (size < LEAST and not more):
        return False
    told = {k.lower(): v for k, v in start["headers"]}
    kind = told.get(b"content-type", b"").decode("latin-1")
    return b"content-encoding" not in told and kind.startswith(_WORDS)
