"""A codenamed speaker is linked with nobody by the machine, and shown beside nobody; a person may."""

from __future__ import annotations

import pytest

from probanda.actors.codenames import is_code
from probanda.actors.linking import link
from probanda.actors.model import IdentityDecision
from probanda.claims.model import PSEUDONYM, Mention
from probanda.kernel.vocabulary import MentionKind


def _mention(number: int, item: str, words: str, title: str | None = None) -> Mention:
    return Mention(
        f"{number:032x}", item, number * 100, number * 100 + len(words), words, MentionKind.PERSON, title, None
    )


def _groups(*mentions: Mention, decisions: tuple[IdentityDecision, ...] = ()) -> set[frozenset[str]]:
    words = {m.id: f"{m.item}:{m.words}" for m in mentions}
    return {frozenset(words[x.mention] for x in g.members) for g in link(mentions, decisions)}


@pytest.mark.parametrize(
    "words",
    [
        "Witness P-021",
        "P-021",
        "Witness K",
        "A. B.",
        "K.",
        "W17",
        "Source 4",
        "Témoin n° 3",
        "الشاهد 12",
        "protected witness DRC-2",
    ],
)
def test_codes_are_told_from_names(words: str) -> None:
    assert is_code(words)


@pytest.mark.parametrize("words", ["Omar Sadr", "Witness Bero Ilan", "Bero", "Prince", "K. Sadr", "عمر صدر"])
def test_a_name_is_no_code(words: str) -> None:
    assert not is_code(words)


def test_a_code_of_two_texts_is_not_linked_between_them_and_is_within_one() -> None:
    found = _groups(_mention(1, "a", "Witness K"), _mention(2, "a", "Witness K"), _mention(3, "b", "Witness K"))
    assert found == {frozenset({"a:Witness K"}), frozenset({"b:Witness K"})}


def test_a_pseudonym_is_not_linked_with_the_man_of_that_name() -> None:
    mentions = (_mention(1, "a", "Omar Sadr", PSEUDONYM), _mention(2, "a", "Omar Sadr"), _mention(3, "b", "Omar Sadr"))
    assert _groups(*mentions) == {frozenset({"a:Omar Sadr"}), frozenset({"b:Omar Sadr"})}


def test_a_pseudonym_is_shown_beside_nobody() -> None:
    mentions = (_mention(1, "a", "Amal Sadr", PSEUDONYM), _mention(2, "b", "Omar Sadr"), _mention(3, "b", "Ilan Sadr"))
    for group in link(mentions):
        assert not any("Amal" in one for one in group.apart)
        assert group.name != "Amal Sadr" or group.apart == ()


def test_a_person_may_say_who_it_is() -> None:
    mentions = (_mention(1, "a", "Witness K"), _mention(3, "b", "Omar Sadr"))
    same = IdentityDecision(mentions[0].id, mentions[1].id, "same")
    assert _groups(*mentions, decisions=(same,)) == {frozenset({"a:Witness K", "b:Omar Sadr"})}
