"""Section 4: what is said to have happened when, as intervals; what has no date is listed beside.

Looks down to: desk, speech, dates, timeline. Used by: dossier.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.reports import dates
from probanda.reports.desk import Desk
from probanda.reports.parts.incidents import version_when
from probanda.reports.record import (
    Block,
    Cell,
    Line,
    Listing,
    Paragraph,
    Piece,
    Row,
    Section,
    Table,
    Tick,
    Timeline,
    Voice,
)
from probanda.reports.speech import form, given, line, listed, said, when
from probanda.reports.timeline import Span, lay_out
from probanda.reports.words import ACT, joined, words

REFS = 12
"""So many notes stand in one row; the incident has them all."""


def section(desk: Desk) -> Section:
    """The chronology: a picture, the same in words, and what has no date."""
    w = desk.w
    incidents = [i for i in desk.case.incidents if i.id in desk.incident_numbers]
    dated = [i for i in incidents if i.date_from or i.date_to]
    dated.sort(key=lambda i: (*_order(i.date_from, i.date_to), i.title, i.id))
    alone = [c for c in desk.known(desk.claims) if c.id not in desk.incident_of and (c.date_from or c.date_to)]
    rows = [(_order(i.date_from, i.date_to), n, _incident_row(desk, i)) for n, i in enumerate(dated)]
    rows += [(_order(c.date_from, c.date_to), len(dated) + n, _claim_row(desk, c)) for n, c in enumerate(alone)]
    rows.sort(key=lambda r: r[:2])
    blocks: list[Block] = []
    if picture := _picture(desk, dated):
        blocks.append(picture)
    if rows:
        heads = (w.line("When"), w.line("What is said"), w.line("Where"))
        blocks.append(Table(w.say("Chronology"), heads, tuple(r for _, _, r in rows), "chronology"))
        about = w.line("A year in square brackets is proposed: the words of the date do not state it.")
        blocks.append(Paragraph(about, role="aside"))
    else:
        blocks.append(Paragraph(w.line("No claim states a date."), desk.paragraph()))
    undated = [i for i in incidents if not (i.date_from or i.date_to)]
    parts = (_undated(desk, undated),) if undated else ()
    return Section(
        id="s4", number="4", title=w.line("Chronology"), level=2, blocks=tuple(blocks), parts=parts, listed=True
    )


def _order(start: str | None, end: str | None) -> tuple[str, str]:
    return (start or end or "", end or start or "")


def _number(desk: Desk, incident: Incident) -> Piece:
    number = desk.incident_numbers[incident.id]
    return Piece(Voice.LINK, number, target=number)


def _incident_row(desk: Desk, incident: Incident) -> Row:
    w = desk.w
    claims = desk.known(incident.claims)
    iso = incident.date_from or incident.date_to
    stated = any(dates.year_stated(iso, c.date_text) for c in claims)
    date = line(words(dates.spoken(w, incident.date_from, incident.date_to, year_stated=stated)))
    what = [line(_number(desk, incident), words(" "), given(incident.title), desk.refs(claims[:REFS]))]
    differing = version_when(desk, incident)
    what += [line(w.line("as told: {date}", date=told.pieces)) for told in differing]
    return Row(Cell((date,)), (Cell(tuple(what)), Cell((_where(desk, incident.places),))))


def _claim_row(desk: Desk, claim: Claim) -> Row:
    act = () if claim.tie else (*desk.w.line(ACT[claim.act_type]), words(". "))
    what = line(act, said(desk, claim))
    places = tuple(p.words for p in claim.places)
    return Row(Cell((line(words(when(desk, claim))),)), (Cell((what,)), Cell((_where(desk, places),))))


def _where(desk: Desk, places: Sequence[str]) -> Line:
    if not places:
        return line(desk.w.line("no place stated"))
    return line(listed([form(p) for p in places]))


def _picture(desk: Desk, incidents: Sequence[Incident]) -> Timeline | None:
    w = desk.w
    numbers = desk.incident_numbers
    layout = lay_out([Span(numbers[i.id], numbers[i.id], i.date_from, i.date_to) for i in incidents])
    if layout is None:
        return None
    description = w.count(
        "{n} incident on a line of time. The table below says the same in words.",
        "{n} incidents on a line of time. The table below says the same in words.",
        len(layout.bars),
    )
    return Timeline(
        title=w.say("Timeline of incidents"),
        description=description,
        bars=layout.bars,
        ticks=tuple(Tick(dates.spoken(w, t.label, t.label), t.at) for t in layout.ticks),
        lanes=layout.lanes,
        mirrored=w.direction == "rtl",
    )


def _undated(desk: Desk, incidents: Sequence[Incident]) -> Section:
    w = desk.w
    ordered = sorted(incidents, key=lambda i: int(desk.incident_numbers[i.id].removeprefix("I-")))
    runs = [(_number(desk, i), words(" "), given(i.title), *desk.refs(desk.known(i.claims)[:REFS])) for i in ordered]
    text = joined(runs, "; ")
    title = w.line("No date stated")
    return Section(
        id="s4-undated", number="", title=title, level=3, blocks=(Listing((), (Line(text),), "compact undated"),)
    )
