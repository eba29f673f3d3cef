"""Killed at any moment: the next start needs no hand, nothing is half there, and the proof is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from probanda.kernel.errors import NotACaseFolder
from probanda.store.store import Store
from tests.store.desk import REPORT, Desk, settings

KILLED = "the Northern Brigade killed twelve farmers"
WORK = f"""
import sys
from pathlib import Path
from probanda.store.store import Store
from tests.store.desk import Desk
with Store.open(Path(sys.argv[1]), writing=True) as store:
    desk = Desk(store, store.owner)
    print("ready", flush=True)
    for turn in range(int(sys.argv[2]), 10_000):
        words = {REPORT!r} + f"Turn {{turn}} tells of it.\\n" * 40
        digest = desk.add(words, f"{{turn}}.txt")
        (claim,) = desk.read(digest, words, ({KILLED!r},))
        first = desk.settle(claim, "accept")
        desk.decide("label", digest, label="restricted")
        desk.settle(claim, "unsure", over=(first,))
        print(turn, flush=True)
"""


@pytest.mark.slow
def test_killed_at_random_moments_the_record_is_whole(folder: Path) -> None:
    Store.create(folder, settings(), "Ada Lorin").close()
    dice = random.Random(20310504)  # noqa: S311
    done, kills = 0, 0
    while kills < 20:
        with subprocess.Popen(
            [sys.executable, "-c", WORK, str(folder), str(done)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(dice.random() * 0.6)
            child.send_signal(signal.SIGKILL)
            told = [int(line) for line in child.stdout.read().split(b"\n")[:-1]]
        kills += 1
        assert all(fault.what == "item" for fault in Store.open(folder, writing=False).verify())
        with Store.open(folder, writing=True) as store:
            desk = Desk(store, store.owner)
            names = {name for item in store.items(desk.eyes) for name in item.names}
            if told:  # what was said to be done is there
                assert f"{told[-1]}.txt" in names
                done = told[-1] + 1
            _whole(desk)
            # The bytes of an item whose registration did not come about are registered by adding them again.
            again = f"{REPORT}" + f"Turn {done} tells of it.\n" * 40
            if f"{done}.txt" not in names:
                desk.add(again, f"{done}.txt")
            done += 1
            assert store.verify() == []


def _whole(desk: Desk) -> None:
    """Each item has all of a step or nothing of it."""
    store = desk.store
    for item in store.items(desk.eyes):
        claims = store.claims(desk.eyes, item=item.digest)
        if item.reader is None:
            assert claims == []
            continue
        (claim,) = claims
        kinds = [one.kind for one in store.decisions(desk.eyes, claim.id)]
        assert claim.status == {0: "proposed", 1: "checked", 2: "unsure"}[len(kinds)]
        assert store.words(desk.eyes, item.digest, claim.start, claim.end) == claim.quote


@pytest.mark.slow
def test_killed_while_it_is_made_a_case_can_be_made_again(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from probanda.store.store import Store\n"
        "from tests.store.desk import settings; print('ready', flush=True)\n"
        "Store.create(Path(sys.argv[1]), settings(), 'Ada').close()"
    )
    dice = random.Random(4)  # noqa: S311
    for turn in range(8):
        here = folder.with_name(f"case-{turn}")
        with subprocess.Popen(
            [sys.executable, "-c", code, str(here)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(dice.random() * 0.4)
            child.kill()
        try:
            store = Store.open(here, writing=True)
        except NotACaseFolder:
            store = Store.create(here, settings(), "Ada")
        with store:
            assert list(store.users().values()) == ["Ada"]
            assert store.verify() == []
