"""What an incident is called: the act in the most specific words that its claims tell, the place and the days.

Start with `title`. A title says no more than the claims do: no author, no number, and an act that
nobody says has happened bears how it is spoken of, "Killing (threatened)".

Looks down to: claims, incidents.families, kernel. Used by: grouped, patterns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from probanda.claims.model import Claim
from probanda.incidents.families import LABELS
from probanda.kernel.vocabulary import ActType, Modality

_FINER = {
    "attack-on-protected-object": "Attack on a protected object",
    "casualty-count": "Dead or wounded",
    "cooperation": "Arrest or surrender",
    "failing-to-act": "Failure to prevent or punish",
    "fire-opened": "Shooting",
    "fled": "Flight",
    "forced-labour-trafficking": "Forced labour or trafficking",
    "ill-treatment": "Ill-treatment",
    "missing": "Missing persons",
    "property-destruction": "Destruction of property",
    "property-seizure": "Seizure of property",
    "starvation-denial-of-aid": "Starvation or denial of aid",
    "unspecified-crimes": "Crimes not specified",
}
"""How a title calls a finer act where the words of `act_detail` do not read as one."""
_CAME_OF_IT = frozenset({"bodies-found", "casualty-count", "civilians-trapped", "fled", "missing", "wounding"})
"""Finer acts that tell what came of a deed, and not the deed."""
_ENOUGH = 4
"""One claim of so many must tell an act for a title to prefer it to what is told more often."""
_NOT_SAID_TO_BE = {
    Modality.DENIED: "denied",
    Modality.ORDERED: "ordered",
    Modality.THREATENED: "threatened",
    Modality.CALLED_FOR: "called for",
}
"""How an act is spoken of that nobody says has happened."""
_ASKED = frozenset({"demand", "sentence-requested"})
"""Finer acts whose own words tell how they are spoken of."""


_ORDER = {act: n for n, act in enumerate(ActType)}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act as claims tell it."""

    act_type: ActType
    detail: str

    @property
    def words(self) -> str:
        """`Killing`, `Destruction of property`, `Other act`."""
        if not self.detail:
            return LABELS[self.act_type]
        return _FINER.get(self.detail) or self.detail.replace("-", " ").capitalize()

    @property
    def open(self) -> bool:
        """True where it is left open what was done."""
        return self.act_type is ActType.OTHER and self.detail in ("", "unspecified-crimes")


def kind_of(claim: Claim) -> Kind:
    """The act type with the finer act below it, if the claim has one."""
    return Kind(claim.act_type, claim.act_detail or "")


def kind_told(claims: Sequence[Claim]) -> Kind:
    """The kind that a title names, of the claims that say that it happened (of all, where none does).

    Crimes of which nobody says what they were count only where nothing else is told. Of the rest a deed goes before
    what came of it, unless only few of many claims tell it (`_ENOUGH`); of like ones the most frequent, and of those
    the first in the list of act types.
    """
    kinds = [kind_of(c) for c in telling(claims)]
    counts = Counter([k for k in kinds if not k.open] or kinds)
    if not counts:
        return Kind(ActType.OTHER, "")
    often = [k for k, n in counts.items() if _ENOUGH * n >= counts.total()] or list(counts)
    return min(often, key=lambda k: (k.detail in _CAME_OF_IT, -counts[k], _ORDER[k.act_type], k.detail))


def telling(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that say that it happened; all, where none does."""
    return [c for c in claims if c.asserts_event] or list(claims)


def title(claims: Sequence[Claim], place: str | None, first: date | None, last: date | None) -> str:
    """`Killing · Port Ansel, 3 May 2031`; `Siege (threatened) · place not stated, date not stated`."""
    kind = kind_told(claims)
    manners = sorted({m for c in claims if (m := _manner(c))})
    unsaid = manners and kind.detail not in _ASKED and not any(c.asserts_event for c in claims)
    act = f"{kind.words} ({', '.join(manners)})" if unsaid else kind.words
    return f"{act} · {place or 'place not stated'}, {spelled(first, last)}"


def act_words(claim: Claim) -> str:
    """The kind of act in one of some thirty ways: the finer act only where the type itself says nothing."""
    return Kind(claim.act_type, (claim.act_detail or "") if claim.act_type is ActType.OTHER else "").words


def _manner(claim: Claim) -> str:
    """How an act is spoken of that the claim does not say has happened; empty for what a court did not find."""
    return "" if claim.asserts_event else _NOT_SAID_TO_BE.get(claim.modality, "")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spelled(first: date | None, last: date | None) -> str:
    """An interval for a title: `3 May 2031`, `3–5 May 2031`, `30 April – 2 May 2031`, `date not stated`.

    Whole months and years are called so: nobody has told of their first and last day. `May 2031`, `2029 – 2030`.
    """
    if first is None or last is None:
        return "date not stated"
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    years = whole and first.month == 1 and last.month == 12
    begin, end = (_called(d, month=not years, day=not whole) for d in (first, last))
    if begin == end:
        return end
    if first.year != last.year or years:
        return f"{begin} – {end}"
    if first.month != last.month or whole:
        return f"{begin.rpartition(' ')[0]} – {end}"
    return f"{first.day}–{end}"


def _called(when: date, *, month: bool, day: bool) -> str:
    words = [str(when.day)] * day + [_MONTHS[when.month - 1]] * month
    return " ".join([*words, str(when.year)])
