"""Reports on one form have the words around their figures in common, and not the figures; copies have both."""

from __future__ import annotations

import random

import pytest
from tests.incidents.factory import a_doc

from probanda.incidents.copies import Compared, copies
from probanda.incidents.shingles import hashed

FORM = (
    "Our office in the district registered {} calls on the night line and sent out {} crews. Crews found {} houses "
    "without a roof and {} families in the school, where the water had been off for {} days. The duty officer counted "
    "{} wounded at the clinic and {} graves dug since the last visit, and asked once more for a list of those missing."
)
CALM = (
    "The office could not see the eastern quarter, which remains closed, and repeats that its counts are not complete."
)


def night(*figures: int) -> str:
    return f"{FORM.format(*figures)} {CALM}"


def test_two_nights_on_one_form_are_two_reports():
    assert copies([a_doc("a", night(12, 3, 41, 7, 2, 19, 5)), a_doc("b", night(9, 4, 26, 15, 3, 8, 11))]).groups == ()


def test_the_same_figures_in_a_cut_version_are_one_text():
    whole = night(12, 3, 41, 7, 2, 19, 5)
    cut = whole.split(" The office could")[0].split("Crews found", 1)[1]
    assert copies([a_doc("a", whole), a_doc("b", f"Crews found{cut}")]).groups == (("a", "b"),)


def test_one_corrected_figure_makes_no_other_report():
    assert copies([a_doc("a", night(12, 3, 41, 7, 2, 19, 5)), a_doc("b", night(12, 3, 41, 7, 2, 21, 5))]).groups


def test_another_lead_with_its_own_figures_makes_no_other_report():
    own = "On day 40 of the siege 6 lorries stood at gate 11 with 230 sacks, said 2 drivers. "
    assert copies([a_doc("a", night(12, 3, 41, 7, 2, 19, 5)), a_doc("b", own + night(12, 3, 41, 7, 2, 19, 5))]).groups


def test_reports_stay_apart_in_whatever_order_they_come():
    pick = random.Random(4)  # noqa: S311 - no secret
    nights = [tuple(pick.sample(range(1, 90), 7)) for _ in range(7)]
    docs = [a_doc(f"{n}-{k}", night(*one) + f" Filed by desk {k}.") for n, one in enumerate(nights) for k in "ab"]
    expected = copies(docs)
    assert [len(group) for group in expected.groups] == [2] * 7
    pick.shuffle(docs)
    compared = Compared(docs[:7])
    for doc in docs[7:]:
        compared.add([doc])
    assert compared.copies() == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [("14 men, 3rd, x5 and 1,200", [0, 5, 6]), ("٣ رجال و ١٢", [0, 3]), ("20231104 2023110a 12345678901 9_", [0, 2])],
)
def test_figures_are_words_of_digits_alone(text: str, figures: list[int]):
    (batch,) = hashed([text])
    assert batch.figures.tolist() == figures


def test_a_figure_is_the_same_in_all_scripts():
    (batch,) = hashed(["٤٥", "45", "४५"])
    assert len(set(batch.words.tolist())) == 1
