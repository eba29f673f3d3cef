"""From the letters of one printed line, each with its place, to its words in reading order.

PDF programs store letters in any order, and Arabic and Hebrew ones often as they were painted: single words backwards,
or the dots of a letter as a second letter upon the first. So a line that holds right-to-left letters is put together
anew from the places of its letters: from right to left, with Latin words and numbers inside it from left to right.
This follows the spirit of the Unicode bidirectional algorithm (UAX 9) backwards, from what is seen to what is meant;
it cannot be exact, which is why a PDF's words are machine text. Other lines stay in the order of the file.

Start with `line_of`. Pure. Looks down to: nothing. Used by: formats.pdf_pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page as shown."""

WORD_GAP = 0.18
"""Share of the font size that parts two words of a line put together anew."""
CELL_GAP = 1.5
"""Share of the font size that parts two cells of a table: wider than justified lines stretch their spaces."""


class Letter(NamedTuple):
    """One code point and its place; a space may have no width."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    words: str
    """Cells of a table row are parted by a tab."""
    box: Box
    base: float
    """Where its letters stand, in points from the top of the page."""
    size: float
    """Font size of its first letter in points, as shown."""
    first: float
    """Width of its first word in points."""
    backwards: bool = False
    """Read from right to left."""
    soft: bool = False
    """A word is divided at its end; the hyphen is not among the words."""
    page: int = 1

    @property
    def is_row(self) -> bool:
        """True when it reads like the row of a table."""
        return "\t" in self.words


def line_of(
    letters: Sequence[Letter],
    page: int,
    size: float,
    base: float = 0.0,
    *,
    soft: bool = False,
    backwards: bool | None = None,
) -> Line | None:
    """The line that these letters print; None where nothing but space is left.

    `backwards` tells the direction of a line that holds letters of both directions; where one kind is by far the more
    frequent, or `backwards` is None, they tell it themselves.
    """
    seen = [letter for letter in letters if not letter.char.isspace()]
    if not seen:
        return None
    if holds_right_to_left(seen):
        lean = leaning(seen)
        if backwards is None or abs(lean) * 2 >= len(seen):
            backwards = lean >= 0
        letters = _rebuilt(seen, size, backwards)
    else:
        backwards = False
        letters = _with_cells(letters, size)
    words, first = _spelled(letters)
    box = (
        min(letter.left for letter in seen),
        min(letter.top for letter in seen),
        max(letter.right for letter in seen),
        max(letter.bottom for letter in seen),
    )
    return Line(words, box, base, size, first, backwards, soft, page)


def holds_right_to_left(letters: Sequence[Letter]) -> bool:
    """True when a letter of Arabic, Hebrew or another script written from right to left is among them."""
    return any(letter.char >= "\u0590" and _direction(letter.char) == "R" for letter in letters)


def leaning(letters: Sequence[Letter]) -> int:
    """Right-to-left letters less left-to-right ones."""
    kinds = [_direction(letter.char) for letter in letters]
    return kinds.count("R") - kinds.count("L")


def _with_cells(letters: Sequence[Letter], size: float) -> list[Letter]:
    """The letters in the order of the file, with a tab where a gap parts two cells."""
    found: list[Letter] = []
    before: Letter | None = None
    for letter in letters:
        if not letter.char.isspace():
            if before is not None and _gap(before, letter) > CELL_GAP * size:
                found.append(Letter("\t", before.right, letter.top, letter.left, letter.bottom))
            before = letter
        found.append(letter)
    return found


def _gap(one: Letter, other: Letter) -> float:
    return max(other.left - one.right, one.left - other.right)


def _spelled(letters: Sequence[Letter]) -> tuple[str, float]:
    """The words, with one space between them and a tab between cells; and the width of the first word."""
    words = "".join(letter.char for letter in letters)
    first: list[Letter] = []
    for letter in letters:
        if letter.char.isspace() and first:
            break
        if not letter.char.isspace():
            first.append(letter)
    width = max(letter.right for letter in first) - min(letter.left for letter in first)
    return "\t".join(" ".join(cell.split()) for cell in words.split("\t")).strip(), width


# Lines with right-to-left letters ----------------------------------------------------------------


def _rebuilt(seen: Sequence[Letter], size: float, backwards: bool) -> list[Letter]:
    """The letters in reading order, with spaces put where gaps are seen."""
    painted = _once(sorted(seen, key=lambda letter: (letter.left + letter.right, letter.left, letter.char)))
    spaced = _with_spaces(painted, size)
    if backwards:
        spaced.reverse()
    return _brackets_turned(_turned(spaced, "L" if backwards else "R"))


def _once(painted: Sequence[Letter]) -> list[Letter]:
    """Without the letters that only paint the dots of the same letter beneath or beside them."""
    kept: list[Letter] = []
    for letter in painted:
        twin = next((n for n in range(len(kept) - 1, max(-1, len(kept) - 4), -1) if _covers(kept[n], letter)), None)
        if twin is None:
            kept.append(letter)
        elif letter.right - letter.left > kept[twin].right - kept[twin].left:
            kept[twin] = letter
    return kept


def _covers(one: Letter, other: Letter) -> bool:
    """True when both are the same right-to-left letter, one painted over the other."""
    if one.char != other.char or _direction(one.char) != "R":
        return False
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared >= 0.7 * min(one.right - one.left, other.right - other.left)


def _with_spaces(painted: Sequence[Letter], size: float) -> list[Letter]:
    spaced: list[Letter] = []
    reach = painted[0].right
    for letter in painted:
        gap = letter.left - reach
        if gap > WORD_GAP * size:
            spaced.append(Letter("\t" if gap > CELL_GAP * size else " ", reach, letter.top, letter.left, letter.bottom))
        spaced.append(letter)
        reach = max(reach, letter.right)
    return spaced


def _turned(letters: list[Letter], within: str) -> list[Letter]:
    """The letters with each stretch that runs the other way turned round: `L` stretches, or `R` ones.

    Numbers run from left to right in every script.
    """
    kinds = [_direction(letter.char) for letter in letters]
    starts = (within, "1") if within == "L" else (within,)
    found: list[Letter] = []
    at = 0
    while at < len(letters):
        if kinds[at] not in starts:
            found.append(letters[at])
            at += 1
            continue
        end = _stretch(letters, kinds, at, within)
        stretch = letters[at:end][::-1]
        found.extend(stretch if within == "L" else _turned(stretch, "L"))
        at = end
    return found


def _stretch(letters: Sequence[Letter], kinds: Sequence[str], start: int, within: str) -> int:
    """End of the stretch that begins at `start`: letters of one direction, with signs and numbers between them."""
    end = start + 1
    strong = kinds[start] == within
    for at in range(start + 1, len(letters)):
        if kinds[at] not in (within, "1", ""):
            break
        if kinds[at] == within or (kinds[at] == "1" and (at == end or _one_number(letters, end, at))):
            # A word joins across any sign; a number joins a number only across a comma, point or the like.
            if not strong and at > end and not _one_number(letters, end, at):
                break
            strong = strong or kinds[at] == within
            end = at + 1
    return end


def _one_number(letters: Sequence[Letter], end: int, at: int) -> bool:
    return at - end == 1 and letters[end].char in ".,:/-٫٬"


def _brackets_turned(letters: list[Letter]) -> list[Letter]:
    """Brackets the right way round: some programs store a painted bracket by its look, others by its sense.

    Where those of one kind do not pair up, they are taken as opening and closing by turns; a single one stays.
    """
    found = letters
    for pair in ("()", "[]", "{}", "«»"):
        places = [at for at, letter in enumerate(found) if letter.char in pair]
        if len(places) >= 2 and len(places) % 2 == 0 and not _pairs_up([found[at].char == pair[0] for at in places]):
            found = list(found)
            for number, at in enumerate(places):
                found[at] = found[at]._replace(char=pair[number % 2])
    return found


def _pairs_up(opening: Sequence[bool]) -> bool:
    depth = 0
    for opens in opening:
        depth += 1 if opens else -1
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=4096)
def _direction(char: str) -> str:
    """`R`, `L`, `1` for digits, or nothing for signs that take the direction of what is around them."""
    kind = unicodedata.bidirectional(char)
    return {"R": "R", "AL": "R", "NSM": "R" if char >= "\u0590" else "", "L": "L", "EN": "1", "AN": "1"}.get(kind, "")
