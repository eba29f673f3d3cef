"""Which incidents lie within others: an attack in a siege, a killing in a campaign; proposed, and decided by persons.

Start with `nested`. An incident is proposed as part of a siege or military operation where its place lies in the
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


def nested(
    incidents: Mapping[str, Incident],
    facts: Mapping[str, Sequence[Facts]],
    places: Places,
    decisions: Iterable[IdentityDecision],
    founder_of: Mapping[str, str],
) -> dict[str, tuple[PartOf, ...]]:
    """Incident -> those it lies in, by founder. `founder_of`: claim or handle -> its incident."""
    decided, settled = _decided(decisions, founder_of)
    frames = [f for i in sorted(incidents) if (f := _frame(incidents[i], facts[i])) is not None]
    by_place: dict[str, list[_Frame]] = {}
    for frame in frames:
        for place in sorted(frame.places):
            by_place.setdefault(place, []).append(frame)
    found: dict[str, list[PartOf]] = {inner: [PartOf(o, _DECIDED, True) for o in outer] for inner, outer in decided}
    for inner in sorted(incidents) if frames else ():
        near = _near(facts[inner], places, by_place)
        one = _proposed(incidents[inner], facts[inner], near, places)
        if one is not None and frozenset((inner, one.incident)) not in settled:
            found.setdefault(inner, []).append(one)
    return {inner: tuple(outer) for inner, outer in found.items()}


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


def _near(facts: Sequence[Facts], places: Places, by_place: Mapping[str, Sequence[_Frame]]) -> list[_Frame]:
    """Lasting incidents at a place of this one, or around it."""
    keys = {k for f in facts for p in f.places for k in (p, *places.around(p))}
    found = {f.incident.id: f for k in sorted(keys) for f in by_place.get(k, ())}
    return [found[i] for i in sorted(found)]


def _proposed(incident: Incident, facts: Sequence[Facts], near: Sequence[_Frame], places: Places) -> PartOf | None:
    mine = frozenset(p for f in facts for p in f.places)
    near = [f for f in near if f.incident.id != incident.id]
    for frame in near:
        if any(_says_so(f.claim.quote, frame, places) for f in facts):
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


def _says_so(quote: str, frame: _Frame, places: Places) -> bool:
    """True for `during the siege of Dorn` where the siege is that of Dorn."""
    for match in _DURING.finditer(quote):
        siege = _SIEGES.fullmatch(match["kind"]) is not None
        if siege is not (frame.family is ActFamily.SIEGE):
            continue
        after = f" {folded(match['after'])} "
        if any(f" {places.stem(p)} " in after for p in frame.places):
            return True
    return False
