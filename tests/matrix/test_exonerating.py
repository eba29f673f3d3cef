"""What speaks for the person is looked for as diligently as what speaks against (requirements B7, C1, C7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probanda.claims.model import Named
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import ActType, Involvement, Modality, Polarity, TieKind
from probanda.matrix.exonerating import RULES
from probanda.matrix.model import Bearing, CellStatus

from .factory import BRIGADE, DOC, GUARD, PACK, VARO, a_claim, a_tie, an_incident, by, cell, laid_out, the

DAY = "2031-05-11"
ORDERING = "25(3)(b) ordering"


def on(claim, day=DAY, place="Lenna"):
    return replace(claim, date_from=day, date_to=day, places=(Named(place),) if place else ())


DEED = on(a_claim(ActType.KILLING, by(VARO), quote="Colonel Varo shot six men", victims=("six men",)))


def with_it(*claims, deed=DEED, apart=(), crime="7(1)(a)", mode="25(3)(a) individual", actor=VARO):
    """The layout for the deed where these claims belong to its incident, and those apart to none."""
    incident = replace(an_incident(deed, *claims), date_from=DAY, date_to=DAY, places=("Lenna",))
    return the(laid_out(deed, *claims, *apart, incidents=(incident,)), crime, mode, actor)


def against(suggestion, element, part="mode"):
    return cell(suggestion, element, part).against


def rule_of(suggestion, element, claim, part="mode"):
    (placed,) = [p for p in cell(suggestion, element, part).placed if p.side == "against" and claim.id in p.claims]
    return placed


def test_b7_every_rule_says_what_it_finds_and_what_that_does_not_show():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.what and rule.says.endswith(".")


def test_b7_an_alibi_speaks_against_the_own_hand_and_is_circumstantial():
    away = on(a_claim(ActType.OTHER, by(VARO), quote="Colonel Varo was in hospital in Dora that day"), place="Dora")
    found = with_it(apart=(away,))
    assert against(found, 1) == (away.id,)
    placed = rule_of(found, 1, away)
    assert placed.rule == "elsewhere" and placed.bearing is Bearing.CIRCUMSTANTIAL
    assert cell(found, 1, "mode").status is CellStatus.CONTRADICTED
    assert "1 claim places the actor elsewhere at that time." in found.reasons_against


@pytest.mark.parametrize("day", ["2031-05-10", "2031-06-01"])
def test_an_absence_on_another_day_is_no_alibi(day):
    away = on(a_claim(ActType.OTHER, by(VARO), quote="Colonel Varo was in hospital in Dora that day"), day)
    assert against(with_it(apart=(away,)), 1) == ()


def test_b7_who_was_held_at_the_time_was_elsewhere():
    held = replace(
        a_claim(ActType.DETENTION, by(GUARD), quote="the guard held him", victims=("Colonel Varo",)),
        date_from="2031-05-01",
        date_to="2031-05-20",
    )
    assert against(with_it(apart=(held,)), 1) == (held.id,)


def test_b7_an_act_at_another_place_on_the_same_day_is_an_alibi_and_one_at_the_same_place_is_none():
    there = on(a_claim(ActType.OTHER, by(VARO), quote="Colonel Varo opened a bridge"), place="Dorasund")
    here = on(a_claim(ActType.OTHER, by(VARO), quote="Colonel Varo opened a school"), place="Lenna")
    assert against(with_it(apart=(there, here)), 1) == (there.id,)


def test_b7_a_post_that_had_ended_speaks_against_authority():
    tie = a_tie(TieKind.POSTING, VARO, BRIGADE, "commander")
    ended = replace(
        tie, tie=replace(tie.tie, bounds=Bounds(first_precise="2030-01-01", last_precise="2031-02-01", ending=True))
    )
    order = on(a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING), quote="Colonel Varo had them shot"))
    found = with_it(deed=order, apart=(ended,), mode=ORDERING)
    assert against(found, 1) == (ended.id,)
    assert ended.id not in cell(found, 1, "mode").supporting, "one claim does not stand on both sides of a cell"


def test_b7_another_author_named_in_the_same_incident_speaks_against_the_own_hand():
    other = on(a_claim(ActType.KILLING, by(GUARD), quote="the guard shot them"))
    found = with_it(other)
    assert against(found, 1) == (other.id,) and rule_of(found, 1, other).rule == "other-author"


def test_a_unit_to_which_the_person_is_tied_is_no_other_author():
    unit = on(a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade shot them"))
    tie = a_tie(TieKind.POSTING, VARO, BRIGADE, "commander")
    assert against(with_it(unit, apart=(tie,)), 1) == ()


def test_b7_an_order_to_spare_speaks_against_instruction_and_intent():
    spare = on(
        a_claim(
            ActType.OTHER,
            by(VARO, Involvement.ORDERING),
            quote="Colonel Varo told his men to spare the prisoners",
            modality=Modality.ORDERED,
            speakers=(DOC, "Colonel Varo"),
        )
    )
    order = on(a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING), quote="Colonel Varo had them shot"))
    found = with_it(spare, deed=order, mode=ORDERING)
    assert spare.id in against(found, 2) and spare.id in against(found, 4)
    assert rule_of(found, 2, spare).rule == "sparing"


def test_b7_warnings_and_military_aims_speak_to_what_was_hit_and_why():
    deed = on(
        a_claim(ActType.ATTACK_ON_CIVILIANS, by(BRIGADE), quote="the brigade shelled the mill", victims=("residents",))
    )
    warned = on(a_claim(ActType.OTHER, quote="leaflets told everybody to go"))
    aim = on(
        a_claim(ActType.ATTACK_ON_CIVILIANS, by(BRIGADE), quote="the mill held an ammunition store, the army said")
    )
    found = with_it(warned, aim, deed=deed, crime="8(2)(e)(i)", actor=BRIGADE)
    assert set(against(found, 2, "crime")) == {warned.id, aim.id}
    assert set(against(found, 3, "crime")) == {warned.id, aim.id}
    assert not cell(found, 4).against, "neither speaks to the conflict"


def test_b7_steps_against_own_people_speak_against_the_failure_to_act_and_steps_of_others_do_not():
    deed = on(a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade shot six men"))
    tie = a_tie(TieKind.POSTING, VARO, BRIGADE, "commander")
    own = on(a_claim(ActType.PROCEDURAL, by(VARO), quote="Colonel Varo had two men court-martialled"), "2031-05-20")
    unit = on(a_claim(ActType.PROCEDURAL, by(BRIGADE), quote="the brigade punished two of its men"), "2031-05-21")
    others = on(a_claim(ActType.PROCEDURAL, by(GUARD), quote="the guard opened an inquiry"), "2031-05-22")
    nothing = on(a_claim(ActType.PROCEDURAL, by(VARO), quote="Colonel Varo never punished the men"), "2031-05-23")
    found = with_it(deed=deed, apart=(tie, own, unit, others, nothing), mode="28(a)")
    assert set(against(found, 6)) == {own.id, unit.id}
    assert rule_of(found, 6, own).bearing is Bearing.DIRECT


@pytest.mark.parametrize(
    ("quote", "rule"),
    [
        ("it was done without the knowledge of Colonel Varo", "unaware"),
        ("Colonel Varo mistook them for fighters", "mistake"),
    ],
)
def test_b7_not_knowing_and_mistakes_speak_against_the_mental_element(quote, rule):
    claim = on(a_claim(ActType.OTHER, by(VARO), quote=quote))
    found = with_it(claim)
    assert against(found, 2) == (claim.id,) and rule_of(found, 2, claim).rule == rule


def test_b7_that_nothing_happened_speaks_against_the_act_for_everybody():
    never = on(
        a_claim(ActType.KILLING, quote="nobody was killed", polarity=Polarity.NEGATIVE, modality=Modality.DENIED)
    )
    found = with_it(never)
    assert never.id in cell(found, 1).against and never.id in against(found, 1)


def test_b7_what_speaks_for_the_person_in_another_incident_is_left_there():
    other = on(a_claim(ActType.TORTURE, by(VARO), quote="he mistook the man for another", item="item 9"), "2031-01-02")
    beside = on(a_claim(ActType.TORTURE, by(GUARD), quote="the guard beat a man", item="item 9"), "2031-01-02")
    incidents = (an_incident(DEED), an_incident(other, beside))
    found = the(laid_out(DEED, other, beside, incidents=incidents), "7(1)(a)")
    assert against(found, 2) == ()


def test_c1_a_cell_to_which_no_rule_speaks_says_that_nobody_looked():
    found = with_it()
    assert not cell(found, 2).searched_against and cell(found, 1).searched_against


def test_nothing_is_outweighed_one_claim_against_is_a_contradiction():
    many = [on(a_claim(ActType.KILLING, by(VARO), quote=f"account {n} of it", item=f"item {n}")) for n in range(9)]
    away = on(a_claim(ActType.OTHER, by(VARO), quote="Colonel Varo was abroad"), place=None)
    found = with_it(*many, apart=(away,))
    assert cell(found, 1, "mode").status is CellStatus.CONTRADICTED


GROUNDS = {g.id: g for g in PACK.exclusions}


def grounds(suggestion):
    return {g.id: g for g in suggestion.grounds}


def test_c7_the_whole_checklist_stands_on_every_layout_of_a_person_in_the_packs_order():
    found = with_it()
    assert [g.id for g in found.grounds] == [g.id for g in PACK.exclusions]
    assert not grounds(found)["32(2)"].searched and "Not looked for" in grounds(found)["32(2)"].says
    assert grounds(found)["31(1)(d)"].searched and grounds(found)["31(1)(d)"].claims == ()


def test_c7_units_have_no_checklist():
    deed = on(a_claim(ActType.KILLING, by(BRIGADE)))
    assert with_it(deed=deed, actor=BRIGADE).grounds == ()


def test_c7_superior_orders_are_closed_for_genocide_and_crimes_against_humanity_and_open_for_war_crimes():
    on_orders = on(
        a_claim(ActType.EXECUTION, by(VARO), quote="Colonel Varo shot the prisoners on orders", victims=("prisoners",))
    )
    for crime, open_ in (("7(1)(a)", False), ("8(2)(c)(iv)", True)):
        ground = grounds(with_it(deed=on_orders, crime=crime))["33"]
        assert ground.open is open_ and ground.claims == ((on_orders.id,) if open_ else ())
        assert open_ or "33(2)" in ground.says
    assert all(GROUNDS["33"].not_for[n] in ("6(", "7(") for n in range(2))


@pytest.mark.parametrize(
    ("quote", "ground"),
    [
        ("Colonel Varo acted under threat of death", "31(1)(d)"),
        ("Colonel Varo was drunk that night", "31(1)(b)"),
        ("doctors treated Colonel Varo for psychosis", "31(1)(a)"),
        ("the men of Colonel Varo returned fire", "31(1)(c)"),
        ("the crew hit the bus by mistake", "32(1)"),
    ],
)
def test_c7_words_of_a_ground_are_proposed_and_never_said_to_meet_its_conditions(quote, ground):
    claim = on(a_claim(ActType.OTHER, by(VARO), quote=quote))
    found = grounds(with_it(claim))[ground]
    assert found.claims == (claim.id,) and "they do not show" in found.says


def test_c7_another_persons_condition_is_no_ground_for_this_one():
    claim = on(a_claim(ActType.OTHER, by(GUARD), quote="a guard was drunk that night"))
    assert grounds(with_it(claim))["31(1)(b)"].claims == ()
