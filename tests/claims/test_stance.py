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
        ("The government denied Monday reports that its planes had bombed the market of Oren.", "denied"),
        ("Captain Orlo denied rebel League claims that soldiers killed two nurses in Oren.", "denied"),
        ("Tamur denied accusations by nurses that its soldiers had shot villagers in Oren.", "denied"),
        ("The army said that allegations that soldiers had executed two nurses were a crude forgery.", "denied"),
        ("The militia, which has captured two towns, denied bombing villagers in Oren.", "denied"),
        ("The army did not acknowledge any civilian deaths in Oren.", "denied"),
        ("There are witnesses who can confirm that soldiers shot the nurses in Oren.", "alleged"),
        ("Captain Orlo may have been involved in further killings, a clerk said.", "alleged"),
        ("The men are said to have shot two nurses in Oren.", "alleged"),
        ("There were unconfirmed reports on Monday that soldiers shot two nurses in Oren.", "alleged"),
        ("Some of the prisoners of Oren appeared to have been tortured.", "alleged"),
        ("The captain has been linked to the murder of two nurses in Oren.", "alleged"),
        ("The ICC found reasonable grounds to believe that Colonel Vesh murdered two nurses in Oren.", "alleged"),
        ("The Chamber found that Colonel Vesh is responsible for the murder of two nurses.", "adjudicated"),
        ("The court sentenced the warden to nine years in prison for the torture of two nurses.", "adjudicated"),
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


@pytest.mark.parametrize(
    ("words", "act", "modality"),
    [
        ("The mission could not independently verify reports of executions in Oren.", "executions", "alleged"),
        ("Residents said that the miller was shot in Oren.", "shot", "alleged"),
        ("The health ministry said that nine people died when shells hit Oren.", "died", "reported"),
        ("The army said its forces had shot nine rebels and that no civilian had been harmed.", "harmed", "denied"),
        ("The court found that the accused struck a prisoner with a shovel in Oren.", "struck", "adjudicated"),
        ("The chamber requests all States to arrest General Dast.", "requests", "called-for"),
        ("Soldiers shot nine men in Oren. Two sergeants have admitted taking part.", "admitted", "admitted"),
        ("Soldiers shot nine men in Oren. The command brushed the report aside.", "brushed", "denied"),
    ],
)
def test_who_speaks_of_what_decides_the_rest(words: str, act: str, modality: str, read: Read) -> None:
    found = [c for c in read(words).claims if c.family is Family.ACT and act in c.act]
    assert [c.modality.value for c in found] == [modality], [(c.act, c.modality) for c in read(words).claims]


def test_a_judge_with_reasonable_grounds_has_not_decided(read: Read) -> None:
    words = "The judge found that there were reasonable grounds to believe that General Dast had tortured nine men."
    assert {c.modality.value for c in read(words).claims if c.act_type.value == "torture"} == {"alleged"}


def test_a_penalty_is_a_claim_beside_the_crime(read: Read) -> None:
    words = "A court in Varn sentenced Captain Orlo to nine years in prison for beating two prisoners to death."
    kinds = {(c.act_type.value, c.modality.value) for c in read(words).claims if c.family is Family.ACT}
    assert kinds == {("procedural", "adjudicated"), ("killing", "adjudicated")}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Village Elder Shot Near Oren\n\nSoldiers came at dawn.", "killing"),
        ("Gunmen on horses raid market town in Varn\n\nNine people died in the attack by soldiers.", "attack"),
        ("Troops torch villages in Varn hills\n\nSoldiers came at dawn.", "looting"),
    ],
)
def test_a_heading_tells_with_bare_verbs(words: str, kind: str, read: Read) -> None:
    heading = words.index("\n")
    found = [c for c in read(words).claims if c.family is Family.ACT and c.start < heading]
    assert found, kind


@pytest.mark.parametrize(
    "words",
    [
        "In the scenario used, forty observers are taken hostage at a water works by the militia.",
        "Such acts by the militia could be prosecuted in any court.",
        "An appeal shall be filed within five days of the judgment on the massacre.",
        "He was accused by nobody of a crime such as torture, rape or hostage-taking.",
    ],
)
def test_scenarios_chances_and_examples_are_no_claims(words: str, read: Read) -> None:
    assert [c.quote for c in read(words).claims if c.family is Family.ACT] == []


def test_an_attack_told_with_those_it_killed_is_a_killing(read: Read) -> None:
    words = "Armed men stormed the village of Oren, killing nine people."
    found = [c for c in read(words).claims if c.family is Family.ACT]
    assert [c.act_type.value for c in found] == ["killing"]
