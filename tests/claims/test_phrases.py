"""The plain notation of phrases in the word lists: each sign means what the head of told.yaml says.

Start with `test_a_sign_means_what_the_head_of_the_list_says`.
"""

from __future__ import annotations

import re

import pytest

from probanda.claims.phrases import PhraseBroken, pattern

FAMILIES = {"COUNT": ["FIGURE", "thirteen", "TENS"], "FIRE": ["opened fire", "fired"]}


def _meets(phrase: str, words: str) -> bool:
    return re.search(rf"\b(?:{pattern(phrase, FAMILIES)})\b", words) is not None


@pytest.mark.parametrize(
    ("phrase", "met", "missed"),
    [
        ("shell(s)", "a shell", "a shelling"),
        ("torch(es) lit", "torches lit", "torchs lit"),
        ("(fell | came down) here", "it came down here", "it came here"),
        ("left [the | a] village", "left village", "left this village"),
        ("let go [alive]", "were let go.", "were let"),
        ("kept ..2 awake", "kept all of awake", "kept all of us men awake"),
        ("kept ..1-2 awake", "kept him awake", "kept awake"),
        ("(stood | sat) ..2 [there]", "they stood.", "they lay"),
        ("COUNT names", "forty-one names", "four names"),
        ("COUNT names", "1,204 names", "many names"),
        ("they FIRE", "they opened fire", "they opened"),
        ("only ANY", "only two", "only."),
        ("released {not: from | on}", "released again", "released from"),
        ("abroad {then: when | that}", "abroad when", "abroad for"),
        ("abroad {stop}", "abroad.", "abroad again"),
        ("one [of ANY ..2] lived", "one of the four men lived", "one of lived"),
    ],
)
def test_a_sign_means_what_the_head_of_the_list_says(phrase: str, met: str, missed: str) -> None:
    assert _meets(phrase, met)
    assert not _meets(phrase, missed)


@pytest.mark.parametrize("phrase", ["(fell | came", "fell)", "[the", "fell ^ down", "[a | b)"])
def test_a_phrase_that_cannot_be_read_says_so(phrase: str) -> None:
    with pytest.raises(PhraseBroken):
        pattern(phrase)
