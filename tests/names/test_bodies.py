"""Units and bodies: acronyms, adjectives of States, possessives, short forms."""

import pytest

from probanda.names.bodies import body_key, body_name, compare_bodies, initials, state_of
from probanda.names.model import Verdict


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("UNHCR", "the UN refugee agency", Verdict.SAME),
        ("ISIS", "Daesh", Verdict.SAME),
        ("Peruvian army", "Peru's armed forces", Verdict.SAME),
        ("government of Peru", "Peruvian government", Verdict.SAME),
        ("American", "U.S.", Verdict.SAME),
        ("NLF", "Northern Liberation Front", Verdict.SAME),
        ("V.P.C.", "Verrana Peace Council", Verdict.SAME),
        ("Qarmouni’s forces", "Qarmouni forces", Verdict.SAME),
        ("forces of Qarmouni", "Garmuni's forces", Verdict.SAME),
        ("Tarik Qarmouni's forces", "Qarmouni's forces", Verdict.COMPATIBLE),
        ("Verrana Peace Council", "Peace Council", Verdict.COMPATIBLE),
        ("Northern Brigade", "Southern Brigade", Verdict.DIFFERENT),
        ("12th Brigade", "13th Brigade", Verdict.DIFFERENT),
        ("NLF", "Northern Defence Council", Verdict.DIFFERENT),
        ("the VPC-backed Hill Council", "Hill Council", Verdict.SAME),
        ("Qarmouni's Rapid Support Forces", "Rapid Support Forces", Verdict.SAME),
        ("Statute of the Hill Council", "Hill Council", Verdict.DIFFERENT),
        ("Hill Council and Tarn Watch", "Tarn Watch", Verdict.DIFFERENT),
        ("12th Brigade", "Brigade 12", Verdict.SAME),
        ("WHO", "ICC", Verdict.DIFFERENT),
        ("local militia", "militia", Verdict.OPEN),
    ],
)
def test_two_names_of_bodies(a, b, verdict):
    assert compare_bodies(a, b).verdict is verdict, compare_bodies(a, b).reason
    assert compare_bodies(b, a).verdict is verdict


def test_what_is_the_same_without_letters_has_one_key():
    assert body_key("Peruvian army") == body_key("Peru's armed forces")
    assert body_key("Qarmouni's forces") == body_key("forces of Garmuni")


def test_common_nouns_are_no_names():
    assert body_name("a local militia").generic
    assert body_name("Peruvian militias").generic
    assert not body_name("Peruvian forces").generic
    assert not body_name("Wolf Brigade").generic


def test_an_adjective_of_two_states_names_neither():
    assert state_of("Congolese") is None
    assert state_of("Peruvian") == "pe"


def test_initials_leave_small_words_in_or_out():
    assert {"cotn", "ctn"} <= initials("Committee of the North") | initials("Committee of Tarn North")
