"""A log that was tampered with is found: in the record, in its file copy, or written anew with every hash right.

Whoever does it here can write the whole folder. So the seal is made anew after each harm: what finds it is the log.
The third kind holds the signing key too and makes another history that agrees with itself in everything; what finds
that is a checkpoint, or a copy of the log, that was kept elsewhere.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from probanda.kernel.digests import random_id
from probanda.store import seal
from probanda.store.around import read_saved
from probanda.store.model import Fault
from probanda.store.store import DATABASE, Store
from tests.store.harm import History, a_case, cut_off, history_of, rewrite

COUNTS = [
    pytest.param(100, marks=pytest.mark.slow, id="a tenth"),
    pytest.param(1000, marks=pytest.mark.nightly, id="the whole"),
]
OF_THE_LOG = frozenset({"entry", "checkpoint", "log"})
"""What `verify` calls a fault of the log itself, of its file copy, and of the roots over it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case, to be left as it was found."""
    return a_case(tmp_path_factory.mktemp("rewritten") / "case")


@pytest.fixture
def closed(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def found(folder: Path) -> list[Fault]:
    """What verify finds."""
    with Store.open(folder, writing=False) as store:
        return store.verify()


# --- in the record --------------------------------------------------------------------------------

Rows = sqlite3.Connection


def _some_entry(rows: Rows, dice: random.Random) -> int:
    return dice.randrange(rows.execute("SELECT count(*) FROM decision").fetchone()[0])


def _renumber(rows: Rows, order: list[int]) -> None:
    """Put the entries in this order: by the places they have now."""
    rows.execute("UPDATE decision SET n = -1 - n")
    for n, was in enumerate(order):
        rows.execute("UPDATE decision SET n = ? WHERE n = ?", (n, -1 - was))


def row_deleted(rows: Rows, dice: random.Random) -> None:
    """One entry, or a run of them, taken out; the later ones may close the gap."""
    at, many = _some_entry(rows, dice), dice.randint(1, 3)
    rows.execute("DELETE FROM decision WHERE n BETWEEN ? AND ?", (at, at + many - 1))
    if dice.random() < 0.5:
        _renumber(rows, [n for (n,) in rows.execute("SELECT n FROM decision ORDER BY n")])


def row_edited(rows: Rows, dice: random.Random) -> None:
    """One column of one entry altered, whichever."""
    at = _some_entry(rows, dice)
    names = ["id", "at", "by", "kind", "subject", "over", "seen", "reason", "payload", "labels"]
    column = dice.choice([*names, "salt", "leaf", "leaf_hash", "sealed", "sealed_salt"])
    (was,) = rows.execute(f"SELECT {column} FROM decision WHERE n = ?", (at,)).fetchone()  # noqa: S608
    rows.execute(f"UPDATE decision SET {column} = ? WHERE n = ?", (_another(was, column, dice), at))  # noqa: S608


def _another(was: str | bytes, column: str, dice: random.Random) -> str | bytes:
    """A value of the same kind, with a little changed."""
    if isinstance(was, bytes):
        place = dice.randrange(len(was) or 1)
        return was[:place] + bytes([was[place] ^ 1 << dice.randrange(8)]) + was[place + 1 :] if was else b"put in later"
    if column in ("over", "labels", "seen"):
        return json.dumps([*json.loads(was), [random_id(), 3] if column == "seen" else random_id()])
    if column == "payload":
        return json.dumps({**json.loads(was), "name": f"other words {dice.random()}"}, sort_keys=True)
    if column == "at" and dice.random() < 0.5:
        return f"2029{was[4:]}"
    return f"{was}x" if dice.random() < 0.5 or len(was) < 2 else f"{was[1]}{was[0]}{was[2:]}x"


def rows_moved(rows: Rows, dice: random.Random) -> None:
    """Two entries have changed places, or one was moved elsewhere."""
    order = [n for (n,) in rows.execute("SELECT n FROM decision ORDER BY n")]
    one, other = dice.sample(range(len(order)), 2)
    if dice.random() < 0.5:
        order[one], order[other] = order[other], order[one]
    else:
        order.insert(other, order.pop(one))
    _renumber(rows, order)


def row_put_in(rows: Rows, dice: random.Random) -> None:
    """An entry doubled under another id, at a random place; the later ones make room."""
    of, at = _some_entry(rows, dice), _some_entry(rows, dice)
    names = [row[1] for row in rows.execute("PRAGMA table_info(decision)")]
    values = dict(zip(names, rows.execute("SELECT * FROM decision WHERE n = ?", (of,)).fetchone(), strict=True))
    rows.execute("UPDATE decision SET n = -1 - n WHERE n >= ?", (at,))
    rows.execute("UPDATE decision SET n = -n WHERE n < 0")
    values |= {"n": at, "id": random_id(), "reason": "as if it had always been there"}
    if "place" in values:
        (last,) = rows.execute("SELECT max(place) FROM decision").fetchone()
        values["place"] = last + 1
    marks = ", ".join("?" * len(values))
    rows.execute(f"INSERT INTO decision ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))  # noqa: S608


def rows_cut_off(rows: Rows, dice: random.Random) -> None:
    """The end taken off, with the checkpoints over it or without."""
    at = _some_entry(rows, dice)
    rows.execute("DELETE FROM decision WHERE n >= ?", (at,))
    if dice.random() < 0.5:
        rows.execute("DELETE FROM checkpoint WHERE size > ?", (at,))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("harm", [row_deleted, row_edited, rows_moved, row_put_in, rows_cut_off])
def test_an_entry_harmed_in_the_record_is_found(
    closed: Path, harm: Callable[[Rows, random.Random], None], count: int
) -> None:
    whole = (closed / DATABASE).read_bytes()
    dice = random.Random(f"20310506 {harm.__name__}")  # noqa: S311
    missed = []
    for turn in range(count // 5):
        with closing(sqlite3.connect(closed / DATABASE)) as rows:
            before = rows.execute("SELECT * FROM decision ORDER BY n").fetchall()
            harm(rows, dice)
            rows.commit()
            after = rows.execute("SELECT * FROM decision ORDER BY n").fetchall()
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert after != before
        seal.write(closed)
        if not OF_THE_LOG & {fault.what for fault in found(closed)}:
            missed.append((turn, found(closed)))
        (closed / DATABASE).write_bytes(whole)
        seal.write(closed)
    assert missed == []
    assert found(closed) == []


# --- in its file copy -----------------------------------------------------------------------------

Lines = list[bytes]


def line_deleted(lines: Lines, dice: random.Random) -> Lines:
    """One line, or a few, less."""
    at = dice.randrange(len(lines))
    return [*lines[:at], *lines[at + dice.randint(1, 3) :]]


def line_edited(lines: Lines, dice: random.Random) -> Lines:
    """One byte changed, or a word of an entry, in a line that can be read as before."""
    at = dice.randrange(len(lines))
    if dice.random() < 0.5:
        place = dice.randrange(len(lines[at]))
        other = lines[at][place] ^ 1 << dice.randrange(8)
        return [*lines[:at], lines[at][:place] + bytes([other]) + lines[at][place + 1 :], *lines[at + 1 :]]
    told = json.loads(lines[at])
    told["entry"][dice.choice(("reason", "subject", "kind", "by", "id"))] = f"other words {dice.random()}"
    other_line = json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return [*lines[:at], other_line, *lines[at + 1 :]]


def lines_moved(lines: Lines, dice: random.Random) -> Lines:
    """Two lines in each other's place, or one moved elsewhere."""
    one, other = dice.sample(range(len(lines)), 2)
    moved = list(lines)
    if dice.random() < 0.5:
        moved[one], moved[other] = moved[other], moved[one]
    else:
        moved.insert(other, moved.pop(one))
    return moved


def line_put_in(lines: Lines, dice: random.Random) -> Lines:
    """A line twice, or an empty one."""
    at = dice.randrange(len(lines) + 1)
    return [*lines[:at], dice.choice([dice.choice(lines), b"\n"]), *lines[at:]]


def lines_cut_off(lines: Lines, dice: random.Random) -> Lines:
    """The end taken off, at a line's end or in the midst of one."""
    whole = b"".join(lines)
    at = dice.randrange(len(whole)) if dice.random() < 0.5 else len(b"".join(lines[: dice.randrange(len(lines))]))
    return [whole[:at]]


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("harm", [line_deleted, line_edited, lines_moved, line_put_in, lines_cut_off])
def test_a_line_harmed_in_the_file_copy_is_found(
    closed: Path, harm: Callable[[Lines, random.Random], Lines], count: int
) -> None:
    (path,) = closed.glob("log/*/*.jsonl")
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    dice = random.Random(f"20310507 {harm.__name__}")  # noqa: S311
    missed = []
    for turn in range(count // 5):
        other = b"".join(harm(lines, dice))
        if other == whole:  # two lines of the same words in each other's place are no harm
            continue
        path.write_bytes(other)
        if not OF_THE_LOG & {fault.what for fault in found(closed)}:
            missed.append((turn, found(closed)))
    path.write_bytes(whole)
    assert missed == []
    assert found(closed) == []


# --- written anew, against what was kept elsewhere ------------------------------------------------


def reason_altered(history: History, dice: random.Random) -> History:
    """Other words in one entry, wherever it stands and whatever it is."""
    at = dice.randrange(len(history))
    return [*history[:at], replace(history[at], reason=f"other words {dice.random()}"), *history[at + 1 :]]


def time_altered(history: History, dice: random.Random) -> History:
    """One entry dated otherwise."""
    at = dice.randrange(len(history))
    return [*history[:at], replace(history[at], at=f"2029{history[at].at[4:]}"), *history[at + 1 :]]


def output_taken_out(history: History, dice: random.Random) -> History:
    """One entry, or a run of entries, of those on which nothing rests, deleted."""
    at = dice.choice(_free(history))
    return [*history[:at], *history[at + 1 :]]


def output_put_in(history: History, dice: random.Random) -> History:
    """An entry inserted wherever there is room for one."""
    of = history[dice.choice(_free(history))]
    at = dice.randrange(_first_free(history), len(history) + 1)
    return [*history[:at], replace(of, id=random_id(), subject="a report that nobody made"), *history[at:]]


def outputs_moved(history: History, dice: random.Random) -> History:
    """Two entries of those on which nothing rests in each other's place."""
    one, other = dice.sample(_free(history), 2)
    moved = list(history)
    moved[one], moved[other] = moved[other], moved[one]
    return moved


def end_cut_off(history: History, dice: random.Random) -> History:
    """All from some entry on deleted."""
    return cut_off(history, dice.randrange(_first_free(history), len(history)), dice)


def end_rewritten(history: History, dice: random.Random) -> History:
    """From some entry on, another future of as many entries."""
    free = _free(history)
    at = dice.choice(free)
    return [*history[:at], *(replace(history[at], id=random_id(), reason=f"{n}") for n in range(len(history) - at))]


def _free(history: History) -> list[int]:
    return [n for n, entry in enumerate(history) if entry.kind == "output"]


def _first_free(history: History) -> int:
    return _free(history)[0]


KINDS = [
    reason_altered, time_altered, output_taken_out, output_put_in, outputs_moved, end_cut_off, end_rewritten,
]  # fmt: skip


@pytest.mark.parametrize("count", COUNTS)
def test_a_history_written_anew_anywhere_is_found_by_what_was_kept(closed: Path, count: int) -> None:
    """Every hash is computed anew, and every checkpoint signed anew with the right key."""
    (notes,), (log,) = closed.glob("log/*/checkpoints.txt"), closed.glob("log/*/*.jsonl")
    kept = read_saved("checkpoints.txt", notes.read_bytes())
    kinds = (kept[-1:], kept, read_saved("000001.jsonl", log.read_bytes()))
    dice = random.Random(20310508)  # noqa: S311
    missed, beyond = [], 0
    with Store.open(closed, writing=True) as store:
        true, before = history_of(store), store.leaf_hashes(store.settings.log)
        assert [fault for fault in store.examine(saved=kinds[2]) if fault.severity] == []
        for turn in range(count):
            harm, saved = KINDS[turn % len(KINDS)], kinds[turn % len(kinds)]
            other = harm(true, dice)
            assert other != true
            rewrite(store, other)
            at = first_difference(before, store.leaf_hashes(store.settings.log))
            if at >= saved[-1].size:  # put in after all that was kept
                beyond += 1
                continue
            entries = [fault.name for fault in store.examine(saved=saved) if fault.what == "entry" and fault.severity]
            if not any(_names(name, at) for name in entries):
                missed.append((turn, harm.__name__, at, entries))
    assert missed == []
    assert beyond < count / 20


def first_difference(before: list[str], after: list[str]) -> int:
    """The first place where two histories differ."""
    pairs = zip(before, after, strict=False)
    return next((n for n, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(before), len(after)))


def _names(fault: str, at: int) -> bool:
    """True where a fault is of this entry, or of a run of entries with it."""
    first, _, last = fault.partition(" to ")
    return first.isdigit() and int(first) <= at <= int(last or first)
