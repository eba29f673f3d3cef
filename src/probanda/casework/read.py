"""Read what was taken in: items to texts in child processes, members of items to items, texts to proposed claims.

What is current is not read again (the ledger `made` knows). The work is spoken in the five verbs of an engine: little
of it is done in this process, much in a pool whose parent never loads the language model. What comes out is the same
for any number of workers, since it is written in the order of the items.

Start with `read`. Looks down to: stages, unpack, store. Used by: casework (case), cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from probanda.access.eyes import Eyes
from probanda.casework import recordings, stages
from probanda.casework.progress import Counted, Progress, silent
from probanda.casework.stages import Altered, FileJob, FileRead, PartJob, PartRead
from probanda.claims import reader_for
from probanda.kernel.errors import ItemAltered
from probanda.reading.model import Text
from probanda.store.engines.local import LocalEngine
from probanda.store.engines.verbs import Batch, Partition
from probanda.store.model import ItemRow
from probanda.store.store import Store

MAKER = "reading 0.5"
LITTLE = 400_000
"""Bytes, or code points, up to which one process reads: starting a second one costs more than it brings."""
AT_ONCE = 16
"""Items, or parts, that go to a worker together."""
BYTES_AT_ONCE, LENGTH_AT_ONCE = 1_000_000, 24_000
"""What they have together at most: of files in bytes, of texts in code points (about a second of work)."""
LARGE = 20_000_000
"""Bytes of an item that is read in this process, so that its parts wait in no queue."""
LIMIT = 20_000_000
"""Code points of one item that are read for claims unless a person asks for all of it."""
MOST_PARTS = 100_000
"""Parts of one item, each of millions of code points."""


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
    remarked: tuple[tuple[str, int], ...] = ()
    """(number, how many) of items of which parts were not read or not taken out; `items ITEM` names them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What the ledger says of an item."""

    text_maker: str | None
    text_output: str | None
    reading_maker: str | None
    reading_input: str | None


def read(
    store: Store,
    eyes: Eyes,
    *,
    items: Sequence[str] = (),
    everything: bool = False,
    workers: int | None = None,
    progress: Progress = silent,
) -> ReadReport:
    """Read every item that has no current text or claims; `items` narrows (to them and what they hold), `everything`
    lifts the limit of size. `workers`: processes for much work, as many as cores (at most 8) if left out.

    Raises ItemAltered where an item's bytes are not what they were; what was read before it stays.
    """
    with LocalEngine(store, eyes, workers) as engine:
        texts = _all_texts(store, eyes, engine, items, progress)
        rows = _wanted(engine, items)
        due = _due(engine, rows, everything)
        claims = _read_claims(engine, due, everything, progress)
        after = _wanted(engine, items)
    stopped = [r for r in after if r.not_read and r.not_read.startswith(stages.STOPPED)]
    return ReadReport(
        texts=texts,
        read=len(due),
        current=len(rows) - len(due) - sum(r.unread_reason is not None for r in rows),
        claims=claims,
        unread=(
            *((r.number, r.unread_reason or "", r.unread_fix or "") for r in _wordless(after)),
            *((r.number, f"{r.not_read}.", stages.AGAIN) for r in stopped),
        ),
        waiting=tuple((r.number, r.not_read) for r in after if r.not_read and r not in stopped),
        remarked=tuple((r.number, len(r.remarks)) for r in after if r.remarks),
    )


def _wordless(rows: Sequence[ItemRow]) -> Iterator[ItemRow]:
    """Items that have no text; of key frames, which a program took by the dozen, nobody expects one."""
    frames = recordings.frames(rows)
    return (row for row in rows if row.unread_reason and row.digest not in frames)


def _wanted(engine: LocalEngine, items: Sequence[str]) -> list[ItemRow]:
    """The items asked for, and what was taken out of them; all, if none was asked for."""
    rows = [row for row in engine.scan("item") if not row.destroyed]
    if not items:
        return rows
    wanted = set(items)
    for row in rows:  # in order of registration: what an item holds comes after it
        if not wanted.isdisjoint(row.parents):
            wanted.add(row.digest)
    return [row for row in rows if row.digest in wanted]


def _ledger(engine: LocalEngine, rows: Iterable[ItemRow]) -> dict[str, _Line]:
    asked = engine.sql("made_of_items", items=[row.digest for row in rows])
    return {
        one["item"]: _Line(one["text_maker"], one["text_output"], one["reading_maker"], one["reading_input"])
        for one in asked
    }


# --- items to texts -------------------------------------------------------------------------------


def _all_texts(store: Store, eyes: Eyes, engine: LocalEngine, items: Sequence[str], progress: Progress) -> int:
    """Read texts and take out what items hold, until nothing new comes; returns how many texts were read."""
    from probanda.casework.beside import note_down
    from probanda.casework.unpack import unpack

    count = 0
    while True:
        count += _read_texts(store, eyes, engine, _wanted(engine, items), progress)
        holding = [row for row in _wanted(engine, items) if row.holds]
        if not holding or not unpack(store, eyes, holding, progress):
            note_down(store, eyes)
            return count


def _read_texts(store: Store, eyes: Eyes, engine: LocalEngine, rows: Sequence[ItemRow], progress: Progress) -> int:
    lines = _ledger(engine, rows)
    finished = store.finished_recognised()
    makers = {r.digest: text_maker(finished.get(r.digest)) for r in rows}
    due = [r for r in rows if lines[r.digest].text_maker != makers[r.digest]]
    jobs = [
        FileJob(r.digest, r.doc, r.size, store.recognised(eyes, r.digest) if r.digest in finished else None)
        for r in due
    ]
    batch = Batch(
        rows=AT_ONCE, weight=BYTES_AT_ONCE, weigh=_bytes_of,
        total=sum(job.size for job in jobs), little=LITTLE, heavy=LARGE,
    )  # fmt: skip
    actor = stages.FileReaders(store.vault.folder)
    found = engine.map_batches(jobs, stages.read_files, batch, actor, stages.file_lost)
    much = sum(job.size for job in jobs) > LITTLE

    def partitions() -> Iterator[Partition]:
        expected = not much
        for one in found:
            if not expected and _is_english(one):
                expected = True
                engine.expect(stages.read_parts, partial(stages.ClaimReaders, "en"), stages.part_lost)
            yield _text_partition(store, one, makers[one.job.digest])

    engine.commit(partitions(), "text", Counted(progress, "reading texts", len(jobs)))
    return len(jobs)


def text_maker(recogniser: str | None) -> str:
    """Who makes the text of an item; `recogniser` made the words of its pages that are pictures."""
    return MAKER if recogniser is None else f"{MAKER}; {recogniser}"


def _is_english(one: FileRead) -> bool:
    """Of this language there will be claims to read, and it has the model that takes seconds to load."""
    return isinstance(one.result, tuple) and any(text.language == "en" for text in one.result)


def _bytes_of(job: FileJob) -> int:
    return job.size


def _text_partition(store: Store, one: FileRead, maker: str) -> Partition:
    digest = one.job.digest
    if isinstance(one.result, Altered):
        store.vault.verify(digest)  # says what is wrong with it
        raise ItemAltered(digest, digest, "other bytes a moment ago")
    return Partition(digest, f"{maker}; stopped" if one.stopped else maker, digest, one.result)


# --- texts to claims ------------------------------------------------------------------------------


class _Makers:
    """Who makes the claims of an item: this stage and the reader of its language or table, each asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, str | None], str] = {}

    def of(self, row: ItemRow, everything: bool) -> str:
        key = (row.language, row.read_as)
        if key not in self._known:
            reader = reader_for(*key)
            name = reader.maker if reader else f"no reader for {row.language or 'an unknown language'}"
            self._known[key] = f"{MAKER}; {name}"
        return self._known[key] + ("; all parts" if everything and row.parts > 1 else "")


def _due(engine: LocalEngine, rows: Sequence[ItemRow], everything: bool) -> list[tuple[ItemRow, str, str]]:
    """Items whose claims are not current, with who is to make them and from which text."""
    lines, makers = _ledger(engine, rows), _Makers()
    found = []
    for row in rows:
        line, maker = lines[row.digest], makers.of(row, everything)
        enough = {maker, makers.of(row, True)}
        current = line.reading_maker in enough and line.reading_input == line.text_output
        if row.unread_reason is None and not current and line.text_output is not None:
            found.append((row, maker, line.text_output))
    return found


def _read_claims(
    engine: LocalEngine, due: Sequence[tuple[ItemRow, str, str]], everything: bool, progress: Progress
) -> int:
    batch = Batch(
        rows=AT_ONCE, weight=LENGTH_AT_ONCE, weigh=_length_of,
        total=sum(row.length for row, _, _ in due), little=LITTLE,
    )  # fmt: skip
    jobs = (job for row, maker, source in due for job in _parts(engine, row, maker, source, everything))
    parts = engine.map_batches(jobs, stages.read_parts, batch, stages.ClaimReaders, stages.part_lost)
    whole = engine.group_apply(parts, _item_of, _joined, MOST_PARTS)
    count = 0

    def partitions() -> Iterator[Partition]:
        nonlocal count
        for one in whole:
            count += len(one.reading.claims)
            yield Partition(one.item, f"{one.maker}; stopped" if one.stopped else one.maker, one.input, one.reading)

    engine.commit(partitions(), "reading", Counted(progress, "reading claims", len(due)))
    return count


def _length_of(job: PartJob) -> int:
    return len(job.text.words) if job.text is not None else 0


def _item_of(part: PartRead) -> str:
    return part.item


def _joined(_item: str, parts: Sequence[PartRead]) -> PartRead:
    return stages.joined(parts)


def _parts(engine: LocalEngine, row: ItemRow, maker: str, source: str, everything: bool) -> Iterator[PartJob]:
    """The parts to read, one at a time, and what is left aside; the item alone where no part is to be read."""
    if reader_for(row.language, row.read_as) is None or not row.parts:
        yield PartJob(row.digest, maker, source, row.language, None, None, row.read_as)
        return
    limit = row.length if everything or row.length <= LIMIT else LIMIT
    # Said of every part, so it is worked out before the first is read.
    left = _left(engine, row, limit) if limit < row.length else None
    none = True
    for text in engine.scan("text", [row.digest]):
        if text.base + len(text.words) > limit:
            break
        none = False
        yield PartJob(row.digest, maker, source, row.language, text, left, row.read_as)
    if none:
        yield PartJob(row.digest, maker, source, row.language, None, left, row.read_as)


def _left(engine: LocalEngine, row: ItemRow, limit: int) -> str:
    read_to = 0
    for text in engine.scan("text", [row.digest]):
        end = _end(text)
        if end > limit:
            break
        read_to = end
    return (
        f"read up to {read_to:,} of {row.length:,} characters; the rest is searchable"
        f" (`probanda read --all {row.number}`)"
    )


def _end(text: Text) -> int:
    return text.base + len(text.words)
