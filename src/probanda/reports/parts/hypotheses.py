"""The opened hypotheses in a report: every element with both columns, who put what there, and what is open. No score.

Start with `section_of`, one hypothesis. What leaves the office shows these alone, and no suggestion that nobody opened
(`CaseFile.to_leave`); tasks and what was taken out are for the office, and stay out of it.

Looks down to: desk, speech, words; matrix. Used by: parts.matrix, matrix_page.
"""

from __future__ import annotations

from collections.abc import Iterable

from probanda.kernel.vocabulary import Side
from probanda.matrix.chart import HEARSAY, NOTHING, Chart, Drawn, Entry, Row
from probanda.matrix.gaps import GapKind, gaps
from probanda.matrix.hypothesis import MODE, Act, Kind
from probanda.reports.casefile import CaseFile
from probanda.reports.desk import Desk
from probanda.reports.parts.division import Entry as Told
from probanda.reports.parts.elements import element
from probanda.reports.record import Block, Cell, Line, Listing, Paragraph, Piece, Pieces, Section, Table
from probanda.reports.record import Row as TableRow
from probanda.reports.speech import SHORT_QUOTE, by, code, given, line, listed, name, quote
from probanda.reports.words import N_, strong, words

OFFICE = frozenset({GapKind.UNVERIFIED, GapKind.IDENTITY})
"""Gaps that `probanda matrix gaps` tells; in a report the notes tell of each claim whether it was checked."""


def charts_of(case: CaseFile) -> list[Chart]:
    """The hypotheses this report tells: all of them, closed ones last; those that are open where it is to leave."""
    still = [c for c in case.charts if c.decided.closing is None]
    return still if case.to_leave else [*still, *(c for c in case.charts if c.decided.closing is not None)]


def numbers_of(case: CaseFile) -> dict[str, str]:
    """The hypotheses' numbers by their ids, in the order in which they are told."""
    return {c.decided.hypothesis.id: f"H-{n}" for n, c in enumerate(charts_of(case), start=1)}


def entries(desk: Desk) -> list[Told]:
    """One for each hypothesis, with every claim that its cells cite."""
    return [Told("hypothesis", tuple(_claims(desk, c)), chart=c) for c in charts_of(desk.case)]


def _claims(desk: Desk, chart: Chart) -> list[str]:
    found = [*chart.decided.hypothesis.claims]
    found += [e.ref.id for r in chart.rows for side in Side for e in r.column(side)]
    found += [s.ref.id for r in chart.rows for d in r.drawn for s in d.basis]
    return [i for i in dict.fromkeys(found) if i in desk.claims]


def section_of(desk: Desk, chart: Chart, number: str) -> Section:
    """One hypothesis."""
    w, h = desk.w, chart.decided.hypothesis
    title = w.line(
        "{person}: {crime}, {article}; mode: {mode}",
        person=name(chart.name), crime=given(h.crime_title), article=code(h.article), mode=given(h.mode_title),
    )  # fmt: skip
    blocks: list[Block] = [
        Paragraph(p, role="lead" if n == 0 else "aside") for n, p in enumerate(_opening(desk, chart))
    ]
    rows = [_row(desk, chart, r) for r in chart.rows if r.slot.part != MODE]
    mode = [_row(desk, chart, r) for r in chart.rows if r.slot.part == MODE]
    if mode:
        group = w.line("Elements of the mode of liability: {mode}", mode=given(h.mode_title))
        rows += [TableRow(Cell((line(group),)), group=True), *mode]
    heads = (
        w.line("Element"),
        w.line("Status"),
        w.line("For"),
        w.line("Against"),
        w.line("Open, and what would fill it"),
    )
    blocks.append(Table(w.say("Elements of {number}", number=number), heads, tuple(rows), "matrix"))
    taken = [t for r in chart.rows for t in r.taken] if not desk.case.to_leave else []
    if taken:
        lines = tuple(
            line(
                w.line("element {element}, {side}: ", element=t.act.slot.called, side=w.say(SIDE[t.act.side])),
                _thing(desk, t.shown.ref.id, t.shown.words), words(" "), _signed(desk, t.act), words(": "),
                given(t.act.reason),
            )
            for t in taken
        )  # fmt: skip
        blocks.append(Listing(w.line("Taken out of cells"), lines, "compact"))
    blocks += _beside(desk, chart)
    return Section(id=number, number=number, title=title, level=4, blocks=tuple(blocks), role="suggestion")


def _beside(desk: Desk, chart: Chart) -> list[Block]:
    """The checklist of grounds that exclude responsibility, and what was kept out of every cell, with why."""
    w, machine = desk.w, chart.machine
    if machine is None:
        return []
    found: list[Block] = []
    grounds = []
    for ground in machine.grounds:
        held = listed([_thing(desk, c, c[:12]) for c in ground.claims])
        grounds.append(line(given(ground.title), words(": "), held, words(" "), given(ground.says)))
    if grounds:
        label = w.line("Grounds that would exclude responsibility (art. 31 to 33)")
        found.append(Listing(label, tuple(grounds), "compact"))
    out = [line(_thing(desk, one.claim, one.claim[:12]), words(" "), given(one.why)) for one in machine.kept_out]
    if out:
        found.append(Listing(w.line("Kept out of every cell"), tuple(out), "compact"))
    return found


SIDE = {Side.FOR: N_("for"), Side.AGAINST: N_("against")}


def _opening(desk: Desk, chart: Chart) -> Iterable[Pieces]:
    w, h, closing = desk.w, chart.decided.hypothesis, chart.decided.closing
    yield (
        *w.line("Opened for examination by a person; nobody named here is said to have done anything. "),
        *_signed(desk, h), words(": "), given(h.reason),
    )  # fmt: skip
    if h.actor_kind and h.actor_kind != "person":
        yield w.line("Only a natural person can be tried (art. 25(1)).")
    if closing is not None:
        yield (
            *strong(w.line("Closed. ")), *_signed(desk, closing), words(": "), given(closing.reason),
            *(words(" ") for _ in closing.cites[:1]),
            *listed([_thing(desk, r.id, r.id[:12]) for r in closing.cites]),
        )  # fmt: skip
    yield (*strong((given(chart.says_open),)), *w.line(" Law pack {pack}.", pack=code(h.pack)))
    if chart.pack != h.pack:
        yield w.line("The law pack in use now is {pack}; what it changes is marked.", pack=code(chart.pack))
    for told in (*chart.decided.conflicts, *(m.words for m in chart.marks)):
        yield (given(told),)


def _row(desk: Desk, chart: Chart, row: Row) -> TableRow:
    w = desk.w
    head = [*element(w, row.slot.called, row.element.text, row.element.type)]
    if row.element.common_key:
        head.append(line(w.line("an element that several crimes share: {key}", key=code(row.element.common_key))))
    status = Cell((line(given(_first_big(row.status(desk.case.names)))),), f"status-{_look(row)}")
    return TableRow(
        Cell(tuple(head)),
        (
            status,
            Cell(tuple(_column(desk, row, Side.FOR)), "for"),
            Cell(tuple(_column(desk, row, Side.AGAINST)), "against"),
            Cell(tuple(_open(desk, chart, row)), "gap"),
        ),
    )  # fmt: skip


def _look(row: Row) -> str:
    """How the status cell is drawn: by what there is, and never by how much."""
    if row.evidence == NOTHING:
        return "none"
    if row.evidence == HEARSAY:
        return "hearsay"
    return "opposed" if row.standing(Side.FOR) and row.standing(Side.AGAINST) else "held"


def _column(desk: Desk, row: Row, side: Side) -> Iterable[Line]:
    w = desk.w
    for entry in row.column(side):
        yield _entry(desk, entry)
    if side is Side.FOR and row.unlisted:
        yield line(
            w.line_n("{n} further claim that the rule found", "{n} further claims that the rule found", row.unlisted)
        )
    for drawn in row.drawn:
        if drawn.finding.side is side:
            yield _drawn(desk, drawn)
    for told in row.looked(side, desk.case.names):
        yield line(given(told))
    for rule, says in row.rules(side):
        yield line(w.line("Rule {rule}: ", rule=code(rule)), given(says))


def _entry(desk: Desk, entry: Entry) -> Line:
    """One thing in a cell: its words, what it is for, who put it there or that a rule proposes it, and its remarks."""
    w, s = desk.w, entry.shown
    if s.ref.id in desk.claims and s.ref.kind is Kind.CLAIM:
        claim = desk.claims[s.ref.id]
        what: Pieces = (*by(desk, claim), words(": "), quote(desk, claim, SHORT_QUOTE))
    else:
        what = (given(f"{s.where} "), *_thing(desk, s.ref.id, s.words))
    what = (*what, words(" · "), given(f"{entry.role}, {entry.bearing}"), words(" · "))
    by_rule = w.line("proposed by rule {rule}, put here by nobody", rule=code(entry.rule))
    who = _put(desk, entry.put) if entry.put else by_rule
    told = [given(t) for t in (entry.note, s.retracted, s.gone) if t]
    told += [given(f"art. 69(7): {flag}") for flag in s.flags]
    return line(what, who, *(p for t in told for p in (words(" · "), t)))


def _put(desk: Desk, act: Act) -> Pieces:
    return (*desk.w.line("put here by "), *_signed(desk, act), words(": "), given(act.reason))


def _drawn(desk: Desk, drawn: Drawn) -> Line:
    w, f = desk.w, drawn.finding
    lead = w.line("Concluded, signed: ") if f.slot else w.line("Found for every cell of this element, signed: ")
    basis = listed([_thing(desk, s.ref.id, s.words or s.ref.id[:12]) for s in drawn.basis])
    parts: list[Pieces | Piece] = [
        strong(lead),
        given(f.says),
        words(" "),
        _signed(desk, f),
        words(": "),
        given(f.reason),
    ]
    parts += [w.line(" · rests on "), basis]
    if drawn.broken:
        parts += [strong(w.line(" · no longer stands: ")), given("; ".join(drawn.broken))]
    return line(*parts)


def _open(desk: Desk, chart: Chart, row: Row) -> Iterable[Line]:
    """Marks, what is open, what would fill it, and tasks; never empty."""
    w = desk.w
    found = [line(strong(w.line("Since last looked at: ")), given(m.words)) for m in row.marks]
    for one in row.assessed:
        a = one.assessment
        found.append(
            line(
                given(f"{a.says}, “{a.stage}” ({a.standard}) "), _signed(desk, a), words(": "), given(a.reason),
                *((strong(w.line(" Reopened: ")), given("; ".join(one.broken))) if one.broken else ()),
            )
        )  # fmt: skip
    named = [g for g in gaps([chart]) if g.slot == row.slot and g.kind not in OFFICE]
    found += [line(given(g.words + (f" Would help: {g.fill}" if g.fill else ""))) for g in named]
    if not desk.case.to_leave:
        found += [
            line(w.line("Task: "), given(f"{t.what} ({t.needs}; {t.assigned or w.say('nobody')})"))
            for t in row.tasks if not t.closed
        ]  # fmt: skip
    return found or [line(w.line("No gap named"))]


def _thing(desk: Desk, id_: str, otherwise: str) -> Pieces:
    """Something cited: the note of a claim of this report, else its words."""
    if id_ in desk.claims:
        return (words("“"), quote(desk, desk.claims[id_], SHORT_QUOTE), words("”"), desk.note(desk.claims[id_]))
    return (given(otherwise or id_[:12]),)


def _signed(desk: Desk, act: Act) -> Pieces:
    return (name(desk.case.names.get(act.by, act.by)), words(", "), code(act.at[:10]))


def _first_big(text: str) -> str:
    return text[:1].upper() + text[1:]
