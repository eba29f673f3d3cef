"""Section 1: what was taken in, how far it was read, what could not be read and why, what is cited and not held.

Looks down to: desk, speech, words. Used by: dossier.
"""

from __future__ import annotations

from probanda.reports import dates
from probanda.reports.casefile import ItemLine, UnreadLine, Wanted
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.record import Block, Cell, Line, Paragraph, Piece, Row, Section, Table, Voice
from probanda.reports.speech import code, form, given, line, listed
from probanda.reports.words import LANGUAGE, Words, words

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
        blocks=(_table(desk), *_furniture(desk)),
        parts=(_unread(desk), _wanted(desk)),
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
    return Table(w.say("Items taken in"), heads, tuple(_row(w, i) for i in items), "items tight")


def _row(w: Words, item: ItemLine) -> Row:
    head = [line(Piece(Voice.STRONG, item.number))]
    if item.acquisitions > 1:
        head.append(line(w.line_n("taken in {n} time", "taken in {n} times", item.acquisitions)))
    if item.label not in EVERYDAY:
        head.append(line(w.line("label: {label}", label=given(item.label))))
    files: list[Line] = []
    if item.title:
        files.append(line(form(item.title)))
    if item.publisher:
        files.append(line(w.line("published by {publisher}", publisher=form(item.publisher))))
    files += [line(code(n)) for n in item.names]
    files.append(line(Piece(Voice.DIGEST, item.digest)))
    dated = [line(_dated(w, item.dated))] if item.dated else [line(w.line("not stated"))]
    if item.dated_reason:
        dated.append(line(given(item.dated_reason)))
    read = [line(given(item.read))]
    if item.furniture:
        read.append(
            line(
                w.line_n("{n} passage kept aside as furniture", "{n} passages kept aside as furniture", item.furniture)
            )
        )
    read.append(line(w.line_n("{n} claim", "{n} claims", item.claims)))
    cells = (Cell(tuple(files)), Cell(tuple(dated)), Cell((line(_language(w, item)),)), Cell(tuple(read)))
    return Row(Cell(tuple(head)), cells, id=f"item-{item.number}")


def _dated(w: Words, dated: str) -> Piece:
    """The text's own date, read as a person reads it where it is one ISO date."""
    return words(dates.spoken(w, dated, dated)) if dates.first_day(dated) and len(dated) <= 10 else form(dated)


def _language(w: Words, item: ItemLine) -> Piece:
    if item.language is None:
        return words(w.say("not told"))
    known = LANGUAGE.get(item.language)
    return words(w.say(known)) if known else code(item.language)


def _furniture(desk: Desk) -> tuple[Block, ...]:
    if not any(i.furniture for i in desk.case.items):
        return ()
    about = desk.w.line(
        "Furniture is what a page carries besides its text: menus, teasers, repeated captions. It is kept, "
        "and no claim is read from it."
    )
    return (Paragraph(about, role="aside"),)


def _unread(desk: Desk) -> Section:
    w = desk.w
    block: Block
    if desk.case.unread:
        heads = (w.line("File or item"), w.line("Why"), w.line("Next step"))
        lines = sorted(desk.case.unread, key=lambda u: (u.number or "", u.name, u.reason))
        block = Table(w.say("What could not be read"), heads, tuple(_unread_row(u) for u in lines), "unread tight")
    else:
        block = Paragraph(w.line("Everything that was offered could be taken in and read."), desk.paragraph())
    return Section(id="unread", number="", title=w.line("What could not be taken in or read"), level=3, blocks=(block,))


def _unread_row(unread: UnreadLine) -> Row:
    head = [line(Piece(Voice.STRONG, shown(unread.number)))] if unread.number else []
    head.append(line(code(unread.name)))
    return Row(Cell(tuple(head)), (Cell((line(given(unread.reason)),)), Cell((line(given(unread.fix)),))))


def _wanted(desk: Desk) -> Section:
    w = desk.w
    block: Block
    wanted = [x for x in desk.case.wanted if desk.known(x.claims)]
    if wanted:
        heads = (w.line("Original"), w.line("Named as"), w.line("Cited in"))
        wanted.sort(key=lambda x: (x.kind, x.words, x.claims))
        block = Table(w.say("Cited, not held"), heads, tuple(_wanted_row(desk, x) for x in wanted), "wanted tight")
    else:
        block = Paragraph(w.line("No original was found that a text cites and nobody holds here."), desk.paragraph())
    return Section(id="wanted", number="", title=w.line("Cited, not held"), level=3, blocks=(block,))


def _wanted_row(desk: Desk, wanted: Wanted) -> Row:
    claims = desk.known(wanted.claims)
    numbers = sorted({i.number for c in claims if (i := desk.item(c))})
    links = listed([Piece(Voice.LINK, n, target=f"item-{n}") for n in numbers])
    cells = (Cell((line(form(wanted.words)),)), Cell((line(links, desk.refs(claims)),)))
    return Row(Cell((line(given(wanted.kind)),)), cells)
