"""Lists of actors and incidents page by page, and one of them by what belongs to it alone.

Start with `page` (a list from a place on) and `most` (a count that stops). One actor or incident is found by the
indexes of memberships, claims and links: its cost is its own, and each answer has a limit.

Looks down to: access, names, actors, claims, incidents. Used by: web, casework (profile, sorting), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim, Mention
from probanda.incidents.model import Contradiction, Incident
from probanda.kernel.vocabulary import ContradictionKind, MentionKind, Status
from probanda.names.folding import fold
from probanda.store import ahead, derived, ledger, second
from probanda.store import tables as t
from probanda.store.ahead import ACTORS, OPPOSING
from probanda.store.codec import formed, from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.engines import sqlite as engine
from probanda.store.model import Decision
from probanda.store.views import Marks, decision_of

MENTION_IN_ACTOR, CLAIM_IN_INCIDENT = "mention-in-actor", "claim-in-incident"
SHORTEST_ID = 6
_LAST = "\U0010ffff"
line = t.line.c


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `told` is what `ahead.lines` wrote of it."""

    id: str
    kind: str
    told: dict[str, Any]


# --- lists ----------------------------------------------------------------------------------------


def worked_out(connection: Connection, eyes: Eyes) -> bool:
    """True where names were linked and incidents gathered for these eyes."""
    return ledger.made(connection, ledger.CONSOLIDATION, eyes.sight) is not None


def page(
    connection: Connection, eyes: Eyes, of: str, limit: int, after: str = "", kind: str = "", letters: str = ""
) -> list[Line]:
    """The lines of a list (ACTORS or INCIDENTS) in its order: of this kind, with these letters in a form of the name,
    behind the one with the id `after`."""
    query = _lines(connection, eyes, of, kind, letters)
    if after:
        place = connection.execute(_lines(connection, eyes, of).where(line.id == after).with_only_columns(line.place))
        at = place.scalar()
        if at is not None:
            query = query.where(or_(line.place > at, and_(line.place == at, line.id > after)))
    rows = connection.execute(query.order_by(line.place, line.id).limit(limit))
    return [_line(row) for row in rows]


def most(connection: Connection, eyes: Eyes, of: str, cap: int, kind: str = "", letters: str = "") -> int:
    """How many lines there are, as far as `cap`: whoever gets `cap` knows that there are so many at least."""
    here = _lines(connection, eyes, of, kind, letters).with_only_columns(line.id).limit(cap).subquery()
    return int(connection.execute(select(func.count()).select_from(here)).scalar_one())


def kinds(connection: Connection, eyes: Eyes, of: str, cap: int, letters: str = "") -> dict[str, int]:
    """The kinds that a list has, each with how many as far as `cap`."""
    every = [kind.value for kind in MentionKind] if of == ACTORS else []
    counted = {kind: most(connection, eyes, of, cap, kind, letters) for kind in sorted(every)}
    return {kind: n for kind, n in counted.items() if n}


def claims_at_least(connection: Connection, eyes: Eyes, cap: int) -> int:
    """How many claims there are, as far as `cap`."""
    here = seen(connection, eyes, t.claim).with_only_columns(t.claim.c.n).limit(cap).subquery()
    return int(connection.execute(select(func.count()).select_from(here)).scalar_one())


def by_id(connection: Connection, eyes: Eyes, of: str, ids: Iterable[str]) -> list[Line]:
    """The lines of these, in the order of the list."""
    rows: list[Row[Any]] = []
    for batch in batches(sorted(set(ids))):
        rows += connection.execute(_lines(connection, eyes, of).where(line.id.in_(batch))).all()
    return [_line(row) for row in sorted(rows, key=lambda row: (row.place, row.id))]


def _lines(connection: Connection, eyes: Eyes, of: str, kind: str = "", letters: str = "") -> Select[Any]:
    query = seen(connection, eyes, t.line).where(line.list == of)
    if kind:
        query = query.where(line.kind == kind)
    wanted = fold(letters)
    return query.where(func.instr(line.forms, wanted) > 0) if wanted else query


def _line(row: Row[Any]) -> Line:
    return Line(row.id, row.kind, from_json(row.told))


def numbers(connection: Connection, eyes: Eyes, items: Iterable[str]) -> dict[str, str]:
    """The registration number of each of these items that is seen."""
    taken = t.acquisition.c
    rows: dict[str, Row[Any]] = {}
    for batch in batches(sorted(set(items))):
        query = seen(connection, eyes, t.acquisition).where(taken.item.in_(batch)).order_by(taken.place)
        for row in connection.execute(query):
            rows.setdefault(row.item, row)
    marks = Marks(connection, eyes, [str(row.number) for row in rows.values()])
    return {item: marks.shown(row) for item, row in rows.items()}


# --- one actor ------------------------------------------------------------------------------------


def named(connection: Connection, eyes: Eyes, name: str) -> list[str]:
    """Ids of the actors that a name leads to: their id or its first letters, a mention, or a form of the name."""
    found: set[str] = set()
    ids = seen(connection, eyes, t.line).where(line.list == ACTORS).with_only_columns(line.id)
    if len(name) >= SHORTEST_ID:
        found.update(connection.execute(ids.where(line.id >= name, line.id < name + _LAST)).scalars())
    found.update(holding(connection, eyes, MENTION_IN_ACTOR, [name]))
    same = seen(connection, eyes, t.form).where(t.form.c.form == fold(name)).with_only_columns(t.form.c.actor)
    found.update(connection.execute(same).scalars())
    return sorted(found)


def actors(connection: Connection, eyes: Eyes, ids: Iterable[str], *, members: bool = True) -> list[ActorGroup]:
    """These actors, by id; without their `members`, where there may be very many."""
    body = t.actor.c.body if members else engine.without(t.actor.c.body, "members")
    found: list[ActorGroup] = []
    for batch in batches(sorted(set(ids))):
        query = seen(connection, eyes, t.actor).where(t.actor.c.id.in_(batch)).order_by(t.actor.c.id)
        rows = connection.execute(query.with_only_columns(body)).scalars()
        found += [formed(ActorGroup, {"members": [], **from_json(row)}) for row in rows]
    return found


def mentions(connection: Connection, eyes: Eyes, actor: str, limit: int | None = None) -> list[tuple[Mention, str]]:
    """The mentions of an actor, each with why it is here; the first so many of them."""
    m = t.mention.c
    query = (
        seen(connection, eyes, t.mention)
        .add_columns(t.item.c.digest, t.membership.c.reason.label("why"))
        .join(t.membership, t.membership.c.node == m.id)
        .join(t.item, t.item.c.n == m.item)
        .where(*_of_group(eyes, MENTION_IN_ACTOR, actor))
        .order_by(t.membership.c.node)
        .limit(limit)
    )
    return [(_mention(row), row.why) for row in connection.execute(query)]


def written(connection: Connection, eyes: Eyes, actor: str) -> list[tuple[str, str | None]]:
    """The words, with their title, in which an actor is mentioned, each once."""
    m = t.mention.c
    query = seen(connection, eyes, t.mention).join(t.membership, t.membership.c.node == m.id)
    told = query.where(*_of_group(eyes, MENTION_IN_ACTOR, actor)).with_only_columns(m.words, m.title).distinct()
    return [(row.words, row.title) for row in connection.execute(told.order_by(m.words, m.title))]


def first_written(connection: Connection, eyes: Eyes, actor: str, words: Iterable[str]) -> str | None:
    """The least id of an actor's mentions in any of these words; None where it has none."""
    m = t.mention.c
    query = seen(connection, eyes, t.mention).join(t.membership, t.membership.c.node == m.id)
    least = query.where(*_of_group(eyes, MENTION_IN_ACTOR, actor)).with_only_columns(func.min(m.id))
    found = [connection.execute(least.where(m.words.in_(batch))).scalar() for batch in batches(sorted(set(words)))]
    return min((str(one) for one in found if one is not None), default=None)


def naming_both(connection: Connection, eyes: Eyes, left: str, right: str, limit: int) -> list[str]:
    """Digests of items in which both actors are mentioned; the first so many that were taken in."""
    m = t.mention.c
    items = [
        seen(connection, eyes, t.mention)
        .join(t.membership, t.membership.c.node == m.id)
        .where(*_of_group(eyes, MENTION_IN_ACTOR, actor))
        .with_only_columns(m.item)
        for actor in (left, right)
    ]
    both = select(t.item.c.digest).where(*(t.item.c.n.in_(one) for one in items)).order_by(t.item.c.n).limit(limit)
    return list(connection.execute(both).scalars())


def _mention(row: Row[Any]) -> Mention:
    return Mention(row.id, row.digest, row.start, row.end, row.words, MentionKind(row.kind), row.title, row.same_as)


def mentioned(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[Mention]:
    """These mentions, by id."""
    found: list[Mention] = []
    for batch in batches(sorted(set(ids))):
        query = seen(connection, eyes, t.mention).add_columns(t.item.c.digest).where(t.mention.c.id.in_(batch))
        found += [_mention(row) for row in connection.execute(query.join(t.item, t.item.c.n == t.mention.c.item))]
    return sorted(found, key=lambda one: one.id)


def naming(
    connection: Connection, eyes: Eyes, actor: str, limit: int, after: str = ""
) -> list[tuple[Claim, tuple[str, ...]]]:
    """Claims, the rejected left out, that name an actor, each with the roles it names it in, in the order they were
    read; those behind the claim with the id `after`."""
    c, p = t.claim.c, t.party.c
    base = (
        seen(connection, eyes, t.claim)
        .join(t.party, p.claim == c.n)
        .join(t.membership, t.membership.c.node == p.mention)
        .where(*_of_group(eyes, MENTION_IN_ACTOR, actor), c.status != Status.REJECTED.value)
    )
    last = connection.execute(seen(connection, eyes, t.claim).where(c.id == after).with_only_columns(c.n)).scalar()
    blind = {n: told for n, told in _proposed(connection, eyes, actor).items() if last is None or n > last}
    hidden = second.withheld(connection, eyes)
    ordered = (
        base.with_only_columns(p.claim, c.id)
        .distinct()
        .order_by(p.claim)
        .limit(limit + len(hidden) if limit >= 0 else limit)
    )
    rows = connection.execute(ordered if last is None else ordered.where(p.claim > last))
    ns = sorted([*(row.claim for row in rows if row.id not in hidden), *blind])
    ns = ns[:limit] if limit >= 0 else ns
    found: dict[int, tuple[Claim, set[str]]] = dict(blind)
    for batch in batches([n for n in ns if n not in blind]):
        told = base.with_only_columns(c.n, c.body, p.role).where(p.claim.in_(batch))
        for row in connection.execute(told):
            found.setdefault(row.n, (formed(Claim, from_json(row.body)), set()))[1].add(row.role)
    return [(found[n][0], tuple(sorted(found[n][1]))) for n in ns]


def _proposed(connection: Connection, eyes: Eyes, actor: str) -> dict[int, tuple[Claim, set[str]]]:
    """Of the claims that these eyes are to read blind, those that name an actor as they are proposed, by row."""
    hidden = second.withheld(connection, eyes)
    proposed = [formed(Claim, from_json(one.proposal)) for one in hidden.values()]
    named = [(claim.id, claim, party) for claim in proposed for party in derived.party_rows(claim, 0, 0)]
    m = t.membership.c
    here: set[str] = set()
    for batch in batches(sorted({party["mention"] for _, _, party in named if party["mention"]})):
        query = seen(connection, eyes, t.membership).where(*_of_group(eyes, MENTION_IN_ACTOR, actor), m.node.in_(batch))
        here.update(connection.execute(query.with_only_columns(m.node)).scalars())
    numbers: dict[str, int] = {}
    for batch in batches(sorted({id_ for id_, _, party in named if party["mention"] in here})):
        rows = seen(connection, eyes, t.claim).where(t.claim.c.id.in_(batch))
        numbers |= {row.id: row.n for row in connection.execute(rows.with_only_columns(t.claim.c.id, t.claim.c.n))}
    found: dict[int, tuple[Claim, set[str]]] = {}
    for id_, claim, party in named:
        if party["mention"] in here and id_ in numbers:
            found.setdefault(numbers[id_], (claim, set()))[1].add(party["role"])
    return found


# --- one incident ---------------------------------------------------------------------------------


def begun_with(connection: Connection, eyes: Eyes, name: str, limit: int) -> list[tuple[str, str]]:
    """(claim, incident) of claims in incidents whose id this is, or begins so; the first so many."""
    m = t.membership.c
    base = seen(connection, eyes, t.membership).where(m.kind == CLAIM_IN_INCIDENT).with_only_columns(m.node, m.grp)
    begins = and_(m.node >= name, m.node < name + _LAST) if len(name) >= SHORTEST_ID else m.node == name
    return [(node, grp) for node, grp in connection.execute(base.where(begins).order_by(m.node, m.grp).limit(limit))]


def incident(connection: Connection, eyes: Eyes, id_: str, *, whole: bool = True) -> Incident | None:
    """One incident by its id; without its accounts and reasons, where there may be very many. None for an id unseen."""
    body = t.incident.c.body if whole else engine.without(t.incident.c.body, "accounts", "derivations", "reasons")
    query = seen(connection, eyes, t.incident).where(t.incident.c.id == id_).with_only_columns(body)
    found = connection.execute(query).scalar()
    return None if found is None else formed(Incident, from_json(found))


def reasons(connection: Connection, eyes: Eyes, incident: str, claims: Iterable[str]) -> dict[str, str]:
    """Why each of these claims is in an incident."""
    m = t.membership.c
    found: dict[str, str] = {}
    for batch in batches(sorted(set(claims))):
        query = seen(connection, eyes, t.membership).where(*_of_group(eyes, CLAIM_IN_INCIDENT, incident))
        found |= {row.node: row.reason for row in connection.execute(query.where(m.node.in_(batch)))}
    return found


def contradictions(connection: Connection, eyes: Eyes, incident: str, limit: int) -> list[Contradiction]:
    """Contradictions of the claims of an incident, by id; the first so many."""
    m = t.membership.c
    here = select(m.node).where(*_of_group(eyes, CLAIM_IN_INCIDENT, incident))
    found: dict[str, Contradiction] = {}
    for end in (t.link.c.a, t.link.c.b):
        query = seen(connection, eyes, t.link).where(t.link.c.kind.startswith(OPPOSING), end.in_(here))
        for row in connection.execute(query.order_by(t.link.c.id).limit(limit)):
            kind = ContradictionKind(row.kind.removeprefix(OPPOSING))
            found[row.id] = Contradiction(id=row.id, a=row.a, b=row.b, reason=row.reason, kind=kind)
    return [found[id_] for id_ in sorted(found)[:limit]]


# --- decisions ------------------------------------------------------------------------------------


def standing_on(connection: Connection, eyes: Eyes, subjects: Iterable[str], kind: str) -> list[Decision]:
    """The decisions of one kind on these subjects that stand, in the order of the log."""
    rows: dict[str, Row[Any]] = {}
    for batch in batches(sorted(set(subjects))):
        ids = select(t.standing.c.decision).where(t.standing.c.subject.in_(batch), t.standing.c.kind == kind)
        query = seen(connection, eyes, t.decision).where(t.decision.c.subject.in_(batch), t.decision.c.id.in_(ids))
        rows |= {row.id: row for row in connection.execute(query)}
    return [decision_of(row, True) for row in sorted(rows.values(), key=lambda row: row.place)]


def same_or_not(connection: Connection, eyes: Eyes) -> tuple[int, int]:
    """How many decisions on what is the same stand, and the place of the newest: another pair, other decisions."""
    query = seen(connection, eyes, t.identity).join(t.decision, t.decision.c.id == t.identity.c.decision)
    told = query.with_only_columns(func.count(), func.coalesce(func.max(t.decision.c.place), 0))
    standing, newest = connection.execute(told).one()
    return int(standing), int(newest)


def followed(connection: Connection, eyes: Eyes) -> tuple[int, int] | None:
    """The same pair as the gathering that stands had it; None where that is not known."""
    return ahead.marked(connection, eyes.sight)


def _of_group(eyes: Eyes, kind: str, group: str) -> tuple[Any, ...]:
    m = t.membership.c
    return m.kind == kind, m.sight == eyes.sight, m.grp == group


def holding(connection: Connection, eyes: Eyes, kind: str, nodes: Iterable[str]) -> list[str]:
    """Ids of the groups of one kind (MENTION_IN_ACTOR, CLAIM_IN_INCIDENT) that hold any of these."""
    m = t.membership.c
    found: set[str] = set()
    for batch in batches(sorted(set(nodes))):
        query = seen(connection, eyes, t.membership).where(m.kind == kind, m.node.in_(batch)).with_only_columns(m.grp)
        found.update(connection.execute(query).scalars())  # DISTINCT would have SQLite walk the whole kind
    return sorted(found)
