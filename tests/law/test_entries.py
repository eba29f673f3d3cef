"""Each entry of the pack, one by one: what an element must say of itself, and that every print carries its warning."""

from __future__ import annotations

import re

import pytest

from probanda.law import load
from probanda.law.bearing import bearing
from probanda.law.inforce import has_a_rule_of_its_own
from probanda.law.model import NOT_OFFICIAL, Crime, Mode
from probanda.law.pack import TYPES
from probanda.law.pointing import offered
from probanda.law.telling import compared, crime_row, mode_row, shown, small_row, whole
from probanda.matrix.looks import LOOKS

PACK = load()
OWNERS: tuple[Crime | Mode, ...] = (*PACK.crimes, *PACK.modes)
SENTENCE = re.compile(r"(\(a\) )?[A-Z\"“].*[.!?]", re.DOTALL)


@pytest.mark.parametrize("owner", OWNERS, ids=lambda o: o.id)
def test_every_element_has_words_type_article_example_and_notes_on_what_is_got_wrong(owner: Crime | Mode):
    for element in owner.elements:
        where = (owner.id, element.no)
        assert element.type in TYPES and element.article.startswith("art. "), where
        assert SENTENCE.fullmatch(element.text) and SENTENCE.fullmatch(element.example), where
        assert SENTENCE.fullmatch(element.note) and len(element.note.split()) > 3, where
        assert element.example != element.text and element.note not in (element.text, element.example), where


@pytest.mark.parametrize("owner", OWNERS, ids=lambda o: o.id)
def test_every_element_says_what_kinds_of_claims_ties_and_findings_bear_on_it(owner: Crime | Mode):
    for element in owner.elements:
        kinds = bearing(PACK, owner, element)
        assert any("claim" in k or "incidents" in k or "person's own" in k for k in kinds.supports), element.no
        assert any("finding" in k for k in kinds.supports) and any("finding" in k for k in kinds.undermines)
        assert any(k.startswith("denials") for k in kinds.undermines)
        assert element.look in ("", *LOOKS), element.no


@pytest.mark.parametrize("owner", OWNERS, ids=lambda o: o.id)
def test_every_print_of_an_element_says_that_it_is_not_the_official_text(owner: Crime | Mode):
    assert sum(NOT_OFFICIAL in line for line in shown(PACK, owner)) == len(owner.elements)
    row = crime_row(PACK, owner) if isinstance(owner, Crime) else mode_row(PACK, owner)
    assert all(e["words"] == NOT_OFFICIAL for e in row["elements"])


@pytest.mark.parametrize("crime", [c for c in PACK.crimes if c.twin], ids=lambda c: c.id)
def test_a_comparison_says_it_of_every_element_and_which_is_unchecked(crime: Crime):
    twin = PACK.crime(str(crime.twin))
    lines = [line for line in compared(crime, twin) if re.search(r"\d, not|\d\), not", line)]
    assert lines and all(NOT_OFFICIAL in line for line in lines)
    assert any("unchecked" in line for line in lines) == (crime.unchecked or twin.unchecked)


@pytest.mark.parametrize("entry", (*PACK.exclusions, *PACK.bars), ids=lambda e: e.id)
def test_every_ground_and_bar_says_it_too(entry):
    assert any(NOT_OFFICIAL in line for line in shown(PACK, entry)) and small_row(entry)["words"] == NOT_OFFICIAL


@pytest.mark.parametrize("crime", PACK.crimes, ids=lambda c: c.id)
def test_every_crime_has_edition_verification_and_an_in_force_rule(crime: Crime):
    assert crime.edition and crime.verification and "20" in crime.in_force
    assert has_a_rule_of_its_own(PACK, crime) == (crime.since != "1998/2002")


@pytest.mark.parametrize("crime", [c for c in PACK.crimes if c.needs not in ("", "order")], ids=lambda c: c.id)
def test_what_a_crime_asks_for_besides_the_act_is_a_list_of_words(crime: Crime):
    assert PACK.cue_list(crime.needs).words and offered(crime, ("IAC", "NIAC"))


def test_c7_grounds_are_a_list_apart_and_orders_never_excuse_genocide_or_crimes_against_humanity():
    grounds = {e.id: e.conditions for e in PACK.exclusions}
    assert len(grounds) == 7 and "always plainly unlawful" in grounds["33"] and "genocide" in grounds["33"]
    elements = {e.text for o in OWNERS for e in o.elements}
    assert not elements & set(grounds.values())
    assert [r["id"] for r in whole(PACK)["exclusions"]] == list(grounds)


def test_c9_every_stage_has_its_standard_and_article_and_none_is_ever_said_to_be_met():
    assert [(s.stage, s.article) for s in PACK.stages] == [
        ("opening an investigation", "15(3)-(4), 53(1)(a)"),
        ("warrant of arrest or summons", "58(1)(a), 58(7)"),
        ("confirmation of charges", "61(5), 61(7)"),
        ("conviction", "66(3)"),
    ]
    assert [s["standard"] for s in whole(PACK)["stages"]] == [s.standard for s in PACK.stages]
    assert not any(s.standard in e.text for s in PACK.stages for o in OWNERS for e in o.elements)


def test_c11_no_crime_is_kept_out_because_another_is_laid_out():
    assert any(r.id == "several-crimes" for r in PACK.rules)
    shared = [a for c in PACK.crimes for a in c.acts if c.conflict in (None, "NIAC")]
    assert len(shared) > len(set(shared))


def test_c14_the_stamp_names_pack_version_and_digest():
    assert PACK.stamp == f"{PACK.name} {PACK.version} ({PACK.digest[:12]})" and len(PACK.digest) == 64
