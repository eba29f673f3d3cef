"""Whatever is asked of the API, it answers as its document says, and never with an error of its own.

`make nightly` asks each operation some hundred times; here it is a few, with the same seed each time.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda.web.checking import Checking
from probanda.web.gathering import Gathering
from probanda.web.reporting import Reporting
from probanda.web.work import Work
from tests.running import Done
from tests.web.probing import Probe, probe


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read, gathered, compared or built behind the answers: that has tests of its own, and takes long."""
    for one, name in ((Work, "read"), (Gathering, "start"), (Checking, "start"), (Reporting, "start")):
        monkeypatch.setattr(one, name, lambda *told, **more: None)


@pytest.fixture(scope="module")
def probed(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probe]:
    folder = Path(shutil.copytree(done.folder, tmp_path_factory.mktemp("probed") / "case"))
    with probe(folder) as one:
        yield one


def ask(probed: Probe, examples: int, seed: int) -> None:
    wrong, statuses = dict[str, str](), Counter[int]()
    for name in probed.operations:
        asked = probed.probed(name, examples, seed)
        wrong |= asked.wrong
        statuses += asked.statuses
    assert not wrong, "\n\n".join(f"{kind}\n{told}" for kind, told in wrong.items())
    assert statuses[200] > len(probed.operations) // 2  # else it would have met nothing but closed doors
    assert max(statuses) < 500


def test_every_answer_is_one_that_the_document_tells_of(probed: Probe) -> None:
    ask(probed, examples=2, seed=1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [2, 3])
def test_every_answer_is_one_that_the_document_tells_of_asked_often(probed: Probe, seed: int) -> None:
    ask(probed, examples=150, seed=seed)
