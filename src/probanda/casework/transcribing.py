"""Machine transcripts of recordings, by a speech program that a person has installed and names a model for.

Each is preserved and registered as `NAME.machine.vtt` beside its recording, which is its parent: it bears the
recording's label, is tied to it as any transcript is, and its words are marked as machine text with program and model.
Nobody has listened yet. Each is recorded at once: a run that was cut off goes on at the recording it had come to.

Start with `transcribe`. Looks down to: recordings, take_in, reading, store, vault. Used by: case, cli.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from probanda.access.eyes import Eyes
from probanda.casework import recordings
from probanda.casework.progress import Counted, Progress, silent
from probanda.casework.take_in import registration
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading import key_frames, speech
from probanda.reading.formats.captions import VTT
from probanda.reading.formats.sound_video import KIND
from probanda.reading.key_frames import Program
from probanda.reading.speech import Engine, NoSpeech
from probanda.store.model import ItemRow
from probanda.store.store import Store


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What `transcribe` did."""

    digests: tuple[str, ...]
    """The transcripts, as items."""
    before: int
    """Recordings that had theirs from a run before."""
    failed: tuple[tuple[str, str], ...]
    """(number, why) of recordings without one."""
    maker: str


def transcribe(
    store: Store, eyes: Eyes, engine: Engine, *, items: Sequence[str] = (), progress: Progress = silent
) -> Transcribed:
    """Transcribe these recordings (digests; all without a machine transcript, if left out).

    Raises ProbandaError where ffmpeg is missing, WrongUsage for an item that was not read as sound or video.
    """
    ffmpeg = key_frames.found()
    if ffmpeg is None:
        raise ProbandaError(
            "The sound of a recording is had by ffmpeg, which is not on this machine.",
            "Install it (on Debian: ffmpeg) and run the command again.",
        )
    every = store.items(eyes)
    has = {parent for row in every if recordings.is_machine_transcript(row) for parent in row.parents}
    spoken = _recordings(every, items)
    left = [row for row in spoken if row.digest not in has]
    counted = Counted(progress, "transcribing", len(left))
    made: list[str] = []
    failed: list[tuple[str, str]] = []
    for row in left:
        try:
            made.append(_transcript(store, eyes, row, engine, ffmpeg))
        except NoSpeech as why:
            failed.append((row.number, str(why)))
        counted(1)
    return Transcribed(tuple(made), len(spoken) - len(left), tuple(failed), engine.maker)


def _recordings(rows: Iterable[ItemRow], items: Sequence[str]) -> list[ItemRow]:
    named = set(items)
    found = []
    for row in rows:
        heard = recordings.is_heard(row)
        if row.digest in named and not heard:
            raise WrongUsage(
                f"{row.number} is not known as sound or video.", "Run `probanda read` first; name recordings alone."
            )
        if heard and not row.destroyed and (not named or row.digest in named):
            found.append(row)
    return found


def _transcript(store: Store, eyes: Eyes, row: ItemRow, engine: Engine, ffmpeg: Program) -> str:
    """Make, preserve and register the transcript of one recording; gives its digest. Raises NoSpeech."""
    store.vault.verify(row.digest)
    with tempfile.TemporaryDirectory(prefix="speech-", dir=store.folder / "tmp") as name:
        folder = Path(name).resolve()
        wav = folder / "sound.wav"
        with store.vault.path_of(row.digest).open("rb") as item:
            length = speech.sound(ffmpeg, dict(row.facts).get(KIND, ""), item, wav)
        data = speech.captions_of(engine, wav, folder)
    with store.taking_in():
        kept = store.vault.preserve(io.BufferedReader(io.BytesIO(data)))
        language = engine.language or "as the program finds"
        settings = f"{engine.maker}; {length:.1f} s of sound by {ffmpeg.maker}; language {language}"
        deed = registration(
            kept, recordings.transcript_name(row.names[0]), label=row.label, media_type=VTT,
            method=f"speech of {row.number}, recognised by a program: {settings}",
            told={"source": None, "parent": row.digest, "tool": engine.tool},
        )  # fmt: skip
        store.record(eyes, [deed])
    return kept.digest
