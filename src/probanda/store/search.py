"""Full text search: places of texts that fit, gathered by item, with the claims whose own words fit.

Start with `look`. Each compartment is asked alone, and only those that the asking eyes see: what lies elsewhere
changes neither the order nor a count. Up to `MOST_RANKED` places are put in order of rank (BM25, within each
compartment); where there are more, the item read last comes first. What is counted is counted among the first places
alone, so that the cost does not grow with the case.

A page is found again by the item that stood last on the one before, never by a row number.

Looks down to: query, kernel. Used by: store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import JSON, Connection, Row, Select, func, select, type_coerce

from probanda.access.eyes import Eyes
from probanda.store import second
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import batches
from probanda.store.door import seen, visible
from probanda.store.engines import sqlite as engine
from probanda.store.model import Hit
from probanda.store.query import Query, folded, match_of

MOST_RANKED = 5_000
"""Places that are put in order of rank; of more, the item read last comes first."""
COUNTED = 500
"""Items among which is counted by what the hits can be narrowed, and places whose claims are counted."""
WINDOW, WINDOWS = 1_000, 20
"""Of more places than are ranked so many are looked through at once, and so often for one page that was narrowed."""
AROUND = 80
"""Code points shown on each side of the first word found."""
LONGEST_CLAIM = 5_000
"""Code points that a claim may begin before a place in which it is looked for."""
OF_ITEM = ("kind", "language", "label", "year")
OF_CLAIM = ("status",)
BY_CLAIM = (*OF_CLAIM, "what")
"""What narrows the places to those with a claim."""
NARROWING = (*OF_ITEM, *BY_CLAIM)


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim whose own words fit."""

    id: str
    start: int
    end: int
    quote: str
    status: str
    act_type: str


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A passage that fits, with its words and its claims that fit."""

    start: int
    end: int
    words: str
    claims: tuple[FoundClaim, ...]


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item with its first places, in the order of the text."""

    digest: str
    places: tuple[FoundPlace, ...]
    more: int
    """Places of this item that are not among them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """To what the hits are narrowed, and which page of them is asked for."""

    by: Mapping[str, str] = field(default_factory=dict)
    """Values of `OF_ITEM` and `OF_CLAIM`; `what` = claim for places with a claim alone; `item`, a digest."""
    after: str = ""
    """Digest of the item that stood last on the page before."""
    items: int = 20
    places: int = 4
    """Most places shown of one item."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    items: tuple[FoundItem, ...]
    places: int
    """Places that hold what was asked for, before any narrowing; `MOST_RANKED` + 1 where there are more."""
    ranked: bool
    facets: Mapping[str, Mapping[str, int]]
    """Items (of `status`: claims) for each value, among the first `COUNTED`, under the other narrowings."""
    fitting: int
    """Items that fit, as narrowed: all of them, or those counted."""
    exact: bool
    """There are no more that fit."""
    claims: int
    """Claims that fit at the first `COUNTED` places."""
    all_counted: bool
    """There are no items beyond those that the facets count."""
    after: str
    """Where the next page begins; empty at the end."""


def indexed(n: int, words: str) -> tuple[int, str, str]:
    """A row for the index: the folded column is empty where folding changes nothing."""
    other = folded(words)
    safe = words.encode("utf-8", "replace").decode("utf-8")
    return n, safe, "" if other == words else other.encode("utf-8", "replace").decode("utf-8")


NOTHING = Found((), 0, True, {}, 0, True, 0, True, "")


def look(connection: Connection, eyes: Eyes, query: Query, wanted: Wanted) -> Found:
    """One page of the items that fit, with what the hits can be narrowed by."""
    match = match_of(query)
    if match is None:
        return NOTHING
    hits = _Hits(connection, eyes, match, wanted.by.get("item", ""))
    first = _of_item(hits.groups(), wanted.by)
    counted = first[:COUNTED]
    facts = _facts(connection, eyes, [group.item for group in counted])
    claims = _Claims(connection, eyes, hits.compartments, query)
    told = dict(claims.at(_cut(counted, COUNTED)))
    page, after = _page(connection, eyes, hits, claims, wanted)
    return Found(
        items=page,
        places=hits.many,
        ranked=hits.ranked,
        facets=_facets(counted, facts, told, wanted.by),
        fitting=len(_narrowed(counted, facts, told, wanted.by)) if _narrows(wanted.by, NARROWING) else len(first),
        exact=hits.whole and (len(first) <= COUNTED or not _narrows(wanted.by, NARROWING)),
        claims=sum(_is(c, wanted.by) for some in told.values() for c in some),
        all_counted=hits.whole and len(first) <= COUNTED,
        after=after,
    )


def search(connection: Connection, eyes: Eyes, asked: Query, limit: int) -> list[Hit]:
    """The first places of a query as one list, each followed by its claims; numbers are left to the caller."""
    match = match_of(asked)
    if match is None or limit <= 0:
        return []
    hits = _Hits(connection, eyes, match)
    rows = hits.rows[:limit]
    words, claims = _words_of(connection, rows), _Claims(connection, eyes, hits.compartments, asked).at(rows)
    found: list[Hit] = []
    for row in rows:
        passage = words[row.n]
        at = next((start for start, _ in asked.spans(passage)), 0)
        found.append(Hit(row.digest, "", row.start, row.end, passage[max(0, at - AROUND) : at + AROUND], "text"))
        found += [Hit(row.digest, "", c.start, c.end, c.quote, "claim", c.id) for c in claims.get(row.n, ())]
    return found[:limit]


def mark(connection: Connection, eyes: Eyes) -> str:
    """The place read in last of those these eyes see: what is read in later lies beyond it. For `beyond` alone."""
    last = max((engine.last_row(connection, n) for n in _asked(connection, eyes)), default=0)
    return _marked(connection, last)


def _marked(connection: Connection, row: int) -> str:
    """A row with the text it is of, since a text that is read anew may get the same rows; empty where there is none."""
    query = select(t.text.c.digest).join(t.passage, t.passage.c.text == t.text.c.n).where(t.passage.c.n == row)
    found = connection.execute(query).scalar()
    return "" if found is None else f"{row}:{found}"


def beyond(connection: Connection, eyes: Eyes, query: Query, marked: str, most: int) -> int | None:
    """Places that fit and were read in after the mark was set, counted up to `most`.

    None where that cannot be told any more, since the place that was last then was read anew.
    """
    match, row = match_of(query), 0
    if marked:
        row = int(marked.partition(":")[0])
        if _marked(connection, row) != marked:
            return None
    found = 0
    for compartment in _asked(connection, eyes) if match else ():
        found += len(engine.newest(connection, compartment, match or "", most - found, above=row))
    return found


# --- which places, in which order -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """The places of one item, in the order in which they were found."""

    item: int
    digest: str
    rows: tuple[Row[Any], ...]


def _asked(connection: Connection, eyes: Eyes) -> list[int]:
    """The compartments these eyes see that have an index."""
    return [n for n in sorted(visible(connection, eyes)) if engine.has_search(connection, n)]


class _Hits:
    """The first places that fit: all of them in order of rank, or a window of those read last."""

    def __init__(self, connection: Connection, eyes: Eyes, match: str, item: str = "") -> None:
        self._connection, self._match = connection, match
        self._between = _rows_of(connection, item) if item else (0, None)
        self.compartments = _asked(connection, eyes)
        newest = self._newest(MOST_RANKED + 1)
        self.many = len(newest)
        self.ranked = self.whole = self.many <= MOST_RANKED
        self.rows = self._in_order(set(newest)) if self.ranked else _passages(connection, newest[:WINDOW])

    def _newest(self, most: int, below: int | None = None) -> list[int]:
        found: list[int] = []
        above, highest = self._between
        below = highest if below is None else below
        for compartment in self.compartments:
            found += engine.newest(self._connection, compartment, self._match, most, below=below, above=above)
        return sorted(found, reverse=True)[:most]

    def _in_order(self, fits: set[int]) -> list[Row[Any]]:
        ranks: dict[int, float] = {}
        for compartment in self.compartments:
            ranks |= dict(engine.find(self._connection, compartment, self._match, MOST_RANKED))
        rows = _passages(self._connection, [n for n in ranks if n in fits])
        return sorted(rows, key=lambda row: (ranks[row.n], row.digest, row.start))

    def groups(self) -> list[_Group]:
        """The first places by item."""
        return _groups(self.rows, whole=self.whole)

    def after(self, digest: str) -> Iterator[tuple[list[_Group], bool]]:
        """Groups behind an item (all, where none is named), window by window; and whether there are more behind."""
        if self.ranked:
            every = self.groups()
            yield every[next((n + 1 for n, group in enumerate(every) if group.digest == digest), 0) :], False
            return
        above, _ = _rows_of(self._connection, digest) if digest else (0, None)
        below = above + 1 if digest else None
        for n in range(WINDOWS):
            if n == 0 and below is None:
                whole, found = False, self.groups()
            else:
                numbers = self._newest(WINDOW, below)
                whole = len(numbers) < WINDOW
                found = _groups(_passages(self._connection, numbers), whole=whole)
            yield found, not whole
            if whole or not found:
                return
            below = min(row.n for row in found[-1].rows)


def _groups(rows: Iterable[Row[Any]], *, whole: bool) -> list[_Group]:
    """Rows by item, items in the order of their first rows. Of a window, the last item may be cut: it is left out."""
    by_item: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    found = [_Group(item, some[0].digest, tuple(some)) for item, some in by_item.items()]
    return found if whole or len(found) < 2 else found[:-1]


def _rows_of(connection: Connection, digest: str) -> tuple[int, int | None]:
    """The row before the first place of an item, and the row behind its last: they lie together."""
    query = select(func.min(t.passage.c.n), func.max(t.passage.c.n)).join(t.item, t.item.c.n == t.passage.c.item)
    first, last = connection.execute(query.where(t.item.c.digest == digest)).one()
    return (0, None) if first is None else (first - 1, last + 1)


def _passages(connection: Connection, numbers: Sequence[int]) -> list[Row[Any]]:
    """The places of these rows, in the order given."""
    found: dict[int, Any] = {}
    columns = [t.passage.c[name] for name in ("n", "text", "item", "start", "end")]
    for batch in batches(numbers):
        query = select(*columns, t.item.c.digest).join(t.item, t.item.c.n == t.passage.c.item)
        found |= {int(row.n): row for row in connection.execute(query.where(t.passage.c.n.in_(batch)))}
    return [found[n] for n in numbers if n in found]


# --- one page -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chosen:
    """An item of the page, its places that fit, and the claims of each."""

    group: _Group
    claims: Mapping[int, list[FoundClaim]]


def _page(
    connection: Connection, eyes: Eyes, hits: _Hits, claims: _Claims, wanted: Wanted
) -> tuple[tuple[FoundItem, ...], str]:
    """The items of one page, and where the next begins."""
    chosen: list[_Chosen] = []
    last, left = wanted.after, False
    for window, left in hits.after(wanted.after):  # noqa: B007 - what the last window said is asked after the loop
        for batch in batches(_of_item(window, wanted.by), wanted.items * 2):
            for one in _fitting(connection, eyes, batch, claims, wanted):
                if len(chosen) == wanted.items:  # there is one more: so there is a next page
                    return _told(connection, chosen, wanted), chosen[-1].group.digest
                chosen.append(one)
            last = batch[-1].digest
    return _told(connection, chosen, wanted), last if left else ""


def _fitting(
    connection: Connection, eyes: Eyes, groups: Sequence[_Group], claims: _Claims, wanted: Wanted
) -> Iterator[_Chosen]:
    """Those of these items that fit, as narrowed."""
    by, by_claims = wanted.by, _narrows(wanted.by, BY_CLAIM)
    fits = list(groups)
    if _narrows(by, OF_ITEM):
        facts = _facts(connection, eyes, [g.item for g in groups])
        fits = [g for g in groups if _fits(facts.get(g.item), by)]
    rows = [row for g in fits for row in (g.rows if by_claims else g.rows[: wanted.places])]
    known = claims.at(rows)
    for group in fits:
        kept = tuple(row for row in group.rows if not by_claims or any(_is(c, by) for c in known.get(row.n, ())))
        if kept:
            yield _Chosen(replace(group, rows=kept), known)


def _told(connection: Connection, chosen: Sequence[_Chosen], wanted: Wanted) -> tuple[FoundItem, ...]:
    """The page's items with the words of their places."""
    words = _words_of(connection, [row for one in chosen for row in one.group.rows[: wanted.places]])

    def place(one: _Chosen, row: Row[Any]) -> FoundPlace:
        claims = tuple(c for c in one.claims.get(row.n, ()) if _is(c, wanted.by))
        return FoundPlace(row.start, row.end, words[row.n], claims)

    return tuple(
        FoundItem(
            one.group.digest,
            tuple(place(one, row) for row in sorted(one.group.rows[: wanted.places], key=lambda row: int(row.start))),
            max(0, len(one.group.rows) - wanted.places),
        )
        for one in chosen
    )


def _of_item(window: list[_Group], by: Mapping[str, str]) -> list[_Group]:
    return [group for group in window if by.get("item", group.digest) == group.digest]


def _words_of(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, str]:
    """The words of these passages; each text is read once, and let go before the next."""
    by_text: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_text.setdefault(row.text, []).append(row)
    found: dict[int, str] = {}
    for text, pieces in by_text.items():
        base, words = connection.execute(select(t.text.c.base, t.text.c.words).where(t.text.c.n == text)).one()
        found |= {row.n: words[row.start - base : row.end - base] for row in pieces}
    return found


class _Claims:
    """The claims that touch a passage and whose own words fit, each at the first of its passages and read once."""

    def __init__(self, connection: Connection, eyes: Eyes, compartments: Sequence[int], query: Query) -> None:
        self._connection, self._eyes, self._compartments, self._query = connection, eyes, compartments, query
        self._found: dict[int, list[FoundClaim]] = {}
        self._known: set[str] = set()

    def at(self, rows: Iterable[Row[Any]]) -> Mapping[int, list[FoundClaim]]:
        """Those at these passages, and at those asked for before, by passage."""
        new = [row.n for row in rows if row.n not in self._found]
        self._found |= {n: [] for n in new}
        for batch in batches(new):
            rows = self._connection.execute(self._asked(batch)).all()
            blind = second.withheld(self._connection, self._eyes, claims={row.id for row in rows})
            for row in rows:
                if row.id not in self._known and self._query.fits(row.quote):
                    self._known.add(row.id)
                    status, act_type = row.status, row.act_type
                    if row.id in blind:
                        told = from_json(blind[row.id].proposal)
                        status, act_type = told["status"], told["act_type"]
                    claim = FoundClaim(row.id, row.start, row.end, row.quote, status, act_type)
                    self._found[row.passage].append(claim)
        return self._found

    def _asked(self, batch: Sequence[int]) -> Select[Any]:
        quote = type_coerce(t.claim.c.body, JSON)["quote"].as_string().label("quote")
        columns = [t.claim.c[name] for name in ("id", "start", "end", "status", "act_type")]
        return (
            select(t.passage.c.n.label("passage"), *columns, quote)
            .join(t.claim, t.claim.c.item == t.passage.c.item)
            .where(t.passage.c.n.in_(batch), t.claim.c.compartment.in_(self._compartments))
            .where(t.claim.c.start < t.passage.c.end, t.claim.c.start > t.passage.c.start - LONGEST_CLAIM)
            .where(t.claim.c.end > t.passage.c.start)
            .order_by(t.claim.c.start, t.claim.c.end, t.claim.c.id, t.passage.c.start)
        )


# --- narrowing ------------------------------------------------------------------------------------

_Facts = Mapping[str, str]


def _facts(connection: Connection, eyes: Eyes, items: Sequence[int]) -> dict[int, _Facts]:
    """What items can be narrowed by, as the list of items has it; items that these eyes do not see are left out."""
    found: dict[int, dict[str, str]] = {}
    by_digest: dict[str, int] = {}
    for batch in batches(items):
        rows = seen(connection, eyes, t.item).where(t.item.c.n.in_(batch))
        for row in connection.execute(rows):
            found[row.n] = {"kind": row.media_type, "language": "", "label": row.label or "", "year": ""}
            by_digest[row.digest] = row.n
        about = select(t.text.c.item, t.text.c.about).where(t.text.c.item.in_(batch))
        told: dict[int, str] = {}
        for item, words in connection.execute(about.order_by(t.text.c.item, t.text.c.part)):
            told.setdefault(item, words)
        for item in told.keys() & found.keys():
            known = from_json(told[item])
            found[item]["kind"] = known.get("media_type") or found[item]["kind"]
            found[item]["language"] = known.get("language") or ""
            found[item]["year"] = ((known.get("dated") or {}).get("start") or "")[:4]
    given: set[str] = set()
    for some in batches(sorted(by_digest)):
        brought = seen(connection, eyes, t.acquisition).where(t.acquisition.c.item.in_(some))
        columns = [t.acquisition.c[name] for name in ("item", "label", "language")]
        for digest, label, language in connection.execute(
            brought.with_only_columns(*columns).order_by(t.acquisition.c.place)
        ):
            facts = found[by_digest[digest]]
            facts["label"] = facts["label"] or label
            if language and digest not in given:
                given.add(digest)
                facts["language"] = language
    return dict(found)


def _narrows(by: Mapping[str, str], names: Iterable[str]) -> bool:
    return any(by.get(name) for name in names)


def _fits(facts: _Facts | None, by: Mapping[str, str]) -> bool:
    return facts is not None and all(facts[name] == by[name] for name in OF_ITEM if by.get(name))


def _is(claim: FoundClaim, by: Mapping[str, str]) -> bool:
    return claim.status == by.get("status", claim.status)


def _claimed(group: _Group, claims: Mapping[int, list[FoundClaim]], by: Mapping[str, str]) -> bool:
    """True where a claim is asked for and this item has one, or none is asked for."""
    if not _narrows(by, BY_CLAIM):
        return True
    return any(_is(c, by) for row in group.rows for c in claims.get(row.n, ()))


def _cut(groups: Sequence[_Group], most: int) -> list[Row[Any]]:
    return [row for group in groups for row in group.rows][:most]


def _narrowed(
    groups: Sequence[_Group], facts: Mapping[int, _Facts], claims: Mapping[int, list[FoundClaim]], by: Mapping[str, str]
) -> list[tuple[_Group, _Facts]]:
    """The items that fit, each with its facts."""
    known_items = [(group, facts[group.item]) for group in groups if group.item in facts]
    if not _narrows(by, NARROWING):
        return known_items
    return [(group, known) for group, known in known_items if _fits(known, by) and _claimed(group, claims, by)]


def _facets(
    groups: Sequence[_Group],
    facts: Mapping[int, _Facts],
    claims: Mapping[int, list[FoundClaim]],
    by: Mapping[str, str],
) -> dict[str, dict[str, int]]:
    """How many items each value would leave, were it chosen instead of what is chosen of its kind."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*OF_ITEM, *OF_CLAIM)}
    for name in OF_ITEM:
        others = {key: value for key, value in by.items() if key != name}
        fits = _narrowed(groups, facts, claims, others)
        counts[name].update(known[name] for _, known in fits if known[name])
    for group, _ in _narrowed(groups, facts, claims, {k: v for k, v in by.items() if k not in OF_CLAIM}):
        counts["status"].update(c.status for row in group.rows for c in claims.get(row.n, ()))
    return {name: dict(sorted(some.items(), key=lambda one: (-one[1], one[0]))) for name, some in counts.items()}
