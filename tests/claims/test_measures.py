"""Measures asked for, owed and intended: demands by verb and noun, what must be done, what somebody says they will do.

Start with `test_a_measure_not_yet_taken_is_called_for`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Reading
from probanda.kernel.vocabulary import ActType, Family, Modality

Read = Callable[..., Reading]

SCENE = "Soldiers shot 27 villagers in Oren on 3 May 2031. "


def _measures(read: Read, words: str) -> list[tuple[str, Modality]]:
    claims = read(SCENE + words).claims
    return [(c.act, c.modality) for c in claims if c.family is Family.ACT and c.act_type is ActType.PROCEDURAL]


@pytest.mark.parametrize(
    "words",
    [
        "The league renewed its demand for a full and prompt inquiry.",
        "The envoy stressed the need for an independent investigation.",
        "States need to halt their trade and impose sanctions on the two colonels.",
        "The governor must ensure that the two clerks are released and their captors tried.",
        "The ministry said it would set up a commission of inquiry.",
        "The prosecutor announced her intention to apply for arrest warrants.",
        "The assembly called upon Tamur to surrender the three colonels.",
        "The tribunal called for the arrest of Colonel Vesh.",
        "The league called on the governor to hold the killers to account.",
        "Several delegates spoke, calling for the killers to be brought to justice.",
        "All sides must respect their obligations under the laws of war and hold those responsible to account.",
        "The killers must be found and punished, the bishop said.",
    ],
)
def test_a_measure_not_yet_taken_is_called_for(words: str, read: Read) -> None:
    found = _measures(read, words)
    assert found
    assert {modality for _, modality in found} == {Modality.CALLED_FOR}, found


@pytest.mark.parametrize(
    "words",
    [
        "The Council blacklisted the brigade and its leader.",
        "Sanctions were imposed on the brigade in June.",
        "The two brothers were designated under the Order on War Crimes.",
        "The tribunal found Colonel Vesh guilty of nine counts.",
        "The case was referred to the military prosecutor.",
        "Colonel Vesh is wanted by the Special Court.",
        "The Dawn Front's court issued a death sentence against the clerk.",
    ],
)
def test_a_measure_that_was_taken_is_told(words: str, read: Read) -> None:
    found = _measures(read, words)
    assert found
    assert Modality.CALLED_FOR not in {modality for _, modality in found}, found


@pytest.mark.parametrize(
    "words",
    [
        "A tribunal investigating war crimes sits in Varn.",
        "The office has a mandate to investigate war crimes.",
    ],
)
def test_what_a_body_is_there_to_do_is_no_measure(words: str, read: Read) -> None:
    assert not _measures(read, words)


@pytest.mark.parametrize(
    "words",
    [
        "Most of the shootings were not investigated.",
        "Two of the colonels have not been handed over.",
        "The failure of the ministry to punish the officers is known.",
        "The garrison refused the league access to the prisoners.",
        "The ministry made few efforts to investigate.",
    ],
)
def test_a_measure_that_nobody_took_is_impunity(words: str, read: Read) -> None:
    found = {c.act_type for c in read(SCENE + words).claims if c.family is Family.ACT and c.start >= len(SCENE) - 1}
    assert ActType.OBSTRUCTION_IMPUNITY in found
    assert ActType.PROCEDURAL not in found
