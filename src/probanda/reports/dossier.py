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
from probanda.reports.record import Dossier, Fact, Section
from probanda.reports.words import Words


def html(case: CaseFile, lang: str = "en") -> str:
    """The working dossier as one HTML file (text, to be written as UTF-8), in this interface language."""
    w = Words(lang)
    return page.render(worded(case, w), w)


def draft(case: CaseFile, lang: str = "en") -> Dossier:
    """The working dossier as a frozen record, worded in this interface language."""
    return worded(case, Words(lang))


def rendered(dossier: Dossier, lang: str = "en") -> str:
    """A drafted record (a dossier, a summary, an annex) as one HTML file, in the language it was worded in."""
    return page.render(dossier, Words(lang))


def worded(case: CaseFile, w: Words) -> Dossier:
    """The record, worded by `w`. Sections are drafted in reading order, because notes are numbered by first use."""
    desk = Desk(case, w)
    sections = tuple(part.section(desk) for part in (items, incidents, actors, chronology, matrix))
    return bound(desk, sections, kicker=cover.kicker(w, case))


def bound(
    desk: Desk,
    sections: tuple[Section, ...],
    *,
    kicker: str,
    title: str = "",
    running_head: str = "",
    facts: tuple[Fact, ...] | None = None,
) -> Dossier:
    """Sections drafted on one desk, bound with cover and notes; what is not given is the dossier's own."""
    case, w = desk.case, desk.w
    return Dossier(
        language=w.language,
        direction=w.direction,
        title=title or shown(case.situation) or w.say("Situation not named"),
        kicker=kicker,
        stamp=cover.stamp(w, case),
        stamp_lines=cover.stamp_lines(w, case),
        running_head=running_head or cover.running_head(w, case),
        run_label=w.say("Run"),
        run=dates.run_time(w, case.run_at),
        run_at=case.run_at,
        facts=cover.facts(desk) if facts is None else facts,
        sections=sections,
        notes=notes.notes(desk),
        notes_title=w.say("Notes"),
        notes_lead=w.say(
            "Each note leads to the item, the page or cell where it has them, the paragraph, the characters counted "
            "from the start of the text, and the exact words among those around them. The sign ↩ leads back to the "
            "text."
        ),
    )
