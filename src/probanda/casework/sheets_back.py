"""Write known sheets back: every cell as it came, but for what a person corrected here, and a list of what differs.

Start with `returned`. A sheet is written from its item's own bytes (`reading.sheets.grid`), so that what nobody changed
is the same byte for byte: quotation marks, line ends, encoding, columns that nobody here understands. Three things make
a difference, and each is listed with its cell, what stood there, what stands there now, and why:

- a person corrected a claim that the row states: the cells that said otherwise say now what the person read there;
- a person rejected one: the words stay, since it was our reading of them that was rejected; where the sheet has a
  status column of 2026 it says `issue`, so that whoever takes the sheet in looks at the row;
- a name is protected: it is written as its codename, and the list does not show what stood there.

Cells that a spreadsheet program could take for formulas are written as they came, since an apostrophe in front would be
a difference nobody asked for; they are counted and listed for a person to know.

Looks down to: claims (sheet reader), reading (sheets), sheets (guard), kernel. Used by: force_sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from probanda.casework.sheets import guarded
from probanda.claims.model import Claim, Named
from probanda.claims.readers.sheet import Stated
from probanda.claims.readers.sheet_cells import Words
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import Status
from probanda.reading.formats.cells import column_name
from probanda.reading.formats.csv_table import Field
from probanda.reading.sheets import Fact, date_columns
from probanda.reading.sheets.grid import Grid, Place

STATUS = "status:meta"
"""The column of 2026 in which a row is marked for a person to look at."""
MARKED = "issue"
Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person decided of a claim that a row states."""

    claim: Claim
    """As it was settled."""
    proposed: Stated | None
    """As the sheet's reader proposes it today; None where its row no longer states it."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that is not written as it came, or a decision for which no cell could be changed."""

    why: str
    """corrected, rejected, protected name, or why a cell was not changed."""
    cell: str | None = None
    column: str | None = None
    before: str | None = None
    after: str | None = None
    claim: str | None = None
    by: str | None = None
    at: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A sheet as it is to be written."""

    data: bytes
    sheet: str
    differences: tuple[Difference, ...]
    formulas: tuple[str, ...]
    """Cells that a spreadsheet program could take for a formula, by name."""
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Changes:
    """Changes of one sheet while they are gathered; the first decision on a cell counts."""

    grid: Grid
    there: Mapping[Place, Field]
    """The cells, as they came, of rows on which somebody decided."""
    cells: dict[Place, str] = field(default_factory=dict)
    found: list[Difference] = field(default_factory=list)

    def set(self, place: Place | None, column: str, words: str, told: Difference) -> None:
        """Put words into a cell, or say why not."""
        there = self.there.get(place) if place else None
        if place is None or there is None:
            self.say(told, f"{told.why}; not written: the row has no column {column}", column)
        elif not self.grid.takes(words):
            self.say(told, f"{told.why}; not written: {self.grid.encoding} has no letters for it", column, place, words)
        elif self.cells.get(place, words) != words:
            self.say(told, f"{told.why}; not written: another decision changed this cell", column, place, words)
        elif there.value != words:
            self.cells[place] = words
            self.say(told, told.why, column, place, words)

    def say(
        self,
        told: Difference,
        why: str,
        column: str | None = None,
        place: Place | None = None,
        words: str | None = None,
    ) -> None:
        """Enter one difference."""
        there = self.there.get(place) if place else None
        self.found.append(
            Difference(
                why=why,
                cell=cell_name(place) if place else None,
                column=column,
                before=there.value if there else None,
                after=words,
                claim=told.claim,
                by=told.by,
                at=told.at,
                reason=told.reason,
            )
        )


def returned(grid: Grid, decided: Iterable[Decided], mask: Mask | None) -> Returned:
    """The sheet to write and what differs in it. Pure."""
    ordered = sorted(decided, key=lambda d: (d.claim.start, d.claim.end, d.claim.id))
    changes = _Changes(grid, grid.in_rows({one.proposed.row.number for one in ordered if one.proposed}))
    for one in ordered:
        _enter(changes, one)
    if mask is not None:
        _mask(changes, mask)
    values = (((f.row, f.column), changes.cells.get((f.row, f.column), f.value)) for f in grid.cells())
    return Returned(
        data=grid.written(changes.cells),
        sheet=grid.sheet.name,
        differences=tuple(changes.found),
        formulas=tuple(cell_name(place) for place, words in values if guarded(words) != words),
        unknown=grid.sheet.unknown(grid.header),
        missing=grid.sheet.missing(grid.header),
    )


def cell_name(place: Place) -> str:
    """`B7`."""
    return f"{column_name(place[1])}{place[0]}"


def _enter(changes: _Changes, one: Decided) -> None:
    claim = one.claim
    told = Difference(
        why="corrected" if claim.status is Status.CORRECTED else "rejected",
        claim=claim.id,
        by=claim.by,
        at=claim.at,
        reason=one.reason or None,
    )
    if one.proposed is None or claim.tie is None or one.proposed.claim.tie is None:
        changes.say(told, f"{told.why}; not written: no row states it any more")
    elif claim.status is Status.REJECTED:
        _reject(changes, one.proposed, told)
    else:
        wanted = list(_wanted(one.proposed, claim))
        for column, words in wanted:
            changes.set(_place(changes.grid, one.proposed, column), column, words, told)
        if not wanted:
            changes.say(told, "corrected; not written: no column says what was corrected")


def _reject(changes: _Changes, proposed: Stated, told: Difference) -> None:
    place = _place(changes.grid, proposed, STATUS)
    if proposed.fact.range and place is not None:
        changes.set(place, STATUS, MARKED, told)
    else:
        changes.say(told, "rejected; the words stay as they came")


def _place(grid: Grid, proposed: Stated, column: str) -> Place | None:
    number = grid.column_numbers.get(column)
    return (proposed.row.number, number) if number else None


def _mask(changes: _Changes, mask: Mask) -> None:
    hidden = {}
    for one in changes.grid.cells():
        place = (one.row, one.column)
        words = changes.cells.get(place, one.value)
        if one.row > 1 and words.strip() and (safe := mask(words)) != words:
            hidden[place] = safe
    changes.cells |= hidden  # codenames are written with letters that every encoding has
    names = {cell_name(place) for place in hidden}
    kept = [_masked(d, mask) for d in changes.found if d.cell not in names]
    header = changes.grid.header
    changes.found = kept + [
        Difference(
            why="protected name",
            cell=cell_name(place),
            column=header[place[1] - 1] if place[1] <= len(header) else None,
            after=safe,
        )
        for place, safe in sorted(hidden.items())
    ]


def _masked(one: Difference, mask: Mask) -> Difference:
    told = {name: getattr(one, name) for name in ("before", "after", "reason")}
    return replace(one, **{name: mask(words) if words else words for name, words in told.items()})


# What a person read otherwise, by the columns that say it -------------------------------------------


def _wanted(proposed: Stated, claim: Claim) -> Iterator[tuple[str, str]]:
    """Columns and their new words, where the settled claim differs from what the row says."""
    before, after, fact = proposed.claim.tie, claim.tie, proposed.fact
    if before is None or after is None:
        return
    for old, new, party in ((before.left, after.left, fact.left), (before.right, after.right, fact.right)):
        if old.words != new.words:
            columns = (*party.name, *(("about_entity:name:qa",) if party.about else ()))
            yield _entry(proposed, old, new, columns)
    if after.role != before.role:
        column = fact.each or fact.role
        if column:
            yield column, _exchanged(proposed, column, before.role, after.role)
    for column, old_words, new_words in ((fact.title, before.title, after.title), (fact.rank, before.rank, after.rank)):
        if column and old_words != new_words and column != fact.role:
            yield column, new_words or ""
    yield from _times(fact, before.bounds or Bounds(), after.bounds or Bounds(), set(proposed.row.header))


def _entry(proposed: Stated, old: Named, new: Named, columns: Sequence[str]) -> tuple[str, str]:
    column = next((c for c in columns if old.words in [e.words for e in proposed.row.entries(c)]), columns[0])
    return column, _exchanged(proposed, column, old.words, new.words)


def _exchanged(proposed: Stated, column: str, old: str | None, new: str | None) -> str:
    """The cell with one of its entries exchanged; the others, and the space between them, stay."""
    cell = proposed.row.cells.get(column)
    found: Words | None = next((e for e in proposed.row.entries(column) if e.words == old), None)
    if cell is None or found is None:
        return new or ""
    start, end = found.start - cell.start, found.end - cell.start
    return cell.words[:start] + (new or "") + cell.words[end:]


def _times(fact: Fact, before: Bounds, after: Bounds, header: set[str]) -> Iterator[tuple[str, str]]:
    if fact.range:
        for name in ("first_precise", "last_precise", "first_imprecise", "last_imprecise"):
            if getattr(before, name) != getattr(after, name):
                yield f"{name}:range", getattr(after, name) or ""
        for name in ("starting", "ending"):
            if getattr(before, name) is not getattr(after, name):
                yield f"{name}:range", "Y" if getattr(after, name) else "N"
        return
    first = (before.first_precise or before.first_imprecise, after.first_precise or after.first_imprecise)
    last = (before.last_precise or before.last_imprecise, after.last_precise or after.last_imprecise)
    for column, (old, new) in ((fact.first, first), (fact.last, last)):
        if column and old != new:
            yield from _cut_day(column, new or "", header)
    if fact.starting and before.starting is not after.starting:
        yield fact.starting, "Y" if after.starting else "N"
    if before.ending is not after.ending:
        if fact.ending:
            yield fact.ending, "Y" if after.ending else "N"
        elif fact.still:
            yield fact.still, "E" if after.ending else "N"


def _cut_day(column: str, iso: str, header: set[str]) -> Iterator[tuple[str, str]]:
    """A day in the columns that the sheet has for it: whole, and cut in three without leading zeros."""
    if column in header:
        yield column, iso
    pieces = [*iso.split("-"), "", ""][:3]
    cut: Mapping[int, str] = {0: pieces[0], 1: pieces[1].lstrip("0"), 2: pieces[2].lstrip("0")}
    for names in date_columns(column):
        yield from ((name, cut[n]) for n, name in enumerate(names) if name in header)
