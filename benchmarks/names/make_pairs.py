"""Draw the pairs of the names benchmark from the families written by hand.

    python -m benchmarks.names.make_pairs [--check]

Reads `families.yaml` (its head tells the form), writes `pairs.csv` beside it; the same families always give the same
file. With `--check` nothing is written, and the exit code is 1 where the file differs. Families that contradict
themselves (one form for two bearers) are an error. Nothing of the product is imported: the gold must not lean on what
it measures. Start at `make`.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import yaml

HERE = Path(__file__).parent
COLUMNS = ("left", "right", "kind", "same", "group", "half")
KINDS = {"arabic": "person", "cultures": "person", "bodies": "unit", "places": "place"}
RELATIONS = ("siblings", "homonyms", "others")
KEYS = {"same", "short", "acronym", *RELATIONS}
SCRIPT_GROUPS = ("latin-latin", "arabic-latin", "arabic-arabic")

# How many pairs one family may give, so that no family outweighs the others.
SAME_PER_SCRIPT = {"latin-latin": 2, "arabic-latin": 2, "arabic-arabic": 1}  # for persons of Arabic names
SAME_ELSEWHERE = 3
SAME_PER_RELATIVE = 1
NOT_SAME_PER_RELATIVE = {"siblings": 2, "homonyms": 3, "others": 2}
LOOK_ALIKES_PER_SCRIPT = 1  # of each of the three script groups, for persons of Arabic names


@dataclass(frozen=True)
class Pair:
    """Two names as written and what a person says of them. `family` counts from 0 over the whole file."""

    left: str
    right: str
    kind: str
    same: str
    group: str
    family: int


class FamilyError(ValueError):
    """The families contradict themselves; the message names the form."""


def make(source: str) -> str:
    """The text of `pairs.csv` for the text of `families.yaml`."""
    sections: dict[str, list[dict[str, list]]] = yaml.safe_load(source)
    families = [(section, family) for section, listed in sections.items() for family in listed]
    check(family for _, family in families)
    pairs = [pair for number, (section, family) in enumerate(families) for pair in pairs_of(section, family, number)]
    halves = halved(pairs)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in sorted(pairs, key=lambda pair: (pair.group, pair.family)):
        writer.writerow((pair.left, pair.right, pair.kind, pair.same, pair.group, halves[pair.family]))
    return out.getvalue()


def plain(form: str) -> str:
    """A form without case, marks and punctuation: enough to see that one was given to two bearers."""
    decomposed = unicodedata.normalize("NFKD", form.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def check(families: Iterable[dict[str, list]]) -> None:
    """Raise FamilyError where a form stands twice or belongs to two bearers, or a key is unknown."""
    written: set[str] = set()
    bearers: dict[str, int] = {}
    bearer = 0
    for family in families:
        if unknown := set(family) - KEYS:
            raise FamilyError(f"Unknown keys {sorted(unknown)}; use {sorted(KEYS)}.")
        own = [*family["same"], *family.get("short", ()), *family.get("acronym", ())]
        for forms in (own, *(forms for relation in RELATIONS for forms in family.get(relation, ()))):
            bearer += 1
            for form in forms:
                if form in written:
                    raise FamilyError(f"{form!r} is written twice; leave one out.")
                written.add(form)
                if bearers.setdefault(plain(form), bearer) != bearer:
                    raise FamilyError(
                        f"{form!r} is also a form of another bearer; a name alone cannot tell them apart."
                    )


def pairs_of(section: str, family: dict[str, list], number: int) -> Iterator[Pair]:
    """All pairs one family gives; which forms are drawn follows from the family's own words alone."""
    chance = random.Random(family["same"][0])  # noqa: S311 - a repeatable draw, no secret
    kind = KINDS[section]

    def pair(left: str, right: str, same: str, relation: str) -> Pair:
        if chance.random() < 0.5:
            left, right = right, left
        return Pair(left, right, kind, same, group_of(section, relation, left, right), number)

    forms = family["same"]
    for left, right in drawn_same(section, forms, chance):
        yield pair(left, right, "same", "")
    for form in family.get("short", ()):
        yield pair(form, chance.choice(forms), "same", "")
    for form in family.get("acronym", ()):
        yield pair(form, forms[0], "same", "")
    for relation in RELATIONS:
        for relative in family.get(relation, ()):
            # Look-alikes of Arabic names are mostly one Latin and one Arabic form: enough of those already.
            most = 0 if section == "arabic" and relation == "others" else SAME_PER_RELATIVE
            for left, right in drawn(combinations(relative, 2), most, chance):
                yield pair(left, right, "same", "")
            for left, right in drawn_not_same(section, relation, list(product(forms, relative)), chance):
                yield pair(left, right, "not-same", relation)


def drawn_same(section: str, forms: list[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs among one bearer's forms; for Arabic names some of each script group."""
    every = list(combinations(forms, 2))
    if section != "arabic":
        yield from drawn(every, SAME_ELSEWHERE, chance)
        return
    for group, most in SAME_PER_SCRIPT.items():
        yield from drawn((both for both in every if script_group(*both) == group), most, chance)


def drawn_not_same(
    section: str, relation: str, every: list[tuple[str, str]], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Pairs of a bearer with another; look-alikes of Arabic names are told apart by script group."""
    if section != "arabic" or relation != "others":
        yield from drawn(every, NOT_SAME_PER_RELATIVE[relation], chance)
        return
    for group in SCRIPT_GROUPS:
        yield from drawn((both for both in every if script_group(*both) == group), LOOK_ALIKES_PER_SCRIPT, chance)


def drawn(every: Iterable[tuple[str, str]], most: int, chance: random.Random) -> list[tuple[str, str]]:
    """At most `most` of the pairs, those whose forms were used least first, so that all forms come into play."""
    left_over = list(every)
    chance.shuffle(left_over)
    used: Counter[str] = Counter()
    chosen: list[tuple[str, str]] = []
    while left_over and len(chosen) < most:
        best = min(left_over, key=lambda both: used[both[0]] + used[both[1]])
        left_over.remove(best)
        used.update(best)
        chosen.append(best)
    return chosen


def group_of(section: str, relation: str, left: str, right: str) -> str:
    """The group a pair is counted in."""
    if section != "arabic":
        return section
    return relation if relation in {"siblings", "homonyms"} else script_group(left, right)


def script_group(left: str, right: str) -> str:
    """One of SCRIPT_GROUPS; a form is Arabic when its first letter is."""
    return SCRIPT_GROUPS[is_arabic(left) + is_arabic(right)]


def is_arabic(form: str) -> bool:
    """Whether the first letter of a form is of the Arabic script."""
    first = next(letter for letter in form if letter.isalpha())
    return unicodedata.name(first).startswith("ARABIC")


def halved(pairs: list[Pair]) -> dict[int, str]:
    """A half for each family: the largest first, each where its groups are thinner; a family is never divided."""
    counts: dict[int, Counter[tuple[str, str]]] = {}
    for pair in pairs:
        counts.setdefault(pair.family, Counter())[pair.group, pair.same] += 1
    order = list(counts)
    random.Random("halves").shuffle(order)  # noqa: S311 - a repeatable draw, no secret
    order.sort(key=lambda family: -counts[family].total())
    halves: dict[int, str] = {}
    balance: Counter[tuple[str, str]] = Counter()  # development minus scored
    for family in order:
        lean = sum(balance[cell] * number for cell, number in sorted(counts[family].items()))
        halves[family] = "scored" if lean > 0 else "development"
        sign = 1 if halves[family] == "development" else -1
        for cell, number in counts[family].items():
            balance[cell] += sign * number
    return halves


def main() -> int:
    """The command line; 0 when written or equal, 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    args = parser.parse_args()
    target = HERE / "pairs.csv"
    text = make((HERE / "families.yaml").read_text(encoding="utf-8"))
    if args.check:
        return int(target.read_text(encoding="utf-8") != text)
    target.write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    for cell, number in sorted(Counter((row["group"], row["same"], row["half"]) for row in rows).items()):
        print(*cell, number)
    print(len(rows), "pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
