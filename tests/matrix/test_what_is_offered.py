"""Which crimes a matrix may suggest: by what is recorded of conflict, acceptance and thresholds, and by the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probanda.claims.model import Named
from probanda.kernel.vocabulary import ActType
from probanda.law.recorded import Acceptance, Classification, ConflictType, Recorded, Side, Threshold
from probanda.matrix import set_aside

from .factory import EVERYONE, PACK, VARO, a_claim, an_incident, by, laid_out


@pytest.mark.parametrize("act_type", list(ActType))
@pytest.mark.parametrize("detail", [None, "property-destruction", "attack-on-protected-object", "wounding"])
def test_c3_no_crime_of_international_conflict_is_laid_out_while_nobody_classified_it(act_type, detail):
    crimes = {s.crime for s in laid_out(a_claim(act_type, by(VARO), detail=detail))}
    assert all(PACK.crime(c).conflict in (None, "NIAC") for c in crimes)


def test_c3_the_pack_holds_what_the_matrix_does_not_suggest():
    assert {c.id for c in PACK.crimes if "killing" in c.acts} > {"8(2)(a)(i)", "8(2)(b)(vi)"}
    crimes = {s.crime for s in laid_out(a_claim(ActType.KILLING, by(VARO)))}
    assert "8(2)(c)(i)-1" in crimes and not {"8(2)(a)(i)", "8(2)(b)(vi)"} & crimes


def classified(kind: str, place: str = "", first: str | None = None, last: str | None = None, n: int = 1):
    return Classification(
        decision=f"d{n}", by="Ada", at="2031-06-01T10:00:00Z", reason="two armies met", place=place,
        date_from=first, date_to=last, type=ConflictType(kind),
    )  # fmt: skip


def killing(place: str = "Tessal", day: str | None = "2031-05-04", act_type: ActType = ActType.KILLING, **fields):
    claim = a_claim(act_type, by(VARO), **fields)
    return replace(claim, places=(Named(place),) if place else (), date_from=day, date_to=day)


def short(act: str, **fields):
    """A claim whose act is this word alone, whatever else it quotes."""
    return replace(killing(act_type=ActType.ATTACK_ON_CIVILIANS, **fields), act=act)


def offered(claim, *classifications: Classification, **recorded) -> set[str]:
    return {s.crime for s in laid_out(claim, recorded=Recorded(classifications=classifications, **recorded))}


INTERNAL, INTERNATIONAL = {"7(1)(a)", "8(2)(c)(i)-1"}, {"7(1)(a)", "8(2)(a)(i)", "8(2)(b)(vi)"}


@pytest.mark.parametrize(
    ("classifications", "crimes"),
    [
        ([], INTERNAL),
        ([classified("niac")], INTERNAL),
        ([classified("iac")], INTERNATIONAL),
        ([classified("none")], {"7(1)(a)"}),
        ([classified("unclear")], INTERNAL | INTERNATIONAL),
        ([classified("both")], INTERNAL | INTERNATIONAL),
        ([classified("iac", "Tessal", "2031-05-01", "2031-05-31")], INTERNATIONAL),
        ([classified("iac", "tessal")], INTERNATIONAL),
        ([classified("iac", "Varn")], INTERNAL),
        ([classified("iac", "Tessal", "2031-06-01", None)], INTERNAL),
        ([classified("niac"), classified("iac", "Tessal", n=2)], INTERNATIONAL),
        ([classified("iac", "Tessal"), classified("niac", "Tessal", "2031-05-04", "2031-05-05", n=2)], INTERNAL),
        ([classified("iac"), classified("niac", first="2031-05-04", last="2031-09-01", n=2)], INTERNAL),
        ([classified("iac", "Tessal", "2031-05-01", "2031-05-06"),
          classified("niac", "Tessal", "2031-05-03", "2031-05-31", n=2)], INTERNAL | INTERNATIONAL),
    ],
)  # fmt: skip
def test_c2_the_recorded_classification_of_place_and_time_decides_which_crimes_are_laid_out(classifications, crimes):
    assert offered(killing(), *classifications) == crimes


def test_c2_a_claim_without_a_day_is_laid_out_in_both_ways_where_only_a_period_is_classified():
    claim = killing(day=None)
    period = classified("iac", "Tessal", "2031-05-01", "2031-05-31")
    assert offered(claim, period) == INTERNAL | INTERNATIONAL
    (one, *_) = [s for s in laid_out(claim, recorded=Recorded(classifications=(period,))) if s.crime == "8(2)(a)(i)"]
    assert any("Whether place and day lie within that is not certain" in n for n in one.notes)
    assert any("open or mixed" in n and "8(2)(c)(i)-1" in n for n in one.notes)


@pytest.mark.parametrize(
    ("place", "crimes"),
    [
        ("Benghazi", INTERNATIONAL),
        ("Tripoli", INTERNAL | INTERNATIONAL),
        ("Homs", INTERNAL),
        ("Tessal", INTERNAL),
    ],
)
def test_c2_a_decision_for_a_state_covers_its_places_and_perhaps_one_whose_name_others_bear(place, crimes):
    assert offered(killing(place), classified("iac", "Libya")) == crimes


def test_c2_a_claim_without_place_or_day_takes_them_from_its_incident():
    told, other = killing(), killing(place="", day=None, quote="he was shot")
    incident = replace(an_incident(told, other), places=("Tessal",), date_from="2031-05-04", date_to="2031-05-04")
    recorded = Recorded(classifications=(classified("iac", "Tessal", "2031-05-01", "2031-05-31"),))
    laid = laid_out(told, other, incidents=(incident,), recorded=recorded)
    assert {c for s in laid if s.crime == "8(2)(a)(i)" for c in s.claims} == {told.id, other.id}


def test_c2_every_layout_says_on_whose_decision_the_kind_of_conflict_rests_or_that_nobody_decided():
    (one, *_) = [s for s in laid_out(killing()) if s.crime == "8(2)(c)(i)-1"]
    assert any(n.startswith("Laid out as if the conflict were non-international") for n in one.notes)
    recorded = Recorded(classifications=(classified("iac", "Tessal"),))
    (one, *_) = [s for s in laid_out(killing(), recorded=recorded) if s.crime == "8(2)(a)(i)"]
    assert any("classified as iac by Ada on 2031-06-01; two armies met" in n for n in one.notes)
    assert not any(n.startswith("Laid out as if") for n in one.notes)


def test_c3_what_has_no_twin_is_offered_in_its_own_kind_of_conflict_alone():
    shields = killing(act_type=ActType.MILITARY_OPERATION, detail="military-use-of-civilian-place")
    assert offered(shields) == set()
    assert offered(shields, classified("iac")) == {"8(2)(b)(xxiii)"}


def test_c12_a_threshold_recorded_as_not_reached_withholds_the_crimes_behind_it_and_no_others():
    below = Threshold(decision="d", by="Ada", at="2031-06-01T10:00:00Z", reason="two nights of riots", bar="8(2)(d)",
                      side=Side.BELOW)  # fmt: skip
    assert offered(killing(), thresholds=(below,)) == {"7(1)(a)"}
    assert offered(killing(act_type=ActType.LOOTING_PROPERTY), thresholds=(below,)) == {"8(2)(e)(v)"}


def test_c12_a_threshold_is_a_bar_in_the_notes_of_a_layout_and_no_cell_of_it():
    above = Threshold(decision="d", by="Ada", at="2031-06-01T10:00:00Z", reason="months of fighting", bar="8(2)(d)",
                      side=Side.ABOVE)  # fmt: skip
    (one, *_) = [s for s in laid_out(killing(), recorded=Recorded(thresholds=(above,))) if s.crime == "8(2)(c)(i)-1"]
    assert any(
        n.startswith("Bar 8(2)(d)") and "Ada recorded" in n and "above; months of fighting" in n for n in one.notes
    )
    assert len([c for c in one.cells if c.part == "crime"]) == 5
    (one, *_) = [s for s in laid_out(killing()) if s.crime == "8(2)(c)(i)-1"]
    assert any(n.startswith("Bar, not looked at: 8(2)(d)") for n in one.notes)


def starving(day: str | None):
    return killing(day=day, act_type=ActType.SIEGE, detail="starvation-denial-of-aid")


def accepted(on: str | None, state: str = "Tessal", amendment: str = "2019-starvation") -> Acceptance:
    return Acceptance(decision="a", by="Ada", at="2031-06-01T10:00:00Z", reason="as its gazette says", state=state,
                      amendment=amendment, on=on)  # fmt: skip


def test_c4_the_amendment_of_2019_is_not_offered_for_2017_and_why_is_said():
    claim = starving("2017-03-01")
    assert offered(claim) == offered(claim, acceptances=(accepted("2021-01-01"),)) == set()
    (aside,) = set_aside([claim], EVERYONE, PACK)
    assert "2019-12-06" in aside.reason and "for no State could it count" in aside.reason


@pytest.mark.parametrize("day", ["2031-05-04", None])
def test_c4_where_no_acceptance_is_recorded_the_crime_is_offered_with_whether_in_force_unknown(day):
    (one,) = laid_out(starving(day))
    assert one.crime == "8(2)(e)(xix)"
    assert any(n.startswith("Whether in force: unknown (1 of 1 claims).") for n in one.notes)


@pytest.mark.parametrize(
    ("acceptance", "crimes"),
    [
        (accepted("2029-05-04"), {"8(2)(e)(xix)"}),
        (accepted("2031-01-01"), set()),
        (accepted(None), set()),
        (accepted(None, state="Varn"), {"8(2)(e)(xix)"}),
        (accepted(None, amendment="2010-weapons"), {"8(2)(e)(xix)"}),
    ],
)
def test_c4_a_recorded_acceptance_of_the_state_of_the_place_decides(acceptance, crimes):
    assert offered(starving("2031-05-04"), acceptances=(acceptance,)) == crimes


def test_c4_a_crime_that_surely_was_in_force_is_not_marked_as_open():
    (one,) = laid_out(starving("2031-05-04"), recorded=Recorded(acceptances=(accepted("2029-05-04"),)))
    assert not any(n.startswith("Whether in force: unknown") for n in one.notes)


def test_c4_nothing_is_offered_for_a_day_before_the_statute():
    claim = killing(day="1996-06-29")
    assert offered(claim) == set()
    (aside,) = set_aside([claim], EVERYONE, PACK)
    assert "not in force before 2002-07-01" in aside.reason


def test_c11_one_conduct_is_laid_out_as_several_crimes_and_none_hides_another():
    claim = killing(act_type=ActType.EXECUTION)
    assert offered(claim) == {"7(1)(a)", "8(2)(c)(i)-1", "8(2)(c)(iv)"}
    for one in laid_out(claim):
        assert one.claims == (claim.id,)


def test_c14_every_layout_keeps_name_version_and_digest_of_its_pack():
    assert {s.pack for s in laid_out(killing())} == {PACK.stamp}


@pytest.mark.parametrize(
    ("act_type", "detail", "fields", "crime", "points"),
    [
        (ActType.ATTACK_ON_CIVILIANS, None, {"victims": ("aid workers",)}, "8(2)(e)(iii)", True),
        (ActType.ATTACK_ON_CIVILIANS, None, {"place": "hospital of Sella"}, "8(2)(e)(iv)", True),
        (ActType.INDISCRIMINATE_ATTACK, None, {"place": "school in Varn"}, "8(2)(e)(iv)", True),
        (ActType.ATTACK_ON_CIVILIANS, None, {"victims": ("an ambulance",)}, "8(2)(e)(ii)", True),
        (ActType.RAPE_SEXUAL_VIOLENCE, None, {"quote": "they were kept as sex slaves"}, "8(2)(e)(vi)-2", True),
        (ActType.RAPE_SEXUAL_VIOLENCE, "rape", {"quote": "they were raped"}, "8(2)(e)(vi)-2", False),
        (ActType.KILLING, None, {"quote": "he was killed by perfidy"}, "8(2)(e)(ix)", True),
        (ActType.KILLING, None, {"quote": "he was killed"}, "8(2)(e)(ix)", False),
        (ActType.RECRUITMENT_CHILDREN, None, {}, "8(2)(e)(vii)", True),
        (ActType.LOOTING_PROPERTY, "property-destruction", {}, "8(2)(e)(xii)", True),
        (ActType.INDISCRIMINATE_ATTACK, "property-destruction", {}, "8(2)(e)(xii)", False),
    ],
)
def test_a_crime_that_asks_for_more_than_the_act_is_laid_out_only_where_the_words_say_it(
    act_type, detail, fields, crime, points
):
    assert (crime in offered(killing(act_type=act_type, detail=detail, **fields))) is points


def test_who_tells_of_an_attack_and_where_the_wounded_were_taken_is_not_what_was_attacked():
    for quote in ("aid workers said the market was shelled", "shelled the market; nine are in hospital"):
        assert offered(short("shelled", quote=quote)) == {"8(2)(e)(i)"}


@pytest.mark.parametrize(
    ("act", "crime"),
    [
        ("used chlorine gas", "8(2)(e)(xiv)"),
        ("poisoned the wells", "8(2)(e)(xiii)"),
        ("fired expanding bullets", "8(2)(e)(xv)"),
        ("spread anthrax", "8(2)(e)(xvi)"),
        ("dropped cluster bombs", None),
        ("fired white phosphorus", None),
        ("fired tear gas", None),
    ],
)
def test_a_weapon_points_to_its_own_crime_alone_and_others_to_none(act, crime):
    claim = killing(act_type=ActType.INDISCRIMINATE_ATTACK, detail="prohibited-weapon", quote=act)
    assert offered(claim) == ({crime} if crime else set())
    if crime is None:
        assert [a.reason[:27] for a in set_aside([claim], EVERYONE, PACK)] == ["It points further only with"]


def test_a_layout_says_why_such_a_claim_points_there_and_what_it_does_not_show():
    (one,) = laid_out(killing(act_type=ActType.RECRUITMENT_CHILDREN))
    assert any("under fifteen is what counts" in n for n in one.notes)
