"""Recognise the words on pages that are pictures: scans, photographs of letters, pages of a PDF without letters.

Each page is recognised in a reading child and kept at once, so that a run that was cut off goes on at the next page.
Once all pages of an item are there, its text is made with them (`read`). Chosen items go first. It is done only when a
person asks for it: it takes seconds a page, and what comes out is machine text.

Start with `recognise`. Looks down to: read, reading, store. Used by: casework (case), cli.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.casework import recordings
from probanda.casework.progress import Counted, Progress, silent
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading import recognition
from probanda.reading.child import ReadingChild
from probanda.reading.model import Unread
from probanda.reading.recognition import LANGUAGE_CODES, USUAL, PageWords, Recogniser
from probanda.store.engines.local import usual_workers
from probanda.store.model import ItemRow
from probanda.store.store import Store
from probanda.store.views import LANGUAGE_GIVEN

PICTURES = ("application/pdf", "image/")
"""Media types, or how they begin, of items that can hold pages that are pictures."""
AHEAD = 2
"""Pages handed to each worker beforehand."""
WALL_SECONDS = 400.0
"""Time for one page before the child is ended."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What `recognise` did."""

    items: int
    """Items of which all pages are there now, and were not before."""
    pages: int
    """Pages recognised now."""
    kept: int
    """Pages kept from a run before."""
    failed: tuple[tuple[str, int, str, str], ...]
    """(number, page, reason, next step) of pages that could not be recognised."""
    maker: str


@dataclass(frozen=True, slots=True)
class _Job:
    row: ItemRow
    page: int
    languages: tuple[str, ...]


def recognise(
    store: Store,
    eyes: Eyes,
    *,
    items: Sequence[str] = (),
    first: Sequence[str] = (),
    languages: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress = silent,
) -> Recognition:
    """Recognise pages of these items (digests; all that have such pages, if left out), those in `first` before others.

    `first`: digests, or beginnings of names as they were taken in (a folder, say). `languages`: codes of Tesseract's
    models; left out, the language a person gave an item, else Arabic, English and French as far as they are there.
    Raises ProbandaError where Tesseract or a language is missing.
    """
    recogniser = recognition.found()
    if recogniser is None:
        raise ProbandaError(
            "Words on pictures are recognised by Tesseract, which is not on this machine.",
            "Install it with the languages you need (on Debian: tesseract-ocr, tesseract-ocr-ara, tesseract-ocr-fra).",
        )
    chosen = tuple(languages) or tuple(code for code in USUAL if code in recogniser.languages)
    _refuse_unknown(chosen, recogniser)
    rows = _in_turn(_rows(store, eyes, items), first)
    work = _Work(store, eyes, recogniser, languages=chosen, asked=bool(languages))
    jobs = work.plan(rows, progress)
    work.run(jobs, usual_workers() if workers is None else workers, Counted(progress, "recognising pages", len(jobs)))
    return Recognition(work.items, work.pages, work.kept, tuple(work.failed), recogniser.maker(chosen))


def _refuse_unknown(chosen: Sequence[str], recogniser: Recogniser) -> None:
    missing = sorted(set(chosen) - set(recogniser.languages))
    if missing or not chosen:
        raise WrongUsage(
            f"Tesseract has no model for {', '.join(missing) or 'Arabic, English or French'} here.",
            f"Install it, or name others with --languages; there are: {', '.join(recogniser.languages)}.",
        )


def _rows(store: Store, eyes: Eyes, items: Sequence[str]) -> list[ItemRow]:
    """Items that can hold such pages: pictures, and PDFs that were not read whole."""
    rows = store.items(eyes, list(items) or None)
    frames = {} if items else recordings.frames(rows)  # pictures by the hundred: their words are looked for when named
    return [
        row
        for row in rows
        if not row.destroyed
        and row.digest not in frames
        and (row.read_as or row.media_type).startswith(PICTURES)
        and (row.unread_reason or row.remarks or row.machine)
    ]


def _in_turn(rows: Sequence[ItemRow], first: Sequence[str]) -> list[ItemRow]:
    """Those named first before the others, in the order they are named; the order of registration otherwise."""

    def place(row: ItemRow) -> int:
        fits = [n for n, one in enumerate(first) if row.digest == one or any(n.startswith(one) for n in row.names)]
        return fits[0] if fits else len(first)

    return sorted(rows, key=place)


class _Work:
    """One run: what is to be done, what was done, and the children that do it."""

    def __init__(
        self, store: Store, eyes: Eyes, recogniser: Recogniser, *, languages: tuple[str, ...], asked: bool
    ) -> None:
        self._store, self._eyes, self._recogniser = store, eyes, recogniser
        self._languages, self._asked = languages, asked
        self._left: dict[str, set[int]] = {}
        self._all: dict[str, list[int]] = {}
        self._children: list[ReadingChild] = []
        self._mine = threading.local()
        self.items = self.pages = self.kept = 0
        self.failed: list[tuple[str, int, str, str]] = []

    def plan(self, rows: Sequence[ItemRow], progress: Progress) -> list[_Job]:
        """The pages that are to be recognised, in order."""
        finished, jobs = self._store.finished_recognised(), []
        told = Counted(progress, "looking for pictures of pages", len(rows))
        with ReadingChild() as child:
            for row in rows:
                languages = self._for(row)
                maker = self._recogniser.maker(languages)
                if finished.get(row.digest) != maker:
                    jobs += self._pages_of(row, languages, maker, child)
                told(1)
        return jobs

    def _pages_of(self, row: ItemRow, languages: tuple[str, ...], maker: str, child: ReadingChild) -> list[_Job]:
        self._store.vault.verify(row.digest)
        numbers = child.wordless(self._store.vault.path_of(row.digest), row.doc)
        if isinstance(numbers, Unread) or not numbers:
            return []
        kept = self._store.recognised(self._eyes, row.digest)
        done = set(kept.pages) if kept is not None and kept.maker == maker else set()
        self.kept += len(done)
        left = [number for number in numbers if number not in done]
        self._all[row.digest], self._left[row.digest] = numbers, set(left)
        if not left:
            self._finish(row, maker)
        return [_Job(row, number, languages) for number in left]

    def _for(self, row: ItemRow) -> tuple[str, ...]:
        """The languages of an item: what was asked for; else what a person said of it; else all."""
        said = LANGUAGE_CODES.get(row.language or "") if row.language_reason == LANGUAGE_GIVEN else None
        if said is None or self._asked or said not in self._recogniser.languages:
            return self._languages
        return (said,)

    def run(self, jobs: Sequence[_Job], workers: int, told: Counted) -> None:
        """Recognise them, each kept as it comes. What is done stays when this is cut off."""
        with ThreadPoolExecutor(workers) as pool:
            try:
                for job, result in self._results(pool, jobs, workers):
                    self._take(job, result)
                    told(1)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                for child in self._children:
                    child.close()

    def _results(
        self, pool: ThreadPoolExecutor, jobs: Sequence[_Job], workers: int
    ) -> Iterator[tuple[_Job, PageWords | Unread]]:
        """Results as they come; few pages are handed out at a time, so that stopping is quick."""
        coming = iter(jobs)
        out: dict[Future[PageWords | Unread], _Job] = {}
        while True:
            while len(out) < workers * AHEAD and (job := next(coming, None)) is not None:
                out[pool.submit(self._recognised, job)] = job
            if not out:
                return
            done, _ = wait(out, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda f: (out[f].row.number, out[f].page)):
                yield out.pop(future), future.result()

    def _recognised(self, job: _Job) -> PageWords | Unread:
        """In a thread of the pool, which has a child of its own."""
        if not hasattr(self._mine, "child"):
            self._mine.child = ReadingChild(WALL_SECONDS)
            self._children.append(self._mine.child)
        child: ReadingChild = self._mine.child
        path = self._store.vault.path_of(job.row.digest)
        return child.recognise(path, job.row.doc, job.page, self._recogniser, job.languages)

    def _take(self, job: _Job, result: PageWords | Unread) -> None:
        digest, maker = job.row.digest, self._recogniser.maker(job.languages)
        if isinstance(result, Unread):
            self.failed.append((job.row.number, job.page, result.reason, result.fix))
            self._all[digest].remove(job.page)
        else:
            self._store.keep_recognised(digest, [result], maker)
            self.pages += 1
        self._left[digest].discard(job.page)
        if not self._left[digest] and self._all[digest]:
            self._finish(job.row, maker)

    def _finish(self, row: ItemRow, maker: str) -> None:
        self._store.finish_recognised(row.digest, maker, self._all[row.digest])
        self.items += 1
