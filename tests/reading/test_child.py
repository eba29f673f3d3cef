"""The child reads what the parent reads, and whatever happens to it costs one file only."""

# ruff: noqa: E501 (texts in tables stand on one line)

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda.reading import child as child_module
from probanda.reading import read
from probanda.reading.child import ReadingChild
from probanda.reading.formats import Frame
from probanda.reading.model import Text, Unread
from probanda.reading.wire import text_from, to_wire
from tests.reading.making_texts import LONG, text_of


@pytest.fixture()
def child() -> Iterator[ReadingChild]:
    with ReadingChild() as one:
        yield one


def a_file(folder: Path, words: str = f"Shells on Orvane\n\n{LONG}\n", name: str = "item") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def test_the_child_gives_what_reading_in_this_process_gives(tmp_path: Path, child: ReadingChild) -> None:
    path = a_file(tmp_path)
    assert child.read(path, "d" * 64, "a.txt") == tuple(read(path, "d" * 64, "a.txt"))
    assert list(read(path, "d" * 64, "a.txt", child)) == list(read(path, "d" * 64, "a.txt"))


def test_unreadable_files_are_unread_and_the_child_goes_on(tmp_path: Path, child: ReadingChild) -> None:
    empty = a_file(tmp_path, "", "empty")
    assert isinstance(child.read(empty, "d" * 64, "a.txt"), Unread)
    assert isinstance(child.read(tmp_path / "gone", "d" * 64, "a.txt"), Unread)
    assert isinstance(child.read(tmp_path, "d" * 64, "folder"), Unread)
    assert isinstance(child.read(a_file(tmp_path), "d" * 64, "a.txt"), tuple)


def test_one_child_answers_one_question_after_another(tmp_path: Path, child: ReadingChild) -> None:
    path = a_file(tmp_path)
    assert child.pages(path, "item") == 0
    assert child._process is not None
    first = child._process.pid
    assert child.wordless(path, "item") == []
    assert isinstance(child.draw(path, "item", Frame(1)), Unread)
    assert child.pages(path, "item") == 0
    assert child._process.pid == first, "to start one for each page would cost more than the page"


def test_a_killed_child_is_started_anew(tmp_path: Path, child: ReadingChild) -> None:
    path = a_file(tmp_path)
    assert isinstance(child.read(path, "d" * 64, "a.txt"), tuple)
    assert child._process is not None
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    assert isinstance(child.read(path, "d" * 64, "a.txt"), tuple)


def test_a_child_that_hangs_costs_one_file_only(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    with ReadingChild() as one:
        assert isinstance(one.read(path, "d" * 64, "a.txt"), tuple)
        assert one._process is not None
        os.kill(one._process.pid, signal.SIGSTOP)
        one._wall = 1.0
        answer = one.read(path, "d" * 64, "a.txt")
        one._wall = 60.0
        assert isinstance(answer, Unread) and "longer than 1 s" in answer.reason
        assert isinstance(one.read(path, "d" * 64, "a.txt"), tuple)


def test_parts_not_asked_for_do_not_reach_the_next_file(tmp_path: Path, child: ReadingChild) -> None:
    first = child.read_parts(a_file(tmp_path), "a" * 64, "a.txt")
    next(first)
    first.close()  # type: ignore[attr-defined]
    other = child.read(a_file(tmp_path, LONG, "other"), "b" * 64, "b.txt")
    assert isinstance(other, tuple) and other[0].words == LONG


def test_the_child_has_no_environment_and_may_write_no_file(tmp_path: Path, child: ReadingChild) -> None:
    child.read(a_file(tmp_path), "d" * 64, "a.txt")
    assert child._process is not None
    proc = Path(f"/proc/{child._process.pid}")
    if not proc.exists():
        pytest.skip("no /proc here")
    names = {entry.split(b"=")[0].decode() for entry in (proc / "environ").read_bytes().split(b"\0") if entry}
    threads = {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"}
    assert names <= {"PATH", "PYTHONPATH", "PYTHONHASHSEED", "LC_ALL", *threads}
    limits = {line[:26].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()[1:]}
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "0"
    assert limits["Max address space"] == str(child_module.MEMORY)


def test_a_text_goes_over_the_wire_and_back_unchanged(tmp_path: Path) -> None:
    text = text_of(tmp_path, f"ORVANE, 3 MAY 88 (KNA) -- {LONG}\n\nCheck also\n\nBoats\n")
    assert text_from(json.loads(json.dumps(to_wire(text))), text.item) == text


@pytest.mark.parametrize(
    ("field", "value"),
    [("words", 3), ("passages", [[0, 10_000, "body", 1, ""]]), ("passages", [[5, 5, "body", 1, ""]]), ("runs", [[0, 1, 5, 2]]),
     ("passages", [[0, 3, "king", 1, ""]]), ("dated", {"start": 1}), ("part", "x")],
)  # fmt: skip
def test_what_makes_no_sound_text_is_refused(tmp_path: Path, field: str, value: object) -> None:
    data = to_wire(text_of(tmp_path, LONG))
    with pytest.raises((ValueError, KeyError, TypeError)):
        text_from({**data, field: value}, "d" * 64)


def test_a_very_large_text_comes_in_parts_that_join_to_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probanda.reading import parts

    monkeypatch.setattr(parts, "WHOLE", 3000)
    monkeypatch.setattr(parts, "PART", 1000)
    words = "Shells on Orvane\n\n" + "\n\n".join(f"{n} {LONG} é" for n in range(40)) + "x" * 2500
    for encoding in ("cp1252", "utf-16-le", "utf-8"):
        if encoding == "utf-8":
            words += "é" * 900  # no line to cut at, and no byte in two may begin a part
        path = tmp_path / encoding
        path.write_bytes(("\ufeff" + words).encode("utf-16-le") if encoding == "utf-16-le" else words.encode(encoding))
        texts = [text for text in read(path, "d" * 64, "a.txt") if isinstance(text, Text)]
        assert "".join(text.words for text in texts).lstrip("\ufeff") == words
        assert {text.parts for text in texts} == {len(texts)}
        assert all(len(text.words) <= 1000 for text in texts)
        assert {text.title for text in texts} == {"Shells on Orvane"}
        numbers = [p.paragraph for text in texts for p in text.passages]
        assert numbers == list(range(1, len(numbers) + 1))
        base = byte = 0
        for number, text in enumerate(texts):
            assert (text.part, text.base, text.runs[0].byte_start) == (number, base, byte)
            base, byte = base + len(text.words), text.runs[-1].byte_end
        assert byte == path.stat().st_size


def test_a_very_large_page_comes_in_parts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from probanda.reading import parts

    page = "<html><nav>Menu</nav>" + "".join(f"<p>{n} {LONG} &amp; more</p>" for n in range(40)) + "</html>"
    whole = text_of(tmp_path, page, "p.html")
    monkeypatch.setattr(parts, "WHOLE", 3000)
    monkeypatch.setattr(parts, "PART", 1000)
    path = a_file(tmp_path, page, "p.html")
    texts = [text for text in read(path, "d" * 64, "p.html") if isinstance(text, Text)]
    assert "".join(text.words for text in texts) == whole.words
    assert len(texts) > 5
    for text in texts:
        for run in text.runs:
            assert run.start < run.end <= len(text.words)
    assert sum(len(text.passages) for text in texts) == len(whole.passages)
