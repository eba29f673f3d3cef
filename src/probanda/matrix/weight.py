"""How many origins stand behind some claims, at most, and the status in words that follows. Start with `weigh`.

There is one way of counting: accounts start where the graphs of the incidents say, and what counts is told apart by
`incidents.counting`, as for an incident or a version of it. The machine says "at most n origins, m untraced"; that
origins are independent is for a person to find.

Looks down to: matrix.situation, incidents, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from probanda.claims.model import DOC, Claim
from probanda.incidents.counting import Start, counted, one_of
from probanda.incidents.kinds import role_of, tongues
from probanda.incidents.model import Incident, Origin
from probanda.kernel.vocabulary import MentionKind, OriginKind
from probanda.matrix.model import CellStatus
from probanda.matrix.situation import CAN_ACT, Situation

MANY = 100
"""Claims from which on a count is kept for the next cell that the same claims stand behind."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """Where claims start: in the graph of their incident; those of no incident with whoever says them."""

    situation: Situation
    start_of: Mapping[str, Start]
    """Claim -> where its account starts."""
    one: Mapping[str, str]
    """Claim or item -> the account or the copies it is one of: what ties the graphs of several incidents."""
    _counted: dict[int, tuple[Sequence[Claim], tuple[int, int, bool]]] = field(default_factory=dict)

    @classmethod
    def of(cls, situation: Situation, origins: Iterable[Origin]) -> Tracing:
        """Read the graphs and the origins; a claim or item in several origins is taken to be in the one of least id."""
        one: dict[str, str] = {}
        for origin in sorted(origins, key=lambda o: o.id):
            for member in origin.claims if origin.kind is OriginKind.ACCOUNT else origin.items:
                one.setdefault(member, origin.id)
        starts = {c: s for i in situation.incidents.values() for c, s in _starts(i)}
        starts |= {c.id: _told_by(c, situation, one) for c in situation.claims.values() if c.id not in starts}
        return cls(situation, starts, one)

    def counted(self, claims: Sequence[Claim]) -> tuple[int, int, bool]:
        """At most how many origins, how many untraced accounts, and whether all is hearsay.

        The claims of a whole situation stand behind many cells as one and the same tuple: they are counted once.
        """
        known = self._counted.get(id(claims))
        if known is None or known[0] is not claims:
            found = counted(self._starts(claims))
            hearsay = bool(claims) and all(self.passed_on(c) for c in claims)
            known = (claims, (len(found.apart), len(found.untraced), hearsay))
            if len(claims) > MANY:
                self._counted[id(claims)] = known
        return known[1]

    def _starts(self, claims: Sequence[Claim]) -> list[tuple[Start, int]]:
        """The starts of these claims, each once; those of two incidents are one where the origins say so."""
        weight = Counter(self.start_of[c.id].id for c in claims)
        same = {start: start for start in weight}
        met: dict[str, tuple[str, str]] = {}
        for claim in sorted(claims, key=lambda c: c.id):
            start = self.start_of[claim.id].id
            where = next(iter(self.situation.incidents_of.get(claim.id, ())), "")
            incident, first = met.setdefault(self.one.get(claim.id, start), (where, start))
            if incident != where:
                same[_top(start, same)] = _top(first, same)
        groups: dict[str, dict[str, Start]] = {}
        for claim in claims:
            start = self.start_of[claim.id].id
            groups.setdefault(_top(start, same), {})[start] = self.start_of[claim.id]
        return [(one_of(list(group.values())), sum(weight[s] for s in group)) for group in groups.values()]

    def passed_on(self, claim: Claim) -> bool:
        """True for hearsay: a further speaker stands beside the publication, or nobody knows where it starts."""
        return len([s for s in claim.speakers if s.words != DOC]) > 1 or not self.start_of[claim.id].traced


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
        place=called.rest if called and not named else "",
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
