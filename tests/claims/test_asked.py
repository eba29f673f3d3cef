"""Who is asked to act, who stands there when somebody vanishes, what those who suffered were doing: roles beside the
subject and the object; and the days that go with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.claims.times import dates_in

Read = Callable[..., Reading]


def told(reading: Reading, act: str) -> Claim:
    found = [c for c in reading.claims if c.family.value == "act" and act in c.act]
    assert found, [c.act for c in reading.claims]
    return found[-1]


@pytest.mark.parametrize(
    ("words", "act", "asked"),
    [
        ("Watch Marsafa called on the government to open a prompt inquiry into the killing of nine men in Orla.",
         "inquiry", ["government"]),
        ("After the murder of their treasurer, the farmers urged the Attorney General to investigate the threats.",
         "investigate", ["Attorney General"]),
        ("The army should withdraw from the school and investigate the rape of three girls.", "investigate", ["army"]),
        ("Nine men died in Orla prison. The committee demanded that Colonel Vell bring the guards before a judge.",
         "before a judge", ["Vell"]),
    ],
)  # fmt: skip
def test_whoever_is_asked_is_to_act_and_not_whoever_asks(read: Read, words: str, act: str, asked: list[str]) -> None:
    claim = told(read(words), act)
    assert [a.words for a in claim.actors] == asked


def test_what_is_asked_has_no_day(read: Read) -> None:
    words = "On 3 May 2031 the committee urged the army to open an inquiry into the killing of nine men in Orla."
    assert told(read(words), "inquiry").date_from is None


def test_a_court_acts_in_its_proceedings(read: Read) -> None:
    claim = told(
        read("A military court convicted Major Vell of murder and sentenced him to 20 years in prison."), "sent"
    )
    assert [a.words for a in claim.actors] == ["military court"]
    assert [v.words for v in claim.victims] == ["Vell"]


AUTHORS = [
    ("Men under the authority of Captain Vell burned the houses in Orla.", "burned",
     ["Men under the authority of Captain Vell"]),
    ("The shells had come from positions of the Northern Guard east of the river.", "shells", ["Northern Guard"]),
    ("An army attack on the village of Orla killed two farmers.", "killed", ["army"]),
    ("Two brothers have not been seen since soldiers stopped their car near Orla.", "seen", ["soldiers"]),
    ("On 3 May 2031 border guards shot 20 villagers in Orla.", "shot", ["border guards"]),
    ("The judge held that Vell had with his own hands beaten prisoners in Orla.", "beaten", ["Vell"]),
    ("The Front lost only three men near Orla.", "lost", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "act", "authors"), AUTHORS)
def test_whoever_the_words_name_is_the_author(read: Read, words: str, act: str, authors: list[str]) -> None:
    assert [a.words for a in told(read(words), act).actors] == authors


def test_a_witness_does_not_confess(read: Read) -> None:
    words = "Captain Vell ran the prison. The printer Ana Sol testified that he had beaten two men in Orla."
    assert [a.words for a in told(read(words), "beaten").actors] == ["Vell"]


VICTIMS = [
    ("The teacher, Ilan Vell, and his wife were shot dead in Orla.", "shot", ["Ilan Vell", "his wife"]),
    ("Dozens of villagers, most of them women, died when a rocket hit the market.", "died", ["Dozens of villagers"]),
    ("Raiders attacked Orla, killing six farmers and driving off hundreds of head of cattle.", "attacked",
     ["six farmers"]),
    ("Soldiers opened fire on the crowd in Orla, killing nine people.", "fire", ["nine people"]),
    ("The killings on Wednesday in Orla were reported by nobody.", "killings", []),
    ("Guards shot between 20 and 30 inhabitants of Orla.", "shot", ["20 and 30 inhabitants of Orla"]),
    ("The guards set the mill alight with the men inside.", "alight", ["men"]),
    ("Most of the detainees were beaten, according to a former guard.", "beaten", ["detainees"]),
    ("An aid convoy was attacked by gunmen on the road to Orla.", "attacked", ["aid convoy"]),
    ("The villagers report that at least 26 residents, most of them over seventy, starved during those weeks.",
     "starved", ["at least 26 residents"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "act", "victims"), VICTIMS)
def test_those_who_suffered_are_named_once(read: Read, words: str, act: str, victims: list[str]) -> None:
    assert [v.words for v in told(read(words), act).victims] == victims


PLACES = [
    ("Fighters shot villagers who had hidden in the chapel of Orla.", "shot", "Orla"),
    ("Guards shot 12 inhabitants of Orla, a village in the upper Sul valley.", "shot", "upper Sul valley"),
    ("Thousands of villagers were expelled by the army during the offensive in the east.", "expelled", "east"),
    ("He was arrested in his hometown of Orla by the police.", "arrested", "Orla"),
]


@pytest.mark.parametrize(("words", "act", "place"), PLACES)
def test_the_place_of_an_act_is_found(read: Read, words: str, act: str, place: str) -> None:
    assert place in [p.words for p in told(read(words), act).places]


def test_the_country_of_an_office_is_not_where_it_was_done(read: Read) -> None:
    words = "“Two planes bombed the school,” said Ana Sol, expert on the situation of human rights in Karsia."
    assert [p.words for p in told(read(words), "bombed").places if p.words == "Karsia"] == []


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on the last Friday of April 2031", "2031-04-25", "2031-04-25"),
        ("the first Monday in June 2031", "2031-06-02", "2031-06-02"),
        ("in the past two years", "2029-06-11", "2031-06-11"),
        ("killed since the council took its claim to court in 2030", "2030-01-01", "2031-06-11"),
    ],
)
def test_days_that_are_counted(words: str, first: str, last: str) -> None:
    (found,) = dates_in(words, "2031-06-11")
    assert (found.first, found.last) == (first, last)


def test_a_day_goes_on_to_the_sentence_right_behind(read: Read) -> None:
    words = "On 3 May 2031 guards beat four men in Orla. A nurse was shot. On 9 May 2031 police arrested a farmer."
    assert told(read(words), "shot").date_from == "2031-05-03"
