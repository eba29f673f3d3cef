"""Key frames of videos, with ffmpeg itself: items of their own, made by a program that can harm nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import framing, looks, properties, recordings
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading import key_frames
from probanda.reading.guarded import Limits, TookTooLong, blocks, ended, started
from tests.running import run

ffmpeg = pytest.mark.needs("ffmpeg")


def video(path: Path, *more: str, size: str = "160x120") -> None:
    """Three seconds of one scene and three of another, packed as the ending of the name says."""
    scenes = "[0]drawbox=x=20:y=30:w=60:h=40:color=gray:t=fill[a];[a][1]concat=n=2:v=1"
    sources = [one for kind in ("testsrc", "smptebars") for one in ("-f", "lavfi", "-i", f"{kind}=s=160x120:r=5:d=3")]
    command = ["ffmpeg", "-loglevel", "error", "-y", *sources, "-filter_complex", f"{scenes},scale={size}", *more]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(path)], check=True)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Two videos of the same scenes, packed differently, and one cut short; frames of the first were taken."""
    folder = tmp_path_factory.mktemp("frames")
    (folder / "in").mkdir()
    video(folder / "in" / "a.mp4")
    video(folder / "in" / "b.mkv", size="96x72")
    (folder / "in" / "c.mp4").write_bytes((folder / "in" / "a.mp4").read_bytes()[:2000])
    with Case.new(folder / "case", prefix="VID", name="M. Ode") as made:
        made.add([folder / "in"])
        made.read(workers=1)
        first = made.frame(items=[made.store.item(made.eyes, "VID-0001").digest])
        assert (first.items, first.before, len(first.digests)) == (1, 0, 2)
        made.frame_run = made.frame()  # type: ignore[attr-defined]
        made.read(workers=1)
        yield made


@ffmpeg
def test_frames_are_items_made_from_their_video_and_a_run_goes_on_at_the_next_one(case: Case) -> None:
    done: framing.Framed = case.frame_run  # type: ignore[attr-defined]
    assert (done.items, done.before, len(done.digests)) == (1, 1, 2)
    assert [number for number, _, _ in done.failed] == ["VID-0003"]
    frames = recordings.frames(case.items())
    a = case.store.item(case.eyes, "VID-0001")
    times = [one.time for one in frames.values() if one.of == (a.digest,)]
    assert times == ["00:00:00.000", "00:00:03.000"]
    made = [one for one in properties.derivatives(case.store, case.eyes, a.digest) if one.role == "key frame"]
    assert len(made) == 2 and all(one.tool == "ffmpeg" and one.preserved for one in made)
    assert "taken by a program" in made[0].settings
    frame = case.store.item(case.eyes, made[0].digest)
    assert frame.parents == (a.digest,) and dict(frame.facts)["kind"] == "JPEG picture"
    assert case.page(frame.number, 1).startswith(b"\x89PNG")


@ffmpeg
def test_nobody_is_told_that_frames_wait_for_words(case: Case) -> None:
    assert [number for number, _, _ in case.read(workers=1).unread] == ["VID-0001", "VID-0002", "VID-0003"]
    assert {line.number for line in case.casefile().unread} == {"VID-0001", "VID-0002", "VID-0003"}


@ffmpeg
def test_frames_of_two_videos_look_alike_and_two_of_one_are_no_pair(case: Case) -> None:
    frames = recordings.frames(case.items())
    pairs = [(frames[a.digest].told, frames[b.digest].told) for a, b, _ in case.look_alikes()]
    assert pairs == [(f"VID-0001 at 00:00:0{at}", f"VID-0002 at 00:00:0{at}") for at in (0, 3)]
    pictures = looks._pictures(case.items())
    assert [len(pictures[case.store.item(case.eyes, f"VID-000{n}").digest]) for n in (1, 2)] == [2, 2]


@ffmpeg
def test_frames_are_withheld_with_their_video_and_the_record_holds(case: Case) -> None:
    case.label("VID-0001", "restricted", reason="a witness filmed it")
    held = recordings.frames(case.items())
    assert len(held) == 4
    assert len(recordings.frames(case.store.items(case.eyes.only_open()))) == 2
    assert not case.verify()


@ffmpeg
def test_a_list_of_files_is_no_video_and_names_nothing(tmp_path: Path) -> None:
    program = key_frames.found()
    assert program is not None
    video(tmp_path / "secret.mp4")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://{tmp_path / 'secret.mp4'}\n#EXT-X-ENDLIST\n"
    (tmp_path / "list.mp4").write_text(playlist)
    with (tmp_path / "list.mp4").open("rb") as item:
        taken = key_frames.taken(program, "mov", item, 6.0)
    assert not taken.frames and taken.stopped


@ffmpeg
def test_what_is_no_video_is_refused_and_a_missing_program_is_named(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = next(iter(recordings.frames(case.items())))
    with pytest.raises(WrongUsage, match="not known as a video"):
        case.frame(items=[frame])
    monkeypatch.setattr(key_frames, "found", lambda: None)
    with pytest.raises(ProbandaError, match="ffmpeg, which is not on this machine"):
        case.frame()


def test_the_command_says_what_it_does_where_there_is_no_video(tmp_path: Path) -> None:
    Case.new(tmp_path / "case", name="M. Ode").close()
    done = run("-C", tmp_path / "case", "frames")
    assert done.returncode in (0, 1)
    assert "No video waits" in done.stdout or "Install it (on Debian: ffmpeg)" in done.stderr


# A program that does not behave ---------------------------------------------------------------------

TRIES = """
import os, socket, sys
for name, attempt in {
    "socket": lambda: socket.socket(), "write": lambda: open(sys.argv[1] + "/made", "w"),
    "delete": lambda: os.unlink(sys.argv[1] + "/there"), "signal": lambda: os.kill(os.getppid(), 0),
}.items():
    try:
        attempt()
        print(name, "done")
    except OSError:
        print(name, "refused")
print(sys.stdin.read(), sorted(os.environ.keys() - {"LC_CTYPE"}))
"""


def python(script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-c", script, *arguments]


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is the Linux kernel's")
def test_a_program_reads_its_item_and_reaches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("as it was")
    with (
        (tmp_path / "there").open("rb") as item,
        started(python(TRIES, str(tmp_path)), Limits(), item) as process,
    ):
        said = b"".join(blocks(process, Limits())).decode()
        assert not ended(process)
    assert said.split("\n")[:4] == ["socket refused", "write refused", "delete refused", "signal refused"]
    assert "as it was ['HOME', 'LC_ALL', 'PATH']" in said


@pytest.mark.parametrize(
    ("script", "limits"),
    [("while True: pass", Limits(seconds=1)), ("bytearray(2 << 30)", Limits(memory=1 << 29))],
)
def test_a_program_that_takes_too_much_is_ended(tmp_path: Path, script: str, limits: Limits) -> None:
    (tmp_path / "item").write_bytes(b"")
    with (tmp_path / "item").open("rb") as item, started(python(script), limits, item) as process:
        assert not b"".join(blocks(process, limits))
        assert ended(process)


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    (tmp_path / "item").write_bytes(b"")
    script = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"
    limits, begun = Limits(wall=1), time.monotonic()
    pid = b""

    def hear() -> None:
        nonlocal pid
        with (tmp_path / "item").open("rb") as item, started(python(script), limits, item) as process:
            for block in blocks(process, limits):
                pid += block

    with pytest.raises(TookTooLong):
        hear()
    assert time.monotonic() - begun < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_what_is_no_picture_is_not_taken_for_one() -> None:
    for data in (b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\xff" * 40):
        with pytest.raises(ValueError, match="no PNG"):
            key_frames._end_of(bytearray(data), 8)
    assert key_frames.container("MPEG video", b"G") == "mpegts" and key_frames.container("Ogg recording", b"") is None
