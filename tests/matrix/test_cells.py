"""What supports an element, what speaks against it, how many origins stand behind it, and what is missing."""

from __future__ import annotations

import pytest

from probanda.kernel.vocabulary import ActType, ContradictionKind, Involvement, Modality, Polarity, TieKind
from probanda.matrix.layout import gaps
from probanda.matrix.looks import LISTED, LOOKS
from probanda.matrix.model import CellStatus

from .factory import (
    BRIGADE,
    DOC,
    GUARD,
    PACK,
    VARO,
    a_claim,
    a_tie,
    an_incident,
    by,
    cell,
    laid_out,
    one_account,
    opposed,
    the,
)

ORDERING = "25(3)(b) ordering"


def test_every_rule_the_pack_names_exists_and_every_rule_is_named():
    named = {e.look for owner in (*PACK.crimes, *PACK.modes) for e in owner.elements if e.look}
    assert named == set(LOOKS)


def test_a_claim_of_the_act_supports_the_conduct_and_no_mental_element():
    killing = a_claim(ActType.EXECUTION, by(VARO), victims=("six prisoners",))
    for suggestion in laid_out(killing, incidents=(an_incident(killing),)):
        assert cell(suggestion, 1).supporting == (killing.id,)
        for mental in (c for c in suggestion.cells if c.type == "mental"):
            assert mental.supporting == (), (suggestion.crime, mental.element)


def test_own_words_speak_to_the_mental_element_and_the_inference_is_left_to_a_person():
    admitted = a_claim(
        ActType.EXECUTION,
        by(VARO),
        speakers=(DOC, "Colonel Varo"),
        modality=Modality.ADMITTED,
        quote="I shot the prisoners myself",
    )
    suggestion = the(laid_out(admitted), "8(2)(c)(i)-1")
    assert cell(suggestion, 2, "mode").supporting == (admitted.id,)
    assert "infer" in cell(suggestion, 2, "mode").reason
    assert cell(suggestion, 3).supporting == (admitted.id,), "the admission calls them prisoners"


def test_an_admission_by_others_is_not_the_actors_own_word():
    told = a_claim(
        ActType.EXECUTION,
        by(BRIGADE),
        by(VARO, Involvement.ORDERING),
        speakers=(DOC, "Third Brigade"),
        modality=Modality.ADMITTED,
    )
    suggestion = the(laid_out(told), "7(1)(a)", ORDERING)
    assert cell(suggestion, 2, "mode").supporting == (told.id,), "it says that an order was given"
    assert cell(suggestion, 4, "mode").supporting == ()


def test_not_looked_for_differs_from_nothing_found():
    suggestion = the(laid_out(a_claim(ActType.LOOTING_PROPERTY, by(BRIGADE))), "8(2)(e)(v)")
    private_use, conflict = cell(suggestion, 2), cell(suggestion, 4)
    assert not private_use.searched_for and private_use.gap.startswith("Not looked for.")
    assert conflict.searched_for and conflict.gap.startswith("Nothing found.")
    assert private_use.status is conflict.status is CellStatus.UNSUPPORTED


def test_an_order_alone_does_not_show_that_the_crime_happened():
    order = a_claim(
        ActType.KILLING, by(VARO, Involvement.ORDERING), modality=Modality.ORDERED, speakers=(DOC, "Colonel Varo")
    )
    suggestion = the(laid_out(order), "7(1)(a)", ORDERING)
    assert cell(suggestion, 1).supporting == ()
    assert cell(suggestion, 3, "mode").supporting == ()
    assert cell(suggestion, 2, "mode").supporting == (order.id,)
    assert cell(suggestion, 4, "mode").supporting == (order.id,), "the words of the order are the actor's own"


def test_another_hand_can_carry_out_what_was_ordered():
    order = a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING), quote="he ordered it")
    deed = a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade did it")
    suggestion = the(laid_out(order, deed, incidents=(an_incident(order, deed),)), "7(1)(a)", ORDERING)
    assert cell(suggestion, 1).supporting == (deed.id,)
    assert cell(suggestion, 3, "mode").supporting == (deed.id,)


def test_a_deed_elsewhere_does_not_carry_out_the_order():
    order = a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING), quote="he ordered it")
    deed = a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade did it")
    suggestion = the(laid_out(order, deed, incidents=(an_incident(order), an_incident(deed))), "7(1)(a)", ORDERING)
    assert cell(suggestion, 3, "mode").supporting == ()


@pytest.mark.parametrize(
    ("tie", "shows"),
    [
        (a_tie(TieKind.POSTING, VARO, BRIGADE, "commander"), True),
        (a_tie(TieKind.SUBORDINATION, BRIGADE, VARO, "under"), True),
        (a_tie(TieKind.SUBORDINATION, VARO, BRIGADE, "under"), False),
        (a_tie(TieKind.MEMBERSHIP, VARO, BRIGADE, "member"), False),
    ],
)
def test_authority_is_a_position_of_command_and_not_mere_membership(tie, shows):
    order = a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING))
    suggestion = the(laid_out(order, tie), "7(1)(a)", ORDERING)
    assert (tie.id in cell(suggestion, 1, "mode").supporting) is shows


def test_a_title_is_not_effective_control():
    claim = a_claim(ActType.KILLING, by(VARO, Involvement.KNOWLEDGE))
    suggestion = the(laid_out(claim, a_tie(TieKind.POSTING, VARO, BRIGADE)), "7(1)(a)", "28(a)")
    assert cell(suggestion, 1, "mode").supporting and not cell(suggestion, 2, "mode").supporting
    assert cell(suggestion, 5, "mode").supporting == (claim.id,)


def test_a_failure_to_act_speaks_to_the_last_element_of_command_responsibility():
    command = a_claim(ActType.KILLING, by(VARO, Involvement.COMMAND))
    failed = a_claim(ActType.OBSTRUCTION_IMPUNITY, by(VARO, Involvement.FAILING_TO_ACT), quote="punished nobody")
    suggestion = the(laid_out(command, failed), "7(1)(a)", "28(a)")
    assert cell(suggestion, 6, "mode").supporting == (failed.id,)


def test_an_unknown_manner_is_not_ones_own_hand():
    suggestion = the(laid_out(a_claim(ActType.KILLING, by(VARO, Involvement.UNKNOWN))), "7(1)(a)")
    assert cell(suggestion, 1, "mode").status is CellStatus.UNSUPPORTED


@pytest.mark.parametrize(
    ("victims", "found"), [(("three residents",), True), (("captured men",), True), (("two men",), False)]
)
def test_words_for_the_victims_speak_to_their_status(victims, found):
    claim = a_claim(ActType.KILLING, by(VARO), victims=victims)
    assert bool(cell(the(laid_out(claim), "8(2)(c)(i)-1"), 2).supporting) is found


def test_victims_described_as_fighters_speak_against_their_protection():
    killing = a_claim(ActType.KILLING, by(VARO), victims=("residents",), quote="shot residents")
    other = a_claim(ActType.KILLING, by(VARO), victims=("armed militants",), quote="shot armed militants")
    status = cell(the(laid_out(killing, other, incidents=(an_incident(killing, other),)), "8(2)(c)(i)-1"), 2)
    assert status.against == (other.id,) and status.status is CellStatus.CONTRADICTED


def test_captured_fighters_are_out_of_the_fight():
    killing = a_claim(ActType.KILLING, by(VARO), victims=("captured militants",))
    status = cell(the(laid_out(killing), "8(2)(c)(i)-1"), 2)
    assert status.supporting == (killing.id,) and status.against == () and status.searched_against


def test_an_indiscriminate_attack_does_not_show_that_civilians_were_the_object():
    claim = a_claim(ActType.INDISCRIMINATE_ATTACK, by(BRIGADE), victims=("residents",))
    suggestion = the(laid_out(claim), "8(2)(e)(i)")
    assert cell(suggestion, 1).supporting == (claim.id,) and cell(suggestion, 2).supporting == ()


def test_fighting_anywhere_in_the_situation_speaks_to_a_conflict_but_war_crimes_do_not():
    killing = a_claim(ActType.KILLING, by(VARO))
    battle = a_claim(ActType.MILITARY_OPERATION, quote="the brigade took the ridge", item="item 2")
    talk = a_claim(ActType.OTHER, quote="accused of war crimes", item="item 3")
    link = cell(the(laid_out(killing, battle, talk), "8(2)(c)(i)-1"), 4)
    assert link.supporting == (battle.id,) and "link" in link.reason


def test_a_whole_situation_is_counted_and_the_nearest_claims_are_listed():
    killing = a_claim(ActType.KILLING, by(VARO))
    battles = [a_claim(ActType.MILITARY_OPERATION, quote=f"battle {n}", item=f"item {n}") for n in range(LISTED + 8)]
    link = cell(the(laid_out(killing, *battles), "8(2)(c)(i)-1"), 4)
    assert len(link.supporting) == LISTED and link.unlisted == 8
    assert next(b.id for b in battles if b.item == killing.item) in link.supporting


def test_one_incident_is_no_attack_on_a_population_and_several_are_only_a_question():
    first = a_claim(ActType.KILLING, by(VARO), victims=("villagers",), quote="in the first village")
    second = a_claim(ActType.KILLING, by(BRIGADE), victims=("villagers",), quote="in the second village")
    alone = the(laid_out(first, incidents=(an_incident(first),)), "7(1)(a)")
    assert cell(alone, 2).supporting == ()
    both = the(laid_out(first, second, incidents=(an_incident(first), an_incident(second))), "7(1)(a)", actor=VARO)
    assert set(cell(both, 2).supporting) == {first.id, second.id}
    assert "nobody has found" in cell(both, 2).reason


def test_denying_quarter_is_filled_without_any_death():
    order = a_claim(
        ActType.DENIAL_OF_QUARTER,
        by(VARO, Involvement.ORDERING),
        modality=Modality.ORDERED,
        speakers=(DOC, "Colonel Varo"),
        quote="nobody in the quarter is to be left alive",
    )
    suggestion = the(laid_out(order, a_tie(TieKind.POSTING, VARO, BRIGADE)), "8(2)(e)(x)")
    assert all(cell(suggestion, n).supporting for n in (1, 2, 3))
    assert not cell(suggestion, 5).supporting


def test_a_denial_stands_against_the_conduct_and_nothing_outweighs_it():
    accounts = [a_claim(ActType.KILLING, by(BRIGADE), quote=f"account {n}", item=f"item {n}") for n in range(5)]
    denial = a_claim(
        ActType.KILLING,
        by(BRIGADE),
        speakers=(DOC, "Third Brigade"),
        modality=Modality.DENIED,
        polarity=Polarity.NEGATIVE,
        item="item 9",
    )
    conduct = cell(the(laid_out(*accounts, denial), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.CONTRADICTED
    assert conduct.against == (denial.id,) and len(conduct.supporting) == 5


def test_each_side_of_an_opposed_attribution_stands_against_the_other():
    ours = a_claim(ActType.INDISCRIMINATE_ATTACK, by(BRIGADE), speakers=(DOC, "River Guard"), quote="the brigade fired")
    theirs = a_claim(ActType.INDISCRIMINATE_ATTACK, by(GUARD), speakers=(DOC, "Third Brigade"), quote="the guard fired")
    clash = opposed(ours, theirs, ContradictionKind.ATTRIBUTION)
    found = laid_out(ours, theirs, incidents=(an_incident(ours, theirs),), contradictions=(clash,))
    for actor, mine, other in ((BRIGADE, ours, theirs), (GUARD, theirs, ours)):
        conduct = cell(the(found, "8(2)(e)(i)", actor=actor), 1)
        assert conduct.supporting == (mine.id,) and conduct.against == (other.id,)
        assert conduct.status is CellStatus.CONTRADICTED


def test_differing_numbers_do_not_speak_against_the_act():
    a = a_claim(ActType.KILLING, by(BRIGADE), quote="killed forty")
    b = a_claim(ActType.KILLING, by(BRIGADE), quote="killed sixty")
    clash = opposed(a, b, ContradictionKind.NUMBER)
    conduct = cell(the(laid_out(a, b, incidents=(an_incident(a, b),), contradictions=(clash,)), "7(1)(a)"), 1)
    assert conduct.against == () and conduct.searched_against


def test_against_is_not_looked_for_where_no_rule_looks():
    assert not cell(the(laid_out(a_claim(ActType.KILLING, by(VARO))), "7(1)(a)"), 2).searched_against


def test_ten_reports_of_one_account_are_one_origin():
    reports = [a_claim(ActType.KILLING, by(VARO), quote=f"report {n}", item=f"item {n}") for n in range(10)]
    conduct = cell(the(laid_out(*reports, origins=(one_account(*reports),)), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.ONE_ORIGIN and conduct.origins == 1 and conduct.untraced == 0


def test_what_nobody_is_named_for_is_hearsay_however_often_it_is_printed():
    printed = [a_claim(ActType.KILLING, by(VARO), speakers=(DOC,), item=f"item {n}") for n in range(3)]
    conduct = cell(the(laid_out(*printed), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.HEARSAY and conduct.origins == 0 and conduct.untraced == 3


def test_accounts_passed_on_by_others_are_hearsay_only():
    passed_on = [
        a_claim(ActType.KILLING, by(VARO), speakers=(DOC, who, heard), quote=f"told by {who}", item=who)
        for who, heard in (("Hill Monitors", "residents"), ("Lenna Post", "a police officer"))
    ]
    conduct = cell(the(laid_out(*passed_on), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.HEARSAY and conduct.origins == 2


def test_residents_whom_two_bodies_heard_may_be_the_same():
    heard = [
        a_claim(ActType.KILLING, by(VARO), speakers=(DOC, who, "residents"), quote=f"told by {who}", item=who)
        for who in ("Hill Monitors", "Lenna Post")
    ]
    conduct = cell(the(laid_out(*heard), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.ONE_ORIGIN and (conduct.origins, conduct.untraced) == (1, 1)


def test_two_named_speakers_are_several_origins():
    accounts = [
        a_claim(ActType.KILLING, by(VARO), speakers=(DOC, who), item=who) for who in ("Hill Monitors", "River Guard")
    ]
    conduct = cell(the(laid_out(*accounts), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.MIXED and conduct.origins == 2 and conduct.gap == ""


def test_a_gap_says_what_is_missing_and_what_would_help():
    found = gaps(laid_out(a_claim(ActType.KILLING, by(VARO))))
    assert all(g.missing and g.actor_name == "Colonel Varo" for g in found)
    conduct = next(g for g in found if g.crime == "7(1)(a)" and g.part == "crime" and g.element == 1)
    assert conduct.status is CellStatus.ONE_ORIGIN and PACK.crime("7(1)(a)").elements[0].fill in conduct.missing


def test_broken_wording_is_mentioned():
    garbled = a_claim(ActType.KILLING, by(VARO), flags=("garbled",))
    assert any("broken wording" in n for n in the(laid_out(garbled), "7(1)(a)").notes)


def test_untraced_accounts_beside_one_origin_may_be_its_echoes():
    known = a_claim(ActType.KILLING, by(VARO), quote="the monitors saw it")
    echo = a_claim(ActType.KILLING, by(VARO), quote="it is said", speakers=(DOC,), item="item 2")
    conduct = cell(the(laid_out(known, echo), "7(1)(a)"), 1)
    assert conduct.status is CellStatus.ONE_ORIGIN and (conduct.origins, conduct.untraced) == (1, 1)


def test_an_attempt_is_laid_out_as_one_and_shows_no_death():
    tried = a_claim(ActType.KILLING, by(VARO), detail="attempt", quote="Colonel Varo tried to kill the judge")
    found = laid_out(tried, incidents=(an_incident(tried),))
    assert {s.mode for s in found} == {"25(3)(f) attempt"}
    suggestion = the(found, "7(1)(a)", "25(3)(f) attempt")
    assert cell(suggestion, 1).supporting == (), "nobody is said to have died"
    assert cell(suggestion, 1, "mode").supporting == (tried.id,)


def test_an_attempt_that_was_ordered_stays_an_order_whose_crime_was_attempted():
    ordered = a_claim(ActType.KILLING, by(VARO, Involvement.ORDERING), detail="attempt", quote="Varo had it tried")
    tried = a_claim(ActType.KILLING, by(BRIGADE), detail="attempt", quote="the brigade tried to kill the judge")
    found = laid_out(ordered, tried, incidents=(an_incident(ordered, tried),))
    suggestion = the(found, "7(1)(a)", ORDERING)
    assert cell(suggestion, 3, "mode").supporting == (tried.id,)
    assert cell(suggestion, 1).supporting == ()
