"""A description is no name: the place it lies in is what two accounts can share, or differ on."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_claim, gathered, incident_with


@pytest.mark.parametrize("words", ["a clinic in Dorn", "the outskirts of Dorn", "villages near Dorn"])
def test_a_place_described_by_another_is_told_of_at_that_other(words):
    named = a_claim("a", "t1", at=["Dorn"], on="2031-05-03")
    described = a_claim("b", "t2", at=[words], on="2031-05-03")
    assert incident_with(gathered(named, described), "a").claims == ("a", "b")


def test_a_name_that_holds_such_a_word_stays_a_name():
    claims = [
        a_claim("a", "t1", at=["Gate of Dorn"], on="2031-05-03"),
        a_claim("b", "t2", at=["Dorn"], on="2031-05-03"),
    ]
    assert incident_with(gathered(*claims), "a").claims == ("a",)


def test_a_yard_in_capitals_makes_no_name_of_a_yard_elsewhere():
    small = a_claim("a", "t1", at=["back yard"], on="2031-05-03", by=["Omar Sadr"], paragraph=1)
    town = a_claim("b", "t1", at=["Dorn"], on="2031-05-03", by=["Omar Sadr"], paragraph=1)
    capitals = a_claim("c", "t2", at=["BACK YARD"], on="2031-08-09", by=["Ines Mor"])
    assert incident_with(gathered(small, town, capitals), "a").claims == ("a", "b")
