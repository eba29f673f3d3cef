"""How sure an act is put: charged, suspected, not denied, left open, commanded, decided by a court.

Start with `test_words_around_an_act_say_how_sure_it_is`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Reading
from probanda.claims.orders import commands
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("The army cannot deny that its soldiers killed the nurses in Oren.", "admitted"),
        ("The ministry could neither confirm nor deny that the convoy had been attacked in Oren.", "alleged"),
        ("The government did not deny that rebels had tortured prisoners in Oren.", "alleged"),
        ("The commander denied any involvement in the massacre at Sella.", "denied"),
        ("Two officers are on trial for the murder of nine students in Oren.", "alleged"),
        ("A suspected rebel attack killed nine herders in Oren.", "alleged"),
        ("The commission has reasonable grounds to believe that soldiers raped women in Sella.", "confirmed"),
        ("The tribunal sentenced Colonel Vesh to 20 years.", "adjudicated"),
        ('"We shot the prisoners," the sergeant told the court.', "admitted"),
        ('"Burn the houses," Captain Orlo told his men.', "ordered"),
        ("Residents said that their cattle were stolen by night.", "alleged"),
    ],
)
def test_words_around_an_act_say_how_sure_it_is(words: str, modality: str, read: Read) -> None:
    found = {c.modality.value for c in read(words).claims if c.family is Family.ACT}
    assert modality in found, found


def test_a_denial_that_is_none_is_flagged(read: Read) -> None:
    claims = read("The army cannot deny that its soldiers killed the nurses in Oren.").claims
    assert any("denial-open" in c.flags for c in claims)


def test_a_negative_within_the_words_of_the_act_is_no_denial(read: Read) -> None:
    claims = read("Soldiers shot two herders in Oren.\n\nThe men were never seen again.").claims
    gone = [c for c in claims if c.act_type.value == "enforced-disappearance"]
    assert gone
    assert all(c.polarity.value == "positive" for c in gone)


def test_a_verdict_without_a_named_crime_is_a_proceeding(read: Read) -> None:
    claims = [
        c for c in read("The former minister of Tamur was convicted of war crimes.").claims if c.family is Family.ACT
    ]
    assert [(c.act_type.value, c.modality.value) for c in claims] == [("procedural", "adjudicated")]


def test_who_shot_and_fled_is_not_displaced(read: Read) -> None:
    claims = read("Two men in uniform shot the editor and fled towards Oren.").claims
    assert all(c.act_type.value != "displacement" for c in claims)


def test_a_count_of_cases_tells_of_each_kind(read: Read) -> None:
    claims = read(
        "We have recorded 16 cases of arbitrary detention, four of torture and two enforced disappearances."
    ).claims
    kinds = {c.act_type.value for c in claims if c.family is Family.ACT}
    assert {"detention", "torture", "enforced-disappearance"} <= kinds


def test_a_command_is_told_from_other_words() -> None:
    assert commands("Burn them all")
    assert commands("You know the rule. Leave no one in the street.")
    assert not commands("They burned the school")
    assert not commands("Nobody was killed")
