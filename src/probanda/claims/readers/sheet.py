"""The reader of sheets that hold units, persons and posts row by row: each row to the ties it states.

Start with `SheetReader.read`; `stated` gives the same claims with the row and the columns that say each. Columns say
what a cell is, so nothing is guessed from words: a posting, what a unit stands under or belongs to, where it sits or
operates. A claim's quote is the stretch of the row from its first cell that counts to its last; the sources that the
row gives for it are named in `cited` and `why`. How sure those who wrote the sheet are of a value is told in `why`, in
their words, and is no score of ours. The one who says it is the sheet.

Names that a row gives as names of one are equated within this item; an id that the sheet gives goes with the name, so
that one id is one and two are two, also where their names are alike (`actors.own_ids`). An id without a name stands for
whoever bears it elsewhere in the sheet.

Looks down to: sheet_cells, reading.sheets, mentions, kernel. Used by: claims, casework.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, OWN_ID, Cited, Claim, Mention, Named, Reading, Tie
from probanda.claims.readers.sheet_cells import Row, Times, Words, bounds_of, rows_of
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, MentionKind, Modality, TieKind
from probanda.reading.model import Text
from probanda.reading.sheets import Fact, Only, Party, digest, facts, generation_of, parties, status_flags

NAME = "sheets 0.1"
NAMELESS = "named-by-id-only"
"""Flag: the row gives an id and no name for one of the two."""
UNTOLD = "relation-type-not-told"
"""Flag: the sheet has no column that says what the relation is; its other columns decided."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_ENDS = 20
"""Entries of one cell that are taken for parties of a fact: a list of more is no list of names."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with the row that states it."""

    claim: Claim
    row: Row
    fact: Fact


class SheetReader:
    """Proposes ties for the rows of known sheets."""

    name = NAME

    @property
    def maker(self) -> str:
        """Reader and digest of what it knows of columns."""
        return f"{NAME}; columns {digest()[:16]}"

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one sheet, in order of place."""
        book, made = _read(text)
        return Reading(claims=tuple(one.claim for one in made), mentions=book.all(), reader=NAME)


def stated(text: Text) -> tuple[Stated, ...]:
    """What the rows of a sheet state, in order of place; nothing for a text that is no known sheet."""
    return _read(text)[1]


def _read(text: Text) -> tuple[_Book, tuple[Stated, ...]]:
    book, made = _Book(text), _Claims(text)
    generation = generation_of(text.media_type)
    if generation is None:
        return book, ()
    rows = list(rows_of(text))
    for row in rows:  # first all names, since a row may give only an id that another row names
        told = [fact for fact in facts(generation) if _holds(row, fact.only)]
        for party in (*parties(generation), *(end for fact in told for end in (fact.left, fact.right))):
            book.enter(row, party)
    for row in rows:
        for fact in facts(generation):
            made.state(row, fact, book)
    return book, made.all()


class _Book:
    """Names met so far, each place once, with what the sheet equates."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._found: dict[tuple[int, int], Mention] = {}
        self._first: dict[tuple[str, str], Mention] = {}
        """The first mention that bears an id of the sheet."""
        self._by_id: dict[str, Mention] = {}
        self._counter: dict[str, int] = {}

    def all(self) -> tuple[Mention, ...]:
        """Every mention in order of place."""
        return tuple(self._found[place] for place in sorted(self._found))

    def enter(self, row: Row, party: Party) -> list[Named]:
        """The parties that a row names in these columns: one, or one for each entry; with their further names."""
        if not _holds(row, party.only):
            return []
        column = next((c for c in party.name if row.says(c)), None)
        entries, ids = row.entries(column), row.entries(party.id)
        if not entries and party.about and row.says("about_entity:name:qa") and _is_about(row, ids):
            entries = row.entries("about_entity:name:qa")
        others = [one for c in party.others for one in row.entries(c)]
        one_thing = party.aliases or len(ids) == 1 or (not ids and party.kind != "place")
        if one_thing and entries:
            first = self._mention(entries[0], party.kind, None, ids[0].words if len(ids) == 1 else None)
            for name in (*entries[1:], *others):
                self._mention(name, party.kind, first, None)
            return [Named(first.words, first.id)]
        matched = [i.words for i in ids] if len(ids) == len(entries) else [None] * len(entries)
        found = [self._mention(e, party.kind, None, i) for e, i in zip(entries, matched, strict=True)]
        if not found:
            known = [self._first.get((party.kind, i.words)) for i in ids]
            return [Named(i.words, one.id if one else None) for i, one in zip(ids, known, strict=True)]
        return [Named(m.words, m.id) for m in found]

    def place_of(self, named: Named) -> Words | None:
        """Where a party's name stands."""
        found = self._by_id.get(named.mention or "")
        return Words(found.words, found.start, found.end) if found else None

    def _mention(self, at: Words, kind: str, same: Mention | None, sheet_id: str | None) -> Mention:
        place = (at.start, at.end)
        if place not in self._found:
            own = self._id(at)
            self._found[place] = Mention(
                id=own,
                item=self._text.item,
                start=at.start,
                end=at.end,
                words=at.words,
                kind=MentionKind(kind),
                same_as=_handle(self._text.item, kind, sheet_id) if sheet_id else same.id if same else None,
            )
            self._by_id[self._found[place].id] = self._found[place]
        made = self._found[place]
        if sheet_id:
            self._first.setdefault((kind, sheet_id), made)
        return made

    def _id(self, at: Words) -> str:
        return _place_id(self._text, at.start, at.end, self._counter)


class _Claims:
    """Claims made so far."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._made: list[Stated] = []
        self._counter: dict[str, int] = {}
        self._starts = [p.start for p in text.passages]

    def all(self) -> tuple[Stated, ...]:
        """Every claim in order of place."""
        return tuple(sorted(self._made, key=lambda s: (s.claim.start, s.claim.end, s.claim.act_start, s.claim.id)))

    def state(self, row: Row, fact: Fact, book: _Book) -> None:
        """The claims of one fact in one row: none where the row does not fill both ends."""
        if not _holds(row, fact.only) or (fact.needs and row.header.isdisjoint(fact.needs)):
            return
        lefts, rights = book.enter(row, fact.left)[:MOST_ENDS], book.enter(row, fact.right)[:MOST_ENDS]
        if not lefts or not rights:
            return
        kind, flags = _kind(row, fact)
        if kind is None:
            return
        times = bounds_of(row, fact)
        for left in lefts:
            for right in rights:
                for role, act in self._acts(row, fact, right, book):
                    self._claim(row, fact, kind, left, right, role, act, times, flags)

    def _acts(self, row: Row, fact: Fact, right: Named, book: _Book) -> Iterator[tuple[str | None, Words]]:
        """The role of each claim, and the words it hangs on: role, else kind of relation, else the other end."""
        each = row.entries(fact.each)
        if each:
            yield from ((one.words, one) for one in each)
            return
        role = row.whole(fact.role)
        act = row.whole(fact.act) or book.place_of(right) or self._id_of(row, fact, right)
        if act is not None:
            yield (role.words if role and role.words.lower() not in fact.plain else None), act

    @staticmethod
    def _id_of(row: Row, fact: Fact, right: Named) -> Words | None:
        return next((one for one in row.entries(fact.right.id) if one.words == right.words), None)

    def _claim(
        self, row: Row, fact: Fact, kind: TieKind, left: Named, right: Named, role: str | None, act: Words,
        times: Times, flags: Sequence[str],
    ) -> None:  # fmt: skip
        columns = [*_columns(fact), *_standing_in(row, fact), *times.columns]
        used = [cell for c in columns if (cell := row.cells.get(c))]
        start, end = min(act.start, *(c.start for c in used)), max(act.end, *(c.end for c in used))
        title, rank = row.whole(fact.title), row.whole(fact.rank)
        base = self._text.base
        claim = Claim(
            id=_place_id(self._text, act.start, act.end, self._counter),
            item=self._text.item,
            start=start,
            end=end,
            quote=self._text.words[start - base : end - base],
            act=act.words,
            act_start=act.start,
            act_end=act.end,
            family=Family.TIE,
            act_type=ActType.OTHER,
            modality=Modality.REPORTED,
            speakers=(Named(DOC),),
            tie=Tie(
                kind=kind,
                left=left,
                right=right,
                role=role,
                title=title.words if title else None,
                rank=rank.words if rank else None,
                bounds=times.bounds,
            ),
            cited=next((Cited("report", cell.words) for c in fact.sources if (cell := row.whole(c))), None),
            paragraph=self._paragraph(start - base),
            flags=tuple(sorted({*flags, *times.flags, *_flags(row, fact, left, right)})),
            reader=NAME,
            why="; ".join(_why(row, fact, kind, times)),
        )
        self._made.append(Stated(claim, row, fact))

    def _paragraph(self, at: int) -> int | None:
        found = bisect_right(self._starts, at) - 1
        return self._text.passages[found].paragraph if found >= 0 else None


def _handle(item: str, kind: str, sheet_id: str) -> str:
    """A handle of an id that a sheet gives: a UUID is the same one in every sheet, any other id only within its own."""
    scope = () if _UUID.fullmatch(sheet_id) else (item,)
    return OWN_ID + content_id("own id", *scope, kind, sheet_id.lower())


def _holds(row: Row, only: Only | None) -> bool:
    return only is None or row.says(only.column).lower() in only.words


def _is_about(row: Row, ids: Sequence[Words]) -> bool:
    about = row.says("about_entity:ref:claim")
    return not ids or [one.words for one in ids] == [about]


def _kind(row: Row, fact: Fact) -> tuple[TieKind | None, tuple[str, ...]]:
    """What the tie is, by the row's own word; None where the row leaves it open or uses a word that is not known."""
    if fact.tie is not None:
        return TieKind(fact.tie), ()
    if fact.tie_column in row.header:
        known = fact.tie_words.get(row.says(fact.tie_column).lower())
        return (TieKind(known) if known else None), ()
    if fact.tie_missing is None:
        return None, ()
    having, then, other = fact.tie_missing
    return TieKind(then if having in row.header else other), (UNTOLD,)


def _columns(fact: Fact) -> Iterator[str]:
    """Columns whose cells say the fact, without those of its time."""
    yield from (*fact.left.name, *fact.right.name)
    yield from filter(None, (fact.each, fact.act, fact.role, fact.title, fact.rank))


def _standing_in(row: Row, fact: Fact) -> Iterator[str]:
    """Columns that stand in for a name which the row does not give."""
    for party in (fact.left, fact.right):
        if not any(row.says(column) for column in party.name):
            yield from ("about_entity:name:qa",) if party.about else ()
            yield from (party.id,) if party.id else ()


def _flags(row: Row, fact: Fact, left: Named, right: Named) -> Iterator[str]:
    status = status_flags().get(row.says(fact.status).lower())
    if status:
        yield status
    if left.mention is None or right.mention is None:
        yield NAMELESS


def _why(row: Row, fact: Fact, kind: TieKind, times: Times) -> Iterator[str]:
    """Which columns decided, what the sheet gives as sources, and how sure it says to be."""
    yield f"tie: {kind.value}, by the columns {', '.join(dict.fromkeys(c for c in _columns(fact) if row.says(c)))}"
    if times.columns:
        yield f"when: {', '.join(times.columns)}"
    yield from times.why
    yield from _said(row, "sources", fact.sources)
    yield from _said(row, "confidence as the sheet tells it", fact.confidence)
    yield from _said(row, "status", (fact.status,) if fact.status else ())


def _said(row: Row, what: str, columns: Iterable[str]) -> Iterator[str]:
    told = [f"{column} = {row.says(column)}" for column in columns if row.says(column)]
    if told:
        yield f"{what}: {', '.join(told)}"


def _place_id(text: Text, start: int, end: int, counter: dict[str, int]) -> str:
    """RECORD section 2: the words, what stands around them, and a counter where these come again."""
    words, first, last = text.words, start - text.base, end - text.base
    own, before, after = words[first:last], words[max(0, first - CONTEXT) : first], words[last : last + CONTEXT]
    key = content_id(own, before, after)
    nth = counter.get(key, 0)
    counter[key] = nth + 1
    return content_id(text.item, "original", own, before, after, nth_place(text.part, nth))
