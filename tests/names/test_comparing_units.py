"""Prepared names of bodies, in several languages. Persons and most bodies are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.names.compare import Kind, compare, prepare
from probanda.names.model import Match, Sameness
from probanda.names.unit_words import IDEAS, find_words, read_words


def units(a: str, b: str) -> Match:
    return compare(prepare(a, Kind.UNIT), prepare(b, Kind.UNIT))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("17th Brigade", "Brigade 17"),
        ("Seventeenth Brigade", "اللواء السابع عشر"),
        ("Twenty-third Brigade", "اللواء الثالث والعشرون"),
        ("23rd Brigade", "٢٣ لواء"),
        ("Brigade No. 17", "17-я бригада"),
        ("XVII Brigade", "17e brigade"),
        ("Peruvian National Police", "Policía Nacional del Perú"),
        ("Ministry of Justice", "وزارة العدل"),
        ("Ministère de l’Intérieur", "Министерство внутренних дел"),
        ("Coastal Rescue Front", "CRF"),
        ("Federal Migration Service", "ФМС"),
        ("ФМС", "FMS"),
        ("Delma Trading & Shipping Co. Ltd", "Delma Trading and Shipping LLC"),
        ('ООО "Вартег"', "OOO Varteg"),
        ("Varteg LLC", "Varteg"),
        ("شركة الصرافي للنقل", "Sarafi Transport Company"),
        ("M/V Delma Star", "Delma Star"),
        ("Liwa al-Zamzuk", "لواء الزمزوق"),
        ("Zamzuk Brigade of the LNA", "Libyan National Army Zamzuk Brigade"),
        ("Libyan National Army", "الجيش الوطني الليبي"),
        ("LNA", "Libyan Arab Armed Forces"),
        ("Desert Deterrence Force", "قوة ردع الصحراء"),
        ("Varteg Directorate of Military Intelligence", "Varteg Military Intelligence Department"),
    ],
)
def test_names_of_one_body_meet_across_languages(a: str, b: str) -> None:
    found = units(a, b)
    assert found.same is Sameness.SAME, (found.value, found.reason)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("17th Brigade", "18th Brigade", "number"),
        ("First Zamzuk Brigade", "اللواء الثاني زمزوق", "number"),
        ("Northern Zamzuk Command", "Southern Zamzuk Command", "qualifier"),
        ("General Intelligence", "Military Intelligence", "qualifier"),
        ("Zamzuk Brigade", "Zamzuk Regiment", "level"),
        ("Ministry of Justice", "Ministry of Health", "kind"),
        ("Peruvian Border Police", "Chilean Border Police", "State"),
        ("Varteg Oil", "Delma Oil", "proper"),
        ("CRF", "CRD", "acronyms"),
        ("Coastal Rescue Front", "FRC", "acronym"),
    ],
)
def test_another_number_level_qualifier_or_state_speaks_against(a: str, b: str, why: str) -> None:
    found = units(a, b)
    assert found.same is Sameness.NOT_SAME, (found.value, found.reason)
    assert why in found.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the army", "Army"),
        ("Zamzuk Brigade", "17th Zamzuk Brigade"),
        ("Special Zamzuk Force", "Zamzuk Force"),
        ("Varteg LLC", "Varteg JSC"),
    ],
)
def test_a_missing_number_or_qualifier_leaves_it_open(a: str, b: str) -> None:
    assert units(a, b).same is Sameness.OPEN, units(a, b).reason


def test_every_word_of_the_lists_is_read_as_its_idea() -> None:
    words = read_words()
    for sort in IDEAS:
        for row in words[sort]:
            for form in row["words"]:
                written = str(form).replace("*", "")
                items = find_words(written, with_known=False)
                assert len(items) == 1, (row["id"], form, items)
                if "*" not in str(form):  # a stem alone may be another word
                    assert row["id"] in items[0].ids or items[0].ids, (row["id"], form, items)


def test_words_said_to_be_near_are_words_of_the_lists() -> None:
    words = read_words()
    ids = {row["id"] for sort in IDEAS for row in words[sort]}
    for line in words["near"]:
        assert set(line) <= ids, set(line) - ids


@given(st.text(max_size=25), st.text(max_size=25))
def test_the_answer_is_the_same_whichever_name_stands_first(a: str, b: str) -> None:
    assert abs(units(a, b).value - units(b, a).value) < 1e-9
    assert units(a, b).reason


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "words", ["9" * 5000, "a" * 50_000, "ab " * 5_000, "(" * 3_000, "፩ ² ①", "١٢٣" * 9, "", " ", "ـ"]
)
def test_what_is_no_name_is_no_error_and_takes_no_time(words: str, kind: Kind) -> None:
    assert compare(prepare(words, kind), prepare("Zamzuk 17", kind)).reason
    assert compare(prepare(words, kind), prepare(words + "x", kind)).reason
