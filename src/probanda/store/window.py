"""A stretch of one text with its claims: what a page shows of an item, whatever the length of the whole.

Start with `cuts` (where the pages of a text begin), then `within`. Places of claims are told without their bodies.

Looks down to: access, reading, claims, kernel. Used by: web (reader), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, or_, tuple_

from probanda.access.eyes import Eyes
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family, PassageRole, Status
from probanda.reading.model import Passage
from probanda.store import second
from probanda.store import tables as t
from probanda.store.codec import formed, from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.views import number_of

c = t.claim.c
_ORDER = (c.start, c.end, c.id)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a text; offsets in code points of the whole text."""

    start: int
    end: int
    earlier: bool
    """True where text stands before it."""
    later: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Where a claim stands among those of its item, in the order of the text."""

    number: int
    """From 1."""
    previous: str
    following: str


def stretch(connection: Connection, eyes: Eyes, item: str, at: int, most: int) -> Stretch:
    """The page that `at` lies in, of pages of whole passages with at most `most` code points where one alone has no
    more."""
    p = t.passage.c
    query = seen(connection, eyes, t.passage).where(p.item == number_of(connection, eyes, item))
    first = start = end = None
    later = False
    for begins, ends in connection.execute(query.with_only_columns(p.start, p.end).order_by(p.start, p.n)):
        first = begins if first is None else first
        if start is not None and ends - start > most:
            # What lies between two pages belongs to the later one, so that a page's end leads on.
            if end is not None and at < end:
                later = True
                break
            start = None
        start, end = begins if start is None else start, ends
    return Stretch(start or 0, end or 0, start != first, later)


def passages(connection: Connection, eyes: Eyes, item: str, start: int, end: int) -> list[Passage]:
    """The passages that begin in a stretch, with offsets in the whole text."""
    p = t.passage.c
    query = seen(connection, eyes, t.passage).where(p.item == number_of(connection, eyes, item))
    rows = connection.execute(query.where(p.start >= start, p.start < end).order_by(p.start, p.n))
    return [Passage(row.start, row.end, PassageRole(row.role), row.paragraph, row.reason) for row in rows]


def counts(connection: Connection, eyes: Eyes, item: str) -> tuple[int, int]:
    """How many claims of acts an item has, and how many of them wait."""
    waits = func.sum(case((c.status == Status.PROPOSED.value, 1), else_=0))
    told = _acts(connection, eyes, item).with_only_columns(func.count(), func.coalesce(waits, 0))
    every, waiting = connection.execute(told).one()
    return int(every), int(waiting) + len(second.withheld(connection, eyes, item=item))


def within(connection: Connection, eyes: Eyes, item: str, start: int, end: int) -> list[tuple[int, Claim]]:
    """The claims of acts that reach into a stretch, each with its number in the item, in the order of the text."""
    query = _acts(connection, eyes, item).where(c.start < end).with_only_columns(c.id, c.end).order_by(*_ORDER)
    numbers = {id_: n for n, (id_, ends) in enumerate(connection.execute(query), 1) if ends > start}
    return [(numbers[one.id], one) for one in _claims(connection, eyes, numbers)]


def around(connection: Connection, eyes: Eyes, claim: Claim) -> Around:
    """The number of a claim in its item, and the claims before and after it."""
    acts = _acts(connection, eyes, claim.item)
    before = or_(
        c.start < claim.start,
        and_(c.start == claim.start, c.end < claim.end),
        and_(c.start == claim.start, c.end == claim.end, c.id < claim.id),
    )
    after = or_(
        c.start > claim.start,
        and_(c.start == claim.start, c.end > claim.end),
        and_(c.start == claim.start, c.end == claim.end, c.id > claim.id),
    )
    passed = connection.execute(acts.where(before).with_only_columns(func.count())).scalar_one()
    last = acts.where(before).with_only_columns(c.id).order_by(*(one.desc() for one in _ORDER)).limit(1)
    first = acts.where(after).with_only_columns(c.id).order_by(*_ORDER).limit(1)
    found = (connection.execute(query).scalar() for query in (last, first))
    previous, following = (str(one) if one else "" for one in found)
    return Around(int(passed) + 1, previous, following)


def first_from(connection: Connection, eyes: Eyes, item: str, start: int) -> str | None:
    """The first claim from an offset on that waits; else the first from there on; None where there is none."""
    after = _acts(connection, eyes, item).where(c.start >= start).with_only_columns(c.id).order_by(*_ORDER).limit(1)
    blind = sorted(second.withheld(connection, eyes, item=item))
    for query in (after.where(or_(c.status == Status.PROPOSED.value, c.id.in_(blind))), after):
        found = connection.execute(query).scalar()
        if found is not None:
            return str(found)
    return None


def following(connection: Connection, eyes: Eyes, item: str, after: str, most: int) -> list[Claim]:
    """The first claims of acts of an item behind the claim `after` (an id) in the order of the text; without one, from
    the beginning."""
    acts = _acts(connection, eyes, item)
    if after:
        place = connection.execute(acts.where(c.id == after).with_only_columns(*_ORDER)).first()
        acts = acts if place is None else acts.where(tuple_(*_ORDER) > tuple_(*place))
    return _claims(
        connection, eyes, connection.execute(acts.with_only_columns(c.id).order_by(*_ORDER).limit(most)).scalars()
    )


def _acts(connection: Connection, eyes: Eyes, item: str) -> Select[Any]:
    """The claims of acts of one item. The family is told by what it is not: so the index of places is taken, and none
    that begins with the family."""
    here = c.item == number_of(connection, eyes, item), c.family != Family.TIE.value
    return seen(connection, eyes, t.claim).where(*here)


def _claims(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[Claim]:
    wanted = list(ids)
    found: dict[str, Claim] = {}
    blind = second.withheld(connection, eyes, claims=wanted)
    for batch in batches(wanted):
        rows = connection.execute(
            seen(connection, eyes, t.claim).where(c.id.in_(batch)).with_only_columns(c.id, c.body)
        )
        found |= {row.id: formed(Claim, from_json(second.told(row, blind))) for row in rows}
    return [found[id_] for id_ in wanted if id_ in found]
