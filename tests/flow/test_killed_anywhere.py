"""Killed with -9 at any moment of any operation: what was acknowledged is there, and the same command finishes it."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import backup as backups
from probanda.kernel.errors import WrongUsage
from tests.flow.faults import OPERATIONS, Grounds, Operation, Warm, gone_on, whole

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks a process that has loaded the program")
ALL = 300
"""Moments in all, spread over the operations; a tenth of them outside `make nightly`."""
COUNTS = [
    pytest.param(-(-ALL // 10 // len(OPERATIONS)), marks=pytest.mark.slow, id="a tenth"),
    pytest.param(-(-ALL // len(OPERATIONS)), marks=pytest.mark.nightly, id="the whole"),
]


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    """Where operations are done, in a process that has loaded what they need."""
    with Warm() as warm:
        yield Grounds(tmp_path_factory.mktemp("killed"), warm)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_killed_at_any_moment_of_an_operation(grounds: Grounds, operation: Operation, count: int) -> None:
    calm = grounds.calm(operation)
    dice = random.Random(f"20310504 {operation.name} {count}")  # noqa: S311
    seconds = calm.seconds
    killed = 0
    while killed < count:
        # One in each stretch of equal length, so that few moments are spread as many are.
        moment = (killed + dice.random()) / count
        place = grounds.copy(operation)
        ran = grounds.warm.run(place, calm.steps, kill_after=moment * seconds)
        assert (ran.problem, ran.crash) == (None, None)
        if ran.killed:
            killed += 1
            whole(place, calm, ran, calm.steps)
            gone_on(grounds, operation, place)
        else:  # it was done before its time: the machine is quicker than it was
            seconds = 0.9 * min(seconds, ran.seconds)
        shutil.rmtree(place)


def test_a_first_backup_into_a_folder_that_was_killed_is_made_anew_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    Case.new(tmp_path / "case", prefix="MAR", name="Ada Lorin").close()
    for out in (tmp_path / "killed at once", tmp_path / "killed"):
        (out / ".part").mkdir(parents=True)  # its workplace, made before the mark that says whose backups these are
    (tmp_path / "killed" / ".part" / ".lock").touch()
    (tmp_path / "killed" / ".part" / "backups.json").write_bytes(b'{"case":')
    for out in (tmp_path / "killed at once", tmp_path / "killed"):
        backups.backup(tmp_path / "case", out)
        assert sorted(path.name for path in out.iterdir()) == ["backups.json", "rounds"]
        backups.restore(out, tmp_path / f"again, {out.name}")
    foreign = tmp_path / "foreign" / ".part" / "letter.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine")
    with pytest.raises(WrongUsage, match="holds something else"):
        backups.backup(tmp_path / "case", tmp_path / "foreign")
    assert foreign.read_text() == "mine"
