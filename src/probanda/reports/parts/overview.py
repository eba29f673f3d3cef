"""The summary of a case of very many claims: what there is, counted and listed, each line with its annex.

Start with `sections`. An incident is one line; a line's notes are the first claim of each version, at most `NOTES`.
Whatever is counted here stands in full in an annex.

Looks down to: desk, speech, dates, words, and the parts that the annexes are made of. Used by: summary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Incident, Version
from probanda.matrix.model import CellStatus, Suggestion
from probanda.reports import dates
from probanda.reports.casefile import ItemLine
from probanda.reports.desk import Desk
from probanda.reports.parts import actors, chronology, hypotheses, incidents, items, matrix
from probanda.reports.parts.division import Entry
from probanda.reports.record import Block, Cell, Line, Listing, Paragraph, Piece, Pieces, Row, Section, Table, Voice
from probanda.reports.speech import code, form, given, line, listed, name, origins, titled
from probanda.reports.words import CELL, DISAGREE, KIND, joined, number, strong, words

NOTES = 3
"""At most so many notes to a line: the first claim of each version, or the first claims."""
VERSIONS = 3
"""So many versions of an incident have their origins told in its line; the annex tells the rest."""
NAMED = 50
"""So many actors are listed: those whom most claims name."""
STATES = 24
"""So many kinds, languages or states of reading are counted one by one; the rest together."""


@dataclass(frozen=True, slots=True)
class Places:
    """In which annex each thing stands: labels such as `Annex B1`, by number or id."""

    items: str = ""
    incidents: Mapping[str, str] = field(default_factory=dict)
    """By incident id."""
    alone: tuple[str, ...] = ()
    """Where the claims stand that belong to no incident."""
    actors: Mapping[str, str] = field(default_factory=dict)
    """By actor id."""
    dated: Mapping[str, str] = field(default_factory=dict)
    """By incident or claim id, in the chronology."""
    suggestions: Mapping[str, str] = field(default_factory=dict)
    """By suggestion id."""


def sections(desk: Desk, places: Places) -> tuple[Section, ...]:
    """The sections of the summary, in the order of the dossier's."""
    return (
        _items(desk, places),
        _incidents(desk, places),
        _actors(desk, places),
        _months(desk, places),
        _matrix(desk, places),
    )


def _section(n: int, title: Pieces, blocks: Sequence[Block], parts: tuple[Section, ...] = ()) -> Section:
    return Section(id=f"s{n}", number=str(n), title=title, level=2, blocks=tuple(blocks), parts=parts, listed=True)


def _plain(text: str) -> Cell:
    return Cell((line(words(text)),))


def _labels(labels: Iterable[str]) -> Cell:
    return _plain(", ".join(dict.fromkeys(labels)))


# --- items


def _items(desk: Desk, places: Places) -> Section:
    w = desk.w
    title = w.line("Items taken in")
    if not desk.case.items:
        return _section(1, title, [Paragraph(w.line("No item was taken in."), desk.paragraph())], (items.unread(desk),))
    counted: list[tuple[Pieces, list[Piece]]] = [
        (w.line("By kind"), [code(i.media_type) for i in desk.case.items]),
        (w.line("By language"), [items.language_name(w, i.language) for i in desk.case.items]),
        (w.line("By how far read"), [given(i.read) for i in desk.case.items]),
    ]
    rows: list[Row] = []
    for head, keys in counted:
        rows.append(Row(Cell((line(head),)), group=True))
        rows += _counted(desk, list(zip(keys, desk.case.items, strict=True)))
    heads = (w.line("Counted by"), w.line("Items"), w.line("Claims"))
    blocks: list[Block] = [
        Table(w.say("Items, counted"), heads, tuple(rows), "counts"),
        Paragraph(w.line("Each item, with its digest, stands in {annex}.", annex=places.items), role="aside"),
    ]
    wanted = sum(bool(desk.known(x.claims)) for x in desk.case.wanted)
    if wanted:
        text = w.line_n(
            "{n} original is cited and not held; it stands in {annex}.",
            "{n} originals are cited and not held; they stand in {annex}.",
            wanted,
            annex=places.items,
        )
        blocks.append(Paragraph(text, role="aside"))
    return _section(1, title, blocks, (items.unread(desk),))


def _counted(desk: Desk, keyed: Sequence[tuple[Piece, ItemLine]]) -> list[Row]:
    of_key: dict[Piece, list[ItemLine]] = defaultdict(list)
    for piece, item in keyed:
        of_key[piece].append(item)
    ordered = sorted(of_key.items(), key=lambda x: (-len(x[1]), x[0].text))
    rows = [_count_row((piece,), found) for piece, found in ordered[:STATES]]
    if rest := ordered[STATES:]:
        others = desk.w.line_n("{n} other", "{n} others", len(rest))
        rows.append(_count_row(others, [i for _, found in rest for i in found]))
    return rows


def _count_row(head: Pieces, found: Sequence[ItemLine]) -> Row:
    return Row(Cell((line(head),)), (_plain(number(len(found))), _plain(number(sum(i.claims for i in found)))))


# --- incidents


def _incidents(desk: Desk, places: Places) -> Section:
    w = desk.w
    ordered = incidents.numbered(desk)
    title = w.line("Incidents")
    alone = [c for c in desk.known(desk.claims) if c.id not in desk.incident_of and c.tie is None]
    blocks: list[Block] = []
    if ordered:
        about = w.line(
            "One line for each incident; its annex tells it in full. Notes: the first claim of each version, "
            "at most {n}.",
            n=str(NOTES),
        )
        blocks.append(Paragraph(about, role="aside"))
        heads = (
            w.line("Incident"),
            w.line("When"),
            w.line("Where"),
            w.line("Versions and origins"),
            w.line("Contradicted"),
            w.line("Annex"),
        )
        rows: list[Row] = []
        for key, label in incidents.GROUPS:
            of_group = [i for i in ordered if incidents.group_of(i) == key]
            if of_group:
                rows.append(Row(Cell((line(w.line(label)),)), group=True))
                rows += [_incident(desk, i, places.incidents[i.id]) for i in of_group]
        blocks.append(Table(w.say("Incidents, one line each"), heads, tuple(rows), "overview incidents"))
    else:
        blocks.append(Paragraph(w.line("No incident was proposed."), desk.paragraph()))
    if alone:
        text = w.line_n(
            "{n} claim belongs to no incident; it stands in {annex}.",
            "{n} claims belong to no incident; they stand in {annex}.",
            len(alone),
            annex=", ".join(places.alone),
        )
        blocks.append(Paragraph((*text, *desk.refs(alone[:NOTES])), desk.paragraph()))
    return _section(2, title, blocks)


def _incident(desk: Desk, incident: Incident, annex: str) -> Row:
    claims = desk.known(incident.claims)
    own = desk.incident_numbers[incident.id]
    versions = [v for v in incident.versions if desk.known((*v.claims, *v.against))]
    head = line(
        Piece(Voice.STRONG, own), words(" "), *titled(incident.title), desk.refs(_leading(desk, versions, claims))
    )
    where = listed([form(p) for p in incident.places]) or desk.w.line("no place stated")
    cells = (
        _plain(_when(desk, incident, claims)),
        Cell((line(where),)),
        Cell(_origins(desk, versions, claims)),
        Cell(_contradicted(desk, versions, claims)),
        _plain(annex),
    )
    return Row(Cell((head,)), cells, id=own)


def _leading(desk: Desk, versions: Sequence[Version], claims: Sequence[Claim]) -> list[Claim]:
    """The first claim of each version; the first claim of all where no version says that it happened."""
    firsts = [found[0] for v in versions if (found := desk.known(v.claims) or desk.known(v.against))]
    return list({c.id: c for c in firsts or claims[:1]}.values())[:NOTES]


def _when(desk: Desk, incident: Incident, claims: Sequence[Claim]) -> str:
    iso = incident.date_from or incident.date_to
    stated = any(dates.year_stated(iso, c.date_text) for c in claims)
    return dates.spoken(desk.w, incident.date_from, incident.date_to, year_stated=stated)


def _origins(desk: Desk, versions: Sequence[Version], claims: Sequence[Claim]) -> tuple[Line, ...]:
    """How many claims and versions; then for each version at most how many origins."""
    w = desk.w
    count = w.count("{n} claim", "{n} claims", len(claims))
    if not versions:
        return (line(w.line("{claims}; no version says that it happened", claims=count)),)
    if len(versions) == 1:
        told = origins(w, versions[0].origins, versions[0].untraced)
        return (line(w.line("{claims}: {origins}", claims=count, origins=told)),)
    runs = [
        w.line("{letter}: {origins}", letter=incidents.letter(n), origins=origins(w, v.origins, v.untraced))
        for n, v in enumerate(versions[:VERSIONS])
    ]
    rest = len(versions) - VERSIONS
    if rest > 0:
        runs.append(w.line_n("and {n} further version", "and {n} further versions", rest))
    lead = w.line_n("{claims}, told in {n} version", "{claims}, told in {n} versions", len(versions), claims=count)
    return (line(lead), line(joined(runs, " · ")))


def _contradicted(desk: Desk, versions: Sequence[Version], claims: Sequence[Claim]) -> tuple[Line, ...]:
    """Each kind of contradiction with how often, then the claims against a version; or that nothing was found."""
    w = desk.w
    kinds = Counter(c.kind for c in desk.opposed(claims))
    lines = [line(w.line(DISAGREE[k]), words(f" ({number(kinds[k])})")) for k in DISAGREE if kinds[k]]
    against = len(desk.known(i for v in versions for i in v.against))
    if against:
        lines.append(line(w.line_n("{n} claim against it", "{n} claims against it", against)))
    return tuple(lines) or (line(w.line("nothing found")),)


# --- actors


def _actors(desk: Desk, places: Places) -> Section:
    w = desk.w
    title = w.line("Persons and units")
    counts = actors.counts(desk)
    named = [a for a in desk.case.actors if a.id in places.actors and counts[a.id].named and _is_someone(a)]
    named.sort(key=lambda a: (-counts[a.id].named, a.name, a.id))
    if not named:
        return _section(3, title, [Paragraph(w.line("No claim names anybody."), desk.paragraph())])
    about = w.line(
        "Those whom most claims name, at most {n}. A count says how often texts name somebody, "
        "and nothing of what anybody did; many claims may go back to one origin. Everybody whom a claim names "
        "stands in the annexes.",
        n=str(NAMED),
    )
    heads = (w.line("Name"), w.line("Kind"), w.line("Claims that name them"), w.line("Annex"))
    rows = tuple(_actor(desk, a, counts[a.id], places.actors[a.id]) for a in named[:NAMED])
    table = Table(w.say("Those whom most claims name"), heads, rows, "overview named")
    return _section(3, title, [Paragraph(about, role="aside"), table])


def _is_someone(actor: ActorGroup) -> bool:
    return any(actor.kind in kinds for _, _, kinds in actors.GROUPS)


def _actor(desk: Desk, actor: ActorGroup, counts: actors.Counts, annex: str) -> Row:
    w = desk.w
    parts: list[Pieces] = []
    if counts.involved:
        parts.append(w.line_n("{n} in connection with an act", "{n} in connection with an act", counts.involved))
    if counts.denied:
        parts.append(w.line_n("{n} denied", "{n} denied", counts.denied))
    if counts.harmed:
        parts.append(w.line_n("{n} as harmed", "{n} as harmed", counts.harmed))
    if counts.ties:
        parts.append(w.line_n("{n} of posts and ties", "{n} of posts and ties", counts.ties))
    first = desk.known(counts.claims)[:1]
    total = strong(w.line_n("{n} claim", "{n} claims", counts.named))
    told = line(total, words(": "), joined(parts, "; "), desk.refs(first))
    return Row(Cell((line(name(actor.name)),)), (Cell((line(w.line(KIND[actor.kind])),)), Cell((told,)), _plain(annex)))


# --- chronology


def _months(desk: Desk, places: Places) -> Section:
    w = desk.w
    title = w.line("Chronology")
    of_month: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    undated = 0
    for entry in chronology.entries(desk):
        if entry.part == "dated":
            of_month[_month(entry)].append(entry)
        else:
            undated += 1
    blocks: list[Block] = []
    if of_month:
        about = w.line(
            "An incident is counted once, in the month that holds all of it; one that reaches over months, or has "
            "only one bound, is counted apart. A year in square brackets is proposed. Notes: the first claims of the "
            "month, at most {n}.",
            n=str(NOTES),
        )
        blocks.append(Paragraph(about, role="aside"))
        heads = (w.line("Month"), w.line("Incidents"), w.line("Claims"), w.line("Annex"))
        rows = tuple(_month_row(desk, key, of_month[key], places) for key in sorted(of_month))
        blocks.append(Table(w.say("Incidents by month"), heads, rows, "counts months"))
    else:
        blocks.append(Paragraph(w.line("No claim states a date."), desk.paragraph()))
    if undated:
        text = w.line_n("{n} incident has no date stated.", "{n} incidents have no date stated.", undated)
        blocks.append(Paragraph(text, desk.paragraph()))
    return _section(4, title, blocks)


WHOLE, OPEN = 13, 14
"""Places after a year's months: for what reaches over several of its months, and for what leaves it or is open."""


def _bounds(entry: Entry) -> tuple[str | None, str | None]:
    of = entry.incident or entry.claim
    return (of.date_from, of.date_to) if of else (None, None)


def _month(entry: Entry) -> tuple[int, int]:
    """Year and month; `WHOLE` or `OPEN` where no one month holds it. (0, `OPEN`) where the bounds are no dates."""
    start, end = _bounds(entry)
    first, last = dates.first_day(start), dates.last_day(end)
    if first and last and first[0] == last[0]:
        return (first[0], first[1]) if first[1] == last[1] else (first[0], WHOLE)
    known = first or last
    return (known[0] if known else 0, OPEN)


def _month_row(desk: Desk, key: tuple[int, int], entries: Sequence[Entry], places: Places) -> Row:
    year, month = key
    w = desk.w
    claims = desk.known(i for e in entries for i in (e.incident.claims if e.incident else e.claims))
    found = sum(e.incident is not None for e in entries)
    iso = f"{year:04}-{month:02}"
    stated = any(dates.year_stated(iso, c.date_text) for c in claims)
    shown_year = str(year) if stated else f"[{year}]"
    if month <= 12:
        head = w.line("{month}", month=dates.spoken(w, iso, iso, year_stated=stated))
    elif month == WHOLE:
        head = w.line("{year}, over several months or the whole year", year=shown_year)
    elif year:
        head = w.line("{year}, over several years or with one bound", year=shown_year)
    else:
        head = w.line("other dates")
    first = [c for e in entries[:NOTES] for c in desk.known(e.claims)[:1]]
    labels = [places.dated[(e.incident or e.claim).id] for e in entries if e.incident or e.claim]  # type: ignore[union-attr]
    cells = (_plain(number(found)), Cell((line(words(number(len(claims))), desk.refs(first)),)), _labels(labels))
    return Row(Cell((line(head),)), cells)


# --- matrix


def _matrix(desk: Desk, places: Places) -> Section:
    w = desk.w
    title = w.line("First matrix")
    found = [e.suggestion for e in matrix.entries(desk) if e.suggestion is not None]
    stamp = Paragraph(strong(w.line("Working paper, not for filing.")), role="stamp")
    opened = _opened(desk)
    if opened and not found:
        return _section(5, title, [*opened])
    if not found:
        none = w.line("No claim points to a crime in the law pack.")
        return _section(5, title, [stamp, Paragraph(none, desk.paragraph())])
    about = w.line(
        "The machine suggests questions to examine; only a person opens a hypothesis. The numbers count elements and "
        "are no measure of proof: one origin or hearsay alone may stand behind a supported element."
    )
    numbers = matrix.numbers_of(desk.case)
    heads = (w.line("Suggestion"), w.line("Crime and mode"), w.line("Elements by status"), w.line("Annex"))
    rows = tuple(_suggestion(desk, s, numbers[s.id], places.suggestions[s.id]) for s in found)
    table = Table(w.say("Suggestions, counted by the status of their elements"), heads, rows, "overview suggestions")
    return _section(5, title, [stamp, Paragraph(about, desk.paragraph()), *opened, table])


def _opened(desk: Desk) -> list[Listing]:
    """The hypotheses that persons opened, a line each; the annexes tell them whole."""
    w, numbers = desk.w, hypotheses.numbers_of(desk.case)
    lines = tuple(
        line(
            Piece(Voice.STRONG, numbers[c.decided.hypothesis.id]), words(" "), name(c.name), words(": "),
            given(f"{c.decided.hypothesis.crime_title}, {c.decided.hypothesis.mode}. {c.says_open}"),
        )
        for c in hypotheses.charts_of(desk.case)
    )  # fmt: skip
    return [Listing(w.line("Hypotheses that persons opened for examination"), lines, "compact")] if lines else []


def _suggestion(desk: Desk, s: Suggestion, own: str, annex: str) -> Row:
    w = desk.w
    statuses = Counter(c.status for c in s.cells)
    gaps = sum(bool(c.gap) for c in s.cells)
    lines = [
        line(w.line("{status}: {n}", status=w.say(CELL[k]), n=number(statuses[k]))) for k in CellStatus if statuses[k]
    ]
    lines.append(line(w.line_n("{n} gap named", "{n} gaps named", gaps)))
    what = (
        line(given(s.crime_title), words(", "), code(s.article)),
        line(w.line("mode: {mode}", mode=given(s.mode_title))),
    )
    refs = desk.refs(desk.known(s.claims)[:1])
    head = line(Piece(Voice.STRONG, own), words(" "), name(s.actor_name), refs)
    return Row(Cell((head,)), (Cell(what), Cell(tuple(lines)), _plain(annex)), id=own)
