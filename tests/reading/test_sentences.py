"""Sentences: a table of stretches and what they part into."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probanda.reading.sentences import sentences


def said(words: str) -> list[str]:
    """The words of each sentence."""
    return [span.of(words) for span in sentences(words, 0, len(words))]


@pytest.mark.parametrize(
    "parts",
    [
        ["The guns fired.", "Nobody was warned."],
        ["Gen. Orlan met Lt. Col. Toth in St. Bren.", "They agreed."],
        ["Mr. A. B. Orlan was shot by Sgt. Mills.", "He died."],
        ["About 3.5 million fled.", "In No. 4 Street, 12 stayed."],
        ["“Leave now.”", "The men left."],
        ["He said “they fired at us.”", "The council agreed."],
        ["The talks failed in April.”", "As the siege went on, many fled."],
        ["It was the worst of the conflict.”", "Relief workers agreed."],
        ['"Where are they?" asked the mother.', "No one spoke."],
        ["Many fell.[3][4]", "Then it was quiet.[5]"],
        ["The rebels left . ", "Most of those killed were farmers ."],
        ["THE ARMY DENIED IT.", "GEN. ORLAN SAID ON 20 AUG. 1988 THAT NO ONE DIED."],
        ["He was in the U.S. Army.", "It was 5 p.m. on Friday."],
        ["They reached the U.N.", "The convoy left at 5 a.m.", "The rest waited."],
        ["He waited...", "Then he left."],
        ["He said... nothing at all."],
        ["1. At 2300 the patrol was attacked."],
        ["Who gave the order?", "The general!", "Nobody else."],
        ["ماذا حدث؟", "قال الشاهد إنهم أطلقوا النار.", "ثم هرب الجميع."],
        ["التقى د. سامي القائد.", "ثم عاد."],
        ["« Ils ont tiré. »", "M. Orlan a démenti.", "L’armée aussi."],
        ["The order was given.The men obeyed it."],
        ["The site orvane.example.org was closed.", "It reopened."],
        ["The Prosecutor v. Orlan is a case.", "See art. 8 and para. 12 of it."],
        ["Troops of Unit X. Orlan led it."],
    ],
)
def test_a_stretch_parts_into_these_sentences(parts: list[str]) -> None:
    words = " ".join(part.strip() for part in parts)
    expected = [part.strip() for part in parts]
    if "given.The" in words:
        expected = ["The order was given.", "The men obeyed it."]
    assert said(words) == expected


def test_quotes_glued_to_the_next_sentence_stay_with_the_one_before() -> None:
    assert said("The raids began in May.”As the month ended, they stopped. ‘So be it.’Orlan left.") == [
        "The raids began in May.”",
        "As the month ended, they stopped.",
        "‘So be it.’",
        "Orlan left.",
    ]


def test_only_the_stretch_asked_for_is_looked_at() -> None:
    words = "One. Two three. Four."
    assert [span.of(words) for span in sentences(words, 5, 15)] == ["Two three."]


@given(st.text(alphabet="aB1. \n?!…”\"'“[]()é؟", max_size=80))
def test_sentences_are_in_order_and_leave_only_white_space_out(words: str) -> None:
    last = 0
    for span in sentences(words, 0, len(words)):
        assert words[last : span.start].strip() == ""
        assert span.of(words) == span.of(words).strip() != ""
        last = span.end
    assert words[last:].strip() == ""


@pytest.mark.nightly  # a timing: never in the way of a change
def test_time_grows_no_faster_than_the_text() -> None:
    for unit in (".", ". ", "a.", ".\n", '."', "\n ", "[1]", ". [", "A. ", "( ", "…”"):
        times = []
        for count in (15_000, 60_000):
            words = "x" + unit * count
            started = time.process_time()
            sentences(words, 0, len(words))
            times.append(max(time.process_time() - started, 0.005))
        assert times[1] < 10 * times[0], unit
