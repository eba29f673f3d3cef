"""Section 1: what was taken in, how far it was read, what could not be read and why, what is cited and not held.

Looks down to: desk, speech, words. Used by: dossier.
"""

from __future__ import annotations

import re
from itertools import groupby

from probanda.reports import dates
from probanda.reports.casefile import ItemLine, UnreadLine, Wanted
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.record import Block, Cell, Line, Paragraph, Piece, Pieces, Row, Section, Table, Voice
from probanda.reports.speech import cited, code, form, given, line, listed, machine
from probanda.reports.words import LANGUAGE, N_, Words, words

EVERYDAY = frozenset({"public", "internal"})
"""Labels that need no word; any other is shown beside the item."""


def section(desk: Desk) -> Section:
    """The section on items; registration numbers are the targets that the rest of the dossier leads to."""
    w = desk.w
    return Section(
        id="s1",
        number="1",
        title=w.line("Items taken in"),
        level=2,
        blocks=(_table(desk), *_asides(desk)),
        parts=(unread(desk), _wanted(desk)),
        listed=True,
    )


def _table(desk: Desk) -> Block:
    w = desk.w
    items = sorted(desk.case.items, key=lambda i: (i.number, i.digest))
    if not items:
        return Paragraph(w.line("No item was taken in."), desk.paragraph())
    heads = (
        w.line("Item"),
        w.line("Title, file, digest (SHA-256)"),
        w.line("Date in the text"),
        w.line("Language"),
        w.line("How far read"),
    )
    return Table(w.say("Items taken in"), heads, tuple(_row(desk, i) for i in items), "items tight")


def _row(desk: Desk, item: ItemLine) -> Row:
    w = desk.w
    cells = (Cell(_files(w, item)), Cell(_when(w, item)), Cell((line(_language(w, item)),)), Cell(_read(w, item)))
    return Row(Cell(_head(desk, item)), cells, id=f"item-{item.number}")


def _head(desk: Desk, item: ItemLine) -> tuple[Line, ...]:
    """Own evidence numbers, then the registration number, then what it was taken out of and how often taken in."""
    w = desk.w
    head = [line(Piece(Voice.STRONG, shown(n))) for n in item.evidence]
    head.append(line(Piece(Voice.STRONG, item.number)))
    if item.recording is not None:
        medium = desk.by_number.get(item.recording)
        of = cited(desk, medium) if medium else (code(item.recording),)
        pattern = N_("observation of {item}") if item.observed else N_("transcript of {item}")
        head.append(line(w.line(pattern, item=of)))
    elif item.within is not None:
        holder = desk.by_number.get(item.within)
        whole = cited(desk, holder) if holder else desk.item_link(item.within)
        head.append(line(w.line("taken out of {item}", item=whole)))
    if item.acquisitions > 1:
        head.append(line(w.line_n("taken in {n} time", "taken in {n} times", item.acquisitions)))
    if item.label not in EVERYDAY:
        head.append(line(w.line("label: {label}", label=given(item.label))))
    return tuple(head)


def _files(w: Words, item: ItemLine) -> tuple[Line, ...]:
    """What it is and where it comes from: title, publisher, files, digest, then source, collector, conditions, and
    whether its words are machine text."""
    files: list[Line] = []
    if item.title:
        files.append(line(form(item.title)))
    if item.publisher:
        files.append(line(w.line("published by {publisher}", publisher=form(item.publisher))))
    files += [line(code(n)) for n in item.names]
    files.append(line(Piece(Voice.DIGEST, item.digest)))
    if item.source:
        files.append(line(w.line("source: {source}", source=form(item.source))))
    if item.collector:
        files.append(line(w.line("collected by {collector}", collector=form(item.collector))))
    if item.acquired:
        files.append(line(w.line("collected on {date}", date=_dated(w, item.acquired))))
    if item.conditions:
        files.append(line(w.line("conditions: {conditions}", conditions=form(item.conditions))))
    files += [line(given(words)) for words in item.assessed]
    if item.machine:
        files.append(line(machine(w, item.machine)))
    return tuple(files)


def _when(w: Words, item: ItemLine) -> tuple[Line, ...]:
    dated = [line(_dated(w, item.dated))] if item.dated else [line(w.line("not stated"))]
    if item.dated_reason:
        dated.append(line(given(item.dated_reason)))
    return tuple(dated)


def _read(w: Words, item: ItemLine) -> tuple[Line, ...]:
    """How far it was read, what was kept aside, and how many claims it gave."""
    read = [line(given(item.read))]
    if item.furniture:
        read.append(
            line(
                w.line_n("{n} passage kept aside as furniture", "{n} passages kept aside as furniture", item.furniture)
            )
        )
    read.append(line(w.line_n("{n} claim", "{n} claims", item.claims)))
    return tuple(read)


def _dated(w: Words, dated: str) -> Piece:
    """The text's own date, read as a person reads it where it is one ISO date."""
    return words(dates.spoken(w, dated, dated)) if dates.first_day(dated) and len(dated) <= 10 else form(dated)


def _language(w: Words, item: ItemLine) -> Piece:
    return language_name(w, item.language)


def language_name(w: Words, language: str | None) -> Piece:
    """A language by its name, by its code where the system has no name for it, or `not told`."""
    if language is None:
        return words(w.say("not told"))
    known = LANGUAGE.get(language)
    return words(w.say(known)) if known else code(language)


def _asides(desk: Desk) -> tuple[Block, ...]:
    """What is said once of all items: who collected them, and what furniture is."""
    w, items = desk.w, desk.case.items
    found = []
    unknown = sum(not i.collector for i in items)
    if unknown:
        found.append(w.line_n("Of {n} item no collector is stated.", "Of {n} items no collector is stated.", unknown))
    if any(i.furniture for i in items):
        about = w.line(
            "Furniture is what a page carries besides its text: menus, teasers, repeated captions. It is kept, "
            "and no claim is read from it."
        )
        found.append(about)
    return tuple(Paragraph(about, role="aside") for about in found)


def unread(desk: Desk) -> Section:
    """Files, items and parts of items that could not be taken in or read, those of one item together."""
    w = desk.w
    block: Block
    if desk.case.unread:
        heads = (w.line("File or item"), w.line("Why"), w.line("Next step"))
        block = Table(w.say("What could not be read"), heads, _unread_rows(desk), "unread tight")
    else:
        block = Paragraph(w.line("Everything that was offered could be taken in and read."), desk.paragraph())
    return Section(id="unread", number="", title=w.line("What could not be taken in or read"), level=3, blocks=(block,))


def _unread_rows(desk: Desk) -> tuple[Row, ...]:
    """Rows in the order of numbers and names; an item with several rows has its number in a row above them."""
    lines = sorted(desk.case.unread, key=lambda u: (u.number or "", _natural(u.name), u.reason, u.fix))
    rows: list[Row] = []
    for number, group in groupby(lines, key=lambda u: u.number):
        alike = _alike(list(group))
        if number is not None and len(alike) > 1:
            evidence = alike[0][0].evidence
            rows.append(Row(Cell((line(_unread_number(desk, number, evidence)),)), group=True))
            rows += [_unread_row(desk, same, None) for same in alike]
        else:
            rows += [_unread_row(desk, same, number) for same in alike]
    return tuple(rows)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which `page 2` stands before `page 10`."""
    return tuple(
        (int(p), "") if p.isascii() and p.isdigit() and len(p) < 10 else (-1, p) for p in re.split(r"([0-9]+)", text)
    )


def _alike(lines: list[UnreadLine]) -> list[list[UnreadLine]]:
    """Lines with the same reason and next step together, in the order of the first of each."""
    found: dict[tuple[str, str, str], list[UnreadLine]] = {}
    for n, one in enumerate(lines):
        alone = "" if one.number else str(n)
        found.setdefault((one.reason, one.fix, alone), []).append(one)
    return list(found.values())


def _unread_number(desk: Desk, number: str, evidence: tuple[str, ...]) -> Pieces:
    item = desk.by_number.get(number)
    if item is not None:
        return cited(desk, item)
    strong = Piece(Voice.STRONG, shown(number))
    if not evidence:
        return (strong,)
    own = listed([Piece(Voice.STRONG, shown(n)) for n in evidence])
    return desk.w.line("{own} ({item})", own=own, item=strong)


def _unread_row(desk: Desk, same: list[UnreadLine], number: str | None) -> Row:
    head = [line(_unread_number(desk, number, same[0].evidence))] if number else []
    head.append(line(listed([code(u.name) for u in same])))
    return Row(Cell(tuple(head)), (Cell((line(given(same[0].reason)),)), Cell((line(given(same[0].fix)),))))


def _wanted(desk: Desk) -> Section:
    w = desk.w
    block: Block
    wanted = [x for x in desk.case.wanted if x.person or desk.known(x.claims)]
    if wanted:
        heads = (w.line("Original"), w.line("Named as"), w.line("Cited in"))
        wanted.sort(key=lambda x: (x.kind, x.words, x.claims))
        block = Table(w.say("Cited, not held"), heads, tuple(_wanted_row(desk, x) for x in wanted), "wanted tight")
    else:
        block = Paragraph(w.line("No original was found that a text cites and nobody holds here."), desk.paragraph())
    return Section(id="wanted", number="", title=w.line("Cited, not held"), level=3, blocks=(block,))


def _wanted_row(desk: Desk, wanted: Wanted) -> Row:
    claims = desk.known(wanted.claims)
    told = {i.digest: i.number for i in desk.case.items if i.digest in wanted.items}
    numbers = sorted({i.number for c in claims if (i := desk.item(c))} | set(told.values()))
    links = listed([cited(desk, desk.by_number[n]) for n in numbers])
    where = line(links, desk.refs(claims)) if numbers else line(desk.w.line("not stated"))
    words = (line(form(wanted.words)), *([line(desk.w.line("written down by a person"))] if wanted.person else ()))
    cells = (Cell(words), Cell((where,)))
    return Row(Cell((line(given(wanted.kind)),)), cells)
