"""When something held, as far as anybody tells: bounds with their precision, never filled in.

Start with `Bounds` and `Bounds.on`. The six values are those of the Security Force Monitor's data model (its research
handbook, "range" columns): what is evidenced throughout stands between the precise bounds, what is evidenced at some
time stands between the imprecise ones, and whether the start or the end itself was told is said apart.

Looks down to: nothing. Used by: claims, actors, store, reports.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EVER = "since_beginning_of_time"
"""As first imprecise bound: nothing says from when."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Holds(StrEnum):
    """What the evidence says of one day."""

    STATED = "stated"
    """A source speaks of this day, or of a time all through which it held, this day among it."""
    WITHIN = "within"
    """A source speaks of some time within which this day lies."""
    BETWEEN = "between"
    """Sources speak of times before and after; it may have held."""
    EARLIER = "earlier"
    """Last spoken of for a time before this day."""
    LATER = "later"
    """First spoken of for a time after this day."""
    ENDED = "ended"
    """A source tells that it had ended before."""
    NOT_YET = "not yet"
    """A source tells that it began only after."""
    UNDATED = "undated"
    """No source gives a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Days as ISO, each `2031`, `2031-05` or `2031-05-03`; None where nobody tells."""

    first_precise: str | None = None
    """From when on it is told to have held."""
    last_precise: str | None = None
    """Until when it is told to have held."""
    first_imprecise: str | None = None
    """With `last_imprecise`: it held at some time within these; `EVER` where nothing says from when."""
    last_imprecise: str | None = None
    starting: bool = False
    """The first bound is when it began."""
    ending: bool = False
    """The last bound is when it ended."""

    @property
    def dated(self) -> bool:
        """True when any bound is told."""
        return self.outer != (None, None)

    @property
    def outer(self) -> tuple[date | None, date | None]:
        """The widest first and last day that the evidence may mean; a first day of year 1 stands for `EVER`."""
        firsts = [d for d in (first_day(self.first_imprecise), first_day(self.first_precise)) if d]
        lasts = [d for d in (last_day(self.last_imprecise), last_day(self.last_precise)) if d]
        return (min(firsts) if firsts else None), (max(lasts) if lasts else None)

    def on(self, day: date) -> Holds:
        """What this one piece of evidence says of a day."""
        low, high = self.outer
        if low is None and high is None:
            return Holds.UNDATED
        sure_from, sure_to = last_day(self.first_precise), first_day(self.last_precise)
        if sure_from and sure_to and sure_from <= day <= sure_to:
            return Holds.STATED
        low, high = low or high, high or low  # one bound alone speaks of its own day
        if low is not None and day < low:
            return Holds.NOT_YET if self.starting else Holds.LATER
        if high is not None and day > high:
            return Holds.ENDED if self.ending else Holds.EARLIER
        return Holds.WITHIN


def first_day(iso: str | None) -> date | None:
    """The first day that an ISO day, month or year may mean; None for what is none. `EVER` is year 1."""
    if iso == EVER:
        return date.min
    found = _parts(iso)
    return date(found[0], found[1] or 1, found[2] or 1) if found else None


def last_day(iso: str | None) -> date | None:
    """The last day that an ISO day, month or year may mean; None for what is none."""
    found = _parts(iso)
    if not found:
        return None
    year, month, day = found
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def _parts(iso: str | None) -> tuple[int, int, int] | None:
    found = _ISO.fullmatch(iso or "")
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day
