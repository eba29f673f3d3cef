"""Key frames of videos as items of their own, taken by ffmpeg where it is installed.

Each is preserved and registered with its video as parent, the time in its name, and the program that made it as its
tool: it bears the video's label, is withheld and destroyed with it, and is no picture that somebody handed in. The
pictures that ffmpeg gives are drawn anew in the reading child first. The frames of one video are recorded together, so
a run that was cut off goes on at the video it had come to.

Start with `frame`. Looks down to: recordings, take_in, reading, store, vault. Used by: case, cli.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.casework import recordings
from probanda.casework.progress import Counted, Progress, silent
from probanda.casework.take_in import registration
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading import key_frames, timing
from probanda.reading.child import ReadingChild
from probanda.reading.formats.sound_video import KIND, LENGTH
from probanda.reading.guarded import Limits
from probanda.reading.key_frames import Program, Taken
from probanda.reading.model import Unread
from probanda.store.model import Deed, ItemRow
from probanda.store.store import Store

FRAME = "key_frame"
"""What a registration keeps of how a key frame was made."""


@dataclass(frozen=True, slots=True)
class Framed:
    """What `frame` did."""

    items: int
    """Videos of which frames were taken now."""
    digests: tuple[str, ...]
    """The frames, as items."""
    before: int
    """Videos that had theirs from a run before."""
    stopped: tuple[tuple[str, str], ...]
    """(number, why) of videos that were not gone through to their end."""
    failed: tuple[tuple[str, str, str], ...]
    """(number, reason, next step) of videos of which no frame could be taken."""
    maker: str


def frame(
    store: Store,
    eyes: Eyes,
    *,
    items: Sequence[str] = (),
    limits: Limits | None = None,
    progress: Progress = silent,
) -> Framed:
    """Take the key frames of these videos (digests; all that have none yet, if left out).

    Raises ProbandaError where ffmpeg is missing, WrongUsage for an item that was not read as a video.
    """
    program = key_frames.found()
    if program is None:
        raise ProbandaError(
            "Key frames are taken by ffmpeg, which is not on this machine.",
            "Install it (on Debian: ffmpeg) and run the command again; everything else goes on without it.",
        )
    every = store.items(eyes)
    has = {video for one in recordings.frames(every).values() for video in one.of}
    videos = _videos(every, items)
    left = [row for row in videos if row.digest not in has]
    told = Counted(progress, "taking key frames", len(left))
    found: list[str] = []
    stopped: list[tuple[str, str]] = []
    failed: list[tuple[str, str, str]] = []
    with ReadingChild() as child:
        for row in left:
            taken = _taken(store, row, program, limits)
            kept = tuple(_keep(store, eyes, row, program, taken, child)) if taken.frames else ()
            found += kept
            if not kept:
                why = f"ffmpeg took no picture of it: {taken.stopped or 'there is none that it can decode'}."
                failed.append((row.number, why, "Play it in a program of your own, away from the network."))
            elif taken.stopped:
                stopped.append((row.number, taken.stopped))
            told(1)
    done = len(left) - len(failed)
    return Framed(done, tuple(found), len(videos) - len(left), tuple(stopped), tuple(failed), program.maker)


def _videos(rows: Iterable[ItemRow], items: Sequence[str]) -> list[ItemRow]:
    named = set(items)
    chosen = [row for row in rows if not row.destroyed and (not named or row.digest in named)]
    for row in chosen:
        if named and not recordings.is_video(row):
            raise WrongUsage(
                f"{row.number} is not known as a video.", "Run `probanda read` first; name videos, or none for all."
            )
    return [row for row in chosen if recordings.is_video(row)]


def _taken(store: Store, row: ItemRow, program: Program, limits: Limits | None) -> Taken:
    store.vault.verify(row.digest)
    facts = dict(row.facts)
    length = timing.moment(facts.get(LENGTH, ""))
    with store.vault.path_of(row.digest).open("rb") as item:
        form = key_frames.container(facts.get(KIND, ""), item.read(16))
        item.seek(0)
        if form is None:
            return Taken((), "", "its container is of a kind that is not opened")
        return key_frames.taken(program, form, item, None if length is None else length / 1000, limits)


def _keep(store: Store, eyes: Eyes, row: ItemRow, program: Program, taken: Taken, child: ReadingChild) -> Iterator[str]:
    """Preserve and register the frames of one video in one deed; gives their digests, each once."""
    deeds: dict[str, Deed] = {}
    with store.taking_in():
        for one in taken.frames:
            drawn = _drawn_anew(store, one.png, child)
            if drawn is None:
                continue
            kept = store.vault.preserve(io.BufferedReader(io.BytesIO(drawn)))
            at = timing.told(one.at)
            told = {
                "source": None, "parent": row.digest, "tool": program.maker,
                FRAME: {"time": at, "maker": program.maker, "settings": taken.settings},
            }  # fmt: skip
            deeds.setdefault(
                kept.digest,
                registration(
                    kept, recordings.frame_name(row.doc, at), label=row.label, told=told, media_type="image/jpeg",
                    method=f"key frame of {row.number} at {at}, taken by a program: {taken.settings}",
                ),
            )  # fmt: skip
        if deeds:
            store.record(eyes, list(deeds.values()))
    yield from deeds


def _drawn_anew(store: Store, picture: bytes, child: ReadingChild) -> bytes | None:
    """What ffmpeg gave as a JPEG of our own making; None where it is no picture."""
    path = store.vault.arriving()
    try:
        path.write_bytes(picture)
        answer = child.still(path)
    finally:
        path.unlink(missing_ok=True)
    return None if isinstance(answer, Unread) else answer
