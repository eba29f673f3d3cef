"""The working dossier: drafted as a record, rendered as one self-contained page.

`draft` thinks, `html` draws; both are pure, and equal case files give equal bytes. The page makes no
request, runs no script, and shows the words of sources escaped.

Looks down to: parts, record, page, words. Used by: casework, cli.
"""

from __future__ import annotations

from probanda.reports import dates, page
from probanda.reports.casefile import CaseFile
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.parts import actors, chronology, cover, incidents, items, matrix, notes
from probanda.reports.record import Dossier
from probanda.reports.words import Words


def html(case: CaseFile, lang: str = "en") -> str:
    """The working dossier as one HTML file (text, to be written as UTF-8), in this interface language."""
    w = Words(lang)
    return page.render(worded(case, w), w)


def draft(case: CaseFile, lang: str = "en") -> Dossier:
    """The working dossier as a frozen record, worded in this interface language."""
    return worded(case, Words(lang))


def worded(case: CaseFile, w: Words) -> Dossier:
    """The record, worded by `w`. Sections are drafted in reading order, because notes are numbered by first use."""
    desk = Desk(case, w)
    sections = tuple(part.section(desk) for part in (items, incidents, actors, chronology, matrix))
    return Dossier(
        language=w.language,
        direction=w.direction,
        title=shown(case.situation) or w.say("Situation not named"),
        kicker=cover.kicker(w, case),
        stamp=cover.stamp(w, case),
        stamp_lines=cover.stamp_lines(w, case),
        running_head=cover.running_head(w, case),
        run_label=w.say("Run"),
        run=dates.run_time(w, case.run_at),
        facts=cover.facts(desk),
        sections=sections,
        notes=notes.notes(desk),
        notes_title=w.say("Notes"),
        notes_lead=w.say(
            "Each note leads to the item, the paragraph, the characters counted from the start of the text, and the "
            "exact words among those around them. The sign ↩ leads back to the text."
        ),
    )
