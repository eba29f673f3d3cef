"""For whom a matrix is laid out, on which crime, in which mode; and for whom never."""

from __future__ import annotations

import pytest

from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, Polarity, Status
from probanda.matrix import set_aside

from .factory import (
    BRIGADE,
    COURT,
    DOC,
    EVERYONE,
    MONITORS,
    PACK,
    VARO,
    a_claim,
    an_incident,
    by,
    laid_out,
    someone,
    the,
)


def charts(*claims, **given):
    return [(s.actor_name, s.crime, s.mode) for s in laid_out(*claims, **given)]


def test_an_execution_is_laid_out_as_each_crime_it_may_be():
    assert charts(a_claim(ActType.EXECUTION, by(VARO))) == [
        ("Colonel Varo", "7(1)(a)", "25(3)(a) individual"),
        ("Colonel Varo", "8(2)(c)(i)-1", "25(3)(a) individual"),
        ("Colonel Varo", "8(2)(c)(iv)", "25(3)(a) individual"),
    ]


@pytest.mark.parametrize(
    ("act_type", "detail"),
    [
        (ActType.KILLING, "casualty-count"),
        (ActType.MILITARY_OPERATION, None),
        (ActType.PROCEDURAL, None),
        (ActType.POLITICAL_STATEMENT, None),
        (ActType.OBSTRUCTION_IMPUNITY, "sanctuary"),
    ],
)
def test_counts_fighting_proceedings_speeches_and_shelter_point_to_nothing(act_type, detail):
    claim = a_claim(act_type, by(VARO), detail=detail)
    assert charts(claim) == []
    assert [s.claim for s in set_aside([claim], EVERYONE, PACK)] == [claim.id]


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(ActType.KILLING, by(VARO), polarity=Polarity.NEGATIVE, modality=Modality.DENIED),
        a_claim(ActType.KILLING, by(VARO), status=Status.REJECTED),
        a_claim(ActType.KILLING, by(VARO), modality=Modality.CALLED_FOR),
        a_claim(ActType.KILLING, by(VARO), modality=Modality.THREATENED),
    ],
)
def test_denials_demands_threats_and_rejected_claims_make_nobody_an_author(claim):
    assert charts(claim) == []


def test_a_victim_is_never_laid_out():
    assert charts(a_claim(ActType.KILLING, victims=("Colonel Varo",))) == []


def test_an_accuser_taken_for_the_author_is_not_laid_out():
    assert charts(a_claim(ActType.KILLING, by(MONITORS), speakers=(DOC, "Hill Monitors"))) == []


def test_a_unit_that_admits_its_own_deed_is_laid_out():
    claim = a_claim(ActType.KILLING, by(BRIGADE), speakers=(DOC, "Third Brigade"), modality=Modality.ADMITTED)
    assert {s.actor_name for s in laid_out(claim)} == {"Third Brigade"}


def test_a_court_is_not_laid_out_for_what_it_decides():
    assert charts(a_claim(ActType.DETENTION, by(COURT))) == []


def test_a_group_without_a_name_is_not_laid_out():
    soldiers = someone("soldiers", MentionKind.GROUP)
    assert charts(a_claim(ActType.KILLING, by(soldiers)), actors=(*EVERYONE, soldiers)) == []


def test_a_unit_is_laid_out_to_find_the_persons_behind_it():
    suggestion = the(laid_out(a_claim(ActType.KILLING, by(BRIGADE))), "7(1)(a)")
    assert any("find the persons behind it" in n for n in suggestion.notes)
    person = the(laid_out(a_claim(ActType.KILLING, by(VARO))), "7(1)(a)")
    assert not any("find the persons behind it" in n for n in person.notes)


@pytest.mark.parametrize(
    ("involvement", "modes"),
    [
        (Involvement.DIRECT, {"25(3)(a) individual"}),
        (Involvement.ORDERING, {"25(3)(b) ordering"}),
        (Involvement.INCITING, {"25(3)(b) soliciting or inducing"}),
        (Involvement.AIDING, {"25(3)(c) aiding"}),
        (Involvement.PLANNING, {"25(3)(d) common purpose"}),
        (Involvement.COMMAND, {"28(a)", "28(b)"}),
        (Involvement.FAILING_TO_ACT, {"28(a)", "28(b)"}),
        (Involvement.SHELTERING, set()),
        (Involvement.BENEFITING, set()),
        (Involvement.UNKNOWN, {"25(3)(a) individual"}),
    ],
)
def test_c5_c13_involvement_decides_the_mode(involvement, modes):
    assert {s.mode for s in laid_out(a_claim(ActType.KILLING, by(VARO, involvement)))} == modes


def test_an_unknown_involvement_is_said_to_be_unknown():
    suggestion = the(laid_out(a_claim(ActType.KILLING, by(VARO, Involvement.UNKNOWN))), "7(1)(a)")
    assert any("do not say how" in n for n in suggestion.notes)


def test_shelter_is_no_mode_and_is_noted_on_the_actors_other_layouts():
    shelter = a_claim(ActType.OBSTRUCTION_IMPUNITY, by(VARO, Involvement.SHELTERING), quote="hid the killers")
    killing = a_claim(ActType.KILLING, by(VARO))
    assert charts(shelter) == []
    suggestion = the(laid_out(shelter, killing), "7(1)(a)")
    assert any("after the fact" in n for n in suggestion.notes)
    assert shelter.id not in {c for cell in suggestion.cells for c in cell.supporting}


def test_people_who_fled_were_not_yet_forcibly_transferred():
    fled = a_claim(ActType.DISPLACEMENT, by(BRIGADE), quote="families fled from the Third Brigade")
    assert charts(fled) == []


def test_people_driven_out_are_laid_out_as_forcible_transfer_and_not_as_an_order():
    driven = a_claim(ActType.DISPLACEMENT, by(BRIGADE), quote="the Third Brigade expelled forty families")
    assert {s.crime for s in laid_out(driven)} == {"7(1)(d)"}


def test_displacement_that_somebody_ordered_is_laid_out_as_the_order():
    order = a_claim(
        ActType.DISPLACEMENT, by(VARO, Involvement.ORDERING), quote="Colonel Varo ordered the families expelled"
    )
    assert {(s.crime, s.mode) for s in laid_out(order)} == {
        ("7(1)(d)", "25(3)(b) ordering"),
        ("8(2)(e)(viii)", "25(3)(a) individual"),
    }


def test_who_orders_that_no_quarter_be_given_is_laid_out_as_doing_it():
    order = a_claim(ActType.DENIAL_OF_QUARTER, by(VARO, Involvement.ORDERING), modality=Modality.ORDERED)
    assert charts(order) == [("Colonel Varo", "8(2)(e)(x)", "25(3)(a) individual")]


def test_layouts_stand_by_name_then_crime_then_mode():
    claims = [
        a_claim(ActType.EXECUTION, by(BRIGADE), by(VARO, Involvement.ORDERING)),
        a_claim(ActType.TORTURE, by(VARO)),
    ]
    found = [(s.actor_name, s.crime) for s in laid_out(*claims)]
    order = {c.id: n for n, c in enumerate(PACK.crimes)}
    assert found == sorted(found, key=lambda f: (f[0], order[f[1]]))
    assert {name for name, _ in found} == {"Colonel Varo", "Third Brigade"}


def test_the_order_of_arrival_changes_nothing():
    claims = [
        a_claim(
            ActType.KILLING, by(VARO), item=f"item {n}", quote=f"account {n} of the fighting", victims=("residents",)
        )
        for n in range(6)
    ]
    incidents = (an_incident(*claims[:3]), an_incident(*claims[3:]))
    forward = laid_out(*claims, incidents=incidents)
    backward = laid_out(*claims[::-1], incidents=incidents[::-1], actors=EVERYONE[::-1])
    assert forward == backward and forward


def test_every_element_of_crime_and_mode_has_its_cell():
    suggestion = the(
        laid_out(a_claim(ActType.EXECUTION, by(VARO, Involvement.ORDERING))), "8(2)(c)(iv)", "25(3)(b) ordering"
    )
    assert [(c.part, c.element) for c in suggestion.cells] == [("crime", n) for n in range(1, 8)] + [
        ("mode", n) for n in range(1, 5)
    ]
    assert suggestion.pack == PACK.stamp


def test_every_layout_presumes_innocence_names_its_bars_and_decides_nothing():
    for suggestion in laid_out(a_claim(ActType.EXECUTION, by(VARO))):
        notes = " ".join(suggestion.notes)
        assert "presumed innocent" in notes and "no standard of proof is said to be met" in notes
        assert "intent and knowledge" in notes and "art. 17" in notes
        assert ("nobody has classified the conflict" in notes) == suggestion.crime.startswith("8")
