"""One act, one claim: what belongs together, what kind of act it is then, and what is told in passing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probanda.claims.model import Reading

from .test_sentences import fits

Read = Callable[..., Reading]

ONE: list[tuple[str, dict[str, Any]]] = [
    (
        "The brigade killed nine farmers and wounded thirty herders.",
        {"type": "killing", "victims": ["nine farmers", "thirty herders"], "n": (9, 9)},
    ),
    (
        "Rebels ambushed an army convoy, killing four soldiers and injuring nine.",
        {"type": "military-operation", "actors": ["Rebels"]},
    ),
    (
        "A jet dropped four bombs on Oren, hitting a hospital.",
        {"type": "attack-on-civilians", "places": ["Oren", "hospital"]},
    ),
    (
        "Fourteen people were killed when shells struck the market of Oren.",
        {"type": "killing", "n": (14, 14)},
    ),
    (
        "The prosecutor asked for 12 years imprisonment for the sergeant.",
        {"type": "procedural", "modality": "called-for"},
    ),
]


@pytest.mark.parametrize(("words", "want"), ONE, ids=[w[:40] for w, _ in ONE])
def test_two_words_for_one_act_make_one_claim(words: str, want: dict[str, Any], read: Read) -> None:
    claims = read(words).claims
    assert len(claims) == 1, [(c.act, c.quote) for c in claims]
    assert fits(claims[0], want), claims[0]


def test_the_wounded_with_a_clause_of_their_own_are_counted_apart(read: Read) -> None:
    claims = read(
        "More than 300 people were killed in the fighting and over 1,500 wounded, the Health Bureau said."
    ).claims
    assert len(claims) == 2


KINDS: list[tuple[str, dict[str, Any]]] = [
    (
        "The command denied that any civilian was hurt by its fire.",
        {"type": "attack-on-civilians", "modality": "denied"},
    ),
    ("Soldiers put him against the wall of the barn and shot him.", {"type": "execution"}),
    ("Teams recovered 46 bodies from a pit outside Oren.", {"type": "mass-grave", "n": (46, 46)}),
    ("The brigade attacked the displaced persons' site at Oren.", {"type": "attack-on-civilians"}),
    (
        "Planes dropped bombs on a hamlet sheltering displaced families.",
        {"type": "attack-on-civilians", "victims": ["displaced families"]},
    ),
    (
        "The militia executed nine captives in Oren. Captain Dast could have prevented the massacre.",
        {"type": "execution", "involvement": "failing-to-act"},
    ),
    (
        "The Karsian-backed offensive has killed more than 60 farmers, rescuers said.",
        {"type": "killing", "actors": ["Karsian-backed offensive"], "modality": "alleged"},
    ),
    ("The Karsian Armed Forces, or KAF, shelled Oren.", {"actors": ["Karsian Armed Forces"]}),
]


@pytest.mark.parametrize(("words", "want"), KINDS, ids=[w[:40] for w, _ in KINDS])
def test_the_kind_of_act_follows_from_who_was_hit_and_how(words: str, want: dict[str, Any], read: Read) -> None:
    claims = read(words).claims
    assert any(fits(c, want) for c in claims), [
        (c.act_type.value, c.modality.value, [a.words for a in c.actors], [v.words for v in c.victims]) for c in claims
    ]


def test_another_name_in_letters_is_no_second_author(read: Read) -> None:
    assert len(read("The Karsian Armed Forces, or KAF, shelled Oren.").claims[0].actors) == 1


def test_bombs_are_no_authors(read: Read) -> None:
    fell = read("Two of the bombs fell inside the camp, a nurse said.").claims[0]
    assert fell.actors == ()
    assert fell.modality.value == "reported"


def test_those_told_to_be_never_seen_again_have_disappeared(read: Read) -> None:
    taken, gone = read("Soldiers led away two teachers in Oren. The teachers have not been seen since.").claims
    assert taken.act_type.value == gone.act_type.value == "enforced-disappearance"
    kidnapped = read("Gunmen kidnapped two nurses in Oren. The nurses were freed on Monday.").claims[0]
    assert kidnapped.act_type.value == "abduction"


@pytest.mark.parametrize(
    "words",
    [
        "Suppose a soldier shoots a prisoner: whether he commits a crime depends on his intent.",
        "The interview was given on the day of the Oren massacre.",
        "The council called the warrant against General Dast a farce.",
    ],
)
def test_suppositions_dates_and_opinions_of_a_warrant_are_no_claims(words: str, read: Read) -> None:
    assert not read(words).claims


def test_a_heading_that_names_an_author_told_in_the_body_makes_no_second_claim(read: Read) -> None:
    words = "Karsia Bombs Camp\n\nMilitary aircraft from Karsia bombed a camp at Oren on Monday."
    assert len(read(words, headings=1).claims) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Police in Oren arrested three men on Tuesday over a burglary.",
        "Two people were killed and five injured in a bus accident near Sella, police said.",
        "The minister attacked the opposition for its budget plan.",
        "His family received the body from the hospital.",
        "Rovers beat United 3-1 in the final. “We bombarded their goal,” said coach Orr. The referee gave a penalty.",
        "Dast has not been arrested.",
        "Any commander who fails to punish crimes committed by his men may incur responsibility.",
    ],
)
def test_ordinary_news_and_the_law_give_nothing(words: str, read: Read) -> None:
    assert not read(words).claims, [c.quote for c in read(words).claims]
