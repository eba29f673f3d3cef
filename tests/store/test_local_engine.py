"""The five verbs on one machine: order kept, little in flight, harm done to workers, and nothing written twice."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from probanda.access.eyes import OPEN, Eyes
from probanda.claims.model import Reading
from probanda.kernel.vocabulary import Label
from probanda.reading.model import Unread
from probanda.store.engines.local import GROUP, LocalEngine
from probanda.store.engines.pool import NoWorkers, StageFailed
from probanda.store.engines.verbs import Batch, GroupTooLarge, Partition, WorkerLost
from tests.store import stage_functions as stage
from tests.store.desk import REPORT, Desk, a_claim, a_text

KILLED = "the Northern Brigade killed twelve farmers"
FEW = Batch(rows=3, weight=1_000)


@pytest.fixture
def engine(desk: Desk) -> Iterator[LocalEngine]:
    """Two workers over a new case."""
    with LocalEngine(desk.store, desk.eyes, workers=2) as made:
        yield made


# --- scan


def test_a_scan_gives_only_what_its_eyes_may_see(desk: Desk) -> None:
    open_one, closed_one = desk.add(REPORT, "a.txt"), desk.add(REPORT + "More.\n", "b.txt", label=Label.RESTRICTED)
    anyone = Eyes("somebody", frozenset({OPEN}))
    assert [r.digest for r in LocalEngine(desk.store, desk.eyes).scan("item")] == [open_one, closed_one]
    assert [r.digest for r in LocalEngine(desk.store, anyone).scan("item")] == [open_one]


def test_a_scan_stays_what_it_was_at_the_call(desk: Desk, engine: LocalEngine) -> None:
    first = desk.add(REPORT, "a.txt")
    rows = engine.scan("item")
    desk.add(REPORT + "More.\n", "b.txt")
    assert [row.digest for row in rows] == [first]


def test_there_is_nothing_else_to_scan(engine: LocalEngine) -> None:
    with pytest.raises(LookupError):
        engine.scan("decision")


# --- map_batches


def test_rows_come_back_in_the_order_they_went_in(engine: LocalEngine) -> None:
    rows = list(range(40))
    assert list(engine.map_batches(rows, stage.slow_for_even, Batch(1, 1), stage.a_number)) == rows


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_gives_the_same(desk: Desk, workers: int) -> None:
    with LocalEngine(desk.store, desk.eyes, workers) as engine:
        assert list(engine.map_batches(range(50), stage.doubled, FEW, stage.a_number)) == [2 * n for n in range(50)]


def test_one_worker_little_work_and_heavy_rows_stay_in_this_process(desk: Desk, engine: LocalEngine) -> None:
    alone = LocalEngine(desk.store, desk.eyes, workers=1)
    little = Batch(rows=3, weight=100, total=4, little=4)
    heavy = Batch(rows=3, weight=100, weigh=int, heavy=50)
    assert set(alone.map_batches(range(4), stage.where, FEW, stage.a_number)) == {os.getpid()}
    assert set(engine.map_batches(range(4), stage.where, little, stage.a_number)) == {os.getpid()}
    met = list(engine.map_batches([1, 99, 2, 99], stage.where, heavy, stage.a_number))
    assert [one == os.getpid() for one in met] == [False, True, False, True]


def test_each_worker_makes_its_actor_once_and_closes_it(engine: LocalEngine, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    list(engine.map_batches(range(30), stage.where, FEW, stage.Diary(diary)))
    lines = diary.read_text().splitlines()
    begun = {line.split()[0] for line in lines if line.endswith("begun")}
    assert sorted(lines) == sorted(f"{pid} {word}" for pid in begun for word in ("begun", "ended"))
    assert 1 <= len(begun) <= 2


def test_workers_that_were_expected_are_the_ones_that_do_the_work(engine: LocalEngine) -> None:
    engine.expect(stage.where, stage.a_number)
    (waiting,) = engine._pools
    ready = {worker.process.pid for worker in waiting._workers}
    assert set(engine.map_batches(range(30), stage.where, FEW, stage.a_number)) <= ready
    assert not engine._pools


def test_little_is_in_flight_however_many_rows_there_are(engine: LocalEngine) -> None:
    taken = 0

    def rows() -> Iterator[int]:
        nonlocal taken
        for n in range(100_000):
            taken += 1
            yield n

    found = engine.map_batches(rows(), stage.doubled, FEW, stage.a_number)
    for n in range(100):
        next(found)
        assert taken - n <= 3 * (4 * 2 + 2)


def test_answers_larger_than_a_channel_get_through(engine: LocalEngine) -> None:
    found = engine.map_batches(range(12), stage.large, Batch(2, 100), stage.a_number)
    assert [len(one) for one in found] == [3_000_000] * 12


def test_a_bug_in_a_stage_is_told_with_the_workers_words(engine: LocalEngine) -> None:
    with pytest.raises(StageFailed, match="ZeroDivisionError"):
        list(engine.map_batches([1, 0, 1], stage.faulty, FEW, stage.a_number))


# --- workers that die


def test_a_batch_whose_worker_was_killed_is_done_by_another(engine: LocalEngine, tmp_path: Path) -> None:
    rows = [f"row {n}" for n in range(20)]
    rows[7] = f"dies once:{tmp_path / 'mark'}"
    found = list(engine.map_batches(rows, stage.deadly, FEW, stage.a_number, stage.lost))
    assert found == [row.upper() for row in rows]


def test_a_row_that_kills_its_worker_is_named_and_the_others_go_on(engine: LocalEngine) -> None:
    rows = [f"row {n}" for n in range(20)]
    rows[4] = rows[16] = "dies"
    found = list(engine.map_batches(rows, stage.deadly, FEW, stage.a_number, stage.lost))
    ended = "lost dies: its process was ended by signal 9 (SIGKILL)"
    assert found == [ended if row == "dies" else row.upper() for row in rows]


def test_without_an_answer_for_it_such_a_row_ends_the_run(engine: LocalEngine) -> None:
    with pytest.raises(WorkerLost, match="signal 9"):
        list(engine.map_batches(["dies"], stage.deadly, FEW, stage.a_number))


def test_workers_that_cannot_begin_are_told_of_and_no_row_is_blamed(engine: LocalEngine) -> None:
    with pytest.raises(NoWorkers, match="signal 9"):
        list(engine.map_batches(["row"] * 20, stage.deadly, FEW, stage.stillborn, stage.lost))


def test_workers_at_work_end_at_once_when_the_engine_closes(desk: Desk, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), LocalEngine(desk.store, desk.eyes, workers=2) as engine:
        found = engine.map_batches(_interrupted(diary), stage.asleep, Batch(1, 1), stage.Diary(diary))
        next(found)
    assert time.monotonic() - begun < 20
    for pid in {int(line.split()[0]) for line in diary.read_text().splitlines()}:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def _interrupted(diary: Path) -> Iterator[int]:
    """Two rows; then, as soon as both workers are at work, a person's Ctrl-C."""
    yield from (1, 2)
    for _ in range(1_000):
        if diary.exists() and len(diary.read_text().splitlines()) == 2:
            break
        time.sleep(0.01)
    raise KeyboardInterrupt


# --- sql


def test_the_ledger_answers_for_the_items_asked_in_their_order(desk: Desk, engine: LocalEngine) -> None:
    first, second = desk.add(REPORT, "a.txt"), desk.add(REPORT + "More.\n", "b.txt")
    desk.store.commit_text([a_text(second, REPORT + "More.\n")], "reading 1")
    found = list(engine.sql("made_of_items", items=[second, first]))
    assert [(one["item"], one["text_maker"]) for one in found] == [(second, "reading 1"), (first, None)]


# --- group_apply


def test_groups_are_applied_in_order_and_one_too_large_is_refused(engine: LocalEngine) -> None:
    rows = [("a", 1), ("a", 2), ("b", 3)]
    sums = engine.group_apply(rows, lambda r: r[0], lambda key, group: (key, sum(n for _, n in group)), 2)
    assert list(sums) == [("a", 3), ("b", 3)]
    with pytest.raises(GroupTooLarge):
        list(engine.group_apply(rows, lambda r: r[0], lambda key, group: key, 1))


# --- commit


def _a_text(desk: Desk, words: str, name: str) -> Partition:
    digest = desk.add(words, name)
    return Partition(digest, "reading 1", digest, (a_text(digest, words),))


def test_a_doubled_commit_changes_nothing(desk: Desk, engine: LocalEngine) -> None:
    one = _a_text(desk, REPORT, "a.txt")
    assert engine.commit([one], "text") == 1
    before = desk.store.dump()
    assert engine.commit([one, one], "text") == 0
    assert desk.store.dump() == before


def test_a_late_commit_changes_nothing(desk: Desk, engine: LocalEngine) -> None:
    text = _a_text(desk, REPORT, "a.txt")
    engine.commit([text], "text")
    source = desk.store.made("text", text.key)
    assert source is not None
    late = Partition(text.key, "rules 1", source.output, Reading((a_claim(text.key, REPORT, KILLED),), (), "rules 1"))
    engine.commit([replace(text, maker="reading 2", rows=Unread(text.key, "It is locked.", "Unlock it."))], "text")
    assert engine.commit([late], "reading") == 0
    assert desk.store.claims(desk.eyes) == []
    assert desk.store.verify() == []


def test_another_maker_replaces_the_partition(desk: Desk, engine: LocalEngine) -> None:
    text = _a_text(desk, REPORT, "a.txt")
    engine.commit([text], "text")
    source = desk.store.made("text", text.key)
    assert source is not None
    first = Partition(text.key, "rules 1", source.output, Reading((a_claim(text.key, REPORT, KILLED),), (), "rules 1"))
    assert engine.commit([first], "reading") == 1
    assert engine.commit([replace(first, maker="rules 2", rows=Reading(reader="rules 2"))], "reading") == 1
    assert desk.store.claims(desk.eyes) == []


def test_commits_share_transactions_and_tell_when_they_are_safe(desk: Desk, engine: LocalEngine) -> None:
    texts = [_a_text(desk, f"{REPORT}Number {n}.\n", f"{n}.txt") for n in range(GROUP + 10)]
    told: list[int] = []
    assert engine.commit(texts, "text", told.append) == len(texts)
    assert sum(told) == len(texts)
    assert max(told) <= GROUP


def test_what_came_before_a_fault_is_safe(desk: Desk, engine: LocalEngine) -> None:
    texts = [_a_text(desk, f"{REPORT}Number {n}.\n", f"{n}.txt") for n in range(5)]

    def faulty() -> Iterator[Partition]:
        yield from texts
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        engine.commit(faulty(), "text")
    assert all(desk.store.made("text", one.key) for one in texts)
