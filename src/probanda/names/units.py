"""Compare two prepared names of bodies: brigades, ministries, companies, NGOs, ships.

The rule: words meet as ideas across languages, proper words by sound. Another number, another State, another
level (brigade, battalion) or another qualifier (Northern, Southern) speaks against, whatever else meets. Legal forms
and words like `group` may be missing; a missing number or qualifier leaves the question open.

Start with `compare_units`.

Looks down to: unit_parts, unit_words, sounds, model. Used by: compare.
"""

from __future__ import annotations

from functools import partial

from probanda.names.model import SAME_FROM, Match
from probanda.names.sounds import MEETS, NEAR, closeness, together
from probanda.names.unit_parts import UnitParts
from probanda.names.unit_words import Item, near_in_use

Items = list[Item]

_WEIGHTS = {
    "proper": 1.0,
    "known": 1.2,
    "number": 0.9,
    "state": 0.4,
    "level": 0.4,
    "kind": 0.4,
    "qualifier": 0.4,
    "soft": 0.15,
}
_WRITTEN_TOGETHER = 0.82
"""Closeness from which two words are one word written together."""
_TELLING = 0.7
"""What the words that meet must weigh together for a name: a proper word, two ideas."""


def compare_units(a: UnitParts, b: UnitParts) -> Match:
    """Compare two prepared names; symmetric. A name in brackets beside one is tried too."""
    value, ground = _compared(a, b)
    if value < SAME_FROM and (a.others or b.others):
        pairs = [(x, y) for x in (a, *a.others) for y in (b, *b.others) if x is a or y is b]
        found = max(_compared(x, y)[0] for x, y in pairs)
        if found >= SAME_FROM:
            value, ground = min(found, 0.9), "a name given beside the main one is the name of the other"
    return Match(value, partial(_why, a, b, ground))


def _compared(a: UnitParts, b: UnitParts) -> tuple[float, str]:
    if a.words > b.words:
        a, b = b, a
    if a.unread != b.unread:
        return 0.5, "one is written in a script that is not read"
    if a.known and b.known:
        return (0.97, "names of one body") if a.known == b.known else (0.1, "names of two known bodies")
    found = _by_words(list(a.items), list(b.items))
    if a.letters or b.letters:
        return max(_acronyms(a, b), found if not (a.letters and b.letters) else (0.0, ""))
    if found[0] < SAME_FROM and (len(a.items) != len(a.with_known) or len(b.items) != len(b.with_known)):
        found = max(found, _by_words(list(a.with_known), list(b.with_known)))
    return found


def _acronyms(a: UnitParts, b: UnitParts) -> tuple[float, str]:
    if a.letters and b.letters:
        if a.letters == b.letters:
            return 0.95, "the same acronym"
        if len(a.letters) > 3 and a.letters == b.letters[::-1]:
            return 0.82, "the acronym of another language, letters turned round"
        return 0.1, "two acronyms"
    short, full = (a, b) if a.letters else (b, a)
    letters = short.letters or ""
    if letters in full.initials:
        return (0.92 if len(letters) > 2 else 0.65), "the acronym has the initials of the full name"
    in_english = any("".join(sorted(own)) == full.sorted_initials for own in full.initials)
    if len(letters) > (3 if in_english else 2) and "".join(sorted(letters)) == full.sorted_initials:
        return 0.85, "the acronym has the initials of the full name in English"
    return 0.15, "the acronym is not that of the full name"


def _by_words(x: Items, y: Items) -> tuple[float, str]:
    """Compare two lists of items; what meets is taken out of them."""
    against = _set_apart(x, y) if x and y else "one holds no name"
    if against:
        return 0.2, against
    weight, quality = _take_meeting(x, y)
    left, right = _telling(x), _telling(y)
    ground = _conflict(left, right)
    if ground:
        return (0.55 if weight >= 1.0 and _translated_apart(left, right) else 0.3), ground
    if any(i.sort == "proper" for i in left) and any(i.sort == "proper" for i in right):
        return _proper_differ(left, right, weight)
    if left or right:
        return _one_says_more(left, right, weight) if weight else (0.05, "no word meets")
    return _all_meet(x, y, weight, quality)


def _all_meet(x: Items, y: Items, weight: float, quality: float) -> tuple[float, str]:
    """Nothing that tells is left over on either side."""
    if any(i.sort == "legal" for i in x) and any(i.sort == "legal" for i in y):
        return 0.6, "the words meet, the legal forms differ"
    if weight < _TELLING:
        return (0.65 if weight else 0.05), "the words that meet are common nouns that many names hold"
    return SAME_FROM + 0.2 * max(0.0, (quality - MEETS) / (1 - MEETS)), "the words meet"


def _set_apart(x: Items, y: Items) -> str:
    """Another number or another State; empty if there is none."""
    for sort, said in (("number", "another number"), ("state", "another State")):
        left = {id_ for item in x if item.sort == sort for id_ in item.ids}
        right = {id_ for item in y if item.sort == sort for id_ in item.ids}
        if left and right and (left != right if sort == "number" else left.isdisjoint(right)):
            return said
    return ""


def _take_meeting(x: Items, y: Items) -> tuple[float, float]:
    """Take what meets out of both lists; (weight of what met, mean closeness of the proper words among it)."""
    weight, proper = 0.0, []
    for item in list(x):
        best, found = 0.0, None
        for other in y:
            close = _close(item, other)
            if close > best:
                best, found = close, other
        if found is not None and best >= MEETS:
            x.remove(item)
            y.remove(found)
            weight += _WEIGHTS.get(item.sort, 0.1) * (0.7 if _short(item) else 1.0)
            proper.append(best)
    if any(i.sort == "proper" for i in x) and any(i.sort == "proper" for i in y):
        joined = _take_joined(x, y) or _take_joined(y, x)
        if joined:
            weight += 1.0
            proper.append(joined)
    return weight, (sum(proper) / len(proper) if proper else 1.0)


def _short(item: Item) -> bool:
    return item.sort == "proper" and item.sounds is not None and item.sounds.consonants < 3


def _close(item: Item, other: Item) -> float:
    if item.ids and other.ids:
        if not item.ids.isdisjoint(other.ids):
            return 1.0
        return 0.9 if near_in_use(item.ids, other.ids) else 0.0
    if "proper" in (item.sort, other.sort) and item.sounds is not None and other.sounds is not None:
        found = closeness(item.sounds, other.sounds, True)
        if found < MEETS and (item.stem or other.stem):
            found = 0.98 * closeness(item.stem or item.sounds, other.stem or other.sounds, True)
        return found
    return 0.0


def _take_joined(x: Items, y: Items) -> float:
    """Two neighbouring words of one written together in the other: Al Fajr, Alfajr."""
    for n in range(len(x) - 1):
        first, second = x[n].sounds, x[n + 1].sounds
        if first is None or second is None:
            continue
        joined = together(first, second)
        for other in y:
            if (
                other.sort == "proper"
                and other.sounds is not None
                and (close := closeness(joined, other.sounds, True)) >= _WRITTEN_TOGETHER
            ):
                del x[n : n + 2]
                y.remove(other)
                return close
    return 0.0


def _telling(items: Items) -> Items:
    return [i for i in items if i.sort not in ("soft", "legal")]


def _conflict(left: Items, right: Items) -> str:
    for sort, said in (
        ("level", "another level"),
        ("kind", "another kind of body"),
        ("qualifier", "another qualifier"),
    ):
        one = next((i for i in left if i.sort == sort), None)
        other = next((i for i in right if i.sort == sort), None)
        if one is not None and other is not None:
            return f"{said}: {one.written}, {other.written}"
    return ""


def _translated_apart(left: Items, right: Items) -> bool:
    """True where the only words left are brigade and battalion: one word (كتيبة) is translated by both."""
    ids = [id_ for item in left + right for id_ in item.ids]
    return len(left) == len(right) == 1 and set(ids) <= {"brigade", "battalion"}


def _proper_differ(left: Items, right: Items, weight: float) -> tuple[float, str]:
    nearest = max(_close(p, q) for p in left for q in right)
    if nearest >= NEAR and weight:
        return 0.55, "the proper words are near, but not spellings of one"
    return min(0.4, 0.2 * weight), "other proper words"


def _one_says_more(left: Items, right: Items, weight: float) -> tuple[float, str]:
    more = left + right
    sorts = {i.sort for i in more}
    if left and right:
        return (0.5 if weight >= 1.0 else 0.3), "each holds words that the other leaves out"
    if "number" in sorts:
        return (0.6 if weight >= 1.0 else 0.4), "one holds a number, the other none"
    if sorts & {"qualifier", "proper", "known"}:
        return (0.6 if weight >= 1.0 else 0.4), "one holds a qualifier or a proper word that the other leaves out"
    if sorts == {"state"}:
        return (0.85 if weight >= 1.0 else 0.65), "one names its State, the other does not"
    return (0.82 if weight >= 1.0 and len(more) < 3 else 0.6), "one leaves out words for what kind of body it is"


def _why(a: UnitParts, b: UnitParts, ground: str) -> str:
    if (a.known and b.known) or a.letters or b.letters:
        return ground
    x, y = list(a.items), list(b.items)
    before = list(x), list(y)
    _take_meeting(x, y)
    met = [i.written for i in before[0] if i not in x]
    said = [ground]
    if met:
        said.append(f"met: {', '.join(met)}")
    if x:
        said.append(f"only in the first: {', '.join(i.written for i in x)}")
    if y:
        said.append(f"only in the second: {', '.join(i.written for i in y)}")
    return "; ".join(said)
