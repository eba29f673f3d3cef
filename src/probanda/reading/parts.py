"""From a file to its text, part by part, in bounded memory.

Start with `texts_of`. An item of up to 20 MB is one part. A larger plain text is cut at paragraph borders (else lines,
else code points) into parts of at most 4 million bytes, hence of at most 4 million code points; each part is a whole
`Text` with its own offsets, and `base` says how many code points stand before it. What the first part says of
language, date, title and publisher serves all. This file only reads: it writes nothing anywhere.

Looks down to: formats, encodings, making. Used by: child, reading (front door).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from probanda.reading.encodings import Encoding, Tally
from probanda.reading.formats import HEAD, CannotRead, Extracted, Format, Mark, Recognised, recognise
from probanda.reading.making import About, Place, about_of, text_of
from probanda.reading.messages import is_chat
from probanda.reading.model import Located, Run, Text

WHOLE = 20_000_000
"""Bytes up to which an item is one part."""
PART = 4_000_000
"""Bytes, and so at most code points, of one part of a larger item."""
LARGEST_MARKED = 64_000_000
"""Bytes of the largest page in a format that must be read whole (HTML)."""
_BLOCK = 1 << 20
_BETWEEN = ("\n\n", "\n")


def texts_of(file: BinaryIO, item: str, name: str, recognised: Recognised | None = None) -> Iterator[Text]:
    """The text of an open file, part by part, with what was recognised on its pages where there is such.

    Raises CannotRead with reason and next step; OSError as it comes.
    """
    head = file.read(HEAD)
    form = recognise(head, name, file)
    size = file.seek(0, 2)
    file.seek(0)
    if recognised is not None and form.recognising is not None:
        yield from _cut(form.recognising.extract(file, recognised), item)
    elif form.extract_file is not None:
        yield from _cut(form.extract_file(file), item)
    elif size <= WHOLE:
        yield text_of(item, form.extract(file.read()))
    elif form.name == "plain text":
        yield from _plain_parts(file, item, form)
    elif size <= LARGEST_MARKED:
        yield from _cut(form.extract(file.read()), item)
    else:
        raise CannotRead(
            f"It is {form.name} of {size // 1_000_000} MB; such pages are read up to {LARGEST_MARKED // 1_000_000} MB.",
            "It is kept and registered. Cut it into several files, or add an export of it as plain text.",
        )


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int


def _plain_parts(file: BinaryIO, item: str, form: Format) -> Iterator[Text]:
    tally = Tally()
    while block := file.read(_BLOCK):
        tally.add(block)
    tally.add(b"", last=True)
    encoding = tally.decide()
    cuts = _cuts(file, tally.size, encoding)
    about: About | None = None
    base = paragraphs = 0
    for number, cut in enumerate(cuts):
        file.seek(cut.start)
        words = encoding.decode(file.read(cut.end - cut.start))
        extracted = Extracted(
            words=words,
            runs=(Run(0, len(words), cut.start, cut.end),),
            encoding=encoding.name,
            encoding_reason=encoding.reason,
            media_type=form.media_types[0],
        )
        text = text_of(item, extracted, Place(number, len(cuts), base, paragraphs), about)
        about = about or about_of(text)
        base += len(words)
        paragraphs += len(text.passages)
        yield text


def _cuts(file: BinaryIO, size: int, encoding: Encoding) -> list[_Cut]:
    cuts: list[_Cut] = []
    start = 0
    while start < size:
        if size - start <= PART:
            cuts.append(_Cut(start, size))
            break
        file.seek(start)
        window = file.read(PART)
        length = _border(window, encoding)
        cuts.append(_Cut(start, start + length))
        start += length
    return cuts


def _border(window: bytes, encoding: Encoding) -> int:
    """Bytes of the window to keep: up to its last paragraph border, else line, else code point, in its second half."""
    for said in ("\n\n", "\n\r\n", "\r\r", "\n", "\r"):
        sign = said.encode(encoding.name)
        at = window.rfind(sign, len(window) // 2)
        while at >= 0 and at % encoding.unit:
            at = window.rfind(sign, len(window) // 2, at + len(sign) - 1)
        if at >= 0:
            return at + len(sign)
    return _whole_characters(window, encoding)


def _whole_characters(window: bytes, encoding: Encoding) -> int:
    length = len(window) - len(window) % encoding.unit
    if encoding.name == "utf-8":
        back = length
        while back > length - 4 and back > 0 and window[back - 1] & 0xC0 == 0x80:
            back -= 1
        # The lead byte of the last character stands just before; the next part begins with it.
        return back - 1 if back > 0 and window[back - 1] >= 0xC0 else length
    if encoding.unit == 2:
        high = window[length - 1] if encoding.name.endswith("le") else window[length - 2]
        return length - 2 if 0xD8 <= high <= 0xDB else length
    return length


def _cut(extracted: Extracted, item: str) -> Iterator[Text]:
    """The parts of a page read whole, cut behind blank lines of its words (else lines, else anywhere)."""
    between = ("\n\n\n", *_BETWEEN) if is_chat(extracted.media_type) else _BETWEEN  # no message is cut in two
    borders = list(_borders(extracted.words, between))
    about: About | None = None
    paragraphs = run = mark = place = 0
    for number, (start, end) in enumerate(borders):
        located, place = _located_within(extracted.located, place, start, end)
        runs: list[Run] = []
        while run < len(extracted.runs) and extracted.runs[run].start < end:
            runs.append(extracted.runs[run])
            run += 1
        if runs and runs[-1].end > end:
            run -= 1  # a run across the border belongs to both parts
        marks: list[Mark] = []
        while mark < len(extracted.marks) and extracted.marks[mark].start < end:
            marks.append(extracted.marks[mark])
            mark += 1
        piece = replace(
            extracted,
            words=extracted.words[start:end],
            runs=tuple(_run_within(r, start, end) for r in runs),
            marks=tuple(replace(m, start=m.start - start, end=min(m.end, end) - start) for m in marks),
            located=located,
            remarks=extracted.remarks if number == 0 else (),
            holds=extracted.holds if number == 0 else 0,
            facts=extracted.facts if number == 0 else (),
        )
        text = text_of(item, piece, Place(number, len(borders), start, paragraphs), about)
        about = about or about_of(text)
        paragraphs += len(text.passages)
        yield text


def _borders(words: str, between: Sequence[str] = _BETWEEN) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(words) or start == 0:
        end = min(start + PART, len(words))
        if end < len(words):
            middle = start + PART // 2
            end = next((at + len(s) for s in between if (at := words.rfind(s, middle, end)) >= 0), end)
        yield start, end
        start = end
        if end == len(words):
            return


def _located_within(places: Sequence[Located], first: int, start: int, end: int) -> tuple[tuple[Located, ...], int]:
    """The places of the part between `start` and `end`, from the one numbered `first` on; and where the next begins."""
    found: list[Located] = []
    number = first
    while number < len(places) and places[number].start < end:
        one = places[number]
        found.append(replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start))
        number += 1
    if found and places[number - 1].end > end:
        number -= 1  # a place across the border belongs to both parts
    return tuple(found), number


def _run_within(run: Run, start: int, end: int) -> Run:
    """The run as the part between `start` and `end` holds it; its bytes are those of the whole run."""
    return replace(run, start=max(run.start, start) - start, end=min(run.end, end) - start)
