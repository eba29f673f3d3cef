"""Who did it and to whom: through hands, handiwork, weapons and raids, lists, pronouns and first persons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading

Read = Callable[..., Reading]


def told(reading: Reading, act: str) -> Claim:
    found = [c for c in reading.claims if c.family.value == "act" and act in c.act]
    assert found, [c.act for c in reading.claims]
    return found[-1]


AUTHORS = [
    ("The villagers were killed at the hands of the Karsian militia in Orla.", "killed", ["Karsian militia"]),
    ("Residents said the murders were the work of the Sella Brigade.", "murders", ["Sella Brigade"]),
    ("The killings, attributed to paramilitaries, took place in Orla.", "killings", ["paramilitaries"]),
    ("The army's shelling of Belmor killed 12 people.", "killed", ["army"]),
    ("Karsian forces “summarily executed” 22 men in Orla.", "executed", ["Karsian forces"]),
    ("A boy was hit by a sniper's bullet in Orla.", "hit", ["sniper"]),
    ("A bomb planted by insurgents exploded near a mosque, killing 30 worshippers.", "exploded", ["insurgents"]),
    ("Soldiers carried out a search in which four men were beaten.", "beaten", ["Soldiers"]),
    ("Elements of the 4th Brigade raped nine women in Orla.", "raped", ["Elements of the 4th Brigade"]),
    ("Nobody saved the church: the blockade of the town by reservists went on.", "blockade", ["reservists"]),
    (
        "Forces under Colonel Vell, together with the militia, executed 20 captives.",
        "executed",
        ["Forces under Colonel Vell"],
    ),
    ("In the district of Harm, a group of armed men burned 50 houses.", "burned", ["group of armed men"]),
    ("General Dast said none of his men had killed the farmers.", "killed", ["Dast’s men"]),
    ("“No prisoner was killed under my command,” said Colonel Vell.", "killed", ["Vell"]),
]


@pytest.mark.parametrize(("words", "act", "authors"), AUTHORS, ids=[c[0] for c in AUTHORS])
def test_whoever_is_told_to_stand_behind_an_act_is_its_author(
    words: str, act: str, authors: list[str], read: Read
) -> None:
    named = [a.words for a in told(read(words), act).actors]
    assert named[: len(authors)] == authors


def test_a_weapon_without_anybody_behind_it_is_no_author(read: Read) -> None:
    claim = told(read("The drone strike on a wedding in Belmor killed twenty guests."), "killed")
    assert claim.actors == ()


VICTIMS = [
    ("Rebels kidnapped the mayor, his driver and a bodyguard.", "kidnapped", ["mayor", "his driver", "bodyguard"]),
    ("Police arrested dozens of students and beat them.", "beat", ["dozens of students"]),
    (
        "Two journalists, Ana Bel and Pavel Orn, were detained by guards.",
        "detained",
        ["Two journalists", "Ana Bel", "Pavel Orn"],
    ),
    ("Soldiers shot those who tried to flee.", "shot", ["those who tried to flee"]),
    ("Soldiers killed some of the prisoners in Orla.", "killed", ["some of the prisoners"]),
    ("Gunmen abducted the catechist from his home in Orla on Friday.", "abducted", ["catechist"]),
    ("The farmer was killed along with two of his children.", "killed", ["farmer", "two of his children"]),
    ("The victims were made to dig before being executed by soldiers.", "executed", ["victims"]),
    ("A group of about 30 women was raped by soldiers.", "raped", ["group of about 30 women"]),
    ("“They beat me with cables,” said Pavel Orn.", "beat", ["Pavel Orn"]),
]


@pytest.mark.parametrize(("words", "act", "victims"), VICTIMS, ids=[c[0] for c in VICTIMS])
def test_those_it_was_done_to_are_named_in_full(words: str, act: str, victims: list[str], read: Read) -> None:
    assert [v.words for v in told(read(words), act).victims] == victims


def test_they_who_go_on_doing_are_those_told_to_have_done(read: Read) -> None:
    reading = read("The militia attacked Orla. They killed nine men. They found a teacher and shot him.")
    assert [a.words for a in told(reading, "shot").actors] == ["militia"]


def test_those_seized_are_not_those_who_seized_them(read: Read) -> None:
    claim = told(read("The rebels captured 30 soldiers near Orla. Two days later they executed them."), "executed")
    assert ([a.words for a in claim.actors], [v.words for v in claim.victims]) == (["rebels"], ["30 soldiers"])


def test_they_are_not_the_witnesses_of_the_sentence_before(read: Read) -> None:
    claim = told(read("Witnesses described riders in uniform. They burned forty houses in Orla."), "burned")
    assert "Witnesses" not in [a.words for a in claim.actors]
