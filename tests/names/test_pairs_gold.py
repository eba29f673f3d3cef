"""The gold of the names benchmark is what its families say, in its form, and its halves share no bearer.

Looks down to: benchmarks/names (families.yaml, make_pairs.py, pairs.csv). Used by: `make check`.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml
from benchmarks.names.make_pairs import COLUMNS, FamilyError, make

FOLDER = Path(__file__).parents[2] / "benchmarks" / "names"
GROUPS = {
    "latin-latin", "arabic-latin", "arabic-arabic", "siblings", "homonyms", "cultures", "bodies", "places",
}  # fmt: skip
SOURCE = (FOLDER / "families.yaml").read_text(encoding="utf-8")

TWO_BROTHERS = """
arabic:
- same: [Salim Darras, Saleem Darras, سليم دراس]
  siblings: [[Nabil Darras, نبيل دراس]]
"""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (FOLDER / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_is_what_the_families_make() -> None:
    assert (FOLDER / "pairs.csv").read_text(encoding="utf-8") == make(SOURCE)


def test_columns_and_values_are_the_known_ones(rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == COLUMNS
    assert all(row["left"].strip() and row["right"].strip() for row in rows)
    assert {row["kind"] for row in rows} == {"person", "unit", "place"}
    assert {row["same"] for row in rows} == {"same", "not-same"}
    assert {row["group"] for row in rows} == GROUPS
    assert {row["half"] for row in rows} == {"development", "scored"}


def test_there_are_enough_pairs_of_each_group_in_both_halves(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= 1_500
    assert 0.45 < sum(row["same"] == "same" for row in rows) / len(rows) < 0.55
    assert 0.45 < sum(row["half"] == "scored" for row in rows) / len(rows) < 0.55
    for same in ("same", "not-same"):
        cells = Counter((row["group"], row["half"]) for row in rows if row["same"] == same)
        for group in GROUPS - ({"siblings", "homonyms"} if same == "same" else set()):
            assert min(cells[group, "development"], cells[group, "scored"]) >= 15, (group, same)


def test_no_pair_stands_twice_in_either_order(rows: list[dict[str, str]]) -> None:
    pairs = Counter(frozenset((row["left"], row["right"])) for row in rows)
    assert [pair for pair, number in pairs.items() if number > 1 or len(pair) == 1] == []


def test_no_family_stands_in_both_halves(rows: list[dict[str, str]]) -> None:
    family_of = {
        form: number
        for number, family in enumerate(family for listed in yaml.safe_load(SOURCE).values() for family in listed)
        for form in forms_of(family)
    }
    assert all(family_of[row["left"]] == family_of[row["right"]] for row in rows)
    halves = {(family_of[row["left"]], row["half"]) for row in rows}
    assert len(halves) == len({family for family, _ in halves})


def test_a_brother_is_another_bearer_and_a_spelling_is_not() -> None:
    made = list(csv.DictReader(make(TWO_BROTHERS).splitlines()))
    brother = {"Nabil Darras", "نبيل دراس"}
    for row in made:
        of_both = (row["left"] in brother) != (row["right"] in brother)
        assert row["same"] == ("not-same" if of_both else "same")
        assert (row["group"] == "siblings") == of_both
    assert {row["same"] for row in made} == {"same", "not-same"}


@pytest.mark.parametrize("relative", ["SALIM DARRAS", "Salím Darras"])
def test_one_form_for_two_bearers_is_refused(relative: str) -> None:
    with pytest.raises(FamilyError, match="another bearer"):
        make(TWO_BROTHERS.replace("Nabil Darras", relative))


def test_a_key_nobody_knows_is_refused() -> None:
    with pytest.raises(FamilyError, match="cousins"):
        make(TWO_BROTHERS.replace("siblings", "cousins"))


def forms_of(family: dict[str, list]) -> set[str]:
    """Every form one family lists, whatever key it stands under."""
    forms: set[str] = set()
    for listed in family.values():
        for entry in listed:
            forms.update([entry] if isinstance(entry, str) else entry)
    return forms
