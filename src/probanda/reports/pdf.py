"""The dossier as a PDF/A-2b file (ISO 19005-2), set by Typst from the same frozen record as the page.

`pdf` is the whole of it. The record reaches the template as data, never as source: `templates/dossier.typ` reads
one JSON file in memory, so no word of evidence can become code. Ids of the record stay data too; the
template's own labels are counted. Nothing but the record decides the bytes: the fonts are the
package's, and the date in the file is the record's.

What Typst asks to know beforehand is settled here: which way each piece runs, which ids links may lead to,
which rows fit on a page, which characters the fonts lack.

Looks down to: record, glyphs, words, kernel, templates. Used by: cli.
"""

from __future__ import annotations

import base64
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Set
from datetime import UTC, datetime
from importlib import resources
from itertools import pairwise
from typing import Any, Final

from probanda.kernel.errors import ProbandaError
from probanda.reports import glyphs
from probanda.reports.casefile import Picture
from probanda.reports.record import (
    Block,
    Cell,
    Dossier,
    Fact,
    Line,
    Listing,
    Note,
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
from probanda.reports.words import RIGHT_TO_LEFT, Words

TEMPLATE: Final = "dossier.typ"
LRI: Final = "\u2066"
PDI: Final = "\u2069"
"""Around words that run from left to right whatever stands beside them (Unicode Standard Annex 9)."""
SYSTEM: Final = frozenset({Voice.WORDS, Voice.STRONG, Voice.GIVEN})
"""Voices whose words decide which way a line runs."""
STANDARD: Final = "a-2b"
TRIES: Final = 8
"""So often the file is set again with characters left out that Typst could not draw."""
LONGEST: Final = 24
"""Longer words (file names, addresses) may be broken inside."""
RUN: Final = 8
"""Digits of a digest, or characters of a long word, between two places where a line may break."""
TOGETHER: Final = 500
"""Rows of cells with fewer characters, and twice as long notes, are kept on one page."""
TOGETHER_LINES: Final = 12
"""The same for the lines of a cell."""
PICTURE: Final = (430.0, 200.0)
"""The most room for a picture of printed words, in points: width and height."""
PICTURE_DOTS: Final = 144
"""Pixels of a picture to the inch, where there is room."""

BACK: Final = "↩"
EVIDENCE: Final = frozenset({Voice.FORM, Voice.QUOTE})
ALWAYS_LEFT_TO_RIGHT: Final = frozenset({Voice.CODE, Voice.DIGEST, Voice.LINK})
RIGHT: Final = frozenset({"R", "AL"})
EIGHTS: Final = re.compile(rf".{{{RUN}}}(?=[!-~]|\w)")
LANGUAGE: Final = re.compile("[a-z]{2,3}")
UNDRAWN: Final = re.compile(r"the text `\"(.*?)\"` could not be displayed")
ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")

Node = dict[str, Any]


class NotTypeset(ProbandaError):
    """Typst could not set the dossier; holds its own words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The dossier could not be set as PDF: {reason}",
            "Write it as HTML or DOCX, and report the reason above: every dossier should come out as PDF.",
        )


def pdf(dossier: Dossier) -> bytes:
    """The dossier as PDF/A-2b; equal records give equal bytes.

    Raises:
        NotTypeset: Typst refuses the dossier for another reason than a character without a glyph.
    """
    from typst import TypstError

    refused: frozenset[str] = frozenset()
    for _ in range(TRIES):
        try:
            return _typeset(_Sheet(dossier, refused))
        except TypstError as error:
            undrawn = _undrawn(str(error.diagnostic)) - refused
            if not undrawn:
                raise NotTypeset(error.message) from error
            refused |= undrawn
    raise NotTypeset("too many characters without a glyph")


def _typeset(sheet: _Sheet) -> bytes:
    import typst

    source = resources.files("probanda.reports") / "templates" / TEMPLATE
    data = json.dumps(sheet.data(), ensure_ascii=False, sort_keys=True)
    files = {"main.typ": source.read_bytes(), "dossier.json": data.encode("utf-8")}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(glyphs.folders()))
    made = typst.compile(  # type: ignore[call-overload]
        files,
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=sheet.timestamp(),
    )
    assert isinstance(made, bytes)  # noqa: S101  one PDF is one file
    return made


def _undrawn(diagnostic: str) -> frozenset[str]:
    """The characters that Typst names as having no glyph."""
    found = (ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) for text in UNDRAWN.findall(diagnostic))
    return frozenset(char for text in found for char in text if not char.isascii())


class _Sheet:
    """The record as the template reads it: plain data, and what it needs to know beforehand."""

    def __init__(self, dossier: Dossier, refused: Set[str] = frozenset()) -> None:
        self.dossier = dossier
        self.refused = refused
        self.rtl = dossier.direction == "rtl"
        self.labels: dict[str, str] = {}

    def timestamp(self) -> int:
        """Seconds since 1970 of the record's run; PDF/A asks for a date, so an unknown one is the first."""
        try:
            at = datetime.fromisoformat(self.dossier.run_at)
        except ValueError:
            return 0
        return max(0, int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()))

    def data(self) -> Node:
        """Everything of the record, in reading order."""
        d = self.dossier
        return {
            "lang": _language(d.language) or "en",
            "rtl": self.rtl,
            "title": self.own(d.title),
            "kicker": self.own(d.kicker),
            "stamp": self.own(d.stamp),
            "stamp_lines": self.lines(d.stamp_lines),
            "running_head": self.own(d.running_head),
            "run_label": self.own(d.run_label),
            "run": self.own(d.run),
            "facts": [self.fact(f) for f in d.facts],
            "contents": self.own(Words(d.language).say("Contents")),
            "sections": [self.section(s, listed=True) for s in d.sections],
            "notes_at": self.at(f"s{len(d.sections) + 1}"),
            "notes_number": str(len(d.sections) + 1),
            "notes_title": self.own(d.notes_title),
            # The sign of the way back is drawn by the template; the fonts have none.
            "notes_lead": [self.text(part) for part in d.notes_lead.split(BACK)],
            "notes": [self.note(n) for n in d.notes],
            # Last, when every place that links may lead to has its label.
            "labels": self.labels,
        }

    def text(self, text: str) -> str:
        """Words with nothing that the fonts lack, and breaks inside very long ones."""
        safe = glyphs.printable(text, self.refused)
        return " ".join(_breakable(word) for word in safe.split(" ")) if len(safe) > LONGEST else safe

    def own(self, text: str) -> str:
        """System words that stand alone: on a page from right to left, those not translated keep their order."""
        return f"{LRI}{self.text(text)}{PDI}" if self._foreign(text) else self.text(text)

    def _foreign(self, text: str) -> bool:
        """True for words from left to right on a page from right to left."""
        return self.rtl and not _runs_right_to_left(text, None, otherwise=True)

    def at(self, place: str) -> str:
        """The label of a place that links lead to; empty where there is none, or another place has this id."""
        if not place or place in self.labels:
            return ""
        self.labels[place] = f"p{len(self.labels)}"
        return self.labels[place]

    def section(self, section: Section, *, listed: bool) -> Node:
        return {
            "at": self.at(section.id),
            "number": self.text(section.number),
            "title": self.pieces(section.title, apart=True),
            "level": max(1, section.level - 1),
            "role": section.role,
            "listed": listed,
            "blocks": [self.block(b) for b in section.blocks],
            "parts": [self.section(s, listed=listed and s.listed) for s in section.parts],
        }

    def block(self, block: Block) -> Node:
        match block:
            case Paragraph():
                number = block.number or None
                node: Node = {"number": number, "pieces": self.pieces(block.pieces), "role": block.role}
            case Listing():
                node = {"label": self.pieces(block.label), "lines": self.lines(block.lines), "role": block.role}
            case Table():
                node = self.table(block)
            case Opposed():
                node = {
                    "title": self.pieces(block.title),
                    "reason": self.pieces(block.reason),
                    "left": self.line(block.left),
                    "right": self.line(block.right),
                    "together": _fits((block.left, block.right)),
                }
            case Timeline():
                node = self.timeline(block)
        return {"kind": block.kind, **node}

    def table(self, table: Table) -> Node:
        heads = [self.pieces(h, apart=True) for h in table.heads]
        return {"heads": heads, "rows": [self.row(r) for r in table.rows], "role": table.role}

    def row(self, row: Row) -> Node:
        return {
            "at": self.at(row.id),
            "head": self.cell(row.head),
            "cells": [self.cell(c) for c in row.cells],
            "group": row.group,
            "role": row.role,
            "together": all(_fits(c.lines) for c in (row.head, *row.cells)),
        }

    def cell(self, cell: Cell) -> Node:
        return {"lines": self.lines(cell.lines), "role": cell.role}

    def fact(self, fact: Fact) -> Node:
        table = self.table(fact.table) if fact.table else None
        return {"label": self.own(fact.label), "lines": self.lines(fact.lines), "table": table}

    def timeline(self, t: Timeline) -> Node:
        """The picture, with the line's start at the left or, mirrored, at the right."""
        bars = [
            {
                "label": self.text(b.label),
                "to": b.target,
                "at": (1000 - b.start - b.width if t.mirrored else b.start) / 1000,
                "width": b.width / 1000,
                "lane": b.lane,
                "exact": b.exact,
                "opens_left": b.open_end if t.mirrored else b.open_start,
                "opens_right": b.open_start if t.mirrored else b.open_end,
            }
            for b in t.bars
        ]
        ticks = [{"label": self.text(k.label), "at": (1000 - k.at if t.mirrored else k.at) / 1000} for k in t.ticks]
        return {
            "title": self.text(t.title),
            "description": self.text(t.description),
            "bars": bars,
            "ticks": ticks,
            "lanes": t.lanes,
            "mirrored": t.mirrored,
        }

    def note(self, note: Note) -> Node:
        rtl = _runs_right_to_left(note.quote or note.before + note.after, note.language, otherwise=self.rtl)
        words = sum(len(t) for t in (note.before, note.quote, note.after))
        return {
            "at": self.at(f"n{note.number}"),
            "number": str(note.number),
            "back": f"r{note.number}",
            "place": self.pieces(note.place),
            "said": self.pieces(note.said),
            "before": self.text(note.before),
            "quote": self.text(note.quote),
            "after": self.text(note.after),
            "cut": note.cut,
            "rtl": rtl,
            "lang": _language(note.language) or ("ar" if rtl else "en"),
            "arabic": _has_right_to_left(note.quote),
            "remarks": self.lines(note.remarks),
            "picture": self.picture(note.picture, note.picture_alt),
            "together": words <= 2 * TOGETHER and _fits(note.remarks),
        }

    def picture(self, picture: Picture | None, alt: str) -> Node | None:
        """The picture, its size in points, and what it shows."""
        if picture is None:
            return None
        across, down = max(picture.width, 1), max(picture.height, 1)
        room = min(PICTURE[0] / across, PICTURE[1] / down, 72 / PICTURE_DOTS)
        width, height = across * room, down * room
        return {"svg": _wrapped(picture), "width": width, "height": height, "alt": self.text(alt)}

    def lines(self, lines: Iterable[Line]) -> list[Node]:
        return [self.line(line) for line in lines]

    def line(self, line: Line) -> Node:
        return {"at": self.at(line.id), "pieces": self.pieces(line.pieces), "echo": line.echo}

    def pieces(self, pieces: Pieces, *, apart: bool = False) -> list[Node]:
        """Pieces as data; `apart` for those that are set twice (contents, repeated heads) and so hold no place."""
        out = [self.piece(p, apart=apart) for p in pieces]
        for before, after in pairwise(out):
            if before["voice"] == after["voice"] == Voice.NOTE:
                after["beside"] = True
        if self._foreign("".join(p.text for p in pieces if p.voice in SYSTEM)):
            return [{"voice": Voice.WORDS.value, "text": LRI}, *out, {"voice": Voice.WORDS.value, "text": PDI}]
        return out

    def piece(self, piece: Piece, *, apart: bool) -> Node:
        node: Node = {"voice": piece.voice.value, "text": self.text(piece.text)}
        if piece.voice is Voice.DIGEST:
            node["text"] = glyphs.printable(piece.text, self.refused)
            node["runs"] = [node["text"][n : n + RUN] for n in range(0, len(node["text"]), RUN)]
        if piece.voice is Voice.STATUS:
            node["status"] = piece.target
        elif piece.target and not apart:
            node["to"] = piece.target
        if piece.voice is Voice.NOTE and piece.first and not apart:
            node |= {"at": at} if (at := self.at(f"r{piece.text}")) else {}
        if piece.voice in EVIDENCE and _has_right_to_left(piece.text):
            node["arabic"] = True
        return node | self.way(piece)

    def way(self, piece: Piece) -> Node:
        """How a piece runs where it could reorder its neighbours: its direction and its language."""
        if piece.voice in (Voice.WORDS, Voice.STRONG, Voice.NOTE, Voice.STATUS, Voice.BREAK):
            return {}
        left_to_right = piece.voice in ALWAYS_LEFT_TO_RIGHT
        rtl = not left_to_right and _runs_right_to_left(piece.text, piece.language, otherwise=self.rtl)
        if rtl == self.rtl and not self.rtl and not _has_right_to_left(piece.text):
            return {}
        return {"rtl": rtl, "lang": _language(piece.language) or ("ar" if rtl else "en")}


def _wrapped(picture: Picture) -> str:
    """The picture inside an SVG: Typst takes files in memory only as text.

    Raises:
        NotTypeset: its bytes are no whole PNG; inside an SVG it would be left out without a word.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture.png), formats=("PNG",)) as opened:
            width, height = opened.size
            opened.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotTypeset("the picture of printed words in a note is no whole PNG") from error
    data = base64.b64encode(picture.png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _runs_right_to_left(text: str, language: str | None, *, otherwise: bool) -> bool:
    """The direction of the first strong character (Unicode Standard Annex 9, P2), then of the language."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return False
        if kind in RIGHT:
            return True
    return language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT if language else otherwise


def _has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


def _language(tag: str | None) -> str | None:
    """The first part of a language tag, where it is one that Typst takes."""
    found = LANGUAGE.match((tag or "").lower().split("-", maxsplit=1)[0].split("_", maxsplit=1)[0])
    return found[0] if found else None


def _breakable(word: str) -> str:
    """The word with places where a line may break, if it is too long for a narrow column; never before a mark."""
    if len(word) <= LONGEST or _has_right_to_left(word):
        return word
    return EIGHTS.sub("\\g<0>\u200b", word)


def _fits(lines: Iterable[Line]) -> bool:
    """True when lines are short enough to stand on one page whatever the column."""
    told = tuple(lines)
    return len(told) <= TOGETHER_LINES and sum(len(p.text) for line in told for p in line.pieces) <= TOGETHER
