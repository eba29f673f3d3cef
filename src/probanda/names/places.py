"""Places: a curated gazetteer with spellings and containment, and a rule for the places it does not hold.

Start with `same_place` (are two written names one place?), then `lookup` (which places can a name
mean? several answers stay several) and `within` (does one lie in the other?). A qualifier parts
names: South X is not X; a word for the kind of place does not: the town of X is X.

Looks down to: folding, data/states.txt, data/places.txt. Used by: bodies, actors, incidents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from probanda.names.folding import frame, name_tokens, same_token, skeleton
from probanda.names.model import Form, NameComparison, Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the gazetteer."""

    id: str
    """Two letters for a State; `ly/tarhuna` for a place below one."""
    name: str
    kind: str
    """state, region, governorate, district, city, town, village, camp, site."""
    parent: str | None
    """Id of the place it lies in; None for States and where the question is open."""
    country: str | None
    """Id of the State; None where the gazetteer takes no position."""
    forms: tuple[str, ...]
    """All written forms, its name first."""


@dataclass(frozen=True, slots=True)
class State:
    """A State with the words for its nationals."""

    id: str
    name: str
    forms: tuple[str, ...]
    adjectives: tuple[str, ...]


_SETTLEMENT = frozenset({"city", "town", "village", "municipality", "hamlet", "commune"})
"""Words for the kind of place that add nothing when one place bears the name: the town of X is X."""


_AREA = frozenset(
    {"state", "province", "region", "governorate", "district", "county", "oblast", "wilaya", "department", "prefecture"}
)
"""Words for the kind of area; they may follow the name of one in the gazetteer: a town's province is another thing."""

_PARTS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "downtown", "greater"}
    | {
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
    }
)
"""Words before a name that pick out a part of the place (what the gazetteer holds, as South Sudan, comes first)."""
_ARABIC = re.compile("[\u0621-\u064a]")


@lru_cache(maxsize=65536)
def place_words(words: str) -> tuple[str, ...]:
    """The folded names of a place, without `the`, `city of`, `town` and the like, and without what follows a comma."""
    first = re.split(r"[,،(]", words, maxsplit=1)[0]
    tokens = list(name_tokens(first)) or list(name_tokens(words))
    if tokens[:1] == ["the"] and len(tokens) > 1:
        tokens = tokens[1:]
    if len(tokens) > 2 and tokens[0] in _SETTLEMENT and tokens[1] == "of":
        tokens = tokens[2:]
    elif len(tokens) > 1 and tokens[0] in _SETTLEMENT:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[-1] in _SETTLEMENT:
        tokens = tokens[:-1]
    return tuple(tokens)


@lru_cache(maxsize=65536)
def lookup(words: str) -> tuple[Place, ...]:
    """The places of the gazetteer that these words can mean, by id; none and several are answers too.

    `Tripoli, Lebanon` keeps only the readings that lie in what stands after the comma, if that is known.
    """
    found = _find(name_tokens(words)) or _find(place_words(words)) or _loosely(place_words(words))
    after = re.split(r"[,،]", words, maxsplit=1)[1:]
    if after and len(found) > 1:
        holders = {p.id for p in lookup(after[0])}
        narrowed = tuple(p for p in found if holders & set(chain(p.id)))
        found = narrowed or found
    return found


def _find(tokens: tuple[str, ...]) -> tuple[Place, ...]:
    return _gazetteer().index.get(tokens, ())


def _loosely(tokens: tuple[str, ...]) -> tuple[Place, ...]:
    """`X province` where X is an area, and `State's X` where X lies in the State."""
    if len(tokens) > 1 and tokens[-1] in _AREA:
        areas = tuple(p for p in _find(tokens[:-1]) if p.kind in ("region", "governorate", "district"))
        if areas:
            return areas
    for size in range(1, min(4, len(tokens))):
        holders = {p.id for p in _find(tokens[:size]) if p.kind == "state"}
        inner = _find(tokens[size:]) or (_loosely(tokens[size:]) if holders else ())
        held = tuple(p for p in inner if holders & set(chain(p.id)))
        if held:
            return held
    return ()


def in_arabic(*kinds: str) -> tuple[str, ...]:
    """Every spelling in Arabic letters of the places of these kinds (`city`, `town`, `region` ...), in order of ids."""
    held = sorted(_gazetteer().places.values(), key=lambda p: p.id)
    return tuple(form for p in held if p.kind in kinds for form in p.forms if _ARABIC.search(form))


def by_id(place: str) -> Place | None:
    """The place with this id, or None."""
    return _gazetteer().places.get(place)


def within(a: str, b: str) -> bool | None:
    """Does `a` lie in `b` (both ids or written names)? A place lies in itself. None where nobody here can tell.

    None also where a name has several readings that answer differently. `Southern X`, where that is no place of
    its own in the gazetteer, is a part of X.
    """
    tokens = place_words(a)
    if not _readings(a) and len(tokens) > 1 and tokens[0] in _PARTS:
        whole = " ".join(tokens[1:])
        if same_place(whole, b).verdict in (Verdict.SAME, Verdict.COMPATIBLE):
            return True
        return within(whole, b) or None
    answers = {y.id in chain(x.id) for x in _readings(a) for y in _readings(b)}
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=65536)
def same_place(a: str, b: str) -> NameComparison:
    """Compare two written names of places.

    `same`: one reading in the gazetteer, or (for places it does not hold) spellings of one sufficiently long
    name. `compatible`: the same words with several readings. `different`: other places, or a qualifier parts them.
    """
    left, right = lookup(a), lookup(b)
    if left and right:
        return _known(left, right)
    return _unknown(place_words(a), place_words(b))


def _unknown(x: tuple[str, ...], y: tuple[str, ...]) -> NameComparison:
    """Compare names of which the gazetteer does not hold both."""
    if not x or not y:
        return NameComparison(Verdict.OPEN, "one names no place")
    if x == y:
        return NameComparison(Verdict.SAME, "the same name", Form.FULL)
    if len(x) != len(y) and (set(x) < set(y) or set(y) < set(x)):
        return NameComparison(Verdict.DIFFERENT, "one bears a qualifier that the other does not")
    if len(x) != len(y) or not all(same_token(p, q) for p, q in zip(x, y, strict=True)):
        return NameComparison(Verdict.DIFFERENT, "the names differ")
    spelt_apart = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
    if all(_long_enough(p, q) for p, q in spelt_apart) or (
        # A short generic word beside a long name (Wadi, Ouadi; Beni, Bani) agrees by more than chance.
        any(_long_enough(p, q) for p, q in spelt_apart) and sum(len(frame(p).consonants) for p in x) >= _CONSONANTS
    ):
        return NameComparison(Verdict.SAME, "spellings of one name", Form.FULL)
    return NameComparison(Verdict.OPEN, "spellings that may be one name, too short to tell")


@lru_cache(maxsize=65536)
def place_key(words: str) -> str:
    """The block key of a written place name: names that `same_place` may join have equal keys."""
    found = lookup(words)
    return found[0].id if len(found) == 1 else " ".join(skeleton(t) for t in place_words(words))


def states() -> tuple[State, ...]:
    """All States of the gazetteer, by id."""
    return _gazetteer().states


def _known(left: tuple[Place, ...], right: tuple[Place, ...]) -> NameComparison:
    shared = [p for p in left if p in right]
    if not shared:
        return NameComparison(Verdict.DIFFERENT, f"the gazetteer has two places: {left[0].name} and {right[0].name}")
    if len(left) == len(right) == 1:
        return NameComparison(Verdict.SAME, f"both are names of {shared[0].name} in the gazetteer", Form.FULL)
    readings = ", ".join(p.id for p in shared)
    return NameComparison(Verdict.COMPATIBLE, f"a name with several readings in the gazetteer: {readings}", Form.FULL)


_CONSONANTS = 5
"""Consonants of a whole name that make agreement by chance unlikely."""


def _long_enough(a: str, b: str) -> bool:
    """Three consonants, or five letters: below that, chance makes spellings agree."""
    return min(len(frame(a).consonants), len(frame(b).consonants)) >= 3 or min(len(a), len(b)) >= 5


def _readings(name: str) -> tuple[Place, ...]:
    place = by_id(name)
    return (place,) if place else lookup(name)


def chain(place: str) -> Iterator[str]:
    """The id of a place and of what it lies in, outwards."""
    current: str | None = place
    while current is not None:
        yield current
        found = by_id(current)
        current = found.parent if found else None


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    places: dict[str, Place]
    index: dict[tuple[str, ...], tuple[Place, ...]]
    states: tuple[State, ...]


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    places: dict[str, Place] = {}
    nations: list[State] = []
    for id_, name, others, capital, adjectives, arabic in _lines("states.txt", 6):
        forms = _forms(name, others, arabic)
        places[id_] = Place(id_, name, "state", None, id_, forms)
        nations.append(State(id_, name, forms, _forms(adjectives)))
        if capital:
            spellings = _forms(capital)
            places[f"{id_}/capital"] = Place(f"{id_}/capital", spellings[0], "city", id_, id_, spellings)
    for id_, kind, parent, names, arabic in _lines("places.txt", 5):
        forms = _forms(names, arabic)
        country = id_.split("/")[0] if parent else None
        places[id_] = Place(id_, forms[0], kind, parent or None, country, forms)
    index: dict[tuple[str, ...], dict[str, Place]] = {}
    for place in sorted(places.values(), key=lambda p: p.id):
        for form in place.forms:
            index.setdefault(name_tokens(form), {})[place.id] = place
            index.setdefault(place_words(form), {})[place.id] = place
    return _Gazetteer(
        places,
        {key: tuple(found.values()) for key, found in index.items() if key},
        tuple(sorted(nations, key=lambda s: s.id)),
    )


def _forms(*fields: str) -> tuple[str, ...]:
    return tuple(form for field in fields for form in field.split(";") if form)


def _lines(name: str, columns: int) -> Iterator[list[str]]:
    text = files("probanda.names").joinpath(f"data/{name}").read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        row = [cell.strip() for cell in line.split("|")]
        if len(row) != columns:
            raise ValueError(
                f"names/data/{name}, line {number}: {len(row)} fields where {columns} are due; mend the line."
            )
        yield row
