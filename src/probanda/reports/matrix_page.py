"""The opened hypotheses as one page: start with `html`. Template, notes and style are those of the dossier.

Looks down to: dossier, desk, page, parts. Used by: casework (matrix_forms).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probanda.matrix.chart import Chart
from probanda.reports.casefile import CaseFile
from probanda.reports.desk import Desk
from probanda.reports.dossier import bound
from probanda.reports.page import render
from probanda.reports.parts import hypotheses
from probanda.reports.record import Dossier, Paragraph, Section
from probanda.reports.words import Words, strong


def html(case: CaseFile, charts: Sequence[Chart], lang: str = "en") -> str:
    """The page as text, in this interface language."""
    w = Words(lang)
    return render(drafted(case, charts, w), w)


def drafted(case: CaseFile, charts: Sequence[Chart], w: Words) -> Dossier:
    """The page as a frozen record."""
    desk = Desk(replace(case, charts=tuple(charts), suggestions=()), w)
    desk.items_here = False
    desk.incident_numbers = {}
    numbers = hypotheses.numbers_of(desk.case)
    parts = tuple(
        hypotheses.section_of(desk, c, numbers[c.decided.hypothesis.id]) for c in hypotheses.charts_of(desk.case)
    )
    blocks = [Paragraph(strong(w.line("Working paper, not for filing.")), role="stamp")]
    if not parts:
        blocks.append(Paragraph(w.line("Nobody has opened a hypothesis."), desk.paragraph()))
    title = w.line("Hypotheses that persons opened for examination")
    section = Section(id="s1", number="1", title=title, level=2, blocks=tuple(blocks), parts=parts, listed=True)
    return bound(desk, (section,), kicker=w.say("Case matrix"))
