"""Which place belongs to which claim: the nearest, the frame, the account; a place not told stays absent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Named, Reading
from probanda.claims.scenes import Told, carried

Read = Callable[..., Reading]


def _claim(reading: Reading, act: str, nth: int = 0) -> Claim:
    found = [c for c in reading.claims if act in c.act]
    assert len(found) > nth, [c.act for c in reading.claims]
    return found[nth]


def _places(claim: Claim) -> list[str]:
    return [p.words for p in claim.places]


STATED = [
    ("Soldiers killed nine farmers in Orla.", "killed", ["Orla"]),
    ("In Orla, soldiers killed nine farmers and burned forty houses.", "burned", ["Orla"]),
    ("Soldiers shot nine men in the village of Tevra in Ghadra district.", "shot", ["Tevra", "Ghadra district"]),
    ("Soldiers killed three men in Orla, Ghadra province.", "killed", ["Orla", "Ghadra province"]),
    ("Militiamen held the men in a yard near Orla, where they shot them.", "shot", ["yard near Orla", "Orla"]),
    ("Guards beat nine men at Sarvin prison.", "beat", ["Sarvin prison"]),
    ("Soldiers shot four men at the Orla checkpoint.", "shot", ["Orla checkpoint"]),
    ("Guards beat four women in Camp 5.", "beat", ["Camp 5"]),
    ("Shells hit the market of Orla, killing at least 14 people.", "hit", ["market of Orla", "Orla"]),
    ("Villagers fled Orla.", "fled", ["Orla"]),
    ("The army deported 6,000 villagers from Orla to Sarvin.", "deported", ["Orla", "Sarvin"]),
    ("The town of Orla witnessed a massacre of farmers.", "massacre", ["Orla"]),
    ("Gunmen came to the old mill and abducted two teachers.", "abducted", ["old mill"]),
    ("Fighters stormed the town of Orla and led away two men.", "led away", ["Orla"]),
    ("Militiamen raped four women in the north.", "raped", ["north"]),
    ("During fighting in Sella, soldiers shot nine men in Orla.", "shot", ["Orla"]),
    ("Gunmen abducted children in five villages.", "abducted", ["five villages"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "act", "places"), STATED, ids=[s[0] for s in STATED])
def test_a_claim_has_the_places_its_sentence_gives_it(words: str, act: str, places: list[str], read: Read) -> None:
    assert _places(_claim(read(words), act)) == places


ABSENT = [
    ("A spokesman in Sarvin said that soldiers had killed nine farmers.", "killed"),
    ("Soldiers from Orla killed nine farmers.", "killed"),
    ("Witnesses told a hearing in Sarvin that soldiers had killed nine farmers.", "killed"),
    ("Guards beat nine men in prison.", "beat"),
    ("Soldiers burned forty houses.", "burned"),
]


@pytest.mark.parametrize(("words", "act"), ABSENT, ids=[a[0] for a in ABSENT])
def test_where_somebody_speaks_sits_or_comes_from_is_not_where_it_was_done(words: str, act: str, read: Read) -> None:
    assert _places(_claim(read(words), act)) == []


def test_each_act_keeps_its_own_place(read: Read) -> None:
    reading = read("Soldiers killed nine farmers in Orla. Two days later they shot a judge in Sarvin.")
    assert _places(_claim(reading, "killed")) == ["Orla"]
    assert _places(_claim(reading, "shot")) == ["Sarvin"]


def test_the_town_is_read_as_the_town_named_before(read: Read) -> None:
    reading = read("Soldiers entered the town of Orla on Monday. They killed nine farmers in the town.")
    claim = _claim(reading, "killed")
    assert _places(claim) == ["Orla"]
    assert "Orla" in claim.why


ACCOUNT = """Soldiers killed nine farmers in Orla on 4 May 2031.

The soldiers burned forty houses, neighbours said.

The governor met the elders in Sarvin on Monday.

Nurses said that the soldiers also beat two teachers."""


def test_an_account_carries_its_place_and_says_so(read: Read) -> None:
    reading = read(ACCOUNT)
    for act in ("burned", "beat"):
        claim = _claim(reading, act)
        assert _places(claim) == ["Orla"]
        assert "place: Orla" in claim.why
        assert ACCOUNT[claim.start : claim.end] == claim.quote
        assert "Orla" not in claim.quote


def test_another_day_ends_the_account(read: Read) -> None:
    text = "On 3 May 2031 soldiers killed nine farmers in Orla.\n\nOn 20 May 2031 gunmen shot a judge."
    assert _places(_claim(read(text), "shot")) == []


def test_a_text_that_names_no_place_gives_none(read: Read) -> None:
    reading = read("Soldiers killed nine farmers.\n\nThey burned forty houses.")
    assert all(c.places == () for c in reading.claims)


def test_every_place_stands_in_the_text(read: Read) -> None:
    for claim in read(ACCOUNT).claims:
        for place in claim.places:
            assert place.words in ACCOUNT


# -- the rule for accounts by itself ------------------------------------------------------------------------------


def _told(sentence: int, *places: str, **more: object) -> Told:
    named = tuple(Named(p) for p in places)
    return Told(sentence, more.pop("paragraph", sentence), 0, named, wants=True, **more)  # type: ignore[arg-type]


def _answers(*told: Told) -> list[str | None]:
    return [answer[0].words if answer else None for answer in carried(told)]


def test_one_scene_carries_far_and_several_do_not() -> None:
    assert _answers(_told(1, "Orla"), _told(6)) == [None, "Orla"]
    assert _answers(_told(1, "Sarvin"), _told(2, "Orla"), _told(9)) == [None, None, None]


def test_a_claim_before_the_first_place_takes_none() -> None:
    assert _answers(_told(1), _told(2, "Orla")) == [None, None]


def test_a_look_back_is_not_leant_on() -> None:
    now = {"first": "2031-05-04", "last": "2031-05-04", "dated": True}
    then = {"first": "2019-01-01", "last": "2019-12-31", "dated": True}
    assert _answers(_told(1, "Orla", **now), _told(2, "Tevra", **then), _told(3)) == [None, None, "Orla"]


def test_claims_of_one_sentence_share_a_place_only_where_it_is_one() -> None:
    assert _answers(_told(1, "Orla"), _told(1)) == [None, "Orla"]
    assert _answers(_told(1, "Orla"), _told(1, "Tevra"), _told(1))[2] != "Sarvin"


def test_an_act_that_wants_no_place_is_given_none() -> None:
    assert carried([_told(1, "Orla"), Told(2, 2, 0, ())]) == [None, None]


def test_an_account_is_not_carried_into_a_sentence_that_names_another_place(read: Read) -> None:
    text = (
        "Soldiers shot nine men in Orla on 3 May 2031. Later the militia beat two women.\n\n"
        "The envoy spoke of complaints by traders of the town of Tevra that their shops were looted."
    )
    reading = read(text)
    assert _places(_claim(reading, "beat")) == ["Orla"]
    assert "Orla" not in _places(_claim(reading, "looted"))


def test_a_part_of_the_place_does_not_end_the_account() -> None:
    part, other = Told(2, 1, 0, (), wants=True, others=("east Orla",)), Told(2, 1, 0, (), wants=True, others=("Tevra",))
    assert [answer and answer[0].words for answer in carried([_told(1, "Orla"), part])] == [None, "Orla"]
    assert [answer and answer[0].words for answer in carried([_told(1, "Orla"), other])] == [None, None]


def test_another_persons_deed_of_another_kind_is_not_put_where_the_first_was_told() -> None:
    siege = {"act": "siege", "doers": ("General Dast",), "persons": ("General Dast",)}
    execution = {"act": "execution", "doers": ("Major Velk",), "persons": ("Major Velk",)}
    assert _answers(_told(1, "Orla", **siege), _told(2, **execution)) == [None, None]
    assert _answers(_told(1, "Orla", **siege), _told(2, **execution, points=True)) == [None, "Orla"]
    assert _answers(_told(1, "Orla", **siege), _told(2, **{**execution, "doers": (), "persons": ()})) == [None, "Orla"]
    same = {"act": "execution", "doers": ("Dast",), "persons": ("Dast",)}
    assert _answers(_told(1, "Orla", **siege), _told(2, **same)) == [None, "Orla"]


def test_what_one_commander_called_for_gives_no_place_to_what_another_is_accused_of(read: Read) -> None:
    reading = read(
        "General Imar Dast ordered the siege of the port of Orla, the experts said.\n\n"
        "Major Oren Velk is accused of executing prisoners."
    )
    assert "Orla" in _places(_claim(reading, "siege"))
    assert _places(_claim(reading, "executing")) == []
