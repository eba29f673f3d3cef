"""Observations: what a user sees or hears in a part of a picture or recording, recorded as an item of its own.

Its bytes are a small text (`reading.formats.observation`) that is preserved and registered like any item, with the
picture or recording as its parent: it bears the parent's label, and follows when that is restricted. The observer
speaks in its claims; that the user recorded it stands in the log, whoever is named.

Start with `observe`. Looks down to: take_in, reading, store, vault. Used by: case, cli.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace

from probanda.access.eyes import Eyes
from probanda.casework.clock import now
from probanda.casework.evidence_table import LANGUAGES
from probanda.casework.take_in import registration
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading import timing
from probanda.reading.formats import observation
from probanda.store.model import ItemRow
from probanda.store.store import Store

LONGEST = 20_000
"""Code points of one observation."""
Box = tuple[int, int, int, int]
_REGION = re.compile(r"\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*", re.ASCII)
_SIZE = re.compile(r"(\d+) x (\d+)$", re.ASCII)
_TIMED = ("video", "recording")


def observe(
    store: Store,
    eyes: Eyes,
    item: str,
    words: str,
    *,
    at: str | None = None,
    region: str | None = None,
    by: str | None = None,
    language: str | None = None,
    reason: str = "",
) -> str:
    """Record what a person sees or hears in a part of an item; gives the digest of the observation.

    `at`: `00:01:20-00:01:24`, or one moment; `region`: `x,y,w,h` in pixels from the top left; `by`: name or code of the
    observer, the user's name if left out; `language`: in which the words are (ISO 639-1), told by themselves if left
    out, which takes some forty letters. Raises NotFound; WrongUsage for a part that the item does not have, or where
    it is neither picture nor recording.
    """
    row = store.item(eyes, item)
    time, box = _part(row, at, region)
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise WrongUsage(
            "An observation says in words what is seen or heard.",
            f'Give them, up to {LONGEST:,} characters: --words "Two men in uniform push a third into a van."',
        )
    if language is not None and language not in LANGUAGES:
        raise WrongUsage(
            f"“{language}” is no language code.",
            "Write the two letters of ISO 639-1: ar for Arabic, en for English, fr for French.",
        )
    store.vault.verify(row.digest)
    observer = " ".join((by or store.users()[eyes.user]).split())[:120]
    if not observer:
        raise WrongUsage("Somebody observed it.", "Name them, or give their code: --by O-17.")
    data = observation.written(row.digest, time, box, observer, now(), said)
    with store.taking_in():
        kept = store.vault.preserve(io.BufferedReader(io.BytesIO(data)))
        given = {"language": language} if language else {}
        part = {"time": time, "region": list(box) if box else None}
        name = f"{row.doc}/observation {time or (_corners(box) if box else 'of the whole')}.txt"
        deed = registration(
            kept, name, method=f"observed in {row.number}", label=row.label,
            told={"source": None, "parent": row.digest, "observed": {k: v for k, v in part.items() if v}} | given,
            media_type="text/plain",
        )  # fmt: skip
        store.record(eyes, [replace(deed, reason=reason)])
    return kept.digest


def has_time(row: ItemRow) -> bool | None:
    """True for sound and video, whose observations name a time; False for pictures; None for what is neither."""
    kind = dict(row.facts).get("kind", "")
    return any(kind.endswith(word) for word in _TIMED) if kind else None


def seen_size(row: ItemRow) -> tuple[int, int] | None:
    """Width and height in pixels of a picture, or of a video's frames, as they are shown: turned as the camera says.
    None where the file does not state it."""
    facts = dict(row.facts)
    tracks = (value for name, value in row.facts if name.startswith("track ") and value.startswith("picture"))
    found = _SIZE.search(facts.get("pixels") or next(tracks, ""))
    if found is None:
        return None
    width, height = int(found[1]), int(found[2])
    lying = facts.get("to be turned by", "").startswith(("90 ", "270 "))
    return (height, width) if lying else (width, height)


def _part(row: ItemRow, at: str | None, region: str | None) -> tuple[str | None, Box | None]:
    """The part as the file has it, checked against what the item states of its length and size."""
    facts = dict(row.facts)
    kind = facts.get("kind", "")
    if row.destroyed:
        raise ProbandaError(f"The bytes of {row.number} were destroyed.", "Nothing can be observed in it any more.")
    if not kind:
        raise WrongUsage(
            f"{row.number} is not known as a picture, video or recording.",
            "Run `probanda read` first; of a text, make a claim on its words instead: `probanda claims add`.",
        )
    timed = has_time(row)
    if timed != (at is not None):
        fix = "Name the part: --at 00:01:20-00:01:24." if timed else "Leave --at out; --region x,y,w,h names a part."
        raise WrongUsage(f"{row.number}: {kind}. An observation of it {'names a' if timed else 'has no'} time.", fix)
    return _time(row, at, facts.get("length")), _region(row, region)


def _time(row: ItemRow, at: str | None, length: str | None) -> str | None:
    if at is None:
        return None
    found = timing.parted(at)
    if found is None:
        raise WrongUsage(f"“{at}” is no part of a recording.", "Write it as 00:01:20-00:01:24, or 1:20-1:24.5.")
    whole = timing.moment(length) if length else None
    if whole is not None and found[1] > whole + 999:
        raise WrongUsage(
            f"{row.number} is {length} long, by what it states; {at} goes beyond.",
            "Look at the time in a player again.",
        )
    return timing.part(*found)


def _region(row: ItemRow, region: str | None) -> Box | None:
    if region is None:
        return None
    found = _REGION.fullmatch(region)
    x, y, w, h = map(int, found.groups()) if found else (0, 0, 0, 0)
    if not w or not h:
        raise WrongUsage(
            f"“{region}” is no region.", "Write left, top, width and height in pixels: --region 10,20,300,200."
        )
    size = seen_size(row)
    if size is not None and (x + w > size[0] or y + h > size[1]):
        raise WrongUsage(f"{row.number} has {size[0]} x {size[1]} pixels; the region goes beyond.", "Measure it again.")
    return x, y, x + w, y + h


def _corners(box: Box) -> str:
    return f"{box[0]},{box[1]}-{box[2]},{box[3]}"
