"""Which names are worth comparing: keys that names of one bearer share, so that nothing compares all with all.

A full name of a person has keys of two parts each: two names that `compare` may call the same share two parts. A bare
name has one key and meets bare names alone: whether Haftar is Khalifa Haftar is for the texts to tell. Blocks above
a cap are left out, and named.

Start with `candidates`; `keys` gives those of one name.

Looks down to: compare. Used by: actors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probanda.names.compare import Prepared
from probanda.names.parts import Part, PersonParts
from probanda.names.place_parts import PlaceParts
from probanda.names.unit_parts import UnitParts

CAP = 2_000
"""Most names of one side in a block; a key that more share tells too little."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block above the cap, that was not compared."""

    key: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs worth comparing, as positions in the two sequences."""

    left: tuple[tuple[str, ...], ...]
    """Keys of each name of the left side."""
    blocks: dict[str, list[int]]
    """Names of the right side by key."""
    left_out: tuple[LeftOut, ...]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each pair once, in the order of the left side; within it, of its keys."""
        for n, own in enumerate(self.left):
            seen: set[int] = set()
            for key in own:
                for m in self.blocks.get(key, ()):
                    if m not in seen:
                        seen.add(m)
                        yield n, m


def candidates(left: Sequence[Prepared], right: Sequence[Prepared], cap: int = CAP) -> Candidates:
    """The pairs that share a key; blocks with more than `cap` names on a side are left out and listed."""
    own = [keys(name) for name in left]
    sizes: dict[str, int] = {}
    for some in own:
        for key in some:
            sizes[key] = sizes.get(key, 0) + 1
    blocks: dict[str, list[int]] = {}
    for m, name in enumerate(right):
        for key in keys(name):
            if key in sizes:
                blocks.setdefault(key, []).append(m)
    large = sorted(key for key, names in blocks.items() if len(names) > cap or sizes[key] > cap)
    left_out = tuple(LeftOut(key, sizes[key], len(blocks.pop(key))) for key in large)
    return Candidates(tuple(own), blocks, left_out)


def keys(name: Prepared) -> tuple[str, ...]:
    """The blocking keys of a prepared name, few and sorted; empty for words that hold no name."""
    if isinstance(name, PersonParts):
        found = _person_keys(name)
    elif isinstance(name, UnitParts):
        found = _unit_keys(name)
    else:
        found = _place_keys(name)
    return tuple(sorted(found))


def _person_keys(name: PersonParts) -> set[str]:
    parts = [p for p in name.parts if not p.initial]
    found = {key for other in name.others for key in _person_keys(other)}
    if len(parts) == 1:
        return found | set(_coarse(parts[0]))
    if len(parts) > 1:
        first, second, last = parts[0], parts[1], parts[-1]
        for p, q in ((first, last), (first, second), (second, last)):
            if p is not q:
                found.update(_two(one, other) for one in _coarse(p) for other in _coarse(q))
    if len(parts) == 3 and not name.arabic:  # written apart and together: Jin Ping, Jinping
        a, b, c = (p.sounds.key for p in parts)
        found |= {_two(a, b + c), _two(a + b, c)}
    return found


def _two(one: str, other: str) -> str:
    return f"{one}+{other}" if one <= other else f"{other}+{one}"


def _coarse(part: Part) -> tuple[str, ...]:
    heard = [part.sounds, *part.also]
    return tuple(dict.fromkeys(key for one in heard for key in (one.key, one.other_key)))


def _unit_keys(name: UnitParts) -> set[str]:
    found = {key for other in name.others for key in _unit_keys(other)}
    if name.known:
        found.add(f"body {name.known}")
    if name.letters:
        found.add(f"letters {''.join(sorted(name.letters))}")
        return found
    found |= {f"letters {''.join(sorted(letters))}" for letters in name.initials if len(letters) > 2}
    if len(name.sorted_initials) > 2:
        found.add(f"letters {name.sorted_initials}")
    proper = {f"word {item.sounds.key}" for item in name.items if item.sort == "proper" and item.sounds is not None}
    numbers = {f"number {id_}" for item in name.items if item.sort == "number" for id_ in item.ids}
    if not proper and not numbers:
        ideas = sorted(min(item.ids) for item in name.items if item.sort in ("level", "kind", "qualifier"))
        found.add(f"ideas {' '.join(ideas)}")
    return found | proper | numbers


def _place_keys(name: PlaceParts) -> set[str]:
    found = {f"place {id_}" for id_ in name.gazetteer}
    if name.exonym is not None:
        found.add(f"exonym {name.exonym}")
    frame = "".join(part.frame for part in name.proper)
    if frame:
        found.add(f"sound {frame}")
    return found
