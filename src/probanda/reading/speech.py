"""Speech of a recording as captions with times, by a program of others on this machine: machine text.

Two are known: `whisper-cli` of whisper.cpp with a model that a person names, and `pocketsphinx_continuous` of
CMUSphinx. ffmpeg gives the sound first, so that a speech program never meets the item's bytes, only samples behind a
header of our own. Both run guarded, without network. What comes out is WebVTT with a note that says who made it
(`captions` reads it).

Start with `chosen`, then `sound` and `captions_of`. Looks down to: guarded, key_frames (ffmpeg), timing. Used by:
casework (transcribing).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from probanda.kernel.errors import WrongUsage
from probanda.reading.guarded import Limits, TookTooLong, blocks, ended, started
from probanda.reading.key_frames import Program, container
from probanda.reading.timing import told

WHISPER, SPHINX = "whisper-cli", "pocketsphinx_continuous"
SPHINX_MODEL = Path("/usr/share/pocketsphinx/model/en-us")
RATE = 16_000
MADE = "Machine transcript by "
"""How the note of a transcript begins that was made here."""
LIMITS = Limits(memory=16 << 30, seconds=86_400, wall=86_400, largest_file=64 << 20)
LARGEST_SOUND = 48 * 3600 * RATE * 2
"""Bytes of 48 hours."""
_SOUNDS = {
    "Ogg recording": "ogg", "FLAC recording": "flac", "MP3 recording": "mp3", "WAV recording": "wav",
    "AMR recording": "amr", "M4A recording": "mov", "Windows Media recording": "asf",
}  # fmt: skip
_SAID = re.compile(r"(\S+) (\d+\.\d+) (\d+\.\d+) \d+\.\d+")
_VARIANT = re.compile(r"\(\d+\)$")
_VTT = re.compile(r"\ufeff?WEBVTT[^\r\n]*")


class NoSpeech(Exception):
    """No transcript came out; the words say why."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A speech program with its model."""

    path: str
    model: Path | None
    """A file for whisper-cli; for the other a folder, or None for its own."""
    language: str
    tool: str
    """Name and digest of the program."""
    maker: str
    """The same with its model: who made the words."""

    @property
    def is_sphinx(self) -> bool:
        """True for the program of CMUSphinx."""
        return "pocketsphinx" in Path(self.path).name


def chosen(program: str | None, model: Path | None, language: str | None) -> Engine:
    """The program to use. Raises WrongUsage, with the next step, where it or its model is missing."""
    name = program or (WHISPER if model is not None and model.is_file() else SPHINX)
    path = shutil.which(name)
    if path is None:
        raise WrongUsage(
            f"Speech is recognised by a program of its own, and {name} is not on this machine.",
            f"Install {WHISPER} (whisper.cpp) and name its model with --model FILE; for clear English, pocketsphinx "
            "and pocketsphinx-en-us of Debian will do to try it. Or name yours with --program.",
        )
    engine = Engine(path, model, language or "", "", "")
    if engine.is_sphinx:
        if language not in (None, "en"):
            raise WrongUsage(f"{name} has a model for English alone.", f"Use {WHISPER} with a model for {language}.")
        model = model or SPHINX_MODEL
        if not (model / "en-us").is_dir():
            raise WrongUsage(f"{model} holds no model of {name}.", "Install pocketsphinx-en-us, or name its folder.")
    elif model is None or not model.is_file():
        raise WrongUsage(f"{name} needs a model.", "Name its file: --model ggml-small.bin.")
    tool = f"{_plain(Path(path).name)} {_sum(Path(path))[:16]}"
    maker = f"{tool}, model {_plain(model.name)} {_digest(model)}"
    return Engine(path, model.resolve(), language or "", tool, maker)


def sound(ffmpeg: Program, kind: str, item: BinaryIO, out: Path) -> float:
    """Write the sound of an open recording as a WAV of one channel; gives its seconds. Raises NoSpeech."""
    form = _SOUNDS.get(kind) or container(kind, item.read(16))
    item.seek(0)
    if form is None:
        raise NoSpeech("its container is of a kind that is not opened")
    limits = Limits()
    command = [
        ffmpeg.path, "-nostdin", "-hide_banner", "-loglevel", "quiet", "-max_alloc", str(512 << 20),
        "-protocol_whitelist", "file,pipe", "-f", form, "-i", "file:/dev/fd/0", "-map", "0:a:0", "-ac", "1",
        "-ar", str(RATE), "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
    ]  # fmt: skip
    size = 0
    with out.open("wb") as wav, started(command, limits, item) as process:
        wav.write(_header(0))
        try:
            for block in blocks(process, limits):
                size += len(block)
                if size > LARGEST_SOUND:
                    raise NoSpeech("its sound is longer than 48 hours")
                wav.write(block)
        except TookTooLong:
            raise NoSpeech("its sound could not be had in time") from None
        how = ended(process)
        wav.seek(0)
        wav.write(_header(size))
    if not size:
        raise NoSpeech(f"ffmpeg found no sound in it ({how})" if how else "there is no sound in it")
    return size / (2 * RATE)


def captions_of(engine: Engine, wav: Path, folder: Path) -> bytes:
    """What the program hears in this file, as WebVTT with a note of who made it; `folder` is its own to write in.
    Raises NoSpeech."""
    words = _sphinx(engine, wav) if engine.is_sphinx else _whisper(engine, wav, folder)
    if "-->" not in words:
        raise NoSpeech("the program heard no words in it")
    return f"WEBVTT\n\nNOTE\n{MADE}{engine.maker}\n\n{words.strip()}\n".encode()


def _whisper(engine: Engine, wav: Path, folder: Path) -> str:
    out = folder / "heard"
    command = [
        engine.path, "-m", str(engine.model), "-f", str(wav), "-l", engine.language or "auto", "-ovtt",
        "-of", str(out),
    ]  # fmt: skip
    for _ in _heard(command, wav, LIMITS, folder):
        pass
    made = out.with_suffix(".vtt")
    if not made.is_file():
        raise NoSpeech("the program wrote no transcript")
    with made.open("rb") as file:
        return _VTT.sub("", file.read(LIMITS.largest_file).decode("utf-8", "replace"), count=1)


def _sphinx(engine: Engine, wav: Path) -> str:
    model = engine.model or SPHINX_MODEL
    command = [
        engine.path, "-infile", str(wav), "-time", "yes", "-hmm", str(model / "en-us"),
        "-lm", str(model / "en-us.lm.bin"), "-dict", str(model / "cmudict-en-us.dict"),
    ]  # fmt: skip
    limits = Limits(memory=4 << 30, seconds=LIMITS.seconds, wall=LIMITS.wall)
    said = b"".join(_heard(command, wav, limits, wav.parent)).decode("utf-8", "replace")
    return "\n".join(_cues(said))


def _heard(command: list[str], wav: Path, limits: Limits, folder: Path) -> Iterator[bytes]:
    with wav.open("rb") as item, started(command, limits, item, folder=str(folder)) as process:
        size = 0
        try:
            for block in blocks(process, limits):
                size += len(block)
                if size > 64 << 20:
                    raise NoSpeech("the program said far more than anybody speaks")
                yield block
        except TookTooLong:
            raise NoSpeech("the program was not done within a day") from None
        how = ended(process)
        if how:
            raise NoSpeech(f"the program failed: {how}")


def _cues(said: str) -> Iterator[str]:
    """From `word start end certainty` lines, between <s> and </s>, to captions."""
    words: list[tuple[str, str, str]] = []
    for line in said.splitlines():
        found = _SAID.fullmatch(line.strip())
        if found is None:
            continue
        word, start, end = found.groups()
        if word == "</s>" and words:
            first, last = _clock(words[0][1]), _clock(words[-1][2])
            yield f"\n{first} --> {last}\n{' '.join(one for one, _, _ in words)}"
            words = []
        elif word[:1] not in "<[+":
            words.append((_VARIANT.sub("", word), start, end))


def _clock(seconds: str) -> str:
    return told(round(float(seconds) * 1000))


def _header(size: int) -> bytes:
    """Of a WAV file of one channel of 16 bits (RIFF); a size that does not fit in it is written as the largest."""
    held = min(size, 0xFFFFFFFF - 36)
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + held, b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16,
                       b"data", held)  # fmt: skip


def _digest(path: Path) -> str:
    """The beginning of the SHA-256 of a file, or of the digests of a folder's files in the order of their names."""
    if path.is_file():
        return _sum(path)[:16]
    files = sorted(one for one in path.rglob("*") if one.is_file())
    return hashlib.sha256("".join(map(_sum, files)).encode()).hexdigest()[:16]


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:80].replace("-->", "??")
