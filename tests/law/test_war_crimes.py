"""Rules for the war crimes of article 8: pairs, amendments, what is offered before the conflict is classified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from probanda.law import LawPackBroken, build, load
from probanda.law.inforce import a_year_after, in_force
from probanda.law.pointing import crimes_for, offered
from probanda.law.twins import in_conflict

PACK = load()
WAR_CRIMES = [c for c in PACK.crimes if c.family == "war_crimes"]
PAIRS = {
    "8(2)(a)(i)": "8(2)(c)(i)-1",
    "8(2)(a)(ii)-1": "8(2)(c)(i)-4",
    "8(2)(a)(viii)": "8(2)(c)(iii)",
    "8(2)(b)(xxi)": "8(2)(c)(ii)",
    "8(2)(b)(i)": "8(2)(e)(i)",
    "8(2)(b)(iii)": "8(2)(e)(iii)",
    "8(2)(b)(ix)": "8(2)(e)(iv)",
    "8(2)(b)(x)-1": "8(2)(e)(xi)-1",
    "8(2)(b)(x)-2": "8(2)(e)(xi)-2",
    "8(2)(b)(xi)": "8(2)(e)(ix)",
    "8(2)(b)(xii)": "8(2)(e)(x)",
    "8(2)(b)(xiii)": "8(2)(e)(xii)",
    "8(2)(b)(xvi)": "8(2)(e)(v)",
    "8(2)(b)(xvii)": "8(2)(e)(xiii)",
    "8(2)(b)(xviii)": "8(2)(e)(xiv)",
    "8(2)(b)(xix)": "8(2)(e)(xv)",
    **{f"8(2)(b)(xxii)-{n}": f"8(2)(e)(vi)-{n}" for n in range(1, 7)},
    "8(2)(b)(xxiv)": "8(2)(e)(ii)",
    "8(2)(b)(xxv)": "8(2)(e)(xix)",
    "8(2)(b)(xxvi)": "8(2)(e)(vii)",
    "8(2)(b)(xxvii)": "8(2)(e)(xvi)",
    "8(2)(b)(xxviii)": "8(2)(e)(xvii)",
    "8(2)(b)(xxix)": "8(2)(e)(xviii)",
}
ONLY_INTERNAL = ["8(2)(c)(i)-2", "8(2)(c)(i)-3", "8(2)(c)(iv)", "8(2)(e)(viii)"]
ONLY_INTERNATIONAL = [
    *("8(2)(a)(ii)-2", "8(2)(a)(ii)-3", "8(2)(a)(iii)", "8(2)(a)(iv)", "8(2)(a)(v)", "8(2)(a)(vi)"),
    *("8(2)(a)(vii)-1", "8(2)(a)(vii)-2", "8(2)(b)(ii)", "8(2)(b)(iv)", "8(2)(b)(v)", "8(2)(b)(vi)"),
    *("8(2)(b)(vii)-1", "8(2)(b)(vii)-2", "8(2)(b)(vii)-3", "8(2)(b)(vii)-4", "8(2)(b)(viii)"),
    *("8(2)(b)(xiv)", "8(2)(b)(xv)", "8(2)(b)(xx)", "8(2)(b)(xxiii)"),
]


def words(crime_id: str, *numbers: int) -> str:
    return " ".join(e.text for e in PACK.crime(crime_id).elements if not numbers or e.no in numbers).casefold()


def own_words(crime_id: str) -> list[tuple[str, str]]:
    return [(e.type, e.text) for e in PACK.crime(crime_id).elements[:-2]]


def refused(file: str, old: str, new: str) -> LawPackBroken:
    folder = resources.files("probanda.law") / "packs" / "rome"
    texts = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}
    assert old in texts[file], "the harm must hit something"
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(LawPackBroken) as caught:
        build("rome", texts)
    return caught.value


def test_article_8_has_81_war_crimes():
    assert len(WAR_CRIMES) == 81
    counts = [sum(c.id.startswith(f"8(2)({letter})") for c in WAR_CRIMES) for letter in "abce"]
    assert counts == [11, 38, 7, 25]


def test_c2_every_pair_names_both_crimes_and_no_other_pair_stands():
    assert {c.id: c.twin for c in WAR_CRIMES if c.twin} == PAIRS | {niac: iac for iac, niac in PAIRS.items()}


def test_c3_crimes_without_a_twin_are_those_of_one_kind_of_conflict():
    assert [c.id for c in WAR_CRIMES if not c.twin and c.conflict == "NIAC"] == ONLY_INTERNAL
    assert [c.id for c in WAR_CRIMES if not c.twin and c.conflict == "IAC"] == ONLY_INTERNATIONAL


def test_c2_a_change_of_classification_maps_pairs_and_names_those_without():
    mapped = in_conflict(PACK, ["7(1)(a)", "8(2)(e)(i)", "8(2)(e)(viii)", "8(2)(b)(iv)"], "IAC")
    assert mapped.kept == ("7(1)(a)", "8(2)(b)(iv)")
    assert mapped.changed == (("8(2)(e)(i)", "8(2)(b)(i)"),)
    assert mapped.without_twin == ("8(2)(e)(viii)",)
    assert in_conflict(PACK, ["8(2)(b)(iv)"], "NIAC").without_twin == ("8(2)(b)(iv)",)


@pytest.mark.parametrize("crime", WAR_CRIMES, ids=lambda c: c.id)
def test_every_element_says_what_could_undermine_it(crime):
    for element in crime.elements:
        assert len(element.undermine) > 10 and element.article.startswith("art. 8(2)"), element.no


@pytest.mark.parametrize("crime", WAR_CRIMES, ids=lambda c: c.id)
def test_elements_of_a_crime_come_in_the_official_order(crime):
    """Conduct opens every crime; the contextual part comes last, awareness after it."""
    types = [e.type for e in crime.elements]
    assert not types or (types[0] == "conduct" and types[-2:] == ["contextual", "mental"])
    assert "contextual" not in types[:-2]


def test_grave_breaches_ask_for_persons_or_property_that_the_conventions_protect():
    for crime in (c for c in WAR_CRIMES if c.id.startswith("8(2)(a)")):
        keys = [e.common_key for e in crime.elements[-4:-2]]
        property_ = crime.id == "8(2)(a)(iv)"
        assert property_ or keys == ["protected-person", "protected-person-awareness"], crime.id
        assert "geneva conventions" in words(crime.id)


def test_common_article_3_asks_for_victims_taking_no_active_part():
    for crime in (c for c in WAR_CRIMES if c.id.startswith("8(2)(c)")):
        keys = [e.common_key for e in crime.elements]
        assert keys.index("status-awareness") == keys.index("protected-status") + 1, crime.id


def test_torture_in_armed_conflict_asks_for_a_purpose_and_for_no_custody():
    for crime_id in ("8(2)(a)(ii)-1", "8(2)(c)(i)-4"):
        assert "purpose" in words(crime_id) and "custody" not in words(crime_id)
    assert all("purpose" not in words(i) for i in ("8(2)(a)(ii)-2", "8(2)(a)(iii)", "8(2)(c)(i)-3"))


def test_denying_quarter_asks_for_no_death_in_either_conflict():
    for crime_id in ("8(2)(b)(xii)", "8(2)(e)(x)"):
        assert len(PACK.crime(crime_id).elements) == 5 and PACK.crime(crime_id).by_words
        assert not any(death in words(crime_id) for death in ("kill", "death", "died"))


def test_the_flag_of_the_united_nations_asks_for_knowledge_and_its_neighbours_do_not():
    assert "should have known" not in words("8(2)(b)(vii)-3")
    assert all("should have known" in words(f"8(2)(b)(vii)-{n}", 3) for n in (1, 2, 4))


def test_the_author_makes_the_judgement_of_value_in_excessive_harm_alone():
    assert "knew" in words("8(2)(b)(iv)", 3) and "out of proportion" in words("8(2)(b)(iv)", 3)


def test_children_are_under_fifteen_and_it_is_enough_that_the_author_should_have_known():
    for crime_id in ("8(2)(b)(xxvi)", "8(2)(e)(vii)"):
        assert "under fifteen" in words(crime_id, 2) and "should have known" in words(crime_id, 3)
    assert "national armed forces" in words("8(2)(b)(xxvi)", 1)
    assert "force or group" in words("8(2)(e)(vii)", 1)


def test_twins_differ_only_where_the_statute_or_the_elements_do():
    """The same before the ending, save those whose texts differ (protected persons, the other side, gravity)."""
    differ = {iac for iac, niac in PAIRS.items() if own_words(iac) != own_words(niac)}
    assert differ == {
        *("8(2)(a)(i)", "8(2)(a)(ii)-1", "8(2)(a)(viii)", "8(2)(b)(xxi)"),
        *("8(2)(b)(x)-1", "8(2)(b)(x)-2", "8(2)(b)(xi)", "8(2)(b)(xiii)", "8(2)(b)(xxii)-6", "8(2)(b)(xxvi)"),
    }


def test_a_crime_that_waits_for_an_annex_has_no_elements_and_is_never_offered():
    crime = PACK.crime("8(2)(b)(xx)")
    assert crime.elements == () and "annex" in crime.note and not offered(crime)


def test_what_nobody_could_check_says_so_on_the_crime_and_on_each_element():
    unchecked = [c.id for c in WAR_CRIMES if c.unchecked]
    assert unchecked == [
        *("8(2)(b)(xxvii)", "8(2)(b)(xxviii)", "8(2)(b)(xxix)"),
        *("8(2)(e)(xvi)", "8(2)(e)(xvii)", "8(2)(e)(xviii)", "8(2)(e)(xix)"),
    ]
    for crime in WAR_CRIMES:
        assert crime.unchecked == ("NOT checked" in crime.verification)
        assert all(e.unchecked == crime.unchecked for e in crime.elements), crime.id


def test_c3_no_crime_of_international_conflict_is_offered_while_nobody_classified_it():
    kinds = {act for c in PACK.crimes for act in c.acts}
    for act in sorted(kinds):
        kind, _, detail = act.partition("/")
        found = crimes_for(PACK, "other" if kind == "*" else kind, detail or None)
        assert all(c.conflict in (None, "NIAC") for c in found), act
    assert not any(offered(c) for c in WAR_CRIMES if c.conflict == "IAC")


@pytest.mark.parametrize(
    ("crime_id", "on", "accepted", "holds"),
    [
        ("8(2)(e)(xix)", date(2018, 4, 1), None, False),
        ("8(2)(e)(xix)", date(2018, 4, 1), date(2021, 5, 3), False),
        ("8(2)(e)(xix)", date(2024, 4, 1), None, None),
        ("8(2)(e)(xix)", date(2022, 5, 2), date(2021, 5, 3), False),
        ("8(2)(e)(xix)", date(2022, 5, 3), date(2021, 5, 3), True),
        ("8(2)(b)(xxv)", date(2018, 4, 1), None, True),
        ("8(2)(e)(xiii)", date(2011, 6, 9), None, False),
        ("8(2)(e)(xiii)", date(2015, 1, 1), date(2012, 9, 26), True),
        ("8(2)(b)(xxvii)", date(2018, 12, 13), date(2018, 1, 1), False),
        ("8(2)(e)(i)", date(2002, 6, 30), None, False),
        ("8(2)(e)(i)", date(2002, 7, 1), None, True),
        ("8bis", date(2020, 1, 1), None, None),
    ],
)
def test_c4_a_crime_of_an_amendment_counts_a_year_after_the_state_accepted_it(crime_id, on, accepted, holds):
    answer = in_force(PACK, PACK.crime(crime_id), on, accepted)
    assert answer.holds is holds and len(answer.reason) > 20 and answer.article.startswith("art. ")


def test_c4_what_the_pack_has_no_first_day_for_is_never_said_to_be_in_force():
    answer = in_force(replace(PACK, first=None), PACK.crime("8(2)(e)(i)"), date(2020, 1, 1))
    assert answer.holds is None


def test_a_year_after_a_leap_day_is_the_later_day():
    assert a_year_after(date(2020, 2, 29)) == date(2021, 3, 1)
    assert a_year_after(date(2020, 2, 28)) == date(2021, 2, 28)


def test_every_crime_of_an_amendment_names_it_with_its_day_and_article_121():
    by = {"2010": "2010-06-10", "2017": "2017-12-14", "2019": "2019-12-06"}
    assert {c.since for c in WAR_CRIMES if c.amendment} == set(by)
    for crime in WAR_CRIMES:
        assert (crime.since == "1998/2002") == (not crime.amendment)
        assert not crime.amendment or (by[crime.since] in crime.in_force and "121(5)" in crime.in_force)


def test_a_twin_that_does_not_answer_is_refused():
    error = refused("article-8e.yaml", "twin: 8(2)(b)(xvi)\n", "twin: 8(2)(b)(xv)\n")
    assert error.entry in {"8(2)(b)(xvi)", "8(2)(e)(v)"} and "name each other" in error.fix


def test_a_like_that_is_not_written_out_is_refused():
    error = refused("article-8b.yaml", "like: 8(2)(e)(v)\n", "like: 8(2)(b)(xii)\n")
    assert error.entry == "8(2)(b)(xvi)" and "written out" in error.problem


def test_an_element_in_place_of_the_ending_is_refused():
    error = refused("article-8b.yaml", "- no: 4\n        type: circumstance\n", "- no: 5\n        type: mental\n")
    assert error.entry == "8(2)(b)(x)-1" and "ending" in error.problem


def test_an_amendment_that_the_pack_does_not_know_is_refused():
    error = refused("article-8e.yaml", "amendment: 2019-starvation", "amendment: 2020-starvation")
    assert error.entry == "8(2)(e)(xix)" and "2020-starvation" in error.problem


def test_an_amendment_without_a_date_is_refused():
    assert "no date" in refused("pack.yaml", 'adopted: "2010-06-10"', 'adopted: "June 2010"').problem
