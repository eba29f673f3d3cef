"""A user's own copy of the official text: where each element stands in it, and what our words have in common with it.

Start with `laid_beside` for a copy that is set beside the pack, and `runs` for the check that no sentence was copied.
The copy never enters a pack. Headings such as `Article 8 (2) (e) (x)` and numbered elements are recognised; what is not
is said.

Looks down to: law.model, law.telling. Used by: casework, cli.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from probanda.law.model import Crime, LawPack, Mode
from probanda.law.telling import Entry, entries, id_key

RUN = 10
"""Words in a row that our text may not have in common with the official one, terms of art apart."""
_ID = (
    r"\d+(?:[ \t]*bis)?(?:[ \t]*\([ \t]*\w+[ \t]*\))*"  # 8 (2) (e) (x), 8 bis
    r"(?:[ \t]*[-\u2013\u2014][ \t]*\d+\b)?"  # the part: -2, with any dash
)
_HEADING = re.compile(rf"[ \t]*(?P<art>art(?:icle|\.)?[ \t]*)?(?P<id>{_ID})(?P<rest>.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"[ \t]*(?P<no>\d{1,2})[ \t]*[.)][ \t]*(?P<text>\S.*)")
_BRACKETS = 2
"""Brackets from which on an id stands for itself, without the word `article` before it."""
_WORD = re.compile(r"\w+")


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
    """Crimes of the pack for which no heading was found."""


@dataclass(slots=True)
class _Part:
    """The lines below one heading: numbered ones by number, and the first paragraph."""

    entry: Entry
    numbered: dict[int, tuple[int, int]] = field(default_factory=dict)
    whole: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that a text of the pack has in common with the official one."""

    entry: str
    element: int | None
    words: int
    """How many, terms of art apart."""
    text: str


def laid_beside(pack: LawPack, text: str) -> Beside:
    """Every element of the pack found in the copy, in the pack's order, and in words what was not."""
    parts, unknown = _parts(pack, text)
    matched: list[Passage] = []
    odd = [f"The heading {one!r} names nothing in the pack." for one in unknown]
    for entry in entries(pack):
        found = [p for p in parts if p.entry.id == entry.id]
        if not found:
            continue
        best = max(found, key=lambda p: len(p.numbered))
        matched += _passages(best)
        odd += _counted(best)
    told = {p.entry.id for p in parts}
    missing = tuple(c.id for c in pack.crimes if c.id not in told and c.elements)
    return Beside(tuple(matched), tuple(odd), missing)


def _passages(part: _Part) -> Iterator[Passage]:
    known = {e.no for e in part.entry.elements} if isinstance(part.entry, Crime | Mode) else set()
    numbered = {no: where for no, where in part.numbered.items() if no in known}
    if not numbered and part.whole is not None:
        yield Passage(part.entry.id, None, *part.whole)
    for no, (start, end) in sorted(numbered.items()):
        yield Passage(part.entry.id, no, start, end)


def _counted(part: _Part) -> Iterator[str]:
    if not isinstance(part.entry, Crime) or not part.numbered:
        return
    ours, theirs = len(part.entry.elements), max(part.numbered)
    if ours != theirs:
        yield f"{part.entry.id}: the copy numbers {theirs} elements, the pack {ours}; compare them one by one."


def _parts(pack: LawPack, text: str) -> tuple[list[_Part], list[str]]:
    by_key = {id_key(e.id): e for e in entries(pack)}
    parts: list[_Part] = []
    unknown: dict[str, None] = {}
    open_until_blank: tuple[str, int] | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        stripped = line.strip()
        if not stripped:
            open_until_blank = None
            continue
        head = _heading(stripped)
        if head is not None:
            entry = by_key.get(id_key(head))
            open_until_blank = None
            if entry is not None:
                parts.append(_Part(entry))
            else:
                unknown[head] = None
                parts.append(_Part(_NOBODY))
            continue
        if not parts:
            continue
        begin, end = start + line.index(stripped), start + line.index(stripped) + len(stripped)
        open_until_blank = _take(parts[-1], stripped, begin, end, open_until_blank)
    return [p for p in parts if p.entry is not _NOBODY], list(unknown)


_NOBODY = Mode(id="", title="", article="", elements=(), involvements=())


def _take(part: _Part, line: str, begin: int, end: int, running: tuple[str, int] | None) -> tuple[str, int] | None:
    """Put a line where it belongs: a new number, the paragraph that is running, or the entry as a whole."""
    numbered = _NUMBERED.fullmatch(line)
    if numbered and int(numbered["no"]) == len(part.numbered) + 1:
        no = int(numbered["no"])
        part.numbered[no] = (begin + numbered.start("text"), end)
        return ("element", no)
    if running is not None and running[0] == "element":
        part.numbered[running[1]] = (part.numbered[running[1]][0], end)
        return running
    if part.whole is None:
        part.whole = (begin, end)
        return ("whole", 0)
    if running is not None:
        part.whole = (part.whole[0], end)
    return running


def _heading(line: str) -> str | None:
    """The id that a heading names; None for any other line."""
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    brackets = found["id"].count("(")
    if not found["art"] and brackets < _BRACKETS:
        return None
    rest = found["rest"].strip()
    if rest[:1] in (",", ";", ".") or (rest and (rest[0].islower() or rest[0].isdigit())):
        return None  # a sentence that cites the article
    return found["id"]


def runs(pack: LawPack, official: str) -> tuple[Run, ...]:
    """Runs of ten words and more that our words share with the official text, longest of each part of the pack.

    Words that belong to one of the pack's terms of art are not counted.
    """
    theirs = _words(official)
    seeds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(theirs) - RUN + 1):
        seeds[tuple(theirs[n : n + RUN])].append(n)
    terms = [_words(term) for term in pack.terms]
    found = (_longest(entry, no, text, theirs, seeds, terms) for entry, no, text in _texts(pack))
    return tuple(run for run in found if run is not None)


def _texts(pack: LawPack) -> Iterator[tuple[str, int | None, str]]:
    seen: set[str] = set()
    owners: tuple[Crime | Mode, ...] = (*pack.crimes, *pack.modes)
    for owner in owners:
        whole = [(None, owner.note)]
        parts = [(e.no, text) for e in owner.elements for text in (e.text, e.note, e.fill, e.undermine, e.example)]
        for no, text in (*whole, *parts):
            if text and text not in seen:
                seen.add(text)
                yield owner.id, no, text
    for ground in pack.exclusions:
        yield ground.id, None, ground.conditions
    for bar in pack.bars:
        yield bar.id, None, f"{bar.blocks}. {bar.test}"
    for rule in pack.rules:
        yield rule.id, None, rule.text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _longest(
    entry: str,
    no: int | None,
    text: str,
    theirs: Sequence[str],
    seeds: dict[tuple[str, ...], list[int]],
    terms: Sequence[Sequence[str]],
) -> Run | None:
    ours = _words(text)
    apart = _in_terms(ours, terms)
    best: tuple[int, int, int] | None = None
    for n in range(len(ours) - RUN + 1):
        for m in seeds.get(tuple(ours[n : n + RUN]), ()):
            length = RUN
            while n + length < len(ours) and m + length < len(theirs) and ours[n + length] == theirs[m + length]:
                length += 1
            counted = length - sum(n <= i < n + length for i in apart)
            if counted >= RUN and (best is None or counted > best[0]):
                best = (counted, n, length)
    return Run(entry, no, best[0], " ".join(ours[best[1] : best[1] + best[2]])) if best else None


def _in_terms(ours: Sequence[str], terms: Iterable[Sequence[str]]) -> frozenset[int]:
    """Places of the words that belong to a term of art."""
    return frozenset(
        n + i
        for term in terms
        for n in range(len(ours) - len(term) + 1)
        if list(ours[n : n + len(term)]) == list(term)
        for i in range(len(term))
    )
