"""Compare two prepared names of persons.

The rule: given and family name meet, and nothing between them contradicts. Another given name, or another
father's name, speaks against, however rare the family name is: brothers and sons are the costly error. A part that
one name leaves out leaves the question open, unless what is there is rare enough to tell. The same parts in another
order are the same name, but for given names alone: Ali Hassan is the son of Hassan, Hassan Ali the son of Ali.

Start with `compare_people`.

Looks down to: parts, sounds, model. Used by: compare.
"""

from __future__ import annotations

from functools import partial

from rapidfuzz.distance import Levenshtein

from probanda.names.model import SAME_FROM, Match
from probanda.names.parts import Part, PersonParts
from probanda.names.sounds import MEETS, NEAR, closeness, together

Parts = tuple[Part, ...]

_ENOUGH = 1.3
"""How much the parts that meet must tell together where the family name of one is left out."""
_RARE = 0.75
"""How much a bare name must tell to be proposed as one with its like."""
_LITTLE = 0.8
"""Two names whose meeting parts tell no more than this are borne by many: a missing part leaves them open."""


def compare_people(a: PersonParts, b: PersonParts) -> Match:
    """Compare two prepared names; symmetric. Names given beside the main one (nicknames, alias) are tried too."""
    value, ground = _compared(a, b)
    if value < SAME_FROM and (a.others or b.others):
        met = [(x is a or y is b) for x in (a, *a.others) for y in (b, *b.others) if _compared(x, y)[0] >= SAME_FROM]
        if any(met) or (met and value >= NEAR):
            value, ground = 0.85, "a name given beside the main one is the name of the other"
        elif met:
            value, ground = 0.6, "by-names meet, the main names do not"
    return Match(value, partial(_why, a, b, ground))


def _compared(a: PersonParts, b: PersonParts) -> tuple[float, str]:
    if a.words > b.words:
        a, b = b, a  # the same answer whichever stands first
    arabic = a.arabic or b.arabic
    x, y = a.parts, b.parts
    if len(x) > len(y):
        x, y = y, x
    if not x or a.unread != b.unread:
        return 0.5, "one holds no name in a script that is read"
    value, ground = _bare(x[0], y, arabic) if len(x) == 1 else _full(x, y, arabic)
    if value < SAME_FROM:
        joined = _joined(x, y, arabic)
        if joined is not None:
            x, y = joined if len(joined[0]) <= len(joined[1]) else joined[::-1]
            other = _bare(x[0], y, arabic) if len(x) == 1 else _full(x, y, arabic)
            value, ground = max((value, ground), other)
    if value >= NEAR and a.generation != b.generation:
        if a.generation and b.generation:
            return 0.2, f"one is the {a.generation}, one the {b.generation}"
        return min(value, 0.6), f"only one is called the {a.generation or b.generation}"
    return value, ground


def part_closeness(p: Part, q: Part, arabic: bool) -> float:
    """Closeness of two parts, 0..1: two different known given names do not meet, whatever they sound like."""
    if p.initial or q.initial:
        return 0.75 if p.sounds.text[:1] == q.sounds.text[:1] or p.sounds.key[:1] == q.sounds.key[:1] else 0.0
    if p.given and q.given:
        if not p.given.isdisjoint(q.given):
            return 1.0 if p.given == q.given else 0.85
        return 0.3
    found = closeness(p.sounds, q.sounds, arabic)
    if found < MEETS and (p.also or q.also):
        for one in (p.sounds, *p.also):
            for other in (q.sounds, *q.also):
                found = max(found, closeness(one, other, arabic))
    return found


def _bare(name: Part, other: Parts, arabic: bool) -> tuple[float, str]:
    last = part_closeness(name, other[-1], arabic)
    if len(other) == 1:
        return _two_bare(name, other[0], last)
    if last >= MEETS:
        return 0.6, "a bare family name that the full name bears"
    if any(part_closeness(name, part, arabic) >= MEETS for part in other[:-1]):
        return 0.55, "a bare name that stands in the full name"
    if name.kunya:
        return 0.5, "a by-name and a full name"
    if last >= NEAR:
        return 0.5, "a bare name near to one in the full name"
    return 0.1, "the full name does not bear the bare one"


def _two_bare(name: Part, other: Part, close: float) -> tuple[float, str]:
    if close >= MEETS:
        as_written = closeness(name.sounds, other.sounds, True) >= MEETS  # a wife's form of the name is not his
        if as_written and name.tells >= _RARE and other.tells >= _RARE and not name.initial:
            return 0.7 + 0.2 * close, "one bare name, rare enough to tell"
        return 0.65, "one bare name that many bear"
    if close >= NEAR or name.kunya or other.kunya or bool(name.given) != bool(other.given):
        return 0.5, "two bare names: one may be given, family or by-name of the other"
    return 0.15, "two bare names that differ"


def _full(short: Parts, long: Parts, arabic: bool) -> tuple[float, str]:
    given = part_closeness(short[0], long[0], arabic)
    family = part_closeness(short[-1], long[-1], arabic)
    if given >= MEETS and family >= MEETS:
        return _both_meet(short, long, arabic, given, family)
    if family >= MEETS:
        return _family_meets(short, long, arabic, given)
    if given >= MEETS:
        return _given_meets(short, long, arabic, family)
    return _other_order(short, long, arabic)


def _both_meet(short: Parts, long: Parts, arabic: bool, given: float, family: float) -> tuple[float, str]:
    between, others = short[1:-1], long[1:-1]
    if between and not _stand_in(between, others, arabic):
        nearest = max(part_closeness(p, q, arabic) for p in between for q in others)
        if nearest >= NEAR and len(between) == 1:
            return 0.6, "the names between them are near, but not spellings of one"
        return 0.4, "given and family name meet, but other names stand between them"
    if arabic and between and len(between) < len(others) and part_closeness(between[0], others[0], arabic) < MEETS:
        return 0.6, "given and family name meet, but another father's name stands in one, or one leaves it out"
    if short[0].initial or long[0].initial:
        full_between = any(not p.initial for p in between)
        return (0.82, "names between and family name meet, the initial agrees") if full_between else (
            0.65, "the family name meets, of the given name one has an initial only")  # fmt: skip
    if len(short) < len(long) and short[0].tells + short[-1].tells <= _LITTLE:
        return 0.65, "given and family name meet, but many bear both, and one leaves out other names"
    tells = short[0].tells + short[-1].tells
    value = (given * short[0].tells + family * short[-1].tells) / tells
    return SAME_FROM + 0.2 * max(0.0, (value - MEETS) / (1 - MEETS)), "given and family name meet"


def _family_meets(short: Parts, long: Parts, arabic: bool, given: float) -> tuple[float, str]:
    if len(short) < len(long) and _stand_in(short, long, arabic):
        return 0.55, "the first name of the longer is missing in the shorter: a parent, or a short form"
    if given >= NEAR and not (short[0].given and long[0].given):
        return 0.55, "the family name meets, the given names are near"
    return 0.25, "the family name meets, the given names differ"


def _given_meets(short: Parts, long: Parts, arabic: bool, family: float) -> tuple[float, str]:
    size = len(short)
    if size < len(long) and _stand_in(short, long, arabic):
        beginning = all(part_closeness(p, q, arabic) >= MEETS for p, q in zip(short, long[:size], strict=True))
        tells = [p.tells for p in short]
        # Given and family name stand first where names do not go on with father and grandfather.
        family_second = bool(short[0].given) and not arabic
        enough = sum(tells) >= _ENOUGH and (max(tells) >= 1.0 or family_second)
        if beginning and enough and not any(p.initial for p in short):
            return 0.83, "the shorter is the beginning of the longer, and rare enough to tell"
        return 0.6, "the shorter stands in the longer, whose last name it leaves out"
    if family >= NEAR:
        return 0.55, "the given name meets, the family names are near"
    if size > 2 and _stand_in(short[:-1], long[:-1], arabic):
        return 0.45, "given and father's name meet, the last names differ"
    return 0.3, "the given name meets, the other names differ"


def _other_order(short: Parts, long: Parts, arabic: bool) -> tuple[float, str]:
    places = _anywhere(short, long, arabic)
    met = sum(place is not None for place in places)
    if met < len(short):
        return 0.3 * met / len(short), "given and family name differ"
    # `bin`, written apart or on to the name, says which of the two is the father.
    said = any(p.of_father or p.also for p in (*short, *long)) and len(short) == len(long)
    if arabic and (said or all(p.given for p in short)):
        return (0.4 if said else 0.6), "the same names in another order: father and son change places"
    if len(short) < len(long):
        family_first = places[0] == len(long) - 1 and places[1] == 0 and short[0].tells >= 1.0
        # Putin Vladimir Vladimirovich beside Vladimir Putin: family, given and father's name.
        family_first = family_first or (places == [1, 0] and short[1].tells >= 1.0)
        if family_first:
            return 0.82, "the same names, family name first in one"
        return 0.6, "the names of the shorter stand in the longer in another order"
    if not arabic or _turned(places):
        return 0.88, "the same names, family name first in one"
    return 0.6, "the same names in another order"


def _turned(places: list[int | None]) -> bool:
    """True when the last name or names come first, or the order is the reverse."""
    size = len(places)
    return places[::-1] == list(range(size)) or any([*range(n, size), *range(n)] == places for n in range(1, size))


def _stand_in(short: Parts, long: Parts, arabic: bool) -> bool:
    """True when the parts of the shorter stand in the longer in the same order."""
    rest = iter(long)
    return all(any(part_closeness(p, q, arabic) >= MEETS for q in rest) for p in short)


def _anywhere(short: Parts, long: Parts, arabic: bool) -> list[int | None]:
    """For each part of the shorter its place in the longer, each place taken once; None where none meets."""
    free = list(range(len(long)))
    places: list[int | None] = []
    for part in short:
        best = max(free, key=lambda n: (part_closeness(part, long[n], arabic), -n), default=None)
        if best is not None and part_closeness(part, long[best], arabic) >= MEETS:
            free.remove(best)
            places.append(best)
        else:
            places.append(None)
    return places


def _joined(x: Parts, y: Parts, arabic: bool) -> tuple[Parts, Parts] | None:
    """Two neighbouring parts of one as one part, where the other writes them together: Jin Ping and Jinping."""
    for one, other, turned in ((x, y, False), (y, x, True)):
        for n in range(len(one) - 1):
            if one[n].initial or one[n + 1].initial:
                continue
            heard = together(one[n].sounds, one[n + 1].sounds)
            for part in other:
                near = Levenshtein.distance(part.sounds.frame, heard.frame, score_cutoff=1) <= 1
                if near and closeness(heard, part.sounds, arabic) >= MEETS:
                    written = f"{one[n].written} {one[n + 1].written}"
                    whole = Part(heard.text, written, heard, (), part.given, part.tells)
                    joined = (*one[:n], whole, *one[n + 2 :])
                    return (other, joined) if turned else (joined, other)
    return None


def _why(a: PersonParts, b: PersonParts, ground: str) -> str:
    arabic = a.arabic or b.arabic
    x, y = a.parts, b.parts
    places = _anywhere(x, y, arabic)
    if None in places and (joined := _joined(x, y, arabic)):
        x, y = joined
        places = _anywhere(x, y, arabic)
    taken = {place for place in places if place is not None}
    met = [_pair(p, y[n]) for p, n in zip(x, places, strict=True) if n is not None]
    left = [p.written for p, n in zip(x, places, strict=True) if n is None]
    right = [q.written for n, q in enumerate(y) if n not in taken]
    said = [ground]
    if met:
        said.append(f"met: {', '.join(met)}")
    if left:
        said.append(f"only in the first: {', '.join(left)}")
    if right:
        said.append(f"only in the second: {', '.join(right)}")
    return "; ".join(said)


def _pair(p: Part, q: Part) -> str:
    return p.written if p.written == q.written else f"{p.written} = {q.written}"
