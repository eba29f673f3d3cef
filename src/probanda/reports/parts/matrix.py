"""Section 5: the matrix. The hypotheses that persons opened, then what is suggested: for, against, gap. No score.

The three answers stand written out in every empty cell: nothing found, not looked for, not allowed to see.

Looks down to: desk, speech, words. Used by: dossier, text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from probanda.matrix.chart import Chart
from probanda.matrix.model import Cell as Element
from probanda.matrix.model import CellStatus, Suggestion
from probanda.reports.casefile import CaseFile
from probanda.reports.desk import Desk
from probanda.reports.parts import hypotheses
from probanda.reports.parts.division import Entry
from probanda.reports.parts.elements import element
from probanda.reports.parts.incidents import nothing_found
from probanda.reports.record import Block, Cell, Line, Listing, Paragraph, Piece, Pieces, Row, Section, Table, Voice
from probanda.reports.speech import code, given, line, listed, name, told
from probanda.reports.words import CELL, strong, words

STATUS_ROLE = {
    CellStatus.UNSUPPORTED: "status-none",
    CellStatus.ONE_ORIGIN: "status-one",
    CellStatus.HEARSAY: "status-hearsay",
    CellStatus.MIXED: "status-several",
    CellStatus.CONTRADICTED: "status-opposed",
}


FIRST = 5
"""So many claims of one cell are told one by one; the rest by their notes."""


@dataclass(slots=True)
class _Sheet:
    """What the whole matrix shares while it is drafted: numbers, common remarks, and where claims were told first."""

    desk: Desk
    numbers: dict[str, str]
    shared: dict[str, str]
    told: dict[tuple[str, ...], Pieces] = field(default_factory=dict)


def entries(desk: Desk) -> list[Entry]:
    """What the section tells, in its order: opened hypotheses, then suggestions, with every claim their cells cite."""
    found = hypotheses.entries(desk)
    for s in _ordered(desk.case):
        cited = [*s.claims, *(i for c in s.cells for i in (*c.supporting, *c.against))]
        cited += [i for g in s.grounds for i in g.claims]
        found.append(Entry("suggestion", tuple(i for i in dict.fromkeys(cited) if i in desk.claims), suggestion=s))
    return found


def numbers_of(case: CaseFile) -> dict[str, str]:
    """The suggestions' numbers by their ids, in the order in which they are told."""
    return {s.id: f"M-{n}" for n, s in enumerate(_ordered(case), start=1)}


def _ordered(case: CaseFile) -> list[Suggestion]:
    held = {c.machine.id for c in case.charts if c.machine is not None and c.decided.closing is None}
    left = (s for s in case.suggestions if s.id not in held)
    return sorted(left, key=lambda s: (s.actor_name, s.actor, s.article, s.crime, s.mode, s.id))


def section(desk: Desk, chosen: Sequence[Entry] | None = None) -> Section:
    """The section on the matrix: a list by actor, then each suggestion; all, or those chosen for one annex."""
    w = desk.w
    chosen = entries(desk) if chosen is None else chosen
    ordered = [e.suggestion for e in chosen if e.suggestion is not None]
    by_actor = [list(group) for _, group in groupby(ordered, key=lambda s: (s.actor_name, s.actor))]
    numbers = numbers_of(desk.case)
    opened = [e.chart for e in chosen if e.chart is not None]
    blocks: list[Block] = _lead(desk)
    if by_actor:
        blocks.append(_index(desk, by_actor, numbers))
    elif desk.case.to_leave:
        if not opened:
            blocks.append(Paragraph(w.line("Nobody has opened a hypothesis."), desk.paragraph()))
    elif not opened:
        blocks.append(Paragraph(w.line("No claim points to a crime in the law pack."), desk.paragraph()))
    shared = _shared(ordered)
    sheet = _Sheet(desk, numbers, shared)
    parts = tuple(_actor(sheet, n, group) for n, group in enumerate(by_actor, start=1))
    if opened:
        parts = (_opened(desk, opened), *parts)
    if shared:
        parts = (*parts, _remarks(desk, shared))
    return Section(
        id="s5", number="5", title=w.line("First matrix"), level=2, blocks=tuple(blocks), parts=parts, listed=True
    )


def _lead(desk: Desk) -> list[Block]:
    """What the section is, and what nothing in it says."""
    w = desk.w
    if desk.case.to_leave:
        said = w.line(
            "These hypotheses were opened by a person for examination; what a machine suggested and nobody opened is "
            "left out. There is no score. Where an element was assessed, a named person did so at a named stage."
        )
        return [Paragraph(said, desk.paragraph())]
    return [
        Paragraph(strong(w.line("Working paper, not for filing.")), role="stamp"),
        Paragraph(
            w.line(
                "The machine suggests questions to examine; only a person opens a hypothesis. To be named here "
                "says that a text names somebody, and no more. There is no score, and no standard of proof "
                "is said to be met."
            ),
            desk.paragraph(),
        ),
    ]


def _opened(desk: Desk, charts: Sequence[Chart]) -> Section:
    """The hypotheses that persons opened."""
    numbers = hypotheses.numbers_of(desk.case)
    parts = tuple(hypotheses.section_of(desk, c, numbers[c.decided.hypothesis.id]) for c in charts)
    title = desk.w.line("Hypotheses that persons opened for examination")
    return Section(id="s5-opened", number="", title=title, level=3, parts=parts, listed=True)


def _index(desk: Desk, by_actor: Sequence[Sequence[Suggestion]], numbers: dict[str, str]) -> Listing:
    lines = []
    for group in by_actor:
        links = [
            (
                Piece(Voice.LINK, numbers[s.id], target=numbers[s.id]),
                words(" "),
                given(s.crime_title),
                words(" ("),
                code(s.mode),
                words(")"),
            )
            for s in group
        ]
        lines.append(line(name(group[0].actor_name), words(": "), listed(links, "; ")))
    return Listing(desk.w.line("By person and unit"), tuple(lines), "index")


def _actor(sheet: _Sheet, n: int, group: Sequence[Suggestion]) -> Section:
    parts = tuple(_suggestion(sheet, s) for s in group)
    return Section(id=f"s5-{n}", number="", title=(name(group[0].actor_name),), level=3, parts=parts, listed=True)


def _digits(label: str) -> int:
    return int(label.split("-")[1])


def _shared(suggestions: Sequence[Suggestion]) -> dict[str, str]:
    """Remarks made of more than one suggestion, numbered in order: they are told once, below."""
    times = Counter(n for s in suggestions for n in dict.fromkeys(s.notes))
    ordered = dict.fromkeys(n for s in suggestions for n in s.notes if times[n] > 1)
    return {note: f"R-{n}" for n, note in enumerate(ordered, start=1)}


def _remarks(desk: Desk, shared: dict[str, str]) -> Section:
    lines = tuple(
        replace(line(Piece(Voice.STRONG, number), words(" "), given(note)), id=number)
        for note, number in shared.items()
    )
    title = desk.w.line("Remarks on several suggestions")
    return Section(
        id="s5-remarks", number="", title=title, level=3, blocks=(Listing((), lines, "compact"),), listed=True
    )


def _suggestion(sheet: _Sheet, s: Suggestion) -> Section:
    desk, w, number, shared = sheet.desk, sheet.desk.w, sheet.numbers[s.id], sheet.shared
    title = w.line(
        "{crime}, {article}; mode: {mode}",
        crime=given(s.crime_title),
        article=code(s.article),
        mode=given(s.mode_title),
    )
    blocks: list[Block] = [_from(desk, s)]
    crime = [c for c in s.cells if c.part != "mode"]
    mode = [c for c in s.cells if c.part == "mode"]
    rows = [_row(sheet, number, c) for c in crime]
    if mode:
        group = w.line("Elements of the mode of liability: {mode}", mode=given(s.mode_title))
        rows += [Row(Cell((line(group),)), group=True), *(_row(sheet, number, c) for c in mode)]
    heads = (w.line("Element"), w.line("Status"), w.line("For"), w.line("Against"), w.line("Gap"))
    blocks.append(Table(w.say("Elements of {number}", number=number), heads, tuple(rows), "matrix"))
    blocks += _reasons(desk, s)
    own = [line(given(n)) for n in s.notes if n not in shared]
    common = [shared[n] for n in s.notes if n in shared]
    if common:
        links = listed([Piece(Voice.LINK, n, target=n) for n in sorted(common, key=_digits)])
        own.append(line(w.line("Remarks that hold for others too: {links}.", links=links)))
    if own:
        blocks.append(Listing(w.line("Remarks"), tuple(own), "compact why"))
    return Section(id=number, number=number, title=title, level=4, blocks=tuple(blocks), role="suggestion")


def _reasons(desk: Desk, s: Suggestion) -> list[Block]:
    """Why it is suggested, what speaks against opening it, and grounds that words raise."""
    w = desk.w
    grounds = [
        line(given(f"{g.id} {g.title}: {g.says}"), words(" "), desk.refs(desk.known(g.claims)))
        for g in s.grounds
        if g.claims
    ]
    lists = (
        (w.line("Why it is suggested"), [line(given(r)) for r in s.reasons_for]),
        (w.line("What speaks against opening it"), [line(given(r)) for r in s.reasons_against]),
        (w.line("Grounds that exclude responsibility, as words raise them"), grounds),
    )
    return [Listing(label, tuple(lines), "compact why") for label, lines in lists if lines]


def _from(desk: Desk, s: Suggestion) -> Paragraph:
    """What made the machine suggest this: claims, incidents, law pack."""
    w = desk.w
    claims = desk.known(s.claims)
    lead = w.line_n("Suggested because of {n} claim", "Suggested because of {n} claims", len(claims))
    pieces = (*lead, *desk.refs(claims))
    incidents = [desk.incident_numbers[i] for i in s.incidents if i in desk.incident_numbers]
    if incidents:
        incidents.sort(key=lambda n: int(n.removeprefix("I-")))
        links = listed([desk.incident_link(n) for n in incidents])
        pieces = (*pieces, *w.line("; incidents {incidents}", incidents=links))
    return Paragraph((*pieces, *w.line(". Law pack {pack}.", pack=code(s.pack))), role="lead")


def _row(sheet: _Sheet, number: str, cell: Element) -> Row:
    w = sheet.desk.w
    link = Piece(Voice.LINK, number, target=number)
    where = w.line("{suggestion}, element {element}", suggestion=link, element=str(cell.element))
    if cell.part == "mode":
        where = w.line("{suggestion}, element {element} of the mode", suggestion=link, element=str(cell.element))
    head = element(w, cell.element, cell.text, cell.type, cell.notes)
    status = line(w.line(CELL[cell.status]))
    support = _answer(sheet, where, cell.supporting, cell.searched_for)
    if cell.reason:
        support = (*support, line(given(cell.reason)))
    gap = line(given(cell.gap)) if cell.gap else line(w.line("No gap named"))
    return Row(
        Cell(head),
        (
            Cell((status,), STATUS_ROLE[cell.status]),
            Cell(support, "for reasoned" if cell.reason else "for"),
            Cell(_answer(sheet, where, cell.against, cell.searched_against), "against"),
            Cell((gap,), "gap"),
        ),
    )


def _answer(sheet: _Sheet, where: Pieces, ids: Sequence[str], searched: bool) -> tuple[Line, ...]:
    """The claims, or one of the three answers. What an earlier cell told already is told by its place and notes."""
    desk = sheet.desk
    claims = desk.known(ids)
    if not claims:
        return (line(nothing_found(desk)),) if searched else (line(desk.w.line("Not looked for")),)
    key = tuple(c.id for c in claims)
    earlier = sheet.told.setdefault(key, where)
    if earlier is where or len(claims) == 1:
        return told(desk, claims, FIRST)
    return (line(desk.w.line("the same claims as in {place}", place=earlier), words(": "), desk.refs(claims)),)
