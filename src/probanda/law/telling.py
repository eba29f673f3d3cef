"""A law pack told in lines and as plain data: one entry, the whole, a search, two crimes side by side.

Start with `named` and `shown`. Every element is told with `NOT_OFFICIAL`: the words are ours, and nobody may take them
for the text of the Statute or of the Elements of Crimes. Pure: it writes nothing.

Looks down to: law.model. Used by: cli.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from probanda.law.bearing import bearing
from probanda.law.model import NOT_OFFICIAL, Bar, Crime, Element, Exclusion, LawPack, Mode

NEVER = "The pack says what must be shown, never that it was, and never that a standard of proof is met."
WIDTH = 110
BEGINNING = 4
"""Letters from which on a word searched for also finds longer ones."""
Entry = Crime | Mode | Exclusion | Bar
Own = Callable[[str, int | None], Sequence[str]]
"""What users set beside an entry (element None) or one of its elements."""
_PARTS = re.compile(r"[a-z]+|\d+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds all the words searched for, and its elements that hold all of them, else any."""

    entry: Entry
    title: str
    elements: tuple[Element, ...]
    far: int
    """0 where the title holds all the words, 1 where one element does, 2 where only the entry as a whole does."""

    @property
    def id(self) -> str:
        """Of the entry."""
        return self.entry.id

    @property
    def unchecked(self) -> bool:
        """True for a crime whose elements nobody could check."""
        return isinstance(self.entry, Crime) and self.entry.unchecked


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One line of a comparison: the elements that meet, or one alone."""

    left: Element | None
    right: Element | None

    @property
    def same(self) -> bool:
        """True where both say the same in the same words."""
        return self.left is not None and self.right is not None and self.left.text == self.right.text


def entries(pack: LawPack) -> tuple[Entry, ...]:
    """Everything that has an id of its own: crimes, modes, exclusions, bars."""
    return (*pack.crimes, *pack.modes, *pack.exclusions, *pack.bars)


def named(pack: LawPack, words: str) -> tuple[Entry, ...]:
    """Crimes, modes, exclusions and bars of this id, else all whose ids begin so; signs and `art.` do not matter.

    `8.2.e.x` and `Art. 8 (2)(e)(x)` both name 8(2)(e)(x). In the order crimes, modes, exclusions, bars.
    """
    wanted = id_key(words)
    exact = tuple(e for e in entries(pack) if id_key(e.id) == wanted)
    return exact or tuple(e for e in entries(pack) if wanted and id_key(e.id)[: len(wanted)] == wanted)


def id_key(words: str) -> tuple[str, ...]:
    """An id without signs, spaces and `art.`, so that all ways to write it are one."""
    return tuple(p for p in _PARTS.findall(words.casefold()) if p not in ("art", "article"))


def _nothing(_entry: str, _element: int | None) -> Sequence[str]:
    return ()


def shown(pack: LawPack, entry: Entry, own: Own = _nothing) -> list[str]:
    """One entry in lines; `own` gives what users set beside an entry or element, in lines of their own."""
    told = _shown(pack, entry, own)
    beside = [line for words in own(entry.id, None) for line in _folded(words, "  ")]
    return [*told, *beside]


def _shown(pack: LawPack, entry: Entry, own: Own) -> list[str]:
    if isinstance(entry, Crime):
        return _crime(pack, entry, own)
    if isinstance(entry, Mode):
        return _mode(pack, entry, own)
    if isinstance(entry, Exclusion):
        title = f"{entry.id}  {entry.title} (a ground that excludes responsibility; {NOT_OFFICIAL})"
        return [title, *_folded(entry.conditions, "  ")]
    blocked = f"{entry.id}  Bar ({NOT_OFFICIAL}): blocks {entry.blocks}."
    return [*_folded(blocked, ""), *_folded(f"To test: {entry.test}", "  ")]


def _crime(pack: LawPack, crime: Crime, own: Own) -> list[str]:
    conflict = {"IAC": ", international armed conflict", "NIAC": ", non-international armed conflict"}
    family = crime.family.replace("_", " ") + conflict.get(crime.conflict or "", "")
    lines = [
        f"{crime.id}  {crime.title}",
        *_folded(f"{family}; {crime.article}; in the Statute since {crime.since}", "  "),
    ]
    lines += _folded(f"Edition: {crime.edition}.", "  ")
    lines += _folded(crime.verification, "  ")
    lines += _folded(f"In force: {crime.in_force}.", "  ")
    lines += _folded(f"Note: {crime.note}", "  ") if crime.note else []
    lines += _folded(f"When laid out: {crime.why_pointed}", "  ") if crime.why_pointed else []
    if not crime.elements:
        lines.append("  No elements: nobody has adopted any, and this crime can be laid out for nobody.")
    if crime.unchecked:
        lines += _folded("Unchecked: nobody could check number and words of its elements; see above.", "  ")
    if crime.twin:
        lines.append(f"  In the other kind of armed conflict: {crime.twin}")
    elif crime.conflict:
        lines.append("  In the other kind of armed conflict the Statute has no crime that answers to this one.")
    for element in crime.elements:
        lines += ["", *_element(element, _sharing(pack, crime, element), "nobody could check it; see above")]
        lines += _bearing_lines(pack, crime, element)
        lines += _own_lines(own, crime.id, element)
    lines += ["", *_folded("Bars to look at: " + ", ".join(b.id for b in pack.bars_of(crime)) + ".", "  ")]
    lines += [line for rule in pack.rules if rule.id == "art-30-implied" for line in _folded(rule.text, "  ")]
    return lines


def _mode(pack: LawPack, mode: Mode, own: Own) -> list[str]:
    lines = [f"{mode.id}  {mode.title}", f"  mode of liability; {mode.article}"]
    lines += _folded(f"Note: {mode.note}", "  ") if mode.note else []
    for element in mode.elements:
        lines += ["", *_element(element, 0, "follows case law that nobody here has checked")]
        lines += _bearing_lines(pack, mode, element)
        lines += _own_lines(own, mode.id, element)
    return lines


def _bearing_lines(pack: LawPack, owner: Crime | Mode, element: Element) -> list[str]:
    told = bearing(pack, owner, element)
    pairs = (("Kinds that could support it", told.supports), ("Kinds that could undermine it", told.undermines))
    return [line for head, kinds in pairs for line in _folded(f"{head}: {'; '.join(kinds)}.", "     ")]


def _own_lines(own: Own, entry: str, element: Element) -> list[str]:
    return [line for words in own(entry, element.no) for line in _folded(words, "     ")]


def _sharing(pack: LawPack, crime: Crime, element: Element) -> int:
    """How many other crimes ask for the same."""
    if element.common_key is None:
        return 0
    return sum(any(e.common_key == element.common_key for e in c.elements) for c in pack.crimes if c.id != crime.id)


def _element(element: Element, shared: int, unchecked: str) -> list[str]:
    lines = [f"  {element.no}  {element.type} ({element.article}), in our words, {NOT_OFFICIAL}:"]
    parts = [
        element.text,
        f"Example (invented): {element.example}",
        f"Would help: {element.fill}",
        f"Could undermine it: {element.undermine}" if element.undermine else "",
        f"Often got wrong: {element.note}" if element.note else "",
        f"Unchecked: {unchecked}." if element.unchecked else "",
        f"Shared with {shared} other crimes; each is looked at for itself." if shared else "",
    ]
    return [*lines, *(line for part in parts if part for line in _folded(part, "     "))]


def _folded(words: str, indent: str) -> list[str]:
    return wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)


def search(pack: LawPack, words: str) -> tuple[Hit, ...]:
    """Crimes, modes, exclusions and bars that hold each of these words, or one that begins so; nearest first."""
    wanted = _WORD.findall(words.casefold())
    found = list(_hits(pack, wanted)) if wanted else []
    return tuple(sorted(found, key=lambda h: h.far))


def _hits(pack: LawPack, wanted: Sequence[str]) -> Iterator[Hit]:
    owners: tuple[Crime | Mode, ...] = (*pack.crimes, *pack.modes)
    for owner in owners:
        parts = [(e, f"{e.text} {e.note}") for e in owner.elements]
        if _all_in(wanted, " ".join([owner.id, owner.title, owner.note, *(text for _, text in parts)])):
            whole_ones = tuple(e for e, _ in parts if _all_in(wanted, e.text))
            any_of_them = tuple(e for e, text in parts if any(_all_in([w], text) for w in wanted))
            far = 0 if _all_in(wanted, owner.title) else 1 if whole_ones else 2
            yield Hit(owner, owner.title, whole_ones or any_of_them, far)
    for ground in pack.exclusions:
        if _all_in(wanted, f"{ground.id} {ground.title} {ground.conditions}"):
            yield Hit(ground, ground.title, (), 0 if _all_in(wanted, ground.title) else 1)
    for bar in pack.bars:
        if _all_in(wanted, f"{bar.id} {bar.blocks} {bar.test}"):
            yield Hit(bar, f"bar: {bar.blocks}", (), 1)


def _all_in(wanted: Sequence[str], text: str) -> bool:
    held = _WORD.findall(text.casefold())
    return all(any(word == w or (len(w) >= BEGINNING and word.startswith(w)) for word in held) for w in wanted)


def side_by_side(left: Crime, right: Crime) -> tuple[SideBySide, ...]:
    """The elements of two crimes, those of the same words or the same part laid on one line, in the official order."""
    keys = [[_part(e) for e in c.elements] for c in (left, right)]
    lines: list[SideBySide] = []
    for _, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        lefts, rights = left.elements[a:b], right.elements[c:d]
        lines.extend(SideBySide(one, other) for one, other in zip_longest(lefts, rights))
    return tuple(lines)


def _part(element: Element) -> str:
    """What the element is, whichever the kind of conflict: the link with it is one part of both."""
    return (element.common_key or element.text).removeprefix("niac-").removeprefix("iac-")


def compared(left: Crime, right: Crime) -> list[str]:
    """Two crimes side by side in lines; what both ask for in the same words is told once."""
    lines = [f"{left.id}  {left.title}", f"{right.id}  {right.title}", f"In our words, {NOT_OFFICIAL}."]
    for pair in side_by_side(left, right):
        lines.append("")
        if pair.same and pair.left and pair.right:
            open_ones = _unchecked(pair.left) or _unchecked(pair.right)
            said = f"both ({pair.left.no} | {pair.right.no}), {NOT_OFFICIAL}{open_ones}: {pair.left.text}"
            lines += _folded(said, "  ")
            continue
        for crime, element in ((left, pair.left), (right, pair.right)):
            said = "nothing that answers to this"
            if element is not None:
                said = f"{element.no}, {NOT_OFFICIAL}{_unchecked(element)}: {element.text}"
            lines += _folded(f"{crime.id}  {said}", "  ")
    return lines


def _unchecked(element: Element) -> str:
    return ", unchecked" if element.unchecked else ""


def listing(pack: LawPack) -> list[str]:
    """Every id of the pack with its title and number of elements."""
    lines = [
        f"{c.id:<20}{c.conflict or '-':<6}{len(c.elements):>3}{'?' if c.unchecked else ' '} {c.title}"
        for c in pack.crimes
    ]
    if any(c.unchecked for c in pack.crimes):
        lines.append("? number of elements unchecked")
    lines += ["", "modes of liability"]
    lines += [f"{mode.id:<34}{len(mode.elements):>3}  {mode.title}" for mode in pack.modes]
    lines += ["", "grounds that exclude responsibility"]
    lines += [f"{ground.id:<20}{ground.title}" for ground in pack.exclusions]
    lines += ["", "bars"]
    lines += [f"{bar.id:<26}{bar.blocks}" for bar in pack.bars]
    if pack.amendments:
        lines += ["", "amendments; each counts for a State from one year after it accepted it"]
        lines += [f"{a.id:<20}adopted {a.adopted.isoformat()}, {a.instrument}" for a in pack.amendments]
    lines += ["", "standards of proof by stage"]
    lines += [f"{stage.rank}  {stage.stage}: {stage.standard} (art. {stage.article})" for stage in pack.stages]
    return lines


def whole(pack: LawPack) -> dict[str, Any]:
    """The pack as one object: {version, digest, crimes, modes, exclusions, bars, stages, rules, ...}, JSON types only.

    A crime: id, title, family, conflict (IAC, NIAC or `-`), since, verified, unchecked, twin, elements, and more.
    An element: no, type, text, article, and `words`, which says that the text is not the official one.
    """
    return {
        "name": pack.name,
        "version": pack.version,
        "digest": pack.digest,
        "edition": pack.edition,
        "statement": pack.statement,
        "words": NOT_OFFICIAL,
        "crimes": [crime_row(pack, c) for c in pack.crimes],
        "modes": [mode_row(pack, m) for m in pack.modes],
        "exclusions": [small_row(e) for e in pack.exclusions],
        "bars": [small_row(b) for b in pack.bars],
        "stages": [asdict(s) for s in pack.stages],
        "rules": [asdict(r) for r in pack.rules],
        "terms": list(pack.terms),
        "amendments": [asdict(a) | {"adopted": a.adopted.isoformat()} for a in pack.amendments],
    }


def crime_row(pack: LawPack, crime: Crime) -> dict[str, Any]:
    """One crime as plain data, as `whole` has it."""
    return {
        "id": crime.id,
        "title": crime.title,
        "family": crime.family,
        "conflict": crime.conflict or "-",
        "since": crime.since,
        "verified": crime.verified,
        "verification": crime.verification,
        "unchecked": crime.unchecked,
        "twin": crime.twin,
        "amendment": crime.amendment or None,
        "article": crime.article,
        "edition": crime.edition,
        "in_force": crime.in_force,
        "note": crime.note,
        "acts": list(crime.acts),
        "needs": crime.needs or None,
        "why_pointed": crime.why_pointed,
        "elements": [element_row(pack, crime, e) for e in crime.elements],
    }


def mode_row(pack: LawPack, mode: Mode) -> dict[str, Any]:
    """One mode of liability as plain data."""
    return {
        "id": mode.id,
        "title": mode.title,
        "article": mode.article,
        "note": mode.note,
        "elements": [element_row(pack, mode, e) for e in mode.elements],
    }


def small_row(entry: Exclusion | Bar) -> dict[str, Any]:
    """One ground or bar as plain data."""
    row = asdict(entry) | {"words": NOT_OFFICIAL}
    return row | {"applies": list(entry.applies)} if isinstance(entry, Bar) else row


def element_row(pack: LawPack, owner: Crime | Mode, element: Element) -> dict[str, Any]:
    """One element of this crime or mode as plain data."""
    kinds = bearing(pack, owner, element)
    return {
        "no": element.no,
        "type": element.type,
        "text": element.text,
        "words": NOT_OFFICIAL,
        "article": element.article,
        "common_key": element.common_key,
        "example": element.example,
        "fill": element.fill,
        "undermine": element.undermine,
        "supported_by": list(kinds.supports),
        "undermined_by": list(kinds.undermines),
        "note": element.note,
        "unchecked": element.unchecked,
    }
