"""Which crimes are offered for a claim: by kind of act, and by what is recorded of the law for its place and time.

Start with `LawThere.crimes`. A crime of a conflict that was not there, of an amendment that did not count yet, or below
a recorded threshold is not offered, and `withheld` says why (requirements C2, C3, C4, C12).

Looks down to: law, names, claims, incidents. Used by: matrix.situation, matrix.layout, matrix.notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from probanda.claims.model import Claim, Named
from probanda.incidents.model import Incident
from probanda.law import crimes_for
from probanda.law.inforce import InForce, has_a_rule_of_its_own
from probanda.law.model import Crime, LawPack
from probanda.law.recorded import Recorded
from probanda.law.standing import UNCLASSIFIED, ConflictAt, Lies, Setting, blocked_by, conflict_at, force_at
from probanda.names.model import Verdict
from probanda.names.places import lookup, same_place, within

EVERY_KIND = ("IAC", "NIAC")
Kind = tuple[str, str | None]
"""Act type and detail."""


def inside(place: str, other: str) -> Lies:
    """Does the first place lie in the second, or bear its name? Perhaps, where one of several so called does."""
    if same_place(place, other).verdict is Verdict.SAME or within(place, other):
        return Lies.INSIDE
    return Lies.PERHAPS if any(within(one.id, other) for one in lookup(place)) else Lies.UNKNOWN


@dataclass
class LawThere:
    """A pack and what is recorded of the law, asked about claims; each answer is worked out once."""

    pack: LawPack
    recorded: Recorded
    incidents_of: Callable[[Claim], Iterable[Incident]]
    names: Callable[[Named], Iterable[str]]
    """All names under which a place that a claim names is known."""
    _settings: dict[str, Setting] = field(default_factory=dict)
    _conflicts: dict[Setting, ConflictAt] = field(default_factory=dict)
    _met: dict[Setting, Setting] = field(default_factory=dict)
    """Each setting once, so that the same one is the same object."""
    _crimes: dict[str, tuple[Crime, ...]] = field(default_factory=dict)
    _crimes_at: dict[tuple[Kind, Setting], tuple[Crime, ...]] = field(default_factory=dict)
    """The same for all claims of one kind of act, place and time."""
    _kinds: dict[tuple[Kind, tuple[str, ...]], Mapping[str, Crime]] = field(default_factory=dict)
    _forces: dict[tuple[str, Setting], InForce] = field(default_factory=dict)

    def forget(self, claim: str) -> None:
        """Work out anew what is asked of this claim, since it or its incidents changed."""
        self._settings.pop(claim, None)
        self._crimes.pop(claim, None)

    def setting(self, claim: Claim) -> Setting:
        """Where and when: as the claim says, and where it does not, as its incidents do."""
        if claim.id not in self._settings:
            places = [name for place in claim.places for name in self.names(place)]
            days = (claim.date_from, claim.date_to)
            for incident in self.incidents_of(claim):
                places = places or list(incident.places)
                days = days if any(days) else (incident.date_from, incident.date_to)
            setting = Setting(tuple(sorted(set(places))), *days)
            self._settings[claim.id] = self._met.setdefault(setting, setting)
        return self._settings[claim.id]

    def conflict(self, claim: Claim) -> ConflictAt:
        """The kinds of conflict whose crimes are offered there; the machine's reading where nobody classified it."""
        if not self.recorded.classifications:
            return UNCLASSIFIED
        setting = self.setting(claim)
        if setting not in self._conflicts:
            self._conflicts[setting] = conflict_at(self.recorded.classifications, setting, inside)
        return self._conflicts[setting]

    def crimes(self, claim: Claim) -> tuple[Crime, ...]:
        """The crimes this claim's kind of act points to there and then, in the pack's order."""
        if claim.id not in self._crimes:
            key = (_kind(claim), self.setting(claim))
            if key not in self._crimes_at:
                self._crimes_at[key] = self._offered(claim)
            self._crimes[claim.id] = self._crimes_at[key]
        return self._crimes[claim.id]

    def _offered(self, claim: Claim) -> tuple[Crime, ...]:
        pointed = self._of_kind(_kind(claim), self.conflict(claim).kinds).values()
        return tuple(c for c in pointed if not self._why_not(claim, c))

    def same_kind(self, claim: Claim, crime: Crime) -> bool:
        """True when the kind of act is one that points to this crime, wherever and whenever it was."""
        kinds = (crime.conflict,) if crime.conflict else UNCLASSIFIED.kinds
        return crime.id in self._of_kind(_kind(claim), kinds)

    def force(self, claim: Claim, crime: Crime) -> InForce:
        """Whether the crime counted there and then, as far as it is recorded."""
        key = (crime.id, self.setting(claim))
        if key not in self._forces:
            self._forces[key] = force_at(self.pack, crime, key[1], self.recorded.acceptances, inside)
        return self._forces[key]

    def force_unknown(self, claim: Claim, crime: Crime) -> InForce | None:
        """The answer where it is open; None where it is settled, or no day is told of a crime of the first day."""
        dated = any((self.setting(claim).date_from, self.setting(claim).date_to))
        if self.pack.first is None or not (dated or has_a_rule_of_its_own(self.pack, crime)):
            return None
        answer = self.force(claim, crime)
        return answer if answer.holds is None else None

    def open_force(self, claims: Iterable[Claim], crime: Crime) -> Counter[InForce]:
        """The same for many claims: each open answer with how many claims it holds for; each setting is asked once."""
        of_setting: dict[int, list[Claim]] = {}
        for claim in claims:
            of_setting.setdefault(id(self.setting(claim)), []).append(claim)
        found: Counter[InForce] = Counter()
        for alike in of_setting.values():
            if (answer := self.force_unknown(alike[0], crime)) is not None:
                found[answer] += len(alike)
        return found

    def withheld(self, claim: Claim) -> tuple[str, ...]:
        """Why crimes to which this kind of act points are not offered for this claim; each reason once."""
        return tuple(dict.fromkeys(self._reasons(claim)))

    def _reasons(self, claim: Claim) -> Iterator[str]:
        conflict = self.conflict(claim)
        for crime in self._of_kind(_kind(claim), conflict.kinds).values():
            if why := self._why_not(claim, crime):
                yield f"{crime.id} is not offered: {why}"
        if conflict.basis and not conflict.kinds and self._of_kind(_kind(claim), EVERY_KIND):
            yield f"Recorded as no armed conflict there: {conflict.basis[0].reason}"

    def _why_not(self, claim: Claim, crime: Crime) -> str:
        below = blocked_by(self.pack, crime, self.recorded)
        if below is not None:
            return f"{below.by} recorded that the situation stays below {below.bar}: {below.reason}"
        answer = self.force(claim, crime)
        return answer.reason if answer.holds is False else ""

    def _of_kind(self, kind: Kind, kinds: tuple[str, ...]) -> Mapping[str, Crime]:
        if (kind, kinds) not in self._kinds:
            self._kinds[kind, kinds] = {c.id: c for c in crimes_for(self.pack, *kind, kinds)}
        return self._kinds[kind, kinds]


def _kind(claim: Claim) -> Kind:
    return claim.act_type.value, claim.act_detail
