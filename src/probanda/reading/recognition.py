"""Recognising the words of a page that is a picture, with Tesseract's library where the machine has it.

Start with `found` (is it there, and which languages has it), then `Tesseract.words_of`, which runs in the reading
child alone: the pixels are drawn there from the item's bytes, and the library meets them behind the same limits as any
other parser. It is called through its C interface (`capi.h`), so that its models are loaded once for many pages, and
no program is started for each.

What comes out is machine text: `PageWords` keep each word with its box and how sure the program was of it.

Looks down to: model. Used by: child, formats (picture, pdf), casework (recognising).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

USUAL = ("ara", "eng", "fra")
"""Languages looked for where nobody names any, by the codes of ISO 639-2 as Tesseract's models are called."""
LANGUAGE_CODES = {"ar": "ara", "en": "eng", "fr": "fra"}
"""From the language of an item (ISO 639-1) to that of the model."""
LITTLE_SURE = 60
"""Mean certainty of a page, of 100, below which it is named for a second look."""
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
    "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata", "C:\\Program Files\\Tesseract-OCR\\tessdata",
)  # fmt: skip
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_LEVEL_WORD = 5

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the program read it."""

    words: str
    box: Box
    """Left, top, right, bottom in points from the top left of the page as shown; of a picture, in its pixels."""
    sure: int
    """The program's own certainty, 0 to 100."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What was recognised on one page."""

    page: int
    """From 1."""
    paragraphs: tuple[tuple[tuple[Word, ...], ...], ...]
    """Paragraphs of lines of words, in reading order."""

    @property
    def certainty(self) -> int | None:
        """Mean certainty over the letters, 0 to 100; None for a page on which no word was found."""
        words = [w for paragraph in self.paragraphs for line in paragraph for w in line]
        letters = sum(len(w.words) for w in words)
        return round(sum(w.sure * len(w.words) for w in words) / letters) if letters else None


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Tesseract as it is installed here."""

    library: str
    """Path or name of the shared library."""
    models: str
    """Folder of its models."""
    version: str
    languages: tuple[str, ...]
    """Codes of the models that are there, sorted."""

    def maker(self, languages: Sequence[str]) -> str:
        """Who made the words, as the ledger and the dossier say it."""
        return f"Tesseract {self.version} ({'+'.join(languages)})"


# --- looking for it (in the parent) ---------------------------------------------------------------


@cache
def found() -> Recogniser | None:
    """The library with its models, or None where the machine has none. The folder `TESSDATA_PREFIX` goes first."""
    name = ctypes.util.find_library("tesseract") or ctypes.util.find_library("tesseract-5")
    if name is None:
        return None
    try:
        library = _declared(ctypes.CDLL(name))
    except (OSError, AttributeError):
        return None
    folders = [os.environ[key] for key in ("TESSDATA_PREFIX",) if os.environ.get(key)]
    for folder in map(Path, (*folders, *_FOLDERS)):
        there = sorted(p.stem for p in folder.glob("*.traineddata")) if folder.is_dir() else []
        languages = tuple(code for code in there if code != "osd")
        if languages:
            return Recogniser(name, str(folder), library.TessVersion().decode("ascii", "replace"), languages)
    return None


# --- recognising (in the child) -------------------------------------------------------------------


class Tesseract:
    """The library with the models of some languages, loaded once. Raises OSError where they cannot be loaded."""

    def __init__(self, library: str, models: str, languages: Sequence[str]) -> None:
        self._library = _declared(ctypes.CDLL(library))
        self._handle = self._library.TessBaseAPICreate()
        if self._library.TessBaseAPIInit3(self._handle, models.encode(), "+".join(languages).encode()) != 0:
            raise OSError("the models of these languages could not be loaded")

    def words_of(self, page: int, picture: Any, scale: float = 1.0, dots: int = 0) -> PageWords:
        """The words on a grey picture (Pillow, mode L). `scale`: pixels to a point; `dots`: pixels per inch, 0 where
        nobody knows."""
        library, handle = self._library, self._handle
        library.TessBaseAPISetImage(handle, picture.tobytes(), picture.width, picture.height, 1, picture.width)
        if dots:
            library.TessBaseAPISetSourceResolution(handle, dots)
        pointer = library.TessBaseAPIGetTsvText(handle, 0)
        if not pointer:
            raise OSError("the library gave no words")
        try:
            told = ctypes.string_at(pointer).decode("utf-8", "replace")
        finally:
            library.TessDeleteText(pointer)
            library.TessBaseAPIClear(handle)
        return PageWords(page, _paragraphs(told, scale))


def _declared(library: Any) -> Any:
    """The functions of `capi.h` used here, with their types. Raises AttributeError for a library without them."""
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, gives, takes in (
        ("TessVersion", text, ()),
        ("TessBaseAPICreate", pointer, ()),
        ("TessBaseAPIInit3", number, (pointer, text, text)),
        ("TessBaseAPISetImage", None, (pointer, text, number, number, number, number)),
        ("TessBaseAPISetSourceResolution", None, (pointer, number)),
        ("TessBaseAPIGetTsvText", pointer, (pointer, number)),
        ("TessBaseAPIClear", None, (pointer,)),
        ("TessDeleteText", None, (pointer,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
    return library


def _paragraphs(told: str, scale: float) -> tuple[tuple[tuple[Word, ...], ...], ...]:
    """From the rows of the library (level, page, block, paragraph, line, word, box, certainty, words; by tabs)."""
    paragraphs: dict[tuple[str, str], dict[str, list[Word]]] = {}
    for row in told.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != str(_LEVEL_WORD):
            continue
        words = " ".join(cells[11].translate(_DIRECTIONS).split())
        if not words:
            continue
        left, top, width, height = map(int, cells[6:10])
        box = (int(left / scale), int(top / scale), round((left + width) / scale), round((top + height) / scale))
        word = Word(words, box, max(0, min(100, round(float(cells[10])))))
        paragraphs.setdefault((cells[2], cells[3]), {}).setdefault(cells[4], []).append(word)
    return tuple(tuple(tuple(line) for line in lines.values()) for lines in paragraphs.values())


# --- plain data and back --------------------------------------------------------------------------


def plain(page: PageWords) -> list[Any]:
    """As lists, strings and numbers."""
    return [page.page, [[[[w.words, *w.box, w.sure] for w in line] for line in lines] for lines in page.paragraphs]]


def page_from(data: Any) -> PageWords:
    """The page again. Raises ValueError or TypeError for data that make no sound page."""
    number, paragraphs = data
    if not isinstance(number, int) or number < 1:
        raise ValueError("pages are counted from 1")
    return PageWords(number, tuple(tuple(tuple(map(_word, line)) for line in lines) for lines in paragraphs))


def _word(data: Any) -> Word:
    words, *box, sure = data
    if not isinstance(words, str) or not words.strip() or "\n" in words:
        raise ValueError("a word is a string without a break")
    left, top, right, bottom = (number for number in box if isinstance(number, int))
    if not isinstance(sure, int):
        raise TypeError("certainty is a number")
    return Word(words, (left, top, right, bottom), sure)
