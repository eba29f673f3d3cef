"""The footnotes of a Word file: one for each note, with its words in context and its picture.

Start with `footnotes`. The picture of the printed words stands inside the footnote, under the words
it shows, because a reader compares the two.

Looks down to: record, runs, package. Used by: docx.
"""

from __future__ import annotations

from hashlib import sha256

from probanda.reports.casefile import Picture
from probanda.reports.record import Dossier, Note
from probanda.reports.word.package import NAMESPACES
from probanda.reports.word.runs import Pen, first_strong, paragraph, run, safe, stretches
from probanda.reports.words import joined, words

EMU_PER_PIXEL = 6350
"""English Metric Units for one pixel at 144 pixels an inch."""
WIDEST, HIGHEST = 5_400_000, 2_880_000
"""150 mm and 80 mm: a picture in a note grows no larger."""
BETWEEN = (words(" · "),)
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def footnotes(dossier: Dossier, pen: Pen) -> tuple[bytes, tuple[bytes, ...]]:
    """The footnotes part, and the pictures it shows, each once; the nth is related as `rId<n>`, counted from 1.

    The body must be written before, as `pen` knows then in which order it calls the notes: they stand here in
    that order and are numbered by it, because LibreOffice finds a footnote by its place and not by its id.
    """
    album: dict[str, tuple[int, bytes]] = {}
    ordered = sorted(dossier.notes, key=lambda note: pen.order[note.number])
    notes = "".join(_footnote(pen, note, album) for note in ordered)
    xml = f"<w:footnotes {NAMESPACES}>{SEPARATORS}{notes}</w:footnotes>"
    return xml.encode("utf-8"), tuple(png for _, png in album.values())


def _footnote(pen: Pen, note: Note, album: dict[str, tuple[int, bytes]]) -> str:
    counted = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    # LibreOffice sets the reference's mark before a note that has its own: a point keeps `3` and `3` from being 33.
    number = run(f"\u2009{note.number}.") if pen.marked else counted
    back = pen.link(f"r{note.number}", run("↩", "InnerLink"))
    place = pen.pieces((*note.place, *BETWEEN, *note.said), in_note=True)
    parts = [
        paragraph(number + run(" ") + place + run(" ") + back, "FootnoteText", pen.rtl),
        _context(note),
    ]
    if note.picture is not None:
        drawing = _drawing(note.number, note.picture, note.picture_alt, album)
        parts.append(paragraph(drawing, "NotePicture", pen.rtl))
    if note.remarks:
        runs = pen.pieces(joined([line.pieces for line in note.remarks], " · "), in_note=True)
        parts.append(paragraph(runs, "NoteRemarks", pen.rtl))
    return f'<w:footnote w:id="{pen.order[note.number]}">{"".join(parts)}</w:footnote>'


def _context(note: Note) -> str:
    """The quote among the words around it, in the direction of its own script."""
    rtl = bool(first_strong(note.before + note.quote + note.after))
    before = ("… " if note.cut else "") + note.before if note.before else ""
    after = f"{note.after} …" if note.after else ""
    voiced = ((before, "Evidence"), (note.quote, "NoteQuote"), (after, "Evidence"))
    runs = "".join(
        run(part, style, side, note.language if side == rtl else None)
        for text, style in voiced
        for part, side in stretches(text, rtl)
    )
    return paragraph(runs, "NoteContext", rtl)


def _drawing(number: int, picture: Picture, alt: str, album: dict[str, tuple[int, bytes]]) -> str:
    """The picture in line with the text, scaled down to the note; DrawingML (ISO/IEC 29500-1, 20.4)."""
    place, _ = album.setdefault(sha256(picture.png).hexdigest(), (len(album) + 1, picture.png))
    width, height = max(picture.width, 1) * EMU_PER_PIXEL, max(picture.height, 1) * EMU_PER_PIXEL
    shrink = min(1.0, WIDEST / width, HIGHEST / height)
    size = f'cx="{round(width * shrink)}" cy="{round(height * shrink)}"'
    named = f'id="{number}" name="Picture {number}" descr="{safe(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {named}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{place}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
