"""The dossier as a Word file: the same record as the page, with real footnotes and nothing from outside.

Start with `docx`. It draws the record in reading order; how runs, footnotes, styles and the package
are made is in `word/`. Fonts are named, not embedded; there is no macro, no remote part, no link out
of the file, and no field but the page numbers in the footer.

Note numbers are the record's. Word counts footnotes by their order in the text; where the first
references of a dossier stand in another order, all numbers are written out as marks instead.

Looks down to: record, words, word. Used by: casework, cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probanda.reports.record import (
    Block,
    Cell,
    Dossier,
    Fact,
    Line,
    Listing,
    Opposed,
    Paragraph,
    Piece,
    Pieces,
    Row,
    Section,
    Table,
    Timeline,
    Voice,
)
from probanda.reports.word import styles
from probanda.reports.word.notes import footnotes
from probanda.reports.word.package import FOOTER_ID, HEADER_ID, NAMESPACES, package
from probanda.reports.word.runs import Pen, isolated, paragraph, run, safe
from probanda.reports.words import Words, joined, strong, words

TEXT_WIDTH = 9752
"""Twentieths of a point between the margins: A4 less 19 mm on either side."""
COLUMNS = {
    ("items", 5): (13, 36, 20, 11, 20),
    ("unread", 3): (26, 37, 37),
    ("wanted", 3): (14, 62, 24),
    ("chronology", 3): (22, 56, 22),
    ("persons", 3): (27, 46, 27),
    ("matrix", 5): (22, 15, 28, 17, 18),
    ("measure", 2): (40, 20),
    ("rows", 4): (16, 36, 24, 24),
}
"""Hundredths of the width by the table's role and number of columns; other tables share it evenly."""
LISTS = {"compact": "ListCompact", "index": "ListCompact", "undated": "ListCompact"}
PARAGRAPHS = {"lead": "Lead", "aside": "Aside", "facts": "Facts", "stamp": "StampEnd"}
EDGES = {
    "for": ("single", 8, styles.HELD),
    "against": ("double", 6, styles.RUBRIC),
    "gap": ("single", 4, styles.RULE),
    "status-none": ("dotted", 12, styles.RUBRIC),
    "status-one": ("dashed", 12, styles.FAINT),
    "status-hearsay": ("dashed", 12, styles.FAINT),
    "status-several": ("single", 12, styles.HELD),
    "status-opposed": ("double", 6, styles.RUBRIC),
}
"""The rule before a cell, by its role: the words say it too, so nothing rests on the drawing."""


def docx(dossier: Dossier) -> bytes:
    """The dossier as a DOCX file (ISO/IEC 29500 transitional); equal records give equal bytes."""
    places = [f"r{n.number}" for n in dossier.notes] + list(_places(dossier))
    pen = Pen(dossier, places, marked=False)
    body = _body(dossier, pen)
    if list(pen.order) != [n.number for n in dossier.notes]:
        pen = Pen(dossier, places, marked=True)
        body = _body(dossier, pen)
    notes, pictures = footnotes(dossier, pen)
    side = {
        "styles": styles.styles(dossier.language, pen.rtl),
        "settings": styles.settings(),
        "fontTable": styles.font_table(),
        "numbering": styles.numbering(),
        "header": styles.header(pen.pieces((words(dossier.running_head),)), pen.rtl),
        "footer": styles.footer(pen.rtl),
        "footnotes": notes,
    }
    core = styles.core(dossier.title, dossier.kicker, dossier.language, dossier.run_at)
    document = f"<w:document {NAMESPACES}><w:body>{body}{_page(pen.rtl)}</w:body></w:document>".encode()
    return package(document, core, side, pictures)


def _page(rtl: bool) -> str:
    """A4 with the page's margins, the running head and the page number."""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_ID}"/>'
        f'<w:footerReference w:type="default" r:id="{FOOTER_ID}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1077" w:bottom="1247" w:left="1077" w:header="567" w:footer="567" '
        f'w:gutter="0"/>{"<w:bidi/>" if rtl else ""}</w:sectPr>'
    )


def _places(dossier: Dossier) -> Iterator[str]:
    """Every id that links may lead to, in reading order."""
    for fact in dossier.facts:
        yield from (line.id for line in fact.lines)
    for section in dossier.sections:
        yield from _places_of(section)
    yield _notes_id(dossier)


def _places_of(section: Section) -> Iterator[str]:
    yield section.id
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (row.id for row in block.rows)
        elif isinstance(block, Listing):
            yield from (line.id for line in block.lines)
    for part in section.parts:
        yield from _places_of(part)


def _notes_id(dossier: Dossier) -> str:
    return f"s{len(dossier.sections) + 1}"


# in reading order


def _body(dossier: Dossier, pen: Pen) -> str:
    dates = _dates(dossier.sections)
    parts = [*_cover(dossier, pen), *_contents(dossier, pen)]
    for section in dossier.sections:
        parts += _section(section, pen, dates)
    return "".join((*parts, *_notes(dossier, pen)))


def _cover(dossier: Dossier, pen: Pen) -> Iterator[str]:
    yield pen.plain(dossier.kicker, "Kicker")
    yield paragraph(isolated(dossier.title, "", pen.rtl), "Title", pen.rtl)
    yield pen.plain(dossier.stamp, "StampHead")
    last = len(dossier.stamp_lines) - 1
    for n, line in enumerate(dossier.stamp_lines):
        yield pen.paragraph(line.pieces, "StampEnd" if n == last else "Stamp")
    for fact in (Fact(dossier.run_label, (Line((words(dossier.run),)),)), *dossier.facts):
        yield pen.plain(fact.label, "FactLabel")
        for line in fact.lines:
            yield pen.paragraph(line.pieces, "Fact", id=line.id)
        if fact.table:
            yield _table(fact.table, pen)


def _contents(dossier: Dossier, pen: Pen) -> Iterator[str]:
    """The sections as links; without page numbers, because those would need fields."""
    yield pen.plain(Words(dossier.language).say("Contents"), "ContentsTitle")
    for section in dossier.sections:
        yield from _entry(section, pen, 1)
    title = (words(dossier.notes_title),)
    yield _entry_line(_notes_id(dossier), _numbered(_notes_id(dossier)[1:], title), pen, 1)


def _entry(section: Section, pen: Pen, depth: int) -> Iterator[str]:
    yield _entry_line(section.id, _numbered(section.number, section.title), pen, depth)
    for part in section.parts:
        if part.listed:
            yield from _entry(part, pen, depth + 1)


def _entry_line(id: str, title: Pieces, pen: Pen, depth: int) -> str:
    still = tuple(p for p in title if p.voice is not Voice.NOTE)
    flat = tuple(Piece(Voice.NAME, p.text) if p.voice is Voice.LINK else p for p in still)
    return paragraph(pen.link(id, pen.pieces(flat)), f"TOC{min(depth, 3)}", pen.rtl)


def _numbered(number: str, title: Pieces) -> Pieces:
    return (words(f"{number} "), *title) if number else title


def _section(section: Section, pen: Pen, dates: dict[str, Pieces]) -> Iterator[str]:
    style = f"Heading{min(max(section.level - 1, 1), 4)}"
    yield pen.paragraph(_numbered(section.number, section.title), style, id=section.id)
    for block in section.blocks:
        yield from _block(block, pen, dates)
    for part in section.parts:
        yield from _section(part, pen, dates)


def _notes(dossier: Dossier, pen: Pen) -> Iterator[str]:
    """Where the page has its notes, the file says how to use them; notes that nothing refers to are called here."""
    id = _notes_id(dossier)
    yield pen.paragraph(_numbered(id[1:], (words(dossier.notes_title),)), "Heading1", id=id)
    yield pen.plain(dossier.notes_lead, "Aside")
    left = tuple(Piece(Voice.NOTE, str(n.number)) for n in dossier.notes if n.number not in pen.order)
    if left:
        yield pen.paragraph(left, "BodyText")


# blocks


def _block(block: Block, pen: Pen, dates: dict[str, Pieces]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block, pen)
    elif isinstance(block, Listing):
        yield from _listing(block, pen)
    elif isinstance(block, Table):
        yield _table(block, pen)
    elif isinstance(block, Opposed):
        yield from _opposed(block, pen)
    else:
        yield from _timeline(block, pen, dates)


def _paragraph(block: Paragraph, pen: Pen) -> str:
    style = PARAGRAPHS.get(block.role, "Numbered" if block.number else "BodyText")
    if not block.number:
        return pen.paragraph(block.pieces, style)
    number = run(f"{block.number}.", "Figure", pen.rtl) + "<w:r><w:tab/></w:r>"
    return pen.paragraph(block.pieces, style if style == "Lead" else "Numbered", number)


def _listing(block: Listing, pen: Pen) -> Iterator[str]:
    if block.label:
        yield pen.paragraph(block.label, "Label")
    roles = block.role.split()
    style = "ListWhy" if "why" in roles else next((LISTS[r] for r in roles if r in LISTS), "ListBullet")
    for line in block.lines:
        yield pen.paragraph(line.pieces, style, id=line.id)


def _opposed(block: Opposed, pen: Pen) -> Iterator[str]:
    title = (words("⇄ "), *strong(block.title), *((words(" · "), *block.reason) if block.reason else ()))
    yield pen.paragraph(title, "Opposed")
    half = TEXT_WIDTH // 2
    sides = (
        _cell((block.left,), half, pen, "Cell"),
        _cell((block.right,), half, pen, "Cell", edge=("single", 8, styles.RUBRIC)),
    )
    yield _grid("", (half, half), [f"<w:tr>{''.join(sides)}</w:tr>"], pen, heads=False)


def _timeline(block: Timeline, pen: Pen, dates: dict[str, Pieces]) -> Iterator[str]:
    """The picture's intervals in words: each incident with the date that the table beside gives it."""
    yield pen.plain(block.description, "Timeline")
    entries = []
    for bar in block.bars:
        date = dates.get(bar.target or bar.label, ())
        entries.append((Piece(Voice.LINK, bar.label, target=bar.target), *((words(" "), *date) if date else ())))
    yield pen.paragraph(joined(entries, " · "), "TimelineEntries")


def _dates(sections: Sequence[Section]) -> dict[str, Pieces]:
    """The date of each incident, by its number, as the chronology's table says it."""
    found: dict[str, Pieces] = {}
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table) and "chronology" in block.role.split():
                for row in block.rows:
                    linked = [p.target for cell in row.cells for ln in cell.lines for p in ln.pieces if p.target]
                    if linked:
                        found.setdefault(linked[0], tuple(p for ln in row.head.lines for p in ln.pieces))
        found.update(_dates(section.parts))
    return found


# tables


def _table(table: Table, pen: Pen) -> str:
    roles = table.role.split()
    widths = _widths(roles, len(table.heads))
    style = "CellTight" if {"matrix", "items", "versions"} & set(roles) else "Cell"
    rows = [_head(table, widths, pen)]
    rows += [_group(row, widths, pen) if row.group else _row(row, widths, pen, style) for row in table.rows]
    return _grid(table.caption, widths, rows, pen, heads=True)


def _widths(roles: Sequence[str], columns: int) -> tuple[int, ...]:
    shares = next((COLUMNS[r, columns] for r in roles if (r, columns) in COLUMNS), None)
    if shares is None and "versions" in roles and columns > 1:
        shares = (14, *[86 // (columns - 1)] * (columns - 1))
    if shares is None:
        shares = tuple([100 // columns] * columns)
    return tuple(TEXT_WIDTH * share // 100 for share in shares)


def _grid(caption: str, widths: Sequence[int], rows: Sequence[str], pen: Pen, *, heads: bool) -> str:
    """A table, and after it a thin paragraph, because two tables without one between them would become one."""
    mirrored = "<w:bidiVisual/>" if pen.rtl else ""
    look = (
        f'<w:tblLook w:firstRow="{int(heads)}" w:lastRow="0" w:firstColumn="{int(heads)}" w:noHBand="1" w:noVBand="1"/>'
    )
    told = f'<w:tblCaption w:val="{safe(caption)}"/>' if caption else ""
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DossierTable"/>{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{told}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>{paragraph('', 'AfterTable', pen.rtl)}"
    )


def _head(table: Table, widths: Sequence[int], pen: Pen) -> str:
    """The head repeats on each page, unless it has notes: a footnote cannot stand in a row that repeats."""
    noted = any(p.voice is Voice.NOTE for head in table.heads for p in head)
    cells = (_cell((Line(h),), w, pen, "CellHead") for h, w in zip(table.heads, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{'' if noted else '<w:tblHeader/>'}</w:trPr>{''.join(cells)}</w:tr>"


def _group(row: Row, widths: Sequence[int], pen: Pen) -> str:
    cell = _cell(row.head.lines, sum(widths), pen, "CellHead", span=len(widths), fill=styles.SUNK, id=row.id)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _row(row: Row, widths: Sequence[int], pen: Pen, style: str) -> str:
    fill = styles.RUBRIC_PAPER if "differs" in row.role.split() else ""
    cells = [_cell(row.head.lines, widths[0], pen, style, fill=fill, id=row.id)]
    for n, width in enumerate(widths[1:]):
        cell = row.cells[n] if n < len(row.cells) else Cell(())
        edge = next((EDGES[r] for r in cell.role.split() if r in EDGES), None)
        cells.append(_cell(cell.lines, width, pen, style, fill=fill, edge=edge))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(
    lines: Sequence[Line],
    width: int,
    pen: Pen,
    style: str,
    *,
    span: int = 1,
    fill: str = "",
    edge: tuple[str, int, str] | None = None,
    id: str = "",
) -> str:
    """A cell: one paragraph for each line; one empty where there is none, because Word asks for one."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if edge:
        kind, eighths, color = edge
        rule = f'<w:left w:val="{kind}" w:sz="{eighths}" w:space="0" w:color="{color}"/>'
        properties += f"<w:tcBorders>{rule}</w:tcBorders>"
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    told = []
    for n, line in enumerate(lines):
        echo = line.echo and style in {"Cell", "CellTight"}
        used = style.replace("Cell", "Echo") if echo else style
        sign = run("↲ " if pen.rtl else "↳ ", "", pen.rtl) if line.echo else ""
        told.append(pen.paragraph(line.pieces, used, sign, line.id or ("" if n else id)))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(told) or paragraph('', style, pen.rtl)}</w:tc>"
