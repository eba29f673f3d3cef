"""The pack against a table of facts (`outline.yaml`): ids, titles, families, conflicts, numbers and endings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from probanda.law import load
from probanda.law.model import Crime

OUTLINE: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "outline.yaml").read_text(encoding="utf-8"))
FACTS = {fact["id"]: fact for fact in OUTLINE["crimes"]}
PACK = load()


def test_the_outline_has_103_crimes_with_485_elements_counted():
    assert len(OUTLINE["crimes"]) == len(FACTS) == 103
    assert sum(f["elements"] is not None for f in FACTS.values()) == 96
    assert sum(f["elements"] or 0 for f in FACTS.values()) == 485


def test_the_pack_holds_every_crime_of_the_statute_and_no_other_in_its_order():
    held = [c.id for c in PACK.crimes]
    assert [i for i in FACTS if i not in held] == [], "missing"
    assert held == list(FACTS)


@pytest.mark.parametrize("crime", PACK.crimes, ids=lambda c: c.id)
def test_every_crime_agrees_with_the_outline(crime: Crime):
    fact = FACTS[crime.id]
    got = (crime.family, crime.conflict or "-", crime.since, crime.title)
    assert got == (fact["family"], fact["conflict"], fact["since"], fact["title"])
    assert crime.unchecked == (fact["elements"] is None)
    if fact["elements"] is not None:
        assert [e.no for e in crime.elements] == list(range(1, fact["elements"] + 1))


@pytest.mark.parametrize("crime", [c for c in PACK.crimes if c.elements], ids=lambda c: c.id)
def test_every_crime_ends_as_its_family_does(crime: Crime):
    wanted = OUTLINE["endings"][crime.family][crime.conflict or "-"]
    keys = [e.common_key for e in crime.elements]
    assert keys[len(keys) - len(wanted) :] == wanted
    others = {key for by in OUTLINE["endings"].values() for ending in by.values() for key in ending}
    assert not others & set(keys[: len(keys) - len(wanted)])


@pytest.mark.parametrize("crime", PACK.crimes, ids=lambda c: c.id)
def test_every_element_says_what_could_undermine_it_and_which_provision_it_restates(crime: Crime):
    for element in crime.elements:
        assert len(element.undermine) > 10 and element.article.startswith("art. "), element.no


def test_every_mode_has_all_its_parts():
    assert {m.id: len(m.elements) for m in PACK.modes} == OUTLINE["modes"]
    assert all(e.undermine for m in PACK.modes for e in m.elements)


def test_every_ground_that_excludes_responsibility_is_listed():
    assert [e.id for e in PACK.exclusions] == OUTLINE["exclusions"]


def test_the_page_on_the_pack_counts_what_the_pack_holds():
    page = (Path(__file__).resolve().parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
    checked = [c for c in PACK.crimes if not c.unchecked]
    pairs = sum(c.twin is not None for c in PACK.crimes) // 2
    assert f"| {len(PACK.crimes)}: " in page and f"{pairs} pairs" in page
    assert f"{sum(len(c.elements) for c in checked)} of the {len(checked)} crimes" in page
    assert f"| modes of liability | {len(PACK.modes)}: " in page
    assert f"| grounds that exclude responsibility | {len(PACK.exclusions)}: " in page
