"""Pages of a PDF: opened, read letter by letter into lines, and drawn.

Start with `opened`, then `page_of` (a page's lines and pictures) and `draw`. The PDF library is pdfium; it reads
from the open file as it goes, so that memory stays bounded by the largest page, and writes nothing.

Looks down to: formats, formats.pdf_letters. Used by: formats.pdf.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ctypes import byref, create_string_buffer
from dataclasses import dataclass
from math import hypot
from typing import Any, BinaryIO

from probanda.reading.formats import CannotRead, Frame, Pixels
from probanda.reading.formats.pdf_letters import Box, Letter, Line, holds_right_to_left, leaning, line_of

LARGEST_SIDE = 4000
"""Pixels of the longer side of a drawn page or piece."""
MOST_LETTERS = 1_000_000
"""Code points read of one page; a newspaper page holds about 50,000."""
_FOR_RECOGNITION = 300
"""Pixels per inch at which Tesseract's makers advise to give it pages."""
_MOST_PIXELS = 30_000_000
_MOST_OBJECTS = 5000
"""Objects of a page that are looked through for pictures."""
FEW_LETTERS = 20
"""A page with fewer letters and a picture over it is a picture of a page: stamps and page numbers are no text layer."""
_COVERED = 0.5
_DRAWN = 100
"""Lines and shapes from which a page without letters counts as drawn, not as empty."""

_BROKEN = (
    "It is a PDF that is broken: its pages cannot be found in it.",
    "It is kept and registered. Ask whoever provided it for the file again, or open it with a PDF program that mends "
    "files and add the mended one.",
)
_LOCKED = (
    "It is a PDF locked with a password.",
    "It is kept and registered. Ask whoever provided it for the password, save an unlocked copy with a PDF program, "
    "and add that copy.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds."""

    number: int
    """From 1."""
    height: float
    """In points, as shown."""
    lines: tuple[Line, ...]
    letters: int
    unknown: int
    """Letters that the file gives no meaning for."""
    right_to_left: bool
    shows: str
    """`picture` or `drawing` for a page that is (next to) nothing else, else empty."""
    hidden: bool
    """Its letters are invisible and lie over a picture: text recognition made them."""


@contextmanager
def opened(file: BinaryIO) -> Iterator[Any]:
    """The PDF in this open file. Raises CannotRead where it is locked, broken or has no pages."""
    import pypdfium2

    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        raise CannotRead(*(_LOCKED if locked else _BROKEN)) from fault
    try:
        if len(document) < 1:
            raise CannotRead(
                "It is a PDF without pages.",
                "It is kept and registered. Ask whoever provided it for the file again.",
            )
        yield document
    finally:
        document.close()


def is_right_to_left(document: Any) -> bool:
    """True when the PDF asks to be read from right to left; pdfium then turns round its Latin lines, too."""
    import pypdfium2.raw as pdfium

    said = create_string_buffer(8)
    pdfium.FPDF_VIEWERREF_GetName(document, b"Direction", said, len(said))
    return said.value == b"R2L"


def language_of(document: Any) -> str | None:
    """The language that the PDF's catalogue names."""
    import pypdfium2.raw as pdfium

    said = (pdfium.FPDF_WCHAR * 32)()
    size = pdfium.FPDFCatalog_GetLanguage(document, said, len(said) * 2)
    if not 2 < size <= len(said) * 2:
        return None
    return bytes(said)[: size - 2].decode("utf-16-le", "replace").strip("\x00 ") or None


def page_of(document: Any, number: int, turned: bool = False) -> Page | None:
    """What the page of this number (from 1) holds; None where it cannot be opened.

    `turned` for documents that are `is_right_to_left`: the page is then looked at outside its document, because lines
    of the other direction come out in the wrong order within it.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    alone = pypdfium2.PdfDocument.new() if turned else None
    try:
        if alone is not None and not pdfium.FPDF_ImportPages(alone, document, str(number).encode(), 0):
            return None
        page = _shown(document, number) if alone is None else _shown(alone, 1)
        try:
            return _read(page, number)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        if alone is not None:
            alone.close()


def _shown(document: Any, number: int) -> Any:
    """The page with what is filled into its forms and written upon it, which pdfium else does not read."""
    import pypdfium2.raw as pdfium

    page = document[number - 1]
    if (
        pdfium.FPDFPage_GetAnnotCount(page) > 0
        and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    ):
        page.close()
        page = document[number - 1]
    return page


def _read(page: Any, number: int) -> Page:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MOST_LETTERS)
        place = _placing(page)
        lines, letters, unknown, turned = _lines(text, count, number, place)
        invisible = count > 0 and _is_invisible(pdfium, text, count)
        shows = ""
        hidden = False
        if letters < FEW_LETTERS or invisible:
            covered, drawn = _drawn_on(pdfium, page)
            if letters < FEW_LETTERS:
                shows = "picture" if covered >= _COVERED else "drawing" if not letters and drawn >= _DRAWN else ""
            hidden = invisible and covered >= _COVERED
    finally:
        text.close()
    height = _shown_size(page)[1]
    return Page(number, height, tuple(lines), letters, unknown, turned, shows, hidden)


# Letters to lines --------------------------------------------------------------------------------

_SOFT = (0x02, 0xFFFE)
"""What pdfium puts for a hyphen that divides a word at the end of a line."""


@dataclass(slots=True)
class _Piece:
    """Letters that pdfium puts on one line."""

    letters: list[Letter]
    soft: bool = False
    """A word is divided at its end."""
    size: float = 0.0
    base: float = 0.0
    turned: bool = False
    """Some of its letters are written from right to left."""


def _lines(text: Any, count: int, number: int, place: Callable[..., Box]) -> tuple[list[Line], int, int, bool]:
    """Lines, and how many letters and unknown letters they hold, and whether some are written from right to left."""
    pieces = list(_gathered(_pieces(text, count, place)))
    turned = [piece for piece in pieces if piece.turned]
    # The page tells the direction: a line that is mostly a Latin name may yet belong to an Arabic paragraph.
    backwards = sum(leaning(piece.letters) for piece in turned) >= 0
    lines: list[Line] = []
    seen = unknown = 0
    for piece in pieces:
        line = line_of(piece.letters, number, piece.size, piece.base, soft=piece.soft, backwards=backwards)
        if line is not None:
            lines.append(line)
            seen += sum(not letter.char.isspace() for letter in piece.letters)
            unknown += line.words.count("\ufffd")
    return lines, seen, unknown, bool(turned)


def _gathered(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, those with right-to-left letters put together with their neighbours on the same line of print.

    Letters painted in several strokes make pdfium start a new line on the way.
    """
    held: _Piece | None = None
    for piece in pieces:
        if held is not None and (held.turned or piece.turned) and _same_height(held, piece):
            if piece.size > held.size:
                held.size, held.base = piece.size, piece.base
            held.letters += piece.letters
            held.turned = True
            held.soft = piece.soft
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _same_height(one: _Piece, other: _Piece) -> bool:
    """True when the letters of both stand on one line of print, by the tallest of each."""
    top, bottom = _tallest(one)
    above, below = _tallest(other)
    return min(bottom, below) - max(top, above) >= 0.7 * min(bottom - top, below - above)


def _tallest(piece: _Piece) -> tuple[float, float]:
    tall = max(piece.letters, key=lambda letter: letter.bottom - letter.top)
    return tall.top, tall.bottom


def _pieces(text: Any, count: int, place: Callable[..., Box]) -> Iterator[_Piece]:
    """The letters of each line as pdfium parts them, without empty lines."""
    import pypdfium2.raw as pdfium

    handle = text.raw
    box = pdfium.FS_RECTF()
    pointer = byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    piece = _Piece([])
    high = 0
    for index in range(count):
        code = unicode_of(handle, index)
        if code in (10, *_SOFT):
            if piece.size:
                piece.soft = code != 10
                piece.turned = holds_right_to_left(piece.letters)
                yield piece
            piece = _Piece([])
            continue
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        char = _char(code)
        if char and box_of(handle, index, pointer):
            piece.letters.append(Letter(char, *place(box.left, box.top, box.right, box.bottom)))
            if not piece.size and char != " ":
                piece.size, piece.base = _standing(pdfium, handle, index, place)
    if piece.size:
        piece.turned = holds_right_to_left(piece.letters)
        yield piece


def _standing(pdfium: Any, handle: Any, index: int, place: Callable[..., Box]) -> tuple[float, float]:
    """Font size as shown (at least a hundredth of a point), and the height at which the letter stands."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, index, byref(matrix))
    x, y = pdfium.c_double(), pdfium.c_double()
    pdfium.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y))
    size = abs(pdfium.FPDFText_GetFontSize(handle, index)) * hypot(matrix.c, matrix.d)
    return max(0.01, size), place(x.value, y.value, x.value, y.value)[3]


def _char(code: int) -> str:
    """The code point; a space for every kind of space or break, nothing for other controls.

    A letter without a known meaning (pdfium gives 0), or with an impossible one, is U+FFFD.
    """
    if 32 < code < 127:
        return chr(code)
    if code in (9, 11, 12, 32, 0x85, 0xA0, 0x2028, 0x2029):
        return " "
    if code in (13, 0xAD) or 0 < code < 32 or 127 <= code < 160:
        return ""
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return chr(code)


def _placing(page: Any) -> Callable[[float, float, float, float], Box]:
    """The way from a box in the file's own coordinates to one on the page as shown (CropBox and /Rotate)."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()

    def place(l: float, t: float, r: float, b: float) -> Box:  # noqa: E741 (left, top, right, bottom)
        if turn == 90:
            return b - bottom, l - left, t - bottom, r - left
        if turn == 180:
            return right - r, b - bottom, right - l, t - bottom
        if turn == 270:
            return top - t, right - r, top - b, right - l
        return l - left, top - t, r - left, top - b

    return place


def _shown_size(page: Any) -> tuple[float, float]:
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


# Pictures ----------------------------------------------------------------------------------------


def _is_invisible(pdfium: Any, text: Any, count: int) -> bool:
    """True when the first letters of the page are painted with text render mode 3, that is, not at all."""
    for index in range(min(count, 50)):
        if pdfium.FPDFText_GetUnicode(text, index) > 32:
            piece = pdfium.FPDFText_GetTextObject(text, index)
            if piece:
                return bool(pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    return False


def _drawn_on(pdfium: Any, page: Any) -> tuple[float, int]:
    """Share of the page under pictures (at most 1, strips added up), and the number of lines and shapes on it."""
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    covered, drawn = 0.0, 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(pdfium, one)):
            box = [pdfium.c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(one, *box):
                l, b, r, t = (value.value for value in box)  # noqa: E741 (left, bottom, right, top)
                covered += max(0.0, min(r, right) - max(l, left)) * max(0.0, min(t, top) - max(b, bottom)) / area
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            drawn += 1
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            drawn += max(0, pdfium.FPDFFormObj_CountObjects(one))
    return min(1.0, covered), drawn


def _holds_picture(pdfium: Any, form: Any) -> bool:
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), 200)):
        inner = pdfium.FPDFFormObj_GetObject(form, index)
        if pdfium.FPDFPageObj_GetType(inner) == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
    return False


# Drawing -----------------------------------------------------------------------------------------


def page_count(file: BinaryIO) -> int:
    """How many pages it has. Raises CannotRead where it is locked, broken or has none."""
    with opened(file) as document:
        return len(document)


def draw(file: BinaryIO, frame: Frame) -> bytes:
    """The page, or the piece of it, as a PNG: the marked boxes tinted and framed; at most 4,000 pixels a side.

    The same bytes for the same input. Raises CannotRead where the page is not there or cannot be drawn.
    """
    import pypdfium2

    with opened(file) as document:
        if not 1 <= frame.page <= len(document):
            raise CannotRead(
                f"The PDF has {len(document):,} pages; there is no page {frame.page:,}.", "Name one of its pages."
            )
        try:
            page = _shown(document, frame.page)
            return _drawn(page, frame)
        except pypdfium2.PdfiumError as fault:
            raise CannotRead(
                f"Page {frame.page:,} of the PDF cannot be drawn: it is broken.",
                "Open the original with a PDF program, away from the network, to see the page.",
            ) from fault


def _drawn(page: Any, frame: Frame) -> bytes:
    width, height = _shown_size(page)
    left, top, right, bottom = map(float, frame.piece or (0, 0, width, height))
    left, top = max(0.0, min(left, width - 1)), max(0.0, min(top, height - 1))
    right, bottom = max(left + 1, min(right, width)), max(top + 1, min(bottom, height))
    side = min(max(frame.side, 16), LARGEST_SIDE)
    scale = min(max(frame.dots, 1) / 72, (side - 2) / max(right - left, bottom - top))
    crop = (left, max(0.0, height - bottom), max(0.0, width - right), top)
    bitmap = page.render(scale=scale, crop=crop, grayscale=not frame.colour, limit_image_cache=True)
    picture = bitmap.to_pil().convert("RGB" if frame.colour else "L")
    bitmap.close()
    return as_png(
        picture, [tuple((v - o) * scale for v, o in zip(b, (left, top) * 2, strict=True)) for b in frame.marked]
    )


def pixels(file: BinaryIO, number: int) -> Pixels:
    """A page for text recognition: grey, 300 pixels per inch, fewer for pages larger than a sheet of a newspaper.

    Raises CannotRead where the page is not there or cannot be drawn.
    """
    import pypdfium2

    with opened(file) as document:
        if not 1 <= number <= len(document):
            raise CannotRead(
                f"The PDF has {len(document):,} pages; there is no page {number:,}.", "Name one of its pages."
            )
        try:
            page = document[number - 1]
            width, height = _shown_size(page)
            scale = min(_FOR_RECOGNITION / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True, limit_image_cache=True)
            grey = bitmap.to_pil().convert("L")
            bitmap.close()
        except pypdfium2.PdfiumError as fault:
            raise CannotRead(
                f"Page {number:,} of the PDF cannot be drawn: it is broken.",
                "Open the original with a PDF program, away from the network, to see the page.",
            ) from fault
    return Pixels(grey, scale, round(scale * 72))


def as_png(picture: Any, marked: list[tuple[float, ...]]) -> bytes:
    """A picture as PNG, with boxes (left, top, right, bottom in pixels) tinted and framed where there are any."""
    from PIL import Image, ImageChops, ImageDraw

    if marked:
        tint = Image.new("RGB", picture.size, (255, 255, 255))
        pen = ImageDraw.Draw(tint)
        for left, top, right, bottom in marked:
            if left < picture.width and top < picture.height and right > 0 and bottom > 0:
                box = (
                    round(left) - 2,
                    round(top) - 2,
                    max(round(right), round(left)) + 2,
                    max(round(bottom), round(top)) + 2,
                )
                pen.rectangle(box, fill=(255, 243, 176), outline=(178, 94, 0))
        picture = ImageChops.multiply(picture.convert("RGB"), tint)
    out = io.BytesIO()
    picture.save(out, format="PNG", compress_level=6)
    return out.getvalue()
