"""A dossier cut into leaves: pages of a length that a person reads and a browser loads at once.

Start with `leaves`. A leaf repeats the headings above what it tells and has the notes of its own sentences; nothing of
the dossier is left out, and nothing else changes: numbers of paragraphs and notes are those of the whole.

Looks down to: record. Used by: page, casework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from probanda.reports.record import (
    Block,
    Cell,
    Dossier,
    Line,
    Listing,
    Note,
    Opposed,
    Paragraph,
    Piece,
    Pieces,
    Section,
    Table,
    Timeline,
    Voice,
)

T = TypeVar("T")
LENGTH = 140_000
"""Characters of a leaf with its notes, about: some 40 printed pages, and under 100 KB on the wire."""
RUN = 20_000
"""Characters of a table or list that stay together; a longer one is cut between its rows."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf."""

    number: int
    """From 1."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    """Of what is told on it, in the order of their numbers."""


def cover(dossier: Dossier) -> Dossier:
    """The dossier without what is told: title, stamp, facts, and the headings that its contents list."""
    return replace(dossier, sections=tuple(map(_heading, dossier.sections)), notes=())


def _heading(section: Section) -> Section:
    return replace(section, blocks=(), parts=tuple(_heading(part) for part in section.parts if part.listed))


def leaves(dossier: Dossier, length: int = LENGTH) -> tuple[Leaf, ...]:
    """The leaves in order; one at least."""
    notes = {f"n{note.number}": note for note in dossier.notes}
    heavy = {target: _note_length(note) for target, note in notes.items()}
    found: list[Leaf] = []
    for run in _packed(_flat(dossier.sections, ()), heavy, length):
        cited = dict.fromkeys(target for _, block in run if block for target in _cited(block))
        told = sorted((notes[target] for target in cited if target in notes), key=lambda note: note.number)
        found.append(Leaf(len(found) + 1, _sections(run), tuple(told)))
    return tuple(found) or (Leaf(1, (), ()),)


_Entry = tuple[tuple[Section, ...], Block | None]
"""A block under the sections it stands in, outermost first; None for a heading alone."""


def _flat(sections: Sequence[Section], above: tuple[Section, ...]) -> Iterator[_Entry]:
    for section in sections:
        chain = (*above, section)
        if not section.blocks:
            yield chain, None
        for block in section.blocks:
            for run in _runs(block):
                yield chain, run
        yield from _flat(section.parts, chain)


def _runs(block: Block) -> Iterator[Block]:
    """A block, or a long table or list in pieces."""
    if isinstance(block, Table):
        for rows in _cut(block.rows, lambda row: _cells((row.head, *row.cells))):
            yield replace(block, rows=rows)
    elif isinstance(block, Listing):
        for lines in _cut(block.lines, lambda line: len(_text(line.pieces))):
            yield replace(block, lines=lines)
    else:
        yield block


def _cut(rows: Sequence[T], size: Callable[[T], int]) -> Iterator[tuple[T, ...]]:
    run: list[T] = []
    weight = 0
    for row in rows:
        if run and weight > RUN:
            yield tuple(run)
            run, weight = [], 0
        run.append(row)
        weight += size(row)
    yield tuple(run)


def _packed(entries: Iterable[_Entry], heavy: Mapping[str, int], length: int) -> Iterator[list[_Entry]]:
    """The entries cut where a leaf is full: before a section that would not fit any more, or where one must be cut."""
    run: list[_Entry] = []
    weight, noted = 0, set[str]()
    for chain, block in entries:
        cited = set(_cited(block)) if block else set()
        here = (_length(block) if block else 0) + sum(heavy.get(target, 0) for target in sorted(cited - noted))
        begins = not run or run[-1][0] != chain
        if run and weight + here > length and (begins or weight > length // 2):
            yield run
            run, weight, noted = [], 0, set()
            here = (_length(block) if block else 0) + sum(heavy.get(target, 0) for target in sorted(cited))
        run.append((chain, block))
        weight += here
        noted |= cited
    if run:
        yield run


def _sections(run: Sequence[_Entry]) -> tuple[Section, ...]:
    """The sections of a run of blocks, each with what of it stands in the run."""
    found: list[Section] = []
    at = 0
    while at < len(run):
        section = run[at][0][0]
        end = at
        while end < len(run) and run[end][0][0] is section:
            end += 1
        own = run[at:end]
        blocks = tuple(block for chain, block in own if len(chain) == 1 and block is not None)
        parts = _sections([(chain[1:], block) for chain, block in own if len(chain) > 1])
        found.append(replace(section, blocks=blocks, parts=parts))
        at = end
    return tuple(found)


# --- what stands in a block -----------------------------------------------------------------------


def runs_of(block: Block) -> Iterator[Pieces]:
    """Every run of pieces in a block, in order."""
    if isinstance(block, Paragraph):
        yield block.pieces
    elif isinstance(block, Listing):
        yield block.label
        yield from (line.pieces for line in block.lines)
    elif isinstance(block, Opposed):
        yield from (block.title, block.left.pieces, block.right.pieces, block.reason)
    elif isinstance(block, Table):
        yield from (line.pieces for row in block.rows for cell in (row.head, *row.cells) for line in cell.lines)


def _cited(block: Block) -> Iterator[str]:
    return (piece.target for run in runs_of(block) for piece in run if piece.voice is Voice.NOTE)


def _length(block: Block) -> int:
    if isinstance(block, Timeline):
        return 200 * len(block.bars)
    return sum(len(_text(run)) for run in runs_of(block))


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _cells(cells: Sequence[Cell]) -> int:
    return sum(len(_text(line.pieces)) for cell in cells for line in cell.lines)


def _note_length(note: Note) -> int:
    around: tuple[Line, ...] = note.remarks
    return 300 + len(note.before) + len(note.quote) + len(note.after) + sum(len(_text(one.pieces)) for one in around)


def anchors(leaf: Leaf) -> Iterator[str]:
    """What links may lead to on this leaf: sections, rows, lines, notes, and where each note is first used."""
    yield from _of_sections(leaf.sections)
    yield from (f"n{note.number}" for note in leaf.notes)


def _of_sections(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield section.id
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (row.id for row in block.rows if row.id)
            if isinstance(block, Listing):
                yield from (line.id for line in block.lines if line.id)
            for run in runs_of(block):
                yield from (f"r{p.text}" for p in run if p.voice is Voice.NOTE and p.first)
        yield from _of_sections(section.parts)
