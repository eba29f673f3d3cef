"""What belongs to which picture or recording: transcripts of the same name beside it, observations, its key frames.

A transcript lies in the folder of the recording and is called like it: `square.srt`, `square.en.vtt`, `square.mp4.srt`,
or `square.txt`, of which nothing shows whether it is a transcript or a description. That they belong together is told
by names alone, and said so wherever it is shown.

A key frame is a picture that was taken out of a video: nothing but the program takes anything out of one.

Start with `spoken_of` (names), `held_by` and `frames` (rows). Pure. Looks down to: reading, store.model. Used by:
beside, draft, framing, looks, properties, observing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from probanda.reading.formats import captions, sound_video
from probanda.reading.messages import OBSERVED
from probanda.store.model import ItemRow

T = TypeVar("T")
RECORDINGS = frozenset(sound_video.FORMAT.suffixes) - {".heic", ".avif"}
TIMED = frozenset(captions.FORMAT.suffixes)
PLAIN = ".txt"
TRANSCRIPT, WORDS = "transcript", "words in a file of the same name"
_LONGEST_TAG = 12
"""Letters of what may stand between the name and the ending: a language (`en`, `ar-LY`), `auto`, `forced`."""


def is_timed(name: str) -> bool:
    """True for names that captions have."""
    return _ending(name) in TIMED


def may_transcribe(name: str) -> bool:
    """True for names that a transcript may have."""
    return is_timed(name) or _ending(name) == PLAIN


def is_recording(name: str) -> bool:
    """True for names that sound and video have."""
    return _ending(name) in RECORDINGS


def spoken_of(base: str, folder: Mapping[str, T]) -> T | None:
    """The recording beside it whose name a transcript bears; the first by name where several differ in their ending."""
    if not may_transcribe(base):
        return None
    stem = base.rpartition(".")[0]
    short, _, tag = stem.rpartition(".")
    stems = [stem, short] if short and len(tag) <= _LONGEST_TAG and is_timed(base) else [stem]
    for one in stems:
        if one in folder and is_recording(one):
            return folder[one]
        for ending in sorted(RECORDINGS):
            for name in (one + ending, one + ending.upper()):
                if name in folder:
                    return folder[name]
    return None


def held_by(rows: Iterable[ItemRow]) -> dict[str, str]:
    """Digest of each transcript and observation -> digest of what it transcribes, or is of."""
    every = list(rows)
    heard = {row.digest for row in every if is_heard(row)}
    folders: dict[str, dict[str, str]] = {}
    for row in every:
        for name in row.names:
            folder, _, base = name.rpartition("/")
            if is_recording(base) or is_recording(base.rpartition(".")[0]):
                folders.setdefault(folder, {})[base] = row.digest
    found: dict[str, str] = {}
    for row in every:
        if row.parents and (row.read_as == OBSERVED or (is_machine_transcript(row) and row.parents[0] in heard)):
            found[row.digest] = row.parents[0]
            continue
        for name in row.names:
            folder, _, base = name.rpartition("/")
            medium = spoken_of(base, folders[folder]) if folder in folders else None
            if medium is not None and medium != row.digest:
                found.setdefault(row.digest, medium)
    return found


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A picture that a program took out of a video."""

    of: tuple[str, ...]
    """Digests of the videos: one, or several that hold the very same picture."""
    time: str
    """Where it stands in the first of them, as `00:00:05.000`."""
    video: str = ""
    """Registration number of that."""

    @property
    def told(self) -> str:
        """`MED-0001 at 00:00:05`."""
        return f"{self.video} at {self.time.removesuffix('.000')}"


def frame_name(video: str, time: str) -> str:
    """The name under which a key frame is registered."""
    return f"{video}/frame {time}.jpg"


def is_video(row: ItemRow) -> bool:
    """True for what was read as a video."""
    return dict(row.facts).get(sound_video.KIND, "").endswith("video")


def is_heard(row: ItemRow) -> bool:
    """True for what was read as video or sound."""
    return dict(row.facts).get(sound_video.KIND, "").endswith(("video", "recording"))


_MADE = ".machine.vtt"


def transcript_name(recording: str) -> str:
    """The name under which a machine transcript is registered: beside the recording, so that it is tied to it."""
    folder, slash, base = recording.rpartition("/")
    return f"{folder}{slash}{base.rpartition('.')[0] or base}{_MADE}"


def is_machine_transcript(row: ItemRow) -> bool:
    """True for a transcript that a program made here out of its parent."""
    return bool(row.parents) and any(name.endswith(_MADE) for name in row.names)


def frames(rows: Iterable[ItemRow]) -> dict[str, KeyFrame]:
    """The key frames among these rows; their videos must be among them too."""
    every = list(rows)
    videos = {row.digest: row.number for row in every if is_video(row)}
    found = {}
    for row in every:
        named = next((match for name in row.names if (match := _FRAME.search(name)) is not None), None)
        if named is not None and row.parents and not row.whole and videos.keys() >= set(row.parents):
            found[row.digest] = KeyFrame(row.parents, named[1], videos[row.parents[0]])
    return found


_FRAME = re.compile(r"/frame (\d{2,4}:\d{2}:\d{2}\.\d{3})\.jpg$", re.ASCII)


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
