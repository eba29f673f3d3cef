"""An inbox is looked at again and again: what has stopped growing is taken in, and nothing in it is ever touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import inbox
from probanda.casework.inbox import Inbox
from probanda.casework.take_in import TakenIn, keep_found
from probanda.kernel.errors import WrongUsage

QUIET = 5.0


class Clock:
    """Time that goes on by the seconds slept; between looks something may happen in the folder."""

    def __init__(self, folder: Path, happens: dict[int, tuple[str, str]]) -> None:
        self.now, self._folder, self._happens, self._looks = 0.0, folder, happens, 0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self._looks += 1
        if (told := self._happens.get(self._looks)) is not None:
            with (self._folder / told[0]).open("a") as file:
                file.write(told[1])
        if self._looks > 12:
            raise KeyboardInterrupt


def test_what_arrives_is_taken_in_once_it_has_stopped_growing_and_stays_where_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "first.txt").write_text("one")
    (folder / "film.mp4.part").write_text("half")
    (folder / "film.mp4").touch()  # as a browser lays it there
    (folder / "link").symlink_to("/nowhere")
    clock = Clock(folder, {2: ("slow.txt", "a"), 4: ("slow.txt", "b"), 9: ("copy.txt", "one")})
    told: list[TakenIn] = []
    with Case.new(tmp_path / "case", prefix="MAR") as case, pytest.raises(KeyboardInterrupt):
        arriving = inbox.watching(
            case.store, case.eyes, [folder], every=2.0, quiet=QUIET, clock=lambda: clock.now, sleep=clock.sleep
        )
        told.extend(arriving)
    names = [one.name for some in told for one in some.taken]
    assert names == ["first.txt", "slow.txt", "copy.txt"]
    assert [one.again for some in told for one in some.taken] == [False, False, True]
    assert [one.name for some in told for one in some.refused] == ["link"], "named once"
    assert (folder / "slow.txt").read_text() == "ab"
    assert sorted(one.name for one in folder.iterdir()) == [
        "copy.txt",
        "film.mp4",
        "film.mp4.part",
        "first.txt",
        "link",
        "slow.txt",
    ]


def test_a_name_of_what_still_arrives_is_left_until_it_is_renamed(tmp_path: Path) -> None:
    for name in ("a.crdownload", "b.txt~", "~$c.docx", "d.txt"):
        (tmp_path / name).write_text(name)
    box = Inbox([tmp_path], quiet=QUIET)
    assert box.ready(0.0) == ([], [])
    assert [one.name for one in box.ready(QUIET)[0]] == ["d.txt"]
    (tmp_path / "a.crdownload").rename(tmp_path / "a.pdf")
    box.ready(QUIET + 1)
    assert [one.name for one in box.ready(QUIET * 3)[0]] == ["a.pdf", "d.txt"]


def test_what_was_taken_in_is_taken_again_only_when_it_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "list.txt").write_text("one")
    box = Inbox([folder], quiet=0.0)
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        whole, _ = box.ready(0.0)
        assert not box.dealt_with(whole, keep_found(case.store, case.eyes, whole))
        assert box.ready(1.0) == ([], [])
        (folder / "list.txt").write_text("one and two")
        whole, _ = box.ready(2.0)
        box.dealt_with(whole, keep_found(case.store, case.eyes, whole))
        assert len(case.items()) == 2


def test_a_file_is_no_inbox(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with Case.new(tmp_path / "case", prefix="MAR") as case, pytest.raises(WrongUsage):
        next(inbox.watching(case.store, case.eyes, [tmp_path / "a.txt"]))
