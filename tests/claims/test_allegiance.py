"""Whose men they are belongs to the name: "forces loyal to X" and "forces loyal to Y" are two sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]


def only_act(reading: Reading) -> Claim:
    """The one act that the words tell."""
    (claim,) = (c for c in reading.claims if c.family is Family.ACT)
    return claim


@pytest.mark.parametrize(
    ("words", "author"),
    [
        ("Forces loyal to Marshal Orsk shot two nurses in Oren.", "Forces loyal to Marshal Orsk"),
        ("Fighters aligned with the Lake Movement shot two nurses.", "Fighters aligned with the Lake Movement"),
        ("Militiamen allied to the government shot two boys in Tarsa.", "Militiamen allied to the government"),
        ("Six men were shot by gunmen linked to the Harbour Council.", "gunmen linked to the Harbour Council"),
        ("Forces answering to the Harbour Council shot two nurses.", "Forces answering to the Harbour Council"),
        ("An armed group backed by Karsia shot two nurses in Oren.", "armed group backed by Karsia"),
        ("A mob led by a councillor shot two nurses in Oren.", "mob led by a councillor"),
        ("Soldiers belonging to the 4th Brigade shot two nurses.", "Soldiers belonging to the 4th Brigade"),
        ("Armed men from the Ketta clan shot two nurses in Oren.", "Armed men from the Ketta clan"),
        ("Men in the uniform of the border guards shot two nurses.", "Men in the uniform of the border guards"),
        ("The same day forces loyal to Colonel Vesh shot two nurses.", "forces loyal to Colonel Vesh"),
    ],
)
def test_whom_a_group_follows_is_part_of_its_name(read: Read, words: str, author: str) -> None:
    assert only_act(read(words)).actors[0].words == author


def test_whom_victims_follow_is_part_of_their_name(read: Read) -> None:
    claim = only_act(read("Gunmen shot nine people loyal to the former president in Sella."))
    assert [v.words for v in claim.victims] == ["nine people loyal to the former president"]


def test_two_sides_of_one_sentence_stay_two(read: Read) -> None:
    words = "Witnesses said that forces loyal to Orsk and fighters aligned with Vesh had both shot civilians in Varn."
    claim = only_act(read(words))
    assert [a.words for a in claim.actors] == ["forces loyal to Orsk", "fighters aligned with Vesh"]


@pytest.mark.parametrize(
    ("words", "author"),
    [
        ("Troops backed by tanks attacked the village of Kesh.", "Troops"),
        ("Police armed with clubs beat nine prisoners in Varn.", "Police"),
        ("Rebels opposed to the treaty shot four policemen in Oren.", "Rebels"),
        ("The 4th Brigade, loyal to Marshal Orsk, shelled the market.", "4th Brigade"),
    ],
)
def test_what_is_nobody_and_what_a_comma_parts_is_no_part_of_the_name(read: Read, words: str, author: str) -> None:
    assert [a.words for a in only_act(read(words)).actors] == [author]
