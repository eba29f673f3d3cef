"""Dates as written, and the interval of days they name where the text lets them be resolved.

Start with `dates_in`. A relative date ("on Friday", "last month") is resolved against the text's own date or a
date heading above it, and stays open without one (B11). A day and month without a year take the year of the last
full date above, which the caller passes in.

Looks down to: nothing. Used by: readers.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {m.lower(): n for n, m in enumerate(calendar.month_name) if m}
MONTHS |= {m.lower(): n for n, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
WEEKDAYS = {d.lower(): n for n, d in enumerate(calendar.day_name)}

_M = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_W = r"(?:" + "|".join(WEEKDAYS) + r")"
_Y = r"(?:1[89]|20)\d\d"
_D = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|to|and|until)\s*"

_SHAPES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    ("days", rf"(?P<d>{_D}){_TO}(?P<d2>{_D})\s+(?P<mon>{_M})(?:,?\s+(?P<y>{_Y}))?"),
    ("days", rf"(?P<mon>{_M})\s+(?P<d>{_D}){_TO}(?P<d2>{_D})(?:,?\s+(?P<y>{_Y}))?(?!\d)"),
    ("day", rf"(?:{_W},?\s+)?(?P<d>{_D})\s+(?:of\s+)?(?P<mon>{_M})(?:,?\s+(?P<y>{_Y}|\d\d(?=\b)))?"),
    ("day", rf"(?:{_W},?\s+)?(?P<mon>{_M})\s+(?P<d>{_D})(?:,?\s+(?P<y>{_Y}))?(?!\d)"),
    ("months", rf"(?P<mon>{_M}){_TO}(?P<mon2>{_M})\s+(?P<y>{_Y})"),
    ("month", rf"(?:(?P<part>early|mid|late)[\s-])?(?P<mon>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})"),
    ("years", rf"(?:between|from)\s+(?P<y>{_Y})\s+(?:and|to|until)\s+(?P<y2>{_Y})|(?P<y3>{_Y})\s*[-–]\s*(?P<y4>{_Y})"),
    ("year", rf"(?:(?:in|since|during|of)\s+)?(?P<part>early|mid|late)[\s-]+(?P<y>{_Y})(?![\d-])"),
    ("year", rf"(?:in|since|during|of|year)\s+(?P<y>{_Y})(?![\d-])"),
    ("relative-day", r"\b(?P<rel>today|yesterday|tonight|the same day|the next day|the day before|the previous day)\b"),
    ("weekday", rf"(?:(?P<rel>last|next|on|this)\s+)?(?P<w>{_W})\b"),
    ("relative", r"\b(?P<rel>last|this|next|the previous|the past)\s+(?P<unit>week|month|year)\b"),
    ("bare-month", rf"\b(?P<rel>in|since|during|early in|late in|earlier in|last)\s+(?P<mon>{_M})(?!\s+\d)\b"),
)
_PATTERNS = tuple((kind, re.compile(r"(?<![\w-])(?:" + shape + r")", re.IGNORECASE)) for kind, shape in _SHAPES)


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as written; `first` and `last` are ISO days, None while open."""

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    full: bool
    """True when the words name the year themselves."""


def dates_in(
    words: str, anchor: str | None = None, year: int | None = None, last_day: str | None = None
) -> list[Dating]:
    """Every date in these words, left to right.

    `anchor`: ISO day on which the text or section was written; `year`: that of the last full date above;
    `last_day`: ISO day last named, for "the next day".
    """
    taken: list[tuple[int, int]] = []
    found: list[Dating] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            taken.append((match.start(), match.end()))
            earlier = [d for d in found if d.start < match.start() and d.first and d.first == d.last]
            day_before = max(earlier, key=lambda d: d.start).first if earlier else last_day
            interval = _resolve(kind, match, anchor, year, day_before)
            first, last = (interval[0].isoformat(), interval[1].isoformat()) if interval else (None, None)
            groups = match.groupdict()
            full = any(groups.get(k) for k in ("y", "y2", "y3"))
            found.append(Dating(match.start(), match.end(), match.group(0), first, last, full))
    return sorted(found, key=lambda d: d.start)


def _resolve(  # noqa: PLR0911
    kind: str, match: re.Match[str], anchor: str | None, year: int | None, last_day: str | None
) -> tuple[date, date] | None:
    g = match.groupdict()
    base = date.fromisoformat(anchor) if anchor else None
    try:
        if kind == "iso":
            day = date(int(g["y"]), int(g["m"]), int(g["d"]))
            return day, day
        if kind in ("day", "days"):
            return _days(g, base, year)
        if kind == "month":
            return _part(date(int(g["y"]), _month(g["mon"]), 1), _month_end(int(g["y"]), _month(g["mon"])), g["part"])
        if kind == "months":
            y = int(g["y"])
            return date(y, _month(g["mon"]), 1), _month_end(y, _month(g["mon2"]))
        if kind == "years":
            return date(int(g["y"] or g["y3"]), 1, 1), date(int(g["y2"] or g["y4"]), 12, 31)
        if kind == "year":
            y = int(g["y"])
            return _part(date(y, 1, 1), date(y, 12, 31), g.get("part"))
        return _relative(kind, g, base, year, last_day)
    except ValueError:
        return None


def _days(g: dict[str, str | None], base: date | None, year: int | None) -> tuple[date, date] | None:
    month = _month(g["mon"] or "")
    first_day = _number(g["d"])
    last_of = _number(g.get("d2") or g["d"])
    y = _year(g.get("y"))
    if y is None and base is not None:
        y = base.year if date(base.year, month, first_day) <= base + timedelta(days=31) else base.year - 1
    if y is None:
        y = year
    if y is None:
        return None
    return date(y, month, first_day), date(y, month, last_of)


def _relative(  # noqa: PLR0911
    kind: str, g: dict[str, str | None], base: date | None, year: int | None, last_day: str | None
) -> tuple[date, date] | None:
    rel = (g.get("rel") or "").lower()
    if kind == "relative-day" and rel.startswith("the "):
        if last_day is None:
            return None
        shift = {"the same day": 0, "the next day": 1}.get(rel, -1)
        day = date.fromisoformat(last_day) + timedelta(days=shift)
        return day, day
    if kind == "bare-month":
        month = _month(g["mon"] or "")
        y = None if base is None else (base.year if month <= base.month else base.year - 1)
        y = y if y is not None else year
        return None if y is None else (date(y, month, 1), _month_end(y, month))
    if base is None:
        return None
    if kind == "relative-day":
        day = base - timedelta(days=1 if rel == "yesterday" else 0)
        return day, day
    if kind == "weekday":
        wanted = WEEKDAYS[(g["w"] or "").lower()]
        if rel == "next":
            day = base + timedelta(days=(wanted - base.weekday() - 1) % 7 + 1)
        else:
            back = (base.weekday() - wanted) % 7
            day = base - timedelta(days=back or (7 if rel == "last" else 0))
        return day, day
    return _unit(rel, (g["unit"] or "").lower(), base)


def _unit(rel: str, unit: str, base: date) -> tuple[date, date] | None:
    shift = {"last": -1, "the previous": -1, "the past": -1, "next": 1}.get(rel, 0)
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(base.year + shift, 1, 1), date(base.year + shift, 12, 31)
    months = base.year * 12 + base.month - 1 + shift
    y, m = divmod(months, 12)
    return date(y, m + 1, 1), _month_end(y, m + 1)


def _part(first: date, last: date, part: str | None) -> tuple[date, date]:
    """Early, mid and late are thirds, kept whole months for years (early 2019 is January to April)."""
    if not part:
        return first, last
    third = {"early": 0, "mid": 1, "late": 2}[part.lower()]
    if (last - first).days > 40:
        return date(first.year, 1 + 4 * third, 1), _month_end(first.year, 4 + 4 * third)
    starts = (1, 11, 21)
    return first.replace(day=starts[third]), last if third == 2 else first.replace(day=starts[third] + 9)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 1900 + int(text)


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or ""))
