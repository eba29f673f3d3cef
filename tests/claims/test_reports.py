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
    ("Their bodies showed signs of torture and gunshot wounds.", "bodies showed", []),
    ("Villagers found the corpses of 12 men, all of them executed, near Sorvan.", "executed", []),
    ("Soldiers discovered nine women in the cellar, all of them beaten.", "beaten", []),
    ("Two brothers, both of them shot by guards, were buried in Sella.", "shot", ["guards"]),
    ("An army air strike hit a clinic operated by an aid group killing 19 people.", "killing", ["army"]),
    (
        "The agency says 13 people have been killed and 130 have been wounded in a militia attack.",
        "killed",
        ["militia"],
    ),
    ("Nine farmers were killed and three were abducted by gunmen near Orla.", "killed", ["gunmen"]),
    ("130 people have been wounded in a rebel attack in Sorvan.", "wounded", ["rebel"]),
    ("Nine traders were killed in an NFM attack on the village of Nelde.", "killed", ["NFM"]),
    ("Nine traders died in army shelling near Orla.", "shelling", ["army"]),
    ("Six were injured in a UN convoy attack.", "injured", []),
    ("Orvane — Forces loyal to the Northern Army have executed nine fighters in Sorvan.", "executed", ["Forces"]),
]


@pytest.mark.parametrize(("words", "act", "authors"), AUTHORS)
def test_only_who_is_told_to_have_done_it_is_its_author(words: str, act: str, authors: list[str], read: Read) -> None:
    assert [a.words.split(" loyal")[0] for a in _claim(read(words), act).actors] == authors


VICTIMS: list[tuple[str, str, list[str]]] = [
    ("Villagers found the corpses of 12 men, all of them executed, near Sorvan.", "executed", ["12 men"]),
    ("Soldiers discovered nine women in the cellar, all of them beaten and shot.", "shot", ["nine women"]),
    ("A militia kidnapped, on Tuesday, the civilian activist, Omar Velk from his home.", "kidnapped", ["Omar Velk"]),
    ("Their bodies showed signs of torture and gunshot wounds.", "bodies showed", ["Their bodies"]),
]


@pytest.mark.parametrize(("words", "act", "victims"), VICTIMS)
def test_those_it_was_done_to_are_found_beside_the_verb(words: str, act: str, victims: list[str], read: Read) -> None:
    assert [v.words for v in _claim(read(words), act).victims] == victims


PLACES: list[tuple[str, str, list[str]]] = [
    ("The Islamic State in Marsafa and the Coast executed five men in Sorvan.", "executed", ["Sorvan"]),
    ("Soldiers killed two clerks of the Committee for Relief in Sella (CRS) in Orla.", "killed", ["Orla"]),
    ("In Orla two men were detained by the police.", "detained", ["Orla"]),
    ("His body was found in Orla 10 days after soldiers abducted him.", "found", ["Orla"]),
    ("Guards beat prisoners in Camp 5 near Orla.", "beat", ["Camp 5", "Orla"]),
]


@pytest.mark.parametrize(("words", "act", "places"), PLACES)
def test_a_place_is_where_it_was_done_and_no_part_of_a_name(
    words: str, act: str, places: list[str], read: Read
) -> None:
    assert [p.words for p in _claim(read(words), act).places] == places


SPEAKERS: list[tuple[str, str, str]] = [
    ("“The village was burnt down by soldiers”, announced the mission in a press release.", "burnt down", "mission"),
    ("“Militiamen shot three nurses in Orla,” declared the mayor of Nelde on Sunday.", "shot", "mayor"),
]


@pytest.mark.parametrize(("words", "act", "speaker"), SPEAKERS)
def test_who_speaks_may_stand_behind_the_verb(words: str, act: str, speaker: str, read: Read) -> None:
    assert _claim(read(words), act).innermost.words == speaker
