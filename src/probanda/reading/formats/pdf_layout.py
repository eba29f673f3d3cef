"""From the lines of a PDF's pages to its words: paragraphs, what is repeated at head and foot, headings.

Within a paragraph lines are joined by a space, paragraphs by a blank line. A line goes on with the paragraph where it
follows at the usual distance in letters of the same size, and the line before was full (the next word would not have
fitted) or broke off before a small letter. A paragraph goes on over the end of a column or page by the same signs,
with furniture that stands between (page numbers, running heads) put behind it.

A hyphen that pdfium takes for the division of a word (it gives U+0002 for it) is dropped and the word joined, unless
the next letter is a capital (`al-` / `Shammaq`) or the word stands elsewhere in the document with its hyphen.

Start with `laid_out`. Pure. Looks down to: kernel, formats, formats.pdf_letters. Used by: formats.pdf.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Mark
from probanda.reading.formats.pdf_letters import Line
from probanda.reading.model import Located
from probanda.reading.passages import ends_closed

REPEATED = 3
"""Pages on which a line must stand at head or foot to count as furniture."""
_EDGE = 2
"""Lines at the head, and at the foot, of a page that are looked at."""
LARGER = 1.15
"""A heading's letters are at least so many times as large as the body's."""
_LONGEST_HEADING = 300
_LEADING = 1.4
"""Distance from line to line in font sizes, where a document does not tell."""
_DIGITS = re.compile(r"\d+")
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_BULLET = re.compile(r"(?:[-*•–—▪●]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\[\d+\])\s")
_NUMBER = re.compile(r"[\s\-–—|./]*(?:page|p\.)?\s*(\d{1,6})(?:\s*(?:of|/)\s*\d{1,6})?[\s\-–—|.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Laid:
    """Words with their places and the marks that the print gives."""

    words: str
    located: tuple[Located, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in this document."""

    body: dict[bool, float]
    """Font size of the body, of lines that run backwards (right to left) and of others."""
    steps: dict[float, float]
    """Distance from line to line by font size."""
    hyphened: frozenset[str]
    """Words written with a hyphen within a line, in small letters."""


@dataclass(slots=True)
class _Writer:
    """Puts paragraphs down one after another."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    located: list[Located] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def paragraph(self, lines: Sequence[Line], measures: _Measures, furniture: str | None = None) -> None:
        """A paragraph of these lines, behind a blank line; `furniture` is the reason where it is."""
        if not lines:
            return
        if self.length:
            self._put("\n\n")
        start = self.length
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else None
            ending, gap = _ending(line, following, measures)
            at = self.length
            self._put(line.words + ending)
            self.located.append(Located(at, self.length, Locator(page=line.page, box=_whole(line))))
            self._put(gap)
        self._mark(start, lines, measures, furniture)

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _mark(self, start: int, lines: Sequence[Line], measures: _Measures, furniture: str | None) -> None:
        if furniture is not None:
            self.marks.append(Mark(start, self.length, PassageRole.FURNITURE, furniture))
        elif (
            _larger(lines, measures)
            and self.length - start <= _LONGEST_HEADING
            and any(c.isalpha() for c in lines[0].words)
        ):
            self.marks.append(
                Mark(start, self.length, PassageRole.HEADING, "printed in larger letters than the body of the text")
            )


def laid_out(pages: Sequence[Sequence[Line]]) -> Laid:
    """The words of these pages' lines (pages in order, lines in reading order), their places, and the marks."""
    measures = _measured(pages)
    furniture = _furniture(pages)
    writer = _Writer()
    paragraph: list[Line] = []
    waiting: list[Line] = []
    for lines in pages:
        edges = _Edges.of(lines)
        for line in lines:
            if id(line) in furniture:
                waiting.append(line)
                continue
            if not paragraph or not _goes_on(paragraph[-1], line, measures, edges):
                writer.paragraph(paragraph, measures)
                for one in waiting:
                    writer.paragraph([one], measures, furniture[id(one)])
                paragraph, waiting = [], []
            paragraph.append(line)
    writer.paragraph(paragraph, measures)
    for one in waiting:
        writer.paragraph([one], measures, furniture[id(one)])
    return Laid("".join(writer.parts), tuple(writer.located), tuple(writer.marks))


def _larger(lines: Sequence[Line], measures: _Measures) -> bool:
    """True when every line is printed larger than the body in its direction: scripts differ in what they need."""
    return all(line.size >= LARGER * measures.body[line.backwards] for line in lines)


# What is usual -----------------------------------------------------------------------------------


def _measured(pages: Sequence[Sequence[Line]]) -> _Measures:
    letters: dict[bool, Counter[float]] = {False: Counter(), True: Counter()}
    steps: dict[float, Counter[float]] = {}
    hyphened: set[str] = set()
    for lines in pages:
        before: Line | None = None
        for line in lines:
            size = _rounded(line.size)
            letters[line.backwards][size] += len(line.words)
            if before is not None and _alike(before, line):
                step = _rounded(line.base - before.base)
                if 0 < step < 4 * line.size:
                    steps.setdefault(size, Counter())[step] += 1
            if "-" in line.words:
                hyphened.update(word.casefold() for word in _HYPHENED.findall(line.words))
            before = line
    body = {way: _commonest(found) for way, found in letters.items()}
    return _Measures(body, {size: _usual(found, size) for size, found in steps.items()}, frozenset(hyphened))


def _commonest(sizes: Counter[float]) -> float:
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _usual(steps: Counter[float], size: float) -> float:
    """The smallest step that is common: where paragraphs are short, the one between them may be as frequent.

    One or two lines do not tell what is usual; they count only where they stand as close as lines mostly do.
    """
    total = steps.total()
    step = next(step for step in sorted(steps) if steps[step] * 6 >= total or steps[step] == max(steps.values()))
    return step if steps[step] >= 3 else min(step, _LEADING * size)


def _rounded(value: float) -> float:
    return round(value * 2) / 2


def _alike(one: Line, other: Line) -> bool:
    """True when the letters of both are of the same size, as far as one can see."""
    return abs(one.size - other.size) <= 0.12 * max(one.size, other.size)


# Paragraphs --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edges:
    """How far the lines of a page's columns reach: by the size of their letters and the place where they begin."""

    ends: dict[tuple[bool, int, int], float]
    """Direction, size in points and place in steps of 24 points, to the furthest end of such lines."""

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Edges:
        ends: dict[tuple[bool, int, int], float] = {}
        for line in lines:
            end = _end(line)
            key = (line.backwards, round(line.size), _begin(line))
            ends[key] = max(ends.get(key, end), end)
        return cls(ends)

    def room(self, line: Line) -> float:
        """Points left free at the line's end."""
        size, begin, end = round(line.size), _begin(line), _end(line)
        near = ((line.backwards, s, b) for s in (size - 1, size, size + 1) for b in (begin - 1, begin, begin + 1))
        return max(self.ends.get(key, end) for key in near) - end


def _begin(line: Line) -> int:
    return round(line.box[2 if line.backwards else 0] / 24)


def _end(line: Line) -> float:
    """Where the line ends, growing with the direction in which it is read."""
    return -line.box[0] if line.backwards else line.box[2]


def _goes_on(before: Line, line: Line, measures: _Measures, edges: _Edges) -> bool:
    """True when the line goes on with the paragraph that ends, so far, with `before`."""
    if before.is_row or line.is_row or not _alike(before, line) or _BULLET.match(line.words):
        return False
    closed = ends_closed(before.words)
    small = line.words[0].islower()
    if before.page != line.page or line.box[1] < before.box[1]:  # another column or page
        return line.page - before.page <= 1 and not closed and (small or before.soft or _long(before, line))
    if before.soft:
        return True
    if closed and before.backwards is not line.backwards:
        return False
    usual = measures.steps.get(_rounded(line.size), _LEADING * line.size)
    if line.base - before.base > 1.25 * usual + 0.5 or (closed and _indented(before, line)):
        return False
    full = line.first + 0.2 * line.size > edges.room(before)
    return full or (small and not closed)


def _long(before: Line, line: Line) -> bool:
    """True when both lines are about as wide: a paragraph's last line seldom is, nor a heading."""
    widths = (before.box[2] - before.box[0], line.box[2] - line.box[0])
    return min(widths) >= 0.75 * max(widths) and max(widths) > 10 * line.size


def _indented(before: Line, line: Line) -> bool:
    """True when the line begins further in, and is not merely centred below the other."""
    begin = before.box[2] - line.box[2] if line.backwards else line.box[0] - before.box[0]
    end = line.box[0] - before.box[0] if line.backwards else before.box[2] - line.box[2]
    return begin > 0.6 * line.size and abs(begin - end) > 0.3 * line.size


def _ending(line: Line, following: Line | None, measures: _Measures) -> tuple[str, str]:
    """What is put behind a line's words: a hyphen that is kept, and the gap to the next line of the paragraph."""
    if not line.soft:
        return "", " " if following is not None else ""
    if following is None:
        return "-", ""
    head, tail = line.words.split()[-1], following.words.split()[0]
    written = _HYPHENED.search(f"{head}-{tail}".casefold())
    keeps = not tail[0].islower() or (written is not None and written.group() in measures.hyphened)
    return ("-" if keeps and not _is_caseless(tail[0]) else ""), ""


def _is_caseless(char: str) -> bool:
    return char.isalpha() and char.lower() == char.upper()


def _whole(line: Line) -> tuple[int, int, int, int] | None:
    """The line's box in whole points, rounded outward; None where it lies left of or above the page's corner."""
    left, top, right, bottom = line.box
    if right <= 0 or bottom <= 0 or max(line.box) > 1e6:
        return None
    return max(0, floor(left)), max(0, floor(top)), ceil(right), ceil(bottom)


# Furniture ---------------------------------------------------------------------------------------


def _furniture(pages: Sequence[Sequence[Line]]) -> dict[int, str]:
    """Reason by identity of the line, for lines that are the page's and not the text's."""
    found: dict[int, str] = {}
    edges = [(where, line) for lines in pages for where, line in _at_edges(lines)]
    on: dict[tuple[str, str], set[int]] = {}
    for where, line in edges:
        on.setdefault((where, _folded(line.words)), set()).add(line.page)
    for where, line in edges:
        times = len(on[where, _folded(line.words)])
        number = _NUMBER.fullmatch(line.words)
        if times >= REPEATED:
            found[id(line)] = f"stands at the {where} of {times} pages"
        elif number and int(number[1]) == line.page:
            found[id(line)] = f"number of the page, at its {where}"
    return found


def _at_edges(lines: Sequence[Line]) -> Iterable[tuple[str, Line]]:
    """The outermost lines of a page, by where they stand on it."""
    ordered = sorted(lines, key=lambda line: (line.box[1], line.box[0]))
    head = ordered[:_EDGE]
    foot = ordered[max(len(head), len(ordered) - _EDGE) :]
    return [*(("head", line) for line in head), *(("foot", line) for line in foot)]


def _folded(words: str) -> str:
    return _DIGITS.sub("0", words.casefold())[:200]
