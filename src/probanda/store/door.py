"""The only door to the record: `seen` narrows a relation to what these eyes may be given.

Lists, counts, search, exports and the checks before a deed all start here, and nothing outside the
store can reach a table. A hidden id and an unknown id take the same path to the same answer: no row.

Looks down to: kernel, access. Used by: store (views, record, search).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, Table, exists, select

from probanda.access.eyes import Eyes
from probanda.store import tables as t
from probanda.store.common import compartment_names
from probanda.store.projection import alternatives

OF_DECISIONS = {t.decision: "id", t.standing: "decision", t.identity: "decision", t.protected: "decision",
                t.settled: "decision", t.cite: "decision"}  # fmt: skip
"""Relations whose rows are decisions, and the column that names them."""


def visible(connection: Connection, eyes: Eyes) -> dict[int, str]:
    """The compartments these eyes see, by number: those with any one arm they are cleared for."""
    return {
        n: name
        for n, name in compartment_names(connection).items()
        if any(eyes.sees(arm) for arm in alternatives(name))
    }


def seen(connection: Connection, eyes: Eyes, relation: Table) -> Select[Any]:
    """The rows of a relation that these eyes may be given, all columns.

    An item is given only with its text: where a machine proposed to restrict the text and nobody has
    decided, the item, its name, its number and the decisions on it wait behind the same wall.
    Raises LookupError for a relation that is given to nobody.
    """
    if "sight" in relation.c:
        return select(relation).where(relation.c.sight == eyes.sight)
    if "compartment" not in relation.c:
        raise LookupError(f"{relation.name} has neither compartment nor sight: it is given to nobody")
    numbers = sorted(visible(connection, eyes))
    query = select(relation).where(relation.c.compartment.in_(numbers))
    if relation in t.TALLIED:
        return query.where(relation.c.of_item.in_(numbers), relation.c.of_text.in_(numbers))
    walled = sorted(compartment_names(connection).keys() - set(numbers))
    return _beside_texts(query, relation, walled) if walled else query


def _beside_texts(query: Select[Any], relation: Table, walled: list[int]) -> Select[Any]:
    """The rows that lie behind no wall themselves, without those that wait behind their text's wall."""
    if relation is t.item:
        return query.where(~exists().where(t.text.c.item == t.item.c.n, t.text.c.compartment.in_(walled)))
    if relation is t.acquisition:
        return query.where(t.acquisition.c.item.not_in(_withheld(walled)))
    if relation in OF_DECISIONS:
        on_withheld = select(t.cite.c.decision).where(t.cite.c.item.in_(_withheld(walled)))
        return query.where(relation.c[OF_DECISIONS[relation]].not_in(on_withheld))
    return query


def _withheld(walled: list[int]) -> Select[Any]:
    """Digests of the items whose texts lie behind a wall: in one of these compartments."""
    return select(t.item.c.digest).join(t.text, t.text.c.item == t.item.c.n).where(t.text.c.compartment.in_(walled))
