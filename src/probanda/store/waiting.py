"""Claims of acts that wait for a person, by what bears on them: small questions that an index answers each.

Start with `facts`, then `first`, which gives the claims of one tier in the order of the texts. Which tier comes when is
`casework.queue`'s; here stands only how each is found.

Looks down to: access, kernel. Used by: casework (queue), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal_column, or_, select

from probanda.access.eyes import Eyes
from probanda.kernel.vocabulary import Family, Modality, Polarity, Status
from probanda.store import second
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import batches
from probanda.store.door import seen, visible

c, b = t.claim.c, t.bearing.c
_OPEN = (c.family == Family.ACT.value, c.status == Status.PROPOSED.value)
_DENIED = (c.family != Family.TIE.value,)
"""Told by what it is not: so the index of denials is taken, and none that begins with the family."""
_DENIES: ColumnElement[bool] = literal_column(t.DENIES)
_DENIES_NOT: ColumnElement[bool] = literal_column(f"NOT ({t.DENIES})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What bears on one claim."""

    claim: str
    against: int
    """Cells of the matrix that it speaks against."""
    supporting: int
    opposed: bool
    """It contradicts another claim."""
    denies: bool


def heavy(
    connection: Connection, eyes: Eyes, limit: int | None, item: int | None = None, *, against: bool
) -> list[Facts]:
    """Waiting claims that cells rest on, of one side, those with most cells first, then in the order of the texts."""
    weight = b.against if against else b.supporting
    query = _with_bearing(connection, eyes, item)
    if not against:
        query = query.where(b.against == 0, b.opposed == 0, _DENIES_NOT)
    blind = [
        one
        for one in _withheld(connection, eyes, item)
        if (one.against if against else one.supporting and not (one.against or one.opposed or one.denies))
    ]
    if limit is None:
        every = _facts(connection, query.where(weight > 0).order_by(weight.desc(), b.item, b.start, b.claim))
        return _merged(connection, [*every, *blind], limit, against=against) if blind else every
    found: list[Facts] = []
    at = _heaviest(connection, query, weight, None)
    while at is not None and len(found) < limit:
        same = query.where(weight == at).order_by(b.item, b.start, b.claim).limit(limit - len(found))
        found += _facts(connection, same)
        at = _heaviest(connection, query, weight, at)
    return _merged(connection, [*found, *blind], limit, against=against) if blind else found


def _heaviest(connection: Connection, query: Select[Any], weight: Any, below: int | None) -> int | None:
    """The next lower weight that a waiting claim has: the index is asked for its end."""
    ahead = query.where(weight > 0).with_only_columns(weight).order_by(weight.desc()).limit(1)
    found = connection.execute(ahead if below is None else ahead.where(weight < below)).scalar()
    return None if found is None else int(found)


def disputed(connection: Connection, eyes: Eyes, limit: int | None, item: int | None = None) -> list[Facts]:
    """Waiting claims that contradict another or deny, and that no cell counts against an element, in the order of the
    texts."""
    opposed = _with_bearing(connection, eyes, item).where(b.opposed == 1, b.against == 0)
    opposed = opposed.order_by(b.item, b.start, b.claim)
    denying = seen(connection, eyes, t.claim).where(_DENIES, *_DENIED, c.status == Status.PROPOSED.value, *_of(item))
    denying = denying.where(~_bears(eyes, or_(b.against > 0, b.opposed == 1))).order_by(c.item, c.start, c.id)
    found = [*_facts(connection, opposed.limit(limit)), *_plain(connection, denying.limit(limit), denies=True)]
    found += [one for one in _withheld(connection, eyes, item) if not one.against and (one.opposed or one.denies)]
    return _merged(connection, found, limit)


def others(connection: Connection, eyes: Eyes, limit: int | None, item: int | None = None) -> list[Facts]:
    """Waiting claims that nothing bears on, in the order of the texts."""
    nothing = ~_bears(eyes, or_(b.against > 0, b.opposed == 1, b.supporting > 0))
    query = _open(connection, eyes, item).where(_DENIES_NOT, nothing)
    found = _plain(connection, query.order_by(c.item, c.start, c.id).limit(limit))
    blind = [
        one
        for one in _withheld(connection, eyes, item)
        if not (one.against or one.opposed or one.denies or one.supporting)
    ]
    return _merged(connection, [*found, *blind], limit) if blind else found


def settled(connection: Connection, eyes: Eyes, item: int | None = None) -> tuple[int, int]:
    """How many claims of acts were settled of the side that speaks against, and how many of the other."""
    closed = seen(connection, eyes, t.claim).where(
        c.status.in_([s.value for s in Status if s is not Status.PROPOSED]), *_of(item)
    )
    every = closed.where(c.family == Family.ACT.value)
    total = connection.execute(every.with_only_columns(func.count())).scalar_one()
    counts = or_(b.against > 0, b.opposed == 1)
    bearing = (
        seen(connection, eyes, t.bearing)
        .with_only_columns(func.count())
        .join(t.claim, c.id == b.claim)
        .where(b.state == t.SETTLED, counts, c.compartment.in_(sorted(visible(connection, eyes))), *_of(item))
    )
    denying = closed.with_only_columns(func.count()).where(_DENIES, *_DENIED, ~_bears(eyes, counts))
    one = int(connection.execute(bearing).scalar_one()) + int(connection.execute(denying).scalar_one())
    other = int(total) - one
    blind = _bearing_on(connection, eyes, second.withheld(connection, eyes, item=_digest(connection, item)))
    against = sum(bool(told.against or told.opposed or told.denies) for told in blind)
    return one - against, other - (len(blind) - against)


def facts(connection: Connection, eyes: Eyes, claims: Iterable[str]) -> list[Facts]:
    """What bears on these claims; those that these eyes are to read blind as the machine proposes them."""
    ids = sorted(set(claims))
    return _as_proposed(_bearing_on(connection, eyes, ids), second.withheld(connection, eyes, claims=ids))


def _bearing_on(connection: Connection, eyes: Eyes, claims: Iterable[str]) -> list[Facts]:
    found: list[Facts] = []
    for batch in batches(sorted(set(claims))):
        query = seen(connection, eyes, t.claim).where(c.id.in_(batch))
        query = query.outerjoin(t.bearing, and_(b.claim == c.id, b.sight == eyes.sight))
        told: list[Any] = [func.coalesce(one, 0) for one in (b.against, b.supporting, b.opposed)]
        found += _told(connection.execute(query.with_only_columns(c.id, *told, case((_DENIES, 1), else_=0))))
    return found


def _withheld(connection: Connection, eyes: Eyes, item: int | None) -> list[Facts]:
    """What bears on the claims that these eyes are to read blind, which wait for them as any other."""
    hidden = second.withheld(connection, eyes, item=_digest(connection, item))
    return _as_proposed(_bearing_on(connection, eyes, hidden), hidden)


def _as_proposed(found: Iterable[Facts], hidden: Mapping[str, second.Waiting]) -> list[Facts]:
    """The same, with whether they deny as the machine proposed, not as the first reader made it."""
    return [
        replace(one, denies=_proposed_to_deny(hidden[one.claim].proposal)) if one.claim in hidden else one
        for one in found
    ]


def _proposed_to_deny(proposal: str) -> bool:
    told = from_json(proposal)
    return bool(told["polarity"] == Polarity.NEGATIVE.value or told["modality"] == Modality.DENIED.value)


def _digest(connection: Connection, item: int | None) -> str | None:
    if item is None:
        return None
    return str(connection.execute(select(t.item.c.digest).where(t.item.c.n == item)).scalar_one())


def number(connection: Connection, eyes: Eyes, digest: str) -> int | None:
    """The row of an item, for the questions above; None for one that is not seen."""
    query = seen(connection, eyes, t.item).where(t.item.c.digest == digest).with_only_columns(t.item.c.n)
    return connection.execute(query).scalar()


def _open(connection: Connection, eyes: Eyes, item: int | None) -> Select[Any]:
    return seen(connection, eyes, t.claim).where(*_OPEN, *_of(item))


def _of(item: int | None) -> tuple[Any, ...]:
    return () if item is None else (c.item == item,)


def _with_bearing(connection: Connection, eyes: Eyes, item: int | None) -> Select[Any]:
    """Waiting claims on which something bears: the index of what bears leads, the claim itself is looked up."""
    return (
        seen(connection, eyes, t.bearing)
        .join(t.claim, c.id == b.claim)
        .where(b.state == t.WAITS, *_OPEN, c.compartment.in_(sorted(visible(connection, eyes))), *_of(item))
    )


def _bears(eyes: Eyes, how: Any) -> Any:
    return exists().where(b.sight == eyes.sight, b.claim == c.id, how).correlate(t.claim)


def _facts(connection: Connection, query: Select[Any]) -> list[Facts]:
    told = query.with_only_columns(b.claim, b.against, b.supporting, b.opposed, case((_DENIES, 1), else_=0))
    return _told(connection.execute(told))


def _told(rows: Iterable[Any]) -> list[Facts]:
    return [Facts(row[0], row[1], row[2], bool(row[3]), bool(row[4])) for row in rows]


def _plain(connection: Connection, query: Select[Any], *, denies: bool = False) -> list[Facts]:
    return [Facts(id_, 0, 0, False, denies) for id_ in connection.execute(query.with_only_columns(c.id)).scalars()]


def _merged(
    connection: Connection, found: Sequence[Facts], limit: int | None, *, against: bool | None = None
) -> list[Facts]:
    """Both kinds in the order of the texts; where a side is told, first by how many of its cells rest on them."""
    places: dict[str, tuple[int, int]] = {}
    for batch in batches([f.claim for f in found]):
        rows = connection.execute(select(c.id, c.item, c.start).where(c.id.in_(batch)))
        places |= {row.id: (row.item, row.start) for row in rows}

    def weight(one: Facts) -> int:
        return 0 if against is None else -(one.against if against else one.supporting)

    ordered = sorted(found, key=lambda f: (weight(f), *places[f.claim], f.claim))
    return ordered if limit is None else ordered[:limit]
