"""Lists and counts for pages, a page at a time: nothing here loads a whole case.

Start with `items`, `counts` and `latest`. Each page goes on where the last one ended (keyset), never by counting
rows. What is counted is what these eyes see: all of it starts from `door.seen`.

Looks down to: kernel, access. Used by: store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, func, or_, select

from probanda.access.eyes import OPEN, Eyes
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import Status
from probanda.store import ledger, second, views
from probanda.store import tables as t
from probanda.store.common import batches, compartment_names
from probanda.store.door import seen
from probanda.store.model import Decision, ItemRow
from probanda.store.projection import may_be_undone, withdrawn
from probanda.store.tallies import COUNTS, FACETS, HELD, NOT_READ, WAITS

CAPPED = 1_000
"""A count that has to look at each row stops here: more than so many."""
SHOWN = 12
"""Values shown of each facet, those of most items first."""
ORIGIN = "origin"
"""The facet of copies of one text; its values are ids of origins."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list of items."""

    items: tuple[ItemRow, ...]
    count: int
    """Items that fit; more than `CAPPED` says only that there are more."""
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    """(value, items that would fit with it and the other facets chosen), most items first."""
    first: Mapping[str, str]
    """Of each origin among the facets the number of the first of its items."""
    more: bool
    """True where a further page follows."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is in a case."""

    items: int
    unread: int
    restricted: int
    claims: Mapping[str, int]
    """Claims of acts by status."""
    incidents: int | None
    """None where nobody has gathered them yet."""
    contradictions: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    """One decision of the log, with what it is about and whether it may be undone."""

    decision: Decision
    number: str
    """Registration number of the item that it is about; empty where it is about something else."""
    undoable: bool


def items(connection: Connection, eyes: Eyes, chosen: Mapping[str, str], after: str, most: int) -> Found:
    """Items in the order of registration, narrowed by facets, from behind the item `after` (a number) on."""
    origin = chosen.get(ORIGIN, "")
    narrowed = {name: value for name, value in chosen.items() if name in FACETS}
    base = _listed(connection, eyes, narrowed)
    if origin:
        base = base.where(t.listed.c.item.in_(_of_origin(connection, eyes, origin)))
    page = base.order_by(t.listed.c.place).limit(most + 1)
    start = _place(connection, eyes, after) if after else None
    rows = connection.execute(page if start is None else page.where(t.listed.c.place > start)).all()
    numbers = [row.item for row in rows[:most]]
    digests = connection.execute(select(t.item.c.digest).where(t.item.c.n.in_(numbers))).scalars().all()
    if origin:
        count = _few(connection, base)
        facets = {name: _among_copies(connection, eyes, narrowed, name, origin) for name in FACETS}
    else:
        tallies = _Tallies(connection, eyes)
        count = sum(sums[HELD] for sums in tallies.by(t.tally.c.reading, narrowed).values())
        facets = {name: tallies.facet(name, narrowed) for name in FACETS}
    facets[ORIGIN], first = _origins(connection, eyes, origin)
    return Found(tuple(views.items(connection, eyes, digests)), count, facets, first, len(rows) > most)


def counts(connection: Connection, eyes: Eyes) -> Counts:
    """How many items, claims, incidents and contradictions these eyes see."""
    tallies = _Tallies(connection, eyes)
    by_reading, by_wall = tallies.by(t.tally.c.reading, {}), tallies.by(t.tally.c.of_item, {})
    names = compartment_names(connection)
    gathered = ledger.made(connection, ledger.CONSOLIDATION, eyes.sight) is not None
    return Counts(
        items=sum(sums[HELD] for sums in by_reading.values()),
        unread=sum(by_reading[state][HELD] for state in (WAITS, NOT_READ) if state in by_reading),
        restricted=sum(sums[HELD] for wall, sums in by_wall.items() if names[wall] != OPEN),
        claims=_as_proposed(
            connection, eyes, {name: sum(sums[name] for sums in by_reading.values()) for name in COUNTS}
        ),
        incidents=_many(connection, seen(connection, eyes, t.incident)) if gathered else None,
        contradictions=_many(
            connection, seen(connection, eyes, t.link).where(t.link.c.kind.startswith("contradicts-"))
        ) if gathered else None,
    )  # fmt: skip


def _as_proposed(connection: Connection, eyes: Eyes, claims: dict[str, int]) -> dict[str, int]:
    """The counts by status as eyes see them that are to read some of the claims blind: these count as proposed."""
    hidden = sorted(second.withheld(connection, eyes))
    for some in batches(hidden):
        query = seen(connection, eyes, t.claim).with_only_columns(t.claim.c.status)
        for status in connection.execute(query.where(t.claim.c.id.in_(some))).scalars():
            claims[status] -= 1
            claims[Status.PROPOSED.value] += 1
    return claims


def latest(connection: Connection, eyes: Eyes, before: str, most: int, by: str = "", kind: str = "") -> list[Latest]:
    """Decisions, the newest first, from the one in front of `before` (an id) on; of one user or kind where given."""
    query = seen(connection, eyes, t.decision)
    query = query.where(t.decision.c.by == by) if by else query
    query = query.where(t.decision.c.kind == kind) if kind else query
    if before:
        own = query.where(t.decision.c.id == before).with_only_columns(t.decision.c.place)
        place = connection.execute(own).scalar()
        query = query if place is None else query.where(t.decision.c.place < place)
    rows = _told(connection, eyes, query.order_by(t.decision.c.place.desc()), most)
    standing = seen(connection, eyes, t.standing).with_only_columns(t.standing.c.decision)
    live: set[str] = set()
    for some in batches([(row.subject, row.id) for row in rows]):
        subjects, of_these = {subject for subject, _ in some}, [one for _, one in some]
        fits = t.standing.c.subject.in_(sorted(subjects)), t.standing.c.decision.in_(of_these)  # found by its subject
        live.update(connection.execute(standing.where(*fits)).scalars())
    gone = _taken_back(connection, eyes, [row.id for row in rows if row.kind == "withdraw"])
    brought = views.acquisitions(connection, eyes, [row.subject for row in rows])
    found = []
    for row in rows:
        one = views.decision_of(row, row.id in live)
        stands = one.stands or (one.kind == "withdraw" and one.id not in gone)
        about = brought[one.subject]
        found.append(Latest(one, about[0].number if about else "", may_be_undone(one.kind, one.payload) and stands))
    return found


def _told(connection: Connection, eyes: Eyes, query: Select[Any], most: int) -> list[Any]:
    """The first rows of decisions, newest first, but for those on claims that these eyes are to read blind."""
    rows: list[Any] = []
    some = connection.execute(query.limit(most)).all()
    while some:
        rows += second.told_to(connection, eyes, some)
        if len(rows) >= most or len(some) < most:
            break
        some = connection.execute(query.where(t.decision.c.place < some[-1].place).limit(most)).all()
    return rows[:most]


# --- items ----------------------------------------------------------------------------------------


def _listed(connection: Connection, eyes: Eyes, chosen: Mapping[str, str]) -> Select[Any]:
    """The rows that these eyes see and that fit, one for each item."""
    query = seen(connection, eyes, t.listed)
    mine = seen(connection, eyes, t.listed).where(t.listed.c.several == 1).subquery()
    first = select(func.min(mine.c.place)).where(mine.c.item == t.listed.c.item).correlate(t.listed).scalar_subquery()
    fits = [t.listed.c[name] == value for name, value in chosen.items()]
    return query.where(or_(t.listed.c.several == 0, t.listed.c.place == first), *fits)


def _place(connection: Connection, eyes: Eyes, number: str) -> int | None:
    """Where an item stands in the list; None for one that these eyes do not see."""
    try:
        digest = views.item(connection, eyes, number).digest
    except NotFound:
        return None
    of = select(t.item.c.n).where(t.item.c.digest == digest).scalar_subquery()
    query = _listed(connection, eyes, {}).where(t.listed.c.item == of).with_only_columns(t.listed.c.place)
    return connection.execute(query).scalar()


class _Tallies:
    """What these eyes see of the counts, with the few items that stand in none."""

    def __init__(self, connection: Connection, eyes: Eyes) -> None:
        self._connection = connection
        self._seen = seen(connection, eyes, t.tally)
        apart = _listed(connection, eyes, {}).where(t.listed.c.several == 1)
        self._apart = connection.execute(apart).mappings().all()

    def facet(self, name: str, chosen: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
        """The values of a facet, narrowed by the others."""
        others = {k: v for k, v in chosen.items() if k != name}
        return _first({value: sums[HELD] for value, sums in self.by(t.tally.c[name], others).items()})

    def by(self, column: Column[Any], chosen: Mapping[str, str]) -> dict[Any, Counter[str]]:
        """Items and claims by one column, narrowed by facets."""
        told = (HELD, *COUNTS)
        query = self._seen.where(*(t.tally.c[key] == value for key, value in chosen.items())).group_by(column)
        rows = self._connection.execute(query.with_only_columns(column, *(func.sum(t.tally.c[one]) for one in told)))
        found = {row[0]: Counter(dict(zip(told, row[1:], strict=True))) for row in rows}
        for one in self._apart:
            if all(one[key] == value for key, value in chosen.items()):
                sums = found.setdefault(one[column.name], Counter())
                sums.update({HELD: 1, **{name: one[name] for name in COUNTS}})
        return found


def _first(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((value, count) for value, count in ordered if value and count)[:SHOWN]


# --- copies of one text ---------------------------------------------------------------------------


def _members(connection: Connection, eyes: Eyes) -> Select[Any]:
    return seen(connection, eyes, t.membership).where(t.membership.c.kind == "item-in-origin")


def _of_origin(connection: Connection, eyes: Eyes, origin: str) -> Select[Any]:
    """Numbers of the items whose texts are copies of one."""
    digests = _members(connection, eyes).where(t.membership.c.grp == origin).with_only_columns(t.membership.c.node)
    return select(t.item.c.n).where(t.item.c.digest.in_(digests))


def _origins(connection: Connection, eyes: Eyes, chosen: str) -> tuple[tuple[tuple[str, int], ...], Mapping[str, str]]:
    """The largest groups of copies, the one chosen among them, and the number of the first item of each.

    Counted are the items that these eyes see now.
    """
    grp = t.membership.c.grp
    largest = _members(connection, eyes).group_by(grp).order_by(func.count().desc(), grp).limit(SHOWN)
    ids = [*connection.execute(largest.with_only_columns(grp)).scalars(), *([chosen] if chosen else [])]
    members = _members(connection, eyes).where(grp.in_(ids)).subquery()
    held = (
        _listed(connection, eyes, {})
        .join(t.item, t.item.c.n == t.listed.c.item)
        .join(members, members.c.node == t.item.c.digest)
        .group_by(members.c.grp)
        .with_only_columns(members.c.grp, func.count(), func.min(t.listed.c.place))
    )
    rows = connection.execute(held).all()
    numbered = seen(connection, eyes, t.acquisition).where(t.acquisition.c.place.in_([row[2] for row in rows]))
    numbers = {row.place: row.number for row in connection.execute(numbered)}
    return _first({row[0]: row[1] for row in rows}), {row[0]: numbers.get(row[2], "") for row in rows}


def _among_copies(
    connection: Connection, eyes: Eyes, chosen: Mapping[str, str], name: str, origin: str
) -> tuple[tuple[str, int], ...]:
    """The values of a facet among the copies of one text, which no tally counts; of the first `CAPPED` of them."""
    others = {k: v for k, v in chosen.items() if k != name}
    of_origin = t.listed.c.item.in_(_of_origin(connection, eyes, origin))
    rows = _listed(connection, eyes, others).where(of_origin).with_only_columns(t.listed.c[name]).limit(CAPPED)
    return _first(Counter(connection.execute(rows).scalars()))


def _few(connection: Connection, query: Select[Any]) -> int:
    """How many rows, or one more than `CAPPED`."""
    return _many(connection, query.limit(CAPPED + 1))


def _many(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


# --- the log --------------------------------------------------------------------------------------


def _taken_back(connection: Connection, eyes: Eyes, ids: Sequence[str]) -> set[str]:
    """Of these withdrawals, those that were withdrawn themselves."""
    query = seen(connection, eyes, t.decision).with_only_columns(t.decision.c.id, t.decision.c.subject)
    pairs: dict[str, str] = {}
    asked = set(ids)
    while asked:
        rows = [row for batch in batches(sorted(asked)) for row in connection.execute(
            query.where(t.decision.c.subject.in_(batch), t.decision.c.kind == "withdraw")
        )]  # fmt: skip
        asked = {row.id for row in rows} - pairs.keys()
        pairs |= {row.id: row.subject for row in rows}
    return withdrawn(pairs.items())
