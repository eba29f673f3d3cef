"""Observations: what a named person saw or heard in a part of a picture, video or recording, as `observe` writes them.

    Probanda observation 1
    Of: sha256:9f86d0...
    Time: 00:01:20.000-00:01:24.000
    Region: 10,20-110,220
    By: M. Ode
    Noted: 2031-05-04T10:00:00Z

    Two men in uniform push a third into a white van.

Whoever writes such a file by hand is believed as much as any other file: that an observation was made here, by a user
and of which item, stands in its registration, not in its words.

Start with `written` and `extract`. Looks down to: csv_table (places in bytes), encodings, formats, timing.
Used by: formats (registry), casework (observing).
"""

from __future__ import annotations

import re

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, Extracted, Format, Mark
from probanda.reading.formats.csv_table import places_in_bytes
from probanda.reading.messages import OBSERVED, OBSERVER
from probanda.reading.model import Located, Run
from probanda.reading.timing import TIME_RANGE

FIRST = "Probanda observation 1"
LARGEST = 1_000_000
_FORM = re.compile(
    rf"{FIRST}\r?\nOf: (?P<of>sha256:[0-9a-f]{{64}})\r?\n(?:Time: (?P<time>[0-9:.]{{1,20}}-[0-9:.]{{1,20}})\r?\n)?"
    r"(?:Region: (?P<region>\d{1,6},\d{1,6}-\d{1,6},\d{1,6})\r?\n)?By: (?P<by>\S[^\r\n]{0,119})\r?\n"
    r"Noted: (?P<noted>[0-9TZ:.+-]{10,40})\r?\n\r?\n"
)
_TOLD = "what the observation is of, by its file"


def written(of: str, time: str | None, box: tuple[int, int, int, int] | None, by: str, noted: str, words: str) -> bytes:
    """The file of an observation; `of` is the digest of the item, `box` left, top, right, bottom in its pixels."""
    head = [FIRST, f"Of: sha256:{of}"]
    if time is not None:
        head.append(f"Time: {time}")
    if box is not None:
        head.append(f"Region: {box[0]},{box[1]}-{box[2]},{box[3]}")
    head += [f"By: {by}", f"Noted: {noted}", "", words.strip(), ""]
    return "\n".join(head).encode()


def recognise(head: bytes, _name: str) -> bool:
    """True for the first line of an observation."""
    return head.startswith((f"{FIRST}\n".encode(), f"{FIRST}\r\n".encode()))


def extract(data: bytes) -> Extracted:
    """Bytes to words: the head and the observer's name set apart. Raises CannotRead for another form."""
    if len(data) > LARGEST:
        raise CannotRead("It begins as an observation and is far too large for one.", "Add its words as plain text.")
    encoding = judge(data)
    text = encoding.decode(data)
    form = _FORM.match(text)
    words = text[form.end() :].strip() if form else ""
    if form is None or not words or (form["time"] is not None and not TIME_RANGE.fullmatch(form["time"])):
        raise CannotRead("It begins as an observation, and does not go on as one.", "Make it with `probanda observe`.")
    byte_of = places_in_bytes(text, data, encoding)
    by = form["by"].strip()
    at = [form.span("of"), form.span("time"), form.span("region")]
    head = ", ".join(text[start:end] for start, end in at if start >= 0)
    spans = [(0, head), (len(head) + 2, by), (len(head) + 2 + len(by) + 2, words)]
    body = text.index(words, form.end())
    runs = []
    if byte_of is not None:
        name = text.index(by, form.start("by"))
        for (start, said), place in zip(spans[1:], (name, body), strict=True):
            runs.append(Run(start, start + len(said), byte_of(place), byte_of(place + len(said))))
    roles = ((PassageRole.FURNITURE, _TOLD), (PassageRole.FURNITURE, OBSERVER), (PassageRole.BODY, ""))
    end = spans[2][0] + len(words)
    return Extracted(
        words=f"{head}\n\n{by}\n\n{words}",
        runs=tuple(runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=OBSERVED,
        marks=tuple(Mark(s, s + len(said), *role) for (s, said), role in zip(spans, roles, strict=True)),
        located=(Located(0, end, Locator(time=form["time"], box=_box(form["region"]), message=None)),),
    )


def _box(region: str | None) -> tuple[int, int, int, int] | None:
    if region is None:
        return None
    left, top, right, bottom = (int(one) for corner in region.split("-") for one in corner.split(","))
    return left, top, right, bottom


FORMAT = Format(
    name="observation",
    media_types=(OBSERVED,),
    suffixes=(".txt",),
    recognised_by=f"its first line, “{FIRST}”",
    recognise=recognise,
    extract=extract,
)
