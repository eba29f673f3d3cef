"""Whom a number counts, by its words and by those around it."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_claim, exactly

from probanda.incidents import populations
from probanda.kernel.vocabulary import ActType


@pytest.mark.parametrize(("entry", "example"), list(populations.examples()))
def test_each_entry_is_found_by_its_examples(entry: str, example: str) -> None:
    if entry in {str(e["id"]) for e in populations.lists()["populations"]}:
        assert populations.named_in(example) == entry
    else:
        assert populations.speaks_of(entry, example)


def test_who_fled_is_not_forcibly_transferred() -> None:
    fled = a_claim("a", act="fled", act_type=ActType.DISPLACEMENT, count=exactly(300, "people"))
    made_to = a_claim("b", act="ordered to leave", act_type=ActType.DISPLACEMENT, count=exactly(300, "people"))
    assert populations.population(fled) == "displaced"
    assert populations.population(made_to) == "transferred"


def test_a_prisoner_who_was_killed_is_counted_among_the_dead() -> None:
    assert populations.population(a_claim("a", act="shot", count=exactly(9, "prisoners"))) == "dead"
    held = a_claim("b", act="seized", act_type=ActType.DETENTION, count=exactly(9, "prisoners"))
    assert populations.population(held) == "detained"


def test_shells_are_no_people() -> None:
    assert populations.population(a_claim("a", act="hit, killing nobody", count=exactly(4, "shells"))) == "other"


def test_the_dead_are_civilians_only_where_the_source_says_so() -> None:
    assert populations.composition(a_claim("a", of=["12 civilians"], count=exactly(12, "civilians"))) == "civilians"
    assert populations.composition(a_claim("b", of=["12 people"], count=exactly(12, "people"))) == ""
    assert populations.composition(a_claim("c", of=["12 fighters"], count=exactly(12, "fighters"))) == "fighters"
    both = a_claim("d", of=["soldiers and women"], count=exactly(12, "people"))
    assert populations.composition(both) == ""


def test_a_count_beside_another_is_a_part() -> None:
    more = a_claim("a", act="found", quote="17 more bodies were found", count=exactly(17, "bodies"))
    whole = a_claim("b", act="found", quote="17 bodies were found there", count=exactly(17, "bodies"))
    assert populations.is_part(more)
    assert not populations.is_part(whole)
