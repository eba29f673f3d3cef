"""An attack within a siege stays an incident of its own; values on which speakers differ stand side by side."""

from __future__ import annotations

from tests.incidents.factory import a_claim, exactly, gathered, incident_with

from probanda.actors.model import IdentityDecision
from probanda.incidents import consolidate
from probanda.incidents.model import LEFT_IN_RIGHT, NESTED, NOT_NESTED, RIGHT_IN_LEFT
from probanda.kernel.vocabulary import ActType

SIEGE = a_claim(
    "a-siege", "s", act_type=ActType.SIEGE, act="besieged", at=["Dorn"], on="2031-05-01", until="2031-05-25",
)  # fmt: skip
RAID = a_claim("b-raid", "r", at=["Dorn"], on="2031-05-09")


def test_an_attack_at_the_place_and_in_the_days_of_a_siege_is_proposed_as_a_part_of_it():
    result = gathered(SIEGE, RAID)
    (around,) = incident_with(result, "b-raid").part_of
    assert (around.incident, around.decided) == ("a-siege", False)
    assert "place" in around.reason
    assert "days" in around.reason
    assert incident_with(result, "a-siege").part_of == ()


def test_an_attack_elsewhere_or_after_it_is_no_part_of_the_siege():
    elsewhere = a_claim("b", "r", at=["Tal Amra"], on="2031-05-09")
    after = a_claim("c", "r2", at=["Dorn"], on="2031-06-09")
    result = gathered(SIEGE, elsewhere, after)
    assert [incident_with(result, c).part_of for c in ("b", "c")] == [(), ()]


def test_words_that_put_it_into_the_siege_of_a_town_are_enough():
    undated = a_claim(
        "b", "r", at=["Dorn"], quote="Two nurses were killed during the long siege of Dorn.", act="killed"
    )
    other = a_claim("c", "r2", at=["Dorn"], quote="Two were killed during the siege of Kessel.", act="killed")
    lasting = a_claim("a", "s", act_type=ActType.SIEGE, act="besieged", at=["Dorn"])
    result = gathered(lasting, undated, other)
    assert [p.incident for p in incident_with(result, "b").part_of] == ["a"]
    assert "words say" in incident_with(result, "b").part_of[0].reason


def test_what_a_person_decided_of_parts_goes_before_what_is_proposed():
    def with_verdict(verdict: str):
        d = IdentityDecision("a-siege", "b-raid", verdict, NESTED)
        return consolidate([SIEGE, RAID], [], {}, {}, [d])

    assert incident_with(with_verdict(NOT_NESTED), "b-raid").part_of == ()
    (around,) = incident_with(with_verdict(RIGHT_IN_LEFT), "b-raid").part_of
    assert around.decided
    (around,) = incident_with(with_verdict(LEFT_IN_RIGHT), "a-siege").part_of
    assert (around.incident, around.decided) == ("b-raid", True)


def test_two_tolls_are_two_versions_each_with_who_says_so():
    low = a_claim("a", "t1", at=["Dorn"], on="2031-05-03", count=exactly(12), speakers=["Ines Mor"])
    high = a_claim("b", "t2", at=["Dorn"], on="2031-05-03", count=exactly(30), speakers=["Relief League"])
    one = incident_with(gathered(low, high), "a")
    assert one.claims == ("a", "b")
    found = {v.speakers: v for v in one.differing}
    assert set(found) == {("Ines Mor",), ("Relief League",)}
    assert {v.field for v in one.differing} == {"number"}
    assert [(v.claims, v.origins) for v in found.values()] == [(("a",), 1), (("b",), 1)]


def test_values_on_which_all_agree_or_that_can_both_be_true_are_no_versions():
    same = [a_claim(c, c, at=["Dorn"], on="2031-05-03", count=exactly(12)) for c in "ab"]
    assert incident_with(gathered(*same), "a").differing == ()


def test_what_persons_joined_may_have_two_places_and_further_accounts_of_either_come_to_it():
    claims = [
        *(a_claim(c, f"t{c}", at=["Dorn"], on="2031-05-03") for c in "ab"),
        *(a_claim(c, f"t{c}", at=["Kessel"], on="2031-05-03") for c in "de"),
    ]
    joined = consolidate(claims, [], {}, {}, [IdentityDecision("a", "d", "same", "incident")])
    (one,) = joined.incidents
    assert one.claims == ("a", "b", "d", "e")
    assert set(one.places) == {"Dorn", "Kessel"}
    assert {v.label for v in one.differing} == {"place: Dorn", "place: Kessel"}
