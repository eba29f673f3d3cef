"""Tallies: by what the list of items is narrowed, of each item; and how many items and claims there are of each kind.

Whatever changes an item's row, text, reading or claims says `touch`; at the end of the same transaction `settle` writes
the rows of the items touched anew, and adds the difference to the counts. A count lies behind the walls of what it
counts, so that nobody's counts tell of what he does not see. An item taken in behind several walls has a row for each
and stands in no count: whoever asks counts such rows himself, one for each item (`listing`).

Looks down to: kernel. Used by: store (derived, record, joining, check, store).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from probanda.kernel.vocabulary import Family, Status
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import batches
from probanda.store.many import insert_many

FACETS = ("kind", "language", "label", "reading", "review", "year")
"""What a list of items is narrowed by: media type as read; language as given or found; label; how far reading came;
whether claims wait for a decision; year of the text's own date. Empty: not known."""
HELD = "held"
"""Items, among the counts."""
COUNTS = tuple(str(status) for status in Status)
"""Claims of acts by status."""
WALLS = ("compartment", "of_item", "of_text")

READ, WAITS, NOT_READ, NO_CLAIMS = "read", "waits", "not read", "no claims looked for"
"""How far reading came with an item."""
OPEN, DECIDED = "open", "decided"
"""Whether claims of an item wait; neither for one that has none."""

COUNTED = "tally"
_TOUCHED, _ALL = "items touched", "all"
_KEY = (*FACETS, *WALLS)
_Key = tuple[str | int, ...]


def touch(connection: Connection, item: int | str) -> None:
    """An item changed in this transaction: its number here, or its digest."""
    connection.info.setdefault(_TOUCHED, set()).add(item)


def touch_all(connection: Connection) -> None:
    """The order of registrations changed."""
    touch(connection, _ALL)


def forget(connection: Connection) -> None:
    """At the start of a transaction: what one that failed had touched is as it was."""
    connection.info.pop(_TOUCHED, None)


def settle(connection: Connection) -> None:
    """Bring the rows of all items touched up to date, and the counts with them."""
    touched: set[int | str] = connection.info.pop(_TOUCHED, set())
    if _ALL in touched:
        rebuild(connection)
        return
    numbers: set[int] = {one for one in touched if isinstance(one, int)}
    for digests in batches(sorted(one for one in touched if isinstance(one, str))):
        numbers.update(connection.execute(select(t.item.c.n).where(t.item.c.digest.in_(digests))).scalars())
    difference: dict[_Key, Counter[str]] = defaultdict(Counter)
    for batch in batches(sorted(numbers)):
        _replace(connection, batch, difference)
    _add(connection, difference)


def rebuild(connection: Connection) -> None:
    """Count everything anew."""
    forget(connection)
    for table in t.TALLIED:
        connection.execute(delete(table))
    numbers = connection.execute(select(t.item.c.n).order_by(t.item.c.n)).scalars().all()
    for batch in batches(numbers):
        insert_many(connection, t.listed, list(rows_of(connection, batch)))
    keys = [t.listed.c[name] for name in _KEY]
    sums = [func.sum(t.listed.c[name]) for name in COUNTS]
    counted = select(*keys, func.count(), *sums).where(t.listed.c.several == 0).group_by(*keys)
    connection.execute(insert(t.tally).from_select([*_KEY, HELD, *COUNTS], counted))


def wrong(connection: Connection) -> Iterator[str]:
    """Digests of items whose row is not what it should be; `COUNTED` where the counts are not those of the rows."""
    digests = {row.n: row.digest for row in connection.execute(select(t.item.c.n, t.item.c.digest))}
    for batch in batches(sorted(digests)):
        want = sorted(tuple(row.values()) for row in rows_of(connection, batch))
        have = connection.execute(select(t.listed).where(t.listed.c.item.in_(batch)))
        names = [c.name for c in t.listed.c]
        places = [names.index(name) for name in _ROW]
        found = sorted(tuple(row[place] for place in places) for row in have)
        if want != found:
            yield from sorted({digests[row[0]] for row in {*want} ^ {*found}})
    keys = [t.listed.c[name] for name in _KEY]
    sums = [func.sum(t.listed.c[name]) for name in COUNTS]
    counted = connection.execute(select(*keys, func.count(), *sums).where(t.listed.c.several == 0).group_by(*keys))
    told = connection.execute(select(*(t.tally.c[name] for name in (*_KEY, HELD, *COUNTS))))
    strangers = select(t.listed.c.item).where(t.listed.c.item.not_in(select(t.item.c.n))).limit(1)
    if sorted(map(tuple, counted)) != sorted(map(tuple, told)) or connection.execute(strangers).first():
        yield COUNTED


def _replace(connection: Connection, numbers: Sequence[int], difference: dict[_Key, Counter[str]]) -> None:
    want = {(row["item"], row["compartment"]): row for row in rows_of(connection, numbers)}
    gone = []
    for row in connection.execute(select(t.listed).where(t.listed.c.item.in_(numbers))).mappings():
        key = (row["item"], row["compartment"])
        if want.get(key) == dict(row):
            del want[key]
        else:
            gone.append({"of": key[0], "within": key[1]})
            _count(difference, row, -1)
    if gone:
        one = t.listed.c.item == bindparam("of"), t.listed.c.compartment == bindparam("within")
        connection.execute(delete(t.listed).where(*one), gone)
    for new in want.values():
        _count(difference, new, 1)
    insert_many(connection, t.listed, list(want.values()))


def _count(difference: dict[_Key, Counter[str]], row: Mapping[Any, Any], sign: int) -> None:
    if not row["several"]:
        counts = difference[tuple(row[name] for name in _KEY)]
        counts[HELD] += sign
        for name in COUNTS:
            counts[name] += sign * row[name]


def _add(connection: Connection, difference: Mapping[_Key, Counter[str]]) -> None:
    for key, counts in sorted(difference.items()):
        if not any(counts.values()):
            continue
        here = [t.tally.c[name] == value for name, value in zip(_KEY, key, strict=True)]
        added = {name: t.tally.c[name] + counts[name] for name in (HELD, *COUNTS)}
        if not connection.execute(update(t.tally).where(*here).values(**added)).rowcount:
            new = {name: counts[name] for name in (HELD, *COUNTS)}
            connection.execute(insert(t.tally).values(**dict(zip(_KEY, key, strict=True)), **new))
        elif counts[HELD] < 0:
            connection.execute(delete(t.tally).where(*here, t.tally.c.held == 0))


# --- the rows of some items -----------------------------------------------------------------------

_ROW = ("item", "place", "several", *FACETS, *COUNTS, *WALLS)


def rows_of(connection: Connection, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows of these items as they should be, worked out from the record."""
    items = connection.execute(select(t.item).where(t.item.c.n.in_(numbers)).order_by(t.item.c.n)).all()
    brought = _acquisitions(connection, [row.digest for row in items])
    texts = _texts(connection, numbers)
    readings = connection.execute(select(t.reading).where(t.reading.c.item.in_(numbers)))
    not_read = {row.item: row.not_read for row in readings}
    claims = _claims(connection, numbers)
    for item in items:
        within: dict[int, list[Row[Any]]] = defaultdict(list)
        for taking in brought[item.digest]:
            within[taking.compartment].append(taking)
        for compartment, takings in within.items():
            row = _row(item, takings, texts.get(item.n), not_read.get(item.n), claims[item.n])
            yield row | {"several": int(len(within) > 1), "compartment": compartment}


def _row(
    item: Row[Any], takings: Sequence[Row[Any]], text: Row[Any] | None, not_read: str | None, claims: Mapping[str, int]
) -> dict[str, Any]:
    about = from_json(text.about) if text is not None else {}
    given = next((one.language for one in takings if one.language), None)
    if text is None or text.digest is None:
        reading = NOT_READ if item.destroyed or about.get("reason") else WAITS
    else:
        reading = NO_CLAIMS if not_read else READ
    counts = {name: claims.get(name, 0) for name in COUNTS}
    review = OPEN if counts[str(Status.PROPOSED)] else DECIDED if any(counts.values()) else ""
    dated = (about.get("dated") or {}).get("start") or ""
    facets = {
        "kind": about.get("media_type") or item.media_type,
        "language": given or about.get("language") or "",
        "label": item.label if item.label is not None else takings[0].label,
        "reading": reading, "review": review, "year": dated[:4],
    }  # fmt: skip
    walls = {
        "compartment": 0, "of_item": item.compartment,
        "of_text": text.compartment if text is not None else item.compartment,
    }  # fmt: skip
    return {"item": item.n, "place": takings[0].place, "several": 0, **facets, **counts, **walls}


def _acquisitions(connection: Connection, digests: Iterable[str]) -> dict[str, list[Row[Any]]]:
    columns = [t.acquisition.c[name] for name in ("item", "place", "label", "language", "compartment")]
    query = select(*columns).where(t.acquisition.c.item.in_(list(digests))).order_by(t.acquisition.c.place)
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.item].append(row)
    return found


def _texts(connection: Connection, numbers: Sequence[int]) -> dict[int, Row[Any]]:
    """The first part of each text."""
    columns = [t.text.c[name] for name in ("item", "digest", "about", "compartment")]
    query = select(*columns).where(t.text.c.item.in_(numbers)).order_by(t.text.c.item, t.text.c.part.desc())
    return {row.item: row for row in connection.execute(query)}


def _claims(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    query = (
        select(t.claim.c.item, t.claim.c.status, func.count())
        .where(t.claim.c.item.in_(numbers), t.claim.c.family == str(Family.ACT))
        .group_by(t.claim.c.item, t.claim.c.status)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for item, status, count in connection.execute(query):
        found[item][status] = count
    return found
