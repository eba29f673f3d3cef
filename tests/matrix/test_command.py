"""Article 28 from the chain of command on the day: for whom, on what links, and what those links never show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probanda.claims.model import Claim
from probanda.incidents.model import Incident
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import ActType, ContradictionKind, Involvement, MentionKind, Modality, TieKind

from .factory import (
    BRIGADE,
    EVERYONE,
    GUARD,
    MONITORS,
    PACK,
    VARO,
    a_claim,
    a_tie,
    an_incident,
    by,
    cell,
    laid_out,
    opposed,
    someone,
    the,
)

DAY = "2031-05-11"
SELL = someone("Captain Sell")
TARN = someone("General Tarn")
MINISTRY = someone("Ministry of Order", MentionKind.BODY)
ALL = (*EVERYONE, SELL, TARN, MINISTRY)


def on(claim: Claim, day: str = DAY) -> Claim:
    return replace(claim, date_from=day, date_to=day)


def held(tie: Claim, first: str = "2031-01-01", last: str = "2031-12-31", **more) -> Claim:
    return replace(tie, tie=replace(tie.tie, bounds=Bounds(first_precise=first, last_precise=last, **more)))


def dated(incident: Incident, day: str = DAY) -> Incident:
    return replace(incident, date_from=day, date_to=day)


DEED = on(a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade shot six men"))
HEADS = a_tie(TieKind.POSTING, VARO, BRIGADE, "commander")


def superiors(*claims: Claim, **given):
    return laid_out(*claims, actors=ALL, incidents=(dated(an_incident(DEED)),), **given)


def named(suggestions, mode: str) -> set[str]:
    return {s.actor_name for s in suggestions if s.mode == mode}


def test_c5_whoever_is_said_to_head_the_named_unit_is_laid_out_under_both_letters_apart():
    found = superiors(DEED, held(HEADS))
    assert named(found, "28(a)") == named(found, "28(b)") == {"Colonel Varo"}
    a, b = the(found, "7(1)(a)", "28(a)"), the(found, "7(1)(a)", "28(b)")
    assert set(a.claims) == {DEED.id, HEADS.id}
    assert "owing to the circumstances" in cell(a, 5, "mode").reason
    assert "consciously disregarded" in cell(b, 5, "mode").reason and "ought to have known" in cell(b, 5, "mode").reason
    assert "effective responsibility and control" in cell(b, 6, "mode").text


def test_c5_the_way_up_is_told_link_by_link_with_its_words():
    under = held(a_tie(TieKind.SUBORDINATION, BRIGADE, GUARD, "under"))
    above = held(a_tie(TieKind.POSTING, TARN, GUARD, "commander"))
    found = superiors(DEED, under, above)
    assert named(found, "28(a)") == {"General Tarn"}
    told = cell(the(found, "7(1)(a)", "28(a)"), 2, "mode").reason
    assert "General Tarn over River Guard (“commander”; stated for this day)" in told
    assert "River Guard over Third Brigade (“under”; stated for this day)" in told
    assert "Third Brigade is named as author" in told and "not shown for the day" not in told


def test_a_member_answers_to_whoever_heads_his_unit():
    member = held(a_tie(TieKind.MEMBERSHIP, SELL, BRIGADE, "member"))
    deed = on(a_claim(ActType.KILLING, by(SELL), quote="the captain shot a man"))
    found = laid_out(deed, member, held(HEADS), actors=ALL, incidents=(dated(an_incident(deed)),))
    assert named(found, "28(a)") == {"Colonel Varo"}


@pytest.mark.parametrize(
    "bounds",
    [
        {"last": "2031-04-30", "ending": True},
        {"first": "2031-06-01", "starting": True},
    ],
)
def test_a_post_that_had_ended_or_not_begun_makes_no_superior(bounds):
    assert not named(superiors(DEED, held(HEADS, **bounds)), "28(a)")


def test_a_link_told_for_another_time_is_said_not_to_be_shown_for_the_day():
    found = the(superiors(DEED, held(HEADS, "2030-01-01", "2030-02-01")), "7(1)(a)", "28(a)")
    assert "not known to hold: last spoken of for 2030-02-01" in cell(found, 1, "mode").reason
    assert any("a link is not shown for the day" in r for r in found.reasons_against)


def test_an_act_without_a_day_says_so_of_every_link():
    deed = a_claim(ActType.KILLING, by(BRIGADE))
    found = the(laid_out(deed, held(HEADS), incidents=(an_incident(deed),)), "7(1)(a)", "28(a)")
    assert "no day is told for the act" in cell(found, 1, "mode").reason
    assert any("a link is not shown for the day" in r for r in found.reasons_against)


def test_c5_a_formal_post_is_circumstantial_in_its_row_and_stands_in_no_row_on_control():
    found = the(superiors(DEED, held(HEADS)), "7(1)(a)", "28(a)")
    position, control = cell(found, 1, "mode"), cell(found, 2, "mode")
    assert position.supporting == position.circumstantial == (HEADS.id,)
    (placed,) = position.placed
    assert "no effective control" in placed.says
    assert control.supporting == () and "not counted here" in control.reason
    assert any("Only posts, titles and circumstances" in r for r in found.reasons_against)


def test_orders_told_and_command_in_the_act_speak_to_control_and_only_the_second_directly():
    order = on(a_claim(ActType.TORTURE, by(VARO, Involvement.ORDERING), quote="he had men beaten"))
    commanded = on(a_claim(ActType.KILLING, by(VARO, Involvement.COMMAND), quote="he commanded those who shot"))
    found = the(superiors(DEED, held(HEADS), order, commanded), "7(1)(a)", "28(a)")
    control = cell(found, 2, "mode")
    assert set(control.supporting) == {order.id, commanded.id}
    assert control.circumstantial == (order.id,)


def test_c5_having_had_to_know_counts_under_28a_alone():
    before = on(a_claim(ActType.KILLING, by(BRIGADE), quote="the brigade shot two men in March"), "2031-03-02")
    incidents = (dated(an_incident(DEED)), dated(an_incident(before), "2031-03-02"))
    found = laid_out(DEED, before, held(HEADS), actors=ALL, incidents=incidents)
    later = [s for s in found if s.mode == "28(a)" and DEED.id in s.claims]
    assert later and all(before.id in s.claims for s in later), "both acts are laid out for one superior"
    alone = superiors(DEED, replace(before, act_type=ActType.KILLING), held(HEADS, "2031-05-01", starting=True))
    a, b = the(alone, "7(1)(a)", "28(a)"), the(alone, "7(1)(a)", "28(b)")
    assert cell(a, 5, "mode").supporting == (before.id,) == cell(a, 5, "mode").circumstantial
    assert cell(b, 5, "mode").supporting == ()


def test_c5_news_that_reached_the_superior_is_circumstantial_and_told_knowledge_direct():
    told = on(
        a_claim(ActType.OTHER, quote="Colonel Varo had received reports of it", speakers=("@doc", "Colonel Varo"))
    )
    knew = on(a_claim(ActType.KILLING, by(VARO, Involvement.KNOWLEDGE), quote="he knew of it"))
    for mode, row in (("28(a)", 5), ("28(b)", 5)):
        found = cell(the(superiors(DEED, held(HEADS), told, knew), "7(1)(a)", mode), row, "mode")
        assert set(found.supporting) == {told.id, knew.id} and found.circumstantial == (told.id,)


def test_two_who_are_said_to_head_one_unit_are_both_laid_out_and_the_conflict_is_said():
    found = superiors(DEED, held(HEADS), held(a_tie(TieKind.POSTING, TARN, BRIGADE, "commander")))
    assert named(found, "28(a)") == {"Colonel Varo", "General Tarn"}
    for suggestion in (s for s in found if s.mode == "28(a)"):
        assert any("are each said to head Third Brigade" in r for r in suggestion.reasons_against)


def test_28b_says_that_the_links_tell_of_armed_units_and_28a_that_they_tell_of_none():
    found = superiors(DEED, held(HEADS))
    assert any("armed units alone" in r for r in the(found, "7(1)(a)", "28(b)").reasons_against)
    deed = on(a_claim(ActType.DETENTION, by(MINISTRY), quote="the ministry held them"))
    minister = held(a_tie(TieKind.POSTING, SELL, MINISTRY, "head"))
    found = laid_out(deed, minister, actors=ALL, incidents=(dated(an_incident(deed)),))
    assert any("no armed unit" in r for r in the(found, "7(1)(e)", "28(a)").reasons_against)


def test_the_author_in_the_elements_of_the_crime_is_whoever_carried_it_out():
    admitted = on(
        a_claim(
            ActType.EXECUTION,
            by(BRIGADE),
            modality=Modality.ADMITTED,
            speakers=("@doc", "Third Brigade"),
            quote="we shot the prisoners",
        )
    )
    found = the(
        laid_out(admitted, held(HEADS), actors=ALL, incidents=(dated(an_incident(admitted)),)), "8(2)(c)(iv)", "28(a)"
    )
    assert cell(found, 3).supporting == (admitted.id,)
    assert "named authors' own" in cell(found, 3).reason


def test_that_other_forces_did_it_speaks_against_the_row_on_the_forces():
    other = on(a_claim(ActType.KILLING, by(GUARD), quote="the guard shot them"))
    incident = dated(an_incident(DEED, other))
    found = laid_out(
        DEED,
        other,
        held(HEADS),
        actors=ALL,
        incidents=(incident,),
        contradictions=(opposed(DEED, other, ContradictionKind.ATTRIBUTION),),
    )
    assert other.id in cell(the(found, "7(1)(a)", "28(a)"), 3, "mode").against


def test_a_tie_without_a_time_speaks_of_the_day_of_its_text():
    from probanda.matrix import lay_out

    texts = {HEADS.item: (DAY, DAY)}
    found = lay_out((DEED, HEADS), ALL, (dated(an_incident(DEED)),), (), (), PACK, texts=texts)
    assert "stated for this day" in cell(the(found, "7(1)(a)", "28(a)"), 1, "mode").reason
    undated = lay_out((DEED, HEADS), ALL, (dated(an_incident(DEED)),), (), (), PACK)
    assert "no time stated" in cell(the(undated, "7(1)(a)", "28(a)"), 1, "mode").reason


def test_bodies_that_only_speak_have_no_superiors_laid_out():
    tie = held(a_tie(TieKind.POSTING, VARO, MONITORS, "head"))
    assert not named(superiors(DEED, tie), "28(a)")
