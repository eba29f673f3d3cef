"""A disk that fails, or a process that is killed, at any one call: said in words, nothing half done, no hand needed.

Reached are the writes, syncs and renames of the program and of SQLite alike, since they fail below both, in the C
library (`failing_calls.c`, compiled here). Not reached are the child that reads texts, which writes nothing, and what
the system does by itself long after a call has ended well.
"""

from __future__ import annotations

import errno
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.faults import FROM_THEN_ON, KILL, ONCE, OPERATIONS, Failing, Grounds, Operation, Warm, gone_on, whole
from tests.flow.looking import hard_to_understand

pytestmark = [
    pytest.mark.needs("cc"),
    pytest.mark.skipif(sys.platform != "linux", reason="puts itself between a program and the C library of Linux"),
]
DEPTHS = [
    pytest.param(2, marks=pytest.mark.slow, id="a few"),
    pytest.param(None, marks=pytest.mark.nightly, id="each"),
]
"""How many calls of an operation's first command fail, one run for each; all for None."""
WAYS = {
    "the disk is full from then on": (errno.ENOSPC, FROM_THEN_ON),
    "the disk fails once": (errno.EIO, ONCE),
    "killed in the midst of it": (0, KILL),
}
DONE, ERROR, SOME_NOT_TAKEN_IN = 0, 1, 3
"""How a command may end whose disk failed."""


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    """Where operations are done, in a process whose calls can be made to fail."""
    folder = tmp_path_factory.mktemp("calls")
    made = folder / "failing_calls.so"
    source = Path(__file__).with_name("failing_calls.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True)
    with Warm(made) as warm:
        yield Grounds(folder, warm, counting=True)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_whichever_call_fails_nothing_is_lost_and_the_next_run_goes_on(
    grounds: Grounds, operation: Operation, way: str, depth: int | None
) -> None:
    calm = grounds.calm(operation)
    assert calm.calls > 20, "too few calls were counted: they are not reached"
    harmed = 0
    for at in moments(operation, way, calm.calls, depth):
        place = grounds.copy(operation)
        ran = grounds.warm.run(place, calm.steps[:1], failing=Failing(at, *WAYS[way]))
        assert ran.crash is None, (at, ran.crash)
        harmed += ran.killed or ran.problem is not None or not ran.acknowledged
        if ran.problem is not None:
            assert hard_to_understand(*ran.problem) is None, at
        assert all(one["code"] in (DONE, ERROR, SOME_NOT_TAKEN_IN) for one in ran.done), (at, ran.done)
        whole(place, calm, ran, calm.steps)
        gone_on(grounds, operation, place)
        shutil.rmtree(place)
    assert harmed, "no failure was ever noticed"


def moments(operation: Operation, way: str, calls: int, depth: int | None) -> list[int]:
    """Which call fails in each run: each of them, or one in each of so many stretches."""
    if depth is None:
        return list(range(1, calls + 1))
    dice = random.Random(f"20310505 {operation.name} {way}")  # noqa: S311
    return [1 + int((n + dice.random()) * calls / depth) for n in range(depth)]
