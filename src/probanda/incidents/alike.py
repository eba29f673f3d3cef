"""Accounts that rest on pictures that look alike: proposed as going back to one; only a person counts them as one.

An account rests on a picture or recording where its words are an observation or transcript of it, or were recognised on
it. Two that look alike may be one picture under two names, and then two accounts of one incident are one origin. That
is for a person to look at: a series from one camera looks alike too. Nothing here changes a count.

Start with `proposed`. Pure. Looks down to: kinship, model, shapes. Used by: casework (looks).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from probanda.incidents.kinship import Kinship, KinshipKind
from probanda.incidents.model import Account
from probanda.incidents.shapes import alike


@dataclass(frozen=True, slots=True, order=True)
class Picture:
    """A picture by which an item is compared: the item itself, or a key frame of a recording."""

    digest: str
    shape: str
    """32 hexadecimal digits."""
    time: str = ""
    """Of a key frame, where it stands in the recording."""


@dataclass(frozen=True, slots=True)
class LooksAlike:
    """Two pictures or recordings of one incident that look alike, with the accounts that rest on each."""

    kinship: Kinship
    left: tuple[str, ...]
    """Ids of the accounts that rest on `kinship.a`."""
    right: tuple[str, ...]
    times: tuple[str, str] = ("", "")
    """Where the two pictures stand in `a` and `b`; empty for a picture that is an item."""


WHY = "A picture of the two is nearly the same"


def proposed(
    accounts: Sequence[Account],
    rests_on: Mapping[str, str],
    pictures: Mapping[str, Sequence[Picture]],
    apart: Iterable[tuple[str, str]] = (),
) -> tuple[LooksAlike, ...]:
    """Pairs that look alike and whose accounts do not start in one place already, sorted by item.

    `rests_on`: item of an account -> picture or recording; `pictures`: what each of these is compared by; `apart`:
    pairs of items or claims that a person holds apart.
    """
    held: dict[str, list[Account]] = {}
    for one in accounts:
        if one.item is not None and one.item in rests_on:
            held.setdefault(rests_on[one.item], []).append(one)
    decided = tuple(apart)
    found = []
    for (a, b), (bits, times) in sorted(_near(held, pictures).items()):
        if len({one.origin for one in (*held[a], *held[b])}) > 1 and not _kept_apart(a, b, held, decided):
            kin = Kinship(a, b, KinshipKind.LOOKS_ALIKE, f"{WHY}: {bits} of 128 bits of their shapes differ.")
            left, right = (tuple(sorted(one.id for one in held[item])) for item in (a, b))
            found.append(LooksAlike(kin, left, right, times))
    return tuple(found)


def _near(
    held: Iterable[str], pictures: Mapping[str, Sequence[Picture]]
) -> dict[tuple[str, str], tuple[int, tuple[str, str]]]:
    """Pairs of items with pictures that look alike: of the nearest the bits that differ, and where they stand."""
    owners: dict[str, list[tuple[str, str]]] = {}
    shapes: dict[str, str] = {}
    for item in sorted(held):
        for one in sorted(pictures.get(item, ())):
            owners.setdefault(one.digest, []).append((item, one.time))
            shapes[one.digest] = one.shape
    pairs = [(0, owns[0], other) for owns in owners.values() for other in owns[1:]]
    pairs += [(near.apart, one, other) for near in alike(shapes) for one in owners[near.a] for other in owners[near.b]]
    found: dict[tuple[str, str], tuple[int, tuple[str, str]]] = {}
    for bits, left, right in sorted((bits, min(x, y), max(x, y)) for bits, x, y in pairs):
        if left[0] != right[0]:
            found.setdefault((left[0], right[0]), (bits, (left[1], right[1])))
    return found


def _kept_apart(a: str, b: str, held: Mapping[str, Sequence[Account]], apart: Sequence[tuple[str, str]]) -> bool:
    ends = [
        {item, *(one.item for one in held[item]), *(c for one in held[item] for c in one.claims)} for item in (a, b)
    ]
    return any((x in ends[0] and y in ends[1]) or (y in ends[0] and x in ends[1]) for x, y in apart)
