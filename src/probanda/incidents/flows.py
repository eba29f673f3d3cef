"""From where to where people were driven or fled, where a claim's own words give both ends.

Start with `ends` for one claim and `flows` for many. Both ends must be places of the claim; a word for coming from
stands before the one and a word for going to before the other (`from Orlo to the camp at Tarn`, `d'Orlo vers Tarn`,
`من أورلو إلى تارن`). Where the words leave open which is which, there is no arrow.

Looks down to: claims, kernel. Used by: reports, web.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import ActType

_FROM = re.compile(r"(?:\b(?:from|out of|depuis|hors de)|(?<!\w)من)\s+(?:[\w'’-]+\s+){0,4}$", re.IGNORECASE)
_TO = re.compile(
    r"(?:\b(?:to|into|towards?|vers|jusqu['’]?(?:à|au|aux|en)?|en direction d[eu])|(?<!\w)(?:إلى|الى|نحو|باتجاه))\s+"
    r"(?:[\w'’-]+\s+){0,4}$",
    re.IGNORECASE,
)
_FRENCH_FROM = re.compile(r"(?:\b(?:de|du|des)\s+|\bd['’]\s*)(?:(?:la|le|les|l['’])\s*)?(?:[\w-]+\s+d[eu]\s+)?$", re.I)
_FRENCH_TO = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:[\w'’-]+\s+){0,2}?(?:vers|à|au|aux|en|jusqu['’]?(?:à|au|aux|en))\s+"
    r"(?:(?:la|le|les)\s+|l['’]\s*)?(?:[\w-]+\s+d[eu']\s*)?$",
    re.IGNORECASE,
)
"""In French `de` also tells whose it is: the two words count only where one end follows the other."""

_LIES = re.compile(r"\s*(?:,|\(|\b(?:at|in|of|near|de|d['’]|du|à|au)\b|في|ب)\s*(?:(?:the|la|le)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flow:
    """Claims that tell of people going from one place to another."""

    start: str
    """As written."""
    end: str
    claims: tuple[str, ...]
    bounds: tuple[tuple[str, int, int], ...]
    """(what was counted, the lowest number told, the highest), never summed."""


def ends(claim: Claim) -> tuple[str, str] | None:
    """(from, to) as written; None where the claim does not tell both, or does not say that it happened."""
    if claim.act_type is not ActType.DISPLACEMENT or not claim.asserts_event or len(claim.places) < 2:
        return None
    quote, told = claim.quote, _places(claim)
    starts = [_whole(quote, told, n) for n, one in enumerate(told) if _FROM.search(_before(quote, one, told))]
    goals = [_whole(quote, told, n) for n, one in enumerate(told) if _TO.search(_before(quote, one, told))]
    if not starts or not goals:
        return _in_french(quote, told)
    pair = starts[0], goals[0]
    return pair if len(set(starts)) == 1 and len(set(goals)) == 1 and pair[0] != pair[1] else None


def flows(claims: Iterable[Claim]) -> tuple[Flow, ...]:
    """Claims that give both ends, by these, in order of their words."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        pair = ends(claim)
        if pair is not None:
            found.setdefault(pair, []).append(claim)
    return tuple(
        Flow(start, end, tuple(sorted({c.id for c in told})), bounds(told))
        for (start, end), told in sorted(found.items())
    )


def bounds(claims: Iterable[Claim]) -> tuple[tuple[str, int, int], ...]:
    """The lowest and the highest number told of each unit; `more than 400` gives 401 at the least."""
    found: dict[str, list[int]] = {}
    for claim in claims:
        if claim.quantity is not None:
            numbers = [n for n in (claim.quantity.min, claim.quantity.value, claim.quantity.max) if n is not None]
            if numbers:
                found.setdefault(claim.quantity.unit, []).extend(numbers)
    return tuple((unit, min(numbers), max(numbers)) for unit, numbers in sorted(found.items()))


def _places(claim: Claim) -> list[tuple[int, int, str]]:
    """(begin, end, words) of the places of a claim as they stand in its quote; of one in another, the longer."""
    found: list[tuple[int, int, str]] = []
    for words in sorted({place.words for place in claim.places}, key=lambda w: (-len(w), w)):
        for hit in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", claim.quote):
            if not any(begin < hit.end() and hit.start() < end for begin, end, _ in found):
                found.append((hit.start(), hit.end(), words))
    return sorted(found)


def _before(quote: str, one: tuple[int, int, str], told: list[tuple[int, int, str]]) -> str:
    """The words between the place before this one, or the beginning, and this one."""
    return quote[max((end for _, end, _ in told if end <= one[0]), default=0) : one[0]]


def _whole(quote: str, told: list[tuple[int, int, str]], n: int) -> str:
    """A place with the one that the words put it into: `the camp at Orlo` is `camp, Orlo`."""
    _, end, words = told[n]
    if n + 1 < len(told) and _LIES.fullmatch(quote[end : told[n + 1][0]]):
        return f"{words}, {told[n + 1][2]}"
    return words


def _in_french(quote: str, told: list[tuple[int, int, str]]) -> tuple[str, str] | None:
    pairs = [
        (a, _whole(quote, told, n + 1))
        for n, ((at, end, a), (begin, _, b)) in enumerate(itertools.pairwise(told))
        if a != b and _FRENCH_FROM.search(quote[:at]) and _FRENCH_TO.search(quote[end:begin])
    ]
    return pairs[0] if len(pairs) == 1 else None
