"""When each link is stated, as bars on a line of time: a record that a template writes as SVG.

Start with `intervals_of`. A bar is what `Link.on` says of its days, and nothing else: stated, within, between; where
nothing is said it stays blank.

Looks down to: actors.command, kernel. Used by: web.pages.chain, templates/chain.html.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from probanda.actors.command import Link, turning
from probanda.kernel.bounds import Holds

WIDE, HEAD, EDGE, TALL, FOOT = 900, 48, 16, 28, 30
"""Width in all, of the column of numbers, of the margin; height of a row, and of the foot with the dates."""
THIN = 4
"""Least width of a bar: a day among years is still seen."""
TICKS = 8
LOOKS = {Holds.STATED: "stated", Holds.WITHIN: "within", Holds.BETWEEN: "between"}


@dataclass(frozen=True, slots=True)
class Span:
    """A time of which one thing is told."""

    x: int
    wide: int
    look: str
    """`stated`, `within`, `between`."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one link."""

    number: int
    y: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """All links on one line of time."""

    wide: int
    tall: int
    head: int
    """Where the numbers stand."""
    rows: tuple[Times, ...]
    ticks: tuple[tuple[int, str], ...]
    day: int


def intervals_of(links: Sequence[tuple[int, Link]], day: date, *, turned: bool = False) -> Intervals | None:
    """The links with their numbers, on a line that holds the day asked for; None where no time is told of any.

    `turned`: time runs from right to left.
    """
    turns = sorted({turn for _, link in links for turn in turning(link)})
    if not turns:
        return None
    first, last = min(turns[0], day), max(turns[-1], day)
    room = WIDE - HEAD - 2 * EDGE
    days = max(1, (last - first).days)

    def at(when: date) -> int:
        x = HEAD + EDGE + (when - first).days * room // days
        return WIDE - x if turned else x

    def bar(start: date, end: date, look: str) -> Span:
        left, right = sorted((at(start), at(end)))
        return Span(left, max(THIN, right - left), look)

    rows = tuple(
        Times(number, TALL // 2 + 4 + n * TALL, tuple(bar(*span) for span in spans(link, first, last)))
        for n, (number, link) in enumerate(links)
    )
    return Intervals(
        wide=WIDE, tall=len(rows) * TALL + FOOT, head=WIDE - HEAD // 2 if turned else HEAD // 2, rows=rows,
        ticks=tuple((at(when), words) for when, words in ticks(first, last)), day=at(day),
    )  # fmt: skip


def spans(link: Link, first: date, last: date) -> list[tuple[date, date, str]]:
    """(from, up to, look) of each stretch of which something is stated, within two days."""
    days = sorted({first, *(turn for turn in turning(link) if first < turn <= last), last + timedelta(days=1)})
    told = [(start, end, LOOKS.get(link.on(start), "")) for start, end in pairwise(days)]
    return [one for one in told if one[2]]


def ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Beginnings of years, or of months where there is less than two years, with how they are written; some eight."""
    if (last - first).days > 2 * 365:
        found = [(date(year, 1, 1), str(year)) for year in range(first.year + 1, last.year + 1)]
    else:
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        found = [(date(n // 12, n % 12 + 1, 1), f"{n // 12}-{n % 12 + 1:02d}") for n in months]
    step = -(-len(found) // TICKS) or 1
    return found[::step]
