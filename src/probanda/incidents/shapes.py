"""Pictures that look alike: newly packed, smaller or brighter copies of one, found by their shapes and never merged.

A shape has 128 bits (`reading.formats.picture_facts.shape_of`). Two that differ in at most seven have at least one of
eight bands of 16 bits in common, so only those that share a band are compared (multi-index hashing). That two look
alike is a proposal that they go back to one picture; a series from one camera looks alike too.

Start with `alike`. Looks down to: nothing. Used by: cli (items --alike), through casework.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

BITS, BANDS = 128, 8
MOST_APART = BANDS - 1
"""Bits in which two may differ. Copies packed anew, shrunk or lightened differed in up to six; other pictures in 20 or
more."""
MOST_TOGETHER = 400
"""Shapes that share one band and are compared; more of them are plain pictures, such as forms, that a band tells
nothing of."""


@dataclass(frozen=True, slots=True, order=True)
class Alike:
    """Two items whose pictures look alike; `a` < `b`."""

    a: str
    b: str
    apart: int
    """Bits of 128 in which their shapes differ."""


def alike(shapes: Mapping[str, str]) -> tuple[Alike, ...]:
    """Pairs of items that look alike, sorted; `shapes` are 32 hexadecimal digits by item.

    Of many with the very same shape each stands beside the first one only.
    """
    items: dict[int, list[str]] = defaultdict(list)
    for item in sorted(shapes):
        items[int(shapes[item], 16)].append(item)
    found = {(held[0], other): 0 for held in items.values() for other in held[1:]}
    for together in _blocks(sorted(items)):
        for n, one in enumerate(together):
            for other in together[:n]:
                apart = (one ^ other).bit_count()
                if apart <= MOST_APART:
                    a, b = sorted((items[one][0], items[other][0]))
                    found[a, b] = apart
    return tuple(Alike(a, b, apart) for (a, b), apart in sorted(found.items()))


def _blocks(shapes: list[int]) -> list[list[int]]:
    """Shapes that share a band."""
    width = BITS // BANDS
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for shape in shapes:
        for band in range(BANDS):
            blocks[band, shape >> band * width & (1 << width) - 1].append(shape)
    return [held for _, held in sorted(blocks.items()) if 1 < len(held) <= MOST_TOGETHER]
