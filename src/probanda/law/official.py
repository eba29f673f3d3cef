"""A user's own copy of the official text laid beside a pack: where each element stands in it.

Start with `laid_beside`. Two forms are known: headings such as `Article 8 (2) (e) (x)` with numbered elements below, as
the Elements of Crimes have them; and articles whose paragraphs, letters and numbers lead to an entry, as the Statute
has them. What is not recognised is said. Nothing of a copy ever enters a pack.

Looks down to: law.model, law.telling. Used by: casework.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from probanda.law.model import Crime, LawPack, Mode
from probanda.law.telling import Entry, entries, id_key

_ID = (
    r"\d+(?:[ \t]*bis)?(?:[ \t]*\([ \t]*\w+[ \t]*\))*"  # 8 (2) (e) (x), 8 bis
    r"(?:[ \t]*[-\u2013\u2014][ \t]*\d+\b)?"  # the part: -2, with any dash
)
_HEADING = re.compile(rf"(?P<art>art(?:icle|\.)?[ \t]*)?(?P<id>{_ID})(?P<rest>.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<no>\d{1,2})[ \t]*[.)][ \t]*(?P<text>\S.*)")
_STEP = re.compile(r"(?:(?P<no>\d{1,2})\.|\((?P<letters>[a-z]{1,7})\))[ \t]*")
"""The sign with which a paragraph (`2.`), letter (`(e)`) or number (`(x)`) of an article begins."""
_ELEMENTS = re.compile(r"elements:?|éléments\s?:?|الأركان:?", re.IGNORECASE)
"""The word below which the elements of a crime stand."""
_BRACKETS = 2
"""Brackets from which on an id stands for itself, without the word `article` before it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one element, or a whole entry (`element` None), stands in the copy; offsets in code points."""

    entry: str
    element: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A copy laid beside a pack."""

    matched: tuple[Passage, ...]
    odd: tuple[str, ...]
    """What could not be matched, each in a sentence."""
    missing: tuple[str, ...] = ()
    """Crimes of the pack for which nothing was found."""


@dataclass(slots=True)
class _Part:
    """What stands for one entry: elements by number, or its words as a whole."""

    entry: Entry
    numbered: dict[int, tuple[int, int]] = field(default_factory=dict)
    listed: list[tuple[int, int]] | None = None
    """Lines below the word `Elements` as long as none has a number: a list that was numbered by the word processor."""
    whole: tuple[int, int] | None = None


def laid_beside(pack: LawPack, text: str) -> Beside:
    """Every element of the pack found in the copy, in the pack's order, and in words what was not."""
    reader = _Reader(pack)
    at = 0
    for line in text.splitlines(keepends=True):
        reader.line(line, at)
        at += len(line)
    matched: list[Passage] = []
    odd = [f"The heading {one!r} names nothing in the pack." for one in reader.unknown]
    for entry in entries(pack):
        found = [p for p in reader.parts if p.entry.id == entry.id and (p.numbered or p.listed or p.whole)]
        if found:
            best = max(found, key=lambda p: (len(p.numbered), len(p.listed or ())))
            matched += _passages(best)
            odd += _counted(best)
    told = {p.entry for p in matched}
    return Beside(tuple(matched), tuple(odd), tuple(c.id for c in pack.crimes if c.id not in told and c.elements))


def _passages(part: _Part) -> Iterator[Passage]:
    known = {e.no for e in part.entry.elements} if isinstance(part.entry, Crime | Mode) else set()
    if not part.numbered and part.listed and len(part.listed) == len(known):
        part.numbered = dict(enumerate(part.listed, 1))
    numbered = {no: where for no, where in part.numbered.items() if no in known}
    if not numbered and part.whole is not None:
        yield Passage(part.entry.id, None, *part.whole)
    for no, (start, end) in sorted(numbered.items()):
        yield Passage(part.entry.id, no, start, end)


def _counted(part: _Part) -> Iterator[str]:
    if not isinstance(part.entry, Crime) or not (part.numbered or part.listed):
        return
    if not part.numbered:
        yield f"{part.entry.id}: {len(part.listed or ())} lines without numbers stand below its heading; number them."
        return
    ours, theirs = len(part.entry.elements), max(part.numbered)
    if ours != theirs:
        yield f"{part.entry.id}: the copy numbers {theirs} elements, the pack {ours}; compare them one by one."


class _Reader:
    """Goes through a copy line by line and keeps what stands for which entry."""

    def __init__(self, pack: LawPack) -> None:
        self.parts: list[_Part] = []
        self.unknown: dict[str, None] = {}
        self._by_key = {id_key(e.id): e for e in entries(pack)}
        self._ids = {e.id: e for e in entries(pack)}
        self._part: _Part | None = None
        """Under a heading that names an entry: its part."""
        self._running: int | None = None
        """Number of the element whose paragraph is running; 0 for words before the first; None after a blank line."""
        self._article = ""
        """Under a heading that names a bare article: its number."""
        self._path = _Path()
        self._under: list[_Part] = []
        """The entries to which the path has led, and the path that led there."""
        self._led: tuple[str, ...] = ()

    def line(self, line: str, at: int) -> None:
        """Take one line that begins at this place of the text."""
        words = line.strip()
        if not words:
            self._running = None
            return
        begin = at + line.index(words)
        head = _heading(words)
        if head is not None:
            self._open(head)
        elif self._part is not None:
            self._element(self._part, words, begin)
        elif self._article:
            self._of_article(words, begin)

    def _open(self, head: str) -> None:
        bare = "(" not in head
        entry = self._by_key.get(id_key(head))
        self._part, self._running, self._under, self._led = None, None, [], ()
        self._article = "".join(id_key(head)) if bare else ""
        self._path = _Path()
        if isinstance(entry, Crime | Mode) or (entry is not None and not bare):
            self._part, self._article = _Part(entry), ""
            self.parts.append(self._part)
        elif entry is not None:
            self._under = [_Part(entry)]
            self.parts += self._under
        elif not bare:  # an article of the Statute that the pack has nothing of is no surprise
            self.unknown[head] = None

    def _element(self, part: _Part, words: str, begin: int) -> None:
        """A new number, the paragraph that is running, or words before the first."""
        end = begin + len(words)
        numbered = _NUMBERED.fullmatch(words)
        if numbered and int(numbered["no"]) == len(part.numbered) + 1:
            self._running = int(numbered["no"])
            part.numbered[self._running] = (begin + numbered.start("text"), end)
        elif self._running:
            part.numbered[self._running] = (part.numbered[self._running][0], end)
        elif _ELEMENTS.fullmatch(words):
            part.listed, self._running = [], None
        elif part.listed is not None and not part.numbered:
            part.listed.append((begin, end))
        elif part.whole is None and not isinstance(part.entry, Crime):  # of a crime it would be its title
            part.whole, self._running = (begin, end), 0
        elif self._running == 0 and part.whole is not None:
            part.whole = (part.whole[0], end)

    def _of_article(self, words: str, begin: int) -> None:
        """A line of an article: its signs lead to an entry, deeper into the one that is open, or out of it."""
        at = 0
        while step := _STEP.match(words, at):
            self._path.go(step["no"], step["letters"])
            at = step.end()
            if found := self._named(self._path.words(self._article)):
                self._under = [_Part(entry) for entry in found]
                self.parts += self._under
                self._led = self._path.steps
            elif self._path.steps[: len(self._led)] != self._led:
                self._under = []
        for part in self._under:
            start = part.whole[0] if part.whole else begin
            part.whole = (start, begin + len(words))

    def _named(self, id_: str) -> list[Entry]:
        """The entry of this id, or its parts: 7(1)(g)-1 and the others, the ways of 25(3)(a)."""
        return [e for name, e in self._ids.items() if name == id_ or name.startswith((f"{id_}-", f"{id_} "))]


class _Path:
    """Where in an article one is: paragraph, letter, number."""

    def __init__(self) -> None:
        self._no = self._letter = self._roman = ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The signs so far."""
        return tuple(s for s in (self._no, self._letter, self._roman) if s)

    def words(self, article: str) -> str:
        """The id as a pack writes it."""
        return article + "".join(f"({s})" for s in self.steps)

    def go(self, no: str | None, letters: str | None) -> None:
        """One sign further. `(i)` is a number below a letter, but for the letter that follows `(h)`."""
        if no:
            self._no, self._letter, self._roman = no, "", ""
        elif letters:
            next_letter = chr(ord(self._letter) + 1) if len(self._letter) == 1 else ""
            below = self._letter and set(letters) <= set("ivx") and (self._roman or letters != next_letter)
            if below:
                self._roman = letters
            else:
                self._letter, self._roman = letters, ""


def _heading(line: str) -> str | None:
    """The id that a heading names; None for any other line."""
    found = _HEADING.fullmatch(line)
    if found is None or (not found["art"] and found["id"].count("(") < _BRACKETS):
        return None
    rest = found["rest"].strip()
    if rest[:1] in (",", ";", ".") or (rest and (rest[0].islower() or rest[0].isdigit())):
        return None  # a sentence that cites the article
    return found["id"]
