"""From offsets to the place where a person finds the words: page and box, cells, a message, a time.

Start with `locator_of`. Looks down to: kernel, model. Used by: casework.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from probanda.kernel.spans import Locator
from probanda.reading.model import Located, Text

Box = tuple[int, int, int, int]
_CELL = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>\d+)", re.DOTALL)


def locator_of(text: Text, start: int, end: int) -> Locator | None:
    """The place of `words[start:end]` of this text (offsets in the item's whole text), or None where it has none.

    Several lines of one page make one box around them; where the words run over pages, the box is that of the first.
    """
    found = located_between(text.located, start - text.base, end - text.base)
    if not found:
        return None
    first, last = found[0].locator, found[-1].locator
    page_to = last.page_to or last.page
    return Locator(
        message=first.message,
        sent=first.sent,
        time=_time([one.locator.time for one in found if one.locator.time]),
        page=first.page,
        page_to=page_to if page_to != first.page else None,
        box=_around([one.locator.box for one in found if one.locator.page == first.page and one.locator.box]),
        cell=_cells([one.locator.cell for one in found if one.locator.cell]),
    )


def located_between(places: Sequence[Located], start: int, end: int) -> Sequence[Located]:
    """The places that share a code point with this stretch; `places` are sorted and do not overlap."""
    first = bisect_right(places, start, key=lambda one: one.end)
    return places[first : bisect_left(places, end, key=lambda one: one.start)]


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _time(times: Sequence[str]) -> str | None:
    """From where the first begins to where the last ends; captions may lie over one another."""
    if not times:
        return None
    starts, ends = zip(*(one.split("-", 1) for one in times), strict=True)
    return f"{min(starts)}-{max(ends)}"


def _cells(cells: Sequence[str]) -> str | None:
    """`B7` for one, `B7:D7` for several in one row or column or block; the first one where they lie on two sheets."""
    if not cells:
        return None
    first, last = _CELL.fullmatch(cells[0]), _CELL.fullmatch(cells[-1])
    if cells[0] == cells[-1] or not first or not last or first["sheet"] != last["sheet"]:
        return cells[0]
    return f"{cells[0]}:{last['column']}{last['row']}"
