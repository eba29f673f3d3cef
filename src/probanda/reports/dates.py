"""Dates as a person reads them, and as positions on a line: ISO intervals in, words or day numbers out.

Start with `spoken`. What no text states stands in square brackets: a year that was proposed from the
text's own date, not read in its words.

Looks down to: words. Used by: speech, chronology, cover.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date, datetime

from probanda.reports.words import MONTHS, Words

Day = tuple[int, int, int]


def spoken(w: Words, start: str | None, end: str | None, *, year_stated: bool = True) -> str:
    """An ISO interval in words: `3 May 2031`, `3–5 May 2031`, `May 2031`, `since 3 May 2031`, `no date stated`.

    Bounds may be days, months or years. A bound that is no ISO date is shown as it is.
    """
    if start is None and end is None:
        return w.say("no date stated")
    first, last = first_day(start), last_day(end)
    if (start and not first) or (end and not last):
        return " – ".join(part for part in (start, end) if part)
    if first and last:
        return _between(w, first, last, year_stated)
    if start and first:
        return w.say("{date} or later; no end stated", date=_between(w, first, last_day(start) or first, year_stated))
    if end and last:
        return w.say("{date} or earlier; no start stated", date=_between(w, first_day(end) or last, last, year_stated))
    return w.say("no date stated")


def first_day(iso: str | None) -> Day | None:
    """The first day that `2031`, `2031-05` or `2031-05-03` may mean; None where it is no date."""
    return _bound(iso, last=False)


def last_day(iso: str | None) -> Day | None:
    """The last day that `2031`, `2031-05` or `2031-05-03` may mean; None where it is no date."""
    return _bound(iso, last=True)


def year_stated(iso: str | None, written: str | None) -> bool:
    """True when the year stands in the words of the date, in any script's digits."""
    if iso is None or written is None:
        return False
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in written)
    return iso[:4] in digits


def run_time(w: Words, iso: str) -> str:
    """The time of a run as a person reads it; shown as given where it is no ISO time."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    day = _day(w, (at.year, at.month, at.day), True)
    return w.say("{day}, {time} UTC", day=day, time=f"{at.hour:02}:{at.minute:02}")


def _bound(iso: str | None, *, last: bool) -> Day | None:
    if not iso:
        return None
    try:
        parts = [int(part) for part in iso[:10].split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        day = parts[2] if len(parts) > 2 else (monthrange(year, month)[1] if last else 1)
        date(year, month, day)
    except (ValueError, IndexError):
        return None
    return year, month, day


def _between(w: Words, first: Day, last: Day, stated: bool) -> str:
    year = _year(first[0], stated)
    if first == last:
        return _day(w, first, stated)
    if first[1:] == (1, 1) and last[1:] == (12, 31):
        return year if first[0] == last[0] else w.say("{first} to {last}", first=year, last=_year(last[0], stated))
    within = _within(w, first, last, year) if first[0] == last[0] else None
    return within or w.say("{first} to {last}", first=_day(w, first, stated), last=_day(w, last, stated))


def _within(w: Words, first: Day, last: Day, year: str) -> str | None:
    """Days of one month, or whole months of one year; None where it is neither."""
    whole = first[2] == 1 and last[2] == monthrange(last[0], last[1])[1]
    months = {"first": w.say(MONTHS[first[1] - 1]), "last": w.say(MONTHS[last[1] - 1])}
    if whole:
        if first[1] == last[1]:
            return w.say("{month} {year}", month=months["first"], year=year)
        return w.say("{first} to {last} {year}", year=year, **months)
    if first[1] != last[1]:
        return None
    days = {"first": str(first[2]), "last": str(last[2])}
    return w.say("{first}–{last} {month} {year}", month=months["first"], year=year, **days)


def _day(w: Words, day: Day, stated: bool) -> str:
    month = w.say(MONTHS[day[1] - 1])
    return w.say("{day} {month} {year}", day=str(day[2]), month=month, year=_year(day[0], stated))


def _year(year: int, stated: bool) -> str:
    return str(year) if stated else f"[{year}]"
