"""Word documents (DOCX, Office Open XML): all that the author wrote, in the order in which it stands.

Start with `extract_file`, then `_Walk`. ISO/IEC 29500-1 names the marks. The decisions:

- Body, tables, text boxes, lists, footnotes and endnotes are words; notes stand behind the body, footnotes first.
- Text inserted with changes tracked is read; text deleted (or moved away) with changes tracked is not part of the words
  as they stand: a remark shows what was struck out. Hidden text is read and a remark shows it; a paragraph that is
  hidden whole is furniture. White space at the ends of a run is kept even where the file does not ask for it.
- Comments, headers and footers are furniture with the reason (and the comment's author), so that nothing in them is
  taken for a statement of the document's own author. Entries of a table of contents are furniture too.
- Headings and captions are told by style (name, or the style it is based on) and outline level.
- Of fields the result is read, never the instruction. Automatic list numbers and note numbers are made by layout; they
  are no words. Charts, diagrams and macros are named in a remark; pictures and embedded files are members.
- Nothing outside the file is fetched: what it points to is named in a remark.
- No date: the times in its properties are the file's, not the text's.

Looks down to: formats, zipped, office. Used by: formats (registry).
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Format, Member
from probanda.reading.formats.office import (
    Deleted,
    Package,
    Paragraph,
    Role,
    Words,
    on_one_line,
    resolved,
    taken_out,
    title_of,
)
from probanda.reading.formats.zipped import SIGNATURES, kind_of, opened, shown
from probanda.reading.model import Remark

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_COMPATIBLE = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
_SHORT = {space: short for short, spaces in (("w", _WORD), ("m", _MATH), ("mc", _COMPATIBLE)) for space in spaces}

_PASSED_OVER = frozenset(
    f"w:{name}"
    for name in (
        "pPrChange",
        "rPrChange",
        "tblPrChange",
        "tcPrChange",
        "trPrChange",
        "sectPrChange",
        "moveFrom",
        "sdtPr",
    )
)
"""Elements with what was before a change, what stands elsewhere now, or what is shown only while a form is filled."""
_SIGNS = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad",
}  # fmt: skip
_RULES = ("separator", "continuationSeparator", "continuationNotice")
"""Kinds of note that are only the rule above the notes."""
_OFF = ("0", "false", "off", "none")
_DEEPEST_STYLE = 20
_MOST_PARTS = 300
"""Headers and footers that are read."""
_TITLES = frozenset(["title", "subtitle"])


def recognise(head: bytes, name: str) -> bool:
    """True for ZIP files; `recognise_file` looks at what is inside."""
    return head.startswith(SIGNATURES)


def recognise_file(file: BinaryIO) -> bool:
    """True where the ZIP is a Word document."""
    return kind_of(file) == "docx"


def extract(data: bytes) -> Extracted:
    """Bytes to words. Raises CannotRead as `extract_file` does."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """An open document to words. Raises CannotRead where it is damaged, locked, or made to do harm."""
    with opened(file) as archive:
        return _read(Package(archive))


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Pictures and embedded files, by the name they have in the document. Raises CannotRead."""
    with opened(file) as archive:
        yield from taken_out(archive, _embedded(Package(archive)))


# Parts of the document --------------------------------------------------------------------------


@dataclass(slots=True)
class _Links:
    """The target for relationships: which part is what, and what lies outside the file."""

    parts: list[tuple[str, str]] = field(default_factory=list)
    """Last word of the type, and target."""
    outside: list[tuple[str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not tag.endswith("}Relationship"):
            return
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            if kind != "hyperlink":
                self.outside.append((kind, target))
        else:
            self.parts.append((kind, target))

    def end(self, tag: str) -> None:
        """Relationships hold nothing."""

    def data(self, words: str) -> None:
        """Relationships have no words."""


def _links(package: Package, part: str) -> _Links:
    folder, _, name = part.rpartition("/")
    links = _Links()
    if package.has(rels := posixpath.join(folder, "_rels", f"{name}.rels")):
        package.stream(rels, links)
    links.parts = [(kind, resolved(folder, target)) for kind, target in links.parts]
    return links


def _read(package: Package) -> Extracted:
    main = next((name for kind, name in _links(package, "").parts if kind == "officeDocument"), "word/document.xml")
    links = _links(package, main)
    by_kind: dict[str, list[str]] = {}
    for kind, name in links.parts:
        if package.has(name) and name not in by_kind.setdefault(kind, []):
            by_kind[kind].append(name)
    styles = _Styles()
    for name in by_kind.get("styles", [])[:1]:
        package.stream(name, styles)
    words, deleted, remarks = Words(), Deleted(), list[Remark]()
    package.stream(main, _Walk(words, deleted, styles))
    for kind, role in _AREAS:
        for name in by_kind.get(kind, [])[:_MOST_PARTS]:
            try:
                package.stream(name, _Walk(words, deleted, styles, role))
            except CannotRead as fault:  # the body is read all the same
                remarks.append(Remark(shown(name), fault.reason, fault.fix))
    return Extracted(
        words=words.joined(),
        runs=(),
        encoding="utf-8",
        encoding_reason="text of the document's XML",
        media_type=MEDIA_TYPE,
        marks=words.sorted_marks(),
        title=words.title or title_of(package, "docProps/core.xml"),
        remarks=(*deleted.remarks(), *words.hidden_remarks(), *remarks, *_unread(package, links)),
        holds=len(_embedded(package)),
    )


_AREAS: tuple[tuple[str, Role | None], ...] = (
    ("footnotes", None),
    ("endnotes", None),
    ("comments", (PassageRole.FURNITURE, "a comment in the margin")),
    ("header", (PassageRole.FURNITURE, "in the header of its pages")),
    ("footer", (PassageRole.FURNITURE, "in the footer of its pages")),
)


def _embedded(package: Package) -> list[str]:
    """Names of pictures and embedded files: whatever lies in the folders for them, and documents imported whole."""
    return [
        name
        for name in package.names()
        if not name.endswith("/")
        and (
            "/media/" in f"/{name}"
            or "/embeddings/" in f"/{name}"
            or posixpath.basename(name).lower().startswith("afchunk")
        )
        and "/_rels/" not in name
    ]


def _unread(package: Package, links: _Links) -> Iterator[Remark]:
    names = [name.lower() for name in package.names()]
    for folder, what in (("/charts/chart", "chart"), ("/diagrams/data", "diagram")):
        if count := sum(folder in name and name.endswith(".xml") for name in names):
            yield Remark(
                what,
                f"It has {count} {what}{'s' if count > 1 else ''}, whose words are not read.",
                "Open the document to see them, and add a transcript as plain text where they matter.",
            )
    if any(name.endswith("vbaproject.bin") for name in names):
        yield Remark(
            "macros",
            "It holds macros (a small program), which were neither run nor read.",
            "Open it only where macros are switched off.",
        )
    if links.outside:
        named = ", ".join(f"“{shown(target)}” ({shown(kind)})" for kind, target in links.outside[:5])
        more = f" and {len(links.outside) - 5} more" if len(links.outside) > 5 else ""
        yield Remark(
            "parts outside the file",
            f"It points to parts that lie outside it, which were not fetched: {named}{more}.",
            "Ask whoever provided it for them if they matter. To open the document may fetch them and give you away.",
        )


# Styles -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    level: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _Styles:
    """The target for styles, and what they make of a paragraph or a run."""

    styles: dict[str, _Style] = field(default_factory=dict)
    _current: _Style | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, value = _name(tag), _value(attributes)
        if name == "w:style":
            self._current = self.styles[_attribute(attributes, "styleId")] = _Style()
        elif self._current is None:
            return
        elif name == "w:name":
            self._current.name = value.strip().lower()
        elif name == "w:basedOn":
            self._current.based_on = value
        elif name == "w:outlineLvl":
            self._current.level = _level(value)
        elif name == "w:vanish":
            self._current.hidden = value not in _OFF

    def end(self, tag: str) -> None:
        if _name(tag) == "w:style":
            self._current = None

    def data(self, words: str) -> None:
        """Styles have no words."""

    def chain(self, style: str) -> Iterator[_Style]:
        """The style and those it is based on; circles end."""
        for _ in range(_DEEPEST_STYLE):
            found = self.styles.get(style)
            if found is None:
                return
            yield found
            style = found.based_on

    def role(self, style: str) -> Role | None:
        """What a paragraph in this style is, if not plain text."""
        for one in self.chain(style):
            if one.name in _TITLES or one.name.startswith("heading "):
                return PassageRole.HEADING, f"in the style “{one.name}”"
            if one.name == "caption":
                return PassageRole.CAPTION, "in the style “caption”"
            if one.name.startswith("toc ") and one.name[4:].isdigit():
                return PassageRole.FURNITURE, "an entry of the table of contents"
            if one.level is not None:
                return (PassageRole.HEADING, f"at outline level {one.level}") if one.level <= 9 else None
        return None

    def is_title(self, style: str) -> bool:
        """True for the style of a document's title."""
        return any(one.name == "title" for one in self.chain(style))

    def hides(self, style: str) -> bool:
        """True where the style hides its text."""
        return next((one.hidden for one in self.chain(style) if one.hidden is not None), False)


# The walk ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open(Paragraph):
    """A paragraph with its style, while it is read."""

    style: str = ""


@dataclass(slots=True)
class _Walk:
    """The target for a part with words: body, notes, comments, header or footer."""

    words: Words
    deleted: Deleted
    styles: _Styles
    area: Role | None = None
    """The role of everything in this part, where it is not the author's own text."""
    role: Role | None = None
    """The same for the comment that is open."""
    open: list[_Open] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    """Words of the deletion that is open."""
    by: str = ""
    passed: int = 0
    """Depth inside an element that is passed over; 0 outside."""
    deletions: int = 0
    properties: int = 0
    """Depth inside a paragraph's own properties, where a run's properties are those of its end mark."""
    hidden: bool = False
    text: str | None = None
    chosen: list[bool] = field(default_factory=list)
    """For each open choice of forms, whether one was read."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        if self.passed or name in _PASSED_OVER or self._left_aside(name, attributes):
            self.passed += 1
            return
        if name in ("w:t", "w:delText", "m:t"):
            self.text = "w:delText" if self.deletions else name
        elif name == "w:p":
            self.open.append(_Open(self.role or self.area))
            self.hidden = False
        elif name == "w:r":
            self.hidden = False
        elif name == "w:pPr":
            self.properties += 1
        elif self.properties:
            self._of_paragraph(name, _value(attributes))
        elif name.startswith("w:"):
            self._within(name, attributes)

    def _within(self, name: str, attributes: Mapping[str, str]) -> None:
        """What stands in and around paragraphs."""
        if name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "w:vanish":
            self.hidden = _value(attributes) not in _OFF
        elif name == "w:rStyle":
            self.hidden = self.hidden or self.styles.hides(_value(attributes))
        elif name == "w:sym":
            self._add(_symbol(_attribute(attributes, "char")))
        elif name == "w:del":
            self.deletions += 1
            self.by = _attribute(attributes, "author")
        elif name in ("w:tbl", "w:tr"):
            self.words.row()
        elif name == "w:comment":
            author = " ".join(_attribute(attributes, "author").split())[:80]
            self.role = (PassageRole.FURNITURE, f"a comment in the margin{f' by {author}' if author else ''}")

    def end(self, tag: str) -> None:
        if self.passed:
            self.passed -= 1
            return
        name = _name(tag)
        if name in ("w:t", "w:delText", "m:t"):
            self.text = None
        elif name == "w:p" and self.open:
            self._close()
        elif name == "w:pPr":
            self.properties -= 1
        elif name == "w:del" and self.deletions and not self.properties:
            self.deletions -= 1
            if not self.deletions:
                self.deleted.add("".join(self.struck), self.by)
                self.struck.clear()
        elif name == "w:tbl":
            self.words.row()
        elif name == "w:comment":
            self.role = None
        elif name == "mc:AlternateContent":
            self.chosen.pop()

    def data(self, words: str) -> None:
        if self.passed or self.text is None:
            return
        if self.text == "w:delText":
            self.struck.append(words)
        else:
            self._add(on_one_line(words))

    def _left_aside(self, name: str, attributes: Mapping[str, str]) -> bool:
        """True for the second form of something that stands in the file twice, and for the rules above notes."""
        if name == "mc:AlternateContent":
            self.chosen.append(False)
        elif name in ("mc:Choice", "mc:Fallback") and self.chosen:
            before, self.chosen[-1] = self.chosen[-1], True
            return before
        elif name in ("w:footnote", "w:endnote"):
            return (
                "eparator" in _attribute(attributes, "type") or _attribute(attributes, "type") == "continuationNotice"
            )
        return False

    def _of_paragraph(self, name: str, value: str) -> None:
        if not self.open:
            return
        paragraph = self.open[-1]
        if name == "w:pStyle":
            paragraph.style = value
            paragraph.role = paragraph.role or self.styles.role(value)
            paragraph.hidden = self.styles.hides(value)
        elif name == "w:outlineLvl" and paragraph.role is None and (level := _level(value)) is not None and level <= 9:
            paragraph.role = PassageRole.HEADING, f"at outline level {level}"

    def _add(self, words: str) -> None:
        if not self.open:
            return
        if self.deletions:
            self.struck.append(words)
        else:
            self.open[-1].add(words, self.hidden)

    def _close(self) -> None:
        paragraph = self.open.pop()
        if self.open:
            self.open[-1].after.append(paragraph)
            return
        if self.words.title is None and self.area is None and self.styles.is_title(paragraph.style):
            self.words.title = " ".join("".join(paragraph.pieces).split())[:500] or None
        self.words.add(paragraph)


def _name(tag: str) -> str:
    """`w:p` for the mark's full name; marks of other kinds keep theirs and are passed through."""
    space, _, local = tag[1:].rpartition("}")
    short = _SHORT.get(space)
    return f"{short}:{local}" if short else tag


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    for space in _WORD:
        if (value := attributes.get(f"{{{space}}}{name}")) is not None:
            return value
    return ""


def _value(attributes: Mapping[str, str]) -> str:
    return _attribute(attributes, "val")


def _level(value: str) -> int | None:
    """Outline level from 1 as people count; 10 is body text."""
    return int(value) + 1 if value.isascii() and value.isdigit() and len(value) < 3 else None


def _symbol(code: str) -> str:
    """A sign named by its number. Those of the private area exist in one font only: U+FFFD stands for them."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    if number < 0x20 or 0xD800 <= number <= 0xF8FF or number > 0xFFFF:
        return "\ufffd"
    return chr(number)


FORMAT = Format(
    name="Word document",
    media_types=(
        MEDIA_TYPE,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    recognised_by="it is a ZIP file, and its list of content types names a Word document",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
