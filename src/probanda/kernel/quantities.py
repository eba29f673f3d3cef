"""Quantities as sourced bounds: who counted what, at least, at most, as of when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as a source gives it.

    "More than 400" has min 401 and no max; "about 400" has value 400 and neither; a plain
    "42" has value, min and max 42. Totals are never formed from these.
    """

    text: str
    value: int | None = None
    min: int | None = None
    max: int | None = None
    unit: str = ""
    counter: str | None = None
    as_of: str | None = None

    def disagrees_with(self, other: Quantity) -> bool:
        """True when no number satisfies both statements (bounds apart, or two exact values apart)."""
        low = max((b for b in (self.min, other.min) if b is not None), default=None)
        high = min((b for b in (self.max, other.max) if b is not None), default=None)
        return low is not None and high is not None and low > high
