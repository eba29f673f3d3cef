"""From words to paragraphs: where one ends and the next begins, with exact offsets.

Start with `paragraphs`. Blank lines always part them. Lines within a block are one paragraph where they are
hard-wrapped (each line is as full as the next word allowed, as in wire copy), or where a line breaks off in the
middle of a sentence and the next goes on in small letters; else each line is a paragraph of its own.

Looks down to: kernel. Used by: making, furniture, casework (through `read`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Passage

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[-*•–—▪●]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\[\d+\])\s")
_CLOSED = frozenset(".!?…:;。؟۔؛")
_CLOSERS = "\"'”’»)]}*_"

WIDEST_WRAP = 100
"""Code points of the longest line that counts as hard-wrapped."""


def paragraphs(words: str) -> list[Span]:
    """Spans of the paragraphs, in order, without white space at their ends.

    Every code point that is not white space (nor a byte order mark at the very start) lies in exactly one.
    """
    blocks = list(_blocks(words))
    width = _width(words, blocks)
    return [span for block in blocks for span in _within(words, block, width)]


def trimmed(words: str, start: int, end: int) -> Span | None:
    """The span without white space (and byte order mark) at its ends; None where nothing is left."""
    while start < end and (words[start].isspace() or (start == 0 and words[0] == "\ufeff")):
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _blocks(words: str) -> Iterator[list[Span]]:
    """Runs of lines with no blank line between them; each line trimmed."""
    block: list[Span] = []
    position = 0
    while position < len(words):
        line = _LINE.match(words, position)
        if line is not None:
            span = trimmed(words, line.start(), line.end())
            if span is not None:
                block.append(span)
            elif block:
                yield block
                block = []
            position = line.end()
        gap = _BREAK.match(words, position)
        if gap is not None:
            position = gap.end()
            if _BREAK.match(words, position) and block:
                yield block
                block = []
    if block:
        yield block


def _within(words: str, lines: list[Span], width: int) -> Iterator[Span]:
    if len(lines) == 1:
        yield lines[0]
        return
    wrapped = width if all(line.end - line.start <= width + 4 for line in lines) else 0
    open_end = False
    start = lines[0].start
    for before, line in itertools.pairwise(lines):
        joined = _joined(words, before, line, wrapped, open_end)
        if not joined:
            yield Span(start, before.end)
            start = line.start
        open_end = joined
    yield Span(start, lines[-1].end)


def _joined(words: str, before: Span, line: Span, wrapped: int, open_end: bool) -> bool:
    """True when the line goes on with the paragraph of the line before it."""
    if _is_rule(words, before) or _is_rule(words, line) or _BULLET.match(words, line.start, line.end):
        return False
    if before.end - before.start == line.end - line.start and before.of(words) == line.of(words):
        return False  # the same line twice: captions are printed so
    closed = ends_closed(words[max(before.start, before.end - 40) : before.end])
    if words[line.start].islower() and not closed:
        return True
    if wrapped:
        if closed and _indent(words, line) >= _indent(words, before) + 2:
            return False
        return not closed or _is_full(words, before, line, wrapped)
    return open_end and not closed


def _width(words: str, blocks: Sequence[Sequence[Span]]) -> int:
    """The width to which this text was hard-wrapped, in code points; 0 where it was not.

    Told from the text as a whole: most lines that another follows are full, and break off in the middle of a sentence.
    """
    breaks = [pair for lines in blocks for pair in itertools.pairwise(lines)]
    if len(breaks) < 3:
        return 0
    lengths = sorted(before.end - before.start for before, _ in breaks)
    width = lengths[len(lengths) * 49 // 50]
    if not 40 <= width <= WIDEST_WRAP:
        return 0
    full = sum(
        _is_full(words, a, b, width) and not ends_closed(words[max(a.start, a.end - 40) : a.end]) for a, b in breaks
    )
    return width if full * 10 >= 6 * len(breaks) else 0


def _is_full(words: str, line: Span, following: Span, width: int) -> bool:
    """True when the next line's first word would not have fitted on this line (a little play is left)."""
    first = words[following.start : min(following.end, following.start + 40)].split(maxsplit=1)[0]
    return (line.end - line.start) + 1 + len(first) > width - 4


def _indent(words: str, line: Span) -> int:
    at = line.start
    while at > 0 and words[at - 1] in " \t":
        at -= 1
    return line.start - at


def _is_rule(words: str, line: Span) -> bool:
    return not any(c.isalnum() for c in words[line.start : min(line.end, line.start + 200)])


def ends_closed(line: str) -> bool:
    """True when the line ends as a sentence does, closing quotes and brackets aside."""
    last = line.rstrip().rstrip(_CLOSERS).rstrip()
    return bool(last) and last[-1] in _CLOSED


def passages(spans: Sequence[Span], roles: Sequence[tuple[PassageRole, str]], first: int = 1) -> tuple[Passage, ...]:
    """Paragraphs with their roles, numbered from `first`."""
    return tuple(
        Passage(span.start, span.end, role, number, reason)
        for number, (span, (role, reason)) in enumerate(zip(spans, roles, strict=True), first)
    )
