"""Incidents and matrix as plain text for a terminal, from the same record as the dossier.

Notes stand below, by registration number, paragraph and offsets. Control and direction signs of a
source are shown by their codes, so that no text can move the cursor or reorder a line.

Looks down to: parts, record, words. Used by: casework, cli.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from probanda.reports.casefile import CaseFile
from probanda.reports.desk import Desk
from probanda.reports.parts import cover, incidents, matrix, notes
from probanda.reports.record import Block, Cell, Line, Listing, Note, Opposed, Paragraph, Piece, Section, Table, Voice
from probanda.reports.words import Words

WIDTH = 100


def incidents_text(case: CaseFile, lang: str = "en") -> str:
    """The incidents with their versions, contradictions and figures, and the notes they use."""
    w = Words(lang)
    desk = Desk(case, w)
    return _text(desk, incidents.section(desk))


def matrix_text(case: CaseFile, lang: str = "en") -> str:
    """The first matrix, element by element, and the notes it uses."""
    w = Words(lang)
    desk = Desk(case, w)
    incidents.section(desk)  # numbers the incidents; its notes are not wanted here
    desk.notes.clear()
    desk.paragraphs = 0
    return _text(desk, matrix.section(desk))


def _text(desk: Desk, section: Section) -> str:
    out = [cover.stamp(desk.w, desk.case), "", *_section(section)]
    found = notes.notes(desk)
    if found:
        out += ["", desk.w.say("Notes"), ""]
        out += [text for note in found for text in _note(note)]
    return "\n".join(out).rstrip() + "\n"


def _section(section: Section) -> Iterator[str]:
    title = " ".join(p for p in (section.number, run(section.title)) if p)
    yield ""
    yield from textwrap.wrap(title, WIDTH) or [title]
    if section.level < 4:
        yield {2: "=", 3: "-"}.get(section.level, "-") * min(len(title), WIDTH)
    for block in section.blocks:
        yield from _block(block)
    for part in section.parts:
        yield from _section(part)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        number = f"{block.number}. " if block.number else ""
        yield from _wrapped(number + run(block.pieces), "  ")
    elif isinstance(block, Listing):
        if block.label:
            yield from _wrapped(run(block.label) + ":", "  ")
        yield from _lines(block.lines, "    ")
    elif isinstance(block, Opposed):
        yield from _wrapped(f"{run(block.title)} · {run(block.reason)}".rstrip(" ·"), "  ")
        yield from _lines((block.left, block.right), "    ")
    elif isinstance(block, Table):
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield from _wrapped(_cell(row.head), "  ")
        for head, cell in zip(table.heads[1:], row.cells, strict=False):
            if len(cell.lines) == 1:
                yield from _wrapped(f"{run(head)}: {run(cell.lines[0].pieces)}", "    ")
            else:
                yield from _wrapped(f"{run(head)}:", "    ")
                yield from _lines(cell.lines, "      ")


def _cell(cell: Cell) -> str:
    return " · ".join(run(line.pieces) for line in cell.lines)


def _lines(lines: Sequence[Line], indent: str) -> Iterator[str]:
    for line in lines:
        yield from _wrapped(("↳ " if line.echo else "- ") + run(line.pieces), indent)


def _note(note: Note) -> Iterator[str]:
    yield from _wrapped(f"[{note.number}] {run(note.place)} · {run(note.said)}", "")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def run(pieces: Sequence[Piece]) -> str:
    """Pieces as plain text: quotes in quotation marks, notes in square brackets."""
    return "".join(_plain(p) for p in pieces)


def _plain(piece: Piece) -> str:
    if piece.voice is Voice.QUOTE:
        return f"“{piece.text}”"
    if piece.voice is Voice.NOTE:
        return f"[{piece.text}]"
    return piece.text
