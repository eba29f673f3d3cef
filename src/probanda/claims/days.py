"""Days of the calendar: what part of a month, a season, a decade or a Hijri date covers, in ISO days.

Start with `part_of`. Parts are thirds, as a reader means them: early March is 1 to 10 March, mid-2019 is May to
August 2019. Nothing here knows a text; `times` finds the words. Hijri days follow the arithmetic civil calendar
(30-year cycle, eleven leap years, epoch 16 July 622 Julian), which the calendar as observed may leave by a day: so a
day becomes three.

Looks down to: nothing. Used by: times.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

Interval = tuple[date, date]

PARTS = {
    "early": 0, "beginning": 0, "start": 0, "first part": 0, "opening": 0,
    "mid": 1, "middle": 1,
    "late": 2, "end": 2, "close": 2, "last part": 2,
}  # fmt: skip
"""Words for the thirds of a month, a year or a decade."""
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
"""Months of the northern seasons; winter is that which begins in the year named. Approximate, as the words are."""
HIJRI_MONTHS = {
    "muharram": 1, "safar": 2, "rabi al-awwal": 3, "rabi i": 3, "rabi al-thani": 4, "rabi al-akhir": 4, "rabi ii": 4,
    "jumada al-awwal": 5, "jumada al-ula": 5, "jumada i": 5,
    "jumada al-thani": 6, "jumada al-akhira": 6, "jumada ii": 6,
    "rajab": 7, "shaban": 8, "sha'ban": 8, "ramadan": 9, "ramadhan": 9, "shawwal": 10,
    "dhu al-qadah": 11, "dhul-qadah": 11, "dhu al-qa'dah": 11, "dhul qa'dah": 11,
    "dhu al-hijjah": 12, "dhul-hijjah": 12, "dhul hijjah": 12, "dhu al-hijja": 12,
}  # fmt: skip
"""Months of the Hijri year as usually written in English, lower case."""
_HIJRI_EPOCH = 227015
"""Proleptic Gregorian ordinal of 1 Muharram 1 in the civil reckoning (19 July 622)."""
DRIFT = timedelta(days=1)
"""By how much an observed Hijri day may differ from the arithmetic one."""


def month(year: int, number: int) -> Interval:
    """The days of a month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def months_from(year: int, number: int, shift: int) -> Interval:
    """The month so many months after (or before) another."""
    y, m = divmod(year * 12 + number - 1 + shift, 12)
    return month(y, m + 1)


def year_of(year: int) -> Interval:
    """The days of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date, shift: int = 0) -> Interval:
    """Monday to Sunday of the week that holds the day, or of one so many weeks off."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)


def decade_of(year: int) -> Interval:
    """The ten years from a year that ends in zero."""
    return date(year, 1, 1), date(year + 9, 12, 31)


def season_of(name: str, year: int) -> Interval:
    """The season that begins in that year."""
    first, last = SEASONS[name]
    return date(year, first, 1), month(year + (last < first), last)[1]


def part_of(whole: Interval, part: str | None) -> Interval:
    """A third of a month, year, season or decade; whole months of a year; the whole without a part."""
    if not part:
        return whole
    third = PARTS[part.lower()]
    first, last = whole
    days = (last - first).days
    if days > 400:  # a decade: its years 0 to 3, 3 to 6, 7 to 9
        low, high = ((0, 3), (3, 6), (7, 9))[third]
        return date(first.year + low, 1, 1), date(first.year + high, 12, 31)
    if days > 300:
        return date(first.year, 1 + 4 * third, 1), month(first.year, 4 + 4 * third)[1]
    if days > 40:
        begun = months_from(first.year, first.month, third)
        return begun
    return first.replace(day=(1, 11, 21)[third]), last if third == 2 else first.replace(day=(10, 20)[third])


def half_of(whole: Interval, second: bool) -> Interval:
    """The first or second half: of a year six months, of a month to the 15th and from the 16th."""
    first, last = whole
    if (last - first).days > 40:
        return (date(first.year, 7, 1), last) if second else (first, date(first.year, 6, 30))
    return (first.replace(day=16), last) if second else (first, first.replace(day=15))


def nth_week(whole: Interval, nth: int) -> Interval:
    """The first to fourth week of a month, counted by sevens from its first day; the last has its last seven days."""
    first, last = whole
    if nth < 0:
        return last - timedelta(days=6), last
    begin = first + timedelta(days=7 * nth)
    return begin, min(begin + timedelta(days=6), last)


def weekday_near(base: date, wanted: int, rel: str) -> date:
    """The weekday meant by "on Friday" (the latest up to the day), "last Friday" (before it), "next Friday"."""
    if rel == "next":
        return base + timedelta(days=(wanted - base.weekday() - 1) % 7 + 1)
    back = (base.weekday() - wanted) % 7
    return base - timedelta(days=back or (7 if rel == "last" else 0))


def hijri_day(year: int, number: int, day: int) -> Interval:
    """The day before to the day after the arithmetic day; ValueError for a month or day that does not exist."""
    if not (1 <= number <= 12 and 1 <= day <= 30 and 1 <= year <= 1600):
        raise ValueError("no such Hijri day")
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (number - 1) + number // 2
    arithmetic = date.fromordinal(_HIJRI_EPOCH + before + day - 1)
    return arithmetic - DRIFT, arithmetic + DRIFT


def hijri_month(year: int, number: int) -> Interval:
    """A Hijri month, a day wider on both sides."""
    first = hijri_day(year, number, 1)[0]
    return first, (hijri_day(year, number + 1, 1)[1] if number < 12 else hijri_day(year + 1, 1, 1)[1]) - DRIFT


def folded_month(words: str) -> str:
    """The key of a Hijri month's name: small letters, one kind of apostrophe and hyphen, single spaces."""
    words = words.lower().replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", words).strip()
