"""What lies in a folder: everything is found or refused by name, and nothing is opened or followed."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.vault.finding import Found, Refused, find, shown


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"words")


def names_in(*paths: Path) -> list[str]:
    return [found.name for found in find(paths)]


def refusals(*paths: Path) -> dict[str, str]:
    return {found.name: found.reason for found in find(paths) if isinstance(found, Refused)}


def test_files_come_in_the_order_of_their_whole_paths_bytes(tmp_path):
    put(tmp_path, "b/x", "b.txt", "b-1", "a", "é", "Z", "b/y/z", "b/y.txt")
    assert names_in(tmp_path) == ["Z", "a", "b-1", "b.txt", "b/x", "b/y.txt", "b/y/z", "é"]
    assert names_in(tmp_path) == sorted(names_in(tmp_path), key=os.fsencode)


def test_a_named_file_goes_by_its_base_name_and_a_named_folder_by_what_is_below_it(tmp_path):
    put(tmp_path, "reports/2031/may.txt", "letter.txt")
    assert names_in(tmp_path / "letter.txt", tmp_path / "reports") == ["letter.txt", "2031/may.txt"]
    assert [found.path for found in find([tmp_path / "reports"])] == [tmp_path / "reports/2031/may.txt"]


def test_the_order_in_which_paths_are_named_does_not_matter_and_nothing_comes_twice(tmp_path):
    put(tmp_path, "a/1", "a/b/2", "ab/3")
    a, b, ab = tmp_path / "a", tmp_path / "a/b", tmp_path / "ab"
    assert list(find([ab, b, a, a / "1", a])) == list(find([a, ab]))
    assert names_in(ab, a) == ["1", "b/2", "3"]


def test_an_empty_folder_gives_nothing(tmp_path):
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    assert names_in(tmp_path) == []


def test_a_missing_path_is_refused_with_the_words_of_the_user(tmp_path):
    (refused,) = find([tmp_path / "nowhere"])
    assert isinstance(refused, Refused)
    assert refused.name.endswith("nowhere")
    assert refused.reason == "is not there"
    assert refused.fix


def test_links_inside_a_folder_are_refused_each_with_its_reason(tmp_path):
    put(tmp_path, "case/real.txt", "secret.txt")
    case = tmp_path / "case"
    (case / "twin").symlink_to("real.txt")
    (case / "out").symlink_to("../secret.txt")
    (case / "up").symlink_to("..")
    (case / "gone").symlink_to("nowhere")
    (case / "round").symlink_to("round")
    (case / "here").symlink_to(".")
    found = refusals(case)
    assert "real.txt in the same folder" in found["twin"]
    assert "outside" in found["out"]
    assert "outside" in found["up"]
    assert "not there" in found["gone"]
    assert "circle" in found["round"]
    assert "same folder" in found["here"]
    assert [entry.name for entry in find([case]) if isinstance(entry, Found)] == ["real.txt"]


def test_a_link_that_the_user_named_is_followed_unless_it_leads_in_a_circle(tmp_path):
    put(tmp_path, "march/real.txt")
    (tmp_path / "latest").symlink_to("march")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "newest.txt").symlink_to("march/real.txt")
    assert names_in(tmp_path / "latest") == ["real.txt"]
    assert list(find([tmp_path / "newest.txt"])) == [Found(tmp_path / "march/real.txt", "newest.txt")]
    assert "circle" in next(iter(refusals(tmp_path / "round").values()))


@pytest.mark.parametrize("named", [True, False])
def test_pipes_sockets_and_devices_are_refused_and_never_opened(tmp_path, monkeypatch, named):
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        found = refusals(*([tmp_path / "pipe", tmp_path / "socket"] if named else [tmp_path]))
    assert found == {"pipe": "is a pipe, not a file", "socket": "is a socket, not a file"}
    assert refusals(Path("/dev/null")) == {"null": "is a device, not a file"}


def test_hidden_files_are_items_and_the_desktops_own_are_refused_as_no_fault(tmp_path):
    put(tmp_path, ".hidden/note.txt", ".secret", ".DS_Store", "sub/Thumbs.db", "sub/desktop.ini")
    answers = list(find([tmp_path]))
    assert [a.name for a in answers if isinstance(a, Found)] == [".hidden/note.txt", ".secret"]
    refused = [a for a in answers if isinstance(a, Refused)]
    assert [a.name for a in refused] == [".DS_Store", "sub/Thumbs.db", "sub/desktop.ini"]
    assert all(a.housekeeping for a in refused)


def test_a_case_folder_among_the_material_is_not_taken_in(tmp_path):
    put(tmp_path, "report.txt", "work/case.toml", "work/vault/ab/thing")
    assert "case folder" in refusals(tmp_path)["work"]
    assert "case folder" in next(iter(refusals(tmp_path / "work").values()))


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user may enter: pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_an_ordinary_user(question: Callable[[], str]) -> str:
    """The answer as someone who is not root gets it: root may read everything."""
    if os.geteuid() != 0:
        return question()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setuid(65534)
            os.write(writing, question().encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()


def test_what_may_not_be_read_is_refused_by_name_and_the_rest_is_found(open_to_all):
    put(open_to_all, "closed.txt", "open.txt", "locked/inside.txt")
    (open_to_all / "closed.txt").chmod(0)
    (open_to_all / "locked").chmod(0)
    answer = as_an_ordinary_user(lambda: repr([(a.name, getattr(a, "reason", "found")) for a in find([open_to_all])]))
    (open_to_all / "locked").chmod(0o755)
    assert answer == repr(
        [("closed.txt", "may not be read by you"), ("locked", "may not be read by you"), ("open.txt", "found")]
    )


STRANGE = [
    b"two\nlines",
    b"\xe2\x80\xaetxt.exe",
    b"caf\xe9.txt",
    b"n" * 255,
    b"esc\x1b[2J",
    b"a\\b",
    "قرية.txt".encode(),
]


def test_names_of_any_bytes_are_kept_and_lead_back_to_their_file(tmp_path):
    for name in STRANGE:
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as out:  # noqa: PTH123 - the name is bytes
            out.write(name)
    answers = list(find([tmp_path]))
    assert [os.fsencode(a.name) for a in answers] == sorted(STRANGE)
    for found in answers:
        assert isinstance(found, Found)
        assert found.path.read_bytes() == os.fsencode(found.name)
        shown(found.name).encode("utf-8")


def test_a_folder_too_deep_to_open_is_refused_and_not_a_crash(tmp_path):
    here = os.getcwd()  # noqa: PTH109
    os.chdir(tmp_path)
    try:
        for _ in range(300):
            os.mkdir("deep-folder-name")  # noqa: PTH102
            os.chdir("deep-folder-name")
        Path("bottom.txt").write_bytes(b"x")
    finally:
        os.chdir(here)
    (refused,) = find([tmp_path])
    assert isinstance(refused, Refused)
    assert "too deep" in refused.reason


def test_shown_names_stay_on_one_line_in_one_direction_and_readable():
    assert shown("may\n2031.txt") == "may\\n2031.txt"
    assert shown("\u202etxt.exe") == "\\u202etxt.exe"
    assert shown("\u2067قرية\u2069\u200f") == "\\u2067قرية\\u2069\\u200f"
    assert shown("caf\udce9.txt") == "caf\\xe9.txt"
    assert shown("\x1b[2J") == "\\x1b[2J"
    assert shown("café – قرية 村.txt") == "café – قرية 村.txt"


@settings(deadline=None)
@given(st.text(), st.text())
def test_shown_names_can_always_be_printed_and_never_confused(one, other):
    printed = shown(one)
    printed.encode("utf-8")
    assert "\n" not in printed
    assert printed == "" or printed.isprintable() or any(c.isspace() for c in one)
    assert (shown(other) == printed) == (one == other)
