"""What the office text documents share: a hardened stream of XML marks, and the words built from it.

Start with `stream` (events to a target, no tree in memory), then `Paragraph` and `Words`. Each paragraph of the
document becomes a paragraph of the text, parted by a blank line; table cells are paragraphs, and two blank lines
stand before each row. What stands apart from the body (notes, comments, headers, footers) comes after it.

The bytes of such a document are packed, so no stretch of its words stands in the item's bytes: `runs` stay empty,
and a place is shown by paragraph. How it falls into pages is known only once a program lays it out: there are none.

Looks down to: formats, zipped. Used by: docx, odt, rtf.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Mark, Member
from probanda.reading.formats.zipped import blocks, shown
from probanda.reading.model import Remark

LARGEST_XML = 100_000_000
"""Bytes of XML, expanded, that are read of one document in all."""
DEEPEST = 500
"""Elements open at once; word processors nest some 60."""
MOST_MEMBERS = 10_000
_LONGEST_HEADING = 600
"""Code points; a longer paragraph in a heading style is text."""
_LONGEST_SHOWN = 160
_MOST_SHOWN = 5
_BEFORE_ROW = "\n\n\n"
_BEFORE_PARAGRAPH = "\n\n"
_SPACES = str.maketrans("\r\n\t", "   ")

Role = tuple[PassageRole, str]


class Target(Protocol):
    """What receives the marks and words of an XML part, in order."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, words: str) -> None: ...


@dataclass(slots=True)
class Package:
    """The parts of an open document, with one bound on all XML that is read of it."""

    archive: zipfile.ZipFile
    left: int = LARGEST_XML

    def has(self, name: str) -> bool:
        """True where the document holds a part of this name."""
        return name in self.archive.NameToInfo

    def stream(self, name: str, target: Target) -> None:
        """One XML part's marks and words to `target`. Raises CannotRead where it is damaged, or made to do harm."""
        stream(self._counted(name), target, name)

    def names(self) -> list[str]:
        """Names of all parts in the order of the file's own list, each once."""
        return list(self.archive.NameToInfo)

    def _counted(self, name: str) -> Iterator[bytes]:
        for block in blocks(self.archive, name, self.left):
            self.left = max(1, self.left - len(block))
            yield block


def stream(source: Iterable[bytes], target: Target, name: str) -> None:
    """Feed XML to `target` without building a tree, expanding an entity, or fetching anything.

    A document type is refused: it is how entities come in, ISO/IEC 29500-2 forbids it, and no word processor writes
    one. Raises CannotRead with the part's name.
    """
    from lxml import etree

    parser = etree.XMLParser(
        target=_Guard(target, name), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for block in source:
            parser.feed(block)
        parser.close()
    except etree.XMLSyntaxError:
        raise CannotRead(
            f"Its part “{shown(name)}” is damaged: it breaks off, or holds what such a part cannot hold.",
            "It is kept and registered. Ask whoever provided it for the file again, or add its words as plain text.",
        ) from None


@dataclass(slots=True)
class _Guard:
    """Between parser and target: refuses document types and endless nesting."""

    target: Target
    name: str
    depth: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotRead(
                f"In its part “{shown(self.name)}” more than {DEEPEST} elements stand inside one another.",
                "It is kept and registered. Ask whoever provided it what it is; it may be made to do harm.",
            )
        self.target.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.target.end(tag)

    def data(self, words: str) -> None:
        self.target.data(words)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise CannotRead(
            f"Its part “{shown(self.name)}” declares a document type, by which entities and outside files come in.",
            "It is kept and registered. No word processor writes that: ask whoever provided it what it is.",
        )

    def close(self) -> None:
        """Nothing is left to do at the end."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read."""

    role: Role | None = None
    hidden: bool = False
    """The whole paragraph is hidden, by its style or section."""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    unseen: list[tuple[int, int]] = field(default_factory=list)
    """Stretches hidden from print."""
    after: list[Paragraph] = field(default_factory=list)
    """Paragraphs of boxes that hang on this one; they follow it."""

    def add(self, words: str, hidden: bool = False) -> None:
        """Words at its end."""
        if not words:
            return
        self.pieces.append(words)
        if hidden or self.hidden:
            if self.unseen and self.unseen[-1][1] == self.length:
                self.unseen[-1] = (self.unseen[-1][0], self.length + len(words))
            else:
                self.unseen.append((self.length, self.length + len(words)))
        self.length += len(words)


def on_one_line(words: str) -> str:
    """Line ends and tabs of the XML itself are spaces: real ones have marks of their own."""
    return words.translate(_SPACES)


@dataclass(slots=True)
class Words:
    """The text while it is put together."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    """Beginnings of hidden stretches."""
    hidden_count: int = 0
    title: str | None = None
    """The first paragraph in the style for titles."""
    _gap: str = _BEFORE_PARAGRAPH

    def row(self) -> None:
        """What follows begins a row of a table, or stands behind the table."""
        self._gap = _BEFORE_ROW

    def add(self, paragraph: Paragraph) -> None:
        """A finished paragraph, then what hangs on it."""
        waiting = [paragraph]
        while waiting:
            one = waiting.pop()
            waiting.extend(reversed(one.after))
            self._put(one)

    def _put(self, paragraph: Paragraph) -> None:
        text = "".join(paragraph.pieces)
        kept = text.rstrip()
        lead = len(kept) - len(kept.lstrip())
        kept = kept[lead:]
        if not kept:
            return
        if self.length:
            self.pieces.append(self._gap)
            self.length += len(self._gap)
        self._gap = _BEFORE_PARAGRAPH
        start, end = self.length, self.length + len(kept)
        self.pieces.append(kept)
        self.length = end
        if paragraph.role is not None and self._fits(paragraph.role, kept):
            self.marks.append(Mark(start, end, *paragraph.role))
        stretches = [(max(0, first - lead), min(len(kept), last - lead)) for first, last in paragraph.unseen]
        self._note_hidden(kept, [(a, b) for a, b in stretches if a < b and kept[a:b].strip()])

    def _note_hidden(self, text: str, stretches: Sequence[tuple[int, int]]) -> None:
        """A paragraph hidden whole is furniture; one with words that are seen stays what it is."""
        if not stretches:
            return
        self.hidden_count += len(stretches)
        self.hidden.extend(text[a:b][: _LONGEST_SHOWN + 1] for a, b in stretches[: _MOST_SHOWN - len(self.hidden)])
        borders = [0, *(border for stretch in stretches for border in stretch), len(text)]
        if not any(text[a:b].strip() for a, b in zip(borders[::2], borders[1::2], strict=True)):
            reason = "hidden text, not shown in print"
            self.marks.append(Mark(self.length - len(text), self.length, PassageRole.FURNITURE, reason))

    def _fits(self, role: Role, text: str) -> bool:
        return role[0] is not PassageRole.HEADING or len(text) <= _LONGEST_HEADING

    def joined(self) -> str:
        """All words."""
        return "".join(self.pieces)

    def sorted_marks(self) -> tuple[Mark, ...]:
        """All marks in order of start, the outer one first."""
        return tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end, mark.role.value)))

    def hidden_remarks(self) -> tuple[Remark, ...]:
        """One remark where text is hidden from print: it is read, but a person who opens the file does not see it."""
        if not self.hidden_count:
            return ()
        many = times(self.hidden_count, "stretch of its text is", "stretches of its text are")
        return (
            Remark(
                "hidden text",
                f"{many} hidden from print and screen: {_quoted(self.hidden, self.hidden_count)}.",
                "The words are read and stand in the text. A word processor shows their place with hidden text on.",
            ),
        )


@dataclass(slots=True)
class Deleted:
    """What was struck out with changes tracked; it is no part of the words as they stand."""

    count: int = 0
    shown: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)

    def add(self, words: str, author: str) -> None:
        """One stretch, as far as it has letters."""
        words = " ".join(words.split())
        if not words:
            return
        self.count += 1
        if len(self.shown) < _MOST_SHOWN:
            self.shown.append(words[: _LONGEST_SHOWN + 1])
        author = " ".join(author.split())[:80]
        if author and author not in self.authors and len(self.authors) < _MOST_SHOWN:
            self.authors.append(author)

    def remarks(self) -> tuple[Remark, ...]:
        """One remark for all of them, or none."""
        if not self.count:
            return ()
        many = times(self.count, "stretch of text was", "stretches of text were")
        by = f" by {', '.join(self.authors)}" if self.authors else ""
        return (
            Remark(
                "tracked deletion",
                f"{many} struck out{by} with changes tracked. The file keeps them, and they are not among the words "
                f"as they stand: {_quoted(self.shown, self.count)}.",
                "Open the document with tracked changes shown to see what was struck out, where, and when.",
            ),
        )


def times(count: int, one: str, many: str) -> str:
    """`1 picture`, `3 pictures`."""
    return f"{count} {one if count == 1 else many}"


def _quoted(beginnings: Sequence[str], count: int) -> str:
    cut = [(" ".join(words[:_LONGEST_SHOWN].split()), len(words) > _LONGEST_SHOWN) for words in beginnings]
    quoted = ", ".join(f"“{words}{'…' if more else ''}”" for words, more in cut)
    rest = count - len(beginnings)
    return f"{quoted} and {rest} more" if rest > 0 else quoted


@dataclass(slots=True)
class Title:
    """The target that takes the title out of a document's properties (Dublin Core, `dc:title`)."""

    pieces: list[str] = field(default_factory=list)
    _open: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open = tag == "{http://purl.org/dc/elements/1.1/}title"

    def end(self, tag: str) -> None:
        self._open = False

    def data(self, words: str) -> None:
        if self._open and len(self.pieces) < 100:
            self.pieces.append(words)

    def found(self) -> str | None:
        """The title on one line; None where there is none, or a program made it up from the file's name."""
        title = " ".join("".join(self.pieces).split())[:500]
        return None if not title or title.startswith("Microsoft Word") else title


def title_of(package: Package, name: str) -> str | None:
    """The title in the part of properties; where that is missing or damaged there is none, and no harm is done."""
    target = Title()
    try:
        if package.has(name):
            package.stream(name, target)
    except CannotRead:
        return None
    return target.found()


def taken_out(archive: zipfile.ZipFile, names: Sequence[str]) -> Iterator[Member | Remark]:
    """These members, and a remark for those beyond the bound."""
    for name in names[:MOST_MEMBERS]:
        yield Member(name=name, blocks=blocks(archive, name))
    if len(names) > MOST_MEMBERS:
        yield Remark(
            "embedded files",
            f"It holds {len(names):,} of them; {MOST_MEMBERS:,} are taken out.",
            "Unpack the document (it is a ZIP file) and add the rest as files of their own.",
        )


def resolved(folder: str, target: str) -> str:
    """The name of the part that `target` points to from `folder` (ISO/IEC 29500-2, 9.3)."""
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
