"""Days that are known only within bounds, and what can be said of two of them: start with `Time` and `on_or_after`.

A fact may give a day, a month, a year or an interval; whatever is asked of it is asked of every day that it may mean.

Looks down to: law.answers, kernel.bounds. Used by: the modules of jurisdiction in this room.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from probanda.kernel.bounds import first_day, last_day
from probanda.law.answers import NO, UNKNOWN, YES, Answer, all_of

MONTHS = 12
FIRST_DAY = date(2002, 7, 1)
"""Entry into force of the Statute (art. 126(1)); nothing before it is within reach (art. 11(1))."""
SIXTY = date(2002, 4, 11)
"""The sixtieth State had deposited."""


@dataclass(frozen=True, slots=True)
class Time:
    """The first and last day that something may mean, or through which it lasted."""

    first: date
    last: date

    def __str__(self) -> str:
        """As ISO: one day, a whole month or year, or both bounds; an open bound in words."""
        if self == NEVER:
            return "none"
        for length in (4, 7, 10):
            short = self.first.isoformat()[:length]
            if (first_day(short), last_day(short)) == (self.first, self.last):
                return short
        since = "" if self.first == date.min else f"from {self.first.isoformat()} "
        until = "with no end given" if self.last == date.max else f"to {self.last.isoformat()}"
        return since + until


NEVER = Time(date.max, date.max)
"""Of an end, a withdrawal, an answer: somebody looked, and there is none."""
EVER = Time(date.min, date.min)
"""Of a start: nothing limits it."""


def on(day: date) -> Time:
    """This very day."""
    return Time(day, day)


def on_or_after(one: Time | None, other: Time | None) -> Answer:
    """Whether `one` wholly lies on or after `other`: no where it wholly lies before, unknown where it may be either."""
    if one is None or other is None:
        return UNKNOWN
    if one.first >= other.last:
        return YES
    return NO if one.last < other.first else UNKNOWN


def before(one: Time | None, other: Time | None) -> Answer:
    """Whether `one` wholly lies before `other`."""
    if one is None or other is None:
        return UNKNOWN
    if one.last < other.first:
        return YES
    return NO if one.first >= other.last else UNKNOWN


def inside(one: Time | None, start: Time | None, end: Time | None) -> Answer:
    """Whether `one` wholly lies from `start` to `end`, both included."""
    return all_of((on_or_after(one, start), on_or_after(end, one)))


def months_after(time: Time, months: int) -> Time:
    """The same day so many months later; the last day of a shorter month."""
    return Time(_months(time.first, months), _months(time.last, months))


def years_after(time: Time, years: int) -> Time:
    """The same day so many years later; 1 March after 29 February, the later of the two readings."""
    return Time(_years(time.first, years), _years(time.last, years))


def _months(day: date, months: int) -> date:
    if day in (date.min, date.max):
        return day
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years(day: date, years: int) -> date:
    if day in (date.min, date.max):
        return day
    year = min(day.year + years, date.max.year)
    leap = (day.month, day.day) == (2, 29) and monthrange(year, 2)[1] == 28
    return date(year, 3, 1) if leap else day.replace(year=year)


def after_deposit(deposited: Time) -> Time:
    """When the Statute begins to bind a State that deposited then: art. 126.

    For States that deposited up to 11 April 2002, when the sixtieth instrument was there, on 1 July 2002; for later
    ones on the first day of the month after the sixtieth day following the deposit.
    """
    return Time(_after_deposit(deposited.first), _after_deposit(deposited.last))


def _after_deposit(day: date) -> date:
    if day <= SIXTY:
        return FIRST_DAY
    if day.year == date.max.year:
        return date.max
    sixtieth = day + timedelta(days=60)
    return date(sixtieth.year + sixtieth.month // MONTHS, sixtieth.month % MONTHS + 1, 1)
