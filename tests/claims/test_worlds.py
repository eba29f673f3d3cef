"""A text of another world gives no claims: a film, a lecture on law, crime, a storm, trade; a report of war gives all.

Start with `test_a_text_of_another_world_is_told`.
"""

from __future__ import annotations

import pytest

from probanda.claims.people_words import looks_like_people
from probanda.claims.worlds import World, is_read, world_of

FILM = [
    "In her new film the director follows a schoolteacher through an invented war.",
    "Soldiers burn the mill and shoot the priest.",
    "The camera never leaves the faces of the actors.",
    "The final scene has been called gratuitous.",
    "The film opens on Friday.",
]
LAW = [
    "Civilians may not be attacked unless they take a direct part in hostilities.",
    "The elements of the offence are set out in article 8.",
    "The perpetrator must have known of the protection.",
    "Whoever orders pillage is liable, and the rule has no exception.",
    "Torture is prohibited by treaty and by customary law.",
]
CRIME = [
    "A plumber was convicted by a jury of stabbing a man outside a pub.",
    "The two had quarrelled over a debt, detectives said.",
    "He pulled out a knife in the van and killed his neighbour.",
]
STORM = [
    "The storm burst the dam and the flood destroyed 40 houses.",
    "Rescuers pulled bodies from the mud, and soldiers evacuated the hospital.",
    "Forecasters expect the winds to weaken.",
]
TRADE = [
    "Shares in the mining group fell after its hostile attack on a rival.",
    "Analysts said the takeover would kill jobs and destroy profits.",
    "A union leader was shot dead outside the market.",
    "Investors fled.",
]
WAR = [
    "Soldiers shelled Oren on 3 May 2031 and killed nine villagers.",
    "The militia burned the school, a human rights group said.",
    "Two journalists who filmed the scene were detained.",
]
WARRANT = [
    "The Chamber finds that under article 12 of the statute the conduct is punishable, as the rule requires.",
    "On 4 March 2031 armed men under Osric Vesh set fire to houses in Oren, which the law forbids.",
    "It issues a warrant for his arrest under the provisions of the treaty.",
]


@pytest.mark.parametrize(
    ("text", "world"),
    [
        (FILM, World.ELSEWHERE),
        (LAW, World.ELSEWHERE),
        (CRIME, World.ORDINARY),
        (STORM, World.NOBODYS),
        (TRADE, World.FIGURATIVE),
        (WAR, World.CONFLICT),
        (WARRANT, World.CONFLICT),
    ],
)
def test_a_text_of_another_world_is_told(text: list[str], world: World) -> None:
    assert world_of(text) is world


def test_a_long_report_is_not_made_a_review_by_three_words() -> None:
    assert world_of([*WAR * 8, "The film, the camera and the audience were there."]) is World.CONFLICT


def test_in_trade_only_a_sentence_with_a_word_of_harm_to_people_is_read() -> None:
    assert [is_read(World.FIGURATIVE, sentence) for sentence in TRADE] == [False, False, True, False]


def test_words_for_people_are_told_by_their_ending() -> None:
    assert all(looks_like_people(word) for word in ("engineer", "baptist", "librarian", "welder", "assistant"))
    assert not any(looks_like_people(word) for word in ("banner", "paper", "restaurant", "warrant", "letter"))
