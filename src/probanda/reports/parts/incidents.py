"""Section 2: incidents, each with its versions side by side, what contradicts, and what only announces or denies.

Start with `section`. Acts that are said to have happened come first, then military operations, then
proceedings and statements; single claims that state neither place nor date stand in compact lists.

Looks down to: desk, speech, dates, words. Used by: dossier, text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident, Version
from probanda.incidents.opposed import words as marked
from probanda.kernel.vocabulary import ActType, Modality, Polarity
from probanda.reports import dates
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.parts import figures, starts
from probanda.reports.parts.division import Entry
from probanda.reports.record import (
    Block,
    Cell,
    Line,
    Listing,
    Opposed,
    Paragraph,
    Piece,
    Pieces,
    Row,
    Section,
    Table,
    Voice,
)
from probanda.reports.speech import (
    SPELT_OUT,
    act,
    form,
    given,
    kinds,
    line,
    listed,
    more,
    origins,
    quote,
    said,
    speaker,
    titled,
    told,
    when,
)
from probanda.reports.words import ACT, DISAGREE, INVOLVED, N_, joined, strong, words

PAIRS = 4
"""So many contradictions of one incident stand with both quotes; the rest by reason and notes."""
SIDE_BY_SIDE = 3
"""So many versions stand as columns; more of them stand as rows."""

GROUPS = (
    ("acts", N_("Acts said to have happened")),
    ("operations", N_("Military operations, as told")),
    ("proceedings", N_("Proceedings: warrants, complaints, decisions")),
    ("statements", N_("Statements")),
)
GROUP_OF = {
    ActType.MILITARY_OPERATION: "operations",
    ActType.PROCEDURAL: "proceedings",
    ActType.POLITICAL_STATEMENT: "statements",
}

APART = (
    (Modality.DENIED, N_("Denials")),
    (Modality.ORDERED, N_("Orders: they do not say that what was ordered was done")),
    (Modality.THREATENED, N_("Threats: they do not say that it happened")),
    (Modality.CALLED_FOR, N_("Demands and intentions: they do not say that it happened")),
)
OTHERWISE_NEGATED = N_("Said not to have happened")


def numbered(desk: Desk) -> list[Incident]:
    """The incidents in the order in which they are told; numbers them for every section."""
    ordered = _ordered(desk)
    desk.incident_numbers = {incident.id: f"I-{n}" for n, incident in enumerate(ordered, start=1)}
    return ordered


def entries(desk: Desk) -> list[Entry]:
    """What the section tells, in its order: each incident, then each claim that belongs to none."""
    told_of = [Entry("incident", _cited(desk, i), incident=i) for i in numbered(desk)]
    alone = [c for c in desk.known(desk.claims) if c.id not in desk.incident_of and c.tie is None]
    return [*told_of, *(Entry("alone", (c.id,), claim=c) for c in alone)]


def _cited(desk: Desk, incident: Incident) -> tuple[str, ...]:
    """Claims that telling this incident cites: its own, and the other sides of its contradictions."""
    claims = desk.known(incident.claims)
    sides = [side for c in desk.opposed(claims) for side in (c.a, c.b)]
    return tuple(dict.fromkeys([*(c.id for c in claims), *sides]))


def section(desk: Desk, chosen: Sequence[Entry] | None = None) -> Section:
    """The section on incidents: all, or those chosen for one annex. Numbers the incidents for what follows."""
    w = desk.w
    chosen = entries(desk) if chosen is None else chosen
    grouped: dict[str, list[Incident]] = defaultdict(list)
    for entry in chosen:
        if entry.incident is not None:
            grouped[group_of(entry.incident)].append(entry.incident)
    parts = tuple(_part(desk, key, w.line(title), grouped[key]) for key, title in GROUPS if grouped[key])
    alone = _alone(desk, [e.claim for e in chosen if e.claim is not None])
    blocks: tuple[Block, ...] = (
        Paragraph(
            w.line(
                "An incident gathers claims that seem to speak of one event. Where claims disagree, the versions "
                "stand side by side; none is preferred."
            ),
            role="aside",
        ),
    )
    if not parts and not alone:
        blocks = (Paragraph(w.line("No incident was proposed."), desk.paragraph()),)
    return Section(
        id="s2", number="2", title=w.line("Incidents"), level=2, blocks=blocks, parts=(*parts, *alone), listed=True
    )


def group_of(incident: Incident) -> str:
    """Under which head of `GROUPS` an incident is told."""
    return GROUP_OF.get(incident.act_type, "acts")


def _group_of(claims: Sequence[Claim]) -> str:
    """The group of the claims' acts: `acts` as soon as one of them is no proceeding, statement or operation."""
    groups = {GROUP_OF.get(c.act_type, "acts") for c in claims}
    return "acts" if "acts" in groups else min(groups)


def _ordered(desk: Desk) -> list[Incident]:
    """Incidents with claims here: by group, those told in full first, most claims first, then by date."""
    places = {key: n for n, (key, _) in enumerate(GROUPS)}
    present = [i for i in desk.case.incidents if desk.known(i.claims)]
    return sorted(
        present,
        key=lambda i: (
            places[group_of(i)],
            _compact(desk, i),
            -len(desk.known(i.claims)),
            i.date_from or i.date_to or "9999",
            i.title,
            i.id,
        ),
    )


def _compact(desk: Desk, incident: Incident) -> bool:
    dated = incident.date_from or incident.date_to
    return len(desk.known(incident.claims)) == 1 and not dated and not incident.places


def _part(desk: Desk, key: str, title: Pieces, incidents: Sequence[Incident]) -> Section:
    full = [i for i in incidents if not _compact(desk, i)]
    compact = [i for i in incidents if _compact(desk, i)]
    blocks: tuple[Block, ...] = ()
    parts = tuple(_incident(desk, i) for i in full)
    if compact:
        rest = Section(
            id=f"{key}-single",
            number="",
            title=desk.w.line("Single claims that state neither place nor date"),
            level=4,
            blocks=_compact_lists(desk, compact),
        )
        parts = (*parts, rest)
    return Section(id=f"s2-{key}", number="", title=title, level=3, blocks=blocks, parts=parts, listed=True)


def _compact_lists(desk: Desk, incidents: Sequence[Incident]) -> tuple[Block, ...]:
    """Single claims, those that something happened first; denials, orders, threats and demands apart from them."""
    lists: dict[str, list[Line]] = {"": [], **{label: [] for _, label in APART}, OTHERWISE_NEGATED: []}
    for incident in incidents:
        for claim in desk.known(incident.claims):
            number = desk.incident_numbers[incident.id]
            told_in = line(Piece(Voice.STRONG, number), words(" "), act(desk.w, claim), words(". "), said(desk, claim))
            lists[_apart_label(claim)].append(replace(told_in, id=number))
    return tuple(
        Listing(desk.w.line(label) if label else (), tuple(lines), "compact") for label, lines in lists.items() if lines
    )


def _apart_label(claim: Claim) -> str:
    """Under which label a claim stands apart; empty for one that says that something happened."""
    by_modality = dict(APART)
    if claim.modality in by_modality:
        return by_modality[claim.modality]
    return OTHERWISE_NEGATED if claim.polarity is Polarity.NEGATIVE else ""


def _alone(desk: Desk, alone: Sequence[Claim]) -> tuple[Section, ...]:
    """Claims that no incident gathers."""
    if not alone:
        return ()
    lines = tuple(line(act(desk.w, c), words(". "), said(desk, c)) for c in alone)
    title = desk.w.line("Claims that belong to no incident")
    return (Section(id="s2-alone", number="", title=title, level=3, blocks=(Listing((), lines, "compact"),)),)


def _incident(desk: Desk, incident: Incident) -> Section:
    claims = desk.known(incident.claims)
    versions = [v for v in incident.versions if desk.known((*v.claims, *v.against))]
    blocks: list[Block] = [*_facts(desk, incident, claims), *_around(desk, incident), _lead(desk, claims, versions)]
    if len(claims) == 1:
        blocks.append(Paragraph(_single(desk, claims[0]), desk.paragraph()))
    elif versions:
        blocks.append(_versions(desk, incident, versions))
    in_table = {i for v in versions for i in (*v.claims, *v.against)} if len(claims) > 1 else {claims[0].id}
    blocks += _rest(desk, claims, in_table)
    blocks += _differing(desk, incident)
    blocks += _opposed(desk, claims)
    blocks += figures.blocks(desk, claims)
    if len(claims) > 1:
        blocks += starts.blocks(desk, incident)
        blocks += _reasons(desk, incident)
    number = desk.incident_numbers[incident.id]
    return Section(
        id=number,
        number=number,
        title=titled(incident.title),
        level=4,
        blocks=tuple(blocks),
        role="incident",
        listed=True,
    )


def _facts(desk: Desk, incident: Incident, claims: Sequence[Claim]) -> list[Block]:
    """What the title does not say already of kind, date and place."""
    w = desk.w
    stated = any(dates.year_stated(incident.date_from or incident.date_to, c.date_text) for c in claims)
    parts = [] if incident.act_type is ActType.OTHER else [w.line(ACT[incident.act_type])]
    if incident.date_from or incident.date_to:
        parts.append((words(dates.spoken(w, incident.date_from, incident.date_to, year_stated=stated)),))
    parts += [(form(p),) for p in incident.places]
    title = incident.title.casefold()
    left = [p for p in parts if "".join(x.text for x in p).casefold() not in title]
    return [Paragraph(joined(left, " · "), role="facts")] if left else []


def _around(desk: Desk, incident: Incident) -> list[Block]:
    """In which incidents it lies, proposed or decided; and decisions that contradict each other."""
    w = desk.w
    lines = []
    for part in incident.part_of:
        if number := desk.incident_numbers.get(part.incident):
            label = w.line("Part of {incident}, as a person decided", incident=number)
            if not part.decided:
                label = w.line("Part of {incident} (proposed)", incident=number)
            lines.append(line(label, words(". "), given(part.reason)))
    lines += [line(given(conflict)) for conflict in incident.conflicts]
    return [Listing((), tuple(lines), "compact")] if lines else []


def _differing(desk: Desk, incident: Incident) -> list[Block]:
    """Values other than the author on which accounts differ, each with who says so and how many origins at most."""
    w = desk.w
    lines = []
    for version in incident.differing:
        claims = desk.known(version.claims)
        if claims:
            by = _speakers(desk, version)[0].pieces
            start = words(origins(w, version.origins, version.untraced))
            lines.append(line(given(version.label), words(" · "), by, words(" · "), start, desk.refs(claims)))
    return [Listing(w.line("What the accounts differ on"), tuple(lines), "compact")] if len(lines) > 1 else []


def _lead(desk: Desk, claims: Sequence[Claim], versions: Sequence[Version]) -> Paragraph:
    """The first sentence: how many claims, from at most how many origins, in how many versions."""
    w = desk.w
    count = w.count("{n} claim", "{n} claims", len(claims))
    if len(versions) > 1:
        told_as = w.count("{n} version", "{n} versions", len(versions))
        lead = w.line("{claims}, told in {versions}.", claims=count, versions=told_as)
    elif versions:
        start = origins(w, versions[0].origins, versions[0].untraced)
        lead = w.line("{claims}: {origins}.", claims=count, origins=start)
        if against := desk.known(versions[0].against):
            denials = w.count("{n} claim against it", "{n} claims against it", len(against))
            lead = w.line("{claims}: {origins}; {denials}.", claims=count, origins=start, denials=denials)
    else:
        lead = w.line("{claims}; no version says that it happened.", claims=count)
    pieces = strong(lead)
    if len(versions) > 1:
        each = [
            w.line("Version {letter}: {origins}.", letter=letter(n), origins=origins(w, v.origins, v.untraced))
            for n, v in enumerate(versions)
        ]
        pieces = (*pieces, words(" "), *joined(each, " "))
    if versions and _group_of(claims) == "acts" and not any(c.modality is Modality.DENIED for c in claims):
        pieces = (*pieces, words(" "), *w.line("Denial: {answer}.", answer=_nothing(desk)))
    refs = desk.refs(claims) if len(claims) > 1 and not versions else ()
    return Paragraph((*pieces, *refs), desk.paragraph(), "lead")


def letter(n: int) -> str:
    """What a version is called: A, B ... Z, then 27."""
    return chr(ord("A") + n) if n < 26 else str(n + 1)


def _single(desk: Desk, claim: Claim) -> Pieces:
    """A claim in full: the sentence, then who is said to be involved, harmed, and when."""
    w = desk.w
    parts: list[Pieces] = [(*said(desk, claim), words("."))]
    for actor in claim.actors:
        how = w.line(INVOLVED[actor.involvement], act=act(w, claim))
        parts.append(w.line("{actor}: {involvement}.", actor=form(actor.words), involvement=how))
    if claim.victims:
        harmed = listed([form(v.words) for v in claim.victims])
        parts.append(w.line("Named as harmed: {victims}.", victims=harmed))
    if claim.date_text:
        parts.append(w.line("Date as written: {date}.", date=Piece(Voice.QUOTE, shown(claim.date_text))))
    return joined(parts, " ")


def _versions(desk: Desk, incident: Incident, versions: Sequence[Version]) -> Table:
    w = desk.w
    caption = w.say("Versions of {incident}", incident=desk.incident_numbers[incident.id])
    names = [w.line("Version {letter}", letter=letter(n)) for n in range(len(versions))]
    if len(versions) > SIDE_BY_SIDE:
        heads = (w.line("Version"), w.line("In which words"), w.line("Origins"), w.line("Against it"))
        table = tuple(_as_row(desk, versions, n, name) for n, name in enumerate(names))
        return Table(caption, heads, table, "versions rows")
    rows: dict[str, list[tuple[Line, ...]]] = {
        N_("What it says"): [(line(given(v.label)),) for v in versions],
        N_("Who says so"): [_speakers(desk, v) for v in versions],
        N_("In which words"): [told(desk, desk.known(v.claims)) or (line(_nothing(desk)),) for v in versions],
        N_("Origins"): [_origin_cell(desk, v) for v in versions],
        N_("Against it"): [_against(desk, versions, n) for n in range(len(versions))],
    }
    columns: tuple[Pieces, ...] = ((), *names)
    differs = "differs" if len(versions) > 1 else ""
    table = tuple(
        Row(Cell((line(w.line(key)),)), tuple(Cell(cell) for cell in column), role=differs if not n else "")
        for n, (key, column) in enumerate(rows.items())
    )
    return Table(caption, columns, table, "versions columns" if len(versions) > 1 else "versions one")


def _as_row(desk: Desk, versions: Sequence[Version], n: int, name: Pieces) -> Row:
    """A version as a row; who says so stands before the words."""
    version = versions[n]
    told_here = told(desk, desk.known(version.claims)) or (line(_nothing(desk)),)
    cells = (Cell(told_here), Cell(_origin_cell(desk, version)), Cell(_against(desk, versions, n)))
    return Row(Cell((line(strong(name)), line(given(version.label)))), cells)


def _speakers(desk: Desk, version: Version) -> tuple[Line, ...]:
    """Innermost speakers, each once, with how they stand behind it."""
    seen: dict[str, Pieces] = {}
    for claim in desk.known(version.claims):
        who = speaker(desk, claim, claim.innermost)
        seen.setdefault("".join(p.text for p in who), who)
    return (line(listed(list(seen.values()), "; ")),) if seen else (line(_nothing(desk)),)


def _origin_cell(desk: Desk, version: Version) -> tuple[Line, ...]:
    """How many origins at most, then each with its reason and the notes it holds for."""
    lines = [line(strong(desk.w.line(origins(desk.w, version.origins, version.untraced))))]
    if version.kinds:
        lines.append(line(desk.w.line(kinds(desk.w, version.kinds))))
    traced: dict[str, list[Claim]] = defaultdict(list)
    for claim in desk.known(version.claims):
        if origin := desk.origin(claim):
            traced[origin].append(claim)
    lines += [line(given(desk.origin_reasons[o]), desk.refs(cs)) for o, cs in list(traced.items())[:SPELT_OUT]]
    return tuple(lines)


def _against(desk: Desk, versions: Sequence[Version], n: int) -> tuple[Line, ...]:
    """What stands against a version; what was told of an earlier one already, by its notes."""
    claims = desk.known(versions[n].against)
    if not claims:
        return (line(_nothing(desk)),)
    earlier = next((k for k in range(n) if set(versions[k].against) == set(versions[n].against)), None)
    if earlier is None:
        return told(desk, claims)
    return (line(desk.w.line("the same as against version {letter}", letter=letter(earlier)), desk.refs(claims)),)


def _nothing(desk: Desk) -> Pieces:
    """One of the three answers; what could not be seen is said on the same line."""
    w = desk.w
    found = w.line_n("Nothing found in {n} item", "Nothing found in {n} items", len(desk.case.items))
    if not desk.case.withheld:
        return found
    unseen = w.line_n("{n} item not allowed to see", "{n} items not allowed to see", desk.case.withheld)
    return joined([found, unseen], "; ")


nothing_found = _nothing


def _rest(desk: Desk, claims: Sequence[Claim], in_table: set[str]) -> list[Block]:
    """Claims that stand in no version: what is denied, ordered, threatened or demanded, then anything else."""
    rest = [c for c in claims if c.id not in in_table]
    blocks: list[Block] = []
    for modality, label in APART:
        blocks += _apart(desk, label, [c for c in rest if c.modality is modality])
    blocks += _apart(desk, OTHERWISE_NEGATED, [c for c in rest if _apart_label(c) == OTHERWISE_NEGATED])
    # Counts are told below, among the figures, each with who counted.
    also = [c for c in rest if not _apart_label(c) and c.quantity is None]
    blocks += _apart(desk, N_("Also said"), also)
    return blocks


def _apart(desk: Desk, label: str, claims: Sequence[Claim]) -> list[Block]:
    if not claims:
        return []
    lines = [line(said(desk, c)) for c in claims[:SPELT_OUT]]
    if claims[SPELT_OUT:]:
        lines.append(more(desk, claims[SPELT_OUT:]))
    return [Listing(desk.w.line(label), tuple(lines), "apart")]


def _opposed(desk: Desk, claims: Sequence[Claim]) -> list[Block]:
    found = desk.opposed(claims)
    kinds = list(DISAGREE)
    found.sort(
        key=lambda c: (kinds.index(c.kind), desk.place(desk.claims[c.a]), desk.place(desk.claims[c.b]), c.reason, c.id)
    )
    blocks: list[Block] = [_pair(desk, c) for c in found[:PAIRS]]
    rest = found[PAIRS:]
    if rest:
        lines = [
            line(
                strong(desk.w.line(DISAGREE[c.kind])),
                words(" · "),
                given(c.reason),
                desk.refs(desk.known((c.a, c.b))),
                _mark(desk, c),
            )
            for c in rest
        ]
        blocks.append(Listing(desk.w.line("Further contradictions"), tuple(lines), "compact"))
    return blocks


def _pair(desk: Desk, c: Contradiction) -> Opposed:
    left, right = desk.claims[c.a], desk.claims[c.b]
    sides = sorted((left, right), key=desk.place)
    home = desk.incident_of.get(c.a) == desk.incident_of.get(c.b)
    lines = [line(said(desk, claim) if home else _side(desk, claim)) for claim in sides]
    reason = (given(c.reason),) if c.reason else ()
    return Opposed(desk.w.line(DISAGREE[c.kind]), lines[0], lines[1], (*reason, *_mark(desk, c)))


def _mark(desk: Desk, c: Contradiction) -> Pieces:
    """What a person says of it; the reason stays in the case, since it may name a witness."""
    mark = desk.case.marks.get((c.a, c.b))
    if mark is None:
        return ()
    told = desk.w.line("{mark}, by {user}, {date}", mark=given(marked(mark)), user=form(mark.name), date=mark.at[:10])
    return (words(" · "), *told)


def _side(desk: Desk, claim: Claim) -> Pieces:
    number = desk.incident_numbers.get(desk.incident_of.get(claim.id, ""))
    text = said(desk, claim)
    return text if number is None else (*text, words(" ("), *desk.incident_link(number, bracketed=True), words(")"))


def _reasons(desk: Desk, incident: Incident) -> list[Block]:
    """Why these claims were gathered: each reason once, with the notes it holds for."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for claim, reason in incident.reasons:
        if reason:
            by_reason[reason].append(claim)
    lines = []
    for reason in sorted(by_reason):
        claims = desk.known(by_reason[reason])
        if claims:
            lines.append(line(given(reason), desk.refs(claims)))
    if not lines:
        return []
    return [Listing(desk.w.line("Why these claims stand together (proposed)"), tuple(lines), "compact why")]


def version_when(desk: Desk, incident: Incident) -> tuple[Line, ...]:
    """Where claims of one incident give different dates: each date with the notes of those who give it."""
    by_date: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in desk.known(incident.claims):
        if claim.date_from or claim.date_to:
            by_date[(claim.date_from or "", claim.date_to or "")].append(claim)
    if len(by_date) < 2:
        return ()
    return tuple(line(quote_date(desk, by_date[key][0]), desk.refs(by_date[key])) for key in sorted(by_date))


def quote_date(desk: Desk, claim: Claim) -> Pieces:
    """A claim's date in words, beside what its text writes."""
    date = words(when(desk, claim))
    if not claim.date_text:
        return (date,)
    written = Piece(Voice.QUOTE, shown(claim.date_text), quote(desk, claim).language)
    return desk.w.line("{date}, as written {words}", date=date, words=written)
