"""One flipped bit anywhere in a closed case folder is found and named; where nothing was flipped, nothing is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from probanda.casework.check import verify_folder
from probanda.store import seal
from probanda.store.model import Fault
from probanda.store.store import Store
from tests.store.harm import Flip, a_case, flips

COUNTS = [
    pytest.param(100, marks=pytest.mark.slow, id="a tenth"),
    pytest.param(1000, marks=pytest.mark.nightly, id="the whole"),
]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case, to be left as it was found."""
    return a_case(tmp_path_factory.mktemp("flips") / "case")


def named(folder: Path, flip: Flip, found: tuple[Fault, ...]) -> bool:
    """True when one of the faults is that of the very item, block, entry, line, key or settings that was flipped."""
    name = flip.path.relative_to(folder).as_posix()
    data = flip.path.read_bytes()
    if name.startswith("vault/"):
        return any(fault.what == "item" and fault.severity == 40 and flip.path.name in fault.problem for fault in found)
    if name.endswith(".jsonl"):
        at = original(flip, data)[: flip.byte].count(b"\n")
        return any(fault.what == "log" and f"entry {at} is another" in fault.problem for fault in found)
    if name.endswith("checkpoints.txt"):
        at = original(flip, data)[: flip.byte].count(b"\n") + 1
        return any(fault.what == "checkpoint" and fault.name == f"{name} line {at}" for fault in found)
    if "/stamps/" in name:
        return ("stamp", name) in [(fault.what, fault.name) for fault in found]
    want = {
        "record.db": ("block", f"record.db block {flip.byte // seal.BLOCK}"), seal.NAME: ("seal", seal.NAME),
        "case.toml": ("settings", "case.toml"), "keys/log.key": ("key", name), "keys/mask.key": ("key", name),
    }[name]  # fmt: skip
    return want in [(fault.what, fault.name) for fault in found]


def original(flip: Flip, data: bytes) -> bytes:
    """The bytes as they were before the flip, whose line ends count."""
    return data[: flip.byte] + bytes([data[flip.byte] ^ 1 << flip.bit]) + data[flip.byte + 1 :]


@pytest.mark.parametrize("count", COUNTS)
def test_one_flipped_bit_is_found_and_named(closed: Path, count: int) -> None:
    missed = []
    for side in ("record.db-wal", "record.db-shm"):
        (closed / side).unlink(missing_ok=True)
    for flip in flips(closed, count, random.Random(20311104)):  # noqa: S311
        flip.do()
        try:
            proof = verify_folder(closed)
            if not named(closed, flip, proof.faults) or proof.severity not in (40, 41):
                missed.append((flip, proof.faults))
        finally:
            flip.do()
        for side in ("record.db-wal", "record.db-shm"):
            (closed / side).unlink(missing_ok=True)
    assert missed == []
    assert verify_folder(closed).faults == ()


@pytest.mark.parametrize("where", ["last byte of the log", "a line end of the checkpoints", "the slack of a page"])
def test_a_flip_where_no_row_and_no_word_is_hit_is_found(closed: Path, where: str) -> None:
    if where == "the slack of a page":
        path, data = closed / "record.db", (closed / "record.db").read_bytes()
        flip = Flip(path, data.index(bytes(200)) + 100, 3)
    else:
        (path,) = closed.glob("log/*/*.jsonl" if "log" in where else "log/*/checkpoints.txt")
        flip = Flip(path, path.stat().st_size - 1 if "log" in where else path.read_bytes().index(b"\n"), 0)
    flip.do()
    try:
        assert named(closed, flip, verify_folder(closed).faults)
    finally:
        flip.do()


@pytest.mark.parametrize("count", COUNTS)
def test_no_false_alarm(tmp_path: Path, count: int) -> None:
    folder = a_case(tmp_path / "case")
    dice = random.Random(7)  # noqa: S311
    for turn in range(count):
        with Store.open(folder, writing=dice.random() < 0.5) as store:
            if store._lock is not None and dice.random() < 0.2:
                store.add_user(store.owner, f"Person {turn}")
        proof = verify_folder(folder)
        assert (proof.faults, proof.remarks) == ((), ()), turn


def test_a_flip_in_the_closed_record_is_not_sealed_by_the_next_writer(tmp_path: Path) -> None:
    from probanda.kernel.errors import RecordAltered

    folder = a_case(tmp_path / "case")
    data = (folder / "record.db").read_bytes()
    flip = Flip(folder / "record.db", data.index(bytes(200)) + 100, 3)
    flip.do()
    with Store.open(folder, writing=True) as store, pytest.raises(RecordAltered, match="block"):
        store.add_user(store.owner, "Ben")
    assert [fault.what for fault in verify_folder(folder).faults] == ["block"]
    flip.do()
    with Store.open(folder, writing=True) as store:
        store.add_user(store.owner, "Ben")
    assert verify_folder(folder).faults == ()
