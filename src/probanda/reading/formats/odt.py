"""OpenDocument texts (ODT, as LibreOffice writes them): all that the author wrote, in the order in which it stands.

Start with `extract_file`, then `_Walk`. OASIS OpenDocument 1.3 part 3 names the marks. The decisions are those of
`docx`: body, tables, text boxes, lists and notes are words (notes behind the body); text deleted with changes tracked
is shown in a remark and is not part of the words; hidden text is read and remarked upon; comments, headers, footers
and entries of an index are furniture with the reason; fields give what they show. Numbers of lists and notes,
charts and formulas are not read; pictures and embedded files are members. White space is folded as 6.1.2 of the
standard says. No date: the times in `meta.xml` are the file's.

Looks down to: formats, zipped, office. Used by: formats (registry).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, Format, Member
from probanda.reading.formats.office import Deleted, Package, Paragraph, Role, Words, taken_out, title_of
from probanda.reading.formats.zipped import SIGNATURES, kind_of, opened, part
from probanda.reading.model import Remark

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {
    f"{_SPACE}text:1.0": "text", f"{_SPACE}office:1.0": "office", f"{_SPACE}table:1.0": "table",
    f"{_SPACE}style:1.0": "style", f"{_SPACE}drawing:1.0": "draw", "http://purl.org/dc/elements/1.1/": "dc",
    f"{_SPACE}svg-compatible:1.0": "svg",
}  # fmt: skip
_TEXT, _STYLE, _TABLE = (f"{{{_SPACE}{name}:1.0}}" for name in ("text", "style", "table"))
_PASSED_OVER = frozenset(
    [
        "text:note-citation", "text:number", "text:ruby-text", "text:script", "text:table-of-content-source",
        "text:illustration-index-source", "text:table-index-source", "text:object-index-source",
        "text:user-index-source", "text:alphabetical-index-source", "text:bibliography-source",
        "office:forms", "office:scripts", "office:event-listeners", "svg:title", "svg:desc", "dc:date",
    ]
)  # fmt: skip
"""Elements whose words are made by layout, are no words of the text, or describe a picture."""
_INDEXES = frozenset(
    f"text:{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
    )
)  # fmt: skip
_AREAS: Mapping[str, Role] = {
    "style:header": (PassageRole.FURNITURE, "in the header of its pages"),
    "style:header-left": (PassageRole.FURNITURE, "in the header of its pages"),
    "style:header-first": (PassageRole.FURNITURE, "in the header of its pages"),
    "style:footer": (PassageRole.FURNITURE, "in the footer of its pages"),
    "style:footer-left": (PassageRole.FURNITURE, "in the footer of its pages"),
    "style:footer-first": (PassageRole.FURNITURE, "in the footer of its pages"),
}
_INDEX: Role = (PassageRole.FURNITURE, "an entry of an index or table of contents")
_WHITE = re.compile(r"[ \t\r\n]+")
_DEEPEST_STYLE = 20
_MOST_SPACES = 1_000


def recognise(head: bytes, name: str) -> bool:
    """True for ZIP files; `recognise_file` looks at what is inside."""
    return head.startswith(SIGNATURES)


def recognise_file(file: BinaryIO) -> bool:
    """True where the ZIP is an OpenDocument text."""
    return kind_of(file) == "odt"


def extract(data: bytes) -> Extracted:
    """Bytes to words. Raises CannotRead as `extract_file` does."""
    return extract_file(io.BytesIO(data))


def extract_file(file: BinaryIO) -> Extracted:
    """An open document to words. Raises CannotRead where it is damaged, locked, or made to do harm."""
    with opened(file) as archive:
        package = Package(archive)
        _refuse_locked(package)
        return _read(package)


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Pictures and embedded files, by the name they have in the document. Raises CannotRead."""
    with opened(file) as archive:
        package = Package(archive)
        _refuse_locked(package)
        yield from taken_out(archive, _embedded(package))


def _refuse_locked(package: Package) -> None:
    """Locked documents name, in their manifest, how each part is locked (OpenDocument part 2, 3.4.1)."""
    manifest = "META-INF/manifest.xml"
    said = part(package.archive, manifest, 20_000_000) if package.has(manifest) else b""
    if b"encryption-data" in said or package.has("encrypted-package"):
        raise CannotRead(
            "It is an OpenDocument text that is locked with a password.",
            "It is kept and registered. Ask whoever provided it for the password, and add an unlocked copy as well.",
        )


def _read(package: Package) -> Extracted:
    words, deleted, styles = Words(), Deleted(), _Styles()
    if package.has("styles.xml"):
        package.stream("styles.xml", styles)
    body = _Walk(words, deleted, styles)
    package.stream("content.xml", body)
    body.finish()
    if package.has("styles.xml"):
        outer = _Walk(words, deleted, styles, only_areas=True)
        package.stream("styles.xml", outer)
        outer.finish()
    return Extracted(
        words=words.joined(),
        runs=(),
        encoding="utf-8",
        encoding_reason="text of the document's XML",
        media_type=MEDIA_TYPE,
        marks=words.sorted_marks(),
        title=words.title or title_of(package, "meta.xml"),
        remarks=(*deleted.remarks(), *words.hidden_remarks(), *_unread(package)),
        holds=len(_embedded(package)),
    )


def _embedded(package: Package) -> list[str]:
    """Names of pictures, recordings and embedded files. An embedded OpenDocument is a folder, and is remarked upon."""
    return [
        name
        for name in package.names()
        if not name.endswith("/")
        and (name.startswith(("Pictures/", "media/", "Media/")) or (name.startswith("Object ") and "/" not in name))
    ]


def _unread(package: Package) -> Iterator[Remark]:
    inner = [name for name in package.names() if name.endswith("/content.xml")]
    if inner:
        yield Remark(
            "embedded objects",
            f"It has {len(inner)} charts, formulas or other documents set into it, whose words are not read.",
            "Open the document to see them, and add a transcript as plain text where they matter.",
        )
    if any(name.startswith("Basic/") and name.endswith(".xml") and "script-l" not in name for name in package.names()):
        yield Remark(
            "macros",
            "It holds macros (a small program), which were neither run nor read.",
            "Open it only where macros are switched off.",
        )


# Styles -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Style:
    parent: str = ""
    hidden: bool | None = None


@dataclass(slots=True)
class _Styles:
    """The styles met so far, by family and name; a target for `styles.xml`, and asked by the walk."""

    styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _current: _Style | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_STYLE}style":
            key = attributes.get(f"{_STYLE}family", ""), attributes.get(f"{_STYLE}name", "")
            self._current = self.styles[key] = _Style(attributes.get(f"{_STYLE}parent-style-name", ""))
        elif tag == f"{_STYLE}text-properties" and self._current is not None:
            shown = attributes.get(f"{_TEXT}display")
            self._current.hidden = None if shown is None else shown == "none"
        elif tag == f"{_STYLE}section-properties" and self._current is not None:
            self._current.hidden = None

    def end(self, tag: str) -> None:
        if tag == f"{_STYLE}style":
            self._current = None

    def data(self, words: str) -> None:
        """Styles have no words."""

    def names(self, family: str, style: str) -> Iterator[str]:
        """The style's name and those it is based on, as people see them (`_20_` stands for a space); circles end."""
        for _ in range(_DEEPEST_STYLE):
            if not style:
                return
            yield style.replace("_20_", " ").lower()
            found = self.styles.get((family, style))
            style = found.parent if found else ""

    def role(self, style: str) -> Role | None:
        """What a paragraph in this style is, if not plain text."""
        for name in self.names("paragraph", style):
            if name in ("title", "subtitle") or name.startswith("heading "):
                return PassageRole.HEADING, f"in the style “{name}”"
            if name == "caption":
                return PassageRole.CAPTION, "in the style “caption”"
        return None

    def is_title(self, style: str) -> bool:
        """True for the style of a document's title."""
        return "title" in self.names("paragraph", style)

    def hides(self, family: str, style: str) -> bool:
        """True where the style hides its text."""
        for _ in range(_DEEPEST_STYLE):
            found = self.styles.get((family, style))
            if found is None:
                return False
            if found.hidden is not None:
                return found.hidden
            style = found.parent
        return False


# The walk ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open(Paragraph):
    """A paragraph while it is read, with what folding of white space must know."""

    style: str = ""
    space: bool = True
    """True where a space would follow a space or stand first, and so is folded away."""


@dataclass(slots=True)
class _Aside:
    """A note, comment or deletion that is open: its paragraphs go elsewhere, with their role."""

    kind: str
    held: list[Paragraph]
    role: Role | None = None
    author: str = ""
    outer: int = 0
    """How many paragraphs were open around it."""


@dataclass(slots=True)
class _Walk:
    """The target for `content.xml`; of `styles.xml` for headers and footers only."""

    words: Words
    deleted: Deleted
    styles: _Styles
    only_areas: bool = False
    open: list[_Open] = field(default_factory=list)
    asides: list[_Aside] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    comments: list[Paragraph] = field(default_factory=list)
    areas: list[Role] = field(default_factory=list)
    passed: int = 0
    creator: bool = False
    hidden_spans: list[bool] = field(default_factory=list)
    hidden_sections: list[bool] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        if self.passed or name in _PASSED_OVER:
            self.passed += 1
        elif name in ("text:p", "text:h"):
            self._begin(name, attributes)
        elif name == "text:span":
            style = attributes.get(f"{_TEXT}style-name", "")
            self.hidden_spans.append(self.styles.hides("text", style))
        elif name in _STARTS:
            _STARTS[name](self, attributes)
        elif name in _INDEXES:
            self.areas.append(_INDEX)
        elif name in _AREAS:
            self.areas.append(_AREAS[name])
        elif name.startswith("style:"):
            self.styles.start(tag, attributes)

    def end(self, tag: str) -> None:
        name = _name(tag)
        if self.passed:
            self.passed -= 1
        elif name in ("text:p", "text:h"):
            self._close()
        elif name == "text:span":
            self.hidden_spans.pop()
        elif name == "text:section":
            self.hidden_sections.pop()
        elif name in ("text:note", "office:annotation", "text:changed-region"):
            self._end_aside()
        elif name == "dc:creator":
            self.creator = False
        elif name in _INDEXES or name in _AREAS:
            self.areas.pop()
        elif name == "table:table":
            self.words.row()
        elif name.startswith("style:"):
            self.styles.end(tag)

    def data(self, words: str) -> None:
        if self.passed:
            return
        if self.creator:
            if self.asides and len(self.asides[-1].author) < 80:
                self.asides[-1].author += words
            return
        if self._outside():
            return
        paragraph = self.open[-1]
        folded = _fold(words, paragraph.space)
        if folded:
            paragraph.space = folded.endswith(" ")
            paragraph.add(folded, any(self.hidden_spans))

    def finish(self) -> None:
        """Put notes, then comments, behind the body."""
        for paragraph in (*self.notes, *self.comments):
            self.words.add(paragraph)

    # Marks that stand for themselves

    def _spaces(self, attributes: Mapping[str, str]) -> None:
        count = attributes.get(f"{_TEXT}c", "1")
        self._sign(" " * min(int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 1, _MOST_SPACES))

    def _tab(self, attributes: Mapping[str, str]) -> None:
        self._sign("\t")

    def _line(self, attributes: Mapping[str, str]) -> None:
        self._sign("\n")

    def _sign(self, sign: str) -> None:
        if not self._outside():
            self.open[-1].add(sign, any(self.hidden_spans))
            self.open[-1].space = sign == "\n"

    def _row(self, attributes: Mapping[str, str]) -> None:
        if not self.asides:
            self.words.row()

    def _section(self, attributes: Mapping[str, str]) -> None:
        self.hidden_sections.append(attributes.get(f"{_TEXT}display") == "none")

    # Paragraphs

    def _outside(self) -> bool:
        """True where words belong to no paragraph that is read: between the paragraphs of a note or comment, say."""
        if self.asides and len(self.open) <= self.asides[-1].outer:
            return True
        return not self.open or (self.only_areas and not self.areas)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        style = attributes.get(f"{_TEXT}style-name", "")
        role = self.areas[-1] if self.areas else None
        if role is None and name == "text:h":
            level = attributes.get(f"{_TEXT}outline-level", "1")[:3]
            role = PassageRole.HEADING, f"a heading of level {level}"
        hidden = any(self.hidden_sections) or self.styles.hides("paragraph", style)
        self.open.append(_Open(role or self.styles.role(style), hidden, style=style))

    def _close(self) -> None:
        paragraph = self.open.pop()
        if self.only_areas and not self.areas:
            return
        aside = self.asides[-1] if self.asides else None
        if aside is not None and len(self.open) == aside.outer:
            paragraph.role = paragraph.role if aside.kind == "note" else None
            aside.held.append(paragraph)
        elif self.open:
            self.open[-1].after.append(paragraph)
        else:
            if self.words.title is None and not self.areas and self.styles.is_title(paragraph.style):
                self.words.title = " ".join("".join(paragraph.pieces).split())[:500] or None
            self.words.add(paragraph)

    # What stands apart

    def _note(self, attributes: Mapping[str, str]) -> None:
        self.asides.append(_Aside("note", [], outer=len(self.open)))

    def _annotation(self, attributes: Mapping[str, str]) -> None:
        self.asides.append(_Aside("comment", [], outer=len(self.open)))

    def _region(self, attributes: Mapping[str, str]) -> None:
        self.asides.append(_Aside("change", [], outer=len(self.open)))

    def _creator(self, attributes: Mapping[str, str]) -> None:
        self.creator = True

    def _end_aside(self) -> None:
        aside = self.asides.pop()
        author = " ".join(aside.author.split())[:80]
        if aside.kind == "change":
            self.deleted.add("\n".join("".join(p.pieces) for p in aside.held), author)
        elif aside.kind == "comment":
            reason = f"a comment in the margin{f' by {author}' if author else ''}"
            for paragraph in aside.held:
                paragraph.role = PassageRole.FURNITURE, reason
            self.comments.extend(aside.held)
        else:
            self.notes.extend(aside.held)


_STARTS = {
    "text:s": _Walk._spaces,
    "text:tab": _Walk._tab,
    "text:line-break": _Walk._line,
    "text:section": _Walk._section,
    "text:note": _Walk._note,
    "office:annotation": _Walk._annotation,
    "text:changed-region": _Walk._region,
    "dc:creator": _Walk._creator,
    "table:table": _Walk._row,
    "table:table-row": _Walk._row,
}


def _name(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    short = _SHORT.get(space)
    return f"{short}:{local}" if short else tag


def _fold(words: str, after_space: bool) -> str:
    """White space folded to single spaces; none at the beginning where one stands before it."""
    folded = _WHITE.sub(" ", words)
    return folded[1:] if after_space and folded.startswith(" ") else folded


FORMAT = Format(
    name="OpenDocument text",
    media_types=(MEDIA_TYPE, "application/vnd.oasis.opendocument.text-template"),
    suffixes=(".odt", ".ott"),
    recognised_by="it is a ZIP file, and its member “mimetype” says OpenDocument text",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
