"""Acts told by what stands around them, words that lean on the act told before, and whose text it is by its head.

Start with `test_a_word_that_needs_a_setting_counts_only_in_one`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.letterhead import from_head
from probanda.claims.model import Claim, Reading
from probanda.claims.setting import not_of_now, tells_of_harm
from probanda.kernel.vocabulary import ActType, Family, Involvement, Modality, Polarity

Read = Callable[..., Reading]

RAID = "Soldiers of the Third Brigade shot 27 villagers in Oren on 3 May 2031. "


def _acts(reading: Reading) -> list[Claim]:
    return [c for c in reading.claims if c.family is Family.ACT]


def _after(read: Read, words: str) -> list[Claim]:
    """The claims of these words where they stand behind the tale of a raid."""
    return [c for c in _acts(read(RAID + words)) if c.start >= len(RAID) - 1]


def test_a_word_that_needs_a_setting_counts_only_in_one(read: Read) -> None:
    alone = "Six of them broke the door down."
    assert _acts(read(alone)) == []
    assert [c.act_type for c in _after(read, alone)] == [ActType.LOOTING_PROPERTY]


@pytest.mark.parametrize(
    "words",
    [
        "The cup was lost when the keeper was attacked and beaten by two strikers.",
        "The gardener killed the slugs; an army of greenfly attacked the roses, and soldiers of ants raided the jam.",
        "The storm killed two fishermen, flooding and gusts cut the road, and the army brought bread.",
        "The council met on Monday and spoke of bread.",
    ],
)
def test_sport_gardens_and_storms_make_no_setting(words: str) -> None:
    assert not tells_of_harm([words])


def test_a_deed_and_a_side_make_the_setting() -> None:
    assert tells_of_harm(["Nobody slept.", "The militia killed nine men."])


@pytest.mark.parametrize(
    "words",
    [
        "In the film a soldier shoots his brother and burns the farm.",
        "The novel opens with the murder of a baron by rebels.",
        "The king besieged the castle in 1204 and hanged its lord.",
        "Soldiers of the fourteenth century looted the abbey.",
    ],
)
def test_tales_and_wars_of_long_ago_are_no_claims(words: str, read: Read) -> None:
    assert not_of_now(words)
    assert _acts(read(words)) == []


def test_a_year_of_our_time_is_not_long_ago() -> None:
    assert not not_of_now("In 1998 soldiers shot nine men, and by 2031 nobody had been tried.")


@pytest.mark.parametrize(
    ("words", "actor", "how"),
    [
        ("Colonel Vesh gave the order.", "Vesh", Involvement.ORDERING),
        ("The men were led by Captain Orlo.", "Orlo", Involvement.COMMAND),
        ("General Dast was informed by radio.", "Dast", Involvement.KNOWLEDGE),
        ("The Fourth Brigade supplied the trucks.", "Fourth Brigade", Involvement.AIDING),
    ],
)
def test_who_ordered_led_knew_or_helped_is_said_of_the_act_before(
    words: str, actor: str, how: Involvement, read: Read
) -> None:
    named = [(a.words, a.involvement) for c in _after(read, words) for a in c.actors]
    assert any(actor in n and i is how for n, i in named), named


def test_words_that_lean_say_nothing_where_no_act_was_told(read: Read) -> None:
    assert _acts(read("The militia and the army met in Oren. Captain Orlo was in command that day.")) == []


def test_an_alibi_denies_the_act_told_before(read: Read) -> None:
    found = _after(read, "A spokesman for the brigade said its men had been in barracks all day.")
    assert [(c.modality, c.polarity) for c in found] == [(Modality.DENIED, Polarity.NEGATIVE)]


def test_an_alibi_that_nobody_is_told_to_give_is_no_claim(read: Read) -> None:
    assert _after(read, "The men had been in barracks all day.") == []


def test_a_report_of_a_storm_tells_of_no_crime(read: Read) -> None:
    words = (
        "A storm battered the coast on Monday, killing eleven people. Winds tore roofs from schools and four fishermen "
        "drowned. Some 3,000 families were evacuated. The army sent trucks, and nothing reached the villages."
    )
    assert _acts(read(words)) == []
    assert [c.act_type for c in _acts(read(words + " Gunmen shot nine farmers in Oren."))] == [ActType.KILLING]


def test_who_demands_is_the_speaker_of_the_demand(read: Read) -> None:
    found = [c for c in _after(read, "The families ask that the grave be opened.") if c.act_type is ActType.PROCEDURAL]
    assert [(c.modality, c.speakers[-1].words) for c in found] == [(Modality.CALLED_FOR, "families")]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            "ASSOCIATION OF RIVER FAMILIES\nBulletin No. 7, March 2031\n\nNine men were shot.",
            "ASSOCIATION OF RIVER FAMILIES",
        ),
        ("Lawyers for Varn\nReport: The prison on the hill\n\nGuards beat nine men.", "Lawyers for Varn"),
        (
            "To the Court\n\nThe complainants, nine widows of Oren, state as follows.\n\n1. It was May.",
            "The complainants",
        ),
        ("Account\n\nMy name is Omar Dast. I fish. They shot my brother, and I ran.", "Omar Dast"),
    ],
)
def test_the_head_says_whose_text_it_is(head: str, name: str) -> None:
    found = from_head(head)
    assert found is not None
    assert head[found.start : found.end] == name


@pytest.mark.parametrize(
    "head",
    [
        "Army rejects report on Oren\n\nOREN, 3 May 2031 (Delma Wire) - The army rejected a report.",
        "Nine shot in Oren\nBy our correspondent\n\nThe Union of Teachers issued a statement.",
        'He said: "My name is Omar Dast." I wrote it down. I left. My pen broke.',
    ],
)
def test_a_paper_or_a_quoted_name_heads_nobodys_statement(head: str) -> None:
    assert from_head(head) is None
