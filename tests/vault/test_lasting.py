"""A disk that fails at any moment: no half item, and nothing called preserved that is not."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from probanda.kernel.errors import ProbandaError
from probanda.vault import lasting
from probanda.vault import vault as vault_module
from probanda.vault.copying import NotPreserved
from probanda.vault.lasting import Together
from probanda.vault.vault import Preserved, Vault

STEPS = ("open", "write", "fchmod", "fsync", "rename", "mkdir")
"""What the vault asks of the system while it takes in, besides syncfs."""


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Small files, two of them alike, and one of several blocks; in groups of five."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for n in range(11):
        (folder / f"{n:02}").write_bytes(b"A name in the green book of Rasmina, %d.\n" % (n % 10))
    (folder / "long").write_bytes(b"Rasmina, May 2031. " * 120_000)
    return sorted(folder.iterdir())


class Disk:
    """Stands between the vault and the system, and fails at the step of one number, or from there on."""

    def __init__(self, at: int, number: int, *, for_good: bool) -> None:
        self.at, self.number, self.for_good = at, number, for_good
        self.asked = 0
        self.told: list[str] = []

    def due(self, step: str) -> bool:
        self.asked += 1
        self.told.append(step)
        return self.asked >= self.at if self.for_good else self.asked == self.at

    def error(self) -> OSError:
        return OSError(self.number, os.strerror(self.number))

    def around(self, step: str, plain: Callable[..., object]) -> Callable[..., object]:
        def asked(*args: object, **rest: object) -> object:
            if step == "open" and not int(args[1]) & os.O_CREAT:  # type: ignore[call-overload]
                return plain(*args, **rest)
            if not self.due(step):
                return plain(*args, **rest)
            if step == "write":
                plain(args[0], args[1][: len(args[1]) // 2])  # type: ignore[index, arg-type]
            raise self.error()

        return asked


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, disk: Disk) -> Iterator[None]:
    plain = Together.sync

    def sync(self: Together) -> None:
        if disk.due("syncfs"):
            raise disk.error()
        plain(self)

    with monkeypatch.context() as patch:
        for step in STEPS:
            patch.setattr(os, step, disk.around(step, getattr(os, step)))
        patch.setattr(Together, "sync", sync)
        yield


def whole(vault: Vault) -> set[str]:
    """The items in the vault, each of which must match its name."""
    found = set(vault.digests())
    assert list(vault.verify_all(sorted(found))) == []
    assert list(vault.strays()) == []
    return found


@pytest.mark.slow
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("together", [True, False], ids=["together", "each"])
@pytest.mark.parametrize("number", [errno.ENOSPC, pytest.param(errno.EIO, marks=pytest.mark.nightly)])
def test_whichever_step_fails_nothing_is_half_there_and_nothing_called_preserved_that_is_not(
    tmp_path, sources, monkeypatch, number, together, for_good
):
    if together and Together.of(tmp_path) is None:
        pytest.skip("this file system is synced file by file")
    if not together:
        monkeypatch.setattr(Together, "of", lambda _: None)
    monkeypatch.setattr(vault_module, "GROUP_FILES", 5)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in sources}
    failed = at = 0
    while True:
        at += 1
        vault, disk = Vault(tmp_path / f"vault-{at}"), Disk(at, number, for_good=for_good)
        answers: list[Preserved | ProbandaError] = []
        with failing(monkeypatch, disk):
            try:
                answers = list(vault.preserve_many(sources))
            except NotPreserved as error:
                assert os.strerror(number) in error.problem
                assert error.fix
                failed += 1
        kept = {answer.digest for answer in answers if isinstance(answer, Preserved)}
        refused = [answer for answer in answers if isinstance(answer, ProbandaError)]
        assert all(isinstance(answer, NotPreserved) and os.strerror(number) in answer.problem for answer in refused)
        failed += bool(refused)
        assert whole(vault) == kept
        assert vault.sweep() == 0
        assert [type(answer) for answer in vault.preserve_many(sources)] == [Preserved] * len(sources)
        assert whole(vault) == digests
        if disk.asked < at:
            break
    assert failed == at - 1, "some step failed and nobody was told"
    assert {"open", "write", "fchmod", "rename", "mkdir", "syncfs" if together else "fsync"} <= set(disk.told)


def test_in_a_group_all_bytes_last_before_the_first_name_and_all_names_before_the_first_answer(
    tmp_path, sources, monkeypatch
):
    if Together.of(tmp_path) is None:
        pytest.skip("this file system is synced file by file")
    monkeypatch.setattr(vault_module, "GROUP_FILES", 4)
    disk = Disk(1_000_000, errno.EIO, for_good=False)
    vault = Vault(tmp_path / "vault")
    with failing(monkeypatch, disk):
        for answer in vault.preserve_many(sources):
            assert isinstance(answer, Preserved)
            disk.told.append("answer")
    steps = [step for step in disk.told if step in ("write", "syncfs", "rename", "answer")]
    groups = [steps[n] for n in range(len(steps)) if n == 0 or steps[n] != steps[n - 1]]
    assert groups == ["write", "syncfs", "rename", "syncfs", "answer"] * 3
    assert steps.count("answer") == 12


def test_a_group_is_answered_for_when_it_is_old_enough(tmp_path, sources, monkeypatch):
    times = iter(range(1_000))
    monkeypatch.setattr(vault_module.time, "monotonic", lambda: next(times) / 10)  # a tenth of a second at each look
    looked_at: list[Path] = []
    answers = Vault(tmp_path / "vault").preserve_many(path for path in sources if looked_at.append(path) is None)
    next(answers)
    assert len(looked_at) == 2


def test_an_older_kernel_or_an_unknown_file_system_is_synced_file_by_file(tmp_path, monkeypatch):
    monkeypatch.setattr(lasting.platform, "release", lambda: "5.7.19-generic")
    assert Together.of(tmp_path) is None
    monkeypatch.undo()
    monkeypatch.setattr(lasting, "_KNOWN", frozenset())
    assert Together.of(tmp_path) is None


def test_where_the_system_is_no_linux_files_are_synced_each_and_kept_all_the_same(tmp_path, sources, monkeypatch):
    monkeypatch.setattr(lasting.sys, "platform", "darwin")
    lasting._libc.cache_clear()
    try:
        answers = list(Vault(tmp_path / "vault").preserve_many(sources))
    finally:
        lasting._libc.cache_clear()
    assert all(isinstance(answer, Preserved) for answer in answers)


def test_a_sync_that_the_system_refuses_is_an_error_with_its_number(tmp_path):
    together = Together.of(tmp_path)
    if together is None:
        pytest.skip("this file system is synced file by file")
    together.sync()
    together.close()
    with pytest.raises(OSError) as caught:
        together.sync()
    assert caught.value.errno == errno.EBADF
