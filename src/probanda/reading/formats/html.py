"""HTML: what is visible of a page, in order, each stretch with its place in the bytes.

Everything a reader of the page would see is kept; menus, headers, footers, forms and blocks of links are marked as
furniture with the reason, never left out. Scripts, styles, templates and comments are not text, and nothing is run.

Ready-made extractors of articles were tried and left: they drop what they take for furniture (we must keep it), change
white space and quotes, and give no offsets into the bytes, without which no quote can be followed home.

Start with `extract`, then `_Page`. Looks down to: encodings, formats, formats.html_scan. Used by: formats (registry).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.encodings import Encoding, judge
from probanda.reading.formats import CannotRead, DateMark, Extracted, Format, Mark
from probanda.reading.formats.html_scan import Token, attributes_of, scan
from probanda.reading.model import Run

MEDIA_TYPE = "text/html"
_SUFFIXES = (".html", ".htm", ".xhtml")

_SIGN = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|section|title|meta|p|table|h[1-6])[\s>]", re.I
)
_FIRST = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)

# Names that pages give, and the codec browsers use for them; others are left to the bytes.
_CODECS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1256": "cp1256", "cp1256": "cp1256", "iso-8859-6": "iso8859-6", "windows-1251": "cp1251",
    "cp1251": "cp1251", "koi8-r": "koi8-r",
    "windows-1250": "cp1250", "iso-8859-2": "iso8859-2", "iso-8859-15": "iso8859-15",
    "windows-1254": "cp1254", "iso-8859-9": "cp1254", "windows-1255": "cp1255", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932", "euc-kr": "cp949",
}  # fmt: skip

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements that may hold furniture or marks are kept on a stack; paragraphs and words inside them are not, so that
# a forgotten `</p>` closes nothing else.
_HELD = frozenset(
    [
        "article",
        "aside",
        "button",
        "caption",
        "dialog",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "main",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "pre",
        "section",
        "select",
        "svg",
        "table",
        "template",
        "ul",
        "video",
        "audio",
        "canvas",
        "math",
    ]
)
_UNSEEN = frozenset(["template", "noscript", "object", "svg", "video", "audio", "canvas", "math"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CAPTIONS = ("figcaption", "caption")
_ALWAYS = {
    "nav": "inside <nav>",
    "footer": "inside <footer>",
    "aside": "inside <aside>",
    "form": "inside <form>",
    "menu": "inside <menu>",
    "dialog": "inside <dialog>",
    "button": "a button",
    "select": "a list to choose from",
}
_HINTS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "footer",
        "share",
        "sharing",
        "social",
        "related",
        "newsletter",
        "subscribe",
        "subscription",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "advert",
        "advertisement",
        "ads",
        "adsense",
        "promo",
        "sponsored",
        "comments",
        "disqus",
        "widget",
        "popup",
        "modal",
        "pagination",
        "pager",
        "recommended",
        "trending",
    ]
)
_HINTED = frozenset(["div", "section", "ul", "ol", "table", "fieldset"])
_ENTITY = r"(?P<sign>&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
_TEXT = re.compile(rf"(?P<space>[ \t\n\r\f]+)|{_ENTITY}|(?P<plain>[^ \t\n\r\f&]+(?: [^ \t\n\r\f&]+)*|&)")
_PRE_TEXT = re.compile(rf"{_ENTITY}|(?P<plain>[^&]+|&)")
_DATE_NAMES = ("article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dc.date",
               "dcterms.created", "date", "pubdate", "publishdate", "publish-date", "parsely-pub-date")  # fmt: skip
_PUBLISHER_NAMES = ("og:site_name", "publisher", "dc.publisher", "application-name")
_ESCAPED = {0xDC00 + value: 0xFFFD for value in range(0x80, 0x100)}
"""A faulty byte is held as a lone surrogate while offsets are counted, and shown as U+FFFD."""
_LARGEST_DATA = 500_000
_DEEPEST_REASON = 4
_LONGEST_HEADING = 600
"""Code points; what is longer is text behind a heading that was never closed."""
_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "complementary"])


def recognise(head: bytes, name: str) -> bool:
    """True for pages: they begin with a tag and have a tag that only pages have; a `.html` needs the tag alone."""
    shown = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    shown = shown.lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _SIGN.search(shown) is None:
        return False
    return name.lower().endswith(_SUFFIXES) or _FIRST.match(shown) is not None


def extract(data: bytes) -> Extracted:
    """Bytes to visible words. Raises CannotRead where no encoding fits."""
    encoding = _encoding(data)
    try:
        source = data.decode(encoding.name, "surrogateescape" if encoding.faulty else "strict")
    except UnicodeDecodeError as fault:  # UTF-16 of an odd length, say
        raise CannotRead(
            f"Its bytes cannot be decoded as {encoding.name} ({fault.reason} at byte {fault.start}).",
            "It is kept and registered. Ask for the original file, or add its words as plain text.",
        ) from fault
    page = _Page(source, encoding)
    page.read()
    return page.extracted()


def _encoding(data: bytes) -> Encoding:
    said = _CHARSET.search(data[:4096])
    label = said[1].decode("ascii", "replace").lower() if said else ""
    try:
        judged: Encoding | None = judge(data)
    except CannotRead:
        if label not in _CODECS:
            raise
        judged = None
    if judged is not None and (judged.name.startswith("utf") or label not in _CODECS):
        return judged
    codec = _CODECS[label]
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        if judged is None or codec in ("gb18030", "big5", "cp932", "cp949"):
            raise CannotRead(
                f"The page says it is in {label}, but its bytes are not.",
                "It is kept and registered. Ask for the original file, or add its words as plain text.",
            ) from None
        return judged
    return Encoding(codec, f"the page says {label}, and its bytes are not UTF-8")


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: str
    start: int
    """Where its words begin, and with which piece."""
    piece: int
    reason: str | None = None
    """Why it is furniture, if it is."""
    unseen: bool = False
    holds_article: bool = False


@dataclass(slots=True)
class _Page:
    """The page while it is read, from front to back."""

    source: str
    encoding: Encoding
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    areas: list[tuple[_Open, int]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    depth: dict[str, int] = field(default_factory=dict)
    unseen: int = 0
    furniture: int = 0
    breaks: int = 0
    space: tuple[int, int] | None = None
    link: int | None = None
    links: list[tuple[int, int]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    dates: list[DateMark] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    _char: int = 0
    _byte: int = 0
    _exact: bool = False

    def read(self) -> None:
        for token in scan(self.source):
            if token.kind == "text":
                if not self.unseen:
                    self._text(token.start, token.end)
            elif token.kind == "open":
                self._open(token)
            elif token.kind == "close":
                self._close(token.name)
            else:
                self._raw(token)
        while self.stack:
            self._pop()

    # Elements

    def _open(self, token: Token) -> None:
        name = token.name
        if name in _BLOCKS:
            self._break(2)
        elif name == "br":
            self._break(self.breaks + 1)
        elif name in ("td", "th") and self.length and not self.breaks:
            self._cell()
        attributes = attributes_of(token)
        if name in ("meta", "html", "time", "a"):
            self._note(name, attributes)
        if name not in _HELD or token.attributes.endswith("/"):
            return
        element = _Open(name, self.length, len(self.pieces), self._reason(name, attributes), name in _UNSEEN)
        if name in ("article", "main", "h1"):
            for holder in reversed(self.stack):
                if holder.holds_article:
                    break  # all below it hold it too
                holder.holds_article = True
        self.stack.append(element)
        self.depth[name] = self.depth.get(name, 0) + 1
        self.unseen += element.unseen
        self.furniture += element.reason is not None

    def _reason(self, name: str, attributes: dict[str, str]) -> str | None:
        """Why this element is furniture. Outer reasons may fall away at the end, so inner ones are kept too."""
        if self.furniture >= _DEEPEST_REASON:
            return None
        if "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", ""):
            return "hidden on the page"
        if name == "header" and not (self.depth.get("article") or self.depth.get("main")):
            return "inside the page's <header>"
        if attributes.get("role") in _ROLES:
            return f"its role on the page is {attributes['role']}"
        return _ALWAYS.get(name) or (_hint(attributes) if name in _HINTED else None)

    def _close(self, name: str) -> None:
        if name in _BLOCKS or name == "p":
            self._break(2)
        if name == "a":
            self._end_link()
        if self.depth.get(name):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        element = self.stack.pop()
        self.depth[element.name] -= 1
        self.unseen -= element.unseen
        self.furniture -= element.reason is not None
        if self.length > element.start:
            if element.name in _HEADINGS and self.length - element.start <= _LONGEST_HEADING:
                self.marks.append(Mark(element.start, self.length, PassageRole.HEADING, f"inside <{element.name}>"))
                if element.name == "h1" and self.title is None:
                    self.title = " ".join("".join(self.pieces[element.piece :]).split()) or None
            elif element.name in _CAPTIONS and not any(self.depth.get(name) for name in _CAPTIONS):
                self.marks.append(Mark(element.start, self.length, PassageRole.CAPTION, f"inside <{element.name}>"))
            if element.reason is not None:
                self.areas.append((element, self.length))
        return element.name

    def _raw(self, token: Token) -> None:
        if token.name == "title" and "title" not in self.metas:
            self.metas["title"] = " ".join(unescape(self.source[token.start : token.end]).split())
        elif token.name == "script" and "ld+json" in token.attributes[:400].lower():
            self._data(self.source[token.start : min(token.end, token.start + _LARGEST_DATA)])

    # What the page says of itself

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        if name == "html" and self.language is None:
            self.language = attributes.get("lang") or attributes.get("xml:lang")
        elif name == "a":
            self._end_link()
            self.link = self.length if "href" in attributes else None
        elif name == "time" and attributes.get("datetime") and not self.furniture:
            self.dates.append(DateMark(unescape(attributes["datetime"])[:60], "<time datetime>"))
        elif name == "meta":
            called = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            value = unescape(attributes.get("content", "")).strip()
            if value:
                self.metas.setdefault(called.lower(), value[:1000])

    def _data(self, text: str) -> None:
        """What a page's linked data says of date and publisher; text that is no JSON is passed over."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return
        waiting: list[Any] = [data]
        for _ in range(200):  # entries looked at: lists of articles may be long
            if not waiting:
                break
            entry = waiting.pop(0)
            if isinstance(entry, list):
                waiting.extend(entry[:50])
            elif isinstance(entry, dict):
                if isinstance(entry.get("datePublished"), str):
                    self.dates.insert(0, DateMark(entry["datePublished"][:60], "datePublished in the page's data"))
                publisher = entry.get("publisher")
                if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and not self.publisher:
                    self.publisher = publisher["name"].strip()[:200] or None
                waiting.append(entry.get("@graph"))

    # Words

    def _break(self, lines: int) -> None:
        self.breaks = max(self.breaks, min(lines, 2))
        self.space = None

    def _cell(self) -> None:
        """Cells of one row stand on one line, parted by a tab."""
        self.pieces.append("\t")
        self.length += 1
        self.space, self._exact = None, False

    def _text(self, start: int, end: int) -> None:
        pre = bool(self.depth.get("pre"))
        for match in (_PRE_TEXT if pre else _TEXT).finditer(self.source, start, end):
            kind = match.lastgroup
            if kind == "space":
                if self.length and not self.breaks:
                    first = self.space[0] if self.space else match.start()
                    self.space = (first, match.end())
            elif kind == "sign":
                shown = unescape(match[0])
                self._put(shown, match.start(), match.end(), exact=shown == match[0])
            else:
                self._put(match[0], match.start(), match.end(), exact=True)

    def _put(self, shown: str, start: int, end: int, exact: bool) -> None:
        if self.breaks and self.length:
            self.pieces.append("\n" * self.breaks)
            self.length += self.breaks
            self._exact = False
        elif self.space is not None:
            first, last = self.space
            self._run(" ", first, last, exact=self.source[first:last] == " ")
        self.breaks, self.space = 0, None
        if start == 0 and shown.startswith("\ufeff"):
            shown, start = shown[1:], 1
        if shown:
            self._run(shown, start, end, exact)

    def _run(self, shown: str, start: int, end: int, exact: bool) -> None:
        first, last = self._bytes(start), self._bytes(end)
        self.pieces.append(shown)
        before = self.runs[-1] if self.runs else None
        if exact and self._exact and before and before.end == self.length and before.byte_end == first:
            self.runs[-1] = Run(before.start, self.length + len(shown), before.byte_start, last)
        else:
            self.runs.append(Run(self.length, self.length + len(shown), first, last))
        self._exact = exact
        self.length += len(shown)

    def _bytes(self, at: int) -> int:
        """The byte at which this code point of the source begins; asked in rising order, hence linear in all."""
        piece = self.source[self._char : at]
        self._byte += len(piece.encode(self.encoding.name, "surrogateescape" if self.encoding.faulty else "strict"))
        self._char = at
        return self._byte

    def _end_link(self) -> None:
        if self.link is not None and self.length > self.link:
            self.links.append((self.link, self.length))
        self.link = None

    # The whole

    def extracted(self) -> Extracted:
        """What was read, once `read` is through."""
        self._end_link()
        words = "".join(self.pieces).translate(_ESCAPED)
        named = [DateMark(self.metas[name], f'<meta "{name}">') for name in _DATE_NAMES if name in self.metas]
        publisher = next((self.metas[name] for name in _PUBLISHER_NAMES if name in self.metas), None)
        return Extracted(
            words=words,
            runs=tuple(self.runs),
            encoding=self.encoding.name,
            encoding_reason=self.encoding.reason,
            media_type=MEDIA_TYPE,
            marks=tuple(
                sorted([*self.marks, *self._areas(), *self._link_blocks(words)], key=lambda m: (m.start, m.end))
            ),
            title=self.title or self.metas.get("og:title") or self.metas.get("title") or None,
            published=(*named, *self.dates[:20]),
            publisher=publisher or self.publisher,
            language=self.language,
        )

    def _areas(self) -> list[Mark]:
        """Furniture by structure; an area with most of the page's words, or with its article, is none."""
        return [
            Mark(area.start, end, PassageRole.FURNITURE, area.reason or "")
            for area, end in self.areas
            if not area.holds_article and (area.name in _SURE or 2 * (end - area.start) <= self.length)
        ]

    def _link_blocks(self, words: str) -> list[Mark]:
        """Lines that are nothing but links, three or more running: a menu or a list of other texts."""
        found: list[Mark] = []
        position = index = 0
        run: list[tuple[int, int]] = []
        for line in [*words.split("\n"), "."]:
            start, end = position, position + len(line)
            position = end + 1
            if not line.strip():
                continue
            linked = 0
            while index < len(self.links) and self.links[index][0] < end:
                linked += min(self.links[index][1], end) - max(self.links[index][0], start)
                if self.links[index][1] > end:
                    break
                index += 1
            if 10 * linked >= 8 * len(line):
                run.append((start, end))
                continue
            if len(run) >= 3:
                found.extend(Mark(a, b, PassageRole.FURNITURE, "one of a row of links") for a, b in run)
            run = []
        return found


def _hint(attributes: dict[str, str]) -> str | None:
    words = re.split(r"[\s_-]+", f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()[:400])
    hint = next((word for word in words if word in _HINTS), None)
    return f"inside an element called “{hint}”" if hint else None


_SURE = frozenset(["nav", "button", "select"])

FORMAT = Format(
    name="HTML",
    media_types=(MEDIA_TYPE, "application/xhtml+xml"),
    suffixes=_SUFFIXES,
    recognised_by="it begins with a tag, and has a tag that only pages have",
    recognise=recognise,
    extract=extract,
)
