"""Figures of one incident: for each population the span of what sources say, and each figure with who gives it.

Start with `blocks`. Nothing is added: why not is said beside each span.

Looks down to: incidents.figures, desk, figure_words, speech, words. Used by: parts.incidents.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.claims.model import Claim
from probanda.incidents.figures import Figure, Span, ledger
from probanda.incidents.populations import OTHER
from probanda.reports.desk import Desk
from probanda.reports.figure_words import CALLED, of_whom, reach
from probanda.reports.record import Block, Cell, Line, Paragraph, Row, Table
from probanda.reports.speech import figure, form, given, line
from probanda.reports.words import strong, words


def blocks(desk: Desk, claims: Sequence[Claim]) -> list[Block]:
    """A small table, one row for each population; nothing for claims without figures."""
    made = ledger(claims)
    if not made.figures:
        return []
    w = desk.w
    by_id = {c.id: c for c in claims}
    spans = {span.population: span for span in made.spans}
    rows = []
    for population in dict.fromkeys(f.population for f in made.figures):
        mine = sorted((f for f in made.figures if f.population == population), key=lambda f: desk.place(by_id[f.claim]))
        told = tuple(filter(None, (_one(desk, by_id[f.claim], f) for f in mine)))
        called = line(strong((given(CALLED[population]),)))
        rows.append(Row(Cell((called,)), (_span(desk, spans.get(population)), Cell(told))))
    table = Table(
        w.say("Figures as sources give them"),
        (w.line("Who is counted"), w.line("Span of what sources say"), w.line("Each figure")),
        tuple(rows),
        "figures",
    )
    bounded = any(f.max is not None for f in made.figures)
    end = w.line("The figures are not added together.")
    if not bounded:
        end = w.line("No source states a maximum. The figures are not added together.")
    return [table, Paragraph(end, role="aside")]


def _span(desk: Desk, span: Span | None) -> Cell:
    if span is None:
        return Cell((line(desk.w.line("Each for itself: these count different things.")),))
    lines = [line(strong((given(reach(span)),)))]
    if whom := of_whom(span):
        lines.append(line(given(whom)))
    if span.figures > 1:
        lines.append(line(given(span.why)))
    return Cell(tuple(lines))


def _one(desk: Desk, claim: Claim, told: Figure) -> Line | None:
    if claim.quantity is None:
        return None
    said = figure(desk, claim, claim.quantity)
    if told.unit and told.population in ("property", OTHER):
        said = desk.w.line("{unit}: {figure}", unit=form(told.unit), figure=said)
    return line(said, words(" · "), desk.w.line("denied by the speaker")) if told.denied else line(said)
