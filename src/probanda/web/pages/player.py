"""Looking and listening: a recording or picture, its transcript, what persons observed in it, and a form to observe.

Start with `page_of`. The preserved bytes of a recording are the one thing of an item that a browser decodes itself.
They are sent only to a visit that asked for them, which custody says with the reason, piece by piece, as a media type
of a short list, and never as a page (decision 41). Pictures are drawn by us, as everywhere.

Looks down to: casework, store, vault, reading, web.desk, web.ranges. Used by: web.pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Stream

from probanda.casework import custody, observing, read, recordings
from probanda.casework.view import is_restricted
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.reading import timing
from probanda.reading.messages import OBSERVED
from probanda.store import observations, views, window
from probanda.store.model import ItemRow
from probanda.store.observations import Told
from probanda.web import ranges
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.door import POLICY, SANDBOX
from probanda.web.pages.originals import PICTURES, is_veiled

PLAYED: Mapping[str, str] = {
    "MP4 video": "video/mp4",
    "QuickTime video": "video/quicktime",
    "3GP video": "video/3gpp",
    "Matroska or WebM video": "video/webm",
    "M4A recording": "audio/mp4",
    "MP3 recording": "audio/mpeg",
    "Ogg recording": "audio/ogg",
    "FLAC recording": "audio/flac",
    "WAV recording": "audio/wav",
}
"""Kinds, as the bytes themselves tell, that browsers may know to play -> the media type they are sent as."""
LINES = 1_000
"""Lines of a transcript on one page: some two hours of talk."""
MOST = 150
"""Observations and key frames that the page shows."""
WHOLE = 1_000
"""The strip of a recording's time is so many parts long."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a recording, in milliseconds from its start; `words` as a person types it, `told` as pages say it."""

    start: int
    end: int
    words: str
    told: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript."""

    part: Part
    words: str
    start: int
    end: int
    """Offsets in the transcript, in code points."""
    claims: tuple[tuple[str, str], ...]
    """(id, status) of the claims that rest on it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person observed in a part of it."""

    number: str
    by: str
    words: str
    claims: int
    part: Part | None
    box: tuple[int, int, int, int] | None
    """Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True)
class Still:
    """A key frame of a video, an item of its own."""

    number: str
    part: Part
    """The moment it was taken from."""


@dataclass(frozen=True, slots=True)
class Player:
    """One picture or recording."""

    number: str
    title: str
    restricted: bool
    media_type: str
    """As its bytes tell, where we know."""
    timed: bool
    drawn: bool
    """True for a picture that can be drawn."""
    veiled: bool
    played_as: str
    """The media type it is played as; empty where browsers know none, or its bytes were destroyed."""
    destroyed: bool
    asked: bool
    """True once this visit has asked for it to be played."""
    size: tuple[int, int] | None
    """Width and height in pixels, as it is shown; None where the file does not state it."""
    length: int
    """Milliseconds, as the file states, else as far as what is known of it reaches; 0 where nothing says."""
    at: Part | None
    """The part that was asked for."""
    transcripts: tuple[tuple[str, str], ...]
    """(number, name) of the texts beside it."""
    transcript: str
    """The number of the one that is shown; empty where there is none."""
    language: str
    lines: tuple[Line, ...]
    line: int
    """How many lines came before."""
    later: int | None
    seen: tuple[Seen, ...]
    more: int
    """What was made from it besides, and is not shown."""
    stills: tuple[Still, ...]
    """Key frames, where somebody had them taken."""
    still_of: tuple[str, Part] | None
    """Of a key frame: the number of its video, and the moment."""
    strip: tuple[tuple[str, int, int], ...]
    """(lane, left, width) of what is known of its time, in parts of `WHOLE`; lanes: said, seen, at."""
    written: tuple[str, ...] = ("ar", "en", "fr")
    """Languages of observations that are read for claims."""
    form: dict[str, str] = field(default_factory=dict)
    """What was typed."""
    told: tuple[str, str] | None = None
    """Why nothing was recorded, and what to do."""


def page_of(desk: Desk, name: str, at: str = "", transcript: str = "", line: int = 0) -> Player:
    """The page of one picture or recording; `at` is a part of it. Raises NotFound; WrongUsage for other items."""
    row = desk.store.item(desk.eyes, name)
    timed = observing.has_time(row)
    if timed is None:
        raise WrongUsage(
            f"{row.number} is not known as a picture, video or recording.", "Read it first; a text has its own page."
        )
    kind = dict(row.facts)["kind"]
    part = _part(at)
    texts = _transcripts(desk, row)
    chosen = next((one for one in texts if one.number == transcript), texts[0] if texts else None)
    lines, later = _lines(desk, chosen, max(0, line)) if chosen else ((), None)
    digests = desk.store.ask(desk.eyes, views.taken_out_of, row.digest)
    members = desk.store.items(desk.eyes, digests[:MOST]) if digests else []
    seen = _seen(desk, members)
    length = _length(row, (*(one.part for one in lines), *(one.part for one in seen if one.part)))
    return Player(
        number=row.number,
        title=row.title or row.doc,
        restricted=is_restricted(row),
        media_type=PLAYED.get(kind, row.read_as or row.media_type),
        timed=timed,
        drawn=not timed and (row.read_as or row.media_type) in PICTURES and not row.destroyed,
        veiled=is_veiled(row),
        played_as="" if row.destroyed else PLAYED.get(kind, ""),
        destroyed=bool(row.destroyed),
        asked=(desk.token, row.digest) in desk.shop.asked,
        size=observing.seen_size(row),
        length=length,
        at=part,
        transcripts=tuple((one.number, one.doc) for one in texts),
        transcript=chosen.number if chosen else "",
        language=(chosen.language or "") if chosen else "",
        lines=lines,
        line=max(0, line),
        later=later,
        seen=seen,
        more=max(0, len(digests) - MOST),
        stills=_stills(row, members),
        still_of=_still_of(desk, row),
        strip=_strip(length, lines, seen, part),
        form={"start": part.told[0], "end": part.told[1]} if part else {},
    )


def _part(words: str | None) -> Part | None:
    found = timing.parted(words) if words else None
    if found is None:
        return None
    said = timing.part(*found)
    return Part(*found, said, timing.short(said))


def _transcripts(desk: Desk, row: ItemRow) -> list[ItemRow]:
    """The texts of the same name beside it."""
    beside = [
        note.item
        for brought in custody.acquisitions(desk.store, desk.eyes, row.digest)
        for note in brought.beside
        if note.kind in (recordings.TRANSCRIPT, recordings.WORDS)
    ]
    return [one for one in desk.store.items(desk.eyes, beside) if one.text_digest] if beside else []


def _lines(desk: Desk, row: ItemRow, before: int) -> tuple[tuple[Line, ...], int | None]:
    """A page of the lines that have a time, and how many come before the next page; None at the end."""
    found: list[Line] = []
    count = 0
    for text in desk.store.texts(desk.eyes, row.digest):
        for one in text.located:
            part = _part(one.locator.time)
            if part is None:
                continue
            count += 1
            if len(found) == LINES:
                return _with_claims(desk, row, found), before + LINES
            if count > before:
                said = text.words[one.start : one.end].strip()
                found.append(Line(part, said, text.base + one.start, text.base + one.end, ()))
    return _with_claims(desk, row, found), None


def _with_claims(desk: Desk, row: ItemRow, lines: list[Line]) -> tuple[Line, ...]:
    if not lines:
        return ()
    first, last = lines[0].start, lines[-1].end
    claims = [claim for _, claim in desk.store.ask(desk.eyes, window.within, row.digest, first, last)]
    return tuple(
        replace(one, claims=tuple((c.id, c.status.value) for c in claims if c.start < one.end and c.end > one.start))
        for one in lines
    )


def _seen(desk: Desk, members: list[ItemRow]) -> tuple[Seen, ...]:
    """What persons observed in it, by time, then in order of registration."""
    rows = [one for one in members if one.read_as == OBSERVED]
    told = desk.store.ask(desk.eyes, observations.told, [one.digest for one in rows])
    found = [_one_seen(one.number, told[one.digest]) for one in rows if one.digest in told]
    return tuple(sorted(found, key=lambda one: one.part.start if one.part else -1))


def _stills(row: ItemRow, members: list[ItemRow]) -> tuple[Still, ...]:
    """Key frames among what it holds, by time."""
    numbers = {one.digest: one.number for one in members}
    frames = recordings.frames([row, *members])
    found = [Still(numbers[digest], part) for digest, frame in frames.items() if (part := _part(frame.time))]
    return tuple(sorted(found, key=lambda one: one.part.start))


def _still_of(desk: Desk, row: ItemRow) -> tuple[str, Part] | None:
    parents = desk.store.items(desk.eyes, row.parents) if row.parents else []
    frame = recordings.frames([row, *parents]).get(row.digest)
    part = _part(frame.time) if frame else None
    return (frame.video, part) if frame and part else None


def _one_seen(number: str, told: Told) -> Seen:
    box = told.place.box
    return Seen(
        number=number,
        by=told.by,
        words=told.words,
        claims=told.claims,
        part=_part(told.place.time),
        box=(box[0], box[1], box[2] - box[0], box[3] - box[1]) if box else None,
    )


def _length(row: ItemRow, parts: tuple[Part, ...]) -> int:
    stated = timing.moment(dict(row.facts).get("length", ""))
    return stated if stated is not None else max((one.end for one in parts), default=0)


def _strip(
    length: int, lines: tuple[Line, ...], seen: tuple[Seen, ...], at: Part | None
) -> tuple[tuple[str, int, int], ...]:
    """What is known of a recording's time, as lengths on a strip; none where its length is not known."""
    if not length:
        return ()
    lanes = (("said", [one.part for one in lines]), ("seen", [one.part for one in seen if one.part]),
             ("at", [at] if at else []))  # fmt: skip
    found = []
    for lane, parts in lanes:
        for one in parts:
            left = min(WHOLE - 3, one.start * WHOLE // length)
            found.append((lane, left, max(3, min(WHOLE, one.end * WHOLE // length) - left)))
    return tuple(dict.fromkeys(found))


def observed_of(desk: Desk, row: ItemRow) -> tuple[str, Part | None] | None:
    """Of an observation: the number of the picture or recording, and the part of it; None for other items, and where
    these eyes do not see it."""
    parents = desk.store.items(desk.eyes, row.parents) if row.read_as == OBSERVED and row.parents else []
    told = desk.store.ask(desk.eyes, observations.told, [row.digest]).get(row.digest) if parents else None
    return (parents[0].number, _part(told.place.time)) if told else None


# --- the page and its deeds -----------------------------------------------------------------------


@get("/items/{number:str}/look", sync_to_thread=True)
def look(
    desk: AtDesk, number: FromPath[str], at: FromQuery[str] = "", transcript: FromQuery[str] = "",
    line: FromQuery[int] = 0,
) -> Response[str]:  # fmt: skip
    """One picture or recording."""
    return desk.answer("player.html", page_of(desk, number, at, transcript, line), "items")


@post("/items/{number:str}/play", status_code=303, sync_to_thread=True)
def play(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect:
    """Ask for a recording: logged with the reason, its bytes verified, before one of them leaves."""
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        _media_type(row)
        custody.viewed(
            store, desk.eyes, row.digest, form.get("reason", ""), method="the workbench", note="played in a browser",
        )  # fmt: skip
    desk.shop.asked.add((desk.token, row.digest))
    return Redirect(f"/items/{row.number}/look#player", status_code=303)


@get("/items/{number:str}/media", sync_to_thread=True)
def media(request: Request[Any, Any, State], desk: AtDesk, number: FromPath[str]) -> Stream | Response[bytes]:
    """Bytes of a recording that was asked for, for the player: whole, or the range that it names."""
    row = desk.store.item(desk.eyes, number)
    kind = _media_type(row)
    if (desk.token, row.digest) not in desk.shop.asked:
        raise ProbandaError(f"Nobody asked for {row.number} to be played.", "Ask for it on its page, with a reason.")
    headers = {"accept-ranges": "bytes", "content-disposition": "inline", POLICY: SANDBOX}
    try:
        found = ranges.asked(request.headers.get("range"), row.size)
    except ranges.BeyondTheEnd:
        headers["content-range"] = f"bytes */{row.size}"
        return Response(b"", status_code=416, media_type=kind, headers=headers)
    start, end = found or (0, row.size)
    headers["content-length"] = str(end - start)
    if found:
        headers["content-range"] = f"bytes {start}-{end - 1}/{row.size}"
    pieces: Iterator[bytes] = desk.store.vault.piece(row.digest, start, end)
    return Stream(pieces, status_code=206 if found else 200, media_type=kind, headers=headers)


def _media_type(row: ItemRow) -> str:
    """What it is sent as. Raises ProbandaError for kinds that no browser plays, NotFound for destroyed bytes."""
    if row.destroyed:
        raise NotFound("recording", row.number, "/items")
    kind = PLAYED.get(dict(row.facts).get("kind", ""), "")
    if not kind:
        raise ProbandaError(
            f"{row.number} is of no kind that is played here.",
            "Take the original, and open it with a program of your own, away from the network.",
        )
    return kind


FIELDS = ("start", "end", "left", "top", "width", "height", "words", "by", "language", "reason")


@post("/items/{number:str}/observations", status_code=303, sync_to_thread=True)
def observed(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect | Response[str]:
    """Record an observation and read it; then on to its page. What cannot be recorded comes back as it was typed."""
    told = {name: form.get(name, "").strip() for name in FIELDS}
    try:
        made = recorded(
            desk, number, told["words"], at=_at(told), region=_region(told), by=told["by"] or None,
            language=told["language"] or None, reason=told["reason"],
        )  # fmt: skip
    except WrongUsage as refusal:
        page = replace(page_of(desk, number), form=told, told=(refusal.problem, refusal.fix))
        return desk.answer("player.html", page, "items", status=409)
    return Redirect(f"/items/{made.number}/read", status_code=303)


def recorded(
    desk: Desk,
    number: str,
    words: str,
    *,
    at: str | None,
    region: str | None,
    by: str | None,
    reason: str,
    language: str | None = None,
) -> ItemRow:
    """Record an observation and read it; gives the item that it is. Raises as `observing.observe`."""
    with desk.deed() as store:
        digest = observing.observe(
            store, desk.eyes, number, words, at=at, region=region, by=by, language=language, reason=reason
        )
    read.read(desk.store, desk.store.eyes(desk.user), items=[digest], workers=1)
    return desk.store.item(desk.eyes, digest)


def _at(told: Mapping[str, str]) -> str | None:
    return "-".join(one for one in (told["start"], told["end"]) if one) or None


def _region(told: Mapping[str, str]) -> str | None:
    """The four numbers of a region, or None where none is given."""
    numbers = [told[name] for name in ("left", "top", "width", "height")]
    if not any(numbers):
        return None
    if not all(numbers):
        raise WrongUsage("A region has four numbers.", "Give left, top, width and height in pixels, or none of them.")
    return ",".join(numbers)


PAGES: tuple[HTTPRouteHandler, ...] = (look, play, media, observed)
