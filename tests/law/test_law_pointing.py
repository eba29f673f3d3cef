"""Which acts point to which crimes, as a table; and which point to none, with why."""

from __future__ import annotations

import pytest

from probanda.law import crimes_for, load, modes_for, why_none

PACK = load()


@pytest.mark.parametrize(
    ("act_type", "detail", "crimes"),
    [
        ("killing", None, ["7(1)(a)", "8(2)(c)(i)-1"]),
        ("execution", None, ["7(1)(a)", "8(2)(c)(i)-1", "8(2)(c)(iv)"]),
        ("attack-on-civilians", None, ["8(2)(e)(i)"]),
        ("indiscriminate-attack", None, ["8(2)(e)(i)"]),
        ("torture", None, ["7(1)(f)", "8(2)(c)(i)-3", "8(2)(c)(i)-4"]),
        ("torture", "ill-treatment", ["7(1)(k)", "8(2)(c)(i)-3", "8(2)(c)(ii)"]),
        ("torture", "mutilation", ["7(1)(k)", "8(2)(c)(i)-2", "8(2)(e)(xi)-1"]),
        ("other", "forced-labour-trafficking", ["7(1)(c)"]),
        ("detention", None, ["7(1)(e)"]),
        ("abduction", None, ["7(1)(e)", "7(1)(i)"]),
        ("enforced-disappearance", None, ["7(1)(i)"]),
        ("hostage", None, ["7(1)(e)", "8(2)(c)(iii)"]),
        ("looting-property", None, ["8(2)(e)(v)"]),
        ("looting-property", "property-seizure", ["8(2)(e)(v)", "8(2)(e)(xii)"]),
        ("looting-property", "property-destruction", ["8(2)(e)(xii)"]),
        ("recruitment-children", None, ["8(2)(e)(vii)"]),
        ("siege", "starvation-denial-of-aid", ["8(2)(e)(xix)"]),
        ("mutilation-of-dead", None, ["8(2)(c)(ii)"]),
        ("denial-of-quarter", None, ["8(2)(e)(x)"]),
        ("other", "persecution", ["7(1)(h)"]),
        ("rape-sexual-violence", "rape", ["7(1)(g)-1", "8(2)(e)(vi)-1"]),
        ("killing", "some-new-detail", ["7(1)(a)", "8(2)(c)(i)-1"]),
    ],
)
def test_an_act_points_to_its_crimes(act_type, detail, crimes):
    assert [c.id for c in crimes_for(PACK, act_type, detail) if not c.needs] == crimes


@pytest.mark.parametrize(
    ("kinds", "crimes"),
    [
        (("NIAC",), ["7(1)(a)", "8(2)(c)(i)-1"]),
        (("IAC",), ["7(1)(a)", "8(2)(a)(i)", "8(2)(b)(vi)"]),
        (("IAC", "NIAC"), ["7(1)(a)", "8(2)(a)(i)", "8(2)(b)(vi)", "8(2)(c)(i)-1"]),
        ((), ["7(1)(a)"]),
    ],
)
def test_c2_the_kind_of_conflict_decides_which_war_crimes_an_act_points_to(kinds, crimes):
    assert [c.id for c in crimes_for(PACK, "killing", None, kinds) if not c.needs] == crimes


def test_c2_twins_are_pointed_to_by_the_same_acts_and_words_so_that_a_new_classification_maps_them():
    for crime in PACK.crimes:
        if crime.twin:
            twin = PACK.crime(crime.twin)
            assert (crime.acts, crime.needs, crime.suggested) == (twin.acts, twin.needs, twin.suggested), crime.id


def test_a_crime_that_asks_for_words_besides_the_act_says_why_it_is_pointed_to():
    for crime in PACK.crimes:
        if crime.needs not in ("", "order", "force"):
            assert len(crime.why_pointed) > 60, crime.id


@pytest.mark.parametrize(
    ("act_type", "detail"),
    [
        ("killing", "casualty-count"),
        ("killing", "wounding"),
        ("displacement", "fled"),
        ("indiscriminate-attack", "property-destruction"),
        ("military-operation", None),
        ("procedural", "warrant"),
        ("political-statement", None),
        ("siege", None),
        ("mass-grave", None),
        ("other", "unspecified-crimes"),
        ("obstruction-impunity", "sanctuary"),
    ],
)
def test_an_act_that_points_nowhere_says_why(act_type, detail):
    assert crimes_for(PACK, act_type, detail) == ()
    assert len(why_none(PACK, act_type, detail)[0]) > 10


def test_shelter_after_the_fact_is_noted_though_it_points_to_no_crime():
    assert why_none(PACK, "obstruction-impunity", None)[1]
    assert not why_none(PACK, "military-operation", None)[1]


@pytest.mark.parametrize(
    ("involvement", "modes"),
    [
        ("direct", ["25(3)(a) individual"]),
        ("unknown", ["25(3)(a) individual"]),
        ("ordering", ["25(3)(b) ordering"]),
        ("inciting", ["25(3)(b) soliciting or inducing"]),
        ("command", ["28(a)", "28(b)"]),
        ("failing-to-act", ["28(a)", "28(b)"]),
        ("knowledge", ["28(a)", "28(b)"]),
        ("sheltering", []),
        ("benefiting", []),
    ],
)
def test_involvement_points_to_its_mode(involvement, modes):
    assert [m.id for m in modes_for(PACK, involvement, PACK.crime("7(1)(a)"))] == modes


@pytest.mark.parametrize(
    ("involvement", "modes"),
    [
        ("direct", ["25(3)(f) attempt"]),
        ("unknown", ["25(3)(f) attempt"]),
        ("ordering", ["25(3)(b) ordering"]),
        ("command", ["28(a)", "28(b)"]),
    ],
)
def test_what_was_attempted_points_to_attempt_and_not_to_commission(involvement, modes):
    assert [m.id for m in modes_for(PACK, involvement, PACK.crime("7(1)(a)"), "attempt")] == modes


def test_who_orders_that_no_quarter_be_given_commits_it_with_his_own_words():
    assert [m.id for m in modes_for(PACK, "ordering", PACK.crime("8(2)(e)(x)"))] == ["25(3)(a) individual"]
