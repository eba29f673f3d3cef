"""From the recognised words of pages to a text: paragraphs, places, and what is said of how they were made.

Start with `extracted_from`. Lines of a paragraph are joined by a space, paragraphs by a blank line, as in the text of
a PDF; a word that a hyphen divides at the end of a line is joined where the next line goes on with a small letter.
Each word keeps its own box.

Pure. Looks down to: kernel, formats, recognition. Used by: formats (picture, pdf).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probanda.kernel.spans import Locator
from probanda.reading.formats import Mark
from probanda.reading.model import Located, Remark
from probanda.reading.recognition import LITTLE_SURE, PageWords, Word

MACHINE = "words recognised on the picture of the page by {maker}; the picture decides"
_HYPHENS = ("-", "\u2010", "\u00ad")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their places and marks: what one page, or a run of pages, gives."""

    words: str
    located: tuple[Located, ...] = ()
    marks: tuple[Mark, ...] = ()


def piece_of(page: PageWords) -> Piece:
    """The words of one recognised page."""
    parts: list[str] = []
    located: list[Located] = []
    at = 0
    for paragraph in page.paragraphs:
        if parts:
            parts.append("\n\n")
            at += 2
        words = [(word, n == len(line) - 1) for line in paragraph for n, word in enumerate(line)]
        for number, (word, last) in enumerate(words):
            following = words[number + 1][0] if number + 1 < len(words) else None
            said, gap = _joined(word, following, last=last)
            located.append(Located(at, at + len(said), Locator(page=page.page, box=word.box)))
            parts.append(said + gap)
            at += len(said) + len(gap)
    return Piece("".join(parts), tuple(located))


def _joined(word: Word, following: Word | None, *, last: bool) -> tuple[str, str]:
    """The word and the gap behind it; `last` of its line."""
    if following is None:
        return word.words, ""
    divided = last and len(word.words) > 2 and word.words.endswith(_HYPHENS) and following.words[0].islower()
    return (word.words[:-1], "") if divided else (word.words, " ")


def together(pieces: Iterable[Piece]) -> Piece:
    """Pieces one after another, parted by blank lines."""
    words: list[str] = []
    located: list[Located] = []
    marks: list[Mark] = []
    at = 0
    for piece in pieces:
        if not piece.words:
            continue
        if words:
            words.append("\n\n")
            at += 2
        words.append(piece.words)
        located += [Located(p.start + at, p.end + at, p.locator) for p in piece.located]
        marks += [Mark(m.start + at, m.end + at, m.role, m.reason) for m in piece.marks]
        at += len(piece.words)
    return Piece("".join(words), tuple(located), tuple(marks))


def remarks_on(pages: Mapping[int, PageWords]) -> list[Remark]:
    """Pages on which nothing was found, and pages of which the program was little sure, each with the next step."""
    fix = "Look at the picture of the page; add a transcript of it as plain text where it matters."
    found = []
    for number, page in sorted(pages.items()):
        sure = page.certainty
        if sure is None:
            found.append(Remark(f"page {number:,}", "Text recognition found no words on it.", fix))
        elif sure < LITTLE_SURE:
            why = f"Its words were recognised with little certainty: {sure} of 100."
            found.append(Remark(f"page {number:,}", why, fix))
    return found


def machine_of(maker: str, shown: str = "") -> str:
    """Why these words are machine text; `shown` names the pages, where it is not all of them."""
    said = MACHINE.format(maker=maker)
    return f"{shown}: {said}" if shown else said
