"""Where a claim begins and ends in reports, statements and court papers: acts told by nouns, in clauses and in passing.

Start with `test_an_act_told_so_is_a_claim`, then `test_words_told_so_are_no_claim`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]

SCENE = "Soldiers shot 27 villagers in Oren on 3 May 2031. "


def _after(read: Read, words: str) -> list[Claim]:
    """The act claims of these words where they stand behind the tale of a raid."""
    return [c for c in read(SCENE + words).claims if c.family is Family.ACT and c.start >= len(SCENE) - 1]


@pytest.mark.parametrize(
    ("words", "act", "kind"),
    [
        ("In Sella, where dozens of corpses were discovered in a quarry, nobody works.", "discovered", "mass-grave"),
        (
            "The guards beat, robbed and disappeared two clerks who asked for pay.",
            "disappeared",
            "enforced-disappearance",
        ),
        ("Nurses described abuses such as the rape of nine girls.", "rape", "rape-sexual-violence"),
        ("Herders of the coast reported hundreds of beatings by the guards.", "beatings", "torture"),
        ("Colonel Vesh's siege of Sella should worry his guests.", "siege", "siege"),
        ("The mission collected accounts of grave crimes allegedly committed in Sella.", "crimes", "other"),
        ("The alleged atrocities were committed in Sella between 2029 and 2030.", "atrocities", "other"),
        ("The league counted 31 violations against teachers.", "violations", "other"),
        ("He told of families who cannot go home; killings by the guards; and raids.", "killings", "killing"),
        (
            "The guards are accused of using mortars against villagers, looting, and lying.",
            "looting",
            "looting-property",
        ),
        ("The panel made known the discovery of a mass grave in Sella.", "grave", "mass-grave"),
        ("The clerks were freed from detention on Monday.", "freed", "detention"),
        ("Two clerks were strapped to a gate and hit; they were assaulted.", "assaulted", "attack-on-civilians"),
        ("Men hung the body of the miller from the bridge.", "body", "mutilation-of-dead"),
    ],
)
def test_an_act_told_so_is_a_claim(words: str, act: str, kind: str, read: Read) -> None:
    found = [(c.act, c.act_type.value) for c in _after(read, words)]
    assert any(act in said and kind == of for said, of in found), found


@pytest.mark.parametrize(
    "words",
    [
        "The abolition of the paper is a blatant attack on the freedom of the press.",
        "The league asked the ministry to punish those responsible for the shooting.",
        "No reporter could reach the valley to verify the death toll.",
        "The fighting took a heavy toll on the schools.",
        "Nurses fear a possible arrest.",
        "Every clerk there risks harsh detention and beatings.",
        "The law allows the prosecution of war crimes committed by strangers in other States.",
        "The desecration of graves is considered a crime in every State.",
        "Fighting has ravaged swathes of the coast.",
        "The attacks came as the rains began.",
        "The school was shut for fear of shells falling on it.",
        "A porter, aged 40, saw it.",
        "The army vowed to end violence against civilians.",
        "Delegates spoke, calling for the authors of human rights violations to be brought to justice.",
        "We gave our version of the facts.",
        "A clerk spoke, asking not to use his name.",
    ],
)
def test_words_told_so_are_no_claim(words: str, read: Read) -> None:
    found = [(c.act_type.value, c.act) for c in _after(read, words) if c.act_type.value != "procedural"]
    assert not found, found


def test_who_speaks_behind_a_quote_is_not_who_did_what_it_tells(read: Read) -> None:
    (claim,) = [
        c
        for c in read(
            '"The guards have, in the past, shelled villagers in Sella," army spokesman Ardo Venn said.'
        ).claims
        if c.family is Family.ACT
    ]
    assert [a.words for a in claim.actors] == ["guards"]
    assert claim.modality.value == "alleged"


def test_war_crimes_and_crimes_against_humanity_are_one_claim(read: Read) -> None:
    claims = _after(read, "The militia committed war crimes and crimes against humanity in Sella.")
    assert [c.act_type.value for c in claims] == ["other"]


def test_attacks_taken_up_are_of_the_kind_told_before(read: Read) -> None:
    (claim,) = _after(read, "The brigade denied any involvement in these attacks.")
    assert (claim.act_type.value, claim.modality.value) == ("attack-on-civilians", "denied")


def test_to_set_somebody_free_is_no_charge(read: Read) -> None:
    (claim,) = _after(read, "Nine clerks were released in Sella on Monday, the league said.")
    assert (claim.act_type.value, claim.modality.value) == ("detention", "reported")


def test_a_gang_that_there_was_did_what_follows(read: Read) -> None:
    words = '"There was a gang whose men robbed the herders and tortured them," the magistrate said.'
    (claim,) = [c for c in read(SCENE + words).claims if c.act == "tortured"]
    assert claim.modality.value == "alleged"
