"""Reading that is cut off, by kill -9, Ctrl-C or the death of a worker: what was committed stays, the rest follows."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import read as whole_reading
from probanda.store.store import Store
from tests.flow.many import LINUX, alive, below, case_of, exports, gone, reading, texts, until_read, workers_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not LINUX, reason="looks at processes through /proc")]
COUNT = 72


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case folder with short reports, not read yet."""
    folder = tmp_path_factory.mktemp("interrupted")
    return case_of(folder / "case", texts(folder / "reports", COUNT))


@pytest.fixture(scope="module")
def wanted(taken_in: Path) -> str:
    """What comes out where nothing disturbs the reading."""
    calm = Path(shutil.copytree(taken_in, taken_in.with_name("calm")))
    with Case.open(calm) as case:
        assert whole_reading.read(case.store, case.eyes, workers=1).claims >= COUNT
    return exports(calm)


@pytest.fixture
def case(taken_in: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(taken_in, tmp_path / "case"))


def finish(case: Path) -> None:
    """Run the command again, to its end."""
    again = reading(case)
    out, err = again.communicate(timeout=300)
    assert again.returncode == 0, (out, err)


def whole(case: Path) -> int:
    """Nothing is half there; returns how many items have claims looked for."""
    with Store.open(case, writing=False) as store:
        assert store.verify() == []
        rows = store.items(store.owner)
        assert len(rows) == COUNT
        return sum(row.reader is not None for row in rows)


def killed_at_random(case: Path, dice: random.Random, times: int) -> None:
    before = 0
    for _ in range(times):
        run = reading(case)
        time.sleep(dice.random() * 6)
        started = below(run.pid)
        run.kill()
        run.communicate()
        started |= below(run.pid)
        assert gone(started), "a worker outlived the run it worked for"
        done = whole(case)
        assert done >= before, "what was committed is not there any more"
        before = done


def test_killed_at_random_moments_nothing_is_lost_and_no_worker_is_left(case: Path, wanted: str) -> None:
    killed_at_random(case, random.Random(20310504), 4)  # noqa: S311
    finish(case)
    assert whole(case) == COUNT
    assert exports(case) == wanted


@pytest.mark.nightly
def test_killed_at_forty_random_moments(taken_in: Path, tmp_path: Path, wanted: str) -> None:
    dice = random.Random(4)  # noqa: S311
    for turn in range(10):
        case = Path(shutil.copytree(taken_in, tmp_path / f"case-{turn}"))
        killed_at_random(case, dice, 4)
        finish(case)
        assert exports(case) == wanted


def test_ctrl_c_ends_all_at_once_quietly_and_the_next_run_goes_on(case: Path, wanted: str) -> None:
    run = reading(case)
    until_read(run, case, 3)
    started = below(run.pid)
    assert workers_of(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"Traceback" not in err
    assert b"run the same command again" in err
    assert gone(started)
    assert 3 <= whole(case) < COUNT
    finish(case)
    assert exports(case) == wanted


def test_the_death_of_a_worker_costs_nothing(case: Path, wanted: str) -> None:
    run = reading(case)
    for items in (2, 8):  # two deaths in different batches
        until_read(run, case, items)
        for worker in workers_of(run.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
            assert gone({worker})
    out, err = run.communicate(timeout=300)
    assert run.returncode == 0, (out, err)
    assert b"could not be read" not in err.lower()
    assert not alive(run.pid)
    assert whole(case) == COUNT
    assert exports(case) == wanted
