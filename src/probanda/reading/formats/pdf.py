"""PDF: the words of its text layer, line by line with page and box, and what of it could not be read.

The words are those that a program stored behind the pages. They are machine text: they can differ from what is printed,
and then the picture of the page decides (`draw`). Pages that are pictures have no words; they are listed for text
recognition. What is filled into forms and written upon pages is read with them; files that the PDF carries are
`members`. The dates in its marks say when the file was made, not when the text was published, and are left out.

Start with `extract_file`. Looks down to: formats, formats.pdf_pages (letters and pictures), formats.pdf_layout
(paragraphs). Used by: formats (registry).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from time import process_time
from typing import Any, BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member, Recognised, Recognising
from probanda.reading.formats.pdf_layout import laid_out
from probanda.reading.formats.pdf_pages import (
    Page,
    draw,
    is_right_to_left,
    language_of,
    opened,
    page_count,
    page_of,
    pixels,
)
from probanda.reading.model import Remark
from probanda.reading.recognised import Piece, machine_of, piece_of, remarks_on, together
from probanda.reading.recognition import PageWords

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 20_000
MOST_LETTERS = 6_000_000
"""Letters read of one PDF: about 2,000 close pages, or half a minute of a slow machine."""
MOST_SECONDS = 40.0
"""Processor time after which no further page is begun: a last guard, for pages made to be slow."""
MOST_MEMBERS = 1000
LARGEST_MEMBER = 200_000_000
LARGE = 100_000_000
"""Bytes of a PDF from which it is opened anew now and then, so that memory stays bounded."""
_BLOCK = 1 << 20
_FILE_NAME = re.compile(r"\.[A-Za-z]{2,5}\Z")
_TAIL = 4096

_LAYER = (
    "text layer of the PDF: a program stored these letters behind the pages, and they can differ from what is printed; "
    "the picture of the page decides"
)
_TOO_LONG = "The PDF is too long"
_BROKEN = "The attachment is broken: its bytes cannot be taken out."
_BROKEN_FIX = "Ask whoever provided the PDF for the attachment as a file of its own."
_FOR_OCR = (
    "Listed for OCR: `probanda ocr` recognises its words where Tesseract is installed. Or add a transcript of it as "
    "plain text."
)


def recognise(head: bytes, _name: str) -> bool:
    """True for the signature within the first 1,024 bytes: some programs put lines of their own before it."""
    return b"%PDF-" in head[:1024]


def extract(data: bytes) -> Extracted:
    """The words of a PDF held in memory; see `extract_file`."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """The words of the PDF in this open file, with page and box of each line.

    Raises CannotRead where it is locked or broken, or where no page has words.
    """
    return extract_recognised(file, Recognised("", {}))


def extract_recognised(file: BinaryIO, recognised: Recognised) -> Extracted:
    """The words of the PDF, with those that were recognised on its pictures of pages in their places.

    Raises CannotRead where it is locked or broken, or where no page has words.
    """
    with opened(file) as document:
        total, holds = len(document), _holds(document)
        language, title = language_of(document), str(document.get_metadata_value("Title"))
    pages, broken, reached = _pages(file, total)
    known = {page.number: recognised.pages[page.number] for page in pages if page.number in recognised.pages}
    remarks = _remarks([page for page in pages if page.number not in known], broken, reached, total)
    remarks += remarks_on(known)
    laid = _laid(pages, known)
    if not holds and not laid.words:
        raise _wordless(total, [page.number for page in pages if page.shows], remarks)
    if not _is_whole(file):
        remarks.append(
            Remark(
                "the end of the file",
                "The PDF breaks off: the mark that ends every PDF is missing, so pages may be missing, too.",
                "Ask whoever provided it for the whole file.",
            )
        )
    return Extracted(
        words=laid.words,
        runs=(),
        encoding="pdf",
        encoding_reason="letters as the fonts of the PDF map them",
        media_type=MEDIA_TYPE,
        marks=laid.marks,
        title=_title(title, pages),
        language=language,
        located=laid.located,
        remarks=tuple(remarks),
        machine=_machine([page for page in pages if page.number not in known], known, recognised.maker),
        holds=holds,
    )


def wordless(file: BinaryIO) -> list[int]:
    """Numbers of the pages that are pictures or drawings without words. Raises CannotRead as `extract_file` does."""
    with opened(file) as document:
        total = len(document)
    return [page.number for page in _pages(file, total)[0] if page.shows]


def _laid(pages: Sequence[Page], known: Mapping[int, PageWords]) -> Piece:
    """The words in the order of the pages: runs of pages with letters are laid out together."""
    if not known:
        return _piece(pages)
    pieces: list[Piece] = []
    for recognised, some in groupby(pages, lambda page: page.number in known):
        run = list(some)
        pieces += [piece_of(known[page.number]) for page in run] if recognised else [_piece(run)]
    return together(pieces)


def _piece(pages: Sequence[Page]) -> Piece:
    laid = laid_out([page.lines for page in pages])
    return Piece(laid.words, laid.located, laid.marks)


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """The files that the PDF carries as attachments. Raises CannotRead as `extract_file` does."""
    import pypdfium2

    with opened(file) as document:
        count = _holds(document)
        for index in range(min(count, MOST_MEMBERS)):
            try:
                attached = document.get_attachment(index)
            except pypdfium2.PdfiumError:
                yield Remark(f"attachment {index + 1}", _BROKEN, _BROKEN_FIX)
                continue
            yield Member(name=attached.get_name() or f"attachment {index + 1}", blocks=_blocks(document, attached))
        if count > MOST_MEMBERS:
            yield Remark(
                f"attachments {MOST_MEMBERS + 1:,} to {count:,}",
                f"The first {MOST_MEMBERS:,} attachments of a PDF are taken out.",
                "Take the others out with a PDF program and add them as files.",
            )


# Pages -------------------------------------------------------------------------------------------


def _pages(file: BinaryIO, total: int) -> tuple[list[Page], list[int], int]:
    """The pages that were read, in order; the numbers of broken ones; and the last page that was reached."""
    pages: list[Page] = []
    broken: list[int] = []
    started = process_time()
    letters = reached = 0
    for first, last in _stretches(file.seek(0, 2), total):
        with opened(file) as document:
            turned = is_right_to_left(document)
            for number in range(first, last + 1):
                if number > MOST_PAGES or letters > MOST_LETTERS or process_time() - started > MOST_SECONDS:
                    break
                reached = number
                page = page_of(document, number, turned)
                if page is None:
                    broken.append(number)
                else:
                    letters += page.letters
                    pages.append(page)
        if reached < last:
            break
    return pages, broken, reached


def _stretches(size: int, total: int) -> Iterator[tuple[int, int]]:
    """First and last pages to be read from one opening of the file: pdfium keeps what it read until it is closed."""
    length = max(1, total if size <= LARGE else total * LARGE // size)
    for first in range(1, total + 1, length):
        yield first, min(first + length - 1, total)


def _remarks(pages: Sequence[Page], broken: Sequence[int], reached: int, total: int) -> list[Remark]:
    pictures = [page.number for page in pages if page.shows == "picture"]
    drawings = [page.number for page in pages if page.shows == "drawing"]
    remarks = [
        Remark(_named(run), _said(run, "a picture of a page", "pictures of pages"), _FOR_OCR) for run in _runs(pictures)
    ]
    remarks += [
        Remark(_named(run), _said(run, "drawn in lines and shapes", "drawn in lines and shapes"), _FOR_OCR)
        for run in _runs(drawings)
    ]
    fix = "Open the original with a PDF program, away from the network, to see whether it shows more."
    remarks += [Remark(_named(run), "The PDF is broken there and cannot be opened.", fix) for run in _runs(broken)]
    if reached < total:
        remarks.append(
            Remark(
                _named((reached + 1, total)),
                f"{_TOO_LONG}: reading stopped behind page {reached:,} of {total:,}.",
                "Cut it into several files with a PDF program and add those.",
            )
        )
    return remarks


def _said(run: tuple[int, int], one: str, several: str) -> str:
    return f"It is {one}: no text layer." if run[0] == run[1] else f"They are {several}: no text layer."


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs: 3, 4, 5, 9 are (3, 5) and (9, 9)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _named(run: tuple[int, int]) -> str:
    return f"page {run[0]:,}" if run[0] == run[1] else f"pages {run[0]:,} to {run[1]:,}"


def _wordless(total: int, scans: Sequence[int], remarks: Sequence[Remark]) -> CannotRead:
    count = "one page" if total == 1 else f"{total:,} pages"
    if scans:
        what = f"It is a scan of {count}" if len(scans) == total else f"It is a PDF of {count} without words"
        return CannotRead(
            f"{what}: {_of(scans, total)}, without a text layer.", f"It is kept and registered. {_FOR_OCR}"
        )
    if remarks and remarks[-1].reason.startswith(_TOO_LONG):
        return CannotRead(f"It is a PDF of {count} without words. {remarks[-1].reason}", remarks[-1].fix)
    if remarks:
        return CannotRead(
            f"It is a PDF of {count} that is broken: none of them could be read.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        )
    return CannotRead(
        f"It is a PDF of {count} with neither words nor pictures on them.",
        "It is kept and registered. Open the original to see whether it shows anything; if so, add a transcript.",
    )


def _of(scans: Sequence[int], total: int) -> str:
    if total == 1:
        return "the page is a picture"
    if len(scans) == total:
        return "its pages are pictures"
    return "one of them is a picture" if len(scans) == 1 else f"{len(scans):,} of them are pictures"


# What the PDF says of itself ---------------------------------------------------------------------


def _machine(pages: Sequence[Page], known: Mapping[int, PageWords], maker: str) -> str:
    """Why the words are machine text, and on which pages they need a second look most. `pages` are those with letters
    of their own."""
    parts = [_LAYER] if not known or any(page.letters for page in pages) else []
    if known:
        parts.append(machine_of(maker, _listed(sorted(known))))
    turned = [page.number for page in pages if page.right_to_left]
    if turned:
        parts.append(f"{_listed(turned)}: right-to-left letters, which may come out in another order than printed")
    hidden = [page.number for page in pages if page.hidden]
    if hidden:
        parts.append(
            f"{_listed(hidden)}: a picture with invisible letters over it, put there by text recognition (OCR) of "
            "unknown origin"
        )
    unknown = sum(page.unknown for page in pages)
    if unknown:
        said = "one letter has" if unknown == 1 else f"{unknown:,} letters have"
        parts.append(f"{said} no known meaning in the file, shown as \ufffd")
    return "; ".join(parts)


def _listed(numbers: Sequence[int]) -> str:
    runs = _runs(numbers)
    said = ", ".join(f"{a:,}" if a == b else f"{a:,} to {b:,}" for a, b in runs[:10])
    more = f" and {sum(b - a + 1 for a, b in runs[10:]):,} more" if len(runs) > 10 else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {said}{more}"


def _title(marked: str, pages: Sequence[Page]) -> str | None:
    """The title in the PDF's marks where its first page shows the same words: others name templates and file names."""
    title = " ".join(marked[:500].split())
    if not pages or len(title) < 4 or _FILE_NAME.search(title):
        return None
    shown = " ".join(" ".join(line.words for line in pages[0].lines).split())
    return _clean(title) if title.casefold() in shown.casefold() else None


def _clean(words: str) -> str:
    return words.encode("utf-8", "replace").decode().replace("\x00", "")


def _is_whole(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return b"%%EOF" in file.read(_TAIL)


# Attachments -------------------------------------------------------------------------------------


def _holds(document: Any) -> int:
    return max(0, int(document.count_attachments()))


def _blocks(document: Any, attached: Any) -> Iterator[bytes]:
    import pypdfium2
    from pypdfium2.raw import FPDFAttachment_GetFile, c_ulong

    if not document.raw:  # closed: pdfium would read freed memory
        raise ValueError("the bytes of a member are drawn before the next member is asked for")
    size = c_ulong()
    FPDFAttachment_GetFile(attached, None, 0, size)
    if size.value > LARGEST_MEMBER:
        raise CannotRead(
            f"The attachment holds {size.value // 1_000_000:,} MB; up to {LARGEST_MEMBER // 1_000_000} are taken out.",
            "Take it out with a PDF program and add it as a file.",
        )
    try:
        data = memoryview(attached.get_data()) if size.value else memoryview(b"")
    except pypdfium2.PdfiumError as fault:
        raise CannotRead(_BROKEN, _BROKEN_FIX) from fault
    for start in range(0, len(data), _BLOCK):
        yield bytes(data[start : start + _BLOCK])


FORMAT = Format(
    name="PDF",
    media_types=(MEDIA_TYPE,),
    suffixes=(".pdf",),
    recognised_by="the signature %PDF- within its first 1,024 bytes",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
    members=members,
    pages=page_count,
    draw=draw,
    recognising=Recognising(wordless, pixels, extract_recognised),
)
