"""Whether a crime counted on a day: since the first day of its code, or since its amendment. Start: `in_force`.

Requirement C4. Only the crime is asked about: when the Statute began to bind the State is a question of jurisdiction.

Looks down to: law.model. Used by: law.standing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from probanda.law.model import Crime, LawPack


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The answer for one crime and day, with its reason and article."""

    holds: bool | None
    """None where something that would decide it is not recorded; it never becomes yes."""
    reason: str
    article: str


def in_force(pack: LawPack, crime: Crime, on: date, accepted: date | None = None) -> InForce:
    """Whether the crime counted on this day for a State that deposited its acceptance of its amendment on `accepted`.

    `accepted` is None where no acceptance is recorded, which is not the same as none having been made.
    """
    first = pack.first
    if first is None:
        return InForce(holds=None, reason="The pack does not say from which day it counts.", article=crime.article)
    if on < first.day:
        reason = f"It was not in force before {first.day.isoformat()}."
        return InForce(holds=False, reason=reason, article=first.article)
    if crime.amendment:
        return _by_amendment(pack, crime, on, accepted)
    if has_a_rule_of_its_own(pack, crime):
        return InForce(holds=None, reason=f"The crime has a rule of its own. {crime.in_force}.", article=crime.article)
    return InForce(holds=True, reason="The crime has stood there since the first day.", article=first.article)


def has_a_rule_of_its_own(pack: LawPack, crime: Crime) -> bool:
    """True for a crime that came later than the others, by an amendment or otherwise."""
    return bool(crime.amendment) or pack.first is None or crime.since != pack.first.since


def _by_amendment(pack: LawPack, crime: Crime, on: date, accepted: date | None) -> InForce:
    amendment = pack.amendment(crime.amendment)
    told = f"Amendment adopted on {amendment.adopted.isoformat()} ({amendment.instrument})"
    article = "art. 22, 24, 121(5)"
    if on < a_year_after(amendment.adopted):
        reason = f"{told}: for no State could it count before {a_year_after(amendment.adopted).isoformat()}."
        return InForce(holds=False, reason=reason, article=article)
    if accepted is None:
        reason = f"{told}: whether and when the State accepted it is not recorded."
        return InForce(holds=None, reason=reason, article=article)
    start = a_year_after(accepted)
    reason = f"{told}: accepted on {accepted.isoformat()}, so it counts from {start.isoformat()}."
    return InForce(holds=on >= start, reason=reason, article=article)


def a_year_after(day: date) -> date:
    """The same day a year later; 1 March after 29 February, the later of the two readings (art. 22(2))."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)
