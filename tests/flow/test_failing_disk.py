"""A disk that fills up: said in words, nothing half done, and the next run goes on to what it would have been."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from probanda import Case
from probanda.kernel.errors import ProbandaError
from probanda.vault import copying
from tests.flow.looking import hard_to_understand, read_texts
from tests.reading.making_archives import a_part, a_zip, an_attachment, an_email_of
from tests.reading.making_documents import noise

NOTE = (
    "The council of Rasmina counted {n} wounded at the clinic on 4 May 2031, and wrote each name into the green book.\n"
)
TABLE = b"place,what\nDelma,two houses burned\nRasmina,nine were wounded\n"
NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

SYNCS = [(3, 30, 48), pytest.param(range(1, 1_000), marks=pytest.mark.nightly)]
"""Which syncs fail: one while files are taken in, one while members are, one while the dossier is written; or each."""
SIZES = [(300, 600, 1_200), pytest.param(range(80, 10_000, 160), marks=pytest.mark.nightly)]
"""Kilobytes of a disk that is full early on, within the taking in, and within the reading; or of nearly any kind."""


def reports(folder: Path) -> Path:
    """Texts, and archives and a letter that hold others."""
    folder.mkdir()
    for n in range(4):
        (folder / f"note-{n}.txt").write_text(NOTE.format(n=n) * (1 + 300 * (n == 2)))
    held = {f"held-{n}.txt": NOTE.format(n=20 + n).encode() * 200 for n in range(6)}
    (folder / "files.zip").write_bytes(a_zip({**held, "noise.bin": noise(200_000)}))
    (folder / "letter.eml").write_bytes(an_email_of(a_part(NOTE.format(n=40)), an_attachment("a.csv", TABLE)))
    return folder


def worked(case: Case, source: Path, out: Path) -> None:
    """All steps but the reading of claims, which writes as the reading of texts does and takes long."""
    taken = case.add([source])
    for one in taken.refused:
        raise ProbandaError(f"The file {one.name} {one.reason}.", one.fix)
    read_texts(case)
    case.report(out)


def state(case: Case) -> list[tuple[object, ...]]:
    """What the record says of every item, without times and numbers, which tell in how many runs it came about."""
    return sorted(
        (row.digest, row.size, row.names, sorted(row.parents), row.text_digest, row.unread_reason, row.remarks)
        for row in case.items()
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reports."""
    return reports(tmp_path_factory.mktemp("source") / "reports")


@pytest.fixture(scope="module")
def calm(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What comes out where the disk does not fail."""
    place = tmp_path_factory.mktemp("calm")
    with Case.new(place / "case", prefix="MAR") as case:
        worked(case, source, place / "out.html")
        found = state(case)
    assert len(found) >= 12
    return found


def nothing_half_done(case: Case) -> None:
    """The record is whole, and no unfinished file lies about."""
    assert case.verify() == []
    for path in case.store.vault.digests():
        case.store.vault.verify(path)


# A write that fails, whichever it is -------------------------------------------------------------


@contextmanager
def failing_sync(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[list[int]]:
    """The disk takes no more from the sync of this number on; gives the count of all that were asked for."""
    asked = [0]
    plain = os.fsync

    def fsync(number: int) -> None:
        asked[0] += 1
        if asked[0] >= at:
            raise NO_ROOM
        plain(number)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield asked


@pytest.mark.slow
@pytest.mark.parametrize("moments", SYNCS)
def test_whichever_write_fails_it_is_said_and_the_next_run_goes_on(
    source: Path,
    calm: list[tuple[object, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moments: Sequence[int],
) -> None:
    failed = 0
    for at in moments:
        place = tmp_path / str(at)
        with Case.new(place / "case", prefix="MAR") as case:
            with failing_sync(monkeypatch, at) as asked:
                try:
                    worked(case, source, place / "out.html")
                except ProbandaError as fault:
                    failed += 1
                    assert "no space left" in fault.problem.casefold()
                    assert hard_to_understand(fault.problem, fault.fix) is None
                    assert not (place / "out.html").exists()
            nothing_half_done(case)
            worked(case, source, place / "out.html")
            assert state(case) == calm, at
            nothing_half_done(case)
        assert sorted(path.name for path in place.iterdir()) == ["case", "out.html"]
        shutil.rmtree(place)
        if asked[0] < at:
            break
    assert failed >= 2


@pytest.mark.slow
def test_what_an_item_holds_is_taken_out_once_there_is_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "files.zip").write_bytes(
        a_zip({"one.txt": NOTE.format(n=1).encode(), "two.txt": b"Two houses burned."})
    )
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        case.add([tmp_path / "files.zip"])
        with monkeypatch.context() as patch:
            patch.setattr(copying.os, "fchmod", lambda *_: (_ for _ in ()).throw(NO_ROOM))
            with pytest.raises(ProbandaError, match=r"The member one\.txt of MAR-0001 could not be taken in: No space"):
                read_texts(case)
        nothing_half_done(case)
        read_texts(case)
        assert {row.names[0] for row in case.items()} == {"files.zip", "files.zip/one.txt", "files.zip/two.txt"}
        assert [row.remarks for row in case.items()] == [(), (), ()]


# A real disk of a few megabytes ------------------------------------------------------------------

MOUNTS = sys.platform == "linux" and os.geteuid() == 0
small_disk = pytest.mark.skipif(not MOUNTS, reason="only root may mount a small disk")


@contextmanager
def disk(place: Path, size: int) -> Iterator[Path]:
    """A disk in memory of so many kilobytes."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def change(place: Path, how: str) -> None:
    """Mount the disk anew with other options: `size=...`, `ro`."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)


def gone_on(place: Path, source: Path) -> None:
    """What the main job does: make the case folder, or open it, and go on from what is there."""
    opened = Case.open(place / "case") if (place / "case" / "case.toml").exists() else Case.new(place / "case")
    with opened as case:
        worked(case, source, place / "out.html")


@pytest.mark.slow
@small_disk
@pytest.mark.parametrize("sizes", SIZES)
def test_a_disk_of_whatever_size_is_said_to_be_full_and_the_next_run_goes_on(
    source: Path, calm: list[tuple[object, ...]], tmp_path: Path, sizes: Sequence[int]
) -> None:
    failed = 0
    for size in sizes:
        with disk(tmp_path / str(size), size) as place:
            try:
                gone_on(place, source)
            except ProbandaError as fault:
                failed += 1
                assert "Make room on the disk" in fault.fix or "or free space" in fault.fix
                assert hard_to_understand(fault.problem, fault.fix) is None
                assert not (place / "out.html").exists()
            else:
                break
            change(place, "size=200m")
            if (place / "case" / "case.toml").exists():
                with Case.open(place / "case") as case:
                    nothing_half_done(case)
            gone_on(place, source)
            with Case.open(place / "case", writing=False) as case:
                assert state(case) == calm, size
                nothing_half_done(case)
            assert {path.name for path in place.iterdir()} == {"case", "out.html"}
    assert failed >= 2


@pytest.mark.slow
@small_disk
def test_a_disk_that_may_not_be_written_is_named_and_can_still_be_looked_at(
    source: Path, calm: list[tuple[object, ...]], tmp_path: Path
) -> None:
    with disk(tmp_path / "disk", 200_000) as place:
        gone_on(place, source)
        before = (place / "out.html").read_bytes()
        change(place, "ro")
        with pytest.raises(ProbandaError, match=r"(?i)read-only file system") as caught:
            gone_on(place, source)
        assert hard_to_understand(caught.value.problem, caught.value.fix) is None
        with Case.open(place / "case", writing=False) as case:
            assert state(case) == calm
            nothing_half_done(case)
            with pytest.raises(ProbandaError, match=r"out\.html could not be written") as caught:
                case.report(place / "out.html")
            assert "the case folder is whole" in caught.value.fix
            case.report(tmp_path / "elsewhere.html")
        assert (place / "out.html").read_bytes() == before
