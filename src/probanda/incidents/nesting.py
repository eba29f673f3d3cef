"""Which incidents lie within others: an attack in a siege, a killing in a campaign; proposed, and decided by persons.

Start with `Nesting`. An incident is proposed as part of a siege or military operation where its place lies in the
other's place (or is it) and its days within the other's days; or where its words say so: `during the siege of Dorn`.
What a person decided goes before both. Being a part changes nothing about either: both stay incidents of their own.

Looks down to: actors, incidents.facts, families, model, places, words. Used by: gathering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from probanda.actors.model import IdentityDecision
from probanda.incidents.facts import Facts
from probanda.incidents.families import EPISODE, ActFamily
from probanda.incidents.model import LEFT_IN_RIGHT, NESTED, RIGHT_IN_LEFT, Incident, PartOf
from probanda.incidents.places import Places, Where
from probanda.incidents.words import folded

LASTING = frozenset({ActFamily.SIEGE, ActFamily.OPERATIONS})
"""Families of acts that last, and within which others happen."""
LEAST_DAYS = 3
"""Days that an incident must last at least for another to be taken to lie within it by its days alone."""

_SIEGE = "siege|blockade|encirclement|siège|blocus|encerclement|حصار"
_OPERATION = (
    "offensive|campaign|operation|operations|assault|advance|battle|invasion|incursion|crackdown|"
    "campagne|opération|assaut|bataille|هجوم|حملة|عملية|معركة"
)
_DURING = re.compile(
    r"\b(?:during|in the course of|in the midst of|amid|amidst|throughout|as part of|since the start of|"
    r"pendant|durant|lors de|au cours de|dans le cadre de|خلال|أثناء|إبان|ضمن)\s+"
    r"(?:the|its|their|this|an?|le|la|les|l['’]|du|de la|cette|ce)?\s*(?:[\w'’-]+\s+){0,3}?"
    rf"(?P<kind>{_SIEGE}|{_OPERATION})\b(?P<after>[^.;:]{{0,60}})",
    re.IGNORECASE,
)
_SIEGES = re.compile(_SIEGE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Frame:
    """An incident within which others may lie."""

    incident: Incident
    family: ActFamily
    places: frozenset[str]
    first: int | None
    last: int | None


class Nesting:
    """Which incidents lie in which, kept while incidents come, go and change."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._told: dict[str, tuple[Incident, Sequence[Facts]]] = {}
        self._keys: dict[str, frozenset[str]] = {}
        """Incident -> its places and all that are known to be around them."""
        self._at: dict[str, set[str]] = {}
        """Place -> incidents of whose keys it is one."""
        self._frames: dict[str, _Frame] = {}
        self._lasting: dict[str, set[str]] = {}
        """Place -> frames that lie there."""
        self._proposals: dict[str, PartOf] = {}

    def change(self, gone: Iterable[str], come: Mapping[str, tuple[Incident, Sequence[Facts]]]) -> None:
        """Take incidents out, and put others in with the facts of their claims; one that changed stands in both.

        Where something else is known of a place than before, all incidents with claims on it have changed.
        """
        gone = [i for i in gone if i in self._told]
        moved = {p for i in gone if i in self._frames for p in self._frames[i].places}
        for incident in gone:
            self._forget(incident)
        for incident, (told, facts) in come.items():
            self._told[incident] = told, facts
            around = (k for f in facts for p in f.places for k in (p, *self._places.around(p)))
            self._keys[incident] = frozenset(around)
            _enter(self._at, self._keys[incident], incident)
            frame = _frame(told, facts)
            if frame is not None:
                self._frames[incident] = frame
                _enter(self._lasting, frame.places, incident)
                moved |= frame.places
        for incident in set(come).union(*(self._at.get(p, ()) for p in moved)):
            self._propose(incident)

    def parts(
        self, decisions: Iterable[IdentityDecision], founder_of: Mapping[str, str]
    ) -> dict[str, tuple[PartOf, ...]]:
        """Incident -> those it lies in, by founder. `founder_of`: claim or handle -> its incident."""
        decided, settled = _decided(decisions, founder_of)
        found = {inner: [PartOf(o, _DECIDED, True) for o in outer] for inner, outer in decided}
        for inner, one in sorted(self._proposals.items()):
            if frozenset((inner, one.incident)) not in settled:
                found.setdefault(inner, []).append(one)
        return {inner: tuple(outer) for inner, outer in found.items()}

    def _forget(self, incident: str) -> None:
        del self._told[incident]
        self._proposals.pop(incident, None)
        _leave(self._at, self._keys.pop(incident), incident)
        frame = self._frames.pop(incident, None)
        if frame is not None:
            _leave(self._lasting, frame.places, incident)

    def _propose(self, incident: str) -> None:
        told, facts = self._told[incident]
        near = set[str]().union(*(self._lasting.get(k, ()) for k in self._keys[incident])) - {incident}
        one = _proposed(told, facts, [self._frames[i] for i in sorted(near)], self._places) if near else None
        if one is None:
            self._proposals.pop(incident, None)
        else:
            self._proposals[incident] = one


def _enter(index: dict[str, set[str]], keys: Iterable[str], incident: str) -> None:
    for key in keys:
        index.setdefault(key, set()).add(incident)


def _leave(index: dict[str, set[str]], keys: Iterable[str], incident: str) -> None:
    for key in keys:
        index[key].discard(incident)
        if not index[key]:
            del index[key]


_DECIDED = "A person decided that it is a part of it."


def _decided(
    decisions: Iterable[IdentityDecision], founder_of: Mapping[str, str]
) -> tuple[list[tuple[str, list[str]]], set[frozenset[str]]]:
    """What persons decided, and the pairs on which they did. Two who lie in each other contradict: neither does."""
    pairs: set[tuple[str, str]] = set()
    settled: set[frozenset[str]] = set()
    for d in decisions:
        left, right = founder_of.get(d.left), founder_of.get(d.right)
        if d.kind != NESTED or left is None or right is None or left == right:
            continue
        settled.add(frozenset((left, right)))
        if d.verdict in (LEFT_IN_RIGHT, RIGHT_IN_LEFT):
            pairs.add((left, right) if d.verdict == LEFT_IN_RIGHT else (right, left))
    pairs = {(a, b) for a, b in pairs if (b, a) not in pairs}
    return [(inner, sorted(o for i, o in pairs if i == inner)) for inner in sorted({i for i, _ in pairs})], settled


def _frame(incident: Incident, facts: Sequence[Facts]) -> _Frame | None:
    families = {f.family for f in facts if f.claim.act_type is incident.act_type}
    lasting = sorted(families & LASTING)
    if not lasting:
        return None
    places = frozenset(p for f in facts if f.family in LASTING for p in f.places)
    return _Frame(incident, lasting[0], places, _day(incident.date_from), _day(incident.date_to))


def _day(iso: str | None) -> int | None:
    return date.fromisoformat(iso).toordinal() if iso else None


def _proposed(incident: Incident, facts: Sequence[Facts], near: Sequence[_Frame], places: Places) -> PartOf | None:
    mine = frozenset(p for f in facts for p in f.places)
    said = [match for f in facts for match in _DURING.finditer(f.claim.quote)]
    for frame in near if said else ():
        if _says_so(said, frame, places):
            return PartOf(frame.incident.id, "Its words say that it happened in the course of it.")
    first, last = _day(incident.date_from), _day(incident.date_to)
    family = {f.family for f in facts if f.claim.act_type is incident.act_type}
    if first is None or last is None or not family <= EPISODE - LASTING:
        return None
    fitting = [
        frame
        for frame in near
        if frame.first is not None
        and frame.last is not None
        and frame.last - frame.first >= LEAST_DAYS
        and frame.first <= first
        and last <= frame.last
        and last - first < frame.last - frame.first
        and _lies_in(mine, frame.places, places)
    ]
    if not fitting:
        return None
    # Of several the shortest: it says most.
    best = min(fitting, key=lambda f: ((f.last or 0) - (f.first or 0), f.incident.id))
    return PartOf(best.incident.id, "Its place and its days lie within the place and the days of the other.")


def _lies_in(inner: frozenset[str], outer: frozenset[str], places: Places) -> bool:
    if places.compare(inner, outer) is Where.SAME:
        return True
    return any(places.inside(a, b) for a in inner for b in outer)


def _says_so(said: Iterable[re.Match[str]], frame: _Frame, places: Places) -> bool:
    """True for `during the siege of Dorn` where the siege is that of Dorn."""
    for match in said:
        siege = _SIEGES.fullmatch(match["kind"]) is not None
        if siege is not (frame.family is ActFamily.SIEGE):
            continue
        after = f" {folded(match['after'])} "
        if any(f" {places.stem(p)} " in after for p in frame.places):
            return True
    return False
