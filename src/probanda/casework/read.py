"""Read what was taken in: items to texts in a child process, texts to proposed claims and mentions.

What is current is not read again (the ledger `made` knows). Little text is read in this process; much
text goes to a pool whose parent never loads the language model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from probanda.access.eyes import Eyes
from probanda.casework.progress import Progress, silent
from probanda.claims import reader_for
from probanda.claims.model import Reading
from probanda.reading import read as read_texts
from probanda.reading.child import ReadingChild
from probanda.reading.model import Text, Unread
from probanda.store.model import ItemRow
from probanda.store.store import Store

MAKER = "reading 0.1"
LITTLE = 400_000
"""Code points up to which one process reads: starting a second one costs more than it brings."""
LIMIT = 20_000_000
"""Code points of one item that are read for claims unless a person asks for all of it."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What `read` did."""

    texts: int
    """Items whose text was read now."""
    read: int
    """Items that were read for claims now."""
    current: int
    """Items that were read before and have not changed."""
    claims: int
    """Claims proposed now."""
    unread: tuple[tuple[str, str, str], ...]
    """(number, reason, next step) of items that could not be read."""
    waiting: tuple[tuple[str, str], ...]
    """(number, why) of items kept and searchable whose claims were not looked for, wholly or in part."""


def read(
    store: Store, eyes: Eyes, *, items: Sequence[str] = (), everything: bool = False, progress: Progress = silent
) -> ReadReport:
    """Read every item that has no current text or claims; `items` narrows, `everything` lifts the limit of size."""
    rows = [r for r in store.items(eyes) if not items or r.digest in items]
    texts = _read_texts(store, [r for r in rows if not _text_current(store, r)], progress)
    rows = [r for r in store.items(eyes) if not items or r.digest in items]
    due = [r for r in rows if r.unread_reason is None and not _claims_current(store, r, everything)]
    claims = _read_claims(store, eyes, due, everything, progress)
    after = [r for r in store.items(eyes) if not items or r.digest in items]
    return ReadReport(
        texts=texts,
        read=len(due),
        current=len(rows) - len(due) - sum(r.unread_reason is not None for r in rows),
        claims=claims,
        unread=tuple((r.number, r.unread_reason, r.unread_fix or "") for r in after if r.unread_reason),
        waiting=tuple((r.number, r.not_read) for r in after if r.not_read),
    )


def _text_current(store: Store, row: ItemRow) -> bool:
    made = store.made("text", row.digest)
    return made is not None and made.maker == MAKER


def _read_texts(store: Store, rows: Sequence[ItemRow], progress: Progress) -> int:
    if not rows:
        return 0
    with ReadingChild() as child:
        for done, row in enumerate(rows, 1):
            store.vault.verify(row.digest)
            parts: list[Text] = []
            for part in read_texts(store.vault.path_of(row.digest), row.digest, row.doc, child):
                if isinstance(part, Unread):
                    parts = []
                    store.commit_unread(part, MAKER)
                    break
                parts.append(part)
            if parts:
                store.commit_text(parts, MAKER)
            progress("reading texts", done, len(rows))
    return len(rows)


def _claims_maker(row: ItemRow, everything: bool) -> str:
    reader = reader_for(row.language)
    name = reader.maker if reader else f"no reader for {row.language or 'an unknown language'}"
    return f"{name}; all parts" if everything and row.parts > 1 else name


def _claims_current(store: Store, row: ItemRow, everything: bool) -> bool:
    made = store.made("reading", row.digest)
    if made is None:
        return False
    wanted = {_claims_maker(row, everything)} | ({_claims_maker(row, True)} if not everything else set())
    text = store.made("text", row.digest)
    return made.maker in wanted and text is not None and made.input == text.output


def _read_claims(store: Store, eyes: Eyes, rows: Sequence[ItemRow], everything: bool, progress: Progress) -> int:
    count = 0
    jobs = [(row, _claims_maker(row, everything)) for row in rows]
    size = sum(row.length for row, _ in jobs)
    readings = _in_pool if size > LITTLE else _here
    for done, (row, maker, reading) in enumerate(readings(store, eyes, jobs, everything), 1):
        store.commit_reading(row.digest, reading, maker)
        count += len(reading.claims)
        progress("reading claims", done, len(jobs))
    return count


Job = tuple[ItemRow, str]


def _here(store: Store, eyes: Eyes, jobs: Sequence[Job], everything: bool) -> Iterator[tuple[ItemRow, str, Reading]]:
    for row, maker in jobs:
        parts, left = _parts(store, eyes, row, everything)
        yield row, maker, read_parts(parts, row.language, left)


def _in_pool(store: Store, eyes: Eyes, jobs: Sequence[Job], everything: bool) -> Iterator[tuple[ItemRow, str, Reading]]:
    """The same over processes, in the same order, with a bounded number of texts in flight."""
    import multiprocessing
    import os
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor

    workers = max(1, min(os.cpu_count() or 1, 8))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[tuple[ItemRow, str, Future[Reading]]] = deque()
        for row, maker in jobs:
            parts, left = _parts(store, eyes, row, everything)
            waiting.append((row, maker, pool.submit(read_parts, tuple(parts), row.language, left)))
            if len(waiting) >= 4 * workers:
                first, made_by, future = waiting.popleft()
                yield first, made_by, future.result()
        while waiting:
            first, made_by, future = waiting.popleft()
            yield first, made_by, future.result()


def _parts(store: Store, eyes: Eyes, row: ItemRow, everything: bool) -> tuple[Iterable[Text], str | None]:
    """The parts to read, and what is left aside in words."""
    if everything or row.length <= LIMIT:
        return store.texts(eyes, row.digest), None
    parts = list(takewhile(lambda t: t.base + len(t.words) <= LIMIT, store.texts(eyes, row.digest)))
    read_to = max((t.base + len(t.words) for t in parts), default=0)
    left = (
        f"read up to {read_to:,} of {row.length:,} characters; the rest is searchable"
        f" (`probanda read --all {row.number}`)"
    )
    return parts, left


def read_parts(parts: Iterable[Text], language: str | None, left: str | None) -> Reading:
    """One item's parts to one reading; runs in the parent for little text and in a worker for much."""
    reader = reader_for(language)
    if reader is None:
        shown = language or "a language that could not be told"
        return Reading(reader="", not_read=f"kept and searchable; no reader for {shown} yet")
    readings = [reader.read(part) for part in parts]
    return Reading(
        claims=tuple(c for r in readings for c in r.claims),
        mentions=tuple(m for r in readings for m in r.mentions),
        reader=reader.name,
        not_read=left,
    )
