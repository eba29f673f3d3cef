"""Which claims become one incident, and which never do."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_claim, a_doc, exactly, gathered, incident_with, together

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Cited
from probanda.kernel.vocabulary import ActType, Modality


def test_the_same_kind_of_act_at_one_place_on_one_day_is_one_incident():
    result = gathered(
        a_claim("a", "t1", at=["Port Ansel"], on="2031-05-03"),
        a_claim("b", "t2", at=["Port Ansel"], on="2031-05-03", act_type=ActType.EXECUTION),
    )
    assert together(result, "a", "b")
    assert incident_with(result, "a").title.endswith("· Port Ansel, 3 May 2031")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"at": ["Port Ansel"]}, {"at": ["Dorrin"]}, id="places"),
        pytest.param({"on": "2031-05-03"}, {"on": "2031-06-20"}, id="dates"),
        pytest.param({}, {"act_type": ActType.OBSTRUCTION_IMPUNITY}, id="committing and sheltering"),
        pytest.param({}, {"act_type": ActType.PROCEDURAL}, id="the act and its warrant"),
    ],
)
def test_what_cannot_be_one_event_is_held_apart_though_everything_else_agrees(left, right):
    same = {"by": ["Northern Brigade"], "of": ["fishermen"], "at": ["Port Ansel"], "on": "2031-05-03"}
    result = gathered(a_claim("a", **{**same, **left}, paragraph=1), a_claim("b", **{**same, **right}, paragraph=1))
    assert not together(result, "a", "b")


def test_a_claim_without_place_does_not_chain_two_places_together():
    result = gathered(
        a_claim("a", "t1", by=["Northern Brigade"], at=["Port Ansel"], on="2031-05-03"),
        a_claim("b", "t2", by=["Northern Brigade"], on="2031-05-03"),
        a_claim("c", "t3", by=["Northern Brigade"], at=["Dorrin"], on="2031-05-03"),
    )
    assert not together(result, "a", "c")


def test_the_same_author_alone_joins_nothing():
    result = gathered(a_claim("a", "t1", by=["Northern Brigade"]), a_claim("b", "t2", by=["Northern Brigade"]))
    assert not together(result, "a", "b")
    assert incident_with(result, "a").reasons == (
        ("a", "It stands alone: no other claim is tied to it by place, time, parties or source."),
    )


def test_a_place_inside_another_is_no_other_place_when_the_gazetteer_says_so():
    claims = (
        a_claim("a", "t1", at=["Dorrin Street"], on="2031-05-03"),
        a_claim("b", "t1", at=["Port Ansel"], on="2031-05-03"),
    )

    def within(inner: str, outer: str) -> bool | None:
        return True if (inner, outer) == ("Dorrin Street", "Port Ansel") else None

    assert together(gathered(*claims, within=within), "a", "b")
    assert not together(gathered(*claims), "a", "b")


def test_a_text_may_tell_that_one_place_lies_in_another():
    result = gathered(
        a_claim(
            "a", "t1", at=["Dorrin Street", "Port Ansel"], on="2031-05-03", quote="shot in Dorrin Street, Port Ansel"
        ),
        a_claim("b", "t2", at=["Port Ansel"], on="2031-05-03"),
    )
    assert together(result, "a", "b")


def test_an_enumeration_of_towns_tells_nothing_about_where_they_lie():
    result = gathered(
        a_claim("a", "t1", at=["Velm", "Sorn"], on="2031-05-03", quote="shelled Velm, Sorn and Harrow on 3 May"),
        a_claim("b", "t2", at=["Velm"], on="2031-05-03"),
        a_claim("c", "t3", at=["Sorn"], on="2031-05-03"),
    )
    assert not together(result, "b", "c")


def test_a_church_without_a_name_is_another_one_in_every_town():
    result = gathered(a_claim("a", "t1", at=["the church"]), a_claim("b", "t2", at=["the church"]))
    assert not together(result, "a", "b")


def test_a_denial_joins_the_allegation_beside_it():
    result = gathered(
        a_claim("a", by=["Northern Brigade"], at=["Port Ansel"], on="2031-05-03", paragraph=1),
        a_claim("b", by=["Coast Guard"], at=["Velm"], on="2031-06-07", paragraph=2),
        a_claim("c", speakers=["Northern Brigade"], denied=True, paragraph=3),
    )
    assert together(result, "a", "c")
    assert not together(result, "b", "c")


def test_an_order_and_the_complaint_about_it_are_one_incident():
    kind = ActType.DENIAL_OF_QUARTER
    result = gathered(
        a_claim("a", act_type=kind, speakers=["Colonel Varga"], modality=Modality.ORDERED, paragraph=9),
        a_claim("b", act_type=kind, by=["Colonel Varga"], speakers=["Ines Mor"], paragraph=2),
    )
    assert together(result, "a", "b")


def test_looting_and_killing_told_as_one_raid_are_one_incident():
    where = {"by": ["soldiers"], "at": ["Velm"], "paragraph": 4}
    result = gathered(a_claim("a", **where), a_claim("b", act_type=ActType.LOOTING_PROPERTY, **where))
    assert together(result, "a", "b")


def test_one_video_joins_two_texts():
    video = Cited("video", "a video of Colonel Varga", of="Colonel Varga")
    kind = ActType.DENIAL_OF_QUARTER
    result = gathered(a_claim("a", "t1", act_type=kind, cited=video), a_claim("b", "t2", act_type=kind, cited=video))
    assert together(result, "a", "b")


def test_warrants_against_two_people_are_two_incidents():
    kind = {"act_type": ActType.PROCEDURAL, "act": "issued a warrant"}
    result = gathered(
        a_claim("a", "t1", of=["Colonel Varga"], **kind),
        a_claim("b", "t2", of=["Colonel Varga"], by=["Court of Ost"], **kind),
        a_claim("c", "t3", of=["Major Hale"], by=["Court of Ost"], **kind),
    )
    assert together(result, "a", "b")
    assert not together(result, "a", "c")


def test_undated_accounts_of_one_place_meet_only_in_texts_of_the_same_weeks():
    claims = (a_claim("a", "t1", at=["Velm"]), a_claim("b", "t2", at=["Velm"]))

    def dated(day: str) -> bool:
        docs = [a_doc("t1", dated_from="2031-05-03"), a_doc("t2", dated_from=day)]
        return together(gathered(*claims, docs=docs), "a", "b")

    assert dated("2031-05-10")
    assert not dated("2033-05-10")


def test_a_persons_decision_goes_before_every_link():
    claims = (
        a_claim("a", "t1", at=["Velm"], on="2031-05-03"),
        a_claim("b", "t2", at=["Velm"], on="2031-05-03"),
        a_claim("c", "t3", at=["Sorn"], on="2032-01-01"),
    )
    said = [IdentityDecision("a", "b", "not the same", "incident"), IdentityDecision("a", "c", "same", "incident")]
    result = gathered(*claims, decisions=said)
    assert together(result, "a", "c")
    assert not together(result, "a", "b")


def test_each_claim_has_its_reason_and_every_claim_one_incident():
    claims = [
        a_claim(f"c{n}", f"t{n % 3}", at=["Velm"] if n % 2 else ["Sorn"], on=f"2031-05-0{1 + n % 4}") for n in range(12)
    ]
    result = gathered(*claims)
    held = sorted(c for i in result.incidents for c in i.claims)
    assert held == sorted(c.id for c in claims)
    assert all(dict(i.reasons).keys() == set(i.claims) and all(dict(i.reasons).values()) for i in result.incidents)


def test_a_title_names_no_author():
    result = gathered(a_claim("a", by=["Northern Brigade"], count=exactly(11)))
    assert incident_with(result, "a").title == "Killing · place not stated, date not stated"


def test_a_claim_without_place_is_told_of_the_place_named_shortly_before():
    where = {"at": ["Velm"], "on": "2031-05-03"}
    near = gathered(a_claim("a", paragraph=1, **where), a_claim("b", of=["nine bakers"], paragraph=2))
    far = gathered(
        a_claim("a", paragraph=1, **where),
        a_claim("c", at=["Sorn"], paragraph=2),
        a_claim("b", of=["nine bakers"], paragraph=9),
    )
    assert together(near, "a", "b")
    assert not together(far, "a", "b")


def test_two_named_authors_side_by_side_are_two_events_unless_one_accuses_the_other():
    beside = {"paragraph": 4, "start": 4000}
    result = gathered(
        a_claim("a", by=["Colonel Varga"], **beside), a_claim("b", by=["Major Hale"], paragraph=4, start=4100)
    )
    accused = gathered(
        a_claim("a", by=["Colonel Varga"], speakers=["Major Hale"], **beside),
        a_claim("b", by=["Major Hale"], paragraph=4, start=4100),
    )
    assert not together(result, "a", "b")
    assert together(accused, "a", "b")


def test_a_town_and_its_area_are_one_place_and_south_of_a_name_is_another():
    def joined(left: str, right: str) -> bool:
        claims = (a_claim("a", "t1", at=[left], on="2031-05-03"), a_claim("b", "t2", at=[right], on="2031-05-03"))
        return together(gathered(*claims), "a", "b")

    assert joined("Velm", "Velm area")
    assert joined("Velm", "Velm Prison")
    assert not joined("Velm", "South Velm")


def test_a_pronoun_or_a_bare_word_for_a_document_ties_nothing():
    his = Cited("video", "his video", of="his")
    kind = ActType.DENIAL_OF_QUARTER
    result = gathered(a_claim("a", "t1", act_type=kind, cited=his), a_claim("b", "t2", act_type=kind, cited=his))
    assert not together(result, "a", "b")
    assert result.origins == ()


def test_one_word_in_two_mouths_over_two_paragraphs_does_not_make_one_event():
    town = {"at": ["Port Ansel"], "paragraph": 3, "start": 100}
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **town),
        a_claim("b", "t1", speakers=["the displaced of Sorrel"], paragraph=4, start=700),
        a_claim("c", "t1", speakers=["Ines Mor"], at=["Dol Harrow"], paragraph=9, start=4000),
    )
    assert incident_with(result, "a").claims == ("a",)


@pytest.mark.parametrize(
    ("told", "modality", "one"),
    [
        ("2031-05-05", Modality.ALLEGED, False),
        ("2031-06-09", Modality.ALLEGED, True),
        ("2031-06-08", Modality.ALLEGED, True),  # a day's play, for nights and time zones
        ("2031-06-02", Modality.THREATENED, True),  # what is threatened may come later
    ],
)
def test_a_text_tells_of_nothing_that_happened_after_its_own_day(told: str, modality: Modality, one: bool) -> None:
    claims = [
        a_claim("a", "t1", by=["Reef Guard"], of=["mill workers"], at=["Orvane"], modality=modality),
        a_claim("b", "t2", by=["Reef Guard"], of=["mill workers"], at=["Orvane"], on="2031-06-09"),
    ]
    docs = [a_doc("t1", dated_from=told), a_doc("t2", dated_from="2031-06-11")]
    assert together(gathered(*claims, docs=docs), "a", "b") is one


def test_a_place_in_arabic_letters_that_no_gazetteer_holds_is_met_by_its_sound_on_the_same_day():
    latin = a_claim("latin", "t1", at=["Tabrun"], on="2031-06-07")
    arabic = a_claim("arabic", "t2", at=["طبرون"], on="2031-06-07")
    assert together(gathered(latin, arabic), "latin", "arabic")


def test_places_that_sound_alike_are_two_on_other_days_and_where_the_sounds_differ():
    latin = a_claim("latin", "t1", at=["Tabrun"], on="2031-06-07")
    other_day = a_claim("other day", "t2", at=["طبرون"], on="2031-06-19")
    elsewhere = a_claim("elsewhere", "t3", at=["كويسيل"], on="2031-06-07")
    result = gathered(latin, other_day, elsewhere)
    assert not together(result, "latin", "other day")
    assert not together(result, "latin", "elsewhere")


def test_a_claim_without_a_place_meets_those_of_the_same_named_victim_on_the_same_day():
    placed = a_claim("placed", "t1", of=["Samo Brill"], at=["Port Ansel"], on="2031-05-03", act_type=ActType.DETENTION)
    bare = a_claim("bare", "t2", of=["Samo Brill"], on="2031-05-03", act_type=ActType.DETENTION)
    later = a_claim("later", "t3", of=["Samo Brill"], on="2031-09-03", act_type=ActType.DETENTION)
    other = a_claim("other", "t4", of=["two men"], on="2031-05-03", act_type=ActType.DETENTION)
    result = gathered(placed, bare, later, other)
    assert together(result, "placed", "bare")
    assert not together(result, "placed", "later")
    assert not together(result, "placed", "other")
