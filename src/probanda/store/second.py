"""The second reading: which settled claims wait for another person, and what is withheld from that person until then.

Start with `waiting`. One decision in ten that settles a claim is drawn: those whose leaf in the log has a hash below a
tenth of all. The leaf commits to who, what, when and why under salt that the store takes at random while it
records, so nobody can tell beforehand which will be drawn, no face can choose, and whoever holds the log can check it
afterwards. Until somebody else has read the claim blind, it cannot be decided on anew (docs/decisions/0027).

Looks down to: kernel, access. Used by: store (deeds, views, charts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from probanda.access.eyes import OPEN, Eyes
from probanda.kernel.vocabulary import Family
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import batches, compartment_names
from probanda.store.projection import ON_CLAIMS, SECOND_READING, alternatives

ONE_IN = 10
"""How many settled claims there are for each that is drawn."""
BELOW = f"{2**256 // ONE_IN:064x}"
"""A leaf whose hash, in hexadecimal, is less than this is drawn."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that was drawn, and that nobody but its first reader has read."""

    claim: str
    decision: str
    """The decision that was drawn."""
    first: str
    """Id of the user who made it."""
    compartment: str
    proposal: str
    """The claim as the machine proposes it, as JSON: what the second reader sees."""


def is_drawn(leaf_hash: str) -> bool:
    """True where a decision whose leaf has this hash is drawn; of any kind but those that settle a claim none is."""
    return leaf_hash < BELOW


def waiting(
    connection: Connection, *, claims: Iterable[str] | None = None, item: str | None = None
) -> dict[str, Waiting]:
    """The claims that wait for a second reader, by id: all, those among some, or those of one item (by digest).

    A claim that two persons settled apart was read by two already, and one that the reader no longer proposes has
    nothing to be read blind: these do not wait.
    """
    if claims is None:
        rows: list[Any] = list(connection.execute(_waiting(item)))
    else:
        chosen = batches(sorted(set(claims)))
        rows = [row for some in chosen for row in connection.execute(_waiting(item).where(t.claim.c.id.in_(some)))]
    names = compartment_names(connection) if rows else {}
    found: dict[str, Waiting] = {}
    for row in sorted(rows, key=lambda row: (row.id, row.decision)):
        found.setdefault(row.id, Waiting(row.id, row.decision, row.by, names[row.compartment], row.proposal))
    return found


def _waiting(item: str | None) -> Select[Any]:
    other = t.settled.alias("other")
    query = (
        select(t.claim.c.id, t.settled.c.decision, t.settled.c.by, t.claim.c.compartment, t.claim.c.proposal)
        .select_from(t.decision)
        .join(t.settled, (t.settled.c.claim == t.decision.c.subject) & (t.settled.c.decision == t.decision.c.id))
        .join(t.claim, t.claim.c.id == t.settled.c.claim)
        .where(t.decision.c.kind == "settle", t.decision.c.leaf_hash < BELOW)
        .where(t.claim.c.family == Family.ACT.value, t.claim.c.proposal.is_not(None))
        .where(~exists().where(t.standing.c.subject == t.claim.c.id, t.standing.c.kind == SECOND_READING))
        .where(~exists().where(other.c.claim == t.settled.c.claim, other.c.by != t.settled.c.by))
    )
    return query if item is None else query.where(t.settled.c.item == item)


def withheld(
    connection: Connection, eyes: Eyes, *, claims: Iterable[str] | None = None, item: str | None = None
) -> dict[str, Waiting]:
    """Of those that wait, the ones whose first reading these eyes may not know: theirs would be the second."""
    if not eyes.blind:
        return {}
    found = waiting(connection, claims=claims, item=item)
    return {claim: one for claim, one in found.items() if one.first != eyes.user}


def told(row: Any, blind: Mapping[str, Waiting]) -> str:
    """The body of a claim's row as it may be shown: the proposal, where it is among those withheld."""
    return str(blind[row.id].proposal if row.id in blind else row.body)


def told_to(connection: Connection, eyes: Eyes, rows: Sequence[Any]) -> list[Any]:
    """Rows of decisions without those on claims that these eyes are to read blind, and without their undoings."""
    if not eyes.blind:
        return list(rows)
    about = _about(connection, [row for row in rows if row.kind in (*ON_CLAIMS, "withdraw")])
    hidden = withheld(connection, eyes, claims=about.values())
    return [row for row in rows if about.get(row.id) not in hidden]


def _about(connection: Connection, rows: Sequence[Any]) -> dict[str, str]:
    """What each decision is about in the end, by its id: an undoing is about what the undone one was about."""
    subjects = {str(row.id): str(row.subject) for row in rows}
    asked = {str(row.subject) for row in rows if row.kind == "withdraw"} - set(subjects)
    while asked:
        found: dict[str, tuple[str, str]] = {}
        for some in batches(sorted(asked)):
            query = select(t.decision.c.id, t.decision.c.kind, t.decision.c.subject).where(t.decision.c.id.in_(some))
            found |= {row.id: (row.kind, row.subject) for row in connection.execute(query)}
        subjects |= {one: subject for one, (_, subject) in found.items()}
        asked = {subject for kind, subject in found.values() if kind == "withdraw"} - set(subjects)
    about = {}
    for row in rows:
        subject, passed = str(row.subject), set[str]()
        while subject in subjects and subject not in passed:  # what opens a hypothesis is its own subject
            passed.add(subject)
            subject = subjects[subject]
        about[str(row.id)] = subject
    return about


def others(connection: Connection, first: str, compartment: str) -> list[str]:
    """Names of the users, but for this one, who may see what lies in this compartment."""
    query = (
        select(t.decision.c.subject, t.decision.c.payload)
        .join(t.standing, t.standing.c.decision == t.decision.c.id)
        .where(t.standing.c.kind == "user")
        .order_by(t.decision.c.place)
    )
    users = {row.subject: from_json(row.payload) for row in connection.execute(query)}
    return [
        str(told["name"])
        for user, told in users.items()
        if user != first and (told.get("owner") or _sees(frozenset(told["clearances"]), compartment))
    ]


def _sees(clearances: frozenset[str], compartment: str) -> bool:
    return any(arm == OPEN or clearances.issuperset(arm.split("+")) for arm in alternatives(compartment))
