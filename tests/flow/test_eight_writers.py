"""Eight processes that write in one case folder, and two that read: nothing is lost, and nobody is told of a database.

The processes are forks of one that has loaded the program (`python -m tests.flow.test_eight_writers`); each runs
commands as a person would type them, and gives a command again when it is told that the case folder is in use.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import itertools
import json
import multiprocessing
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probanda.casework.check import verify_folder
from probanda.kernel.digests import sha256
from probanda.kernel.errors import CaseInUse, ProbandaError
from probanda.store import locking
from probanda.store.errors import BeingRead
from probanda.store.store import Store
from tests.store.desk import REPORT, Desk, settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks a process that has loaded the program")
WRITERS, READERS = 8, 2
AT_LEAST = 4
"""Deeds of each writer that were done, however slow the machine: one refused (nothing to undo) does not count."""
LENGTHS = [
    pytest.param(5.0, marks=pytest.mark.slow, id="five seconds"),
    pytest.param(60.0, marks=pytest.mark.nightly, id="a minute"),
]
QUOTE = "the Northern Brigade killed twelve farmers"
LOOKS = (["search", "farmers"], ["items"], ["claims", "list"], ["custody", "list", "KRV-0002"], ["verify"])
NOTHING_THERE = "there is nothing to undo"
"""What a person is told who takes back a decision that another took back before."""


def a_case(folder: Path) -> list[str]:
    """A case with six items, each with a claim; gives the claims."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        desk, claims = Desk(store, store.owner), []
        for n in range(6):
            words = f"{REPORT}Witness {n} said so.\n"
            (claim,) = desk.read(desk.add(words, f"report-{n}.txt"), words, (QUOTE,))
            claims.append(claim.id)
    return claims


# --- what each process does -----------------------------------------------------------------------


def deeds(place: Path, claims: list[str], me: int) -> Iterator[tuple[str, list[str]]]:
    """(mark, command) of one deed after another, of every kind; the mark stands in the entry that it makes."""
    dice = random.Random(me)  # noqa: S311
    for turn in range(1_000_000):
        mark, claim, item = f"writer {me} deed {turn}", dice.choice(claims), f"KRV-{dice.randrange(6) + 1:04}"
        kind = dice.choice(("add", "user", "label", "custody", "accept", "correct", "reject", "undo", "undo"))
        if kind == "add":
            path = place / f"{mark}.txt"
            path.write_text(f"{mark} was kept in a drawer in Tamrit.\n")
            yield mark, ["add", str(path)]
        elif kind == "user":
            yield mark, ["user", "add", mark]
        else:
            words = {
                "label": ["label", item, dice.choice(("public", "internal", "restricted"))],
                "custody": ["custody", "add", item, "moved", "--to", "the safe"],
                "correct": ["claims", "correct", claim, "--set", f"modality={dice.choice(('alleged', 'denied'))}"],
            }.get(kind, ["claims", kind, claim])
            yield mark, [*words, "--reason", mark]


def write(place: Path, claims: list[str], me: int, until: float) -> Iterator[dict[str, str]]:
    """Do deeds, at least so many, until the time has come; each is told with how it went and all that was said."""
    dice, done = random.Random(me), 0  # noqa: S311
    for mark, words in deeds(place, claims, me):
        while True:
            went, said = command(place, words)
            yield {"mark": mark, "went": went, "said": said}
            if went != CaseInUse.__name__:
                break
            time.sleep(dice.random() * 0.05)
        done += went == "0"
        if done >= AT_LEAST and time.monotonic() > until:
            return


def look(place: Path, claims: list[str], me: int, until: float) -> Iterator[dict[str, str]]:
    """Search, list and verify until the time has come."""
    while time.monotonic() < until:
        for words in (
            ["search", "farmers"],
            ["items"],
            ["claims", "list"],
            ["verify"],
            ["custody", "list", "KRV-0002"],
        ):
            went, said = command(place, words)
            yield {"mark": words[0], "went": went, "said": said}
        time.sleep(0.1)


def command(place: Path, words: list[str]) -> tuple[str, str]:
    """Run the program; (how it ended, all that it said)."""
    from probanda.cli.main import app

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            went = str(app(["-C", str(place / "case"), *words], standalone_mode=False) or 0)
        except ProbandaError as error:
            went = type(error).__name__
            said.write(f"{error.problem}\n{error.fix}\n")
        except BaseException:
            went = "crash"
            said.write(traceback.format_exc())
    return went, said.getvalue()


Work = Callable[[Path, list[str], int, float], Iterator[dict[str, str]]]


def told(work: Work, place: Path, claims: list[str], me: int, until: float) -> None:
    """Do this work, and write down how each command went."""
    with (place / f"{work.__name__}-{me}.jsonl").open("w", encoding="utf-8") as out:
        for line in work(place, claims, me, until):
            out.write(json.dumps(line) + "\n")


def main(place: Path, seconds: float) -> None:
    """Load the program once, by a few commands on a copy, and fork the writers and readers."""
    claims = json.loads((place / "claims.json").read_text())
    with tempfile.TemporaryDirectory() as aside:
        shutil.copytree(place / "case", Path(aside, "case"))
        for _, words in itertools.islice(deeds(Path(aside), claims, WRITERS), 20):
            command(Path(aside), words)
        for words in LOOKS[:-1]:  # not `verify`, which starts threads, and those do not go with a fork
            command(Path(aside), words)
    context, until = multiprocessing.get_context("fork"), time.monotonic() + seconds
    work = [write] * WRITERS + [look] * READERS
    running = [context.Process(target=told, args=(one, place, claims, n, until)) for n, one in enumerate(work)]
    for process in running:
        process.start()
    for process in running:
        process.join()


# --- what must hold afterwards --------------------------------------------------------------------


@pytest.mark.parametrize("seconds", LENGTHS)
def test_eight_writers_lose_nothing_and_readers_never_fail(tmp_path: Path, seconds: float) -> None:
    folder = tmp_path / "case"
    (tmp_path / "claims.json").write_text(json.dumps(a_case(folder)))
    with Store.open(folder, writing=False) as store:
        before = store.decision_count
    work = [sys.executable, "-m", "tests.flow.test_eight_writers", str(tmp_path), str(seconds)]
    subprocess.run(work, check=True, cwd=Path(__file__).parents[2], timeout=seconds * 5 + 240)

    writing = [json.loads(line) for path in tmp_path.glob("write-*.jsonl") for line in path.open(encoding="utf-8")]
    looking = [json.loads(line) for path in tmp_path.glob("look-*.jsonl") for line in path.open(encoding="utf-8")]
    assert len(list(tmp_path.glob("*.jsonl"))) == WRITERS + READERS
    assert "database" not in "".join(one["said"] for one in writing + looking)
    assert {one["went"] for one in looking} == {"0"}
    assert len(looking) >= 10
    for one in writing:
        if one["went"] == CaseInUse.__name__:
            assert "is in use by" in one["said"]
            assert "run the command again; nothing was changed" in one["said"]
        elif one["went"] == BeingRead.__name__:  # one claim in ten is drawn, and then nobody edits it
            assert "nothing was recorded" in one["said"]
        else:
            assert one["went"] == "0" or NOTHING_THERE in one["said"], one

    done = [one["mark"] for one in writing if one["went"] == "0"]
    assert len(done) == len(set(done)) >= AT_LEAST * WRITERS
    assert len({mark.split()[1] for mark in done}) == WRITERS, "one of them was never let in"
    with Store.open(folder, writing=False) as store:
        entries = store.decisions(store.owner)
        named = {sha256(f"{mark} was kept in a drawer in Tamrit.\n".encode()): mark for mark in done}
        marks = Counter(
            named.get(entry.subject, str(entry.payload["name"])) if entry.kind in ("register", "user") else entry.reason
            for entry in entries
        )
        assert {mark: marks[mark] for mark in done} == dict.fromkeys(done, 1), "each is in the log exactly once"
        assert store.decision_count == before + len(done), "and nothing else is"
    assert verify_folder(folder).faults == ()
    lines = [json.loads(json.loads(line)["leaf"])["n"] for line in next(folder.glob("log/*/*.jsonl")).open()]
    assert lines == list(range(before + len(done)))


def test_who_reads_for_long_does_not_hold_up_who_writes(tmp_path: Path) -> None:
    a_case(tmp_path / "case")
    with Store.open(tmp_path / "case", writing=False) as reader, reader._reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM decision").all()  # from here on it looks at one moment
        begun = time.monotonic()
        for name in ("Ben", "Cara"):
            with Store.open(tmp_path / "case", writing=True) as store:
                store.add_user(store.owner, name)
        assert time.monotonic() - begun < 10
    assert verify_folder(tmp_path / "case").faults == ()
    with Store.open(tmp_path / "case", writing=True) as store:
        assert list(store.users().values()) == ["Ada Lorin", "Ben", "Cara"]
    assert verify_folder(tmp_path / "case").remarks == ()


def test_who_only_asks_whether_somebody_writes_keeps_no_writer_out(tmp_path: Path) -> None:
    locking.WritersLock(tmp_path).free()
    with (tmp_path / locking.NAME).open("rb") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)  # as `is_held` does, for a moment
        threading.Timer(0.03, fcntl.flock, (asking, fcntl.LOCK_UN)).start()
        lock = locking.WritersLock(tmp_path)
    with pytest.raises(CaseInUse, match=r"is in use by process \d+"):
        locking.WritersLock(tmp_path)
    lock.free()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
