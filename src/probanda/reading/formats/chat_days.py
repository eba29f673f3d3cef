"""Days and hours at the head of messages: which of two numbers is the day is told from the whole file, never guessed.

Start with `order_of`, then `sent_at`. A number above twelve can only be a day; days parted by full stops have the day
first, and so have days padded with a nought, since no country that puts the month first pads it (CLDR's short dates).
Where all that leaves it open, messages stand in the order of their days; and nobody writes only on the fifth of each
month. Where it stays open, a message has no day.

Looks down to: nothing. Used by: whatsapp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 2005, 2150
"""Years in which chats are written by the common calendar; others are of another calendar, and are left alone."""
_MANY = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """The numbers at the head of a message, as written."""

    a: str
    b: str
    c: str
    sign: str
    """What parts them."""
    hour: str
    minute: str
    second: str | None
    half: str
    """`am`, `pm`, or nothing where the clock has 24 hours."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which number is which: `dmy`, `mdy`, `ymd`, or nothing where it stays open; and why."""

    name: str
    reason: str


def order_of(stamps: Sequence[Stamp]) -> Order:
    """The order of day, month and year in a whole file."""
    if not stamps:
        return Order("", "no message has a date")
    if 2 * sum(len(one.a) == 4 for one in stamps) > len(stamps):
        return Order("ymd", "the year stands first")
    told = [(int(one.a), int(one.b)) for one in stamps]
    return _by_size(told) or _by_form(stamps) or _by_course(stamps, told)


def _by_size(told: Sequence[tuple[int, int]]) -> Order | None:
    first, second = any(a > 12 for a, _ in told), any(b > 12 for _, b in told)
    if first and second:
        return Order("", "in some lines only the first number can be the day, in others only the second")
    if first:
        return Order("dmy", "a first number above twelve can only be a day")
    return Order("mdy", "a second number above twelve can only be a day") if second else None


def _by_form(stamps: Sequence[Stamp]) -> Order | None:
    if all(one.sign == "." for one in stamps):
        return Order("dmy", "dates parted by full stops have the day first")
    if any(len(one.a) == 2 and int(one.a) < 10 for one in stamps):
        return Order("dmy", "dates padded with a nought have the day first")
    return None


def _by_course(stamps: Sequence[Stamp], told: Sequence[tuple[int, int]]) -> Order:
    """By the course of time, where every number could be both."""
    steps = {name: _steps_back(stamps, name) for name in ("dmy", "mdy")}
    if steps["dmy"] != steps["mdy"]:
        name = min(steps, key=lambda one: steps[one])
        return Order(name, "the messages stand in the order of time only so")
    firsts, seconds = {a for a, _ in told}, {b for _, b in told}
    if len(seconds) == 1 and len(firsts) >= _MANY:
        return Order("dmy", "the first number changes from day to day, the second stays")
    if len(firsts) == 1 and len(seconds) >= _MANY:
        return Order("mdy", "the second number changes from day to day, the first stays")
    return Order("", "day and month could be exchanged in every line")


def _steps_back(stamps: Sequence[Stamp], order: str) -> int:
    days = [day for one in stamps if (day := day_of(one, order)) is not None]
    return sum(after < before for before, after in pairwise(days))


def day_of(stamp: Stamp, order: str) -> date | None:
    """The day of a message; None where it stays open, or is in no common calendar."""
    if not order:
        if stamp.a != stamp.b:
            return None
        order = "dmy"  # the fifth of May is the fifth of May
    parts = dict(zip(order, (stamp.a, stamp.b, stamp.c), strict=True))
    year = int(parts["y"]) + (2000 if len(parts["y"]) <= 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None


def sent_at(stamp: Stamp, order: str) -> str | None:
    """ISO day and time, to the minute or second, without a zone; None where the day stays open."""
    day = day_of(stamp, order)
    hour, minute, second = int(stamp.hour), int(stamp.minute), int(stamp.second or 0)
    if stamp.half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if stamp.half == "pm" else 0)
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    clock = f"{hour:02}:{minute:02}" + (f":{second:02}" if stamp.second else "")
    return f"{day.isoformat()}T{clock}"


_MORNING = re.compile(r"a|ص|ق", re.I)


def half_of(written: str | None) -> str:
    """Which half of the day `AM`, `p.m.`, `ص`, `ب.ظ` say."""
    if not written:
        return ""
    return "am" if _MORNING.match(written) else "pm"
