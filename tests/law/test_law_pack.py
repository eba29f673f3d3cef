"""Rules of the law pack: what it must hold, and what it refuses. Numbers and titles are in test_outline."""

from __future__ import annotations

from importlib import resources

import pytest

from probanda.kernel.vocabulary import ActType, Involvement
from probanda.law import LawPackBroken, build, load, modes_for
from probanda.law.pack import place_in_statute

PACK = load()


def files() -> dict[str, str]:
    folder = resources.files("probanda.law") / "packs" / "rome"
    return {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}


def refused(file: str, old: str, new: str) -> LawPackBroken:
    texts = files()
    assert old in texts[file], "the harm must hit something"
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(LawPackBroken) as caught:
        build("rome", texts)
    assert file in caught.value.fix
    return caught.value


def element_words(crime_id: str) -> str:
    return " ".join(e.text for e in PACK.crime(crime_id).elements).casefold()


def test_torture_against_humanity_asks_for_custody_and_for_no_purpose():
    assert "custody" in element_words("7(1)(f)")
    assert "purpose" not in element_words("7(1)(f)")


def test_torture_in_armed_conflict_asks_for_a_purpose_and_for_no_custody():
    assert "purpose" in element_words("8(2)(c)(i)-4")
    assert "custody" not in element_words("8(2)(c)(i)-4")


def test_denying_quarter_asks_for_no_death():
    words = element_words("8(2)(e)(x)")
    assert not any(death in words for death in ("kill", "death", "died"))
    assert PACK.crime("8(2)(e)(x)").by_words


def test_displacement_in_conflict_needs_an_order_and_forcible_transfer_does_not():
    assert PACK.crime("8(2)(e)(viii)").needs == "order"
    assert "ordered" in PACK.crime("8(2)(e)(viii)").elements[0].text
    assert PACK.crime("7(1)(d)").needs == "force"
    assert "order" not in PACK.crime("7(1)(d)").elements[0].text


def test_should_have_known_belongs_to_military_commanders_alone():
    assert "should have known" in PACK.mode("28(a)").elements[4].text
    assert all("should have known" not in e.text for m in PACK.modes if m.id != "28(a)" for e in m.elements)


def test_parts_that_follow_case_law_are_marked_unchecked():
    marked = {(m.id, e.no) for m in PACK.modes for e in m.elements if e.unchecked}
    jointly = {("25(3)(a) jointly", n) for n in (2, 3, 4, 5)}
    assert marked == jointly | {
        ("25(3)(a) through another", 2),
        ("25(3)(a) through another", 3),
        ("25(3)(b) ordering", 1),
    }


def test_nobody_is_told_that_a_lawyer_reviewed_the_words():
    assert not any(c.verified for c in PACK.crimes)
    assert all("not reviewed by a lawyer" in c.verification for c in PACK.crimes)
    assert "reviewed by no lawyer" in PACK.statement


def test_every_entry_cites_article_edition_and_when_it_came_into_force():
    for crime in PACK.crimes:
        assert crime.article.startswith("art. ") and "2011" in crime.edition and "20" in crime.in_force


def test_every_element_gives_an_example_and_says_what_would_fill_a_gap():
    for owner in (*PACK.crimes, *PACK.modes):
        for element in owner.elements:
            assert len(element.example) > 10 and len(element.fill) > 10, (owner.id, element.no)


def test_thresholds_of_internal_conflict_are_bars_and_never_elements():
    assert "8(2)(d)" in {b.id for b in PACK.bars_of(PACK.crime("8(2)(c)(i)-1"))}
    assert "8(2)(f)" in {b.id for b in PACK.bars_of(PACK.crime("8(2)(e)(x)"))}
    assert not {"8(2)(d)", "8(2)(f)"} & {b.id for b in PACK.bars_of(PACK.crime("7(1)(a)"))}
    words = " ".join(e.text for c in PACK.crimes for e in c.elements).casefold()
    assert not any(w in words for w in ("riots", "protracted", "sporadic", "disturbance"))


def test_four_stages_have_four_standards_of_proof_in_rising_order():
    assert [s.rank for s in PACK.stages] == [1, 2, 3, 4]
    assert PACK.stages[0].standard == "reasonable basis"
    assert PACK.stages[-1].standard == "beyond reasonable doubt"


def test_article_30_is_a_rule_of_construction_and_counted_in_no_crime():
    assert any(r.id == "art-30-implied" for r in PACK.rules)
    assert not any(e.common_key == "art-30" for c in PACK.crimes for e in c.elements)


def test_every_kind_of_act_points_somewhere_or_is_silent_with_a_reason():
    named = {a.partition("/")[0] for c in PACK.crimes for a in c.acts} | {s.act.partition("/")[0] for s in PACK.silent}
    assert {a.value for a in ActType} <= named


def test_every_involvement_points_to_a_mode_or_to_none_with_a_reason():
    modes = {i for m in PACK.modes for i in m.involvements}
    none = {n.involvement for n in PACK.not_modes}
    assert modes | none == {i.value for i in Involvement} and not modes & none


def test_the_stamp_changes_with_any_byte_of_the_data():
    texts = files()
    assert build("rome", texts).digest == PACK.digest
    texts["common.yaml"] += "\n# a comment\n"
    assert build("rome", texts).digest != PACK.digest


def test_a_doubled_crime_is_refused_by_name():
    error = refused("article-8c.yaml", "id: 8(2)(c)(iv)\n", "id: 8(2)(c)(iii)\n")
    assert error.entry == "8(2)(c)(iii)" and "2 times" in error.problem


def test_a_gap_in_the_numbers_is_refused():
    assert "numbered" in refused("article-7.yaml", "{no: 2, common: attack}", "{no: 4, common: attack}").problem


def test_a_crime_without_its_contextual_ending_is_refused():
    error = refused(
        "article-8c.yaml", "      - {no: 4, common: niac-link}\n      - {no: 5, common: conflict-awareness}\n", ""
    )
    assert error.entry == "8(2)(c)(i)-1" and "niac-link" in error.fix


def test_the_ending_of_another_family_is_refused():
    error = refused("article-7.yaml", "common: attack-knowledge", "common: conflict-awareness")
    assert error.entry == "7(1)(a)"


def test_an_unknown_act_is_refused():
    assert "no act type" in refused("article-8c.yaml", "acts: [hostage]", "acts: [hostages]").problem


def test_an_element_that_does_not_say_what_would_help_is_refused():
    error = refused("modes.yaml", "        fill: Who carried it out.\n", "")
    assert "25(3)(a) through another, element 1" in error.problem and "`fill`" in error.problem


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("article-6.yaml", "        undermine: Another cause", "        undermines: Another cause"),
        ("article-7.yaml", "    needs: force", "    need: force"),
        ("article-7.yaml", "{no: 2, common: attack}", "{no: 2, common: attack, note: wide}"),
        ("modes.yaml", "    details: [attempt]", "    detail: [attempt]"),
    ],
)
def test_a_key_that_nobody_reads_is_refused(file, old, new):
    assert "is no key of such an entry" in refused(file, old, new).problem


def test_an_involvement_that_nobody_maps_is_refused():
    assert "ordering" in refused("modes.yaml", "[ordering]", "[]").problem


def test_a_file_that_is_not_yaml_is_refused():
    assert "not YAML" in refused("cues.yaml", "civilians:", "civilians: [").problem


def test_an_unknown_pack_is_refused_with_the_next_step():
    with pytest.raises(LawPackBroken) as caught:
        load("atlantis")
    assert "atlantis" in caught.value.problem and "rome" in caught.value.fix


def test_a_pack_needs_no_list_of_its_files():
    texts = files()
    texts["one-more.yaml"] = texts.pop("article-6.yaml")
    assert [c.id for c in build("rome", texts).crimes] == [c.id for c in PACK.crimes]


@pytest.mark.parametrize(
    "ids",
    [
        ["6(a)", "6(e)", "7(1)(a)", "8(2)(a)(i)", "8bis"],
        ["7(1)(g)-1", "7(1)(g)-6", "7(1)(h)", "7(1)(i)", "7(1)(j)"],
        ["8(2)(b)(iv)", "8(2)(b)(v)", "8(2)(b)(ix)", "8(2)(b)(x)-1", "8(2)(b)(x)-2", "8(2)(b)(xix)", "8(2)(b)(xx)"],
        ["8(2)(b)(xxix)", "8(2)(c)(i)-1", "8(2)(e)(i)", "8bis", "Section 4"],
    ],
)
def test_ids_stand_in_the_order_of_the_statute(ids):
    backwards = ids[::-1]
    assert sorted(backwards, key=place_in_statute) == ids


def test_incitement_is_a_mode_of_genocide_alone():
    incitement = PACK.mode("25(3)(e) incitement")
    assert {c.family for c in PACK.crimes if incitement.fits(c)} == {"genocide"}
    assert incitement in modes_for(PACK, "inciting", PACK.crime("6(a)"))
    assert incitement not in modes_for(PACK, "inciting", PACK.crime("7(1)(a)"))


def test_genocide_aggression_and_extermination_are_laid_out_by_a_person_never_by_a_kind_of_act():
    pointed = {c.id for c in PACK.crimes if c.acts}
    assert not {i for i in pointed if i.startswith("6(") or i in ("8bis", "7(1)(b)", "7(1)(j)")}


def test_the_aim_to_destroy_is_an_element_of_its_own_in_every_genocide():
    for crime in (c for c in PACK.crimes if c.family == "genocide"):
        assert [e.common_key for e in crime.elements].count("genocide-intent") == 1, crime.id


def test_aggression_is_for_leaders_and_says_so():
    assert "art. 25(3) bis" in {b.id for b in PACK.bars_of(PACK.crime("8bis"))}
    assert "art. 25(3) bis" not in {b.id for b in PACK.bars_of(PACK.crime("7(1)(a)"))}


def test_orders_never_excuse_genocide_or_crimes_against_humanity():
    orders = next(e for e in PACK.exclusions if e.id == "33")
    assert "genocide or a crime against humanity is always plainly unlawful" in orders.conditions
