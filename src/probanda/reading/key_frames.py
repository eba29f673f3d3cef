"""Key frames of a video, taken by ffmpeg: where the scene changes, and one each so many seconds; no more than sixty.

ffmpeg meets hostile bytes, so it runs guarded (`guarded`), gets the item as its standard input, and is told which
container it is: lists of files, which could name others, are none of them. What it gives is not believed either: its
pictures go to the reading child, which draws them anew; times are numbers or nothing.

Start with `found` (the program), then `taken`. Looks down to: guarded, timing. Used by: casework (framing).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from probanda.reading.guarded import Limits, TookTooLong, blocks, ended, started

MOST = 60
"""Key frames of one recording."""
EVERY, LEAST_APART = 10.0, 1.0
"""Seconds: a frame at least so often, of a short recording; and how near two can stand where the scene changes."""
SCENE = 0.3
"""How much must change, of 1, to count as another scene; what ffmpeg's own manual takes."""
LONG = 1200.0
"""Seconds from which only frames are looked at that the recording holds whole: hours would else take hours."""
LARGEST = 16 << 20
"""Bytes of one picture as ffmpeg gives it."""
_SIDE = 640
_CONTAINERS = (
    (("MP4 video", "QuickTime video", "3GP video"), "mov"), (("Matroska or WebM video",), "matroska"),
    (("AVI video",), "avi"), (("Flash video",), "flv"), (("MPEG video",), "mpeg"),
)  # fmt: skip
_VERSION = re.compile(r"ffmpeg version (\S{1,80})")
_TIME = re.compile(rb"^frame:\d+\s+pts:\S+\s+pts_time:(\d{1,8}(?:\.\d{1,9})?)\s*$", re.M)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Program:
    """ffmpeg as it is installed here."""

    path: str
    version: str

    @property
    def maker(self) -> str:
        """Who made a picture, as custody says it."""
        return f"ffmpeg {self.version}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture as ffmpeg gave it: not looked at by anybody yet."""

    at: int
    """Milliseconds from the start."""
    png: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of one recording."""

    frames: tuple[Frame, ...]
    settings: str
    """In words, as custody says it."""
    stopped: str
    """Why it stopped before the end; empty where it did not."""


@cache
def found() -> Program | None:
    """The program on this machine; None where there is none."""
    path = shutil.which("ffmpeg")
    if path is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 (the program that is installed)
            [path, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=True
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    version = _VERSION.match(said)
    return Program(path, version[1]) if version is not None else None


def container(kind: str, head: bytes) -> str | None:
    """What ffmpeg calls this kind of video (as `sound_video` names it); None where it is not opened."""
    if kind == "MPEG video":
        return "mpegts" if head[:1] == b"G" else "mpegvideo" if head[:4] == b"\0\0\1\xb3" else "mpeg"
    return next((name for kinds, name in _CONTAINERS if kind in kinds), None)


def taken(program: Program, form: str, item: BinaryIO, length: float | None, limits: Limits | None = None) -> Taken:
    """The key frames of this open recording; `length`: seconds, as it states itself. Raises OSError."""
    limits = limits or Limits()
    apart = max(LEAST_APART, (length or 0) / MOST)
    every = max(EVERY, 1.5 * apart)
    whole = length is not None and length > LONG
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as times:
        command = _command(program, form, f"pipe\\:{writer}", apart, every, whole=whole)
        stopped, pictures = "", []
        with started(command, limits, item, hand=(writer,)) as process:
            os.close(writer)
            try:
                pictures = list(_pictures(process, limits))
                stopped = ended(process)
            except TookTooLong:
                stopped = f"it took longer than {limits.wall // 60} minutes"
            except ValueError:
                stopped = "it gave something that is no picture"
        told = [round(float(at) * 1000) for at in _TIME.findall(times.read(1 << 16))]
    if len(pictures) == MOST and not stopped:
        stopped = f"no more than {MOST} are taken" if (length or 0) * 1000 > told[MOST - 1] + 1000 * every else ""
    settings = (
        f"where the scene changes by {SCENE} and at least each {every:.0f} s, {apart:.0f} s apart, at most {MOST}"
    )
    settings += "; only frames that the recording holds whole were looked at" if whole else ""
    frames = tuple(Frame(at, png) for at, png in zip(told, pictures, strict=False))
    return Taken(frames, settings, stopped)


def _command(program: Program, form: str, times: str, apart: float, every: float, *, whole: bool) -> list[str]:
    chosen = f"isnan(prev_selected_t)+gte(t-prev_selected_t,{every:.3f})"
    chosen += f"+gt(scene,{SCENE})*gte(t-prev_selected_t,{apart:.3f})"
    steps = (
        f"select='{chosen}',metadata=mode=print:key=lavfi.scene_score:file='{times}',"
        f"scale='min({_SIDE},iw)':'min({_SIDE},ih)':force_original_aspect_ratio=decrease"
    )
    return [
        program.path, "-nostdin", "-hide_banner", "-loglevel", "quiet", "-max_alloc", str(512 << 20),
        "-protocol_whitelist", "file,pipe", "-max_pixels", "40000000", "-threads", "2",
        *(["-skip_frame", "nokey"] if whole else []), "-f", form, "-i", "file:/dev/fd/0",
        "-map", "0:v:0", "-vf", steps, "-frames:v", str(MOST), *_as_they_come(program),
        "-c:v", "png", "-f", "image2pipe", "pipe:1",
    ]  # fmt: skip


def _as_they_come(program: Program) -> list[str]:
    """Neither doubled nor dropped to keep a rate: the option had another name before version 5.1."""
    first, _, rest = program.version.partition(".")
    old = first.isdecimal() and (int(first), int(rest[:1]) if rest[:1].isdecimal() else 0) < (5, 1)
    return ["-vsync", "0"] if old else ["-fps_mode", "passthrough"]


def _pictures(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """PNG by PNG, each to its last chunk. Raises ValueError for anything else, TookTooLong."""
    held = bytearray()
    at = 0
    for block in blocks(process, limits):
        held += block
        while (end := _end_of(held, at or len(_PNG))) is not None:
            at, whole = end
            if whole:
                yield bytes(held[:at])
                del held[:at]
                at = 0
        if len(held) > LARGEST:
            raise ValueError("far too large")


def _end_of(held: bytearray, at: int) -> tuple[int, bool] | None:
    """Where the chunk at this place ends, and whether it is the last; None where it is not there yet."""
    if not _PNG.startswith(bytes(held[: len(_PNG)])):
        raise ValueError("no PNG")
    if len(held) < at + 8:
        return None
    length = int.from_bytes(held[at : at + 4], "big")
    if length > LARGEST:
        raise ValueError("no PNG")
    end = at + 12 + length
    return (end, held[at + 4 : at + 8] == b"IEND") if len(held) >= end else None
