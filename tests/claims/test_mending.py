"""What the parser gets wrong again and again is put right: nobody becomes the doer of what they tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]
TELLERS = ["residents", "Hana Velo", "Sahr Monitor", "Marsafan Red Crescent", "Adel Nouri", "witnesses"]


def act(reading: Reading, word: str) -> Claim:
    """The act claim whose act or quote holds this word."""
    acts = [c for c in reading.claims if c.family is Family.ACT]
    return next((c for c in acts if word in c.act), None) or next(c for c in acts if word in c.quote)


@pytest.mark.parametrize(
    "words",
    [
        "Rebels shot dead four farmers in Oren, a spokesman for the Marsafan Red Cross, Adel Nouri, told the press.",
        "On the night of 3 May 2031 rebels shot four farmers in Oren, a teacher at the school, Adel Nouri, told us.",
        "Rebels shot four farmers in Oren on Monday, the head of the clinic, Adel Nouri, said.",
    ],
)
def test_who_was_shot_does_not_tell_of_it(read: Read, words: str) -> None:
    shooting = act(read(words), "shot")
    assert shooting.speakers[-1].words == "Adel Nouri"
    assert any("four farmers" in v.words for v in shooting.victims)
    assert [a.words.lower() for a in shooting.actors] == ["rebels"]


@pytest.mark.parametrize(
    "words",
    [
        "Sahr Monitor reported that during the first week of May masked men in a white truck shelled a school in Oren.",
        "Hana Velo said that on Monday members of the Sahr militia shelled a school in Oren, killing nine.",
        "Residents said that on Monday a drone fired rockets at a school in Oren, wounding nine villagers.",
        "Witnesses said that at dawn on Friday men in uniform shelled a school in Oren.",
    ],
)
def test_where_no_doer_is_found_it_is_not_whoever_tells_it(read: Read, words: str) -> None:
    for claim in read(words).claims:
        if claim.family is Family.ACT:
            assert not any(a.words.lower() == t.lower() for a in claim.actors for t in TELLERS)
            assert claim.modality != "admitted"


@pytest.mark.parametrize(
    ("words", "doer"),
    [
        ("Nine farmers died when government aircraft bombed a school in Oren.", "government aircraft"),
        ("Nine farmers were killed when rebels shelled the market of Oren.", "rebels"),
        ("Nine farmers died after soldiers attacked the village of Oren.", "soldiers"),
    ],
)
def test_whoever_made_the_attack_that_people_died_of_is_its_author(read: Read, words: str, doer: str) -> None:
    deaths = act(read(words), "died" if "died" in words else "killed")
    assert [a.words for a in deaths.actors] == [doer]


def test_the_farmers_wedding_is_no_attack(read: Read) -> None:
    deaths = act(read("Nine farmers died when the soldiers crossed the river near Oren."), "died")
    assert deaths.actors == ()


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Gunmen shot nine farmers at a checkpoint south of Tessal.", {"Tessal"}),
        ("Gunmen shot nine farmers on the road between Oren and Tessal.", {"Oren", "Tessal"}),
        ("Gunmen shot nine farmers in a valley east of the town of Varn.", {"Varn"}),
    ],
)
def test_places_by_their_bearing_and_between_two_others(read: Read, words: str, places: set[str]) -> None:
    named = " ".join(p.words for p in act(read(words), "shot").places)
    assert all(place in named for place in places)


def test_a_week_of_a_month_ends_with_its_month(read: Read) -> None:
    shooting = act(read("Gunmen shot nine farmers in Oren during the first week of May, residents said."), "shot")
    assert shooting.date_text == "the first week of May"


@pytest.mark.parametrize(
    ("words", "word", "doer"),
    [
        ("Rebels launched rockets that killed nine farmers in Tessal.", "killed", "Rebels"),
        ("Nine farmers lost their lives when rebels attacked the market in Oren.", "lost", "rebels"),
        ("Two men died under torture in the custody of the security forces in Varn.", "died", "security forces"),
        ("The battalion took away two teachers, who have not been seen since.", "seen", "battalion"),
        ("Between 3 and 5 May 2031, masked men shot nine farmers in Oren.", "shot", "masked men"),
    ],
)
def test_authors_that_stand_in_the_next_clause(read: Read, words: str, word: str, doer: str) -> None:
    assert [a.words for a in act(read(words), word).actors] == [doer]


def test_nine_among_those_executed_are_those_executed(read: Read) -> None:
    executed = act(read("Nine farmers were among those executed by the militia in Oren."), "executed")
    assert [v.words for v in executed.victims] == ["Nine farmers"]


def test_a_denial_holds_for_what_the_rockets_did_as_well(read: Read) -> None:
    killed = act(read("The army denied that rebels launched rockets that killed nine farmers."), "killed")
    assert killed.modality == "denied"


def test_between_two_days_is_kept_as_written(read: Read) -> None:
    shot = act(read("Between 3 and 5 May 2031, masked men shot nine farmers in Oren."), "shot")
    assert shot.date_text is not None and "3 and 5 May 2031" in shot.date_text


@pytest.mark.parametrize(
    ("words", "doer"),
    [
        ("Rebels took part in the execution of nine farmers in Oren.", "Rebels"),
        ("The brigade played a role in the massacre of nine farmers in Oren.", "brigade"),
        ("Colonel Vesh had a hand in the killing of nine farmers in Varn.", "Colonel Vesh"),
    ],
)
def test_whoever_had_a_part_in_it_is_an_author(read: Read, words: str, doer: str) -> None:
    acts = [c for c in read(words).claims if c.family is Family.ACT]
    assert len(acts) == 1
    assert [a.words in doer for a in acts[0].actors] == [True]
    assert [v.words for v in acts[0].victims] == ["nine farmers"]


@pytest.mark.parametrize(
    "words",
    [
        "Gunmen raided Oren. When it was light I counted eight bodies beside the shed.",
        "Gunmen raided Oren. A taxi driver said that he counted nine bodies on the stairs.",
        "Gunmen raided Oren. We buried thirty people that day, the imam of Oren told the commission.",
        "Gunmen raided Oren. Hana Mirel said she heard shots and then counted eleven dead in the market.",
        "Gunmen raided Oren. Residents said they found two boys dead in a well.",
    ],
)
def test_whoever_finds_or_buries_the_dead_killed_nobody(read: Read, words: str) -> None:
    found = [c for c in read(words).claims if c.family is Family.ACT and c.act_type == "killing"]
    assert found
    assert all(not c.actors and c.modality != "admitted" for c in found)


@pytest.mark.parametrize("teller", ["An 11-year-old boy", "One of the prisoners", "A survivor", "A villager"])
def test_whoever_suffered_it_admits_nothing(read: Read, teller: str) -> None:
    told = read(f"Militiamen raided Oren. {teller} said they tortured him for two days in the school.").claims
    torture = [c for c in told if c.act_type == "torture"]
    assert torture
    assert all(c.modality != "admitted" for c in torture)
    assert not any(teller.rsplit(maxsplit=1)[-1] in a.words for c in torture for a in c.actors)


@pytest.mark.parametrize(
    ("words", "teller"),
    [
        ("A priest whose church was closed on 4 May said that soldiers shot two nurses.", "priest"),
        ("A doctor at the hospital in Varn on 5 May said that soldiers shot two nurses.", "doctor"),
        ("A midwife who worked at the clinic until March added that soldiers shot two nurses.", "midwife"),
        ("The villager who hid in the well that April said soldiers shot two nurses.", "villager"),
        ("Two shepherds interviewed in Sella on 7 May said soldiers shot two nurses.", "Two shepherds"),
        ("Four fishermen rescued off Kesh on 14 March said soldiers shot two nurses.", "Four fishermen"),
        ("Several drivers stopped at the checkpoint said soldiers shot two nurses.", "Several drivers"),
        ("A statement issued on 3 May said that soldiers shot two nurses.", "statement"),
        ("A lawyer for the families on 8 May said that soldiers shot two nurses.", "lawyer"),
        ("The mayor, who was in Oren on 3 May, said that soldiers shot two nurses.", "mayor"),
        ("Colonel March told reporters that rebels shot two nurses.", "March"),
    ],
)
def test_what_stands_between_teller_and_telling_tells_nothing(read: Read, words: str, teller: str) -> None:
    shooting = act(read(words), "shot")
    assert shooting.speakers[-1].words == teller
    assert len(shooting.actors) == 1


@pytest.mark.parametrize(
    ("words", "teller", "doer"),
    [
        ("A radio station reported on 7 May 2031 that forces loyal to Vesh had shot two nurses.", "station", "forces"),
        ("A newspaper reported on 2 June 2031 that guards at the camp had shot two nurses.", "newspaper", "guards"),
        ("The panel concluded in June 2031 that guards shot two students in Varn.", "panel", "guards"),
        ("Reed Watch said on 6 May that fighters loyal to Orsk shot two nurses.", "Watch", "fighters"),
    ],
)
def test_behind_a_day_those_who_did_it_are_still_people(read: Read, words: str, teller: str, doer: str) -> None:
    shooting = act(read(words), "shot")
    assert shooting.speakers[-1].words.endswith(teller)
    assert [a.words.split()[0] for a in shooting.actors] == [doer]


def test_a_participle_does_not_hide_who_did_it(read: Read) -> None:
    shooting = act(read("Militiamen allied to the mayor shot two boys in Tarsa."), "shot")
    assert [a.words for a in shooting.actors] == ["Militiamen allied to the mayor"]


@pytest.mark.parametrize(
    ("words", "doer"),
    [
        ("An elder told us that guards entered the village on 6 March, burned 60 houses and shot nine men.", "guards"),
        ("A teacher said that soldiers surrounded the school on 2 June, beat the pupils and shot nine.", "soldiers"),
        (
            "Residents said that the militia closed the road, looted the shops, burned the mill and shot nine.",
            "militia",
        ),
    ],
)
def test_whoever_tells_of_a_list_of_deeds_did_none_of_them(read: Read, words: str, doer: str) -> None:
    acts = [c for c in read(words).claims if c.family is Family.ACT]
    assert len(acts) > 1
    assert {a.words for c in acts for a in c.actors} == {doer}
    assert all(len(c.speakers) == 2 for c in acts)
