"""Section 4: what is said to have happened when, as intervals; what has no date is listed beside.

Looks down to: desk, speech, dates, timeline. Used by: dossier.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.reports import dates
from probanda.reports.desk import Desk
from probanda.reports.parts.division import Entry
from probanda.reports.parts.incidents import version_when
from probanda.reports.record import (
    Block,
    Cell,
    Line,
    Listing,
    Paragraph,
    Pieces,
    Row,
    Section,
    Table,
    Tick,
    Timeline,
)
from probanda.reports.speech import form, line, listed, said, titled, when
from probanda.reports.timeline import Span, lay_out
from probanda.reports.words import ACT, joined, words

REFS = 12
"""So many notes stand in one row; the incident has them all."""


def entries(desk: Desk) -> list[Entry]:
    """What the section tells, in its order: dated incidents and claims by date, then incidents without a date."""
    incidents = [i for i in desk.case.incidents if i.id in desk.incident_numbers]
    dated = [i for i in incidents if i.date_from or i.date_to]
    dated.sort(key=lambda i: (*_order(i.date_from, i.date_to), i.title, i.id))
    alone = [c for c in desk.known(desk.claims) if c.id not in desk.incident_of and (c.date_from or c.date_to)]
    told = [(_order(i.date_from, i.date_to), Entry("dated", _cited(desk, i), incident=i)) for i in dated]
    told += [(_order(c.date_from, c.date_to), Entry("dated", (c.id,), claim=c)) for c in alone]
    told.sort(key=lambda t: t[0])
    undated = sorted((i for i in incidents if not (i.date_from or i.date_to)), key=lambda i: _digits(desk, i))
    return [*(e for _, e in told), *(Entry("undated", _first(desk, i), incident=i) for i in undated)]


def _digits(desk: Desk, incident: Incident) -> int:
    return int(desk.incident_numbers[incident.id].removeprefix("I-"))


def _first(desk: Desk, incident: Incident) -> tuple[str, ...]:
    return tuple(c.id for c in desk.known(incident.claims)[:REFS])


def _cited(desk: Desk, incident: Incident) -> tuple[str, ...]:
    dated = [c.id for c in desk.known(incident.claims) if c.date_from or c.date_to]
    return tuple(dict.fromkeys([*_first(desk, incident), *dated]))


def section(desk: Desk, chosen: Sequence[Entry] | None = None) -> Section:
    """The chronology: a picture, the same in words, and what has no date; all, or what was chosen for one annex."""
    w = desk.w
    chosen = entries(desk) if chosen is None else chosen
    told = [e for e in chosen if e.part == "dated"]
    rows = tuple(row for e in told if (row := _row(desk, e)) is not None)
    blocks: list[Block] = []
    if picture := _picture(desk, [e.incident for e in told if e.incident is not None]):
        blocks.append(picture)
    if rows:
        heads = (w.line("When"), w.line("What is said"), w.line("Where"))
        blocks.append(Table(w.say("Chronology"), heads, rows, "chronology"))
        about = w.line("A year in square brackets is proposed: the words of the date do not state it.")
        blocks.append(Paragraph(about, role="aside"))
    else:
        blocks.append(Paragraph(w.line("No claim states a date."), desk.paragraph()))
    undated = [e.incident for e in chosen if e.part == "undated" and e.incident is not None]
    parts = (_undated(desk, undated),) if undated else ()
    return Section(
        id="s4", number="4", title=w.line("Chronology"), level=2, blocks=tuple(blocks), parts=parts, listed=True
    )


def _order(start: str | None, end: str | None) -> tuple[str, str]:
    return (start or end or "", end or start or "")


def _row(desk: Desk, entry: Entry) -> Row | None:
    if entry.incident is not None:
        return _incident_row(desk, entry.incident)
    return _claim_row(desk, entry.claim) if entry.claim is not None else None


def _number(desk: Desk, incident: Incident) -> Pieces:
    return desk.incident_link(desk.incident_numbers[incident.id])


def _incident_row(desk: Desk, incident: Incident) -> Row:
    w = desk.w
    claims = desk.known(incident.claims)
    iso = incident.date_from or incident.date_to
    stated = any(dates.year_stated(iso, c.date_text) for c in claims)
    date = line(words(dates.spoken(w, incident.date_from, incident.date_to, year_stated=stated)))
    what = [line(_number(desk, incident), words(" "), *titled(incident.title), desk.refs(claims[:REFS]))]
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
    numbers = [desk.incident_numbers[i.id] for i in incidents]
    here = ["" if desk.annex_of.get(n, desk.annex) != desk.annex else n for n in numbers]
    layout = lay_out(
        [Span(n, target, i.date_from, i.date_to) for n, target, i in zip(numbers, here, incidents, strict=True)]
    )
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
    runs = [
        (*_number(desk, i), words(" "), *titled(i.title), *desk.refs(desk.known(i.claims)[:REFS])) for i in incidents
    ]
    text = joined(runs, "; ")
    title = w.line("No date stated")
    return Section(
        id="s4-undated", number="", title=title, level=3, blocks=(Listing((), (Line(text),), "compact undated"),)
    )
