"""Checking many items at once, on all cores.

Start with `check_all`. Hashing lets go of Python's lock, so threads share the work; each has one buffer of its own, so
memory does not grow with the items. Small items go in batches, since handing over each by itself would cost more than
its check.

Looks down to: kernel. Used by: vault.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Protocol

from blake3 import blake3

from probanda.kernel.digests import Digest
from probanda.kernel.errors import ItemAltered
from probanda.vault.checked import CHUNK, ItemMissing, ItemUnreadable, NotAFile, open_file

BATCH = 32
"""Items handed to a thread at a time."""
AHEAD = 4
"""Batches for each thread that may wait."""

_Item = tuple[Digest, str]
"""A digest, and the path of its file."""
_own = threading.local()
"""Each thread's buffer: a new one for each batch would be filled with zeros for longer than small items are hashed."""


class _Hash(Protocol):
    def update(self, data: memoryview, /) -> object: ...
    def hexdigest(self) -> str: ...


def check_all(
    items: Iterable[_Item],
    workers: int | None,
    quick: Mapping[Digest, str],
    progress: Callable[[int], None] | None,
) -> Iterator[ItemAltered]:
    """Check these items against their digests, or their BLAKE3 where `quick` has it; gives what is wrong, in order."""
    threads = workers or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    waiting: deque[tuple[int, Future[list[ItemAltered]]]] = deque()
    rest, done = iter(items), 0
    with ThreadPoolExecutor(threads, thread_name_prefix="checking") as pool:
        try:
            while batch := list(islice(rest, BATCH)):
                waiting.append((len(batch), pool.submit(_check, batch, quick)))
                if len(waiting) >= AHEAD * threads:
                    done += waiting[0][0]
                    yield from _told(waiting.popleft()[1], done, progress)
            while waiting:
                done += waiting[0][0]
                yield from _told(waiting.popleft()[1], done, progress)
        finally:
            pool.shutdown(cancel_futures=True)  # the asker may have stopped early


def _told(batch: Future[list[ItemAltered]], done: int, progress: Callable[[int], None] | None) -> Iterator[ItemAltered]:
    faults = batch.result()
    if progress is not None:
        progress(done)
    yield from faults


def _check(batch: Sequence[_Item], quick: Mapping[Digest, str]) -> list[ItemAltered]:
    if not hasattr(_own, "buffer"):
        _own.buffer = memoryview(bytearray(CHUNK))
    faults = []
    for digest, path in batch:
        try:
            _check_one(digest, path, quick.get(digest), _own.buffer)
        except ItemAltered as fault:
            faults.append(fault)
    return faults


def _check_one(digest: Digest, path: str, blake: str | None, buffer: memoryview) -> None:
    """Raises ItemMissing, ItemUnreadable or ItemAltered."""
    hashed: _Hash = hashlib.sha256() if blake is None else blake3()
    try:
        number = open_file(path)
        try:
            while count := os.readv(number, [buffer]):
                hashed.update(buffer[:count])
        finally:
            os.close(number)
    except (FileNotFoundError, NotAFile):
        raise ItemMissing(digest) from None
    except OSError as error:
        raise ItemUnreadable(digest, error) from error
    if hashed.hexdigest() != (digest if blake is None else blake):
        raise ItemAltered(digest, digest if blake is None else blake, hashed.hexdigest())
