"""What the matrix and its charts need of what was derived, piece by piece: no page of the matrix loads the case.

Start with `page` (the list of suggestions) and `of` (one by person, crime and mode). Each answer is found by an index
or has a limit.

Looks down to: access, names, actors, incidents, matrix. Used by: casework (matrix_charts, matrix_about), web, through
`Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.incidents.model import Incident, Origin
from probanda.matrix.model import Suggestion
from probanda.names.folding import fold
from probanda.store import ledger, listed
from probanda.store import tables as t
from probanda.store.codec import formed, from_json
from probanda.store.common import batches
from probanda.store.door import seen
from probanda.store.listed import CLAIM_IN_INCIDENT, MENTION_IN_ACTOR

IN_ORIGIN = ("claim-in-origin", "item-in-origin")
MOST = 20
"""Suggestions that first letters may fit before they are said to fit several."""
_LAST = "\U0010ffff"
_s = t.suggestion.c


@dataclass(frozen=True, slots=True)
class Outline:
    """A suggestion without its cells."""

    id: str
    actor: str
    name: str
    kind: str
    crime: str
    crime_title: str
    mode: str
    mode_title: str
    place: int
    """Its place in the list."""


def laid_out(connection: Connection, eyes: Eyes) -> bool:
    """True where the matrix was laid out for these eyes."""
    return ledger.made(connection, ledger.SUGGESTIONS, eyes.sight) is not None


def page(connection: Connection, eyes: Eyes, limit: int, after: int = -1, letters: str = "") -> list[Outline]:
    """Suggestions in their order from a place on, of those with these letters in a form of the person's name."""
    told = [
        func.json_extract(_s.body, f"$.{key}").label(key)
        for key in ("actor_name", "actor_kind", "crime_title", "mode_title")
    ]
    query = seen(connection, eyes, t.suggestion).where(_s.position > after).order_by(_s.position).limit(limit)
    if wanted := fold(letters):
        named = seen(connection, eyes, t.form).where(func.instr(t.form.c.form, wanted) > 0)
        query = query.where(_s.actor.in_(named.with_only_columns(t.form.c.actor)))
    rows = connection.execute(query.with_only_columns(_s.id, _s.actor, _s.crime, _s.mode, _s.position, *told))
    return [
        Outline(r.id, r.actor, r.actor_name, r.actor_kind or "", r.crime, r.crime_title, r.mode, r.mode_title,
                r.position)
        for r in rows
    ]  # fmt: skip


def most(connection: Connection, eyes: Eyes, cap: int) -> int:
    """How many suggestions there are, as far as `cap`."""
    here = seen(connection, eyes, t.suggestion).with_only_columns(_s.n).limit(cap).subquery()
    return int(connection.execute(select(func.count()).select_from(here)).scalar_one())


def of(connection: Connection, eyes: Eyes, actor: str, crime: str, mode: str) -> Suggestion | None:
    """The suggestion of this person, crime and mode; None where none is made."""
    query = seen(connection, eyes, t.suggestion).where(_s.actor == actor, _s.crime == crime, _s.mode == mode)
    body = connection.execute(query.with_only_columns(_s.body).order_by(_s.position)).scalars().first()
    return None if body is None else formed(Suggestion, from_json(body))


def begun_with(connection: Connection, eyes: Eyes, name: str) -> list[Suggestion]:
    """The suggestions whose id this is, or begins so; the first of them."""
    query = seen(connection, eyes, t.suggestion).with_only_columns(_s.body).order_by(_s.position).limit(MOST)
    fits = query.where(_s.id >= name, _s.id < name + _LAST) if len(name) >= listed.SHORTEST_ID else query.where(
        _s.id == name
    )  # fmt: skip
    return [formed(Suggestion, from_json(body)) for body in connection.execute(fits).scalars()]


def telling_of(connection: Connection, eyes: Eyes, incident: str, limit: int) -> list[Suggestion]:
    """The first suggestions that rest on an incident."""
    query = seen(connection, eyes, t.suggestion).where(func.instr(_s.body, incident) > 0)
    rows = connection.execute(query.with_only_columns(_s.body).order_by(_s.position).limit(limit)).scalars()
    return [one for body in rows if incident in (one := formed(Suggestion, from_json(body))).incidents]


def members(connection: Connection, eyes: Eyes, actor: str) -> list[str]:
    """The mentions of an actor, by id."""
    m = t.membership.c
    query = seen(connection, eyes, t.membership).where(m.kind == MENTION_IN_ACTOR, m.grp == actor)
    return list(connection.execute(query.with_only_columns(m.node).order_by(m.node)).scalars())


def written(connection: Connection, eyes: Eyes, forms: Iterable[str]) -> set[str]:
    """Ids of the actors that are written in any of these forms, however folded."""
    found: set[str] = set()
    for batch in batches(sorted({fold(form) for form in forms})):
        query = seen(connection, eyes, t.form).where(t.form.c.form.in_(batch)).with_only_columns(t.form.c.actor)
        found.update(connection.execute(query).scalars())
    return found


def actors(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[ActorGroup]:
    """These actors without their members."""
    return listed.actors(connection, eyes, ids, members=False)


def incidents_of(connection: Connection, eyes: Eyes, claims: Iterable[str]) -> list[Incident]:
    """The incidents that hold any of these claims, whole, by id."""
    found: list[Incident] = []
    for batch in batches(listed.holding(connection, eyes, CLAIM_IN_INCIDENT, claims)):
        query = seen(connection, eyes, t.incident).where(t.incident.c.id.in_(batch)).order_by(t.incident.c.id)
        rows = connection.execute(query.with_only_columns(t.incident.c.body)).scalars()
        found += [formed(Incident, from_json(body)) for body in rows]
    return found


def origins_of(connection: Connection, eyes: Eyes, claims: Iterable[str], items: Iterable[str]) -> list[Origin]:
    """The origins that any of these claims, or of these items, go back to, by id."""
    ids: set[str] = set()
    for kind, nodes in zip(IN_ORIGIN, (claims, items), strict=True):
        ids.update(listed.holding(connection, eyes, kind, nodes))
    found: list[Origin] = []
    for batch in batches(sorted(ids)):
        query = seen(connection, eyes, t.origin).where(t.origin.c.id.in_(batch)).order_by(t.origin.c.id)
        rows = connection.execute(query.with_only_columns(t.origin.c.body)).scalars()
        found += [formed(Origin, from_json(body)) for body in rows]
    return found
