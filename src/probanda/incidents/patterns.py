"""Patterns: incidents by place, month, act, alleged author and group harmed; and counts that a pattern may rest on.

Start with `pattern`, then `indicators`. These are counts of what was collected, not of what happened, and none is a
verdict: whether attacks were widespread or systematic (Rome Statute art. 7(1)) is for persons to find. An incident is
*certain* in a column where nothing told of it disagrees, and *possible* where it is one of several: a date that spans
months, two places, an author whom another account disputes.

Looks down to: claims, incidents.victims, model, titles. Used by: reports, casework, cli.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from probanda.claims.model import Actor, Claim
from probanda.incidents.model import Incident
from probanda.incidents.titles import act_words
from probanda.incidents.victims import groups
from probanda.kernel.vocabulary import ActType, Polarity

NOT_ACTS = frozenset({ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT})
"""Warrants, complaints and statements are no incidents of harm; they are left out and counted as such."""
WIDEST = 12
"""A date that spans more months than these says nothing about the month."""
MOST_MONTHS = 120
"""Months without any incident stand between the others up to so many; beyond that they are left out."""


class Axis(StrEnum):
    """By what incidents are counted."""

    PLACE = "place"
    MONTH = "month"
    ACT = "act"
    AUTHOR = "author"
    VICTIMS = "victims"


UNKNOWN = {
    Axis.PLACE: "place not stated",
    Axis.MONTH: "month not known",
    Axis.ACT: "act not stated",
    Axis.AUTHOR: "author not named",
    Axis.VICTIMS: "nobody named as harmed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One value of an axis, with the incidents that are in it for certain, and those that may be."""

    label: str
    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    """The claims that say so."""
    unknown: bool = False
    """True for the column of those of which nothing is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Incidents counted along one axis."""

    axis: Axis
    columns: tuple[Column, ...]
    counted: int
    left_out: int
    """Incidents that nobody says happened, and proceedings and statements."""

    @property
    def title(self) -> str:
        """What a chart of it must say of itself."""
        by = {Axis.AUTHOR: "alleged author", Axis.VICTIMS: "group said to be harmed"}.get(self.axis, str(self.axis))
        return f"Incidents by {by}: counts what was collected, not what happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A count that speaks to whether attacks were widespread or systematic, with what it rests on; never a verdict."""

    speaks_to: str
    """`widespread` or `systematic`."""
    count: int
    says: str
    incidents: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An incident with its claims that say it happened."""

    incident: Incident
    claims: tuple[Claim, ...]
    denied: bool


def pattern(
    axis: Axis, incidents: Sequence[Incident], claims: Mapping[str, Claim], names: Mapping[str, str]
) -> Pattern:
    """Count incidents along one axis. `claims` by id; `names`: mention id -> name of the linked actor."""
    told = _told(incidents, claims)
    read = _READ[axis]
    columns = _columns(axis, [(one.incident.id, read(one, names)) for one in told])
    return Pattern(axis=axis, columns=columns, counted=len(told), left_out=len(incidents) - len(told))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a list tells of an incident: enough to count it by place, month, or the kind of act it is gathered under."""

    id: str
    act: str
    date_from: str | None
    date_to: str | None
    places: tuple[str, ...]
    asserted: bool
    """False where nobody says that it happened."""


def outlined(axis: Axis, outlines: Sequence[Outline]) -> Pattern:
    """Count incidents along one axis (place, month or act) by what their list tells, without their claims.

    An incident has one kind of act here: the one it is gathered under. By `pattern` it may have several.
    """
    told = sorted((o for o in outlines if o.asserted and o.act not in NOT_ACTS), key=lambda o: o.id)
    columns = _columns(axis, [(one.id, _OUTLINED[axis](one)) for one in told])
    return Pattern(axis=axis, columns=columns, counted=len(told), left_out=len(outlines) - len(told))


def _told(incidents: Iterable[Incident], claims: Mapping[str, Claim]) -> list[_Told]:
    """The incidents that somebody says happened, without proceedings and statements, by id."""
    found = []
    for incident in sorted(incidents, key=lambda i: i.id):
        mine = [claims[c] for c in sorted(incident.claims) if c in claims]
        asserting = tuple(c for c in mine if c.asserts_event and c.act_type not in NOT_ACTS)
        if asserting and incident.act_type not in NOT_ACTS:
            found.append(_Told(incident, asserting, any(c.polarity is Polarity.NEGATIVE for c in mine)))
    return found


Value = tuple[str, bool, tuple[str, ...]]
"""(label, certain, ids of the claims that say so)."""


def _places(one: _Told, _names: Mapping[str, str]) -> list[Value]:
    ids = tuple(c.id for c in one.claims if c.places)
    places = tuple(dict.fromkeys(one.incident.places))  # several claims may name one place
    return [(place, len(places) == 1, ids) for place in places]


def _months(one: _Told, _names: Mapping[str, str]) -> list[Value]:
    ids = tuple(c.id for c in one.claims if c.date_from)
    return _months_of(one.incident.date_from, one.incident.date_to, ids)


def _months_of(date_from: str | None, date_to: str | None, ids: tuple[str, ...]) -> list[Value]:
    if date_from is None or date_to is None:
        return []
    first, last = (date.fromisoformat(d) for d in (date_from, date_to))
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(f"{n // 12:04d}-{n % 12 + 1:02d}", len(span) == 1, ids) for n in span] if len(span) <= WIDEST else []


def _acts(one: _Told, _names: Mapping[str, str]) -> list[Value]:
    kinds: dict[str, list[str]] = {}
    for claim in one.claims:
        kinds.setdefault(act_words(claim), []).append(claim.id)
    return [(words, len(kinds) == 1, tuple(ids)) for words, ids in kinds.items()]


def _authors(one: _Told, names: Mapping[str, str]) -> list[Value]:
    said: dict[str, list[str]] = {}
    for claim in one.claims:
        for actor in claim.actors:
            name = _name(actor, names)
            if not _nameless(name):
                said.setdefault(name, []).append(claim.id)
    return [(name, len(said) == 1 and not one.denied, tuple(dict.fromkeys(ids))) for name, ids in said.items()]


def _name(actor: Actor, names: Mapping[str, str]) -> str:
    return names.get(actor.mention or "", actor.words)


def _nameless(words: str) -> bool:
    """True for `fighters`, `masked men`: in scripts with capitals a name has one."""
    return words.islower() and not any(c.isdigit() for c in words)


def _victims(one: _Told, _names: Mapping[str, str]) -> list[Value]:
    said: dict[str, list[str]] = {}
    naming = [c for c in one.claims if c.victims]
    for claim in naming:
        for group in groups(claim):
            said.setdefault(group, []).append(claim.id)
    return [(group, len(ids) == len(naming), tuple(ids)) for group, ids in said.items()]


_READ: dict[Axis, Callable[[_Told, Mapping[str, str]], list[Value]]] = {
    Axis.PLACE: _places, Axis.MONTH: _months, Axis.ACT: _acts, Axis.AUTHOR: _authors, Axis.VICTIMS: _victims,
}  # fmt: skip


_OUTLINED: dict[Axis, Callable[[Outline], list[Value]]] = {
    Axis.PLACE: lambda one: [(place, len(one.places) == 1, ()) for place in one.places],
    Axis.MONTH: lambda one: _months_of(one.date_from, one.date_to, ()),
    Axis.ACT: lambda one: [(one.act, True, ())],
}


def _columns(axis: Axis, valued: Sequence[tuple[str, Sequence[Value]]]) -> tuple[Column, ...]:
    """Months in their order with empty ones between; else the fullest column first; the unknown last.

    `valued`: incident ids with their values.
    """
    certain: dict[str, list[str]] = {}
    possible: dict[str, list[str]] = {}
    claims: dict[str, dict[str, None]] = {}
    unknown: list[str] = []
    for one, values in valued:
        if not values:
            unknown.append(one)
        for label, sure, ids in values:
            (certain if sure else possible).setdefault(label, []).append(one)
            held = claims.setdefault(label, {})
            if ids:
                held.update(dict.fromkeys(ids))
    labels = sorted(claims, key=lambda x: (-len(certain.get(x, ())) - len(possible.get(x, ())), x))
    if axis is Axis.MONTH:
        labels = _filled(sorted(labels))
    made = [
        Column(label=label, certain=tuple(certain.get(label, ())), possible=tuple(possible.get(label, ())),
               claims=tuple(claims.get(label, ())))
        for label in labels
    ]  # fmt: skip
    if unknown:
        made.append(Column(label=UNKNOWN[axis], certain=tuple(unknown), unknown=True))
    return tuple(made)


def _filled(months: Sequence[str]) -> list[str]:
    """With the months that no incident is dated to: a gap in what was collected is to be seen."""
    if not months:
        return []
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (months[0], months[-1]))
    if last - first >= MOST_MONTHS:
        return list(months)
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1)]


# --- counts that a pattern may rest on --------------------------------------------------------------


def indicators(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], names: Mapping[str, str]
) -> tuple[Indicator, ...]:
    """Counts on places, months, groups harmed (widespread); repeated authors and like acts (systematic)."""
    made = {axis: pattern(axis, incidents, claims, names) for axis in Axis}
    found = [
        _spread(made[Axis.PLACE], "place is named", "places are named"),
        _spread(made[Axis.MONTH], "month has incidents", "months have incidents"),
        _most(made[Axis.VICTIMS], "widespread", "said to be harmed"),
        _most(made[Axis.AUTHOR], "systematic", "named as author"),
        _most(made[Axis.ACT], "systematic", "as the kind of act"),
        *_together(made[Axis.AUTHOR], made[Axis.ACT], {c: i.id for i in incidents for c in i.claims}),
    ]
    return tuple(one for one in found if one is not None)


def _spread(one: Pattern, singular: str, plural: str) -> Indicator | None:
    held = [c for c in one.columns if not c.unknown and (c.certain or c.possible)]
    if not held:
        return None
    ids = dict.fromkeys(i for c in held for i in (*c.certain, *c.possible))
    doubtful = sum(not c.certain for c in held)
    perhaps = f", {doubtful} of them only possibly" if doubtful else ""
    says = f"{len(held)} {singular if len(held) == 1 else plural} in {len(ids)} of {one.counted} incidents"
    return Indicator(
        speaks_to="widespread", count=len(held), says=says + perhaps,
        incidents=tuple(ids), claims=tuple(dict.fromkeys(x for c in held for x in c.claims)),
    )  # fmt: skip


def _most(one: Pattern, speaks_to: str, how: str) -> Indicator | None:
    """The fullest column, where at least two incidents stand in it."""
    held = [c for c in one.columns if not c.unknown]
    if not held or len(held[0].certain) + len(held[0].possible) < 2:
        return None
    top = held[0]
    number = len(top.certain) + len(top.possible)
    possible = f", {len(top.possible)} of them with other accounts" if top.possible else ""
    return Indicator(
        speaks_to=speaks_to, count=number, says=f"{top.label}: {how} in {number} of {one.counted} incidents{possible}",
        incidents=(*top.certain, *top.possible), claims=top.claims,
    )  # fmt: skip


def _together(authors: Pattern, acts: Pattern, incident_of: Mapping[str, str]) -> list[Indicator]:
    """One author named in two or more incidents of one kind of act."""
    found = []
    for who in (c for c in authors.columns if not c.unknown):
        mine = {*who.certain, *who.possible}
        for act in acts.columns:
            both = sorted(mine & {*act.certain, *act.possible})
            if len(both) > 1:
                claims = tuple(c for c in who.claims if incident_of[c] in both)
                says = f"{who.label} and {act.label.lower()}: named together in {len(both)} incidents"
                found.append(
                    Indicator(speaks_to="systematic", count=len(both), says=says, incidents=tuple(both), claims=claims)
                )
    return sorted(found, key=lambda i: (-i.count, i.says))[:10]
