"""How many origins stand behind some claims, at most, and the status in words that follows. Start with `weigh`.

There is one way of counting: accounts start where the graphs of the incidents say, and what counts is told apart by
`incidents.counting`, as for an incident or a version of it. The machine says "at most n origins, m untraced"; that
origins are independent is for a person to find.

Looks down to: matrix.situation, incidents, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, is_

from probanda.claims.model import DOC, Claim
from probanda.incidents.counting import Start, counted, one_of
from probanda.incidents.kinds import role_of, tongues
from probanda.incidents.model import Incident, Origin
from probanda.kernel.vocabulary import MentionKind, OriginKind
from probanda.matrix.model import CellStatus
from probanda.matrix.situation import CAN_ACT, Situation

MOST_COUNTS = 5000
"""Counts kept for the next layout, beyond which they are all made anew."""
_ID = attrgetter("id")
Told = tuple[str, str, str, bool, int]
"""Of a claim: where its account starts; the account or copies it is one of, else the same; its first incident; whether
it is hearsay; the number of the start as it is told here."""


class Tracing:
    """Where claims start: in the graph of their incident; those of no incident with whoever says them."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._origins: tuple[Origin, ...] = ()
        self._one: dict[str, str] = {}
        """Claim or item -> the account or the copies it is one of: what ties the graphs of several incidents."""
        self._starts_met: list[Start] = []
        """By number; the same start may be told in several ways."""
        self._number: dict[Start, int] = {}
        self._told: dict[str, Told] = {}
        self._counted: dict[tuple[str, ...], tuple[int, int, bool]] = {}
        self._same_tuple: dict[int, tuple[Sequence[Claim], tuple[int, int, bool]]] = {}

    @classmethod
    def of(cls, situation: Situation, origins: Sequence[Origin]) -> Tracing:
        """Where all claims of a situation start."""
        made = cls(situation)
        made.change(situation.claims.keys(), origins)
        return made

    def change(self, claims: Iterable[str], origins: Sequence[Origin]) -> set[str]:
        """Trace these claims anew, and those whose origins are others now; the ids of all that now start otherwise."""
        asked = set(claims) | self._of_other_origins(origins)
        graphs = {i for c in asked for i in self._situation.incidents_of.get(c, ())}
        starts = {c: s for i in sorted(graphs) for c, s in _starts(self._situation.incidents[i])}
        other = set()
        for claim in sorted(asked):
            before = self._told.pop(claim, None)
            if claim in self._situation.claims:
                self._told[claim] = self._tell(self._situation.claims[claim], starts.get(claim))
            if self._told.get(claim) != before:
                other.add(claim)
        self._same_tuple.clear()
        kept = {ids: n for ids, n in self._counted.items() if other.isdisjoint(ids)}
        self._counted = kept if len(kept) < MOST_COUNTS else {}
        return other

    def _of_other_origins(self, origins: Sequence[Origin]) -> set[str]:
        """Ids of claims that are one with others than before; a claim or item in several origins is in the least."""
        if len(origins) == len(self._origins) and all(map(is_, origins, self._origins)):
            return set()
        one: dict[str, str] = {}
        for origin in sorted(origins, key=lambda o: o.id):
            for member in origin.claims if origin.kind is OriginKind.ACCOUNT else origin.items:
                one.setdefault(member, origin.id)
        moved = {m for m in one.keys() | self._one.keys() if one.get(m) != self._one.get(m)}
        self._origins, self._one = tuple(origins), one
        return {c.id for m in moved for c in self._situation.by_item.get(m)} | (moved & self._situation.claims.keys())

    def _tell(self, claim: Claim, start: Start | None) -> Told:
        where = next(iter(self._situation.incidents_of.get(claim.id, ())), "")
        start = start or _told_by(claim, self._situation, self._one)
        number = self._number.setdefault(start, len(self._starts_met))
        if number == len(self._starts_met):
            self._starts_met.append(start)
        passed_on = len([s for s in claim.speakers if s.words != DOC]) > 1 or not start.traced
        return start.id, self._one.get(claim.id, start.id), where, passed_on, number

    def counted(self, claims: Sequence[Claim]) -> tuple[int, int, bool]:
        """At most how many origins, how many untraced accounts, and whether all is hearsay; claims in order of id.

        The same claims stand behind many cells: they are counted once.
        """
        known = self._same_tuple.get(id(claims))
        if known is None or known[0] is not claims:
            known = self._same_tuple[id(claims)] = (claims, self._count(tuple(map(_ID, claims))))
        return known[1]

    def starts(self, claims: Sequence[Claim]) -> tuple[tuple[str, str], ...]:
        """(claim, where its account starts) in the order given: claims with one start are counted as one."""
        told = {c.id: self._told[c.id] for c in claims}
        same = self._ones(told.values())
        return tuple((id_, _top(start, same)) for id_, (start, *_) in told.items())

    def _count(self, ids: tuple[str, ...]) -> tuple[int, int, bool]:
        if ids not in self._counted:
            told = Counter(map(self._told.__getitem__, ids))
            found = counted(self._starts(told))
            self._counted[ids] = (len(found.apart), len(found.untraced), bool(ids) and all(t[3] for t in told))
        return self._counted[ids]

    def _starts(self, told: Counter[Told]) -> list[tuple[Start, int]]:
        """The starts of some claims, each once; those of two incidents are one where the origins say so.

        `told` stands in the order of the claims' ids; a start met in two incidents has the items of both.
        """
        weight: Counter[str] = Counter()
        for (start, *_), times in told.items():
            weight[start] += times
        same = self._ones(told)
        groups: dict[str, dict[int, Start]] = {}
        for start, _, _, _, number in told:
            top = start if same[start] == start else _top(start, same)
            groups.setdefault(top, {})[number] = self._starts_met[number]
        return [_as_one(list(group.values()), weight) for group in groups.values()]

    @staticmethod
    def _ones(told: Iterable[Told]) -> dict[str, str]:
        """Each start with the one it is one with: two of two incidents are, where the origins say so."""
        met: dict[str, tuple[str, str]] = {}
        same: dict[str, str] = {}
        for start, one, where, _, _ in told:
            same.setdefault(start, start)
            incident, first = met.setdefault(one, (where, start))
            if incident != where:
                same[_top(start, same)] = _top(first, same)
        return same


def _as_one(starts: Sequence[Start], weight: Mapping[str, int]) -> tuple[Start, int]:
    """Several starts that are one, with how many claims go back to them."""
    if len(starts) == 1:
        return starts[0], weight[starts[0].id]
    return one_of(starts), sum(weight[s] for s in {start.id for start in starts})


def _top(start: str, same: Mapping[str, str]) -> str:
    while same[start] != start:
        start = same[start]
    return start


def _starts(incident: Incident) -> Iterator[tuple[str, Start]]:
    """Each claim of an incident with the start of the account that tells it."""
    start_of = {a.id: a.start for a in incident.accounts}
    for account in incident.accounts:
        start = start_of.get(account.origin)
        if account.item is not None and start is not None:
            yield from ((claim, start) for claim in account.claims)


def _told_by(claim: Claim, situation: Situation, one: Mapping[str, str]) -> Start:
    """The start of a claim of no incident: a person, unit, body or State with a name who says it, or an original.

    Else nobody is known to start it. Speakers without a name whom a named one passes on are told apart by their words.
    """
    inner, called = claim.innermost, role_of(claim.innermost.words)
    groups = [situation.who(s) for s in reversed(claim.speakers) if s.words != DOC]
    group = next((g for g in groups if g is not None and g.kind in CAN_ACT), None)
    named = group is not None and group is groups[0]
    key = f"role:{called.role.id}:{called.rest}" if called else inner.words.casefold()
    scope = group.id if group is not None else one.get(claim.item, claim.item)
    told = repr(("told", group.id if named and group is not None else f"{scope} {key}"))
    cited = claim.cited if group is None else None
    carrier = called is not None and called.role.who == "carrier"
    return Start(
        id=one.get(claim.id, told),
        traced=group is not None or cited is not None,
        hearsay=carrier,
        carrier=carrier,
        who=group.id if named and group is not None else "",
        named=named,
        tongues=tongues(inner.words) if named else "",
        person=inner.words if named and group is not None and group.kind is MentionKind.PERSON else "",
        own_voice=inner.words == DOC and cited is None,
        original=cited.kind if cited is not None else "",
        whose=cited is None or cited.of is not None,
        role=called.role.id if called else "",
        place=called.place if called and not named else "",
        several=called is not None and called.several,
        items=(claim.item,),
    )


@dataclass(frozen=True, slots=True)
class Weight:
    """What stands behind the supporting claims of a cell."""

    status: CellStatus
    origins: int
    """At most this many traced origins."""
    untraced: int
    """Accounts that could not be traced; one told in several copies of a text is one."""
    hearsay: bool
    """True when every supporting claim is passed on or untraced."""


def weigh(supporting: Sequence[Claim], against: Sequence[Claim], tracing: Tracing) -> Weight:
    """The status of a cell. Nothing that speaks against is ever outweighed: one claim against is a contradiction."""
    origins, untraced, hearsay = tracing.counted(supporting)
    if not supporting:
        status = CellStatus.UNSUPPORTED
    elif against:
        status = CellStatus.CONTRADICTED
    elif origins == 1:  # untraced accounts beside it may be its echoes
        status = CellStatus.ONE_ORIGIN
    else:
        status = CellStatus.HEARSAY if hearsay else CellStatus.MIXED
    return Weight(status, origins, untraced, hearsay)
