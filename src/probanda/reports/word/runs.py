"""Pieces as runs of a Word paragraph: each voice in its character style, each script in its own direction.

Start with `Pen`. It also keeps what must be known across paragraphs: which notes were already
referred to, and which places links may lead to. All text passes `safe`, so no byte of evidence can
end an element or stand in XML where XML forbids it.

A first reference to a note is a real footnote. A later one is its number as a link to the first: a
NOTEREF field would show nothing until the reader's program updates fields, and numbers here are
cited, so they must stand in the file as they are in the record.

Isolates (U+2066 to U+2069) are not known to all word processors, so what the page isolates is set
between the direction marks U+200E and U+200F, which every one of them has.

Looks down to: record, characters. Used by: docx, notes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from probanda.reports.characters import shown
from probanda.reports.record import Dossier, Piece, Pieces, Voice

LRM, RLM = "\u200e", "\u200f"
RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
STYLE: Final = {
    Voice.STRONG: "Strong",
    Voice.NAME: "NameListed",
    Voice.FORM: "Evidence",
    Voice.QUOTE: "Quotation",
    Voice.GIVEN: "Given",
    Voice.CODE: "Figure",
    Voice.DIGEST: "Digest",
    Voice.STATUS: "Status",
}
SHAPE: Final = {"proposed": "○", "checked": "●", "corrected": "◐", "rejected": "✕", "unsure": "?"}
"""A status is a shape and a word, never a colour alone."""
MARKS: Final = {"ar": ("«", "»")}
"""Quotation marks by language of the quoted words; others have “ and ”."""
LONGEST_NAME = 40
"""So many characters a bookmark's name may have in Word."""


def safe(text: str) -> str:
    """The text as XML character data: forbidden and unsafe characters by their codes, markup escaped."""
    return escape(shown(text), quote=True)


def first_strong(text: str) -> bool | None:
    """True where the first letter with a direction runs from right to left, None where there is none."""
    if not RIGHT_TO_LEFT.search(text):
        return False if any(c.isalpha() for c in text) else None
    for c in text:
        kind = unicodedata.bidirectional(c)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return None


def stretches(text: str, base: bool) -> list[tuple[str, bool]]:
    """The text in runs of one direction each (True: right to left); what has none goes with its neighbours.

    Between neighbours that differ it goes with `base`, as in rules N1 and N2 of Unicode Standard Annex 9.
    """
    if not base and not RIGHT_TO_LEFT.search(text):
        return [(text, False)] if text else []
    parts = [(m[0], m.lastgroup) for m in _DIRECTED.finditer(text)]
    sides = [None if kind == "neutral" else kind == "right" for _, kind in parts]
    out: list[tuple[str, bool]] = []
    for n, (part, _) in enumerate(parts):
        side = sides[n]
        if side is None:
            before = sides[n - 1] if n else base
            after = sides[n + 1] if n + 1 < len(sides) else base
            side = bool(before) if before == after else base
        if out and out[-1][1] == side:
            out[-1] = (out[-1][0] + part, side)
        else:
            out.append((part, side))
    return out


_RIGHT = RIGHT_TO_LEFT.pattern
_DIRECTED = re.compile(
    f"(?P<right>{_RIGHT}+)|(?P<left>(?:(?!{_RIGHT})[^\\W\\d_])+)|(?P<neutral>(?:(?!{_RIGHT})[\\W\\d_])+)"
)


def run(text: str, style: str = "", rtl: bool = False, language: str | None = None) -> str:
    """One run; `language` is a BCP 47 tag."""
    if not text:
        return ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:rtl/>" if rtl else ""
    if language:
        properties += f'<w:lang w:{"bidi" if rtl else "val"}="{safe(language)}"/>'
    opening = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{opening}<w:t xml:space="preserve">{safe(text)}</w:t></w:r>'


def paragraph(content: str, style: str, rtl: bool = False) -> str:
    """One paragraph around runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:bidi/>" if rtl else ""}</w:pPr>{content}</w:p>'


class Pen:
    """Writes the pieces of one dossier; holds the notes already referred to, in their order."""

    def __init__(self, dossier: Dossier, places: Sequence[str], *, marked: bool) -> None:
        """`places` are the ids links may lead to; `marked` writes note numbers out instead of counting them."""
        self.rtl = dossier.direction == "rtl"
        self.marked = marked
        self.order: dict[int, int] = {}  # note number to its place among the first references, from 1
        self.notes = frozenset(n.number for n in dossier.notes)
        self.names = _bookmarks(places)
        self._marks = 0

    def paragraph(self, pieces: Pieces, style: str, before: str = "", id: str = "") -> str:
        """A paragraph of pieces; `before` is finished XML set in front, `id` what links lead to."""
        return paragraph(self.bookmark(id) + before + self.pieces(pieces), style, self.rtl)

    def plain(self, text: str, style: str) -> str:
        """A paragraph of plain text in the system's voice."""
        return self.paragraph((Piece(Voice.WORDS, text),), style)

    def pieces(self, pieces: Pieces, *, in_note: bool = False) -> str:
        """Runs for a line of pieces; inside a note all references are links, because notes have no notes.

        In a dossier that runs from right to left, a line whose words nobody translated yet is set as one
        run from left to right.
        """
        rtl = self.rtl and not _untranslated(pieces)
        runs = "".join(self._pieces(pieces, rtl, in_note))
        return runs if rtl == self.rtl else run(LRM) + runs + run(LRM)

    def _pieces(self, pieces: Pieces, rtl: bool, in_note: bool) -> Iterator[str]:
        last = None
        for piece in pieces:
            if piece.voice is Voice.NOTE:
                if last is Voice.NOTE:
                    yield run(", ", "NoteAgain", rtl)
                yield self._reference(piece, in_note)
            elif piece.voice is Voice.BREAK:
                yield "<w:r><w:br/></w:r>"
            elif piece.voice is Voice.LINK:
                yield self.link(piece.target, isolated(piece.text, "InnerLink", rtl))
            elif piece.voice in STYLE and piece.voice is not Voice.STRONG:
                yield _evidence(piece, rtl or (self.rtl and RIGHT_TO_LEFT.search(piece.text) is not None))
            else:
                style = STYLE.get(piece.voice, "")
                yield "".join(run(part, style, side) for part, side in stretches(piece.text, rtl))
            last = piece.voice

    def _reference(self, piece: Piece, in_note: bool) -> str:
        number = int(piece.text)
        if number in self.order or number not in self.notes or in_note:
            return self.link(f"r{number}", run(piece.text, "NoteAgain"))
        place = self.order[number] = len(self.order) + 1
        if self.marked:
            inner = f'<w:footnoteReference w:customMarkFollows="1" w:id="{place}"/><w:t>{number}</w:t>'
        else:
            inner = f'<w:footnoteReference w:id="{place}"/>'
        reference = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{inner}</w:r>'
        return self.bookmark(f"r{number}", reference)

    def link(self, target: str, runs: str) -> str:
        """Runs as a link inside the document; plain runs where the place is not there."""
        name = self.names.get(target)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>' if name else runs

    def bookmark(self, id: str, runs: str = "") -> str:
        """A place that links lead to, around these runs; the runs alone where `id` is empty or unknown."""
        name = self.names.get(id)
        if not name:
            return runs
        self._marks += 1
        return f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{self._marks}"/>'


def isolated(text: str, style: str, around: bool, language: str | None = None) -> str:
    """Words in their own direction, so set that they cannot reorder what stands around them.

    `around` is True where the line runs from right to left.
    """
    own = bool(first_strong(text))
    runs = "".join(
        run(part, style, side, language if _fits(language, side) else None) for part, side in stretches(text, own)
    )
    if not around and not RIGHT_TO_LEFT.search(text):
        return runs
    inner = run(RLM if own else LRM, style, own)
    outer = run(RLM if around else LRM, "", around)
    return outer + inner + runs + inner + outer


def _evidence(piece: Piece, rtl: bool) -> str:
    text, language = piece.text, piece.language
    if piece.voice is Voice.QUOTE:
        opening, closing = quotation_marks(language)
        text = f"{opening}{text}{closing}"
    elif piece.voice is Voice.STATUS:
        text = f"{SHAPE.get(piece.target, '')} {text}".strip()
    return isolated(text, STYLE[piece.voice], rtl, language)


def _untranslated(pieces: Pieces) -> bool:
    """True where the system's words in a line have letters, and none that runs from right to left."""
    spoken = "".join(p.text for p in pieces if p.voice in {Voice.WORDS, Voice.STRONG})
    return first_strong(spoken) is False and not RIGHT_TO_LEFT.search(spoken)


def quotation_marks(language: str | None) -> tuple[str, str]:
    """The marks around words of this language."""
    return MARKS.get((language or "").split("-", maxsplit=1)[0], ("“", "”"))


def _fits(language: str | None, rtl: bool) -> bool:
    """True where a language's tag is for runs of this direction: Word keeps one tag for each of the two."""
    return language is not None and rtl == (language.split("-", maxsplit=1)[0] in {"ar", "fa", "he", "ur", "ps", "ckb"})


def _bookmarks(places: Sequence[str]) -> dict[str, str]:
    """Names that Word takes for bookmarks: letters, digits and `_`, at most 40, each once."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for place in dict.fromkeys(p for p in places if p):
        name = re.sub(r"[^A-Za-z0-9_]", "_", place)
        if not name[0].isalpha() or len(name) > LONGEST_NAME or name.lower() in taken:
            name = "p_" + sha256(place.encode("utf-8", "replace")).hexdigest()[:32]
        taken.add(name.lower())
        names[place] = name
    return names
