"""How well what belongs together was put together: names to one bearer, claims to one incident, copies to one origin.

Start with `b_cubed`, for things that are put into groups, then `pairs_found`, for pairs. Both are given what people
found and what was proposed; neither looks at words.

B-cubed asks of each thing alone: of those grouped with it, how many belong there (precision); of those that belong with
it, how many are there (recall); and takes the mean over all things (Bagga and Baldwin 1998). What was not grouped at
all counts as a group of its own.

Looks down to: nothing. Used by: casework (evaluate).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How one kind of grouping agrees with what people found."""

    kind: str
    precision: float | None
    """None where the gold names only some of what there is, so that nobody can tell what is wrong."""
    recall: float
    expected: int
    """Things, or pairs, that people named."""

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None without precision."""
        if self.precision is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(kind: str, expected: Mapping[Thing, str], proposed: Mapping[Thing, str]) -> Grouping:
    """Groups by name against groups by name, over the things that people have grouped."""
    given = {thing: ("alone", thing) if thing not in proposed else ("with", proposed[thing]) for thing in expected}
    theirs, ours = Counter(expected.values()), Counter(given.values())
    both = Counter((expected[thing], given[thing]) for thing in expected)
    # Summed by group: each of the `n` things that share both groups has `n` right companions.
    right = sum(n * n / ours[group] for (_, group), n in sorted(both.items(), key=repr))
    found = sum(n * n / theirs[group] for (group, _), n in sorted(both.items(), key=repr))
    many = len(expected)
    return Grouping(
        kind=kind, precision=right / many if many else 1.0, recall=found / many if many else 1.0, expected=many
    )


def pairs_found(kind: str, expected: Set[frozenset[Thing]], proposed: Set[frozenset[Thing]]) -> Grouping:
    """Pairs against pairs."""
    right = len(expected & proposed)
    precision = right / len(proposed) if proposed else float(not expected)
    recall = right / len(expected) if expected else 1.0
    return Grouping(kind=kind, precision=precision, recall=recall, expected=len(expected))


def share_found(kind: str, found: int, expected: int) -> Grouping:
    """Recall alone: so many were found, of so many."""
    return Grouping(kind=kind, precision=None, recall=found / expected if expected else 1.0, expected=expected)
