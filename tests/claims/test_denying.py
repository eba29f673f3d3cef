"""A denial stays a denial wherever it is made, and whoever makes it is its speaker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family, Modality

Read = Callable[..., Reading]


def only_act(reading: Reading) -> Claim:
    """The one act that the words tell."""
    (claim,) = (c for c in reading.claims if c.family is Family.ACT)
    return claim


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("A clerk of the army denied on Monday in a post online that soldiers had shot two nurses in Varn.", "clerk"),
        ("The council denied through a lawyer in the capital that its men had shot two nurses.", "council"),
        ("A spokeswoman denied during a briefing for diplomats in Sella that soldiers had shot nurses.", "spokeswoman"),
        ("The governor rejected in a letter the claim that police shot nine students in Varn.", "governor"),
        ("The ministry dismissed reports that its troops shot 12 farmers in Sella.", "ministry"),
        ("In a statement the brigade refuted allegations that its fighters shot two nurses in Kesh.", "brigade"),
        ("The mayor brushed aside allegations that soldiers had shot monks.", "mayor"),
        ("The governor denied to reporters having ordered the shooting of six farmers.", "governor"),
        ("The general dismissed as enemy propaganda reports that his men had shot two nurses.", "general"),
        ("Army rejects claims that soldiers shot two nurses in Varn.", "Army"),
        ("Ministry dismisses report of killings in Sella.", "Ministry"),
        ("The ministry called in a statement the reports of killings in Oren false.", "ministry"),
        ("Colonel Vesh described as lies the accounts of villagers who said his soldiers shot nurses.", "Vesh"),
        ("The army called claims that its troops shot two nurses baseless.", "army"),
    ],
)
def test_what_is_denied_is_denied_and_by_whom(read: Read, words: str, speaker: str) -> None:
    claim = only_act(read(words))
    assert claim.modality is Modality.DENIED
    assert claim.speakers[-1].words.endswith(speaker) or speaker in claim.speakers[-1].words


@pytest.mark.parametrize(
    "words",
    [
        "The army said that its men had burned no houses in Kesh.",
        "The commander told a radio station that his men killed nobody in Oren.",
        "The army had killed no civilians in Oren, a spokesman said.",
    ],
)
def test_an_act_done_to_nobody_is_denied_and_not_admitted(read: Read, words: str) -> None:
    assert only_act(read(words)).modality is Modality.DENIED


@pytest.mark.parametrize(
    "words",
    [
        "The president called reports that soldiers shot two nurses in Oren credible.",
        "The council described the killing of six farmers as a war crime.",
        "The militia disputes over land led to the killing of six farmers.",
        "The soldiers took no prisoners in Oren, survivors said.",
    ],
)
def test_what_only_sounds_like_a_denial_is_none(read: Read, words: str) -> None:
    assert only_act(read(words)).modality is not Modality.DENIED


def test_it_is_a_lie_clears_those_of_whom_it_was_told(read: Read) -> None:
    told = read("The commissioner says that the Ketta clan shot the farmers. That is a lie.").claims
    denial = next(c for c in told if c.modality is Modality.DENIED)
    assert [a.words for a in denial.actors] == ["Ketta clan"]


def test_an_account_that_is_rejected_is_what_it_says_of_somebody(read: Read) -> None:
    words = "He said that raiders burned 25 houses and the guards buried the dead. The elders rejected the accusation."
    denial = next(c for c in read(words).claims if c.modality is Modality.DENIED)
    assert denial.act_type == "looting-property"


def test_the_commissioner_is_a_person_and_not_the_paper_that_was_named_since(read: Read) -> None:
    words = (
        "The district commissioner, Palo Essen, said that raiders burned 25 houses. The Herald has seen photographs. "
        "The commissioner said that no women were abducted that month."
    )
    denial = next(c for c in read(words).claims if c.act_type == "abduction")
    assert denial.speakers[-1].words == "Palo Essen"
