"""Many words at once: what is found is what the patterns themselves would find."""

from __future__ import annotations

import re

import pytest

from probanda.claims.finding import Finder, openings, words_of
from probanda.claims.lexicon import lexicon


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"cut(?:ting|s)?\soff", {"cut"}),
        (r"(?:mass\s)?round-ups?\sof", {"mass ", "round "}),
        (r"(?:den(?:y|ied)|refus(?:ed|ing))\said", {"den", "refus"}),
        (r"bombs?\swent\soff", {"bomb"}),
        (r"(?<!former\s)(?:child|boy)\ssoldiers?", {"child", "boy"}),
        (r"(?:\w+\s)?lashes", {"lashes"}),
        (r"\d+\snames", set("0123456789")),
        (r"(?:two|\w+teen)\snames", None),
    ],
)
def test_how_a_pattern_begins_is_told_from_its_spelling(pattern: str, begins: set[str] | None) -> None:
    assert openings(pattern) == begins


def test_a_word_is_met_as_a_whole_and_a_phrase_over_a_line_end() -> None:
    finder = Finder.of(["raid", "land mine", "force-fed"])
    assert finder.search("A Raid at dawn.")
    assert finder.search("The land\nmine lay there.")
    assert finder.search("They were force-fed.")
    assert not finder.search("Raiders of the island mine were not fed by force.")


def test_a_possessive_is_met_where_its_word_is_listed() -> None:
    assert Finder.of(["raid", "raid's"]).search("the raid's toll")


def test_every_example_of_the_lists_meets_the_same_phrases_as_the_patterns_themselves() -> None:
    acts = lexicon("en").acts
    patterns = [rf"\b(?:{phrase})\b" for act in acts for phrase in act.phrases]
    finder = Finder.of((), patterns)
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for act in acts[::3]:
        met = {pattern.pattern for pattern in compiled if pattern.search(act.example)}
        assert finder.met(act.example) == met
        assert finder.meets(words_of(act.example)) == bool(met)
