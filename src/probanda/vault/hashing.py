"""The four digests of an item, all made in one pass over its bytes.

SHA-256 names the item and is what is sworn to. BLAKE3 is for quick checks. SHA-1 and MD5 are made for exchange with
systems that still name files by them, and nothing here trusts them. Start with `Hashing`. Large files are hashed on
two threads beside the copying (the hashes let go of Python's lock), in blocks of which few are held at a time.

Looks down to: kernel. Used by: vault.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from blake3 import blake3

from probanda.kernel.digests import Digest

LARGE = 8 << 20
"""Bytes after which threads pay: a file of this many is hashed in some hundredths of a second."""
WAITING = 8
"""Blocks that may wait for each thread: bounds the memory to some MiB, whatever the file's size."""


@dataclass(frozen=True, slots=True)
class Digests:
    """What the same bytes are called, in lower-case hexadecimal."""

    sha256: Digest
    blake3: str
    """BLAKE3, 256 bits."""
    sha1: str
    md5: str


class _Hash(Protocol):
    def update(self, data: bytes, /) -> object: ...


class Hashing:
    """Takes an item's blocks in their order. Use as a context manager, so that its threads end."""

    def __init__(self) -> None:
        self.size = 0
        """Bytes taken so far."""
        self._sha256, self._blake3 = hashlib.sha256(), blake3()
        self._sha1, self._md5 = hashlib.sha1(usedforsecurity=False), hashlib.md5(usedforsecurity=False)
        self._threads: tuple[_Beside, _Beside] | None = None

    def __enter__(self) -> Hashing:
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads or ():
            thread.end()

    def update(self, block: bytes) -> None:
        """Hash on. The block must not change afterwards: a thread may still be reading it."""
        self.size += len(block)
        if self._threads is None and self.size > LARGE:
            # SHA-256 with SHA-1 takes about as long as MD5 with BLAKE3.
            self._threads = _Beside(self._sha256, self._sha1), _Beside(self._md5, self._blake3)
        if self._threads is None:
            self._sha256.update(block)
            self._blake3.update(block)
            self._sha1.update(block)
            self._md5.update(block)
        else:
            for thread in self._threads:
                thread.take(block)

    def digests(self) -> Digests:
        """The digests of all blocks so far."""
        for thread in self._threads or ():
            thread.catch_up()
        return Digests(
            self._sha256.hexdigest(), self._blake3.hexdigest(), self._sha1.hexdigest(), self._md5.hexdigest()
        )


class _Beside:
    """One thread that feeds blocks to some hashes, in their order."""

    def __init__(self, *hashes: _Hash) -> None:
        self._hashes = hashes
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")
        self._waiting: deque[Future[None]] = deque()

    def take(self, block: bytes) -> None:
        if len(self._waiting) >= WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(self._feed, block))

    def catch_up(self) -> None:
        while self._waiting:
            self._waiting.popleft().result()

    def end(self) -> None:
        self._thread.shutdown(cancel_futures=True)

    def _feed(self, block: bytes) -> None:
        for one in self._hashes:
            one.update(block)
