"""The law that stands for one place and time: which kind of conflict, which amendments, which thresholds.

Start with `conflict_at`, then `force_at`. What is not recorded is said to be so; it never becomes yes. Whether one
place lies in another is a question for the caller's gazetteer (`Within`).

Looks down to: law.model, law.recorded, law.inforce, law.pointing. Used by: matrix, casework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from probanda.law.inforce import InForce, in_force
from probanda.law.model import Crime, LawPack
from probanda.law.pointing import UNCLASSIFIED as MACHINES_READING
from probanda.law.recorded import Acceptance, Classification, ConflictType, Recorded, Side, Threshold


class Lies(Enum):
    """Whether one place lies in another, as far as a gazetteer can tell."""

    INSIDE = "inside"
    PERHAPS = "perhaps"
    """The name is borne by several places, and one of them does."""
    UNKNOWN = "unknown"
    """It does not, or nobody can tell."""


Within = Callable[[str, str], Lies]
"""Does the first place lie in the second?"""
OFFERS = {
    ConflictType.IAC: ("IAC",),
    ConflictType.NIAC: ("NIAC",),
    ConflictType.NONE: (),
    ConflictType.BOTH: ("IAC", "NIAC"),
    ConflictType.UNCLEAR: ("IAC", "NIAC"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when something is said to have happened; empty or None where nobody says."""

    places: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictAt:
    """The kinds of conflict whose crimes are offered in a setting, and the decisions that say so."""

    kinds: tuple[str, ...]
    basis: tuple[Classification, ...] = ()
    """Empty where nobody classified the conflict there: then `kinds` is the machine's reading."""
    perhaps: bool = False
    """True where a decision may or may not cover the setting: its day, or which place of that name, is not certain."""

    @property
    def mixed(self) -> bool:
        """True where crimes of both kinds of conflict are offered."""
        return len(self.kinds) > 1


UNCLASSIFIED = ConflictAt(MACHINES_READING)


def conflict_at(classifications: Sequence[Classification], setting: Setting, within: Within) -> ConflictAt:
    """The kinds of conflict recorded for this setting; of several decisions the one for the narrowest place counts.

    Two that are equally narrow and differ both count, and so do a decision and the machine's reading where it is
    not known whether the day lies in the period: crimes of both kinds are then offered, and marked.
    """
    met = [(c, sure) for c in classifications for sure in [_covers(c, setting, within)] if sure is not None]
    narrow = [(c, sure) for c, sure in met if not any(_narrower(o, c, within) for o, sure_too in met if sure_too)]
    if not narrow:
        return UNCLASSIFIED
    offered = [kind for c, _ in narrow for kind in OFFERS[c.type]]
    perhaps = not any(sure for _, sure in narrow)
    if perhaps:
        offered += MACHINES_READING
    return ConflictAt(tuple(k for k in ("IAC", "NIAC") if k in offered), tuple(c for c, _ in narrow), perhaps)


def _covers(one: Classification, setting: Setting, within: Within) -> bool | None:
    """True where place and day lie in it, False where perhaps, None where not."""
    lies = {_lies(p, one.place, within) for p in setting.places} if one.place else {Lies.INSIDE}
    if lies <= {Lies.UNKNOWN}:
        return None
    there = Lies.INSIDE in lies
    if one.date_from is None and one.date_to is None:
        return there
    if setting.date_from is None and setting.date_to is None:
        return False
    first = setting.date_from or "0000"
    last = setting.date_to or setting.date_from or "9999"
    low, high = one.date_from or "0000", one.date_to or "9999"
    if last < low or first > high:
        return None
    return there and low <= first and last <= high


def _lies(place: str, other: str, within: Within) -> Lies:
    return Lies.INSIDE if place.casefold() == other.casefold() else within(place, other)


def _narrower(one: Classification, other: Classification, within: Within) -> bool:
    """True where the first is for a place inside the other's, or for a shorter period of the same place."""
    if one.decision == other.decision:
        return False
    if one.place.casefold() != other.place.casefold():
        return bool(one.place) and (not other.place or within(one.place, other.place) is Lies.INSIDE)
    low, high = one.date_from or "0000", one.date_to or "9999"
    wide_low, wide_high = other.date_from or "0000", other.date_to or "9999"
    return (wide_low, wide_high) != (low, high) and wide_low <= low and high <= wide_high


def force_at(
    pack: LawPack, crime: Crime, setting: Setting, acceptances: Iterable[Acceptance], within: Within
) -> InForce:
    """Whether the crime counted in this setting, as far as it is recorded (requirement C4; art. 22, 24, 121(5)).

    False only where it surely did not: the last possible day is too early, or the State of the place did not accept
    the amendment. A day or an acceptance that is not known leaves it open (None).
    """
    known = _acceptance(crime, setting, acceptances, within)
    if crime.amendment and known is not None and known.on is None:
        reason = f"{known.state} did not accept the amendment, as recorded: {known.reason or known.instrument}."
        return InForce(holds=False, reason=reason, article="art. 121(5)")
    accepted = date.fromisoformat(known.on) if known is not None and known.on else None
    answers = [in_force(pack, crime, day, accepted) for day in _days(setting)]
    if not answers:
        return _without_a_day(crime)
    first, last = answers[0], answers[-1]
    if first.holds == last.holds:
        return last
    return InForce(holds=None, reason=f"The day is not certain. {last.reason}", article=last.article)


def _days(setting: Setting) -> list[date]:
    """First and last day; only whole days count."""
    told = [d for d in (setting.date_from, setting.date_to) if d]
    try:
        return sorted(date.fromisoformat(d) for d in told)
    except ValueError:
        return []


def _without_a_day(crime: Crime) -> InForce:
    return InForce(holds=None, reason=f"No day is told. {crime.in_force}.", article=crime.article)


def _acceptance(crime: Crime, setting: Setting, acceptances: Iterable[Acceptance], within: Within) -> Acceptance | None:
    """What is recorded of the amendment for the State in which the place lies; None where nothing is, or two differ."""
    fits = [
        a
        for a in acceptances
        if a.amendment == crime.amendment and any(_lies(p, a.state, within) is Lies.INSIDE for p in setting.places)
    ]
    return fits[-1] if len({a.state.casefold() for a in fits}) == 1 else None


def blocked_by(pack: LawPack, crime: Crime, recorded: Recorded) -> Threshold | None:
    """The threshold that a person recorded as not reached and that stands before this crime; None where none does."""
    if not recorded.thresholds:
        return None
    found = (recorded.threshold(bar.id) for bar in pack.bars_of(crime))
    return next((t for t in found if t is not None and t.side is Side.BELOW), None)
