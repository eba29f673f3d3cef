"""Who, to whom, where and when in the turns that dispatches, reports and statements are written in.

Start with the tables: words of invented countries, the act, and what must stand in one of its fields. Each row is a
turn of phrase that once put a wrong name into a field, or none.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]


def _claim(reading: Reading, act: str) -> Claim:
    """The claim whose act word begins with this."""
    return next(c for c in reading.claims if c.family is Family.ACT and c.act.startswith(act))


AUTHORS: list[tuple[str, str, list[str]]] = [
    ("Both bodies bore marks of strangulation and burns.", "bodies bore", []),
    ("Divers found the corpses of 15 porters, all of them executed, near Sorvan.", "executed", []),
    ("Soldiers discovered nine women in the cellar, all of them beaten.", "beaten", []),
    ("Two brothers, both of them shot by guards, were buried in Sella.", "shot", ["guards"]),
    ("An army air strike hit a mill owned by a monastery killing eight bakers.", "killing", ["army"]),
    (
        "The radio says six drivers have been killed and 40 have been wounded in a militia attack.",
        "killed",
        ["militia"],
    ),
    ("Nine farmers were killed and three were abducted by gunmen near Orla.", "killed", ["gunmen"]),
    ("Forty pupils have been wounded in a rebel attack in Sorvan.", "wounded", ["rebel"]),
    ("Nine traders were killed in an NFM attack on the village of Nelde.", "killed", ["NFM"]),
    ("Nine traders died in army shelling near Orla.", "shelling", ["army"]),
    ("Six were injured in a UN convoy attack.", "injured", []),
    ("Orvane — Forces loyal to the Northern Army have executed nine porters in Sorvan.", "executed", ["Forces"]),
]


AUTHORS += [
    ("The Northern Guard is accused of murdering shepherds, detaining nine clerks, and more.", "detaining",
     ["Northern Guard"]),
    ("Nine men disappeared after their arrest.", "disappeared", []),
    ("The list left out nine clerks who have disappeared in prisons.", "disappeared", []),
    ("The widow wrote that “Guard elements are still around the farms looting”.", "looting", ["Guard elements"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "act", "authors"), AUTHORS)
def test_only_who_is_told_to_have_done_it_is_its_author(words: str, act: str, authors: list[str], read: Read) -> None:
    assert [a.words.split(" loyal")[0] for a in _claim(read(words), act).actors] == authors


AUTHORS_READ: list[tuple[str, str, list[str]]] = [
    (
        "Fishermen said the raiders crossed the river and that they shot the ferryman.",
        "shot",
        ["raiders"],
    ),
    ("The mayor said the colonel came at dawn and that he shot nine men.", "shot", ["colonel"]),
    ("The panel deplored the conduct of the NFM as they beat porters in Orla.", "beat", ["NFM"]),
    ("The panel spoke of acts of killing and plunder committed by the NFM in Orla.", "killing", ["NFM"]),
]


@pytest.mark.parametrize(("words", "act", "authors"), AUTHORS_READ)
def test_they_are_those_spoken_of_not_those_who_speak(words: str, act: str, authors: list[str], read: Read) -> None:
    assert [a.words for a in _claim(read(words), act).actors] == authors


def test_they_who_suffered_are_those_it_was_done_to_before(read: Read) -> None:
    reading = read("“The Northern Guard kidnapped nine men,” the committee said. “They were tortured for years.”")
    assert [v.words for v in _claim(reading, "tortured").victims] == ["nine men"]


VICTIMS: list[tuple[str, str, list[str]]] = [
    ("Divers found the corpses of 15 porters, all of them executed, near Sorvan.", "executed", ["15 porters"]),
    ("Soldiers discovered nine women in the cellar, all of them beaten and shot.", "shot", ["nine women"]),
    ("Gunmen arrested, on Friday, the night watchman, Omar Velk at his mill.", "arrested", ["night watchman"]),
    ("Both bodies bore marks of strangulation and burns.", "bodies bore", ["bodies"]),
]


VICTIMS += [
    (
        "The Northern Guard is accused of murdering shepherds, detaining nine clerks, and more.",
        "murdering",
        ["shepherds"],
    ),
    ("The list left out nine clerks who have disappeared in prisons.", "disappeared", ["nine clerks"]),
    ("His forces committed war crimes such as killing porters and torturing clerks.", "killing", ["porters"]),
    ("Dast and the Northern militia have tortured and killed porters in Marsafa.", "tortured", ["porters"]),
    ("Soldiers executed nine porters in Sorvan and mutilated the corpses.", "mutilated", ["corpses"]),
]


@pytest.mark.parametrize(("words", "act", "victims"), VICTIMS)
def test_those_it_was_done_to_are_found_beside_the_verb(words: str, act: str, victims: list[str], read: Read) -> None:
    assert [v.words for v in _claim(read(words), act).victims] == victims


def test_parts_of_those_told_of_suffered_at_the_same_hands(read: Read) -> None:
    reading = read("Front rebels killed 17 villagers in Orla. Some were shot, while others were burned alive.")
    assert [a.words for a in _claim(reading, "shot").actors] == ["Front rebels"]
    apart = read("Front rebels killed 17 villagers in Orla.\n\nSome of the traders were shot dead in Sella.")
    assert not _claim(apart, "shot").actors


def test_crimes_such_as_these_have_the_author_of_the_crimes(read: Read) -> None:
    reading = read("The militia committed war crimes such as killing porters and torturing clerks.")
    assert [a.words for a in _claim(reading, "torturing").actors] == ["militia"]


PLACES: list[tuple[str, str, list[str]]] = [
    ("The Islamic State in Marsafa and the Coast flogged five millers in Sorvan.", "flogged", ["Sorvan"]),
    ("Soldiers killed two clerks of the Committee for Relief in Sella (CRS) in Orla.", "killed", ["Orla"]),
    ("In Orla two men were detained by the police.", "detained", ["Orla"]),
    ("His body was found in Orla 10 days after soldiers abducted him.", "found", ["Orla"]),
    ("Guards beat prisoners in Camp 5 near Orla.", "beat", ["Camp 5", "Orla"]),
    ("Soldiers killed at least 12 millers outside of Orla.", "killed", ["Orla"]),
    ("Nine people were shot in the country's capital, Orvane.", "shot", ["Orvane"]),
]


@pytest.mark.parametrize(("words", "act", "places"), PLACES)
def test_a_place_is_where_it_was_done_and_no_part_of_a_name(
    words: str, act: str, places: list[str], read: Read
) -> None:
    assert [p.words for p in _claim(read(words), act).places] == places


def test_another_incident_is_not_put_where_and_when_the_last_one_was(read: Read) -> None:
    reading = read(
        "A shell killed nine people on 3 May 2019 in Orla market. The mission also documented the killing of two "
        "guards. In another case, a clerk was stabbed by gunmen."
    )
    for act in ("killing", "stabbed"):
        assert not _claim(reading, act).places
        assert _claim(reading, act).date_from is None


DATES: list[tuple[str, str, str | None]] = [
    ("From 3 April to 9 April 2031, the mission documented 18 deaths.", "deaths", "2031-04-03/2031-04-09"),
    ("The mission documented the killing of two guards on 8 March 2031 in Orla.", "killing", "2031-03-08/2031-03-08"),
    ("On 4 June 2031 the mission documented the killing of two guards.", "killing", None),
    ("An attack on Orla on 3 May 2019 by rebels, killing nine farmers.", "killing", "2019-05-03/2019-05-03"),
    ("In May 2031 divers found the remains of porters previously detained by guards.", "detained", None),
    ("The mission deplored the killing of nine nurses in Sella on 4 May 2019.", "killing", "2019-05-04/2019-05-04"),
    ("The envoy condemned on 5 July 2019 the killing of nine nurses in Sella.", "killing", None),
    (
        "Vesh committed murder in the course of an incident which took place on 2 May 2031.",
        "murder",
        "2031-05-02/2031-05-02",
    ),
]


@pytest.mark.parametrize(("words", "act", "days"), DATES)
def test_the_day_is_that_of_the_act(words: str, act: str, days: str | None, read: Read) -> None:
    claim = _claim(read(words), act)
    assert (f"{claim.date_from}/{claim.date_to}" if claim.date_from else None) == days


def test_the_month_is_that_of_the_day_told_before(read: Read) -> None:
    reading = read(
        "On 21 July 2031 nine porters were buried in Orla. Gunmen had abducted the men earlier in the month."
    )
    assert _claim(reading, "abducted").date_from == "2031-07-01"


def test_counted_killings_have_their_number(read: Read) -> None:
    quantity = _claim(read("The guards are blamed for dozens of executions at Orla prison."), "executions").quantity
    assert quantity is not None
    assert quantity.text == "dozens"


SPEAKERS: list[tuple[str, str, str]] = [
    ("The committees said that the Guard surrounded two villages, adding that 50 people were killed.", "killed",
     "committees"),
    ("Soldiers executed nine men, according to an internal memo obtained by the Herald.", "executed", "internal memo"),
    ("A report reviewed by the Herald says that soldiers executed nine men.", "executed", "report"),
    ("According to a report published by Reed Watch, soldiers executed nine men.", "executed", "Reed Watch"),
    ("“The mill was burnt down by soldiers”, announced the mission in a letter.", "burnt down", "mission"),
    ("“Militiamen shot three nurses in Orla,” declared the mayor of Nelde on Sunday.", "shot", "mayor"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "act", "speaker"), SPEAKERS)
def test_who_speaks_may_stand_behind_the_verb(words: str, act: str, speaker: str, read: Read) -> None:
    assert _claim(read(words), act).innermost.words == speaker


def test_the_name_of_a_force_is_no_verb(read: Read) -> None:
    reading = read("The Upper Valley Forces surrounded and attacked two villages.")
    assert [c.act for c in reading.claims if c.family is Family.ACT] == ["attacked"]
