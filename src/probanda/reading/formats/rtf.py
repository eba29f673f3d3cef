r"""Rich Text documents (RTF): all that the author wrote, with the decisions of `docx`.

Start with `extract`, then `_Reading`. Microsoft's Rich Text Format Specification 1.9.1 names the control words. Body,
table cells, boxes and footnotes are words; text deleted with changes tracked is shown in a remark; hidden text is read
and remarked upon; comments, headers and footers are furniture with the reason; fields give their result.
Pictures and embedded objects are passed over and counted in a remark.

Signs are bytes in the code page of their font or of the document (`\ansicpg1256`), or numbers (`\u1588`), which win.
One pass, no recursion, and a bound on open groups. Ready-made readers were weighed: they drop notes, comments, headers
and boxes without a word, and look for links with patterns whose time grows with the square of a hostile line.

Looks down to: formats, office. Used by: formats (registry).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Format
from probanda.reading.formats.office import Deleted, Paragraph, Role, Words, times
from probanda.reading.model import Remark

MEDIA_TYPE = "application/rtf"
DEEPEST = 10_000
"""Groups open at once; word processors nest some dozens."""
_MOST_STYLES = 20_000

_TOKEN = re.compile(
    r"(?P<hex>(?:\\'[0-9a-fA-F]{2}){1,1000})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\(?P<sign>.)"
    r"|(?P<group>[{}])|(?P<line>[\r\n]+)|(?P<plain>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_SIGNS = {
    "tab": "\t", "line": "\n", "page": "\n", "lbr": "\n", "column": "\n", "emdash": "—", "endash": "–",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "ltrmark": "\u200e", "rtlmark": "\u200f", "zwj": "\u200d", "zwnj": "\u200c",
    "zwbo": "\u200b", "zwnbo": "\u2060",
}  # fmt: skip
_ESCAPED = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
_ENDS = frozenset(["par", "sect", "cell", "nestcell", "row", "nestrow"])
_UNREAD = frozenset(
    [
        "aftncn", "aftnsep", "aftnsepc", "atnid", "atnicn", "atndate", "atnparent", "atnref", "atntime", "atrfend",
        "atrfstart", "background", "bkmkend", "bkmkstart", "category", "colorschememapping", "colortbl", "comment",
        "company", "datafield", "datastore", "docvar", "factoidname", "falt", "ffdeftext", "ffentrymcr", "ffexitmcr",
        "ffformat", "ffhelptext", "ffl", "ffname", "ffstattext", "filetbl", "fldinst", "fontemb", "formfield", "ftncn",
        "ftnsep", "ftnsepc", "generator", "gridtbl", "hl", "keywords", "latentstyles", "listoverridetable",
        "listpicture", "listtable", "listtext", "mailmerge", "manager", "nesttableprops", "nonesttables", "nonshppict",
        "objalias", "objclass", "objdata", "objname", "objsect", "objtime", "oldcprops", "oldpprops", "oldsprops",
        "oldtprops", "oleclsid", "operator", "panose", "passwordhash", "pgptbl", "pict", "picprop", "pn", "pnseclvl",
        "pntext", "pntxta", "pntxtb", "private", "protusertbl", "rsidtbl", "rxe", "shprslt", "sp", "subject", "tc",
        "template", "themedata", "txe", "upr", "userprops", "wgrffmtfilter", "windowcaption", "writereservation",
        "writereservhash", "xe", "xform", "xmlattr", "xmlnstbl",
    ]
)  # fmt: skip
"""Destinations that are no words of the text, are made by layout, or give once more what stands elsewhere."""
_STARRED = frozenset(
    ["shppict", "shpinst", "shptxt", "annotation", "atnauthor", "revtbl", "ud", "do", "dptxbxtext", "footnote"]
)
"""Destinations that may be passed over by who does not know them, and are read here."""
_TABLES = frozenset(["fonttbl", "stylesheet", "info", "title", "revtbl", "atnauthor"])
_ENTRIES = frozenset(["fonttbl", "stylesheet", "revtbl"])
"""Of these, the tables that hold an entry in each group within."""
_AREAS: dict[str, Role | None] = {
    "footnote": None,
    "annotation": (PassageRole.FURNITURE, "a comment in the margin"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), (PassageRole.FURNITURE, "in the header of its pages")),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), (PassageRole.FURNITURE, "in the footer of its pages")),
}
_BOXES = frozenset(["shptxt", "dptxbxtext"])
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that begin as Rich Text does; the name is not asked."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf")


def extract(data: bytes) -> Extracted:
    """Bytes to words. Raises CannotRead where groups nest without end, or where nothing is left of a cut file."""
    reading = _Reading(data.decode("latin-1"))
    reading.read()
    return reading.extracted()


@dataclass(slots=True)
class _Area:
    """Where words go: the body, or a note, comment, header, footer or box."""

    kind: str
    role: Role | None = None
    done: list[Paragraph] = field(default_factory=list)
    current: Paragraph = field(default_factory=Paragraph)


@dataclass(slots=True)
class _State:
    """What holds inside a group, and ends with it."""

    area: _Area
    codec: str
    unread: bool = False
    table: str = ""
    """The table or property whose words are being read."""
    fallback: int = 1
    """Signs that stand behind a numbered one, for readers that do not know numbers."""
    hidden: bool = False
    deleted: bool = False
    by: int = 0
    style: int = 0
    level: int = 0
    entry: int = 0
    """Depth at which this entry of a table began."""

    def inner(self) -> _State:
        """The same for a group within. (By hand: `copy.copy` takes most of the time of a file with many groups.)"""
        return _State(
            self.area, self.codec, self.unread, self.table, self.fallback, self.hidden, self.deleted, self.by,
            self.style, self.level, self.entry,
        )  # fmt: skip


@dataclass(slots=True)
class _Style:
    name: str
    based_on: int
    level: int


@dataclass(slots=True)
class _Reading:
    """The document while it is read, from front to back."""

    source: str
    words: Words = field(default_factory=Words)
    struck: Deleted = field(default_factory=Deleted)
    codec: str = "cp1252"
    codec_reason: str = "the document names no code page"
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, _Style] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    title: str = ""
    comment_by: str = ""
    cut: list[str] = field(default_factory=list)
    """Words of the deletion that is open."""
    cut_by: int = 0
    aside: dict[str, list[Paragraph]] = field(default_factory=dict)
    stack: list[_State] = field(default_factory=list)
    state: _State = field(init=False)
    raw: bytearray = field(default_factory=bytearray)
    """Bytes that are not yet decoded: a sign of some code pages has two."""
    high: int = 0
    """First half of a numbered sign beyond U+FFFF."""
    skip: int = 0
    star: bool = False
    entry: str = ""
    """Words of the table entry that is open, and its numbers."""
    number: int = 0
    based_on: int = 222
    outline: int = 0
    """What the entry says of itself: number, the style it is based on (222: none), outline level from 1."""
    pictures: int = 0
    objects: int = 0
    ended: int | None = None
    """Where the outermost group closed."""

    def __post_init__(self) -> None:
        self.state = _State(_Area("body"), self.codec)

    def read(self) -> None:
        """All tokens, until the outermost group closes."""
        at = self.source.find("{")
        while self.ended is None and (token := _TOKEN.match(self.source, at)) is not None:
            at = token.end()
            kind = token.lastgroup
            if kind in ("word", "number"):
                at = self._word(token["word"], token["number"], at)
            elif kind == "plain":
                self._bytes(token["plain"])
            elif kind == "hex":
                self._bytes(bytes.fromhex(token["hex"].replace("\\'", "")).decode("latin-1"))
            elif kind == "group":
                self._flush()
                self.skip = 0
                if token["group"] == "{":
                    self._open()
                else:
                    self._close(at)
            elif kind == "sign":
                self._sign(token["sign"])
        self._flush()

    # Groups

    def _open(self) -> None:
        if len(self.stack) >= DEEPEST:
            raise CannotRead(
                f"More than {DEEPEST:,} groups of it stand inside one another.",
                "It is kept and registered. Ask whoever provided it what it is; it may be made to do harm.",
            )
        self.stack.append(self.state)
        self.state = self.state.inner()
        self.star = False
        if self.state.table and not self.state.entry:
            self._begin_entry()

    def _close(self, at: int) -> None:
        closed, self.star = self.state, False
        if closed.table:
            self._end_entry(closed)
        if not self.stack:
            self.ended = at
            return
        self.state = self.stack.pop()
        if closed.area is not self.state.area:
            self._end_area(closed)
        if not self.stack:
            self.ended = at

    def _end_area(self, closed: _State) -> None:
        """The area's last paragraph needs no end mark; then all its paragraphs go to their place."""
        self._end_paragraph(closed)
        area = closed.area
        if area.kind == "box":
            self.state.area.current.after.extend(area.done)
        else:
            self.aside.setdefault(area.kind, []).extend(area.done)

    # Control words

    def _word(self, word: str, number: str | None, at: int) -> int:
        """One control word; gives where to go on."""
        value = int(number) if number else None
        if word == "bin":
            return at + max(0, min(value or 0, len(self.source) - at))
        if word == "u" and value is not None:
            self._numbered(value)
            return at
        self._flush()
        if self.skip and word in _SIGNS:
            self.skip -= 1
            return at
        self.skip = 0
        star, self.star = self.star, False
        if word in _UNREAD or (star and word not in _STARRED and word not in _TABLES):
            self._count(word)
            self.state.unread = True
        elif word in _TABLES:
            self.state.table, self.state.entry = word, 0
            if word not in _ENTRIES:
                self._begin_entry()
        elif word == "ud":
            self.state.unread = False
        elif word in _AREAS or word in _BOXES:
            self._begin_area(word)
        elif self.state.table:
            self._of_table(word, value)
        else:
            self._format(word, value)
        return at

    def _count(self, word: str) -> None:
        if not self.state.unread:
            self.pictures += word == "pict"
            self.objects += word == "objdata"

    def _begin_area(self, word: str) -> None:
        if self.state.unread:
            return
        role = _AREAS.get(word, self.state.area.role)
        if word == "annotation" and self.comment_by:
            role = PassageRole.FURNITURE, f"a comment in the margin by {self.comment_by}"
            self.comment_by = ""
        kind = "box" if word in _BOXES else next((k for k in ("header", "footer") if word.startswith(k)), word)
        self.state.area = _Area(kind, role)
        self.state.style = self.state.level = 0

    def _format(self, word: str, value: int | None) -> None:
        state = self.state
        if word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _ENDS:
            self._end_paragraph(state)
        elif word == "pard":
            state.style = state.level = 0
        elif word == "s":
            state.style = value or 0
        elif word == "outlinelevel":
            state.level = (value or 0) + 1
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._code_page(word, value)
        else:
            self._of_signs(word, value)
        if word in ("row", "nestrow", "trowd") and state.area.kind == "body" and not state.unread:
            self.words.row()

    def _of_signs(self, word: str, value: int | None) -> None:
        """What holds for signs from here on."""
        state = self.state
        if word == "plain":
            state.hidden = state.deleted = False
        elif word == "v":
            state.hidden = value != 0
        elif word == "deleted":
            state.deleted = value != 0
        elif word == "revauthdel":
            state.by = value or 0
        elif word == "uc":
            state.fallback = min(max(value if value is not None else 1, 0), 100)
        elif word == "f":
            state.codec = self.fonts.get(value or 0, self.codec)

    def _code_page(self, word: str, value: int | None) -> None:
        named = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(
            word, "utf-8" if value == 65001 else f"cp{value}"
        )
        try:
            self.codec = codecs.lookup(named).name
        except LookupError:
            return
        self.codec_reason = f"the document says \\{word}{'' if value is None else value}"
        self.state.codec = self.codec

    # Tables: fonts, styles, authors, properties

    def _begin_entry(self) -> None:
        self.state.entry = len(self.stack)
        self.entry, self.number, self.based_on, self.outline = "", 0, 222, 0

    def _of_table(self, word: str, value: int | None) -> None:
        table = self.state.table
        if (table == "fonttbl" and word == "f") or (table == "stylesheet" and word == "s"):
            self.number = value or 0
        elif table == "stylesheet" and word in ("cs", "ds", "ts", "tsrowd"):
            self.number = -1  # a style of signs or tables
        elif table == "stylesheet" and word == "sbasedon":
            self.based_on = value or 0
        elif table == "stylesheet" and word == "outlinelevel":
            self.outline = (value or 0) + 1
        elif table == "fonttbl" and word == "fcharset" and value is not None and len(self.fonts) < _MOST_STYLES:
            self.fonts[self.number] = _CHARSETS.get(value, self.codec)
        elif word == "u" or word in _SIGNS:
            self.entry += _SIGNS.get(word, "")

    def _end_entry(self, closed: _State) -> None:
        if not closed.entry or closed.entry != len(self.stack):
            return
        name = " ".join(self.entry.split()).rstrip(";").strip()[:500]
        if closed.table == "stylesheet" and self.number >= 0 and len(self.styles) < _MOST_STYLES:
            self.styles[self.number] = _Style(name.lower(), self.based_on, self.outline)
        elif closed.table == "revtbl" and len(self.authors) < _MOST_STYLES:
            self.authors.append(name[:80])
        elif closed.table == "title":
            self.title = self.title or name
        elif closed.table == "atnauthor":
            self.comment_by = name[:80]

    # Words

    def _bytes(self, signs: str) -> None:
        self.star = False
        if self.state.unread:
            self.skip = 0
            return
        if self.skip:
            passed = min(self.skip, len(signs))
            self.skip -= passed
            signs = signs[passed:]
        self.raw += signs.encode("latin-1")

    def _flush(self) -> None:
        if not self.raw:
            return
        words = self.raw.decode(self.state.codec, "replace").replace("\0", "")
        self.raw.clear()
        self._add(words)

    def _numbered(self, value: int) -> None:
        self._flush()
        if self.state.unread:
            return
        self.skip = self.state.fallback
        number = value + 0x10000 if -0x8000 <= value < 0 else value
        if 0xD800 <= number < 0xDC00:
            self.high = number
            return
        if 0xDC00 <= number < 0xE000 and self.high:
            number = 0x10000 + ((self.high - 0xD800) << 10) + (number - 0xDC00)
        self.high = 0
        printable = 0x20 <= number <= 0x10FFFF and not 0xD800 <= number < 0xE000
        self._add(chr(number) if printable else "\ufffd")

    def _sign(self, sign: str) -> None:
        self._flush()
        if self.skip:
            self.skip -= 1
        elif sign == "*":
            self.star = True
        elif sign in "\r\n":
            self._end_paragraph(self.state)
        elif sign in _ESCAPED:
            self._add(_ESCAPED[sign])

    def _add(self, words: str) -> None:
        state = self.state
        if state.unread:
            return
        if state.table:
            if len(self.entry) < 1000:
                self.entry += words
        elif state.deleted:
            self.cut.append(words)
            self.cut_by = state.by
        else:
            self._end_cut()
            state.area.current.add(words, state.hidden)

    def _end_cut(self) -> None:
        """Runs struck out one behind the other are one stretch."""
        if self.cut:
            author = self.authors[self.cut_by] if 0 <= self.cut_by < len(self.authors) else ""
            self.struck.add("".join(self.cut), author)
            self.cut.clear()

    def _end_paragraph(self, state: _State) -> None:
        if state.unread or state.table:
            return
        area = state.area
        paragraph, area.current = area.current, Paragraph()
        if not paragraph.length and not paragraph.after:
            return
        paragraph.role = area.role or self._role(state)
        if area.kind != "body":
            area.done.append(paragraph)
            return
        if self.words.title is None and paragraph.length and self._is_title(state.style):
            self.words.title = " ".join("".join(paragraph.pieces).split())[:500] or None
        self.words.add(paragraph)

    def _chain(self, style: int) -> list[_Style]:
        found: list[_Style] = []
        while style in self.styles and len(found) < 20:
            found.append(self.styles[style])
            style = self.styles[style].based_on
        return found

    def _is_title(self, style: int) -> bool:
        return any(one.name == "title" for one in self._chain(style))

    def _role(self, state: _State) -> Role | None:
        if 1 <= state.level <= 9:
            return PassageRole.HEADING, f"at outline level {state.level}"
        for one in self._chain(state.style):
            if one.name in ("title", "subtitle") or one.name.startswith("heading "):
                return PassageRole.HEADING, f"in the style “{one.name}”"
            if one.name == "caption":
                return PassageRole.CAPTION, "in the style “caption”"
            if one.name.startswith("toc ") and one.name[4:].isdigit():
                return PassageRole.FURNITURE, "an entry of the table of contents"
            if 1 <= one.level <= 9:
                return PassageRole.HEADING, f"at outline level {one.level}"
        return None

    # The whole

    def extracted(self) -> Extracted:
        """What was read, once `read` is through."""
        self._end_cut()
        for state in reversed([*self.stack, self.state]):  # of a file cut short, areas may still be open
            self._end_paragraph(state)
            if state.area.kind not in ("body", "box"):
                self.aside.setdefault(state.area.kind, []).extend(state.area.done)
                state.area.done = []
        for kind in ("footnote", "annotation", "header", "footer"):
            for paragraph in self.aside.get(kind, []):
                self.words.add(paragraph)
        words = self.words.joined()
        if self.ended is None and not words:
            raise CannotRead(
                "It begins as a Rich Text document, but breaks off before any words.",
                "It is kept and registered. Ask whoever provided it for the file again.",
            )
        return Extracted(
            words=words,
            runs=(),
            encoding=self.codec,
            encoding_reason=self.codec_reason,
            media_type=MEDIA_TYPE,
            marks=self.words.sorted_marks(),
            title=self.words.title or self.title or None,
            remarks=(*self.struck.remarks(), *self.words.hidden_remarks(), *self._unread()),
        )

    def _unread(self) -> list[Remark]:
        remarks: list[Remark] = []
        if self.pictures or self.objects:
            remarks.append(
                Remark(
                    "pictures and embedded objects",
                    f"It holds {times(self.pictures, 'picture', 'pictures')} and "
                    f"{times(self.objects, 'embedded object', 'embedded objects')}, not taken out.",
                    "Open the document to see them, and add those that matter as files of their own.",
                )
            )
        if self.ended is None:
            remarks.append(
                Remark(
                    "the end of the document",
                    f"The file breaks off: {len(self.stack)} of its groups were never closed. What is there was read.",
                    "Ask whoever provided it for the whole file.",
                )
            )
        elif behind := len(self.source[self.ended :].strip(" \t\r\n\0")):
            remarks.append(
                Remark(
                    "bytes behind the end of the document",
                    f"{behind:,} bytes stand behind its end, where no word processor looks; they were not read.",
                    "Have the file looked at by someone who can tell what they are.",
                )
            )
        return remarks


FORMAT = Format(
    name="Rich Text",
    media_types=(MEDIA_TYPE, "text/rtf"),
    suffixes=(".rtf",),
    recognised_by="it begins with {\\rtf",
    recognise=recognise,
    extract=extract,
)
